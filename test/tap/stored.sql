-- What can be stored can be read back: a state of every aggregate of the catalogue, merged with itself until that is refused or 60 times; each result on
-- the way is written as text and read again. Eight rows doubled 50 times are 2^53, the most that a state may stand for.
\ir ../fixture/calls.sql
SET client_min_messages = warning;
CREATE TEMP TABLE verdict (signature text, doublings int, ended text, unread text);

-- Stops at 20 kB too: what keeps every row would only grow
CREATE FUNCTION pg_temp.doubled(signature text, combine regproc, type regtype, state anyelement) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    written text;
    again text;
    unread text;
    ended text := '60 doublings';
    n int := 0;
BEGIN
    WHILE n < 60 LOOP
        BEGIN
            EXECUTE format('SELECT %s($1, $1)', combine) INTO state USING state;
        EXCEPTION WHEN OTHERS THEN
            ended := SQLSTATE || ' ' || SQLERRM;
            EXIT;
        END;
        n := n + 1;
        written := state::text;
        BEGIN
            EXECUTE format('SELECT ($1::%s)::text', type) INTO again USING written;
            IF again IS DISTINCT FROM written THEN unread := coalesce(unread, format('doubling %s is read as another', n)); END IF;
        EXCEPTION WHEN OTHERS THEN
            unread := coalesce(unread, format('doubling %s: %s', n, SQLERRM));
        END;
        IF length(written) > 20000 THEN ended := 'large'; EXIT; END IF;
    END LOOP;
    INSERT INTO verdict VALUES (signature, n, ended, unread);
END
$$;
DO $$
DECLARE
    a fixture_aggregate;
    n int := 0;
BEGIN
    FOR a IN SELECT * FROM fixture_aggregate WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) ORDER BY signature LOOP
        n := n + 1;
        PERFORM pg_temp.take_apart(n, a);
        EXECUTE format('SELECT pg_temp.doubled(%L, %L, %L, pg_temp.part_%s(%s)) FROM fixture WHERE i <= 8', a.signature, a.aggcombinefn::regproc, a.aggtranstype::regtype, n, a.arguments);
    END LOOP;
END
$$;

SELECT plan(6);
SELECT cmp_ok((SELECT count(*) FROM verdict WHERE doublings >= 5), '>=', 100::bigint, 'there is much to read');
SELECT is((SELECT string_agg(signature || ': ' || unread, E'\n') FROM verdict), NULL, 'every state that a merge gives is read back as it was written');
SELECT is((SELECT string_agg(signature || ': ' || ended, E'\n') FROM verdict WHERE ended NOT IN ('60 doublings', 'large') AND ended !~ '^(54000|22003) .*(_state|regression_rows)'), NULL,
    'what is refused is refused by the name of the state');
SELECT cmp_ok((SELECT count(*) FROM verdict WHERE ended LIKE '54000 % would stand for more than 2^53 rows' AND doublings = 50), '>=', 20::bigint, 'counted rows end at 2^53 exactly');

-- a row on top of that is one too many, and sums of huge numbers end before infinity
CREATE FUNCTION pg_temp.full_sample() RETURNS terrbal.sample_state LANGUAGE sql AS
$$SELECT ('7462010100000002' || lpad('2', 16, '0') || lpad('0', 16, '0') || 'bff0000000000000' || '0020000000000000')::terrbal.sample_state$$;
SELECT throws_ok('SELECT terrbal_support.sample_transition(pg_temp.full_sample(), 1.0)', '54000', 'sample_state would stand for more than 2^53 rows', 'nor does a transition add a row to as many');
SELECT throws_ok('SELECT terrbal.urbanisation_state(11::smallint, 1.7e308, 1.0) FROM generate_series(1, 2)', '22003', 'a sum in urbanisation_state is out of range', 'nor does a sum become infinite');
SELECT * FROM finish();
