SET search_path = terrbal, public;
-- rents by town and year: towns differ for good, years are alike everywhere, density grows faster in some towns; all in hundreds
CREATE TEMP TABLE rent (town text, year int, rent float8, density float8, metro int);
INSERT INTO rent SELECT 't' || t, y, 300 + 40 * t + 6 * (y - 2015) + 2.5 * d + (t * 7 + y * 3) % 5, d, (t > 4)::int
FROM generate_series(1, 8) t, generate_series(2015, 2019) y, LATERAL (SELECT 10 + 3 * t + (y - 2015) * (t % 3) + t * y % 4 AS d) s;
-- across towns, within them, within towns and years, errors clustered by town
SELECT 'pooled' AS model, round((f).coefficients[2]::numeric, 3) AS slope, round((f).standard_errors[2]::numeric, 3) AS se, (f).df FROM (SELECT ols(rent, ARRAY[1, density]) AS f FROM rent) s
UNION ALL SELECT 'towns', round((f).coefficients[1]::numeric, 3), round((f).standard_errors[1]::numeric, 3), (f).df FROM (SELECT ols_fixed_effects(rent, ARRAY[density], town) AS f FROM rent) s
UNION ALL SELECT 'towns, years', round((f).coefficients[1]::numeric, 3), round((f).standard_errors[1]::numeric, 3), (f).df FROM (SELECT ols_fixed_effects(rent, ARRAY[density], town, year) AS f FROM rent) s
UNION ALL SELECT 'clustered', round((f).coefficients[1]::numeric, 3), round((f).standard_errors[1]::numeric, 3), (f).df FROM (SELECT ols_fixed_effects(rent, ARRAY[density], town, year, true) AS f FROM rent) s;
-- what does not change within a town has no slope
SELECT (f).coefficients[2] AS metro, (f).aliased, (f).rank FROM (SELECT ols_fixed_effects(rent, ARRAY[density, metro], town) AS f FROM rent) s;
-- few clusters: eight towns
SELECT round((f).coefficients[2]::numeric, 3) AS slope, round((f).standard_errors[2]::numeric, 3) AS se, round((f).test_df[2]::numeric, 2) AS df, round((f).p[2]::numeric, 4) AS p,
       round((i).low[2]::numeric, 3) AS low, round((i).high[2]::numeric, 3) AS high
FROM (SELECT f, confidence_interval(f) AS i FROM (SELECT ols_cr2(rent, ARRAY[1, density], town) AS f FROM rent) r) s;
-- by leaving out towns, and by their signs
SELECT round((f).standard_errors[2]::numeric, 3) AS se, round((f).test_df[2]::numeric, 2) AS df, round((f).p[2]::numeric, 4) AS p, (f).covariance FROM (SELECT ols_cr3(rent, ARRAY[1, density], town) AS f FROM rent) s;
SELECT round(estimate::numeric, 3) AS slope, round(t::numeric, 1) AS t, round(p::numeric, 4) AS p, round(low::numeric, 3) AS low, round(high::numeric, 3) AS high, clusters, replications, enumerated
FROM (SELECT (wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], town), 2)).* FROM rent) s;
SELECT wild_cluster_bootstrap(rollup(s), 2, 99, seed => 7) = wild_cluster_bootstrap(rollup(s), 2, 99, 7, 0.95) AS same, (wild_cluster_bootstrap(rollup(s), 2, 99, 7)).enumerated FROM (SELECT cluster_state(rent, ARRAY[1, density], town) AS s FROM rent GROUP BY year) y;
-- errors shared by town and by year
SELECT round((f).coefficients[2]::numeric, 3) AS slope, round((f).standard_errors[2]::numeric, 3) AS se, (f).clusters FROM (SELECT ols_cluster2(rent, ARRAY[1, density], town, year) AS f FROM rent) s;
-- supply answers demand: population growth moves density, and rents only through it
CREATE TEMP TABLE supply AS SELECT i, z1, z2, d, 5 + 2 * d + u AS rent FROM generate_series(1, 200) i,
    LATERAL (SELECT sin(i * 1.1) AS z1, cos(i * 2.3) AS z2, 2 * sin(i * i * 0.7) AS u) s, LATERAL (SELECT z1 + z2 + u / 2 AS d) t;
SELECT round((f).coefficients[1]::numeric, 3) AS least_squares FROM (SELECT ols(rent, ARRAY[d, 1]) AS f FROM supply) s;
SELECT round((f).coefficients[1]::numeric, 3) AS slope, round((f).standard_errors[1]::numeric, 3) AS se, round((f).robust_errors[1]::numeric, 3) AS robust, round((f).first_stage_f::numeric) AS first_stage_f,
       round((f).overidentification::numeric, 2) AS sargan, (f).overidentification_df AS df, round((f).overidentification_p::numeric, 2) AS p
FROM (SELECT two_stage(rent, ARRAY[d], ARRAY[1.0], ARRAY[z1, z2]) AS f FROM supply) s;
-- commuting between 12 towns, zeros among it
CREATE TEMP TABLE trip AS SELECT 'o' || o AS origin, 'd' || d AS destination, 1 + abs(o - d) AS km, floor(400 * exp(0.2 * o % 3 - 0.1 * d - 0.5 * abs(o - d)) * (1 + (o * d) % 3)) AS n FROM generate_series(1, 12) o, generate_series(1, 12) d;
SELECT round((f).coefficients[1]::numeric, 4) AS per_km, round((f).standard_errors[1]::numeric, 4) AS se, (f).n, (f).df, (f).covariance, (SELECT count(*) FROM trip WHERE n = 0) AS zeros
FROM (SELECT poisson_fixed_effects(n, ARRAY[km], origin, destination) AS f FROM trip) s;
SELECT poisson_fixed_effects(n, ARRAY[km], substr(origin, 2)::int, substr(destination, 2)::int) = (SELECT poisson_fixed_effects(n, ARRAY[km], substr(origin, 2), substr(destination, 2)) FROM trip) AS same FROM trip;
-- stored by town, rolled up
SELECT ols_fixed_effects(rollup(s)) = (SELECT ols_fixed_effects(rent, ARRAY[density], town, year::text) FROM rent) AS same, (ols_cluster2(rollup(s))).clusters
FROM (SELECT panel_state(rent, ARRAY[density], town, year::text)::text::panel_state AS s FROM rent GROUP BY town) p;
SELECT two_stage(rollup(s)) = (SELECT two_stage(rent, ARRAY[d], ARRAY[1.0], ARRAY[z1, z2]) FROM supply) AS same FROM (SELECT panel_state(rent, ARRAY[d], ARRAY[1.0], ARRAY[z1, z2]) AS s FROM supply GROUP BY i % 3) p;
-- NULL, empty, undefined
SELECT (f).n, round((f).coefficients[1]::numeric, 3) AS slope FROM (SELECT ols_fixed_effects(CASE WHEN year > 2015 THEN rent END, ARRAY[density], town) AS f FROM rent) s;
SELECT ols_fixed_effects(rent, ARRAY[density], town) IS NULL AS empty FROM rent WHERE false;
SELECT (f).standard_errors FROM (SELECT ols_cluster2(rent, ARRAY[1, density], town, 'all') AS f FROM rent) s;
SELECT (f).standard_errors FROM (SELECT ols_cr2(rent, ARRAY[1, (town = 't1')::int], town) AS f FROM rent) s;
SELECT (f).standard_errors FROM (SELECT ols_cr3(rent, ARRAY[1, (town = 't1')::int], town) AS f FROM rent) s;
SELECT wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], 'all'), 2) IS NULL AS nothing FROM rent;
SELECT (r).low IS NULL AS unbounded, round((r).p::numeric, 3) AS p, (r).replications FROM (SELECT wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], town), 2) AS r FROM rent WHERE town < 't5') s;
SELECT wild_cluster_bootstrap(NULL, 2) IS NULL AS nothing;
SELECT (f).coefficients FROM (SELECT two_stage(rent, ARRAY[d], ARRAY[1.0], ARRAY[3.0]) AS f FROM supply) s;
SELECT poisson_fixed_effects(n, ARRAY[(n > 0)::int], origin, destination) IS NULL AS separated FROM trip;
SELECT poisson_fixed_effects(0, ARRAY[km], origin, destination) IS NULL AS nothing FROM trip;
-- errors
SELECT wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], town), 3) FROM rent;
SELECT wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], town), 2, 0) FROM rent;
SELECT wild_cluster_bootstrap(cluster_state(rent, ARRAY[1, density], town), 2, level => 95) FROM rent;
SELECT poisson_fixed_effects(-n, ARRAY[km], origin, destination) FROM trip;
SELECT ols_fixed_effects(rent, CASE WHEN year = 2015 THEN ARRAY[density] ELSE ARRAY[density, 1] END, town) FROM rent;
SELECT ols_fixed_effects(rent, ARRAY[]::float8[], town) FROM rent;
SELECT ols_fixed_effects(1e200, ARRAY[density], town) FROM rent;
SELECT two_stage(panel_state(rent, ARRAY[density], town)) FROM rent;
SELECT ols_cluster2(panel_state(rent, ARRAY[density], town)) FROM rent;
-- first differences: what a change of density does to the change of rents; weights by the size of towns
CREATE TEMP TABLE town_size AS SELECT 't' || t AS town, 1000.0 * t AS homes FROM generate_series(1, 8) t;
SELECT round((f).coefficients[2]::numeric, 3) AS slope, round((f).standard_errors[2]::numeric, 3) AS se, (f).n, (f).clusters
FROM (SELECT ols_cluster(change, ARRAY[1, density_change], town) AS f
      FROM (SELECT town, rent - lag(rent) OVER w AS change, density - lag(density) OVER w AS density_change FROM rent WINDOW w AS (PARTITION BY town ORDER BY year)) d) s;
SELECT round((f).coefficients[1]::numeric, 3) AS slope, round((f).standard_errors[1]::numeric, 3) AS se FROM (SELECT ols_fixed_effects(rent, ARRAY[density], town, year::text, true, homes) AS f FROM rent JOIN town_size USING (town)) s;
SELECT ols_fixed_effects(rent, ARRAY[density], town, true, -1) FROM rent;
SELECT two_stage(rent, ARRAY[d], ARRAY[1.0], ARRAY[z1, z2], 1e300) FROM supply;
