-- project_history: what each side says of a project, step by step, as known now. Grain: project, status, status_date, asserted_by.
CREATE OR REPLACE VIEW project_history AS
SELECT * FROM project_history_as_of(TIMESTAMP 'infinity');
