-- How has this metric moved in every area, point by point, with the limits it is judged by?
-- Parameters: metric
-- Columns: area_id, period_start, period_end, numerator, denominator, value, lower, upper, note,
--          segment, centre, lower_limit, upper_limit, point_type, rules
SELECT
    area_id, period_start, period_end, numerator, denominator, value, lower, upper, note,
    segment, centre, lower_limit, upper_limit, point_type, rules
FROM observation
LEFT JOIN spc_point USING (metric_id, area_id, period_start)
WHERE metric_id = $metric
ORDER BY area_id, period_start;
