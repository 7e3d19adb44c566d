-- decomposition: the parts add up, whatever the groups, splits and order; PySAL's figures; Dagum by its definition
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
CREATE TEMP TABLE income AS SELECT i, exp(sin(i * 12.9898) * 2 + cos(i * 78.233))::float8 AS v, 1 + i * 7 % 5 AS w, CASE i % 6 WHEN 0 THEN 'rural' WHEN 1 THEN 'périurbain' ELSE 'urban ' || i % 2 END AS g
FROM generate_series(1, 500) i;
CREATE TEMP TABLE parts AS SELECT (inequality_by_group(v, w, g)).* FROM income;
SELECT plan(29);

SELECT is(groups, 4::bigint, 'four groups') FROM parts;
SELECT ok(pg_temp.off(theil_t_within + theil_t_between, theil_t) < 1e-13, 'Theil T adds up') FROM parts;
SELECT ok(pg_temp.off(theil_l_within + theil_l_between, theil_l) < 1e-13, 'Theil L adds up') FROM parts;
SELECT ok(pg_temp.off(gini_within + gini_between + gini_overlap, gini) < 1e-13, 'Gini with its overlap') FROM parts;
SELECT ok(pg_temp.off(atkinson_1_within + atkinson_1_between - atkinson_1_within * atkinson_1_between, atkinson_1) < 1e-13, 'Atkinson: (1 - A) = (1 - within)(1 - between)') FROM parts;
SELECT ok(pg_temp.off(p.theil_t, theil_t(v, w)) < 1e-13 AND pg_temp.off(p.theil_l, theil_l(v, w)) < 1e-13 AND pg_temp.off(p.gini, gini(v, w)) < 1e-13 AND pg_temp.off(p.atkinson_1, atkinson(v, w, 1)) < 1e-13,
    'totals are the plain indices') FROM parts p, income GROUP BY p.theil_t, p.theil_l, p.gini, p.atkinson_1;
SELECT ok(bool_and(pg_temp.off((e).within + (e).between, (e).total) < 1e-12) AND count(*) = 9, 'GE adds up for every alpha')
FROM generate_series(-2, 3, 0.625) a, LATERAL (SELECT entropy_by_group(v, w, g, a) AS e FROM income) x;
SELECT ok(pg_temp.off((e).within, p.theil_t_within) < 1e-13 AND pg_temp.off((f).between, p.theil_l_between) < 1e-13, 'GE(1) is Theil T, GE(0) Theil L')
FROM parts p, (SELECT entropy_by_group(v, w, g, 1) AS e, entropy_by_group(v, w, g, 0) AS f FROM income) x;
SELECT ok(bool_and(pg_temp.off((a).within + (a).between - (a).within * (a).between, (a).total) < 1e-12), 'Atkinson for every epsilon') FROM generate_series(0.25, 3, 0.25) e, LATERAL (SELECT atkinson_by_group(v, w, g, e) AS a FROM income) x;

-- By their definitions, in SQL
CREATE TEMP TABLE groups AS SELECT g, sum(w)::float8 / total AS p, sum(w * v) / all_v AS s, sum(w * v) / sum(w) AS m, theil_t(v, w) AS t, theil_l(v, w) AS l, gini(v, w) AS gi, atkinson(v, w, 1) AS a
FROM income, (SELECT sum(w) AS total, sum(w * v) AS all_v FROM income) x GROUP BY g, total, all_v;
SELECT ok(pg_temp.off(q.theil_t_within, sum(s * t)) < 1e-12 AND pg_temp.off(q.theil_l_within, sum(p * l)) < 1e-12 AND pg_temp.off(q.gini_within, sum(p * s * gi)) < 1e-12
          AND pg_temp.off(q.atkinson_1_within, 1 - exp(sum(p * ln(1 - a)))) < 1e-12, 'within parts') FROM parts q, groups GROUP BY q.theil_t_within, q.theil_l_within, q.gini_within, q.atkinson_1_within;
SELECT ok(pg_temp.off(q.theil_t_between, theil_t(m, p)) < 1e-12 AND pg_temp.off(q.theil_l_between, theil_l(m, p)) < 1e-12 AND pg_temp.off(q.gini_between, gini(m, p)) < 1e-12
          AND pg_temp.off(q.atkinson_1_between, atkinson(m, p, 1)) < 1e-12, 'between parts are the indices of group means') FROM parts q, groups GROUP BY q.theil_t_between, q.theil_l_between, q.gini_between, q.atkinson_1_between;
SELECT ok(pg_temp.off(gini_overlap, t) < 1e-10, 'the overlap is Dagum''s transvariation: rows of the poorer group above rows of the richer')
FROM parts, (SELECT 2 * sum(a.w * b.w * (b.v - a.v)) / x.w ^ 2 / x.m AS t FROM income a JOIN groups ga USING (g), income b JOIN groups gb USING (g), (SELECT sum(w) AS w, sum(w * v) / sum(w) AS m FROM income) x
             WHERE ga.m > gb.m AND b.v > a.v GROUP BY x.w, x.m) d;
SELECT ok(bool_and(pg_temp.off(r.weight_share, p) < 1e-13 AND pg_temp.off(r.value_share, s) < 1e-13 AND pg_temp.off(mean, m) < 1e-13 AND pg_temp.off(r.gini, x.gi) < 1e-13 AND pg_temp.off(theil_t, t) < 1e-13) AND count(*) = 4,
    'one row a group') FROM (SELECT group_inequality(v, w, g) AS rows FROM income) s, unnest(rows) r JOIN groups x ON x.g = r.grp;
SELECT is((SELECT array_agg(grp) FROM (SELECT group_inequality(v, w, g) AS rows FROM income) s, unnest(rows)), '{périurbain,rural,"urban 0","urban 1"}', 'in bytewise order');

-- One group, one row a group
SELECT ok(theil_t_between = 0 AND gini_between = 0 AND gini_overlap < 1e-15 AND theil_t_within = theil_t AND theil_l_between = 0 AND pg_temp.off(gini_within, gini) < 1e-15, 'one group: all within')
FROM (SELECT (inequality_by_group(v, w, 'all')).* FROM income) s;
SELECT ok(theil_t_within = 0 AND gini_within = 0 AND pg_temp.off(theil_t_between, theil_t) < 1e-13 AND pg_temp.off(gini_between, gini) < 1e-13 AND atkinson_1_within = 0, 'a group each: all between')
FROM (SELECT (inequality_by_group(v, w, i::text)).* FROM income) s;
SELECT ok(pg_temp.off(a.gini_overlap, b.gini_overlap) < 1e-13 AND pg_temp.off(a.theil_t_within, b.theil_t_within) < 1e-13, 'names of groups do not matter')
FROM parts a, (SELECT (inequality_by_group(v, w, md5(g))).* FROM income) b;
SELECT ok(pg_temp.off(a.theil_l_within, b.theil_l_within) < 1e-13 AND pg_temp.off(a.gini_within, b.gini_within) < 1e-13, 'a weight of 3 is three rows')
FROM parts a, (SELECT (inequality_by_group(v, g)).* FROM income, generate_series(1, w)) b;

-- Splits
SELECT ok(bool_and(same), 'random splits, merged in random order, are one pass') FROM (
    SELECT inequality_by_group(rollup(s ORDER BY random()))::text = (SELECT inequality_by_group(v, w, g)::text FROM income) AS same
    FROM (SELECT k, grouped_state(v, w, g)::text::grouped_state AS s FROM (SELECT k, v, w, g, floor(random() * k) AS part FROM income, generate_series(1, 40, 3) k ORDER BY random()) x GROUP BY k, part) p GROUP BY k) q;
SELECT ok(terrbal_support.grouped_state_send(a) = terrbal_support.grouped_state_send(b), 'a state is the same bytes whatever the row order')
FROM (SELECT grouped_state(v, w, g ORDER BY i) AS a, grouped_state(v, w, g ORDER BY g DESC, v) AS b FROM income) s;
SELECT ok(entropy_by_group(v, w, g, 2) = entropy_by_group(grouped_state(v, w, g), 2) AND atkinson_by_group(v, g, 0.5) = atkinson_by_group(grouped_state(v, g), 0.5)
          AND inequality_by_group(v, g) = inequality_by_group(grouped_state(v, g)) AND group_inequality(v, g) = group_inequality(grouped_state(v, g)), 'aggregates are the accessors on states') FROM income;
SELECT is((inequality_by_group(rollup(s))).groups, 20000::bigint, 'many groups') FROM (SELECT grouped_state(i % 777, 'group ' || i % 20000) AS s FROM generate_series(1, 60000) i GROUP BY i % 3) p;

-- Degenerate
SELECT ok(theil_t = ln(2::float8) AND theil_t_between = theil_t AND theil_t_within = 0 AND theil_l IS NULL AND theil_l_within IS NULL AND theil_l_between IS NULL AND gini = 0.5 AND gini_between = 0.5
          AND atkinson_1 = 1 AND atkinson_1_between = 1, 'zeros (PySAL): all between')
FROM (SELECT (inequality_by_group(v, g)).* FROM unnest('{0,0,0,10,10,10}'::float8[], '{a,a,a,b,b,b}'::text[]) x(v, g)) s;
SELECT is(inequality_by_group(v, g), NULL, 'no rows: NULL') FROM income WHERE false;
SELECT is((inequality_by_group(v, w, CASE WHEN i > 10 THEN g END)).n, 490::bigint, 'a row without group is skipped') FROM income;
SELECT ok(theil_t IS NULL AND atkinson_1 IS NULL AND pg_temp.off(gini_within + gini_between + gini_overlap, gini) < 1e-14, 'negative values: Gini only')
FROM (SELECT (inequality_by_group(v, g)).* FROM unnest('{-10,5,20,40}'::float8[], '{a,b,b,a}'::text[]) x(v, g)) s;

\set golden `cd "$GOLDEN" 2>/dev/null && ls fiscal/pysal_expected.json fiscal/pysal_mexico.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE j (doc text);
\copy j (doc) FROM PROGRAM 'tr -d "\n" < "$GOLDEN/fiscal/pysal_expected.json"' (DELIMITER E'\x01')
CREATE TEMP TABLE mexico (state text, y1940 float8, y1950 float8, y1960 float8, y1970 float8, y1980 float8, y1990 float8, y2000 float8, hanson03 float8, hanson98 float8, esquivel99 float8, inegi float8, inegi2 float8);
\copy mexico FROM PROGRAM 'cat "$GOLDEN/fiscal/pysal_mexico.csv"' CSV HEADER
CREATE TEMP TABLE years AS SELECT n AS i, (inequality_by_group(y, hanson98::text)).* FROM mexico, unnest(ARRAY[y1940, y1950, y1960, y1970, y1980, y1990, y2000]) WITH ORDINALITY u(y, n) GROUP BY n;
SELECT ok(max(abs(theil_t - e::float8)) < 1e-8 AND count(*) = 7, 'PySAL: Theil T') FROM years JOIN (SELECT e, i FROM j, json_array_elements_text(doc::json->'theil_T') WITH ORDINALITY x(e, i)) g USING (i);
SELECT ok(max(abs(theil_t_between - e::float8)) < 1e-8 AND count(*) = 7, 'PySAL: between') FROM years JOIN (SELECT e, i FROM j, json_array_elements_text(doc::json->'theil_between') WITH ORDINALITY x(e, i)) g USING (i);
SELECT ok(max(abs(theil_t_within - e::float8)) < 1e-8 AND count(*) = 7, 'PySAL: within') FROM years JOIN (SELECT e, i FROM j, json_array_elements_text(doc::json->'theil_within') WITH ORDINALITY x(e, i)) g USING (i);
\else
SELECT skip('the figures of test/fixture/golden are not here', 3);
\endif
SELECT finish();
