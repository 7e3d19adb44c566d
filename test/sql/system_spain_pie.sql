-- system_spain_pie: the page doc/systems/spain_pie.md (Spain: the municipal share in State taxes (PIE), on real figures)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE municipality (name text, people bigint, effort numeric, inverse numeric, minimum numeric);
INSERT INTO municipality VALUES ('Alcor', 826, 1.515, 1.848, 130000.00), ('Brozas', 1890, 0.93, 1.61, 330000.00), ('Cepeda', 5478, 0.807, 1.778, 690000.00), ('Dehesa', 863, 1.03, 1.51, 150000.00),
    ('Encina', 25331, 1.12, 1.21, 3900000.00), ('Fuente', 57100, 1.24, 0.87, 8000000.00), ('Granja', 310, 0.74, 2.05, 61000.00), ('Huerta', 12040, 1.08, 1.33, 1500000.00);

CREATE TEMP TABLE pie AS
SELECT scenario, name, people, minimum, formula, damped_share(20000000.00, formula, minimum) OVER (PARTITION BY scenario ORDER BY name) AS final
FROM (SELECT scenario, name, people, minimum,
             apportionment(15000000.00, people * step_value(people, ARRAY[5000, 20000, 50000, NULL], ARRAY[1.00, 1.17, 1.30, top])) OVER w
             + apportionment(2500000.00, effort * people) OVER w + apportionment(2500000.00, inverse * people) OVER w AS formula
      FROM municipality, (VALUES ('law', 1.40), ('reform', 1.50)) s (scenario, top)
      WINDOW w AS (PARTITION BY scenario ORDER BY name)) f;

SELECT name, sum(formula) FILTER (WHERE scenario = 'law') AS formula, sum(minimum) FILTER (WHERE scenario = 'law') AS minimum, sum(final) FILTER (WHERE scenario = 'law') AS final,
       sum(final) FILTER (WHERE scenario = 'reform') - sum(final) FILTER (WHERE scenario = 'law') AS gain
FROM pie GROUP BY ROLLUP (name) ORDER BY name;

SELECT name, round((more - final) / 10, 2) AS per_inhabitant
FROM (SELECT m.name, who, damped_share(20000000.00, formula, minimum) OVER (PARTITION BY who ORDER BY m.name) AS more
      FROM (SELECT name, who, minimum,
                   apportionment(15000000.00, p * step_value(p, ARRAY[5000, 20000, 50000, NULL], ARRAY[1.00, 1.17, 1.30, 1.40])) OVER w
                   + apportionment(2500000.00, effort * p) OVER w + apportionment(2500000.00, inverse * p) OVER w AS formula
            FROM (SELECT t.*, who, people + CASE WHEN t.name = who THEN 10 ELSE 0 END AS p FROM municipality t, (SELECT name AS who FROM municipality) w) x
            WINDOW w AS (PARTITION BY who ORDER BY name)) m) s
JOIN pie USING (name)
WHERE name = who AND scenario = 'law' ORDER BY name;
