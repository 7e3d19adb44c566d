-- The municipal share in State taxes, final settlement of 2020: 385 municipalities of Extremadura from their published inputs, to the cent.
-- Ministerio de Hacienda (liquidacion 2020), TRLRHL art. 124; the data stand beside a development checkout.
SET search_path = public, terrbal;
\getenv datasets DATASETS
\if :{?datasets}
SELECT plan(12);
CREATE TEMP TABLE pie (ine text, name text, pop bigint, effort numeric, invcap numeric, p_pop numeric, p_eff numeric, p_inv numeric, p_tot numeric, minimum numeric, final numeric);
\copy pie FROM PROGRAM 'cat "$DATASETS/extremadura/extremadura_pie_2020.csv"' CSV HEADER
CREATE TEMP TABLE weighted AS
SELECT *, pop * step_value(pop, ARRAY[5000, 20000, 50000, NULL], ARRAY[1.00, 1.17, 1.30, 1.40]) AS w_pop, effort * pop AS w_eff, invcap * pop AS w_inv FROM pie;
SELECT is(count(*), 385::bigint, '385 municipalities') FROM pie;
SELECT is_empty('SELECT ine FROM pie WHERE p_tot <> p_pop + p_eff + p_inv', 'the three parts are the total');

-- Each published part says within half a cent what the national unit value is; the middle of what all rows allow reproduces every one of them.
CREATE TEMP TABLE unit_value AS
SELECT criterion, max((amount - 0.005) / weight) AS low, min((amount + 0.005) / weight) AS high
FROM weighted, LATERAL (VALUES ('population', p_pop, w_pop), ('effort', p_eff, w_eff), ('inverse capacity', p_inv, w_inv)) c (criterion, amount, weight) GROUP BY criterion;
SELECT ok(low <= high, format('one unit value for all rows, %s: %s EUR', criterion, round((low + high) / 2, 6))) FROM unit_value ORDER BY criterion;
SELECT is(max(abs(round((low + high) / 2 * weight, 2) - amount)), 0.00, 'all rows to the cent: ' || criterion)
FROM weighted, LATERAL (VALUES ('population', p_pop, w_pop), ('effort', p_eff, w_eff), ('inverse capacity', p_inv, w_inv)) c (criterion, amount, weight) JOIN unit_value USING (criterion)
GROUP BY criterion ORDER BY criterion;

-- f is national too: from the rows above their minimum
CREATE TEMP TABLE factor AS
SELECT (max((final - minimum - 0.005) / (p_tot - minimum)) + min((final - minimum + 0.005) / (p_tot - minimum))) / 2 AS f FROM pie WHERE p_tot > minimum;
SELECT is(max(abs(round(minimum + f * greatest(0, p_tot - minimum), 2) - final)), 0.00, 'all 385 finals to the cent from one factor') FROM pie, factor;
-- the closed pool on the regional total: every municipality its published amount, and the sum exactly
CREATE TEMP TABLE closed AS SELECT *, damped_share(total, p_tot, minimum) OVER (ORDER BY ine) AS amount FROM (SELECT *, sum(final) OVER () AS total FROM pie) s;
SELECT is(max(abs(amount - final)), 0.00, 'damped_share gives all 385 their amount') FROM closed;
SELECT is(sum(amount), max(total), 'and closes the pool') FROM closed;
-- the criteria as closed pools of the region: nobody further off than a cent
SELECT cmp_ok(max(greatest(abs(a - p_pop), abs(b - p_eff), abs(c - p_inv))), '<=', 0.01, 'the criteria as pools: largest error one cent')
FROM (SELECT *, apportionment(t_pop, w_pop) OVER w AS a, apportionment(t_eff, w_eff) OVER w AS b, apportionment(t_inv, w_inv) OVER w AS c
      FROM (SELECT *, sum(p_pop) OVER () AS t_pop, sum(p_eff) OVER () AS t_eff, sum(p_inv) OVER () AS t_inv FROM weighted) t WINDOW w AS (ORDER BY ine)) s;
\else
SELECT plan(1);
SELECT skip('12 checks on data of public repositories, which do not ship with the product', 1);
\endif
SELECT * FROM finish();
