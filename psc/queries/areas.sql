-- Which areas are there, and what is known of each?
-- Parameters: none
-- Columns: id, name, short_name, psc_name, hin_name, website, places, population, population_65_plus, area_km2,
--          label_lon, label_lat, tile_col, tile_row, north_to_south, straddles, unverified, trusts
SELECT
    area.*,
    (SELECT count(*) FROM organisation WHERE organisation.area_id = area.id) AS trusts
FROM area
ORDER BY name;
