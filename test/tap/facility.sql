-- facility: every assignment counted in SQL, monotone in each limit, nothing limits, order, splits, scaling, and a case of a district's size
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(18);

-- several small problems: 6 demands, 4 sites
CREATE TEMP TABLE trip AS
SELECT q, 'home ' || i AS d, 'site ' || chr(64 + j) AS s, (1 + (i * 37 + q * 11) % 23)::float8 AS w, (1 + (i * 53 + j * 71 + i * j * 17 + q * 29) % 97)::float8 AS c,
    (25 + (j * 17 + q * 7) % 20)::float8 AS room, (5 + (j * 5 + q) % 9)::float8 AS least, (10 + (j * 3 + q * 5) % 7)::float8 AS price
FROM generate_series(1, 6) i, generate_series(1, 4) j, generate_series(1, 8) q;
-- every assignment of each demand to a site or to none, by definition
CREATE TEMP TABLE choice AS
WITH RECURSIVE put AS (
    SELECT q, 0 AS i, ARRAY[0, 0, 0, 0]::float8[] AS load, 0::float8 AS total, 0::float8 AS served, 0::float8 AS worst, 0 AS outside FROM generate_series(1, 8) q
    UNION ALL
    SELECT p.q, p.i + 1, CASE WHEN j = 0 THEN load ELSE load[:j - 1] || (load[j] + w) || load[j + 1:] END, total + CASE WHEN j > 0 THEN w * c ELSE 0 END,
        served + CASE WHEN j > 0 THEN w ELSE 0 END, greatest(worst, CASE WHEN j > 0 THEN c END), outside + (j = 0)::int
    FROM put p JOIN trip t ON t.q = p.q AND t.d = 'home ' || p.i + 1 CROSS JOIN LATERAL (SELECT CASE WHEN n = 1 THEN ascii(right(t.s, 1)) - 64 ELSE 0 END AS j FROM generate_series(1, CASE WHEN t.s = 'site A' THEN 2 ELSE 1 END) n) x
)
SELECT p.q, total, served, worst, outside, n.sites, load[1] > 0 AS has_a, n.fits, n.used, n.price
FROM put p JOIN (SELECT q, array_agg(room ORDER BY s) AS room, array_agg(least ORDER BY s) AS least, array_agg(price ORDER BY s) AS price FROM trip WHERE d = 'home 1' GROUP BY q) t ON t.q = p.q,
    LATERAL (SELECT count(*) FILTER (WHERE l > 0) AS sites, bool_and(l <= t.room[j]) AS fits, bool_and(l = 0 OR l >= 2 * t.least[j]) AS used, coalesce(sum(t.price[j]) FILTER (WHERE l > 0), 0) AS price FROM unnest(load) WITH ORDINALITY u (l, j)) n
WHERE i = 6;
SELECT is((SELECT count(*) FROM choice), 125000::bigint, 'all assignments');
-- NULL where there is none: the error is told apart below
CREATE FUNCTION pg_temp.asked(what text, which int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE answer location;
BEGIN
    EXECUTE format('SELECT (%s).* FROM trip WHERE q = %s', what, which) INTO answer;
    IF NOT answer.proven THEN RAISE 'not proven: % %', which, what; END IF;
    RETURN answer.objective;
EXCEPTION WHEN invalid_parameter_value THEN RETURN NULL;
END
$$;
CREATE TEMP TABLE answers AS SELECT q, pg_temp.asked('p_median(d, s, w, c, 3, room)', q) AS median, pg_temp.asked('p_median(d, s, w, c, 3, s = ''site A'', room)', q) AS median_with_a,
    pg_temp.asked('maximal_cover(d, s, w, c, 2, 40, room)', q) AS cover, pg_temp.asked('set_cover(d, s, w, c, 70, room)', q) AS fewest, pg_temp.asked('p_centre(d, s, w, c, 3, room)', q) AS centre,
    pg_temp.asked('p_median(d, s, w, c, 4, false, NULL, 2 * least, price, 40)', q) AS needed, pg_temp.asked('maximal_cover(d, s, w, c, 4, 40, false, room, 2 * least, price, 30)', q) AS paid FROM generate_series(1, 8) q;
SELECT results_eq('SELECT q, median FROM answers ORDER BY q', 'SELECT q, min(total) FILTER (WHERE fits AND outside = 0 AND sites <= 3) FROM choice GROUP BY q ORDER BY q', 'p-median with capacities is the best of all assignments');
SELECT results_eq('SELECT q, median_with_a FROM answers ORDER BY q', 'SELECT q, min(total) FILTER (WHERE fits AND outside = 0 AND sites + (NOT has_a)::int <= 3) FROM choice GROUP BY q ORDER BY q', 'also with a site that stays');
SELECT results_eq('SELECT q, cover FROM answers ORDER BY q', 'SELECT q, max(served) FILTER (WHERE fits AND sites <= 2 AND worst <= 40) FROM choice GROUP BY q ORDER BY q', 'so is maximal cover');
SELECT results_eq('SELECT q, fewest FROM answers ORDER BY q', 'SELECT q, (min(sites) FILTER (WHERE fits AND outside = 0 AND worst <= 70))::float8 FROM choice GROUP BY q ORDER BY q', 'set cover');
SELECT results_eq('SELECT q, centre FROM answers ORDER BY q', 'SELECT q, min(worst) FILTER (WHERE fits AND outside = 0 AND sites <= 3) FROM choice GROUP BY q ORDER BY q', 'and p-centre');
SELECT results_eq('SELECT q, needed FROM answers ORDER BY q', $$SELECT q, min(total) FILTER (WHERE outside = 0 AND price <= 40 AND used) FROM choice GROUP BY q ORDER BY q$$, 'least use and a budget');
SELECT results_eq('SELECT q, paid FROM answers ORDER BY q', $$SELECT q, max(served) FILTER (WHERE fits AND worst <= 40 AND price <= 30 AND used) FROM choice GROUP BY q ORDER BY q$$, 'all limits together');
SELECT cmp_ok((SELECT count(DISTINCT (median, needed)) FILTER (WHERE median > 0 AND needed > 0) FROM answers), '>=', 5::bigint, 'most of these have an answer');

-- a larger one: monotone in capacity, minimum, budget and p
CREATE TEMP TABLE way AS
SELECT 'home ' || i AS d, 'site ' || j AS s, (1 + i * 37 % 23)::float8 AS w, sqrt((i * 53 % 97 - j * 31 % 97) ^ 2 + (i * 71 % 89 - j * 43 % 89) ^ 2) AS c, (10 + j * 7 % 5)::float8 AS price
FROM generate_series(1, 40) i, generate_series(1, 12) j;
CREATE TEMP TABLE curve AS
SELECT n, (SELECT (p_median(d, s, w, c, 4, 120 + 5 * n)) FROM way) AS capacity, (SELECT (p_median(d, s, w, c, 6, false, 200, (ARRAY[150, 130, 110, 100, 85, 70, 60])[n + 1], 0, NULL)) FROM way) AS minimum,
    (SELECT (p_median(d, s, w, c, 12, false, NULL, 0, price, 20 + 8 * n)) FROM way) AS budget, (SELECT (p_median(d, s, w, c, 3 + n, 170)) FROM way) AS p FROM generate_series(0, 6) n;
SELECT is((SELECT count(*) FROM (SELECT n, bound AS better, max((m).objective) OVER (PARTITION BY what ORDER BY n ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING) AS worse FROM curve, LATERAL (VALUES ('capacity', capacity), ('minimum', minimum), ('budget', budget), ('p', p)) v (what, m), LATERAL (SELECT (m).objective AS bound) b) x WHERE better < worse),
    0::bigint, 'more capacity, less minimum, more budget or one more site never harms');
SELECT is((SELECT string_agg(what || n, ', ') FROM curve, LATERAL (VALUES ('capacity', capacity), ('minimum', minimum), ('budget', budget), ('p', p)) v (what, m) WHERE NOT (m).proven), NULL, 'all are proven');
SELECT is((SELECT p_median(d, s, w, c, 4, 1e6)::text FROM way), (SELECT p_median(d, s, w, c, 4)::text FROM way), 'room for all is no limit');
SELECT is((SELECT (p_median(d, s, w, c, 12, false, NULL, 0, 1, 4)).objective FROM way), (SELECT (p_median(d, s, w, c, 4)).objective FROM way), 'a budget for four is p = 4');
SELECT is((SELECT count(DISTINCT m::text) FROM (SELECT n, p_median(d, s, w, c, 5, false, 150, 60, price, 60) AS m FROM (SELECT * FROM way, generate_series(1, 8) n ORDER BY md5(d || s || n)) r GROUP BY n) x), 1::bigint, 'row order plays no part');
SELECT is((SELECT p_median(rollup(s), 5)::text FROM (SELECT facility_state(d, s, w, c, false, 150)::text::facility_state AS s FROM way GROUP BY length(d), right(d, 1)) x), (SELECT p_median(d, s, w, c, 5, 150)::text FROM way), 'nor do parts');
SELECT is((SELECT (p_median(d, s, 4 * w, c / 8, 5, false, 600, 240, price, 60)).objective * 2 FROM way), (SELECT (p_median(d, s, w, c, 5, false, 150, 60, price, 60)).objective FROM way), 'units change with their figures');

-- 400 demands, 60 sites
CREATE TEMP TABLE district AS
SELECT i AS d, j AS s, w, c FROM (SELECT i, (1 + i * 37 % 23)::float8 AS w, i * 7919 % 10007 AS x, i * 104729 % 10009 AS y FROM generate_series(1, 400) i) a,
    LATERAL (SELECT j, sqrt((x - j * 6151 % 10007) ^ 2 + (y - j * 3571 % 10009) ^ 2) AS c FROM generate_series(1, 60) j ORDER BY 2 LIMIT 40) b;
SELECT cmp_ok((SELECT (p_median(d, s, w, c, 10, 550)).gap FROM district), '<', 0.03::float8, 'a district: within 3 per cent of the bound');
SELECT cmp_ok((SELECT (p_centre(d, s, w, c, 10, 550)).gap FROM district), '<', 0.05::float8, 'and within 5 of the worst cost');
SELECT * FROM finish();
