-- Which figures are there, of every metric, as one file to take away?
-- Parameters: none
-- Columns: metric, area, area_name, period_start, period_end, numerator, denominator, value, lower_95, upper_95, unit, note
SELECT
    observation.metric_id AS metric, observation.area_id AS area, coalesce(area.name, 'England') AS area_name,
    period_start, period_end, numerator, denominator, value, lower AS lower_95, upper AS upper_95, metric.unit, note
FROM observation
JOIN metric ON metric.id = observation.metric_id
LEFT JOIN area ON area.id = observation.area_id
ORDER BY metric.position, area, period_start;
