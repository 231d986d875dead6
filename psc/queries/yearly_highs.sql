-- Which yearly measures of harm, too few in number to be judged, stand at their highest of all years loaded, and where?
-- Parameters: none
-- Columns: metric_id, title, grain, period_start, period_end, areas (how many), years (fewest years loaded among them)
SELECT
    signal.metric_id, metric.title, metric.grain, signal.period_start, signal.period_end,
    count(*) AS areas, min(signal.points) AS years
FROM signal
JOIN metric ON metric.id = signal.metric_id
JOIN area ON area.id = signal.area_id
WHERE signal.chart = 'run' AND metric.direction = 'lower' AND signal.extreme = 'highest' AND signal.extreme_since IS NULL
GROUP BY ALL
ORDER BY signal.period_start DESC, min(metric.position);
