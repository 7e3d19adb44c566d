-- National systems from their published inputs to their published outputs; sources and licences in test/fixture/README.md.
SET search_path = public, terrbal;
SELECT plan(21);

CREATE TEMP TABLE canada (province text, non_resource numeric, resource numeric, people numeric, published numeric);
\copy canada FROM 'test/fixture/golden/ca_equalization_2025_26.csv' CSV HEADER
CREATE TEMP TABLE canada_computed AS
WITH gap AS (
    SELECT *, sum(non_resource * people) OVER () / sum(people) OVER () - non_resource AS gap, sum(resource * people) OVER () / sum(people) OVER () - resource AS resource_gap, non_resource + resource AS capacity FROM canada
), entitled AS (
    SELECT *, gap + 0.5 * resource_gap > 0 AS receives, greatest(0, gap, gap + 0.5 * resource_gap) AS entitlement FROM gap
), capped AS (
    SELECT *, least(entitlement, greatest(0, min(capacity) FILTER (WHERE NOT receives) OVER () - capacity)) AS payment FROM entitled
), rest AS (
    SELECT *, 26170000 - round(sum(payment * people) OVER ()) AS rest, max(capacity + payment) FILTER (WHERE receives) OVER () AS highest FROM capped
)
SELECT *, payment + (pool_share(rest, CASE WHEN receives THEN 0 ELSE (highest - capacity) * people END, people, 0, NULL, 1) OVER (ORDER BY province)).amount / people AS computed FROM rest;
SELECT is_empty('SELECT province, computed, published FROM canada_computed WHERE abs(round(computed) - published) > 1', 'Canada 2025-26: every province within a dollar a head');
SELECT is(round(sum(computed * people)), 26170000::numeric, 'Canada 2025-26: the envelope') FROM canada_computed;

-- Australia: the share of a state is the pool by population times relativity; the standard per head is one constant
CREATE TEMP TABLE australia (state text, relativity numeric, per_person numeric, share numeric, people_share numeric);
\copy australia FROM 'test/fixture/golden/au_gst_2025_26.csv' CSV HEADER
SELECT is_empty($$SELECT * FROM (SELECT *, apportionment(100.0, people_share * relativity, 0.1) OVER (ORDER BY state) AS computed FROM australia) s WHERE abs(computed - share) > share * 0.05 / people_share + 0.1$$,
    'Australia 2025-26: shares of eight states within the rounding of the population shares');
SELECT cmp_ok(max(abs(per_person - relativity * standard)), '<=', 0.5, 'Australia 2025-26: a dollar figure of every state from its relativity, to the dollar')
FROM australia, (SELECT (max((per_person - 0.5) / relativity) + min((per_person + 0.5) / relativity)) / 2 AS standard FROM australia) s;

-- England: the needs of Adur from its factors, its population and the minima of all authorities
CREATE TEMP TABLE adur (item text, value numeric);
\copy adur FROM 'test/fixture/golden/uk_adur_2010_11_rna.csv' CSV HEADER
CREATE FUNCTION pg_temp.adur(text) RETURNS numeric LANGUAGE sql AS 'SELECT value FROM adur WHERE item = $1';
-- factors and results are rounded to 14 decimals: half a unit of the factor, per million of heads, and half a unit of the result
SELECT cmp_ok(abs(1000000 * pg_temp.adur(factor) / pg_temp.adur('projected_population_2010') - pg_temp.adur(per_head)), '<=', 0.5e-14 * (1000000 / pg_temp.adur('projected_population_2010') + 1), 'Adur 2010/11: ' || per_head)
FROM (VALUES ('district_epcs_rnf', 'epcs_per_million_per_head_j'), ('mixed_tier_rnf', 'mixed_m'), ('capital_rnf', 'capital_p')) t (factor, per_head);
SELECT cmp_ok(abs(sum(1000000 * pg_temp.adur(factor) / pg_temp.adur('projected_population_2010') - pg_temp.adur(minimum)) - pg_temp.adur('sum_s')), '<=', 0.5e-14 * (3 * 1000000 / pg_temp.adur('projected_population_2010') + 4), 'Adur 2010/11: needs above the minima')
FROM (VALUES ('district_epcs_rnf', 'epcs_minimum_k'), ('mixed_tier_rnf', 'mixed_minimum_n'), ('capital_rnf', 'capital_minimum_q')) t (factor, minimum);
SELECT is(round((pg_temp.adur('total_formula_grant_gbp') - pg_temp.adur('isles_of_scilly_gbp')) * pg_temp.adur('relative_needs_share_pct') / 100), pg_temp.adur('relative_needs_total_gbp'), 'England 2010/11: the control total');

-- Brazil: every step of the statute's table, at both of its ends
CREATE TEMP TABLE brazil (pop_from bigint, pop_to bigint, coefficient numeric);
\copy brazil FROM 'test/fixture/golden/br_fpm_coefficients.csv' CSV HEADER
SELECT is_empty($$SELECT population FROM brazil, unnest(ARRAY[pop_from, coalesce(pop_to, 12000000)]) population
    WHERE step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
                     ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) <> coefficient$$, 'Brazil: coefficients at both ends of every step');
-- Brazil: coefficient by population, what a lost step leaves of it (a tenth goes each year), the tenths to the others of the state, share of the state
CREATE TEMP TABLE fpm (year int, state text, code text, name text, before numeric, population bigint, coefficient numeric, gain numeric, kept numeric, cut numeric, remaining numeric, base numeric, returned numeric, final numeric, share numeric);
\copy fpm FROM 'test/fixture/golden/br_fpm_settlement.csv' CSV HEADER
CREATE TEMP TABLE fpm_step AS
SELECT *, step_value(population, ARRAY[10188, 13584, 16980, 23772, 30564, 37356, 44148, 50940, 61128, 71316, 81504, 91692, 101880, 115464, 129048, 142632, 156216, NULL],
                     ARRAY[0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 2.0, 2.2, 2.4, 2.6, 2.8, 3.0, 3.2, 3.4, 3.6, 3.8, 4.0]) AS step FROM fpm;
SELECT is_empty('SELECT name FROM fpm_step WHERE step <> coefficient', 'Brazil 2019 and 2024: the coefficient of 68 municipalities from their population');
SELECT is_empty($$SELECT name FROM fpm_step WHERE year = 2024 AND (gain, kept, cut, remaining, base) IS DISTINCT FROM
    (greatest(0, before - step), greatest(before, step), 0.1 * greatest(0, before - step), 0.9 * greatest(0, before - step), CASE WHEN before > step THEN 0 ELSE step END)$$, 'Brazil 2024: what a lost step leaves, less a tenth');
-- the whole state is not at hand: one number a state (tenths over the others' coefficients) reproduces every row to the last decimal, or none does
SELECT is(array_agg(format('%s %s', state, low <= high) ORDER BY state), ARRAY['AM t', 'BA t'], 'Brazil 2024: the tenths go to the others in one proportion a state')
FROM (SELECT state, max((returned - 0.0000005) / base) AS low, min((returned + 0.0000005) / base) AS high FROM fpm WHERE base > 0 GROUP BY state) s;
SELECT is_empty($$SELECT name FROM fpm_step WHERE year = 2024 AND abs(final - CASE WHEN before > step THEN phase_in(before, step, 0.1) ELSE step + returned END) > 0$$, 'Brazil 2024: the final coefficient of 33 municipalities');
-- the published shares add up to 100 exactly: a few millionths are taken from some, the largest first, by no rule that is published
SELECT is(array_agg(format('%s %s %s', state, name, round(1000000 * (share - percent))) ORDER BY state, name), ARRAY['AM Coari -1', 'AM Ipixuna -1', 'BA Paulo Afonso -3', 'TO Paraíso do Tocantins -8', 'TO Porto Nacional -9'],
    'Brazil: shares of the state by one sum a state, to the last of six decimals but for millionths of five')
FROM (SELECT *, round(100 * CASE WHEN before > step THEN phase_in(before, step, 0.1) ELSE step * (1 + rate) END / total, 6) AS percent
      FROM fpm_step JOIN (VALUES ('TO', 100.4, 0), ('AM', 107.4, 0.005 / 1.2), ('BA', 540.8, 0.007927 / 1.4)) s (state, total, rate) USING (state)) s WHERE share <> percent;
-- Norway: 60 % (2024) and 62 % (2025) of the gap to the mean, 35 % of what is missing to 90 % of it, and a closing item that is one number a year
CREATE TEMP TABLE norway (year int, knr text, people numeric, tax numeric, published numeric, ratio numeric);
\copy norway FROM 'test/fixture/golden/no_income_equalisation.csv' CSV HEADER
CREATE TEMP TABLE norway_rest AS
SELECT year, knr, people, 1000 * published / people - rate * (mean - t) - 0.35 * greatest(0, 0.90 * mean - t) AS rest, t / mean AS relative
FROM (SELECT *, 1000 * tax / people AS t, max(1000 * tax / people / ratio) OVER (PARTITION BY year) AS mean FROM norway) n JOIN (VALUES (2024, 0.60), (2025, 0.62)) r (year, rate) USING (year);
SELECT is(array_agg(format('%s: %s rows, %s', year, rows, spread <= 0.00001) ORDER BY year), ARRAY['2024: 25 rows, t', '2025: 45 rows, t'], 'Norway: net equalisation of every municipality within a thousandth of an øre a head, but for one closing item')
FROM (SELECT year, count(*) AS rows, max(rest) - min(rest) AS spread FROM norway_rest GROUP BY year) s;
SELECT is(array_agg(DISTINCT round(rest, 2) ORDER BY round(rest, 2)), ARRAY[-413.63, -378.14], 'which is what all pay for the extra 35 %') FROM norway_rest;
SELECT is(array_agg(DISTINCT part ORDER BY part), ARRAY['2024 above', '2024 below 90 %', '2024 between', '2025 above', '2025 below 90 %', '2025 between'], 'in all three parts of the tariff, in both years')
FROM (SELECT year || CASE WHEN relative < 0.90 THEN ' below 90 %' WHEN relative < 1 THEN ' between' ELSE ' above' END AS part FROM norway_rest) s;

-- Sweden: rate of the county on the gap to 115 % of the mean, both raised to the year of the grant; grants are published in whole kronor a head
CREATE TEMP TABLE sweden (year int, name text, base float8, grant_per_head float8, all_per_head float8, all_thousand float8);
\copy sweden FROM 'test/fixture/golden/se_income_equalisation.csv' CSV HEADER
CREATE TEMP TABLE sweden_fit AS
SELECT year, (f).coefficients[1] AS guaranteed, -(f).coefficients[2] AS rate, (SELECT max(abs(grant_per_head - (f).coefficients[1] - (f).coefficients[2] * base * all_per_head / all_thousand / 1000)) FROM sweden w WHERE w.year = s.year) AS worst
FROM (SELECT year, ols(grant_per_head, ARRAY[1, base * all_per_head / all_thousand / 1000]) AS f FROM sweden GROUP BY year) s;
SELECT is(array_agg(year ORDER BY year) FILTER (WHERE worst <= 0.6), ARRAY[2020, 2021, 2022, 2023, 2024, 2025, 2026], 'Sweden: the grants of twelve municipalities in seven years from tax base and people, to the krona') FROM sweden_fit;
-- 19.00 % is the county's rate by law, and the factors raise the base by two years; the guarantee is 115 % of the mean: the national base over it is people of 1 November, a few less than
-- at the end of that year, by which the table divides two years later
SELECT ok(bool_and(rate / 0.19 BETWEEN 1.04 AND 1.10), 'at the rate of the county, raised by two years of growth') FROM sweden_fit;
SELECT ok(bool_and(abs(total / (guaranteed / rate / 1.15) / people_at_end - 1) < 0.001) AND count(people_at_end) = 6, 'and the guarantee is 115 % of the national mean')
FROM (SELECT *, lead(total / per_head) OVER (ORDER BY year) AS people_at_end FROM sweden_fit
      JOIN (VALUES (2020, 2261863348600::float8, 221097::float8), (2021, 2325707376100, 225194), (2022, 2374622512200, 228785), (2023, 2500408236800, 239220), (2024, 2645513486900, 251437), (2025, 2772046619500, 262711), (2026, 2868946011300, 270969)) n (year, total, per_head) USING (year)) s;
SELECT * FROM finish();
