-- Which NHS trusts does this area hold, and how do we know?
-- Parameters: area
-- Columns: ods_code, name, basis
SELECT ods_code, name, basis
FROM organisation
WHERE area_id = $area
ORDER BY name;
