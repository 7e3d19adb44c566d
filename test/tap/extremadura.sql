-- extremadura: the published settlement of 2020, paid to the cent, and every figure that doc/extremadura.md quotes
SET client_min_messages = warning;
SET search_path = terrbal, public;
\getenv datasets DATASETS
\if :{?datasets}
SELECT plan(12);
CREATE TEMP TABLE pie (ine text, name text, pop float8, effort float8, invcap float8, p_pop float8, p_eff float8, p_inv float8, p_tot numeric, minimum numeric, final numeric);
\copy pie FROM PROGRAM 'cat "$DATASETS/extremadura/extremadura_pie_2020.csv"' CSV HEADER
CREATE TEMP TABLE paid AS SELECT *, (p_tot / pop::numeric)::float8 AS before, (final / pop::numeric)::float8 AS after, CASE WHEN pop <= 5000 THEN 'a' WHEN pop <= 20000 THEN 'b' ELSE 'c' END AS size FROM pie;
SELECT ok(count(*) = 385 AND sum(pop) = 757200 AND count(*) FILTER (WHERE minimum > p_tot) = 172, '385 municipalities, 172 of them at the floor') FROM pie;
SELECT is((SELECT count(*) FROM pie, (SELECT (max((final - minimum - 0.005) / (p_tot - minimum)) + min((final - minimum + 0.005) / (p_tot - minimum))) / 2 AS f FROM pie WHERE p_tot > minimum) x WHERE final = round(minimum + f * greatest(0, p_tot - minimum), 2)), 385::bigint,
    'every payment to the cent from formula, minimum and one factor');
SELECT is((SELECT round((q).mean::numeric, 2) FROM (SELECT inequality(before, pop) AS q FROM paid) s) || ' ' || (SELECT round((q).mean::numeric, 2) FROM (SELECT inequality(after, pop) AS q FROM paid) s), '156.26 158.39', 'means');
SELECT is((SELECT string_agg(round((r).mean::numeric, 2)::text, ' ') FROM (SELECT group_inequality(before, pop, size) AS g FROM paid) s, unnest(g) r), '146.01 163.89 172.59', 'formula by size');
SELECT is((SELECT string_agg(round((r).mean::numeric, 2)::text, ' ') FROM (SELECT group_inequality(after, pop, size) AS g FROM paid) s, unnest(g) r), '151.45 162.77 170.76', 'paid by size');
SELECT is((SELECT round((q).gini::numeric, 4) || ' ' || round((q).coefficient_of_variation::numeric, 4) || ' ' || round((q).theil_t::numeric, 5) FROM (SELECT inequality(before, pop) AS q FROM paid) s), '0.0478 0.0834 0.00348', 'before');
SELECT is((SELECT round((q).gini::numeric, 4) || ' ' || round((q).coefficient_of_variation::numeric, 4) || ' ' || round((q).theil_t::numeric, 5) FROM (SELECT inequality(after, pop) AS q FROM paid) s), '0.0450 0.0950 0.00404', 'after');
SELECT is(round((100 * (q).theil_t_between / (q).theil_t)::numeric) || ' ' || round((q).theil_t_within::numeric, 5) || ' ' || round((q).theil_t_between::numeric, 5), '70 0.00104 0.00244', 'formula: 70 % between sizes') FROM (SELECT inequality_by_group(before, pop, size) AS q FROM paid) s;
SELECT is(round((100 * (q).theil_t_between / (q).theil_t)::numeric) || ' ' || round((q).theil_t_within::numeric, 5) || ' ' || round((q).theil_t_between::numeric, 5), '29 0.00289 0.00115', 'paid: 29 % between sizes') FROM (SELECT inequality_by_group(after, pop, size) AS q FROM paid) s;
SELECT is(round((q).vertical_equity::numeric, 4) || ' ' || round((q).reranking::numeric, 4), '0.0169 0.0141', 'vertical effect and what re-ranking takes of it') FROM (SELECT progressivity(before, after, pop) AS q FROM paid) s;
SELECT is((SELECT string_agg(round(before::numeric) || ' ' || round(after::numeric), ', ' ORDER BY after DESC) FROM (SELECT * FROM paid ORDER BY after DESC LIMIT 2) s), '125 561, 141 442', 'the two villages at the top');
SELECT is((SELECT round(corr(f, p)::numeric, 2) FROM (SELECT rank() OVER (ORDER BY before) AS f, rank() OVER (ORDER BY after) AS p FROM paid) s), 0.31, 'rank correlation');
\else
SELECT plan(1);
SELECT skip('12 checks on data of public repositories, which do not ship with the product', 1);
\endif
SELECT finish();
