-- terrbal: territorial analytics inside PostgreSQL. Assembled from sql/NN-*.sql; load with CREATE EXTENSION terrbal CASCADE.
\echo Use "CREATE EXTENSION terrbal CASCADE" to load this file. \quit

-- Whoever made the schema beforehand could put functions or operators under our names, now or, as its owner, later.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_depend
               WHERE refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_namespace'::pg_catalog.regclass
                 AND refobjid OPERATOR(pg_catalog.=) 'terrbal'::pg_catalog.regnamespace
                 AND classid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_extension'::pg_catalog.regclass) THEN
        RAISE EXCEPTION 'schema terrbal is not empty'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Move or drop what it holds: the extension owns this schema.';
    END IF;
    IF NOT (SELECT rolsuper FROM pg_catalog.pg_namespace n JOIN pg_catalog.pg_roles r ON r.oid OPERATOR(pg_catalog.=) n.nspowner
            WHERE n.oid OPERATOR(pg_catalog.=) 'terrbal'::pg_catalog.regnamespace) THEN
        RAISE EXCEPTION 'schema terrbal belongs to a role that is not a superuser'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Drop it, or ALTER SCHEMA terrbal OWNER TO a superuser.';
    END IF;
END
$$;

COMMENT ON SCHEMA terrbal IS 'Territorial analytics: flows between city and country, land value capture, fiscal equalisation';
GRANT USAGE ON SCHEMA terrbal TO PUBLIC;

-- for what no user calls: 99-support.sql moves it there. An existing schema of that name stops the installation.
CREATE SCHEMA terrbal_support;
COMMENT ON SCHEMA terrbal_support IS 'Parts of terrbal that its own types, aggregates, views and functions call';
GRANT USAGE ON SCHEMA terrbal_support TO PUBLIC;

-- qualified, because pg_catalog.version() comes first on every path
CREATE FUNCTION terrbal.version() RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION terrbal.version() IS 'Version of the loaded terrbal library';
