-- What is each area's figure on this metric, in the period in which the areas are compared?
-- Parameters: metric
-- Columns: area_id, name, short_name, north_to_south, period_start, period_end, numerator, denominator, value, lower, upper
SELECT
    observation.area_id, area.name, area.short_name, area.north_to_south, observation.period_start,
    observation.period_end, observation.numerator, observation.denominator, observation.value, observation.lower,
    observation.upper
FROM comparison
JOIN observation USING (metric_id, period_start)
JOIN area ON area.id = observation.area_id
WHERE comparison.metric_id = $metric AND observation.value IS NOT NULL
ORDER BY area.name;
