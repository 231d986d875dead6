-- How far can the verdicts on each metric be trusted?
-- Parameters: none
-- Columns: metric_id, gives_verdict, widening, widening_against_england, chance, one_in, none_at_once, all_at_once,
--          expected, finds_fall, kind
SELECT chance.*, metric.kind
FROM chance
JOIN metric ON metric.id = chance.metric_id
ORDER BY metric.position;
