-- flow_state: the stored form, and what is refused as a state
CREATE TABLE stored AS
SELECT k, terrbal.flow_state(o, d, f) AS s
FROM (VALUES (1, 'a', 'b', 1.0), (1, 'b', 'a', 2), (1, 'a', 'b', 0.5), (2, 'ñ', 'a', 3), (2, 'c', 'c', 0)) v (k, o, d, f) GROUP BY k;
SELECT k, s FROM stored ORDER BY k;
SELECT s::text::terrbal.flow_state::text = s::text AS same FROM stored;
SELECT terrbal.rollup(s) FROM stored;
SELECT terrbal.rollup(s) FROM stored WHERE false;
SELECT terrbal.rollup(NULL::terrbal.flow_state);
SELECT terrbal.rollup(s ORDER BY k)::text = terrbal.rollup(s ORDER BY k DESC)::text AS commutes FROM stored;
SELECT terrbal_support.flow_combine(s, NULL)::text = s::text AS identity FROM stored;
-- A transition called outside an aggregate leaves its argument alone
SELECT terrbal_support.flow_final(terrbal_support.flow_transition(s, 'x', 'y', 1)) IS NULL AS lost, s::text = (SELECT s::text FROM stored WHERE k = 1) AS kept FROM stored WHERE k = 1;
-- Sums that a double does not hold are kept whole
SELECT (terrbal.flow_profile(terrbal.rollup(s::text::terrbal.flow_state))).interzonal = 2 ^ 53 + 4 AS whole
FROM (SELECT terrbal.flow_state('a', 'b', f) AS s FROM unnest(ARRAY[2 ^ 53, 1, 1, 1, 1]) f GROUP BY f) p;

\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT ''::terrbal.flow_state;
SELECT 'xy'::terrbal.flow_state;
SELECT '7462'::terrbal.flow_state;
SELECT '000001040000000000000000000000020000000000000000'::terrbal.flow_state;
SELECT '746202040000000000000000000000020000000000000000'::terrbal.flow_state;
SELECT '746201010000000000000000000000020000000000000000'::terrbal.flow_state;
SELECT '746201048000000000000000000000020000000000000000'::terrbal.flow_state;
SELECT '74620104000000001fffffffffffffff0000000000000000'::terrbal.flow_state;
-- no zone; a link to nowhere; a negative flow; unsorted ids; not UTF-8
SELECT '74620104000000000000000000000002000000000000000000000000000000000000000000000000'::terrbal.flow_state;
SELECT ('746201040000000000000000000000050000000000000001' || '00000000000000010000000000000001' || '0000000000000001' || '0000000000000001' || '3ff0000000000000' || '61')::terrbal.flow_state;
SELECT ('746201040000000000000000000000050000000000000001' || '00000000000000010000000000000001' || '0000000000000001' || '0000000000000000' || 'bff0000000000000' || '61')::terrbal.flow_state;
SELECT ('746201040000000000000000000000040000000000000002' || '00000000000000020000000000000000' || '0000000000000001' || '0000000000000002' || '6261')::terrbal.flow_state;
SELECT ('746201040000000000000000000000030000000000000001' || '00000000000000010000000000000000' || '0000000000000001' || 'ff')::terrbal.flow_state;
