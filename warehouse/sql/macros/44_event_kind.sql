-- event_kind(event_type, status): what a status makes of an event: tellings of one event agree in it. A measure is `on`
-- whatever stage is told; a statement, a project's step, a forecast or a figure is one by its status.
CREATE OR REPLACE MACRO event_kind(event_type, status) AS
CASE
    WHEN event_type IN ('statement', 'project_status', 'forecast', 'flash_figure', 'agreement', 'contract', 'delivery') THEN status
    WHEN status IN ('in_force', 'announced', 'imposed', 'reported', 'done', 'granted', 'raised') THEN 'on'
    ELSE status
END;
