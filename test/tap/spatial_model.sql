-- spatial_model: figures of spdep and spreg over Columbus, second implementations, identities, invariance
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(5);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE FUNCTION pg_temp.apart(a jsonb, b jsonb) RETURNS float8 LANGUAGE sql AS $$
    SELECT coalesce(max(abs(x.value::float8 / nullif(y.value::float8, 0) - 1)), 'Infinity') FROM jsonb_each_text(a) x JOIN jsonb_each_text(b) y USING (key) WHERE x.value ~ '^-?[0-9]' $$;
-- a ring of 60 units with steps of 1 and 7, weights that are neither symmetric nor sum to 1
CREATE TEMP TABLE unit AS SELECT 'u' || a AS id, (a * a % 37 + a % 3)::float8 AS y, ARRAY[1, a * 5 % 11, (a * a * 7 % 23)::float8 / 4] AS x FROM generate_series(1, 60) a;
CREATE TEMP TABLE pair AS SELECT a.id AS i, b.id AS j, a.y AS y_i, a.x AS x_i, b.y AS y_j, b.x AS x_j, 1 + (substr(a.id, 2)::int + 2 * substr(b.id, 2)::int) % 3 AS w FROM unit a JOIN unit b
    ON abs(substr(a.id, 2)::int - substr(b.id, 2)::int) IN (1, 7);
SELECT ok(to_jsonb(a) = to_jsonb(b), 'order of rows does not matter to the bit') FROM (SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) AS a, spatial_tests(i, j, y_i, x_i, y_j, x_j, w ORDER BY y_i, j) AS b FROM pair) s;
SELECT ok(pg_temp.apart(to_jsonb(a), to_jsonb(b)) < 1e-11, 'nor do names') FROM (SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) AS a, spatial_tests(reverse(i), reverse(j), y_i, x_i, y_j, x_j, w) AS b FROM (SELECT DISTINCT ON (reverse(i), reverse(j)) * FROM pair) p) s;
SELECT ok(bool_and(to_jsonb(a) = to_jsonb(b)), 'nor a factor of all weights, or of y and its regressors') FROM unnest(ARRAY[2.0::float8 ^ 300, 2.0::float8 ^ -300]) f, LATERAL (SELECT spatial_tests(i, j, y_i, x_i, y_j, x_j, w) AS a FROM pair) a,
    LATERAL (SELECT spatial_tests(i, j, y_i * f, ARRAY[x_i[1], x_i[2] * f, x_i[3]], y_j * f, ARRAY[x_j[1], x_j[2] * f, x_j[3]], w * f) AS b FROM pair) b;
-- the same by sums over joins, projections by least squares of SQL
CREATE TEMP TABLE fit AS SELECT (ols(y, x)).* FROM unit;
CREATE TEMP TABLE seen AS SELECT id, y, x, y - (c[1] + c[2] * x[2] + c[3] * x[3]) AS e FROM unit, (SELECT coefficients AS c FROM fit) f;
CREATE TEMP TABLE lagged AS SELECT a.id, sum(p.w * b.e) AS e, sum(p.w * b.y) AS y, sum(p.w * (b.y - b.e)) AS fitted FROM seen a JOIN pair p ON p.i = a.id JOIN seen b ON b.id = p.j GROUP BY a.id;
SELECT ok(pg_temp.off(t.lm_error, (ewe / s2) ^ 2 / trace) < 1e-10 AND pg_temp.off(t.lm_lag, (ewy / s2) ^ 2 / (d + trace)) < 1e-10 AND pg_temp.off(t.robust_error, (ewe / s2 - trace / (d + trace) * ewy / s2) ^ 2 / (trace * d / (d + trace))) < 1e-10
    AND pg_temp.off(t.robust_lag, (ewy / s2 - ewe / s2) ^ 2 / d) < 1e-10 AND pg_temp.off(t.lm_error + t.robust_lag, t.sarma) < 1e-14 AND pg_temp.off(t.lm_lag + t.robust_error, t.sarma) < 1e-10 AND pg_temp.off(t.moran, ewe / s2 / s0) < 1e-10, 'the tests by sums over joins')
FROM (SELECT (spatial_tests(i, j, y_i, x_i, y_j, x_j, w)).* FROM pair) t, (SELECT sum(s.e * l.e) AS ewe, sum(s.e * l.y) AS ewy, sum(s.e * s.e) / 60 AS s2 FROM seen s JOIN lagged l USING (id)) q,
    LATERAL (SELECT (ols(fitted, x)).rss / s2 AS d FROM lagged JOIN unit USING (id)) r, (SELECT sum(p.w * p.w) + sum(p.w * r.w) AS trace, sum(p.w) AS s0 FROM pair p JOIN pair r ON r.i = p.j AND r.j = p.i) w;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/spatial/columbus_queen_data.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE columbus (id text, crime float8, inc float8, hoval float8);
\copy columbus FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_data.csv"' CSV HEADER
CREATE TEMP TABLE edge (i text, j text);
\copy edge FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_edges.csv"' CSV HEADER
CREATE TEMP TABLE expected (key text, value text);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_expected.csv"' CSV HEADER
CREATE TEMP TABLE link AS SELECT i, j, a.crime AS y_i, ARRAY[1, a.inc, a.hoval] AS x_i, b.crime AS y_j, ARRAY[1, b.inc, b.hoval] AS x_j, 1.0 / count(*) OVER (PARTITION BY i) AS w FROM edge JOIN columbus a ON a.id = i JOIN columbus b ON b.id = j;
CREATE FUNCTION pg_temp.close(what text, keys text[], got float8[], tolerance float8) RETURNS text LANGUAGE sql AS $$
    SELECT ok(count(*) = cardinality(keys) AND bool_and(pg_temp.off(g, e.value::float8) < tolerance), what) || coalesce(E'\n# ' || string_agg(k || ' ' || g || ' ' || e.value, E'\n# ') FILTER (WHERE NOT pg_temp.off(g, e.value::float8) < tolerance), '')
    FROM unnest(keys, got) u(k, g) JOIN expected e ON e.key = k $$;
SELECT pg_temp.close('spdep, Columbus: LM tests and Moran of the residuals', '{LMerr_stat,LMerr_p,LMlag_stat,LMlag_p,RLMerr_stat,RLMerr_p,RLMlag_stat,RLMlag_p,SARMA_stat,SARMA_p,moranres_I,moranres_EI,moranres_VI,moranres_z,moranres_p2}',
    ARRAY[lm_error, lm_error_p, lm_lag, lm_lag_p, robust_error, robust_error_p, robust_lag, robust_lag_p, sarma, sarma_p, moran, moran_expected, moran_variance, moran_z, moran_p], 1e-9)
FROM (SELECT (spatial_tests(i, j, y_i, x_i, y_j, x_j, w)).* FROM link) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 1);
\endif
SELECT * FROM finish();
