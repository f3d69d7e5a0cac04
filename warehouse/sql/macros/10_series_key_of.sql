-- series_key_of: the name of a series, made of what it is about; a partner without a code goes by its name.
CREATE OR REPLACE MACRO series_key_of(
    source, dataset, measure, reporter, partner, partner_name, flow, product, unit, freq
) AS
concat(
    source, ':', dataset, ':', measure, ':', reporter, ':', coalesce(partner, '~' || partner_name), ':',
    flow, ':', product, ':', unit, ':', freq
);
