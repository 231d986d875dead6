-- What is the verdict on every metric in every area, and in England?
-- Parameters: none
-- Columns: metric_id, area_id, method, direction, certain, state, change, lower, upper, change_on_year, pairs, agreeing,
--          years, against_england, against_change, against_lower, against_upper, flags, reason,
--          period_start, period_end, value, kind, harm_group, name
SELECT verdict.*, metric.kind, metric.harm_group, coalesce(area.name, 'England') AS name
FROM verdict
JOIN metric ON metric.id = verdict.metric_id
LEFT JOIN area ON area.id = verdict.area_id
ORDER BY metric.position, verdict.area_id = 'england', area.name;
