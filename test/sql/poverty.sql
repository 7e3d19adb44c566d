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
-- several dimensions: schooling, water, electricity, housing; poor are those deprived in half of the weights or more
CREATE TEMP TABLE home (place text, people int, schooling int, water boolean, electricity boolean, rooms int);
INSERT INTO home VALUES ('hills', 5, 3, false, false, 2), ('hills', 4, 8, false, true, 1), ('hills', 6, 4, true, false, 3), ('hills', 3, 9, true, true, 2),
    ('valley', 4, 5, true, true, 1), ('valley', 2, 10, true, true, 3), ('valley', 5, 11, false, true, 3), ('valley', 1, 2, false, false, 1);
CREATE TEMP VIEW deprived AS
SELECT place, people, ARRAY[schooling < 6, NOT water, NOT electricity, rooms < 2]::int[]::float8[] AS g, ARRAY[0.4, 0.2, 0.2, 0.2]::float8[] AS v FROM home;
SELECT place, round((p).headcount::numeric, 4) AS headcount, round((p).intensity::numeric, 4) AS intensity, round((p).index::numeric, 4) AS index, (p).poor, (p).population
FROM (SELECT coalesce(place, 'all') AS place, multidimensional_poverty(g, v, 0.5, people) AS p FROM deprived GROUP BY ROLLUP (place)) s ORDER BY place;
SELECT dimension, round(c::numeric, 4) AS censored, round(u::numeric, 4) AS uncensored, round(k::numeric, 4) AS contribution
FROM (SELECT (multidimensional_poverty(g, v, 0.5, people)).* FROM deprived) p, unnest(ARRAY['schooling', 'water', 'electricity', 'housing'], censored, uncensored, contribution) x (dimension, c, u, k);
-- stored by place; in units of the weights; nobody; union; NULL
SELECT (multidimensional_poverty(rollup(s))).index = (SELECT (multidimensional_poverty(g, v, 0.5, people)).index FROM deprived) AS same FROM (SELECT deprivation_state(g, v, 0.5, people) AS s FROM deprived GROUP BY place) t;
SELECT (multidimensional_poverty(g, '{2,1,1,1}', 2.5)).poor AS homes FROM deprived;
SELECT (multidimensional_poverty('{0,0}', '{1,1}', 2)).*;
SELECT (multidimensional_poverty(g, v, 0.1)).headcount FROM deprived;
SELECT (multidimensional_poverty(x, '{1,1}', 1, w)).n FROM (VALUES ('{1,0}'::float8[], 1), ('{1,NULL}', 1), (NULL, 1), ('{1,1}', NULL), ('{1,1}', 0)) r (x, w);
SELECT multidimensional_poverty(g, v, 0.5) FROM deprived WHERE false;
-- a part of the median is no line
SELECT (poverty(income, people, 0.6)).headcount FROM household;
SELECT multidimensional_poverty(g, v, 33) FROM deprived;
SELECT multidimensional_poverty(g, v, NULL) FROM deprived;
SELECT multidimensional_poverty(g, NULL, 0.5) FROM deprived;
SELECT multidimensional_poverty(g, '{1,1}', 0.5) FROM deprived;
SELECT multidimensional_poverty(g, '{1,-1,1,1}', 0.5) FROM deprived;
SELECT multidimensional_poverty(g, '{0,0,0,0}', 0.5) FROM deprived;
SELECT multidimensional_poverty('{1,0.5}', '{1,1}', 1);
SELECT multidimensional_poverty('{}', '{}', 1);
SELECT multidimensional_poverty(g, v, 0.5 + people / 1000.0) FROM deprived;
SELECT multidimensional_poverty(g, v, 0.5, -people) FROM deprived;
