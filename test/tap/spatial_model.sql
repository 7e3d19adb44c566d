-- spatial_model: figures of spdep and spreg over Columbus, second implementations, identities, invariance
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(20);
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
SELECT ok(to_jsonb(a) = to_jsonb(b) AND to_jsonb(c) = to_jsonb(d) AND to_jsonb(e) = to_jsonb(f), 'models: order does not matter to the bit') FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS a, spatial_lag(i, j, y_i, x_i, y_j, x_j, w ORDER BY y_i, j) AS b,
    spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS c, spatial_error(i, j, y_i, x_i, y_j, x_j, w ORDER BY y_i, j) AS d, spatial_effects(i, j, y_i, x_i, y_j, x_j, w / 20.0) AS e, spatial_effects(i, j, y_i, x_i, y_j, x_j, w / 20.0 ORDER BY y_i, j) AS f FROM pair) s;
SELECT ok((SELECT max(abs(x / y - 1)) FROM unnest((a).coefficients, (b).coefficients) u(x, y)) < 1e-9 AND (SELECT max(abs(x / y - 1)) FROM unnest((c).coefficients, (d).coefficients) u(x, y)) < 1e-9, 'nor do names')
FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS a, spatial_lag(reverse(i), reverse(j), y_i, x_i, y_j, x_j, w) AS b, spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS c, spatial_error(reverse(i), reverse(j), y_i, x_i, y_j, x_j, w) AS d
      FROM (SELECT DISTINCT ON (reverse(i), reverse(j)) * FROM pair) p) s;
-- the same by sums over joins, projections by least squares of SQL
CREATE TEMP TABLE fit AS SELECT (ols(y, x)).* FROM unit;
CREATE TEMP TABLE seen AS SELECT id, y, x, y - (c[1] + c[2] * x[2] + c[3] * x[3]) AS e FROM unit, (SELECT coefficients AS c FROM fit) f;
CREATE TEMP TABLE lagged AS SELECT a.id, sum(p.w * b.e) AS e, sum(p.w * b.y) AS y, sum(p.w * (b.y - b.e)) AS fitted FROM seen a JOIN pair p ON p.i = a.id JOIN seen b ON b.id = p.j GROUP BY a.id;
SELECT ok(pg_temp.off(t.lm_error, (ewe / s2) ^ 2 / trace) < 1e-10 AND pg_temp.off(t.lm_lag, (ewy / s2) ^ 2 / (d + trace)) < 1e-10 AND pg_temp.off(t.robust_error, (ewe / s2 - trace / (d + trace) * ewy / s2) ^ 2 / (trace * d / (d + trace))) < 1e-10
    AND pg_temp.off(t.robust_lag, (ewy / s2 - ewe / s2) ^ 2 / d) < 1e-10 AND pg_temp.off(t.lm_error + t.robust_lag, t.sarma) < 1e-14 AND pg_temp.off(t.lm_lag + t.robust_error, t.sarma) < 1e-10 AND pg_temp.off(t.moran, ewe / s2 / s0) < 1e-10, 'the tests by sums over joins')
FROM (SELECT (spatial_tests(i, j, y_i, x_i, y_j, x_j, w)).* FROM pair) t, (SELECT sum(s.e * l.e) AS ewe, sum(s.e * l.y) AS ewy, sum(s.e * s.e) / 60 AS s2 FROM seen s JOIN lagged l USING (id)) q,
    LATERAL (SELECT (ols(fitted, x)).rss / s2 AS d FROM lagged JOIN unit USING (id)) r, (SELECT sum(p.w * p.w) + sum(p.w * r.w) AS trace, sum(p.w) AS s0 FROM pair p JOIN pair r ON r.i = p.j AND r.j = p.i) w;
-- lag by two_stage over columns that SQL lags
CREATE TEMP TABLE columns AS SELECT u.id, u.y, u.x, l.y AS wy, l.x2, l.x3, m.x2 AS xx2, m.x3 AS xx3 FROM unit u JOIN (SELECT i AS id, sum(w * y_j) AS y, sum(w * x_j[2]) AS x2, sum(w * x_j[3]) AS x3 FROM pair GROUP BY i) l USING (id)
JOIN (SELECT p.i AS id, sum(p.w * q.w * q.x_j[2]) AS x2, sum(p.w * q.w * q.x_j[3]) AS x3 FROM pair p JOIN pair q ON q.i = p.j GROUP BY p.i) m USING (id);
SELECT ok((SELECT max(abs(g / e - 1)) FROM unnest((a).coefficients || (a).standard_errors || (a).robust_errors || (a).overidentification || (a).first_stage_f, (b).coefficients || (b).standard_errors || (b).robust_errors || (b).overidentification || (b).first_stage_f) u(g, e)) < 1e-10
    AND (SELECT max(abs(g / e - 1)) FROM unnest((c).coefficients || (c).standard_errors, (d).coefficients || (d).standard_errors) u(g, e)) < 1e-10, 'lag: two_stage with lags by joins, of one and of two steps')
FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS a, spatial_lag(i, j, y_i, x_i, y_j, x_j, w, 1) AS c FROM pair) s, (SELECT two_stage(y, ARRAY[wy], x, ARRAY[x2, xx2, x3, xx3]) AS b, two_stage(y, ARRAY[wy], x, ARRAY[x2, x3]) AS d FROM columns) t;
SELECT ok((SELECT max(abs(g / e - 1)) FROM unnest((l.c)[2:], o.b) u(g, e)) < 1e-10, 'what the lag leaves of y is least squares') FROM (SELECT (spatial_lag(i, j, y_i, x_i, y_j, x_j, w)).coefficients AS c FROM pair) l, LATERAL (SELECT (ols(y - l.c[1] * wy, x)).coefficients AS b FROM columns) o;
-- no lag in the data: y of x and of what no instrument foresees
CREATE TEMP TABLE unforeseen AS SELECT c.id, 7 + 2 * c.x[2] - c.x[3] + e.residual AS y, c.x FROM columns c, LATERAL (SELECT (ols(y, x || ARRAY[x2, x3, xx2, xx3])).coefficients AS b FROM columns) f, LATERAL (SELECT c.y - sum(b * v) AS residual FROM unnest(f.b, c.x || ARRAY[x2, x3, xx2, xx3]) z(b, v)) e;
SELECT ok(abs(c[1]) < 1e-12 AND (SELECT max(abs(g / e - 1)) FROM unnest(c[2:], b) u(g, e)) < 1e-11, 'rho 0: the coefficients of least squares')
FROM (SELECT (spatial_lag(p.i, p.j, a.y, a.x, b.y, b.x, w)).coefficients AS c FROM pair p JOIN unforeseen a ON a.id = i JOIN unforeseen b ON b.id = j) l, (SELECT (ols(y, x)).coefficients AS b FROM unforeseen) o;
-- error: least squares of what lambda leaves, and no other lambda fits the moments better
CREATE TEMP TABLE moment AS SELECT 60 AS n, sum(s.e * s.e) / 60 AS uu, sum(s.e * l.e) / 60 AS uv, sum(l.e * l.e) / 60 AS vv, sum(s.e * k.e) / 60 AS uw, sum(l.e * k.e) / 60 AS vw, sum(k.e * k.e) / 60 AS ww, (SELECT sum(w * w) / 60.0 FROM pair) AS t
FROM seen s JOIN lagged l USING (id) JOIN (SELECT p.i AS id, sum(p.w * l.e) AS e FROM pair p JOIN lagged l ON l.id = p.j GROUP BY p.i) k USING (id);
CREATE FUNCTION pg_temp.misfit(lambda float8, s2 float8) RETURNS float8 LANGUAGE sql AS $$ SELECT (uu - 2 * lambda * uv + lambda ^ 2 * vv - s2) ^ 2 + (vv - 2 * lambda * vw + lambda ^ 2 * ww - t * s2) ^ 2 + (uv - lambda * (uw + vv) + lambda ^ 2 * vw) ^ 2 FROM moment $$;
SELECT ok(bool_and(pg_temp.misfit((r).coefficients[1] + a * step, (r).sigma2_moments * (1 + b * step)) > pg_temp.misfit((r).coefficients[1], (r).sigma2_moments)), 'error: a step away the moments fit worse')
FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS r FROM pair) s, generate_series(-1, 1) a, generate_series(-1, 1) b, unnest(ARRAY[1e-4, 1e-3, 1e-2, 0.1]) step WHERE a <> 0 OR b <> 0;
SELECT ok((SELECT max(abs(g / e - 1)) FROM unnest(r.c[2:] || r.se[2:], o.b || o.se) u(g, e)) < 1e-9, 'and the rest is least squares of y and x less lambda times their neighbours')
FROM (SELECT (r).coefficients AS c, (r).standard_errors AS se FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS r FROM pair) s) r,
    LATERAL (SELECT (f).coefficients AS b, (f).standard_errors AS se FROM (SELECT ols(y - r.c[1] * wy, ARRAY[1 - r.c[1] * d, x[2] - r.c[1] * x2, x[3] - r.c[1] * x3]) AS f FROM columns JOIN (SELECT i AS id, sum(w) AS d FROM pair GROUP BY i) q USING (id)) f) o;
-- effects: (I - rho W)^-1 by going around until nothing moves
CREATE TEMP TABLE power AS SELECT id AS a, id AS b, 1.0::float8 AS v, 0 AS k FROM unit;
DO $$ BEGIN FOR step IN 1..60 LOOP INSERT INTO power SELECT p.a, q.j, sum(p.v * 0.05 * q.w), step FROM power p JOIN pair q ON q.i = p.b WHERE p.k = step - 1 GROUP BY p.a, q.j; END LOOP; END $$;
SELECT ok(pg_temp.off((e).direct[2], 3 * d) < 1e-12 AND pg_temp.off((e).total[3], 7 * t) < 1e-12 AND pg_temp.off((e).indirect[2], 3 * (t - d)) < 1e-11 AND (e).direct[1] IS NULL, 'effects: the sum of powers')
FROM (SELECT spatial_effects(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), '{0.05, 1, 3, 7}') AS e FROM pair) s, (SELECT sum(v) FILTER (WHERE a = b) / 60 AS d, sum(v) / 60 AS t FROM power) p;
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
SELECT pg_temp.close('spdep: two stages with one and two lags of x, errors with n - k', ARRAY(SELECT f || k FROM unnest('{stsls_W2XFALSE_legacyFALSE_,stsls_W2XTRUE_legacyFALSE_}'::text[]) f, unnest('{rho,b_(Intercept),b_INC,b_HOVAL,se_rho,se_(Intercept),se_INC,se_HOVAL,sse,df}'::text[]) k),
    (one).coefficients || (one).standard_errors || (one).rss || (one).df::float8 || (two).coefficients || (two).standard_errors || (two).rss || (two).df::float8, 1e-9)
FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w, 1) AS one, spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS two FROM link) s;
SELECT pg_temp.close('and robust ones, HC1 here and HC0 there', ARRAY(SELECT 'stsls_W2XTRUE_HC0_se_' || k FROM unnest('{rho,(Intercept),INC,HOVAL}'::text[]) k), (SELECT array_agg(e * sqrt(45 / 49.0)) FROM unnest((spatial_lag).robust_errors) e), 1e-9) FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) FROM link) s;
SELECT pg_temp.close('spatialreg: effects of rho and b by maximum likelihood', '{mllag_impacts_direct_x1,mllag_impacts_indirect_x1,mllag_impacts_total_x1}', ARRAY[(e).direct[2], (e).indirect[2], (e).total[2]], 1e-9)
FROM (SELECT spatial_effects(spatial_model_state(i, j, y_i, x_i, y_j, x_j, w), (SELECT array_agg(value::float8 ORDER BY o) FROM unnest('{mllag_rho,mllag_b_(Intercept),mllag_b_INC,mllag_b_HOVAL}'::text[]) WITH ORDINALITY k(key, o) JOIN expected USING (key))) AS e FROM link) s;
SELECT pg_temp.close('spatialreg: the error by moments', '{gmerror_lambda,gmerror_b_(Intercept),gmerror_b_INC,gmerror_b_HOVAL}', (spatial_error).coefficients, 1e-7) FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) FROM link) s;
-- by full matrices in numpy, from the formula on the page; spatialreg prints 0.4318
SELECT ok(abs((spatial_error).standard_errors[1] / 0.177914941997855 - 1) < 1e-9 AND abs((spatial_error).p[1] - 2 * student_probability(-0.364296571949810 / 0.177914941997855, 46)) < 1e-9, 'the error of lambda') FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) FROM link) s;
SELECT pg_temp.close('x of the neighbours as regressors, by ols', ARRAY(SELECT 'slx_' || f || k FROM unnest('{b_,se_}'::text[]) f, unnest('{(Intercept),INC,HOVAL,lag.INC,lag.HOVAL}'::text[]) k), (ols).coefficients || (ols).standard_errors, 1e-9)
FROM (SELECT ols(y, x || lag) FROM (SELECT y_i AS y, x_i AS x, ARRAY[sum(w * x_j[2]), sum(w * x_j[3])] AS lag FROM link GROUP BY i, y_i, x_i) u) s;
CREATE TEMP TABLE shape (id text, hoval float8, inc float8, crime float8, discbd float8, open float8, x float8, y float8);
\copy shape FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_all.csv"' CSV HEADER
CREATE TEMP TABLE rook (i text, j text);
\copy rook FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_shp_rook_edges.csv"' CSV HEADER
SELECT ok((SELECT max(abs(g / e - 1)) FROM unnest((l).coefficients || ARRAY[(l).sigma ^ 2, (l).rss / 49, (l).standard_errors[1] ^ 2 * 45 / 49, (l).standard_errors[2] ^ 2 * 45 / 49], ARRAY[0.0283622122, 45.3017056, 0.620888617, -0.480723451, 234.542587630, 215.396253946, 0.100743323, 320.867996]) u(g, e)) < 3e-8
    AND (SELECT max(abs(g / e - 1)) FROM unnest((r).coefficients || ARRAY[(r).rss / 49, (r).standard_errors[2] * sqrt(46 / 49.0), (r).standard_errors[3] * sqrt(46 / 49.0), (r).standard_errors[4] * sqrt(46 / 49.0)], ARRAY[0.37230161, 47.94371455, 0.70598088, -0.55571746, 191.73716466, 12.32416094, 0.4989716, 0.1785863]) u(g, e)) < 1e-5, 'spreg, rooks: lag and error, variances with n')
FROM (SELECT spatial_lag(i, j, a.hoval, ARRAY[1, a.inc, a.crime], b.hoval, ARRAY[1, b.inc, b.crime], w) AS l, spatial_error(i, j, a.hoval, ARRAY[1, a.inc, a.crime], b.hoval, ARRAY[1, b.inc, b.crime], w) AS r
      FROM (SELECT i, j, 1.0 / count(*) OVER (PARTITION BY i) AS w FROM rook) e JOIN shape a ON a.id = i JOIN shape b ON b.id = j) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 7);
\endif
SELECT * FROM finish();
