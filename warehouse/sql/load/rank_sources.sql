-- source_ranking: which source answers first where several hold the same cell. Grain: source.
-- China's customs come first in the order in which they correct themselves; Comtrade passes the same Chinese figures on
-- months later, and is the only one for other reporters; its website's file is as old as the day it was downloaded.
INSERT OR REPLACE INTO source_ranking VALUES
    ('gacc_query', 1, 'the database that goes on being corrected'),
    ('gacc_bulletin', 2, 'verified monthly figures'),
    ('gacc_preliminary', 3, 'first release, moved by about 0.001 % later'),
    ('comtrade', 4, 'what a customs service reported to the United Nations, months later'),
    ('comtrade_csv', 5, 'the same from the website, downloaded by hand'),
    ('reference', 9, 'cited figures, as rounded by who quoted them');
