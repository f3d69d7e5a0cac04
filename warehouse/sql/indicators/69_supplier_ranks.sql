-- supplier_ranks: who supplies China with the goods that indicators speak of, or buys them from it, by rank, now.
-- Grain: flow, product, quantity_kind, freq, period, partner.
CREATE OR REPLACE VIEW supplier_ranks AS
SELECT *
FROM supplier_ranks_as_of(
    TIMESTAMP 'infinity',
    [
        '27', '2701', '2702', '2704', '2709', '2710', '2711', '271111', '271121', 'coal', '1001', '1003', '72', '73',
        '8703', '8704', '8701', '8708', '31', '44', '84', '85'
    ]
);
