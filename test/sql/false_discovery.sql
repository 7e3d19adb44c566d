SET search_path = terrbal, public;
-- eight municipalities tested at once: which ones differ?
CREATE TEMP TABLE tested (area text, p float8);
INSERT INTO tested VALUES ('Abre', 0.001), ('Brisa', 0.012), ('Cala', 0.21), ('Duna', 0.019), ('Era', 0.043), ('Faro', NULL), ('Grao', 0.62), ('Hoz', 0.004), ('Isla', 0.012);
SELECT area, p, round(false_discovery(p) OVER ()::numeric, 4) AS q, round(false_discovery(p, 'benjamini_yekutieli') OVER ()::numeric, 4) AS any_dependence, round(false_discovery(p, 'holm') OVER ()::numeric, 4) AS holm, round(false_discovery(p, method => 'bonferroni') OVER ()::numeric, 4) AS bonferroni
FROM tested ORDER BY p, area;
-- each group of tests by itself
SELECT area, round(false_discovery(p) OVER (PARTITION BY area < 'E')::numeric, 4) AS q FROM tested ORDER BY area LIMIT 3;
SELECT false_discovery(NULL) OVER () AS nothing;
-- errors
SELECT false_discovery(1.2) OVER ();
SELECT false_discovery(0.2, 'sidak') OVER ();
SELECT false_discovery(0.2, NULL) OVER ();
SELECT false_discovery(p, CASE WHEN p < 0.1 THEN 'holm' ELSE 'bonferroni' END) OVER () FROM tested;
