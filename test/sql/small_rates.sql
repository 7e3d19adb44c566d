-- The chain of doc/small_rates.md: which places have more cases than chance? Sudden infant deaths in the counties of North Carolina, 1974 to 1978 (spData, CC0)
\set SHOW_CONTEXT never
CREATE SCHEMA test_small_rates;
SET search_path = test_small_rates, terrbal, public;
CREATE TABLE county (name text PRIMARY KEY, births int, deaths int);
INSERT INTO county VALUES
    ('Ashe', 1091, 1), ('Alleghany', 487, 0), ('Surry', 3188, 5), ('Currituck', 508, 1), ('Northampton', 1421, 9), ('Hertford', 1452, 7), ('Camden', 286, 0), ('Gates', 420, 0), ('Warren', 968, 4), ('Stokes', 1612, 1),
    ('Caswell', 1035, 2), ('Rockingham', 4449, 16), ('Granville', 1671, 4), ('Person', 1556, 4), ('Vance', 2180, 4), ('Halifax', 3608, 18), ('Pasquotank', 1638, 3), ('Wilkes', 3146, 4), ('Watauga', 1323, 1),
    ('Perquimans', 484, 1), ('Chowan', 751, 1), ('Avery', 781, 0), ('Yadkin', 1269, 1), ('Franklin', 1399, 2), ('Forsyth', 11858, 10), ('Guilford', 16184, 23), ('Alamance', 4672, 13), ('Bertie', 1324, 6), ('Orange', 3164, 4),
    ('Durham', 7970, 16), ('Nash', 4021, 8), ('Mitchell', 671, 0), ('Edgecombe', 3657, 10), ('Caldwell', 3609, 6), ('Yancey', 770, 0), ('Martin', 1549, 2), ('Wake', 14484, 16), ('Madison', 765, 2), ('Iredell', 4139, 4),
    ('Davie', 1207, 1), ('Alexander', 1333, 0), ('Davidson', 5509, 8), ('Burke', 3573, 5), ('Washington', 990, 5), ('Tyrrell', 248, 0), ('McDowell', 1946, 5), ('Randolph', 4456, 7), ('Chatham', 1646, 2), ('Wilson', 3702, 11),
    ('Rowan', 4606, 3), ('Pitt', 5094, 14), ('Catawba', 5754, 5), ('Buncombe', 7515, 9), ('Johnston', 3999, 6), ('Haywood', 2110, 2), ('Dare', 521, 0), ('Beaufort', 2692, 7), ('Swain', 675, 3), ('Greene', 870, 4),
    ('Lee', 2252, 5), ('Rutherford', 2992, 12), ('Wayne', 6638, 18), ('Harnett', 3776, 6), ('Cleveland', 4866, 10), ('Lincoln', 2216, 8), ('Jackson', 1143, 2), ('Moore', 2648, 5), ('Mecklenburg', 21588, 44),
    ('Cabarrus', 4099, 3), ('Montgomery', 1258, 3), ('Stanly', 2356, 5), ('Henderson', 2574, 5), ('Graham', 415, 0), ('Lenoir', 3589, 10), ('Transylvania', 1173, 3), ('Gaston', 9014, 11), ('Polk', 533, 1), ('Macon', 797, 0),
    ('Sampson', 3025, 4), ('Pamlico', 542, 1), ('Cherokee', 1027, 2), ('Cumberland', 20366, 38), ('Jones', 578, 1), ('Union', 3915, 4), ('Anson', 1570, 15), ('Hoke', 1494, 7), ('Hyde', 338, 0), ('Duplin', 2483, 4),
    ('Richmond', 2756, 4), ('Clay', 284, 0), ('Craven', 5868, 13), ('Scotland', 2255, 8), ('Onslow', 11158, 29), ('Robeson', 7889, 31), ('Carteret', 2414, 5), ('Bladen', 1782, 8), ('Pender', 1228, 4), ('Columbus', 3350, 15),
    ('New Hanover', 5526, 12), ('Brunswick', 2181, 5);
SELECT count(*), sum(births) AS births, sum(deaths) AS deaths, round(1000.0 * sum(deaths) / sum(births), 3) AS per_1000 FROM county;

-- the highest and the lowest rates are those of small counties
SELECT name, births, deaths, round(1000.0 * deaths / births, 2) AS per_1000 FROM county ORDER BY deaths::float8 / births DESC, name LIMIT 6;
SELECT count(*) AS without_a_case, max(births) AS births_at_most FROM county WHERE deaths = 0;

-- expected at the rate of all, the ratio with its exact interval, the chance of so many or more, and that chance over 100 tests
CREATE TABLE ratio AS
SELECT name, births, deaths, e AS expected, deaths / e AS ratio, CASE WHEN deaths > 0 THEN chi_square_quantile(0.025, 2 * deaths) / 2 / e ELSE 0 END AS low, chi_square_quantile(0.975, 2 * deaths + 2) / 2 / e AS high,
       CASE WHEN deaths > 0 THEN chi_square_probability(2 * e, 2 * deaths) ELSE 1 END AS p
FROM (SELECT *, births * sum(deaths) OVER () / (sum(births) OVER ())::float8 AS e FROM county) c;
SELECT name, deaths, round(expected::numeric, 1) AS expected, round(ratio::numeric, 2) AS ratio, round(low::numeric, 2) AS low, round(high::numeric, 2) AS high, round(p::numeric, 5) AS p, round(q::numeric, 4) AS q
FROM (SELECT *, false_discovery(p) OVER () AS q FROM ratio) r ORDER BY p LIMIT 8;
SELECT count(*) FILTER (WHERE p < 0.05) AS below_5_percent, count(*) FILTER (WHERE q < 0.05) AS called, string_agg(name, ', ' ORDER BY p) FILTER (WHERE q < 0.05) AS names FROM (SELECT *, false_discovery(p) OVER () AS q FROM ratio) r;

-- the funnel: do counties differ more than chance at all?
SELECT round(avg(z ^ 2)::numeric, 2) AS dispersion, count(*) FILTER (WHERE abs(z) > 1.96) AS beyond_95, count(*) FILTER (WHERE abs(z) > 3.09) AS beyond_998, count(*) FILTER (WHERE abs(z) > 3.09 * sqrt(phi)) AS beyond_998_widened
FROM (SELECT *, avg(z ^ 2) OVER () AS phi FROM (SELECT *, 2 * (sqrt(deaths) - sqrt(expected)) AS z FROM ratio) r) s;

-- each rate pulled towards that of all, the more the fewer births: empirical Bayes (Marshall 1991)
CREATE TABLE shrunk AS
SELECT name, births, deaths, 1000 * rate AS crude, 1000 * (m + a / (a + m / births) * (rate - m)) AS smooth, a / (a + m / births) AS share
FROM (SELECT *, deaths::float8 / births AS rate FROM county) c,
    (SELECT m, greatest(0, sum(births * (deaths::float8 / births - m) ^ 2) / sum(births) - m * count(*) / sum(births)) AS a FROM county, (SELECT sum(deaths)::float8 / sum(births) AS m FROM county) t GROUP BY m) prior;
SELECT name, births, deaths, round(crude::numeric, 2) AS crude, round(share::numeric, 2) AS share, round(smooth::numeric, 3) AS smooth FROM shrunk ORDER BY crude DESC, name LIMIT 6;
SELECT name, births, deaths, round(crude::numeric, 2) AS crude, round(share::numeric, 2) AS share, round(smooth::numeric, 3) AS smooth FROM shrunk ORDER BY smooth DESC, name LIMIT 6;
SET client_min_messages = warning;
DROP SCHEMA test_small_rates CASCADE;
