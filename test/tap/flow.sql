-- Properties of flow indices on random systems, against plain SQL over all n (n - 1) cells, and splits of every kind.
BEGIN;
SELECT plan(47);
SELECT setseed(0.25);
CREATE TEMP TABLE od AS
SELECT k, 'z' || i AS o, 'z' || j AS d, CASE WHEN random() < 0.6 THEN floor(random() * 1000) ELSE 0 END AS f
FROM generate_series(1, 12) k, LATERAL (SELECT 3 + k % 5 AS n) s, generate_series(1, n) i, generate_series(1, n) j;
CREATE FUNCTION pg_temp.close(a float8, b float8, tolerance float8 DEFAULT 1e-12) RETURNS boolean LANGUAGE sql AS
    $$SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= tolerance * greatest(abs(a), abs(b)) + 1e-15$$;

CREATE TEMP TABLE profile AS SELECT k, (terrbal.flow_profile(o, d, f)).* FROM od GROUP BY k;
CREATE TEMP TABLE zone AS SELECT k, z.* FROM (SELECT k, terrbal.zone_flows(o, d, f) AS rows FROM od GROUP BY k) s, unnest(s.rows) z;
CREATE TEMP TABLE link AS SELECT k, l.* FROM (SELECT k, terrbal.link_flows(o, d, f) AS rows FROM od GROUP BY k) s, unnest(s.rows) l;

-- Dense and slow, straight from the definitions
CREATE TEMP VIEW cell AS SELECT k, o, d, f FROM od WHERE o <> d;
CREATE TEMP TABLE plain AS
SELECT k, count(*) AS cells, sum(f) AS m, count(*) FILTER (WHERE f > 0) / count(*)::float8 AS connectivity,
       (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b USING (k) WHERE a.k = c.k) / (2 * count(*) * sum(f)) AS gini_total,
       (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b USING (k, o) WHERE a.k = c.k) / (2 * count(*) * sum(f)) AS gini_rows,
       (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b USING (k, d) WHERE a.k = c.k) / (2 * count(*) * sum(f)) AS gini_columns,
       (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b ON b.k = a.k AND b.o = a.d AND b.d = a.o WHERE a.k = c.k) / (2 * count(*) * sum(f)) AS gini_exchange,
       (SELECT sum(least(a.f, b.f)) FROM cell a JOIN cell b ON b.k = a.k AND b.o = a.d AND b.d = a.o WHERE a.k = c.k) / sum(f) AS reciprocity,
       (SELECT 0.5 * sum(abs(a.f / m - 1.0 / n)) FROM (SELECT f, sum(f) OVER () AS m, count(*) OVER () AS n FROM cell a WHERE a.k = c.k) a) AS inequality,
       (SELECT -sum(f / m * ln(f / m)) / ln(max(n)) FROM (SELECT f, sum(f) OVER () AS m, count(*) OVER () AS n FROM cell a WHERE a.k = c.k) a WHERE f > 0) AS entropy,
       (SELECT sum(s * v / a) FROM (SELECT sum(f) AS s, stddev_pop(f) AS v, nullif(avg(f), 0) AS a FROM cell x WHERE x.k = c.k GROUP BY d) g) / sum(f) AS acv_in,
       (SELECT sum(s * v / a) FROM (SELECT sum(f) AS s, stddev_pop(f) AS v, nullif(avg(f), 0) AS a FROM cell x WHERE x.k = c.k GROUP BY o) g) / sum(f) AS acv_out
FROM cell c GROUP BY k;
SELECT ok(bool_and(pg_temp.close(p.connectivity, q.connectivity)), 'connectivity') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_total, q.gini_total)), 'total Gini counts the zeros') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_total_corrected, q.gini_total * cells / (cells - 1))), 'corrected = uncorrected * N / (N - 1)') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_rows, q.gini_rows)), 'rows Gini') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_columns, q.gini_columns)), 'columns Gini') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_exchange, q.gini_exchange)), 'exchange Gini') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.reciprocity, q.reciprocity)), 'weighted reciprocity') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.inequality, q.inequality)), 'inequality on shares') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.entropy, q.entropy)), 'relative entropy') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(p.acv_in, q.acv_in) AND pg_temp.close(p.acv_out, q.acv_out)), 'aggregate variation') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(p.interzonal = q.m AND p.total = (SELECT sum(f) FROM od WHERE od.k = p.k)), 'totals') FROM profile p JOIN plain q USING (k);
SELECT ok(bool_and(pg_temp.close(z.field_gini_out, (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b USING (k, o) WHERE a.k = z.k AND a.o = z.zone) / (2 * (p.zones - 2) * nullif(z.outflow, 0)))),
    'outflow field Ginis') FROM zone z JOIN profile p USING (k);
SELECT ok(bool_and(pg_temp.close(z.field_gini_in, (SELECT sum(abs(a.f - b.f)) FROM cell a JOIN cell b USING (k, d) WHERE a.k = z.k AND a.d = z.zone) / (2 * (p.zones - 2) * nullif(z.inflow, 0)))),
    'inflow field Ginis') FROM zone z JOIN profile p USING (k);
SELECT ok(bool_and(pg_temp.close(p.mwg_out, (SELECT sum(field_gini_out * inflow) / sum(inflow) FILTER (WHERE field_gini_out IS NOT NULL) FROM zone z WHERE z.k = p.k))),
    'mean of outflow fields, weighted by inflow') FROM profile p;
SELECT ok(bool_and(pg_temp.close(p.mwg_in, (SELECT sum(field_gini_in * outflow) / sum(outflow) FILTER (WHERE field_gini_in IS NOT NULL) FROM zone z WHERE z.k = p.k))),
    'mean of inflow fields, weighted by outflow') FROM profile p;
SELECT ok(bool_and(pg_temp.close(p.effectiveness, (SELECT 100 * sum(abs(net)) / sum(turnover) FROM zone z WHERE z.k = p.k))), 'effectiveness from the zones') FROM profile p;
SELECT ok(bool_and(s = 0), 'net flows cancel') FROM (SELECT sum(net) AS s FROM zone GROUP BY k) g;
SELECT ok(bool_and(pg_temp.close(s, 1)), 'link strengths sum to 1') FROM (SELECT sum(strength) AS s FROM link GROUP BY k) g;
SELECT ok(bool_and(zone_a < zone_b AND net = flow_ab - flow_ba AND symmetry BETWEEN 0 AND 1 AND (symmetry = 1) = (flow_ab = flow_ba) AND (symmetry = 0) = (least(flow_ab, flow_ba) = 0)),
    'links are ordered, symmetry is 1 for equal and 0 for one-way flows') FROM link;
SELECT is((SELECT count(*) FROM link), (SELECT count(DISTINCT (k, least(o, d), greatest(o, d))) FROM cell WHERE f > 0), 'one link per pair with a flow');
SELECT ok(bool_and(pg_temp.close(z.dominance, z.turnover / (SELECT avg(turnover) FROM zone y WHERE y.k = z.k AND y.zone <> z.zone))), 'dominance against the mean of the others') FROM zone z;
SELECT ok(bool_and(pg_temp.close(symmetry, effectiveness / 100)), 'symmetry is effectiveness as a fraction') FROM zone;
SELECT ok(bool_and(pg_temp.close(outflow_entropy, (SELECT -sum(f / z.outflow * ln(f / z.outflow)) FROM cell c WHERE c.k = z.k AND c.o = z.zone AND f > 0))), 'outflow entropy in nats') FROM zone z;
SELECT ok(bool_and(pg_temp.close(outflow_concentration, (SELECT sum((f / z.outflow) ^ 2) FROM cell c WHERE c.k = z.k AND c.o = z.zone AND f > 0))), 'outflow concentration') FROM zone z;
SELECT ok(bool_and(main_destination IS NOT DISTINCT FROM (SELECT d FROM cell c WHERE c.k = z.k AND c.o = z.zone AND f > 0 ORDER BY f DESC, d COLLATE "C" LIMIT 1)), 'main destination') FROM zone z;
SELECT ok(bool_and(pg_temp.close(supply_self_containment, intrazonal / nullif(intrazonal + outflow, 0)) AND pg_temp.close(demand_self_containment, intrazonal / nullif(intrazonal + inflow, 0))
    AND pg_temp.close(job_ratio, (intrazonal + inflow) / nullif(intrazonal + outflow, 0))), 'self-containment and job ratio') FROM zone;

-- ANMR = CMI * MEI / 100
SELECT ok(bool_and(pg_temp.close(terrbal.aggregate_net_migration_rate((SELECT sum(abs(net)) / 2 FROM zone z WHERE z.k = p.k), 1e6),
    terrbal.crude_migration_intensity(p.interzonal, 1e6) * p.effectiveness / 100)), 'net rate = intensity * effectiveness') FROM profile p;

-- Transposition, scale, names
CREATE TEMP TABLE transposed AS SELECT k, (terrbal.flow_profile(d, o, f)).* FROM od GROUP BY k;
SELECT ok(bool_and((p.gini_rows, p.gini_columns, p.mwg_in, p.mwg_out, p.acv_in, p.acv_out) = (t.gini_columns, t.gini_rows, t.mwg_out, t.mwg_in, t.acv_out, t.acv_in)),
    'transposing swaps the directions, to the last bit') FROM profile p JOIN transposed t USING (k);
SELECT ok(bool_and((p.gini_total, p.gini_exchange, p.effectiveness, p.entropy, p.reciprocity) = (t.gini_total, t.gini_exchange, t.effectiveness, t.entropy, t.reciprocity)),
    'and leaves the rest') FROM profile p JOIN transposed t USING (k);
SELECT ok(bool_and(z.net = -t.net AND z.symmetry IS NOT DISTINCT FROM -t.symmetry AND z.field_gini_in IS NOT DISTINCT FROM t.field_gini_out), 'zones: transposed')
FROM zone z JOIN (SELECT k, y.* FROM (SELECT k, terrbal.zone_flows(d, o, f) AS rows FROM od GROUP BY k) s, unnest(s.rows) y) t USING (k, zone);
SELECT ok(bool_and((p.gini_total, p.mwg_in, p.acv_out, p.effectiveness, p.inequality, p.reciprocity) = (s.gini_total, s.mwg_in, s.acv_out, s.effectiveness, s.inequality, s.reciprocity)),
    'a thousand and 24 times the flow, the same indices') FROM profile p JOIN (SELECT k, (terrbal.flow_profile(o, d, f * 1024)).* FROM od GROUP BY k) s USING (k);
SELECT ok(bool_and(pg_temp.close(p.gini_total, s.gini_total) AND pg_temp.close(p.acv_in, s.acv_in) AND pg_temp.close(p.entropy, s.entropy)), 'scaled by a tenth')
FROM profile p JOIN (SELECT k, (terrbal.flow_profile(o, d, f / 10)).* FROM od GROUP BY k) s USING (k);
SELECT ok(bool_and((p.gini_total, p.gini_rows, p.mwg_in, p.acv_out, p.effectiveness, p.entropy) = (s.gini_total, s.gini_rows, s.mwg_in, s.acv_out, s.effectiveness, s.entropy)),
    'other names, the same indices') FROM profile p JOIN (SELECT k, (terrbal.flow_profile(md5(o), md5(d), f)).* FROM od GROUP BY k) s USING (k);

-- Extremes
SELECT is((gini_total_corrected, connectivity, reciprocity, effectiveness)::text, '(1,0.05,0,100)', 'one flow among five zones')
FROM (SELECT (terrbal.flow_profile(o, d, f)).* FROM (VALUES ('a', 'b', 7), ('c', 'c', 0), ('d', 'e', 0)) v (o, d, f)) p;
SELECT ok(abs(gini_total) < 1e-15 AND abs(inequality) < 1e-15 AND abs(entropy - 1) < 1e-14 AND acv_in < 1e-15 AND connectivity = 1, 'even flows')
FROM (SELECT (terrbal.flow_profile(i::text, j::text, 0.1)).* FROM generate_series(1, 9) i, generate_series(1, 9) j WHERE i <> j) p;

-- Splits: whole numbers, to the last bit
CREATE TEMP TABLE big AS SELECT 'o' || floor(random() * 300) AS o, 'd' || floor(random() * 400) AS d, floor(random() * 50) AS f, floor(random() * 9) AS part FROM generate_series(1, 60000);
CREATE TEMP TABLE whole AS SELECT terrbal.flow_state(o, d, f)::text AS s FROM big;
CREATE TEMP TABLE part AS SELECT part, terrbal.flow_state(o, d, f) AS s FROM big GROUP BY part;
SELECT is((SELECT terrbal.flow_state(o, d, f ORDER BY random())::text FROM big), s, 'any order') FROM whole;
SELECT is((SELECT terrbal.rollup(s ORDER BY random())::text FROM part), s, 'stored parts, any order') FROM whole;
SELECT is((SELECT terrbal.rollup(s::text::terrbal.flow_state)::text FROM part), s, 'through their text form') FROM whole;
\copy part TO PROGRAM 'cat > "${TMPDIR:-/tmp}/terrbal_flow_$PPID"' (FORMAT binary)
CREATE TEMP TABLE back (LIKE part);
\copy back FROM PROGRAM 'cat "${TMPDIR:-/tmp}/terrbal_flow_$PPID"; rm "${TMPDIR:-/tmp}/terrbal_flow_$PPID"' (FORMAT binary)
SELECT is((SELECT terrbal.rollup(s)::text FROM back), s, 'through their binary form') FROM whole;
SELECT is((SELECT terrbal.rollup(s)::text FROM (SELECT terrbal.rollup(s) AS s FROM part GROUP BY part::int % 3) g), s, 'rolled up in two steps') FROM whole;
SELECT is((SELECT terrbal.flow_profile(terrbal.rollup(s))::text FROM part), (SELECT terrbal.flow_profile(o, d, f)::text FROM big), 'the profile of the rollup is that of the rows');
SELECT is((SELECT md5(terrbal.zone_flows(terrbal.rollup(s))::text) FROM part), (SELECT md5(terrbal.zone_flows(o, d, f)::text) FROM big), 'and the zones');
SELECT is((SELECT md5(terrbal.link_flows(terrbal.rollup(s))::text) FROM part), (SELECT md5(terrbal.link_flows(o, d, f)::text) FROM big), 'and the links');
-- Fractions: sums carried in twice the precision
SELECT is((SELECT terrbal.flow_state(o, d, f / 7 ORDER BY random())::text FROM big), (SELECT terrbal.flow_state(o, d, f / 7)::text FROM big), 'fractions in any order');
SELECT is((SELECT terrbal.rollup(s ORDER BY random())::text FROM (SELECT terrbal.flow_state(o, d, f / 7) AS s FROM big GROUP BY part) p),
    (SELECT terrbal.flow_state(o, d, f / 7)::text FROM big), 'fractions in parts');
-- Many small systems: each is small
SELECT cmp_ok(max(pg_column_size(s)), '<', 200, 'a stored system of a few links is small') FROM (SELECT terrbal.flow_state(o, d, f) AS s FROM big GROUP BY o, d) g;
-- A running profile: the final reads the state again and again while it grows
SELECT ok(bool_and(pg_temp.close(r.interzonal, r.running)), 'as a window aggregate') FROM (
    SELECT (terrbal.flow_profile(o, d, f) OVER w).interzonal, sum(f) FILTER (WHERE o <> d) OVER w AS running FROM (SELECT * FROM big LIMIT 400) b WINDOW w AS (ORDER BY o, d, f, part)) r;
SELECT * FROM finish();
ROLLBACK;
