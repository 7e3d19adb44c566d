-- levy: documented examples, then NULL, zero, then errors
\set SHOW_CONTEXT never
CREATE SCHEMA test_levy;
SET search_path = test_levy, public;

CREATE TABLE street (parcel text, owner text, front numeric, area numeric, gain numeric, exempt boolean, subsidy numeric);
INSERT INTO street VALUES ('1', 'Ana', 12.40, 310, 260000, false, 0), ('2', 'Bea', 25.00, 900, 150000, false, 0),
    ('3', 'parish', 18.75, 700, 240000, true, 0), ('4', 'bank', 40.10, 2400, 610000, false, 230000), ('5', 'Carl', 9.90, 250, 190000, false, 0);
SELECT parcel, front, terrbal.betterment_levy(pool, front) OVER (ORDER BY parcel) AS by_front,
       terrbal.betterment_levy(pool, front, gain / 2) OVER (ORDER BY parcel) AS capped
FROM street, terrbal.levy_pool(480000, 80000, 0.90) AS pool ORDER BY parcel;

WITH weight AS (
    SELECT *, terrbal.mixed_benefit(ARRAY[front, area], ARRAY[sum(front) OVER (), sum(area) OVER ()], ARRAY[0.4, 0.6]) AS weight FROM street),
quota AS (SELECT *, terrbal.betterment_levy(terrbal.levy_pool(480000, 0, 0.90), weight) OVER (ORDER BY parcel) AS quota FROM weight),
net AS (SELECT *, terrbal.subsidised_quota(quota, subsidy) OVER (ORDER BY parcel) AS net FROM quota)
SELECT parcel, owner, quota, net, CASE WHEN exempt THEN 0 ELSE net END AS payable FROM net ORDER BY parcel;

CREATE TABLE plot (parcel text, shape geometry(Polygon, 25830));
INSERT INTO plot SELECT parcel, ST_MakeEnvelope(x1, 0.2, x2, depth, 25830)
FROM (VALUES ('1', 0, 12.4, 25), ('2', 12.4, 37.4, 36), ('3', 37.4, 56.15, 37.5)) AS v(parcel, x1, x2, depth);
WITH measure AS (
    SELECT parcel, round(terrbal.exact_decimal(terrbal.frontage(shape, ST_SetSRID('LINESTRING(-10 0, 70 0)'::geometry, 25830), 0.5)), 2) AS front,
           round(terrbal.exact_decimal(terrbal.land_area(shape)), 2) AS area
    FROM plot)
SELECT parcel, front, area, terrbal.betterment_levy(90000, front) OVER (ORDER BY parcel) AS by_front, terrbal.betterment_levy(90000, area) OVER (ORDER BY parcel) AS by_area
FROM measure ORDER BY parcel;

SELECT d AS metres, terrbal.distance_benefit(100, d, 'exponential', ARRAY[400]) AS exponential, terrbal.distance_benefit(100, d, 'power', ARRAY[400, 2]) AS power,
       terrbal.distance_benefit(100, d, 'linear', ARRAY[1000]) AS linear, terrbal.distance_benefit(100, d, 'steps', ARRAY[250, 1, 500, 0.6, 1000, 0.2]) AS steps
FROM unnest(ARRAY[0, 250, 600, 1200]) AS d;

SELECT terrbal.levy_pool(1000000, 200000, 0.9), terrbal.levy_pool(1000000, 200000, 0.9, 500000, 0.4), terrbal.levy_pool(100, 200, 0.9),
       terrbal.levy_pool(100, 0, 0.9, -500, 0.4), terrbal.levy_pool(100, NULL, 0.9) IS NULL AS unknown;
-- weights of all three types, unit of 5, refund, weight 0
SELECT id, terrbal.betterment_levy(1000, w::bigint) OVER (ORDER BY id), terrbal.betterment_levy(1000, w / 7::float8, unit => 5) OVER (ORDER BY id),
       terrbal.betterment_levy(-1000, w) OVER (ORDER BY id)
FROM (VALUES (1, 1), (2, 5), (3, 0), (4, 1)) AS t(id, w) ORDER BY id;
-- several levies at once
SELECT levy, id, terrbal.betterment_levy(pool, w) OVER (PARTITION BY levy ORDER BY id)
FROM (VALUES ('a', 100, 1, 1), ('a', 100, 2, 2), ('b', 50, 1, 1), ('b', 50, 2, 3)) AS t(levy, pool, id, w) ORDER BY levy, id;
-- caps in whole units; a row without a weight needs no cap
SELECT id, terrbal.betterment_levy(600, w, c) OVER (ORDER BY id) FROM (VALUES (1, 1, 100.009), (2, 1, 500), (3, 0, NULL)) AS t(id, w, c) ORDER BY id;
-- subsidies above all quotas leave nothing to pay; none at all changes nothing
SELECT id, terrbal.subsidised_quota(q, s) OVER (ORDER BY id), terrbal.subsidised_quota(q, 0) OVER (ORDER BY id)
FROM (VALUES (1, 100, 150), (2, 200, 400), (3, 300, 310)) AS t(id, q, s) ORDER BY id;
SELECT terrbal.benefit_area(250, ARRAY[1.2, 0.9]), terrbal.benefit_area(250, '{}'::numeric[]), terrbal.benefit_area(0.1::float8, ARRAY[0.3]::float8[]),
       terrbal.distance_benefit(0.1::float8, 0, 'linear', ARRAY[0.5]::float8[]), terrbal.benefit_area(NULL, ARRAY[1]) IS NULL AS unknown;
SELECT terrbal.mixed_benefit(ARRAY[5, 0], ARRAY[10, 0], ARRAY[1, 0]), terrbal.mixed_benefit(ARRAY[10, 200, 7], ARRAY[100, 1000, 70], ARRAY[0.5, 0.3, 0.2]);
-- many digits: quotients
SELECT terrbal.mixed_benefit(ARRAY[1.000000000000001, 2], ARRAY[3.000000000000003, 3.1234567890123456], ARRAY[0.5, 0.5]);

-- errors
SELECT terrbal.levy_pool(100, 0, 90);
SELECT terrbal.levy_pool(-100, 0, 0.9);
SELECT terrbal.betterment_levy(1000, w, c) OVER (ORDER BY w) FROM (VALUES (1, 100), (2, 300.009)) AS t(w, c);
SELECT terrbal.betterment_levy(1000, w, -1) OVER (ORDER BY w) FROM (VALUES (1), (2)) AS t(w);
SELECT terrbal.betterment_levy(1000.005, w) OVER (ORDER BY w) FROM (VALUES (1), (2)) AS t(w);
SELECT terrbal.betterment_levy(1000, w) OVER () FROM (VALUES (1), (1), (1)) AS t(w);
SELECT terrbal.betterment_levy(1000, w) OVER () FROM (VALUES (1), (NULL)) AS t(w);
SELECT terrbal.betterment_levy(1000, w) OVER () FROM (VALUES (0), (0)) AS t(w);
SELECT terrbal.betterment_levy(1000, w) OVER () FROM (VALUES (1), (-1)) AS t(w);
SELECT terrbal.betterment_levy(1000, 'NaN'::float8) OVER ();
SELECT terrbal.betterment_levy(p, 1) OVER () FROM (VALUES (1), (2)) AS t(p);
SELECT terrbal.subsidised_quota(100, -1) OVER ();
SELECT terrbal.subsidised_quota(100, NULL) OVER ();
SELECT terrbal.benefit_area(100, ARRAY[1, NULL]);
SELECT terrbal.benefit_area(100, ARRAY[1, -2]);
SELECT terrbal.benefit_area('infinity'::float8, ARRAY[1]::float8[]);
SELECT terrbal.distance_benefit(100, 50, 'gaussian', ARRAY[5]);
SELECT terrbal.distance_benefit(100, 50, 'power', ARRAY[5]);
SELECT terrbal.distance_benefit(100, 50, 'steps', ARRAY[5, 1, 3, 1]);
SELECT terrbal.distance_benefit(100, -50, 'linear', ARRAY[5]);
SELECT terrbal.distance_benefit(100, 50, 'linear', ARRAY[0]);
SELECT terrbal.mixed_benefit(ARRAY[5, 0], ARRAY[10, 0], ARRAY[0.5, 0.5]);
SELECT terrbal.mixed_benefit(ARRAY[5, 1], ARRAY[10, 2], ARRAY[0.5, 0.4]);
SELECT terrbal.mixed_benefit(ARRAY[5, 3], ARRAY[10, 2], ARRAY[0.5, 0.5]);
SELECT terrbal.mixed_benefit(ARRAY[5, 3], ARRAY[10], ARRAY[0.5, 0.5]);
