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
-- units from a map: any reference system, single or several polygons; the codes that hierarchy, refresh or an earlier load knows keep their keys
CREATE TABLE city.map (natcode text, label varchar(40), geom geometry(Geometry, 25830));
INSERT INTO city.map
SELECT c, n, ST_Transform(ST_GeomFromText(g, 4326), 25830)
FROM (VALUES ('10148', 'Plasencia', 'POLYGON((-6.2 39.9, -5.9 39.9, -5.9 40.1, -6.2 40.1, -6.2 39.9))'),
             ('10037', 'Cáceres', 'MULTIPOLYGON(((-6.6 39.3, -6.2 39.3, -6.2 39.6, -6.6 39.6, -6.6 39.3)))'),
             ('06015', 'Badajoz', 'POLYGON((-7.1 38.7, -6.7 38.7, -6.7 39.0, -7.1 39.0, -7.1 38.7))'),
             (NULL, 'Reservoir', 'POLYGON((-5.1 39.1, -5 39.1, -5 39.2, -5.1 39.1))'), ('', 'Disputed', NULL)) m (c, n, g);
SELECT terrbal.load_units('city.map', 'natcode', 'label', 'geom', 'town');
SELECT code, name, level, ST_SRID(geom) AS srid, GeometryType(geom), round(ST_X(ST_Centroid(geom))::numeric, 2) AS longitude, round(ST_Y(ST_Centroid(geom))::numeric, 2) AS latitude
FROM terrbal.unit WHERE level = 'town' ORDER BY code;
-- again: what is the same is not written; a name or boundary that is not there leaves the old one
DELETE FROM city.map WHERE natcode = '' OR natcode IS NULL;
SELECT terrbal.load_units('city.map', 'natcode', 'label', 'geom', 'town');
UPDATE city.map SET label = 'Plasencia de la Vera', geom = NULL WHERE natcode = '10148';
SELECT terrbal.load_units('city.map', 'natcode', 'label', 'geom', 'town');
SELECT code, name, geom IS NOT NULL AS has_boundary FROM terrbal.unit WHERE code = '10148';
SELECT terrbal.load_units('city.bed', 'unit', level => 'town'), terrbal.load_units('city.bed', 'unit');
-- what cannot be: nothing of it is registered
INSERT INTO city.map VALUES ('10037', 'Cáceres, an exclave', NULL), ('99', 'New', NULL);
SELECT terrbal.load_units('city.map', 'natcode', 'label', 'geom', 'town');
SELECT count(*) FROM terrbal.unit WHERE code = '99';
CREATE VIEW city.wrong AS
SELECT '06083' AS none, ST_GeomFromText('POLYGON((0 0, 1 0, 1 1, 0 0))') AS without_system, ST_GeomFromText('POINT(-6.3 38.9)', 4326) AS seat,
    ST_GeomFromText('POLYGON((150000 4300000, 160000 4300000, 160000 4310000, 150000 4300000))', 4326) AS metres,
    ST_GeomFromText('POLYGON((150000 4300000, 160000 4300000, 160000 4310000, 150000 4300000))', 999999) AS unknown_system,
    ST_GeomFromText('POLYGON EMPTY', 4326) AS nothing, '06'::text AS twofold, repeat('x', 201) AS long, 6083 AS number,
    ST_GeomFromText('CURVEPOLYGON(CIRCULARSTRING(-6 39, -6.5 39.5, -6 40, -5.5 39.5, -6 39))', 4326) AS curved,
    ST_GeogFromText('POLYGON((-6 38, -5 38, -5 39, -6 38))') AS geography, ST_GeomFromText('POLYGON Z((-6 38 1, -5 39 2, -5 38 3, -6 39 4, -6 38 1))', 4326) AS bow_tie;
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'without_system', level => 'town');
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'seat', level => 'town');
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'metres', level => 'town');
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'unknown_system', level => 'town');
SELECT terrbal.load_units('city.wrong', 'number', 'nobody', 'none');
SELECT terrbal.load_units('city.wrong', 'long');
SELECT terrbal.load_units('city.wrong', 'twofold');
SELECT terrbal.load_units('city.wrong', 'none', level => '');
SELECT terrbal.load_units('city.wrong', NULL);
SELECT terrbal.load_units(NULL, 'none');
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'nothing', level => 'town');
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'curved', level => 'town');
SELECT ST_NPoints(geom) > 20 AS straightened, ST_IsValid(geom) AS valid FROM terrbal.unit WHERE code = '06083';
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'geography', level => 'town');
SELECT ST_AsText(ST_Normalize(geom)) FROM terrbal.unit WHERE code = '06083';
SELECT terrbal.load_units('city.wrong', 'none', geometry => 'bow_tie', level => 'town');
SELECT ST_AsText(ST_Normalize(geom)) FROM terrbal.unit WHERE code = '06083';
-- a load without rows, and by others
CREATE VIEW city.nothing AS SELECT natcode, label, geom FROM city.map WHERE false;
SELECT terrbal.load_units('city.nothing', 'natcode', 'label', 'geom', 'town');
CREATE ROLE regress_terrbal_surveyor;
GRANT USAGE ON SCHEMA city TO regress_terrbal_surveyor;
CREATE SCHEMA survey AUTHORIZATION regress_terrbal_surveyor;
SET ROLE regress_terrbal_surveyor;
CREATE FUNCTION survey.label() RETURNS text LANGUAGE sql RETURN current_user;
CREATE VIEW survey.map AS SELECT 'S1' AS code, survey.label() AS name;
SELECT terrbal.load_units('city.map', 'natcode', level => 'town');
SELECT terrbal.load_units('survey.map', 'code', 'name', level => 'town');
RESET ROLE;
SELECT terrbal.load_units('survey.map', 'code', 'name', level => 'town');
GRANT SELECT, INSERT, UPDATE ON terrbal.unit TO regress_terrbal_surveyor;
GRANT SELECT ON terrbal.hierarchy, terrbal.observation, terrbal.indicator TO regress_terrbal_surveyor;
SET ROLE regress_terrbal_surveyor;
SELECT terrbal.load_units('survey.map', 'code', 'name', level => 'town');
-- what the map runs cannot keep a setting, nor leave the role that reads it
CREATE FUNCTION survey.climb() RETURNS text LANGUAGE plpgsql AS $$ BEGIN RESET ROLE; RETURN current_user; END $$;
CREATE OR REPLACE VIEW survey.map AS SELECT 'S1' AS code, survey.climb() AS name;
SELECT terrbal.load_units('survey.map', 'code', 'name', level => 'town');
RESET ROLE;
SELECT code, name, level FROM terrbal.unit WHERE code = 'S1';
SET client_min_messages = warning;
DROP SCHEMA survey CASCADE;
DROP OWNED BY regress_terrbal_surveyor;
DROP ROLE regress_terrbal_surveyor;
RESET client_min_messages;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
