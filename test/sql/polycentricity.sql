-- polycentricity: rank-size, redistribution, quotients, elasticity, functional polycentricity, spatial autocorrelation
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT region, round((r).slope::numeric, 3) AS slope, round((r).slope_shifted::numeric, 3) AS shifted, round((r).primacy::numeric, 2) AS primacy, round((r).hhi::numeric, 3) AS hhi
FROM (SELECT region, rank_size(population) AS r
      FROM (VALUES ('one city', 900000), ('one city', 60000), ('one city', 40000), ('one city', 30000), ('one city', 25000),
                   ('network', 210000), ('network', 190000), ('network', 170000), ('network', 150000), ('network', 140000)) c (region, population)
      GROUP BY region) s ORDER BY region;

SELECT network, round(functional_polycentricity(o, d, f)::numeric, 3) AS polycentricity
FROM (VALUES ('star', 'Hills', 'City', 900), ('star', 'Coast', 'City', 800), ('star', 'City', 'Coast', 50),
             ('ring', 'Hills', 'City', 500), ('ring', 'City', 'Coast', 450), ('ring', 'Coast', 'Hills', 480), ('ring', 'City', 'Hills', 520)) l (network, o, d, f)
GROUP BY network ORDER BY network;

SELECT round((m).i::numeric, 3) AS i, round((m).expected::numeric, 3) AS expected, round((m).z::numeric, 2) AS z, (m).p AS p_of_999_permutations
FROM (SELECT moran(a.id, b.id, a.income, b.income, 1, 999, 42) AS m
      FROM (SELECT x || '/' || y AS id, x, y, 10 + x + y % 2 AS income FROM generate_series(1, 6) x, generate_series(1, 5) y) a
      JOIN (SELECT x || '/' || y AS id, x, y, 10 + x + y % 2 AS income FROM generate_series(1, 6) x, generate_series(1, 5) y) b
      ON abs(a.x - b.x) + abs(a.y - b.y) = 1) s;

SELECT round(hoover_concentration(people, km2)::numeric, 2) AS concentration, round(hoover_redistribution(people_1990, people)::numeric, 2) AS redistribution,
       round(size_elasticity(people, grant_eur)::numeric, 3) AS size_elasticity
FROM (VALUES (20000, 15000, 400, 3000000), (5000, 6000, 900, 600000), (1500, 2500, 700, 150000), (500, 1500, 500, 40000)) m (people, people_1990, km2, grant_eur);

-- the 17 Korean regions of 2020 (KOSIS); R 4.2.2 lm gives -1.00395313009239, 0.872943883993753, -1.02092333187033, 0.350173813909476
SELECT round((r).slope::numeric, 10) AS slope, round((r).r2::numeric, 10) AS r2, round((r).slope_shifted::numeric, 10) AS shifted, round((r).slope_shifted_se::numeric, 10) AS shifted_se,
       round((r).primacy::numeric, 10) AS primacy, round((r).primacy_share::numeric, 10) AS share, round((r).primacy_four::numeric, 10) AS four, round((r).hhi::numeric, 10) AS hhi,
       round((r).entropy::numeric, 10) AS entropy, (r).n
FROM (SELECT rank_size(p) AS r FROM unnest(ARRAY[0.355831,0.674635,1.136017,1.450062,1.463882,1.54284,1.600837,1.804104,1.851549,13.427014,2.121029,2.418346,2.639422,2.942828,
      3.340216,3.391946,9.668465]) p) s;
-- REAT and EconGeo examples (cran/REAT @602f988, man/locq.Rd, krugman.spec.Rd; PABalland/EconGeo @420c3c5)
SELECT round(location_quotient(1714, 79006, 879213, 15593224)::numeric, 12) AS farhauer, hoover_concentration(i, p) AS econgeo FROM (VALUES (0, 10), (10, 15), (10, 20), (30, 25), (50, 30)) v (i, p);
SELECT krugman_specialisation(a, b) AS nothing_in_common FROM (VALUES (20, 0), (10, 0), (70, 0), (0, 60), (0, 40)) v (a, b);

-- small, empty, NULL, zero
SELECT rank_size(p) AS two FROM (VALUES (10), (30), (NULL)) v (p);
SELECT rank_size(p) AS nobody FROM (VALUES (0), (0)) v (p);
SELECT rank_size(p) AS none FROM (VALUES (1)) v (p) WHERE false;
SELECT hoover_redistribution(a, b) AS no_total, size_elasticity(a, b) AS no_amounts FROM (VALUES (1, 0), (2, 0)) v (a, b);
SELECT functional_polycentricity(o, d, f) AS diagonal_only FROM (VALUES ('a', 'a', 5)) v (o, d, f);
SELECT functional_polycentricity(o, d, f) AS one_receives FROM (VALUES ('a', 'b', 5)) v (o, d, f);
SELECT round(functional_polycentricity(s)::numeric, 9) AS of_links, round(functional_polycentricity(s, 100)::numeric, 9) AS against_potential
FROM (SELECT flow_state(o, d, f) AS s FROM (VALUES ('a', 'b', 10), ('b', 'a', 10), ('c', 'a', 0)) v (o, d, f)) q;
SELECT location_quotient(0, 0, 5, 10) AS no_region, location_quotient(5, 10, 0, 10) AS no_activity, shift_share(128, 160, 1024, 1280, 4096, 4608);
SELECT abs((r).elasticity) < 1e-12 AS proportional, (r).n FROM (SELECT size_regression(p, 3 * p) AS r FROM (VALUES (10), (100), (1000), (0)) v (p)) s;

-- pairs of neighbours: islands, repeated pairs, local values, states
SELECT round((m).i::numeric, 9) AS i, round((m).expected::numeric, 9) AS expected, round((m).z::numeric, 9) AS z, round((m).p::numeric, 9) AS p, round((m).variance::numeric, 9) AS variance, (m).units, (m).links
FROM (SELECT moran(i, j, x, y, w) AS m FROM (VALUES ('a', 'b', 1, 2, 1), ('b', 'a', 2, 1, 1), ('b', 'c', 2, 3, 1), ('c', 'b', 3, 2, 1), ('c', 'd', 3, 4, 1), ('d', 'c', 4, 3, 1)) v (i, j, x, y, w)) s;
SELECT o AS shared_offset, round((m).i::numeric, 12) AS i FROM unnest(ARRAY[0, 1e15]) o, LATERAL (SELECT moran(i, j, x + o, y + o, w) AS m FROM (VALUES ('a', 'b', 1, 2, 1), ('b', 'a', 2, 1, 1), ('b', 'c', 2, 4, 1), ('c', 'b', 4, 2, 1)) v (i, j, x, y, w)) s;
SELECT (m).units, (m).links, round((m).i::numeric, 6) AS i FROM (SELECT moran(i, j, x, y, w) AS m FROM (VALUES ('a', 'b', 1, 2, 1), ('b', 'a', 2, 1, 1), ('c', NULL, 7, NULL, NULL), ('a', 'd', 1, NULL, 1)) v (i, j, x, y, w)) s;
SELECT l.unit, l.value, round(l.lag::numeric, 3) AS lag, round(l.i::numeric, 3) AS i, l.quadrant, l.p IS NULL AS no_p
FROM (SELECT local_moran(i, j, x, y, 0.5) AS m FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('b', 'c', 2, 9), ('c', 'b', 9, 2), ('e', NULL, 4, NULL)) v (i, j, x, y)) s, unnest(m) l;
SELECT round((g).gini::numeric, 9) AS gini, round((g).neighbour::numeric, 9) AS neighbour, round((g).non_neighbour::numeric, 9) AS non_neighbour, round((g).polarisation::numeric, 9) AS polarisation, (g).p FROM (SELECT spatial_gini(i, j, x, y, 1) AS g FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('b', 'c', 2, 3), ('c', 'b', 3, 2), ('c', 'd', 3, 4), ('d', 'c', 4, 3)) v (i, j, x, y)) s;
SELECT (moran(rollup(s), 99, 1)).p = (moran(rollup(s), 99, 1)).p AS same_seed, (moran(rollup(s))).permutations
FROM (SELECT spatial_state(i, j, x, y, 1) AS s FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('b', 'c', 2, -3), ('c', 'b', -3, 2)) v (i, j, x, y) GROUP BY i) q;
SELECT moran('a', NULL, 1, NULL, NULL) AS one_unit, moran(i, j, 5, 5, 1) AS no_variation, spatial_gini(i, j, -5, -5, 1) AS negative_mean FROM (VALUES ('a', 'b'), ('b', 'a')) v (i, j);

-- what is refused
SELECT rank_size(p) FROM (VALUES (1), (-5)) v (p);
SELECT rank_size(sample_state(p, 2)) FROM (VALUES (1), (5)) v (p);
SELECT hoover_redistribution(1, -2);
SELECT moran(i, j, x, y, 1) FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 3, 1)) v (i, j, x, y);
SELECT moran(i, j, x, y, 1) FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('a', 'b', 1, 2)) v (i, j, x, y);
SELECT local_moran(rollup(s)) FROM (SELECT spatial_state('a', 'b', 1, 2, w) AS s FROM (VALUES (1), (0)) v (w) GROUP BY w) q;
SELECT moran('a', 'b', 1, 2, -1);
SELECT moran('a', 'b', 1, 'NaN', 1);
SELECT moran('a', 'b', 1, 2, 1, 0, 1);
SELECT moran('a', 'b', 1, 2, 1, p, 1) FROM (VALUES (9), (99)) v (p);
SELECT functional_polycentricity('a', 'b', -1);
SELECT location_quotient(-1, 1, 1, 1);
-- a part is not more than its whole
SELECT location_quotient(120, 100, 200, 1000);
SELECT location_quotient(20, 100, 2000, 1000);
-- index numbers of a sector and of the nation serve as well as counts
SELECT change, round(national::numeric, 9) AS national, round(sector::numeric, 9) AS sector, round(regional::numeric, 9) AS regional FROM shift_share(200, 280, 100, 140, 100, 129);
SELECT functional_polycentricity(flow_state('A', 'B', 1), NULL), functional_polycentricity(NULL::flow_state, 3);
SELECT functional_polycentricity(NULL::flow_state, NULL) AS no_flows;
SELECT functional_polycentricity(s, p) FROM (SELECT flow_state(o, d, f) AS s FROM (VALUES ('A', 'B', 10), ('B', 'A', 10), ('C', 'A', 5)) v (o, d, f)) s, (VALUES (25), (6)) p (p);
-- pairs of a unit with itself
SELECT (moran(i, j, vi, vj, 1)).links FROM (VALUES ('a', 'b', 1, 2), ('b', 'a', 2, 1), ('a', 'a', 1, 1)) v (i, j, vi, vj);
-- a place that gets nothing is left out, and told
SELECT round(size_elasticity(people, amount)::numeric, 4) AS slope FROM (VALUES (10, 1), (100, 10), (1000, 100), (50, 0), (0, 5)) v (people, amount);
-- slopes that are NULL
SELECT (r).slope, (r).primacy FROM (SELECT rank_size(people) AS r FROM (VALUES (50), (20), (0)) v (people)) s;
SELECT (r).slope, (r).slope_shifted FROM (SELECT rank_size(people) AS r FROM (VALUES (50), (50), (50)) v (people)) s;
-- totals left among places and pairs; a half among shares is none
SELECT (rank_size(p)).n FROM (VALUES (40), (31), (20), (10), (101)) v (p);
SELECT round(hoover_concentration(p, a)::numeric, 4) AS half FROM (VALUES (10, 1), (20, 5), (30, 4), (7, 2), (67, 12)) v (p, a);
SELECT round(krugman_specialisation(p, a)::numeric, 4) AS shares FROM (VALUES (10, 1), (20, 15), (15, 4), (5, 30), (50, 50)) v (p, a);
SELECT hoover_concentration(p, 1e308) AS sums_beyond_float8 FROM generate_series(1, 5) p;
