-- every number of the Brindisi section in doc/commuting_map.md, from the data
SET client_min_messages = warning;
SET search_path = terrbal, public;
\getenv datasets DATASETS
\if :{?datasets}
SELECT plan(13);
CREATE TEMP TABLE flow (o text, d text, f float8);
\copy flow FROM PROGRAM 'cat "$DATASETS/brindisi/brindisi_flows_2001.csv"' CSV HEADER
CREATE TEMP TABLE document (j jsonb);
\copy document FROM PROGRAM 'tr -d "\n" < "$DATASETS/brindisi/brindisi.geojson"' CSV QUOTE E'\x01' DELIMITER E'\x02'
CREATE TEMP TABLE municipality AS
SELECT f -> 'properties' ->> 'PRO_COM' AS zone, initcap(f -> 'properties' ->> 'NOME_COM') AS name, (f -> 'properties' ->> 'POP2001')::int AS population, ST_GeomFromGeoJSON(f ->> 'geometry') AS geom
FROM document, jsonb_array_elements(j -> 'features') f;
CREATE TEMP TABLE lma AS SELECT (m).* FROM (SELECT unnest(labour_market_areas(o, d, f, 1000, 10000, 0.6667, 0.75)) m FROM flow) s;
CREATE TEMP TABLE fua AS SELECT (m).* FROM (SELECT unnest(functional_urban_areas(o, d, f, CASE o WHEN '74001' THEN 'Brindisi' END, CASE d WHEN '74001' THEN 'Brindisi' END, 0.15)) m FROM flow) s;
CREATE TEMP VIEW neighbour AS SELECT a.zone, b.zone AS neighbour FROM municipality a JOIN municipality b ON a.zone <> b.zone AND ST_Intersects(a.geom, b.geom);
CREATE TEMP VIEW crossing AS SELECT f, a.area AS from_area, b.area AS to_area, x.fua AS from_fua, y.fua AS to_fua FROM flow JOIN lma a ON a.zone = o JOIN lma b ON b.zone = d JOIN fua x ON x.zone = o JOIN fua y ON y.zone = d WHERE o <> d;

SELECT is((SELECT (count(*), sum(population))::text FROM municipality), '(20,402422)', 'municipalities and residents');
SELECT is((SELECT (sum(f), sum(f) FILTER (WHERE o <> d))::text FROM flow), '(89192,18927)', 'in work, and in another municipality');
SELECT results_eq($$SELECT string_agg(name, ', ' ORDER BY name COLLATE "C"), sum(population)::int, max(residents)::int, max(jobs)::int, round(100 * max(supply_self_containment)::numeric, 1), round(max(validity)::numeric, 3)
    FROM lma JOIN municipality USING (zone) GROUP BY area ORDER BY max(residents) DESC$$,
    $$VALUES ('Brindisi, San Michele Salentino, San Pancrazio Salentino, San Vito Dei Normanni', 125950, 28895, 34742, 93.0, 1.125), ('Erchie, Latiano, Mesagne, Torre Santa Susanna', 62312, 13596, 10960, 70.6, 1.059),
    ('Carovigno, Ostuni', 47861, 11072, 10626, 81.6, 1.125), ('Francavilla Fontana, Oria', 51483, 10773, 10376, 85.1, 1.125), ('Fasano', 38667, 10162, 10055, 91.9, 1.125),
    ('Cellino San Marco, San Donaci, San Pietro Vernotico, Torchiarolo', 34066, 6835, 5228, 70.9, 1.023), ('Ceglie Messapica', 21370, 4009, 3776, 78.5, 1.042), ('Cisternino', 12078, 2557, 2315, 74.3, 1.013), ('Villa Castelli', 8635, 1293, 1114, 75.4, 1.004)$$,
    'the table of areas');
SELECT is((SELECT sum(f) FROM crossing WHERE from_area <> to_area), 14313::float8, 'who leave their labour market area');
SELECT is((SELECT (count(*), sum(population))::text FROM fua JOIN municipality USING (zone) WHERE fua IS NOT NULL), '(10,207340)', 'functional urban area');
SELECT is((SELECT (sum(f) FILTER (WHERE x.fua IS NOT NULL), sum(f) FILTER (WHERE y.fua IS NOT NULL), sum(f) FILTER (WHERE x.fua = y.fua))::text FROM flow JOIN fua x ON x.zone = o JOIN fua y ON y.zone = d), '(46453,48747,44695)', 'its residents in work, jobs and both');
SELECT is((SELECT sum(f) FROM crossing WHERE from_fua = to_fua), 8709::float8, 'who travel within it');
SELECT is((SELECT (count(*), sum(population))::text FROM fua JOIN lma USING (zone) JOIN municipality USING (zone) WHERE role = 'commuting_zone' AND area <> '74001'), '(7,87638)', 'commuting zone in other labour markets');
SELECT results_eq($$SELECT DISTINCT jobs - residents FROM lma WHERE area IN ('74001', '74006', '74004') ORDER BY 1 DESC$$, ARRAY[5847, -1607, -2636]::float8[], 'jobs beyond residents in work');
SELECT is((SELECT string_agg((z).zone, ', ') FROM (SELECT unnest(contiguous_areas(l.zone, area, neighbour)) z FROM lma l LEFT JOIN neighbour n ON n.zone = l.zone) s JOIN lma ON lma.zone = (z).zone WHERE (z).area IS DISTINCT FROM area), '74015', 'one exclave');
SELECT is((SELECT name FROM municipality WHERE zone = '74015'), 'San Pancrazio Salentino', 'which is San Pancrazio Salentino');
SELECT is((SELECT (round(share::numeric, 3), role)::text FROM fua WHERE zone = '74006'), '(0.148,outside)', 'Erchie at the line');
SELECT is((SELECT ST_NumGeometries(ST_Union(geom)) FROM lma JOIN municipality USING (zone) WHERE area = '74001'), 2, 'its area has two parts on the map');
\else
SELECT plan(1);
SELECT skip('13 checks on data of public repositories, which do not ship with the product', 1);
\endif
SELECT * FROM finish();
