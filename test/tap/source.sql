-- Does a superuser's refresh run a stranger's code? Each vector is also shown to work: a plain SELECT by the superuser runs it.
-- Set up in a session of its own: what planning has folded once stays folded in the cache of a session.
SET client_min_messages = error;
DROP ROLE IF EXISTS regress_terrbal_stranger;
CREATE ROLE regress_terrbal_stranger;
CREATE SCHEMA city;
CREATE SCHEMA own AUTHORIZATION regress_terrbal_stranger;
GRANT USAGE ON SCHEMA city TO PUBLIC;
CREATE TABLE city.log (who text);
GRANT SELECT, INSERT ON city.log TO PUBLIC;
CREATE TABLE city.draft (unit text, period date, value float8);
INSERT INTO city.draft VALUES ('A', '2024-01-01', 1), ('B', '2024-01-01', 2);
GRANT SELECT ON city.draft TO PUBLIC;

-- Does reading it write into the log as superuser? What it wrote is undone.
CREATE FUNCTION city.fires(source text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    BEGIN
        EXECUTE format('SELECT count(unit || value) FROM (SELECT unit::text, value::float8 FROM %s WHERE unit < ''Z'' OFFSET 0) s', source) INTO n;
        SELECT count(*) INTO n FROM city.log WHERE who = (SELECT rolname FROM pg_roles WHERE oid = 10);
        RAISE EXCEPTION '%', n USING ERRCODE = 'P0099';
    EXCEPTION WHEN SQLSTATE 'P0099' THEN
        RETURN SQLERRM::bigint > 0;
    END;
END $$;
CREATE FUNCTION city.refreshed(source text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    r terrbal.run;
BEGIN
    PERFORM terrbal.register_indicator(source, source, '1', source::regclass);
    r := terrbal.refresh(source);
    RETURN r.status || ': ' || r.message || (SELECT CASE count(*) WHEN 0 THEN '' ELSE ', and it ran' END FROM city.log);
END $$;

SET ROLE regress_terrbal_stranger;
CREATE FUNCTION own.strike(x integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN INSERT INTO city.log VALUES (current_user); RETURN x; END $$;
-- IMMUTABLE, so that planning folds it
CREATE FUNCTION own.f(x integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS $$ BEGIN RETURN own.strike(x); END $$;
CREATE FUNCTION own.g(x float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN RETURN own.strike(1) * x; END $$;

CREATE TABLE own.indexed AS TABLE city.draft;
CREATE INDEX ON own.indexed ((own.f(1) + length(unit)));
CREATE TABLE own.partial AS TABLE city.draft;
CREATE INDEX ON own.partial (value) WHERE own.f(1) < length(unit);
CREATE TABLE own.analysed AS TABLE city.draft;
CREATE STATISTICS own.st ON (own.f(1) + length(unit)), unit FROM own.analysed;
CREATE TABLE own.divided (unit text, period date, value float8) PARTITION BY RANGE ((own.f(1) + length(unit)));
CREATE TABLE own.division PARTITION OF own.divided FOR VALUES FROM (0) TO (9);
INSERT INTO own.divided TABLE city.draft;
CREATE MATERIALIZED VIEW own.stored AS TABLE city.draft;
CREATE INDEX ON own.stored ((own.f(1) + length(unit)));
CREATE VIEW own.view AS SELECT unit, period, own.g(value) AS value FROM city.draft;
CREATE TABLE own.child (unit text, period date, value float8, CHECK (own.f(1) + length(unit) > 0));
INSERT INTO own.child TABLE city.draft;
CREATE OPERATOR own.@@@ (RIGHTARG = float8, FUNCTION = own.g);
CREATE DOMAIN own.amount AS float8 CHECK (own.g(VALUE) > -1);
CREATE TYPE own.pair AS (a float8, b float8);
CREATE FUNCTION own.of_pair(p own.pair) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN RETURN own.g(p.a); END $$;
CREATE CAST (own.pair AS float8) WITH FUNCTION own.of_pair(own.pair);
CREATE FUNCTION own.add(a float8, b float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN RETURN a + own.g(b); END $$;
CREATE AGGREGATE own.total(float8) (SFUNC = own.add, STYPE = float8, INITCOND = '0');
RESET ROLE;

-- the superuser's own views and tables over them
CREATE TABLE city.parent (unit text, period date, value float8);
ALTER TABLE own.child INHERIT city.parent;
CREATE FUNCTION city.atomic(x float8) RETURNS float8 LANGUAGE sql BEGIN ATOMIC SELECT own.g(x); END;
CREATE DOMAIN city.positive AS float8 CHECK (own.g(VALUE) > -1);
CREATE TABLE city.mine AS TABLE city.draft;
CREATE INDEX ON city.mine ((own.f(1) + length(unit)));
CREATE TABLE city.vector (place integer, what text, source text, wanted text);
INSERT INTO city.vector VALUES
    (1, 'an index expression of a stranger''s table', 'own.indexed', 'table own.indexed is owned by regress_terrbal_stranger'),
    (2, 'an index predicate', 'own.partial', 'table own.partial is owned by regress_terrbal_stranger'),
    (3, 'extended statistics', 'own.analysed', 'table own.analysed is owned by regress_terrbal_stranger'),
    (4, 'a partition key', 'own.divided', 'table own.divided is owned by regress_terrbal_stranger'),
    (5, 'an index of a materialised view', 'own.stored', 'materialized view own.stored is owned by regress_terrbal_stranger'),
    (6, 'a stranger''s view', 'own.view', 'view own.view is owned by regress_terrbal_stranger'),
    (7, 'the constraint of a child', 'city.parent', 'table own.child is owned by regress_terrbal_stranger'),
    (8, 'a function in one''s own view', '(SELECT unit, period, own.g(value) AS value FROM city.draft)', 'function own.g(double precision) is owned by regress_terrbal_stranger'),
    (9, 'an operator', '(SELECT unit, period, OPERATOR(own.@@@) value AS value FROM city.draft)', 'function own.g(double precision) is owned by regress_terrbal_stranger'),
    (10, 'a domain', '(SELECT unit, period, (value::own.amount)::float8 AS value FROM city.draft)', 'function own.g(double precision) is owned by regress_terrbal_stranger'),
    (11, 'a cast', '(SELECT unit, period, ROW(value, 1)::own.pair::float8 AS value FROM city.draft)', 'function own.of_pair(own.pair) is owned by regress_terrbal_stranger'),
    (12, 'an aggregate', '(SELECT unit, period, own.total(value) AS value FROM city.draft GROUP BY 1, 2)', 'function own.add(double precision,double precision) is owned by regress_terrbal_stranger'),
    (13, 'a body that the catalogue knows', '(SELECT unit, period, city.atomic(value) AS value FROM city.draft)', 'function own.g(double precision) is owned by regress_terrbal_stranger'),
    (14, 'the constraint of one''s own domain', '(SELECT unit, period, (value::city.positive)::float8 AS value FROM city.draft)', 'function own.g(double precision) is owned by regress_terrbal_stranger'),
    (15, 'an index of one''s own table that calls a stranger''s function', 'city.mine', 'function own.f(integer) is owned by regress_terrbal_stranger');
DO $$ DECLARE v record; BEGIN
    FOR v IN SELECT * FROM city.vector LOOP EXECUTE format('CREATE VIEW city.v%s AS SELECT unit, period, value FROM %s s', v.place, v.source); END LOOP;
END $$;
DELETE FROM city.log;
\c -
BEGIN;
SET LOCAL client_min_messages = error;
SELECT plan(48);
SELECT is(city.refreshed('city.v' || place), 'untrusted owner: ' || wanted, what || ' is found') FROM city.vector ORDER BY place;
SELECT is((SELECT count(*) FROM city.log), 0::bigint, 'none of it ran');
SELECT ok(city.fires('city.v' || place), what || ' strikes who reads it') FROM city.vector ORDER BY place;
SELECT is(city.refreshed('own.indexed'), 'untrusted owner: table own.indexed is owned by regress_terrbal_stranger', 'a stranger''s table is no source for a superuser either');
SELECT is((terrbal.refresh('city.v1')).status, 'untrusted owner', 'nor at the second attempt');
ALTER TABLE own.indexed OWNER TO CURRENT_USER;
ALTER FUNCTION own.f(integer) OWNER TO CURRENT_USER;
SELECT is(city.refreshed('own.indexed'), 'untrusted owner: schema own is owned by regress_terrbal_stranger', 'whose schema it is decides what the name means');

-- an owner that is a predefined role has no line in pg_shdepend
ALTER VIEW own.view OWNER TO pg_monitor;
ALTER FUNCTION own.g(float8) OWNER TO pg_monitor;
SELECT is(city.refreshed('city.v6'), 'untrusted owner: view own.view is owned by pg_monitor', 'a predefined role is a stranger');

-- what a superuser reads is not touched
CREATE VIEW city.good AS SELECT unit, period, value FROM city.draft;
SELECT is((SELECT status FROM terrbal.register_indicator('good', 'Good', '1', 'city.good'), terrbal.refresh('good')), 'ok', 'a superuser refreshes from what superusers own');

-- a role as good as a superuser
CREATE ROLE regress_terrbal_chief CREATEROLE;
CREATE ROLE "Regress terrbal member";
GRANT regress_terrbal_chief TO "Regress terrbal member";
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA terrbal TO "Regress terrbal member", regress_terrbal_stranger;
GRANT SELECT ON city.v8 TO PUBLIC;
SET ROLE "Regress terrbal member";
SELECT is((terrbal.refresh('city.v8')).message, 'function own.g(double precision) is owned by pg_monitor', 'a member of a role with CREATEROLE is judged like a superuser');
RESET ROLE;

-- a publisher who is not: what the source runs stays in the publisher's role
CREATE ROLE regress_terrbal_publisher;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA terrbal TO regress_terrbal_publisher;
GRANT USAGE ON SCHEMA own TO regress_terrbal_publisher;
GRANT regress_terrbal_stranger TO regress_terrbal_publisher;
SET ROLE regress_terrbal_stranger;
CREATE FUNCTION own.rise(x float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN RESET ROLE; INSERT INTO city.log VALUES (current_user); RETURN x; END $$;
CREATE VIEW own.rising AS SELECT unit, period, own.rise(value) AS value FROM city.draft;
CREATE FUNCTION own.leave(x float8) RETURNS float8 LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('search_path', 'own', false); RETURN x; END $$;
CREATE VIEW own.leaving AS SELECT unit, period, own.leave(value) AS value FROM city.draft;
RESET ROLE;
SET ROLE regress_terrbal_publisher;
SELECT ok(city.fires('own.rising'), 'a function of the source can return to the role of the session');
SET ROLE regress_terrbal_publisher;
SELECT is(city.refreshed('own.rising'), 'failed: cannot set parameter "role" within security-definer function', 'not in a refresh');
SELECT is(CURRENT_USER::text, 'regress_terrbal_publisher', 'the role is as before');
SELECT is((SELECT status FROM terrbal.register_indicator('leaving', 'Leaving', '1', 'own.leaving'), terrbal.refresh('leaving')), 'ok', 'one that changes a setting');
SELECT isnt(current_setting('search_path'), 'own', 'leaves none behind');
RESET ROLE;

-- the line of the log is data, not text to run
INSERT INTO terrbal.run (indicator_id, code, source)
SELECT id, code, 'city.good IN ACCESS SHARE MODE; INSERT INTO city.log SELECT CURRENT_USER; LOCK TABLE city.good' FROM terrbal.indicator WHERE code = 'good';
SELECT is((terrbal_support.run_refresh((SELECT max(id) FROM terrbal.run))).status, 'ok', 'a forged source in the log is not read');
SELECT is((SELECT count(*) FROM city.log), 0::bigint, 'and nothing ran');

-- triggers on the tables of the monitor
GRANT TRIGGER ON terrbal.observation TO regress_terrbal_stranger;
CREATE FUNCTION own.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO city.log VALUES (current_user); RETURN NEW; END $$;
ALTER FUNCTION own.note() OWNER TO regress_terrbal_stranger;
SET ROLE regress_terrbal_stranger;
CREATE TRIGGER note AFTER INSERT ON terrbal.observation FOR EACH ROW EXECUTE FUNCTION own.note();
RESET ROLE;
INSERT INTO city.draft VALUES ('C', '2024-01-01', 1);
SELECT throws_ok($$SELECT terrbal.refresh('good')$$, '22023',
    'trigger note on terrbal.observation calls own.note(), which is owned by regress_terrbal_stranger', 'a stranger''s trigger stops a superuser');
SELECT is((SELECT count(*) FROM city.log), 0::bigint, 'and nothing ran');

-- the list of tables is the catalogue's, and they are held before they are judged
CREATE FUNCTION city.guarded(relation regclass) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    DROP TRIGGER IF EXISTS note ON terrbal.observation;
    EXECUTE format('ALTER TABLE %s OWNER TO regress_terrbal_stranger', relation);
    PERFORM terrbal_support.guard_privileged();
    RETURN relation || ' is not looked at';
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN CASE WHEN SQLERRM <> format('table %s is owned by regress_terrbal_stranger', relation) THEN SQLERRM END;
END $$;
SELECT is((SELECT string_agg(city.guarded(c.oid), ', ') FROM pg_class c WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind = 'r'), NULL, 'every table of the monitor must be a superuser''s');
DROP TRIGGER note ON terrbal.observation;
SELECT terrbal_support.guard_privileged();
SELECT ok((SELECT count(DISTINCT l.relation) = (SELECT count(*) FROM pg_class c WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind = 'r') FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE l.pid = pg_backend_pid() AND l.mode = 'RowExclusiveLock' AND l.granted AND c.relnamespace = 'terrbal'::regnamespace AND c.relkind = 'r'), 'no trigger is made between the judgement and the writing');
SELECT * FROM finish();
ROLLBACK;
SET client_min_messages = warning;
DROP OWNED BY regress_terrbal_stranger CASCADE;
DROP SCHEMA city CASCADE;
DROP ROLE regress_terrbal_stranger;
