-- Whose denominator stepped in this area's figures of this metric, and what would they be without that contributor?
-- Parameters: area, metric
-- Columns: contributor, contributor_name, first_period, ratio, share, direction_without, certain_without, change_without,
--          value_without
SELECT
    contributor, contributor_name, first_period, ratio, share, direction_without, certain_without, change_without,
    value_without
FROM denominator_step
WHERE metric_id = $metric AND area_id = $area
ORDER BY contributor, first_period;
