-- One page from what is published: documented example, empty and odd input, errors.
\set SHOW_CONTEXT never
SET datestyle = 'ISO';
SET timezone = 'UTC';
CREATE SCHEMA atlas;
CREATE TABLE atlas.jobs (unit text, period date, value float8, status text);
INSERT INTO atlas.jobs VALUES ('north', '2020-01-01', 0.5, NULL), ('south', '2020-01-01', 0.123456789, NULL), ('north', '2021-01-01', NULL, 'suppressed'), ('south', '2021-01-01', 1e-7, 'provisional'),
    ('speck', '2021-01-01', 123456.789, NULL);
SELECT terrbal.register_indicator('jobs', 'Jobs per inhabitant', 'ratio', 'atlas.jobs', 'district', definition => 'jobs / residents') IS NOT NULL AS registered;
SELECT status FROM terrbal.refresh('jobs');
UPDATE terrbal.unit SET name = initcap(code), level = 'district', geom = ST_Multi(CASE code WHEN 'north' THEN ST_MakeEnvelope(0, 0.5, 1, 1, 4326) WHEN 'south' THEN ST_MakeEnvelope(0, 0, 1, 0.5, 4326)
    ELSE ST_MakeEnvelope(0.5, 0.9, 0.5001, 0.9001, 4326) END);
SELECT page LIKE '<!DOCTYPE html>%' AS page, octet_length(page) < 60000 AS small, page LIKE '%<h1>Work in our city</h1>%' AS titled, page ~ '(src|href)="?http' AS loads_anything
FROM (SELECT terrbal.atlas_page('Work in our city', ARRAY['jobs'], lang => 'es', credits => 'City register, CC BY 4.0') AS page) p;
SELECT u.code, s.width, s.height, s.path FROM terrbal.unit u JOIN terrbal.atlas_shape(ARRAY(SELECT id FROM terrbal.unit), 100) s ON s.unit_id = u.id ORDER BY u.code;
-- values in the order of the units, six significant digits, reasons for what is not plain
SELECT series -> 'periods' AS periods, series -> 'values' AS values, series -> 'reasons' AS reasons
FROM terrbal.atlas_series(ARRAY['jobs'], 'district', ARRAY(SELECT id FROM terrbal.unit ORDER BY code));
-- each breakdown is a series with its own threshold and plan; flows to a counterpart are not places on this map
CREATE TABLE atlas.homes (unit text, period date, sex text, counterpart text, value float8);
INSERT INTO atlas.homes VALUES ('north', '2020-01-01', NULL, NULL, 10), ('north', '2021-01-01', NULL, NULL, 12), ('north', '2021-01-01', 'F', NULL, 7), ('south', '2021-01-01', 'F', NULL, 3),
    ('south', '2021-01-01', NULL, NULL, 5), ('north', '2021-01-01', NULL, 'south', 99);
INSERT INTO terrbal.dimension_member (dimension, member, label) VALUES ('sex', 'F', 'Women') ON CONFLICT (dimension, member) DO UPDATE SET label = 'Women';
SELECT terrbal.register_indicator('homes', 'Homes', 'homes', 'atlas.homes', 'district', dimensions => ARRAY['sex']) IS NOT NULL AS registered;
SELECT status, inserted FROM terrbal.refresh('homes');
INSERT INTO terrbal.threshold (indicator, level, breakdown, amber, red) VALUES ('homes', 'district', 'sex=F', 6, 4);
INSERT INTO terrbal.target (indicator, unit, baseline_date, value, date, shape, steps) VALUES ('homes', '', '2020-01-01', 20, '2022-01-01', 'linear', NULL), ('homes', 'south', '2021-06-01', 6, '2021-12-01', 'steps', 2);
SELECT place, series ->> 'breakdown' AS breakdown, series ->> 'label' AS label, series -> 'amber' AS amber, series -> 'values' AS values, series -> 'plans' AS plans
FROM terrbal.atlas_series(ARRAY['homes'], 'district', ARRAY(SELECT id FROM terrbal.unit WHERE level = 'district' ORDER BY code)) ORDER BY place;
-- the path of the page is that of the signal
SELECT bool_and(abs((v.value)::text::float8 - terrbal.plan_value('linear', 10, '2020-01-01', 20, '2022-01-01', (d.value)::text::date)) < 1e-4) AS same
FROM terrbal.atlas_series(ARRAY['homes'], 'district', ARRAY(SELECT id FROM terrbal.unit WHERE level = 'district' ORDER BY code)) s, json_array_elements(s.series -> 'plans') p,
    json_array_elements_text(p -> 'days') WITH ORDINALITY d, json_array_elements_text(p -> 'units' -> '0') WITH ORDINALITY v WHERE d.ordinality = v.ordinality AND s.place = 1;
-- what is typed is shown, never run
SELECT page LIKE '%<h1>a &lt;b&gt; &amp; c</h1>%' AS heading, position('</script><b>' IN page) AS closes_a_script, page LIKE '%<p>d &lt;/p&gt;</p>%' AS credits
FROM (SELECT terrbal.atlas_page('a <b> & c', ARRAY['jobs'], credits => 'd </p>') AS page) p;
UPDATE terrbal.unit SET name = '</script><b>' WHERE code = 'north';
SELECT position('</script><b>' IN terrbal.atlas_page('a', ARRAY['jobs'])) AS closes_a_script;
-- the same page, whatever the path of the caller
SET search_path = '';
SELECT octet_length(terrbal.atlas_page('a', ARRAY['jobs'])) > 30000 AS whole;
RESET search_path;
-- every language has every label
SELECT l.key AS lang, (SELECT count(*) FROM json_each_text(l.value) w WHERE w.value = '') AS empty,
    (SELECT string_agg(k, ', ') FROM json_object_keys(terrbal_support.atlas_words() -> 'en') k WHERE l.value -> k IS NULL) AS missing FROM json_each(terrbal_support.atlas_words()) l;
-- without boundaries there is a ranking; without a level every unit
UPDATE terrbal.unit SET geom = NULL;
SELECT substring(terrbal.atlas_page('a') FROM '"box":.*"series"') AS without_map;
SELECT terrbal.atlas_page(NULL) IS NULL AS nothing;
SELECT terrbal.atlas_page('a', ARRAY['jobs', 'unknown']);
SELECT terrbal.atlas_page('a', '{}');
SELECT terrbal.atlas_page('a', ARRAY['jobs'], 'province');
SELECT terrbal.atlas_page('a', lang => 'tlh');
SELECT terrbal.atlas_page('a', detail => 10);
SET client_min_messages = warning;
DROP SCHEMA atlas CASCADE;
TRUNCATE terrbal.unit, terrbal.indicator, terrbal.run, terrbal.observation, terrbal.revision, terrbal.threshold, terrbal.target, terrbal.dimension_member RESTART IDENTITY;
