-- values_agree(value, unit, other_value, other_unit): is it no other number? One that isn't told, or is told in another unit,
-- contradicts none; else they lie within 1 %.
CREATE OR REPLACE MACRO values_agree(value, unit, other_value, other_unit) AS
coalesce(
    unit IS DISTINCT FROM other_unit
    OR abs(value - other_value) <= 0.01 * greatest(abs(value), abs(other_value)) + 1e-9,
    TRUE
);
