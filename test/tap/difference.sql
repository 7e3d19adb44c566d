-- difference: kielmc against R and published figures, identities
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
SELECT plan(17);

CREATE TEMP TABLE r AS SELECT i, sin(i * 1.3) * 10 + (i % 2) * (i % 3) AS y, i % 2 = 1 AS treated, i % 3 = 0 AS post, 'c' || i % 11 AS cluster FROM generate_series(1, 500) i;
CREATE TEMP TABLE whole AS SELECT (difference_in_differences(y, treated, post)).* FROM r;
SELECT ok(pg_temp.off(w.estimate, b.estimate) < 1e-10 AND pg_temp.off(w.se, b.se) < 1e-12, 'adding a constant changes nothing')
FROM whole w, (SELECT (difference_in_differences(y + 1e6, treated, post)).* FROM r) b;
SELECT ok(pg_temp.off(7 * w.estimate, b.estimate) < 1e-12 AND pg_temp.off(7 * w.se_hc3, b.se_hc3) < 1e-12 AND pg_temp.off(w.p, b.p) < 1e-10, 'units scale estimate and errors, not p')
FROM whole w, (SELECT (difference_in_differences(7 * y, treated, post)).* FROM r) b;
SELECT ok(pg_temp.off(w.estimate, -b.estimate) < 1e-12 AND pg_temp.off(w.se, b.se) < 1e-12, 'swapping the groups changes the sign')
FROM whole w, (SELECT (difference_in_differences(y, NOT treated, post)).* FROM r) b;
SELECT ok(pg_temp.off(w.se, (f).standard_errors[4]) < 1e-11 AND pg_temp.off(w.se_hc1, (g).standard_errors[4]) < 1e-11 AND pg_temp.off(w.se_hc3, (h).standard_errors[4]) < 1e-11, 'closed forms are the saturated regression')
FROM whole w, (SELECT ols(y, ARRAY[1, treated::int, post::int, (treated AND post)::int]) AS f, ols_robust(y, ARRAY[1, treated::int, post::int, (treated AND post)::int], 'hc1') AS g,
    ols_robust(y, ARRAY[1, treated::int, post::int, (treated AND post)::int], 'hc3') AS h FROM r) s;
SELECT ok(pg_temp.off(b.se, (f).standard_errors[4]) < 1e-11 AND pg_temp.off(b.p, (f).p[4]) < 1e-10 AND b.clusters = 11, 'clustered errors are those of ols_cluster')
FROM (SELECT (difference_in_differences(y, treated, post, cluster)).* FROM r) b, (SELECT ols_cluster(y, ARRAY[1, treated::int, post::int, (treated AND post)::int], cluster) AS f FROM r) s;
SELECT ok(bool_and(ring_index(d, '{1,2.5,7}') = width_bucket(d, '{1,2.5,7}'::float8[])), 'ring_index is width_bucket over breaks') FROM generate_series(0, 10, 0.25) d;

\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/did_kielmc/expected_R.csv land_value/did_kielmc/kielmc.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE kielmc (year int, y81 int, nearinc int, y81nrinc int, dist float8, ldist float8, age float8, agesq float8, rooms float8, baths float8, intst float8, lintst float8, land float8,
    lland float8, area float8, larea float8, cbd float8, nbh int, wind int, price float8, lprice float8, rprice float8, lrprice float8);
\copy kielmc FROM PROGRAM 'cat "$GOLDEN/land_value/did_kielmc/kielmc.csv"' CSV HEADER
CREATE TEMP TABLE expected (term text, estimate float8, std_error float8, hc1 float8, hc0 float8, hc3 float8, model text, formula text, n int, df int, r2 float8, sigma float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/land_value/did_kielmc/expected_R.csv"' CSV HEADER
SELECT ok(pg_temp.off(d.estimate, e.estimate) < 1e-9 AND pg_temp.off(d.se, e.std_error) < 1e-9 AND pg_temp.off(d.se_hc1, e.hc1) < 1e-9 AND pg_temp.off(d.se_hc0, e.hc0) < 1e-9
          AND pg_temp.off(d.se_hc3, e.hc3) < 1e-9 AND d.n = e.n AND d.df = e.df AND pg_temp.off(d.sigma, e.sigma) < 1e-9, 'd1 of R')
FROM (SELECT (difference_in_differences(rprice, nearinc = 1, y81 = 1)).* FROM kielmc) d, expected e WHERE e.model = 'd1' AND e.term = 'y81nrinc';
SELECT ok(pg_temp.off(mean_treated_post, 70619.24) < 1e-6 AND pg_temp.off(mean_control_post, 101307.51) < 1e-6 AND pg_temp.off(mean_treated_pre, 63692.86) < 1e-6 AND pg_temp.off(mean_control_pre, 82517.23) < 1e-6,
          'the four published means') FROM (SELECT (difference_in_differences(rprice, nearinc = 1, y81 = 1)).* FROM kielmc) d;
SELECT ok(pg_temp.off(kennedy_effect(estimate, se), -0.0639909271245418) < 1e-9, 'Kennedy effect of the log model') FROM (SELECT (difference_in_differences(lrprice, nearinc = 1, y81 = 1)).* FROM kielmc) d;
CREATE FUNCTION pg_temp.fits(model text, r regression, h0 regression, h1 regression, h3 regression) RETURNS boolean LANGUAGE sql AS $$
    SELECT bool_and(pg_temp.off(c, e.estimate) < 1e-9 AND pg_temp.off(s, e.std_error) < 1e-9 AND pg_temp.off(s0, e.hc0) < 1e-9 AND pg_temp.off(s1, e.hc1) < 1e-9
                    AND pg_temp.off(s3, e.hc3) < 1e-9 AND (r).n = e.n AND (r).df = e.df AND pg_temp.off((r).r2, e.r2) < 1e-9 AND pg_temp.off((r).sigma, e.sigma) < 1e-9) AND count(*) = cardinality((r).coefficients)
    FROM unnest((r).coefficients, (r).standard_errors, (h0).standard_errors, (h1).standard_errors, (h3).standard_errors) WITH ORDINALITY u(c, s, s0, s1, s3, i)
    JOIN (SELECT *, row_number() OVER () AS i FROM expected x WHERE x.model = fits.model) e USING (i)
$$;
SELECT ok(pg_temp.fits(model, ols(y, x), ols_robust(y, x, 'hc0'), ols_robust(y, x, 'hc1'), ols_robust(y, x, 'hc3')), model || ' of R, robust errors included')
FROM (SELECT 'm81' AS model, rprice AS y, ARRAY[1, nearinc]::float8[] AS x FROM kielmc WHERE year = 1981
      UNION ALL SELECT 'm78', rprice, ARRAY[1, nearinc] FROM kielmc WHERE year = 1978
      UNION ALL SELECT 'd2', rprice, ARRAY[1, y81, nearinc, y81nrinc, age, agesq] FROM kielmc
      UNION ALL SELECT 'd3', rprice, ARRAY[1, y81, nearinc, y81nrinc, age, agesq, intst, land, area, rooms, baths] FROM kielmc
      UNION ALL SELECT 'l1', lrprice, ARRAY[1, y81, nearinc, y81nrinc] FROM kielmc) m
GROUP BY model ORDER BY model;
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 8);
\endif

-- parts, in their stored form
SELECT ok(w.estimate = b.estimate AND w.se = b.se AND w.se_hc3 = b.se_hc3, 'merged parts are one pass')
FROM whole w, (SELECT (difference_in_differences(rollup(s))).* FROM (SELECT event_state(y, treated, post::int)::text::event_state AS s FROM r GROUP BY i % 7) p) b;
SELECT is(a.s::text, b.s::text, 'merged event states have the same bytes')
FROM (SELECT event_state(i % 10, treated, i % 6) AS s FROM r) a, (SELECT rollup(s) AS s FROM (SELECT event_state(i % 10, treated, i % 6) AS s FROM r GROUP BY i % 13) p) b;
SELECT throws_ok($$SELECT difference_in_differences(ols_cluster_state) FROM (SELECT '7462'::event_state AS ols_cluster_state) s$$, '22P02', NULL, 'a forged state is refused');
SELECT * FROM finish();
