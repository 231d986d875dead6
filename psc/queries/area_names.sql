-- What has this area's network been called, and when?
-- Parameters: area
-- Columns: name, valid_from, valid_to, kind, verified
SELECT name, valid_from::DATE AS valid_from, valid_to::DATE AS valid_to, kind, verified
FROM area_name
WHERE area_id = $area
ORDER BY valid_from NULLS FIRST;
