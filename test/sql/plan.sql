\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.vacancy (unit text, period date, value float8);
INSERT INTO city.vacancy SELECT u, make_date(2015 + p::int, 1, 1), v FROM (VALUES ('06015', '{20,19,18,17,16,15,14,13}'::float8[]), ('06083', '{20,19,50,17,16,15,14,13}'),
    ('10037', '{12,12.5,12,12.5,12,13,14,15}'), ('10148', '{9,9.1,9.3,9.4,9.4,9.6,9.5,19}'), ('10195', '{5,4}')) x (u, a), unnest(a) WITH ORDINALITY y (v, p);
SELECT terrbal.register_indicator('vacancy', 'Vacant dwellings', 'percent', 'city.vacancy', level => 'municipality', direction => -1, stale_after => '1000 years') IS NOT NULL AS registered;
SELECT status, inserted FROM terrbal.refresh('vacancy');
-- half of the rate of 2020 by 2030, for every municipality; one has a plan of its own
INSERT INTO terrbal.target (indicator, baseline_date, value, date) VALUES ('vacancy', '2020-01-01', 8, '2030-01-01');
INSERT INTO terrbal.target (indicator, unit, baseline, baseline_date, value, date, shape) VALUES ('vacancy', '10037', 12, '2020-01-01', 6, '2030-01-01', 'geometric');
SELECT unit, period, value, target, target_date, round(projected::numeric, 3) AS projected, projected_date, worse_running, round(jump::numeric, 2) AS jump FROM terrbal.signal WHERE code = 'vacancy' ORDER BY unit;
-- what depends on the day: the path today and the distance to it
SELECT bool_and(s.expected = terrbal.plan_value('linear', b.value, '2020-01-01', 8, '2030-01-01', CURRENT_DATE)) AS expected, bool_and(s.path_distance = s.value - s.expected) AS distance
FROM terrbal.signal s JOIN city.vacancy b ON b.unit = s.unit AND b.period = '2020-01-01' WHERE s.code = 'vacancy' AND s.unit <> '10037';
SELECT unit, warning ~ 'worse 3 periods running' AS worse, warning ~ 'jump' AS jump FROM terrbal.signal WHERE code = 'vacancy' AND warning ~ 'worse|jump' ORDER BY unit;
-- the path itself, in its three shapes
SELECT d::date AS day, round(terrbal.plan_value('linear', 20, '2020-01-01', 10, '2030-01-01', d::date)::numeric, 4) AS linear, round(terrbal.plan_value('geometric', 20, '2020-01-01', 10, '2030-01-01', d::date)::numeric, 4) AS geometric,
    terrbal.plan_value('steps', 20, '2020-01-01', 10, '2030-01-01', d::date, 2) AS two_steps
FROM unnest(ARRAY['2019-06-01', '2020-01-01', '2022-07-02', '2025-01-01', '2030-01-01', '2040-01-01']) d;
-- the line and the run behind the projection
SELECT round(level::numeric, 6) AS level, round(slope::numeric, 6) AS slope, run, jump FROM terrbal.series_summary('{0,1,2,3,4}', '{10,12,99,16,18}');
SELECT (terrbal.series_summary('{0,1,2}', '{3,2,1}')).*;
SELECT round(level::numeric, 6) AS level, round(slope::numeric, 6) AS slope, run, jump FROM terrbal.series_summary('{0,1,2,3,4,5,6}', '{0,1,3,6,8,9,21}');
SELECT (terrbal.series_summary('{}', '{}')).*;
SELECT terrbal.series_summary('{1,1}', '{3,2}');
SELECT terrbal.series_summary('{1,2}', '{3}');
SELECT terrbal.series_summary('{1,2}', '{3,NaN}');
-- places among ten units
CREATE TABLE city.income AS SELECT 'U' || u AS unit, make_date(2023 + p, 1, 1) AS period, (u * 10 + CASE WHEN u = 9 THEN -45 * p ELSE 0 END)::float8 AS value FROM generate_series(1, 10) u, generate_series(0, 1) p;
SELECT terrbal.register_indicator('income', 'Income', 'euro', 'city.income', 'district') IS NOT NULL AS registered;
SELECT status FROM terrbal.refresh('income');
SELECT unit, value, previous, rank, previous_rank, peers, fall, warning FROM terrbal.rank_change WHERE code = 'income' AND rank <> previous_rank ORDER BY unit;
-- against the peers: everybody's rent rises by some 3 euro, that of U4 by 24 and that of U7 falls by 9
CREATE TABLE city.rent AS SELECT 'U' || u AS unit, make_date(2023 + p, 1, 1) AS period, (500 + u + p * CASE u WHEN 4 THEN 24 WHEN 7 THEN -9 ELSE 2 + u % 3 END)::float8 AS value
FROM generate_series(1, 11) u, generate_series(0, 1) p;
SELECT terrbal.register_indicator('rent', 'Rent', 'euro', 'city.rent', 'district', 0) IS NOT NULL AS registered;
SELECT status FROM terrbal.refresh('rent');
SELECT unit, value, previous, change, peer_change, peer_deviation, peers, jump, warning FROM terrbal.peer_jump WHERE code = 'rent' AND abs(jump) > 1 ORDER BY unit;
-- fewer than ten peers: a jump, no warning; all alike: neither
DELETE FROM city.rent WHERE unit IN ('U1', 'U2');
SELECT status FROM terrbal.refresh('rent');
SELECT unit, jump, warning FROM terrbal.peer_jump WHERE code = 'rent' AND abs(jump) > 1 ORDER BY unit;
UPDATE city.rent SET value = 500 + extract(year FROM period) - 2023;
SELECT status FROM terrbal.refresh('rent');
SELECT count(*) AS units, min(peer_change) AS peer_change, max(peer_deviation) AS peer_deviation, count(jump) AS jumps, count(warning) AS warnings FROM terrbal.peer_jump WHERE code = 'rent';
-- a value that is withdrawn gives its place to the one before
DELETE FROM city.vacancy WHERE unit = '10148' AND period = '2023-01-01';
SELECT withdrawn FROM terrbal.refresh('vacancy');
SELECT period, value, previous, warning FROM terrbal.signal WHERE code = 'vacancy' AND unit = '10148';
-- better than the common target from the start: it is reached, and nothing is behind
SELECT unit, value, target, projected_date, warning FROM terrbal.signal WHERE code = 'vacancy' AND unit = '10195';
-- what a plan for nothing, from before the series, or away from what is better says of itself
INSERT INTO terrbal.target (indicator, breakdown, baseline_date, value, date) VALUES ('income', 'sex=F', '2023-01-01', 120, '2030-01-01');
INSERT INTO terrbal.target (indicator, unit, baseline_date, value, date) VALUES ('income', 'U1', '2022-12-31', 120, '2030-01-01');
INSERT INTO terrbal.target (indicator, baseline_date, value, date) VALUES ('income', '2023-01-01', 5, '2030-01-01');
UPDATE terrbal.target SET value = 60 WHERE indicator = 'income' AND unit = '' AND breakdown = '';
INSERT INTO terrbal.target (indicator, unit, baseline, baseline_date, value, date) VALUES ('income', 'U2', 70, '2000-01-01', 60, '2030-01-01'), ('income', 'U3', 70, '2000-01-01', 80, '2030-01-01');
DELETE FROM terrbal.target WHERE indicator = 'income';
-- what cannot be a plan
INSERT INTO terrbal.target (indicator, baseline_date, value, date) VALUES ('vacancy', '2030-01-01', 8, '2030-01-01');
INSERT INTO terrbal.target (indicator, unit, baseline, baseline_date, value, date, shape) VALUES ('vacancy', 'X', -1, '2020-01-01', 8, '2030-01-01', 'geometric');
INSERT INTO terrbal.target (indicator, unit, baseline_date, value, date, shape) VALUES ('vacancy', 'X', '2020-01-01', 8, '2030-01-01', 'steps');
INSERT INTO terrbal.target (indicator, unit, baseline_date, value, date) VALUES ('vacancy', 'X', '2020-01-01', 'NaN', '2030-01-01');
SET client_min_messages = warning;
DELETE FROM terrbal.indicator;
SELECT count(*) FROM terrbal.target;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
