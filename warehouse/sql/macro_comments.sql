-- What questions with an instant mean, beside comments.sql because the SQL linter knows no comments on macros.

COMMENT ON MACRO TABLE supplier_ranks_as_of IS 'supplier_ranks for a list of products, as known at an instant (UTC).';
COMMENT ON MACRO TABLE commodity_cells_as_of IS 'What every source says of goods by partner, in USD, t or units, as known at an instant (UTC).';
COMMENT ON MACRO TABLE commodity_best_as_of IS 'Of all sources that hold a value for a commodity cell, the one that ranks first, as known at an instant (UTC).';
COMMENT ON MACRO TABLE commodity_answers_as_of IS 'Goods in the trade with Russia. crude_savings_usd_cum is the sum, over the months since January 2022 for which China Customs give both, of (dollars a tonne of crude oil from SA, IQ, AE, OM and KW together, less dollars a tonne from Russia) times Russian tonnes. It is a comparison of average values at the border: qualities and freight are not corrected for, and months without figures count nothing (coverage). crude_savings_published_usd is what Rosneft stated for the same months, without a method; crude_savings_gap_usd is computed less stated.';
COMMENT ON MACRO TABLE indicators_as_of IS 'The indicators as known at an instant (UTC).';
COMMENT ON MACRO TABLE carmaker_answers_as_of IS 'Vehicles sold and made in Russia. Each indicator takes one scope, which its title says in words; other counts stand beside it under longer names. Printed by the publisher, else the sum of its months; a cited figure stands in only where the publisher has none. yoy is computed within one scope.';
COMMENT ON MACRO TABLE recycling_fees_as_of IS 'Levels of the Russian recycling fee for reference cars, each with the days on which it is in force, as known at an instant (UTC).';
COMMENT ON MACRO TABLE recycling_fee_on IS 'The recycling fee of each reference car on a day, in RUB and, at the newest rate of the Bank of Russia in the 14 days up to it, in GBP, USD and CNY, as known at an instant (UTC).';
COMMENT ON MACRO TABLE policy_answers_as_of IS 'Recycling fee, coal duties and Chinese investment in Russia: levels by the day they came into force, flows by year.';
COMMENT ON MACRO TABLE articles_as_of IS 'Articles without their texts, each with the story that it is a copy of, as known at an instant (UTC).';
COMMENT ON MACRO TABLE tellings_as_of IS 'Every word for or against an event, as known at an instant (UTC): who tells it, how (modality), and where it stands.';
COMMENT ON MACRO TABLE event_groups_as_of IS 'The words that say that something happened or is to happen, each with the event it is of, as known at an instant (UTC).';
COMMENT ON MACRO TABLE events_as_of IS 'Dated events, one row each, as known at an instant (UTC).';
COMMENT ON MACRO TABLE project_history_as_of IS 'What each side says of a joint project, step by step, as known at an instant (UTC).';
COMMENT ON MACRO TABLE projects_as_of IS 'Joint projects with the newest word of both sides, as known at an instant (UTC).';
COMMENT ON MACRO TABLE flash_figures_as_of IS 'Figures that outlets printed, beside the official ones, as known at an instant (UTC).';
COMMENT ON MACRO TABLE news_answers_as_of IS 'Articles and stories a day and topic: those of own feeds, and apart from them the share that GDELT counts.';
COMMENT ON MACRO TABLE finding_rules IS 'What makes a finding important: weights of kinds, indicators and frequencies.';
COMMENT ON MACRO TABLE release_calendar_at IS 'When the next figures of each dataset are expected, and whether they are late, as seen at an instant (UTC).';
COMMENT ON MACRO TABLE claims_as_of IS 'The shipped claims answered with what was known at an instant (UTC).';
