-- segregation: how unevenly groups are spread over units

CREATE TYPE segregation_state;

CREATE FUNCTION segregation_state_in(cstring) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_in(cstring) IS 'Input of segregation_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION segregation_state_out(segregation_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_out(segregation_state) IS 'Output of segregation_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION segregation_state_recv(internal) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_recv(internal) IS 'Binary input of segregation_state, fully checked';

CREATE FUNCTION segregation_state_send(segregation_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_segregation_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segregation_state_send(segregation_state) IS 'Binary output of segregation_state: canonical bytes, big-endian';

CREATE TYPE segregation_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = segregation_state_in, OUTPUT = segregation_state_out, RECEIVE = segregation_state_recv, SEND = segregation_state_send
);
COMMENT ON TYPE segregation_state IS 'Counts by unit, group and perhaps parent: state of segregation';

CREATE FUNCTION segregation_combine(segregation_state, segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_combine(segregation_state, segregation_state) IS 'Joins the rows of two states';

CREATE FUNCTION segregation_final(segregation_state) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_final(segregation_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8) IS 'Adds people of a group in a unit: transition of segregation';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp bigint, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp text, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, text, float8) IS 'The same for integer ids';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp bigint, count float8) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp text, count float8, parent text) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, text, float8, text) IS 'Adds people of a group in a unit of a parent: transition of segregation_decomposition';

CREATE FUNCTION segregation_transition(state segregation_state, unit text, grp bigint, count float8, parent text) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp text, count float8, parent bigint) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, text, float8, bigint) IS 'The same for integer ids';

CREATE FUNCTION segregation_transition(state segregation_state, unit bigint, grp bigint, count float8, parent bigint) RETURNS segregation_state
    AS 'MODULE_PATHNAME', 'terrbal_segregation_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_transition(segregation_state, bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8) IS 'Counts by unit and group as one value to store and roll up';

CREATE AGGREGATE segregation_state(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Counts by unit and group as one value to store and roll up';

CREATE AGGREGATE segregation_state(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, text, float8, text) IS 'The same with the larger unit of each, for segregation_decomposition';

CREATE AGGREGATE segregation_state(unit text, grp bigint, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_state(unit bigint, grp text, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, text, float8, bigint) IS 'With integer ids: the same as with their decimal text. The same with the larger unit of each, for segregation_decomposition';

CREATE AGGREGATE segregation_state(unit bigint, grp bigint, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_state(bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE rollup(segregation_state) (
    SFUNC = segregation_combine, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(segregation_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE segregation AS (
    units int, groups int, total float8, dissimilarity float8, gini float8, isolation float8[], entropy_index float8, mutual_information float8,
    relative_diversity float8, exposure float8[], grp text[], entropy float8
);
COMMENT ON TYPE segregation IS 'Indices of segregation of two or more groups, 0 where all units are alike; isolation and exposure in the order of grp; information in nats';

CREATE FUNCTION segregation(state segregation_state) RETURNS segregation
    AS 'MODULE_PATHNAME', 'terrbal_segregation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation(segregation_state) IS 'Of stored counts. Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure';

CREATE AGGREGATE segregation(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(text, text, float8) IS 'Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure of groups over units; rows of one cell add up (Duncan and Duncan 1955, Theil 1972)';

CREATE AGGREGATE segregation(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Dissimilarity, Gini, isolation, Theil''s H, mutual information, relative diversity, exposure of groups over units; rows of one cell add up (Duncan and Duncan 1955, Theil 1972)';

CREATE AGGREGATE segregation(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_decomposition AS (
    mutual_information float8, "between" float8, within float8, entropy_index float8, entropy_between float8, entropy_within float8
);
COMMENT ON TYPE segregation_decomposition IS 'Segregation between larger units and within them; the parts add up to the whole';

CREATE FUNCTION segregation_decomposition(state segregation_state) RETURNS segregation_decomposition
    AS 'MODULE_PATHNAME', 'terrbal_segregation_decomposition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_decomposition(segregation_state) IS 'Of stored counts with parents. Mutual information and H between the parents and within them';

CREATE AGGREGATE segregation_decomposition(unit text, grp text, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(text, text, float8, text) IS 'Mutual information and H between larger units and within them, in nats and as fractions; they add up exactly (Theil and Finizza 1971)';

CREATE AGGREGATE segregation_decomposition(unit text, grp bigint, count float8, parent text) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(text, bigint, float8, text) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE segregation_decomposition(unit bigint, grp text, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(bigint, text, float8, bigint) IS 'With integer ids: the same as with their decimal text. Mutual information and H between larger units and within them, in nats and as fractions; they add up exactly (Theil and Finizza 1971)';

CREATE AGGREGATE segregation_decomposition(unit bigint, grp bigint, count float8, parent bigint) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = segregation_decomposition, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segregation_decomposition(bigint, bigint, float8, bigint) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_unit AS (unit text, total float8, share float8, score float8);
COMMENT ON TYPE segregation_unit IS 'Local segregation: how far a unit''s mix is from that of all; sum(share * score) is the mutual information';

CREATE FUNCTION local_segregation(state segregation_state) RETURNS segregation_unit[]
    AS 'MODULE_PATHNAME', 'terrbal_local_segregation' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION local_segregation(segregation_state) IS 'Of stored counts. Score of every unit, ordered by id';

CREATE AGGREGATE local_segregation(unit text, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(text, text, float8) IS 'Score of every unit: how far its mix of groups is from that of all, in nats (Elbers 2021)';

CREATE AGGREGATE local_segregation(unit text, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(text, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE AGGREGATE local_segregation(unit bigint, grp text, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(bigint, text, float8) IS 'With integer ids: the same as with their decimal text. Score of every unit: how far its mix of groups is from that of all, in nats (Elbers 2021)';

CREATE AGGREGATE local_segregation(unit bigint, grp bigint, count float8) (
    SFUNC = segregation_transition, STYPE = segregation_state, SSPACE = 4096, COMBINEFUNC = segregation_combine, FINALFUNC = local_segregation, PARALLEL = SAFE
);
COMMENT ON AGGREGATE local_segregation(bigint, bigint, float8) IS 'With integer groups: the same as with their decimal text';

CREATE TYPE segregation_difference AS (
    before float8, after float8, difference float8, additions float8, removals float8, unit_marginal float8, group_marginal float8, structural float8
);
COMMENT ON TYPE segregation_difference IS 'Mutual information at two dates in nats and what has changed it; the five parts add up to the difference';

CREATE FUNCTION segregation_difference(before segregation_state, after segregation_state) RETURNS segregation_difference
    AS 'MODULE_PATHNAME', 'terrbal_segregation_difference' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION segregation_difference(segregation_state, segregation_state) IS
    'How segregation has changed between two dates: by units and groups that came or went, by their sizes, and by who lives where (Elbers 2021)';

CREATE FUNCTION dissimilarity_transition(state paired_state, count_a float8, count_b float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity_transition(paired_state, float8, float8) IS 'Adds one unit with its two counts: transition of dissimilarity';

CREATE FUNCTION dissimilarity(state paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_dissimilarity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION dissimilarity(paired_state) IS 'Of stored units, paired_state(count_a, count_b). Dissimilarity of two groups';

CREATE AGGREGATE dissimilarity(count_a float8, count_b float8) (
    SFUNC = dissimilarity_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = dissimilarity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE dissimilarity(float8, float8) IS 'Share of either group that would have to move for all units to be alike (Duncan and Duncan 1955); one row a unit';
