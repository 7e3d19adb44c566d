-- Properties of the money aggregates and windows: any split gives one pass, pools close, district <= parcels, scaling
BEGIN;
SELECT plan(34);

CREATE TABLE parcel AS
SELECT i AS id, i % 7 AS part, round((random() * 90000)::numeric, 2) AS base, round((random() * 100000)::numeric, 2) AS value,
       round((random() * 400)::numeric, 1) AS front, (i % 11)::numeric AS years
FROM (SELECT setseed(0.42)) seed, generate_series(1, 2000) AS i;

-- one pass against a merge of parts, in two orders
CREATE TEMP TABLE step AS
SELECT id, part, terrbal_support.tax_increment_step(NULL, base, value, 0.1) AS increment, terrbal_support.present_value_step(NULL, value, years, 0.037) AS pv,
       terrbal_support.payback_year_step(NULL, value, years, 0.037, 40000000) AS payback
FROM parcel;
CREATE AGGREGATE merged(numeric[]) (SFUNC = terrbal_support.sums_combine, STYPE = numeric[]);
CREATE AGGREGATE merged_payback(numeric[]) (SFUNC = terrbal_support.payback_year_combine, STYPE = numeric[]);

SELECT is((SELECT terrbal.tax_increment(merged(increment ORDER BY id DESC)) FROM step),
          (SELECT terrbal.tax_increment(base, value, 0.1) FROM parcel), 'tax_increment: rows merged backwards equal one pass');
SELECT is((SELECT terrbal.present_value(merged(m ORDER BY part DESC)) FROM (SELECT part, merged(pv ORDER BY id % 13) AS m FROM step GROUP BY part) p),
          (SELECT terrbal.present_value(value, years, 0.037) FROM parcel), 'present_value: parts merged equal one pass, to the last digit');
SELECT is((SELECT terrbal.payback_year(merged_payback(m ORDER BY part)) FROM (SELECT part, merged_payback(payback) AS m FROM step GROUP BY part) p),
          (SELECT terrbal.payback_year(value, years, 0.037, 40000000) FROM parcel), 'payback_year: parts merged equal one pass');
SELECT is((SELECT terrbal.payback_year(value, years, 0.037, 40000000) FROM parcel),
          (SELECT min(years) FROM (SELECT years, sum(sum(value / 1.037 ^ years)) OVER (ORDER BY years) AS s FROM parcel GROUP BY years) t WHERE s >= 40000000),
          'payback_year is the first year of the running sum');
SELECT is((SELECT terrbal.present_value(value, years, 0.037) FROM (SELECT * FROM parcel ORDER BY md5(id::text)) p),
          (SELECT terrbal.present_value(value, years, 0.037) FROM parcel), 'present_value does not depend on row order');

-- parallel workers give the same
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is((SELECT row(terrbal.tax_increment(base, value, 0.1), terrbal.parcel_increment(base, value, 0.1))::text FROM parcel),
          (SELECT row(0.1 * greatest(sum(value) - sum(base), 0), 0.1 * sum(greatest(value - base, 0)))::text FROM parcel),
          'increments are what plain SQL gives');

SELECT cmp_ok((SELECT terrbal.tax_increment(base, value, 0.1) FROM parcel), '<=', (SELECT terrbal.parcel_increment(base, value, 0.1) FROM parcel),
              'the district clamp never gives more than the parcel clamp');
SELECT is((SELECT terrbal.present_value(value, years, 0) FROM parcel), (SELECT trim_scale(sum(value)) FROM parcel), 'at interest 0 present value is the sum');
SELECT is(round(terrbal.present_value(1, y, 0.041), 18), round(terrbal.annuity_factor(0.041, 30), 18), 'the annuity factor is the present value of 1 a year')
FROM generate_series(1, 30) AS y;

-- stored, as text, rolled up: what one pass gives; the district clamp then counts for what was rolled up
CREATE TEMP TABLE stored AS
SELECT part, terrbal.tax_increment_state(base, value, 0.1)::text AS increment, terrbal.split_rate_state(base, value, 1000, 4)::text AS split,
       terrbal.entitlement_state(front, value, base)::text AS entitlement, terrbal.tax_shift_state(base, value)::text AS shift FROM parcel GROUP BY part;
SELECT is((SELECT row(terrbal.tax_increment(terrbal.rollup(increment::numeric[])), terrbal.split_rate(terrbal.rollup(split::numeric[])))::text FROM stored),
          (SELECT row(terrbal.tax_increment(base, value, 0.1), terrbal.split_rate(base, value, 1000, 4))::text FROM parcel), 'increment and split rates of stored states');
SELECT is((SELECT row(terrbal.average_entitlement(terrbal.rollup(entitlement::numeric[])), terrbal.tax_shift(terrbal.rollup(shift::numeric[])))::text FROM stored),
          (SELECT row(terrbal.average_entitlement(front, value, base), terrbal.tax_shift(base, value))::text FROM parcel), 'entitlement and shift of stored states');
SELECT cmp_ok((SELECT terrbal.tax_increment(terrbal.rollup(increment::numeric[])) FROM stored), '<=', (SELECT sum(terrbal.tax_increment(increment::numeric[])) FROM stored),
              'one large district never gets more than its parts');

-- pools close
SELECT is((SELECT sum(q) FROM (SELECT terrbal.betterment_levy(123456.78, front) OVER (ORDER BY id) AS q FROM parcel) t), 123456.78, 'quotas add up to the pool');
SELECT is((SELECT sum(q) FROM (SELECT terrbal.betterment_levy(123456.78, front, 70) OVER (ORDER BY id) AS q FROM parcel) t), 123456.78, 'capped quotas too');
SELECT ok((SELECT bool_and(q <= 70 AND q >= 0) FROM (SELECT terrbal.betterment_levy(123456.78, front, 70) OVER (ORDER BY id) AS q FROM parcel) t), 'no quota above its cap');
SELECT is((SELECT sum(terrbal.positive_part(q - s)) - sum(terrbal.positive_part(s - q)) FROM (SELECT id, front AS q, years * 20 AS s FROM parcel) t),
          (SELECT sum(p) FROM (SELECT terrbal.subsidised_quota(front, years * 20) OVER (ORDER BY id) AS p FROM parcel) t),
          'subsidies lower what is paid by exactly their amount');
SELECT is((SELECT array_agg(DISTINCT total) FROM (
              SELECT sum((r).settlement) AS total
              FROM (SELECT part, terrbal.readjustment(base, value, cost) OVER (PARTITION BY part, cost ORDER BY id) AS r, cost
                    FROM parcel, unnest(ARRAY[0, 777.77, 99999999]) AS cost) x
              GROUP BY part, cost) y), ARRAY[0.00], 'settlements add up to exactly zero, with and without cost');
SELECT is((SELECT max(abs(a - b)) FROM (SELECT (terrbal.readjustment(base, value, 500) OVER (ORDER BY id)).right_value AS a,
                                               (terrbal.readjustment(2 * base, value, 500) OVER (ORDER BY id)).right_value AS b FROM parcel) t), 0.00,
          'right values do not depend on the level of values before');

SELECT ok((SELECT bool_and(abs(q - 123456.78 * front / total) < 0.01) FROM (
              SELECT front, sum(front) OVER () AS total, terrbal.betterment_levy(123456.78, front) OVER (ORDER BY id) AS q FROM parcel) t), 'no quota is a cent off its share');
SELECT ok((SELECT bool_and(abs((r).right_value - base * (after - 500) / before) < 0.01 AND (r).settlement = (r).allotted - (r).right_value - (r).cost_share) FROM (
              SELECT base, sum(base) OVER () AS before, sum(value) OVER () AS after, terrbal.readjustment(base, value, 500) OVER (ORDER BY id) AS r FROM parcel) t),
          'right values and settlements are what the definition says');

SELECT ok((SELECT bool_and(whole AND owners AND positive) FROM (
              SELECT sum((s).subjective + (s).cession) = min(objective) AS whole, sum((s).subjective) = round(min(share * objective), 2) AS owners, min((s).cession) >= 0 AS positive
              FROM (SELECT part, share, objective, terrbal.entitlement_split(objective, front, share) OVER (PARTITION BY part, share ORDER BY id) AS s
                    FROM parcel, unnest(ARRAY[0.9, 0.95, 1, 0, 1 / 3.0]) AS share, LATERAL (SELECT 1000.01 + part * 77.77 AS objective) o) x GROUP BY part, share) y),
          'subjective plus cession is the objective, exactly, and neither is negative');

-- taxes
SELECT is((SELECT round(sum(land * (s).land_rate + building * (s).building_rate), 8) FROM (
              SELECT base AS land, value AS building, terrbal.split_rate(base, value, 250000, 3.5) OVER () AS s FROM parcel) t), 250000.00000000,
          'split rates raise the revenue');
SELECT is((SELECT count(*) FROM (SELECT terrbal.bracket_tax(x, 1, ARRAY[0, 10, 35.5], ARRAY[0.1, 0.25, 0.6]) AS t,
                                        lag(terrbal.bracket_tax(x, 1, ARRAY[0, 10, 35.5], ARRAY[0.1, 0.25, 0.6])) OVER (ORDER BY x) AS before
                                 FROM generate_series(0, 60, 0.5) AS x) b WHERE t - before NOT BETWEEN 0.05 AND 0.3), 0::bigint,
          'bracket tax rises at its marginal rates and never jumps');
SELECT is((SELECT sum(repayment) FROM terrbal.instalment_plan(98765.43, 0.0375, 17)), 98765.43, 'repayments add up to the amount');

CREATE TABLE m AS SELECT id, terrbal.exact_decimal(random() * 100) AS a, terrbal.exact_decimal(random() * 1000) AS b, terrbal.exact_decimal(random() * 10) AS c FROM parcel;
SELECT is((SELECT count(*) FROM (VALUES (terrbal.residual_land_value(1, NULL, 0, 'cost')), (terrbal.residual_land_value(1, 1, 0, NULL)), (terrbal.inclusionary_units(NULL, 0.1, 'up')),
                                         (terrbal.inclusionary_units(1, 0.1, NULL)), (terrbal.chargeable_area(1, 1, 1, 1, NULL)), (terrbal.chargeable_area(1, NULL, 1, 1, true))) AS t(x)
           WHERE x IS NOT NULL), 0::bigint, 'NULL in gives NULL in the functions that are not declared strict');

-- mixed modules are the weighted sum of the shares, in both forms
SELECT is((SELECT round(max(abs(q - (0.3 * front / tf + 0.7 * value / tv) * 1000000)), 2) <= 0.01 FROM (
              SELECT front, value, tf, tv, terrbal.betterment_levy(1000000, terrbal.mixed_benefit(ARRAY[front, value], ARRAY[tf, tv], ARRAY[0.3, 0.7])) OVER (ORDER BY id) AS q
              FROM parcel, (SELECT sum(front) AS tf, sum(value) AS tv FROM parcel) t) x), true, 'mixed quotas are the weighted sum of the shares');
SELECT is((SELECT sum(q) FROM (
              SELECT terrbal.betterment_levy(1000000, terrbal.mixed_benefit(ARRAY[a, b, c], ARRAY[ta, tb, tc], ARRAY[0.2, 0.3, 0.5])) OVER (ORDER BY id) AS q
              FROM m, (SELECT sum(a) AS ta, sum(b) AS tb, sum(c) AS tc FROM m) t) x), 1000000.00, 'mixed quotas of measures with 15 digits close');

-- proposed plots: areas as asked, side by side, together the site
CREATE TABLE site AS
SELECT i, ST_ConvexHull(ST_Collect(ST_SetSRID(ST_Point(470000 + 300 * random(), 4200000 + 200 * random()), 2100))) AS outline
FROM generate_series(1, 12) AS i, generate_series(1, 9) GROUP BY i;
CREATE TABLE proposed AS
SELECT i, outline, p.* FROM site, LATERAL (SELECT array_agg(s * ST_Area(outline)) AS areas FROM unnest(ARRAY[0.1, 0.4, 0.2, 0.3]) AS s) a,
       LATERAL terrbal.proposed_plots(outline, areas, 30 * i) p;
SELECT is((SELECT count(*) FROM proposed), 48::bigint, 'every site has its plots');
SELECT ok((SELECT bool_and(abs(area / ST_Area(outline) - (ARRAY[0.1, 0.4, 0.2, 0.3])[plot]) < 1e-9) FROM proposed), 'plots have the areas asked for');
SELECT ok((SELECT bool_and(d < 1e-6) FROM (SELECT ST_Area(ST_SymDifference(min(outline::text)::geometry, ST_Union(shape))) / ST_Area(min(outline::text)::geometry) AS d
                                           FROM proposed GROUP BY i) x), 'together they are the site');
SELECT is((SELECT count(*) FROM proposed a JOIN proposed b ON a.i = b.i AND a.plot < b.plot WHERE ST_Area(ST_Intersection(a.shape, b.shape)) > 1e-3), 0::bigint,
          'and do not overlap');

-- Sums are written where they lie while they keep their size: no row of a running window changes one before it, and digits that come or go move them
CREATE TEMP TABLE running AS
SELECT terrbal.entitlement_state(front, value, base) OVER w AS state, ARRAY[0, sum(front * value) OVER w, sum(base) OVER w] AS sums,
       terrbal.entitlement_state(front * 10.0 ^ (id % 40 - 20), 1, base) OVER v AS varied, ARRAY[0, sum(front * 10.0 ^ (id % 40 - 20)) OVER v, sum(base) OVER v] AS varied_sums
FROM parcel WINDOW w AS (ORDER BY id), v AS (ORDER BY id DESC ROWS BETWEEN 5 PRECEDING AND CURRENT ROW);
SELECT is((SELECT count(*) FROM running WHERE state = sums), (SELECT count(*) FROM parcel), 'the sums so far, at every row of a running window');
SELECT is((SELECT count(*) FROM running WHERE varied = varied_sums), (SELECT count(*) FROM parcel), 'and of a moving one over amounts of very different size');

-- States of money are all numeric[]: no accessor answers for a state that another function made
CREATE FUNCTION pg_temp.answer(call text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE v text; BEGIN EXECUTE call INTO v; RETURN 'answer'; EXCEPTION WHEN invalid_parameter_value THEN RETURN 'refused'; END $$;
SELECT results_eq(
    $q$SELECT maker, string_agg(reader, ' ' ORDER BY reader COLLATE "C")
       FROM (VALUES ('entitlement_state(1, 2, 3)'), ('split_rate_state(1, 2, 3, 4)'), ('tax_increment_state(1, 2, 0.1)'), ('tax_increment_state(1, 2, 0.1, 0.1, 2)'), ('tax_shift_state(1, 2)')) m(maker),
            unnest(ARRAY['average_entitlement', 'debt_capacity', 'objective_entitlement', 'parcel_increment', 'present_value', 'split_rate', 'tax_increment', 'tax_shift']) reader
       WHERE pg_temp.answer(format('SELECT terrbal.%s(terrbal.rollup(s)) FROM (SELECT terrbal.%s AS s) t', reader, maker)) = 'answer' GROUP BY maker ORDER BY maker COLLATE "C"$q$,
    $q$VALUES ('entitlement_state(1, 2, 3)', 'average_entitlement objective_entitlement'), ('split_rate_state(1, 2, 3, 4)', 'split_rate'), ('tax_increment_state(1, 2, 0.1)', 'tax_increment'),
              ('tax_increment_state(1, 2, 0.1, 0.1, 2)', 'tax_increment'), ('tax_shift_state(1, 2)', 'tax_shift')$q$,
    'states of money are read by what they were made for, and by nothing else');

SELECT * FROM finish();
ROLLBACK;
