-- extremadura: one territory before and after a transfer, as in doc/extremadura.md (invented municipalities)
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA test_extremadura;
SET search_path = test_extremadura, public;

CREATE TABLE municipality (name text, class text, population int, formula numeric, minimum numeric);
INSERT INTO municipality VALUES
    ('Capital', 'urban', 39500, 6836000.00, 4982000.00), ('Mercado', 'urban', 25900, 4402000.00, 3211000.00), ('Ribera', 'peri_urban', 9100, 1459000.00, 1210000.00),
    ('Vega', 'peri_urban', 6300, 1001000.00, 846000.00), ('Encina', 'rural', 2700, 389000.00, 351000.00), ('Jara', 'rural', 1400, 203000.00, 199000.00),
    ('Sierra', 'rural', 620, 91100.00, 92600.00), ('Pizarra', 'rural', 340, 49700.00, 53900.00), ('Nava', 'rural', 190, 27500.00, 31700.00), ('Roble', 'rural', 95, 13900.00, 18800.00);
CREATE TABLE settlement AS
SELECT *, terrbal.damped_share((SELECT sum(formula) FROM municipality), formula, minimum) OVER (ORDER BY name) AS paid FROM municipality;
SELECT name, class, round(formula / population, 2) AS formula_per_head, round(minimum / population, 2) AS minimum_per_head, round(paid / population, 2) AS paid_per_head
FROM settlement ORDER BY population DESC;

SELECT sum(formula) AS formula, sum(paid) AS paid FROM settlement;

SELECT 'formula' AS transfer, round(gini::numeric, 4) AS gini, round(coefficient_of_variation::numeric, 4) AS cv, round(p90_p10::numeric, 3) AS p90_p10
FROM (SELECT (terrbal.inequality((formula / population)::float8, population)).* FROM settlement) AS s
UNION ALL
SELECT 'paid', round(gini::numeric, 4), round(coefficient_of_variation::numeric, 4), round(p90_p10::numeric, 3)
FROM (SELECT (terrbal.inequality((paid / population)::float8, population)).* FROM settlement) AS s;

SELECT transfer, round(theil_t::numeric, 6) AS theil_t, round(theil_t_within::numeric, 6) AS within_classes, round(theil_t_between::numeric, 6) AS between_classes,
       round((100 * theil_t_between / theil_t)::numeric) AS between_percent
FROM (SELECT 'formula' AS transfer, (terrbal.inequality_by_group((formula / population)::float8, population, class)).* FROM settlement
      UNION ALL
      SELECT 'paid', (terrbal.inequality_by_group((paid / population)::float8, population, class)).* FROM settlement) AS s;

SELECT (f).grp AS class, round((f).mean::numeric, 2) AS formula_per_head, round((p).mean::numeric, 2) AS paid_per_head
FROM (SELECT unnest(terrbal.group_inequality((formula / population)::float8, population, class)) AS f,
             unnest(terrbal.group_inequality((paid / population)::float8, population, class)) AS p FROM settlement) AS s;

SELECT round(gini_before::numeric, 4) AS gini_before, round(gini_after::numeric, 4) AS gini_after, round(reynolds_smolensky::numeric, 4) AS change,
       round(vertical_equity::numeric, 4) AS vertical, round(reranking::numeric, 4) AS reranking
FROM (SELECT (terrbal.progressivity((formula / population)::float8, (paid / population)::float8, population)).* FROM settlement) AS s;
DROP SCHEMA test_extremadura CASCADE;
