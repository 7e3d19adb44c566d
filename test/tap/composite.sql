-- composite: what holds for any indicator
SET search_path = public, terrbal;
SELECT plan(8);
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
SELECT * FROM finish();
