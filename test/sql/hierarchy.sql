\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.population (unit text, period date, value float8);
INSERT INTO city.population VALUES ('A', '2015-01-01', 100), ('B', '2015-01-01', 200), ('C', '2015-01-01', 300), ('D', '2015-01-01', 400);
SELECT terrbal.register_indicator('population', 'Population', 'persons', 'city.population', level => 'municipality') IS NOT NULL AS population;
SELECT status FROM terrbal.refresh('population');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('A', 'North', 'province'), ('B', 'North', 'province'), ('C', 'South', 'province'), ('D', 'South', 'province');
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('C', 'C', '2022-01-01', 0.7), ('C', 'E', '2022-01-01', 0.3);
SELECT terrbal.indicator_rollup('population', 'province', 'sum');
-- shares of a succession add up to 1, and nobody goes into a unit that ends on the same day; checked at commit
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('D', 'A', '2024-01-01', 0.4);
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('D', 'D', '2024-01-01', 1), ('D', 'A', '2024-01-01', 0.5);
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('D', 'C', '2024-01-01'), ('C', 'D', '2024-01-01');
DELETE FROM terrbal.succession WHERE predecessor = 'C' AND successor = 'E';
BEGIN;
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('D', 'D', '2024-01-01', 0.333333);
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('D', 'A', '2024-01-01', 0.666667);
COMMIT;
DELETE FROM terrbal.succession WHERE predecessor = 'D';
-- one membership may begin before the other ends, within a transaction
BEGIN;
INSERT INTO terrbal.hierarchy (child, parent, level, valid) VALUES ('C', 'North', 'province', '[2030-01-01,)');
UPDATE terrbal.hierarchy SET valid = '(,2030-01-01)' WHERE child = 'C' AND parent = 'South';
COMMIT;
-- a successor that nobody knows is shown
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('D', 'D typed wrong', '2024-01-01');
SELECT predecessor, effective, problem, waived FROM terrbal.broken_succession ORDER BY 1, 2, 3;
DELETE FROM terrbal.succession WHERE predecessor = 'D';
-- one code at two levels: region 06 and province 06 are two units
CREATE TABLE city.jobless (unit text, period date, value float8);
INSERT INTO city.jobless VALUES ('06', '2024-01-01', 12), ('11', '2024-01-01', 20);
CREATE TABLE city.jobless_province (unit text, period date, value float8);
INSERT INTO city.jobless_province VALUES ('06', '2024-01-01', 21), ('10', '2024-01-01', 19);
SELECT terrbal.register_indicator('jobless', 'Unemployment', 'percent', 'city.jobless', 'region', -1) IS NOT NULL AS region,
    terrbal.register_indicator('jobless_province', 'Unemployment', 'percent', 'city.jobless_province', 'province', -1) IS NOT NULL AS province;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('jobless', 'region', 8, 10), ('jobless_province', 'province', 15, 25);
SELECT status, units_new FROM terrbal.refresh('jobless');
SELECT code, unit, level, value, light FROM terrbal.signal WHERE unit = '06' ORDER BY level;
SELECT status, units_new FROM terrbal.refresh('jobless_province');
SELECT code, unit, level, value, light FROM terrbal.signal WHERE unit = '06' ORDER BY level;
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06', '11', 'region'), ('10', '11', 'region');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06', 'ES', 'nation');
INSERT INTO terrbal.hierarchy (child, parent, level, child_level) VALUES ('06', 'ES', 'nation', 'region'), ('11', 'ES', 'nation', 'region');
SELECT * FROM terrbal.indicator_rollup('jobless_province', 'region', 'mean');
SELECT * FROM terrbal.indicator_rollup('jobless', 'nation', 'mean');
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('06', '10', '2025-01-01');
-- a source that does not say of which level its units are
SELECT terrbal.register_indicator('level_unknown', 'X', '1', 'city.jobless') IS NOT NULL AS registered;
SELECT status, message, hint FROM terrbal.refresh('level_unknown');
-- missing is judged among the units of the indicator's own level
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('10148', '10', 'province'), ('10037', '10', 'province');
CREATE TABLE city.bed (unit text, period date, value float8);
INSERT INTO city.bed VALUES ('10148', '2024-01-01', 300);
CREATE TABLE city.patient (unit text, period date, value float8);
INSERT INTO city.patient VALUES ('H1', '2024-01-01', 70);
SELECT terrbal.register_indicator('bed', 'Beds', '1', 'city.bed', 'town') IS NOT NULL AS town,
    terrbal.register_indicator('patient', 'Patients', '1', 'city.patient', 'hospital') IS NOT NULL AS hospital;
SELECT status FROM terrbal.refresh('bed');
SELECT status FROM terrbal.refresh('patient');
SELECT code, unit, level, status FROM terrbal.signal WHERE code IN ('bed', 'patient', 'jobless_province', 'population') ORDER BY 1, 2;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
