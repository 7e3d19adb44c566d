-- progressivity: documented examples, then NULL, zero, negative, then errors
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA test_progressivity;
SET search_path = test_progressivity, public;

CREATE TABLE household (income float8, tax float8, people int);
INSERT INTO household VALUES (541, 0, 3), (1463, 20, 1), (2445, 80, 2), (3438, 150, 4), (4437, 260, 1), (5401, 380, 2), (6392, 520, 3), (8304, 800, 1), (11904, 1500, 2), (22261, 4500, 1);
SELECT round(gini_before::numeric, 4) AS before, round(gini_after::numeric, 4) AS after, round(reynolds_smolensky::numeric, 4) AS redistribution, round(kakwani::numeric, 4) AS kakwani,
       round(suits::numeric, 4) AS suits, round(average_rate::numeric, 4) AS rate, round(musgrave_thin::numeric, 4) AS musgrave_thin
FROM (SELECT (terrbal.progressivity(income, income - tax, people)).* FROM household) AS s;

CREATE TABLE municipality (name text, population int, own float8, final float8);
INSERT INTO municipality VALUES ('Alba', 100, 60, 95), ('Brea', 80, 75, 100), ('Cala', 150, 90, 112), ('Deva', 200, 100, 105), ('Elda', 120, 120, 100), ('Faro', 90, 160, 115);
SELECT round(vertical_equity::numeric, 4) AS vertical_equity, round(reranking::numeric, 4) AS reranking, round(reynolds_smolensky::numeric, 4) AS redistribution,
       round((100 * reranking / vertical_equity)::numeric, 1) AS lost_percent
FROM (SELECT (terrbal.progressivity(own, final, population)).* FROM municipality) AS s;

SELECT round(terrbal.concentration_index(tax, income, people)::numeric, 4) AS tax, round(terrbal.concentration_index(people, income)::numeric, 4) AS household_size FROM household;

SELECT round(p::numeric, 4) AS people, round(l::numeric, 4) AS tax
FROM (SELECT terrbal.concentration_curve(tax, income, people) AS curve FROM household) AS s, unnest(curve) WITH ORDINALITY AS c(p, l, i) WHERE i IN (1, 4, 8, 10, 11);

CREATE TABLE yearly AS SELECT income > 5000 AS well_off, terrbal.paired_state(income, income - tax, people) AS sample FROM household GROUP BY income > 5000;
SELECT round((p).kakwani::numeric, 4) AS kakwani, round((p).average_rate::numeric, 4) AS rate FROM (SELECT terrbal.progressivity(terrbal.rollup(sample)) AS p FROM yearly) AS s;

-- proportional, poll tax, nothing
SELECT round(kakwani::numeric, 12) AS kakwani, round(suits::numeric, 12) AS suits, round(average_rate::numeric, 12) AS rate, reranking FROM (SELECT (terrbal.progressivity(income, income * 0.75)).* FROM household) AS s;
SELECT round((suits + gini_before)::numeric, 12) AS suits_plus_gini FROM (SELECT (terrbal.progressivity(income, income - 100)).* FROM household) AS s;
SELECT kakwani, suits, average_rate, reynolds_smolensky, reranking FROM (SELECT (terrbal.progressivity(income, income)).* FROM household) AS s;

-- ties share their mean rank, whatever the row order
SELECT round(terrbal.concentration_index(t, x ORDER BY i)::numeric, 6) AS given, round(terrbal.concentration_index(t, x ORDER BY i DESC)::numeric, 6) AS reversed
FROM unnest('{10,10,20,20,30}'::float8[], '{1,3,2,6,9}'::float8[]) WITH ORDINALITY AS u(x, t, i);

-- NULL, zero, negative
SELECT terrbal.progressivity(x, y) IS NULL AS no_rows, terrbal.concentration_index(x, y) IS NULL AS no_index, terrbal.concentration_curve(x, y) IS NULL AS no_curve FROM unnest('{NULL}'::float8[], '{1}'::float8[]) AS u(x, y);
SELECT terrbal.concentration_index(x, y), terrbal.concentration_curve(x, y) FROM unnest('{-1,1}'::float8[], '{1,2}'::float8[]) AS u(x, y);
SELECT round(gini_before::numeric, 4) AS gini, suits FROM (SELECT (terrbal.progressivity(x, y)).* FROM unnest('{-1,5,9}'::float8[], '{0,4,7}'::float8[]) AS u(x, y)) AS s;

-- errors
SELECT terrbal.progressivity(1, 'NaN');
SELECT terrbal.progressivity(1, 1, -2);
SELECT terrbal.concentration_index('Infinity', 1);
DROP SCHEMA test_progressivity CASCADE;
