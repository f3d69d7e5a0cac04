-- projects: joint projects with the newest word of each side, as known now. Grain: project.
CREATE OR REPLACE VIEW projects AS
SELECT * FROM projects_as_of(TIMESTAMP 'infinity');
