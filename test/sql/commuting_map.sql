-- From commuting rows to functional areas on a map: the example of doc/commuting_map.md, on an invented province of squares
CREATE SCHEMA commuting_map_example;
SET search_path = commuting_map_example, terrbal, public;
\pset null '-'

-- example province
CREATE TABLE municipality (code text PRIMARY KEY, name text, population int, geom geometry);
INSERT INTO municipality VALUES
    ('01', 'Porto', 62000, ST_MakeEnvelope(4, 0, 8, 4, 25830)), ('02', 'Vigne', 5200, ST_MakeEnvelope(0, 0, 4, 2, 25830)),
    ('03', 'Molino', 4100, ST_MakeEnvelope(0, 2, 4, 4, 25830)), ('04', 'Sabbia', 9000, ST_MakeEnvelope(8, 0, 12, 4, 25830)),
    ('05', 'Colle', 21000, ST_MakeEnvelope(0, 4, 4, 8, 25830)), ('06', 'Ponte', 3300, ST_MakeEnvelope(4, 4, 8, 6, 25830)),
    ('07', 'Bosco', 2800, ST_MakeEnvelope(4, 6, 8, 8, 25830)), ('08', 'Faro', 6400, ST_MakeEnvelope(8, 4, 12, 8, 25830));

CREATE TABLE commuter (home text, work text, people int);
INSERT INTO commuter VALUES
    ('01', '01', 20400), ('01', '04', 420), ('01', '05', 610), ('01', '02', 90), ('01', '06', 60),
    ('02', '02', 820), ('02', '01', 940), ('02', '05', 70), ('02', '03', 40),
    ('03', '03', 640), ('03', '01', 310), ('03', '05', 480), ('03', '02', 25),
    ('04', '04', 1900), ('04', '01', 1350), ('04', '08', 60),
    ('05', '05', 7100), ('05', '01', 520), ('05', '03', 110), ('05', '07', 60), ('05', '06', 30),
    ('06', '06', 430), ('06', '01', 510), ('06', '05', 240), ('06', '07', 20),
    ('07', '07', 390), ('07', '05', 520), ('07', '01', 90), ('07', '06', 15),
    ('08', '08', 1850), ('08', '01', 330), ('08', '04', 140), ('08', '07', 10);

-- example areas
CREATE TABLE functional_area AS
SELECT m.zone AS code, m.area, m.residents, m.jobs, m.validity, m.supply_self_containment, m.demand_self_containment
FROM (SELECT labour_market_areas(home, work, people, 1000, 10000, 0.6667, 0.75) AS m FROM commuter) s, unnest(s.m) m;

-- example map
CREATE VIEW functional_area_map AS
SELECT f.area, (SELECT name FROM municipality c JOIN functional_area j USING (code) WHERE j.area = f.area ORDER BY c.population DESC, code LIMIT 1) AS centre,
       string_agg(m.name, ', ' ORDER BY m.name) AS members, sum(m.population) AS population, max(f.residents) AS residents, max(f.jobs) AS jobs,
       round(max(f.supply_self_containment)::numeric, 3) AS lives_and_works, round(max(f.validity)::numeric, 3) AS validity, ST_Union(m.geom) AS geom
FROM functional_area f JOIN municipality m USING (code)
GROUP BY f.area;
SELECT area, centre, members, population, residents, jobs, lives_and_works, validity, ST_NumGeometries(geom) AS parts FROM functional_area_map ORDER BY area;

-- example neighbours
CREATE VIEW neighbour AS
SELECT a.code, b.code AS neighbour
FROM municipality a JOIN municipality b ON a.code <> b.code AND a.geom && b.geom AND ST_Dimension(ST_Intersection(a.geom, b.geom)) >= 1;

-- example city
SELECT z.zone, m.name, u.role AS by_share, round(u.share::numeric, 3) AS share, z.area IS NOT NULL AS in_urban_area
FROM (SELECT functional_urban_areas(home, work, people, CASE home WHEN '01' THEN 'Porto' END, CASE work WHEN '01' THEN 'Porto' END, 0.15) AS u FROM commuter) s,
     LATERAL (SELECT contiguous_areas(f.zone, f.fua, n.neighbour) AS c FROM unnest(s.u) f LEFT JOIN neighbour n ON n.code = f.zone) t,
     unnest(t.c) z JOIN unnest(s.u) u USING (zone) JOIN municipality m ON m.code = z.zone
ORDER BY z.zone;

-- example boundaries
SELECT sum(people) AS commuters, sum(people) FILTER (WHERE home <> work) AS leave_their_municipality,
       sum(people) FILTER (WHERE h.area <> w.area) AS leave_their_area,
       round(100.0 * sum(people) FILTER (WHERE h.area <> w.area) / sum(people) FILTER (WHERE home <> work), 1) AS percent
FROM commuter JOIN functional_area h ON h.code = home JOIN functional_area w ON w.code = work;

-- example dependence
SELECT m.name, h.area, coalesce(sum(people) FILTER (WHERE home <> work), 0) AS commuters_out, coalesce(sum(people) FILTER (WHERE home <> work AND h.area = w.area), 0) AS within_area,
       round(coalesce(sum(people) FILTER (WHERE work = '01'), 0)::numeric / sum(people), 3) AS to_the_city
FROM commuter JOIN functional_area h ON h.code = home JOIN functional_area w ON w.code = work JOIN municipality m ON m.code = home
GROUP BY m.code, m.name, h.area ORDER BY m.code;
