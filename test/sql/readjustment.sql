-- readjustment: documented examples, then zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_readjustment;
SET search_path = test_readjustment, public;

CREATE TABLE project (owner text, before numeric, after numeric, area_before numeric, area_after numeric);
INSERT INTO project VALUES ('A', 300000, 540000, 4000, 2500), ('B', 300000, 420000, 4200, 2100), ('C', 400000, 840000, 5800, 4100);
SELECT owner, before, (r).right_value, (r).allotted, (r).cost_share, (r).settlement
FROM (SELECT owner, before, terrbal.readjustment(before, after, 260000) OVER (ORDER BY owner) AS r FROM project) p ORDER BY owner;

SELECT sum((r).settlement) AS settlements, round(terrbal.contribution_ratio(sum(area_before), sum(area_after)), 4) AS contribution,
       terrbal.proportional_rate(sum(before), sum(after), 260000) AS proportional_rate
FROM (SELECT *, terrbal.readjustment(before, after, 260000) OVER (ORDER BY owner) AS r FROM project) p;

CREATE TABLE site AS SELECT ST_GeomFromText('POLYGON((0 0, 160 10, 150 110, 10 90, 0 0), (60 40, 90 40, 90 60, 60 60, 60 40))', 25830) AS outline;
SELECT round(terrbal.land_area(outline)) AS site FROM site;

SELECT plot, round(area::numeric, 3) AS area, round(ST_Perimeter(shape)::numeric, 1) AS perimeter, ST_NRings(shape) - 1 AS ponds
FROM site, terrbal.proposed_plots(outline, ARRAY[2500, 2100, 4100], 20);

-- without cost; an owner who gets nothing is paid out
SELECT id, (terrbal.readjustment(b, a, 0) OVER (ORDER BY id)).* FROM (VALUES (1, 100, 150), (2, 200, 270.01), (3, 305, 0)) AS t(id, b, a) ORDER BY id;
-- a cost above all value is reported, and settlements still cancel
SELECT id, (r).*, sum((r).settlement) OVER () FROM (
    SELECT id, terrbal.readjustment(b, a, 10000.01) OVER (ORDER BY id) AS r FROM (VALUES (1, 100, 150), (2, 200, 270.01), (3, 305, 400), (4, 0, 1)) AS t(id, b, a)) x
ORDER BY id;
-- two projects, whole euros
SELECT p, id, (terrbal.readjustment(b, a, c, 1) OVER (PARTITION BY p ORDER BY id)).settlement
FROM (VALUES ('x', 1, 10, 21, 7), ('x', 2, 20, 32, 7), ('y', 1, 5, 10, 0), ('y', 2, 5, 11, 0)) AS t(p, id, b, a, c) ORDER BY p, id;
SELECT terrbal.contribution_ratio(0, 0) IS NULL AS no_area, terrbal.contribution_ratio(0.3::float8, 0.1::float8), terrbal.area_claim(1000, 0.3),
       terrbal.proportional_rate(0, 1, 1) IS NULL AS no_value, terrbal.proportional_rate(100, 80, 10);

-- plots that fill the site; in pieces; no site
SELECT plot, round(area::numeric, 6), ST_NumGeometries(shape) FROM terrbal.proposed_plots('MULTIPOLYGON(((0 0, 10 0, 10 10, 0 10, 0 0)), ((0 20, 10 20, 10 30, 0 30, 0 20)))', ARRAY[50, 150], 0);
SELECT count(*) FROM terrbal.proposed_plots('POLYGON EMPTY', ARRAY[50]);
SELECT round(sum(area)::numeric, 6) FROM terrbal.proposed_plots('POLYGON((0 0, 40 0, 40 30, 20 5, 0 30, 0 0))', ARRAY[100, 100, 100, 100], 77);

-- errors
SELECT terrbal.readjustment(0, a, 1) OVER (ORDER BY a) FROM (VALUES (1), (2)) AS t(a);
SELECT terrbal.readjustment(1, a, 1) OVER (ORDER BY a) FROM (VALUES (1), (2.001)) AS t(a);
SELECT terrbal.readjustment(1, a, -1) OVER (ORDER BY a) FROM (VALUES (1), (2)) AS t(a);
SELECT terrbal.readjustment(1, a, 1) OVER (ORDER BY a) FROM (VALUES (1), (NULL)) AS t(a);
SELECT terrbal.readjustment(-1, a, 1) OVER (ORDER BY a) FROM (VALUES (1), (2)) AS t(a);
SELECT terrbal.readjustment(1, -a, 1) OVER (ORDER BY a) FROM (VALUES (1), (2)) AS t(a);
SELECT terrbal.readjustment(1, 5, c) OVER (ORDER BY c) FROM (VALUES (1), (2)) AS t(c);
SELECT terrbal.readjustment(1, 5, 0.01) OVER () FROM generate_series(1, 3);
SELECT terrbal.readjustment(1, 'NaN', 0) OVER ();
SELECT terrbal.contribution_ratio(100, -1);
SELECT terrbal.proposed_plots('POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))', ARRAY[50, 60]);
SELECT terrbal.proposed_plots('POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))', ARRAY[50, -10]);
SELECT terrbal.proposed_plots('POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))', ARRAY[50, NULL]);
SELECT terrbal.proposed_plots('SRID=4326;POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))', ARRAY[50]);
SELECT terrbal_support.strip_cuts(ARRAY[0, 1], ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[1]);
SELECT terrbal_support.strip_cuts(ARRAY['NaN']::float8[], ARRAY[0], ARRAY[0], ARRAY[0], ARRAY[1]);
-- sites without an area
SELECT terrbal.proposed_plots('POLYGON((0 0, 10 10, 10 0, 0 10, 0 0))', ARRAY[5, 2]);
SELECT terrbal.proposed_plots('POINT(1 1)', ARRAY[5]);
SELECT count(*) FROM terrbal.proposed_plots('POINT(1 1)', '{}');
