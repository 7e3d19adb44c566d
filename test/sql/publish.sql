\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE SCHEMA open_data;
CREATE TABLE city.literate (unit text, period date, sex text, value float8);
INSERT INTO city.literate VALUES ('06015', '2023-01-01', NULL, 950), ('06015', '2024-01-01', NULL, 1000), ('06015', '2024-01-01', 'F', 480), ('06015', '2024-01-01', 'M', 500);
SELECT terrbal.register_indicator('literate', 'Adults who read', 'persons', 'city.literate', level => 'municipality', component => 'population_dynamics', dimensions => ARRAY['sex']) IS NOT NULL AS registered;
SELECT status FROM terrbal.refresh('literate');
UPDATE terrbal.unit SET name = 'Badajoz', geom = ST_Multi(ST_MakeEnvelope(-7, 38, -6, 39, 4326));
SELECT terrbal.publish('open_data');
-- again, as after an update
SELECT terrbal.publish('open_data');
SELECT c.relname, count(*) AS columns, count(*) FILTER (WHERE col_description(c.oid, a.attnum) IS NULL) AS without_comment, bool_or(a.attname = 'gid') AS gid, bool_or(t.typtype = 'c' OR t.typcategory = 'A') AS nested
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 JOIN pg_type t ON t.oid = a.atttypid WHERE c.relnamespace = 'open_data'::regnamespace GROUP BY c.relname ORDER BY c.relname COLLATE "C";
SELECT unit, period, breakdown, value, previous FROM open_data.signal ORDER BY breakdown;
SELECT unit, unit_name, period, breakdown, value FROM open_data.latest ORDER BY breakdown;
SELECT count(*) AS lines, count(DISTINCT gid) AS keys FROM open_data.series;
SELECT member, reference_member, difference FROM open_data.gap ORDER BY member;
SELECT code, name, level FROM open_data.unit;
SELECT code, dimensions FROM open_data.catalogue;
SELECT unit, breakdown, ST_AsText(geom) AS geom FROM open_data.map WHERE breakdown = '';
SELECT component, evidence FROM open_data.scorecard ORDER BY gid;
SELECT obj_description('open_data.signal'::regclass);
-- a view of an earlier version whose columns have moved is made anew, what is not ours is left alone
DROP VIEW open_data.signal;
CREATE VIEW open_data.signal AS SELECT 1 AS old;
SELECT terrbal.publish('open_data');
COMMENT ON VIEW open_data.signal IS E'@primaryKey gid\nPublished by terrbal';
SELECT terrbal.publish('open_data');
SELECT count(*) FROM open_data.signal;
SELECT terrbal.publish('no_such');
SELECT terrbal.publish(NULL);
SET client_min_messages = warning;
DROP SCHEMA open_data CASCADE;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
