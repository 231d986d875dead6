-- What is the verdict on every metric in this area (or england)?
-- Parameters: area
-- Columns: metric_id, area_id, method, direction, certain, state, change, lower, upper, change_on_year, pairs, agreeing,
--          years, against_england, against_change, against_lower, against_upper, flags, reason,
--          period_start, period_end, value
SELECT verdict.*
FROM verdict
JOIN metric ON metric.id = verdict.metric_id
WHERE verdict.area_id = $area
ORDER BY metric.position;
