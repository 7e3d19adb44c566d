-- Every aggregate gives the same answer whatever the plan: serial, two workers, partition-wise, sorted groups, little memory.
\ir ../fixture/calls.sql
SET client_min_messages = warning;
CREATE TABLE plan_rows AS SELECT * FROM fixture;
ALTER TABLE plan_rows SET (parallel_workers = 2);
CREATE TABLE plan_parts (LIKE plan_rows) PARTITION BY LIST (grp);
CREATE TABLE plan_part_a PARTITION OF plan_parts FOR VALUES IN ('g0', 'g1');
CREATE TABLE plan_part_b PARTITION OF plan_parts FOR VALUES IN ('g2', 'g3', 'g4');
INSERT INTO plan_parts SELECT * FROM plan_rows;
ANALYZE plan_rows, plan_parts;
CREATE TEMP TABLE answer (signature text, plan text, value text);

CREATE FUNCTION pg_temp.run(plan text, source text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    a record;
    value text;
BEGIN
    FOR a IN SELECT * FROM fixture_aggregate LOOP
        BEGIN
            EXECUTE format('SELECT string_agg(v, '';'' ORDER BY k) FROM (SELECT i %% 3 AS k, terrbal.%I(%s)::text AS v FROM %s GROUP BY 1) g', a.proname, a.arguments, source) INTO value;
        EXCEPTION WHEN OTHERS THEN
            value := SQLSTATE || ' ' || SQLERRM;
        END;
        INSERT INTO answer VALUES (a.signature, plan, value);
    END LOOP;
END
$$;
SELECT pg_temp.run('serial', 'plan_rows');
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 2;
SELECT pg_temp.run('two workers', 'plan_rows');
-- called debug_parallel_query from 16 on
SELECT set_config(name, 'on', false) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT pg_temp.run('forced parallel', 'plan_rows');
SELECT set_config(name, 'off', false) FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SET enable_hashagg = off;
SET work_mem = '64kB';
SELECT pg_temp.run('sorted, 64 kB', 'plan_rows');
RESET enable_hashagg;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.run('partition-wise', 'plan_parts');
SET max_parallel_workers_per_gather = 0;
SELECT pg_temp.run('partition-wise, serial', 'plan_parts');

SELECT plan((SELECT count(*)::int FROM answer WHERE plan <> 'serial'));
SELECT ok(o.value IS NOT DISTINCT FROM s.value AND o.value !~ '^[0-9A-Z]{5} ', o.signature || ': ' || o.plan)
       || CASE WHEN o.value IS DISTINCT FROM s.value THEN E'\n# serial ' || left(s.value, 200) || E'\n# other  ' || left(o.value, 200) ELSE '' END
FROM (SELECT * FROM answer WHERE plan <> 'serial' ORDER BY signature, plan) o JOIN answer s USING (signature) WHERE s.plan = 'serial';
SELECT * FROM finish();
DROP TABLE plan_rows, plan_parts;
