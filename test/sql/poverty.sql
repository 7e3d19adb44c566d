SET search_path = terrbal, public;
CREATE TEMP TABLE household (income float8, people int, region text);
INSERT INTO household VALUES (541, 5, 'north'), (1463, 4, 'north'), (2445, 4, 'south'), (3438, 3, 'north'), (4437, 2, 'south'), (5401, 4, 'south'), (6392, 1, 'north'),
    (8304, 2, 'south'), (11904, 3, 'south'), (22261, 2, 'south');
-- one line for all
SELECT round(headcount::numeric, 3) AS headcount, round(gap::numeric, 4) AS gap, round(severity::numeric, 4) AS severity,
       round(sen_shorrocks_thon::numeric, 4) AS sst, round(watts::numeric, 4) AS watts, poor, population, n
FROM (SELECT (p).* FROM (SELECT poverty(income, people, 5000) AS p FROM household) s) t;
-- at risk of poverty: below 60 % of the median, from one stored sample
SELECT region, round((p).headcount::numeric, 3) AS at_risk, (p).poor, round((100 * (p).gap)::numeric, 2) AS gap_percent
FROM (SELECT region, poverty(s, 0.6 * weighted_quantile(whole, 0.5)) AS p
      FROM (SELECT region, sample_state(income, people) AS s FROM household GROUP BY region) r,
           (SELECT sample_state(income, people) AS whole FROM household) w) t ORDER BY region;
-- the mean of the regions, weighted with their people, is the whole
SELECT round(sum((p).gap * (p).population)::numeric / sum((p).population)::numeric, 6) = round((SELECT (poverty(income, people, 5000)).gap FROM household)::numeric, 6) AS adds_up
FROM (SELECT region, poverty(income, people, 5000) AS p FROM household GROUP BY region) s;
-- poles
SELECT round(esteban_ray(income / 1000, people, 1.3)::numeric, 4) AS polarisation FROM household;
SELECT esteban_ray(v, 1) AS two_poles FROM (VALUES (0::float8), (2)) x (v);
-- NULL, nobody, nothing
SELECT (poverty(v, 10)).n AS rows, (poverty(v, w, 10)).n AS weighted FROM (VALUES (1::float8, 1::float8), (NULL, 1), (3, 0)) x (v, w);
SELECT (poverty(v, 1)).headcount, (poverty(v, 1)).watts FROM (VALUES (1::float8), (2)) x (v);
SELECT poverty(v, 1) IS NULL AS nothing FROM (SELECT 1::float8 AS v WHERE false) x;
SELECT (poverty(v, 2)).gap, (poverty(v, 2)).watts IS NULL AS no_logarithm FROM (VALUES (-1::float8), (3)) x (v);
-- errors
SELECT poverty(v, 0) FROM (VALUES (1::float8)) x (v);
SELECT poverty(v, v) FROM (VALUES (1::float8), (2)) x (v);
SELECT esteban_ray(v, 2) FROM (VALUES (1::float8)) x (v);
SELECT poverty(sample_state(v), -3) FROM (VALUES (1::float8)) x (v);
