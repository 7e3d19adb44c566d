-- dependence: figures of spdep over Columbus, identities, invariance
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(10);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE TEMP TABLE pair AS SELECT 'u' || a AS i, 'u' || b AS j, (a * a % 37)::float8 AS x, (b * b % 37)::float8 AS y, (b * 5 % 11)::float8 AS v, 1 + (a + b) % 3 AS w FROM generate_series(1, 60) a, generate_series(1, 60) b WHERE a <> b AND (abs(a - b) = 1 OR abs(a - b) = 7);
SELECT ok(to_jsonb(a) = to_jsonb(b), 'order of rows does not matter to the bit') FROM (SELECT geary(i, j, x, y, w) AS a, geary(i, j, x, y, w ORDER BY y, i) AS b FROM pair) s;
SELECT ok(pg_temp.off((g).c, 59 * s.unlike / (2 * s.weight * v.squares)) < 1e-12, 'Geary by its double sum')
FROM (SELECT geary(i, j, x, y, w) AS g, sum(w * (x - y) ^ 2) AS unlike, sum(w) AS weight FROM pair) s, (SELECT var_pop(x) * 60 AS squares FROM (SELECT DISTINCT i, x FROM pair) d) v;
SELECT ok(pg_temp.off((b).i, (m).i) < 1e-12, 'two variables that are one: Moran''s I') FROM (SELECT bivariate_moran(i, j, x, y, w) AS b, moran(i, j, x, y, w) AS m FROM pair) s;
SELECT ok(pg_temp.off(sum(count), max(s0) / 2) < 1e-12 AND pg_temp.off(sum(expected), max(s0) / 2) < 1e-12, 'joins and what is expected of them add up to all joins')
FROM (SELECT join_count(i, j, (x > 10)::int, (y > 10)::int, w) AS l, sum(w) AS s0 FROM pair) s, unnest(s.l);
SELECT ok(bool_and(a.z_random = b.z_random AND a.c = b.c), 'nor a factor, however far') FROM unnest(ARRAY[2.0::float8 ^ 900, 2.0::float8 ^ -900]) f, LATERAL (SELECT (geary(i, j, x, y, w)).* FROM pair) a, LATERAL (SELECT (geary(i, j, x * f, y * f, w * f)).* FROM pair) b;
SELECT ok(count(*) = 60 AND bool_and(pg_temp.off(b.i, m.i) < 1e-12 AND pg_temp.off(b.lag, m.lag) < 1e-12 AND b.quadrant = m.quadrant AND b.value = m.value), 'unit by unit: local Moran where both are one')
FROM (SELECT local_bivariate_moran(i, j, x, y, w) AS bs, local_moran(i, j, x, y, w) AS ms FROM pair) s, unnest(bs) b JOIN LATERAL unnest(ms) m USING (unit);
SELECT ok(pg_temp.off((g).i * s0, (SELECT sum(i) FROM unnest(l))) < 1e-12, 'the local ones add up to S0 times all') FROM (SELECT bivariate_moran(i, j, x, v, w) AS g, local_bivariate_moran(i, j, x, v, w) AS l, sum(w) AS s0 FROM pair) s;
-- the definition, and p by permutation near that of the normal law of draws without replacement
SELECT ok(bool_and(abs(l.i - d.i) < 1e-12 AND abs(l.lag - d.lag) < 1e-11 AND l.value = d.x) AND count(*) = 60 AND max(abs(l.p - least(d.p, 1 - d.p))) < 0.12 AND avg(abs(l.p - least(d.p, 1 - d.p))) < 0.025, 'by sums, and p near the normal one')
FROM (SELECT local_bivariate_moran(i, j, x, v, w, 4999, 11) AS l FROM pair) s, unnest(s.l) l JOIN (SELECT i AS unit, x, lag, zx * lag / sx / sv AS i, normal_probability(sign(zx) * (lag + w * o.zi / 59) / sqrt((square - w ^ 2 / 59) * (60 * sv ^ 2 - o.zi ^ 2 * 60 / 59) / 58)) AS p
    FROM (SELECT i, x, x - mx AS zx, sx, sv, sum(w * (v - mv)) AS lag, sum(w) AS w, sum(w ^ 2) AS square FROM pair, (SELECT avg(x) AS mx, stddev_pop(x) AS sx FROM (SELECT DISTINCT i, x FROM pair) a) a, (SELECT avg(v) AS mv, stddev_pop(v) AS sv FROM (SELECT DISTINCT j, v FROM pair) b) b GROUP BY i, x, mx, sx, sv) q
    JOIN (SELECT DISTINCT j, v - avg(v) OVER () AS zi FROM (SELECT DISTINCT j, v FROM pair) c) o ON o.j = q.i) d USING (unit);
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/spatial/columbus_queen_data.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE columbus (id text, crime float8, inc float8, hoval float8);
\copy columbus FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_data.csv"' CSV HEADER
CREATE TEMP TABLE edge (i text, j text);
\copy edge FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_edges.csv"' CSV HEADER
CREATE TEMP TABLE expected (key text, value text);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/spatial/columbus_queen_expected.csv"' CSV HEADER
CREATE TEMP TABLE link AS SELECT i, j, a.crime AS x, b.crime AS y, a.inc, 1.0 / count(*) OVER (PARTITION BY i) AS w, (a.crime > m)::int AS high_x, (b.crime > m)::int AS high_y
FROM edge JOIN columbus a ON a.id = i JOIN columbus b ON b.id = j, (SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY crime) AS m FROM columbus) q;
CREATE TEMP TABLE got AS
SELECT k.key, k.value FROM (SELECT geary(i, j, x, y, w) AS gw, geary(i, j, x, y, 1) AS gb, moran(i, j, x, y, w) AS mw, moran(i, j, x, y, 1) AS mb, getis_ord(i, j, x, y, 1) AS g FROM link) s, LATERAL (VALUES
    ('geary_W_rand_C', (gw).c), ('geary_W_rand_VC', (gw).variance_random), ('geary_W_rand_p2', (gw).p_random), ('geary_W_norm_VC', (gw).variance), ('geary_W_norm_p2', (gw).p), ('geary_B_rand_C', (gb).c), ('geary_B_rand_VC', (gb).variance_random),
    ('geary_B_norm_VC', (gb).variance), ('moran_W_rand_I', (mw).i), ('moran_W_rand_VI', (mw).variance_random), ('moran_W_rand_z', (mw).z_random), ('moran_W_rand_p2', (mw).p_random), ('moran_W_norm_VI', (mw).variance),
    ('moran_B_rand_VI', (mb).variance_random), ('moran_B_rand_z', (mb).z_random), ('globalG_B_G', (g).g), ('globalG_B_EG', (g).expected), ('globalG_B_VG', (g).variance), ('globalG_B_z', (g).z), ('globalG_B_p2', (g).p)) k (key, value)
UNION ALL SELECT k.key, k.value FROM (SELECT j FROM (SELECT join_count(i, j, high_x, high_y, 1) AS l FROM link) s, unnest(s.l) j) u, LATERAL (VALUES
    (CASE (j).joins WHEN '1-1' THEN 'join_highhigh_' WHEN '0-0' THEN 'join_lowlow_' END || 'B', (j).count), (CASE (j).joins WHEN '1-1' THEN 'join_highhigh_' WHEN '0-0' THEN 'join_lowlow_' ELSE 'join_multi_highlow_' END || 'E', (j).expected),
    (CASE (j).joins WHEN '1-1' THEN 'join_highhigh_' WHEN '0-0' THEN 'join_lowlow_' ELSE 'join_multi_highlow_' END || 'V', (j).variance), (CASE (j).joins WHEN '1-1' THEN 'join_highhigh_' WHEN '0-0' THEN 'join_lowlow_' ELSE 'join_multi_highlow_' END || 'z', (j).z)) k (key, value) WHERE k.key IS NOT NULL;
SELECT ok(count(*) = 31 AND bool_and(pg_temp.off(g.value, e.value::float8) < 1e-9), 'spdep, Columbus: C, I and G with their variances, joins') || coalesce(E'\n# ' || string_agg(g.key || ' ' || g.value || ' ' || e.value, E'\n# ') FILTER (WHERE NOT pg_temp.off(g.value, e.value::float8) < 1e-9), '')
FROM got g JOIN expected e USING (key);
CREATE TEMP TABLE local AS SELECT l.* FROM (SELECT local_getis_ord(i, j, x, y, 1) AS l FROM link) s, unnest(s.l) l;
CREATE TEMP TABLE raw (line text);
\copy raw FROM PROGRAM 'cut -d, -f1,3,5,7 "$GOLDEN/evidence/spatial/columbus_queen_local_expected.csv" | tail -n +2 | tr , " "'
SELECT ok(count(*) = 49 AND bool_and(abs(g - f[2]::float8) < 1e-8 AND abs(g_star - f[3]::float8) < 1e-8 AND abs(p_star - f[4]::float8) < 1e-8), 'spdep, Columbus: local G and G* of 49 neighbourhoods') FROM local, LATERAL (SELECT string_to_array(line, ' ') AS f FROM raw) r WHERE f[1] = unit;
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
SELECT * FROM finish();
