-- equalisation: sums, caps, order, split; the Spanish example
SET search_path = public, terrbal;
SELECT plan(19);
SELECT setseed(0.42);
CREATE TEMP TABLE region AS
SELECT p, i, round((random() * 1000000)::numeric, 2) AS capacity, (1 + random() * 5000)::bigint AS population, round((0.1 + random() * 0.9)::numeric, 2) AS rate, random() AS shuffle
FROM generate_series(1, 1000) p, generate_series(1, 12) i WHERE i <= 2 + p % 11;
UPDATE region r SET rate = (SELECT rate FROM region s WHERE s.p = r.p AND s.i = 1);
CREATE TEMP TABLE open AS SELECT *, (equalisation(capacity, population, rate) OVER w).*, (equalisation(capacity, population, rate) OVER (PARTITION BY p ORDER BY shuffle)).transfer AS shuffled
FROM region WINDOW w AS (PARTITION BY p ORDER BY i);
SELECT is_empty($$ SELECT p FROM open GROUP BY p HAVING sum(transfer) <> 0 $$, 'open systems close to exactly zero');
SELECT is_empty($$ SELECT * FROM open WHERE abs(transfer - rate * gap) > 0.01 OR abs(entitlement - rate * gap) > 1e-9 OR transfer <> shuffled $$, 'transfers are entitlements within a unit, whatever the order');
SELECT is_empty($$ SELECT p FROM open GROUP BY p HAVING abs(max(standard) - sum(capacity) / sum(population)) > 1e-15 OR abs(sum(gap)) > 1e-8 $$, 'standard and gaps');
CREATE TEMP TABLE given AS
SELECT *, (equalisation(capacity, population, rate, pool) OVER (PARTITION BY p ORDER BY i)).transfer AS share, (equalisation(capacity, population, rate, pool) OVER (PARTITION BY p ORDER BY i)).status AS how
FROM (SELECT *, round(sum(floor(greatest(entitlement, 0) * 100) / 100) OVER (PARTITION BY p) * (p % 4 + 1) / 4 - 0.005, 2) AS pool FROM open) s;
SELECT is_empty($$ SELECT p FROM given GROUP BY p, pool HAVING sum(share) <> pool $$, 'a given pool is shared exactly');
SELECT is_empty($$ SELECT * FROM given WHERE share < 0 OR share > greatest(entitlement, 0) OR (gap <= 0 AND share <> 0) $$, 'receivers only, none above its entitlement');
SELECT is_empty($$ SELECT * FROM (SELECT *, sum(greatest(gap, 0)) OVER (PARTITION BY p) AS gaps FROM given) s WHERE p % 4 <> 3 AND abs(share - pool * greatest(gap, 0) / gaps) >= 0.01 $$, 'in proportion to the gaps');
SELECT isnt_empty($$ SELECT * FROM given WHERE how = 'cap' $$, 'full pools meet caps');
SELECT throws_ok($$ SELECT (equalisation(c, 1, 0.5, 1000) OVER ()).transfer FROM (VALUES (10), (20)) t (c) $$, '22023', NULL, 'a pool above the entitlements');
SELECT throws_ok($$ SELECT (equalisation(c, 1, 63) OVER ()).transfer FROM (VALUES (10), (20)) t (c) $$, '22023', NULL, 'a percentage as rate');
SELECT throws_ok($$ SELECT (equalisation(c, 1, 0.63) OVER ()).transfer FROM (VALUES (10), (NULL)) t (c) $$, '22004', NULL, 'a NULL capacity');

SELECT is_empty($$ SELECT p FROM (SELECT p, capacity, standard_yield(population, capacity) OVER (PARTITION BY p) AS y FROM region) s GROUP BY p HAVING abs(sum(y) - sum(capacity)) > 1e-8 $$,
                'standard yields add up to the revenue');
SELECT is_empty($$ SELECT p FROM (SELECT p, population, capacity_gap(capacity, population) OVER (PARTITION BY p) AS g FROM region) s GROUP BY p HAVING abs(sum(g * population)) > 1e-5 $$,
                'gaps per head times heads add up to zero');
SELECT ok(averaged_capacity(ARRAY[100, 50], ARRAY[10, 10], ARRAY[1, 1]) = mean_of_ratios(ARRAY[100, 50], ARRAY[10, 10], ARRAY[1, 1]), 'both averages agree for a constant population');

-- Spanish regional financing, the textbook's two regions per adjusted inhabitant: 1200/800, then 1050/950, then 950/1100
SELECT results_eq($$ SELECT c + (equalisation(c, 1, 0.75) OVER (ORDER BY c DESC)).transfer FROM (VALUES (1200.00), (800.00)) t (c) $$, $$ VALUES (1050.00), (950.00) $$, 'guarantee fund at 75 %');
SELECT is(rank_reversals(b, a), 1::bigint, 'ordinality is violated by the later funds') FROM (VALUES (1200, 950), (800, 1100)) t (b, a);
SELECT is(rank_reversals(b, a), 0::bigint, 'not by the guarantee fund') FROM (VALUES (1200, 1050), (800, 950)) t (b, a);

-- effect: against plain SQL, in any split
CREATE TEMP TABLE head AS SELECT p, i, (capacity / population)::float8 AS before, ((capacity + transfer) / population)::float8 AS after, population::float8 AS w FROM open;
SELECT is_empty($$ SELECT p FROM head GROUP BY p HAVING rank_reversals(before, after) <> (SELECT count(*) FROM head a JOIN head b ON a.p = b.p AND a.before < b.before AND a.after > b.after WHERE a.p = head.p) $$,
                'reversals as a self-join counts them');
SELECT is_empty($$ SELECT p, m FROM (SELECT p, sum(w * before) / sum(w) AS m, equalisation_effect(before, after, w) AS e, sqrt(greatest(0, sum(w * before * before) / sum(w) - (sum(w * before) / sum(w)) ^ 2)) AS sb,
                   sqrt(greatest(0, sum(w * after * after) / sum(w) - (sum(w * after) / sum(w)) ^ 2)) AS sa, min(after) AS least FROM head GROUP BY p) s
                   WHERE abs((e).cv_before - sb / m) > 1e-9 OR abs((e).equalisation_degree - (1 - sa / sb)) > 1e-6 OR (e).minimum_after <> least $$, 'spread and degree as plain SQL has them');
SELECT is((SELECT equalisation_effect(rollup(s)) FROM (SELECT paired_state(before, after, w)::text::paired_state AS s FROM head GROUP BY i, p % 3) t),
          (SELECT equalisation_effect(before, after, w) FROM head), 'stored states rolled up equal one pass');
SELECT * FROM finish();
