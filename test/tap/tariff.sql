-- tariff: statutes and the French model's own tests
SET search_path = public, terrbal;
SELECT plan(25);

-- Germany 2005-2019 (bundestag/gesetze @0019ad0d, f/finausglg_2005): exact points of the quadratic tariffs of s. 10 and of the VAT shares of s. 2
CREATE TEMP TABLE german (tariff text, breaks numeric[], coefficients numeric[]);
INSERT INTO german VALUES
    ('lfa_s10', '{0,0.07,0.20}', ARRAY[[0, 11 / 25.0, 13 / 7.00000000000000000000], [-2121 / 260000.00000000000000000000, 35 / 52.00000000000000000000, 5 / 26.00000000000000000000], [-317 / 20000.0, 3 / 4.0, 0]]),
    ('ust_s2', '{0,0.03}', ARRAY[[0, 3 / 5.0, 35 / 6.00000000000000000000], [-21 / 4000.0, 19 / 20.0, 0]]);
CREATE TEMP TABLE point (tariff text, x numeric, n numeric, d numeric);
INSERT INTO point VALUES ('lfa_s10', 0, 0, 1), ('lfa_s10', 0.01, 321, 70000), ('lfa_s10', 0.03, 1041, 70000), ('lfa_s10', 0.05, 373, 14000), ('lfa_s10', 0.07, 399, 10000),
    ('lfa_s10', 0.10, 15879, 260000), ('lfa_s10', 0.15, 12627, 130000), ('lfa_s10', 0.20, 2683, 20000), ('lfa_s10', 0.25, 3433, 20000), ('lfa_s10', 0.40, 5683, 20000),
    ('ust_s2', 0, 0, 1), ('ust_s2', 0.01, 79, 12000), ('ust_s2', 0.03, 93, 4000), ('ust_s2', 0.10, 359, 4000), ('ust_s2', 0.50, 1879, 4000);
SELECT ok(bool_and(abs(tariff_quadratic(x, breaks, coefficients) - n / d) < 1e-16 AND abs(tariff_quadratic(x::float8, breaks::float8[], coefficients::float8[]) - (n / d)::float8) < 1e-15),
          format('%s: %s points of the statute', tariff, count(*))) FROM point JOIN german USING (tariff) GROUP BY tariff ORDER BY tariff;
-- continuity at every break
SELECT ok(bool_and(abs(tariff_quadratic(b, breaks, coefficients) - tariff_quadratic(b + 1e-15, breaks, coefficients)) < 1e-14), tariff || ' is continuous')
FROM german, unnest(breaks) b WHERE b > 0 GROUP BY tariff ORDER BY tariff;

-- Brazil: the published table, both ends of every step
CREATE TEMP TABLE fpm (pop_from numeric, pop_to numeric, coefficient numeric);
INSERT INTO fpm VALUES (1, 10188, 0.6), (10189, 13584, 0.8), (13585, 16980, 1.0), (16981, 23772, 1.2), (23773, 30564, 1.4), (30565, 37356, 1.6), (37357, 44148, 1.8), (44149, 50940, 2.0),
    (50941, 61128, 2.2), (61129, 71316, 2.4), (71317, 81504, 2.6), (81505, 91692, 2.8), (91693, 101880, 3.0), (101881, 115464, 3.2), (115465, 129048, 3.4), (129049, 142632, 3.6),
    (142633, 156216, 3.8), (156217, NULL, 4.0);
CREATE TEMP TABLE steps AS SELECT array_agg(pop_from ORDER BY pop_from) AS lows, array_agg(pop_to ORDER BY pop_from) AS highs, array_agg(coefficient ORDER BY pop_from) AS results FROM fpm;
SELECT is_empty($$ SELECT * FROM fpm, steps, unnest(ARRAY[pop_from, coalesce(pop_to, 10000000)]) p WHERE step_value(p, lows, results) IS DISTINCT FROM coefficient $$, 'FPM by lower limits');
SELECT is_empty($$ SELECT * FROM fpm, steps, unnest(ARRAY[pop_from, coalesce(pop_to, 10000000)]) p WHERE step_value(p, highs, results) IS DISTINCT FROM coefficient $$, 'FPM by upper limits, the last open');
SELECT is_empty($$ SELECT * FROM fpm, steps, unnest(ARRAY[pop_from, coalesce(pop_to, 10000000)]) p WHERE step_value(p::float8, highs[:17]::float8[], results::float8[]) IS DISTINCT FROM coefficient::float8 $$,
                'FPM by upper limits between results');

-- France (leximpact/openfisca-france-dotations-locales @c97f8f6, numbers of its tests)
SELECT ok(bool_and(abs(log_coefficient(p, 500, 200000, 1, 2) - e) < 1e-9), 'logarithmic coefficient')
FROM (VALUES (10, 1), (500, 1), (50000, 1.76862178684024), (200000, 2), (1000000, 2)) t (p, e);
SELECT is(array_agg(corridor(1000, p, 0.9, 1.2) ORDER BY o), '{1000,1000,720,1800}'::numeric[], 'stability corridor')
FROM unnest(ARRAY[0, 1000, 600, 2000]) WITH ORDINALITY t (p, o);
SELECT is(guarantee(0, 1000, 0.5), 500.0, 'exit guarantee');
SELECT is(averaged_capacity(ARRAY[0, 200, 600], ARRAY[100, 100, 200], ARRAY[1, 1, 1]), 2::numeric, 'ratio of sums, not mean of ratios');

-- Switzerland FiLaG art. 3a: 16.5 points at 70 with slope -0.9, nothing at 100; ranks kept
SELECT is(power_tariff(30, 30, 16.5, 18 / 11.0), 16.5, 'value at 70');
SELECT ok(abs((power_tariff(30.000001::float8, 30, 16.5, 18 / 11.0) - 16.5) / 0.000001 - 0.9) < 1e-6, 'slope at 70');
SELECT is_empty($$ SELECT * FROM (SELECT i, i + power_tariff(100 - i, 30, 16.5, 18 / 11.0) AS after, lag(i + power_tariff(100 - i, 30, 16.5, 18 / 11.0)) OVER (ORDER BY i) AS before
                   FROM generate_series(70, 100, 0.25) i) s WHERE after <= before $$, 'the rank order does not change');

-- properties on random tariffs
SELECT setseed(0.7);
CREATE TEMP TABLE random_tariff AS
SELECT t, array_agg(b ORDER BY b) AS breaks, array_agg(r) AS rates FROM (
    SELECT t, k, (k * 100 + round((random() * 90)::numeric, 2)) AS b, round(random()::numeric, 3) AS r FROM generate_series(1, 300) t, generate_series(0, 5) k) s GROUP BY t;
SELECT is_empty($$ SELECT * FROM random_tariff, generate_series(-50, 700, 37.5) x
    WHERE tariff_linear(x, breaks, rates) <> (SELECT sum(rates[k] * greatest(0, least(x, coalesce(breaks[k + 1], 'Infinity')) - breaks[k])) FROM generate_series(1, 6) k) $$, 'linear: the formula');
SELECT is_empty($$ SELECT * FROM random_tariff, generate_series(-50, 700, 37.5) x
    WHERE abs(tariff_linear(x, breaks, rates)::float8 - tariff_linear(x::float8, breaks::float8[], rates::float8[])) > 1e-9 $$, 'linear: float8 as numeric');
SELECT is_empty($$ SELECT * FROM random_tariff, generate_series(-50, 700, 37.5) x
    WHERE step_value(x, breaks, rates) IS DISTINCT FROM (SELECT rates[max(k)] FROM generate_series(1, 6) k WHERE breaks[k] <= x) $$, 'step: the last lower limit reached');
SELECT is(tariff_linear(x, breaks, rates), 0::numeric, 'nothing below the first break') FROM random_tariff, (VALUES (-1)) v (x) WHERE t = 1;
SELECT is_empty($$ SELECT * FROM generate_series(-20, 20) n, generate_series(0, 20, 5) p WHERE corridor(n, p, 0.9, 1.2) NOT BETWEEN 0.9 * p AND 1.2 * p AND p > 0 $$, 'corridor holds');
SELECT is_empty($$ SELECT * FROM generate_series(0, 1, 0.1) s WHERE phase_in(100, 200, s) <> 100 + 100 * s OR phase_in(-5, -5, s) <> -5 $$, 'phase-in is linear');
SELECT is(phase_out(100, 20, 0.05), 0::numeric, 'phased out');
SELECT is(phase_out(100, 19, 0.05), 5.00, 'nearly');
SELECT throws_ok('SELECT tariff_linear(1, ARRAY[1, 1], ARRAY[0.1, 0.1])', '22023', NULL, 'breaks must ascend');
SELECT throws_ok('SELECT phase_in(1, 2, 1.5)', '22023', NULL, 'share');
SELECT throws_ok('SELECT step_value(1, ARRAY[1, 2, 3], ARRAY[0.1])', '2202E', NULL, 'breaks and results');
SELECT * FROM finish();
