-- pool: closed pools, exact to the unit
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT municipality, population, apportionment(1000.00, population) OVER (ORDER BY municipality) AS share
FROM (VALUES ('Alange', 1856), ('Calera', 951), ('Usagre', 1718)) m (municipality, population);

SELECT municipality, (s).amount, round((s).lambda::numeric, 6) AS lambda, (s).status
FROM (SELECT municipality, pool_share(1000.00, 0, population, 150, 400) OVER (ORDER BY municipality) AS s
      FROM (VALUES ('Alange', 1856), ('Calera', 951), ('Usagre', 171)) m (municipality, population)) q;

SELECT scenario, region, levelling_transfer(pool, capacity, population, 1) OVER w AS transfer,
       round((capacity + levelling_transfer(pool, capacity, population, 1) OVER w) / population, 1) AS per_head
FROM (VALUES ('now', 9000, 'A', 6000, 1), ('now', 9000, 'B', 13000, 2), ('now', 9000, 'C', 70000, 10), ('now', 9000, 'D', 114800, 14),
             ('more', 20000, 'A', 6000, 1), ('more', 20000, 'B', 13000, 2), ('more', 20000, 'C', 70000, 10), ('more', 20000, 'D', 114800, 14))
     r (scenario, pool, region, capacity, population)
WINDOW w AS (PARTITION BY scenario ORDER BY region)
ORDER BY scenario DESC, region;

SELECT region, equal_cut(500, grant_before, population, 1) OVER w AS after_cut, closing_item(0, balance, population, 1) OVER w AS closed,
       damped_share(1000, formula, floor, 1) OVER w AS damped
FROM (VALUES ('A', 900, 10, 120, 350, 300), ('B', 60, 10, -80, 250, 400), ('C', 400, 5, 10, 500, 200)) r (region, grant_before, population, balance, formula, floor)
WINDOW w AS (ORDER BY region);

SELECT item, rounded_to_total(share, 100, 1) OVER (ORDER BY item) AS percent
FROM (VALUES ('rent', 33.4), ('wages', 33.4), ('taxes', 33.2)) t (item, share);

SELECT share, apportionment(100.00, weight) OVER () FROM (VALUES ('x', 1), ('y', 1), ('z', 1)) t (share, weight);

-- what each kind of weight does
SELECT apportionment(10.00, w::numeric) OVER (ORDER BY w) AS numeric, apportionment(10.00, (w * 10)::bigint) OVER (ORDER BY w) AS bigint,
       apportionment(10.00, w::float8) OVER (ORDER BY w) AS float8, apportionment(-10.00, w) OVER (ORDER BY w) AS negative
FROM unnest(ARRAY[0.1, 0.7, 2.2, 0.0]) w;
SELECT apportionment(10, 3::smallint) OVER (), apportionment(10, 3) OVER (), apportionment(10, 4294967296 * 1000) OVER (), apportionment(0, 5) OVER ();
-- the unit
SELECT apportionment(1000000, w, 1000) OVER (ORDER BY w), apportionment(100.00, w, 0.05) OVER (ORDER BY w), apportionment(100, w, 1) OVER (ORDER BY w)
FROM unnest(ARRAY[1, 2, 3, 7]) w;
-- 10^15 with cents, populations over 2^31, weights with 20 decimals
SELECT apportionment(1000000000000000.07, w) OVER (ORDER BY w) FROM unnest(ARRAY[3000000001, 9000000007, 42]) w;
SELECT apportionment(1000000000000000.07, w) OVER (ORDER BY w), sum(w) OVER () FROM unnest(ARRAY[1 / 3.0, 2 / 3.0, 1e-20]) w;
SELECT apportionment(0.03, w) OVER (ORDER BY w) FROM unnest(ARRAY[1e-300, 3e-300]::float8[]) w;
-- ties: the larger weight, then the window's order
SELECT w, apportionment(0.03, w) OVER (ORDER BY w), apportionment(0.03, w) OVER (ORDER BY w DESC) FROM unnest(ARRAY[3, 1]) w;
SELECT i, apportionment(0.02, 1) OVER (ORDER BY i), apportionment(0.02, 1) OVER (ORDER BY i DESC), apportionment(-0.02, 1) OVER (ORDER BY i) FROM generate_series(1, 4) i;
SELECT i, apportionment(0.04, 1) OVER () FROM generate_series(1, 4) i;
-- bounds: NULL is none, inwards to units, none of the rows crosses them
SELECT w, bounded_apportionment(100, w, NULL, 30) OVER (ORDER BY w) AS capped, bounded_apportionment(100, w, 15, NULL) OVER (ORDER BY w) AS floored,
       bounded_apportionment(100, w, 10.4, CASE WHEN w = 7 THEN 40.9 END, 1) OVER (ORDER BY w) AS units
FROM unnest(ARRAY[1, 2, 3, 7]) w;
SELECT (pool_share(10, 1.005, 0, NULL, NULL, 0.01) OVER (ORDER BY i)).* FROM generate_series(1, 1) i WHERE false;
SELECT (pool_share(4, 2, 0, NULL, 3) OVER (ORDER BY i)).* FROM generate_series(1, 2) i;
SELECT (pool_share(-7, 0, i, NULL, -2, 1) OVER (ORDER BY i)).* FROM generate_series(1, 2) i;
SELECT levelling_transfer(0, c, p) OVER (ORDER BY c), levelling_transfer(5, c, p) OVER (ORDER BY c) FROM (VALUES (10, 1), (20, 0), (30, 3)) t (c, p);
SELECT equal_cut(0, a, p) OVER (ORDER BY a), equal_cut(60, a, p) OVER (ORDER BY a) FROM (VALUES (10, 1), (20, 0), (30, 3)) t (a, p);
SELECT rounded_to_total(x, 10) OVER (ORDER BY x), rounded_to_total(-x, -10) OVER (ORDER BY x DESC), rounded_to_total(x, 9.99) OVER (ORDER BY x)
FROM unnest(ARRAY[3.33, 3.333, 3.334]) x;
-- named and default arguments, weights of every type
SELECT apportionment(total => 10, weight => w, unit => 1) OVER (ORDER BY w), apportionment(weight => w::numeric, total => 10) OVER (ORDER BY w),
       (pool_share(10, 0, w::float8, NULL, NULL) OVER (ORDER BY w)).amount, (pool_share(10, 0, w::bigint, NULL, NULL, unit => 1) OVER (ORDER BY w)).amount, (pool_share(10, 0, w, NULL, 9) OVER (ORDER BY w)).amount
FROM unnest(ARRAY[1, 2, 4]) w;
-- partitions are pools of their own
SELECT g, sum(a) FROM (SELECT g, apportionment(g * 10.01, i) OVER (PARTITION BY g ORDER BY i) AS a FROM generate_series(1, 3) g, generate_series(1, 7) i) s GROUP BY g ORDER BY g;

-- the total of a spreadsheet, left in
SELECT name, apportionment(1000.00, people) OVER (ORDER BY name) FROM (VALUES ('a', 500), ('b', 700.5), ('c', 900), ('total', 2100.5)) t (name, people);
SELECT name, apportionment(1000.00, share) OVER (ORDER BY name) FROM (VALUES ('a', 50), ('b', 25), ('c', 15), ('d', 10)) t (name, share);
SELECT name, apportionment(1000.00, people) OVER (ORDER BY name) FROM (VALUES ('a', 0), ('b', 0), ('c', 5000), ('d', 5000)) t (name, people);

-- errors
SELECT apportionment(100, w) OVER () FROM (VALUES (1), (NULL)) t (w);
SELECT apportionment(NULL, w) OVER () FROM (VALUES (1), (2)) t (w);
SELECT apportionment(100, w, NULL) OVER () FROM (VALUES (1), (2)) t (w);
SELECT apportionment(100, w, 0) OVER () FROM (VALUES (1), (2)) t (w);
SELECT apportionment(100, w) OVER () FROM (VALUES (0), (0)) t (w);
SELECT apportionment(100, w) OVER () FROM (VALUES (1), (-2)) t (w);
SELECT apportionment(100, w) OVER () FROM (VALUES (1), ('NaN'::numeric)) t (w);
SELECT apportionment(100, w) OVER () FROM (VALUES (1), ('Infinity'::float8)) t (w);
SELECT apportionment('Infinity', w) OVER () FROM (VALUES (1), (2)) t (w);
SELECT apportionment(100.001, w) OVER () FROM (VALUES (1), (2)) t (w);
SELECT apportionment(t, w) OVER () FROM (VALUES (100, 1), (200, 2)) t (t, w);
SELECT apportionment(t, w) OVER () FROM (VALUES (100.0, 1), (100.00, 2)) t (t, w);
SELECT apportionment(100, w) OVER () FROM (VALUES (1e30), (1e-30)) t (w);
SELECT apportionment(100, w) OVER () FROM (VALUES (1e100::float8), (1)) t (w);
SELECT apportionment(0.01, w) OVER (ORDER BY w) FROM (VALUES (1), (2), (2)) t (w);
SELECT bounded_apportionment(100, w, NULL, 30) OVER () FROM (VALUES (1), (2), (3)) t (w);
SELECT bounded_apportionment(100, w, 40, NULL) OVER () FROM (VALUES (1), (2), (3)) t (w);
SELECT bounded_apportionment(100, w, 10.001, 10.009) OVER () FROM (VALUES (1), (2), (3)) t (w);
SELECT bounded_apportionment(100, w, 20, 10) OVER () FROM (VALUES (1), (2), (3)) t (w);
SELECT (pool_share(100, 30, 0, NULL, NULL) OVER ()).amount FROM generate_series(1, 3);
SELECT levelling_transfer(-1, 10, 1) OVER () FROM generate_series(1, 3);
SELECT levelling_transfer(1, 10, 0) OVER () FROM generate_series(1, 3);
SELECT equal_cut(31, 10, 1) OVER () FROM generate_series(1, 3);
SELECT equal_cut(-1, 10, 1) OVER () FROM generate_series(1, 3);
SELECT equal_cut(1, -10, 1) OVER () FROM generate_series(1, 3);
SELECT damped_share(1000, f, 100) OVER () FROM (VALUES (200), (300)) t (f);
SELECT damped_share(100, f, 100) OVER () FROM (VALUES (200), (300)) t (f);
SELECT rounded_to_total(x, 100) OVER () FROM unnest(ARRAY[33.33, 33.33, 33.33, 0]) x;
SELECT rounded_to_total(x, 100) OVER () FROM unnest(ARRAY[30, 30, 30]) x;
SELECT rounded_to_total(x, 50) OVER () FROM unnest(ARRAY[30, 30, 30]) x;
SELECT apportionment(100, 1);
