-- settlement: degree of urbanisation of cells and units
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- a city of 90,000 people around (6, 6), a town of 8,000 at (16, 6), hamlets, and a lake in the corner; cells of 1 km
CREATE TABLE cell AS
SELECT x, y, CASE WHEN (x - 6) ^ 2 + (y - 6) ^ 2 <= 10 THEN 2500 WHEN (x - 6) ^ 2 + (y - 6) ^ 2 <= 18 THEN 600
                  WHEN (x - 16) ^ 2 + (y - 6) ^ 2 <= 1 THEN 1600 WHEN (x + 3 * y) % 7 = 0 THEN 60 ELSE 5 END::float8 AS population,
       1::float8 AS land_share, 0::float8 AS built_share, CASE WHEN x <= 11 THEN 'Oakham' ELSE 'Elmley' END AS municipality
FROM generate_series(1, 20) x, generate_series(1, 12) y;
UPDATE cell SET population = 0, land_share = 0 WHERE x >= 19 AND y >= 10;

-- the documented examples
SELECT settlement_class, count(*) AS cells, sum(population) AS people
FROM (SELECT population, settlement_class(x, y, population, land_share, built_share) OVER () FROM cell) c
GROUP BY settlement_class ORDER BY settlement_class DESC;

SELECT y, string_agg(CASE class WHEN 30 THEN '#' WHEN 23 THEN '+' WHEN 21 THEN '-' WHEN 12 THEN '.' WHEN 10 THEN '~' ELSE ' ' END, '' ORDER BY x) AS map
FROM (SELECT x, y, settlement_class(x, y, population, land_share, built_share, rules => 'eurostat_2024') OVER () AS class FROM cell) c
GROUP BY y ORDER BY y DESC;

SELECT municipality, (d).level1, (d).level2, round((d).urban_centre::numeric, 3) AS urban_centre, round((d).urban_cluster::numeric, 3) AS urban_cluster,
       round((d).rural::numeric, 3) AS rural
FROM (SELECT municipality, degree_of_urbanisation(class, population, land_share) AS d
      FROM (SELECT *, settlement_class(x, y, population, land_share, built_share) OVER () AS class FROM cell) c
      GROUP BY municipality) m
ORDER BY municipality;

-- both levels, folding, order and partitions do not matter
SELECT settlement_class_level1, count(*), bool_and(settlement_level1(class) = settlement_class_level1) AS same
FROM (SELECT settlement_class_level1(x, y, population, land_share, built_share) OVER (), settlement_class(x, y, population, land_share, built_share) OVER () AS class FROM cell) c
GROUP BY 1 ORDER BY 1;
SELECT year, count(*) FILTER (WHERE class = 30) AS centre
FROM (SELECT year, settlement_class(x, y, population * (year - 2000) / 20, land_share, built_share) OVER (PARTITION BY year ORDER BY y, x) AS class
      FROM cell, unnest(ARRAY[2010, 2015, 2020]) year) c
GROUP BY year ORDER BY year;
SELECT settlement_level1(c::smallint) FROM unnest(ARRAY[30, 23, 22, 21, 13, 12, 11, 10, NULL]) c;

-- cells of 500 m: the same people on a quarter of the area
SELECT settlement_class, count(*) FROM (SELECT settlement_class(x, y, population / 4, land_share, built_share, cell_area_km2 => 0.25) OVER () FROM cell) c GROUP BY 1 ORDER BY 1 DESC;
-- built-up land makes dense cells without density
SELECT settlement_class, count(*) FROM (SELECT settlement_class(x, y, 1000, 0.5, 0.1) OVER () FROM generate_series(1, 10) x, generate_series(1, 6) y) c GROUP BY 1;
SELECT settlement_class, count(*) FROM (SELECT settlement_class(x, y, 500, 0.5, 0.09) OVER () FROM generate_series(1, 10) x, generate_series(1, 6) y) c GROUP BY 1;

-- NULL: no place, no class; no figure, nobody; no land share, all land
SELECT x, settlement_class(x, 0, p, l, b) OVER () FROM (VALUES (1, 100, 1, 0), (NULL, 100, 1, 0), (3, NULL, 1, 0), (4, NULL, 0, NULL), (5, 100, NULL, 0)) v (x, p, l, b) ORDER BY x;

-- the mean built-up share of dense clusters
SELECT DISTINCT round(built_up_threshold(x, y, population, land_share, CASE WHEN population >= 2000 THEN 0.3 ELSE 0.01 END) OVER ()::numeric, 6) AS centre_and_town,
       built_up_threshold(x, y, population, land_share, 0.3, size => 1e6) OVER () AS none FROM cell;

-- coordinates where column numbers are meant, and a cell area that leaves nobody a hamlet
SELECT class, count(*) FROM (SELECT settlement_class(x, y, 2000) OVER () AS class FROM generate_series(1, 10) x, generate_series(1, 10) y) c GROUP BY class;
SELECT class, count(*) FROM (SELECT settlement_class(x * 1000, y * 1000, 2000) OVER () AS class FROM generate_series(1, 10) x, generate_series(1, 10) y) c GROUP BY class;
SELECT class, count(*) FROM (SELECT settlement_class_level1(x * 1000, y * 1000, 2000) OVER () AS class FROM generate_series(1, 10) x, generate_series(1, 10) y) c GROUP BY class;
SELECT class, count(*) FROM (SELECT settlement_class(x, y, 20) OVER () AS class FROM generate_series(1, 50) x, generate_series(1, 60) y) c GROUP BY class;
SELECT class, count(*) FROM (SELECT settlement_class(x, y, 20, cell_area_km2 => 0.01) OVER () AS class FROM generate_series(1, 50) x, generate_series(1, 60) y) c GROUP BY class;
SELECT DISTINCT built_up_threshold(x * 100, y * 100, 2000, 1, 0.3) OVER () AS apart FROM generate_series(1, 10) x, generate_series(1, 10) y;

-- what is refused
SELECT settlement_class(x, 1, 1, 1, 0) OVER () FROM (VALUES (1), (2), (1)) v (x);
SELECT settlement_class(1, 1, -1, 1, 0) OVER ();
SELECT settlement_class(1, 1, 'NaN', 1, 0) OVER ();
SELECT settlement_class(1, 1, 1, 60, 0) OVER ();
SELECT settlement_class(1, 1, 1, 1, 0, 'eurostat_2011') OVER ();
SELECT settlement_class(1, 1, 1, 1, 0, cell_area_km2 => 0) OVER ();
SELECT settlement_class(x, 1, 1, 1, 0, r) OVER () FROM (VALUES (1, 'eurostat_2021'), (2, 'ghsl_r2023a')) v (x, r);
SELECT settlement_level1(20::smallint);
SELECT settlement_level1(30), settlement_level1(NULL), settlement_level1('13');
SELECT settlement_level1(30.5);
SELECT settlement_level1(1e300);
SELECT settlement_level1('NaN');

-- units: no cell with a class, shares, unclassified cells, nobody, nothing
SELECT (d).level1, (d).level2, (d).unclassified, (d).population FROM (SELECT degree_of_urbanisation(NULL::int, p, 1) AS d FROM generate_series(1, 3) p) s;
SELECT degree_of_urbanisation(30, 1, 1, NULL);
SELECT (d).level1, (d).level2, (d).urban_centre, (d).unclassified, (d).population, (d).land_area, (d).rules
FROM (SELECT degree_of_urbanisation(c::smallint, p, 1) AS d FROM (VALUES (30, 40), (NULL, 20), (12, 40), (12, NULL)) v (c, p)) s;
SELECT degree_of_urbanisation(c::smallint, 0, 1) FROM (VALUES (30), (12), (11)) v (c);
SELECT degree_of_urbanisation(c::smallint, 0, 0) FROM (VALUES (30), (12)) v (c);
SELECT degree_of_urbanisation(c::smallint, 1, 1) FROM (VALUES (30)) v (c) WHERE false;
SELECT rules, (degree_of_urbanisation(c::smallint, p, 1, rules)).level2
FROM (VALUES (30, 30), (23, 20), (21, 50)) v (c, p), unnest(ARRAY['eurostat_2021', 'eurostat_2024']) rules GROUP BY rules ORDER BY rules;
SELECT (degree_of_urbanisation(rollup(s), 'eurostat_2024')).level2, (degree_of_urbanisation(rollup(s))).rules
FROM (SELECT urbanisation_state(c::smallint, p, 1) AS s FROM (VALUES (30, 30), (23, 20), (21, 50)) v (c, p) GROUP BY c) u;
SELECT degree_of_urbanisation(20::smallint, 1, 1);
SELECT degree_of_urbanisation(30::smallint, -1, 1);
SELECT degree_of_urbanisation(30::smallint, 1, 1, r) FROM (VALUES ('eurostat_2021'), ('eurostat_2024')) v (r);
SELECT terrbal_support.urbanisation_state_in('7462011500000000');
-- the picture of the page
\pset format unaligned
\pset tuples_only on
CREATE TEMP TABLE legend AS SELECT * FROM (VALUES (30, 'urban centre', '#ff0000'), (23, 'dense town', '#732600'), (22, 'semi-dense town', '#a87000'), (21, 'suburb', '#ffff00'),
    (13, 'village', '#375623'), (12, 'dispersed rural', '#abcd66'), (11, 'mostly uninhabited', '#cdf57a'), (10, 'water', '#7ab6f5')) l (class, name, colour);
SELECT line FROM (
    SELECT 0 AS part, 0 AS y, 0 AS x, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="10 -10 590 270" font-family="sans-serif" font-size="12"><title>Classes of cells: a city, its suburbs, a town, villages</title>' AS line
    UNION ALL SELECT 1, y, x, format('<rect x="%s" y="%s" width="19" height="19" fill="%s"><title>%s: %s</title></rect>', x * 20, (12 - y) * 20, colour, class, population)
    FROM (SELECT x, y, population, settlement_class(x, y, population, land_share, built_share, rules => 'eurostat_2024') OVER () AS class FROM cell) c JOIN legend USING (class)
    UNION ALL SELECT 2, class, 0, format('<rect x="440" y="%s" width="14" height="14" fill="%s"/><text x="462" y="%s" fill="#888">%s</text>', 25 * row_number() OVER (ORDER BY class DESC), colour, 12 + 25 * row_number() OVER (ORDER BY class DESC), name) FROM legend
    UNION ALL SELECT 3, 0, 0, '</svg>') m ORDER BY part, y DESC, x;
DROP TABLE cell;
