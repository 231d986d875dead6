-- What is the verdict on this metric in each area, and in England?
-- Parameters: metric
-- Columns: metric_id, area_id, method, direction, certain, state, change, lower, upper, change_on_year, pairs, agreeing,
--          years, against_england, against_change, against_lower, against_upper, flags, reason,
--          period_start, period_end, value, name, short_name, north_to_south (the last two missing for England)
SELECT verdict.*, coalesce(area.name, 'England') AS name, area.short_name, area.north_to_south
FROM verdict
LEFT JOIN area ON area.id = verdict.area_id
WHERE verdict.metric_id = $metric
ORDER BY verdict.area_id = 'england', area.name;
