-- cif_fob_factor(quantity_kind): what an importer's figure is divided by before it is held against the exporter's.
-- Imports are valued with freight and insurance (CIF), exports without (FOB): UN, International Merchandise Trade
-- Statistics 2010, chapter 4. 1.06 is the convention of the IMF's Direction of Trade Statistics (Marini, Dippelsman and
-- Stanger, IMF working paper 18/16). It is assumed for all goods and routes, not measured. Tonnes and pieces have none.
CREATE OR REPLACE MACRO cif_fob_factor(quantity_kind) AS
CASE WHEN quantity_kind = 'value' THEN CAST(1.06 AS DOUBLE) ELSE CAST(1 AS DOUBLE) END;
