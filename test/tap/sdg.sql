-- sdg: what must hold for any figures
SET search_path = public, terrbal;
SELECT plan(5);
CREATE TEMP TABLE city AS SELECT i, (10 + i * 7919 % 90)::float8 AS v0, (10 + i * 104729 % 90)::float8 AS v1, (1000 + i * 31 % 300)::float8 AS p0, (2000 + i * 37 % 300)::float8 AS p1 FROM generate_series(1, 200) i;
SELECT ok(bool_and(abs(lcrpgr(v0, v1, 10, p0, p1, 10) - lcrpgr(7 * v0, 7 * v1, 10, 3 * p0, 3 * p1, 10)) < 1e-12), 'units of land and people do not matter') FROM city;
SELECT ok(bool_and(abs(lcrpgr(v0, v1, 10, p0, p1, 10) - lcrpgr(v0, v1, 5, p0, p1, 5)) < 1e-12), 'equal periods cancel') FROM city;
SELECT ok(bool_and(abs(lcrpgr(v0, v0 * g, 7, p0, p0 * g, 7) - (g - 1) / ln(g)) < 1e-9), 'equal growth g gives (g - 1)/ln g') FROM city, unnest(ARRAY[0.5, 0.9, 1.1, 2, 5]::float8[]) g;
SELECT is(transport_access(p0, v0 * 10, v1 * 15), 100 * sum(p0) FILTER (WHERE v0 * 10 <= 500 OR v1 * 15 <= 1000) / sum(p0), 'access is the share of rows within reach') FROM city;
SELECT is((SELECT coverage_percent(rollup(s)) FROM (SELECT transport_state(p0, v0 * 10, v1 * 15)::text::coverage_state s FROM city GROUP BY i % 9) q),
          (SELECT transport_access(p0, v0 * 10, v1 * 15) FROM city), 'stored states roll up to the whole');
SELECT * FROM finish();
