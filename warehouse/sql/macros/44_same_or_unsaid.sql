-- same_or_unsaid(said, other): do two words agree in a name, or does one leave it out?
CREATE OR REPLACE MACRO same_or_unsaid(said, other) AS coalesce(said = other, TRUE);
