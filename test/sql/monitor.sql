\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.density_2024 (unit text, period date, value float8);
INSERT INTO city.density_2024 VALUES ('06015', '2023-01-01', 104.9), ('06083', '2023-01-01', 68.4), ('10037', '2023-01-01', 54.6);
CREATE VIEW city.density AS SELECT unit, period, value FROM city.density_2024;
-- registration
SELECT terrbal.register_indicator('density', 'Population density', 'persons per km2', 'city.density', level => 'municipality', sdg => '11.3.1',
    component => 'population_dynamics', direction => 0, definition => 'residents / land area') IS NOT NULL AS registered;
SELECT status, rows_read, inserted, updated, withdrawn, unchanged, units_new FROM terrbal.refresh('density');
SELECT code, unit, period, value, status FROM terrbal.observation_latest WHERE code = 'density' ORDER BY unit, period;
-- the same code again renews the entry
SELECT terrbal.register_indicator('density', 'Population density of land', 'persons per km2', 'city.density', 'municipality') =
    (SELECT id FROM terrbal.indicator WHERE code = 'density') AS same;
SELECT code, title, unit_measure, level, frequency, observations, units, first_period, last_period, last_status FROM terrbal.indicator_catalogue;
-- what cannot be a source
CREATE VIEW city.bad AS SELECT 6015 AS unit, now() AS period, 'x'::text AS value;
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.bad');
CREATE VIEW city.short AS SELECT '06015'::text AS unit, 1.0::float8 AS amount;
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.short');
CREATE SEQUENCE city.counter;
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.counter');
CREATE DOMAIN city.amount AS float8 CHECK (VALUE > 0);
CREATE TABLE city.domains (unit text, period date, value city.amount);
SELECT terrbal_support.source_problem('city.domains');
SELECT terrbal_support.source_problem('city.density');
SELECT terrbal.register_indicator(NULL, 'Bad', '1', 'city.density');
SELECT terrbal.register_indicator('bad', 'Bad', NULL, 'city.density');
SELECT terrbal.register_indicator('', 'Bad', '1', 'city.density');
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.density', direction => 5);
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.density', frequency => 'year');
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.density', component => 'housing');
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.density', stale_after => '-1 day');
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.density', weight_indicator => 'population');
-- numeric and integer values are read as float8
CREATE VIEW city.count AS SELECT unit::varchar(5) AS unit, period, round(value::numeric)::int AS value FROM city.density;
SELECT terrbal.register_indicator('count', 'Rounded', 'persons per km2', 'city.count') IS NOT NULL AS registered;
SELECT status, inserted, units_new FROM terrbal.refresh('count');
-- nothing is open that should not be
CREATE ROLE regress_terrbal_nobody;
SET ROLE regress_terrbal_nobody;
SELECT count(*) FROM terrbal.observation_latest;
SELECT count(*) FROM terrbal.indicator;
SELECT terrbal.register_indicator('mine', 'Mine', '1', 'city.density_2024');
RESET ROLE;
GRANT USAGE, CREATE ON SCHEMA city TO regress_terrbal_nobody;
GRANT ALL ON city.density_2024 TO regress_terrbal_nobody;
SET ROLE regress_terrbal_nobody;
SELECT terrbal.register_indicator('mine', 'Mine', '1', 'city.density_2024');
CREATE VIEW city.mine AS SELECT 'U1' AS unit, DATE '2024-01-01' AS period, 1::float8 AS value;
SELECT terrbal.register_indicator('mine', 'Mine', '1', 'city.mine');
SELECT terrbal.refresh('mine');
CALL terrbal.refresh_all();
DROP VIEW city.mine;
RESET ROLE;
REVOKE ALL ON SCHEMA city FROM regress_terrbal_nobody;
SELECT c.relname, a.privilege_type FROM pg_class c, aclexplode(c.relacl) a
WHERE c.relnamespace = 'terrbal'::regnamespace AND a.grantee = 0;
-- types are compared, not their spelling
SET quote_all_identifiers = on;
SELECT terrbal_support.source_problem('city.density') IS NULL AS fine, terrbal_support.source_problem('city.bad') IS NOT NULL AS bad;
RESET quote_all_identifiers;
-- every column says what it is
SELECT c.relname, a.attname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind IN ('r', 'v', 'm') AND col_description(c.oid, a.attnum) IS NULL;
-- dumps carry every table and every sequence of the monitor
SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind IN ('r', 'S')
    AND NOT c.oid = ANY (SELECT unnest(extconfig) FROM pg_extension WHERE extname = 'terrbal');
-- a second unit that nobody meant is told; one of another level is none
INSERT INTO terrbal.unit (code, level) VALUES ('07001', 'town'), ('07002', 'town'), ('ES1', 'town');
INSERT INTO terrbal.unit (code, level) VALUES ('7001', 'town');
INSERT INTO terrbal.unit (code, level) VALUES ('7002', 'county'), ('07002', 'county');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES (U&'07001\00A0', 'North', 'zone'), ('es1', 'North', 'zone'), ('07003', 'North', 'zone');
INSERT INTO terrbal.unit (code, level) VALUES (E'07004\n', 'town');
INSERT INTO terrbal.unit (code, level) VALUES ('1', 'floor'), ('0', 'floor'), ('7001', 'floor');
INSERT INTO terrbal.unit (code, level) VALUES ('1', 'Floor '), ('08001', 'Town'), ('08002', 'province');
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
DROP ROLE regress_terrbal_nobody;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
