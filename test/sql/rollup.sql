\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.population (unit text, period date, value float8);
INSERT INTO city.population VALUES
    ('A', '2015-01-01', 100), ('B', '2015-01-01', 200), ('C', '2015-01-01', 300), ('D', '2015-01-01', 400),
    ('B', '2025-01-01', 330), ('C', '2025-01-01', 320), ('D', '2025-01-01', 410);
CREATE TABLE city.commuters (unit text, period date, value float8);
INSERT INTO city.commuters VALUES
    ('A', '2015-01-01', 10), ('B', '2015-01-01', 20), ('C', '2015-01-01', 40), ('D', '2015-01-01', NULL),
    ('B', '2025-01-01', 30), ('C', '2025-01-01', 50), ('D', '2025-01-01', 60);
SELECT terrbal.register_indicator('population', 'Population', 'persons', 'city.population', level => 'municipality') IS NOT NULL AS population,
    terrbal.register_indicator('commuters', 'Commuters', 'percent', 'city.commuters', level => 'municipality', weight_indicator => 'population') IS NOT NULL AS commuters;
CALL terrbal.refresh_all();
-- A and B belong to North, C to South; D moves from North to South in 2020; A merges into B in 2018
INSERT INTO terrbal.hierarchy (child, parent, level, valid) VALUES
    ('A', 'North', 'province', '(,2018-01-01)'), ('B', 'North', 'province', '(,)'), ('C', 'South', 'province', '(,)'),
    ('D', 'North', 'province', '(,2020-01-01)'), ('D', 'South', 'province', '[2020-01-01,)'),
    ('North', 'Nation', 'nation', '(,)'), ('South', 'Nation', 'nation', '(,)');
INSERT INTO terrbal.succession (predecessor, successor, effective) VALUES ('A', 'B', '2018-01-01');
SELECT code, level FROM terrbal.unit ORDER BY code;
-- on the boundaries of each period
SELECT * FROM terrbal.indicator_rollup('population', 'province', 'sum');
SELECT * FROM terrbal.indicator_rollup('population', 'nation', 'sum');
SELECT * FROM terrbal.indicator_rollup('commuters', 'province', 'mean');
SELECT * FROM terrbal.indicator_rollup('commuters', 'province', 'weighted_mean');
SELECT * FROM terrbal.rollup_coverage('commuters', 'province');
-- on the boundaries of one day: comparable over time
SELECT * FROM terrbal.indicator_rollup('population', 'province', 'sum', boundaries => '2025-01-01');
SELECT * FROM terrbal.indicator_rollup('population', 'municipality', 'sum', boundaries => '2025-01-01');
SELECT * FROM terrbal.indicator_rollup('population', 'municipality', 'sum') WHERE period = '2015-01-01';
-- a split by shares
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('C', 'C', '2022-01-01', 0.7), ('C', 'E', '2022-01-01', 0.3);
SELECT * FROM terrbal.indicator_rollup('population', 'municipality', 'sum', '2025-01-01') WHERE period = '2015-01-01';
-- what can go wrong
SELECT * FROM terrbal.indicator_rollup('unknown', 'province', 'sum');
SELECT * FROM terrbal.indicator_rollup('population', 'county', 'sum');
SELECT * FROM terrbal.indicator_rollup('population', 'province', 'median');
SELECT * FROM terrbal.indicator_rollup('population', 'province', 'weighted_mean');
SELECT * FROM terrbal.indicator_rollup('population', 'province', 'state');
SELECT * FROM terrbal.indicator_rollup(NULL, 'province', 'sum');
INSERT INTO terrbal.hierarchy (child, parent, level, valid) VALUES ('B', 'South', 'province', '[2021-01-01,2022-01-01)');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('B', 'North', 'province');
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('B', 'B', 'province');
INSERT INTO terrbal.hierarchy (child, parent, level, valid) VALUES ('F', 'South', 'province', 'empty');
-- a municipality that nobody placed, and a level nobody has
INSERT INTO city.population VALUES ('Z', '2025-01-01', 5);
SELECT status FROM terrbal.refresh('population');
SELECT * FROM terrbal.rollup_coverage('population', 'nation');
DELETE FROM city.population WHERE unit = 'Z';
SELECT status FROM terrbal.refresh('population');
CREATE VIEW city.by_province AS SELECT unit, period, value FROM terrbal.indicator_rollup('population', 'province', 'sum');
SELECT terrbal.register_indicator('by_province', 'Population', 'persons', 'city.by_province', 'provincia') IS NOT NULL AS registered;
SELECT status, inserted FROM terrbal.refresh('by_province');
SELECT * FROM terrbal.indicator_rollup('by_province', 'nation', 'sum');
UPDATE terrbal.indicator SET level = 'province' WHERE code = 'by_province';
SELECT * FROM terrbal.indicator_rollup('by_province', 'nation', 'sum');
SELECT status, inserted, withdrawn FROM terrbal.refresh('by_province');
SELECT * FROM terrbal.indicator_rollup('by_province', 'nation', 'sum');
-- two roads to the nation: nobody counts twice
INSERT INTO terrbal.hierarchy (child, parent, level) VALUES ('A', 'Coast', 'zone'), ('B', 'Coast', 'zone'), ('Coast', 'Nation', 'nation');
SELECT * FROM terrbal.indicator_rollup('population', 'nation', 'sum');
SELECT * FROM terrbal.indicator_rollup('population', 'zone', 'sum');
-- a source with values of several levels: only its own level counts
INSERT INTO city.population VALUES ('North', '2015-01-01', 700), ('Nation', '2015-01-01', 1000);
SELECT status FROM terrbal.refresh('population');
SELECT * FROM terrbal.indicator_rollup('population', 'nation', 'sum');
UPDATE terrbal.indicator SET level = NULL WHERE code = 'population';
SELECT * FROM terrbal.indicator_rollup('population', 'nation', 'sum');
-- decimal sums are exact whatever the order
CREATE TABLE city.tenth AS SELECT 'M' || n AS unit, DATE '2024-01-01' AS period, 0.1::float8 AS value FROM generate_series(1, 10) n;
SELECT terrbal.register_indicator('tenth', 'Tenths', '1', 'city.tenth', 'municipality') IS NOT NULL AS registered;
SELECT status FROM terrbal.refresh('tenth');
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'M' || n, 'Ten', 'province' FROM generate_series(1, 10) n;
SELECT value = 1 AS exactly_one FROM terrbal.indicator_rollup('tenth', 'province', 'sum');
SELECT value FROM terrbal.indicator_rollup('tenth', 'province', 'mean');
-- the nation's Gini from municipal states
CREATE TABLE city.household (unit text, income float8);
INSERT INTO city.household VALUES ('A', 10), ('A', 20), ('B', 20), ('B', 60), ('B', 100), ('C', 30), ('C', 30), ('D', 15), ('D', 90), ('D', 400);
CREATE VIEW city.income AS SELECT unit, DATE '2015-01-01' AS period, avg(income) AS value, terrbal.sample_state(income) AS state FROM city.household GROUP BY unit;
SELECT terrbal.register_indicator('income', 'Household income', 'thousand euro', 'city.income', 'municipality', statistic => 'gini') IS NOT NULL AS registered;
SELECT status, inserted, states_written FROM terrbal.refresh('income');
SELECT unit, period, round(value::numeric, 6) AS gini FROM terrbal.indicator_rollup('income', 'province', 'state');
SELECT round(value::numeric, 6) AS rolled_up, (SELECT round(terrbal.gini(income)::numeric, 6) FROM city.household) AS one_pass
FROM terrbal.indicator_rollup('income', 'nation', 'gini');
SELECT round(value::numeric, 6) AS theil FROM terrbal.indicator_rollup('income', 'nation', 'inequality.theil_t');
SELECT * FROM terrbal.indicator_rollup('income', 'nation', 'inequality');
SELECT * FROM terrbal.indicator_rollup('income', 'nation', 'modularity');
SELECT * FROM terrbal.indicator_rollup('income', 'municipality', 'gini', '2025-01-01') WHERE unit = 'B';
SELECT * FROM terrbal.indicator_rollup('income', 'municipality', 'gini', '2025-01-01');
-- the same for flows; a source without value publishes the index itself
CREATE TABLE city.move (origin text, destination text, n float8);
INSERT INTO city.move VALUES ('A', 'B', 10), ('B', 'A', 4), ('A', 'C', 3), ('C', 'D', 8), ('D', 'A', 1), ('B', 'D', 2);
CREATE VIEW city.mobility AS SELECT origin AS unit, DATE '2015-01-01' AS period, terrbal.flow_state(origin, destination, n) AS state FROM city.move GROUP BY origin;
SELECT terrbal.register_indicator('mobility', 'Migration effectiveness', 'percent', 'city.mobility', 'municipality', statistic => 'flow_profile.effectiveness') IS NOT NULL AS registered;
SELECT status, inserted, states_written FROM terrbal.refresh('mobility');
SELECT unit, value FROM terrbal.observation_latest WHERE code = 'mobility' ORDER BY unit;
SELECT round(r.value::numeric, 6) AS rolled_up, (SELECT round((terrbal.flow_profile(origin, destination, n)).effectiveness::numeric, 6) FROM city.move) AS one_pass
FROM terrbal.indicator_rollup('mobility', 'nation', 'state') r;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue RESTART IDENTITY;
