-- landscape: FRAGSTATS and landscapemetrics, a second implementation in SQL, invariances, splits, speed of a large map
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(21);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / nullif(want, 0) - 1), CASE WHEN got = want THEN 0 ELSE 'Infinity'::float8 END)$$;
-- 30 by 23 cells of 4 classes in clumps, some not given
CREATE TEMP TABLE map AS
SELECT x, y, floor(2 + 2 * sin(x * 0.31 + 1.7 * cos(y * 0.23)) * cos(y * 0.4 - x * 0.11))::int AS class FROM generate_series(-12, 17) x, generate_series(-9, 13) y WHERE (x * 7 + y * 13) % 29 <> 0;
CREATE TEMP TABLE class AS SELECT m.* FROM (SELECT class_metrics(x, y, class, 30) AS c FROM map) s, unnest(c) m;
CREATE TEMP TABLE whole AS SELECT (landscape_metrics(x, y, class, 30)).* FROM map;
-- A second way: patches by window function, edges by self-join
CREATE TEMP TABLE patch AS SELECT *, patch_id(x, y, class) OVER () AS id FROM map;
CREATE TEMP TABLE pair AS SELECT a.class AS a, b.class AS b, a.id AS patch FROM patch a JOIN patch b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;
CREATE TEMP TABLE reached AS
WITH RECURSIVE r (x, y, class, root) AS (
    SELECT x, y, class, ARRAY[y, x] FROM map
    UNION
    SELECT m.x, m.y, m.class, r.root FROM r JOIN map m ON m.class = r.class AND abs(m.x - r.x) <= 1 AND abs(m.y - r.y) <= 1)
SELECT x, y, min(root) AS root FROM r GROUP BY x, y;
SELECT is(count(*), 0::bigint, 'patch_id numbers what a recursive query reaches, in the order of the first cells')
FROM patch JOIN (SELECT x, y, dense_rank() OVER (ORDER BY root) AS id FROM reached) r USING (x, y) WHERE patch.id <> r.id;
SELECT ok(bool_and(c.patches = p.patches AND c.cells = p.cells AND pg_temp.off(c.mean_patch_area, p.mean * 900) < 1e-13 AND pg_temp.off(c.largest_patch_index, 100.0 * p.largest / n) < 1e-13
    AND pg_temp.off(c.effective_mesh_size, p.squares * 900 / n) < 1e-13 AND pg_temp.off(c.area, p.cells * 900) < 1e-13), 'patches of each class by counting them')
FROM class c JOIN (SELECT class, count(*) AS patches, sum(cells) AS cells, avg(cells) AS mean, max(cells) AS largest, sum(cells ^ 2) AS squares FROM (SELECT class, id, count(*) AS cells FROM patch GROUP BY class, id) i GROUP BY class) p USING (class),
     (SELECT count(*) AS n FROM map) t;
SELECT ok(bool_and(c.edge_length = e.edges * 30 AND pg_temp.off(c.edge_density, e.edges / n::float8 / 30) < 1e-13), 'edges of each class by counting them')
FROM class c JOIN (SELECT a AS class, count(*) FILTER (WHERE a <> b) AS edges FROM pair GROUP BY a) e USING (class), (SELECT count(*) AS n FROM map) t;
SELECT ok(bool_and(pg_temp.off(c.mean_shape_index, s.shape) < 1e-13), 'shapes of each class by counting edges of each patch')
FROM class c JOIN (SELECT class, avg((4 * cells - coalesce(inner_edges, 0)) / (2 * ceil(2 * sqrt(cells::numeric) - 1e-12))) AS shape
                   FROM (SELECT class, id, count(*) AS cells FROM patch GROUP BY class, id) p LEFT JOIN (SELECT patch AS id, count(*) AS inner_edges FROM pair WHERE a = b GROUP BY patch) e USING (id) GROUP BY class) s USING (class);
SELECT ok(pg_temp.off(w.contagion, 100 * (1 + s.sum / (2 * ln(4.0)))) < 1e-12, 'contagion from its table of edges') FROM whole w, (
    SELECT sum(p * ln(p)) AS sum FROM (SELECT share * count(*) / sum(count(*)) OVER (PARTITION BY a) AS p FROM pair JOIN class ON class = a GROUP BY a, b, share) t) s;
SELECT ok(pg_temp.off(w.shannon_diversity, s.h) < 1e-13 AND pg_temp.off(w.shannon_evenness, s.h / ln(4.0)) < 1e-13 AND pg_temp.off(w.simpson_diversity, s.d) < 1e-13 AND w.patches = s.patches AND w.edge_length = s.edges / 2,
    'diversity, patches and edges of the whole') FROM whole w, (SELECT -sum(share * ln(share)) AS h, 1 - sum(share ^ 2) AS d, sum(patches) AS patches, sum(edge_length) AS edges FROM class) s;
-- Invariances
CREATE TEMP TABLE moved AS
SELECT t, class_metrics(u, v, class, 30) AS c, landscape_metrics(u, v, class, 30) AS l
FROM map, LATERAL (VALUES ('quarter turn', -y, x), ('half turn', -x, -y), ('mirror', -x, y), ('diagonal', y, x), ('moved', x + 100000, y - 77777)) m (t, u, v) GROUP BY t;
SELECT ok(count(*) = 20 AND bool_and(a.cells = b.cells AND a.patches = b.patches AND a.edge_length = b.edge_length AND a.aggregation_index = b.aggregation_index
    AND pg_temp.off(a.effective_mesh_size, b.effective_mesh_size) < 1e-14 AND pg_temp.off(a.mean_shape_index, b.mean_shape_index) < 1e-14), 'turned, mirrored, moved: classes stay as they are')
FROM moved, unnest(c) a JOIN class b USING (class);
SELECT ok(bool_and((l).patches = w.patches AND (l).contagion = w.contagion AND (l).edge_length = w.edge_length AND (l).shannon_diversity = w.shannon_diversity
    AND pg_temp.off((l).mean_shape_index, w.mean_shape_index) < 1e-14 AND pg_temp.off((l).effective_mesh_size, w.effective_mesh_size) < 1e-14), 'and so does the whole') FROM moved, whole w;
SELECT ok(bool_and(pg_temp.off(a.mean_shape_index, b.mean_shape_index) < 1e-13 AND a.cells = b.cells AND a.patches = b.patches AND a.edge_length = b.edge_length), 'other names of classes, the same numbers')
FROM class a JOIN (SELECT m.* FROM (SELECT class_metrics(x, y, 100 - 7 * class, 30) AS c FROM map) s, unnest(c) m) b ON b.class = 100 - 7 * a.class;
SELECT ok(a.contagion = b.contagion OR pg_temp.off(a.contagion, b.contagion) < 1e-13, 'nor does contagion know the names') FROM whole a, (SELECT (landscape_metrics(x, y, 100 - 7 * class, 30)).* FROM map) b;
SELECT ok(bool_and(m = w), 'any split of the map gives the same bits')
FROM (SELECT class_metrics(x, y, class, 30)::text AS w FROM map) a,
     LATERAL (SELECT k, class_metrics(rollup(s ORDER BY md5(k || part::text)))::text AS m FROM (SELECT k, (x * 31 + y * 17) % k AS part, landscape_state(x, y, class, 30 ORDER BY md5(x || ',' || y)) AS s FROM map, unnest(ARRAY[2, 3, 7, 50]) k GROUP BY 1, 2) p GROUP BY k) b;
SELECT ok(bool_and(a.id IS NOT DISTINCT FROM b.id), 'patch_id does not know the order of rows') FROM patch a JOIN (SELECT x, y, patch_id(x, y, class) OVER (ORDER BY md5(x || ' ' || y) ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS id FROM map) b USING (x, y);
-- Growth
CREATE TEMP TABLE grown AS SELECT x, y, before, after, growth_type(x, y, before, after) OVER () AS type
FROM (SELECT x, y, class > 2 AS before, class > 1 AND (x + y) % 5 <> 0 OR (x * y) % 17 = 1 AS after FROM map) s;
SELECT ok(bool_and((type IS NOT NULL) = (after AND NOT before)), 'what is newly built has a type, and nothing else') FROM grown;
SELECT is(count(*), 0::bigint, 'types from the rings of patches, by SQL')
FROM (SELECT x, y, type, patch_id(x, y, CASE WHEN after AND NOT before THEN 1 END) OVER () AS p FROM grown) g
JOIN (SELECT p, count(*) AS ring, count(*) FILTER (WHERE built) AS built
      FROM (SELECT DISTINCT p, x + dx AS x, y + dy AS y, coalesce((SELECT o.before FROM grown o WHERE o.x = g.x + dx AND o.y = g.y + dy), false) AS built
            FROM (SELECT x, y, patch_id(x, y, CASE WHEN after AND NOT before THEN 1 END) OVER () AS p FROM grown) g, generate_series(-1, 1) dx, generate_series(-1, 1) dy
            WHERE p IS NOT NULL AND NOT EXISTS (SELECT FROM grown o WHERE o.x = g.x + dx AND o.y = g.y + dy AND o.type IS NOT NULL)) r GROUP BY p) s USING (p)
WHERE type::text <> CASE WHEN built = 0 THEN 'leapfrog' WHEN 2 * built > ring THEN 'infill' ELSE 'extension' END;
SELECT ok(bool_and(a.type IS NOT DISTINCT FROM b.type), 'turned by a right angle, the same types') FROM grown a JOIN (SELECT x, y, growth_type(-y, x, before, after) OVER () AS type FROM grown) b USING (x, y);
SELECT ok(bool_and(a.type IS NOT DISTINCT FROM b.type), 'cells that are not built need not be given') FROM grown a JOIN (SELECT x, y, growth_type(x, y, before, after) OVER () AS type FROM grown WHERE before OR after) b USING (x, y);
\set golden `cd "$GOLDEN" 2>/dev/null && ls space/landscape/landscape30.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE land (r int, c int, class int);
\copy land FROM PROGRAM 'cat "$GOLDEN/space/landscape/landscape30.csv"' CSV HEADER
CREATE TEMP TABLE fragstats (metric text, value float8);
\copy fragstats FROM PROGRAM 'cat "$GOLDEN/space/landscape/landscape30_fragstats_landscape.csv"' CSV HEADER
CREATE TEMP TABLE f AS SELECT json_object_agg(metric, value) AS j FROM fragstats;
CREATE TEMP TABLE l AS SELECT (landscape_metrics(c, -r, class, 1)).* FROM land;
SELECT ok(patches = (j ->> 'NP')::float8 AND edge_length = (j ->> 'TE')::float8 AND abs(edge_density * 10000 - (j ->> 'ED')::float8) < 6e-5 AND abs(contagion - (j ->> 'CONTAG')::float8) < 6e-5
    AND abs(shannon_diversity - (j ->> 'SHDI')::float8) < 6e-5 AND abs(shannon_evenness - (j ->> 'SHEI')::float8) < 6e-5 AND abs(simpson_diversity - (j ->> 'SIDI')::float8) < 6e-5
    AND abs(largest_patch_index - (j ->> 'LPI')::float8) < 6e-5 AND abs(mean_shape_index - (j ->> 'SHAPE_MN')::float8) < 6e-5 AND abs(aggregation_index - (j ->> 'AI')::float8) < 6e-5
    AND abs(effective_mesh_size / 10000 - (j ->> 'MESH')::float8) < 6e-5, 'FRAGSTATS, 30 by 30 cells: all it prints of the whole') FROM l, f;
CREATE TEMP TABLE by_class (line text);
\copy by_class FROM PROGRAM 'tail -n +2 "$GOLDEN/space/landscape/landscape30_fragstats_class.csv"'
SELECT ok(count(*) = 3 AND bool_and(m.patches = v[4]::float8 AND abs(m.largest_patch_index - v[6]::float8) < 6e-5 AND m.edge_length = v[7]::float8 AND abs(m.edge_density * 10000 - v[8]::float8) < 6e-5
    AND abs(100 * m.share - v[3]::float8) < 6e-5 AND abs(m.mean_patch_area / 10000 - v[10]::float8) < 6e-5 AND abs(m.mean_shape_index - v[16]::float8) < 6e-5 AND abs(m.effective_mesh_size / 10000 - v[53]::float8) < 6e-5
    AND abs(m.aggregation_index - v[55]::float8) < 6e-5), 'and of each class')
FROM (SELECT string_to_array(line, ',') AS v FROM by_class) b JOIN (SELECT x.* FROM (SELECT class_metrics(c, -r, class, 1) AS c FROM land) s, unnest(c) x) m ON v[1] = 'cls_' || m.class;
CREATE TEMP TABLE r_package (level text, class text, id text, metric text, value float8);
\copy r_package FROM PROGRAM 'cat "$GOLDEN/space/landscape/landscape30_landscapemetrics_4dir.csv"' CSV HEADER NULL 'NA'
SELECT ok(count(*) > 15 AND bool_and(pg_temp.off(got, value) < 1e-12), 'landscapemetrics with 4 neighbours: patches, edges, mesh, shares of each class')
FROM r_package p JOIN (SELECT class, v.* FROM (SELECT x.* FROM (SELECT class_metrics(c, -r, class, 1, 4) AS c FROM land) s, unnest(c) x) m,
    LATERAL (VALUES ('np', m.patches::float8), ('te', m.edge_length), ('ed', m.edge_density * 10000), ('mesh', m.effective_mesh_size / 10000), ('lpi', m.largest_patch_index), ('pland', 100 * m.share), ('area_mn', m.mean_patch_area / 10000), ('ai', m.aggregation_index)) v (metric, got)) g
    ON p.level = 'class' AND p.class = g.class::text AND p.metric = g.metric;
\else
SELECT skip('the figures of test/fixture/golden are not here', 3);
\endif
-- A large map, and one of few bytes that stands for many cells
SELECT ok((l).cells = 1000000 AND (l).patches = 1000 AND pg_column_size(s) < 200000, 'a million cells in bands: 1,000 patches, a state of a few kilobytes')
FROM (SELECT s, landscape_metrics(s) AS l FROM (SELECT landscape_state(x, y, y % 2, 1) AS s FROM generate_series(1, 1000) y, generate_series(1, 1000) x) a) b;
SELECT is((SELECT sum((c).cells) FROM (SELECT unnest(class_metrics(s)) AS c FROM (SELECT landscape_state(x, y, y % 2, 1) AS s FROM generate_series(1, 30) y, generate_series(1, 40) x) a) b), 1200::numeric, 'cells are counted to the last');
SELECT * FROM finish();
