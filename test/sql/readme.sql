-- The README's SQL, in its order; test/script/readme.sh runs the page itself, in an empty database.
CREATE SCHEMA readme;
SET search_path = readme, public;
CREATE TABLE place (id int PRIMARY KEY, name text, class text, geom geometry(Point, 4326));
INSERT INTO place SELECT id, name, class, ST_SetSRID(ST_Point(lon, lat), 4326)
FROM (VALUES (1, 'City', 'urban', -6.35, 38.92), (2, 'Town', 'peri_urban', -6.10, 38.90), (3, 'Village', 'rural', -5.80, 39.10)) p (id, name, class, lon, lat);
CREATE TABLE od (kind text, origin int, destination int, flow int);
INSERT INTO od VALUES ('people', 1, 3, 30), ('people', 3, 1, 90), ('people', 2, 1, 40), ('goods', 1, 3, 500), ('goods', 3, 1, 1500), ('capital', 1, 3, 12), ('capital', 3, 1, 4);
CREATE TABLE municipality (id int, name text, province text, year int, income numeric, population int);
INSERT INTO municipality VALUES
    (1, 'Alba', 'north', 2015, 21000, 54000), (2, 'Borgo', 'north', 2015, 14000, 6100), (3, 'Costa', 'south', 2015, 17500, 23000), (4, 'Dorf', 'south', 2015, 12000, 900),
    (1, 'Alba', 'north', 2020, 24500, 57200), (2, 'Borgo', 'north', 2020, 15100, 5800), (3, 'Costa', 'south', 2020, 19900, 23900), (4, 'Dorf', 'south', 2020, 12600, 810);
SELECT kind, urban_to_rural, rural_to_urban, round(balance::numeric, 2) AS balance
FROM (SELECT kind, (terrbal.linkage(o.class, d.class, flow)).*
      FROM od JOIN place o ON o.id = origin JOIN place d ON d.id = destination GROUP BY kind) s ORDER BY kind;
CREATE VIEW net_migration AS
SELECT p.id, p.name, z.net, z.effectiveness, z.main_destination, p.geom
FROM (SELECT terrbal.zone_flows(origin, destination, flow) AS rows FROM od WHERE kind = 'people') s, unnest(s.rows) z
JOIN place p ON p.id::text = z.zone;
SELECT id, name, net, effectiveness, main_destination FROM net_migration ORDER BY id;
SELECT year, round(gini::numeric, 3) AS gini, round(theil_t::numeric, 3) AS theil, round(palma_ratio::numeric, 2) AS palma
FROM (SELECT year, (terrbal.inequality(income, population)).* FROM municipality GROUP BY year) s ORDER BY year;
SELECT name, terrbal.bounded_apportionment(1000000.00, population, NULL, 400000, 0.01) OVER (ORDER BY name) AS amount
FROM municipality WHERE year = 2020 ORDER BY name;
CREATE TABLE income_state AS SELECT province, terrbal.sample_state(income, population) AS state FROM municipality WHERE year = 2020 GROUP BY province;
SELECT round(terrbal.gini(terrbal.rollup(state))::numeric, 6) AS national_gini FROM income_state;
SELECT province, n, round(i.gini::numeric, 3) AS gini, i.median FROM income_state, terrbal.inequality(state) i ORDER BY province;
-- doc/clients.md goes on with the same tables
CREATE VIEW inequality_by_year AS
SELECT year, (terrbal.inequality(income, population)).* FROM municipality GROUP BY year;
SELECT year, n, round(mean) AS mean, round(gini::numeric, 4) AS gini FROM inequality_by_year ORDER BY year;
SELECT s.province, i.n, round(i.gini::numeric, 4) AS gini FROM income_state s, terrbal.inequality(s.state) i ORDER BY s.province;
SELECT i.n, round(i.gini::numeric, 4) AS gini, round(i.palma_ratio::numeric, 4) AS palma
FROM (SELECT terrbal.rollup(state) AS state FROM income_state) s, terrbal.inequality(s.state) i;
-- equal to one pass
SELECT round(terrbal.gini(income, population)::numeric, 6) AS one_pass FROM municipality WHERE year = 2020;
SELECT terrbal.apportionment(0.01, 1) OVER () FROM generate_series(1, 3);
SET client_min_messages = warning;
DROP SCHEMA readme CASCADE;
