-- States of a few bytes that stand for some 2^52 rows, made by merging each state with itself, through every final and every accessor of the catalogue:
-- an answer or a named error, soon, and in little memory. What writes out one number a row takes petabytes here.
\ir ../fixture/accessors.sql
SET client_min_messages = warning;
SET statement_timeout = '600s'; -- of the whole block below: against hanging only, since work is measured in time of the processor
CREATE TEMP TABLE verdict (what text, took float8, outcome text);
CREATE TEMP TABLE doubled (type regtype, signature text, doublings int, bytes int);

-- Peak memory of this backend in megabytes, as the kernel counted it
CREATE FUNCTION pg_temp.peak() RETURNS int LANGUAGE sql AS
$$SELECT (regexp_match(pg_read_file('/proc/self/status'), 'VmHWM:\s*(\d+)'))[1]::int / 1024$$;

-- Seconds of processor that this backend has used: those that pass depend on what else the machine does
CREATE FUNCTION pg_temp.worked() RETURNS float8 LANGUAGE sql AS
$$SELECT (f[14]::float8 + f[15]::float8) / 100 FROM regexp_split_to_array(pg_read_file('/proc/self/stat'), '\s+') f$$;

CREATE FUNCTION pg_temp.attempt(what text, query text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    began float8 := pg_temp.worked();
    result text;
BEGIN
    EXECUTE query INTO result;
    INSERT INTO verdict VALUES (what, pg_temp.worked() - began, 'answers');
EXCEPTION WHEN OTHERS THEN
    INSERT INTO verdict VALUES (what, pg_temp.worked() - began, SQLSTATE || ' ' || SQLERRM);
END
$$;

-- Eight rows, merged with themselves 49 times, the packed form between; states that keep every row stop at a few kilobytes
CREATE FUNCTION pg_temp.twice(combine regproc, type regtype, INOUT state anyelement, INOUT times int) LANGUAGE plpgsql AS $$
BEGIN
    FOR k IN 1 .. 49 LOOP
        EXECUTE format('SELECT %s(s, s)::text::%s FROM (SELECT $1::text::%2$s AS s) x', combine, type) INTO state USING state;
        times := k;
        EXIT WHEN length(state::text) > 8000;
    END LOOP;
END
$$;
CREATE TEMP TABLE before AS SELECT pg_temp.peak() AS peak;
DO $$
DECLARE
    a fixture_aggregate;
    f accessor;
    finalised text;
    n int := 0;
BEGIN
    FOR a IN SELECT * FROM fixture_aggregate WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) ORDER BY signature LOOP
        n := n + 1;
        finalised := pg_temp.take_apart(n, a);
        EXECUTE format('CREATE TEMP TABLE many AS SELECT %L AS signature, t.* FROM (SELECT pg_temp.part_%s(%s) AS part FROM fixture WHERE i <= 8) p, LATERAL pg_temp.twice(%L, %L, part, 0) t',
            a.signature, n, a.arguments, a.aggcombinefn::regproc, a.aggtranstype::regtype);
        INSERT INTO doubled SELECT a.aggtranstype, a.signature, times, pg_column_size(state) FROM many;
        PERFORM pg_temp.attempt(a.signature, format('SELECT (%s)::text FROM many', format(finalised, 'state')));
        FOR f IN SELECT * FROM accessor WHERE type = a.aggtranstype LOOP
            PERFORM pg_temp.attempt(f.signature || ' of ' || a.signature, format('SELECT (%s)::text FROM many, (SELECT * FROM fixture WHERE i = 1) f', f.call));
        END LOOP;
        DROP TABLE many;
    END LOOP;
END
$$;

SELECT plan(5);
SELECT cmp_ok((SELECT count(*) FROM doubled WHERE doublings = 49), '>=', 80::bigint, 'most states stay small however many rows they stand for');
SELECT is((SELECT string_agg(signature, ', ') FROM accessor WHERE call IS NULL), NULL, 'no accessor is left out');
SELECT is((SELECT string_agg(what || ': ' || outcome, E'\n') FROM verdict WHERE outcome <> 'answers' AND outcome NOT SIMILAR TO '(22|54)___ %'), NULL,
    'every final and accessor answers or says what it refuses');
SELECT is((SELECT string_agg(format('%s: %s s', what, round(took::numeric, 1)), E'\n') FROM verdict WHERE took > 5), NULL, 'soon');
SELECT cmp_ok(pg_temp.peak() - (SELECT peak FROM before), '<', 100, 'in little memory');
SELECT * FROM finish();
