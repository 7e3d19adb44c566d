\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.housing (unit text, period date, value float8);
INSERT INTO city.housing VALUES ('06015', '2022-01-01', 71), ('06083', '2022-01-01', 64), ('06015', '2023-01-01', 73), ('06083', '2023-01-01', 66);
SELECT terrbal.register_indicator('housing', 'Adequate housing', 'percent', 'city.housing', level => 'municipality', sdg => '11.1.1') IS NOT NULL AS registered;
-- the first refresh
SELECT status, rows_read, inserted, updated, withdrawn, unchanged, skipped FROM terrbal.refresh('housing');
-- again: nothing to write
SELECT status, rows_read, inserted, updated, withdrawn, unchanged, skipped FROM terrbal.refresh('housing');
SELECT count(DISTINCT fingerprint) AS fingerprints FROM terrbal.run WHERE code = 'housing' AND status = 'ok';
-- a correction, a new row, a withdrawn row, a row without a unit
SELECT clock_timestamp() AS before \gset
UPDATE city.housing SET value = 72.5 WHERE unit = '06015' AND period = '2023-01-01';
INSERT INTO city.housing VALUES ('10037', '2023-01-01', 69), (NULL, '2023-01-01', 1), ('10037', NULL, 2);
DELETE FROM city.housing WHERE unit = '06083' AND period = '2022-01-01';
SELECT status, rows_read, inserted, updated, withdrawn, unchanged, skipped FROM terrbal.refresh('housing');
SELECT unit, period, value FROM terrbal.observation_latest WHERE code = 'housing' ORDER BY unit, period;
-- what a reader saw before
SELECT unit, period, value FROM terrbal.observation_asof(:'before') WHERE code = 'housing' ORDER BY unit, period;
SELECT u.code AS unit, v.period, v.value, v.superseded > v.published AS in_order FROM terrbal.revision v JOIN terrbal.unit u ON u.id = v.unit_id ORDER BY 1, 2;
SELECT count(*) FROM terrbal.observation_asof('2000-01-01');
-- never NaN, infinity or -0
UPDATE city.housing SET value = 'NaN' WHERE unit = '06015' AND period = '2022-01-01';
UPDATE city.housing SET value = '-Infinity' WHERE unit = '06083';
UPDATE city.housing SET value = NULL WHERE unit = '10037' AND period = '2023-01-01';
UPDATE city.housing SET value = '-0' WHERE unit = '06015' AND period = '2023-01-01';
SELECT status, inserted, updated, withdrawn, unchanged FROM terrbal.refresh('housing');
SELECT unit, period, value, status FROM terrbal.observation_latest WHERE code = 'housing' ORDER BY unit, period;
SELECT status, inserted, updated, withdrawn, unchanged FROM terrbal.refresh('housing');
-- a duplicate
INSERT INTO city.housing VALUES ('06015', '2022-01-01', 1);
SELECT status, sqlstate, message, hint FROM terrbal.refresh('housing');
DELETE FROM city.housing WHERE unit = '06015' AND value = 1;
INSERT INTO city.housing VALUES ('99999', '2022-01-01', 1), ('99999', '2022-01-01', 1);
SELECT status, message FROM terrbal.refresh('housing');
DELETE FROM city.housing WHERE unit = '99999';
SELECT count(*) AS unit_99999 FROM terrbal.unit WHERE code = '99999';
-- an empty source is more often an accident than the end of a series
CREATE TABLE city.kept AS TABLE city.housing;
TRUNCATE city.housing;
SELECT status, message, hint FROM terrbal.refresh('housing');
SELECT count(*) FROM terrbal.observation_latest WHERE code = 'housing';
-- build and rename: the name counts
DROP TABLE city.housing;
SELECT status, message, hint FROM terrbal.refresh('housing');
ALTER TABLE city.kept RENAME TO housing;
SELECT status, unchanged FROM terrbal.refresh('housing');
ALTER TABLE city.housing ALTER COLUMN period TYPE text;
SELECT status, message FROM terrbal.refresh('housing');
ALTER TABLE city.housing ALTER COLUMN period TYPE date USING period::date;
-- a source that holds only the new rows
UPDATE terrbal.indicator SET withdraw = false WHERE code = 'housing';
CREATE TABLE city.all_housing AS TABLE city.housing;
DELETE FROM city.housing;
INSERT INTO city.housing VALUES ('06015', '2024-01-01', 75);
SELECT status, rows_read, inserted, withdrawn FROM terrbal.refresh('housing');
DELETE FROM city.housing;
SELECT status, rows_read, inserted, withdrawn FROM terrbal.refresh('housing');
SELECT count(*) FROM terrbal.observation_latest WHERE code = 'housing';
-- a failing indicator does not stop the others
CREATE VIEW city.broken AS SELECT unit, period, 1 / (value - value) AS value FROM city.all_housing WHERE value > 0;
CREATE VIEW city.weighted AS SELECT unit, period, value, 'provisional'::text AS status, -1.0::float8 AS weight FROM city.all_housing;
SELECT terrbal.register_indicator('broken', 'Broken', '1', 'city.broken') < terrbal.register_indicator('weighted', 'Weighted', '1', 'city.weighted') AS registered;
CALL terrbal.refresh_all();
CREATE OR REPLACE VIEW city.weighted AS SELECT unit, period, value, 'provisional'::text AS status, 2.5::float8 AS weight FROM city.all_housing;
CALL terrbal.refresh_all(ARRAY['weighted', 'broken'], strict => true);
SELECT unit, period, value, status FROM terrbal.observation_latest WHERE code = 'weighted' ORDER BY unit, period;
SELECT code, status, sqlstate, message, duration_ms > 0 AS timed, finished >= started AS ended, extension_version = terrbal.version() AS version, source
FROM terrbal.run ORDER BY id DESC LIMIT 2;
-- which function of the source failed
CREATE FUNCTION city.guard(x float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN IF x > 70 THEN RAISE EXCEPTION 'value % is above 70', x; END IF; RETURN x; END $$;
CREATE VIEW city.guarded AS SELECT unit, period, city.guard(80) AS value FROM city.all_housing;
SELECT terrbal.register_indicator('guarded', 'Guarded', '1', 'city.guarded') IS NOT NULL AS registered;
SELECT status, message, detail FROM terrbal.refresh('guarded');
DELETE FROM terrbal.indicator WHERE code = 'guarded';
SELECT count(*) FROM terrbal.run WHERE code = 'guarded';
-- what nobody could show: periods beyond the calendar of four digits, codes longer than a key
CREATE TABLE city.far (unit text, period date, value float8);
SELECT terrbal.register_indicator('far', 'Far', '1', 'city.far') IS NOT NULL AS registered;
INSERT INTO city.far VALUES ('06015', '4000000-01-01', 1), ('06015', '2024-01-01', 1);
SELECT status, sqlstate, message, hint FROM terrbal.refresh('far');
UPDATE city.far SET period = '-infinity' WHERE period > '2024-01-01';
SELECT status, message FROM terrbal.refresh('far');
UPDATE city.far SET period = '0001-01-01 BC' WHERE period < '2024-01-01';
SELECT status, message FROM terrbal.refresh('far');
UPDATE city.far SET unit = repeat('06', 6000), period = '9999-12-31' WHERE period < '2024-01-01';
SELECT status, sqlstate, message FROM terrbal.refresh('far');
SELECT count(*) FROM terrbal.unit WHERE length(code) > 200;
SELECT terrbal.register_indicator(repeat('code', 51), 'Far', '1', 'city.far');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06015', repeat('x', 201), 'province');
UPDATE city.far SET unit = repeat('x', 200) WHERE length(unit) > 200;
SELECT status, inserted FROM terrbal.refresh('far');
-- every refused row is listed with its reason; strict makes it an error
SELECT left(unit, 10) AS unit, period, left(reason, 60) AS reason FROM terrbal.run_issue ORDER BY id;
UPDATE city.far SET unit = '' WHERE length(unit) = 200;
SELECT status, sqlstate, message FROM terrbal.refresh('far', strict => true);
DELETE FROM terrbal.indicator WHERE code = 'far';
SELECT count(*) FROM terrbal.run_issue i WHERE i.reason NOT LIKE 'weight%';
-- any day of a period stands for it: month ends, quarter ends, years as numbers
SELECT terrbal_support.period_start('2024-11-30', f) AS period FROM unnest(ARRAY['A', 'S', 'Q', 'M', 'W', 'D', 'I']) f;
CREATE TABLE city.ends AS SELECT '06015'::text AS unit, '2024-03-31'::date AS period, 1::float8 AS value UNION ALL SELECT '06015', '2024-06-30', 2;
SELECT terrbal.register_indicator('ends', 'Quarter ends', '1', 'city.ends', frequency => 'Q') IS NOT NULL AS registered;
SELECT status, inserted FROM terrbal.refresh('ends');
SELECT unit, period, value FROM terrbal.observation_latest WHERE code = 'ends' ORDER BY period;
INSERT INTO city.ends VALUES ('06015', '2024-04-01', 3);
SELECT status, message, hint FROM terrbal.refresh('ends');
UPDATE terrbal.indicator SET frequency = 'M' WHERE code = 'ends';
SELECT status, inserted, withdrawn FROM terrbal.refresh('ends');
CREATE VIEW city.years AS SELECT unit, extract(year FROM period)::integer AS period, max(value) AS value, terrbal.sample_state(value) AS state FROM city.ends GROUP BY 1, 2;
SELECT terrbal.register_indicator('ends', 'Years', '1', 'city.years', frequency => 'Q');
SELECT terrbal.register_indicator('ends', 'Years', '1', 'city.years', statistic => 'gini') IS NOT NULL AS registered;
SELECT status, inserted, withdrawn, states_written FROM terrbal.refresh('ends');
SELECT unit, period, value FROM terrbal.observation_latest WHERE code = 'ends';
CREATE OR REPLACE VIEW city.years AS SELECT unit, 20240 AS period, value, NULL::terrbal.sample_state AS state FROM city.ends;
SELECT status, message FROM terrbal.refresh('ends');
-- nobody else could read it
CREATE TEMP TABLE ends AS TABLE city.ends;
DO $$ BEGIN PERFORM terrbal.register_indicator('ends', 'Ends', '1', 'pg_temp.ends'); EXCEPTION WHEN OTHERS THEN RAISE NOTICE '%', regexp_replace(SQLERRM, 'pg_temp_\d+', 'pg_temp', 'g'); END $$;
DROP TABLE ends;
-- asked for by name, and not there
UPDATE terrbal.indicator SET active = false WHERE code = 'ends';
CALL terrbal.refresh_all(ARRAY['weighted', 'no_such', 'ends']);
CALL terrbal.refresh_all(ARRAY['no_such', NULL], strict => true);
DELETE FROM terrbal.indicator WHERE code = 'ends';
-- procedures commit: not inside a transaction block
BEGIN;
CALL terrbal.refresh_all();
ROLLBACK;
-- the function does
BEGIN;
SELECT i.code, (terrbal.refresh(i.code)).status FROM terrbal.indicator i WHERE code <> 'broken' ORDER BY i.id;
COMMIT;
SELECT terrbal.refresh('unknown');
SELECT terrbal.refresh(NULL) IS NULL AS nothing;
-- a line left by a session that died
INSERT INTO terrbal.run (indicator_id, code, pid) SELECT id, code, -1 FROM terrbal.indicator WHERE code = 'weighted';
SELECT status, unchanged FROM terrbal.refresh('weighted');
SELECT status, message FROM terrbal.run WHERE pid = -1;
-- a superuser runs no one else's code
CREATE ROLE regress_terrbal_analyst;
GRANT USAGE, CREATE ON SCHEMA city TO regress_terrbal_analyst;
CREATE TABLE city.log (who text);
GRANT SELECT, INSERT ON city.log TO regress_terrbal_analyst;
GRANT SELECT ON city.all_housing TO regress_terrbal_analyst;
SET ROLE regress_terrbal_analyst;
CREATE FUNCTION city.trap(x float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN INSERT INTO city.log VALUES (current_user); RETURN x; END $$;
CREATE VIEW city.innocent AS SELECT unit, period, city.trap(value) AS value FROM city.all_housing;
RESET ROLE;
SELECT terrbal.register_indicator('trap', 'Trap', '1', 'city.innocent') IS NOT NULL AS registered;
SELECT status, message, hint FROM terrbal.refresh('trap');
SELECT status, message FROM terrbal.run WHERE code = 'trap';
CREATE VIEW city.wrapper AS SELECT * FROM city.innocent;
SELECT terrbal.register_indicator('trap', 'Trap', '1', 'city.wrapper') IS NOT NULL AS registered;
SELECT status, message FROM terrbal.refresh('trap');
CREATE OR REPLACE VIEW city.wrapper AS SELECT unit, period, city.trap(value) AS value FROM city.all_housing;
SELECT status, message FROM terrbal.refresh('trap');
SELECT count(*) AS traps_run FROM city.log;
-- what is judged must be what is read
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT terrbal.refresh('housing');
ROLLBACK;
SET default_transaction_isolation = serializable;
CALL terrbal.refresh_all();
RESET default_transaction_isolation;
-- other sessions see which indicator it is at; afterwards the name is the session's own again
CREATE VIEW city.progress AS SELECT 'x'::text AS unit, DATE '2024-01-01' AS period, 1::float8 AS value, current_setting('application_name') AS status;
SELECT terrbal.register_indicator('progress', 'Progress', '1', 'city.progress') IS NOT NULL AS registered;
SET application_name = 'scheduler';
CALL terrbal.refresh_all(ARRAY['progress']);
SELECT status, current_setting('application_name') AS afterwards FROM terrbal.observation_latest WHERE code = 'progress';
RESET application_name;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
DROP ROLE regress_terrbal_analyst;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
