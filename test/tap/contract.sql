-- What parallel and distributed engines need of an aggregate, and what the surface promises of every member, asked of the catalogue.
BEGIN;
CREATE TEMP VIEW member AS
SELECT d.classid, d.objid, p.*, pg_get_functiondef(CASE WHEN p.prokind <> 'a' THEN p.oid END) AS definition
FROM pg_extension e JOIN pg_depend d ON d.refobjid = e.oid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
JOIN pg_proc p ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
WHERE e.extname = 'terrbal';
CREATE TEMP VIEW aggregate AS
SELECT m.oid::regprocedure::text AS name, m.*, a.*, t.typtype, t.typsend, t.typreceive, t.typlen
FROM member m JOIN pg_aggregate a ON a.aggfnoid = m.oid JOIN pg_type t ON t.oid = a.aggtranstype;

SELECT plan(16);
SELECT cmp_ok(count(*), '>=', 5::bigint, 'there are aggregates to look at') FROM aggregate;
SELECT is_empty($$SELECT name FROM aggregate WHERE typtype <> 'b' OR typlen <> -1 AND aggtranstype <> 'float8'::regtype$$, 'states are concrete base types, never internal');
SELECT is_empty($$SELECT name FROM aggregate WHERE typsend = 0 OR typreceive = 0$$, 'states have send and receive');
SELECT is_empty($$SELECT name FROM aggregate WHERE aggcombinefn = 0$$, 'every aggregate combines');
SELECT is_empty($$SELECT name FROM aggregate WHERE aggserialfn <> 0 OR aggdeserialfn <> 0$$, 'no serial functions beside the public type');
SELECT is_empty($$SELECT name FROM aggregate WHERE proparallel <> 's' OR provolatile <> 'i'$$, 'aggregates are immutable and parallel safe');
SELECT is_empty($$SELECT name FROM aggregate WHERE aggfinalmodify <> 'r'$$, 'finals do not modify the state');
SELECT is_empty($$SELECT name FROM aggregate WHERE aggkind <> 'n'$$, 'no ordered-set aggregates: order never matters');
SELECT is_empty($$SELECT name FROM aggregate, unnest(proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE y.typtype = 'p'$$, 'argument types are concrete');
SELECT is_empty($$SELECT name FROM aggregate WHERE aggtransspace = 0 AND aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace)$$,
    'growing states announce their size');
SELECT is_empty($$SELECT a.name FROM aggregate a JOIN pg_proc f ON f.oid IN (a.aggtransfn, a.aggcombinefn, a.aggfinalfn) WHERE f.proparallel <> 's' OR f.provolatile = 'v'$$,
    'support functions are parallel safe and not volatile');

SELECT is_empty($$SELECT t.typname, s.typname FROM pg_type t JOIN pg_type s ON s.typname = t.typname || 's' AND s.typnamespace = t.typnamespace WHERE t.typnamespace = 'terrbal'::regnamespace$$,
    'no type is the plural of another: generators of interfaces make one name of both');
SELECT is_empty($$SELECT oid::regprocedure FROM member WHERE obj_description(oid, 'pg_proc') IS NULL$$, 'every function has a comment');
SELECT is_empty($$SELECT oid::regprocedure FROM member WHERE prosecdef$$, 'no SECURITY DEFINER');
SELECT is_empty($$SELECT m.oid::regprocedure FROM member m JOIN pg_language l ON l.oid = prolang
    WHERE lanname = 'sql' AND prosqlbody IS NULL$$, 'SQL functions have bound bodies');
SELECT is_empty($$SELECT m.oid::regprocedure FROM member m JOIN pg_language l ON l.oid = prolang
    WHERE lanname = 'plpgsql' AND prokind <> 'p' AND NOT coalesce(proconfig::text LIKE '%search_path=%pg_catalog%', false)$$, 'plpgsql functions fix their search_path');
SELECT * FROM finish();
ROLLBACK;
