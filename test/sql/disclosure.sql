-- disclosure: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_disclosure;
SET search_path = test_disclosure, public;

CREATE TABLE patients (area text, sex text, n bigint);
INSERT INTO patients VALUES ('A', 'Male', 1), ('A', 'Female', 0), ('B', 'Male', 3), ('B', 'Female', 3), ('C', 'Male', 12), ('C', 'Female', 20);
SELECT area, sex, n, terrbal.controlled_rounding(n, 5) OVER (ORDER BY area, sex) AS published FROM patients ORDER BY area, sex;

SELECT terrbal.dominance_risk(110000, ARRAY[52000, 50000], 2, 90) AS two_have_more_than_90_percent, terrbal.p_percent_risk(110000, ARRAY[52000, 50000], 10) AS within_10_percent;

-- margins within a partition; with a seed
SELECT area, sum(r), sum(n) FROM (SELECT area, n, terrbal.controlled_rounding(n, 3) OVER (PARTITION BY area ORDER BY sex) AS r FROM patients) s GROUP BY area ORDER BY area;
SELECT area, sex, terrbal.controlled_rounding(n, 3, seed => 7) OVER (ORDER BY area, sex) FROM patients ORDER BY area, sex;
-- NULL is nobody's count, 0 stays 0, base 1 changes nothing
SELECT n, terrbal.controlled_rounding(n, 5) OVER (ORDER BY n), terrbal.controlled_rounding(n, 1) OVER (ORDER BY n) FROM (VALUES (0), (NULL), (4), (4), (10)) v (n) ORDER BY n;
SELECT terrbal.controlled_rounding(n, 5) OVER () FROM patients WHERE false;
-- contributions of nobody, of one, exactly at the limit
SELECT terrbal.dominance_risk(0, '{}', 1, 75) AS none, terrbal.dominance_risk(5, '{5}', 1, 75) AS one, terrbal.dominance_risk(100, '{60,15}', 2, 75) AS at_limit, terrbal.dominance_risk(NULL, '{60}', 2, 75) AS unknown;
SELECT terrbal.p_percent_risk(0, '{0,0}', 10) AS none, terrbal.p_percent_risk(5, '{5}', 10) AS one, terrbal.p_percent_risk(1.1, '{1,0}', 10) AS at_limit, terrbal.p_percent_risk(NULL, '{1}', 10) AS unknown;
-- errors
SELECT terrbal.controlled_rounding(-1, 5) OVER ();
SELECT terrbal.controlled_rounding(1, 0) OVER ();
SELECT terrbal.controlled_rounding(1, NULL) OVER ();
SELECT terrbal.controlled_rounding(n, n::int) OVER () FROM (VALUES (3), (4)) v (n);
SELECT terrbal.controlled_rounding(n, 3, n) OVER () FROM (VALUES (3), (4)) v (n);
SELECT terrbal.controlled_rounding(9223372036854775807, 4) OVER ();
SELECT terrbal.dominance_risk(-1, '{1}', 1, 75);
SELECT terrbal.dominance_risk(1, '{-1}', 1, 75);
SELECT terrbal.p_percent_risk('NaN', '{1}', 10);
SELECT terrbal.dominance_risk(100, '{90}', 1, 0.8);
SELECT terrbal.dominance_risk(100, '{90}', 1, 800);
SELECT terrbal.dominance_risk(100, '{90}', 0, 80);
SELECT terrbal.p_percent_risk(100, '{90}', 0.1);
-- contributions come in any order
SELECT terrbal.dominance_risk(100, '{5,90,NULL}', 1, 80) AS dominated, terrbal.p_percent_risk(100, '{20,78}', 10) AS estimated, terrbal.p_percent_risk(100, '{20,70}', 10) AS looser;
-- a list too short to tell hides: the second contributor may hold all that is left, but no more than the least in the list
SELECT terrbal.dominance_risk(100, '{60}', 2, 75) AS may_be, terrbal.dominance_risk(100, '{10}', 2, 75) AS cannot_be, terrbal.dominance_risk(100, '{}', 1, 75) AS none_named, terrbal.dominance_risk(100, '{60,NULL}', 2, 75) AS unknown_second;
SELECT terrbal.p_percent_risk(100, '{60}', 10) AS may_be, terrbal.p_percent_risk(100, '{10}', 10) AS cannot_be, terrbal.p_percent_risk(100, '{}', 10) AS none_named, terrbal.p_percent_risk(100, '{60,NULL}', 10) AS unknown_second;
-- suppression before publication
RESET search_path;
CREATE SCHEMA city;
CREATE TABLE city.disabled (unit text, period date, sex text, value float8);
INSERT INTO city.disabled SELECT u, DATE '2024-01-01', s, n FROM (VALUES ('06001', 40, 22), ('06002', 30, 2), ('06003', 50, 31), ('06004', 9, 9), ('10001', 70, 60), ('10002', 80, 0)) x (u, f, m), LATERAL (VALUES ('F', f), ('M', m), (NULL, f + m)) y (s, n);
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT DISTINCT unit, left(unit, 2), 'province' FROM city.disabled;
SELECT terrbal.register_indicator('disabled', 'Residents with a disability', 'persons', 'city.disabled', level => 'municipality', dimensions => ARRAY['sex']) IS NOT NULL AS registered;
UPDATE terrbal.indicator SET minimum_count = 5 WHERE code = 'disabled';
SELECT status, inserted FROM terrbal.refresh('disabled');
SELECT ref_area, breakdown, obs_value, obs_status, obs_conf FROM terrbal.observation_sdmx WHERE indicator = 'disabled' AND ref_area < '07' ORDER BY ref_area, breakdown NULLS FIRST;
SELECT count(*) FROM terrbal.observation_sdmx WHERE indicator = 'disabled' AND ref_area > '07' AND obs_conf <> 'F';
SELECT unit, breakdown, value, status FROM terrbal.signal WHERE code = 'disabled' AND unit = '06002' ORDER BY breakdown;
-- several hidden together: their sum is 2 and below the minimum; 8 and so four each; 6 and open
CREATE TABLE city.rare (unit text, period date, value bigint);
INSERT INTO city.rare SELECT u, '2024-01-01', n FROM (VALUES ('11001', 1), ('11002', 1), ('11003', 50), ('11004', 60), ('12001', 4), ('12002', 4), ('12003', 0), ('12004', 70), ('13001', 2), ('13002', 4), ('13003', 33),
    ('14001', 1), ('14002', 1), ('14003', 0)) v (u, n);
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT unit, left(unit, 2), 'province' FROM city.rare;
SELECT terrbal.register_indicator('rare', 'Rare', 'persons', 'city.rare', level => 'municipality') IS NOT NULL AS registered;
UPDATE terrbal.indicator SET minimum_count = 5 WHERE code = 'rare';
SELECT status, inserted FROM terrbal.refresh('rare');
SELECT unit, value, status FROM terrbal.observation_latest WHERE code = 'rare' ORDER BY unit;
-- a mean is no count
UPDATE city.rare SET value = 1000 WHERE unit = '14002';
ALTER TABLE city.rare ALTER value TYPE numeric;
UPDATE city.rare SET value = 1000.5 WHERE unit IN ('13003', '14001');
SELECT status, updated, refused FROM terrbal.refresh('rare');
SELECT unit, reason FROM terrbal.run_issue ORDER BY unit LIMIT 2;
ALTER TABLE city.rare ADD contributors int DEFAULT 7;
SELECT status, updated, refused FROM terrbal.refresh('rare');
-- a member may be any words, also those of the statement that reads the source
INSERT INTO terrbal.dimension_member (dimension, member) SELECT 'sex', m FROM unnest('{F,M,women AS reason FROM the census}'::text[]) m;
UPDATE city.disabled SET sex = 'women AS reason FROM the census' WHERE sex = 'F' AND unit = '10001';
SELECT status, inserted, withdrawn, refused FROM terrbal.refresh('disabled');
-- turnover of firms: (1, 75) and p percent by the contributions
CREATE TABLE city.turnover (unit text, period date, value float8, largest float8[]);
INSERT INTO city.turnover VALUES ('10001', '2024-01-01', 100, '{80,5}'), ('10002', '2024-01-01', 100, '{30,29}'), ('10003', '2024-01-01', 40, '{20,10}'), ('10004', '2024-01-01', 40, NULL), ('10005', '2024-01-01', 40, '{1,39}');
SELECT terrbal.register_indicator('turnover', 'Turnover', 'euro', 'city.turnover', level => 'municipality') IS NOT NULL AS registered;
UPDATE terrbal.indicator SET dominance_n = 1, dominance_k = 75, p_percent = 10 WHERE code = 'turnover';
SELECT status, inserted FROM terrbal.refresh('turnover');
SELECT unit, value, status FROM terrbal.observation_latest WHERE code = 'turnover' ORDER BY unit;
ALTER TABLE city.turnover DROP COLUMN largest;
SELECT status, message, hint FROM terrbal.refresh('turnover');
SET client_min_messages = warning;
DROP SCHEMA city, test_disclosure CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.target, terrbal.run_issue, terrbal.dimension_member RESTART IDENTITY;
