SET search_path = terrbal, public;
-- prices on a grid of 6 x 6 blocks that lean on their neighbours; neighbours share a side, and the weights of a block add up to 1
CREATE TEMP TABLE block AS SELECT 'b' || x || y AS id, x, y, (x * 5 + y * 3) % 7 AS park, 3 * (x - 3.5) ^ 2 AS noise, (x * x * 7 + y * 11 + x * y * 3) % 13 - 6 AS luck FROM generate_series(1, 6) x, generate_series(1, 6) y;
CREATE TEMP TABLE beside AS SELECT a.id AS i, b.id AS j, 1.0 / count(*) OVER (PARTITION BY a.id) AS w FROM block a JOIN block b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;
-- price = 0.5 W price + 20 + 4 park - noise + luck / 2, by going around until nothing moves
ALTER TABLE block ADD price float8 DEFAULT 0;
DO $$ BEGIN FOR i IN 1..80 LOOP
    UPDATE block SET price = round((20 + 4 * park - noise + luck / 2.0 + 0.5 * lag)::numeric, 12) FROM (SELECT e.i, sum(e.w * b.price) AS lag FROM beside e JOIN block b ON b.id = e.j GROUP BY e.i) l WHERE l.i = id;
END LOOP; END $$;
CREATE TEMP TABLE pair AS SELECT i, j, a.price AS y_i, ARRAY[1, a.park, a.noise] AS x_i, b.price AS y_j, ARRAY[1, b.park, b.noise] AS x_j, w FROM beside JOIN block a ON a.id = i JOIN block b ON b.id = j;
SELECT round(lm_error::numeric, 3) AS lm_error, round(lm_error_p::numeric, 4) AS p, round(lm_lag::numeric, 3) AS lm_lag, round(lm_lag_p::numeric, 4) AS p, round(robust_error::numeric, 3) AS robust_error, round(robust_error_p::numeric, 4) AS p,
       round(robust_lag::numeric, 3) AS robust_lag, round(robust_lag_p::numeric, 4) AS p, round(moran::numeric, 3) AS moran, round(moran_z::numeric, 2) AS z, units, links
FROM (SELECT (spatial_tests(i, j, y_i, x_i, y_j, x_j, w)).* FROM pair) s;
-- the lag: rho, constant, park, noise
SELECT k AS coefficient, round(b::numeric, 3) AS b, round(se::numeric, 3) AS se, round(q::numeric, 4) AS p, round(robust::numeric, 3) AS robust_se
FROM (SELECT (spatial_lag(i, j, y_i, x_i, y_j, x_j, w)).* FROM pair) s, unnest('{rho,constant,park,noise}'::text[], coefficients, standard_errors, p, robust_errors) u(k, b, se, q, robust);
SELECT round(first_stage_f::numeric, 1) AS first_stage_f, round(overidentification::numeric, 2) AS sargan, round(overidentification_p::numeric, 3) AS p, overidentification_df AS df, round(r2::numeric, 3) AS r2, round(sigma::numeric, 2) AS sigma, n, df AS free, islands, links
FROM (SELECT (spatial_lag(i, j, y_i, x_i, y_j, x_j, w)).* FROM pair) s;
-- what one more park does to the price of its block, of all others, of all
SELECT x, round(direct::numeric, 3) AS direct, round(indirect::numeric, 3) AS indirect, round(total::numeric, 3) AS total
FROM (SELECT spatial_effects(i, j, y_i, x_i, y_j, x_j, w) AS e FROM pair) s, unnest('{constant,park,noise}'::text[], (e).direct, (e).indirect, (e).total) u(x, direct, indirect, total);
-- least squares over the same blocks
SELECT (SELECT array_agg(round(b::numeric, 3)) FROM unnest((o).coefficients) b) AS least_squares FROM (SELECT ols(price, ARRAY[1, park, noise]) AS o FROM block) s;
-- the error, for comparison: lambda, constant, park, noise
SELECT (SELECT array_agg(round(b::numeric, 3)) FROM unnest((e).coefficients) b) AS coefficients, (SELECT array_agg(round(b::numeric, 3)) FROM unnest((e).standard_errors) b) AS standard_errors, round((e).sigma2_moments::numeric, 2) AS sigma2 FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS e FROM pair) s;
-- x of the neighbours as regressors
SELECT (SELECT array_agg(round(b::numeric, 3)) FROM unnest((o).coefficients) b) AS constant_park_noise_and_lags FROM (SELECT ols(y, x || lag) AS o FROM (SELECT y_i AS y, x_i AS x, ARRAY[sum(w * x_j[2]), sum(w * x_j[3])] AS lag FROM pair GROUP BY i, y_i, x_i) u) s;
-- stored, rolled up
SELECT spatial_tests(rollup(s)) = (SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) FROM pair) AS same FROM (SELECT spatial_model_state(i, j, y_i, x_i, y_j, x_j, w) AS s FROM pair GROUP BY left(i, 2)) p;
SELECT spatial_lag(rollup(s)) = (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) FROM pair) AS lag, spatial_lag(rollup(s), 1) = (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w, 1) FROM pair) AS one,
       spatial_error(rollup(s)) = (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) FROM pair) AS error, spatial_effects(rollup(s), (spatial_lag(rollup(s))).coefficients) = (SELECT spatial_effects(i, j, y_i, x_i, y_j, x_j, w) FROM pair) AS effects
FROM (SELECT spatial_model_state(i, j, y_i, x_i, y_j, x_j, w) AS s FROM pair GROUP BY left(i, 2)) p;
-- an island is a row of the regression, and counted
SELECT (l).islands, (l).n, (e).islands, (e).n FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS l, spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS e FROM (SELECT * FROM pair UNION ALL SELECT 'x', NULL, 40, '{1, 3, 5}', NULL, NULL, NULL) p) s;
-- NULL, and why
SELECT spatial_lag(i, j, y_i, ARRAY[1], y_j, ARRAY[1], w) FROM pair;
SELECT spatial_effects(i, j, y_i, ARRAY[1], y_j, ARRAY[1], w) FROM pair;
SELECT spatial_error(i, j, x_i[2], x_i, x_j[2], x_j, w) FROM pair;
SELECT spatial_effects(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), '{1.2, 0, 1, 1}') FROM pair;
SELECT spatial_lag(NULL::spatial_model_state) IS NULL AS nothing, spatial_lag(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), NULL) IS NULL AS lags, spatial_effects(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), NULL) IS NULL AS b FROM pair;
-- a regressor and its double
SELECT (spatial_lag(i, j, y_i, x_i || 2 * x_i[2], y_j, x_j || 2 * x_j[2], w)).aliased FROM pair;
SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, 0) FROM pair;
SELECT spatial_tests(i, j, x_i[2], x_i, x_j[2], x_j, w) FROM pair;
SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) FROM pair WHERE false;
-- a constant alone is a combination of its lag: no robust test
SELECT robust_lag, robust_error, sarma, abs(lm_lag / lm_error - 1) < 1e-12 AS same FROM (SELECT (spatial_tests(i, j, y_i, ARRAY[1], y_j, ARRAY[1], w)).* FROM pair) s;
-- errors
SELECT spatial_tests(i, j, y_i, x_i, y_j + ascii(right(i, 1)), x_j, w) FROM pair;
SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) FROM (SELECT * FROM pair UNION ALL SELECT * FROM pair WHERE i = 'b11') p;
SELECT spatial_tests(i, i, y_i, x_i, y_i, x_i, w) FROM (SELECT DISTINCT ON (i) * FROM pair ORDER BY i, j) p;
SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j[1:2], w) FROM pair;
SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, -w) FROM pair;
SELECT spatial_tests(i, j, y_i, '{}', y_j, '{}', w) FROM pair;
SELECT spatial_tests(i, j, y_i, array_fill(1.0, ARRAY[65]), y_j, array_fill(1.0, ARRAY[65]), w) FROM pair;
SELECT spatial_tests(i, j, 1e200, x_i, y_j, x_j, w) FROM pair;
SELECT spatial_tests(i, j, y_i, CASE i WHEN 'b11' THEN x_i ELSE x_i[1:2] END, y_j, CASE i WHEN 'b11' THEN x_j ELSE x_j[1:2] END, w) FROM pair;
SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w, 3) FROM pair;
SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w, CASE i WHEN 'b11' THEN 1 ELSE 2 END) FROM pair;
SELECT spatial_effects(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), '{0.5, 1}') FROM pair;
