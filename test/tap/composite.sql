-- composite: what holds for any indicator
SET search_path = public, terrbal;
SELECT plan(30);
CREATE TEMP TABLE unit AS SELECT i, (i * 7919 % 101)::float8 AS x, 1 + (i * 31 % 17)::float8 AS y, (i * 13 % 7)::float8 AS w FROM generate_series(1, 60) i;

SELECT ok(bool_and(abs(a - b) < 1e-12), 'min_max does not see scale and origin')
FROM (SELECT normalised(x, 'min_max') OVER () a, normalised(3 * x - 50, 'min_max') OVER () b FROM unit) s;
SELECT ok(bool_and(abs(a + b - 1) < 1e-12), 'min_max of the other direction is the complement')
FROM (SELECT normalised(x, 'min_max') OVER () a, normalised(x, 'min_max', -1) OVER () b FROM unit) s;
SELECT ok(bool_and(a = b), 'direction -1 is the answer of -x') FROM unnest(ARRAY['z_score', 'rank', 'borda', 'percentile_rank', 'distance_to_max']) m,
    LATERAL (SELECT normalised(x, m, -1) OVER () a, normalised(-x, m) OVER () b FROM unit) s;
SELECT is(array_agg(r ORDER BY i), array_agg(k ORDER BY i), 'rank is SQL''s rank() by ascending x')
FROM (SELECT i, normalised(x, 'rank') OVER () r, (rank() OVER (ORDER BY x))::float8 k FROM unit) s;
SELECT ok(bool_and(abs(p - k) < 1e-12), 'percentile_rank is SQL''s percent_rank()')
FROM (SELECT normalised(x, 'percentile_rank') OVER () p, percent_rank() OVER (ORDER BY x) k FROM unit) s;
SELECT ok(abs(avg(z)) < 1e-12 AND abs(stddev_samp(z) - 1) < 1e-12, 'z-scores have mean 0 and sd 1') FROM (SELECT normalised(x, 'z_score') OVER () z FROM unit) s;
SELECT ok(bool_and(a >= g - 1e-12 AND g >= h - 1e-12 AND p <= a), 'arithmetic >= geometric >= harmonic; the penalised mean is below')
FROM (SELECT composite_index(s, v, 'arithmetic') a, composite_index(s, v, 'geometric') g, composite_index(s, v, 'harmonic') h, composite_index(s, v, 'mpi_negative') p
      FROM (SELECT ARRAY[x + 1, y, w + 1] s, ARRAY[w, 1, 2] v FROM unit) u) t;
SELECT ok(bool_and(abs(outranking(ARRAY[x, y], ARRAY[y, x], ARRAY[w, 1]) + outranking(ARRAY[y, x], ARRAY[x, y], ARRAY[w, 1]) - 1) < 1e-12), 'a over b and b over a add up to 1') FROM unit;
-- ranks over drawn weights and the best light of each, against a second implementation: draws by the same generator, programs by all their vertices in fractions
CREATE TEMP VIEW table3 AS SELECT i, array_agg((1 + (i * 37 + j * 53 + i * i * (j + 2) + i * j * j) % 89)::float8 ORDER BY j) AS s FROM generate_series(1, 10) i, generate_series(0, 2) j GROUP BY i;
CREATE TEMP VIEW table4 AS SELECT i, array_agg((1 + (i * 37 + j * 53 + i * i * (j + 2) + i * j * j) % 89)::float8 ORDER BY j) AS s FROM generate_series(1, 8) i, generate_series(0, 3) j GROUP BY i;
SELECT is(array_agg((r).rank || ' ' || (r).best || ' ' || (r).p05 || ' ' || (r).median || ' ' || (r).p95 || ' ' || (r).worst || ' ' || (r).top ORDER BY i),
    ARRAY['8 4 5 7 10 10 0', '2 1 1 3 9 9 0.3425', '6 1 2 5 7 9 0.01', '5 1 1 3 9 9 0.2925', '1 1 2 3 5 6 0.04', '7 4 4 7 8 8 0', '10 6 7 9 10 10 0', '4 1 1 4 7 8 0.05', '3 1 1 4 6 9 0.265', '9 5 7 9 10 10 0'], 'any weights, 400 draws')
FROM (SELECT i, rank_range(s, draws => 400, seed => 7) OVER () AS r FROM table3) t;
SELECT is(array_agg((r).rank || ' ' || (r).best || ' ' || (r).p05 || ' ' || (r).median || ' ' || (r).p95 || ' ' || (r).worst || ' ' || round(300 * (r).top) ORDER BY i),
    ARRAY['8 6 6 8 9 9 0', '1 1 1 1 2 2 300', '5 5 5 5 7 7 0', '6 3 4 9 9 9 11', '2 1 1 2 3 3 300', '7 3 3 6 8 8 47', '10 10 10 10 10 10 0', '3 2 2 3 4 5 242', '4 4 4 4 5 7 0', '9 4 6 7 9 9 0'], 'weights around 3, 2, 1 and three aggregations; the top three')
FROM (SELECT i, rank_range(s, ARRAY[3, 2, 1], 0.5, '{arithmetic,geometric,harmonic}', 300, -5, 3) OVER () AS r FROM table3) t;
SELECT ok(bool_and(abs((b).index - want) < 1e-14), 'programs without bounds')
FROM (SELECT i, benefit_of_the_doubt(s) OVER () AS b FROM table3 WHERE i < 10) t JOIN unnest(ARRAY[967 / 1302.0, 1, 1, 1, 1, 5057 / 6926.0, 312 / 461.0, 1, 1]::float8[]) WITH ORDINALITY w (want, i) USING (i);
SELECT ok(bool_and(abs((b).index - want) < 1e-14), 'shares from 0.2 to 0.6')
FROM (SELECT i, benefit_of_the_doubt(s, ARRAY[0.2, 0.2, 0.2], ARRAY[0.6, 0.6, 0.6]) OVER () AS b FROM table3 WHERE i < 10) t JOIN unnest(ARRAY[200400 / 582979.0, 353295 / 372488.0, 113305 / 150356.0, 4845 / 28639.0, 1, 1295 / 1807.0, 3080 / 27939.0, 165380 / 220313.0, 91310 / 122037.0]::float8[]) WITH ORDINALITY w (want, i) USING (i);
SELECT ok(bool_and(abs((b).index - want) < 1e-14), 'four parts, a tenth each')
FROM (SELECT i, benefit_of_the_doubt(s, ARRAY[0.1, 0.1, 0.1, 0.1]) OVER () AS b FROM table4) t JOIN unnest(ARRAY[650925 / 1292552.0, 225450 / 498857.0, 1722236 / 1786805.0, 38760 / 113473.0, 1, 1268540 / 1351423.0, 127380 / 605857.0, 22840 / 25987.0]::float8[]) WITH ORDINALITY w (want, i) USING (i);

-- what must hold
SELECT ok(bool_and((r).rank = k AND (r).best = k AND (r).median = k AND (r).worst = k AND (r).top = (k <= 5)::int), 'one part: its own rank in every draw')
FROM (SELECT rank_range(ARRAY[x], draws => 20, top => 5) OVER () AS r, rank() OVER (ORDER BY x DESC) AS k FROM unit) t;
SELECT ok(bool_and((r).best <= (r).p05 AND (r).p05 <= (r).median AND (r).median <= (r).p95 AND (r).p95 <= (r).worst) AND abs(sum((r).top) - 1) < 1e-12, 'quantiles in order; one unit is first in each draw')
FROM (SELECT rank_range(ARRAY[x, y, i], draws => 100) OVER () AS r FROM unit) t;
SELECT is(array_agg(a ORDER BY i), array_agg(b ORDER BY i), 'the order of rows plays no part')
FROM (SELECT i, rank_range(ARRAY[x, y, i], draws => 50) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS a, rank_range(ARRAY[x, y, i], draws => 50) OVER (ORDER BY w, x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS b FROM unit) t;
SELECT is(array_agg(a ORDER BY i), array_agg(b ORDER BY i), 'nor does the unit of all scores') FROM (SELECT i, rank_range(ARRAY[x, y], draws => 50) OVER () AS a, rank_range(ARRAY[1024 * x, 1024 * y], draws => 50) OVER () AS b FROM unit) t;
SELECT isnt(array_agg(a ORDER BY i), array_agg(b ORDER BY i), 'the seed does') FROM (SELECT i, rank_range(ARRAY[x, y, i], draws => 50) OVER () AS a, rank_range(ARRAY[x, y, i], draws => 50, seed => 1) OVER () AS b FROM unit) t;
SELECT ok(bool_and((r).rank = (r).best AND (r).rank = (r).worst AND (r).rank = k), 'no spread: the rank of the index') FROM (SELECT rank_range(ARRAY[x, y], ARRAY[2, 1], 0, draws => 5) OVER () AS r, rank() OVER (ORDER BY composite_index(ARRAY[x, y], ARRAY[2, 1], 'arithmetic') DESC) AS k FROM unit) t;
SELECT ok(bool_and((n).best >= (a).best AND (n).worst <= (a).worst), 'weights near the given ones stay within what any weights can do: 5000 draws') FROM (SELECT rank_range(ARRAY[x, y], ARRAY[1, 1], 0.1, draws => 100) OVER () AS n, rank_range(ARRAY[x, y], draws => 5000) OVER () AS a FROM unit WHERE i <= 12) t;
SELECT ok(bool_and(abs((b).index - share) < 1e-15), 'one part: its share of the largest') FROM (SELECT x / max(x) OVER () AS share, benefit_of_the_doubt(ARRAY[x]) OVER () AS b FROM unit) t;
SELECT ok(bool_and((b).index = 1) FILTER (WHERE best) AND bool_or(NOT best AND (b).index < 1), 'who is best in one part has 1') FROM (SELECT x = max(x) OVER () OR y = max(y) OVER () OR w = max(w) OVER () AS best, benefit_of_the_doubt(ARRAY[x, y, w]) OVER () AS b FROM unit) t;
SELECT ok(bool_and(abs((a).index - (b).index) < 1e-14 AND (a).index > 0), 'parts in any unit of measure') FROM (SELECT benefit_of_the_doubt(ARRAY[x, y, i]) OVER () AS a, benefit_of_the_doubt(ARRAY[x * 1e-300, y * 1e300, i / 7.0]) OVER () AS b FROM unit) t;
SELECT ok(bool_and((p).index <= (q).index + 1e-14), 'more of a part never lowers the index of a unit') FROM (SELECT i, benefit_of_the_doubt(ARRAY[x, y, w]) OVER () AS p, benefit_of_the_doubt(ARRAY[x + CASE WHEN i = 17 THEN 5 ELSE 0 END, y, w]) OVER () AS q FROM unit) t WHERE i = 17;
SELECT ok(bool_and(u >= b - 1e-14 AND b >= c - 1e-14), 'bounds never raise it, tighter ones lower it more') FROM (SELECT (benefit_of_the_doubt(ARRAY[x, y, i]) OVER ()).index AS u, (benefit_of_the_doubt(ARRAY[x, y, i], ARRAY[0.1, 0.1, 0.1]) OVER ()).index AS b, (benefit_of_the_doubt(ARRAY[x, y, i], ARRAY[0.3, 0.3, 0.3]) OVER ()).index AS c FROM unit) t;
SELECT ok(bool_and((SELECT bool_and(s BETWEEN 0.2 - 1e-12 AND 0.5 + 1e-12) AND abs(sum(s) - 1) < 1e-12 FROM unnest((b).shares) s)), 'shares keep their bounds and add up to 1') FROM (SELECT benefit_of_the_doubt(ARRAY[x, y, i], ARRAY[0.2, 0.2, 0.2], ARRAY[0.5, 0.5, 0.5]) OVER () AS b FROM unit WHERE x > 0) t;
-- shares of the variance of a rank, as on the page: the recipe over three choices of weight and one of aggregation, for fifteen units
CREATE TEMP TABLE ranked AS
SELECT *, rank() OVER (PARTITION BY a, b, c, g ORDER BY composite_index(ARRAY[x, y, 0.7], ARRAY[a, b, c], g) DESC) AS place
FROM (SELECT i, 1 + abs(x) AS x, 1 + abs(y) AS y FROM unit WHERE i <= 15) u, unnest(ARRAY[0.5, 1, 2]) a, unnest(ARRAY[0.5, 1, 2]) b, unnest(ARRAY[0.5, 1, 2]) c, unnest(ARRAY['arithmetic', 'geometric', 'harmonic']) g;
CREATE TEMP TABLE variance AS
SELECT i, free, avg(v) AS mean_variance, var_pop(m) AS variance_of_mean FROM (SELECT i, GROUPING(a, b, c, g) AS free, var_pop(place) AS v, avg(place) AS m FROM ranked GROUP BY i, CUBE (a, b, c, g)) s GROUP BY i, free;
SELECT cmp_ok(count(*), '>=', 5::bigint, 'several ranks move') FROM variance WHERE free = 15 AND mean_variance > 0;
-- law of total variance: what is left with all others fixed, and what the others explain together
SELECT ok(bool_and(abs(t.mean_variance + e.variance_of_mean - v.mean_variance) < 1e-12), 'the total share of a choice is what the others together leave')
FROM variance v, unnest(ARRAY[8, 4, 2, 1]) k, LATERAL (SELECT * FROM variance w WHERE w.i = v.i AND w.free = k) t, LATERAL (SELECT * FROM variance w WHERE w.i = v.i AND w.free = k) e WHERE v.free = 15;
SELECT ok(bool_and(alone <= 1 + 1e-12 AND total >= 1 - 1e-12), 'choices alone explain at most all, with all they take part in at least all')
FROM (SELECT v.i, sum(t.mean_variance) / max(v.mean_variance) AS total, sum(o.variance_of_mean) / max(v.mean_variance) AS alone
      FROM variance v, unnest(ARRAY[8, 4, 2, 1]) k JOIN variance t ON t.free = k JOIN variance o ON o.free = 15 - k WHERE v.free = 15 AND v.mean_variance > 0 AND t.i = v.i AND o.i = v.i GROUP BY v.i) s;
SELECT ok(bool_and(mean_variance = 0), 'the weight of a part in which all are alike moves no rank of an arithmetic mean')
FROM (SELECT avg(v) AS mean_variance FROM (SELECT i, var_pop(place) AS v FROM ranked WHERE g = 'arithmetic' GROUP BY i, a, b) s GROUP BY i) s;
SELECT * FROM finish();
