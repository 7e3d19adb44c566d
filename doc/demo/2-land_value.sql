-- Act 2. Land value: what is a station worth to the flats around it, and how is part of that shared out as a levy, to the cent?
-- Input: parcels with price, size, age, distance to the station, and a place on the map.
SELECT value::float8 AS near_distance FROM demo.title WHERE key = 'near_distance' \gset
SELECT value::numeric AS capture_rate FROM demo.title WHERE key = 'capture_rate' \gset
SELECT value::numeric AS cap_rate FROM demo.title WHERE key = 'cap_rate' \gset

-- A hedonic regression: log price per square metre on nearness, size and age. x[] begins with the constant; nearness is the second term.
CREATE TABLE demo.hedonic AS
SELECT terrbal.ols(ln(price::float8 / size), ARRAY[1, (distance <= :near_distance)::int, ln(size), age]) AS fit
FROM demo.parcel WHERE price > 0 AND size > 0 AND age IS NOT NULL AND distance IS NOT NULL;

-- What a dummy means in per cent is not its coefficient: Kennedy's correction.
CREATE TABLE demo.uplift AS
SELECT (fit).n, (fit).coefficients[2] AS coefficient, (fit).standard_errors[2] AS standard_error, (fit).p[2] AS p, (fit).r2 AS r2,
       terrbal.kennedy_effect((fit).coefficients[2], (fit).standard_errors[2]) AS effect
FROM demo.hedonic;

SELECT n, round(coefficient::numeric, 4) AS coefficient, round(standard_error::numeric, 4) AS standard_error, round(p::numeric, 4) AS p,
       round(r2::numeric, 3) AS r2, round(100 * effect::numeric, 1) AS price_effect_pct
FROM demo.uplift;

-- The part of today's price that nearness explains, flat by flat.
CREATE TABLE demo.benefit AS
SELECT p.*, round(p.price * greatest(0, u.effect / (1 + u.effect))::numeric, 2) AS uplift
FROM demo.parcel p, demo.uplift u WHERE p.distance <= :near_distance;

-- A share of it is the pool of the levy; nobody pays more than a cap; the shares add up to the pool exactly.
CREATE TABLE demo.levy AS
SELECT parcel, price, size, distance, x, y, uplift, pool,
       terrbal.betterment_levy(pool, uplift * size::numeric, cap => round(uplift * :cap_rate, 2)) OVER (ORDER BY parcel) AS levy
FROM (SELECT *, round(:capture_rate * sum(uplift) OVER (), 2) AS pool FROM demo.benefit) b
WHERE pool > 0;

SELECT count(*) AS flats, sum(uplift) AS uplift, min(pool) AS pool, sum(levy) AS levies, sum(levy) = min(pool) AS exact,
       min(levy) AS smallest, max(levy) AS largest, count(*) FILTER (WHERE levy = round(uplift * :cap_rate, 2)) AS at_the_cap
FROM demo.levy;

SELECT parcel, round(distance::numeric) AS metres, price, uplift, levy, round(100 * levy / price, 2) AS levy_pct_of_price
FROM demo.levy ORDER BY levy DESC, parcel LIMIT 5;
