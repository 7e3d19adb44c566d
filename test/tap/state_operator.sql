-- Every type of state, drawn from the catalogue, where the server compares values: equal by canonical bytes, and only then.
BEGIN;
SET client_min_messages = warning;
CREATE SCHEMA store;

\ir ../fixture/shapes.sql
SELECT pg_temp.store();
CREATE TEMP TABLE verdict (shape text, what text, ok boolean);
CREATE TEMP TABLE fired (n int);
CREATE FUNCTION pg_temp.fire() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO fired VALUES (1); RETURN NEW; END $$;
CREATE FUNCTION pg_temp.verdict(shape text, what text, query text) RETURNS void LANGUAGE plpgsql SET search_path = public, terrbal AS $$
DECLARE
    answer boolean;
BEGIN
    EXECUTE query INTO answer;
    INSERT INTO pg_temp.verdict VALUES (shape, what, answer);
EXCEPTION WHEN OTHERS THEN
    INSERT INTO pg_temp.verdict VALUES (shape, what || ': ' || SQLERRM, false);
END
$$;
DO $$
DECLARE
    s record;
BEGIN
    FOR s IN SELECT shape, type FROM fixture_shape WHERE type IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) LOOP
        EXECUTE format('CREATE TABLE store.twice AS SELECT part, state FROM store.%1$I UNION ALL SELECT part + 100, state::text::%2$s FROM store.%1$I', s.shape, s.type);
        PERFORM pg_temp.verdict(s.shape, 'DISTINCT', 'SELECT count(DISTINCT state) = count(DISTINCT state::text) AND count(DISTINCT state) > 0 FROM store.twice');
        PERFORM set_config('enable_sort', 'off', true), set_config('enable_hashagg', 'on', true);
        PERFORM pg_temp.verdict(s.shape, 'GROUP BY, hashed', 'SELECT count(*) = (SELECT count(DISTINCT coalesce(state::text, '''')) FROM store.twice) AND bool_and(n >= 2) FROM (SELECT count(*) AS n FROM store.twice GROUP BY state) g');
        PERFORM set_config('enable_sort', 'on', true), set_config('enable_hashagg', 'off', true);
        PERFORM pg_temp.verdict(s.shape, 'GROUP BY, sorted', 'SELECT count(*) = (SELECT count(DISTINCT coalesce(state::text, '''')) FROM store.twice) AND bool_and(n >= 2) FROM (SELECT count(*) AS n FROM store.twice GROUP BY state) g');
        PERFORM set_config('enable_hashagg', 'on', true);
        PERFORM pg_temp.verdict(s.shape, 'UNION', 'SELECT (SELECT count(*) FROM (SELECT state FROM store.twice UNION SELECT state FROM store.twice) u) = (SELECT count(DISTINCT coalesce(state::text, '''')) FROM store.twice)');
        PERFORM pg_temp.verdict(s.shape, 'EXCEPT', 'SELECT NOT EXISTS (SELECT state FROM store.twice WHERE part < 50 EXCEPT SELECT state FROM store.twice WHERE part > 50)');
        PERFORM pg_temp.verdict(s.shape, 'IS DISTINCT FROM', 'SELECT bool_and((a.state IS DISTINCT FROM b.state) = (a.state::text IS DISTINCT FROM b.state::text)) FROM store.twice a, store.twice b');
        PERFORM pg_temp.verdict(s.shape, 'order', 'SELECT bool_and((a.state < b.state) = (a.state::text COLLATE "C" < b.state::text COLLATE "C") AND (a.state >= b.state) = (a.state::text COLLATE "C" >= b.state::text COLLATE "C")
            AND (a.state <= b.state) <> (a.state > b.state) AND (a.state = b.state) <> (a.state <> b.state)) FROM store.twice a, store.twice b WHERE a.state IS NOT NULL AND b.state IS NOT NULL');
        PERFORM pg_temp.verdict(s.shape, 'hash', 'SELECT bool_and(terrbal_support.state_hash(a.state) = terrbal_support.state_hash(b.state) AND (terrbal_support.state_hash_extended(a.state, 0) & 4294967295) = (terrbal_support.state_hash(b.state)::bigint & 4294967295)
            AND terrbal_support.state_hash_extended(a.state, 1) <> terrbal_support.state_hash_extended(a.state, 0)) FROM store.twice a JOIN store.twice b ON b.part = a.part + 100 AND a.state IS NOT NULL');
        PERFORM pg_temp.verdict(s.shape, 'a join', 'SELECT (SELECT count(*) FROM store.twice a JOIN store.twice b ON a.state = b.state WHERE a.part < 50 AND b.part > 50) >= (SELECT count(state) FROM store.twice WHERE part < 50)');
        EXECUTE 'CREATE TABLE store.kept (part int PRIMARY KEY, state ' || s.type || ')';
        EXECUTE 'INSERT INTO store.kept SELECT * FROM store.twice WHERE part BETWEEN 0 AND 2';
        EXECUTE 'CREATE TRIGGER t BEFORE UPDATE ON store.kept FOR EACH ROW WHEN (OLD.* IS DISTINCT FROM NEW.*) EXECUTE FUNCTION pg_temp.fire()';
        EXECUTE 'UPDATE store.kept k SET state = t.state FROM store.twice t WHERE t.part = k.part + 100';
        PERFORM pg_temp.verdict(s.shape, 'a trigger that looks at the row stays still', 'SELECT NOT EXISTS (SELECT FROM fired)');
        PERFORM set_config('search_path', 'public, terrbal', true);
        EXECUTE 'INSERT INTO store.kept AS k SELECT part - 100, state FROM store.twice WHERE part BETWEEN 100 AND 102 ON CONFLICT (part) DO UPDATE SET state = excluded.state WHERE k.state IS DISTINCT FROM excluded.state';
        EXECUTE 'MERGE INTO store.kept k USING (SELECT part - 100 AS part, state FROM store.twice WHERE part BETWEEN 100 AND 102) t ON t.part = k.part WHEN MATCHED AND k.state <> t.state THEN DELETE';
        PERFORM set_config('search_path', 'public', true);
        PERFORM pg_temp.verdict(s.shape, 'ON CONFLICT ... WHERE and MERGE write nothing', 'SELECT count(*) = 3 AND NOT EXISTS (SELECT FROM fired) FROM store.kept');
        EXECUTE 'UPDATE store.kept SET state = NULL WHERE part = 1';
        PERFORM pg_temp.verdict(s.shape, 'the trigger sees a change', 'SELECT count(*) = 1 FROM fired');
        DELETE FROM fired;
        DROP TABLE store.kept, store.twice;
    END LOOP;
END
$$;
SELECT plan((SELECT count(*)::int FROM verdict) + 3);
SELECT ok(coalesce(ok, false), shape || ': ' || what) FROM verdict;
SELECT is((SELECT string_agg(typname, ', ') FROM pg_type t WHERE typnamespace = 'terrbal'::regnamespace AND typtype = 'b' AND typelem = 0
    AND NOT EXISTS (SELECT FROM fixture_shape f WHERE f.type = t.oid)), NULL, 'every type of state was compared');
SELECT is((SELECT count(*) FROM pg_type t CROSS JOIN pg_am m WHERE typnamespace = 'terrbal'::regnamespace AND typtype = 'b' AND typelem = 0 AND m.amname IN ('btree', 'hash')
    AND NOT EXISTS (SELECT FROM pg_opclass o WHERE o.opcintype = t.oid AND o.opcmethod = m.oid AND o.opcdefault)), 0::bigint, 'and has both operator classes');
SELECT ok((SELECT bool_and(amvalidate(oid)) FROM pg_opclass WHERE opcnamespace = 'terrbal'::regnamespace), 'which are complete');
SELECT * FROM finish();
ROLLBACK;
