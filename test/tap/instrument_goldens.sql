-- Figures that nobody here wrote: statutes, manuals, published studies
BEGIN;
SELECT plan(30);

-- gov.uk, Community Infrastructure Levy manual, appendix 1, examples 1-3 (OGL)
CREATE TEMP TABLE cil (c text, line text, rate numeric, g numeric, gr numeric, kr numeric, e numeric, ip numeric, ic numeric, area numeric, charge numeric, total numeric);
INSERT INTO cil VALUES ('voa_ex1', 'residential', 50, 700, 700, 0, 0, 1, 1, 700, 35000, 35000),
    ('voa_ex2', 'residential', 50, 1750, 750, 0, 0, 1, 1, 750, 37500, 77500), ('voa_ex2', 'office', 40, 1750, 1000, 0, 0, 1, 1, 1000, 40000, 77500),
    ('voa_ex3', 'residential', 50, 400, 400, 0, 0, 1, 1, 400, 20000, 20000);
SELECT is(terrbal.chargeable_area(gr, kr, e, g), area, c || ' ' || line || ': area') FROM cil;
SELECT is(terrbal.infrastructure_levy(rate, terrbal.chargeable_area(gr, kr, e, g), ip, ic), charge, c || ' ' || line || ': charge') FROM cil;
SELECT is(terrbal.de_minimis(sum(terrbal.infrastructure_levy(rate, terrbal.chargeable_area(gr, kr, e, g), ip, ic)), 50), min(total), c || ': total')
FROM cil GROUP BY c ORDER BY c;

-- Indian River County, Florida, impact fee update 2014, pp. 118-120 (public record)
SELECT is(round(2591000 / 8255.0, 2), 313.87, 'cost of a vehicle mile of capacity');
SELECT is(round(terrbal.travel_demand(7.81, 6.62, 1.0, 0.173) * 313.87), 6710::numeric, 'impact cost');
SELECT is(round(terrbal.annuity_factor(0.025, 5), 4), 4.6458, 'annuity of 5 years');
SELECT is(round(terrbal.annuity_factor(0.025, 25), 4), 18.4244, 'annuity of 25 years');
SELECT is(terrbal.impact_fee(terrbal.travel_demand(7.81, 6.62, 1.0, 0.173), 313.87, ARRAY[g * 0.111, g * 0.211], ARRAY[5, 25], 0.025, u, s), f, 'fee, stage ' || s)
FROM (SELECT 7.81 * 7.12 / 2 * 365 / 18.19 AS g) x, (VALUES ('step', 1, 4248), ('fee', 0.01, 4253.59)) AS r(s, u, f);
SELECT is(round(4248 * 1.025), 4354::numeric, 'with 2.5 % administration');

-- City of Ramsey, 1985 (public record): the district's totals
SELECT is(terrbal.tax_increment(b, v, 0.100), 27900.0, 'increment of the district')
FROM (VALUES (100000, 30000), (0, 27000), (0, 22000), (0, 300000)) AS t(b, v);

-- Residual appraisals: assesr.com; Havard, example 3.3
SELECT is(round(terrbal.residual_land_value(2800000, 1906000, 0.20, 'cost'), 2), 427333.33, 'assesr');
SELECT is(round(terrbal.residual_land_value(17532388, 9123568, 0.20, 'cost_without_land')), 6584106::numeric, 'Havard 3.3');

-- Spain, TRLRHL arts. 104.5, 107, 108: derived cases; coefficients of 2024
CREATE TEMP TABLE coefficient AS
SELECT y - 1 AS years, c FROM unnest(ARRAY[.15, .15, .14, .14, .16, .18, .19, .20, .19, .15, .12, .10, .09, .09, .09, .09, .10, .13, .17, .23, .40]) WITH ORDINALITY AS t(c, y);
SELECT is(round(0.30 * CASE WHEN sale <= bought THEN 0 ELSE least(objective, real) END, 2), tax, 'IIVTNU case ' || id)
FROM (SELECT id, bought, sale, tax, land * CASE WHEN years = 0 THEN c * months / 12 ELSE c END AS objective, (sale - bought) * land / total AS real
      FROM (VALUES (1, 40000, 100000, 150000, 200000, 7, 0, 2400.00), (2, 40000, 100000, 195000, 200000, 7, 0, 600.00), (3, 40000, 100000, 200000, 190000, 7, 0, 0.00),
                   (4, 40000, 100000, 150000, 200000, 0, 8, 1200.00), (5, 40000, 100000, 150000, 200000, 27, 0, 4800.00))
           AS t(id, land, total, bought, sale, years0, months, tax), LATERAL (SELECT least(years0, 20) AS years) y JOIN coefficient USING (years)) x;

-- brick/money, MoneyTest.php (MIT), and issues of other libraries, through betterment_levy; weights in thirds and sevenths become whole numbers
\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/apportion/brick_money_largest_remainder.csv land_value/apportion/issue_cases.csv land_value/es_iivtnu/coef_2024.csv land_value/lotus_es/rules.csv land_value/somers/depth_factor.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE largest_remainder (total numeric, scale text, weights text, expected text, note text);
\copy largest_remainder FROM PROGRAM 'cat "$GOLDEN/land_value/apportion/brick_money_largest_remainder.csv"' CSV HEADER
\copy largest_remainder FROM PROGRAM 'cat "$GOLDEN/land_value/apportion/issue_cases.csv"' CSV HEADER
CREATE TEMP TABLE quota AS
SELECT total, weights, l.expected, n,
       terrbal.betterment_levy(total, CASE WHEN w LIKE '%/%' THEN split_part(w, '/', 1)::numeric * 21 / split_part(w, '/', 2)::numeric ELSE w::numeric END, unit => u)
           OVER (PARTITION BY total, weights, u ORDER BY n) AS quota
FROM largest_remainder l, LATERAL (SELECT CASE WHEN scale = '0.05' THEN 0.05 ELSE 0.01 END AS u) x, unnest(string_to_array(weights, '|')) WITH ORDINALITY AS t(w, n);
SELECT results_eq('SELECT string_agg(quota::text, ''|'' ORDER BY n) FROM quota GROUP BY total, weights, expected ORDER BY total, weights, expected',
                  'SELECT expected FROM quota GROUP BY total, weights, expected ORDER BY total, weights, expected', 'largest remainder, 19 cases');
-- Somers' table as user data: its own points come back, and what lies between is between
CREATE TEMP TABLE somers (depth numeric, factor numeric, tolerance numeric);
\copy somers FROM PROGRAM 'cat "$GOLDEN/land_value/somers/depth_factor.csv"' CSV HEADER
SELECT is((SELECT count(*) FROM somers s, (SELECT array_agg(depth ORDER BY depth) AS d, array_agg(factor ORDER BY depth) AS f FROM somers) t
           WHERE abs(terrbal.depth_factor(s.depth, t.d, t.f) - s.factor) > 0 OR terrbal.depth_factor(s.depth + 1, t.d, t.f) < s.factor), 0::bigint, 'Somers depth table');
-- the figures of the recipes are those of the statutes
CREATE TEMP TABLE lotus (article text, rule text, value numeric);
\copy lotus FROM PROGRAM 'cat "$GOLDEN/land_value/lotus_es/rules.csv"' CSV HEADER
SELECT is((SELECT count(*) FROM (VALUES ('70.2', 0.02), ('70.2.a', 0.05), ('70.2.b', 0.01), ('70.2.c', 0.01), ('70.2.d', 0.00), ('71.4', 0.02), ('75.4', 0.10), ('77.1', 0.90),
                                         ('77.2.a', 0.95), ('77.2.b', 1.00)) AS r(article, value) JOIN lotus l USING (article) WHERE r.value = l.value), 10::bigint, 'LOTUS percentages of the recipe');
CREATE TEMP TABLE coefficient_2024 (years int, coef numeric);
\copy coefficient_2024 FROM PROGRAM 'cat "$GOLDEN/land_value/es_iivtnu/coef_2024.csv"' CSV HEADER
SELECT is((SELECT count(*) FROM coefficient JOIN coefficient_2024 USING (years) WHERE c = coef), 21::bigint, 'IIVTNU coefficients of 2024');
\else
SELECT skip('the figures of test/fixture/golden are not here', 4);
\endif

SELECT * FROM finish();
ROLLBACK;
