-- What is product and what is support, asked a second time: by the dependencies that the server keeps, not by the columns that sql/99-support.sql reads.
BEGIN;
CREATE TEMP TABLE member AS
SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' WHERE e.extname = 'terrbal';
CREATE TEMP TABLE product AS SELECT p.* FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid WHERE p.pronamespace = 'terrbal'::regnamespace;
CREATE TEMP TABLE support AS SELECT p.* FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid WHERE p.pronamespace = 'terrbal_support'::regnamespace;
-- which function which object of the extension stands on
CREATE TEMP TABLE used AS
SELECT d.classid, d.objid, d.refobjid AS callee FROM pg_depend d WHERE d.refclassid = 'pg_proc'::regclass AND d.deptype IN ('n', 'a', 'i') AND d.classid <> 'pg_extension'::regclass;
-- and which names a body reads when it runs
CREATE TEMP TABLE called AS
SELECT DISTINCT p.oid AS caller, n[1] AS schema, n[2] AS name FROM (TABLE product UNION ALL TABLE support) p, regexp_matches(concat(p.prosrc, pg_get_function_sqlbody(p.oid)), '\m(terrbal|terrbal_support)\.(\w+)\(', 'g') n;
ANALYZE member, product, support, used, called;

SELECT plan(15);
SELECT is((SELECT count(*) FROM product) + (SELECT count(*) FROM support), (SELECT count(*) FROM member WHERE classid = 'pg_proc'::regclass), 'every function is in one of two schemas');
SELECT ok((SELECT count(*) FROM product) > 500 AND (SELECT count(*) FROM support) > 500, 'both hold hundreds');
SELECT is((SELECT string_agg(pg_describe_object(classid, objid, 0), ', ') FROM member WHERE classid = 'pg_namespace'::regclass), 'schema terrbal_support', 'the second schema belongs to the extension');

-- schema terrbal: nothing that only the machinery calls
SELECT is_empty($$SELECT p.oid::regprocedure, pg_describe_object(u.classid, u.objid, 0) FROM product p JOIN used u ON u.callee = p.oid
    WHERE u.classid IN ('pg_type'::regclass, 'pg_operator'::regclass, 'pg_opfamily'::regclass, 'pg_opclass'::regclass, 'pg_amproc'::regclass, 'pg_cast'::regclass, 'pg_trigger'::regclass,
        'pg_event_trigger'::regclass)$$, 'no type, operator, cast or trigger stands on a function that shows');
SELECT is_empty($$SELECT p.oid::regprocedure, a.oid::regprocedure FROM product p JOIN used u ON u.callee = p.oid AND u.classid = 'pg_proc'::regclass
    JOIN pg_proc a ON a.oid = u.objid AND a.prokind = 'a' JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = a.oid JOIN pg_aggregate g ON g.aggfnoid = a.oid
    WHERE p.pronargs <> 1 OR p.prorettype <> a.prorettype OR p.prorettype = g.aggtranstype$$, 'an aggregate stands on one only if it is the accessor of its stored state');
SELECT is_empty($$SELECT oid::regprocedure FROM product WHERE prorettype IN ('internal'::regtype, 'cstring'::regtype, 'trigger'::regtype, 'event_trigger'::regtype)
    OR 'internal'::regtype = ANY (proargtypes::oid[]) OR 'cstring'::regtype = ANY (proargtypes::oid[])$$, 'none takes or gives what SQL cannot hold');
SELECT is_empty($$SELECT oid::regprocedure FROM product WHERE proname ~ '_(transition|combine|final|accum|step|recv|send)$'$$, 'none bears the name of a part');

-- schema terrbal_support: nothing else
SELECT is_empty($$SELECT oid::regprocedure FROM support WHERE prokind <> 'f'$$, 'no aggregate, window function or procedure is support');
SELECT is_empty($$SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'terrbal_support'::regnamespace UNION ALL SELECT oid::regtype::text FROM pg_type WHERE typnamespace = 'terrbal_support'::regnamespace
    UNION ALL SELECT oid::regoperator::text FROM pg_operator WHERE oprnamespace = 'terrbal_support'::regnamespace$$, 'no table, view, type or operator');
SELECT is_empty($$SELECT proname FROM support INTERSECT SELECT proname FROM product$$, 'no name stands in both: one path for a name');
SELECT is((SELECT string_agg(s.oid::regprocedure::text, ', ' ORDER BY proname COLLATE "C") FROM support s
    WHERE NOT EXISTS (SELECT FROM used WHERE callee = s.oid)
        AND NOT EXISTS (SELECT FROM called c WHERE c.schema = 'terrbal_support' AND c.name = s.proname AND c.caller <> s.oid)),
    'terrbal_support.finite(numeric,text), terrbal_support.run_refresh(bigint), terrbal_support.run_units(regclass,text,text,text,text), terrbal_support.superuser_owned(oid)',
    'each part is used, but for two that the library calls by name and two of 1.0 that nothing calls any more');
-- read when they run: a body that calls a part where it no longer is
SELECT is_empty($$SELECT c.caller::regprocedure, c.name FROM called c JOIN support s ON s.proname = c.name WHERE c.schema = 'terrbal'$$, 'no body looks for a part in schema terrbal');

-- rights: whoever may call an aggregate may call what it is made of
CREATE ROLE tap_support_guest;
SELECT is((SELECT nspacl::text FROM pg_namespace WHERE nspname = 'terrbal_support'), (SELECT nspacl::text FROM pg_namespace WHERE nspname = 'terrbal'), 'the schema is open to whom terrbal is open to');
SELECT is_empty($$SELECT oid::regprocedure FROM support WHERE NOT has_function_privilege('tap_support_guest', oid, 'EXECUTE')$$, 'everybody may execute every part');
SET LOCAL ROLE tap_support_guest;
SELECT throws_ok('CREATE FUNCTION terrbal_support.sneak() RETURNS int LANGUAGE sql RETURN 1', '42501', 'permission denied for schema terrbal_support', 'but add none');
RESET ROLE;
SELECT * FROM finish();
ROLLBACK;
