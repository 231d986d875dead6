-- Which build of the data is this?
-- Parameters: none
-- Columns: version, built_at, observations, data_to (last day of the newest figure of any metric)
SELECT version, built_at, observations, (SELECT max(period_end) FROM observation WHERE value IS NOT NULL) AS data_to
FROM release;
