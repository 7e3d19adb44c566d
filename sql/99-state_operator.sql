-- state_operator: every type of state compares by its canonical bytes: DISTINCT, GROUP BY, UNION, IS DISTINCT FROM, MERGE, replica identity
-- One block for all types, since the functions are the same C function each: all base types of the extension are states. After every fragment that makes one.
DO $$
DECLARE
    state text;
    f record;
BEGIN
    FOR state IN SELECT t.typname FROM pg_catalog.pg_type t WHERE t.typnamespace = 'terrbal'::regnamespace AND t.typtype = 'b' AND t.typelem = 0 ORDER BY 1 LOOP
        FOR f IN SELECT * FROM (VALUES ('eq', '=', '=', '<>', 'eqsel', 'Equal canonical bytes'), ('ne', '<>', '<>', '=', 'neqsel', 'Different canonical bytes'),
                ('lt', '<', '>', '>=', 'scalarltsel', 'Before in the order of canonical bytes'), ('le', '<=', '>=', '>', 'scalarlesel', 'Not after in the order of canonical bytes'),
                ('gt', '>', '<', '<=', 'scalargtsel', 'After in the order of canonical bytes'), ('ge', '>=', '<=', '<', 'scalargesel', 'Not before in the order of canonical bytes'))
                v (name, sign, commutator, negator, selectivity, comment) LOOP
            EXECUTE format('CREATE FUNCTION terrbal.state_%1$s(a terrbal.%2$I, b terrbal.%2$I) RETURNS boolean AS ''MODULE_PATHNAME'', ''terrbal_state_%1$s'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE',
                f.name, state);
            EXECUTE format('COMMENT ON FUNCTION terrbal.state_%s(terrbal.%2$I, terrbal.%2$I) IS %3$L', f.name, state, f.comment);
            EXECUTE format('CREATE OPERATOR terrbal.%1$s (FUNCTION = terrbal.state_%2$s, LEFTARG = terrbal.%3$I, RIGHTARG = terrbal.%3$I, COMMUTATOR = OPERATOR(terrbal.%4$s), NEGATOR = OPERATOR(terrbal.%5$s), RESTRICT = %6$s, JOIN = %7$s%8$s)',
                f.sign, f.name, state, f.commutator, f.negator, f.selectivity, replace(f.selectivity, 'sel', 'joinsel'), CASE f.name WHEN 'eq' THEN ', HASHES, MERGES' ELSE '' END);
            EXECUTE format('COMMENT ON OPERATOR terrbal.%s (terrbal.%2$I, terrbal.%2$I) IS %3$L', f.sign, state, f.comment);
        END LOOP;
        EXECUTE format('CREATE FUNCTION terrbal.state_cmp(a terrbal.%1$I, b terrbal.%1$I) RETURNS integer AS ''MODULE_PATHNAME'', ''terrbal_state_cmp'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_cmp(terrbal.%1$I, terrbal.%1$I) IS ''-1, 0 or 1 in the order of canonical bytes''', state);
        EXECUTE format('CREATE FUNCTION terrbal.state_hash(state terrbal.%1$I) RETURNS integer AS ''MODULE_PATHNAME'', ''terrbal_state_hash'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_hash(terrbal.%1$I) IS ''Hash of the contents''', state);
        EXECUTE format('CREATE FUNCTION terrbal.state_hash_extended(state terrbal.%1$I, seed bigint) RETURNS bigint AS ''MODULE_PATHNAME'', ''terrbal_state_hash_extended'' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE', state);
        EXECUTE format('COMMENT ON FUNCTION terrbal.state_hash_extended(terrbal.%1$I, bigint) IS ''Hash of the contents with a seed''', state);
        EXECUTE format('CREATE OPERATOR CLASS terrbal.%2$I DEFAULT FOR TYPE terrbal.%1$I USING btree AS OPERATOR 1 terrbal.<, OPERATOR 2 terrbal.<=, OPERATOR 3 terrbal.=, OPERATOR 4 terrbal.>=, OPERATOR 5 terrbal.>, FUNCTION 1 terrbal.state_cmp(terrbal.%1$I, terrbal.%1$I)',
            state, state || '_ops');
        EXECUTE format('CREATE OPERATOR CLASS terrbal.%2$I DEFAULT FOR TYPE terrbal.%1$I USING hash AS OPERATOR 1 terrbal.=, FUNCTION 1 terrbal.state_hash(terrbal.%1$I), FUNCTION 2 terrbal.state_hash_extended(terrbal.%1$I, bigint)',
            state, state || '_ops');
        EXECUTE format('COMMENT ON OPERATOR CLASS terrbal.%I USING btree IS ''States in the order of their canonical bytes''', state || '_ops');
        EXECUTE format('COMMENT ON OPERATOR CLASS terrbal.%I USING hash IS ''States by a hash of their contents''', state || '_ops');
    END LOOP;
END
$$;
