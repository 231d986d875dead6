-- Where does each area lie in the funnel of this metric's figures, in the period in which the areas are compared?
-- `level`: "higher" or "lower" than England by more than chance, else "". Where the difference is counted in people, it
-- must also be clear of how far the area's years wander, and an area that cannot be compared in people, since one
-- contributor changed how much it counts, is not `compared`. What lies outside the funnel's limits is always clear.
-- Parameters: metric
-- Columns: area_id, side, level, compared, lower, upper, name, short_name, numerator, denominator, value
WITH judged AS (
    SELECT
        funnel_area.*,
        CASE
            WHEN funnel_area.side <> '' THEN true
            WHEN EXISTS (FROM people WHERE people.metric_id = funnel_area.metric_id) THEN people.clear
            ELSE funnel_area.beyond_chance
        END AS clear,
        coalesce(people.difference < 0, observation.value > funnel.centre) AS above,
        area.name, area.short_name, observation.numerator, observation.denominator, observation.value
    FROM funnel_area
    JOIN funnel USING (metric_id)
    JOIN comparison USING (metric_id)
    JOIN area ON area.id = funnel_area.area_id
    JOIN observation USING (metric_id, area_id, period_start)
    LEFT JOIN people USING (metric_id, area_id)
    WHERE funnel_area.metric_id = $metric
)
SELECT
    area_id, side,
    CASE
        WHEN NOT coalesce(clear, false) THEN ''
        WHEN side = 'high' OR (side = '' AND above) THEN 'higher'
        ELSE 'lower'
    END AS level,
    clear IS NOT NULL AS compared,
    lower, upper, name, short_name, numerator, denominator, value
FROM judged
ORDER BY name;
