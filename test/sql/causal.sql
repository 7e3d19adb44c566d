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
