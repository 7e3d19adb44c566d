-- money: documented examples, then NULL, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_money;
SET search_path = test_money, public;

SELECT terrbal.quotient(100, 3) AS third, terrbal.rounded(2.675, 0.05) AS cash, terrbal.exact_decimal(0.1::float8) AS measured,
       round(terrbal.growth_factor(0.02, 10), 10) AS ten_years, terrbal.positive_part(-3) AS none;

SELECT terrbal.land_area(ST_SetSRID('POLYGON((21 38, 21.001 38, 21.001 38.001, 21 38.001, 21 38))'::geometry, 4326));

SELECT round(terrbal.land_area(ST_Transform(ST_SetSRID('POLYGON((21 38, 21.001 38, 21.001 38.001, 21 38.001, 21 38))'::geometry, 4326), 2100))) AS square_metres;

SELECT terrbal.quotient(1, 0) IS NULL AS no_divisor, terrbal.positive_part(NULL) IS NULL AS nothing, terrbal_support.lesser(1, NULL) IS NULL AS unknown;
SELECT terrbal.quotient(1.00, 8.000), terrbal.quotient(2, 3), terrbal.quotient(-2, 3), terrbal.quotient(1e30, 3);
SELECT terrbal.rounded(0.125, 0.05), terrbal.rounded(-0.125, 0.05), terrbal.rounded(1499.99, 1000), terrbal.rounded(5, 3);
SELECT terrbal.growth_factor(0.1, 2), terrbal.growth_factor(0.21, 0.5), terrbal.growth_factor(0.25, -1);
SELECT terrbal.exact_decimal(1e22), terrbal.exact_decimal(-1e-7), terrbal.exact_decimal('-0');
SELECT terrbal_support.nonnegative(5, 'x'), terrbal_support.fraction(0.5, 'x'), terrbal_support.finite(-5, 'x'), terrbal_support.one_of('b', 'x', 'a', 'b');
SELECT terrbal.land_area('POLYGON((0 0, 10 0, 10 10, 0 10, 0 0))'::geometry), terrbal.land_area(NULL) IS NULL AS nothing;

SELECT terrbal_support.nonnegative(-5, 'price');
SELECT terrbal_support.nonnegative('infinity', 'price');
SELECT terrbal_support.fraction(5, 'share');
SELECT terrbal_support.finite('NaN', 'price');
SELECT terrbal_support.one_of('c', 'method', 'a', 'b');
SELECT terrbal.rounded(5, 0);
SELECT terrbal.growth_factor(-1, 2);
SELECT terrbal.growth_factor(1000, 100000);
SELECT terrbal.exact_decimal('NaN');
