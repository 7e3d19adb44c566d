-- demography: balances, growth, structure, depopulation
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT name, (b).change, (b).natural, (b).migration, round((b).growth_rate::numeric, 2) AS growth_rate, round((b).migration_rate::numeric, 2) AS migration_rate, (b).sector
FROM (VALUES ('suburb', 12000, 15500, 1300, 600), ('capital', 80000, 81000, 6500, 7100), ('village', 900, 740, 40, 150)) m (name, p0, p1, births, deaths),
     LATERAL demographic_balance(p0, p1, births, deaths, 10) b;

SELECT name, (r).*
FROM (VALUES ('village', 900, 740, -110, 8.2), ('hamlet', 210, 150, 3, 4.0), ('town', 5200, 5900, 80, 61.0)) m (name, p2001, p2018, natural_balance, density),
     LATERAL depopulation_risk(p2001, p2018, natural_balance, density) r;

SELECT region, round(rural_share::numeric, 3) AS rural_share, oecd_rural_region(rural_share)
FROM (SELECT region, coalesce(sum(population) FILTER (WHERE oecd_rural_unit(density)), 0) / sum(population)::float8 AS rural_share
      FROM (VALUES ('north', 30000, 900), ('north', 8000, 60), ('south', 4000, 20), ('south', 9000, 45), ('south', 6000, 210), ('coast', 90000, 1400)) u (region, population, density)
      GROUP BY region) r ORDER BY region;

SELECT region, rural_share, oecd_rural_region(rural_share) AS oecd_1994, oecd_rural_region(rural_share, city, city / population) AS oecd, eurostat_rural_region(rural_share, city, city / population) AS eurostat
FROM (VALUES ('delta', 0.18, 30000, 400000.0), ('hills', 0.55, 210000, 700000.0), ('lakes', 0.50, 90000, 500000.0), ('plain', 0.35, 620000, 2000000.0)) r (region, rural_share, city, population)
ORDER BY region;
CREATE TEMP TABLE town (region text, name text, people int, fua_people int, to_metropolitan int, to_city int);
INSERT INTO town VALUES ('bay', 'Port', 900000, 1700000, 0, 70), ('bay', 'Cape', 300000, NULL, 35, 80), ('vale', 'Mill', 260000, 410000, 0, 50), ('vale', 'Ford', 90000, NULL, 45, 40), ('moor', 'Heath', 40000, NULL, 55, 30), ('moor', 'Fell', 20000, NULL, 95, 75),
    ('coast', 'Quay', 70000, 90000, 120, 0), ('coast', 'Sand', 30000, NULL, 140, 50), ('isles', 'Rock', 9000, NULL, 300, 200);
SELECT region, round(100.0 * large / people) AS in_large, round(100.0 * metropolitan / people) AS in_metropolitan, round(100.0 * near_metropolitan / people) AS near_metropolitan, round(100.0 * near_city / people) AS near_city,
       oecd_access_region(large / people, metropolitan / people, near_metropolitan / people, near_city / people) AS type
FROM (SELECT region, sum(people)::float8 AS people, coalesce(sum(people) FILTER (WHERE fua_people >= 1500000), 0) AS large, coalesce(sum(people) FILTER (WHERE fua_people >= 250000), 0) AS metropolitan,
             coalesce(sum(people) FILTER (WHERE to_metropolitan <= 60), 0) AS near_metropolitan, coalesce(sum(people) FILTER (WHERE to_city <= 60), 0) AS near_city FROM town GROUP BY region) r ORDER BY region;

-- growth, structure
SELECT m, round(growth_rate(1000, 1210, 2, m)::numeric, 6) AS rate, growth_rate(1000, 0, 2, m) AS extinct, growth_rate(0, 10, 2, m) AS from_nothing, growth_rate(1000, 10, 0, m) AS no_time
FROM unnest(ARRAY['arithmetic', 'geometric', 'exponential']) m;
SELECT ageing_index(300, 100), old_age_dependency(300, 600), youth_dependency(100, 600), total_dependency(100, 300, 600), masculinity_ratio(480, 520) AS masculinity,
       replacement_ratio(90, 120), ageing_index(300, 0) AS no_young, ageing_index(NULL, 1) AS unknown;
SELECT forward, reverse, average FROM survival_migration(1000, 950, 0.9);
SELECT round(forward::numeric, 4) AS forward, round(reverse::numeric, 4) AS reverse, round(average::numeric, 4) AS average FROM survival_migration(114627, 115128, 1.006864);
SELECT survival_migration(1000, 950, 0);
SELECT demographic_balance(0, 0, 0, 0, 1) AS nobody, demographic_balance(100, 100, 5, 5, 0) AS no_time;

-- strictly below: limits themselves do not count
SELECT (depopulation_risk(100, 100, -1, 5)).declining, (depopulation_risk(100, 99, 0, 5)).natural_decrease, (depopulation_risk(100, 99, -1, 12.5)).sparse,
       (depopulation_risk(100, 99, -1, 12.4)).at_risk, (depopulation_risk(100, 99, -1, 14, density_limit => 15)).at_risk AS other_limit;
SELECT (depopulation_risk(100, 99, ARRAY[-1, -2, -1], 5)).at_risk AS every_year, (depopulation_risk(100, 99, ARRAY[-9, 1, -9], 5)).at_risk AS not_every_year,
       depopulation_risk(100, 99, ARRAY[-9, NULL], 5) AS gap, depopulation_risk(100, 99, '{}'::float8[], 5) AS no_years, depopulation_risk(NULL, 99, -1, 5) AS new_municipality;
SELECT rural_municipality(29999, 99.9), rural_municipality(30000, 10) AS large, rural_municipality(4000, 100) AS dense, rural_municipality(4000, 100, density_limit => 150) AS other_limit,
       rural_environment(4000, 99), rural_environment(6000, 120) AS second;
SELECT sparse_area(10), sparse_area(8) AS at_limit, sparse_area(3) AS very, oecd_rural_unit(150) AS rural_150, oecd_rural_region(0.5), oecd_rural_region(0.15) AS at_15, oecd_rural_region(0.149) AS below_15;
SELECT eurostat_rural_region(0.5) AS at_50, eurostat_rural_region(0.2) AS at_20, eurostat_rural_region(0.201) AS above_20, oecd_rural_region(0.3, 0, 0, intermediate_limit => 0.4) AS other_limit,
       oecd_rural_region(NULL, 1, 0.1) AS unknown, oecd_rural_region(0.6, 150000, 0.3, small_city => 100000) AS smaller_city;

-- what is refused
SELECT demographic_balance(-1, 10, 1, 1, 1);
SELECT demographic_balance(1, 10, 1, 'NaN', 1);
SELECT growth_rate(1, 2, 1, 'linear');
SELECT growth_rate(1, 2, -1, 'geometric');
SELECT depopulation_risk(100, 99, 'Infinity'::float8, 5);
SELECT oecd_rural_region(49.1);
SELECT oecd_rural_region(0.491, 250000, 30);
SELECT eurostat_rural_region(0.3, -1, 0.1);
SELECT eurostat_rural_region(0.3, 0, 0, 0.5, 0.2);
SELECT survival_migration(1000, 950, -0.1);
SELECT ageing_index(1e308, 1e-308);
-- per cent for a ratio
SELECT survival_migration(1000, 950, 95);
-- people per m2, a year of the calendar: told, once
SELECT density, (sparse_area(density)).sparse, rural_municipality(5000, density), oecd_rural_unit(density), (depopulation_risk(900, 740, -110, density)).at_risk FROM (VALUES (0.0000082), (0.0003), (0.001), (0)) v (density);
SELECT round(growth_rate(900, 740, years)::numeric, 6) AS growth, round((demographic_balance(900, 740, 40, 150, years)).growth_rate::numeric, 6) AS balance FROM (VALUES (10), (2020)) v (years);
-- access: exactly half is not most; NULL
SELECT oecd_access_region(0.5, 0.51, 0, 0) AS midsize, oecd_access_region(0.51, 0.51, 0, 0) AS large, oecd_access_region(0, 0.5, 0.5, 0.5) AS remote, oecd_access_region(0, 0, 0.5, 0.51) AS near_city, oecd_access_region(0, 0.3, 0.4, 0, 0.35) AS lower_limit, oecd_access_region(0, NULL, 1, 1) AS unknown;
SELECT oecd_access_region(0.6, 0.5, 1, 1);
SELECT oecd_access_region(0, 50, 100, 0);
