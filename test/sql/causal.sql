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
