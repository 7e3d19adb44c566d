-- The tests of openfisca-france-dotations-locales @c97f8f6 (numbers only), put together from the building blocks
SET search_path = public, terrbal;
SELECT plan(13);
SELECT ok(bool_and(abs(log_coefficient(p, 500, 200000, 1, 2) - e) < 1e-9), 'logarithmic coefficient')
FROM (VALUES (10, 1), (500, 1), (50000, 1.76862178684024), (200000, 2), (1000000, 2)) t (p, e);
SELECT is(array_agg(greatest(0, pf - 0.75 * 800 * pop) / (0.75 * 800) ORDER BY o), '{1,2,1.5,3}'::numeric[], 'score of the contribution: pf per head 1,200 to 1,500 against 0.75 * 800')
FROM unnest(ARRAY[1200, 2400, 1500, 3000], ARRAY[1, 2, 1, 2]) WITH ORDINALITY t (pf, pop, o);
SELECT is(array_agg(a ORDER BY o), '{30,70}'::numeric[], 'value of the point') FROM (SELECT o, apportionment(100, s, 1) OVER (ORDER BY o) AS a FROM unnest(ARRAY[3, 7]) WITH ORDINALITY t (s, o)) q;
SELECT is(array_agg(CASE WHEN e THEN 5000 * (2 - pf / 5000.0) * least(f, 1.2) ELSE 0 END ORDER BY o), '{5000,6000,6000,7000,3000,0}'::numeric[], 'score per head with capped effort')
FROM unnest(ARRAY[5000, 5000, 5000, 3000, 7000, 5000], ARRAY[true, true, true, true, true, false], ARRAY[1, 1.2, 1.3, 1, 1, 1]) WITH ORDINALITY t (pf, e, f, o);
SELECT is(array_agg(corridor(1000, p, 0.9, 1.2) ORDER BY o), '{1000,1000,720,1800}'::numeric[], 'corridor 0.9 to 1.2') FROM unnest(ARRAY[0, 1000, 600, 2000]) WITH ORDINALITY t (p, o);
SELECT is(array_agg(ceil(n * part / whole) ORDER BY o), '{4,4,1,2}'::numeric[], 'how many are eligible by rank')
FROM unnest(ARRAY[5, 6, 7, 11], ARRAY[2, 2, 1, 1], ARRAY[3.0, 3, 10, 10]) WITH ORDINALITY t (n, part, whole, o);
SELECT is(array_agg(a ORDER BY r), '{400,50}'::numeric[], 'rank coefficient from 4 to 0.5')
FROM (SELECT r, apportionment(450, 4 - 3.5 * (r - 1) / (2 - 1), 1) OVER (ORDER BY r) AS a FROM generate_series(1, 2) r) q;
SELECT is(array_agg(500 + a ORDER BY r), '{900,550}'::numeric[], 'last year''s amount and a share of what is new')
FROM (SELECT r, apportionment(1450 - 1000, 4 - 3.5 * (r - 1) / (2 - 1), 1) OVER (ORDER BY r) AS a FROM generate_series(1, 2) r) q;
SELECT is(guarantee(0, 1000, 0.5), 500.0, 'who leaves keeps a half');
SELECT is(1000 - sum(g), 988::bigint, 'the pool after guarantees') FROM unnest(ARRAY[4, 8]) g;
SELECT is(averaged_capacity(ARRAY[0, 200, 600], ARRAY[100, 100, 200], ARRAY[1, 1, 1]), 2::numeric, 'ratio of sums, not mean of ratios');
SELECT is(array_agg(a ORDER BY o), '{1000,0}'::numeric[], 'a single recipient') FROM (SELECT o, apportionment(1000, e, 1) OVER (ORDER BY o) AS a FROM unnest(ARRAY[1, 0]) WITH ORDINALITY t (e, o)) q;
-- 2,147,483,647 and more: the model's own run overflowed there
SELECT is(sum(a), 4291411000000.00, 'amounts beyond 32 bits') FROM (SELECT apportionment(4291411000000.00, p) OVER (ORDER BY p) AS a FROM generate_series(3000000000, 3000000009) p) q;
SELECT * FROM finish();
