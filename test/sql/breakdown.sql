\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.unemployment (unit text, period date, sex text, age text, value numeric);
INSERT INTO city.unemployment VALUES ('06015', '2024-01-01', NULL, NULL, 900), ('06015', '2024-01-01', 'F', NULL, 520), ('06015', '2024-01-01', 'M', NULL, 380),
    ('06015', '2024-01-01', 'F', '65+', 20), ('06015', '2024-01-01', '_T', '65+', 30), ('06083', '2024-01-01', '', '', 400), ('06083', '2024-01-01', 'F', '', 260), ('06083', '2024-01-01', 'M', '', 130);
SELECT terrbal.register_indicator('unemployed', 'Unemployed', 'persons', 'city.unemployment', level => 'municipality', direction => -1, dimensions => ARRAY['sex', 'age']) IS NOT NULL AS registered;
SELECT status, rows_read, inserted, refused FROM terrbal.refresh('unemployed');
SELECT unit, period, breakdown, value FROM terrbal.observation_latest WHERE code = 'unemployed' ORDER BY unit, breakdown;
-- one column a dimension
SELECT unit, terrbal.breakdown_member(breakdown, 'sex') AS sex, terrbal.breakdown_member(breakdown, 'age') AS age, value FROM terrbal.observation_latest WHERE code = 'unemployed' ORDER BY unit, breakdown;
SELECT ref_area, breakdown, time_period, obs_value FROM terrbal.observation_sdmx WHERE indicator = 'unemployed' ORDER BY ref_area, breakdown NULLS FIRST;
-- again: nothing to do; a change of one part
SELECT inserted, updated, withdrawn, unchanged FROM terrbal.refresh('unemployed');
UPDATE city.unemployment SET value = 500 WHERE unit = '06015' AND sex = 'F' AND age IS NULL;
SELECT inserted, updated, withdrawn, unchanged FROM terrbal.refresh('unemployed');
SELECT breakdown, value FROM terrbal.revision;
-- codes that a list does not know, codes that no text can hold
INSERT INTO terrbal.dimension_member (dimension, member, label, place) VALUES ('sex', 'F', 'women', 1), ('sex', 'M', 'men', 2);
INSERT INTO city.unemployment VALUES ('06015', '2024-01-01', 'X', NULL, 1), ('06015', '2024-01-01', 'F', '0=1', 1), ('', '2024-01-01', 'F', NULL, 1), ('06083', 'infinity', 'F', NULL, 1), ('06083', '2024-01-01', 'F', '65+', 1e400);
SELECT status, inserted, refused FROM terrbal.refresh('unemployed');
SELECT unit, breakdown, period, reason FROM terrbal.run_issue ORDER BY reason;
SELECT status, message, hint FROM terrbal.refresh('unemployed', strict => true);
DELETE FROM city.unemployment WHERE unit = '' OR sex = 'X' OR age = '0=1' OR period = 'infinity' OR value > 1e300;
-- a row that is refused leaves what was published before
UPDATE city.unemployment SET value = 1e400 WHERE unit = '06083' AND sex = 'M';
SELECT status, withdrawn, refused FROM terrbal.refresh('unemployed');
SELECT value FROM terrbal.observation_latest WHERE unit = '06083' AND breakdown = 'sex=M';
UPDATE city.unemployment SET value = 130 WHERE unit = '06083' AND sex = 'M';
INSERT INTO city.unemployment VALUES ('06083', '2024-01-01', 'M', NULL, 130);
SELECT status, message FROM terrbal.refresh('unemployed');
DELETE FROM city.unemployment WHERE ctid = (SELECT max(ctid) FROM city.unemployment);
-- thresholds and signals of parts
INSERT INTO terrbal.threshold (indicator, level, amber, red, breakdown) VALUES ('unemployed', 'municipality', 300, 500, ''), ('unemployed', 'municipality', 150, 250, 'sex=F');
SELECT unit, breakdown, value, light FROM terrbal.signal WHERE code = 'unemployed' ORDER BY unit, breakdown;
SELECT count(*) = count(DISTINCT id) AS keys FROM terrbal.signal;
-- roll-up keeps the breakdown
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06015', '06', 'province'), ('06083', '06', 'province');
SELECT unit, period, breakdown, value FROM terrbal.indicator_rollup('unemployed', 'province', 'sum');
SELECT unit, breakdown, members, reporting, missing FROM terrbal.rollup_coverage('unemployed', 'province');
SELECT unit, breakdown, value, members, missing FROM terrbal.signal_rollup('unemployed', 'province', 'sum');
-- states of parts
CREATE VIEW city.income AS SELECT u.unit, DATE '2024-01-01' AS period, s.sex, avg(x * s.k) AS value, terrbal.sample_state(x * s.k) AS state
FROM (VALUES ('06015', 3), ('06083', 5)) u (unit, n), (VALUES ('F', 1.0::float8), ('M', 2.0)) s (sex, k), generate_series(1, u.n) x GROUP BY u.unit, s.sex;
SELECT terrbal.register_indicator('income', 'Income', 'euro', 'city.income', level => 'municipality', statistic => 'gini', dimensions => ARRAY['sex']) IS NOT NULL AS registered;
SELECT status, inserted, states_written FROM terrbal.refresh('income');
SELECT status, inserted, states_written FROM terrbal.refresh('income');
SELECT unit, breakdown, round(value::numeric, 6) AS value FROM terrbal.indicator_rollup('income', 'province', 'gini');
-- flows: the counterpart of a unit; within the parent they are its diagonal
CREATE TABLE city.commuting (unit text, counterpart text, period date, value float8);
INSERT INTO city.commuting VALUES ('06015', '06083', '2024-01-01', 40), ('06083', '06015', '2024-01-01', 70), ('06015', '10037', '2024-01-01', 25), ('10037', 'PT', '2024-01-01', 4), ('06083', NULL, '2024-01-01', 70);
SELECT terrbal.register_indicator('commuters', 'Commuters', 'persons', 'city.commuting', level => 'municipality', direction => 0) IS NOT NULL AS registered;
SELECT status, inserted, units_new FROM terrbal.refresh('commuters');
SELECT unit, counterpart, value FROM terrbal.observation_latest WHERE code = 'commuters' ORDER BY unit, counterpart;
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('10037', '10', 'province');
SELECT unit, counterpart, value FROM terrbal.indicator_rollup('commuters', 'province', 'sum') ORDER BY unit, counterpart;
SELECT p.zones, p.total, p.interzonal FROM (SELECT terrbal.flow_profile(unit, counterpart, value) AS f FROM terrbal.observation_latest WHERE code = 'commuters' AND counterpart IS NOT NULL) s, LATERAL (SELECT (s.f).*) p;
-- what cannot be a dimension
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.unemployment', dimensions => ARRAY['region']);
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.unemployment', dimensions => ARRAY['sex', 'sex']);
SELECT terrbal.register_indicator('bad', 'Bad', '1', 'city.unemployment', dimensions => ARRAY['period']);
SELECT terrbal.breakdown_member('sex=F;age=65+', 'age') AS age, terrbal.breakdown_member('sex=F', 'age') AS no_age, terrbal.breakdown_member('', 'sex') AS total, terrbal.breakdown_member(NULL, 'sex') AS nothing;
INSERT INTO terrbal.dimension_member (dimension, member) VALUES ('age', '0=1');
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue, terrbal.dimension_member RESTART IDENTITY;
