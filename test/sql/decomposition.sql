-- decomposition: documented examples, then NULL, zero, negative, then errors
\set SHOW_CONTEXT never
SET client_min_messages = warning;
CREATE SCHEMA test_decomposition;
SET search_path = test_decomposition, public;

CREATE TABLE municipality (name text, region text, class text, population int, income float8);
INSERT INTO municipality VALUES ('Alba', 'north', 'urban', 52000, 14800), ('Brea', 'north', 'peri_urban', 18500, 16300), ('Cala', 'north', 'rural', 4200, 11900),
    ('Deva', 'north', 'rural', 950, 10400), ('Elda', 'south', 'urban', 87000, 13100), ('Faro', 'south', 'peri_urban', 9800, 12700), ('Gata', 'south', 'rural', 3100, 9600),
    ('Haro', 'south', 'rural', 640, 9100), ('Isla', 'south', 'rural', 1500, 10900);
SELECT groups, round(theil_t::numeric, 6) AS theil_t, round(theil_t_within::numeric, 6) AS within, round(theil_t_between::numeric, 6) AS between,
       round((100 * theil_t_between / theil_t)::numeric, 1) AS between_percent
FROM (SELECT (terrbal.inequality_by_group(income, population, class)).* FROM municipality) AS s;

SELECT round(gini::numeric, 5) AS gini, round(gini_within::numeric, 5) AS within, round(gini_between::numeric, 5) AS between, round(gini_overlap::numeric, 5) AS overlap,
       round(atkinson_1::numeric, 6) AS atkinson_1, round(atkinson_1_within::numeric, 6) AS a_within, round(atkinson_1_between::numeric, 6) AS a_between
FROM (SELECT (terrbal.inequality_by_group(income, population, class)).* FROM municipality) AS s;

SELECT grp, n, round(weight_share::numeric, 4) AS of_people, round(value_share::numeric, 4) AS of_income, round(mean::numeric) AS mean, round(gini::numeric, 4) AS gini, round(theil_l::numeric, 6) AS theil_l
FROM (SELECT terrbal.group_inequality(income, population, class) AS rows FROM municipality) AS s, unnest(rows);

CREATE TABLE regional AS
SELECT region, terrbal.grouped_state(income, population, class) AS sample FROM municipality GROUP BY region;
SELECT coalesce(region, 'both') AS region, round((d).total::numeric, 6) AS ge_2, round((d).within::numeric, 6) AS within, round((d).between::numeric, 6) AS between
FROM (SELECT region, terrbal.entropy_by_group(terrbal.rollup(sample), 2) AS d FROM regional GROUP BY ROLLUP (region)) AS s ORDER BY s.region;

SELECT round((d).total::numeric, 6) AS total, round((d).within::numeric, 6) AS within, round((d).between::numeric, 6) AS between FROM (SELECT terrbal.atkinson_by_group(income, class, 0.5) AS d FROM municipality) AS s;
SELECT groups, n, round(theil_t::numeric, 6), round(theil_l::numeric, 6) FROM (SELECT (terrbal.inequality_by_group(income, class)).* FROM municipality) AS s;

-- zeros and negative values
SELECT theil_t = ln(2::float8) AS ln_2, theil_t_within, theil_t_between = theil_t AS all_between, theil_l, theil_l_within, theil_l_between, gini, gini_within, gini_between, gini_overlap, atkinson_1, atkinson_1_within, atkinson_1_between
FROM (SELECT (terrbal.inequality_by_group(v, g)).* FROM unnest('{0,0,0,10,10,10}'::float8[], '{a,a,a,b,b,b}'::text[]) AS u(v, g)) AS s;
SELECT theil_t, gini, gini_within, gini_between, gini_overlap, atkinson_1 FROM (SELECT (terrbal.inequality_by_group(v, g)).* FROM unnest('{-10,5,20,45}'::float8[], '{a,a,b,b}'::text[]) AS u(v, g)) AS s;

SET client_min_messages = notice;
SELECT groups, gini, gini_within, gini_between, gini_overlap, n FROM (SELECT terrbal.grouped_state(v, g) AS d FROM unnest('{-3,3}'::float8[], '{a,b}'::text[]) AS u(v, g)) s, terrbal.inequality_by_group(d);
SELECT (terrbal.entropy_by_group(v, g, 0)).total FROM unnest('{0,3}'::float8[], '{a,b}'::text[]) AS u(v, g);
SELECT (terrbal.atkinson_by_group(v, g, 0.5)).total FROM unnest('{-1,3}'::float8[], '{a,b}'::text[]) AS u(v, g);
SET client_min_messages = warning;

-- NULL, empty
SELECT (terrbal.inequality_by_group(v, g)).groups, (terrbal.inequality_by_group(v, g)).n FROM unnest('{1,2,NULL,4}'::float8[], '{a,NULL,b,""}'::text[]) AS u(v, g);
SELECT terrbal.inequality_by_group(v, 'a') IS NULL AS no_rows, terrbal.group_inequality(v, 0, 'a') IS NULL AS no_weight, terrbal.grouped_state(v, 'a') IS NULL AS no_state FROM unnest('{}'::float8[]) AS v;

-- errors
SELECT terrbal.inequality_by_group(v, -1, 'a') FROM unnest('{1}'::float8[]) AS v;
SELECT terrbal.inequality_by_group(v, 'a') FROM unnest('{1,NaN}'::float8[]) AS v;
SELECT terrbal.atkinson_by_group(v, 'a', -2) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal.entropy_by_group(v, 'a', v) FROM unnest('{1,2}'::float8[]) AS v;
SELECT terrbal_support.entropy_by_group_final(terrbal.grouped_state(v, 'a')) FROM unnest('{1,2}'::float8[]) AS v;
SELECT ('7462010200000000' || lpad(to_hex(4), 16, '0') || lpad(to_hex(1), 16, '0') || lpad('1', 16, '0') || lpad('1', 16, '0') || 'bff0000000000000' || lpad('1', 16, '0') || '61')::terrbal.grouped_state;
SELECT ('7462010200000000' || lpad(to_hex(4), 16, '0') || lpad(to_hex(1), 16, '0') || lpad('1', 16, '0') || lpad('1', 16, '0') || 'bff0000000000000' || lpad('0', 16, '0') || 'ff')::terrbal.grouped_state;
SELECT (terrbal.inequality_by_group(('7462010200000000' || lpad(to_hex(4), 16, '0') || lpad(to_hex(1), 16, '0') || lpad('1', 16, '0') || lpad('1', 16, '0') || 'bff0000000000000' || lpad('0', 16, '0') || '61')::terrbal.grouped_state)).groups;
DROP SCHEMA test_decomposition CASCADE;
