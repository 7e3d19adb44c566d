-- functional areas: goldens of Brindisi (LabourMarketAreas, Intramax, igraph) and what must hold on any flows
SET client_min_messages = warning;
SET search_path = terrbal, public;
\set golden `cd "$GOLDEN" 2>/dev/null && ls flows/intramax_brindisi_expected.csv flows/lma_brindisi_expected_clusters.csv flows/lma_brindisi_expected_stats.csv flows/lma_brindisi_flows.csv flows/lma_sardinia_flows.csv.gz >/dev/null 2>&1 && echo yes || echo no`
SELECT plan(58);

CREATE TEMP TABLE od (o text, d text, f float8);
INSERT INTO od
SELECT 'z' || lpad(i::text, 3, '0'), 'z' || lpad(j::text, 3, '0'), floor((i * 7919 + j * 104729) % 997 / (1 + power(i / 6 - j / 6, 2) * 5) * CASE WHEN i = j THEN 8 ELSE 1 END)
FROM generate_series(1, 60) i, generate_series(1, 60) j WHERE i = j OR (i * 31 + j * 17) % 5 < 2;

CREATE TEMP VIEW lma AS SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 2000, 12000, 0.6667, 0.75)) m FROM od) s;
SELECT is((SELECT count(*) FROM lma), 60::bigint, 'every zone once');
SELECT is((SELECT count(DISTINCT zone) FROM lma), 60::bigint, 'no zone twice');
SELECT is((SELECT sum(residents) FROM (SELECT DISTINCT area, residents FROM lma) a), (SELECT sum(f) FROM od), 'residents of the areas are all residents');
SELECT is((SELECT sum(jobs) FROM (SELECT DISTINCT area, jobs FROM lma) a), (SELECT sum(f) FROM od), 'jobs of the areas are all jobs');
SELECT is((SELECT sum(internal) FROM (SELECT DISTINCT area, internal FROM lma) a),
    (SELECT sum(f) FROM od JOIN lma a ON a.zone = o JOIN lma b ON b.zone = d WHERE a.area = b.area), 'internal flows are the flows inside');
SELECT is((SELECT bool_and(area = (SELECT min(zone COLLATE "C") FROM lma b WHERE b.area = a.area)) FROM lma a), true, 'an area is named by its smallest member');
SELECT cmp_ok((SELECT count(DISTINCT area) FROM lma), '>', 1::bigint, 'more than one area');
SELECT is((SELECT array_agg((zone, area, validity)::text ORDER BY zone) FROM lma),
    (SELECT array_agg((zone, area, validity)::text ORDER BY zone) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 2000, 12000, 0.6667, 0.75)) m FROM (SELECT * FROM od ORDER BY md5(o || d)) r) s) t),
    'row order moves no zone');
SELECT is((SELECT array_agg((zone, area, validity)::text ORDER BY zone) FROM lma),
    (SELECT array_agg((zone, area, validity)::text ORDER BY zone) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(flow_state(o, d, f), 2000, 12000, 0.6667, 0.75)) m FROM od) s) t), 'stored flows give the same');
SELECT is((SELECT array_agg((zone, area)::text ORDER BY zone) FROM lma),
    (SELECT array_agg((zone, area)::text ORDER BY zone) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f * 64, 2000 * 64, 12000 * 64, 0.6667, 0.75)) m FROM od) s) t), 'scaling flows and sizes moves no zone');
SELECT is((SELECT count(DISTINCT area) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 1, 2, 0.0001, 0.0001)) m FROM od) s) t), 60::bigint, 'no demands: every zone by itself');
SELECT is((SELECT count(DISTINCT area) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 1, 2, 1, 1)) m FROM od) s) t) <= 1, true, 'self-containment 1: at most the whole is left');
SELECT is((SELECT array_agg((zone, area)::text ORDER BY zone) FROM lma),
    (SELECT array_agg((zone, area)::text ORDER BY zone) FROM (SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, g, 2000, 12000, 0.6667, 0.75)) m
        FROM (SELECT o, d, f / 4 AS g FROM od, generate_series(1, 4)) r) s) t), 'repeated pairs add up');

-- the American rule, by definition: ties of each zone to each core, cores that are one, then the strongest tie
CREATE TEMP VIEW central AS SELECT o, d, f, o IN ('z001', 'z020', 'z041', 'z042') AS central FROM od;
CREATE TEMP TABLE american AS SELECT (m).* FROM (SELECT unnest(commuting_areas(o, d, f, central, 0.05, 0.08)) m FROM central) s;
CREATE TEMP TABLE zone_tie AS
WITH zone AS (SELECT zone, coalesce((SELECT sum(f) FROM od WHERE o = zone), 0) AS residents, coalesce((SELECT sum(f) FROM od WHERE d = zone), 0) AS jobs FROM (SELECT o AS zone FROM od UNION SELECT d FROM od) z)
SELECT zone, core, coalesce((SELECT sum(f) FROM od WHERE o = zone AND d = core), 0) / nullif(residents, 0) AS out, coalesce((SELECT sum(f) FROM od WHERE o = core AND d = zone), 0) / nullif(jobs, 0) AS inn
FROM zone, (SELECT DISTINCT o AS core FROM central WHERE central) c;
SELECT is((SELECT count(*) FROM zone_tie a WHERE zone <> core AND zone IN (SELECT core FROM zone_tie) AND (out >= 0.05 OR inn >= 0.08)), 0::bigint, 'four cores that are not one');
SELECT is((SELECT count(*) FROM american a LEFT JOIN (SELECT DISTINCT ON (zone) zone, core, greatest(out, inn) AS strength FROM zone_tie WHERE (out >= 0.05 OR inn >= 0.08) AND zone NOT IN (SELECT core FROM zone_tie)
        ORDER BY zone, greatest(out, inn) DESC, core COLLATE "C") w USING (zone)
    WHERE CASE WHEN a.role = 'city' THEN a.fua <> a.zone WHEN a.role = 'outside' THEN w.core IS NOT NULL ELSE (a.fua, round(a.share::numeric, 12)) IS DISTINCT FROM (w.core, round(w.strength::numeric, 12)) END),
    0::bigint, 'commuting areas by definition');
SELECT ok(count(*) FILTER (WHERE role = 'commuting_zone') > 3 AND count(*) FILTER (WHERE role = 'outside') > 3, 'some are outlying, some are not') FROM american;
SELECT results_eq('SELECT zone, fua, role, share FROM american ORDER BY 1', $$SELECT (m).zone, (m).fua, (m).role, (m).share FROM (SELECT unnest(commuting_areas(o, d, f * 64, CASE WHEN central THEN o END, 0.05, 0.08)) m FROM (SELECT * FROM central ORDER BY md5(d || o)) r) s ORDER BY 1$$,
    'neither the unit, nor row order, nor the name of the core moves a zone');
-- the hierarchy of proximities
CREATE TEMP TABLE linked AS SELECT m.* FROM (SELECT average_linkage(o, d, f) AS m FROM od) s, unnest(s.m) m;
SELECT ok(count(*) = 59 AND bool_and(objective <= before) AND max(intrazonal_share) = 1, 'averages only fall, and all ends inside') FROM (SELECT *, lag(objective, 1, 1::float8) OVER (ORDER BY step) AS before FROM linked) l;
SELECT is((SELECT (zone_a, zone_b, round(objective::numeric, 12)) FROM linked WHERE step = 1),
    (SELECT (a.o, b.o, round(least(0.999, (coalesce(ab.f, 0) + coalesce(ba.f, 0)) / least(a.r, b.r))::numeric, 12)) FROM (SELECT o, sum(f) AS r FROM od GROUP BY o) a JOIN (SELECT o, sum(f) AS r FROM od GROUP BY o) b ON a.o < b.o
        LEFT JOIN od ab ON (ab.o, ab.d) = (a.o, b.o) LEFT JOIN od ba ON (ba.o, ba.d) = (b.o, a.o) ORDER BY (coalesce(ab.f, 0) + coalesce(ba.f, 0)) / least(a.r, b.r) DESC, 1 LIMIT 1), 'the first merge is the closest pair');
SELECT results_eq('SELECT step, zone_a, zone_b, objective FROM linked ORDER BY step', $$SELECT (m).step, (m).zone_a, (m).zone_b, (m).objective FROM (SELECT unnest(average_linkage(x)) m FROM (SELECT rollup(s) AS x FROM (SELECT flow_state(o, d, f * 64) AS s FROM od GROUP BY d) p) q) s$$,
    'nor do parts or units');

-- why a zone is in no area
CREATE TEMP VIEW odd AS SELECT 'pair' || f AS o, 'pair' || d AS d, x AS f FROM (VALUES ('a', 'a', 900), ('a', 'b', 20), ('b', 'b', 900), ('b', 'a', 30)) v (f, d, x)
    UNION ALL VALUES ('a farm', 'paira', 5), ('mine', 'mine', 0), ('paira', 'mine', 8), ('island', 'island', 7), ('islet', 'mine', 2), ('islet', 'islet', 3), ('nothing', 'nothing', 0);
SELECT results_eq($$SELECT (m).zone, (m).status FROM (SELECT unnest(labour_market_areas(o, d, f, 100, 1000, 0.6667, 0.75)) m FROM odd) s$$,
    $$VALUES ('a farm', 'no_jobs'), ('island', 'no_link'), ('islet', 'no_link'), ('mine', 'no_residents'), ('nothing', 'no_residents'), ('paira', 'area'), ('pairb', 'area')$$, 'every zone without an area says why');
SELECT is((SELECT array_agg(DISTINCT (m).status) FROM (SELECT unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM (VALUES ('a', 'a', 6), ('b', 'a', 7), ('b', 'b', 9), ('c', 'a', 8), ('c', 'b', 7),
    ('d', 'a', 5), ('d', 'b', 4), ('d', 'c', 4), ('d', 'd', 7)) v (o, d, f)) s), ARRAY['unassigned'], 'linked zones of which no area meets the targets');
SELECT is((SELECT bool_and((status = 'area') = (area IS NOT NULL)) FROM lma), true, 'status area, and only it, has an area');

-- stored states
SELECT is((SELECT array_agg((zone, area)::text ORDER BY zone) FROM lma), (SELECT array_agg((zone, area)::text ORDER BY zone) FROM (SELECT (unnest(labour_market_areas(rollup(s)))).* FROM
    (SELECT labour_market_state(o, d, f, 2000, 12000, 0.6667, 0.75)::text::labour_market_state AS s FROM od GROUP BY hashtext(o || d) % 5) p) t), 'stored parts rolled up give the same');
SELECT is((SELECT labour_market_state(o, d, f, 2000, 12000, 0.6667, 0.75)::text FROM od), (SELECT rollup(s)::text FROM (SELECT labour_market_state(o, d, f, 2000, 12000, 0.6667, 0.75) AS s FROM od GROUP BY hashtext(d) % 3) p), 'to the byte');
SELECT throws_ok($$SELECT rollup(s) FROM (SELECT labour_market_state(o, d, f, 2000, 12000 + n, 0.6667, 0.75) AS s FROM od, generate_series(1, 2) n GROUP BY n) p$$, '22023', NULL, 'states with other targets do not mix');

-- urban areas
CREATE TEMP VIEW fua AS SELECT t, (m).* FROM (SELECT t, unnest(functional_urban_areas(o, d, f, CASE WHEN o IN ('z001', 'z002', 'z030') THEN 'city ' || o END, CASE WHEN d IN ('z001', 'z002', 'z030') THEN 'city ' || d END, t)) m
    FROM od, unnest(ARRAY[0, 0.05, 0.15, 0.4, 1]) t GROUP BY t) s;
SELECT is((SELECT count(*) FROM fua WHERE t = 0 AND role = 'outside' AND zone IN (SELECT o FROM od WHERE d IN ('z001', 'z002', 'z030') AND f > 0)), 0::bigint, 'threshold 0: every zone that sends anybody');
SELECT is((SELECT count(*) FROM fua WHERE t = 1 AND role <> 'outside'), 3::bigint, 'threshold 1: cities only, since nobody sends all');
SELECT is((SELECT bool_and(role <> 'commuting_zone' OR share >= t) FROM fua), true, 'commuting zones reach the threshold');
SELECT is((SELECT bool_and(role <> 'outside' OR share < t OR share = 0) FROM fua), true, 'the rest does not');
SELECT is((SELECT bool_and((fua IS NULL) = (role = 'outside')) FROM fua), true, 'outside is outside');
SELECT is((SELECT array_agg(n) FROM (SELECT count(*) FILTER (WHERE role = 'commuting_zone') AS n FROM fua GROUP BY t ORDER BY t) s),
    (SELECT array_agg(n ORDER BY n DESC) FROM (SELECT count(*) FILTER (WHERE role = 'commuting_zone') AS n FROM fua GROUP BY t) s), 'a higher threshold never has more');

-- enclaves and exclaves on maps drawn by hand; neighbours given once or twice
CREATE FUNCTION pg_temp.map(VARIADIC rows text[]) RETURNS SETOF text LANGUAGE sql AS $$
    WITH cell AS (SELECT y, x, chr(64 + y::int) || x AS zone, nullif(substr(r, x, 1), '.') AS area FROM unnest(rows) WITH ORDINALITY u(r, y), generate_series(1, length(r)) x),
    result AS (SELECT unnest(contiguous_areas(a.zone, a.area, b.zone)) m FROM cell a LEFT JOIN cell b ON abs(a.x - b.x) + abs(a.y - b.y) = 1)
    SELECT string_agg(coalesce((m).area, '.'), '' ORDER BY (m).zone) FROM result GROUP BY left((m).zone, 1) ORDER BY left((m).zone, 1)
$$;
SELECT results_eq($$SELECT pg_temp.map('aaa', 'a.a', 'aaa')$$, ARRAY['aaa', 'aaa', 'aaa'], 'a hole is filled');
SELECT results_eq($$SELECT pg_temp.map('aaa.', 'aba.', 'aabb')$$, ARRAY['aaa.', 'aaa.', 'aabb'], 'an exclave inside another area belongs to it');
SELECT results_eq($$SELECT pg_temp.map('aa..a', 'aa...', '.....')$$, ARRAY['aa...', 'aa...', '.....'], 'an exclave in the open is dropped');
SELECT results_eq($$SELECT pg_temp.map('aab', 'a.b', 'abb')$$, ARRAY['aab', 'a.b', 'abb'], 'a zone between two areas stays free');
SELECT results_eq($$SELECT pg_temp.map('aaaa', 'a..a', 'aaaa')$$, ARRAY['aaaa', 'a..a', 'aaaa'], 'two free zones have each other');

-- Intramax, dominant flows, modularity
CREATE TEMP VIEW steps AS SELECT (m).* FROM (SELECT unnest(intramax(o, d, f)) m FROM od) s;
SELECT is((SELECT count(*) FROM steps), 59::bigint, 'n - 1 merges');
SELECT is((SELECT bool_and(intrazonal_share >= lag) FROM (SELECT intrazonal_share, lag(intrazonal_share, 1, 0::float8) OVER (ORDER BY step) AS lag FROM steps) s), true, 'the intrazonal share never falls');
SELECT is((SELECT intrazonal_share FROM steps WHERE step = 59), 1::float8, 'and ends at 1');
SELECT is((SELECT bool_and(zone_a COLLATE "C" < zone_b) FROM steps), true, 'smaller member first');
SELECT is((SELECT count(DISTINCT zone_b) FROM steps), 59::bigint, 'a region is absorbed once');
CREATE TEMP VIEW nodal AS SELECT (m).* FROM (SELECT unnest(dominant_flows(o, d, f)) m FROM od) s;
SELECT is((SELECT count(*) FROM nodal a JOIN nodal b ON b.zone = a.dominant WHERE b.role NOT IN ('dominant', 'intermediate')), 0::bigint, 'what dominates has a role to match');
SELECT is((SELECT count(*) FROM nodal a JOIN nodal b ON b.zone = a.hub WHERE b.dominant IS NOT NULL), 0::bigint, 'hubs are roots');
SELECT is((SELECT count(*) FROM nodal a JOIN nodal b ON b.zone = a.dominant WHERE a.hub <> b.hub), 0::bigint, 'a zone has the hub of what dominates it');
SELECT is((SELECT count(*) FROM (WITH RECURSIVE walk AS (SELECT zone AS z, dominant, 0 AS depth FROM nodal UNION ALL SELECT w.z, n.dominant, depth + 1 FROM walk w JOIN nodal n ON n.zone = w.dominant WHERE depth < 100)
    SELECT FROM walk WHERE depth = 100) w), 0::bigint, 'no cycle');
SELECT is((SELECT modularity('one', 'one', f) FROM od), 0::float8, 'one area: modularity 0');
SELECT ok(abs((SELECT modularity(d, o, f) - modularity(o, d, f) FROM od)) < 1e-14, 'turning all flows round leaves modularity');

\if :golden
CREATE TEMP TABLE brindisi (o text, d text, f float8);
\copy brindisi FROM PROGRAM 'cat "$GOLDEN/flows/lma_brindisi_flows.csv"' CSV HEADER
CREATE TEMP TABLE cluster (zone text, cluster text, residents float8);
\copy cluster FROM PROGRAM 'cat "$GOLDEN/flows/lma_brindisi_expected_clusters.csv"' CSV HEADER
CREATE TEMP TABLE stats (lma text, residents float8, jobs float8, validity float8, internal float8, percent float8, ratio float8, demand float8, supply float8, n int, links text, cohesion text, central int, links_in int, links_out int);
\copy stats FROM PROGRAM 'cat "$GOLDEN/flows/lma_brindisi_expected_stats.csv"' CSV HEADER
CREATE TEMP TABLE hierarchy (n int, zone text, region text, objective float8);
\copy hierarchy FROM PROGRAM 'cat "$GOLDEN/flows/intramax_brindisi_expected.csv"' CSV HEADER
CREATE TEMP TABLE area AS SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM brindisi) s;
SELECT set_eq('SELECT array_agg(zone ORDER BY zone) FROM area GROUP BY area', 'SELECT array_agg(zone ORDER BY zone) FROM cluster GROUP BY cluster', 'Brindisi: the partition of LabourMarketAreas');
SELECT is((SELECT count(*) FROM (SELECT DISTINCT area, residents, jobs, internal FROM area) a JOIN stats USING (residents, jobs, internal)), 9::bigint, 'Brindisi: residents, jobs and internal flows');
SELECT cmp_ok((SELECT max(greatest(abs(a.validity / s.validity - 1), abs(supply_self_containment / supply - 1), abs(demand_self_containment / demand - 1))) FROM area a JOIN stats s USING (residents, jobs)), '<=', 1e-12::float8,
    'Brindisi: validity and self-containments');
-- the partition exact: LabourMarketAreas on census commuters of Sardinia and on systems of 6 and 30 zones
CREATE TEMP TABLE golden (system text, o text, d text, f float8);
CREATE TEMP TABLE expected (system text, zone text, area text);
\copy golden FROM PROGRAM 'cd "$GOLDEN/flows"; for s in m6 r30_1 r30_3; do tail -n +2 lma_$s.csv | sed "s/^/$s,/"; done; zcat lma_sardinia_flows.csv.gz | tail -n +2 | sed "s/^/sardinia,/"' CSV
\copy expected FROM PROGRAM 'cd "$GOLDEN/flows"; for s in m6 r30_1 r30_3; do tail -n +2 lma_${s}_expected.csv | sed "s/^/$s,/"; done; tail -n +2 lma_sardinia_expected_1000.csv | sed "s/^/sardinia,/"' CSV
CREATE TEMP TABLE found AS SELECT system, (m).* FROM (SELECT system, unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM golden GROUP BY system) s;
SELECT results_eq('SELECT system, count(*) FROM found GROUP BY system ORDER BY system', $$VALUES ('m6', 6::bigint), ('r30_1', 30), ('r30_3', 30), ('sardinia', 377)$$, 'every zone of the goldens');
SELECT set_eq('SELECT system, array_agg(zone ORDER BY zone) FROM found GROUP BY system, area', 'SELECT system, array_agg(zone ORDER BY zone) FROM expected GROUP BY system, area', 'Sardinia and invented systems: the partition of LabourMarketAreas');
CREATE TEMP TABLE level AS
WITH RECURSIVE m AS (SELECT (m).* FROM (SELECT unnest(intramax(o, d, f)) m FROM brindisi) s),
r (n, zone, region, objective) AS (SELECT 20, zone, zone, 0::float8 FROM (SELECT DISTINCT o AS zone FROM brindisi) z
    UNION ALL SELECT n - 1, r.zone, CASE r.region WHEN m.zone_b THEN m.zone_a ELSE r.region END, m.objective FROM r JOIN m ON m.step = 21 - n)
SELECT * FROM r WHERE n < 20;
SELECT is((SELECT count(*) FROM level JOIN hierarchy h USING (n, zone), LATERAL (SELECT min(zone) AS region FROM hierarchy WHERE n = h.n AND region = h.region) g WHERE level.region = g.region), 380::bigint, 'Brindisi: all regions of Intramax at all levels');
SELECT cmp_ok((SELECT max(abs(level.objective / h.objective - 1)) FROM level JOIN hierarchy h USING (n, zone)), '<=', 1e-10::float8, 'Brindisi: objectives of the merges');
SELECT cmp_ok(abs((SELECT modularity(a.area, b.area, f) FROM brindisi JOIN area a ON a.zone = o JOIN area b ON b.zone = d) - 0.645599779013028), '<=', 1e-14::float8, 'Brindisi: modularity as igraph');
SELECT is((SELECT array_agg((zone, area, validity)::text ORDER BY zone) FROM area),
    (SELECT array_agg(((m).zone, (m).area, (m).validity)::text ORDER BY (m).zone) FROM (SELECT unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM (SELECT * FROM brindisi ORDER BY f DESC) r) s), 'Brindisi: in any row order');
SELECT ok(count(*) = 20, 'Brindisi: once more') FROM (SELECT unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM brindisi) s;
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 10);
\endif
SELECT * FROM finish();
