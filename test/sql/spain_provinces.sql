-- spain_provinces: the small example of doc/spain_provinces.md, five of the 52 provinces. The whole system is in test/tap/spain_provinces.sql.

-- doc: input
CREATE TABLE province (prov text PRIMARY KEY, name text, class terrbal.settlement, capital geometry(Point, 4326));
INSERT INTO province VALUES
    ('06', 'Badajoz', 'rural',      ST_SetSRID(ST_MakePoint(-6.97, 38.88), 4326)), ('10', 'Cáceres', 'rural',  ST_SetSRID(ST_MakePoint(-6.37, 39.47), 4326)),
    ('28', 'Madrid',  'urban',      ST_SetSRID(ST_MakePoint(-3.70, 40.42), 4326)), ('41', 'Sevilla', 'urban',  ST_SetSRID(ST_MakePoint(-5.98, 37.39), 4326)),
    ('45', 'Toledo',  'peri_urban', ST_SetSRID(ST_MakePoint(-4.03, 39.86), 4326));
CREATE TABLE flow (orig text, dest text, flow int);
INSERT INTO flow VALUES
    ('06', '10', 877),  ('06', '28', 2020), ('06', '41', 745),  ('06', '45', 242),   ('10', '06', 881), ('10', '28', 2056), ('10', '41', 181),
    ('10', '45', 433),  ('28', '06', 1439), ('28', '10', 1531), ('28', '41', 2131),  ('28', '45', 15487), ('41', '06', 578), ('41', '10', 112),
    ('41', '28', 2884), ('41', '45', 201),  ('45', '06', 230),  ('45', '10', 270),   ('45', '28', 11719), ('45', '41', 181);

-- doc: zones
SELECT p.name, z.inflow, z.outflow, z.net, round(z.effectiveness::numeric, 1) AS effectiveness, z.main_destination AS main, round(z.main_destination_share::numeric, 2) AS main_share
FROM (SELECT terrbal.zone_flows(orig, dest, flow) AS rows FROM flow) s, unnest(s.rows) z JOIN province p ON p.prov = z.zone ORDER BY z.net;

-- doc: desire_lines
CREATE VIEW desire_line AS
SELECT row_number() OVER (ORDER BY l.strength DESC, l.zone_a, l.zone_b)::int AS id, a.name AS a, b.name AS b, l.flow_ab + l.flow_ba AS moves,
       CASE WHEN l.net < 0 THEN a.name ELSE b.name END AS gainer, abs(l.net) AS net, l.strength, l.symmetry,
       (CASE WHEN l.net < 0 THEN ST_MakeLine(b.capital, a.capital) ELSE ST_MakeLine(a.capital, b.capital) END)::geometry(LineString, 4326) AS geom
FROM (SELECT terrbal.link_flows(orig, dest, flow) AS rows FROM flow) s, unnest(s.rows) l
JOIN province a ON a.prov = l.zone_a JOIN province b ON b.prov = l.zone_b;
SELECT id, a, b, moves, gainer, net, round(strength::numeric, 3) AS strength, round(symmetry::numeric, 3) AS symmetry FROM desire_line ORDER BY id LIMIT 5;

-- doc: linkage
SELECT l.urban_to_rural, l.rural_to_urban, round(l.balance::numeric, 3) AS balance, round(l.openness::numeric, 2) AS openness, l.rural_net,
       round(l.rural_effectiveness::numeric, 1) AS rural_effectiveness, l.peri_urban_exchange
FROM (SELECT (terrbal.linkage(o.class, d.class, f.flow)).* FROM flow f JOIN province o ON o.prov = f.orig JOIN province d ON d.prov = f.dest) l;

-- A layer that QGIS opens: a typed geometry and a unique number, each line drawn from the loser to the gainer
SELECT type, srid, coord_dimension FROM geometry_columns WHERE f_table_name = 'desire_line';
SELECT count(*), count(DISTINCT id), count(*) FILTER (WHERE ST_EndPoint(geom) = p.capital) AS towards_gainer FROM desire_line JOIN province p ON p.name = gainer;
