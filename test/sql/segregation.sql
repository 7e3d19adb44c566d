SET search_path = terrbal, public;
CREATE TEMP TABLE quarter (district text, quarter text, household text, n int);
INSERT INTO quarter VALUES ('north', 'n1', 'owner', 900), ('north', 'n1', 'tenant', 100), ('north', 'n2', 'owner', 600), ('north', 'n2', 'tenant', 400),
    ('south', 's1', 'owner', 200), ('south', 's1', 'tenant', 800), ('south', 's2', 'tenant', 500), ('south', 's2', 'squatter', 500);
-- all indices at once
SELECT units, groups, total, round(dissimilarity::numeric, 4) AS d, round(gini::numeric, 4) AS gini, round(entropy_index::numeric, 4) AS h,
       round(mutual_information::numeric, 4) AS m, round(relative_diversity::numeric, 4) AS r
FROM (SELECT (segregation(quarter, household, n)).* FROM quarter) s;
-- who meets whom
SELECT g AS grp, round(s.isolation[i]::numeric, 3) AS isolation, round(s.exposure[i][1]::numeric, 3) AS to_owner, round(s.exposure[i][2]::numeric, 3) AS to_squatter,
       round(s.exposure[i][3]::numeric, 3) AS to_tenant
FROM (SELECT (segregation(quarter, household, n)).* FROM quarter) s, unnest(s.grp) WITH ORDINALITY u (g, i) ORDER BY i;
-- between districts and within them
SELECT round(mutual_information::numeric, 4) AS m, round("between"::numeric, 4) AS between, round(within::numeric, 4) AS within,
       round(entropy_between::numeric, 4) AS h_between, round(entropy_within::numeric, 4) AS h_within
FROM (SELECT (segregation_decomposition(quarter, household, n, district)).* FROM quarter) s;
-- where it lies
SELECT unit, total, round(score::numeric, 4) AS score, round((share * score)::numeric, 4) AS part
FROM (SELECT local_segregation(quarter, household, n) AS units FROM quarter) s, unnest(s.units) ORDER BY unit;
-- two groups, one row a unit
SELECT round(dissimilarity(owner, other)::numeric, 4) AS d
FROM (SELECT quarter, coalesce(sum(n) FILTER (WHERE household = 'owner'), 0) AS owner, coalesce(sum(n) FILTER (WHERE household <> 'owner'), 0) AS other FROM quarter GROUP BY quarter) q;
-- stored by district, rolled up
SELECT segregation(rollup(s)) = (SELECT segregation(quarter, household, n) FROM quarter) AS same
FROM (SELECT segregation_state(quarter, household, n)::text::segregation_state AS s FROM quarter GROUP BY district) d;
-- neighbours: dissimilarity less what a border of unlike quarters takes off (Morrill 1991), from SQL
WITH share AS (SELECT quarter, sum(n) FILTER (WHERE household = 'owner')::float8 / sum(n) AS p FROM quarter GROUP BY quarter),
     pair (a, b) AS (VALUES ('n1', 'n2'), ('n2', 's1'), ('s1', 's2'))
SELECT round((d - sum(abs(coalesce(x.p, 0) - coalesce(y.p, 0))) / count(*))::numeric, 4) AS spatial_dissimilarity
FROM pair JOIN share x ON x.quarter = a JOIN share y ON y.quarter = b,
     (SELECT dissimilarity(coalesce(o, 0), t - coalesce(o, 0)) AS d FROM (SELECT sum(n) FILTER (WHERE household = 'owner') AS o, sum(n) AS t FROM quarter GROUP BY quarter) q) s
GROUP BY d;
-- a town of 36 tracts and who borders whom: does the pattern lie in space, or would any arrangement of the same tracts look so? 999 arrangements by seed 7
CREATE TEMP TABLE tract AS SELECT x || '-' || y AS id, x, y, (12 * x + 5 * (x * y % 4) + 8)::float8 AS tenants, 100::float8 AS people FROM generate_series(1, 6) x, generate_series(1, 6) y;
CREATE TEMP TABLE border AS SELECT a.id AS a, b.id AS b FROM tract a JOIN tract b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;
WITH place AS (SELECT id, tenants / people AS p, row_number() OVER (ORDER BY id COLLATE "C") AS place FROM tract),
     drawn AS (SELECT draw, p, row_number() OVER (PARTITION BY draw ORDER BY CASE WHEN draw = 0 THEN id ELSE md5('7/' || draw || '/' || id) END COLLATE "C") AS place FROM place, generate_series(0, 999) draw),
     edge AS (SELECT draw, avg(abs(x.p - y.p)) AS apart FROM border JOIN place a ON a.id = border.a JOIN place b ON b.id = border.b JOIN drawn x ON x.place = a.place JOIN drawn y USING (draw) WHERE y.place = b.place GROUP BY draw)
SELECT round(d::numeric, 4) AS dissimilarity, round((d - max(apart) FILTER (WHERE draw = 0))::numeric, 4) AS spatial, round((d - avg(apart) FILTER (WHERE draw > 0))::numeric, 4) AS expected_spatial,
       (1 + count(*) FILTER (WHERE draw > 0 AND apart <= observed)) / (1.0 + count(*) FILTER (WHERE draw > 0))::float8 AS p
FROM edge, (SELECT apart AS observed FROM edge WHERE draw = 0) o, (SELECT dissimilarity(tenants, people - tenants) AS d FROM tract) t GROUP BY d;
-- who is met within a walk: each tract with half of its neighbours' people
WITH near AS (SELECT a AS id, b AS other, 0.5 AS weight FROM border UNION ALL SELECT id, id, 1 FROM tract),
     around AS (SELECT n.id, sum(weight * tenants) / sum(weight * people) AS p FROM near n JOIN tract t ON t.id = n.other GROUP BY n.id),
     entropy AS (SELECT id, p, -p * ln(p) - (1 - p) * ln(1 - p) AS e FROM around WHERE p > 0 AND p < 1),
     town AS (SELECT sum(tenants) AS tenants, sum(people) AS people, sum(tenants) / sum(people) AS p FROM tract)
SELECT round(max(town.p)::numeric, 4) AS share, round((sum(t.tenants / town.tenants * a.p))::numeric, 4) AS isolation, round((sum((t.people - t.tenants) / (town.people - town.tenants) * a.p))::numeric, 4) AS exposure_of_owners,
       round((1 - sum(t.people / town.people * e.e) / max(-town.p * ln(town.p) - (1 - town.p) * ln(1 - town.p)))::numeric, 4) AS h
FROM town, tract t JOIN around a USING (id) LEFT JOIN entropy e USING (id);
-- some years later: a quarter has come, squatters have become tenants
CREATE TEMP TABLE quarter_later (quarter text, household text, n int);
INSERT INTO quarter_later VALUES ('n1', 'owner', 800), ('n1', 'tenant', 300), ('n2', 'owner', 600), ('n2', 'tenant', 500), ('s1', 'owner', 250), ('s1', 'tenant', 850), ('s2', 'tenant', 700), ('s2', 'squatter', 200), ('s3', 'tenant', 300), ('s3', 'owner', 200);
SELECT round(before::numeric, 4) AS before, round(after::numeric, 4) AS after, round(additions::numeric, 4) AS additions, round(removals::numeric, 4) AS removals,
       round(unit_marginal::numeric, 4) AS units, round(group_marginal::numeric, 4) AS groups, round(structural::numeric, 4) AS structural
FROM (SELECT segregation_state(quarter, household, n) AS b FROM quarter) x, (SELECT segregation_state(quarter, household, n) AS a FROM quarter_later) y, LATERAL segregation_difference(b, a);
SELECT segregation_difference(a, a) IS NOT NULL AS same, segregation_difference(a, NULL) IS NULL AS none FROM (SELECT segregation_state(quarter, household, n) AS a FROM quarter) s;
SELECT (segregation_difference(a, b)).* FROM (SELECT segregation_state('a', 'x', 1) AS a, segregation_state('b', 'x', 1) AS b) s;
SELECT before, after, structural FROM (SELECT segregation_state(u, g, n) AS a, segregation_state(u, g, n + 1) AS b FROM (VALUES ('a', 'x', 2), ('a', 'y', 0), ('b', 'x', 0), ('b', 'y', 3)) v (u, g, n)) s, LATERAL (SELECT round((d).before::numeric, 4) AS before, round((d).after::numeric, 4) AS after, (d).structural FROM (SELECT segregation_difference(a, b) AS d) x) y;
-- NULL, 0, one group, nobody
SELECT (s).units, (s).groups, (s).total, (s).dissimilarity IS NULL AS undefined, (s).mutual_information AS m
FROM (SELECT segregation(u, g, n) AS s FROM (VALUES ('a', 'x', 1.0), ('b', 'x', 2.0), (NULL, 'x', 9), ('c', NULL, 9), ('d', 'x', NULL), ('e', 'y', 0)) v (u, g, n)) t;
SELECT segregation(u, g, n) IS NULL AS nobody FROM (VALUES ('a', 'x', 0.0)) v (u, g, n);
SELECT dissimilarity(a, b) AS nobody FROM (VALUES (0.0, 1.0), (0, 2)) v (a, b);
SELECT dissimilarity(a, b) AS apart FROM (VALUES (1e300, 0.0), (0, 2e-300)) v (a, b);
-- totals left among the groups
SELECT (segregation(u, g, n)).groups FROM (VALUES ('a', 'x', 3), ('a', 'y', 5), ('a', 'total', 8), ('b', 'x', 7), ('b', 'y', 2), ('b', 'total', 9)) v (u, g, n);
SELECT (segregation(u, g, n)).units FROM (VALUES ('a', 'x', 3), ('a', 'y', 5), ('b', 'x', 8), ('b', 'y', 1), ('c', 'x', 7), ('total', 'x', 18), ('total', 'y', 6)) v (u, g, n);
SELECT round(dissimilarity(x, y)::numeric, 4) AS d FROM (VALUES (3, 5), (8, 1), (7, 0), (18, 6)) v (x, y);
SELECT round(dissimilarity(x, y)::numeric, 4) AS d FROM (VALUES (3, 5), (8, 1), (7, 0)) v (x, y);
SELECT (segregation(u, g, 1)).groups FROM (VALUES ('a', 'x'), ('a', 'y'), ('b', 'X')) v (u, g);
-- errors
SELECT segregation(u, g, n) FROM (VALUES ('a', 'x', -1.0)) v (u, g, n);
SELECT segregation_decomposition(u, g, n, p) FROM (VALUES ('a', 'x', 1.0, 'P'), ('a', 'y', 1.0, 'Q')) v (u, g, n, p);
SELECT segregation_decomposition(segregation_state(u, g, n)) FROM (VALUES ('a', 'x', 1.0)) v (u, g, n);
SELECT segregation(u, i::text, 1) FROM (VALUES ('a')) v (u), generate_series(1, 1001) i;
