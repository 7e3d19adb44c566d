-- flow: what SQL says. Examples of doc/flow.md, missing and empty input, errors.

-- doc: input
CREATE TABLE move (origin text, destination text, people int);
INSERT INTO move VALUES ('R1', 'R2', 10), ('R1', 'R3', 10), ('R2', 'R1', 20), ('R2', 'R3', 20), ('R3', 'R1', 30), ('R3', 'R2', 30);

-- doc: profile
SELECT p.zones, p.links, p.interzonal, p.connectivity, p.effectiveness, round(p.gini_total::numeric, 4) AS gini_total,
       round(p.gini_total_corrected::numeric, 4) AS corrected, round(p.mwg_in::numeric, 4) AS mwg_in, round(p.acv_in::numeric, 4) AS acv_in
FROM (SELECT (terrbal.flow_profile(origin, destination, people)).* FROM move) p;

-- doc: zones
SELECT z.zone, z.inflow, z.outflow, z.net, round(z.effectiveness::numeric, 1) AS effectiveness, round(z.dominance::numeric, 3) AS dominance,
       round(z.field_gini_in::numeric, 3) AS field_gini_in, z.main_destination, z.main_destination_share
FROM (SELECT terrbal.zone_flows(origin, destination, people) AS rows FROM move) s, unnest(s.rows) z;

-- doc: links
SELECT l.zone_a, l.zone_b, l.flow_ab, l.flow_ba, l.net, round(l.strength::numeric, 3) AS strength, round(l.symmetry::numeric, 3) AS symmetry
FROM (SELECT terrbal.link_flows(origin, destination, people) AS rows FROM move) s, unnest(s.rows) l;

-- doc: empty_zone
SELECT p.zones, p.connectivity, round(p.gini_total_corrected::numeric, 4) AS corrected
FROM (SELECT (terrbal.flow_profile(origin, destination, people)).* FROM (TABLE move UNION ALL VALUES ('R4', 'R4', 0)) m) p;

-- doc: states
CREATE TABLE move_by_year AS
SELECT year, terrbal.flow_state(origin, destination, people * year) AS flows FROM move, generate_series(1, 3) year GROUP BY year;
SELECT 'one year' AS period, (terrbal.flow_profile(flows)).interzonal FROM move_by_year WHERE year = 1
UNION ALL
SELECT 'all', (terrbal.flow_profile(terrbal.rollup(flows))).interzonal FROM move_by_year;

-- doc: kinds
SELECT kind, p.links, round(p.effectiveness::numeric, 1) AS effectiveness, round(p.entropy::numeric, 3) AS entropy, round(p.reciprocity::numeric, 3) AS reciprocity
FROM (SELECT kind, (terrbal.flow_profile(origin, destination, flow)).*
      FROM (VALUES ('people', 'A', 'B', 40), ('people', 'B', 'A', 60), ('people', 'C', 'A', 50),
                   ('goods', 'A', 'B', 500), ('goods', 'B', 'C', 300), ('goods', 'C', 'B', 310)) f (kind, origin, destination, flow) GROUP BY kind) p
ORDER BY kind;

-- doc: fitted
SELECT round((sum(abs(people - fitted)) / 2 / sum(people))::numeric, 6) AS inequality_fitted
FROM (SELECT people, terrbal.balanced_flow(1, origin, destination, row_total, column_total) OVER () AS fitted
      FROM (SELECT *, sum(people) OVER (PARTITION BY origin) AS row_total, sum(people) OVER (PARTITION BY destination) AS column_total FROM move) m) f;

-- doc: distance
SELECT round(d.mean::numeric, 2) AS mean, d.median, round(d.median_interpolated::numeric, 2) AS median_interpolated
FROM (SELECT (terrbal.flow_distance(flow, km)).* FROM (VALUES (40, 5), (20, 12), (20, 80)) f (flow, km)) d;

-- Names, units and order of all fields
\x
SELECT p.zones, p.links, p.total, p.intrazonal, p.interzonal, p.connectivity, p.effectiveness, round(p.inequality::numeric, 6) AS inequality, p.gini_total,
       p.gini_total_corrected, round(p.gini_rows::numeric, 6) AS gini_rows, p.gini_columns, p.gini_exchange, p.mwg_in, p.mwg_out, p.acv_in, p.acv_out,
       round(p.entropy::numeric, 6) AS entropy, p.reciprocity, round(p.self_containment::numeric, 6) AS self_containment
FROM (SELECT (terrbal.flow_profile(o, d, f)).* FROM (VALUES ('a', 'a', 5), ('a', 'b', 3), ('b', 'a', 1), ('c', 'a', 4)) v (o, d, f)) p;
SELECT z.zone, z.inflow, z.outflow, z.intrazonal, z.net, z.turnover, z.effectiveness, z.in_degree, z.out_degree, round(z.supply_self_containment::numeric, 6) AS supply_self_containment,
       round(z.demand_self_containment::numeric, 6) AS demand_self_containment, z.job_ratio, round(z.dominance::numeric, 6) AS dominance, z.symmetry, z.field_gini_in, z.field_gini_out,
       z.outflow_entropy, z.main_destination, z.main_destination_share, z.cv_in, z.cv_out, z.outflow_evenness, z.outflow_concentration
FROM (SELECT terrbal.zone_flows(o, d, f) AS rows FROM (VALUES ('a', 'a', 5), ('a', 'b', 3), ('b', 'a', 1), ('c', 'a', 4)) v (o, d, f)) s, unnest(s.rows) z WHERE zone = 'a';
\x

-- Missing, empty, nothing between zones, one zone, repeated pairs, the empty id
SELECT terrbal.flow_profile(NULL, 'a', 1), terrbal.zone_flows('a', 'b', NULL), terrbal.link_flows('a', NULL, 1), terrbal.flow_state('a', 'b', NULL);
SELECT terrbal.flow_profile('a', 'b', 1) WHERE false;
SELECT terrbal.flow_profile(NULL::terrbal.flow_state), terrbal.zone_flows(NULL::terrbal.flow_state), terrbal.flow_distance(NULL, 1);
SELECT terrbal.flow_profile('a', 'a', 7), terrbal.zone_flows('a', 'a', 7), terrbal.link_flows('a', 'a', 7);
SELECT terrbal.flow_profile('a', 'b', 0), terrbal.zone_flows('a', 'b', 0);
SELECT zone_a, zone_b, flow_ab, flow_ba, net, round(strength::numeric, 6) AS strength, round(symmetry::numeric, 6) AS symmetry
FROM (SELECT terrbal.link_flows(o, d, f) AS rows FROM (VALUES ('b', 'a', 1), ('a', 'b', 2), ('b', 'a', 3), ('', 'a', 1)) v (o, d, f)) s, unnest(rows);
SELECT zone FROM (SELECT terrbal.zone_flows(o, 'ñ', 1) AS rows FROM (VALUES ('Z'), ('a'), ('z'), ('á'), ('aa')) v (o)) s, unnest(rows);
SELECT (terrbal.flow_profile(repeat('x', 1000) || i, 'y', i)).zones FROM generate_series(1, 3) i;
SELECT terrbal.flow_distance(f, d) FROM (VALUES (0, 3), (NULL, 4), (2, NULL)) v (f, d);

-- a row and a column of totals left among the data, and a system with two zones alike, which is none
SELECT (terrbal.flow_profile(o, d, f)).total, (terrbal.zone_flows(o, d, f))[4].zone
FROM (SELECT coalesce(o, 'Total') AS o, coalesce(d, 'Total') AS d, sum(f) AS f FROM (VALUES ('A', 'B', 4), ('A', 'C', 6), ('B', 'A', 9), ('C', 'A', 1), ('C', 'B', 3), ('B', 'B', 2)) v (o, d, f) GROUP BY CUBE (o, d)) t;
SELECT (terrbal.flow_profile(o, d, f)).total FROM (SELECT o, coalesce(d, 'Total') AS d, sum(f) AS f FROM (VALUES ('A', 'B', 0.4), ('A', 'C', 0.6), ('B', 'A', 0.9), ('C', 'A', 0.1), ('C', 'B', 0.3)) v (o, d, f) GROUP BY o, ROLLUP (d)) t;
SELECT (terrbal.flow_profile(o, d, 10)).total FROM unnest(ARRAY['A', 'B']) o, unnest(ARRAY['X', 'Y', 'Z']) d;

-- codes of one place, written in two ways; a code in capitals alone is none, nor are other zeros
SELECT (terrbal.flow_profile(o, d, 1)).zones FROM (VALUES ('A', 'B'), ('A ', 'B')) v (o, d);
SELECT (terrbal.flow_profile(o, d, 1)).zones FROM (VALUES ('06', '28'), ('28', '6')) v (o, d);
SELECT (terrbal.zone_flows(o, d, 1))[1].zone FROM (VALUES ('Lund', 'Ystad'), ('Ystad', 'LUND')) v (o, d);
SELECT (terrbal.flow_profile(o, d, 1)).zones FROM (VALUES ('0', '00A'), ('AB', '100'), ('10', '1'), ('', ' B')) v (o, d);

-- Refused
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT terrbal.flow_profile('a', 'b', -1);
SELECT terrbal.zone_flows('a', 'b', 'NaN');
SELECT terrbal.link_flows('a', 'b', '-Infinity');
SELECT terrbal.flow_profile('a', 'b', 1.5e308) FROM generate_series(1, 2);
SELECT terrbal.flow_profile('a', i::text, 1.5e308) FROM generate_series(1, 2) i;
SELECT terrbal.flow_distance(-1, 3);
SELECT terrbal.flow_distance(1, -3);
SELECT terrbal.flow_distance(terrbal.sample_state(3));
