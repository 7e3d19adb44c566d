-- people on a grid: the R packages pycno and areal, whole persons, invariances
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(11);
CREATE TEMP TABLE cell AS SELECT x, y, 'z' || (x / 7) || (y / 5) AS zone, (1 + (x / 7 * 31 + y / 5 * 17) % 11)::float8 * 100 AS total FROM generate_series(0, 20) x, generate_series(0, 14) y WHERE (x * 5 + y * 3) % 23 <> 0;
CREATE TEMP TABLE smooth AS SELECT *, pycnophylactic(x, y, zone, total) OVER () AS people FROM cell;
SELECT ok(bool_and(abs(s / total - 1) < 1e-12) AND bool_and(least >= 0), 'every zone keeps its people, nobody below 0') FROM (SELECT zone, total, sum(people) AS s, min(people) AS least FROM smooth GROUP BY zone, total) t;
SELECT ok(bool_and(abs(a.people - b.people) < 1e-9), 'turned by a right angle, the same people') FROM smooth a JOIN (SELECT x, y, pycnophylactic(-y, x, zone, total) OVER () AS people FROM cell) b USING (x, y);
SELECT ok(bool_and(a.people = b.people), 'order of rows and names of zones do not matter to the bit')
FROM smooth a JOIN (SELECT x, y, pycnophylactic(x, y, 'q' || zone, total) OVER (ORDER BY md5(x || ' ' || y) ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS people FROM cell) b USING (x, y);
SELECT ok(bool_and(b.people = a.people * 1024), 'a thousand and twenty-four times as many people, as many times in each cell') FROM smooth a JOIN (SELECT x, y, pycnophylactic(x, y, zone, total * 1024) OVER () AS people FROM cell) b USING (x, y);
SELECT ok(r.after < r.before, 'smoother than evenly within zones') FROM (SELECT sum((a.people - b.people) ^ 2) AS after, sum((a.total / n.cells - b.total / m.cells) ^ 2) AS before
    FROM smooth a JOIN smooth b ON b.x = a.x + 1 AND b.y = a.y OR b.x = a.x AND b.y = a.y + 1 JOIN (SELECT zone, count(*) AS cells FROM cell GROUP BY zone) n ON n.zone = a.zone JOIN (SELECT zone, count(*) AS cells FROM cell GROUP BY zone) m ON m.zone = b.zone) r;
-- Whole persons to the cells of zones that cut through them
CREATE TEMP TABLE zone AS SELECT i AS id, (i * 7919 % 5000)::int AS people, ST_Buffer(ST_Point(i * 1000, 0), 400 + i % 90) AS geom FROM generate_series(1, 40) i;
SELECT ok(bool_and(s = people) AND bool_and(w), 'dasymetric: zones keep their people, whole ones')
FROM (SELECT id, people, sum(p) AS s, bool_and(p = trunc(p)) AS w FROM (SELECT id, people, apportionment(people, share::numeric, 1) OVER (PARTITION BY id ORDER BY x, y) AS p FROM zone, unit_cells(geom, 50)) c GROUP BY id, people) t;
\set golden `cd "$GOLDEN" 2>/dev/null && ls space/pycno/pycno_r02_c3.csv space/areal/stl_tracts.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE pycno (r int, c int, zone text, value float8, run text);
CREATE TEMP TABLE file (r int, c int, zone text, value float8);
\copy file FROM PROGRAM 'cat "$GOLDEN/space/pycno/pycno_r02_c3.csv"' CSV HEADER
INSERT INTO pycno SELECT *, 'c3' FROM file;
TRUNCATE file;
\copy file FROM PROGRAM 'cat "$GOLDEN/space/pycno/pycno_r02_c6.csv"' CSV HEADER
INSERT INTO pycno SELECT *, 'c6' FROM file;
TRUNCATE file;
\copy file FROM PROGRAM 'cat "$GOLDEN/space/pycno/pycno_zero_zone_c3.csv"' CSV HEADER
INSERT INTO pycno SELECT *, 'zero' FROM file;
SELECT ok(count(*) = 108 AND bool_and(abs(got - value) < 1e-11), 'the R package pycno: three surfaces, cell by cell')
FROM (SELECT value, pycnophylactic(c, -r, zone, (CASE run WHEN 'zero' THEN ARRAY[90, 200, 50, 0] ELSE ARRAY[90, 200, 50, 10] END)[zone::int], 0.2, CASE run WHEN 'c6' THEN 1e-6 ELSE 1e-3 END) OVER (PARTITION BY run) AS got FROM pycno) s;
CREATE TEMP TABLE tract_line (line text);
CREATE TEMP TABLE piece (geoid text, ward text, area_m2 float8);
\copy piece FROM PROGRAM 'cat "$GOLDEN/space/areal/stl_intersections.csv"' CSV HEADER
\copy tract_line FROM PROGRAM 'cat "$GOLDEN/space/areal/stl_tracts.csv"'
CREATE TEMP TABLE tract AS
SELECT v[array_position(h, 'geoid')] AS geoid, v[(SELECT min(o) FROM unnest(h) WITH ORDINALITY u (c, o) WHERE c ~* 'total_?pop|^total')]::float8 AS people
FROM (SELECT string_to_array(lower(line), ',') AS h FROM tract_line LIMIT 1) head, (SELECT string_to_array(line, ',') AS v FROM tract_line OFFSET 1) body;
SELECT ok(abs(sum(people) - 314867) < 1e-6 AND abs(sum(people) FILTER (WHERE ward = '1') - 7959.091881) < 1e-4, 'areal, weight "sum": 106 tracts of St. Louis to 28 wards')
FROM (SELECT ward, people * area_m2 / sum(area_m2) OVER (PARTITION BY geoid) AS people FROM piece JOIN tract USING (geoid)) s;
SELECT ok(sum(p) = 314867 AND bool_and(abs(p - e) < 8), 'whole persons by apportionment: the total kept, every ward within a person a tract')
FROM (SELECT ward, sum(p) AS p, sum(e) AS e FROM (SELECT ward, apportionment(people::numeric, area_m2, 1) OVER (PARTITION BY geoid ORDER BY ward) AS p, people * area_m2 / sum(area_m2) OVER (PARTITION BY geoid) AS e FROM piece JOIN tract USING (geoid)) x GROUP BY ward) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 3);
\endif
-- The monitor's way from cells to units: areas add up
SELECT ok(abs(a - b) < 1e-6 * b, 'cells of a unit carry its area') FROM (SELECT sum(share) * 2500 AS a, (SELECT sum(ST_Area(geom)) FROM zone) AS b FROM zone, unit_cells(geom, 50)) s;
SELECT ok(bool_and(people IS NULL), 'cells without a zone have no people') FROM (SELECT pycnophylactic(x, y, NULLIF(zone, 'z00'), total) OVER () AS people, zone FROM cell) s WHERE zone = 'z00';
SELECT * FROM finish();
