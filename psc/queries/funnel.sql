-- Do the areas differ on this metric by more than chance, given their size?
-- Parameters: metric
-- Columns: metric_id, centre, phi, tau2, overdispersed, areas
SELECT * FROM funnel WHERE metric_id = $metric;
