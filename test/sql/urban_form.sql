SET search_path = terrbal, public;
-- mix of uses by quarter
CREATE TEMP TABLE parcel (quarter text, use text, area numeric);
INSERT INTO parcel VALUES ('centre', 'homes', 40), ('centre', 'shops', 35), ('centre', 'offices', 25), ('suburb', 'homes', 90), ('suburb', 'shops', 2), ('suburb', 'homes', 8), ('estate', 'works', 120);
SELECT quarter, uses, round(entropy::numeric, 3) AS entropy, round(simpson::numeric, 3) AS simpson, round(dominance::numeric, 3) AS dominance, largest
FROM (SELECT quarter, (land_use_mix(use, area)).* FROM parcel GROUP BY quarter) s ORDER BY quarter;
-- quarters together: the same as one pass over the parcels
SELECT land_use_mix(rollup(s)) = (SELECT land_use_mix(use, area) FROM parcel) AS same FROM (SELECT land_use_state(use, area)::text::land_use_state AS s FROM parcel GROUP BY quarter) q;
-- density by distance from the centre: km, people, km2
CREATE TEMP TABLE ring (km float8, people float8, km2 float8);
INSERT INTO ring VALUES (0.5, 11400, 0.8), (1.5, 24900, 2.4), (2.5, 29500, 4.1), (3.5, 27100, 5.2), (5, 34900, 11.8), (7, 30200, 19.4), (10, 26100, 46), (14, 0, 60);
SELECT form, round(central_density::numeric) AS central_density, round(gradient::numeric, 4) AS gradient, round(gradient_se::numeric, 4) AS se, round(r2::numeric, 4) AS r2, n, empty
FROM (SELECT (density_gradient(km, people, km2)).* FROM ring) s;
-- both forms of stored places
SELECT form, round(central_density::numeric) AS central_density, round(gradient::numeric, 4) AS gradient, round(r2::numeric, 4) AS r2
FROM (SELECT paired_state(km, people / km2) AS s FROM ring WHERE people > 0) p, unnest(ARRAY['exponential', 'power']) f, LATERAL (SELECT (density_gradient(s, f)).*) g;
-- compactness of three outlines
SELECT name, round(compactness(geom)::numeric, 3) AS polsby_popper, round(compactness(geom, 'reock')::numeric, 3) AS reock, round(compactness(geom, 'convex_hull')::numeric, 3) AS convex_hull,
       round(compactness(geom, 'cohesion')::numeric, 3) AS cohesion
FROM (VALUES ('square', 'POLYGON((0 0,1 0,1 1,0 1,0 0))'::geometry), ('ribbon', 'POLYGON((0 0,10 0,10 1,0 1,0 0))'), ('star', 'POLYGON((0 0,4 1,8 0,7 4,8 8,4 7,0 8,1 4,0 0))')) v (name, geom);
-- NULL, zero, nothing
SELECT land_use_mix(u, a) FROM (VALUES ('a', 0.0), (NULL, 1.0), ('b', NULL)) v (u, a);
SELECT density_gradient(r, p, 1) FROM (VALUES (1, 5.0), (2, 0)) v (r, p);
SELECT density_gradient(paired_state(r, p), 'power') FROM (VALUES (0, 5.0), (2, 1)) v (r, p);
SELECT round(gradient::numeric, 6) AS gradient, gradient_se, r2 FROM (SELECT (density_gradient(r, p, 1)).* FROM (VALUES (1, 5.0), (2, 2.5)) v (r, p)) s;
SELECT compactness('LINESTRING(0 0,1 1)') AS line, compactness('POLYGON EMPTY') AS empty, compactness(NULL) AS missing;
-- errors
SELECT land_use_mix('a', -1);
SELECT density_gradient(1, 5, 0);
SELECT density_gradient(-1, 5, 1);
SELECT density_gradient(paired_state(1, 5), 'linear');
SELECT density_gradient(paired_state(-1, 5));
SELECT compactness('SRID=4326;POLYGON((0 0,1 0,0 1,0 0))');
SELECT compactness('POLYGON((0 0,1 0,0 1,0 0))', 'schwartzberg');
SELECT compactness('POLYGON((0 0,1 1,1 0,0 1,0 0))');
-- one use, written in two ways
SELECT (land_use_mix(use, area)).uses FROM (VALUES ('homes', 2), ('Homes', 3), ('works', 1)) v (use, area);
SELECT (land_use_mix(use, area)).uses FROM (VALUES ('homes', 2), ('HOMES', 3), ('works', 1)) v (use, area);
