-- transition: what became of what between two maps or two partitions

CREATE TYPE transition_state;

CREATE FUNCTION transition_state_in(cstring) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_in(cstring) IS 'Input of transition_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION transition_state_out(transition_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_out(transition_state) IS 'Output of transition_state: hexadecimal canonical bytes, equal for equal sums';

CREATE FUNCTION transition_state_recv(internal) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_recv(internal) IS 'Binary input of transition_state, fully checked';

CREATE FUNCTION transition_state_send(transition_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_transition_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION transition_state_send(transition_state) IS 'Binary output of transition_state: canonical bytes, big-endian';

CREATE TYPE transition_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = transition_state_in, OUTPUT = transition_state_out, RECEIVE = transition_state_recv, SEND = transition_state_send
);
COMMENT ON TYPE transition_state IS 'Summed areas by class before and after: state of transition_matrix, class_changes, partition_similarity';

CREATE FUNCTION transition_transition(state transition_state, before text, after text, area float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_transition(transition_state, text, text, float8) IS 'Adds an area with its classes before and after: transition of transition_matrix';

CREATE FUNCTION transition_transition(state transition_state, before bigint, after bigint, area float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_transition(transition_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION partition_transition(state transition_state, area_a text, area_b text, weight float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_partition_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_transition(transition_state, text, text, float8) IS 'Adds a unit with its areas in two partitions: transition of partition_similarity';

CREATE FUNCTION partition_transition(state transition_state, area_a bigint, area_b bigint, weight float8) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_partition_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_transition(transition_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION transition_combine(transition_state, transition_state) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_combine(transition_state, transition_state) IS 'Adds the areas of two states';

CREATE FUNCTION transition_final(transition_state) RETURNS transition_state
    AS 'MODULE_PATHNAME', 'terrbal_transition_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_final(transition_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE transition_state(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_state(text, text, float8) IS 'Areas by class before and after as one value to store and roll up';

CREATE AGGREGATE transition_state(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Areas by class before and after as one value to store and roll up';

CREATE AGGREGATE rollup(transition_state) (
    SFUNC = transition_combine, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(transition_state) IS 'Sum of stored areas: what one pass over all their rows gives';

CREATE TYPE transition AS (before text, after text, area float8, share_of_before float8, share_of_after float8);
COMMENT ON TYPE transition IS 'Area that was one class and is another, with its share of either; ordered by before, after';

CREATE FUNCTION transition_matrix(state transition_state) RETURNS transition[]
    AS 'MODULE_PATHNAME', 'terrbal_transition_matrix' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION transition_matrix(transition_state) IS 'Of stored sums. Every pair of classes with an area';

CREATE AGGREGATE transition_matrix(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_matrix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_matrix(text, text, float8) IS 'What became of what: every pair of classes with an area, its share of the class before and after, fractions (Pontius, Shusas and McEachern 2004)';

CREATE AGGREGATE transition_matrix(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = transition_matrix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE transition_matrix(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. What became of what: every pair of classes with an area, its share of the class before and after, fractions (Pontius, Shusas and McEachern 2004)';

CREATE TYPE class_change AS (class text, before float8, after float8, persistence float8, gain float8, loss float8, net float8, swap float8);
COMMENT ON TYPE class_change IS 'Change of a class (Pontius, Shusas and McEachern 2004): gain and loss, of which swap is change of place only';

CREATE FUNCTION class_changes(state transition_state) RETURNS class_change[]
    AS 'MODULE_PATHNAME', 'terrbal_class_changes' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION class_changes(transition_state) IS 'Of stored sums. Gain, loss, net change and swap of every class';

CREATE AGGREGATE class_changes(before text, after text, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = class_changes, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_changes(text, text, float8) IS 'Gain, loss, net change, swap and persistence of every class between two maps, in the unit of area (Pontius, Shusas and McEachern 2004)';

CREATE AGGREGATE class_changes(before bigint, after bigint, area float8) (
    SFUNC = transition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = class_changes, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_changes(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Gain, loss, net change, swap and persistence of every class between two maps, in the unit of area (Pontius, Shusas and McEachern 2004)';

CREATE TYPE partition_similarity AS (rand float8, adjusted_rand float8, variation_of_information float8, moved_share float8, total float8);
COMMENT ON TYPE partition_similarity IS 'How alike two partitions of the same units are; variation of information in nats';

CREATE FUNCTION partition_similarity(state transition_state) RETURNS partition_similarity
    AS 'MODULE_PATHNAME', 'terrbal_partition_similarity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION partition_similarity(transition_state) IS 'Of stored sums. Rand, adjusted Rand, variation of information, share that moves';

CREATE AGGREGATE partition_similarity(area_a text, area_b text, weight float8) (
    SFUNC = partition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = partition_similarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE partition_similarity(text, text, float8) IS 'How alike two partitions of the same units are: Rand, adjusted Rand, variation of information, share of weight outside the area that takes most of its old one (Rand 1971, Hubert and Arabie 1985, Meila 2007)';
CREATE AGGREGATE partition_similarity(area_a bigint, area_b bigint, weight float8) (
    SFUNC = partition_transition, STYPE = transition_state, SSPACE = 4096, COMBINEFUNC = transition_combine, FINALFUNC = partition_similarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE partition_similarity(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. How alike two partitions of the same units are: Rand, adjusted Rand, variation of information, share of weight outside the area that takes most of its old one (Rand 1971, Hubert and Arabie 1985, Meila 2007)';
