-- What does each metric say about this area now?
-- Parameters: area
-- Columns: metric_id, area_id, chart, state, side, assurance, rule, since, points, missing, holding, non_random, extreme,
--          extreme_since, extreme_of, year_change, year_months, counts_since_start, counts_months,
--          no_limits, unsettled, period_start, period_end, value, centre, first_period, limits_points, limits_from,
--          odd, expected, expected_lower, expected_upper, title, harm_group, direction, unit, decimals, grain, england_value (of the same period)
SELECT
    signal.*, metric.title, metric.harm_group, metric.direction, metric.unit, metric.decimals, metric.grain,
    england.value AS england_value
FROM signal
JOIN metric ON metric.id = signal.metric_id
LEFT JOIN observation AS england
    ON england.metric_id = signal.metric_id AND england.area_id = 'england'
    AND england.period_start = signal.period_start
WHERE signal.area_id = $area
ORDER BY metric.position;
