SET search_path = terrbal, public;
-- a metro opened in waves: price of land near stations, by district and year; lines reach some districts in 2016, some in 2018, some never
CREATE TEMP TABLE land (district text, year int, price float8, opened int);
INSERT INTO land SELECT 'd' || lpad(d::text, 2, '0'), y,
    900 + 10 * d + 30 * (y - 2014) + 3 * ((d * 7 + y * 5) % 11) + CASE WHEN y >= opened THEN 40 * (y - opened + 1) * CASE opened WHEN 2016 THEN 2 ELSE 1 END ELSE 0 END, opened
FROM generate_series(1, 24) d, generate_series(2014, 2019) y, LATERAL (SELECT CASE d % 3 WHEN 0 THEN 2016 WHEN 1 THEN 2018 END AS opened) o;
SELECT e.first_treated, e.period, round(e.effect::numeric, 1) AS effect, round(e.se::numeric, 1) AS se
FROM (SELECT group_time_effects(district, year, price, opened, 'not_yet') AS r FROM land) s, unnest((s.r).effects) e ORDER BY 1, 2;
SELECT e.value AS years_open, round(e.effect::numeric, 1) AS effect, round(e.se::numeric, 1) AS se
FROM (SELECT group_time_effects(district, year, price, opened, 'not_yet') AS r FROM land) s, unnest((s.r).exposure) e ORDER BY 1;
SELECT round(simple::numeric, 1) AS simple, round(simple_se::numeric, 1) AS se, round(overall_exposure::numeric, 1) AS by_exposure, round(overall_group::numeric, 1) AS by_group,
       round(overall_calendar::numeric, 1) AS by_year, round(pretest::numeric, 1) AS pretest, pretest_df AS df, round(pretest_p::numeric, 2) AS p, units, never_treated
FROM (SELECT (group_time_effects(district, year, price, opened, 'not_yet')).* FROM land) s;
-- the two-way estimate beside it, what it compares, and its weights
SELECT comparison, round((f).coefficients[1]::numeric, 1) AS effect, round((f).standard_errors[1]::numeric, 1) AS se FROM (
    SELECT 1 AS o, 'two-way, all districts and years' AS comparison, ols_fixed_effects(price, ARRAY[coalesce(year >= opened, false)::int], district, year::text, true) AS f FROM land
    UNION ALL SELECT 2, 'wave 2016 against never', ols_fixed_effects(price, ARRAY[coalesce(year >= opened, false)::int], district, year::text, true) FROM land WHERE opened IS DISTINCT FROM 2018
    UNION ALL SELECT 3, 'wave 2018 against never', ols_fixed_effects(price, ARRAY[coalesce(year >= opened, false)::int], district, year::text, true) FROM land WHERE opened IS DISTINCT FROM 2016
    UNION ALL SELECT 4, 'wave 2018 against wave 2016, from 2016', ols_fixed_effects(price, ARRAY[(year >= opened)::int], district, year::text, true) FROM land WHERE opened IS NOT NULL AND year >= 2016) s ORDER BY o;
SELECT opened, year, round(weight::numeric, 2) AS two_way_weight, round((units / sum(units) OVER ())::numeric, 2) AS simple_weight, round(effect::numeric, 1) AS effect, round(sum(weight * effect) OVER ()::numeric, 1) AS two_way_average
FROM (SELECT opened, year, count(*) AS units, sum(u) / sum(sum(u)) OVER () AS weight
      FROM (SELECT opened, year, d, d - avg(d) OVER (PARTITION BY district) - avg(d) OVER (PARTITION BY year) + avg(d) OVER () AS u
            FROM (SELECT *, coalesce(year >= opened, false)::int AS d FROM land) l) r WHERE d = 1 GROUP BY opened, year) w
    JOIN (SELECT (e).* FROM (SELECT group_time_effects(district, year, price, opened, 'not_yet') AS r FROM land) s, unnest((s.r).effects) e) e ON (opened, year) = (first_treated, period) ORDER BY 1, 2;
-- by region as states, rolled up
SELECT group_time_effects(rollup(s)) = (SELECT group_time_effects(district, year, price, opened, 'never') FROM land) AS same
FROM (SELECT group_time_state(district, year, price, opened, 'never')::text::group_time_state AS s FROM land GROUP BY right(district, 1)) d;
-- left out: rows with a NULL, districts without a price in every year, districts open from the beginning
SELECT (r).units, (r).incomplete, (r).always_treated, (r).never_treated, cardinality((r).effects) AS effects
FROM (SELECT group_time_effects(district, year, CASE WHEN district = 'd03' AND year = 2017 THEN NULL ELSE price END, CASE WHEN district = 'd04' THEN 2014 ELSE opened END, 'never') AS r FROM land) s;
-- 0 for the never treated, as elsewhere, is said to lose them
SELECT (r).units, (r).always_treated FROM (SELECT group_time_effects(district, year, price, coalesce(opened, 0), 'not_yet') AS r FROM land) s;
-- NULL, and why
SELECT group_time_effects(district, year, price, opened, 'never') IS NULL AS nothing FROM land WHERE opened IS NOT NULL;
SELECT group_time_effects(district, year, price, opened, 'never') IS NULL AS nothing FROM land WHERE opened IS NULL;
SELECT group_time_effects(district, year, price, opened, 'never') IS NULL AS nothing FROM land WHERE year = 2018 OR district = 'd01';
SELECT group_time_effects(district, year, price, opened, 'never') IS NULL AS nothing FROM land WHERE false;
-- errors
SELECT group_time_effects(district, year, price, opened, 'later') FROM land;
SELECT group_time_effects(district, year % 2, price, opened, 'never') FROM land;
SELECT group_time_effects(district, year, price, nullif(year, 2016), 'never') FROM land;
SELECT group_time_effects(district, year, price, opened, CASE WHEN year = 2014 THEN 'never' ELSE 'not_yet' END) FROM land;
-- with covariates: a metro goes where people are; prices grow with density, and density decides who gets a station. 30 more in each year, by construction
CREATE TEMP TABLE corridor (district text, year int, price float8, opened int, density float8);
INSERT INTO corridor SELECT 'd' || lpad(d::text, 3, '0'), y, 800 + 4 * density + 0.4 * density * (y - 2014) + 6 * sin(d * y) + CASE WHEN y >= opened THEN 30 * (y - opened + 1) ELSE 0 END, opened, density
FROM generate_series(1, 120) d, generate_series(2014, 2019) y, LATERAL (SELECT 20 + d * 37 % 97 AS density) x, LATERAL (SELECT CASE WHEN density + 60 * sin(d) > 95 THEN 2016 WHEN density + 60 * sin(d) > 70 THEN 2018 END AS opened) o;
SELECT opened, count(DISTINCT district) AS districts, round(avg(density)) AS density, round(stddev_samp(density)) AS spread FROM corridor GROUP BY opened ORDER BY opened;
SELECT controls_by, round(simple::numeric, 1) AS simple, round(simple_se::numeric, 1) AS se, round(overall_exposure::numeric, 1) AS by_exposure, round(overall_group::numeric, 1) AS by_group, round(pretest_p::numeric, 3) AS pretest_p FROM (
    SELECT 1 AS o, 'nothing' AS controls_by, (group_time_effects(district, year, price, opened, 'not_yet')).* FROM corridor
    UNION ALL SELECT 2, 'regression', (group_time_effects(district, year, price, opened, 'not_yet', ARRAY[density], 'regression')).* FROM corridor
    UNION ALL SELECT 3, 'weighting', (group_time_effects(district, year, price, opened, 'not_yet', ARRAY[density], 'weighting')).* FROM corridor
    UNION ALL SELECT 4, 'doubly robust', (group_time_effects(district, year, price, opened, 'not_yet', ARRAY[density])).* FROM corridor) s ORDER BY o;
-- by district as states, rolled up
SELECT group_time_effects(rollup(s)) = (SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[density], 'weighting') FROM corridor) AS same
FROM (SELECT group_time_covariate_state(district, year, price, opened, 'never', ARRAY[density], 'weighting')::text::group_time_covariate_state AS s FROM corridor GROUP BY right(district, 1)) d;
-- a row with a NULL among its covariates is none, so that its district is incomplete
SELECT (r).units, (r).incomplete FROM (SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[CASE WHEN district <> 'd007' OR year <> 2014 THEN density END]) AS r FROM corridor) s;
-- no value, and why: a combination; who is treated is who is dense; more covariates than controls
SELECT (r).simple, (r).units FROM (SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[density, 100 - 2 * density]) AS r FROM corridor) s;
SELECT (r).simple, (r).units FROM (SELECT group_time_effects(district, year, price, CASE WHEN density > 60 THEN 2016 END, 'never', ARRAY[density]) AS r FROM corridor) s;
SELECT round((r).simple::numeric, 1) AS simple, (r).units FROM (SELECT group_time_effects(district, year, price, CASE WHEN density > 60 THEN 2016 END, 'never', ARRAY[density], 'regression') AS r FROM corridor) s;
SELECT (r).simple, (r).units, (r).never_treated FROM (SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[density, density ^ 2, sqrt(density)]) AS r FROM corridor WHERE opened IS NOT NULL OR district IN ('d001', 'd004', 'd010')) s;
SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[density]) IS NULL AS nothing FROM corridor WHERE opened IS NULL;
-- errors
SELECT group_time_effects(district, year, price, opened, 'never', ARRAY[density], 'matching') FROM corridor;
SELECT group_time_effects(district, year, price, opened, 'never', array_fill(density, ARRAY[51])) FROM corridor;
SELECT group_time_effects(district, year, price, opened, 'never', CASE WHEN year = 2014 THEN ARRAY[density] ELSE '{}' END) FROM corridor;
SELECT group_time_effects(district, year, price, opened, 'never', ARRAY['NaN'::float8]) FROM corridor;
-- years and months for numbers of months
SELECT (r).overall_exposure IS NOT NULL AS answered FROM (SELECT group_time_effects(u, t, u * t % 7, CASE WHEN u > 2 THEN 201601 END, 'never') AS r FROM generate_series(1, 4) u, unnest(ARRAY[201511, 201512, 201601, 201602]) t) s;
SELECT (r).overall_exposure IS NOT NULL AS answered FROM (SELECT group_time_effects(u, t, u * t % 7, CASE WHEN u > 2 THEN 201603 END, 'never') AS r FROM generate_series(1, 4) u, generate_series(201601, 201606) t) s;
