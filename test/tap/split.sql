-- Every aggregate, found from the catalogue: random splits, states through their text form, merged in random order and call by call, equal one pass to the last digit.
\ir ../fixture/calls.sql
SET client_min_messages = warning;
CREATE TEMP TABLE verdict (signature text, what text, ok boolean, note text);

DO $$
DECLARE
    a fixture_aggregate;
    whole text;
    merged text;
    finalised text;
    n int := 0;
BEGIN
    PERFORM setseed(0.4);
    FOR a IN SELECT * FROM fixture_aggregate ORDER BY signature LOOP
        n := n + 1;
        BEGIN
            EXECUTE format('SELECT terrbal.%I(%s)::text FROM fixture', a.proname, a.arguments) INTO whole;
            INSERT INTO verdict VALUES (a.signature, 'one pass answers', whole IS NOT NULL, NULL);
            finalised := pg_temp.take_apart(n, a);
            FOR k IN 1 .. 4 LOOP
                EXECUTE format('SELECT (%s)::text FROM (SELECT pg_temp.merge_%s(part ORDER BY random()) AS merged FROM (
                        SELECT pg_temp.part_%s(%s)::text::%s AS part FROM (SELECT *, floor(random() * %s) AS shard FROM fixture ORDER BY random()) f GROUP BY shard) p) m',
                    format(finalised, 'merged'), n, n, a.arguments, format_type(a.aggtranstype, NULL), (ARRAY[1, 2, 7, 100])[k]) INTO merged;
                INSERT INTO verdict VALUES (a.signature, format('split %s ways', (ARRAY[1, 2, 7, 100])[k]), merged IS NOT DISTINCT FROM whole,
                    format('one pass %s, merged %s', left(whole, 300), left(merged, 300)));
            END LOOP;
            -- as an engine's coordinator does: parts arrive as text, one call of the combine function after another, none knowing of the one before
            EXECUTE format('SELECT pg_temp.part_%s(%s)::text FROM fixture WHERE i %% 3 = 0', n, a.arguments) INTO merged;
            FOR k IN 1 .. 2 LOOP
                EXECUTE format('SELECT (%s($1::%3$s, pg_temp.part_%2$s(%4$s)::text::%3$s))::text FROM fixture WHERE i %% 3 = $2', a.aggcombinefn::regproc, n,
                    format_type(a.aggtranstype, NULL), a.arguments) USING merged, k INTO merged;
            END LOOP;
            EXECUTE format('SELECT (%s)::text', format(finalised, '$1::' || format_type(a.aggtranstype, NULL))) USING merged INTO merged;
            INSERT INTO verdict VALUES (a.signature, 'combined call by call, through text', merged IS NOT DISTINCT FROM whole, format('one pass %s, merged %s', left(whole, 300), left(merged, 300)));
        EXCEPTION WHEN OTHERS THEN
            INSERT INTO verdict VALUES (a.signature, 'runs', false, SQLSTATE || ' ' || SQLERRM);
        END;
    END LOOP;
END
$$;
SELECT plan((SELECT count(*)::int FROM verdict) + 1);
SELECT ok(ok, signature || ': ' || what) || CASE WHEN NOT ok THEN E'\n# ' || coalesce(note, '') ELSE '' END FROM verdict;
SELECT is((SELECT string_agg(DISTINCT p.oid::regprocedure::text, ', ') FROM pg_proc p JOIN pg_aggregate a ON a.aggfnoid = p.oid
           WHERE p.pronamespace = 'terrbal'::regnamespace AND p.oid NOT IN (SELECT oid FROM fixture_aggregate)
           AND NOT EXISTS (SELECT 1 FROM unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE y.typname LIKE '%\_state' OR y.typname IN ('geometry', 'regression'))),
          NULL, 'no aggregate is left out');
SELECT * FROM finish();
