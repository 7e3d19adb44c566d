-- synthetic_control: what one treated unit would have been

CREATE TYPE synthetic_control_state;

CREATE FUNCTION synthetic_control_state_in(cstring) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_in(cstring) IS 'Input of synthetic_control_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION synthetic_control_state_out(synthetic_control_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_out(synthetic_control_state) IS 'Output of synthetic_control_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION synthetic_control_state_recv(internal) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_recv(internal) IS 'Binary input of synthetic_control_state, fully checked';

CREATE FUNCTION synthetic_control_state_send(synthetic_control_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_state_send(synthetic_control_state) IS 'Binary output of synthetic_control_state: canonical bytes, big-endian';

CREATE TYPE synthetic_control_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = synthetic_control_state_in, OUTPUT = synthetic_control_state_out, RECEIVE = synthetic_control_state_recv, SEND = synthetic_control_state_send
);
COMMENT ON TYPE synthetic_control_state IS 'Unit, period and outcome by row, the treated unit and its first treated period: state of synthetic_control';

CREATE FUNCTION synthetic_control_combine(synthetic_control_state, synthetic_control_state) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_combine(synthetic_control_state, synthetic_control_state) IS 'Joins the rows of two states';

CREATE FUNCTION synthetic_control_final(synthetic_control_state) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_final(synthetic_control_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(synthetic_control_state) (
    SFUNC = synthetic_control_combine, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(synthetic_control_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION synthetic_control_transition(state synthetic_control_state, unit text, period int, outcome float8, treated text, first_treated int) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_transition(synthetic_control_state, text, int, float8, text, int) IS 'Adds a unit in a period: transition of synthetic_control';

CREATE FUNCTION synthetic_control_transition(state synthetic_control_state, unit bigint, period int, outcome float8, treated bigint, first_treated int) RETURNS synthetic_control_state
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control_transition(synthetic_control_state, bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';

CREATE AGGREGATE synthetic_control_state(unit text, period int, outcome float8, treated text, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control_state(text, int, float8, text, int) IS 'Rows of a panel with one treated unit as one value to store and roll up';

CREATE AGGREGATE synthetic_control_state(unit bigint, period int, outcome float8, treated bigint, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control_state(bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';

CREATE TYPE synthetic_weight AS (unit text, weight float8);
COMMENT ON TYPE synthetic_weight IS 'A donor and its share in the synthetic control, 0 to 1';

CREATE TYPE synthetic_gap AS (period int, gap float8, observed float8, synthetic float8);
COMMENT ON TYPE synthetic_gap IS 'Observed less synthetic outcome of the treated unit in a period, in the unit of the outcome';

CREATE TYPE synthetic_placebo AS (unit text, rmspe_before float8, rmspe_after float8, ratio float8);
COMMENT ON TYPE synthetic_placebo IS 'A donor as if it were treated, against the other donors; ratio NULL where it fits perfectly before';

CREATE TYPE synthetic_control AS (
    weights synthetic_weight[], gaps synthetic_gap[], rmspe_before float8, rmspe_after float8, rank int, p float8, placebos synthetic_placebo[], donors int, incomplete int
);
COMMENT ON TYPE synthetic_control IS 'The mix of donors nearest to the treated unit before the treatment, the gaps to it, and the rank of rmspe after / before among placebos';

CREATE FUNCTION synthetic_control(state synthetic_control_state) RETURNS synthetic_control
    AS 'MODULE_PATHNAME', 'terrbal_synthetic_control' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION synthetic_control(synthetic_control_state) IS 'Of stored rows. The mix of other units nearest to the treated one before its treatment, and the gaps to it';

CREATE AGGREGATE synthetic_control(unit text, period int, outcome float8, treated text, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control(text, int, float8, text, int) IS 'What one treated unit would have been: the mix of other units nearest to it before the treatment (Abadie, Diamond and Hainmueller 2010, outcomes alone)';

CREATE AGGREGATE synthetic_control(unit bigint, period int, outcome float8, treated bigint, first_treated int) (
    SFUNC = synthetic_control_transition, STYPE = synthetic_control_state, SSPACE = 4096, COMBINEFUNC = synthetic_control_combine, FINALFUNC = synthetic_control, PARALLEL = SAFE
);
COMMENT ON AGGREGATE synthetic_control(bigint, int, float8, bigint, int) IS 'With integer ids: the same as with their decimal text';
