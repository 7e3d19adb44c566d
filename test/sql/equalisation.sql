-- equalisation: capacities against a standard, closed transfers, their effect
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT region, round((e).standard, 4) AS standard, round((e).gap, 2) AS gap, (e).transfer
FROM (SELECT region, equalisation(capacity, population, 0.63) OVER (ORDER BY region) AS e
      FROM (VALUES ('A', 1200.00, 1), ('B', 1500.00, 2), ('C', 800.00, 1), ('D', 2300.00, 3)) r (region, capacity, population)) s;

SELECT scenario, region, round((e).entitlement, 2) AS entitlement, (e).transfer, (e).status
FROM (SELECT scenario, region, equalisation(capacity, population, 0.63, pool) OVER (PARTITION BY scenario ORDER BY region) AS e
      FROM (VALUES ('A', 1200.00, 1), ('B', 1500.00, 2), ('C', 800.00, 1), ('D', 2300.00, 3)) r (region, capacity, population), (VALUES ('half', 70.00), ('full', 234.00)) p (scenario, pool)) s
ORDER BY scenario DESC, region;

SELECT region, standard_yield(base, revenue) OVER w AS yield, capacity_gap(standard_yield, population) OVER w AS gap_per_head
FROM (SELECT *, standard_yield(base, revenue) OVER (ORDER BY region) AS standard_yield
      FROM (VALUES ('A', 5000, 500, 10), ('B', 3000, 360, 10), ('C', 2000, 140, 10)) r (region, base, revenue, population)) s
WINDOW w AS (ORDER BY region);

SELECT averaged_capacity(ARRAY[0, 200, 600], ARRAY[100, 100, 200], ARRAY[1, 1, 1]) AS ratio_of_averages,
       round(mean_of_ratios(ARRAY[0, 200, 600], ARRAY[100, 100, 200], ARRAY[1, 1, 1]), 4) AS mean_of_ratios;

SELECT (e).gini_before, round((e).gini_after::numeric, 4) AS gini_after, (e).minimum_after, (e).reversals, (e).equalisation_degree
FROM (SELECT equalisation_effect(before, after, population) AS e FROM (VALUES ('A', 1200, 950, 1), ('B', 800, 1100, 1)) r (region, before, after, population)) s;

-- what-if in one query: gains and losses, and the marginal rate
CREATE TEMP TABLE region (name text, capacity numeric, population bigint);
INSERT INTO region VALUES ('A', 1200.00, 1), ('B', 1500.00, 2), ('C', 800.00, 1), ('D', 2300.00, 3);

SELECT name, max(transfer) FILTER (WHERE scenario = 'law') AS law, max(transfer) FILTER (WHERE scenario = 'reform') AS reform,
       max(transfer) FILTER (WHERE scenario = 'reform') - max(transfer) FILTER (WHERE scenario = 'law') AS gain
FROM (SELECT scenario, name, (equalisation(capacity, population, rate) OVER (PARTITION BY scenario ORDER BY name)).transfer
      FROM region, (VALUES ('law', 0.63), ('reform', 0.75)) s (scenario, rate)) t
GROUP BY name ORDER BY name;

SELECT name, transfer_more - transfer AS marginal
FROM (SELECT r.name, richer, (equalisation(capacity + CASE WHEN r.name = richer THEN 100 ELSE 0 END, population, 0.63) OVER (PARTITION BY richer ORDER BY r.name)).transfer AS transfer_more,
             (equalisation(capacity, population, 0.63) OVER (PARTITION BY richer ORDER BY r.name)).transfer
      FROM region r, (SELECT name AS richer FROM region) s) t
WHERE name = richer ORDER BY name;

-- faces: stored states roll up to the same
SELECT rank_reversals(before, after), rank_reversals(paired_state(before, after)), equalisation_effect(before, after), equalisation_effect(paired_state(before, after)) = equalisation_effect(before, after)
FROM (VALUES (1, 3), (2, 2), (3, 1), (3, 3)) t (before, after);
SELECT rank_reversals(b, a), equalisation_effect(b, a, 1) FROM (VALUES (1.0, 2.0)) t (b, a) WHERE false;
SELECT equalisation_effect(b, a, w) FROM (VALUES (1, 2, 0), (NULL, 1, 1), (5, 5, 2)) t (b, a, w);
SELECT standard_yield(b, r) OVER () FROM (VALUES (0, 1), (0, 2)) t (b, r);
SELECT capacity_gap(c, p) OVER (ORDER BY c), capacity_gap(c, p::float8) OVER (ORDER BY c), capacity_gap(c, p::numeric / 10) OVER (ORDER BY c) FROM (VALUES (10, 1), (20, 0), (30, 3::bigint)) t (c, p);
SELECT averaged_capacity(ARRAY[1, NULL], ARRAY[1, 2], ARRAY[1, 1]), averaged_capacity(ARRAY[1], ARRAY[0], ARRAY[1]), mean_of_ratios(ARRAY[1, 2], ARRAY[0, 2], ARRAY[0, 1]), mean_of_ratios('{}', '{}', '{}');
SELECT (equalisation(c, n::float8, 0.5) OVER w).transfer, (equalisation(c, n, rate => 0.5, unit => 1) OVER w).transfer, (equalisation(c, n::bigint, 0.5, pool => 5) OVER w).transfer
FROM (VALUES (10, 1), (40, 2), (30, 5)) t (c, n) WINDOW w AS (ORDER BY c);
-- large and exact
SELECT (equalisation(c, n, 0.75) OVER (ORDER BY c)).* FROM (VALUES (1000000000000000.07, 5000000000), (3000000000000000.01, 7000000001)) t (c, n);

-- errors
SELECT (equalisation(c, 10, 63) OVER ()).transfer FROM (VALUES (1), (2)) t (c);
SELECT (equalisation(c, 0, 0.63) OVER ()).transfer FROM (VALUES (1), (2)) t (c);
SELECT (equalisation(c, -1, 0.63) OVER ()).transfer FROM (VALUES (1), (2)) t (c);
SELECT (equalisation(c, 1, 0.63, 100) OVER ()).transfer FROM (VALUES (1), (2)) t (c);
SELECT (equalisation(c, 1, 0.63, -100) OVER ()).transfer FROM (VALUES (1), (2)) t (c);
SELECT (equalisation(c, 1, 0.63) OVER ()).transfer FROM (VALUES (1), (NULL)) t (c);
SELECT (equalisation(c, 1, r) OVER ()).transfer FROM (VALUES (1, 0.1), (2, 0.2)) t (c, r);
SELECT capacity_gap(c, -1) OVER () FROM (VALUES (1), (2)) t (c);
SELECT averaged_capacity(ARRAY[1, 2], ARRAY[1], ARRAY[1, 1]);
SELECT averaged_capacity(ARRAY[1], ARRAY[1], ARRAY[-1]);
SELECT rank_reversals(b, 'NaN') FROM (VALUES (1), (2)) t (b);
SELECT equalisation_effect(b, b, -1) FROM (VALUES (1), (2)) t (b);
