-- sdg: indicators of Sustainable Development Goal 11
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT city, round(lcrpgr(built_1990, built_2020, 30, pop_1991, pop_2021, 30)::numeric, 3) AS lcrpgr,
       round((e).land_consumption_rate::numeric, 4) AS land, round((e).population_growth_rate::numeric, 4) AS people,
       round((e).built_up_per_head_start::numeric, 1) AS m2_per_head_before, round((e).built_up_per_head_end::numeric, 1) AS after
FROM (VALUES ('spreading', 40e6, 70e6, 400000, 500000), ('compact', 40e6, 44e6, 400000, 500000), ('shrinking', 40e6, 46e6, 400000, 360000))
     c (city, built_1990, built_2020, pop_1991, pop_2021),
     LATERAL land_use_efficiency(built_1990, built_2020, 30, pop_1991, pop_2021, 30) e;

SELECT district, round(transport_access(residents, to_bus, to_metro)::numeric, 1) AS per_cent
FROM (VALUES ('centre', 5000, 120, 300), ('centre', 3000, 650, 900), ('edge', 4000, 480, NULL), ('edge', 6000, 900, 2500)) b (district, residents, to_bus, to_metro)
GROUP BY district ORDER BY district;

SELECT open_space_share(12.5, 21.5, 85) AS open_space, inadequate_housing_share(12000, 3000, 5000, 160000) AS housing,
       plan_coverage(p, adopted) AS with_plan, open_space_access(p, d) AS near_open_space
FROM (VALUES (1000, true, 150), (600, false, 390), (400, NULL, 800)) m (p, adopted, d);

-- 11.3.1: both land rates, unequal periods, no answer
SELECT round(lcrpgr(50, 75, 5, 1000, 1500, 5)::numeric, 6) AS linear, round(lcrpgr(50, 75, 5, 1000, 1500, 5, 'log')::numeric, 6) AS log,
       round(lcrpgr(50, 75, 40, 1000, 1500, 42)::numeric, 6) AS other_years, lcrpgr(50, 75, 5, 1000, 1000, 5) AS same_population, lcrpgr(0, 75, 5, 1000, 1500, 5) AS no_land,
       lcrpgr(50, 75, 5, 0, 1500, 5) AS nobody, round(lcrpgr(50, 40, 5, 1000, 900, 5)::numeric, 6) AS both_shrink;
SELECT round(land_consumption_rate(50, 75, 5)::numeric, 6) AS linear, round(land_consumption_rate(50, 75, 5, 'log')::numeric, 6) AS log,
       round(population_growth_rate(1000, 1100, 5)::numeric, 6) AS people, land_consumption_rate(50, 75, 0) AS no_time;
SELECT land_use_efficiency(50, 75, 5, 0, 1500, 5);

-- access: limits inclusive, NULL is out of reach, own limits, states
SELECT transport_access(1, 500, NULL) AS at_500, transport_access(1, NULL, 1000) AS at_1000, transport_access(1, 501, 1001) AS beyond, transport_access(1, NULL, NULL) AS none,
       transport_access(0, 1, 1) AS nobody, transport_access(NULL, 1, 1) AS unknown, transport_access(1, 700, NULL, 800, 1500) AS own_limits;
SELECT coverage_percent(rollup(s)) FROM (SELECT transport_state(p, d, NULL)::text::coverage_state AS s FROM (VALUES (1, 100, 1), (2, 300, 900), (2, 100, 2)) v (g, p, d) GROUP BY g) t;
SELECT slum_household(true, true, true, true, true), slum_household(true, false, true, true, true) AS no_sanitation, slum_household(true, NULL, true, true, true) AS unknown;
SELECT open_space_share(1, 1, 0) AS no_built_up, inadequate_housing_share(0, 0) AS nobody, inadequate_housing_share(5, 100) AS five;

-- what is refused
SELECT lcrpgr(50, 75, 5, 1000, 1500, 5, 'cubic');
SELECT lcrpgr(50, -75, 5, 1000, 1500, 5);
SELECT inadequate_housing_share(60, 60, 0, 100);
SELECT transport_access(1, 'Infinity', NULL) AS unreachable, open_space_access(p, d) AS half FROM (VALUES (1, 5), (1, 'Infinity'::float8)) v (p, d);
SELECT transport_access(1, '-Infinity', NULL);
SELECT transport_access(1, -5, NULL);
SELECT transport_access(1, 700, NULL, l, 1500) FROM (VALUES (800), (900)) v (l);
SELECT terrbal_support.coverage_state_in('74620116000000000000000000000001000000000000000000');
-- years of the calendar
SELECT round(lcrpgr(50, 75, 2020, 1000, 1500, 2020)::numeric, 6) AS ratio, round(population_growth_rate(1000, 1500, 1799)::numeric, 6) AS long_ago;
-- a part is not more than its whole
SELECT open_space_share(60, 50, 100);
