-- readjustment: documented examples, then zero, then errors
\set SHOW_CONTEXT never

CREATE TABLE project (owner text, before numeric, after numeric, area_before numeric, area_after numeric);
INSERT INTO project VALUES ('A', 300000, 540000, 4000, 2500), ('B', 300000, 420000, 4200, 2100), ('C', 400000, 840000, 5800, 4100);
SELECT owner, before, (r).right_value, (r).allotted, (r).cost_share, (r).settlement
FROM (SELECT owner, before, terrbal.readjustment(before, after, 260000) OVER (ORDER BY owner) AS r FROM project) p ORDER BY owner;

SELECT sum((r).settlement) AS settlements, round(terrbal.contribution_ratio(sum(area_before), sum(area_after)), 4) AS contribution,
       terrbal.proportional_rate(sum(before), sum(after), 260000) AS proportional_rate
FROM (SELECT *, terrbal.readjustment(before, after, 260000) OVER (ORDER BY owner) AS r FROM project) p;

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
