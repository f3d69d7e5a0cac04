-- states_now: what is published beside figures and can change: events, projects, disagreements, sources, releases. Grain:
-- kind, key. `dated`: the day it is of; `folded`: a disagreement that is explained is kept, and told by nobody.
CREATE OR REPLACE TEMP TABLE states_now (
    kind VARCHAR,
    key VARCHAR,
    subject VARCHAR,
    period VARCHAR,
    state VARCHAR,
    title VARCHAR,
    value DOUBLE,
    other_value DOUBLE,
    unit VARCHAR,
    dated DATE,
    refs VARCHAR[]
);
