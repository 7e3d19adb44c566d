-- money: exact decimal building blocks of the instruments

CREATE FUNCTION finite(x numeric, name text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_finite' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION finite(numeric, text) IS 'x itself; NaN and infinity are an error that names it';

CREATE FUNCTION nonnegative(x numeric, name text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_nonnegative' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nonnegative(numeric, text) IS 'x itself; a negative value, NaN and infinity are an error that names it';

CREATE FUNCTION fraction(x numeric, name text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_fraction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION fraction(numeric, text) IS 'x itself; a value outside 0 to 1 is an error that names it';

CREATE FUNCTION at_most(x numeric, name text, most numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_at_most' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_most(numeric, text, numeric) IS 'x itself; a larger value is an error that names it';

CREATE FUNCTION at_least(x numeric, name text, minimum numeric, hint text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_at_least' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION at_least(numeric, text, numeric, text) IS 'x itself; a smaller value is an error with this hint';

CREATE FUNCTION told_rate(x numeric, name text) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_told_rate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION told_rate(numeric, text) IS 'x itself; a negative value, NaN and infinity are an error that names it; above 1 a NOTICE says that it may be a percentage';

CREATE FUNCTION one_of(x text, name text, VARIADIC choices text[]) RETURNS text
    AS 'MODULE_PATHNAME', 'terrbal_one_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION one_of(text, text, text[]) IS 'x itself; a value that is not among the choices is an error whose hint lists them';

CREATE FUNCTION positive_part(x numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_positive_part' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION positive_part(numeric) IS 'The larger of x and 0; unlike greatest(), NULL for NULL';

CREATE FUNCTION lesser(x numeric, y numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_lesser' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION lesser(numeric, numeric) IS 'The smaller of x and y; unlike least(), NULL if either is NULL';

CREATE FUNCTION quotient(x numeric, y numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_quotient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION quotient(numeric, numeric) IS 'x / y at 20 decimals whatever the scale of x and y; NULL where y is 0';

CREATE FUNCTION rounded(x numeric, unit numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_rounded' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rounded(numeric, numeric) IS 'x to the nearest multiple of unit (0.01, 0.05, 1, 1000), half away from zero';

CREATE FUNCTION exact_decimal(x float8) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_exact_decimal' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION exact_decimal(float8) IS 'The shortest decimal that reads back as x, as numeric: how a measured area or length enters a money rule';

CREATE FUNCTION growth_factor(rate numeric, years numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_growth_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION growth_factor(numeric, numeric) IS '(1 + rate)^years at 40 decimals; years may be negative or fractional, rate is a fraction above -1';

CREATE FUNCTION annuity_factor(rate numeric, n numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_annuity_factor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION annuity_factor(numeric, numeric) IS 'Present value of 1 a year at the end of each of n years, (1 - (1 + rate)^-n) / rate; n where the rate is 0';

CREATE FUNCTION sums_combine(a numeric[], b numeric[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_sums_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sums_combine(numeric[], numeric[]) IS 'Merges two states of the money aggregates: {parameters, their values, sums}; exact in any order';

CREATE FUNCTION sums_of(state numeric[], maker text, sums int, VARIADIC parameters int[]) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_sums_of' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sums_of(numeric[], text, int, int[]) IS 'The state itself; one without so many sums, after one of these numbers of parameters, is an error that names what makes one';

CREATE AGGREGATE rollup(state numeric[]) (SFUNC = sums_combine, STYPE = numeric[], SSPACE = 192, COMBINEFUNC = sums_combine, PARALLEL = SAFE);
COMMENT ON AGGREGATE rollup(numeric[]) IS 'Stored states of the money aggregates added up: tax_increment_state, entitlement_state, split_rate_state, tax_shift_state';

CREATE FUNCTION projected_area(area float8, srid int, geographic boolean) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_projected_area' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION projected_area(float8, int, boolean) IS 'area itself; an error naming the SRID where it was measured in degrees';

CREATE FUNCTION land_area(parcel geometry) RETURNS float8
    LANGUAGE sql STABLE STRICT PARALLEL SAFE
    BEGIN ATOMIC
        SELECT projected_area(ST_Area(parcel), ST_SRID(parcel), (SELECT s.srtext LIKE 'GEOG%' OR s.proj4text LIKE '%+proj=longlat%'
                                                                 FROM spatial_ref_sys s WHERE s.srid = ST_SRID(parcel)));
    END;
COMMENT ON FUNCTION land_area(geometry) IS 'Area of a parcel in the squared unit of its projected reference system (m2); error where the coordinates are degrees';
