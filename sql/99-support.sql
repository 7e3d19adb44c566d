-- support: what the types, aggregates, views and functions of the extension call, and no user, moves out of sight. \df terrbal.* shows the product.
-- By rule from the catalogue, so that a function added tomorrow is in it; by name where no rule tells. Bodies in PL/pgSQL and texts of statements, which are read when
-- they run, call it as terrbal_support.name; bodies, views and triggers bound at creation follow it. The last fragment, so that none comes after it.
DO $$
DECLARE
    block CONSTANT name[] := ARRAY[
        'add_units', 'arrival_date', 'at_least', 'at_most', 'atlas_script', 'atlas_style', 'atlas_words', 'boundary_problem', 'breakdown_expression',
        'carried_share', 'complementary_statement', 'confined_refresh', 'confined_units', 'difference_or_null', 'dimension_problem', 'finite',
        'fits_float8', 'fraction', 'guard_privileged', 'guard_publisher', 'in_transaction_block', 'indicator_units', 'infer_levels', 'is_stale', 'lesser',
        'lies_on_earth', 'line_value', 'lock_source', 'lock_writable', 'lock_writers', 'long_code', 'membership', 'merge_statement', 'nonnegative',
        'number_expression', 'one_of', 'period_expression', 'period_start', 'projected_area', 'protected_statement', 'published_columns',
        'published_view', 'raise_duplicate', 'ratio_or_null', 'reached_object', 'refusal_expression', 'register_units', 'renew_series',
        'run_finish', 'run_refresh', 'run_start', 'run_summary', 'run_units', 'run_warning', 'sdmx_period', 'sdmx_status', 'series_id',
        'series_warning', 'source_problem', 'source_statement', 'state_alike', 'state_expression', 'state_merge_statement', 'stranger_object',
        'strip_cuts', 'succession_line', 'succession_problem', 'sums_of', 'superuser_owned', 'superuser_owner', 'told_rate', 'unit_at_level', 'unit_boundary',
        'units_problem', 'units_statement'];
    f regprocedure;
BEGIN
    FOR f IN
        WITH member AS MATERIALIZED (
            SELECT d.classid, d.objid FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid
            WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'terrbal'
        ), machinery (id) AS MATERIALIZED (
            SELECT unnest(ARRAY[t.typinput, t.typoutput, t.typreceive, t.typsend, t.typmodin, t.typmodout, t.typanalyze, t.typsubscript]::oid[])
            FROM pg_type t JOIN member m ON m.classid = 'pg_type'::regclass AND m.objid = t.oid
            UNION ALL
            SELECT unnest(ARRAY[o.oprcode, o.oprrest, o.oprjoin]::oid[]) FROM pg_operator o JOIN member m ON m.classid = 'pg_operator'::regclass AND m.objid = o.oid
            UNION ALL
            SELECT a.amproc::oid FROM pg_amproc a JOIN member m ON m.classid = 'pg_opfamily'::regclass AND m.objid = a.amprocfamily
            UNION ALL
            SELECT c.castfunc FROM pg_cast c JOIN member m ON m.classid = 'pg_cast'::regclass AND m.objid = c.oid
            UNION ALL
            SELECT unnest(ARRAY[a.aggtransfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn]::oid[])
            FROM pg_aggregate a JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid::oid
            UNION ALL
            -- a final that answers something else than a state is the accessor of stored states
            SELECT p.oid FROM pg_aggregate a JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = a.aggfnoid::oid
                CROSS JOIN unnest(ARRAY[a.aggfinalfn, a.aggmfinalfn]::oid[]) final (id) JOIN pg_proc p ON p.oid = final.id
            WHERE p.prorettype = a.aggtranstype OR p.proname ~ '_final$'
        )
        SELECT p.oid FROM pg_proc p JOIN member m ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
        WHERE p.pronamespace = 'terrbal'::regnamespace AND p.prokind <> 'a'
            AND (p.oid = ANY (ARRAY(SELECT id FROM machinery)) OR p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype) OR p.proname = ANY (block))
    LOOP
        EXECUTE format('ALTER ROUTINE %s SET SCHEMA terrbal_support', f);
    END LOOP;
END
$$;
