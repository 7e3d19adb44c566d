-- what a user finds in the two schemas
\df terrbal.gini
\df terrbal.sample_*
\df terrbal_support.sample_state_*
-- an aggregate of one's own names the parts
CREATE AGGREGATE pg_temp.pooled(terrbal.sample_state) (
    SFUNC = terrbal_support.sample_combine, STYPE = terrbal.sample_state, COMBINEFUNC = terrbal_support.sample_combine, FINALFUNC = terrbal_support.sample_final
);
SELECT terrbal.gini(pg_temp.pooled(s)) AS gini FROM (SELECT terrbal.sample_state(x) AS s FROM (VALUES (1), (1), (2), (4)) v (x) GROUP BY x) t;
-- operators and types stay
SELECT terrbal.sample_state(1) OPERATOR(terrbal.=) terrbal.sample_state(1) AS same;
