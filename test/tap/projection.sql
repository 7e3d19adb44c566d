-- projection: against matrix products in SQL, nothing lost, units, parts; published figures of Sweden, Bombay and R
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(10);
CREATE TEMP TABLE rate AS SELECT 'c' || i AS f, 'c' || j AS t, ((i * 37 + j * 53 + i * j * 11) % 97)::float8 / 200 AS r, (1 + i * 71 % 23)::float8 AS n FROM generate_series(1, 12) i, generate_series(1, 12) j WHERE (i + j * 3) % 4 > 0;
CREATE TEMP TABLE path AS SELECT p.* FROM (SELECT projection(f, t, r, n, 4) AS p FROM rate) s, unnest(p) p;
CREATE FUNCTION pg_temp.by_hand(steps int) RETURNS TABLE (step int, cell text, population float8) LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMP TABLE now AS SELECT f AS c, min(n) AS x FROM rate GROUP BY f;
    FOR k IN 0 .. steps LOOP
        RETURN QUERY SELECT k, c, x FROM now;
        CREATE TEMP TABLE later AS SELECT c, coalesce((SELECT sum(r * y.x) FROM rate JOIN now y ON y.c = f WHERE t = now.c), 0) AS x FROM now;
        DROP TABLE now;
        ALTER TABLE later RENAME TO now;
    END LOOP;
END
$$;
SELECT is((SELECT count(*) FROM path p JOIN pg_temp.by_hand(4) h USING (step, cell) WHERE abs(p.population - h.population) <= 1e-12 * h.population), 60::bigint, 'the matrix, applied in SQL');
SELECT is((SELECT count(*) FROM path p JOIN (SELECT q.* FROM (SELECT projection(f, t, r, n * 1024, 4) AS p FROM rate) s, unnest(p) q) q USING (step, cell) WHERE q.population = p.population * 1024), 60::bigint, 'the unit of people');
SELECT is((SELECT count(DISTINCT p::text) FROM (SELECT k, projection(f, t, r, n, 4) AS p FROM (SELECT * FROM rate, generate_series(1, 9) k ORDER BY md5(f || t || k)) x GROUP BY k) y), 1::bigint, 'row order plays no part');
SELECT is((SELECT projection(rollup(s)) FROM (SELECT projection_state(f, t, r, n, 4)::text::projection_state AS s FROM rate GROUP BY t) x)::text, (SELECT projection(f, t, r, n, 4) FROM rate)::text, 'nor do parts');
SELECT is((SELECT count(*) FROM (SELECT step, sum(population) AS x FROM (SELECT projection(f, t, r / s, n, 6) AS p FROM rate JOIN (SELECT f, sum(r) AS s FROM rate GROUP BY f) o USING (f)) q, unnest(p) GROUP BY step) y, (SELECT sum(n) AS n FROM (SELECT DISTINCT f, n FROM rate) d) t
    WHERE abs(x / n - 1) < 1e-12), 7::bigint, 'shares that add to 1 lose nobody');
SELECT ok(bool_and(population = n), 'rates that change nothing change nothing') FROM (SELECT projection(f, f, 1, n, 5) AS p FROM (SELECT DISTINCT f, n FROM rate) d) s, unnest(p) x JOIN (SELECT DISTINCT f, n FROM rate) d ON f = cell;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/demography/preston_sweden1993_female_closed.csv evidence/demography/net_sr_bombay_1951.csv evidence/demography/fay_feuer_downs_data.csv evidence/demography/fay_feuer_downs_expected_per_100000.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE sweden (age int, people float8, lived float8, births float8, published float8, checked float8);
\copy sweden FROM PROGRAM 'cat "$GOLDEN/evidence/demography/preston_sweden1993_female_closed.csv"' CSV HEADER
CREATE TEMP VIEW aged AS SELECT *, lead(age) OVER w AS next_age, CASE WHEN age < 80 THEN lead(lived) OVER w / lived ELSE (SELECT max(lived) FILTER (WHERE age = 85) / sum(lived) FROM sweden WHERE age >= 80) END AS survival, lead(births) OVER w AS next_births FROM sweden WINDOW w AS (ORDER BY age);
SELECT ok(count(*) = 18 AND bool_and(round(population) = published AND abs(population / checked - 1) < 1e-12), 'Sweden 1998, by age') FROM (SELECT projection(to_char(age, 'FM00'), to_char(to_age, 'FM00'), rate, people, 1) AS p FROM (
    SELECT age, coalesce(next_age, age) AS to_age, survival AS rate, people FROM aged
    UNION ALL SELECT age, 0, 5 / 2.0 * (births + survival * coalesce(next_births, 0)) / 2.05 * (SELECT lived FROM sweden WHERE age = 0) / 500000, people FROM aged) m) s, unnest(p) JOIN sweden ON age = cell::int WHERE step = 1;
CREATE TEMP TABLE bombay (before_age text, after_age text, before float8, after float8, ratio float8, forward float8, reverse float8, average float8, x float8, y float8);
\copy bombay FROM PROGRAM 'cat "$GOLDEN/evidence/demography/net_sr_bombay_1951.csv"' CSV HEADER
SELECT ok(count(*) = 13 AND bool_and(abs((m).forward - forward) < 1e-6 AND abs((m).reverse - reverse) < 1e-6 AND abs((m).average - average) < 1e-6), 'Bombay, net migration of every cohort') FROM (SELECT *, survival_migration(before, after, ratio) AS m FROM bombay) b;
CREATE TEMP TABLE mothers (birth_order int, age text, cases float8, births float8, standard float8);
\copy mothers FROM PROGRAM 'cat "$GOLDEN/evidence/demography/fay_feuer_downs_data.csv"' CSV HEADER
CREATE TEMP TABLE wanted (birth_order int, crude float8, rate float8, low float8, high float8, se float8);
\copy wanted FROM PROGRAM 'cat "$GOLDEN/evidence/demography/fay_feuer_downs_expected_per_100000.csv"' CSV HEADER
CREATE TEMP TABLE standardised AS SELECT birth_order, sum(cases) / sum(births) AS crude, sum(share * cases) AS rate, sum(share ^ 2 * cases) AS v, max(share) AS w
FROM (SELECT *, standard / sum(standard) OVER (PARTITION BY birth_order) / births AS share FROM mothers) m GROUP BY birth_order;
SELECT ok(count(*) = 5 AND bool_and(abs(100000 * s.crude / e.crude - 1) < 1e-10 AND abs(100000 * s.rate / e.rate - 1) < 1e-10 AND abs(100000 * sqrt(v) / e.se - 1) < 1e-10), 'standardised rates and errors of R') FROM standardised s JOIN wanted e USING (birth_order);
SELECT ok(count(*) = 5 AND bool_and(abs(100000 * chi_square_quantile(0.025, 2 * s.rate ^ 2 / v) * v / (2 * s.rate) / e.low - 1) < 1e-9 AND abs(100000 * chi_square_quantile(0.975, 2 * (s.rate + w) ^ 2 / (v + w ^ 2)) * (v + w ^ 2) / (2 * (s.rate + w)) / e.high - 1) < 1e-9), 'and the limits of Fay and Feuer')
FROM standardised s JOIN wanted e USING (birth_order);
\else
SELECT skip('figures of sources whose licence keeps them out: test/fixture/golden/README.md', 4);
\endif
SELECT * FROM finish();
