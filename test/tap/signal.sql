-- One bad row must not make a view fail for everybody: rows of older versions and rows written by hand, then every view of the extension, every column.
BEGIN;
SELECT plan(9 + (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'terrbal'::regnamespace AND relkind IN ('v', 'm')));
CREATE SCHEMA city;
CREATE TABLE city.source (unit text, period date, value float8, weight float8);
SELECT ok(terrbal.register_indicator(code, code, '1', 'city.source', 'municipality', direction, component => 'population_dynamics', frequency => frequency,
        stale_after => stale_after::interval) > 0, code)
FROM (VALUES ('far', 1, 'A', '178000000 years'), ('near', -1, 'W', '1 microsecond'), ('mixed', 0, 'M', '-5800000 years 2100000000 days'),
        ('plain', 1, 'S', '3 years')) v (code, direction, frequency, stale_after);
INSERT INTO terrbal.unit (code, level) SELECT 'U' || n, 'municipality' FROM generate_series(1, 6) n;
UPDATE terrbal.unit SET geom = ST_Multi(ST_MakeEnvelope(id % 100, 0, id % 100 + 1, 1, 4326));
-- values at both ends of float8 and periods at both ends of the calendar, in every order
INSERT INTO terrbal.observation (indicator_id, unit_id, period, value, weight, run_id, published)
SELECT i.id, u.id, p.period, CASE WHEN u.code = 'U6' AND i.code = 'plain' THEN 1 ELSE v.a[1 + (row_number() OVER (ORDER BY i.id, u.id, p.period)) % 8] END, 1, 0, now()
FROM terrbal.indicator i CROSS JOIN terrbal.unit u
CROSS JOIN (VALUES (DATE '4713-01-01 BC'), ('0001-01-01'), ('2024-01-01'), ('2024-12-31'), ('9999-12-31'), ('10000-01-01'), ('294277-01-01'), ('4000000-01-01')) p (period)
CROSS JOIN (SELECT ARRAY[-1.7e308, 1.7e308, 5e-324, -1.7976931348623157e308, 1.7976931348623157e308, 0, -5e-324, 1e-310] AS a) v
WHERE u.code <> 'U6' OR p.period > '2024-01-01';
DELETE FROM terrbal.observation o USING terrbal.unit u WHERE u.id = o.unit_id AND (u.code = 'U1' AND period > '2024-12-31' OR u.code = 'U2' AND period > '9999-12-31'
    OR u.code = 'U3' AND period > '10000-01-01' OR u.code = 'U4' AND period > '294277-01-01');
INSERT INTO terrbal.threshold (indicator, level, amber, red) SELECT code, 'municipality', -1.7976931348623157e308, 1.7976931348623157e308 FROM terrbal.indicator;
INSERT INTO terrbal.revision (indicator_id, unit_id, period, value, status, run_id, published, superseded, superseded_by)
SELECT indicator_id, unit_id, period, value, status, 0, '-infinity', 'infinity', 0 FROM terrbal.observation;

-- what a reader would see of a relation, to the last column
CREATE FUNCTION city.read(relation text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(x) FROM (SELECT r::text AS x FROM %s r) y', relation) INTO n;
    RETURN n;
END $$;
SELECT lives_ok(format('SELECT city.read(%L)', c.oid::regclass), 'every row of ' || c.oid::regclass || ' is read')
FROM pg_class c WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind IN ('v', 'm') ORDER BY c.relname;
SELECT lives_ok(format('SELECT city.read(%L)', f), f) FROM unnest(ARRAY['terrbal.observation_asof(now())', 'terrbal.signal_geojson(''near'')']) f;

-- and sees no infinity
SELECT is((SELECT count(*) FROM terrbal.signal WHERE 'Infinity' IN (abs(change), abs(change_rate)) OR 'NaN' IN (change, change_rate)), 0::bigint, 'no infinity in signal');
SELECT is((SELECT count(*) FROM terrbal.local_review WHERE abs(peer_median) = 'Infinity'), 0::bigint, 'nor among the medians');
-- an independent computation in exact decimals: what fits float8 is there, what does not is NULL
SELECT is((SELECT count(*) FROM terrbal.signal s CROSS JOIN LATERAL (SELECT s.value::text::numeric - s.previous::text::numeric AS exact) e
        WHERE abs(exact) < 1.796e308 AND change IS DISTINCT FROM exact::float8 OR abs(exact) > 1.798e308 AND change IS NOT NULL), 0::bigint, 'every change that float8 holds');
SELECT * FROM finish();
ROLLBACK;
