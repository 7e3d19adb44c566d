-- land_bank: strategic land management, public purchase and sale of land

CREATE FUNCTION internal_rate_step(state numeric[], amount numeric, years numeric) RETURNS numeric[]
    AS 'MODULE_PATHNAME', 'terrbal_internal_rate_step' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION internal_rate_step(numeric[], numeric, numeric) IS 'Transition of internal_rate_of_return';

CREATE FUNCTION internal_rate_of_return(state numeric[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_internal_rate_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION internal_rate_of_return(numeric[]) IS 'Rate of return of a state of its yearly sums';

CREATE AGGREGATE internal_rate_of_return(amount numeric, years numeric) (
    SFUNC = internal_rate_step, STYPE = numeric[], SSPACE = 1024, COMBINEFUNC = payback_year_combine, FINALFUNC = internal_rate_of_return, PARALLEL = SAFE);
COMMENT ON AGGREGATE internal_rate_of_return(numeric, numeric) IS 'Yearly rate at which the present value of signed cash flows is 0, a fraction above -1; of several the smallest not negative, else the largest below 0; NULL where there is none';

CREATE FUNCTION public_gain(sales numeric, purchases numeric, works numeric, holding numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(sales, 'sales') - nonnegative(purchases, 'purchases') - nonnegative(works, 'works') - nonnegative(holding, 'holding');
COMMENT ON FUNCTION public_gain(numeric, numeric, numeric, numeric) IS 'What the public keeps of a land purchase, in money: sales less purchases, works and holding costs; negative is a loss';
