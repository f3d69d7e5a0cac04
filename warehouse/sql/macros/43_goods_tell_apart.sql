-- goods_tell_apart(event_type, project): are two tellings with other goods of two events? Not where the actor and the day
-- are enough: a short week, a cut of output, a visit, the opening of a project.
CREATE OR REPLACE MACRO goods_tell_apart(event_type, project) AS
event_type NOT IN ('work_week_cut', 'work_week_restored', 'production_cut', 'visit')
AND NOT (event_type = 'opening' AND project IS NOT NULL);
