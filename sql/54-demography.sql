-- demography: balances, growth, structure, depopulation, legal definitions of rural areas

CREATE TYPE demographic_balance_result AS (
    change float8, "natural" float8, migration float8, growth_rate float8, natural_rate float8, migration_rate float8, type int, sector text
);
COMMENT ON TYPE demographic_balance_result IS 'change = natural + migration, persons; rates per 1,000 of mean population and year; type 1 to 8 and sector A to H after Webb 1963';
COMMENT ON COLUMN demographic_balance_result.migration IS 'Net migration as the residual: change less births plus deaths';

CREATE FUNCTION demographic_balance(population_start float8, population_end float8, births float8, deaths float8, years float8) RETURNS demographic_balance_result
    AS 'MODULE_PATHNAME', 'terrbal_demographic_balance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION demographic_balance(float8, float8, float8, float8, float8) IS
    'Change of a population into natural balance and migration, rates per 1,000 and year, Webb''s type of growth (Bogue 1982, Webb 1963)';

CREATE TYPE survival_migration_result AS (forward float8, reverse float8, average float8);
COMMENT ON TYPE survival_migration_result IS 'Net migration of a cohort by the census survival ratio, persons';
CREATE FUNCTION survival_migration(population_start float8, population_end float8, survival_ratio float8) RETURNS survival_migration_result
    AS 'MODULE_PATHNAME', 'terrbal_survival_migration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_migration(float8, float8, float8) IS 'Net migration of a cohort by its survival ratio: forward, reverse and average method (UN Manual VI)';

CREATE FUNCTION growth_rate(start_value float8, end_value float8, years float8, method text DEFAULT 'geometric') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_growth_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION growth_rate(float8, float8, float8, text) IS 'Growth a year as a fraction: arithmetic, geometric or exponential';

CREATE FUNCTION ageing_index(older float8, young float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_ageing_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ageing_index(float8, float8) IS 'Older persons (65 and over) per 100 young ones (under 15)';
CREATE FUNCTION old_age_dependency(older float8, working_age float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_old_age_dependency' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION old_age_dependency(float8, float8) IS 'Older persons (65 and over) per 100 of working age (15 to 64)';
CREATE FUNCTION youth_dependency(young float8, working_age float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_youth_dependency' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION youth_dependency(float8, float8) IS 'Young persons (under 15) per 100 of working age (15 to 64)';
CREATE FUNCTION total_dependency(young float8, older float8, working_age float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_total_dependency' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION total_dependency(float8, float8, float8) IS 'Young and older persons per 100 of working age';
CREATE FUNCTION masculinity_ratio(males float8, females float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_masculinity_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION masculinity_ratio(float8, float8) IS 'Males per 100 females';
CREATE FUNCTION replacement_ratio(entering float8, leaving float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_replacement_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION replacement_ratio(float8, float8) IS 'Persons about to enter working life (15 to 24) per 100 about to leave it (55 to 64)';

CREATE TYPE depopulation_risk_result AS (declining boolean, natural_decrease boolean, sparse boolean, at_risk boolean);
COMMENT ON TYPE depopulation_risk_result IS 'The three conditions and whether all hold';
CREATE FUNCTION depopulation_risk(population_start float8, population_end float8, natural_balance float8, density_km2 float8, density_limit float8 DEFAULT 12.5)
    RETURNS depopulation_risk_result
    AS 'MODULE_PATHNAME', 'terrbal_depopulation_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION depopulation_risk(float8, float8, float8, float8, float8) IS
    'Municipality at risk of depopulation: population fell, births less deaths over the period negative, density below the limit (Banco de Espana 2020)';
CREATE FUNCTION depopulation_risk(population_start float8, population_end float8, natural_balances float8[], density_km2 float8, density_limit float8 DEFAULT 12.5)
    RETURNS depopulation_risk_result
    AS 'MODULE_PATHNAME', 'terrbal_depopulation_risk_yearly' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION depopulation_risk(float8, float8, float8[], float8, float8) IS 'The same where the natural balance must be negative in every year of the array';

CREATE TYPE rural_environment_result AS (below_population boolean, below_density boolean, rural boolean, small boolean);
COMMENT ON TYPE rural_environment_result IS 'The two conditions, whether both hold, and whether the municipality is small as well';
CREATE FUNCTION rural_environment(population float8, density_km2 float8, population_limit float8 DEFAULT 30000, density_limit float8 DEFAULT 100, small_limit float8 DEFAULT 5000)
    RETURNS rural_environment_result
    AS 'MODULE_PATHNAME', 'terrbal_rural_environment' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rural_environment(float8, float8, float8, float8, float8) IS 'Rural municipality with its single conditions, all strictly below (Spain, Ley 45/2007, article 3)';
CREATE FUNCTION rural_municipality(population float8, density_km2 float8, population_limit float8 DEFAULT 30000, density_limit float8 DEFAULT 100) RETURNS boolean
    LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
    RETURN (rural_environment(population, density_km2, population_limit, density_limit)).rural;
COMMENT ON FUNCTION rural_municipality(float8, float8, float8, float8) IS 'Population and density both below their limits (Spain, Ley 45/2007, article 3)';

CREATE TYPE sparse_area_result AS (sparse boolean, very_sparse boolean);
COMMENT ON TYPE sparse_area_result IS 'Below the limit for sparsely, and for very sparsely populated areas';
CREATE FUNCTION sparse_area(density_km2 float8, sparse_limit float8 DEFAULT 12.5, very_sparse_limit float8 DEFAULT 8) RETURNS sparse_area_result
    AS 'MODULE_PATHNAME', 'terrbal_sparse_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sparse_area(float8, float8, float8) IS 'Sparsely (NUTS 3 below 12.5 per km2) and very sparsely (NUTS 2 below 8) populated areas (EU regional aid guidelines)';

CREATE FUNCTION oecd_rural_unit(density_km2 float8, density_limit float8 DEFAULT 150) RETURNS boolean
    LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE
    RETURN (sparse_area(density_km2, density_limit)).sparse;
COMMENT ON FUNCTION oecd_rural_unit(float8, float8) IS 'Rural local unit: density below 150 per km2 (OECD 1994)';
CREATE FUNCTION oecd_rural_region(rural_share float8) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_rural_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_rural_region(float8) IS
    'Region by the share of its population in rural local units: predominantly rural above 0.5, intermediate from 0.15, predominantly urban below (OECD 1994)';
CREATE FUNCTION oecd_rural_region(rural_share float8, city_population float8, city_share float8, intermediate_limit float8 DEFAULT 0.15, rural_limit float8 DEFAULT 0.5,
                                  small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000, city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_rural_region_city' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'The same with the third step: a city of more than small_city people that is at least city_share_limit of the region lifts a rural region to intermediate, one of more than large_city an intermediate region to urban (OECD regional typology)';
CREATE FUNCTION eurostat_rural_region(rural_share float8, city_population float8 DEFAULT 0, city_share float8 DEFAULT 0, intermediate_limit float8 DEFAULT 0.2,
                                      rural_limit float8 DEFAULT 0.5, small_city float8 DEFAULT 200000, large_city float8 DEFAULT 500000,
                                      city_share_limit float8 DEFAULT 0.25) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_eurostat_rural_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION eurostat_rural_region(float8, float8, float8, float8, float8, float8, float8, float8) IS
    'Region by the share of its population outside urban clusters: predominantly rural from 0.5, intermediate above 0.2, else predominantly urban, with the third step for cities (Eurostat urban-rural typology)';

CREATE FUNCTION oecd_access_region(large_share float8, metropolitan_share float8, near_metropolitan_share float8, near_city_share float8, share_limit float8 DEFAULT 0.5) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_oecd_access_region' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION oecd_access_region(float8, float8, float8, float8, float8) IS
    'Region by access to cities: MR-L, MR-M (most people live in metropolitan areas, large or not), NMR-M, NMR-S (most reach a metropolitan area, or a smaller city, within an hour), NMR-R (OECD 2019)';

CREATE TYPE projection_state;

CREATE FUNCTION projection_state_in(cstring) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_in(cstring) IS 'Input of projection_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION projection_state_out(projection_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_out(projection_state) IS 'Output of projection_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION projection_state_recv(internal) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_recv(internal) IS 'Binary input of projection_state, fully checked';

CREATE FUNCTION projection_state_send(projection_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_projection_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION projection_state_send(projection_state) IS 'Binary output of projection_state: canonical bytes, big-endian';

CREATE TYPE projection_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = projection_state_in, OUTPUT = projection_state_out, RECEIVE = projection_state_recv, SEND = projection_state_send
);
COMMENT ON TYPE projection_state IS 'Rates between cells and the populations of these: state of projection';

CREATE FUNCTION projection_combine(projection_state, projection_state) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_combine(projection_state, projection_state) IS 'Joins the rows of two states with the same parameters';

CREATE FUNCTION projection_final(projection_state) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_final(projection_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION projection_transition(state projection_state, from_cell text, to_cell text, rate float8, population float8, steps int) RETURNS projection_state
    AS 'MODULE_PATHNAME', 'terrbal_projection_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection_transition(projection_state, text, text, float8, float8, int) IS 'Adds one rate from a cell to another: transition of projection';

CREATE TYPE projection_step AS (step int, cell text, population float8);
COMMENT ON TYPE projection_step IS 'The population of a cell after so many steps; step 0 is the start';

CREATE FUNCTION projection(state projection_state) RETURNS projection_step[]
    AS 'MODULE_PATHNAME', 'terrbal_projection' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection(projection_state) IS 'Of stored rates, over the steps that the state has. Populations of all cells';

CREATE FUNCTION projection(state projection_state, steps int) RETURNS projection_step[]
    AS 'MODULE_PATHNAME', 'terrbal_projection' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projection(projection_state, int) IS 'Of stored rates. Populations of all cells over so many steps';

CREATE AGGREGATE projection(from_cell text, to_cell text, rate float8, population float8, steps int) (
    SFUNC = projection_transition, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection, PARALLEL = SAFE
);
COMMENT ON AGGREGATE projection(text, text, float8, float8, int) IS 'Populations of cells (zone, sex, age) moved forward by constant rates of survival, moving and birth: people in to_cell per person in from_cell and step (Leslie 1945, Rogers 1966)';

CREATE AGGREGATE projection_state(from_cell text, to_cell text, rate float8, population float8, steps int) (
    SFUNC = projection_transition, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE projection_state(text, text, float8, float8, int) IS 'Rates between cells and their populations of a group as one value to store and roll up';

CREATE AGGREGATE rollup(projection_state) (
    SFUNC = projection_combine, STYPE = projection_state, SSPACE = 4096, COMBINEFUNC = projection_combine, FINALFUNC = projection_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(projection_state) IS 'Stored states together: what one pass over all their rows gives';
