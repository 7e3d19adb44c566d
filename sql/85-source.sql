-- source: whose code a refresh would run, and how the source is held while that is judged and read
CREATE FUNCTION lock_source(source_schema text, source_name text) RETURNS regclass
    AS 'MODULE_PATHNAME', 'terrbal_lock_source' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_source(text, text) IS 'Takes the lock of a reader on the relation of that name, if the caller may read it, until the end of the transaction; NULL if there is none';

CREATE FUNCTION lock_writers(relation regclass) RETURNS void
    AS 'MODULE_PATHNAME', 'terrbal_lock_writers' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_writers(regclass) IS 'Waits until no other transaction that called it for this relation is open; needs the INSERT privilege; readers and writers go on';

CREATE FUNCTION lock_writable(tables regclass[]) RETURNS void
    AS 'MODULE_PATHNAME', 'terrbal_lock_writable' LANGUAGE C STRICT;
COMMENT ON FUNCTION lock_writable(regclass[]) IS 'Takes the lock of a writer on those of these tables that the caller may write, until the end of the transaction: nobody gives them a trigger or another owner meanwhile';

CREATE FUNCTION in_transaction_block() RETURNS boolean
    AS 'MODULE_PATHNAME', 'terrbal_in_transaction_block' LANGUAGE C STRICT;
COMMENT ON FUNCTION in_transaction_block() IS 'Was a transaction begun by the client, so that a procedure cannot commit?';

CREATE FUNCTION confined_refresh(number bigint) RETURNS run
    AS 'MODULE_PATHNAME', 'terrbal_confined_refresh' LANGUAGE C STRICT;
COMMENT ON FUNCTION confined_refresh(bigint) IS 'run_refresh in a security-restricted operation: what the source runs cannot change the role, keep a setting, make temporary objects or defer triggers';

CREATE FUNCTION confined_units(relation regclass, code text, name text, geometry text, level text) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_confined_refresh' LANGUAGE C;
COMMENT ON FUNCTION confined_units(regclass, text, text, text, text) IS 'run_units in a security-restricted operation, see confined_refresh';

-- As a set, so that a check of many objects looks once
CREATE FUNCTION superuser_owner() RETURNS SETOF oid LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolsuper
    UNION ALL
    SELECT o.oid FROM pg_catalog.pg_roles o
    JOIN pg_catalog.pg_database d ON d.datname = pg_catalog.current_database()
    JOIN pg_catalog.pg_roles r ON r.oid = d.datdba AND r.rolsuper
    WHERE o.rolname = 'pg_database_owner';
END;
COMMENT ON FUNCTION superuser_owner() IS 'The roles that are superusers, and pg_database_owner where the owner of the database is one';

CREATE FUNCTION superuser_owned(owner oid) RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM terrbal.superuser_owner() s (role) WHERE s.role = owner);
COMMENT ON FUNCTION superuser_owned(oid) IS 'Is this owner a superuser? pg_database_owner counts as the owner of the database';

-- What such a role may do ends at no schema: through it a stranger's code would reach the whole server, or every table of it.
CREATE FUNCTION privileged_role() RETURNS boolean LANGUAGE sql STABLE
RETURN EXISTS (SELECT FROM pg_catalog.pg_roles r
    WHERE (r.rolsuper OR r.rolcreaterole OR r.rolreplication OR r.rolbypassrls OR r.rolname IN ('pg_execute_server_program', 'pg_write_server_files',
            'pg_read_server_files', 'pg_write_all_data', 'pg_read_all_data'))
        AND pg_catalog.pg_has_role(r.oid, 'MEMBER'));
COMMENT ON FUNCTION privileged_role() IS 'Is the current role a superuser, or a member of a role that is as good as one: CREATEROLE, REPLICATION, BYPASSRLS, server files and programs, all data';

-- Its owner can change every one of these at any time, and planning or running a SELECT over the source may call it: planning folds IMMUTABLE functions of
-- index expressions, extended statistics, partition keys, constraints. If all belong to superusers, only a superuser can add to what is reached: an index,
-- a child, a policy needs the owner of the table. Hence no lock below the source is needed; one pass over one snapshot is enough.
CREATE FUNCTION reached_object(roots oid[]) RETURNS TABLE (classid oid, objid oid)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE node (classid, objid) AS (
        SELECT 'pg_catalog.pg_class'::regclass::oid, o FROM unnest(roots) o
        UNION
        SELECT e.classid, e.objid
        FROM node n
        CROSS JOIN LATERAL (
            -- what it stands on; extensions own nothing that runs, and schemas are names
            SELECT d.refclassid, d.refobjid FROM pg_catalog.pg_depend d
            WHERE d.classid = n.classid AND d.objid = n.objid AND d.deptype NOT IN ('e', 'x')
                AND d.refclassid NOT IN ('pg_catalog.pg_namespace'::regclass, 'pg_catalog.pg_extension'::regclass)
            -- what hangs on a relation: the rule of a view, indexes, statistics, children, constraints but not foreign keys, expressions of columns, policies
            UNION ALL
            SELECT h.classid, h.objid FROM (
                SELECT 'pg_catalog.pg_rewrite'::regclass, r.oid, r.ev_class FROM pg_catalog.pg_rewrite r
                JOIN pg_catalog.pg_class c ON c.oid = r.ev_class WHERE r.ev_type = '1' AND c.relkind <> 'm'
                UNION ALL
                SELECT 'pg_catalog.pg_class'::regclass, i.indexrelid, i.indrelid FROM pg_catalog.pg_index i
                UNION ALL
                SELECT 'pg_catalog.pg_statistic_ext'::regclass, s.oid, s.stxrelid FROM pg_catalog.pg_statistic_ext s
                UNION ALL
                SELECT 'pg_catalog.pg_class'::regclass, i.inhrelid, i.inhparent FROM pg_catalog.pg_inherits i
                UNION ALL
                SELECT 'pg_catalog.pg_constraint'::regclass, k.oid, k.conrelid FROM pg_catalog.pg_constraint k WHERE k.contype <> 'f'
                UNION ALL
                SELECT 'pg_catalog.pg_attrdef'::regclass, a.oid, a.adrelid FROM pg_catalog.pg_attrdef a
                UNION ALL
                SELECT 'pg_catalog.pg_policy'::regclass, p.oid, p.polrelid FROM pg_catalog.pg_policy p) h (classid, objid, relation)
            WHERE n.classid = 'pg_catalog.pg_class'::regclass AND h.relation = n.objid
            -- the constraints of a domain, the columns of a composite type
            UNION ALL
            SELECT 'pg_catalog.pg_constraint'::regclass, k.oid FROM pg_catalog.pg_constraint k
            WHERE n.classid = 'pg_catalog.pg_type'::regclass AND k.conrelid = 0 AND k.contypid = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_class'::regclass, t.typrelid FROM pg_catalog.pg_type t
            WHERE n.classid = 'pg_catalog.pg_type'::regclass AND t.oid = n.objid AND t.typrelid <> 0
            -- what the planner puts in the place of an operator, what an operator class calls
            UNION ALL
            SELECT 'pg_catalog.pg_operator'::regclass, unnest(ARRAY[o.oprcom, o.oprnegate]) FROM pg_catalog.pg_operator o
            WHERE n.classid = 'pg_catalog.pg_operator'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_operator'::regclass, a.amopopr FROM pg_catalog.pg_amop a
            WHERE n.classid = 'pg_catalog.pg_opfamily'::regclass AND a.amopfamily = n.objid
            UNION ALL
            SELECT 'pg_catalog.pg_proc'::regclass, a.amproc::oid FROM pg_catalog.pg_amproc a
            WHERE n.classid = 'pg_catalog.pg_opfamily'::regclass AND a.amprocfamily = n.objid) e (classid, objid))
    SELECT n.classid, n.objid FROM node n;
END;
COMMENT ON FUNCTION reached_object(oid[]) IS 'Everything that planning or running a SELECT over these relations may call or read, themselves included, as addresses of the catalogue';

-- Planning takes ten times as long as the pass itself: one plan serves all sources of a session.
CREATE FUNCTION stranger_object(roots oid[]) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    me oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = CURRENT_USER);
BEGIN
    RETURN (
        SELECT format('%s is owned by %s', pg_describe_object(x.classid, x.objid, 0), x.owner::regrole) AS what
        FROM terrbal_support.reached_object(roots) n
        CROSS JOIN LATERAL (
            -- the owner of an index or a row type is that of its table
            SELECT n.classid, n.objid, c.relowner AS owner FROM pg_class c
            WHERE n.classid = 'pg_class'::regclass AND c.oid = n.objid AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
            UNION ALL
            SELECT n.classid, n.objid, p.proowner FROM pg_proc p WHERE n.classid = 'pg_proc'::regclass AND p.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, t.typowner FROM pg_type t
            LEFT JOIN pg_class c ON c.oid = t.typrelid
            WHERE n.classid = 'pg_type'::regclass AND t.oid = n.objid AND coalesce(c.relkind, 'c') = 'c' AND t.typcategory <> 'A'
            UNION ALL
            SELECT n.classid, n.objid, o.oprowner FROM pg_operator o WHERE n.classid = 'pg_operator'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, o.opcowner FROM pg_opclass o WHERE n.classid = 'pg_opclass'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, o.opfowner FROM pg_opfamily o WHERE n.classid = 'pg_opfamily'::regclass AND o.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, c.collowner FROM pg_collation c WHERE n.classid = 'pg_collation'::regclass AND c.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, l.lanowner FROM pg_language l WHERE n.classid = 'pg_language'::regclass AND l.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, s.stxowner FROM pg_statistic_ext s WHERE n.classid = 'pg_statistic_ext'::regclass AND s.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, s.srvowner FROM pg_foreign_server s WHERE n.classid = 'pg_foreign_server'::regclass AND s.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, f.fdwowner FROM pg_foreign_data_wrapper f WHERE n.classid = 'pg_foreign_data_wrapper'::regclass AND f.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, c.cfgowner FROM pg_ts_config c WHERE n.classid = 'pg_ts_config'::regclass AND c.oid = n.objid
            UNION ALL
            SELECT n.classid, n.objid, d.dictowner FROM pg_ts_dict d WHERE n.classid = 'pg_ts_dict'::regclass AND d.oid = n.objid) x
        WHERE x.owner <> me AND x.owner <> ALL (ARRAY(SELECT s FROM terrbal_support.superuser_owner() s))
        ORDER BY x.classid <> 'pg_class'::regclass, 1 LIMIT 1);
END
$$;
COMMENT ON FUNCTION stranger_object(oid[]) IS 'What is reached from these relations and belongs neither to a superuser nor to the current role, as text; NULL if nothing';

CREATE FUNCTION untrusted_owner(source regclass) RETURNS text
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN coalesce(terrbal_support.stranger_object(ARRAY[source::oid]), (
        SELECT format('schema %I is owned by %s', s.nspname, s.nspowner::regrole)
        FROM pg_class c JOIN pg_namespace s ON s.oid = c.relnamespace
        WHERE c.oid = source AND s.nspowner <> (SELECT r.oid FROM pg_roles r WHERE r.rolname = CURRENT_USER) AND s.nspowner <> ALL (ARRAY(SELECT o FROM terrbal_support.superuser_owner() o))));
END
$$;
COMMENT ON FUNCTION untrusted_owner(regclass) IS 'What below a source could run code of someone who is not a superuser, as text; NULL if nothing: only then may a superuser refresh from it';

-- A privileged role also writes: triggers and rules on the tables of the monitor run as the writer. And what is judged must be what is read: in an older
-- snapshot the check would see what the owner has changed since, while the SELECT is planned over the catalogue of today.
CREATE FUNCTION guard_publisher(VARIADIC tables regclass[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    closed regclass := (SELECT name FROM unnest(tables) WITH ORDINALITY t (name, place) WHERE NOT has_table_privilege(name, 'INSERT') ORDER BY place LIMIT 1);
BEGIN
    IF closed IS NOT NULL THEN
        RAISE EXCEPTION 'permission denied: role % may not write to %', CURRENT_USER, closed
            USING ERRCODE = 'insufficient_privilege', HINT = 'The page of the monitor lists what readers, publishers and administrators are granted.';
    END IF;
END
$$;
COMMENT ON FUNCTION guard_publisher(regclass[]) IS 'Refuses a role that may not write to one of these tables of the monitor, before anything is read or written';

CREATE FUNCTION guard_privileged() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    -- by name: a search of the catalogue takes longer the more tables and views a database has
    tables regclass[] := '{terrbal.unit,terrbal.indicator,terrbal.run,terrbal.run_issue,terrbal.observation,terrbal.revision,terrbal.observation_state,terrbal.hierarchy,terrbal.succession,terrbal.threshold,terrbal.target,terrbal.dimension_member}';
    stranger text;
BEGIN
    IF NOT terrbal.privileged_role() THEN
        RETURN;
    END IF;
    IF current_setting('transaction_isolation') NOT IN ('read committed', 'read uncommitted') THEN
        RAISE EXCEPTION 'role % cannot refresh in a % transaction', CURRENT_USER, current_setting('transaction_isolation')
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Use READ COMMITTED, or refresh as a publisher role that is not a superuser.';
    END IF;
    PERFORM terrbal_support.lock_writable(tables);
    SELECT x.what INTO stranger FROM (
        SELECT format('table %s is owned by %s', c.oid::regclass, c.relowner::regrole), c.relowner FROM pg_class c WHERE c.oid = ANY (tables)
        -- who holds the TRIGGER privilege needs not own the table
        UNION ALL
        SELECT format('trigger %s on %s calls %s, which is owned by %s', quote_ident(t.tgname), t.tgrelid::regclass, p.oid::regprocedure, p.proowner::regrole), p.proowner
        FROM pg_trigger t
        JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_proc'::regclass
        JOIN pg_proc p ON p.oid = d.refobjid
        WHERE t.tgrelid = ANY (tables) AND NOT t.tgisinternal) x (what, owner)
    WHERE x.owner <> ALL (ARRAY(SELECT s FROM terrbal_support.superuser_owner() s)) ORDER BY 1 LIMIT 1;
    IF stranger IS NOT NULL THEN
        RAISE EXCEPTION '%', stranger USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Writing the tables of the monitor would run its owner''s code: refresh as a publisher role that is not a superuser.';
    END IF;
END
$$;
COMMENT ON FUNCTION guard_privileged() IS 'Refuses a refresh by a superuser, or a role as good as one, outside READ COMMITTED, or while the tables of the monitor carry a stranger''s code';
