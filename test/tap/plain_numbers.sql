-- No aggregate answers -0, NaN or infinity, and none fails but by the codes of its contract: values that are all one, -0, or hundreds of orders of magnitude apart.
\ir ../fixture/calls.sql
SET client_min_messages = error;
SELECT plan(5);
CREATE TEMP TABLE asked AS TABLE fixture_aggregate;
CREATE TEMP TABLE odd (kind text, step int, whole float8, positive float8, signed float8);
INSERT INTO odd SELECT kind, step, whole, positive, signed
FROM (VALUES ('same', '{7,7,7}'::float8[], '{3,3,3}'::float8[], '{0,0,0}'::float8[]), ('minus', '{-0,-0,-0}', '{2,1,4}', '{-0,-0,-0}'), ('apart', '{1e300,1e-300,1}', '{1,1e300,1e-300}', '{-1,1e300,-1e-300}')) v (kind, w, p, s),
    LATERAL unnest(w, p, s) WITH ORDINALITY u (whole, positive, signed, step);
CREATE TEMP TABLE answer (signature text, kind text, n int, value text, code text);
DO $$
DECLARE
    a record;
    k text;
    answered text;
BEGIN
    FOREACH k IN ARRAY '{same,minus,apart}'::text[] LOOP
        UPDATE fixture f SET whole = o.whole, positive = o.positive, signed = o.signed FROM odd o WHERE o.kind = k AND o.step = 1 + f.i % 3;
        FOR a IN SELECT * FROM asked, unnest('{2,12}'::int[]) m LOOP
            BEGIN
                EXECUTE format('SELECT (terrbal.%I(%s))::text FROM fixture WHERE i <= %s', a.proname, a.arguments, a.m) INTO answered;
                INSERT INTO answer VALUES (a.signature, k, a.m, answered);
            EXCEPTION WHEN OTHERS THEN
                INSERT INTO answer VALUES (a.signature, k, a.m, NULL, SQLSTATE);
            END;
        END LOOP;
    END LOOP;
END $$;
SELECT ok(count(*) > 2000 AND count(value) > 1500, 'every aggregate was asked, most answer') FROM answer;
SELECT is(string_agg(format('%s (%s, %s rows): %s', signature, kind, n, left(value, 200)), E'\n'), NULL, 'no -0, NaN or infinity') FROM answer
WHERE value ~ '(^|[,({" \\])-0([,)}" \\]|$)' OR value ~ 'NaN|Infinity';
SELECT is(string_agg(format('%s (%s, %s rows): %s', signature, kind, n, code), E'\n'), NULL, 'errors are those of bad values, combinations, NULL and limits') FROM answer
WHERE code NOT IN ('22003', '22023', '22004', '54000') AND NOT (code = '22000' AND signature ~ 'gravity');
SELECT is(terrbal.concentration_index(debt, rank)::text, '0', 'debts that are all one are concentrated nowhere: 0, not -0') FROM (VALUES (-1.0, 1), (-1, 2), (-1, 3)) v (debt, rank);
SELECT ok((l).flow_ab IS NOT NULL AND (l).strength IS NULL, 'a link that is nothing beside the diagonal has no strength, not NaN')
FROM (SELECT unnest(terrbal.link_flows(o, d, f)) AS l FROM (VALUES ('a', 'a', 1e300), ('a', 'b', 1e-300)) v (o, d, f)) s;
SELECT * FROM finish();
