\set SHOW_CONTEXT never
SET datestyle = 'ISO';
SET timezone = 'UTC';
CREATE SCHEMA city;
CREATE TABLE city.density (unit text, period date, value float8, status text);
INSERT INTO city.density VALUES ('06015', '2022-01-01', 104.2, NULL), ('06015', '2023-01-01', 104.9, 'provisional'), ('06083', '2022-01-01', 68.1, NULL),
    ('06083', '2023-01-01', NULL, 'suppressed');
CREATE TABLE city.housing (unit text, period date, value float8);
INSERT INTO city.housing VALUES ('06015', '2023-01-01', 73), ('06083', '2023-01-01', 'NaN'), ('06083', '2023-04-01', 66);
SELECT terrbal.register_indicator('density', 'Population density', 'persons per km2', 'city.density', 'municipality') IS NOT NULL AS density,
    terrbal.register_indicator('housing', 'Adequate housing', 'percent', 'city.housing', 'municipality', frequency => 'Q') IS NOT NULL AS housing;
CALL terrbal.refresh_all();
-- a boundary for the map
UPDATE terrbal.unit SET name = 'Badajoz', geom = ST_Multi(ST_MakeEnvelope(-7.2, 38.7, -6.8, 39.0, 4326)) WHERE code = '06015';
-- SDMX
SELECT freq, indicator, ref_area, time_period, "time", obs_value, unit_measure, obs_status, obs_conf FROM terrbal.observation_sdmx ORDER BY indicator, ref_area, time_period;
SELECT terrbal.sdmx_period('2024-08-15', f) AS period FROM unnest(ARRAY['A', 'S', 'Q', 'M', 'W', 'D', 'I']) f;
SELECT terrbal.sdmx_status(1, 'ok') AS ok, terrbal.sdmx_status(NULL, 'missing') AS missing, terrbal.sdmx_status(1, 'E') AS own, terrbal.sdmx_status(1, 'revised') AS other;
-- one column per indicator
SELECT terrbal.wide_view('city', 'atlas') AS indicators;
SELECT unit, unit_name, period, density, housing FROM city.atlas ORDER BY unit, period;
SELECT terrbal.wide_view('city', 'atlas_fast', ARRAY['housing', 'density'], materialised => true) AS indicators;
REFRESH MATERIALIZED VIEW CONCURRENTLY city.atlas_fast_data;
SELECT count(*) = count(DISTINCT id) AS keyed, count(*) FROM city.atlas_fast;
SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a WHERE a.attrelid = 'city.atlas_fast'::regclass AND a.attnum > 0 ORDER BY a.attnum;
SELECT terrbal.wide_view('city', 'atlas', ARRAY['unknown']);
-- Grafana: a time series
SELECT "time", obs_value AS value, ref_area AS metric FROM terrbal.observation_sdmx
WHERE indicator = 'density' AND "time" BETWEEN '2021-01-01' AND '2024-01-01' ORDER BY "time", metric;
-- Metabase: how many units per light
SELECT light, status, count(*) AS units FROM terrbal.signal WHERE code = 'density' GROUP BY light, status ORDER BY status;
-- GeoJSON and vector tiles
SELECT terrbal.signal_geojson('density');
SELECT terrbal.signal_geojson('unknown');
SELECT length(terrbal.signal_tile(0, 0, 0, 'density')) > 50 AS world, length(terrbal.signal_tile(10, 0, 0, 'density')) AS far_away;
SELECT f_table_name, f_geometry_column, srid, type FROM geometry_columns WHERE f_table_schema = 'terrbal' ORDER BY 1;
-- only types that every tool knows
SELECT c.relname, a.attname, a.atttypid::regtype FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind = 'v' AND a.atttypid <> ALL
    ('{text,int,bigint,smallint,float8,date,timestamptz,boolean}'::regtype[]) AND a.attname <> 'geom'
    AND c.relname IN ('observation_latest', 'observation_sdmx', 'indicator_catalogue', 'signal', 'signal_map', 'urban_policy_scorecard', 'local_review');
-- a province sees its own drafts: roles and row level security
CREATE ROLE regress_terrbal_reader;
CREATE ROLE regress_terrbal_badajoz IN ROLE regress_terrbal_reader;
GRANT SELECT ON terrbal.indicator, terrbal.unit, terrbal.observation, terrbal.revision, terrbal.hierarchy, terrbal.succession, terrbal.threshold, terrbal.run,
    terrbal.observation_latest, terrbal.observation_sdmx, terrbal.indicator_catalogue, terrbal.signal, terrbal.signal_map, terrbal.urban_policy_scorecard,
    terrbal.local_review TO regress_terrbal_reader;
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06015', '06', 'province'), ('06083', '06', 'province'), ('10037', '10', 'province');
INSERT INTO city.density VALUES ('06015', '2024-01-01', 105.5, 'draft'), ('10037', '2024-01-01', 54.0, 'draft');
SELECT status, inserted FROM terrbal.refresh('density');
CREATE TABLE city.member (role text, province text);
INSERT INTO city.member VALUES ('regress_terrbal_badajoz', '06');
GRANT USAGE ON SCHEMA city TO regress_terrbal_reader;
GRANT SELECT ON city.member TO regress_terrbal_reader;
ALTER TABLE terrbal.observation ENABLE ROW LEVEL SECURITY;
CREATE POLICY published ON terrbal.observation FOR SELECT USING (status <> 'draft');
CREATE POLICY own_drafts ON terrbal.observation FOR SELECT USING (EXISTS (
    SELECT FROM city.member m JOIN terrbal.hierarchy h ON h.parent = m.province JOIN terrbal.unit u ON u.code = h.child
    WHERE m.role = CURRENT_USER AND u.id = observation.unit_id));
SET ROLE regress_terrbal_badajoz;
SELECT unit, period, value, status FROM terrbal.observation_latest WHERE code = 'density' AND status = 'draft' ORDER BY unit;
SELECT unit, period, value FROM terrbal.signal WHERE code = 'density' ORDER BY unit;
UPDATE terrbal.observation SET value = 0;
SET ROLE regress_terrbal_reader;
SELECT unit, period, value, status FROM terrbal.observation_latest WHERE code = 'density' AND status = 'draft';
RESET ROLE;
DROP POLICY published ON terrbal.observation;
DROP POLICY own_drafts ON terrbal.observation;
ALTER TABLE terrbal.observation DISABLE ROW LEVEL SECURITY;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
DROP OWNED BY regress_terrbal_reader, regress_terrbal_badajoz;
DROP ROLE regress_terrbal_badajoz, regress_terrbal_reader;
TRUNCATE terrbal.indicator, terrbal.unit RESTART IDENTITY CASCADE;
