-- How many more people (fewer where negative) would there be in each area at England's rate, on this metric?
-- Parameters: metric
-- Columns: metric_id, area_id, difference, lower, upper, clear, months, period_end
SELECT * FROM people WHERE metric_id = $metric ORDER BY area_id;
