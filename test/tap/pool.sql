-- pool: goldens of money libraries and apportionment, claims rules, and what must hold for any pool
SET search_path = public, terrbal;
SELECT plan(42);

-- Hamilton (largest remainder): brick/money, martinlackner/apportionment after Balinski and Young, issues of money libraries. Their tie rule is "first
-- in input order" = ORDER BY ordinal. Here ties go to the larger weight first; only ties between different weights could tell the rules apart.
CREATE TEMP TABLE hamilton (n serial, total numeric, unit numeric, ratios numeric[], expected numeric[]);
INSERT INTO hamilton (total, unit, ratios, expected) VALUES
    (1.00, 0.01, '{2,3,1}', '{0.33,0.50,0.17}'), (99.99, 0.01, '{100,100}', '{50.00,49.99}'), (100.00, 0.01, '{30,20,40}', '{33.33,22.22,44.45}'),
    (100.00, 0.01, '{30,20,40,40}', '{23.08,15.38,30.77,30.77}'), (100.00, 0.01, '{30,20,40,0,0,40}', '{23.08,15.38,30.77,0,0,30.77}'),
    (100.00, 0.05, '{1,2,3,7}', '{7.70,15.40,23.05,53.85}'), (0.02, 0.01, '{1,1,1,1}', '{0.01,0.01,0,0}'), (0.02, 0.01, '{1,1,3,1}', '{0.01,0,0.01,0}'),
    (-100.00, 0.01, '{30,20,40,40}', '{-23.08,-15.38,-30.77,-30.77}'), (0.03, 0.01, '{75,25}', '{0.02,0.01}'), (12, 1, '{14,28,7,35}', '{2,4,1,5}'),
    (6, 1, '{0,14,28,0,0}', '{0,2,4,0,0}'), (3, 1, '{10,9,8,8,11,12}', '{1,0,0,0,1,1}'), (100, 1, '{5117,4400,162,161,160}', '{51,44,2,2,1}'),
    (26, 1, '{9061,7179,5259,3319,1182}', '{9,7,5,4,1}'), (2, 1, '{2,1,1,2,2}', '{1,0,0,1,0}'), (10.03, 0.01, '{49,51}', '{4.91,5.12}'),
    (99.99, 0.01, '{75,25}', '{74.99,25.00}'), (0.01, 0.01, '{33,66}', '{0,0.01}'), (220.00, 0.01, '{445455,9091,545455}', '{98.00,2.00,120.00}'),
    (613, 1, '{123,102,98,98,92,92}', '{125,104,99,99,93,93}'), (10.00, 0.01, '{45,20,34}', '{4.55,2.02,3.43}');
SELECT is((SELECT array_agg(a ORDER BY o) FROM (SELECT o, apportionment(h.total, r, h.unit) OVER (ORDER BY o) AS a FROM unnest(h.ratios) WITH ORDINALITY u(r, o)) s),
          h.expected, format('Hamilton: %s over %s', h.total, h.ratios)) FROM hamilton h ORDER BY n;
-- rational weights: 1/3 and 2/3, 2/7 and 1/3, on common denominators
SELECT results_eq($$ SELECT apportionment(100.00, w) OVER (ORDER BY w) FROM unnest(ARRAY[1, 2]) w $$, $$ VALUES (33.33), (66.67) $$, 'thirds');
SELECT results_eq($$ SELECT apportionment(100.00, w) OVER (ORDER BY w) FROM unnest(ARRAY[6, 7]) w $$, $$ VALUES (46.15), (53.85) $$, '2/7 and 1/3');

-- Constrained equal awards and losses, package ClaimsProblems and the 100/200/300 problem; awards in thirds
SELECT results_eq($$ SELECT e, array_agg(a ORDER BY d) FROM (SELECT e, d, (pool_share(3 * e, 0, 1, 0, 3 * d, 1) OVER (PARTITION BY e ORDER BY d)).amount AS a
                     FROM unnest(ARRAY[100, 200, 300]) e, unnest(ARRAY[100, 200, 300]) d) s GROUP BY e ORDER BY e $$,
                  $$ VALUES (100, ARRAY[100, 100, 100]::numeric[]), (200, ARRAY[200, 200, 200]), (300, ARRAY[300, 300, 300]) $$, 'constrained equal awards');
SELECT results_eq($$ SELECT e, array_agg(a ORDER BY d) FROM (SELECT e, d, (pool_share(e, d, 1, 0, d, 1) OVER (PARTITION BY e ORDER BY d)).amount AS a
                     FROM unnest(ARRAY[100, 200, 300]) e, unnest(ARRAY[100, 200, 300]) d) s GROUP BY e ORDER BY e $$,
                  $$ VALUES (100, ARRAY[0, 0, 100]::numeric[]), (200, ARRAY[0, 50, 150]), (300, ARRAY[0, 100, 200]) $$, 'constrained equal losses');

-- 10,000 random pools of 2 to 9 rows with random bounds, feasible by construction
SELECT setseed(0.20251121);
CREATE TEMP TABLE pool AS
SELECT p, i, base, slope, CASE WHEN random() < 0.6 THEN low END AS lower, CASE WHEN random() < 0.6 THEN low + width END AS upper, low, width, mix, unit, random() AS shuffle
FROM (SELECT p, i, round((random() * 200 - 100)::numeric, 2) AS base, round((random() * 50 + 0.01)::numeric, 3) AS slope,
             round((random() * 100 - 50)::numeric, 2) AS low, round((random() * 80)::numeric, 2) + 0.02 AS width,
             (p * 7919 % 1000) / 1000.0 AS mix, 0.01::numeric AS unit
      FROM generate_series(1, 10000) p, generate_series(1, 9) i WHERE i <= 2 + p % 8) s;
CREATE TEMP TABLE solved AS
SELECT *, (pool_share(total, base, slope, lower, upper) OVER w).*, (pool_share(total, base, slope, lower, upper) OVER (PARTITION BY p ORDER BY shuffle)).amount AS shuffled
FROM (SELECT *, round(sum(coalesce(lower, low - 20) + mix * (coalesce(upper, low + width + 20) - coalesce(lower, low - 20))) OVER (PARTITION BY p), 2) AS total FROM pool) t
WINDOW w AS (PARTITION BY p ORDER BY i);
SELECT is(count(*), 10000::bigint, 'ten thousand pools') FROM (SELECT p FROM solved GROUP BY p) s;
SELECT is_empty($$ SELECT p FROM solved GROUP BY p, total HAVING sum(amount) <> total $$, 'every sum is its pool');
SELECT is_empty($$ SELECT * FROM solved WHERE amount < lower OR amount > upper OR amount % 0.01 <> 0 $$, 'every bound holds, in whole units');
SELECT is_empty($$ SELECT * FROM solved WHERE amount <> shuffled $$, 'the same amounts in another order of rows');
SELECT is_empty($$ SELECT * FROM solved WHERE (status = 'floor' AND amount <> lower) OR (status = 'cap' AND amount <> upper) $$, 'status names the bound');
SELECT is_empty($$ SELECT * FROM solved WHERE abs(amount - greatest(least(base + slope * lambda::numeric, coalesce(upper, 'Infinity')), coalesce(lower, '-Infinity'))) > 0.0101 $$,
                'no amount is further than a unit from clip(base + slope*lambda)');
SELECT is_empty($$ SELECT p FROM solved GROUP BY p HAVING count(DISTINCT lambda) <> 1 $$, 'one lambda for a pool');

-- a larger pool takes nothing from anybody, more than a unit of closing aside
SELECT is_empty($$ SELECT * FROM (SELECT amount, (pool_share(total + 1, base, slope, lower, NULL) OVER (PARTITION BY p ORDER BY i)).amount AS more,
                   (pool_share(total, base, slope, lower, NULL) OVER (PARTITION BY p ORDER BY i)).amount AS now FROM solved WHERE p <= 2000) s WHERE more < now - 0.01 $$, 'monotone in the pool');
-- scaling all weights changes nothing; scaling money scales amounts
SELECT is_empty($$ SELECT * FROM (SELECT apportionment(total * 1000, slope) OVER (PARTITION BY p ORDER BY i) a, apportionment(total * 1000, slope * 7000000) OVER (PARTITION BY p ORDER BY i) b,
                   apportionment(total * 100000, slope, 1) OVER (PARTITION BY p ORDER BY i) c FROM solved) s WHERE a <> b OR c <> a * 100 $$, 'free of the scale of weights and money');
-- quota: no share is a unit or more away from the exact one
SELECT is_empty($$ SELECT * FROM (SELECT apportionment(total, slope) OVER (PARTITION BY p ORDER BY i) a, total * slope / sum(slope) OVER (PARTITION BY p) q FROM solved) s
                   WHERE abs(a - q) >= 0.01 $$, 'quota rule');

-- exact in and out: with a closing item of nothing every amount comes back, whatever its size and scale
CREATE TEMP TABLE amount AS
SELECT g, i, round(((random() - 0.5) * power(10::float8, (random() * 15)::int))::numeric + (random() * 1e-6)::numeric, s) AS x, s, random()::numeric AS fine, random() * power(10::float8, (random() * 12)::int - 6) AS area
FROM generate_series(1, 400) g, generate_series(1, 6) i, LATERAL (SELECT g % 13 AS s) t;
SELECT is_empty($$ SELECT * FROM (SELECT x, closing_item(total, x, 1, round(power(10::numeric, -s), s)) OVER (PARTITION BY g ORDER BY i) AS y FROM (SELECT *, sum(x) OVER (PARTITION BY g) AS total FROM amount) t) u WHERE x <> y $$,
                'amounts of any scale come back as they went in');
SELECT is_empty($$ SELECT * FROM (SELECT x::text, (closing_item(x, x, 1, round(power(10::numeric, -s), s)) OVER (PARTITION BY g, i))::text AS y, s FROM amount) t WHERE y <> x $$, 'and print the same digits');
SELECT is_empty($$ SELECT * FROM (SELECT apportionment(1234567.89, area) OVER (PARTITION BY g ORDER BY i) AS a, apportionment(1234567.89, area::text::numeric) OVER (PARTITION BY g ORDER BY i) AS b FROM amount) t WHERE a <> b $$,
                'a float8 weight is its shortest decimal');
-- a pool that varies with the row by its expression only, constants and parameters: the same amounts
PREPARE split(numeric) AS SELECT array_agg(a ORDER BY i) FROM (SELECT i, apportionment($1, fine) OVER (ORDER BY i) AS a FROM amount WHERE g = 1) s;
SELECT results_eq('EXECUTE split(1000.00)', $$ SELECT array_agg(a ORDER BY i) FROM (SELECT i, apportionment((SELECT sum(500.00) FROM generate_series(1, 2)), fine) OVER (ORDER BY i) AS a FROM amount WHERE g = 1) s $$,
                  'parameter or subquery');
-- partitions that have spilled to disk
CREATE TEMP TABLE large AS SELECT i, (i * 7919::bigint % 100003)::numeric AS w, (i % 50)::numeric AS c FROM generate_series(1, 60000) i;
SET work_mem = '64MB';
CREATE TEMP TABLE in_memory AS SELECT i, (pool_share(1000000, -c, w, 0, 40) OVER (ORDER BY i)).* FROM large;
SET work_mem = '64kB';
SELECT is_empty($$ SELECT i, (pool_share(1000000, -c, w, 0, 40) OVER (ORDER BY i)).* FROM large EXCEPT TABLE in_memory $$, 'on disk as in memory');
RESET work_mem;
SELECT is((SELECT sum(amount) FROM in_memory), 1000000.00, 'sixty thousand rows close');
SELECT * FROM finish();
