-- What is England's figure for this metric in each period?
-- Parameters: metric
-- Columns: period_start, period_end, numerator, denominator, value
SELECT period_start, period_end, numerator, denominator, value
FROM observation
WHERE metric_id = $metric AND area_id = 'england' AND value IS NOT NULL
ORDER BY period_start;
