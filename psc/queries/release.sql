-- Which build of the data is this?
-- Parameters: none
-- Columns: version, built_at, observations, data_to (last period covered by any metric)
SELECT version, built_at, observations, (SELECT max(period_end) FROM observation) AS data_to
FROM release;
