SET search_path = terrbal, public;
-- share of households in overcrowded homes by a survey with few interviews a municipality, and what the census of ten years ago says; two were not sampled
CREATE TEMP TABLE survey (area text, share float8, interviews int, census float8);
INSERT INTO survey VALUES ('Abre', 0.21, 240, 0.18), ('Brisa', 0.09, 140, 0.14), ('Cala', 0.33, 96, 0.22), ('Duna', 0.12, 440, 0.13), ('Era', 0.28, 72, 0.15), ('Faro', 0.17, 180, 0.19), ('Grao', 0.05, 160, 0.08), ('Hoz', 0.26, 360, 0.25),
    ('Isla', 0.10, 120, 0.11), ('Jara', 0.35, 208, 0.27), ('Lago', NULL, NULL, 0.21), ('Mina', NULL, NULL, 0.10), ('Nava', 0.15, 80, 0.24), ('Olmo', 0.08, 300, 0.09);
CREATE TEMP TABLE direct AS SELECT *, 1.4 * 0.17 * (1 - 0.17) / interviews AS variance, ARRAY[1, census] AS x FROM survey; -- design effect 1.4, one variance for all homes: not the area's own share
SELECT unit, round(direct::numeric, 3) AS direct, round(sqrt(variance)::numeric, 3) AS error, round(synthetic::numeric, 3) AS synthetic, round(share::numeric, 2) AS share, round(estimate::numeric, 3) AS estimate, round(sqrt(mse)::numeric, 3) AS root_mse
FROM (SELECT fay_herriot(area, share, variance, x) AS f FROM direct) s, unnest((f).estimates) e;
SELECT (SELECT array_agg(round(b::numeric, 3)) FROM unnest((f).coefficients) b) AS coefficients, (SELECT array_agg(round(b::numeric, 3)) FROM unnest((f).standard_errors) b) AS standard_errors, round(sqrt((f).between)::numeric, 3) AS sd_between, (f).units, (f).surveyed
FROM (SELECT fay_herriot(area, share, variance, x) AS f FROM direct) s;
-- stored, rolled up
SELECT fay_herriot(rollup(s)) = (SELECT fay_herriot(area, share, variance, x) FROM direct) AS same FROM (SELECT small_area_state(area, share, variance, x) AS s FROM direct GROUP BY area < 'F') p;
-- areas that differ no more than their samples let them
SELECT (f).between, (SELECT bool_and(estimate = synthetic) FROM unnest((f).estimates)) AS regression_only FROM (SELECT fay_herriot(area, census, variance, x) AS f FROM direct) s;
-- NULL, and why
SELECT fay_herriot(area, share, variance, x) FROM direct WHERE area IN ('Abre', 'Brisa', 'Lago');
SELECT fay_herriot(area, share, variance, x) FROM direct WHERE false;
SELECT cardinality((f).estimates) AS units, (f).surveyed FROM (SELECT fay_herriot(area, share, variance, CASE area WHEN 'Abre' THEN NULL WHEN 'Duna' THEN ARRAY[1, NULL] ELSE x END) AS f FROM direct) s;
-- errors
SELECT fay_herriot('A', share, variance, x) FROM direct;
SELECT fay_herriot(area, share, 0, x) FROM direct;
SELECT fay_herriot(area, 'NaN', variance, x) FROM direct;
SELECT fay_herriot(area, share, variance, '{}') FROM direct;
SELECT fay_herriot(area, share, variance, CASE area WHEN 'Abre' THEN ARRAY[1] ELSE x END) FROM direct;
