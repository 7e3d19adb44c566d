-- functional areas: documented examples, NULL, empty, zero, errors
CREATE SCHEMA functional_area_example;
SET search_path = functional_area_example, terrbal, public;
\set VERBOSITY default
\pset null '-'

-- example table
CREATE TABLE commuting (home text, work text, people float8);
INSERT INTO commuting VALUES
    ('Alba', 'Alba', 8000), ('Alba', 'Bosco', 90), ('Alba', 'Conca', 60), ('Alba', 'Duomo', 240),
    ('Bosco', 'Bosco', 700), ('Bosco', 'Alba', 900), ('Bosco', 'Duomo', 60),
    ('Conca', 'Conca', 400), ('Conca', 'Alba', 500), ('Conca', 'Forra', 30),
    ('Duomo', 'Duomo', 5200), ('Duomo', 'Elce', 110), ('Duomo', 'Forra', 80), ('Duomo', 'Alba', 450),
    ('Elce', 'Elce', 380), ('Elce', 'Duomo', 520), ('Elce', 'Alba', 40),
    ('Forra', 'Forra', 300), ('Forra', 'Duomo', 260), ('Forra', 'Alba', 95), ('Forra', 'Conca', 25),
    ('Grotta', 'Grotta', 210);

-- example areas
SELECT zone, area, residents, jobs, round(validity::numeric, 3) AS validity,
       round(supply_self_containment::numeric, 3) AS supply, round(demand_self_containment::numeric, 3) AS demand
FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuting) s, unnest(s.m);

SET client_min_messages = warning; -- the notice of zones without an area is shown above and below, not in each example
-- example status
SELECT zone, status FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuting) s, unnest(s.m) WHERE area IS NULL;

-- example stored
CREATE TABLE commuting_year AS SELECT 2021 AS year, flow_state(home, work, people) AS flows FROM commuting;
SELECT year, zone, area FROM commuting_year, unnest(labour_market_areas(flows, 1000, 10000, 0.6667, 0.75)) WHERE zone = 'Forra';

-- example urban
SELECT zone, fua, role, round(share::numeric, 3) AS share
FROM (SELECT functional_urban_areas(home, work, people, CASE WHEN home IN ('Alba', 'Duomo') THEN home END,
                                    CASE WHEN work IN ('Alba', 'Duomo') THEN work END, 0.15) AS m FROM commuting) s, unnest(s.m);

-- example merged
SELECT DISTINCT fua
FROM (SELECT functional_urban_areas(home, work, people, CASE WHEN home IN ('Alba', 'Duomo') THEN home END,
                                    CASE WHEN work IN ('Alba', 'Duomo') THEN work END, 0.05) AS m FROM commuting) s, unnest(s.m)
WHERE role = 'city';

-- example map
CREATE TABLE municipality (name text PRIMARY KEY, geom geometry);
INSERT INTO municipality VALUES
    ('Alba', ST_MakeEnvelope(0, 0, 2, 2)), ('Bosco', ST_MakeEnvelope(2, 0, 3, 1)), ('Conca', ST_MakeEnvelope(0, 2, 1, 3)),
    ('Duomo', ST_MakeEnvelope(3, 1, 5, 3)), ('Elce', ST_MakeEnvelope(5, 1, 6, 3)), ('Forra', ST_MakeEnvelope(3, 3, 5, 4)),
    ('Grotta', ST_MakeEnvelope(1, 2, 2, 3));

-- example dissolved
CREATE VIEW labour_market_map AS
SELECT m.area, count(*) AS municipalities, max(m.residents) AS residents, ST_Union(g.geom) AS geom
FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuting) s, unnest(s.m) m
JOIN municipality g ON g.name = m.zone
WHERE m.area IS NOT NULL
GROUP BY m.area;
SELECT area, municipalities, residents, ST_Area(geom) AS extent, ST_NumGeometries(geom) AS parts FROM labour_market_map ORDER BY area;

-- example contiguous
SELECT c.zone, m.area AS by_flows, c.area AS contiguous
FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuting) s,
     LATERAL (SELECT contiguous_areas(a.zone, a.area, n.name) AS c
              FROM unnest(s.m) a JOIN municipality g ON g.name = a.zone
              LEFT JOIN municipality n ON n.name <> g.name AND ST_Length(ST_Intersection(ST_Boundary(n.geom), ST_Boundary(g.geom))) > 0) t,
     unnest(t.c) c JOIN unnest(s.m) m USING (zone);

-- example heaviest
SELECT c.zone, c.area
FROM (SELECT contiguous_areas(zone, 'A', neighbour, people) AS c
      FROM (VALUES ('city', NULL, 90000), ('farm', 'mill', 300), ('mill', 'farm', 200)) v (zone, neighbour, people)) s, unnest(s.c) c;

-- example administrative
SELECT sum(people) AS commuters, sum(people) FILTER (WHERE home <> work) AS across_municipalities,
       sum(people) FILTER (WHERE h.area IS DISTINCT FROM w.area) AS across_areas
FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuting) s, unnest(s.m) h, unnest(s.m) w, commuting
WHERE home = h.zone AND work = w.zone;

-- example intramax
SELECT step, zone_a, zone_b, round(objective::numeric * 1000, 3) AS objective, round(intrazonal_share::numeric, 4) AS intrazonal_share
FROM (SELECT intramax(home, work, people) AS m FROM commuting) s, unnest(s.m);

-- example cut
WITH RECURSIVE merged AS (SELECT m.* FROM (SELECT intramax(home, work, people) AS m FROM commuting) s, unnest(s.m) m),
region (step, zone, region) AS (
    SELECT 0, zone, zone FROM (SELECT DISTINCT home AS zone FROM commuting) z
    UNION ALL
    SELECT m.step, r.zone, CASE r.region WHEN m.zone_b THEN m.zone_a ELSE r.region END FROM region r JOIN merged m ON m.step = r.step + 1)
SELECT region, string_agg(zone, ', ' ORDER BY zone) AS zones FROM region WHERE step = 4 GROUP BY region ORDER BY region;

-- example dominant
SELECT zone, dominant, flow, role, hub FROM (SELECT dominant_flows(home, work, people) AS d FROM commuting) s, unnest(s.d);

-- example modularity
SELECT round(modularity(home, work, people)::numeric, 4) AS each_by_itself, modularity('all', 'all', people) AS all_in_one FROM commuting;

-- nothing in, NULL out
SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) IS NULL AS areas, functional_urban_areas(home, work, people, home, work, 0.15) IS NULL AS fua,
       contiguous_areas(home, work, home) IS NULL AS contiguous, intramax(home, work, people) IS NULL AS intramax, dominant_flows(home, work, people) IS NULL AS dominant,
       modularity(home, work, people) IS NULL AS modularity
FROM commuting WHERE false;
SELECT labour_market_areas(home, work, NULL, 1000, 10000, 0.6667, 0.75) IS NULL AS areas, intramax(NULL, work, people) IS NULL AS intramax,
       functional_urban_areas(home, NULL, people, NULL, NULL, 0.15) IS NULL AS fua, contiguous_areas(NULL, home, work) IS NULL AS contiguous
FROM commuting;
RESET client_min_messages;
-- zones without flows are zones
SELECT labour_market_areas('a', 'b', 0, 1000, 10000, 0.6667, 0.75), intramax('a', 'b', 0), dominant_flows('a', 'b', 0), modularity('a', 'b', 0);
SELECT functional_urban_areas('a', 'b', 0, 'X', NULL, 0.15), contiguous_areas('a', 'X', NULL);
-- one zone
SELECT labour_market_areas('a', 'a', 5, 1000, 10000, 0.6667, 0.75), intramax('a', 'a', 5), dominant_flows('a', 'a', 5), modularity('a', 'a', 5);
-- linked, but no area of them meets the targets
SELECT labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75) FROM (VALUES ('a', 'a', 6), ('b', 'a', 7), ('b', 'b', 9), ('c', 'a', 8), ('c', 'b', 7), ('d', 'a', 5), ('d', 'b', 4), ('d', 'c', 4), ('d', 'd', 7), ('e', 'd', 2)) v (o, d, f);
-- zones that live from each other alone are one area of their own, whatever its size
SELECT zone, area, validity FROM (SELECT labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75) AS m FROM (VALUES ('x', 'y', 10), ('y', 'x', 10), ('x', 'x', 1)) v (o, d, f)) s, unnest(s.m);

\set VERBOSITY default
SELECT labour_market_areas(home, work, people, 10000, 1000, 0.6667, 0.75) FROM commuting;
SELECT labour_market_areas(home, work, people, 1000, 10000, 0.8, 0.75) FROM commuting;
SELECT labour_market_areas(home, work, people, 1000, 10000, 66.67, 75) FROM commuting;
SELECT labour_market_areas(home, work, people, 0, 10000, 0.6667, 0.75) FROM commuting;
SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, NULL) FROM commuting;
SELECT labour_market_areas(home, work, people, 1000, 10000 + people, 0.6667, 0.75) FROM commuting;
SELECT labour_market_areas(home, work, -people, 1000, 10000, 0.6667, 0.75) FROM commuting;
SELECT labour_market_areas(home, work, 'NaN', 1000, 10000, 0.6667, 0.75) FROM commuting;
SELECT functional_urban_areas(home, work, people, home, NULL, 0.15) FROM commuting;
SELECT functional_urban_areas(home, work, people, home, work, -0.15) FROM commuting;
SELECT functional_urban_areas(home, work, people, home, work, NULL) FROM commuting;
SELECT contiguous_areas(home, work, work) FROM commuting;
SELECT contiguous_areas(home, 'A', work, people) FROM commuting;
SELECT contiguous_areas(home, 'A', work, -1) FROM commuting;
SELECT intramax(home, work, 'Infinity') FROM commuting;
SELECT '00'::labour_market_state;

-- thresholds in percent
SELECT functional_urban_areas(home, work, people, home, work, 15) FROM commuting;
-- nothing to draw areas around
SELECT functional_urban_areas(home, work, people, NULL, NULL, 0.15) FROM commuting WHERE home = 'Grotta';
SELECT contiguous_areas('a', NULL, 'a'), modularity('a', 'b', 0), intramax(1, 2, 0);
-- integers for zones
SELECT labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75) FROM (VALUES (1, 20, 10), (20, 1, 10), (1, 1, 1)) v (o, d, f);
SELECT functional_urban_areas(o, d, f, CASE o WHEN 1 THEN 1 END, CASE d WHEN 1 THEN 1 END, 0.15) AS numbers, functional_urban_areas(o, d, f, CASE o WHEN 1 THEN 'One' END, CASE d WHEN 1 THEN 'One' END, 0.15) AS names
FROM (VALUES (1, 20, 10), (20, 1, 10), (1, 1, 1)) v (o, d, f);

-- the American rule: towns are central, 25 % out or 25 % in
SELECT zone, fua, role, round(share::numeric, 3) AS share
FROM (SELECT commuting_areas(home, work, people, home IN ('Alba', 'Duomo'), 0.25, 0.25) AS m FROM commuting) s, unnest(s.m);
-- a plant in Grotta that Alba staffs: outlying by the people who come in
SELECT zone, fua, role, round(share::numeric, 3) AS share
FROM (SELECT commuting_areas(home, work, people, home IN ('Alba', 'Duomo'), 0.25, 0.25) AS m FROM (TABLE commuting UNION ALL VALUES ('Alba', 'Grotta', 90)) c) s, unnest(s.m) WHERE zone = 'Grotta';
-- one core of two towns, by name; a stored value
SELECT DISTINCT fua FROM (SELECT commuting_areas(home, work, people, CASE WHEN home IN ('Alba', 'Duomo') THEN 'Alba-Duomo' END, 0.25, 0.25) AS m FROM commuting) s, unnest(s.m) WHERE role = 'city';
SELECT commuting_areas(rollup(x)) = (SELECT commuting_areas(home, work, people, home IN ('Alba', 'Duomo'), 0.25, 0.25) FROM commuting) AS same
FROM (SELECT commuting_area_state(home, work, people, home IN ('Alba', 'Duomo'), 0.25, 0.25) AS x FROM commuting GROUP BY work) p;
SELECT commuting_areas(o, d, f, o = 1, 0.25, 0.25) AS numbers, commuting_areas(o, d, f, CASE o WHEN 1 THEN 7 END, 0.25, 0.25) AS cores FROM (VALUES (1, 20, 10), (20, 1, 10), (1, 1, 1)) v (o, d, f);
SELECT commuting_areas(home, work, people, false, 0.25, 0.25) FROM commuting WHERE home = 'Grotta';
SELECT commuting_areas(home, work, people, true, 0.25, 0.25) FROM commuting WHERE false;
SELECT commuting_areas(home, work, people, home = work, 0.25, 0.25) FROM commuting;
SELECT commuting_areas(home, work, people, true, 25, 0.25) FROM commuting;
SELECT commuting_areas(home, work, people, true, 0.25, NULL) FROM commuting;
SELECT commuting_areas(home, work, people, true, 0.25, people / 1e6) FROM commuting;
-- commuting zones by average linkage; distance is 1 - objective
SELECT step, zone_a, zone_b, round(objective::numeric, 4) AS objective, round(intrazonal_share::numeric, 4) AS intrazonal_share
FROM (SELECT average_linkage(home, work, people) AS m FROM commuting) s, unnest(s.m);
SELECT average_linkage(1, 2, 0), average_linkage(o, d, f) FROM (VALUES (1, 20, 10), (20, 1, 10), (1, 1, 1)) v (o, d, f);
-- journeys between zones alone: nobody stays, and shares are of those who leave
SELECT zone, fua, share FROM (SELECT functional_urban_areas(home, work, people, CASE home WHEN 'Alba' THEN 'Alba' END, CASE work WHEN 'Alba' THEN 'Alba' END, 0.15) AS m FROM commuting WHERE home <> work) s, unnest(s.m) WHERE zone = 'Duomo';
SELECT cardinality(labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75)) AS told, cardinality(commuting_areas(home, work, people, home = 'Alba', 0.25, 0.25)) AS once FROM commuting WHERE home <> work;
-- a row of totals
SELECT cardinality(labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75)) AS told FROM (TABLE commuting UNION ALL SELECT 'Total', work, sum(people) FROM commuting GROUP BY work) c;
-- the blank of a file is no city, core or area
SELECT functional_urban_areas(home, work, people, CASE home WHEN 'Alba' THEN 'Alba' ELSE '' END, CASE work WHEN 'Alba' THEN 'Alba' END, 0.15) FROM commuting;
SELECT functional_urban_areas(home, work, people, CASE home WHEN 'Alba' THEN 'Alba' END, CASE work WHEN 'Alba' THEN 'Alba' ELSE '' END, 0.15) FROM commuting;
SELECT commuting_areas(home, work, people, CASE home WHEN 'Alba' THEN 'Alba' ELSE '' END, 0.25, 0.25) FROM commuting;
SELECT contiguous_areas('a', '', 'b');
SELECT functional_urban_areas(o, d, 5, 'Porto', c, 0.15) FROM (VALUES (1, 1, 'Porto'), (1, 2, 'Porto'), (1, 2, 'porto')) v (o, d, c);
-- pairs in one direction: who stands only as a neighbour has no row
SELECT contiguous_areas(zone, 'A', neighbour) AS areas FROM (VALUES (1, 2), (2, 3), (2, 4)) v (zone, neighbour);
SELECT contiguous_areas(zone, 'A', neighbour) AS areas FROM (VALUES (1, 2), (2, 3), (3, NULL)) v (zone, neighbour);
