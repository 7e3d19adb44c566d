-- panel: figures of plm, sandwich, clubSandwich, AER and glm, dummies, identities, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(32);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE TEMP TABLE panel AS SELECT i, 'u' || i % 9 AS u, 't' || i % 7 AS t, sin(i * 1.7) * 5 + i % 9 AS x, cos(i * i * 0.3) + (i % 7) / 3.0 AS z, 10 + 2 * (sin(i * 1.7) * 5) + (i % 9) * 4 - (i % 7) + 3 * cos(i * 5.1) AS y
FROM generate_series(1, 100) i WHERE i % 13 <> 5;
SELECT ok(to_jsonb(a) = to_jsonb(b) AND to_jsonb(a) = to_jsonb(c), 'order and splits do not matter to the bit')
FROM (SELECT (ols_fixed_effects(y, ARRAY[x, z], u, t, true)).* FROM panel) a, (SELECT (ols_fixed_effects(y, ARRAY[x, z], u, t, true ORDER BY y)).* FROM panel) b,
     (SELECT (ols_fixed_effects(rollup(s))).* FROM (SELECT panel_state(y, ARRAY[x, z], u, t, true) AS s FROM panel GROUP BY i % 4) p) c;
CREATE TEMP TABLE dummies AS SELECT ols(y, ARRAY[x, z] || (SELECT array_agg((u = 'u' || k)::int::float8) FROM generate_series(0, 8) k) || (SELECT array_agg((t = 't' || k)::int::float8) FROM generate_series(1, 6) k)) AS f,
    ols(y, ARRAY[x, z] || (SELECT array_agg((u = 'u' || k)::int::float8) FROM generate_series(0, 8) k)) AS g FROM panel;
SELECT ok(pg_temp.off((w).coefficients[1], (f).coefficients[1]) < 1e-11 AND pg_temp.off((w).standard_errors[2], (f).standard_errors[2]) < 1e-11 AND (w).df = (f).df AND pg_temp.off((w).sigma, (f).sigma) < 1e-11,
    'two sets of effects: as with dummies') FROM dummies, (SELECT ols_fixed_effects(y, ARRAY[x, z], u, t) AS w FROM panel) s;
SELECT ok(pg_temp.off((w).coefficients[1], (g).coefficients[1]) < 1e-11 AND pg_temp.off((w).standard_errors[2], (g).standard_errors[2]) < 1e-11 AND (w).df = (g).df, 'one set: as with dummies')
FROM dummies, (SELECT ols_fixed_effects(y, ARRAY[x, z], u) AS w FROM panel) s;
SELECT ok(pg_temp.off((a).coefficients[1], (b).coefficients[1]) < 1e-12 AND pg_temp.off((a).standard_errors[1], (b).standard_errors[1]) < 1e-12, 'units that differ by millions change nothing')
FROM (SELECT ols_fixed_effects(floor(y * 64) / 64, ARRAY[x, z], u, t) AS a, ols_fixed_effects(floor(y * 64) / 64 + 1024 * 1024 * ascii(right(u, 1)), ARRAY[x, z], u, t) AS b FROM panel) s;
SELECT ok(pg_temp.off((a).coefficients[1], (b).coefficients[2]) < 1e-11 AND pg_temp.off((a).coefficients[2], (b).coefficients[3]) < 1e-11 AND (a).df = (b).df AND pg_temp.off((a).standard_errors[1], (b).standard_errors[2]) < 1e-11,
    'two periods: first differences with a constant are the effects of units and periods, errors too')
FROM (SELECT ols_fixed_effects(y, ARRAY[x, z], v, p) AS a FROM (SELECT y, x, z, 'v' || i / 2 AS v, (i % 2)::text AS p FROM panel JOIN (SELECT i / 2 AS k FROM panel GROUP BY i / 2 HAVING count(*) = 2) b ON i / 2 = k) r) s,
     (SELECT ols(n.y - o.y, ARRAY[1, n.x - o.x, n.z - o.z]) AS b FROM panel n JOIN panel o ON n.i = o.i + 1 AND n.i % 2 = 1) d;
-- a chain: 60 units, each in two periods that it shares with the next, so that every step of an iteration reaches one unit further
CREATE TEMP TABLE chain AS SELECT 'u' || i / 3 AS u, 't' || i / 3 + (i % 3 = 2)::int AS t, sin(i * 1.7) AS x, 2 * sin(i * 1.7) + (i / 3) * 0.5 + cos(i * 2.9) AS y, i FROM generate_series(0, 179) i;
SELECT ok(pg_temp.off((w).coefficients[1], (f).coefficients[1]) < 1e-11 AND pg_temp.off((w).standard_errors[1], (f).standard_errors[1]) < 1e-11 AND (w).df = (f).df, 'a chain of units and periods: as with dummies')
FROM (SELECT ols_fixed_effects(y, ARRAY[x], u, t) AS w, ols(y, ARRAY[x] || (SELECT array_agg((u = 'u' || k)::int::float8) FROM generate_series(0, 59) k) || (SELECT array_agg((t = 't' || k)::int::float8) FROM generate_series(1, 60) k)) AS f FROM chain) s;
SELECT ok(to_jsonb(a) = to_jsonb(b), 'its factor knows no order of rows') FROM (SELECT (ols_fixed_effects(y, ARRAY[x], u, t)).* FROM chain) a, (SELECT (ols_fixed_effects(rollup(s))).* FROM (SELECT panel_state(y, ARRAY[x], u, t ORDER BY md5(i::text)) AS s FROM chain GROUP BY i % 5) p) b;
-- weights: within is dummies, roots of weights make two stages of equal variances, clusters of a row are one way, whole weights are rows that came so often
CREATE TEMP TABLE weighted AS SELECT *, 0.5 + i % 4 AS w, sqrt(0.5 + i % 4) AS root, 1 + i % 3 AS times, round(5 + 3 * sin(i) + i % 5) AS c FROM panel;
SELECT ok(bool_and(pg_temp.off((a).coefficients[k], (f).coefficients[k]) < 1e-11 AND pg_temp.off((a).standard_errors[k], (f).standard_errors[k]) < 1e-11) AND bool_and((a).df = (f).df AND pg_temp.off((a).log_likelihood, (f).log_likelihood) < 1e-12)
    AND bool_and(pg_temp.off((b).coefficients[k], (g).coefficients[k]) < 1e-11 AND pg_temp.off((b).standard_errors[k], (g).standard_errors[k]) < 1e-11), 'weighted effects, two sets and one: as with dummies')
FROM (SELECT ols_fixed_effects(y, ARRAY[x, z], u, t, false, w) AS a, ols_fixed_effects(y, ARRAY[x, z], u, false, w) AS b,
    ols(y, ARRAY[x, z] || (SELECT array_agg((u = 'u' || k)::int::float8) FROM generate_series(0, 8) k) || (SELECT array_agg((t = 't' || k)::int::float8) FROM generate_series(1, 6) k), w) AS f,
    ols(y, ARRAY[x, z] || (SELECT array_agg((u = 'u' || k)::int::float8) FROM generate_series(0, 8) k), w) AS g FROM weighted) s, generate_series(1, 2) k;
SELECT ok(bool_and(pg_temp.off((a).standard_errors[k], (b).standard_errors[k]) < 1e-11 AND pg_temp.off((a).standard_errors[k] ^ 2 / (a).vcov[k][k], 1) < 1e-12), 'clustered by unit: as the sandwich of what is left, with its factor')
FROM (SELECT ols_fixed_effects(y, ARRAY[x, z], u, true, w) AS a, ols_cluster(y - my, ARRAY[x - mx, z - mz], u, w) AS b
      FROM (SELECT *, sum(w * y) OVER unit / sum(w) OVER unit AS my, sum(w * x) OVER unit / sum(w) OVER unit AS mx, sum(w * z) OVER unit / sum(w) OVER unit AS mz FROM weighted WINDOW unit AS (PARTITION BY u)) d) s, generate_series(1, 2) k;
SELECT ok(bool_and(pg_temp.off(a, b) < 1e-10), 'two stages with weights: those of rows times the roots')
FROM (SELECT two_stage(y, ARRAY[x], ARRAY[1, z], ARRAY[z * x, cos(i)], w) AS f, two_stage(y * root, ARRAY[x * root], ARRAY[root, z * root], ARRAY[z * x * root, cos(i) * root]) AS g FROM weighted) s,
    LATERAL (SELECT * FROM unnest((f).coefficients || (f).standard_errors || (f).robust_errors || (f).first_stage || ARRAY[(f).overidentification, (f).sigma], (g).coefficients || (g).standard_errors || (g).robust_errors || (g).first_stage || ARRAY[(g).overidentification, (g).sigma]) v (a, b)) v;
SELECT ok(bool_and(pg_temp.off(a, b) < 1e-11), 'two ways with weights: one where the other is each row')
FROM (SELECT (ols_cluster2(y, ARRAY[1, x, z], u, i::text, w)).standard_errors AS two, (ols_cluster(y, ARRAY[1, x, z], u, w)).standard_errors AS one FROM weighted) s, LATERAL (SELECT * FROM unnest(two, one) v (a, b)) v;
SELECT ok(bool_and(pg_temp.off((a).coefficients[k], (b).coefficients[k]) < 1e-9) AND bool_and(pg_temp.off((a).log_likelihood, (b).log_likelihood) < 1e-11), 'flows with whole weights: rows that came so often')
FROM (SELECT poisson_fixed_effects(c, ARRAY[x, z], u, t, times) AS a FROM weighted) s, (SELECT poisson_fixed_effects(c, ARRAY[x, z], u, t) AS b FROM weighted, generate_series(1, times)) r, generate_series(1, 2) k;
SELECT ok(to_jsonb(a) = to_jsonb(b) AND to_jsonb(a) - '{log_likelihood,aic,bic}'::text[] = to_jsonb(c) - '{log_likelihood,aic,bic}'::text[], 'weights of 1 say nothing, a row of weight 0 or NULL is none, and splits do not matter to the bit')
FROM (SELECT (ols_fixed_effects(y, ARRAY[x, z], u, t, true)).* FROM panel) a, (SELECT (ols_fixed_effects(rollup(s))).* FROM (SELECT panel_state(y, ARRAY[x, z], u, t, true, 1) AS s FROM panel GROUP BY i % 4) p) b,
     (SELECT (ols_fixed_effects(y, ARRAY[x, z], u, t, true, w)).* FROM (SELECT y, x, z, u, t, 1::float8 AS w FROM panel UNION ALL SELECT 99, 3, 2, u, t, NULLIF(i % 2, 1) FROM panel) r) c;
SELECT throws_ok($$SELECT ols_fixed_effects(y, ARRAY[x], u, false, -1) FROM panel$$, '22003', NULL, 'a weight below 0 is refused');
SELECT ok(bool_and(pg_temp.off(a, b) < 1e-11), 'two ways are one where the other is each row, or the same way')
FROM (SELECT (ols_cluster2(y, ARRAY[1, x, z], u, i::text)).standard_errors AS two, (ols_cluster2(y, ARRAY[1, x, z], u, u)).standard_errors AS same, (ols_cluster(y, ARRAY[1, x, z], u)).standard_errors AS one FROM panel) s,
     LATERAL (SELECT * FROM unnest(two || same, one || one) v (a, b)) v;
SELECT ok(bool_and(pg_temp.off(a, b) < 1e-11), 'CR2 of clusters of one row is HC2') FROM (SELECT (ols_cr2(y, ARRAY[1, x, z], i::text)).standard_errors AS cr2, (ols_robust(y, ARRAY[1, x, z], 'hc2')).standard_errors AS hc2 FROM panel) s, unnest(cr2, hc2) v (a, b);
SELECT ok(bool_and(pg_temp.off(a, b) < 1e-11), 'CR3 of clusters of one row is HC3') FROM (SELECT (ols_cr3(y, ARRAY[1, x, z], i::text)).standard_errors AS cr3, (ols_robust(y, ARRAY[1, x, z], 'hc3')).standard_errors AS hc3 FROM panel) s, unnest(cr3, hc3) v (a, b);
SELECT ok(count(*) = 3 AND bool_and(pg_temp.off((f).standard_errors[k]^2, v) < 1e-9), 'CR3: the sum over clusters of what leaving them out moves the coefficients, squared')
FROM (SELECT ols_cr3(y, ARRAY[1, x, z], u) AS f FROM panel) s, LATERAL (SELECT k, sum((b - (s.f).coefficients[k]) ^ 2) AS v FROM (SELECT g, (ols(y, ARRAY[1, x, z])).coefficients AS c FROM panel, (SELECT DISTINCT u AS g FROM panel) d WHERE u <> g GROUP BY g) o, unnest(c) WITH ORDINALITY e(b, k) GROUP BY k) j;
CREATE TEMP TABLE wild AS SELECT cluster_state(y, ARRAY[1, x, z], u) AS s, cluster_state(1000 * y + 300 * x, ARRAY[1, x, z], u) AS moved, (ols_cluster(y, ARRAY[1, x, z], u)) AS fit FROM panel;
SELECT ok((w).t = (fit).t[2] AND (w).estimate = (fit).coefficients[2] AND pg_temp.off((m).low, 1000 * (w).low + 300) < 1e-9 AND pg_temp.off((m).high, 1000 * (w).high + 300) < 1e-9,
    'wild bootstrap: t of the sandwich; the interval moves with the coefficient and its unit') FROM (SELECT fit, wild_cluster_bootstrap(s, 2) AS w, wild_cluster_bootstrap(moved, 2) AS m FROM wild) b;
SELECT ok(bool_and(((w).p > 0.05) = (0 BETWEEN (w).low AND (w).high)), 'p above 0.05 where 0 is in the interval') FROM wild, generate_series(1, 3) k, generate_series(0, 3) seed, LATERAL (SELECT wild_cluster_bootstrap(s, k, 199, seed) AS w) b;
SELECT ok(wild_cluster_bootstrap(rollup(s), 2, 99, 5) = (SELECT wild_cluster_bootstrap(s, 2, 99, 5) FROM wild), 'the same bits from any split') FROM (SELECT cluster_state(y, ARRAY[1, x, z], u) AS s FROM panel GROUP BY t) p;
SELECT ok(pg_temp.off((t).coefficients[1], (o).coefficients[1]) < 1e-11 AND pg_temp.off((t).standard_errors[2], (o).standard_errors[2]) < 1e-11 AND (t).first_stage_f IS NULL, 'a regressor that is its own instrument: least squares')
FROM (SELECT two_stage(y, ARRAY[x], ARRAY[1, z], ARRAY[x]) AS t, ols(y, ARRAY[x, 1, z]) AS o FROM panel) s;
SELECT ok(max(abs(r)) < 1e-6, 'Poisson: residuals add up to 0 by origin and by destination, and against x: the likelihood equations') FROM (
    WITH flow AS (SELECT 'o' || o AS o, 'd' || d AS d, abs(o - d)::float8 AS x, floor(20 + 15 * sin(o * d * 1.3) + 2 * o) AS n FROM generate_series(1, 8) o, generate_series(1, 8) d),
         fit AS (SELECT (poisson_fixed_effects(n, ARRAY[x], o, d)).coefficients[1] AS b FROM flow),
         again AS (SELECT (poisson_fixed_effects(n, ARRAY[x, x * x], o, d)).coefficients AS b FROM flow)
    SELECT (SELECT (poisson_fixed_effects(n * 1000, ARRAY[x], o, d)).coefficients[1] FROM flow) - b FROM fit
    UNION ALL SELECT (SELECT (poisson_fixed_effects(n, ARRAY[x - 3, (x - 3) ^ 2], o, d)).coefficients[2] FROM flow) - b[2] FROM again
    UNION ALL SELECT (SELECT (poisson_fixed_effects(n, ARRAY[x], d, o)).coefficients[1] FROM flow) - b FROM fit) s (r);
-- integer units, periods and clusters give the bits of their decimal text
SELECT is((SELECT string_agg(what, ', ') FROM unnest(ARRAY['units', 'clustered units', 'weighted units', 'periods', 'both', 'clustered', 'clustered periods', 'weighted', 'weighted periods', 'stored units', 'stored', 'stored periods', 'stored clustered', 'stored weights'], s.same) v (what, same) WHERE same IS DISTINCT FROM true), NULL, 'panels by integers')
FROM (SELECT ARRAY[ols_fixed_effects(y, x, a) = ols_fixed_effects(y, x, a::text),
    ols_fixed_effects(y, x, a, true) = ols_fixed_effects(y, x, a::text, true),
    ols_fixed_effects(y, x, a, true, w) = ols_fixed_effects(y, x, a::text, true, w),
    ols_fixed_effects(y, x, a::text, b) = ols_fixed_effects(y, x, a::text, b::text),
    ols_fixed_effects(y, x, a, b) = ols_fixed_effects(y, x, a::text, b::text),
    ols_fixed_effects(y, x, a, b, true) = ols_fixed_effects(y, x, a::text, b::text, true),
    ols_fixed_effects(y, x, a::text, b, true) = ols_fixed_effects(y, x, a::text, b::text, true),
    ols_fixed_effects(y, x, a, b, false, w) = ols_fixed_effects(y, x, a::text, b::text, false, w),
    ols_fixed_effects(y, x, a::text, b, true, w) = ols_fixed_effects(y, x, a::text, b::text, true, w),
    panel_state(y, x, a) = panel_state(y, x, a::text),
    panel_state(y, x, a, b) = panel_state(y, x, a::text, b::text),
    panel_state(y, x, a::text, b) = panel_state(y, x, a::text, b::text),
    panel_state(y, x, a, b, true, w) = panel_state(y, x, a::text, b::text, true, w),
    panel_state(y, x, a, b, w) = panel_state(y, x, a::text, b::text, w)] AS same
      FROM (SELECT y, ARRAY[x, z] AS x, i % 9 AS a, 2000 + i % 7 AS b, 0.5 + i % 4 AS w, i % 2 = 0 AS treated, i % 3 = 0 AS post FROM panel) r) s;
SELECT is((SELECT string_agg(what, ', ') FROM unnest(ARRAY['two ways', 'beside text', 'weighted', 'one way', 'one way weighted', 'CR2', 'CR3', 'stored', 'stored weights', 'differences'], s.same) v (what, same) WHERE same IS DISTINCT FROM true), NULL, 'clusters by integers')
FROM (SELECT ARRAY[ols_cluster2(y, x, a, b) = ols_cluster2(y, x, a::text, b::text),
    ols_cluster2(y, x, a::text, b) = ols_cluster2(y, x, a::text, b::text),
    ols_cluster2(y, x, a, b, w) = ols_cluster2(y, x, a::text, b::text, w),
    ols_cluster(y, x, a) = ols_cluster(y, x, a::text),
    ols_cluster(y, x, a, w) = ols_cluster(y, x, a::text, w),
    ols_cr2(y, x, a) = ols_cr2(y, x, a::text),
    ols_cr3(y, x, a) = ols_cr3(y, x, a::text),
    cluster_state(y, x, a) = cluster_state(y, x, a::text),
    cluster_state(y, x, a, w) = cluster_state(y, x, a::text, w),
    difference_in_differences(y, treated, post, a) = difference_in_differences(y, treated, post, a::text)] AS same
      FROM (SELECT y, ARRAY[x, z] AS x, i % 9 AS a, 2000 + i % 7 AS b, 0.5 + i % 4 AS w, i % 2 = 0 AS treated, i % 3 = 0 AS post FROM panel) r) s;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/causal/grunfeld_data.csv land_value/two_way_petersen/petersen.csv.gz >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE grunfeld (firm text, year text, inv float8, value float8, capital float8);
\copy grunfeld FROM PROGRAM 'cat "$GOLDEN/evidence/causal/grunfeld_data.csv"' CSV HEADER
CREATE TEMP TABLE mroz (lwage float8, educ float8, exper float8, expersq float8, motheduc float8, fatheduc float8);
\copy mroz FROM PROGRAM 'cat "$GOLDEN/evidence/causal/mroz_data.csv"' CSV HEADER
CREATE TEMP TABLE cigarettes (state text, lp float8, lrp float8, lri float8, tdiff float8, rtax float8);
\copy cigarettes FROM PROGRAM 'cat "$GOLDEN/evidence/causal/cigarettes1995_data.csv"' CSV HEADER
CREATE TEMP TABLE trade (o text, d text, km float8, euros float8);
\copy trade FROM PROGRAM 'cat "$GOLDEN/evidence/causal/trade2016_data.csv"' CSV HEADER
CREATE TEMP TABLE petersen (firm text, year text, x float8, y float8);
\copy petersen FROM PROGRAM 'gzip -dc "$GOLDEN/land_value/two_way_petersen/petersen.csv.gz"' CSV HEADER
SELECT ok(pg_temp.off((a).coefficients[1], 0.110123804121) < 1e-10 AND pg_temp.off((a).standard_errors[2], 0.0173545027756) < 1e-10 AND (a).df = 188 AND pg_temp.off((c).standard_errors[1], 0.0151560754389) < 1e-10
    AND pg_temp.off((c).standard_errors[2], 0.0526183915915) < 1e-10, 'plm, Grunfeld: within firms, classical and clustered (sss)')
FROM (SELECT ols_fixed_effects(inv, ARRAY[value, capital], firm) AS a, ols_fixed_effects(inv, ARRAY[value, capital], firm, true) AS c FROM grunfeld) s;
SELECT ok(pg_temp.off((a).coefficients[1], 0.117715855083) < 1e-10 AND pg_temp.off((a).standard_errors[1], 0.0137512830036) < 1e-10 AND (a).df = 169
    AND pg_temp.off((c).standard_errors[1], 0.00971202368684 * sqrt(10 / 9.0 * 199 / 179)) < 1e-10, 'two ways; clustered: HC0 of plm times this factor, where the 19 effects of years count')
FROM (SELECT ols_fixed_effects(inv, ARRAY[value, capital], firm, year) AS a, ols_fixed_effects(inv, ARRAY[value, capital], firm, year, true) AS c FROM grunfeld) s;
SELECT ok(pg_temp.off((f).standard_errors[1], 25.6074037718) < 1e-10 AND pg_temp.off((f).standard_errors[2], 0.0162450777801) < 1e-10 AND pg_temp.off((f).standard_errors[3], 0.110467620919) < 1e-10
    AND pg_temp.off((f).test_df[1], 6.38609342335) < 1e-10 AND pg_temp.off((f).test_df[2], 2.34261641339) < 1e-10 AND pg_temp.off((f).p[3], 0.132314400169) < 1e-10, 'clubSandwich, Grunfeld: CR2 and Satterthwaite degrees of freedom')
FROM (SELECT ols_cr2(inv, ARRAY[1, value, capital], firm) AS f FROM grunfeld) s;
SELECT ok(pg_temp.off((f).standard_errors[1], 36.6965269119) < 1e-10 AND pg_temp.off((f).standard_errors[2], 0.0170024834552) < 1e-10 AND pg_temp.off((f).standard_errors[3], 0.155300381453) < 1e-10, 'its CR3')
FROM (SELECT ols_cr3(inv, ARRAY[1, value, capital], firm) AS f FROM grunfeld) s;
SELECT ok(pg_temp.off((f).coefficients[2], 1.03483344) < 1e-7 AND pg_temp.off((f).standard_errors[1], 0.06506392) < 1e-7 AND pg_temp.off((f).standard_errors[2], 0.05355802) < 1e-7, 'sandwich, Petersen: clusters of firm and year')
FROM (SELECT ols_cluster2(y, ARRAY[1, x], firm, year) AS f FROM petersen) s;
SELECT ok(pg_temp.off((m).coefficients[1], 0.0613966286602) < 1e-10 AND pg_temp.off((m).standard_errors[1], 0.0314366956447) < 1e-10 AND pg_temp.off((m).robust_errors[1], 0.0333385881232) < 1e-10
    AND pg_temp.off((m).sigma, 0.674711705148) < 1e-10 AND pg_temp.off((m).first_stage_f, 55.4003004278) < 1e-10 AND pg_temp.off((m).overidentification, 0.378071341964) < 1e-9
    AND pg_temp.off((m).overidentification_p, 0.538637233071) < 1e-9 AND pg_temp.off((c).coefficients[1], -1.27742413343) < 1e-10 AND pg_temp.off((c).robust_errors[1], 0.249610000398) < 1e-10
    AND pg_temp.off((c).first_stage_f, 244.733753556) < 1e-9 AND pg_temp.off((c).overidentification, 0.332622141937) < 1e-9, 'AER: schooling and wages; cigarettes 1995 (-1.28, 0.25)')
FROM (SELECT two_stage(lwage, ARRAY[educ], ARRAY[1, exper, expersq], ARRAY[motheduc, fatheduc]) AS m FROM mroz) s, (SELECT two_stage(lp, ARRAY[lrp], ARRAY[1, lri], ARRAY[tdiff, rtax]) AS c FROM cigarettes) t;
SELECT ok(pg_temp.off((f).coefficients[1], -1.49968051705) < 1e-9 AND pg_temp.off((f).standard_errors[1], 0.084856582388) < 1e-9 AND (f).n = 210 AND (f).df = 180, 'glm, EU trade 2016: distance, errors HC1')
FROM (SELECT poisson_fixed_effects(euros, ARRAY[ln(km)], o, d) AS f FROM trade) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 7);
\endif
SELECT * FROM finish();
