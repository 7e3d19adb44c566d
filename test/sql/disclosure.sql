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
