-- How far apart are the events of this metric in this area, where they are rare?
-- Parameters: area, metric
-- Columns: period_start, period_end, value, segment, centre, lower_limit, upper_limit, point_type, rules
SELECT
    event_date AS period_start, event_date AS period_end, "between" AS value, 0 AS segment, centre,
    CAST(NULL AS DOUBLE) AS lower_limit, upper_limit, point_type, rules
FROM gap
WHERE metric_id = $metric AND area_id = $area
ORDER BY event_date;
