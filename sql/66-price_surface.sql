-- price_surface: inverse distance, kernel means, kernel weights for local regression, grids

CREATE TYPE surface_cell AS (x float8, y float8, value float8, weight float8, n bigint);
COMMENT ON TYPE surface_cell IS 'Centre of a grid cell, its kernel mean, the sum of kernel weights and the points that reach it';

CREATE FUNCTION kernel_weight(distance float8, bandwidth float8, kernel text) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_kernel_weight' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kernel_weight(float8, float8, text) IS 'Weight of a point for local means and regressions; kernel gaussian, bisquare, tricube, epanechnikov or uniform';

CREATE TYPE surface_state;

CREATE FUNCTION surface_state_in(cstring) RETURNS surface_state
    AS 'MODULE_PATHNAME', 'terrbal_surface_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION surface_state_in(cstring) IS 'Input of surface_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION surface_state_out(surface_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_surface_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION surface_state_out(surface_state) IS 'Output of surface_state: hexadecimal canonical bytes';

CREATE FUNCTION surface_state_recv(internal) RETURNS surface_state
    AS 'MODULE_PATHNAME', 'terrbal_surface_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION surface_state_recv(internal) IS 'Binary input of surface_state, fully checked';

CREATE FUNCTION surface_state_send(surface_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_surface_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION surface_state_send(surface_state) IS 'Binary output of surface_state: canonical bytes, big-endian';

CREATE TYPE surface_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = surface_state_in, OUTPUT = surface_state_out, RECEIVE = surface_state_recv, SEND = surface_state_send
);
COMMENT ON TYPE surface_state IS 'Sums of one target of a surface';

CREATE FUNCTION inverse_distance_transition(state surface_state, value float8, distance float8, power float8) RETURNS surface_state
    AS 'MODULE_PATHNAME', 'terrbal_inverse_distance_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION inverse_distance_transition(surface_state, float8, float8, float8) IS 'Adds one point: transition of inverse_distance';

CREATE FUNCTION kernel_mean_transition(state surface_state, value float8, distance float8, bandwidth float8, kernel text) RETURNS surface_state
    AS 'MODULE_PATHNAME', 'terrbal_kernel_mean_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kernel_mean_transition(surface_state, float8, float8, float8, text) IS 'Adds one point: transition of kernel_mean';

CREATE FUNCTION surface_combine(surface_state, surface_state) RETURNS surface_state
    AS 'MODULE_PATHNAME', 'terrbal_surface_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION surface_combine(surface_state, surface_state) IS 'Adds the sums of two states: combine of inverse_distance and kernel_mean';

CREATE FUNCTION surface_value(state surface_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_surface' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION surface_value(surface_state) IS 'Weighted mean of a target: final of inverse_distance and kernel_mean';

CREATE AGGREGATE inverse_distance(value float8, distance float8, power float8) (
    SFUNC = inverse_distance_transition, STYPE = surface_state, SSPACE = 256, COMBINEFUNC = surface_combine, FINALFUNC = surface_value, PARALLEL = SAFE
);
COMMENT ON AGGREGATE inverse_distance(float8, float8, float8) IS 'Mean with weights distance^-power (Shepard 1968); points at distance 0 decide alone';

CREATE AGGREGATE kernel_mean(value float8, distance float8, bandwidth float8, kernel text) (
    SFUNC = kernel_mean_transition, STYPE = surface_state, SSPACE = 256, COMBINEFUNC = surface_combine, FINALFUNC = surface_value, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kernel_mean(float8, float8, float8, text) IS 'Mean with kernel weights (Nadaraya 1964, Watson 1964); NULL where no point has weight';

CREATE TYPE grid_state;

CREATE FUNCTION grid_state_in(cstring) RETURNS grid_state
    AS 'MODULE_PATHNAME', 'terrbal_grid_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid_state_in(cstring) IS 'Input of grid_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION grid_state_out(grid_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_grid_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid_state_out(grid_state) IS 'Output of grid_state: hexadecimal canonical bytes';

CREATE FUNCTION grid_state_recv(internal) RETURNS grid_state
    AS 'MODULE_PATHNAME', 'terrbal_grid_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid_state_recv(internal) IS 'Binary input of grid_state, fully checked';

CREATE FUNCTION grid_state_send(grid_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_grid_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION grid_state_send(grid_state) IS 'Binary output of grid_state: canonical bytes, big-endian';

CREATE TYPE grid_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = grid_state_in, OUTPUT = grid_state_out, RECEIVE = grid_state_recv, SEND = grid_state_send
);
COMMENT ON TYPE grid_state IS 'Kernel-weighted sums by cell of a grid: the state of kernel_surface; 56 bytes a cell';

CREATE FUNCTION grid_transition(state grid_state, x float8, y float8, value float8, cell_size float8, bandwidth float8, kernel text) RETURNS grid_state
    AS 'MODULE_PATHNAME', 'terrbal_grid_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grid_transition(grid_state, float8, float8, float8, float8, float8, text) IS 'Adds one point to the cells it reaches: transition of kernel_surface';

CREATE FUNCTION grid_combine(grid_state, grid_state) RETURNS grid_state
    AS 'MODULE_PATHNAME', 'terrbal_grid_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grid_combine(grid_state, grid_state) IS 'Adds two grids: combine of kernel_surface';

CREATE FUNCTION grid_final(grid_state) RETURNS grid_state
    AS 'MODULE_PATHNAME', 'terrbal_grid_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grid_final(grid_state) IS 'Stored form of a grid, sorted by row and column';

CREATE FUNCTION kernel_surface(state grid_state) RETURNS surface_cell[]
    AS 'MODULE_PATHNAME', 'terrbal_kernel_surface' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kernel_surface(grid_state) IS 'Kernel means of a stored grid';

CREATE AGGREGATE kernel_surface(x float8, y float8, value float8, cell_size float8, bandwidth float8, kernel text) (
    SFUNC = grid_transition, STYPE = grid_state, SSPACE = 65536, COMBINEFUNC = grid_combine, FINALFUNC = kernel_surface, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kernel_surface(float8, float8, float8, float8, float8, text) IS 'Kernel mean at the centre of every grid cell in reach of a point, in one pass; memory is the grid';

CREATE AGGREGATE grid_state(x float8, y float8, value float8, cell_size float8, bandwidth float8, kernel text) (
    SFUNC = grid_transition, STYPE = grid_state, SSPACE = 65536, COMBINEFUNC = grid_combine, FINALFUNC = grid_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE grid_state(float8, float8, float8, float8, float8, text) IS 'Grid of kernel-weighted sums as one value to store and roll up';

CREATE AGGREGATE rollup(grid_state) (
    SFUNC = grid_combine, STYPE = grid_state, SSPACE = 65536, COMBINEFUNC = grid_combine, FINALFUNC = grid_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(grid_state) IS 'Sum of stored grids: what one pass over all points gives';
