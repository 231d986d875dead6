-- What does every measure say about every area now?
-- Parameters: none
-- Columns: metric_id, area_id, chart, state, side, assurance, rule, points, missing, non_random,
--          no_limits, period_start, period_end, value, centre, first_period, limits_points, limits_from,
--          odd, expected, expected_lower, expected_upper, harm_group, name
SELECT signal.*, metric.harm_group, area.name
FROM signal
JOIN metric ON metric.id = signal.metric_id
JOIN area ON area.id = signal.area_id
ORDER BY metric.position, area.name;
