-- migration: what SQL says. Examples of doc/migration.md, missing and zero arguments, errors.
\set VERBOSITY default
\set SHOW_CONTEXT never

-- doc: system
SELECT round(terrbal.crude_migration_intensity(movers, people)::numeric, 4) AS intensity_pct,
       round(terrbal.courgeau_k(terrbal.crude_migration_intensity(movers, people), 17)::numeric, 4) AS k,
       round(terrbal.aggregate_net_migration_rate(redistributed, people)::numeric, 4) AS net_rate_pct
FROM (VALUES (2534114, 194428, 51829023)) korea_2020 (movers, redistributed, people);

-- doc: rates
SELECT zone, terrbal.in_migration_rate(arrivals, people, 1000) AS in_rate, terrbal.out_migration_rate(departures, people, 1000) AS out_rate,
       terrbal.net_migration_rate(arrivals - departures, people, 1000) AS net_rate
FROM (VALUES ('valley', 320, 480, 20000), ('coast', 900, 610, 40000)) z (zone, arrivals, departures, people);

-- doc: pairs
SELECT origin, destination, flow, round(terrbal.migration_preference(flow, 1000, po, pd, 100000)::numeric, 2) AS preference,
       round(terrbal.migration_velocity(flow, po, pd, 100000)::numeric, 4) AS velocity
FROM (VALUES ('valley', 'coast', 300, 20000, 40000), ('valley', 'capital', 40, 20000, 40000)) f (origin, destination, flow, po, pd);

-- doc: warning
SELECT round(terrbal.crude_migration_intensity(2534114, 51.829023)) AS intensity_pct;

SELECT terrbal.crude_migration_intensity(NULL, 10), terrbal.crude_migration_intensity(3, 0), terrbal.aggregate_net_migration_rate(3, 0), terrbal.courgeau_k(4, 1), terrbal.courgeau_k(4, 0);
SELECT terrbal.in_migration_rate(3, 0), terrbal.in_migration_rate(3, 50), terrbal.out_migration_rate(3, 50), terrbal.net_migration_rate(-3, 50);
SELECT terrbal.migration_preference(1, 0, 1, 1, 1), terrbal.migration_preference(1, 1, 0, 1, 1), terrbal.migration_velocity(1, 0, 1, 1), terrbal.migration_velocity(1, 1, 0, 1);
SELECT terrbal.crude_migration_intensity(-1, 10);
SELECT terrbal.crude_migration_intensity(1, -10);
SELECT terrbal.aggregate_net_migration_rate('NaN', 10);
SELECT terrbal.courgeau_k('Infinity', 10);
SELECT terrbal.net_migration_rate('-Infinity', 10);
SELECT terrbal.in_migration_rate(1, 10, 0);
SELECT terrbal.migration_preference(-1, 1, 1, 1, 1);
SELECT terrbal.migration_velocity(1, 1, -1, 1);
SELECT terrbal.migration_velocity(1e308, 1e-300, 1, 1);
-- a population in thousands: told once, and no rate per se
SELECT terrbal.out_migration_rate(f, 20.4, 1000) AS "out", terrbal.in_migration_rate(f, 20.4) AS "in", terrbal.net_migration_rate(-f, 20.4) AS net FROM (VALUES (480), (500)) v (f);
SELECT terrbal.net_migration_rate(-100, 50) AS a_village_left_within_the_year, terrbal.in_migration_rate(0, 0) AS nobody;
-- a part is not more than its whole
SELECT terrbal.migration_preference(400, 300, 10, 20, 100);
SELECT terrbal.migration_velocity(4, 1000, 20, 100);
