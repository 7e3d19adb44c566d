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
SELECT terrbal_support.sdmx_period('2024-08-15', f) AS period FROM unnest(ARRAY['A', 'S', 'Q', 'M', 'W', 'D', 'I']) f;
SELECT terrbal_support.sdmx_period(d::date, f) AS period FROM unnest(ARRAY['0001-01-01 BC', '0001-01-01', '9999-12-31', '10000-01-01', 'infinity']) d, unnest(ARRAY['A', 'W', 'D']) f;
SELECT terrbal_support.sdmx_status(1, 'ok') AS ok, terrbal_support.sdmx_status(NULL, 'missing') AS missing, terrbal_support.sdmx_status(1, 'E') AS own, terrbal_support.sdmx_status(1, 'revised') AS other;
-- one column per indicator
SELECT terrbal.wide_view('city', 'atlas') AS indicators;
SELECT unit, unit_name, period, density, housing FROM city.atlas ORDER BY unit, period;
SELECT terrbal.wide_view('city', 'atlas_fast', ARRAY['housing', 'density'], materialised => true) AS indicators;
REFRESH MATERIALIZED VIEW CONCURRENTLY city.atlas_fast_data;
SELECT count(*) = count(DISTINCT id) AS keyed, count(*) FROM city.atlas_fast;
SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a WHERE a.attrelid = 'city.atlas_fast'::regclass AND a.attnum > 0 ORDER BY a.attnum;
SELECT terrbal.wide_view('city', 'atlas', ARRAY['unknown']);
SELECT terrbal.register_indicator(repeat('long_', 13), 'Long', '1', 'city.density') IS NOT NULL AS registered;
SELECT terrbal.wide_view('city', 'long', ARRAY['density', repeat('long_', 13)]);
DELETE FROM terrbal.indicator WHERE title = 'Long';
SELECT terrbal.register_indicator('unit', 'Units', '1', 'city.density') IS NOT NULL AS registered;
SELECT terrbal.wide_view('city', 'units');
DELETE FROM terrbal.indicator WHERE code = 'unit';
SELECT terrbal.wide_view('city', 'nothing', '{}');
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
-- roles: begin
CREATE ROLE regress_terrbal_reader;
CREATE ROLE regress_terrbal_publisher;
CREATE ROLE regress_terrbal_administrator;
GRANT SELECT ON terrbal.unit, terrbal.indicator, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy, terrbal.succession,
    terrbal.unregistered_unit, terrbal.broken_succession, terrbal.threshold, terrbal.target, terrbal.dimension_member, terrbal.run, terrbal.run_issue, terrbal.observation_latest, terrbal.observation_sdmx, terrbal.indicator_catalogue,
    terrbal.signal, terrbal.signal_basis, terrbal.signal_map, terrbal.urban_policy_scorecard, terrbal.local_review, terrbal.breakdown_part, terrbal.gap, terrbal.breakdown_coverage, terrbal.rank_change, terrbal.peer_jump TO regress_terrbal_reader;
GRANT regress_terrbal_reader TO regress_terrbal_publisher;
GRANT INSERT, UPDATE (level) ON terrbal.unit TO regress_terrbal_publisher;
GRANT INSERT, UPDATE ON terrbal.indicator, terrbal.run TO regress_terrbal_publisher;
GRANT INSERT, UPDATE, DELETE ON terrbal.observation, terrbal.observation_state TO regress_terrbal_publisher;
GRANT INSERT ON terrbal.revision, terrbal.run_issue TO regress_terrbal_publisher;
GRANT regress_terrbal_publisher TO regress_terrbal_administrator;
GRANT INSERT, UPDATE, DELETE ON terrbal.unit, terrbal.indicator, terrbal.hierarchy, terrbal.succession, terrbal.threshold, terrbal.target, terrbal.dimension_member TO regress_terrbal_administrator;
GRANT DELETE ON terrbal.run, terrbal.run_issue, terrbal.revision TO regress_terrbal_administrator;
-- roles: end
-- a province sees its own drafts, everybody sees what is approved
CREATE ROLE regress_terrbal_badajoz IN ROLE regress_terrbal_reader;
CREATE ROLE regress_terrbal_caceres IN ROLE regress_terrbal_reader;
CREATE TABLE city.member (role text PRIMARY KEY, province text NOT NULL);
INSERT INTO city.member VALUES ('regress_terrbal_badajoz', '06'), ('regress_terrbal_caceres', '10');
CREATE TABLE city.vacancy_draft (unit text, period date, value float8, approved boolean NOT NULL DEFAULT false, PRIMARY KEY (unit, period));
ALTER TABLE city.vacancy_draft ENABLE ROW LEVEL SECURITY;
CREATE POLICY own_province ON city.vacancy_draft
    USING (left(unit, 2) = (SELECT m.province FROM city.member m WHERE m.role = CURRENT_USER))
    WITH CHECK (left(unit, 2) = (SELECT m.province FROM city.member m WHERE m.role = CURRENT_USER) AND NOT approved);
CREATE POLICY publishing ON city.vacancy_draft TO regress_terrbal_publisher USING (true) WITH CHECK (true);
CREATE VIEW city.vacancy WITH (security_invoker = true) AS SELECT unit, period, value FROM city.vacancy_draft WHERE approved;
GRANT USAGE ON SCHEMA city TO regress_terrbal_reader;
GRANT SELECT ON city.member TO regress_terrbal_reader;
GRANT SELECT, INSERT, UPDATE ON city.vacancy_draft TO regress_terrbal_badajoz, regress_terrbal_caceres, regress_terrbal_publisher;
GRANT SELECT ON city.vacancy TO regress_terrbal_publisher;
ALTER VIEW city.vacancy OWNER TO regress_terrbal_publisher;
SET ROLE regress_terrbal_badajoz;
INSERT INTO city.vacancy_draft VALUES ('06015', '2024-01-01', 12.1), ('06083', '2024-01-01', 9.4);
INSERT INTO city.vacancy_draft VALUES ('10037', '2024-01-01', 3);
INSERT INTO city.vacancy_draft VALUES ('06044', '2024-01-01', 3, true);
SET ROLE regress_terrbal_caceres;
SELECT * FROM city.vacancy_draft;
SET ROLE regress_terrbal_publisher;
UPDATE city.vacancy_draft SET approved = true WHERE unit = '06015';
SELECT terrbal.register_indicator('vacancy', 'Vacant homes', 'percent', 'city.vacancy', 'municipality') IS NOT NULL AS registered;
SELECT status, rows_read, inserted FROM terrbal.refresh('vacancy');
SET ROLE regress_terrbal_caceres;
SELECT unit, period, value FROM terrbal.observation_latest WHERE code = 'vacancy';
UPDATE terrbal.observation SET value = 0;
SET ROLE regress_terrbal_badajoz;
SELECT unit, value, approved FROM city.vacancy_draft ORDER BY unit;
RESET ROLE;
-- even a superuser does not read the publisher's view
SELECT status, message FROM terrbal.refresh('vacancy');
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
DROP OWNED BY regress_terrbal_reader, regress_terrbal_badajoz, regress_terrbal_caceres, regress_terrbal_publisher, regress_terrbal_administrator;
DROP ROLE regress_terrbal_badajoz, regress_terrbal_caceres, regress_terrbal_administrator, regress_terrbal_publisher, regress_terrbal_reader;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
