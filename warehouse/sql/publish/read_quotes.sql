-- states_now: numbers that were quoted and are watched, each as it stands by what is known now.
INSERT INTO states_now BY NAME
SELECT
    'quote' AS kind,
    watch_id AS key,
    name AS subject,
    period,
    state,
    concat(
        quoted_text, ' for ', name, ' ', period, ', quoted on ', quoted_on, ' in ', quoted_in, ': ',
        CASE
            WHEN value_now IS NULL THEN 'there is no figure now'
            ELSE concat('it is ', figure_in_words(value_now, unit, 6), ' now')
        END
    ) AS title,
    quoted_value AS value,
    value_now AS other_value,
    unit,
    quoted_on AS dated,
    list_filter([quoted_in, old_payload_sha256 || ' ' || old_locator, new_payload_sha256 || ' ' || new_locator], x -> x IS NOT NULL)
        AS refs
FROM watch_state;
