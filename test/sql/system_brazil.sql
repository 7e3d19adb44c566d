-- system_brazil: the page doc/systems/brazil.md (Brazil: Fundo de Participação dos Municípios)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT population, step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
       ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) AS coefficient
FROM unnest(ARRAY[10188, 10189, 50940, 50941, 156216, 156217]) population;

CREATE TEMP TABLE municipio (state text, name text, population bigint);
INSERT INTO municipio VALUES ('X', 'Areia', 8000), ('X', 'Barra', 10188), ('X', 'Caju', 10189), ('X', 'Doce', 51000), ('Y', 'Engenho', 23772), ('Y', 'Flor', 157000), ('Y', 'Gado', 4000);

WITH fund AS (
    SELECT part, apportionment(1000000.00, percent) OVER (ORDER BY part) AS amount FROM (VALUES ('capitals', 10.0), ('interior', 86.4), ('reserve', 3.6)) t (part, percent)
), states AS (
    SELECT state, apportionment((SELECT amount FROM fund WHERE part = 'interior'), percent) OVER (ORDER BY state) AS amount FROM (VALUES ('X', 37.5), ('Y', 62.5)) t (state, percent)
), coefficients AS (
    SELECT state, name, step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
           ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) AS coefficient FROM municipio
)
SELECT state, name, coefficient, apportionment(amount, coefficient) OVER (PARTITION BY state ORDER BY name) AS share FROM coefficients JOIN states USING (state) ORDER BY state, name;
