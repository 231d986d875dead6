-- For which metrics and years is there data, and for how many areas?
-- Parameters: none
-- Columns: metric_id, title, harm_group, year, areas, periods (with figures), expected (periods), values
SELECT
    metric.id AS metric_id, metric.title, metric.harm_group,
    year(observation.period_start) AS year,
    count(DISTINCT observation.area_id) FILTER (observation.value IS NOT NULL) AS areas,
    count(DISTINCT observation.period_start) FILTER (observation.value IS NOT NULL) AS periods,
    count(DISTINCT observation.period_start) AS expected,
    count(observation.value) AS values
FROM metric
LEFT JOIN observation ON observation.metric_id = metric.id AND observation.area_id <> 'england'
GROUP BY ALL
ORDER BY min(metric.position), year;
