-- Bytes between a state and harm: states of every type, changed at random and taken by their input, through every combine, final and accessor of the catalogue.
-- An answer, or an error of class 22 or 54; what comes out as a state is read back. MUTATIONS (default 2) changed states of each aggregate; SEED another run.
\set mutations 2
\set seed 0.5
\getenv mutations MUTATIONS
\getenv seed SEED
\ir ../fixture/accessors.sql
INSERT INTO fixture_argument VALUES ('fit', 'terrbal.regression', '(SELECT terrbal.ols(g.positive * 2 + g.signed + g.i % 7, ARRAY[1, g.positive, g.signed * g.positive]) FROM fixture g WHERE g.i <= 8)');
SET client_min_messages = error;
SELECT setseed(:seed), set_config('mutated.each', :'mutations', false);
CREATE TEMP TABLE verdict (what text, state text, outcome text);
CREATE TEMP TABLE tally (type regtype, tried bigint, taken bigint, calls bigint);

-- One to three changes behind the canonical header of 24 bytes: a word that is an extreme, a word from elsewhere in the state, a count one off, a bit, a byte; or a bit of the header
CREATE FUNCTION pg_temp.mutated(state bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
    words int := (length(state) - 24) / 8;
    extremes bytea[] := '{"\\x0000000000000000","\\x0000000000000001","\\xffffffffffffffff","\\x0020000000000000","\\x7ff8000000000000","\\x7ff0000000000000","\\x8000000000000000","\\x7fefffffffffffff","\\x3ff0000000000000","\\x0000000100000000"}';
    at int;
BEGIN
    FOR k IN 1 .. 1 + floor(random() * 3) LOOP
        at := 24 + 8 * floor(random() * greatest(words, 1));
        CASE floor(random() * 6)
            WHEN 0 THEN state := overlay(state PLACING extremes[1 + floor(random() * 10)] FROM at + 1);
            WHEN 1 THEN state := overlay(state PLACING substr(state, 25 + 8 * floor(random() * greatest(words, 1))::int, 8) FROM at + 1);
            WHEN 2 THEN state := set_byte(state, least(at + 7, length(state) - 1), (get_byte(state, least(at + 7, length(state) - 1)) + (CASE WHEN random() < 0.5 THEN 1 ELSE 255 END)) & 255);
            WHEN 3 THEN at := 24 + floor(random() * (length(state) - 24)); state := set_byte(state, at, get_byte(state, at) # (1 << floor(random() * 8)::int));
            WHEN 4 THEN at := 24 + floor(random() * (length(state) - 24)); state := set_byte(state, at, floor(random() * 256)::int);
            ELSE IF random() < 0.1 THEN at := floor(random() * 24); state := set_byte(state, at, get_byte(state, at) # (1 << floor(random() * 8)::int)); END IF;
        END CASE;
    END LOOP;
    RETURN state;
END
$$;
-- A function for each type: tries one changed state, and answers whether it was taken
CREATE FUNCTION pg_temp.probe(type regtype, calls text[]) RETURNS void LANGUAGE plpgsql AS $outer$
BEGIN
    EXECUTE format($f$
        CREATE OR REPLACE FUNCTION pg_temp.try(sound %1$s, bytes bytea) RETURNS boolean LANGUAGE plpgsql AS $$
        DECLARE
            state %1$s;
            call text;
        BEGIN
            BEGIN
                state := encode(bytes, 'hex')::%1$s;
            EXCEPTION WHEN OTHERS THEN
                IF SQLSTATE NOT LIKE '22%%' THEN INSERT INTO verdict VALUES ('input of %1$s', encode(bytes, 'hex'), SQLSTATE || ' ' || SQLERRM); END IF;
                RETURN false;
            END;
            %2$s
            RETURN true;
        END
        $$ $f$, type, (SELECT string_agg(format($c$
            BEGIN
                PERFORM (SELECT (%s)::text FROM (SELECT * FROM fixture WHERE i = 1) f);
            EXCEPTION WHEN OTHERS THEN
                IF SQLSTATE !~ '^(22|54)' THEN INSERT INTO verdict VALUES (%L, encode(bytes, 'hex'), SQLSTATE || ' ' || SQLERRM); END IF;
            END;$c$, c, c), '') FROM unnest(calls) c));
END
$outer$;

DO $$
DECLARE
    t record;
    a fixture_aggregate;
    calls text[];
    n int := 0;
BEGIN
    FOR t IN SELECT DISTINCT aggtranstype AS oid, aggtranstype::regtype AS type, aggcombinefn::regproc AS combine FROM fixture_aggregate
             WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) ORDER BY 2 LOOP
        CREATE TEMP TABLE sound (state text);
        calls := ARRAY[format('%s(sound, state)::text::%s', t.combine, t.type), format('%s(state, sound)::text::%s', t.combine, t.type), format('%s(state, state)::text::%s', t.combine, t.type)]
            || ARRAY(SELECT call FROM accessor WHERE type = t.type ORDER BY signature);
        FOR a IN SELECT * FROM fixture_aggregate WHERE aggtranstype = t.oid ORDER BY signature LOOP
            n := n + 1;
            calls := calls || format(pg_temp.take_apart(n, a), 'state');
            EXECUTE format('INSERT INTO sound SELECT pg_temp.part_%s(%s)::text FROM fixture WHERE i <= 8 UNION ALL SELECT pg_temp.part_%1$s(%2$s)::text FROM fixture WHERE i %% 3 = 0 AND i < 60', n, a.arguments);
        END LOOP;
        calls := ARRAY(SELECT DISTINCT c FROM unnest(calls) c ORDER BY c);
        PERFORM pg_temp.probe(t.type, calls);
        EXECUTE format('INSERT INTO tally SELECT %L, count(*), count(*) FILTER (WHERE pg_temp.try(state::%s, pg_temp.mutated(decode(state, ''hex'')))), %s FROM sound, generate_series(1, %s)', t.type, t.type, cardinality(calls), current_setting('mutated.each'));
        DROP TABLE sound;
    END LOOP;
END
$$;
SELECT plan(3);
SELECT is((SELECT string_agg(DISTINCT what || ': ' || outcome || coalesce(' of ' || left(state, 400), ''), E'\n') FROM verdict), NULL, 'changed states: an answer or a named error from every input, combine, final and accessor');
SELECT is((SELECT string_agg(t.oid::regtype::text, ', ') FROM pg_type t WHERE typnamespace = 'terrbal'::regnamespace AND typtype = 'b' AND typelem = 0 AND NOT EXISTS (SELECT FROM tally WHERE type = t.oid AND calls > 3)), NULL, 'of every type');
SELECT cmp_ok((SELECT sum(taken) FROM tally), '>', (SELECT sum(tried) / 5 FROM tally), (SELECT format('%s changed states, %s taken, %s calls', sum(tried), sum(taken), sum(taken * calls)) FROM tally));
SELECT * FROM finish();
