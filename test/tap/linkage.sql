-- Properties of urban-rural linkage on random exchanges: sums, symmetry, scale, splits.
BEGIN;
SELECT plan(16);
SELECT setseed(0.75);
CREATE FUNCTION pg_temp.close(a float8, b float8) RETURNS boolean LANGUAGE sql AS $$SELECT a IS NOT DISTINCT FROM b OR abs(a - b) <= 1e-12 * greatest(abs(a), abs(b)) + 1e-15$$;
CREATE FUNCTION pg_temp.class(x float8) RETURNS terrbal.settlement LANGUAGE sql AS
    $$SELECT CASE WHEN x < 0.45 THEN 'urban' WHEN x < 0.6 THEN 'peri_urban' WHEN x < 0.95 THEN 'rural' END::terrbal.settlement$$;
CREATE TEMP TABLE f AS
SELECT k, (ARRAY['people', 'capital', 'goods', 'services', 'information'])[1 + k % 5] AS kind, pg_temp.class(random()) AS o, pg_temp.class(random()) AS d, floor(random() * 1000) AS x, floor(random() * 4) AS part
FROM generate_series(1, 20) k, generate_series(1, 200) i;
CREATE TEMP TABLE l AS SELECT k, (terrbal.linkage(o, d, x)).* FROM f GROUP BY k;
CREATE TEMP TABLE m AS
SELECT k, sum(x) AS total, coalesce(sum(x) FILTER (WHERE o IS NULL OR d IS NULL), 0) AS unknown, sum(x) FILTER (WHERE o = 'urban' AND d = 'rural') AS ur,
       sum(x) FILTER (WHERE o = 'rural' AND d = 'urban') AS ru, sum(x) FILTER (WHERE o = 'rural' AND d = 'rural') AS rr, sum(x) FILTER (WHERE o = 'urban' AND d = 'urban') AS uu,
       sum(x) FILTER (WHERE o <> d) AS across, sum(x) FILTER (WHERE o = d) AS within, sum(x) FILTER (WHERE (o = 'peri_urban') <> (d = 'peri_urban')) AS peri,
       sum(x) FILTER (WHERE o = 'urban' AND d IS NOT NULL) AS out_u, sum(x) FILTER (WHERE o = 'rural' AND d IS NOT NULL) AS out_r,
       sum(x) FILTER (WHERE d = 'urban' AND o IS NOT NULL) AS in_u, sum(x) FILTER (WHERE d = 'rural' AND o IS NOT NULL) AS in_r
FROM f GROUP BY k;
SELECT ok(bool_and((l.total, unclassified, urban_to_rural, rural_to_urban, urban_internal, rural_internal, peri_urban_exchange) = (m.total, unknown, ur, ru, uu, rr, peri)), 'sums, exactly') FROM l JOIN m USING (k);
SELECT ok(bool_and(pg_temp.close(intensity, (ur + ru) / m.total)), 'intensity') FROM l JOIN m USING (k);
SELECT ok(bool_and(pg_temp.close(balance, (ur - ru) / (ur + ru))), 'balance') FROM l JOIN m USING (k);
SELECT ok(bool_and(pg_temp.close(openness, (ur + ru) * (across + within) / (out_u * in_r + out_r * in_u))), 'openness') FROM l JOIN m USING (k);
SELECT ok(bool_and(pg_temp.close(external_internal, (across - within) / (across + within))), 'external-internal') FROM l JOIN m USING (k);
SELECT ok(bool_and(pg_temp.close(rural_retention, rr / out_r)), 'rural retention') FROM l JOIN m USING (k);
SELECT ok(bool_and(rural_net = in_r - out_r AND pg_temp.close(rural_effectiveness, 100 * (in_r - out_r) / (in_r + out_r - 2 * rr))), 'rural net and effectiveness') FROM l JOIN m USING (k);
SELECT ok(bool_and((SELECT sum(v) FROM unnest(matrix) v) + unclassified = total), 'the matrix and the unclassified make the total') FROM l;
SELECT ok(bool_and(l.balance = -t.balance AND l.rural_net = -t.rural_net AND l.intensity = t.intensity AND l.openness = t.openness AND l.external_internal = t.external_internal), 'the other way round')
FROM l JOIN (SELECT k, (terrbal.linkage(d, o, x)).* FROM f GROUP BY k) t USING (k);
SELECT ok(bool_and(pg_temp.close(l.balance, t.balance) AND pg_temp.close(l.openness, t.openness) AND pg_temp.close(l.rural_effectiveness, t.rural_effectiveness)), 'scale does not matter')
FROM l JOIN (SELECT k, (terrbal.linkage(o, d, x * 1e200 / 3)).* FROM f GROUP BY k) t USING (k);
-- independent exchange: openness is 1
SELECT ok(pg_temp.close(openness, 1) AND pg_temp.close(balance, 0), 'flows that only follow the totals: openness 1')
FROM (SELECT (terrbal.linkage(a.c, b.c, a.x * b.x)).* FROM (VALUES ('urban'::terrbal.settlement, 7), ('rural', 2), ('peri_urban', 3)) a (c, x), (VALUES ('urban'::terrbal.settlement, 7), ('rural', 2), ('peri_urban', 3)) b (c, x)) l;
-- classes as three zones: what both families measure agrees
SELECT ok(bool_and(pg_temp.close(l.rural_net, z.net) AND pg_temp.close(l.rural_effectiveness, z.effectiveness) AND pg_temp.close(l.rural_retention, z.supply_self_containment)), 'the rural class as a zone of three')
FROM l JOIN (SELECT k, z.* FROM (SELECT k, terrbal.zone_flows(o::text, d::text, x) AS rows FROM f GROUP BY k) s, unnest(s.rows) z WHERE z.zone = 'rural') z USING (k);
SELECT is((SELECT terrbal.linkage_state(o, d, x / 3 ORDER BY random())::text FROM f), (SELECT terrbal.linkage_state(o, d, x / 3)::text FROM f), 'any order');
SELECT is((SELECT terrbal.rollup(s ORDER BY random())::text FROM (SELECT terrbal.linkage_state(o, d, x) AS s FROM f GROUP BY k, part) p), (SELECT terrbal.linkage_state(o, d, x)::text FROM f), 'parts');
SELECT is((SELECT terrbal.rollup(s::text::terrbal.linkage_state)::text FROM (SELECT terrbal.linkage_state(o, d, x) AS s FROM f GROUP BY k, part) p), (SELECT terrbal.linkage_state(o, d, x)::text FROM f), 'parts through their text form');
SELECT is((SELECT string_agg(t, ' ' ORDER BY kind) FROM (SELECT kind, (terrbal.linkage(terrbal.rollup(s)))::text AS t FROM (SELECT kind, terrbal.linkage_state(o, d, x) AS s FROM f GROUP BY kind, part) p GROUP BY kind) q),
    (SELECT string_agg(t, ' ' ORDER BY kind) FROM (SELECT kind, terrbal.linkage(o, d, x)::text AS t FROM f GROUP BY kind) q), 'five kinds, rolled up and in one pass');
SELECT * FROM finish();
ROLLBACK;
