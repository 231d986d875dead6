-- What did each contributor whose denominator stepped count in every period of this area, and what did the area?
-- Parameters: area, metric
-- Columns: contributor, period_start, period_end, numerator, denominator, area_numerator, area_denominator (of all contributors, whose
--          own parts are missing in a period in which they are not counted)
SELECT
    stepped.contributor, observation.period_start, observation.period_end, own.numerator, own.denominator,
    observation.numerator AS area_numerator, observation.denominator AS area_denominator
FROM observation
JOIN (SELECT DISTINCT contributor FROM denominator_step WHERE metric_id = $metric AND area_id = $area) AS stepped ON true
LEFT JOIN step_contributor AS own
    ON own.metric_id = observation.metric_id AND own.area_id = observation.area_id
    AND own.contributor = stepped.contributor AND own.period_start = observation.period_start
WHERE observation.metric_id = $metric AND observation.area_id = $area
ORDER BY stepped.contributor, observation.period_start;
