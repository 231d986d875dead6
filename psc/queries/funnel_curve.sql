-- How wide is the funnel of this metric at each size?
-- Parameters: metric
-- Columns: denominator, lower95, upper95, lower998, upper998
SELECT denominator, lower95, upper95, lower998, upper998
FROM funnel_curve
WHERE metric_id = $metric
ORDER BY denominator;
