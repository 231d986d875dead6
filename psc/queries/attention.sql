-- Where has something changed that chance rarely explains? Concerns first, then improvements, the newest of each first.
-- Parameters: none
-- Columns: metric_id, area_id, chart, state, side, assurance, rule, since, points, missing, holding, non_random, extreme,
--          extreme_since, extreme_of, year_change, year_months, counts_since_start, counts_months,
--          no_limits, unsettled, period_start, period_end, value, centre, first_period, limits_points, limits_from,
--          odd, expected, expected_lower, expected_upper, title, harm_group, direction, unit, decimals, grain, position, name, short_name
SELECT
    signal.*, metric.title, metric.harm_group, metric.direction, metric.unit, metric.decimals, metric.grain,
    metric.position, area.name, area.short_name
FROM signal
JOIN metric ON metric.id = signal.metric_id
JOIN area ON area.id = signal.area_id
WHERE signal.state IN ('improving', 'concern')
ORDER BY signal.state = 'concern' DESC, signal.since DESC, metric.position, area.name;
