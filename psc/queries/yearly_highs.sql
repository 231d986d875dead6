-- Which yearly measures of harm, which have no limits to be judged by, stand at their highest for five years or more, and
-- in how many areas? Only figures that end within three years of the newest in the store: older ones are history.
-- Parameters: none
-- Columns: metric_id, title, grain, period_start, period_end, areas (how many)
SELECT
    signal.metric_id, metric.title, metric.grain, signal.period_start, signal.period_end, count(*) AS areas
FROM signal
JOIN metric ON metric.id = signal.metric_id
JOIN area ON area.id = signal.area_id
WHERE signal.chart = 'run' AND metric.grain = 'financial_year' AND metric.direction = 'lower'
    AND signal.extreme = 'highest' AND signal.extreme_of >= 5
    AND signal.period_end >= (SELECT max(period_end) FROM observation) - INTERVAL 3 YEAR
GROUP BY ALL
ORDER BY signal.period_start DESC, min(metric.position);
