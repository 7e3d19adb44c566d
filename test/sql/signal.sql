\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.net_migration (unit text, period date, value float8);
INSERT INTO city.net_migration VALUES
    ('06015', '2022-01-01', 1.2), ('06015', '2023-01-01', 2.5),
    ('06083', '2022-01-01', -3.1), ('06083', '2023-01-01', -4.0),
    ('10037', '2022-01-01', -1.5), ('10037', '2023-01-01', -7.5),
    ('10148', '2021-01-01', 0.4), ('10148', '2022-01-01', 0.9),
    ('10195', '2022-01-01', 2.0), ('10195', '2023-01-01', 'NaN');
CREATE TABLE city.budget (unit text, period date, value float8);
INSERT INTO city.budget SELECT unit, period, CASE unit WHEN '06015' THEN 40 WHEN '06083' THEN 25 ELSE 15 END + extract(year FROM period) - 2022
FROM city.net_migration WHERE value <> 'NaN';
SELECT terrbal.register_indicator('net_migration', 'Net migration', 'per 1,000 residents', 'city.net_migration', level => 'municipality',
    component => 'population_dynamics', sdg => '11.a.1') IS NOT NULL AS migration,
    terrbal.register_indicator('own_revenue', 'Own revenue', 'percent of revenue', 'city.budget', level => 'municipality',
    component => 'local_fiscal_space', sdg => '17.1.1') IS NOT NULL AS revenue;
CALL terrbal.refresh_all();
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('06015', '06', 'province'), ('06083', '06', 'province'), ('06044', '06', 'province'),
    ('10037', '10', 'province'), ('10148', '10', 'province'), ('10195', '10', 'province');
UPDATE terrbal.unit SET name = 'Badajoz' WHERE code = '06015';
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('net_migration', 'municipality', -2, -5), ('own_revenue', 'municipality', 30, 20);
-- the light, the change and the state of the data
SELECT unit, level, period, value, previous, round(change::numeric, 6) AS change, light, status, trend
FROM terrbal.signal WHERE code = 'net_migration' ORDER BY unit;
SELECT count(*) AS lines, count(DISTINCT id) AS keys FROM terrbal.signal;
-- which side is bad: the order of the thresholds says it
SELECT terrbal.traffic_light(12, 10, 20) AS high_is_bad, terrbal.traffic_light(12, 20, 10) AS low_is_bad, terrbal.traffic_light(20, 10, 20) AS at_red,
    terrbal.traffic_light(10, 10, 20) AS at_amber, terrbal.traffic_light(5, NULL, 10) AS no_amber, terrbal.traffic_light(15, NULL, 10, -1) AS no_amber_low,
    terrbal.traffic_light(5, 10, 10) AS equal, terrbal.traffic_light(NULL, 10, 20) AS no_value, terrbal.traffic_light(5, NULL, NULL) AS no_threshold;
-- old data are stale even if everybody is late
UPDATE terrbal.indicator SET stale_after = '2 years' WHERE code = 'own_revenue';
SELECT unit, status FROM terrbal.signal WHERE code = 'own_revenue' AND CURRENT_DATE > '2025-01-02' ORDER BY unit;
-- a unit that was merged into another is not missing
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('06044', '06083', '2020-01-01');
SELECT count(*) FROM terrbal.signal WHERE unit = '06044';
-- but one whose merger was undone is
BEGIN;
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('06083', '06083', '2022-01-01', 0.5), ('06083', '06044', '2022-01-01', 0.5);
SELECT code, status FROM terrbal.signal WHERE unit = '06044' ORDER BY code;
ROLLBACK;
-- the light of the provinces, from their municipalities
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('own_revenue', 'province', 25, 18);
UPDATE terrbal.indicator SET stale_after = NULL WHERE code = 'own_revenue';
SELECT * FROM terrbal.signal_rollup('own_revenue', 'province', 'mean');
-- thresholds of an indicator whose level nobody has stated
CREATE TABLE city.rate (unit text, period date, value float8);
INSERT INTO city.rate VALUES ('X', '2023-01-01', 8);
SELECT terrbal.register_indicator('rate', 'Rate', 'percent', 'city.rate') IS NOT NULL AS registered;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('rate', 'district', 5, 10);
SELECT status FROM terrbal.refresh('rate');
SELECT unit, level, value, previous, change, light, status, trend FROM terrbal.signal WHERE code = 'rate';
-- National Urban Policy: SDG 11.a.1
SELECT component, indicators, evidence, units, green, amber, red, stale, missing, improving, worsening, newest_period FROM terrbal.urban_policy_scorecard;
-- voluntary local review of one municipality
SELECT goal, sdg, code, period, value, previous, trend, light, peers, peer_median, peers_better FROM terrbal.local_review WHERE unit = '06015' ORDER BY code;
-- no NaN or infinity anywhere
SELECT count(*) FROM terrbal.signal WHERE 'NaN' IN (value, previous, change, change_rate) OR 'Infinity' IN (value, previous, change, change_rate);
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('rate', 'province', 'NaN', 10);
-- a light or a goal for what nobody registered is told, and kept: it may come first
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('net_migraton', 'municipality', -2, -5);
UPDATE terrbal.threshold SET indicator = 'net_migration', level = 'munipality' WHERE indicator = 'net_migraton';
INSERT INTO terrbal.threshold (indicator, level, breakdown, amber, red) VALUES ('net_migration', 'municipality', 'sex=F', -2, -5);
INSERT INTO terrbal.target (indicator, unit, baseline_date, value, date) VALUES ('own_revenu', '06O15', '2020-01-01', 40, '2030-01-01');
UPDATE terrbal.target SET indicator = 'own_revenue', unit = '';
BEGIN;
UPDATE terrbal.indicator SET code = 'own_income' WHERE code = 'own_revenue';
UPDATE terrbal.indicator SET code = code;
ROLLBACK;
-- who may write thresholds but not read indicators is told nothing of them
CREATE ROLE regress_terrbal_lights;
GRANT USAGE ON SCHEMA terrbal TO regress_terrbal_lights;
GRANT INSERT ON terrbal.threshold TO regress_terrbal_lights;
SET ROLE regress_terrbal_lights;
INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES ('own_revenu', 'municipality', 30, 20);
RESET ROLE;
REVOKE ALL ON SCHEMA terrbal FROM regress_terrbal_lights;
REVOKE ALL ON terrbal.threshold FROM regress_terrbal_lights;
DROP ROLE regress_terrbal_lights;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.target, terrbal.run_issue RESTART IDENTITY;
