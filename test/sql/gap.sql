\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA city;
CREATE TABLE city.literate (unit text, period date, sex text, area text, value float8);
INSERT INTO city.literate VALUES ('06015', '2024-01-01', NULL, NULL, 1000), ('06015', '2024-01-01', 'F', NULL, 480), ('06015', '2024-01-01', 'M', NULL, 500),
    ('06015', '2024-01-01', 'F', 'rural', 100), ('06015', '2024-01-01', 'M', 'rural', 80), ('06083', '2024-01-01', 'F', NULL, 0), ('06083', '2024-01-01', 'M', NULL, 0);
SELECT terrbal.register_indicator('literate', 'Adults who read', 'persons', 'city.literate', level => 'municipality', dimensions => ARRAY['sex', 'area']) IS NOT NULL AS registered;
SELECT status, inserted FROM terrbal.refresh('literate');
-- women against men
SELECT unit, within, value, reference, difference, ratio, round(parity_index::numeric, 4) AS parity_index
FROM terrbal.gap WHERE code = 'literate' AND member = 'F' AND reference_member = 'M' ORDER BY unit, within;
-- parts that do not add up to the published total
SELECT unit, dimension, within, members, parts, total, difference FROM terrbal.breakdown_coverage WHERE code = 'literate' AND difference <> 0;
SELECT terrbal.parity_index(80, 100) AS less, terrbal.parity_index(100, 80) AS more, terrbal.parity_index(5, 5) AS equal, terrbal.parity_index(0, 0) AS none, terrbal.parity_index(0, 5) AS nobody,
    terrbal.parity_index(5, 0) AS all_of_them, terrbal.parity_index(-1, 5) AS negative, terrbal.parity_index(NULL, 5) AS unknown;
SET client_min_messages = warning;
DROP SCHEMA city CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.run_issue, terrbal.dimension_member RESTART IDENTITY;
