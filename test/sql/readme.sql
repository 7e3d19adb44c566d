-- The README's queries, on tables small enough to check by eye.
CREATE SCHEMA readme;
SET search_path = readme, public;
CREATE TABLE od (kind text, origin text, destination text, origin_class terrbal.settlement, destination_class terrbal.settlement, flow float8);
INSERT INTO od VALUES ('people', 'city', 'village', 'urban', 'rural', 30), ('people', 'village', 'city', 'rural', 'urban', 90),
    ('people', 'town', 'city', 'peri_urban', 'urban', 40), ('goods', 'city', 'village', 'urban', 'rural', 500), ('goods', 'village', 'city', 'rural', 'urban', 1500),
    ('capital', 'city', 'village', 'urban', 'rural', 12), ('capital', 'village', 'city', 'rural', 'urban', 4);
CREATE TABLE zone_geometry AS SELECT * FROM (VALUES ('city', ST_Point(0, 0)), ('town', ST_Point(5, 0)), ('village', ST_Point(9, 4))) g(zone, geom);
CREATE TABLE municipality (name text, province text, year int, income float8, population bigint);
INSERT INTO municipality VALUES ('Alba', 'north', 2015, 21000, 54000), ('Borgo', 'north', 2015, 14000, 6100), ('Costa', 'south', 2015, 17500, 23000), ('Dorf', 'south', 2015, 12000, 900),
    ('Alba', 'north', 2020, 24500, 57200), ('Borgo', 'north', 2020, 15100, 5800), ('Costa', 'south', 2020, 19900, 23900), ('Dorf', 'south', 2020, 12600, 810);
SELECT kind, (l).urban_to_rural, (l).rural_to_urban, round((l).balance::numeric, 2) AS balance
FROM (SELECT kind, terrbal.linkage(origin_class, destination_class, flow) AS l FROM od GROUP BY kind) s ORDER BY kind;
CREATE VIEW net_migration AS
SELECT z.zone, z.net, z.effectiveness, z.main_destination, g.geom
FROM (SELECT terrbal.zone_flows(origin, destination, flow) AS rows FROM od WHERE kind = 'people') s, unnest(s.rows) z
JOIN zone_geometry g USING (zone);
SELECT zone, net, effectiveness, main_destination, ST_AsText(geom) FROM net_migration ORDER BY zone;
SELECT year, round((i).gini::numeric, 3) AS gini, round((i).theil_t::numeric, 3) AS theil, round((i).palma_ratio::numeric, 2) AS palma
FROM (SELECT year, terrbal.inequality(income, population) AS i FROM municipality GROUP BY year) s ORDER BY year;
SELECT name, terrbal.bounded_apportionment(1000000.00, population, NULL, 400000, 0.01) OVER (ORDER BY name) AS amount
FROM municipality WHERE year = 2020 ORDER BY name;
CREATE TABLE income_state AS SELECT province, terrbal.sample_state(income, population) AS state FROM municipality WHERE year = 2020 GROUP BY province;
SELECT round(terrbal.gini(terrbal.rollup(state))::numeric, 6) AS national_gini FROM income_state;
SELECT round(terrbal.gini(income, population)::numeric, 6) AS one_pass FROM municipality WHERE year = 2020;
SELECT terrbal.apportionment(0.01, 1) OVER () FROM generate_series(1, 3);
SET client_min_messages = warning;
DROP SCHEMA readme CASCADE;
