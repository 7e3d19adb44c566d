-- difference: differences in differences, event studies, rings around a project

CREATE TYPE difference_in_differences AS (
    estimate float8, se float8, se_hc1 float8, se_hc3 float8, mean_treated_post float8, mean_treated_pre float8, mean_control_post float8,
    mean_control_pre float8, n bigint, p float8, se_hc0 float8, se_hc2 float8, sigma float8, df bigint, clusters bigint
);
COMMENT ON TYPE difference_in_differences IS 'Effect on the treated, its errors (in units of y) and the four means; p two-sided with df degrees of freedom';

CREATE TYPE event_point AS (period int, estimate float8, se float8, se_hc1 float8, p float8, treated bigint, control bigint, df bigint);
COMMENT ON TYPE event_point IS 'Difference in differences of one period against the base period, the rows of each group in it, and the degrees of freedom of p';

CREATE TYPE event_state;

CREATE FUNCTION event_state_in(cstring) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_event_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION event_state_in(cstring) IS 'Input of event_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION event_state_out(event_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_event_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION event_state_out(event_state) IS 'Output of event_state: hexadecimal canonical bytes';

CREATE FUNCTION event_state_recv(internal) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_event_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION event_state_recv(internal) IS 'Binary input of event_state, fully checked';

CREATE FUNCTION event_state_send(event_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_event_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION event_state_send(event_state) IS 'Binary output of event_state: canonical bytes, big-endian';

CREATE TYPE event_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = event_state_in, OUTPUT = event_state_out, RECEIVE = event_state_recv, SEND = event_state_send
);
COMMENT ON TYPE event_state IS 'Sums of y and y^2 by treated and period: the state of differences in differences; 48 bytes a cell';

CREATE FUNCTION difference_transition(state event_state, y float8, treated boolean, post boolean) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_difference_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_transition(event_state, float8, boolean, boolean) IS 'Adds one row: transition of difference_in_differences';

CREATE FUNCTION event_transition(state event_state, y float8, treated boolean, period int) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_event_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION event_transition(event_state, float8, boolean, int) IS 'Adds one row: transition of event_study';

CREATE FUNCTION event_combine(event_state, event_state) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_event_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION event_combine(event_state, event_state) IS 'Adds the cells of two states: combine of difference_in_differences and event_study';

CREATE FUNCTION event_final(event_state) RETURNS event_state
    AS 'MODULE_PATHNAME', 'terrbal_event_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION event_final(event_state) IS 'Stored form of cell sums, sorted';

CREATE FUNCTION difference_in_differences(state event_state) RETURNS difference_in_differences
    AS 'MODULE_PATHNAME', 'terrbal_difference' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_in_differences(event_state) IS 'Difference in differences of a stored state';

CREATE FUNCTION event_study(state event_state) RETURNS event_point[]
    AS 'MODULE_PATHNAME', 'terrbal_event_study' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION event_study(event_state) IS 'Event study of a stored state, base period -1';

CREATE FUNCTION event_study(state event_state, base int) RETURNS event_point[]
    AS 'MODULE_PATHNAME', 'terrbal_event_study' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION event_study(event_state, int) IS 'Event study of a stored state against a base period of choice';

CREATE AGGREGATE difference_in_differences(y float8, treated boolean, post boolean) (
    SFUNC = difference_transition, STYPE = event_state, SSPACE = 1024, COMBINEFUNC = event_combine, FINALFUNC = difference_in_differences, PARALLEL = SAFE
);
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean) IS 'Change of the treated beyond the change of the others, with classical and robust errors in closed form';

CREATE AGGREGATE event_state(y float8, treated boolean, period int) (
    SFUNC = event_transition, STYPE = event_state, SSPACE = 1024, COMBINEFUNC = event_combine, FINALFUNC = event_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE event_state(float8, boolean, int) IS 'Cell sums of a group as one value to store and roll up';

CREATE AGGREGATE rollup(event_state) (
    SFUNC = event_combine, STYPE = event_state, SSPACE = 1024, COMBINEFUNC = event_combine, FINALFUNC = event_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(event_state) IS 'Sum of stored cell sums: what one pass over all their rows gives';

CREATE AGGREGATE event_study(y float8, treated boolean, period int) (
    SFUNC = event_transition, STYPE = event_state, SSPACE = 1024, COMBINEFUNC = event_combine, FINALFUNC = event_study, PARALLEL = SAFE
);
COMMENT ON AGGREGATE event_study(float8, boolean, int) IS 'Differences in differences of every period against period -1, the last one before the event';

CREATE FUNCTION difference_cluster_transition(state cluster_state, y float8, treated boolean, post boolean, cluster text) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_difference_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_cluster_transition(cluster_state, float8, boolean, boolean, text) IS 'Adds one row to its cluster: transition of clustered difference_in_differences';

CREATE FUNCTION difference_cluster(state cluster_state) RETURNS difference_in_differences
    AS 'MODULE_PATHNAME', 'terrbal_difference_cluster' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_cluster(cluster_state) IS 'Difference in differences with clustered errors: final';

CREATE AGGREGATE difference_in_differences(y float8, treated boolean, post boolean, cluster text) (
    SFUNC = difference_cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = difference_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, text) IS 'Difference in differences whose se and p allow for errors shared within clusters (as ols_cluster)';

CREATE FUNCTION ring_index(distance float8, breaks float8[]) RETURNS int
    AS 'MODULE_PATHNAME', 'terrbal_ring_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ring_index(float8, float8[]) IS 'Number of breaks at or below the distance: 0 inside the first, left-closed (a distance on a break belongs outside)';

CREATE FUNCTION confidence_interval(effect difference_in_differences, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(difference_in_differences, float8) IS 'Limits of the estimate by se and df, clustered where it is; level as a fraction';

CREATE FUNCTION confidence_interval(point event_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(event_point, float8) IS 'Limits of the estimate of one period by se and df; level as a fraction';

CREATE FUNCTION difference_cluster_transition(state cluster_state, y float8, treated boolean, post boolean, cluster bigint) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_difference_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION difference_cluster_transition(cluster_state, float8, boolean, boolean, bigint) IS 'With integer clusters: the same as with their decimal text. Adds one row to its cluster: transition of clustered difference_in_differences';

CREATE AGGREGATE difference_in_differences(y float8, treated boolean, post boolean, cluster bigint) (
    SFUNC = difference_cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = difference_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, bigint) IS 'With integer clusters: the same as with their decimal text. Difference in differences whose se and p allow for errors shared within clusters (as ols_cluster)';
