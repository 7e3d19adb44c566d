-- The chain of doc/neighbour_prices.md: do prices of flats lean on their neighbours? The data are those of the demo.
\set SHOW_CONTEXT never
CREATE SCHEMA test_neighbour_prices;
SET search_path = test_neighbour_prices, terrbal, public;
CREATE TABLE flat (id text PRIMARY KEY, price numeric, size float8, age float8, distance float8, x float8, y float8);
\copy flat FROM PROGRAM 'cat "$PG_ABS_SRCDIR/../doc/demo/data/parcels.csv"' CSV HEADER
CREATE TABLE department (department text, wkt text);
\copy department FROM PROGRAM 'cat "$PG_ABS_SRCDIR/../doc/demo/data/districts.csv"' CSV HEADER

CREATE TABLE home AS SELECT id, x, y, ln(price::float8 / size) AS y_value, ARRAY[1, distance / 1000, ln(size), age] AS x_values FROM flat;
CREATE TABLE pair AS SELECT a.id AS i, b.id AS j, b.place, a.y_value AS y_i, a.x_values AS x_i, b.y_value AS y_j, b.x_values AS x_j
FROM home a CROSS JOIN LATERAL (SELECT *, row_number() OVER (ORDER BY (x - a.x) ^ 2 + (y - a.y) ^ 2, id) AS place FROM home WHERE id <> a.id ORDER BY place LIMIT 12) b;

SELECT k AS coefficient, round(b::numeric, 4) AS b, round(se::numeric, 4) AS se FROM (SELECT (ols(y_value, x_values)).* FROM home) o, unnest('{constant,km_to_metro,ln_size,age}'::text[], coefficients, standard_errors) u(k, b, se);

SELECT test, round(statistic::numeric, 2) AS statistic, CASE WHEN p < 0.0001 THEN 'below 0.0001' ELSE round(p::numeric, 4)::text END AS p
FROM (SELECT (spatial_tests(i, j, y_i, x_i, y_j, x_j, 1 / 6.0)).* FROM pair WHERE place <= 6) t,
    LATERAL (VALUES ('Moran of the residuals', moran, moran_p), ('error', lm_error, lm_error_p), ('lag', lm_lag, lm_lag_p), ('error, robust to a lag', robust_error, robust_error_p), ('lag, robust to an error', robust_lag, robust_lag_p)) v(test, statistic, p);

SELECT k AS coefficient, round(b::numeric, 4) AS b, round(se::numeric, 4) AS se, round(overidentification::numeric, 1) AS sargan, round(first_stage_f::numeric, 1) AS first_stage_f
FROM (SELECT (spatial_lag(i, j, y_i, x_i, y_j, x_j, 1 / 6.0)).* FROM pair WHERE place <= 6) l, unnest('{rho,constant,km_to_metro,ln_size,age}'::text[], coefficients, standard_errors) u(k, b, se);

SELECT k AS coefficient, round(b::numeric, 4) AS b, round(se::numeric, 4) AS se, round(sigma2_moments::numeric, 4) AS sigma2
FROM (SELECT (spatial_error(i, j, y_i, x_i, y_j, x_j, 1 / 6.0)).* FROM pair WHERE place <= 6) e, unnest('{lambda,constant,km_to_metro,ln_size,age}'::text[], coefficients, standard_errors) u(k, b, se);

-- who is a neighbour: the nearest 3, 6, 12
SELECT n AS neighbours, round((e).coefficients[1]::numeric, 3) AS lambda, round((e).coefficients[3]::numeric, 3) AS km_to_metro, round((e).standard_errors[3]::numeric, 3) AS se
FROM unnest('{3,6,12}'::int[]) n, LATERAL (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, 1.0 / n) AS e FROM pair WHERE place <= n) s ORDER BY n;

-- the neighbourhood itself: the municipal department, and the distance to the centre
CREATE TABLE located AS SELECT id, y_value, x_values || sqrt((x - 476900) ^ 2 + (y - 4202950) ^ 2) / 1000 || ARRAY(SELECT (d.department = k)::int::float8 FROM unnest('{1,2,3,4,5,6}'::text[]) k) AS x_values
FROM home JOIN department d ON ST_Contains(ST_GeomFromText(wkt), ST_Point(x, y));
SELECT model, round(b::numeric, 4) AS km_to_metro, round(se::numeric, 4) AS se, round(left_over::numeric, 3) AS moran_or_lambda
FROM (SELECT ols(y_value, x_values) AS o FROM located) o,
    (SELECT spatial_tests(i, j, a.y_value, a.x_values, b.y_value, b.x_values, 1 / 6.0) AS t, spatial_error(i, j, a.y_value, a.x_values, b.y_value, b.x_values, 1 / 6.0) AS e FROM pair JOIN located a ON a.id = i JOIN located b ON b.id = j WHERE place <= 6) s,
    LATERAL (VALUES ('least squares', (o).coefficients[2], (o).standard_errors[2], (t).moran), ('error', (e).coefficients[3], (e).standard_errors[3], (e).coefficients[1])) v(model, b, se, left_over);
SET client_min_messages = warning;
DROP SCHEMA test_neighbour_prices CASCADE;
