-- What does this metric say about each area now?
-- Parameters: metric
-- Columns: metric_id, area_id, chart, state, side, assurance, rule, points, missing, non_random,
--          no_limits, period_start, period_end, value, centre, first_period, limits_points, limits_from,
--          odd, expected, expected_lower, expected_upper, name, short_name, north_to_south, lower, upper, numerator, denominator, note
SELECT
    signal.*, area.name, area.short_name, area.north_to_south,
    observation.lower, observation.upper, observation.numerator, observation.denominator, observation.note
FROM signal
JOIN area ON area.id = signal.area_id
JOIN observation USING (metric_id, area_id, period_start)
WHERE signal.metric_id = $metric
ORDER BY area.name;
