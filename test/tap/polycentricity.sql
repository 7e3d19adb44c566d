-- polycentricity: scaling, identities, splits
SET search_path = public, terrbal;
SELECT plan(13);
CREATE TEMP TABLE place AS SELECT i, (100 + i * 7919 % 5000)::float8 AS p, (10 + i * 104729 % 700)::float8 AS a, i % 8 AS x, i / 8 AS y, (i * 31 % 97)::float8 - 20 AS v FROM generate_series(0, 63) i;
CREATE TEMP TABLE pair AS SELECT a.i::text AS i, b.i::text AS j, a.v AS x, b.v AS y FROM place a JOIN place b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;

SELECT ok(abs((a).slope - (b).slope) < 1e-12 AND abs((a).slope_shifted - (b).slope_shifted) < 1e-12 AND abs((a).hhi - (b).hhi) < 1e-15, 'rank-size does not see the unit')
FROM (SELECT rank_size(p) a, rank_size(p * 1000) b FROM place) s;
SELECT ok(abs((r).slope + 0.7) < 1e-12, 'a power law gives its exponent') FROM (SELECT rank_size(1e6 * i ^ (-0.7)::float8) r FROM generate_series(1, 50) i) s;
SELECT ok(abs(hoover_concentration(p, a) - h) < 1e-12, 'Hoover is half the sum of differences of shares')
FROM place, (SELECT 50 * sum(abs(p / sp - a / sa)) h FROM place, (SELECT sum(p) sp, sum(a) sa FROM place) t) q GROUP BY h;
SELECT is(hoover_redistribution(p, p), 0::float8, 'no change, no redistribution') FROM place;
SELECT ok(abs(size_elasticity(p, 5 * p ^ 0.6) + 0.4) < 1e-10, 'amount ~ P^0.6 is -0.4 a head') FROM place;
SELECT ok(abs(functional_polycentricity(a.i::text, b.i::text, 3) - 1) < 1e-12, 'equal flows between all centres: 1') FROM place a, place b WHERE a.i <> b.i;
SELECT ok(abs((a).i - (b).i) < 1e-12 AND abs((a).z - (b).z) < 1e-9, 'Moran''s I does not see scale and origin') FROM (SELECT moran(i, j, x, y, 1) a, moran(i, j, 7 * x + 3, 7 * y + 3, 5) b FROM pair) s;
SELECT ok(abs(sum(l.i) - min((m).i) * min((m).links)) < 1e-9, 'local values add up') FROM (SELECT local_moran(i, j, x, y, 1) l, moran(i, j, x, y, 1) m FROM pair) s, unnest(s.l) l;
SELECT ok((a).p = (b).p AND (a).p BETWEEN 0.001 AND 0.5, 'the seed fixes p whatever the order of rows')
FROM (SELECT moran(i, j, x, y, 1, 199, 11) a FROM (SELECT * FROM pair ORDER BY i, j) o) s, (SELECT moran(i, j, x, y, 1, 199, 11) b FROM (SELECT * FROM pair ORDER BY random()) o) t;
SELECT ok(abs((g).gini - (g).neighbour - (g).non_neighbour) < 1e-15 AND abs((g).gini - gini(p)) < 1e-12, 'the spatial Gini splits the Gini')
FROM (SELECT spatial_gini(a.i::text, b.i::text, a.p, b.p, 1) g FROM place a JOIN place b ON abs(a.x - b.x) + abs(a.y - b.y) = 1) s, (SELECT * FROM place) q GROUP BY g;
-- Most values are equal, as counts are: p is the chance to draw at least as many cases, or at most as many, known exactly
CREATE TABLE rare AS SELECT x * 5 + y AS id, x, y, CASE WHEN (x, y) = (2, 2) THEN 5.0 ELSE 0 END AS cases FROM generate_series(0, 4) x, generate_series(0, 4) y;
CREATE TABLE beside AS SELECT a.id AS i, b.id AS j, a.cases AS a, b.cases AS b, a.x + 0.1 * a.y AS other, count(*) OVER (PARTITION BY a.id) AS n FROM rare a JOIN rare b ON abs(a.x - b.x) + abs(a.y - b.y) = 1;
CREATE TABLE chance AS SELECT i::text AS unit, CASE WHEN max(a) > 0 THEN 1 WHEN max(b) > 0 THEN max(n) / 24.0 ELSE 1 - max(n) / 24.0 END AS p FROM beside GROUP BY i;
SELECT ok(max(abs(l.p - c.p) / sqrt(greatest(c.p * (1 - c.p), 1e-9) / 9999)) < 5, 'one case among zeros: local p is the chance to draw it, or not')
FROM (SELECT local_moran(i, j, a, b, 1.0 / n, 9999, 4) r FROM beside) s, unnest(s.r) l JOIN chance c USING (unit);
SELECT ok(bool_and(l.p = 1), 'of another variable that is the same in all units but one''s own') FROM (SELECT local_bivariate_moran(i, j, other, b, 1.0 / n, 999, 4) r FROM beside) s, unnest(s.r) l WHERE l.unit = '12';
SELECT ok((m).p = 1 AND (g).p = 1, 'where every order is like what is there') FROM (SELECT moran(i, j, v, w, 1, 999, 4) m, spatial_gini(i, j, v, w, 1, 999, 4) g
FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('a', 'c', 1, 0), ('c', 'a', 0, 1), ('b', 'c', 2, 0), ('c', 'b', 0, 2)) t (i, j, v, w)) s;
SELECT * FROM finish();
