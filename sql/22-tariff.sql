-- Tariffs of equalisation laws and limits on yearly change: scalars, exact for numeric

CREATE FUNCTION tariff_linear(x numeric, breaks numeric[], rates numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_tariff_linear' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_linear(numeric, numeric[], numeric[]) IS
    'Marginal tariff, each rate on the slice of x above its break, 0 below the first; unit of x';

CREATE FUNCTION tariff_linear(x float8, breaks float8[], rates float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_tariff_linear_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_linear(float8, float8[], float8[]) IS
    'Marginal tariff, each rate on the slice of x above its break, 0 below the first; unit of x';

CREATE FUNCTION tariff_quadratic(x numeric, breaks numeric[], coefficients numeric[][]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_tariff_quadratic' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_quadratic(numeric, numeric[], numeric[][]) IS
    'c0 + c1*x + c2*x^2 with the row {c0, c1, c2} of the slice that holds x, a break belongs below (Germany FAG 2005-19 s. 10)';

CREATE FUNCTION tariff_quadratic(x float8, breaks float8[], coefficients float8[][]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_tariff_quadratic_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tariff_quadratic(float8, float8[], float8[][]) IS
    'c0 + c1*x + c2*x^2 with the row {c0, c1, c2} of the slice that holds x, a break belongs below (Germany FAG 2005-19 s. 10)';

CREATE FUNCTION step_value(x numeric, breaks numeric[], results numeric[]) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_step_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION step_value(numeric, numeric[], numeric[]) IS
    'Result of the step that holds x: as many breaks as results are lower limits, one fewer upper limits, both inclusive';

CREATE FUNCTION step_value(x float8, breaks float8[], results float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_step_value_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION step_value(float8, float8[], float8[]) IS
    'Result of the step that holds x: as many breaks as results are lower limits, one fewer upper limits, both inclusive';

CREATE FUNCTION log_coefficient(population float8, low float8, high float8, value_low float8, value_high float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_log_coefficient' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION log_coefficient(float8, float8, float8, float8, float8) IS
    'Coefficient from value_low at low to value_high at high, linear in the logarithm of population (France CGCT L2334-7)';

CREATE FUNCTION power_tariff(gap numeric, width numeric, height numeric, exponent numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_power_tariff' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_tariff(numeric, numeric, numeric, numeric) IS
    'height * (gap/width)^exponent, 0 for a gap of 0 or less; unit of height (Switzerland FiLaG art. 3a)';

CREATE FUNCTION power_tariff(gap float8, width float8, height float8, exponent float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_power_tariff_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_tariff(float8, float8, float8, float8) IS
    'height * (gap/width)^exponent, 0 for a gap of 0 or less; unit of height (Switzerland FiLaG art. 3a)';

CREATE FUNCTION corridor(new_amount numeric, previous numeric, low numeric, high numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_corridor' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION corridor(numeric, numeric, numeric, numeric) IS
    'New amount kept between low and high times the previous one, money; unchanged where previous is 0 (France DSR 0.9 to 1.2)';

CREATE FUNCTION phase_in(old_amount numeric, new_amount numeric, share numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_phase_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION phase_in(numeric, numeric, numeric) IS
    'Old amount moved towards the new one by a share between 0 and 1, money (Italy FSC)';

CREATE FUNCTION phase_out(amount numeric, year numeric, rate numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_phase_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION phase_out(numeric, numeric, numeric) IS
    'Amount less rate of its start value for each year, not below 0, money (Switzerland FiLaV art. 56)';

CREATE FUNCTION guarantee(new_amount numeric, previous numeric, ratio numeric) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_guarantee' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION guarantee(numeric, numeric, numeric) IS
    'New amount, at the least ratio times the previous one, money (France DSU exit guarantee)';

