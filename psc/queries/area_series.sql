-- How has every metric moved in this area, point by point, with the limits it is judged by?
-- Parameters: area
-- Columns: metric_id, period_start, period_end, numerator, denominator, value, lower, upper, note,
--          segment, centre, lower_limit, upper_limit, point_type, rules
SELECT
    metric_id, period_start, period_end, numerator, denominator, value, lower, upper, note,
    segment, centre, lower_limit, upper_limit, point_type, rules
FROM observation
LEFT JOIN spc_point USING (metric_id, area_id, period_start)
WHERE area_id = $area
ORDER BY metric_id, period_start;
