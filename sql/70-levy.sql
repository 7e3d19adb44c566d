-- levy: betterment levies and special assessments

CREATE FUNCTION levy_pool(cost numeric, subsidies numeric, recoverable_share numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN fraction(recoverable_share, 'recoverable share') * positive_part(nonnegative(cost, 'cost') - nonnegative(subsidies, 'subsidies'));
COMMENT ON FUNCTION levy_pool(numeric, numeric, numeric) IS 'Sum to be levied, in money: recoverable share of the cost net of subsidies, 0 where these exceed it; not rounded (TRLRHL art. 31)';

CREATE FUNCTION levy_pool(cost numeric, subsidies numeric, recoverable_share numeric, uplift_total numeric, capture_rate numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lesser(levy_pool(cost, subsidies, recoverable_share), fraction(capture_rate, 'capture rate') * positive_part(uplift_total));
COMMENT ON FUNCTION levy_pool(numeric, numeric, numeric, numeric, numeric) IS 'As levy_pool(cost, subsidies, recoverable_share), but never more than the capture rate times the total uplift';

CREATE FUNCTION benefit_area(area numeric, factors numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_benefit_area' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION benefit_area(numeric, numeric[]) IS 'Virtual area, m2: the area times the product of its benefit factors (valorizacion); an empty array is no factor, a NULL factor an error';

CREATE FUNCTION benefit_area(area float8, factors float8[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_benefit_area_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION benefit_area(float8, float8[]) IS 'As benefit_area(numeric, numeric[]), each number taken as its shortest decimal';

CREATE FUNCTION distance_benefit(area numeric, distance numeric, decay text, parameters numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_distance_benefit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION distance_benefit(numeric, numeric, text, numeric[]) IS 'Area weighted by distance to the work: exponential {l}, power {l, p}, linear {end}, steps {break, value, ...}';

CREATE FUNCTION distance_benefit(area float8, distance float8, decay text, parameters float8[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_distance_benefit_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION distance_benefit(float8, float8, text, float8[]) IS 'As distance_benefit(numeric, numeric, text, numeric[]), each number taken as its shortest decimal';

CREATE FUNCTION mixed_benefit(modules numeric[], totals numeric[], shares numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_mixed_benefit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION mixed_benefit(numeric[], numeric[], numeric[]) IS 'Weight of a unit by several modules (frontage, area, volume, value), each bearing a share of the pool; without a division, so exact';

CREATE FUNCTION betterment_levy(pool numeric, benefit_weight numeric, cap numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_betterment_levy' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION betterment_levy(numeric, numeric, numeric, numeric) IS 'Quota of each property, in money: the pool shared by benefit weight to the unit, never above its cap; over a partition the quotas add up to the pool';

CREATE FUNCTION betterment_levy(pool numeric, benefit_weight bigint, cap numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_betterment_levy' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION betterment_levy(numeric, bigint, numeric, numeric) IS 'As betterment_levy with a numeric weight';

CREATE FUNCTION betterment_levy(pool numeric, benefit_weight float8, cap numeric DEFAULT NULL, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_betterment_levy' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION betterment_levy(numeric, float8, numeric, numeric) IS 'As betterment_levy with a numeric weight, each weight taken as its shortest decimal';

CREATE FUNCTION subsidised_quota(quota numeric, own_subsidy numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_subsidised_quota' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION subsidised_quota(numeric, numeric, numeric) IS 'What an owner pays after subsidies, in money: each meets the quota of the owner who gave it first, the rest lowers the others'' quotas pro rata (TRLRHL art. 31.6)';
