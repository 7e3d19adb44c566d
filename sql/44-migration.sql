-- migration: rates, and flows beside the populations at both ends. Doc: doc/migration.md

CREATE FUNCTION crude_migration_intensity(movers float8, population float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_crude_migration_intensity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION crude_migration_intensity(float8, float8) IS 'Movers in % of the population at risk, both in persons (Rees et al. 2000; Bell et al. 2002)';

CREATE FUNCTION aggregate_net_migration_rate(net_movers float8, population float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_aggregate_net_migration_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION aggregate_net_migration_rate(float8, float8) IS 'Half the sum of |net| over zones in % of the population: people redistributed (Bell et al. 2002)';

CREATE FUNCTION courgeau_k(intensity float8, zones float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_courgeau_k' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION courgeau_k(float8, float8) IS 'Migration intensity (%) over ln(zones^2), comparable between zonings (Courgeau 1973)';

CREATE FUNCTION in_migration_rate(inflow float8, population float8, per float8 DEFAULT 100) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_in_migration_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION in_migration_rate(float8, float8, float8) IS 'Arrivals per 100 (or per) inhabitants of a zone';

CREATE FUNCTION out_migration_rate(outflow float8, population float8, per float8 DEFAULT 100) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_out_migration_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION out_migration_rate(float8, float8, float8) IS 'Departures per 100 (or per) inhabitants of a zone';

CREATE FUNCTION net_migration_rate(net float8, population float8, per float8 DEFAULT 100) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_net_migration_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION net_migration_rate(float8, float8, float8) IS 'Arrivals less departures per 100 (or per) inhabitants of a zone; negative where people leave';

CREATE FUNCTION migration_preference(flow float8, total_flow float8, origin_population float8, destination_population float8, total_population float8)
    RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_migration_preference' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION migration_preference(float8, float8, float8, float8, float8)
    IS 'Flow over what the two populations alone would give; 1 = as expected (Bachi 1957; UN Manual VI 1970)';

CREATE FUNCTION migration_velocity(flow float8, origin_population float8, destination_population float8, total_population float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_migration_velocity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION migration_velocity(float8, float8, float8, float8) IS 'Flow times total population over the product of both populations (Bogue et al. 1957; UN Manual VI 1970)';
