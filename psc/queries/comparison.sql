-- In which period are the areas compared on this metric, and which is the newest that there is a row for?
-- Parameters: metric
-- Columns: metric_id, period_start, period_end, newest_start, newest_end, newest_areas (with a figure in the newest)
SELECT * FROM comparison WHERE metric_id = $metric;
