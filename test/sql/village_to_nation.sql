\set SHOW_CONTEXT never
SET datestyle = 'ISO';
CREATE SCHEMA register;
CREATE TABLE register.municipality (ine text PRIMARY KEY, name text, residents int[]);
INSERT INTO register.municipality VALUES
    ('06015', 'Badajoz', '{150621,150517,149892,149946,150543,150530,150702,150984}'), ('10037', 'Cáceres', '{95925,95855,95617,95814,95917,96068,96126,96255}'),
    ('06083', 'Mérida', '{59049,58985,58971,59174,59187,59352,59335,59548}'), ('10148', 'Plasencia', '{41047,40892,40755,40663,40360,40141,39913,39860}'),
    ('06044', 'Don Benito', '{37149,37011,36971,36975,36924,37010,37151,37284}'), ('06153', 'Villanueva de la Serena', '{26157,26101,26021,25992,25882,25759,25667,25752}'),
    ('10039', 'Cadalso', '{478,483,468,458,443,428,431,426}'), ('06157', 'Villarta de los Montes', '{542,522,516,503,476,444,437,423}'),
    ('10080', 'Gargantilla', '{426,423,409,403,401,403,389,376}'), ('06030', 'Capilla', '{180,187,191,188,187,186,182,172}');
CREATE VIEW register.residents AS
SELECT ine AS unit, 2012 + n AS period, residents[n] AS value FROM register.municipality, generate_series(1, 8) n;
CREATE TABLE register.setting (province text, setting text, residents int[]);
INSERT INTO register.setting VALUES
    ('06', 'rural', '{325855,323691,321200,318360,314901,311672,308995,306580}'), ('06', 'urban', '{367874,367238,365530,365753,364983,364704,364564,365557}'),
    ('10', 'rural', '{232033,230841,228991,226295,223027,219944,217905,215627}'), ('10', 'urban', '{178242,177862,177276,177370,177009,176543,176246,176223}');
CREATE VIEW register.province AS
SELECT province AS unit, 2012 + n AS period, setting, sum(residents[n]) AS value
FROM register.setting, generate_series(1, 8) n GROUP BY GROUPING SETS ((province, n, setting), (province, n));
SELECT terrbal.register_indicator('residents', 'Residents', 'persons', 'register.residents', level => 'municipality', sdg => '11.3.1') IS NOT NULL AS villages,
    terrbal.register_indicator('province_residents', 'Residents of the province', 'persons', 'register.province', level => 'province', sdg => '11.a.1',
        component => 'population_dynamics', dimensions => ARRAY['setting']) IS NOT NULL AS provinces;
INSERT INTO terrbal.dimension_member (dimension, member, label) VALUES ('setting', 'rural', 'below 30,000 residents and 100 per km2'), ('setting', 'urban', 'all others');
SELECT code, status, inserted, units_new, refused FROM (VALUES (1, 'residents'), (2, 'province_residents')) v (n, name), terrbal.refresh(name) ORDER BY n;
SET client_min_messages = warning;
SELECT terrbal.load_units('register.municipality', 'ine', 'name', level => 'municipality') AS named;
RESET client_min_messages;
INSERT INTO terrbal.hierarchy (child, parent, level, child_level) SELECT ine, left(ine, 2), 'province', 'municipality' FROM register.municipality;
INSERT INTO terrbal.hierarchy (child, parent, level, child_level) VALUES ('06', '11', 'region', 'province'), ('10', '11', 'region', 'province'), ('11', 'ES', 'nation', 'region');
-- the ladder
SELECT breakdown, value FROM terrbal.indicator_rollup('province_residents', 'region', 'sum') WHERE period = '2020-01-01' ORDER BY breakdown;
SELECT v.level, r.unit, r.value AS residents_2013, s.value AS residents_2020, s.value - r.value AS change
FROM (VALUES (1, 'region'), (2, 'nation')) v (n, level), terrbal.indicator_rollup('province_residents', level, 'sum') r, terrbal.indicator_rollup('province_residents', level, 'sum') s
WHERE r.period = '2013-01-01' AND s.period = '2020-01-01' AND r.breakdown = 'setting=rural' AND s.breakdown = r.breakdown ORDER BY v.n;
-- the gap
SELECT unit, extract(year FROM period) AS year, value AS rural, reference AS urban, round(ratio::numeric, 3) AS ratio, round(parity_index::numeric, 3) AS parity_index
FROM terrbal.gap WHERE code = 'province_residents' AND member = 'rural' AND reference_member = 'urban' AND period IN ('2013-01-01', '2020-01-01') ORDER BY unit, year;
SELECT count(*) AS parts_that_do_not_add_up FROM terrbal.breakdown_coverage WHERE code = 'province_residents' AND difference <> 0;
-- the target
INSERT INTO terrbal.target (indicator, unit, breakdown, baseline_date, value, date)
SELECT 'province_residents', unit, breakdown, period, value, '2030-01-01' FROM terrbal.observation_latest WHERE code = 'province_residents' AND breakdown = 'setting=rural' AND period = '2016-01-01';
SELECT unit, value, target, path_distance, round(projected) AS projected, projected_date, worse_running, warning
FROM terrbal.signal WHERE code = 'province_residents' AND breakdown = 'setting=rural' ORDER BY unit;
-- the warning
SELECT unit_name, value, change, round((100 * change_rate)::numeric, 1) AS per_cent, worse_running, warning
FROM terrbal.signal WHERE code = 'residents' AND trend = 'worsening' ORDER BY change_rate;
-- by sex and age
CREATE TABLE register.by_sex (province text, year int, men int, women int);
INSERT INTO register.by_sex VALUES ('06', 2008, 340243, 345003), ('06', 2013, 344296, 349433), ('10', 2008, 205949, 206549), ('10', 2013, 203758, 206517), ('10', 2018, 196619, 199868);
CREATE VIEW register.sexes AS
SELECT province AS unit, year AS period, sex, sum(value) AS value
FROM register.by_sex, LATERAL (VALUES ('M', men), ('F', women)) v (sex, value) GROUP BY GROUPING SETS ((province, year, sex), (province, year));
CREATE TABLE register.old_age (age text, men int, women int);
INSERT INTO register.old_age VALUES ('65-69', 10530, 10507), ('70-74', 8980, 10299), ('75-79', 6751, 8541), ('80-84', 6693, 9690), ('85-89', 4228, 7231), ('90-94', 1539, 3249), ('95-99', 343, 850), ('100+', 48, 150);
CREATE VIEW register.old AS
SELECT '10' AS unit, 2018 AS period, sex, age, sum(value) AS value
FROM register.old_age, LATERAL (VALUES ('M', men), ('F', women)) v (sex, value) GROUP BY CUBE (sex, age);
SELECT terrbal.register_indicator('residents_by_sex', 'Residents by sex', 'persons', 'register.sexes', level => 'province', dimensions => ARRAY['sex']) IS NOT NULL AS by_sex,
    terrbal.register_indicator('old_residents', 'Residents aged 65 and over', 'persons', 'register.old', level => 'province', direction => 0, dimensions => ARRAY['sex', 'age']) IS NOT NULL AS by_sex_and_age;
SELECT code, status, inserted, refused FROM (VALUES (1, 'residents_by_sex'), (2, 'old_residents')) v (n, name), terrbal.refresh(name) ORDER BY n;
SELECT extract(year FROM r.period) AS year, r.breakdown, r.value, c.missing AS provinces_missing
FROM terrbal.indicator_rollup('residents_by_sex', 'region', 'sum') r JOIN terrbal.rollup_coverage('residents_by_sex', 'region') c USING (unit, period, breakdown)
WHERE r.breakdown <> '' ORDER BY year, r.breakdown;
SELECT within, value AS women, reference AS men, round(ratio::numeric, 2) AS women_per_man, round(parity_index::numeric, 2) AS parity_index
FROM terrbal.gap WHERE code = 'old_residents' AND dimension = 'sex' AND member = 'F' AND reference_member = 'M' ORDER BY ratio;
INSERT INTO terrbal.target (indicator, unit, breakdown, baseline_date, value, date)
SELECT 'residents_by_sex', unit, breakdown, period, value, '2028-01-01' FROM terrbal.observation_latest WHERE code = 'residents_by_sex' AND unit = '10' AND breakdown <> '' AND period = '2013-01-01';
SELECT unit, breakdown, extract(year FROM period) AS year, value, change, target, path_distance, worse_running, warning
FROM terrbal.signal WHERE code = 'residents_by_sex' AND breakdown <> '' ORDER BY unit, breakdown;
-- publish
CREATE SCHEMA extremadura;
SELECT terrbal.publish('extremadura') AS views;
SELECT unit, unit_name, level, breakdown, value, warning FROM extremadura.signal WHERE code = 'province_residents' AND breakdown IN ('', 'setting=rural') OR unit = '06157' ORDER BY level, unit, breakdown;
SELECT breakdown, value, warning FROM extremadura.signal WHERE code = 'old_residents' AND unit = '10' AND breakdown IN ('', 'sex=F;age=85-89', 'sex=M;age=85-89') ORDER BY breakdown;
SELECT component, indicators, units, worsening, newest_period FROM extremadura.scorecard WHERE evidence;
SET client_min_messages = warning;
DROP SCHEMA register, extremadura CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.observation_state, terrbal.hierarchy,
    terrbal.succession, terrbal.threshold, terrbal.target, terrbal.dimension_member, terrbal.run_issue RESTART IDENTITY;
