-- terrbal: territorial analytics inside PostgreSQL. Assembled from sql/NN-*.sql; load with CREATE EXTENSION terrbal CASCADE.
\echo Use "CREATE EXTENSION terrbal CASCADE" to load this file. \quit

-- A schema that somebody filled beforehand could put its own functions under our names.
DO $$
BEGIN
    IF EXISTS (SELECT 1 FROM pg_catalog.pg_proc WHERE pronamespace OPERATOR(pg_catalog.=) 'terrbal'::pg_catalog.regnamespace)
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_class WHERE relnamespace OPERATOR(pg_catalog.=) 'terrbal'::pg_catalog.regnamespace)
        OR EXISTS (SELECT 1 FROM pg_catalog.pg_type WHERE typnamespace OPERATOR(pg_catalog.=) 'terrbal'::pg_catalog.regnamespace) THEN
        RAISE EXCEPTION 'schema terrbal is not empty'
            USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Move or drop what it holds: the extension owns this schema.';
    END IF;
END
$$;

COMMENT ON SCHEMA terrbal IS 'Territorial analytics: flows between city and country, land value capture, fiscal equalisation';
GRANT USAGE ON SCHEMA terrbal TO PUBLIC;

-- qualified, because pg_catalog.version() comes first on every path
CREATE FUNCTION terrbal.version() RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_version' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION terrbal.version() IS 'Version of the loaded terrbal library';
