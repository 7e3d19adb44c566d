SET search_path = terrbal, public;
-- rents on a grid of 5 x 5 blocks, dear in one corner; neighbours share a side
CREATE TEMP TABLE block AS SELECT 'b' || x || y AS id, x, y, round(20 + 40 * exp(-((x - 1) ^ 2 + (y - 1) ^ 2) / 6.0) + (x * 7 + y * 5) % 4)::float8 AS rent, 100 - 12 * abs(x - 2) - 9 * abs(y - 2) AS transit
FROM generate_series(1, 5) x, generate_series(1, 5) y;
CREATE TEMP TABLE beside AS SELECT a.id AS i, b.id AS j, a.rent AS rent_i, b.rent AS rent_j, a.transit AS transit_i FROM block a JOIN block b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;
SELECT round(c::numeric, 4) AS c, expected, round(z::numeric, 2) AS z, p < 0.0001 AS significant, round(z_random::numeric, 2) AS z_random, units, links FROM (SELECT (geary(i, j, rent_i, rent_j, 1)).* FROM beside) s;
SELECT round(i::numeric, 4) AS i, round(z::numeric, 2) AS z, round(z_random::numeric, 2) AS z_random, round(variance_random::numeric, 5) AS variance_random FROM (SELECT (moran(i, j, rent_i, rent_j, 1)).* FROM beside) s;
SELECT round(g::numeric, 4) AS g, round(expected::numeric, 4) AS expected, round(z::numeric, 2) AS z FROM (SELECT (getis_ord(i, j, rent_i, rent_j, 1)).* FROM beside) s;
-- hot spots, by the false discovery rate (Benjamini and Hochberg 1995) of 25 tests
SELECT unit, value, round(g_star::numeric, 2) AS g_star, round(p_star::numeric, 4) AS p, round(q::numeric, 3) AS q
FROM (SELECT *, false_discovery(p_star) OVER () AS q FROM (SELECT local_getis_ord(i, j, rent_i, rent_j, 1) AS l FROM beside) s, unnest(s.l)) t WHERE q < 0.1 ORDER BY unit;
-- rents beside good transit
SELECT round(i::numeric, 4) AS i, round(p::numeric, 3) AS p, units, permutations FROM (SELECT (bivariate_moran(i, j, transit_i, rent_j, 1, 999, 42)).* FROM beside) s;
SELECT unit, value AS transit, round(lag::numeric, 1) AS rent_lag, round(i::numeric, 2) AS i, quadrant, round(p::numeric, 3) AS p, round(q::numeric, 3) AS q
FROM (SELECT *, false_discovery(p) OVER () AS q FROM (SELECT local_bivariate_moran(i, j, transit_i, rent_j, 1, 9999, 42) AS l FROM beside) s, unnest(s.l)) t WHERE q < 0.1 ORDER BY unit;
-- dear beside dear
SELECT joins, count, round(expected::numeric, 2) AS expected, round(z::numeric, 2) AS z, round(p::numeric, 4) AS p
FROM (SELECT join_count(i, j, (rent_i > 35)::int, (rent_j > 35)::int, 1) AS l FROM beside) s, unnest(s.l);
-- stored, rolled up
SELECT geary(rollup(s)) = (SELECT geary(i, j, rent_i, rent_j, 1) FROM beside) AS same FROM (SELECT spatial_state(i, j, rent_i, rent_j, 1) AS s FROM beside GROUP BY left(i, 2)) p;
-- NULL, and why
SELECT geary(i, j, 1, 1, 1) IS NULL AS flat FROM beside;
SELECT getis_ord(i, j, 0, 0, 1) IS NULL AS nothing FROM beside;
SELECT local_getis_ord(i, j, 5, 5, 1) IS NULL AS flat FROM beside;
SELECT bivariate_moran(i, j, 1, rent_j, 1) IS NULL AS flat FROM beside;
SELECT local_bivariate_moran(i, j, 1, rent_j, 1) IS NULL AS flat FROM beside;
SELECT (unnest(join_count(i, j, 1, 1, 1))).* FROM beside;
-- errors
SELECT getis_ord(i, j, -rent_i, -rent_j, 1) FROM beside;
SELECT getis_ord(i, i, rent_i, rent_i, 1) FROM (SELECT DISTINCT i, rent_i FROM beside) s;
SELECT join_count(i, j, rent_i, rent_j, 1) FROM beside;
SELECT bivariate_moran(i, j, transit_i + ascii(right(j, 1)), rent_j, 1) FROM beside;
SELECT bivariate_moran('a', 'b', 1, 2, 1);
-- a line of three, in one direction and in both; parameters that are NULL
SELECT round((spatial_gini(i, j, a, b, 1)).neighbour::numeric, 4) AS neighbour FROM (VALUES ('a', 'b', 1, 2), ('b', 'c', 2, 6)) v (i, j, a, b);
SELECT round((spatial_gini(i, j, a, b, 1)).neighbour::numeric, 4) AS neighbour FROM (VALUES ('a', 'b', 1, 2), ('b', 'c', 2, 6), ('b', 'a', 2, 1), ('c', 'b', 6, 2)) v (i, j, a, b);
SELECT moran('a', 'b', 1, 2, 1, NULL, 1);
SELECT local_moran('a', 'b', 1, 2, 1, 99, NULL);
