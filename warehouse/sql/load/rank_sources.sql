-- source_ranking: which source answers first where several hold the same cell. Grain: source.
-- China's customs come first in the order in which they correct themselves; Comtrade passes the same Chinese figures on
-- months later, and is the only one for other reporters; its website's file is as old as the day it was downloaded.
-- Sources on vehicles count different scopes, so that no two of them hold the same cell of one dataset as their own.
INSERT OR REPLACE INTO source_ranking VALUES
    ('gacc_query', 1, 'the database that goes on being corrected'),
    ('gacc_bulletin', 2, 'verified monthly figures'),
    ('gacc_preliminary', 3, 'first release, moved by about 0.001 % later'),
    ('comtrade', 4, 'what a customs service reported to the United Nations, months later'),
    ('comtrade_csv', 5, 'the same from the website, downloaded by hand'),
    ('recycling_fee', 6, 'the level of a decree'),
    ('rosstat_output', 7, 'the statistics office: all makers'),
    ('lada', 8, 'a maker of its own sales and output, with light commercial vehicles'),
    ('kamaz', 9, 'a maker of its own sales, trucks of 14 t and more'),
    ('autostat', 10, 'the whole market by vehicle passports'),
    ('aeb', 11, 'what makers and importers report; not all of them do'),
    ('cpca', 12, 'a trade body on customs figures, of another scope than customs'),
    ('reference_events', 98, 'cited events, no figures'),
    ('reference', 99, 'cited figures, as rounded by who quoted them');
