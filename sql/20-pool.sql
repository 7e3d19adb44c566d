-- Closed pools: sum clip(base + slope*lambda, lower, upper) = pool, exact in units. Window functions; PARTITION BY is the pool, ORDER BY breaks ties.
CREATE TYPE pool_status AS ENUM ('free', 'floor', 'cap');
COMMENT ON TYPE pool_status IS 'Where an amount of a closed pool lies: between its bounds, on the lower, on the upper';

CREATE TYPE pool_share AS (amount numeric, lambda float8, status pool_status);
COMMENT ON TYPE pool_share IS 'Result of pool_share: amount (money), lambda of the partition, status of the row';

CREATE FUNCTION pool_share(pool numeric, base numeric, slope numeric, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS pool_share
    AS 'MODULE_PATHNAME', 'terrbal_pool_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pool_share(numeric, numeric, numeric, numeric, numeric, numeric) IS
    'Exact share of a closed pool, clip(base + slope*lambda, lower, upper), money, in units by largest remainder (Balinski and Young 1982)';

CREATE FUNCTION pool_share(pool numeric, base numeric, slope bigint, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS pool_share
    AS 'MODULE_PATHNAME', 'terrbal_pool_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pool_share(numeric, numeric, bigint, numeric, numeric, numeric) IS
    'Exact share of a closed pool, clip(base + slope*lambda, lower, upper), money, in units by largest remainder (Balinski and Young 1982)';

CREATE FUNCTION pool_share(pool numeric, base numeric, slope float8, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS pool_share
    AS 'MODULE_PATHNAME', 'terrbal_pool_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION pool_share(numeric, numeric, float8, numeric, numeric, numeric) IS
    'Exact share of a closed pool, clip(base + slope*lambda, lower, upper), money, in units by largest remainder (Balinski and Young 1982)';

CREATE FUNCTION apportionment(total numeric, weight numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION apportionment(numeric, numeric, numeric) IS
    'Total shared in proportion to weight, money, in units, sum exact (largest remainder, Balinski and Young 1982)';

CREATE FUNCTION apportionment(total numeric, weight bigint, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION apportionment(numeric, bigint, numeric) IS
    'Total shared in proportion to weight, money, in units, sum exact (largest remainder, Balinski and Young 1982)';

CREATE FUNCTION apportionment(total numeric, weight float8, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION apportionment(numeric, float8, numeric) IS
    'Total shared in proportion to weight, money, in units, sum exact (largest remainder, Balinski and Young 1982)';

CREATE FUNCTION bounded_apportionment(total numeric, weight numeric, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_bounded_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bounded_apportionment(numeric, numeric, numeric, numeric, numeric) IS
    'Total shared in proportion to weight within bounds, money; what a cap cuts off goes to the others, sum exact';

CREATE FUNCTION bounded_apportionment(total numeric, weight bigint, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_bounded_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bounded_apportionment(numeric, bigint, numeric, numeric, numeric) IS
    'Total shared in proportion to weight within bounds, money; what a cap cuts off goes to the others, sum exact';

CREATE FUNCTION bounded_apportionment(total numeric, weight float8, lower numeric, upper numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_bounded_apportionment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bounded_apportionment(numeric, float8, numeric, numeric, numeric) IS
    'Total shared in proportion to weight within bounds, money; what a cap cuts off goes to the others, sum exact';

CREATE FUNCTION levelling_transfer(pool numeric, capacity numeric, population numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_levelling_transfer' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION levelling_transfer(numeric, numeric, numeric, numeric) IS
    'Pool that lifts the poorest to one common capacity per head, money (Canada F-8 s. 3.72(2))';

CREATE FUNCTION levelling_transfer(pool numeric, capacity numeric, population bigint, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_levelling_transfer' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION levelling_transfer(numeric, numeric, bigint, numeric) IS
    'Pool that lifts the poorest to one common capacity per head, money (Canada F-8 s. 3.72(2))';

CREATE FUNCTION levelling_transfer(pool numeric, capacity numeric, population float8, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_levelling_transfer' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION levelling_transfer(numeric, numeric, float8, numeric) IS
    'Pool that lifts the poorest to one common capacity per head, money (Canada F-8 s. 3.72(2))';

CREATE FUNCTION equal_cut(cut numeric, amount numeric, population numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_equal_cut' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equal_cut(numeric, numeric, numeric, numeric) IS
    'What remains of amounts after an equal cut per head, none below 0, money (Canada F-8 s. 3.4(6)-(7))';

CREATE FUNCTION equal_cut(cut numeric, amount numeric, population bigint, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_equal_cut' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equal_cut(numeric, numeric, bigint, numeric) IS
    'What remains of amounts after an equal cut per head, none below 0, money (Canada F-8 s. 3.4(6)-(7))';

CREATE FUNCTION equal_cut(cut numeric, amount numeric, population float8, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_equal_cut' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION equal_cut(numeric, numeric, float8, numeric) IS
    'What remains of amounts after an equal cut per head, none below 0, money (Canada F-8 s. 3.4(6)-(7))';

CREATE FUNCTION closing_item(target numeric, amount numeric, population numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_closing_item' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closing_item(numeric, numeric, numeric, numeric) IS
    'Amounts closed to a target by one equal amount per head, money (Nordic systems)';

CREATE FUNCTION closing_item(target numeric, amount numeric, population bigint, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_closing_item' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closing_item(numeric, numeric, bigint, numeric) IS
    'Amounts closed to a target by one equal amount per head, money (Nordic systems)';

CREATE FUNCTION closing_item(target numeric, amount numeric, population float8, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_closing_item' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closing_item(numeric, numeric, float8, numeric) IS
    'Amounts closed to a target by one equal amount per head, money (Nordic systems)';

CREATE FUNCTION damped_share(pool numeric, formula numeric, floor numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_damped_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION damped_share(numeric, numeric, numeric, numeric) IS
    'Floor plus one common factor of the gain above it, money; factor within 0 to 1 (England floor damping, Spain TRLRHL art. 124)';

CREATE FUNCTION rounded_to_total(x numeric, total numeric, unit numeric DEFAULT 0.01) RETURNS numeric
    AS 'MODULE_PATHNAME', 'terrbal_rounded_to_total' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rounded_to_total(numeric, numeric, numeric) IS
    'Amounts rounded to units so that they add up to the total, none moved by more than one unit, money';

