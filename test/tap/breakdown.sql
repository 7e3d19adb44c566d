-- Do breakdowns and counterparts hold? Random versions of a source: what was published comes back, the last period of each series is kept, sums of parts roll up.
BEGIN;
SELECT plan(12);
SELECT setseed(0.17);
CREATE SCHEMA city;
CREATE TABLE city.source (unit text, counterpart text, period date, sex text, age text, value float8);
CREATE UNIQUE INDEX ON city.source (unit, (coalesce(counterpart, '')), period, (coalesce(sex, '')), (coalesce(age, '')));
CREATE TABLE city.version (v int, unit text, counterpart text, period date, breakdown text, value float8);
CREATE TABLE city.moment (v int, t timestamptz, run terrbal.run);
SELECT ok(terrbal.register_indicator('x', 'X', '1', 'city.source', 'municipality', dimensions => ARRAY['sex', 'age']) > 0, 'registered');
CREATE PROCEDURE city.play() LANGUAGE plpgsql AS $$
BEGIN
    FOR step IN 1 .. 15 LOOP
        INSERT INTO city.source SELECT 'U' || (random() * 12)::int, (ARRAY[NULL, 'U1', 'U2', 'Z'])[1 + (random() * 3)::int], make_date(2010 + (random() * 8)::int, 1, 1),
            (ARRAY[NULL, 'F', 'M'])[1 + (random() * 2)::int], (ARRAY[NULL, '65+'])[1 + (random())::int], round((random() * 100)::numeric, 1) FROM generate_series(1, 80)
        ON CONFLICT DO NOTHING;
        DELETE FROM city.source WHERE random() < 0.08;
        UPDATE city.source SET value = NULL WHERE random() < 0.03;
        UPDATE city.source SET value = value + 1 WHERE random() < 0.1;
        INSERT INTO city.version SELECT step, unit, counterpart, period, concat_ws(';', 'sex=' || sex, 'age=' || age), value FROM city.source;
        INSERT INTO city.moment SELECT step, NULL, r FROM terrbal.refresh('x') r;
        UPDATE city.moment m SET t = clock_timestamp() WHERE m.v = step;
    END LOOP;
END $$;
CALL city.play();
SELECT is((SELECT count(*) FROM city.moment WHERE (run).status = 'ok' AND (run).refused = 0), 15::bigint, 'fifteen refreshes');
SELECT is((SELECT count(*) FROM city.moment m CROSS JOIN LATERAL (
        (SELECT unit, counterpart, period, breakdown, value FROM terrbal.observation_asof(m.t) EXCEPT SELECT unit, counterpart, period, breakdown, value FROM city.version WHERE v = m.v)
        UNION ALL
        (SELECT unit, counterpart, period, breakdown, value FROM city.version WHERE v = m.v EXCEPT SELECT unit, counterpart, period, breakdown, value FROM terrbal.observation_asof(m.t))) d), 0::bigint,
    'the as-of query gives back each of the fifteen versions');
SELECT is((SELECT count(*) FROM city.moment WHERE (run).rows_read <> (run).inserted + (run).updated + (run).unchanged), 0::bigint, 'read = new + changed + unchanged');
SELECT is((SELECT sum((run).updated + (run).withdrawn) FROM city.moment)::bigint, (SELECT count(*) FROM terrbal.revision), 'one revision for each change');
-- a second implementation of what the trigger keeps
CREATE TEMP VIEW series AS SELECT o.*, lag(value) OVER w AS before, lag(period) OVER w AS period_before, lead(period) OVER w IS NULL AS newest FROM terrbal.observation o
WINDOW w AS (PARTITION BY indicator_id, unit_id, counterpart_id, breakdown ORDER BY period);
SELECT is((SELECT count(*) FROM series WHERE is_last <> newest OR newest AND (previous, previous_period) IS DISTINCT FROM (before, period_before) OR NOT newest AND num_nonnulls(previous, previous_period, trend_level, run, jump) > 0),
    0::bigint, 'the last period of each series is marked, with the value before it');
SELECT is((SELECT count(*) FROM terrbal.observation o CROSS JOIN LATERAL (SELECT (terrbal.series_summary(array_agg((h.period - DATE '2000-01-01')::float8 ORDER BY h.period), array_agg(h.value ORDER BY h.period))).*
        FROM terrbal.observation h WHERE (h.unit_id, h.counterpart_id, h.breakdown) = (o.unit_id, o.counterpart_id, o.breakdown) AND h.value IS NOT NULL) s
    WHERE o.is_last AND (s.level, s.slope, s.run, s.jump) IS DISTINCT FROM (o.trend_level, o.trend_slope, o.run, o.jump) AND s.run IS NOT NULL), 0::bigint, 'and its line');
SELECT is((SELECT last_period FROM terrbal.indicator WHERE code = 'x'), (SELECT max(period) FROM city.source), 'and the last period of the indicator');
SELECT is((SELECT count(*) FROM terrbal.signal WHERE code = 'x' AND period IS NOT NULL), (SELECT count(*) FROM (SELECT DISTINCT unit, counterpart, sex, age FROM city.source) s), 'a line of signal for each series');
SELECT is((SELECT count(*) - count(DISTINCT id) FROM terrbal.signal), 0::bigint, 'each with a key of its own');
-- roll-up on both ends, each part by itself
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'U' || u, 'P' || u % 3, 'province' FROM generate_series(0, 12) u;
SELECT is((SELECT count(*) FROM (
        (SELECT unit, counterpart, period, breakdown, round(value::numeric, 6) FROM terrbal.indicator_rollup('x', 'province', 'sum') WHERE value IS NOT NULL
         EXCEPT SELECT 'P' || substr(unit, 2)::int % 3, CASE WHEN counterpart LIKE 'U%' THEN 'P' || substr(counterpart, 2)::int % 3 ELSE counterpart END, period, concat_ws(';', 'sex=' || sex, 'age=' || age), round(sum(value)::numeric, 6) FROM city.source GROUP BY 1, 2, 3, 4)) d), 0::bigint,
    'sums between provinces, within them and abroad, by sex and age');
-- gaps in both directions
SELECT is((SELECT count(*) FROM terrbal.gap a LEFT JOIN terrbal.gap b ON b.id = a.reference_id AND b.reference_id = a.id WHERE b.id IS NULL OR a.difference IS DISTINCT FROM - b.difference OR abs(a.parity_index + b.parity_index - 2) > 1e-12), 0::bigint,
    'a gap is the other way round what it is this way, and parity lies between');
SELECT * FROM finish();
ROLLBACK;
