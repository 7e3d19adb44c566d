-- linkage: flows between urban, peri-urban and rural areas. Doc: doc/linkage.md

CREATE TYPE settlement AS ENUM ('urban', 'peri_urban', 'rural');
COMMENT ON TYPE settlement IS 'Class of an area: urban, peri_urban, rural';

CREATE TYPE linkage_state;

CREATE FUNCTION linkage_state_in(cstring) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION linkage_state_in(cstring) IS 'Input of linkage_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION linkage_state_out(linkage_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_linkage_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION linkage_state_out(linkage_state) IS 'Output of linkage_state: hexadecimal canonical bytes';

CREATE FUNCTION linkage_state_recv(internal) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION linkage_state_recv(internal) IS 'Binary input of linkage_state, fully checked';

CREATE FUNCTION linkage_state_send(linkage_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_linkage_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION linkage_state_send(linkage_state) IS 'Binary output of linkage_state: canonical bytes, big-endian';

CREATE TYPE linkage_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = linkage_state_in, OUTPUT = linkage_state_out, RECEIVE = linkage_state_recv, SEND = linkage_state_send
);
COMMENT ON TYPE linkage_state IS 'Summed flows between settlement classes: the state under linkage';

CREATE FUNCTION linkage_transition(state linkage_state, origin_class settlement, destination_class settlement, flow float8) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linkage_transition(linkage_state, settlement, settlement, float8) IS 'Adds one flow to a state: transition of linkage';
CREATE FUNCTION linkage_transition(state linkage_state, origin_class text, destination_class text, flow float8) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_transition_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linkage_transition(linkage_state, text, text, float8) IS 'Adds one flow between classes given as text: transition of linkage';

CREATE FUNCTION linkage_combine(linkage_state, linkage_state) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linkage_combine(linkage_state, linkage_state) IS 'Adds the flows of two states: combine of linkage';

CREATE FUNCTION linkage_final(linkage_state) RETURNS linkage_state
    AS 'MODULE_PATHNAME', 'terrbal_linkage_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linkage_final(linkage_state) IS 'State as it is stored';

CREATE AGGREGATE linkage_state(origin_class settlement, destination_class settlement, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage_state(settlement, settlement, float8) IS 'Flows between settlement classes as one value to store and roll up';
CREATE AGGREGATE linkage_state(origin_class text, destination_class text, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage_state(text, text, float8) IS 'The same from classes as text';

CREATE AGGREGATE rollup(linkage_state) (
    SFUNC = linkage_combine, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(linkage_state) IS 'Sum of stored flows between settlement classes: what one pass over all their rows gives';

CREATE TYPE linkage AS (
    total float8, unclassified float8, urban_to_rural float8, rural_to_urban float8, urban_internal float8, rural_internal float8,
    peri_urban_exchange float8, intensity float8, balance float8, openness float8, external_internal float8, rural_retention float8,
    rural_net float8, rural_effectiveness float8, matrix float8[]
);
COMMENT ON TYPE linkage IS 'Urban-rural linkage: sums (unit of the flow), intensity and balance (fractions), effectiveness (%), matrix by origin and destination';

CREATE FUNCTION linkage(linkage_state) RETURNS linkage
    AS 'MODULE_PATHNAME', 'terrbal_linkage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION linkage(linkage_state) IS 'Urban-rural linkage of stored flows: fractions, rural effectiveness in %';

CREATE AGGREGATE linkage(origin_class settlement, destination_class settlement, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage(settlement, settlement, float8) IS 'Urban-rural linkage of flows: intensity, balance, openness, rural retention and effectiveness (%)';
CREATE AGGREGATE linkage(origin_class text, destination_class text, flow float8) (
    SFUNC = linkage_transition, STYPE = linkage_state, SSPACE = 256, COMBINEFUNC = linkage_combine, FINALFUNC = linkage, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linkage(text, text, float8) IS 'The same from classes as text: urban, peri_urban, rural';
