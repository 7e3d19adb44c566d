-- land_tax: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_land_tax;
SET search_path = test_land_tax, public;

CREATE TABLE roll (parcel text, land numeric, building numeric);
INSERT INTO roll VALUES ('shop', 120000, 180000), ('vacant lot', 90000, 0), ('flats', 70000, 160000);
SELECT round((s).land_rate, 6) AS land_rate, round((s).building_rate, 6) AS building_rate
FROM (SELECT terrbal.split_rate(land, building, 12400, 4) AS s FROM roll) AS r;

CREATE TABLE bill AS
SELECT parcel, round(0.02 * (land + building), 2) AS before, terrbal.apportionment(12400, building + 4 * land) OVER (ORDER BY parcel) AS after
FROM roll;
SELECT parcel, before, after, after - before AS change FROM bill ORDER BY parcel;

SELECT (terrbal.tax_shift(before, after)).* FROM bill;

-- one parcel gains 5, one loses 5: 10 gross, 5 net
SELECT (terrbal.tax_shift(b, a)).* FROM (VALUES (20, 15), (20, 25), (7, 7)) AS t(b, a);
SELECT terrbal.land_value_tax(150000, 0.012), terrbal.land_value_tax(150000, 0.012, 200000), terrbal.land_value_tax(150000, 0.012, 50000);
-- ratio 1 is one rate; no land, no building
SELECT terrbal.split_rate(100, 300, 8, 1), terrbal.split_rate(0, 400, 8, 4), terrbal.split_rate(400, 0, 8, 4);
-- marginal brackets: on a break, between, above the last, below the first
SELECT x, terrbal.bracket_tax(x, 100, ARRAY[0, 1, 2], ARRAY[0.2, 0.3, 0.4]), terrbal.bracket_tax(x, 1, ARRAY[50, 150], ARRAY[0.1, 0.5])
FROM unnest(ARRAY[-10, 0, 50, 100, 150, 200, 1000]) AS x;
-- NULL and zero
SELECT terrbal.split_rate(0, 0, 8, 4) IS NULL AS no_value, terrbal.bracket_tax(5, 0, ARRAY[0], ARRAY[0.1]) IS NULL AS no_base,
       terrbal.bracket_tax(5, 1, '{}', '{}') IS NULL AS no_brackets, terrbal.bracket_tax(NULL, 1, ARRAY[0], ARRAY[0.1]) IS NULL AS no_amount,
       terrbal.land_value_tax(NULL, 0.1) IS NULL AS no_land;
SELECT terrbal.split_rate(l, b, 8, 4) FROM (VALUES (100, 300), (NULL, 5), (5, NULL)) AS t(l, b);
SELECT terrbal.split_rate(1, 1, 1, 1) IS NULL AS no_rows, terrbal.tax_shift(1, 1) IS NULL AS no_bills FROM generate_series(1, 0);

-- errors
SELECT terrbal.bracket_tax(5, 1, ARRAY[0, 2, 1], ARRAY[0.1, 0.2, 0.3]);
SELECT terrbal.bracket_tax(5, 1, ARRAY[0, 1], ARRAY[0.1]);
SELECT terrbal.bracket_tax(5, 1, ARRAY[0, NULL], ARRAY[0.1, 0.2]);
SELECT terrbal.bracket_tax(5, -1, ARRAY[0], ARRAY[0.1]);
SELECT terrbal.bracket_tax(5, 1, ARRAY[0], ARRAY[-0.1]);
SELECT terrbal.split_rate(-100, 300, 8, 4);
SELECT terrbal.split_rate(100, 300, r, 4) FROM (VALUES (8), (9)) AS t(r);
SELECT terrbal.tax_shift(1, 'NaN');
SELECT terrbal.land_value_tax(-1, 0.1);
-- a percentage for a fraction
SELECT terrbal.land_value_tax(100000, 1.5, 20000), terrbal.land_value_tax(100000, 1, 20000);
SELECT terrbal.bracket_tax(100, 1, ARRAY[0, 50], ARRAY[0.5, 20]);
-- the state of another function
SELECT terrbal.tax_shift(terrbal.rollup(s)) FROM (SELECT terrbal.split_rate_state(100, 200, 9, 4) AS s) AS t;
SELECT terrbal.split_rate(terrbal.rollup(s)) FROM (SELECT terrbal.tax_shift_state(100, 200) AS s) AS t;
SELECT terrbal.rollup(s) FROM (SELECT terrbal.tax_shift_state(100, 200) AS s UNION ALL SELECT terrbal.split_rate_state(100, 200, 9, 4)) AS t;
SELECT terrbal.rollup(s) FROM (SELECT terrbal.split_rate_state(100, 200, r, 4) AS s FROM (VALUES (8), (9)) AS v(r) GROUP BY r ORDER BY r) AS t;
