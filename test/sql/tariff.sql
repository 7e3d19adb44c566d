-- tariff: tariffs of equalisation laws and limits on yearly change
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT gap, tariff_linear(gap, ARRAY[0, 1000, 5000], ARRAY[0.40, 0.60, 0.80]) AS grant_per_head
FROM unnest(ARRAY[-200, 500, 1000, 6000]) gap;

SELECT shortfall, round(tariff_quadratic(shortfall, ARRAY[0, 0.07, 0.20],
       ARRAY[[0, 11 / 25.0, 13 / 7.0], [-2121 / 260000.0, 35 / 52.0, 5 / 26.0], [-317 / 20000.0, 3 / 4.0, 0]]), 6) AS share_of_need
FROM unnest(ARRAY[0.01, 0.07, 0.10, 0.25]) shortfall;

SELECT population, step_value(population, ARRAY[1, 10189, 13585, 16981], ARRAY[0.6, 0.8, 1.0, 1.2]) AS by_lower_limits,
       step_value(population, ARRAY[10188, 13584, 16980, NULL], ARRAY[0.6, 0.8, 1.0, 1.2]) AS by_upper_limits
FROM unnest(ARRAY[10188, 10189, 20000]) population;

SELECT population, round(log_coefficient(population, 500, 200000, 1, 2)::numeric, 6) AS coefficient FROM unnest(ARRAY[10, 500, 50000, 1000000]) population;

SELECT index, CASE WHEN index < 70 THEN 86.5 - index ELSE round(power_tariff(100 - index, 30, 16.5, 18 / 11.0), 4) END AS points
FROM unnest(ARRAY[60, 70, 85, 99, 120]) index;

SELECT computed, previous, corridor(computed, previous, 0.9, 1.2) AS kept, guarantee(computed, previous, 0.5) AS guaranteed,
       phase_in(previous, computed, 0.25) AS first_year, phase_out(previous, 3, 0.05) AS after_three_years
FROM (VALUES (1000, 0), (1000, 600), (1000, 2000), (0, 1000)) t (computed, previous);

-- types: numeric stays numeric, float8 stays float8
SELECT pg_typeof(tariff_linear(1.5, '{0,1}', '{0.1,0.2}')), pg_typeof(tariff_linear(1.5::float8, '{0,1}', '{0.1,0.2}')), pg_typeof(step_value(3::numeric, '{1}', '{2}')),
       pg_typeof(power_tariff(1.0, 2.0, 3.0, 0.5)), pg_typeof(tariff_quadratic(1::numeric, '{0}', '{{1,2,3}}')), tariff_quadratic(2::numeric, '{0}', '{{1,2,3}}');
SELECT tariff_linear(3, '{}'::numeric[], '{}'::numeric[]), tariff_linear(3, '{}'::float8[], '{}'::float8[]), step_value(3, '{}'::numeric[], '{7}'::numeric[]),
       step_value(0, ARRAY[1, 2], ARRAY[5, 6]), step_value(99, ARRAY[1, 2], ARRAY[5, 6, 7]), tariff_quadratic(1, '{}'::float8[], '{}'::float8[]);
SELECT tariff_linear(NULL, ARRAY[0], ARRAY[0.1]), corridor(100, NULL, 0.9, 1.1), phase_out(100, 30, 0.05), log_coefficient(0, 500, 200000, 1, 2), power_tariff(-1, 2, 3, 4);
SELECT tariff_quadratic(x, ARRAY[1.0], ARRAY[[0, 1, 0], [1, 0, 1]]), tariff_quadratic(x::float8, ARRAY[1], ARRAY[[0, 1, 0], [1, 0, 1]]) FROM unnest(ARRAY[-2, 1, 3.0]) x;
-- amounts of 10^15 with cents
SELECT tariff_linear(1000000000000000.07, ARRAY[0], ARRAY[0.63]), phase_in(1000000000000000.07, 0, 0.1);

-- percentages and calendar years are told
SELECT guarantee(100, 200, 50), corridor(100, 200, 90, 110), phase_out(1000, 2026, 0.05);
SELECT guarantee(100, 200, 9), corridor(100, 0.001, 0.9, 1000000);
-- errors
SELECT tariff_linear(1, ARRAY[0, 0], ARRAY[0.1, 0.2]);
SELECT tariff_linear(1, ARRAY[0, 5], ARRAY[0.1]);
SELECT tariff_linear('NaN'::float8, ARRAY[0], ARRAY[0.1]);
SELECT tariff_linear(1e308::float8, ARRAY[0], ARRAY[10]);
SELECT tariff_quadratic(1, ARRAY[0, 0.07], ARRAY[[0, 1, 2]]);
SELECT tariff_quadratic(1.0, ARRAY[0], ARRAY[0, 1, 2]);
SELECT step_value(1.0, ARRAY[1, 2, 3], ARRAY[1.0]);
SELECT step_value(1.0, ARRAY[NULL, 2], ARRAY[1.0, 2.0]);
SELECT log_coefficient(100, 500, 500, 1, 2);
SELECT log_coefficient(-1, 500, 5000, 1, 2);
SELECT power_tariff(1, 0, 2, 1);
SELECT corridor(100, 100, 1.2, 0.9);
SELECT corridor(100, -1, 0.9, 1.2);
SELECT phase_in(100, 200, 25);
SELECT phase_out(100, -1, 0.05);
SELECT guarantee('Infinity', 100, 0.5);
