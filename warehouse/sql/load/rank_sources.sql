-- source_ranking: which source answers first where several hold the same cell. Grain: source.
INSERT OR REPLACE INTO source_ranking VALUES
    ('gacc_query', 1, 'the database that goes on being corrected'),
    ('gacc_bulletin', 2, 'verified monthly figures'),
    ('gacc_preliminary', 3, 'first release, moved by about 0.001 % later'),
    ('reference', 9, 'cited figures, as rounded by who quoted them');
