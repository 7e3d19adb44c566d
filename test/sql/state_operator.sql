-- states compare by their canonical bytes
SET client_min_messages = warning;
-- operators are found by the search path; DISTINCT, GROUP BY and whole rows need none
SET search_path = public, terrbal;
CREATE TABLE archive (unit int PRIMARY KEY, state terrbal.sample_state);
INSERT INTO archive SELECT 1, terrbal.sample_state(x) FROM generate_series(1, 3) x;
WITH written AS (
    INSERT INTO archive AS a SELECT 1, terrbal.sample_state(x) FROM (VALUES (3.0), (1.0), (2.0)) v (x)
    ON CONFLICT (unit) DO UPDATE SET state = excluded.state WHERE a.state IS DISTINCT FROM excluded.state RETURNING 1)
SELECT count(*) AS written FROM written;
WITH written AS (
    INSERT INTO archive AS a SELECT 1, terrbal.sample_state(x) FROM (VALUES (3.0), (1.0), (2.5)) v (x)
    ON CONFLICT (unit) DO UPDATE SET state = excluded.state WHERE a.state IS DISTINCT FROM excluded.state RETURNING 1)
SELECT count(*) AS written FROM written;
INSERT INTO archive AS a SELECT 1, terrbal.sample_state(x) FROM (VALUES (3.0), (1.0), (2.0)) v (x)
ON CONFLICT (unit) DO UPDATE SET state = excluded.state WHERE a.state IS DISTINCT FROM excluded.state;
INSERT INTO archive SELECT 2, state FROM archive UNION ALL SELECT 3, terrbal.sample_state(7) UNION ALL SELECT 4, NULL;
SELECT count(DISTINCT state) AS distinct_states, count(state) AS states FROM archive;
SELECT count(*) AS groups FROM (SELECT FROM archive GROUP BY state) g;
SELECT a.unit, b.unit, a.state = b.state AS eq, a.state <> b.state AS ne, (a.state < b.state) <> (a.state > b.state) AS ordered, a.state <= b.state OR a.state >= b.state AS total
FROM archive a JOIN archive b ON a.unit < b.unit ORDER BY 1, 2;
SELECT array_agg(unit ORDER BY state DESC, unit) = (SELECT array_agg(unit ORDER BY state::text DESC, unit) FROM archive) AS order_of_text FROM archive;
-- types do not mix
SELECT terrbal.sample_state(1) = terrbal.flow_state('a', 'b', 1);
-- an aggregate without a final function hands out the working layout
CREATE AGGREGATE bare (float8) (SFUNC = terrbal_support.sample_transition, STYPE = terrbal.sample_state);
SELECT bare(x) = bare(x) FROM generate_series(1, 3) x;
DROP AGGREGATE bare (float8);
DROP TABLE archive;
