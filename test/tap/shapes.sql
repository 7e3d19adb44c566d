-- Every shape of state, drawn from the catalogue: its code is its own, and what its functions return when called by hand is what may be stored.
BEGIN;
SET client_min_messages = warning;
CREATE SCHEMA store;
\ir ../fixture/shapes.sql

-- one row for each state that a transition or a combine returns outside an aggregate: as it is, and through its text form
CREATE TEMP TABLE stored (shape text, type regtype, what text, code text, size int, packed_size int);
DO $$
DECLARE
    s fixture_shape;
    transition regproc;
    combine regproc;
BEGIN
    FOR s IN SELECT * FROM fixture_shape WHERE type IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) LOOP
        transition := (s.aggregate).aggtransfn;
        combine := (s.aggregate).aggcombinefn;
        -- of one row, of one more, and of two states
        EXECUTE format('CREATE TABLE store.one AS SELECT i, %s(NULL::%s, %s) AS state FROM fixture WHERE i < 40', transition, s.type, (s.aggregate).arguments);
        DELETE FROM store.one WHERE state IS NULL;
        EXECUTE format('CREATE TABLE store.two AS SELECT i, %s(one.state, %s) AS state FROM store.one JOIN fixture USING (i) WHERE i < 20', transition, (s.aggregate).arguments);
        EXECUTE format('CREATE TABLE store.merged AS SELECT i, %s(one.state, two.state) AS state FROM store.one JOIN store.two USING (i)
            UNION ALL SELECT i, %1$s(NULL, state) FROM store.one', combine);
        EXECUTE format('CREATE TABLE store.both AS SELECT what, state, state::text::%s AS again
            FROM (SELECT ''transition'' AS what, * FROM store.one UNION ALL SELECT ''second transition'', * FROM store.two UNION ALL SELECT ''combine'', * FROM store.merged) x', s.type);
        EXECUTE format('INSERT INTO stored SELECT %L, %L, what, substr(state::text, 7, 2), pg_column_size(state), pg_column_size(again) FROM store.both', s.shape, s.type);
        DROP TABLE store.one, store.two, store.merged, store.both;
    END LOOP;
END
$$;

SELECT plan(8);
SELECT is_empty($$SELECT t.oid::regtype FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
        JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
    WHERE t.typtype = 'b' AND t.typcategory <> 'A' AND t.oid NOT IN (SELECT type FROM stored)$$, 'every type of state is met');
SELECT is_empty($$SELECT shape FROM fixture_shape WHERE type IN (SELECT type FROM stored) EXCEPT SELECT shape FROM stored WHERE what = 'combine'$$, 'every transition and combine answers');
SELECT is_empty($$SELECT type, array_agg(DISTINCT code) FROM stored GROUP BY 1 HAVING count(DISTINCT code) <> 1$$, 'a type of state has one code');
SELECT is_empty($$SELECT code, array_agg(DISTINCT type) FROM stored GROUP BY 1 HAVING count(DISTINCT type) <> 1$$, 'no code is used twice');
SELECT is_empty($$SELECT shape, what, size, packed_size FROM stored WHERE size <> packed_size$$, 'what is returned outside an aggregate is packed');

-- An aggregate of a user's own may end without a final function. Its state is readable by the library that made it.
CREATE AGGREGATE store.bare (float8) (SFUNC = terrbal_support.sample_transition, STYPE = terrbal.sample_state);
CREATE TABLE store.open AS SELECT store.bare(x) AS state FROM generate_series(1, 100) x;
SELECT is((SELECT terrbal.gini(state) FROM store.open), (SELECT terrbal.gini(x::float8) FROM generate_series(1, 100) x), 'an open state is read by the library that wrote it');
SELECT is((SELECT state::text FROM store.open), (SELECT terrbal.sample_state(x)::text FROM generate_series(1, 100) x), 'and sent in the packed form');
SELECT is((SELECT pg_column_size(terrbal_support.sample_final(state)) FROM store.open), (SELECT pg_column_size(terrbal.sample_state(x)) FROM generate_series(1, 100) x), 'and packed by its final function');
SELECT * FROM finish();
ROLLBACK;
