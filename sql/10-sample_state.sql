-- sample_state, paired_state, grouped_state: weighted samples as one value, stored per territory and period and rolled up to any larger one

CREATE TYPE sample_state;

CREATE FUNCTION sample_state_in(cstring) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_state_in(cstring) IS 'Input of sample_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION sample_state_out(sample_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_sample_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_state_out(sample_state) IS 'Output of sample_state: hexadecimal canonical bytes, equal for equal samples';

CREATE FUNCTION sample_state_recv(internal) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_state_recv(internal) IS 'Binary input of sample_state, fully checked';

CREATE FUNCTION sample_state_send(sample_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_sample_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_state_send(sample_state) IS 'Binary output of sample_state: canonical bytes, big-endian';

CREATE TYPE sample_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = sample_state_in, OUTPUT = sample_state_out, RECEIVE = sample_state_recv, SEND = sample_state_send
);
COMMENT ON TYPE sample_state IS 'Weighted sample (value, weight), sorted, equal rows coalesced: the state under every inequality index';

CREATE FUNCTION sample_transition(state sample_state, value float8) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_transition(sample_state, float8) IS 'Adds a value to a sample: transition of all (value) aggregates';

CREATE FUNCTION sample_transition(state sample_state, value float8, weight float8) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_transition(sample_state, float8, float8) IS 'Adds a value and its weight to a sample: transition of all (value, weight) aggregates';

CREATE FUNCTION sample_combine(sample_state, sample_state) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_combine(sample_state, sample_state) IS 'Joins two samples: combine of all aggregates over them';

CREATE FUNCTION sample_final(sample_state) RETURNS sample_state
    AS 'MODULE_PATHNAME', 'terrbal_sample_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sample_final(sample_state) IS 'Sorted form of a sample without slack, as it is stored';

CREATE AGGREGATE sample_state(value float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = sample_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sample_state(float8) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE sample_state(value float8, weight float8) (
    SFUNC = sample_transition, STYPE = sample_state, SSPACE = 1024, COMBINEFUNC = sample_combine, FINALFUNC = sample_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sample_state(float8, float8) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE rollup(sample_state) (
    SFUNC = sample_combine, STYPE = sample_state, SSPACE = 4096, COMBINEFUNC = sample_combine, FINALFUNC = sample_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(sample_state) IS 'Joins stored samples, such as municipalities into a province; equals one pass over all rows';

CREATE TYPE paired_state;

CREATE FUNCTION paired_state_in(cstring) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION paired_state_in(cstring) IS 'Input of paired_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION paired_state_out(paired_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_paired_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION paired_state_out(paired_state) IS 'Output of paired_state: hexadecimal canonical bytes, equal for equal samples';

CREATE FUNCTION paired_state_recv(internal) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION paired_state_recv(internal) IS 'Binary input of paired_state, fully checked';

CREATE FUNCTION paired_state_send(paired_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_paired_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION paired_state_send(paired_state) IS 'Binary output of paired_state: canonical bytes, big-endian';

CREATE TYPE paired_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = paired_state_in, OUTPUT = paired_state_out, RECEIVE = paired_state_recv, SEND = paired_state_send
);
COMMENT ON TYPE paired_state IS 'Sample of two values and a weight a row (before and after, appraised and price, value and rank)';

CREATE FUNCTION paired_transition(state paired_state, first_value float8, second_value float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_transition(paired_state, float8, float8) IS 'Adds a pair of values to a sample: transition of all paired aggregates';

CREATE FUNCTION paired_transition(state paired_state, first_value float8, second_value float8, weight float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_transition(paired_state, float8, float8, float8) IS 'Adds a pair of values and its weight: transition of all weighted paired aggregates';

CREATE FUNCTION paired_combine(paired_state, paired_state) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_combine(paired_state, paired_state) IS 'Joins two samples: combine of all aggregates over them';

CREATE FUNCTION paired_final(paired_state) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_paired_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION paired_final(paired_state) IS 'Sorted form of a sample without slack, as it is stored';

CREATE AGGREGATE paired_state(first_value float8, second_value float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = paired_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE paired_state(float8, float8) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE paired_state(first_value float8, second_value float8, weight float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = paired_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE paired_state(float8, float8, float8) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE rollup(paired_state) (
    SFUNC = paired_combine, STYPE = paired_state, SSPACE = 4096, COMBINEFUNC = paired_combine, FINALFUNC = paired_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(paired_state) IS 'Joins stored samples, such as municipalities into a province; equals one pass over all rows';

CREATE TYPE grouped_state;

CREATE FUNCTION grouped_state_in(cstring) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grouped_state_in(cstring) IS 'Input of grouped_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION grouped_state_out(grouped_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_grouped_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grouped_state_out(grouped_state) IS 'Output of grouped_state: hexadecimal canonical bytes, equal for equal samples';

CREATE FUNCTION grouped_state_recv(internal) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grouped_state_recv(internal) IS 'Binary input of grouped_state, fully checked';

CREATE FUNCTION grouped_state_send(grouped_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_grouped_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grouped_state_send(grouped_state) IS 'Binary output of grouped_state: canonical bytes, big-endian';

CREATE TYPE grouped_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = grouped_state_in, OUTPUT = grouped_state_out, RECEIVE = grouped_state_recv, SEND = grouped_state_send
);
COMMENT ON TYPE grouped_state IS 'Weighted sample with a group id a row: the state under decompositions by group';

CREATE FUNCTION grouped_transition(state grouped_state, value float8, grp text) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_value' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_transition(grouped_state, float8, text) IS 'Adds a value and its group to a sample: transition of (value, grp) aggregates';

CREATE FUNCTION grouped_transition(state grouped_state, value float8, weight float8, grp text) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_transition(grouped_state, float8, float8, text) IS 'Adds a value, its weight and its group: transition of (value, weight, grp) aggregates';

CREATE FUNCTION grouped_combine(grouped_state, grouped_state) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_combine(grouped_state, grouped_state) IS 'Joins two samples: combine of all aggregates over them';

CREATE FUNCTION grouped_final(grouped_state) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_final(grouped_state) IS 'Sorted form of a sample without slack, as it is stored';

CREATE AGGREGATE grouped_state(value float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 1024, COMBINEFUNC = grouped_combine, FINALFUNC = grouped_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grouped_state(float8, text) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE grouped_state(value float8, weight float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 1024, COMBINEFUNC = grouped_combine, FINALFUNC = grouped_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grouped_state(float8, float8, text) IS 'State of a sample, to store and roll up: at most 8 bytes a row for each number, less where rows repeat';

CREATE AGGREGATE rollup(grouped_state) (
    SFUNC = grouped_combine, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = grouped_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(grouped_state) IS 'Joins stored samples, such as municipalities into a province; equals one pass over all rows';
