-- Does the monitor hold? Incremental equals rebuilt, every past state comes back, states roll up exactly.
BEGIN;
SELECT plan(40);
SELECT setseed(0.42);
CREATE SCHEMA city;
CREATE TABLE city.source (unit text, period date, value float8, PRIMARY KEY (unit, period));
CREATE TABLE city.version (v int, unit text, period date, value float8);
CREATE TABLE city.moment (v int, t timestamptz, run terrbal.run);
SELECT ok(terrbal.register_indicator('x', 'X', '1', 'city.source', 'municipality') > 0, 'registered');

-- thirty random versions of a source: inserts, changes, deletions, NULL
CREATE PROCEDURE city.play() LANGUAGE plpgsql AS $$
BEGIN
    FOR step IN 1 .. 30 LOOP
        INSERT INTO city.source SELECT DISTINCT ON (1, 2) 'U' || (random() * 40)::int, make_date(2000 + (random() * 20)::int, 1, 1),
            round((random() * 100)::numeric, 2)::float8 FROM generate_series(1, 40) ON CONFLICT (unit, period) DO UPDATE SET value = excluded.value;
        DELETE FROM city.source WHERE random() < 0.05;
        UPDATE city.source SET value = NULL WHERE random() < 0.02;
        UPDATE city.source SET value = value * 2 WHERE random() < 0.1;
        INSERT INTO city.version SELECT step, s.* FROM city.source s;
        INSERT INTO city.moment SELECT step, NULL, r FROM terrbal.refresh('x') r;
        UPDATE city.moment m SET t = clock_timestamp() WHERE m.v = step;
    END LOOP;
END $$;
CALL city.play();
SELECT is((SELECT count(*) FROM city.moment WHERE (run).status = 'ok'), 30::bigint, 'thirty refreshes');
SELECT is((SELECT count(*) FROM city.moment m CROSS JOIN LATERAL (
        (SELECT unit, period, value FROM terrbal.observation_asof(m.t) EXCEPT SELECT unit, period, value FROM city.version WHERE v = m.v)
        UNION ALL
        (SELECT unit, period, value FROM city.version WHERE v = m.v EXCEPT SELECT unit, period, value FROM terrbal.observation_asof(m.t))) d), 0::bigint,
    'the as-of query gives back each of the thirty versions');
SELECT is((SELECT count(*) FROM city.moment m WHERE (run).inserted <> (SELECT count(*) FROM city.version n WHERE n.v = m.v
        AND NOT EXISTS (SELECT FROM city.version o WHERE o.v = m.v - 1 AND (o.unit, o.period) = (n.unit, n.period)))), 0::bigint, 'inserted counts are right');
SELECT is((SELECT count(*) FROM city.moment m WHERE (run).updated <> (SELECT count(*) FROM city.version n JOIN city.version o ON (o.unit, o.period) = (n.unit, n.period)
        WHERE n.v = m.v AND o.v = m.v - 1 AND o.value IS DISTINCT FROM n.value)), 0::bigint, 'updated counts are right');
SELECT is((SELECT count(*) FROM city.moment m WHERE m.v > 1 AND (run).withdrawn <> (SELECT count(*) FROM city.version o WHERE o.v = m.v - 1
        AND NOT EXISTS (SELECT FROM city.version n WHERE n.v = m.v AND (o.unit, o.period) = (n.unit, n.period)))), 0::bigint, 'withdrawn counts are right');
SELECT is((SELECT count(*) FROM city.moment WHERE (run).rows_read <> (run).inserted + (run).updated + (run).unchanged), 0::bigint, 'read = new + changed + unchanged');
SELECT is((SELECT sum((run).updated + (run).withdrawn) FROM city.moment)::bigint, (SELECT count(*) FROM terrbal.revision), 'one revision for each change');
SELECT is((SELECT count(*) FROM terrbal.revision a JOIN terrbal.revision b USING (indicator_id, unit_id, period)
        WHERE a.id < b.id AND tstzrange(a.published, a.superseded) && tstzrange(b.published, b.superseded)), 0::bigint, 'no two values are published at one moment');
SELECT is((terrbal.refresh('x')).updated, 0::bigint, 'idempotent');
SELECT is((SELECT count(DISTINCT fingerprint) FROM terrbal.run WHERE id >= (SELECT max(id) - 1 FROM terrbal.run)), 1::bigint, 'the same input has the same fingerprint');
CREATE TABLE city.shuffled AS SELECT * FROM city.source ORDER BY random();
DROP TABLE city.source;
ALTER TABLE city.shuffled RENAME TO source;
SELECT is((SELECT ARRAY[r.fingerprint, r.unchanged::text] FROM terrbal.refresh('x') r),
    (SELECT ARRAY[fingerprint, (SELECT count(*) FROM city.source)::text] FROM terrbal.run ORDER BY id DESC LIMIT 1), 'whatever the order of its rows');

-- the clock is set back: what was published lies in the future, twice
UPDATE terrbal.observation SET published = clock_timestamp() + interval '1 day';
CREATE TABLE city.back AS TABLE city.source;
UPDATE city.source SET value = value + 1;
SELECT is((terrbal.refresh('x')).updated, (SELECT count(value) FROM city.source), 'refreshed by a clock that was set back');
DELETE FROM city.source WHERE unit <> 'U1';
SELECT is((SELECT withdrawn > 0 FROM terrbal.refresh('x')), true, 'rows are withdrawn');
TRUNCATE city.source;
INSERT INTO city.source SELECT * FROM city.back;
SELECT is((SELECT inserted > 0 AND updated > 0 FROM terrbal.refresh('x')), true, 'and come back');
SELECT is((SELECT count(*) FROM terrbal.revision WHERE superseded <= published)
    + (SELECT count(*) FROM (SELECT indicator_id, unit_id, period, published, superseded FROM terrbal.revision UNION ALL SELECT indicator_id, unit_id, period, published, 'infinity' FROM terrbal.observation) a
        JOIN terrbal.revision b USING (indicator_id, unit_id, period) WHERE a.published < b.published AND a.superseded > b.published
            OR a.published >= b.published AND a.published < b.superseded AND a.superseded <> b.superseded), 0::bigint, 'every version was published at some moment, and no two at one');

-- one percent of changes writes one percent
CREATE TABLE city.big AS SELECT 'B' || u AS unit, make_date(2000 + y, 1, 1) AS period, (u + y)::float8 AS value
    FROM generate_series(1, 1000) u, generate_series(0, 9) y;
SELECT is((SELECT terrbal.register_indicator('big', 'Big', '1', 'city.big') > 0 AND (terrbal.refresh('big')).inserted = 10000), true, 'ten thousand rows');
UPDATE city.big SET value = value + 1 WHERE hashtext(unit || period) % 100 = 0;
SELECT is((SELECT ARRAY[r.inserted, r.updated, r.withdrawn] FROM terrbal.refresh('big') r),
    ARRAY[0, (SELECT count(*) FROM city.big WHERE hashtext(unit || period) % 100 = 0), 0], 'only the changed rows are written');

-- roll-up in two steps equals one step; weighted means of means
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'B' || u, 'P' || u % 13, 'province' FROM generate_series(1, 1000) u;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'P' || p, 'R' || p % 3, 'region' FROM generate_series(0, 12) p;
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('big', 'region', 'sum') r
        JOIN (SELECT 'R' || u % 13 % 3 AS unit, make_date(2000 + y, 1, 1) AS period, sum(b.value) AS value
              FROM generate_series(1, 1000) u CROSS JOIN generate_series(0, 9) y JOIN city.big b ON b.unit = 'B' || u AND b.period = make_date(2000 + y, 1, 1)
              GROUP BY 1, 2) w USING (unit, period) WHERE r.value = w.value), 30::bigint, 'sums through two levels');
SELECT is((SELECT count(*) FROM terrbal.rollup_coverage('big', 'region') WHERE members = reporting AND missing = 0), 30::bigint, 'full coverage');

-- states: the nation's index from municipal states is that of all households
CREATE TABLE city.household AS SELECT 'B' || 1 + (random() * 49)::int AS unit, round((exp(random() * 3) * 1000)::numeric)::float8 AS income, 1 + (random() * 3)::int AS persons
    FROM generate_series(1, 5000);
CREATE VIEW city.income AS SELECT unit, DATE '2024-01-01' AS period, avg(income) AS value, terrbal.sample_state(income, persons::float8) AS state
    FROM city.household GROUP BY unit;
SELECT is((SELECT terrbal.register_indicator('income', 'Income', 'euro', 'city.income', 'municipality') > 0 AND (terrbal.refresh('income')).states_written = 50), true, 'fifty states');
SELECT is((terrbal.refresh('income')).states_written, 0::bigint, 'states are rewritten only when they change');
SELECT is((SELECT terrbal.rollup(encode(state, 'hex')::terrbal.sample_state)::text FROM terrbal.observation_state s JOIN terrbal.indicator i ON i.id = s.indicator_id WHERE i.code = 'income'),
    (SELECT terrbal.sample_state(income, persons::float8)::text FROM city.household), 'stored states merge to what one pass gives, byte for byte');

-- deleting an indicator leaves nothing behind
DELETE FROM terrbal.indicator WHERE code = 'big';
SELECT is((SELECT count(*) FROM terrbal.observation o WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.id = o.indicator_id))
    + (SELECT count(*) FROM terrbal.run WHERE code = 'big'), 0::bigint, 'a deleted indicator takes its observations and runs with it');
SELECT is((SELECT count(*) FROM (SELECT d::date AS day FROM generate_series(timestamp '0001-01-01', timestamp '9999-12-31', interval '997 days') d
        UNION ALL SELECT d::date FROM generate_series(timestamp '1999-12-25', timestamp '2001-01-08', interval '1 day') d
        UNION ALL VALUES (DATE '0001-12-31 BC'), ('9999-12-31'), ('10000-01-01'), ('infinity'), ('-infinity')) s,
    (VALUES ('A', 'year'), ('Q', 'quarter'), ('M', 'month'), ('W', 'week'), ('D', 'day')) f (frequency, unit)
    WHERE terrbal_support.period_start(day, frequency) IS DISTINCT FROM
        CASE WHEN day BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN date_trunc(unit, day::timestamp)::date END), 0::bigint,
    'a period starts where date_trunc says');

-- a map of 60 squares in metres, loaded, is what reprojecting it by hand gives; a second load of it writes nothing
CREATE TABLE city.map AS
SELECT 'M' || n AS code, 'Place ' || n AS name, ST_SetSRID(ST_MakeEnvelope(x, y, x + 900 + n, y + 800), 25830) AS geom
FROM (SELECT n, 200000 + 1000.0 * (n % 8) AS x, 4300000 + 1000.0 * (n / 8) AS y FROM generate_series(1, 60) n) s;
SELECT terrbal.load_units('city.map', 'code', 'name', 'geom', 'village') AS loaded \gset
SELECT is((SELECT count(*) FROM city.map m JOIN terrbal.unit u ON u.code = m.code AND u.level = 'village' AND u.name = m.name
    AND ST_AsBinary(u.geom) = ST_AsBinary(ST_Multi(ST_Transform(m.geom, 4326)))), 60::bigint, 'sixty squares as reprojected by hand');
SELECT cmp_ok((SELECT max(abs(ST_Area(u.geom::geography) / ST_Area(m.geom) - 1)) FROM city.map m JOIN terrbal.unit u ON u.code = m.code), '<', 0.01::float8, 'and of the same area');
CREATE TEMP TABLE stood AS SELECT id, ctid::text AS place FROM terrbal.unit;
SELECT is(terrbal.load_units('city.map', 'code', 'name', 'geom', 'village'), 60::bigint, 'loaded again');
SELECT is((SELECT count(*) FROM stood s JOIN terrbal.unit u ON u.id = s.id AND u.ctid::text = s.place), (SELECT count(*) FROM terrbal.unit), 'and nothing was written');

-- the first lines of a view come from the first units of it: four indicators, 400 units, three periods
CREATE TABLE city.wide AS SELECT 'w' || i AS code, 'W' || lpad(u::text, 3, '0') AS unit, make_date(2020 + p, 1, 1) AS period, (i * u + p)::float8 AS value
FROM generate_series(1, 4) i, generate_series(1, 400) u, generate_series(1, 3) p;
DO $$
BEGIN
    FOR i IN 1 .. 4 LOOP
        EXECUTE format('CREATE VIEW city.wide_%1$s AS SELECT unit, period, value FROM city.wide WHERE code = ''w%1$s''', i);
        PERFORM terrbal.register_indicator('w' || i, 'W', '1', 'city.wide_' || i, 'ward');
        PERFORM terrbal.refresh('w' || i);
    END LOOP;
END
$$;
ANALYZE terrbal.observation, terrbal.unit, terrbal.indicator;
-- rows that a statement touches in a relation, over all nodes and loops
CREATE FUNCTION city.touched(statement text, relation text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF, FORMAT JSON) ' || statement INTO plan;
    RETURN (WITH RECURSIVE node (n) AS (SELECT plan -> 0 -> 'Plan' UNION ALL SELECT json_array_elements(n -> 'Plans') FROM node)
        SELECT coalesce(sum((n ->> 'Actual Rows')::float8 * (n ->> 'Actual Loops')::float8), 0) FROM node WHERE n ->> 'Relation Name' = relation);
END $$;
SELECT cmp_ok(city.touched('SELECT * FROM terrbal.signal WHERE level = ''ward'' ORDER BY code, unit LIMIT 5', 'observation'), '<=',
    (SELECT count(*) / 2 FROM terrbal.observation WHERE is_last)::float8, 'signal in the order of code and unit reads the last values of the first indicators only');
SELECT terrbal.wide_view('city', 'wide_sheet', ARRAY['w1', 'w2', 'w3', 'w4']) AS columns \gset
SELECT cmp_ok(city.touched('SELECT * FROM city.wide_sheet LIMIT 6', 'observation'), '<=', 36::float8, 'six lines of a wide view read the values of a few units');
SELECT results_eq('SELECT unit, period, w1, w2, w3, w4 FROM city.wide_sheet ORDER BY unit, period',
    $$SELECT unit COLLATE "C", period, max(value) FILTER (WHERE code = 'w1'), max(value) FILTER (WHERE code = 'w2'), max(value) FILTER (WHERE code = 'w3'), max(value) FILTER (WHERE code = 'w4')
      FROM city.wide GROUP BY 1, 2 ORDER BY 1, 2$$, 'and all of them are the table of the sources');
UPDATE terrbal.unit SET geom = ST_Multi(ST_MakeEnvelope(id % 100, id / 100, id % 100 + 0.5, id / 100 + 0.5, 4326)) WHERE level = 'ward';
ANALYZE terrbal.unit;
SELECT cmp_ok(city.touched(format('SELECT * FROM terrbal.signal_map WHERE code = ''w2'' AND geom && ST_MakeEnvelope(%1$s, %2$s, %1$s + 1.2, %2$s + 0.2, 4326)', id % 100, id / 100), 'observation'), '<=',
    4::float8, 'a window of the map reads the values of its units') FROM terrbal.unit WHERE code = 'W200';

-- jumps against the peers, by another road: percentile_cont over the last two rows of each unit of the source
CREATE TABLE city.rent AS SELECT 'R' || u AS unit, make_date(2020 + p, 1, 1) AS period, round((random() * 1000)::numeric, 1)::float8 AS value FROM generate_series(1, 120) u, generate_series(1, 3 + (random() < 0.5)::int) p;
DO $$ BEGIN PERFORM terrbal.register_indicator('rent', 'Rent', 'euro', 'city.rent', 'block'); PERFORM terrbal.refresh('rent'); END $$;
CREATE VIEW city.by_hand AS
WITH pair AS (
    SELECT DISTINCT ON (unit) unit, period, lead(period) OVER w AS before, value - lead(value) OVER w AS change FROM city.rent WINDOW w AS (PARTITION BY unit ORDER BY period DESC) ORDER BY unit, period DESC
), centre AS (
    SELECT period, before, count(*) AS peers, percentile_cont(0.5) WITHIN GROUP (ORDER BY change) AS median FROM pair GROUP BY 1, 2
), spread AS (
    SELECT period, before, percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(change - median)) AS deviation FROM pair JOIN centre USING (period, before) GROUP BY 1, 2)
SELECT * FROM pair JOIN centre USING (period, before) JOIN spread USING (period, before);
SELECT is((SELECT count(*) FROM city.by_hand h JOIN terrbal.peer_jump j ON j.code = 'rent' AND j.unit = h.unit AND j.peers = h.peers AND j.period = h.period AND j.previous_period = h.before
    AND abs(j.peer_change - h.median) < 1e-9 AND abs(j.peer_deviation - h.deviation) < 1e-9 AND abs(j.jump - (h.change - h.median) / h.deviation) < 1e-9), 120::bigint, '120 jumps against the peers');
SELECT is((SELECT count(*) FROM terrbal.peer_jump WHERE code = 'rent' AND (warning IS NOT NULL) IS DISTINCT FROM (abs(jump) >= 5 AND peers >= 10)), 0::bigint, 'a warning from five deviations and ten peers on');

-- compensated sums: rows in another order at each refresh, and nothing is written; one changed row, and one state is
CREATE TABLE city.trip AS SELECT 'T' || n % 50 AS unit, random() * 1000 / 3 AS flow, random() AS x, CASE n % 3 WHEN 0 THEN 'rural' ELSE 'urban' END::terrbal.settlement AS class FROM generate_series(1, 20000) n;
CREATE VIEW city.fit AS SELECT unit, DATE '2024-01-01' AS period, 1.0::float8 AS value, terrbal.moment_state(flow, ARRAY[1, x] ORDER BY random()) AS state FROM city.trip GROUP BY unit;
CREATE VIEW city.link AS SELECT unit, DATE '2024-01-01' AS period, 1.0::float8 AS value, terrbal.linkage_state(class, class, flow ORDER BY random()) AS state FROM city.trip GROUP BY unit;
DO $$ BEGIN PERFORM terrbal.register_indicator(c, c, '1', ('city.' || c)::regclass, 'post') FROM unnest(ARRAY['fit', 'link']) c; END $$;
SELECT is((SELECT array_agg((terrbal.refresh(c)).states_written) FROM unnest(ARRAY['fit', 'link']) c), '{50,50}'::bigint[], 'states of fractions');
SELECT cmp_ok((SELECT count(*) FROM city.fit v JOIN terrbal.unit u ON u.code = v.unit JOIN terrbal.observation_state s ON s.unit_id = u.id JOIN terrbal.indicator i ON i.id = s.indicator_id AND i.code = 'fit'
    WHERE s.state <> decode(v.state::text, 'hex')), '>', 0::bigint, 'whose bytes depend on the order of the rows');
SELECT is((SELECT array_agg((terrbal.refresh(c)).states_written) FROM unnest(ARRAY['fit', 'link']) c), '{0,0}'::bigint[], 'are not written again for that');
UPDATE city.trip SET flow = flow * (1 + 1e-12) WHERE ctid = (SELECT min(ctid) FROM city.trip);
SELECT is((SELECT array_agg((terrbal.refresh(c)).states_written) FROM unnest(ARRAY['fit', 'link']) c), '{1,1}'::bigint[], 'and are for a change of the twelfth digit of one row');
SELECT ok(NOT terrbal_support.state_alike('', '\x00') AND terrbal_support.state_alike('\x0102', '\x0102') AND NOT terrbal_support.state_alike('\x0102', '\x0103') AND terrbal_support.state_alike(NULL, '') IS NULL, 'bytes that are no state are compared as they are');
SELECT * FROM finish();
ROLLBACK;
