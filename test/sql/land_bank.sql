-- land_bank: documented examples, then NULL, empty, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_land_bank;
SET search_path = test_land_bank, public;

CREATE TABLE land_bank (year int, what text, amount numeric);
INSERT INTO land_bank SELECT y, 'holding', -20000 FROM generate_series(1, 6) AS y;
INSERT INTO land_bank VALUES (0, 'purchase', -900000), (3, 'works', -3400000), (4, 'sale', 1900000), (5, 'sale', 2300000), (6, 'sale', 1150000);
SELECT sum(amount) AS gain, round(terrbal.present_value(amount, year, 0.04), 2) AS gain_today, round(terrbal.internal_rate_of_return(amount, year)::numeric, 6) AS rate_of_return
FROM land_bank;

-- 10 % by construction, any order, a loss, one sign only, nothing
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 12) AS ten, round(terrbal.internal_rate_of_return(-a, y)::numeric, 12) AS also_ten,
       round(terrbal.internal_rate_of_return(a - CASE WHEN y = 0 THEN 30 ELSE 0 END, y)::numeric, 6) AS dear
FROM (VALUES (121, 2), (-100, 0)) AS t(a, y);
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 12) FROM (VALUES (-100, 0), (40, 1), (NULL, 2), (40, NULL)) AS t(a, y);
SELECT terrbal.internal_rate_of_return(5, y) IS NULL AS no_cost FROM generate_series(0, 3) AS y;
SELECT terrbal.internal_rate_of_return(5, 1) IS NULL AS nothing FROM generate_series(1, 0);

-- any horizon, of any length and size of money
SELECT h AS years, (SELECT round(terrbal.internal_rate_of_return(CASE WHEN t = 0 THEN -100 ELSE 6 END, t)::numeric, 10) FROM generate_series(0, h) t) AS rate FROM unnest(ARRAY[50, 153, 154, 200, 5000]) h;
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 12) AS large_sums FROM (VALUES (-1e400, 0), (1.21e400, 2)) t (a, y);
SELECT terrbal.internal_rate_of_return(a, y) * 1e200 AS long_horizon FROM (VALUES (-1, 0), (2, 1e200)) t (a, y);
SELECT terrbal.internal_rate_of_return(a, y) AS longer_horizon FROM (VALUES (-1, 0), (2, 1e1000)) t (a, y);
-- several rates: the smallest that is not negative, else the largest below 0; one that only touches; none
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 9) AS first_of_two FROM (VALUES (-100, 0), (240, 1), (-143, 2)) t (a, y);
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 9) AS not_the_negative FROM (VALUES (-1, 0), (3.35, 1), (-3.675, 2), (1.3125, 3)) t (a, y);
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 9) AS below_0 FROM (VALUES (-1, 0), (1.3, 1), (-0.4, 2)) t (a, y);
SELECT terrbal.internal_rate_of_return(a, y) AS zero FROM (VALUES (-1, 0), (2.5, 1), (-1.5, 2)) t (a, y);
SELECT round(terrbal.internal_rate_of_return(a, y)::numeric, 6) AS touching FROM (VALUES (1, 0), (-2.2, 1), (1.21, 2)) t (a, y);
SELECT terrbal.internal_rate_of_return(a, y) AS none FROM (VALUES (1, 0), (-1, 1), (1, 2)) t (a, y);
SELECT terrbal.public_gain(100, 20, 50, 40), terrbal.public_gain(NULL, 1, 1, 1) IS NULL AS unknown;

SELECT terrbal.public_gain(100, -20, 50, 40);
SELECT terrbal.internal_rate_of_return('NaN', 1);
SELECT terrbal.internal_rate_of_return(1, 'infinity');
SELECT terrbal.internal_rate_of_return('{0}'::numeric[]);
