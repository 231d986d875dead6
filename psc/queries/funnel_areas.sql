-- Where does each area lie in the funnel of this metric's figures, in the period in which the areas are compared?
-- Parameters: metric
-- Columns: area_id, side, lower, upper, name, short_name, numerator, denominator, value
SELECT
    funnel_area.area_id, funnel_area.side, funnel_area.lower, funnel_area.upper, area.name, area.short_name,
    observation.numerator, observation.denominator, observation.value
FROM funnel_area
JOIN comparison USING (metric_id)
JOIN area ON area.id = funnel_area.area_id
JOIN observation USING (metric_id, area_id, period_start)
WHERE funnel_area.metric_id = $metric
ORDER BY area.name;
