-- Refreshing after 1 % of the values changed, against the plain statements an engineer would write: 100 indicators x 8,000 units x 2 periods;
-- BIG=1 in the environment: 1,000 x 8,000 x 20 (160 million observations: an hour and 40 GB); INDICATORS=30 makes fewer of them.
\getenv big BIG
\if :{?big}
\else
\set big 0
\endif
\getenv indicators INDICATORS
\if :{?indicators}
\else
SELECT CASE WHEN :big = 1 THEN 1000 ELSE 100 END AS indicators \gset
\endif
SELECT :indicators AS indicators, CASE WHEN :big = 1 THEN 20 ELSE 2 END AS periods,
    greatest(10, round(8000 * :scale))::int AS units FROM (VALUES (1)) x \gset
\if :big
\set runs 1
\else
\set runs 3
\endif
CREATE SCHEMA desk;
CREATE TABLE desk.step (n int);
INSERT INTO desk.step VALUES (0);
CREATE TABLE desk.cell AS SELECT lpad(u::text, 5, '0') AS unit, make_date(2000 + y, 1, 1) AS period, u % 97 + y * 0.5 AS base, (u * 7 + y * 13) % 100 AS phase
    FROM generate_series(1, :units) u, generate_series(1, :periods) y;
ANALYZE desk.cell;
-- every step changes exactly one value in a hundred, in every indicator
DO $$ BEGIN
    FOR i IN 1 .. 1000 LOOP
        EXECUTE format('CREATE VIEW desk.source_%s AS SELECT c.unit, c.period, (c.base * %s + (s.n + c.phase) / 100)::float8 AS value FROM desk.cell c, desk.step s', i, i);
    END LOOP;
END $$;
SELECT count(terrbal.register_indicator('i' || n, 'Indicator ' || n, '1', ('desk.source_' || n)::regclass)) FROM generate_series(1, :indicators) n;
SET client_min_messages = warning;
CALL terrbal.refresh_all();
CREATE TABLE desk.plain (indicator int, unit text COLLATE "C", period date, value float8, PRIMARY KEY (indicator, unit, period));
CREATE TABLE desk.changes (indicator int, unit text COLLATE "C", period date, value float8);
CREATE INDEX ON desk.changes (indicator, unit, period);
-- Each contender counts its own steps: it always meets one step since its last run.
CREATE TABLE desk.counter (who text PRIMARY KEY, n int);
INSERT INTO desk.counter VALUES ('refresh', 0), ('upsert', -1);
CREATE FUNCTION desk.next(who text) RETURNS void LANGUAGE sql AS $$
    UPDATE desk.counter c SET n = n + 1 WHERE c.who = next.who;
    UPDATE desk.step SET n = (SELECT c.n FROM desk.counter c WHERE c.who = next.who);
$$;
CREATE FUNCTION desk.refresh(indicators int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    written bigint := 0;
    r terrbal.run;
BEGIN
    PERFORM desk.next('refresh');
    FOR i IN 1 .. indicators LOOP
        r := terrbal.refresh('i' || i);
        IF r.status <> 'ok' THEN
            RAISE EXCEPTION '%', r.message;
        END IF;
        written := written + r.updated;
    END LOOP;
    RETURN written;
END $$;
CREATE FUNCTION desk.upsert(indicators int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM desk.next('upsert');
    FOR i IN 1 .. indicators LOOP
        EXECUTE format('INSERT INTO desk.plain AS p SELECT %s, unit, period, value FROM desk.source_%s ON CONFLICT (indicator, unit, period) '
            'DO UPDATE SET value = excluded.value WHERE p.value IS DISTINCT FROM excluded.value', i, i);
    END LOOP;
END $$;
CREATE FUNCTION desk.insert(indicators int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    UPDATE desk.step SET n = (SELECT n + 1 FROM desk.counter WHERE who = 'upsert');
    FOR i IN 1 .. indicators LOOP
        EXECUTE format('INSERT INTO desk.changes SELECT %s, s.unit, s.period, s.value FROM desk.source_%s s JOIN desk.plain p '
            'ON p.indicator = %s AND p.unit = s.unit AND p.period = s.period WHERE p.value IS DISTINCT FROM s.value', i, i, i);
    END LOOP;
END $$;
SELECT desk.upsert(:indicators);
VACUUM ANALYZE desk.plain;
VACUUM ANALYZE terrbal.observation;
ANALYZE terrbal.unit;
SELECT desk.refresh(:indicators) AS written \gset
\echo refresh of 1 % changes wrote :written rows of :indicators x :units x :periods
SELECT format('CALL bench.row(''monitor'', ''refresh, 1 %%%% changed, %s x 8,000 x %s, with revisions and run log'', ''SELECT desk.refresh(%s)'', %%L, %%L, NULL, NULL, %s)', :indicators, :periods, :indicators, :runs) AS call \gset
SELECT format(:'call', 'upsert of the source', 'SELECT desk.upsert(' || :indicators || ')') AS first, format(:'call', 'INSERT ... SELECT of the changed rows', 'SELECT desk.insert(' || :indicators || ')') AS second \gset
:first;
:second;
-- the views without any filter
CALL bench.row('monitor', 'signal, the first 100 lines', 'SELECT count(x) FROM (SELECT * FROM terrbal.signal LIMIT 100) x', '100 published values',
    'SELECT count(x) FROM (SELECT * FROM terrbal.observation_latest LIMIT 100) x', NULL, NULL, 5);
CALL bench.row('monitor', 'signal, the first 50 by code and unit', 'SELECT count(x) FROM (SELECT * FROM terrbal.signal ORDER BY code, unit LIMIT 50) x', 'the latest values of one indicator',
    'SELECT count(x) FROM (SELECT DISTINCT ON (unit) * FROM terrbal.observation_latest WHERE code = ''i1'' ORDER BY unit, period DESC) x', NULL, NULL, 5);
CALL bench.row('monitor', 'signal, all lines', 'SELECT sum(value), sum(change), count(light), count(warning) FROM terrbal.signal', 'the latest values, DISTINCT ON',
    'SELECT sum(value) FROM (SELECT DISTINCT ON (code, unit) value FROM terrbal.observation_latest ORDER BY code, unit, period DESC) x', 2, NULL, 3);
CALL bench.row('monitor', 'signal, all lines and columns', 'SELECT count(s) FROM terrbal.signal s', 'the latest values, DISTINCT ON',
    'SELECT count(x) FROM (SELECT DISTINCT ON (code, unit) * FROM terrbal.observation_latest ORDER BY code, unit, period DESC) x', 2, NULL, 3);
-- what a reader of the tables may do who knows of is_last; no view does it
CALL bench.row('monitor', 'signal, all lines and columns', 'SELECT count(s) FROM terrbal.signal s', 'is_last with names',
    'SELECT count(x) FROM (SELECT i.code, u.code AS unit, u.name, o.period, o.value, o.previous, o.previous_period, i.title, i.unit_measure, o.status, o.published, o.breakdown, o.run, o.jump, o.trend_level, o.trend_slope '
    'FROM terrbal.observation o JOIN terrbal.indicator i ON i.id = o.indicator_id JOIN terrbal.unit u ON u.id = o.unit_id WHERE o.is_last) x', NULL, NULL, 3);
SELECT terrbal.wide_view('desk', 'wide') AS columns;
CALL bench.row('monitor', 'wide_view, the first 100 lines', 'SELECT count(x) FROM (SELECT * FROM desk.wide LIMIT 100) x', 'the values of one unit',
    'SELECT count(x) FROM (SELECT * FROM terrbal.observation_latest WHERE unit = ''00001'') x', NULL, NULL, 5);
