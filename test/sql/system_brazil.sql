-- system_brazil: the page doc/systems/brazil.md (Brazil: Fundo de Participação dos Municípios)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT population, step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
       ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) AS coefficient
FROM unnest(ARRAY[10188, 10189, 50940, 50941, 156216, 156217]) population;

CREATE TEMP TABLE settled (state text, name text, before numeric, population bigint, published numeric, published_percent numeric);
INSERT INTO settled VALUES ('AM', 'Beruri', 1.2, 20718, 1.205000, 1.121974), ('AM', 'Boca do Acre', 1.8, 37357, 1.807500, 1.682961), ('AM', 'Careiro', 1.8, 30792, 1.780000, 1.657356), ('AM', 'Careiro da Várzea', 1.6, 19637, 1.560000, 1.452514),
    ('AM', 'Coari', 2.8, 70616, 2.760000, 2.569831), ('AM', 'Humaitá', 3.0, 91693, 3.012500, 2.804935), ('BA', 'Novo Horizonte', 0.8, 11162, 0.804530, 0.148767), ('BA', 'Novo Triunfo', 1.0, 11101, 0.980000, 0.181213),
    ('BA', 'Paripiranga', 1.4, 26604, 1.407927, 0.260342), ('BA', 'Paulo Afonso', 3.4, 112870, 3.380000, 0.624997), ('BA', 'Pedrão', 0.6, 6235, 0.603397, 0.111575);
CREATE TEMP TABLE state_sum (state text, coefficients numeric, returned numeric);
INSERT INTO state_sum VALUES ('AM', 107.4, 0.005000 / 1.2), ('BA', 540.8, 0.007927 / 1.4);

SELECT state, name, coefficient, round(final, 6) AS computed, published, round(100 * final / coefficients, 6) AS computed_percent, published_percent
FROM (SELECT *, CASE WHEN before > coefficient THEN phase_in(before, coefficient, 0.1) ELSE coefficient * (1 + returned) END AS final
      FROM (SELECT *, step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
                   ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) AS coefficient FROM settled JOIN state_sum USING (state)) c) f
ORDER BY state, name;

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
