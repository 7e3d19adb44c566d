-- price_index: repeat sales, sale price over appraisal, hedonic time dummies

CREATE TYPE index_point AS (period int, index float8, se float8, n bigint);
COMMENT ON TYPE index_point IS 'Index of a period (100 = base), its standard error, and the pairs or sales that touch the period; NULL where not linked to the base';

CREATE TYPE repeat_sales_state;

CREATE FUNCTION repeat_sales_state_in(cstring) RETURNS repeat_sales_state
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_state_in(cstring) IS 'Input of repeat_sales_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION repeat_sales_state_out(repeat_sales_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_state_out(repeat_sales_state) IS 'Output of repeat_sales_state: hexadecimal canonical bytes';

CREATE FUNCTION repeat_sales_state_recv(internal) RETURNS repeat_sales_state
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_state_recv(internal) IS 'Binary input of repeat_sales_state, fully checked';

CREATE FUNCTION repeat_sales_state_send(repeat_sales_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_state_send(repeat_sales_state) IS 'Binary output of repeat_sales_state: canonical bytes, big-endian';

CREATE TYPE repeat_sales_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = repeat_sales_state_in, OUTPUT = repeat_sales_state_out, RECEIVE = repeat_sales_state_recv, SEND = repeat_sales_state_send
);
COMMENT ON TYPE repeat_sales_state IS 'Sums over pairs of sales by first and second period: the state of every repeat-sales index; 128 bytes a pair of periods';

CREATE FUNCTION repeat_sales_transition(state repeat_sales_state, price_first float8, period_first int, price_second float8, period_second int) RETURNS repeat_sales_state
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_transition(repeat_sales_state, float8, int, float8, int) IS 'Adds one pair of sales; pairs within one period are skipped';

CREATE FUNCTION repeat_sales_combine(repeat_sales_state, repeat_sales_state) RETURNS repeat_sales_state
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_combine(repeat_sales_state, repeat_sales_state) IS 'Adds the pairs of two states: combine of the repeat-sales indices';

CREATE FUNCTION repeat_sales_final(repeat_sales_state) RETURNS repeat_sales_state
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales_final(repeat_sales_state) IS 'Stored form of pairs of sales, sorted by periods';

CREATE FUNCTION repeat_sales(state repeat_sales_state) RETURNS index_point[]
    AS 'MODULE_PATHNAME', 'terrbal_repeat_sales' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION repeat_sales(repeat_sales_state) IS 'Geometric repeat-sales index (Bailey, Muth, Nourse 1963), base = earliest period, of stored pairs';

CREATE AGGREGATE repeat_sales(price_first float8, period_first int, price_second float8, period_second int) (
    SFUNC = repeat_sales_transition, STYPE = repeat_sales_state, SSPACE = 8192, COMBINEFUNC = repeat_sales_combine, FINALFUNC = repeat_sales, PARALLEL = SAFE
);
COMMENT ON AGGREGATE repeat_sales(float8, int, float8, int) IS 'Geometric repeat-sales index (Bailey, Muth, Nourse 1963), base = earliest period; 100 = base, se robust (HC1)';

CREATE FUNCTION arithmetic_repeat_sales(state repeat_sales_state) RETURNS index_point[]
    AS 'MODULE_PATHNAME', 'terrbal_arithmetic_repeat_sales' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION arithmetic_repeat_sales(repeat_sales_state) IS 'Arithmetic repeat-sales index (Shiller 1991), base = earliest period, of stored pairs';

CREATE AGGREGATE arithmetic_repeat_sales(price_first float8, period_first int, price_second float8, period_second int) (
    SFUNC = repeat_sales_transition, STYPE = repeat_sales_state, SSPACE = 8192, COMBINEFUNC = repeat_sales_combine, FINALFUNC = arithmetic_repeat_sales, PARALLEL = SAFE
);
COMMENT ON AGGREGATE arithmetic_repeat_sales(float8, int, float8, int) IS 'Arithmetic repeat-sales index (Shiller 1991), base = earliest period; 100 = base, se robust (HC1)';

CREATE FUNCTION weighted_repeat_sales(state repeat_sales_state) RETURNS index_point[]
    AS 'MODULE_PATHNAME', 'terrbal_weighted_repeat_sales' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION weighted_repeat_sales(repeat_sales_state) IS 'Geometric repeat-sales index with weights for the time between sales (Case and Shiller 1987), of stored pairs';

CREATE AGGREGATE weighted_repeat_sales(price_first float8, period_first int, price_second float8, period_second int) (
    SFUNC = repeat_sales_transition, STYPE = repeat_sales_state, SSPACE = 8192, COMBINEFUNC = repeat_sales_combine, FINALFUNC = weighted_repeat_sales, PARALLEL = SAFE
);
COMMENT ON AGGREGATE weighted_repeat_sales(float8, int, float8, int) IS 'Geometric repeat-sales index with weights for the time between sales (Case and Shiller 1987); 100 = base, se robust (HC1)';

CREATE AGGREGATE repeat_sales_state(price_first float8, period_first int, price_second float8, period_second int) (
    SFUNC = repeat_sales_transition, STYPE = repeat_sales_state, SSPACE = 8192, COMBINEFUNC = repeat_sales_combine, FINALFUNC = repeat_sales_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE repeat_sales_state(float8, int, float8, int) IS 'Pairs of sales of a group as one value to store and roll up';

CREATE AGGREGATE rollup(repeat_sales_state) (
    SFUNC = repeat_sales_combine, STYPE = repeat_sales_state, SSPACE = 8192, COMBINEFUNC = repeat_sales_combine, FINALFUNC = repeat_sales_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(repeat_sales_state) IS 'Sum of stored pairs of sales: what one pass over all pairs gives';

CREATE TYPE spar_state;

CREATE FUNCTION spar_state_in(cstring) RETURNS spar_state
    AS 'MODULE_PATHNAME', 'terrbal_spar_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spar_state_in(cstring) IS 'Input of spar_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION spar_state_out(spar_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_spar_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spar_state_out(spar_state) IS 'Output of spar_state: hexadecimal canonical bytes';

CREATE FUNCTION spar_state_recv(internal) RETURNS spar_state
    AS 'MODULE_PATHNAME', 'terrbal_spar_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spar_state_recv(internal) IS 'Binary input of spar_state, fully checked';

CREATE FUNCTION spar_state_send(spar_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_spar_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION spar_state_send(spar_state) IS 'Binary output of spar_state: canonical bytes, big-endian';

CREATE TYPE spar_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = spar_state_in, OUTPUT = spar_state_out, RECEIVE = spar_state_recv, SEND = spar_state_send
);
COMMENT ON TYPE spar_state IS 'Prices and appraisals summed for the base and for the rest: the state of spar';

CREATE FUNCTION spar_transition(state spar_state, price float8, appraised float8, is_base boolean) RETURNS spar_state
    AS 'MODULE_PATHNAME', 'terrbal_spar_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spar_transition(spar_state, float8, float8, boolean) IS 'Adds one sale: transition of spar';

CREATE FUNCTION spar_combine(spar_state, spar_state) RETURNS spar_state
    AS 'MODULE_PATHNAME', 'terrbal_spar_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spar_combine(spar_state, spar_state) IS 'Adds the sums of two states: combine of spar';

CREATE FUNCTION spar_final(spar_state) RETURNS spar_state
    AS 'MODULE_PATHNAME', 'terrbal_spar_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spar_final(spar_state) IS 'Stored form of the sums of spar';

CREATE FUNCTION spar(state spar_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_spar' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION spar(spar_state) IS 'Sale price appraisal ratio of stored sums';

CREATE AGGREGATE spar(price float8, appraised float8, is_base boolean) (
    SFUNC = spar_transition, STYPE = spar_state, SSPACE = 256, COMBINEFUNC = spar_combine, FINALFUNC = spar, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spar(float8, float8, boolean) IS 'Sale price appraisal ratio: sum(price) / sum(appraised) of the sales over the same of the base; 1 = base';

CREATE AGGREGATE spar_state(price float8, appraised float8, is_base boolean) (
    SFUNC = spar_transition, STYPE = spar_state, SSPACE = 256, COMBINEFUNC = spar_combine, FINALFUNC = spar_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE spar_state(float8, float8, boolean) IS 'Sums of spar as one value to store and roll up';

CREATE AGGREGATE rollup(spar_state) (
    SFUNC = spar_combine, STYPE = spar_state, SSPACE = 256, COMBINEFUNC = spar_combine, FINALFUNC = spar_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(spar_state) IS 'Sum of stored sums of spar';

CREATE FUNCTION hedonic_transition(state cluster_state, price float8, period int, x float8[]) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_hedonic_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hedonic_transition(cluster_state, float8, int, float8[]) IS 'Adds one sale to its period: transition of hedonic_index';

CREATE FUNCTION hedonic_transition(state cluster_state, price float8, is_base boolean, x float8[]) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_hedonic_base_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hedonic_transition(cluster_state, float8, boolean, float8[]) IS 'Adds one sale to the base or the rest: transition of hedonic_index';

CREATE FUNCTION hedonic_index(state cluster_state) RETURNS index_point[]
    AS 'MODULE_PATHNAME', 'terrbal_hedonic_index' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hedonic_index(cluster_state) IS 'Hedonic time-dummy index of moments by period';

CREATE FUNCTION hedonic_base_index(state cluster_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_hedonic_base_index' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hedonic_base_index(cluster_state) IS 'Hedonic index of the rest against the base: final';

CREATE AGGREGATE hedonic_index(price float8, period int, x float8[]) (
    SFUNC = hedonic_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = hedonic_index, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hedonic_index(float8, int, float8[]) IS 'Time-dummy index: 100 exp of the period effect on ln(price), characteristics x held constant; base = earliest period';

CREATE AGGREGATE hedonic_index(price float8, is_base boolean, x float8[]) (
    SFUNC = hedonic_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = hedonic_base_index, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hedonic_index(float8, boolean, float8[]) IS 'Hedonic index of the sales that are not base against those that are (100 = base), characteristics x held constant';

CREATE FUNCTION confidence_interval(point index_point, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(index_point, float8) IS 'Limits of an index of prices, symmetric in its logarithm: index times exp(-/+ normal quantile times se / index)';
