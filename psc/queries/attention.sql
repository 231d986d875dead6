-- Where has something changed that is not chance, newest first?
-- Parameters: none
-- Columns: metric_id, title, harm_group, direction, unit, decimals, area_id, name, signal columns
SELECT
    signal.*, metric.title, metric.harm_group, metric.direction, metric.unit, metric.decimals, metric.grain,
    metric.position, area.name, area.short_name
FROM signal
JOIN metric ON metric.id = signal.metric_id
JOIN area ON area.id = signal.area_id
WHERE signal.state IN ('improving', 'concern')
ORDER BY signal.since DESC, signal.state = 'concern' DESC, metric.position, area.name;
