-- development_rights: charges for floor area beyond the basic right, certificates, transfers, average entitlement

CREATE FUNCTION additional_floor_area(land_area numeric, floor_area numeric, basic_coefficient numeric, maximum_coefficient numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_additional_floor_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION additional_floor_area(numeric, numeric, numeric, numeric) IS 'Floor area beyond the basic right, m2: max(0, floor - land * basic); error where it exceeds land * maximum';

CREATE FUNCTION density_charge(additional_floor_area numeric, value_per_m2 numeric, factors numeric[] DEFAULT '{}') RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN benefit_area(nonnegative(additional_floor_area, 'additional floor area') * nonnegative(value_per_m2, 'value per m2'), factors);
COMMENT ON FUNCTION density_charge(numeric, numeric, numeric[]) IS 'Charge for additional floor area, in money: area * value per m2 * product of factors (social, planning); not rounded';

CREATE FUNCTION density_charge_ceiling(value_per_m2 numeric, basic_coefficient numeric, intended_coefficient numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN positive_part(quotient(nonnegative(value_per_m2, 'value per m2') * (nonnegative(intended_coefficient, 'intended coefficient')
                                  - nonnegative(basic_coefficient, 'basic coefficient')), intended_coefficient));
COMMENT ON FUNCTION density_charge_ceiling(numeric, numeric, numeric) IS 'Most that a charge can take per m2 of land without lowering its price: V * (1 - basic / intended coefficient)';

CREATE FUNCTION certificates_needed(additional_floor_area numeric, floor_area_per_certificate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ceil(quotient(nonnegative(additional_floor_area, 'additional floor area'), nonnegative(floor_area_per_certificate, 'floor area per certificate')));
COMMENT ON FUNCTION certificates_needed(numeric, numeric) IS 'Certificates (CEPAC) for an additional floor area at so many m2 each, rounded up';

CREATE FUNCTION transferred_floor_area(floor_area numeric, value_sending numeric, value_receiving numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(floor_area, 'floor area') * nonnegative(value_sending, 'value at the sending site'),
                    nonnegative(value_receiving, 'value at the receiving site'));
COMMENT ON FUNCTION transferred_floor_area(numeric, numeric, numeric) IS 'Floor area that a transferred right is worth where it lands, m2: area * value per m2 sending / value per m2 receiving';

CREATE FUNCTION average_entitlement_step(state numeric[], floor_area numeric, coefficient numeric, surface numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_average_entitlement_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION average_entitlement_step(numeric[], numeric, numeric, numeric) IS 'Transition of average_entitlement';

CREATE FUNCTION average_entitlement_step(state numeric[], floor_area float8, coefficient float8, surface float8) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_average_entitlement_step_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION average_entitlement_step(numeric[], float8, float8, float8) IS 'Transition of average_entitlement, float8';

CREATE FUNCTION average_entitlement(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient((sums_of(state, 'entitlement_state', 2, 0))[2], state[3]);
COMMENT ON FUNCTION average_entitlement(numeric[]) IS 'Average entitlement of a stored entitlement_state';

CREATE FUNCTION objective_entitlement(state numeric[]) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (sums_of(state, 'entitlement_state', 2, 0))[2];
COMMENT ON FUNCTION objective_entitlement(numeric[]) IS 'Objective entitlement of a stored entitlement_state, homogenised m2';

CREATE AGGREGATE average_entitlement(floor_area numeric, coefficient numeric, surface numeric) (
    SFUNC = average_entitlement_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = average_entitlement, PARALLEL = SAFE);
COMMENT ON AGGREGATE average_entitlement(numeric, numeric, numeric) IS 'Aprovechamiento medio: sum of floor area * coefficient over the surface of the distribution area, homogenised m2 per m2';

CREATE AGGREGATE average_entitlement(floor_area float8, coefficient float8, surface float8) (
    SFUNC = average_entitlement_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = average_entitlement, PARALLEL = SAFE);
COMMENT ON AGGREGATE average_entitlement(float8, float8, float8) IS 'As average_entitlement(numeric, numeric, numeric), each number taken as its shortest decimal';

CREATE AGGREGATE objective_entitlement(floor_area numeric, coefficient numeric, surface numeric) (
    SFUNC = average_entitlement_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, FINALFUNC = objective_entitlement, PARALLEL = SAFE);
COMMENT ON AGGREGATE objective_entitlement(numeric, numeric, numeric) IS 'Aprovechamiento objetivo: sum of floor area * coefficient, homogenised m2 (same arguments as average_entitlement)';

CREATE AGGREGATE entitlement_state(floor_area numeric, coefficient numeric, surface numeric) (
    SFUNC = average_entitlement_step, STYPE = numeric[], SSPACE = 96, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE entitlement_state(numeric, numeric, numeric) IS 'What average and objective entitlement need of these plots, to be stored and rolled up: {0, sum of floor area * coefficient, sum of surface}';

CREATE FUNCTION owner_entitlement(average_entitlement numeric, surface numeric, share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(average_entitlement, 'average entitlement') * nonnegative(surface, 'surface') * fraction(share, 'share');
COMMENT ON FUNCTION owner_entitlement(numeric, numeric, numeric) IS 'Aprovechamiento subjetivo: the owner''s share of the average entitlement times the surface contributed, homogenised m2';

CREATE TYPE entitlement_split AS (subjective numeric, cession numeric, entitlement numeric);
COMMENT ON TYPE entitlement_split IS 'Of one plot, homogenised m2: what is its owner''s, what is the municipality''s, and their sum';

CREATE FUNCTION entitlement_split(objective numeric, surface numeric, share numeric, unit numeric DEFAULT 0.01) RETURNS entitlement_split
    AS 'MODULE_PATHNAME', 'terrbal_entitlement_split' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entitlement_split(numeric, numeric, numeric, numeric) IS 'Objective aprovechamiento over the surfaces of a distribution area: share of it to owners, the rest to the municipality; together exactly the objective';

CREATE FUNCTION entitlement_split(objective numeric, surface bigint, share numeric, unit numeric DEFAULT 0.01) RETURNS entitlement_split
    AS 'MODULE_PATHNAME', 'terrbal_entitlement_split' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entitlement_split(numeric, bigint, numeric, numeric) IS 'Objective aprovechamiento over the surfaces of a distribution area: share of it to owners, the rest to the municipality; together exactly the objective';

CREATE FUNCTION entitlement_split(objective numeric, surface float8, share numeric, unit numeric DEFAULT 0.01) RETURNS entitlement_split
    AS 'MODULE_PATHNAME', 'terrbal_entitlement_split' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION entitlement_split(numeric, float8, numeric, numeric) IS 'Objective aprovechamiento over the surfaces of a distribution area: share of it to owners, the rest to the municipality; together exactly the objective, each surface taken as its shortest decimal';
