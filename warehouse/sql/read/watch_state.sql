-- What is watched, wrong quotes first. Grain: watch_id.
SELECT *
FROM watch_state
ORDER BY NOT stale, state = 'holds', added_at, watch_id;
