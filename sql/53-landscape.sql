-- landscape: patches, edges and mix of maps of classes; how cities grow; mix of uses, density gradients

CREATE TYPE landscape_state;

CREATE FUNCTION landscape_state_in(cstring) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_in(cstring) IS 'Input of landscape_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION landscape_state_out(landscape_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_out(landscape_state) IS 'Output of landscape_state: hexadecimal canonical bytes, equal for equal cells';

CREATE FUNCTION landscape_state_recv(internal) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_recv(internal) IS 'Binary input of landscape_state, fully checked';

CREATE FUNCTION landscape_state_send(landscape_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_landscape_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION landscape_state_send(landscape_state) IS 'Binary output of landscape_state: canonical bytes, big-endian';

CREATE TYPE landscape_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = landscape_state_in, OUTPUT = landscape_state_out, RECEIVE = landscape_state_recv, SEND = landscape_state_send
);
COMMENT ON TYPE landscape_state IS 'A map of classes as runs of equal cells: state of class_metrics and landscape_metrics';

CREATE FUNCTION landscape_combine(landscape_state, landscape_state) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_combine(landscape_state, landscape_state) IS 'Joins the cells of two states';

CREATE FUNCTION landscape_final(landscape_state) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_final(landscape_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(landscape_state) (
    SFUNC = landscape_combine, STYPE = landscape_state, SSPACE = 4096, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(landscape_state) IS 'Stored states together: what one pass over all their cells gives';

CREATE FUNCTION landscape_transition(state landscape_state, x int, y int, class int, cell_size float8) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_transition(landscape_state, int, int, int, float8) IS 'Adds a cell, patches by edges and corners: transition of class_metrics and landscape_metrics';

CREATE FUNCTION landscape_transition(state landscape_state, x int, y int, class int, cell_size float8, neighbours int) RETURNS landscape_state
    AS 'MODULE_PATHNAME', 'terrbal_landscape_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_transition(landscape_state, int, int, int, float8, int) IS 'Adds a cell, patches by 4 or 8 neighbours: transition of class_metrics and landscape_metrics';

CREATE AGGREGATE landscape_state(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_state(int, int, int, float8) IS 'Map of classes as one value to store and roll up; patches by edges and corners';

CREATE AGGREGATE landscape_state(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_state(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE TYPE class_metric AS (
    class int, cells bigint, area float8, share float8, patches bigint, largest_patch_index float8, mean_patch_area float8, effective_mesh_size float8,
    edge_length float8, edge_density float8, mean_shape_index float8, aggregation_index float8
);
COMMENT ON TYPE class_metric IS 'Metrics of one class, as FRAGSTATS defines them; areas and lengths in units of the cell size, largest_patch_index and aggregation_index in per cent';
COMMENT ON COLUMN class_metric.edge_length IS 'Edges to other classes; the border of the map and cells that are not given are none';
COMMENT ON COLUMN class_metric.edge_density IS 'Edge length over the area of the map';
COMMENT ON COLUMN class_metric.mean_shape_index IS 'Mean over patches of perimeter over the least perimeter of as many cells, 1 or more';
COMMENT ON COLUMN class_metric.aggregation_index IS 'Per cent of the edges within the class that as many cells could have; NULL for one cell';

CREATE FUNCTION class_metrics(state landscape_state) RETURNS class_metric[]
    AS 'MODULE_PATHNAME', 'terrbal_class_metrics' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION class_metrics(landscape_state) IS 'Of a stored map. Area, patches, edges, shape and aggregation of each class, ascending';

CREATE AGGREGATE class_metrics(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = class_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_metrics(int, int, int, float8) IS 'Area, patches (by edges and corners), edges, shape and aggregation of each class of a map, ascending; in units of cell_size, share a fraction, indices in per cent (FRAGSTATS)';

CREATE AGGREGATE class_metrics(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = class_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE class_metrics(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE TYPE landscape_metrics AS (
    patches bigint, edge_density float8, contagion float8, shannon_diversity float8, shannon_evenness float8, simpson_diversity float8, effective_mesh_size float8,
    largest_patch_index float8, classes int, cells bigint, area float8, edge_length float8, mean_patch_area float8, mean_shape_index float8, aggregation_index float8
);
COMMENT ON TYPE landscape_metrics IS
    'Metrics of a map of classes, as FRAGSTATS defines them; areas and lengths in units of the cell size, contagion, largest_patch_index and aggregation_index in per cent';
COMMENT ON COLUMN landscape_metrics.contagion IS 'How far classes lie in large clumps, per cent; NULL for one class';
COMMENT ON COLUMN landscape_metrics.shannon_evenness IS 'Diversity over its maximum for the classes present; NULL for one class';

CREATE FUNCTION landscape_metrics(state landscape_state) RETURNS landscape_metrics
    AS 'MODULE_PATHNAME', 'terrbal_landscape_metrics' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION landscape_metrics(landscape_state) IS 'Of a stored map. Patches, edges, contagion, diversity and mesh size of all classes together';

CREATE AGGREGATE landscape_metrics(x int, y int, class int, cell_size float8) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_metrics(int, int, int, float8) IS 'Patches (by edges and corners), edges, contagion, diversity and mesh size of a map of classes; in units of cell_size, contagion and indices in per cent (FRAGSTATS)';

CREATE AGGREGATE landscape_metrics(x int, y int, class int, cell_size float8, neighbours int) (
    SFUNC = landscape_transition, STYPE = landscape_state, SSPACE = 100000, COMBINEFUNC = landscape_combine, FINALFUNC = landscape_metrics, PARALLEL = SAFE
);
COMMENT ON AGGREGATE landscape_metrics(int, int, int, float8, int) IS 'The same with patches by 4 (edges) or 8 neighbours (corners too)';

CREATE FUNCTION patch_id(x int, y int, class int, neighbours int DEFAULT 8) RETURNS int
    AS 'MODULE_PATHNAME', 'terrbal_patch_id' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION patch_id(int, int, int, int) IS
    'Patch of each cell of the partition: connected cells of one class, by 4 (edges) or 8 neighbours (corners too), numbered from 1 by their first cell in order of row, then column';

CREATE TYPE growth_type AS ENUM ('infill', 'extension', 'leapfrog');
COMMENT ON TYPE growth_type IS 'How newly built cells lie to what was built before';

CREATE FUNCTION growth_type(x int, y int, built_before boolean, built_after boolean) RETURNS growth_type
    AS 'MODULE_PATHNAME', 'terrbal_growth_type' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION growth_type(int, int, boolean, boolean) IS
    'Of each newly built cell of the partition: infill where more than half of the ring around its patch was built before, extension where some, leapfrog where nothing (Liu and others 2010); else NULL';

CREATE TYPE urban_extent AS ENUM ('urban', 'suburban', 'rural', 'fringe', 'captured', 'open');
COMMENT ON TYPE urban_extent IS 'Cells of a map of built land; the urban extent is urban, suburban, fringe and captured';

CREATE FUNCTION urban_extent(x int, y int, built boolean, cell_size float8, radius float8 DEFAULT 564.19, fringe float8 DEFAULT 100, captured float8 DEFAULT 2000000) RETURNS urban_extent
    AS 'MODULE_PATHNAME', 'terrbal_urban_extent' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION urban_extent(int, int, boolean, float8, float8, float8, float8) IS
    'Of each cell of the partition: built cells by how much of the circle of radius around them is built (urban, suburban, rural), open ones as fringe, captured or open (Angel and others 2016); defaults in metres and square metres';

CREATE FUNCTION built_share_around(x int, y int, built boolean, cell_size float8, radius float8 DEFAULT 564.19) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_built_share_around' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION built_share_around(int, int, boolean, float8, float8) IS
    'Share of built cells, 0 to 1, in the circle around each cell of the partition; cells not given are not built';

CREATE TYPE land_use_state;

CREATE FUNCTION land_use_state_in(cstring) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_in(cstring) IS 'Input of land_use_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION land_use_state_out(land_use_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_out(land_use_state) IS 'Output of land_use_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION land_use_state_recv(internal) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_recv(internal) IS 'Binary input of land_use_state, fully checked';

CREATE FUNCTION land_use_state_send(land_use_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_land_use_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION land_use_state_send(land_use_state) IS 'Binary output of land_use_state: canonical bytes, big-endian';

CREATE TYPE land_use_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = land_use_state_in, OUTPUT = land_use_state_out, RECEIVE = land_use_state_recv, SEND = land_use_state_send
);
COMMENT ON TYPE land_use_state IS 'Areas by use: state of land_use_mix';

CREATE FUNCTION land_use_combine(land_use_state, land_use_state) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_combine(land_use_state, land_use_state) IS 'Joins the rows of two states';

CREATE FUNCTION land_use_final(land_use_state) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_final(land_use_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE rollup(land_use_state) (
    SFUNC = land_use_combine, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(land_use_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION land_use_transition(state land_use_state, use text, area float8) RETURNS land_use_state
    AS 'MODULE_PATHNAME', 'terrbal_land_use_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_transition(land_use_state, text, float8) IS 'Adds an area of a use: transition of land_use_mix';

CREATE AGGREGATE land_use_state(use text, area float8) (
    SFUNC = land_use_transition, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE land_use_state(text, float8) IS 'Areas by use as one value to store and roll up';

CREATE TYPE land_use_mix AS (uses int, entropy float8, simpson float8, dominance float8, largest text, area float8, shannon float8);
COMMENT ON TYPE land_use_mix IS 'How mixed uses are: entropy 0 (one use) to 1 (all of the uses present alike), Simpson diversity, share of the largest use';

CREATE FUNCTION land_use_mix(state land_use_state) RETURNS land_use_mix
    AS 'MODULE_PATHNAME', 'terrbal_land_use_mix' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION land_use_mix(land_use_state) IS 'Of stored areas. Entropy, Simpson diversity and dominance of uses';

CREATE AGGREGATE land_use_mix(use text, area float8) (
    SFUNC = land_use_transition, STYPE = land_use_state, SSPACE = 4096, COMBINEFUNC = land_use_combine, FINALFUNC = land_use_mix, PARALLEL = SAFE
);
COMMENT ON AGGREGATE land_use_mix(text, float8) IS 'Entropy (0 to 1), Simpson diversity and dominance of uses by area; rows of one use add up (Frank and Pivo 1994)';

CREATE TYPE density_gradient AS (form text, central_density float8, gradient float8, gradient_se float8, r2 float8, n bigint, empty bigint);
COMMENT ON TYPE density_gradient IS
    'Density by distance: exponential, central_density * exp(-gradient * r), or power, central_density * r^-gradient; standard error of the gradient and R2 of ln density';

CREATE FUNCTION density_gradient(state paired_state) RETURNS density_gradient
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient(paired_state) IS 'Of stored places, paired_state(distance, density). The better of both forms by R2';

CREATE FUNCTION density_gradient(state paired_state, form text) RETURNS density_gradient
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient(paired_state, text) IS 'Of stored places, in the form asked for: exponential (Clark 1951) or power (Smeed 1963)';

CREATE FUNCTION density_gradient_transition(state paired_state, distance float8, population float8, area float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_density_gradient_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION density_gradient_transition(paired_state, float8, float8, float8) IS 'Adds a place with its distance and density: transition of density_gradient';

CREATE AGGREGATE density_gradient(distance float8, population float8, area float8) (
    SFUNC = density_gradient_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = density_gradient, PARALLEL = SAFE
);
COMMENT ON AGGREGATE density_gradient(float8, float8, float8) IS 'How density falls with distance from the centre, exponentially or by a power, whichever fits better; places without people are left out';

CREATE FUNCTION pycnophylactic(x int, y int, zone text, total float8, relaxation float8 DEFAULT 0.2, tolerance float8 DEFAULT 0.001) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_pycnophylactic' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pycnophylactic(int, int, text, float8, float8, float8) IS
    'People of each cell of the partition: a smooth surface that keeps the total of every zone and is nowhere negative (Tobler 1979); relaxation is the weight of a cell itself in a step';
CREATE FUNCTION pycnophylactic(x int, y int, zone bigint, total float8, relaxation float8 DEFAULT 0.2, tolerance float8 DEFAULT 0.001) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_pycnophylactic_number' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION pycnophylactic(int, int, bigint, float8, float8, float8) IS
    'With integer zones: the same as with their decimal text. People of each cell of the partition: a smooth surface that keeps the total of every zone and is nowhere negative (Tobler 1979); relaxation is the weight of a cell itself in a step';
