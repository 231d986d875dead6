-- What is the verdict on every metric in every area, and in England, and what does the latest point show by itself?
-- Parameters: none
-- Columns: metric_id, area_id, method, direction, certain, state, change, lower, upper, change_on_year, pairs, agreeing,
--          years, against_england, against_change, against_lower, against_upper, flags, reason,
--          period_start, period_end, value, kind, harm_group, name,
--          point_state, point_side, assurance (the Making Data Count icons of the latest point, or '')
SELECT
    verdict.*, metric.kind, metric.harm_group, coalesce(area.name, 'England') AS name,
    coalesce(signal.state, '') AS point_state, coalesce(signal.side, '') AS point_side,
    coalesce(signal.assurance, '') AS assurance
FROM verdict
JOIN metric ON metric.id = verdict.metric_id
LEFT JOIN area ON area.id = verdict.area_id
LEFT JOIN signal ON signal.metric_id = verdict.metric_id AND signal.area_id = verdict.area_id
ORDER BY metric.position, verdict.area_id = 'england', area.name;
