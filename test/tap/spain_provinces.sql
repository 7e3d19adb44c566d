-- Moves between the 52 provinces of Spain, 2018 (INE): the figures that doc/spain_provinces.md shows.
BEGIN;
\getenv datasets DATASETS
\if :{?datasets}
SELECT plan(15);
CREATE TEMP TABLE flow (orig text, dest text, flow float8);
\copy flow FROM PROGRAM 'cat "$DATASETS/spain_provinces/prov_flows_2018.csv"' CSV HEADER
\set layer `cat "$DATASETS/spain_provinces/spain_provinces.geojson"`
CREATE TEMP TABLE province AS
SELECT f -> 'properties' ->> 'prov' AS prov, ST_SetSRID(ST_GeomFromGeoJSON(f ->> 'geometry'), 4326) AS geom FROM jsonb_array_elements(:'layer'::jsonb -> 'features') f;
CREATE TEMP TABLE profile AS SELECT (terrbal.flow_profile(orig, dest, flow)).* FROM flow;
CREATE TEMP TABLE zone AS SELECT z.* FROM (SELECT terrbal.zone_flows(orig, dest, flow) AS rows FROM flow) s, unnest(s.rows) z;
CREATE TEMP TABLE link AS SELECT l.* FROM (SELECT terrbal.link_flows(orig, dest, flow) AS rows FROM flow) s, unnest(s.rows) l;

SELECT is((zones, links, interzonal)::text, '(52,2646,630818)', 'six of the 2,652 pairs have no flow') FROM profile;
SELECT is(round(effectiveness::numeric, 2), 5.21, 'effectiveness of the system') FROM profile;
SELECT is(round(connectivity::numeric, 4), 0.9977, 'connectivity') FROM profile;
SELECT is(round(gini_total_corrected::numeric, 3), 0.743, 'corrected Gini') FROM profile;
SELECT is(round(reciprocity::numeric, 3), 0.899, 'reciprocity') FROM profile;
SELECT is((inflow, outflow, net)::text, '(7112,8792,-1680)', 'Badajoz') FROM zone WHERE zone = '06';
SELECT is((inflow, outflow, net)::text, '(5285,6959,-1674)', 'Cáceres') FROM zone WHERE zone = '10';
SELECT is(string_agg(round(effectiveness::numeric, 1)::text, ' ' ORDER BY zone), '-10.6 -13.7', 'their effectiveness') FROM zone WHERE zone IN ('06', '10');
SELECT is(string_agg(main_destination || ' ' || round(main_destination_share::numeric, 2), ', ' ORDER BY zone), '28 0.23, 28 0.30', 'both send most to Madrid') FROM zone WHERE zone IN ('06', '10');
SELECT is(string_agg(zone, ' ' ORDER BY net), '08 23 13 14 11 06 10', 'the seven largest losses') FROM (SELECT * FROM zone ORDER BY net LIMIT 7) z;
SELECT is((zone_a, zone_b, flow_ab, flow_ba)::text, '(28,45,15487,11719)', 'the strongest link, Madrid and Toledo') FROM link ORDER BY strength DESC LIMIT 1;
SELECT is((SELECT sum(f.flow) FROM flow f WHERE dest = '06') - (SELECT sum(f.flow) FROM flow f WHERE orig = '06'), net, 'net loss against plain SQL') FROM zone WHERE zone = '06';
SELECT cmp_ok(abs(sum(net)), '<', 1e-9::float8, 'gains and losses cancel') FROM zone;
SELECT is((SELECT count(*) FROM link JOIN province a ON a.prov = zone_a JOIN province b ON b.prov = zone_b
           WHERE ST_Length(ST_MakeLine(ST_PointOnSurface(a.geom), ST_PointOnSurface(b.geom))) > 0), count(*), 'every link has its desire line') FROM link;
SELECT is((SELECT count(*) FROM province WHERE prov NOT IN (SELECT zone FROM zone)), 1::bigint, 'only Gibraltar is on the map without flows');
\else
SELECT plan(1);
SELECT skip('data sets are not beside this checkout', 1);
\endif
SELECT * FROM finish();
ROLLBACK;
