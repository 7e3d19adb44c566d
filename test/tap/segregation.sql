-- segregation: figures of PySAL and of the R package segregation, identities, invariance, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(23);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE TEMP TABLE town AS SELECT 'u' || i % 101 AS u, 'g' || i % 4 AS g, floor(1 + 50 * abs(sin(i * 1.7))) AS n, 'p' || i % 101 % 9 AS p FROM generate_series(1, 900) i;
CREATE TEMP TABLE whole AS SELECT (segregation(u, g, n)).* FROM town;
SELECT ok(a.dissimilarity = b.dissimilarity AND a.gini = b.gini AND a.mutual_information = b.mutual_information AND a.exposure = b.exposure, 'order of rows does not matter to the bit')
FROM whole a, (SELECT (segregation(u, g, n ORDER BY n, g)).* FROM town) b;
SELECT ok(bool_and(a.dissimilarity = b.dissimilarity AND a.gini = b.gini AND a.entropy_index = b.entropy_index), 'nor a factor of a power of two, however far')
FROM whole a, unnest(ARRAY[2.0::float8 ^ -960, 2.0::float8 ^ 960]) f, LATERAL (SELECT (segregation(u, g, n * f)).* FROM town) b;
SELECT ok(pg_temp.off(a.mutual_information, b.mutual_information) < 1e-13 AND pg_temp.off(a.gini, b.gini) < 1e-13, 'nor other names') FROM whole a, (SELECT (segregation(md5(u), md5(g), n)).* FROM town) b;
SELECT ok(pg_temp.off(a.mutual_information, b.mutual_information) < 1e-12, 'mutual information is the same with units and groups exchanged') FROM whole a, (SELECT (segregation(g, u, n)).* FROM town) b;
SELECT ok(pg_temp.off((d).mutual_information, m) < 1e-13 AND pg_temp.off((d)."between" + (d).within, m) < 1e-13 AND pg_temp.off((d)."between", b) < 1e-13
    AND pg_temp.off((d).entropy_between + (d).entropy_within, h) < 1e-13, 'between and within add up; between is that of the parents')
FROM (SELECT segregation_decomposition(u, g, n, p) AS d FROM town) x, (SELECT mutual_information AS m, entropy_index AS h FROM whole) w, (SELECT (segregation(p, g, n)).mutual_information AS b FROM town) y;
SELECT ok(pg_temp.off(sum(share * score), max(m)) < 1e-13 AND pg_temp.off(sum(total), max(t)) < 1e-14, 'local scores have the mutual information as mean')
FROM (SELECT local_segregation(u, g, n) AS l FROM town) s, unnest(l), (SELECT mutual_information AS m, total AS t FROM whole) w;
SELECT ok(bool_and(abs(row - 1) < 1e-13), 'a person meets somebody: exposures of a group add up to 1')
FROM whole, generate_series(1, 4) i, LATERAL (SELECT sum(exposure[i][j]) AS row FROM generate_series(1, 4) j) s;
SELECT ok(pg_temp.off(w.gini, sum(ti * tj * abs(pi - pj)) / (2 * max(t) ^ 2 * max(i))) < 1e-12, 'Gini by its double sum') FROM whole w, (
    WITH c AS (SELECT u, g, coalesce(sum(n) FILTER (WHERE true), 0) AS x FROM (SELECT u, g, n FROM town UNION ALL SELECT DISTINCT a.u, b.g, 0 FROM town a, town b) s GROUP BY u, g),
         q AS (SELECT u, g, x / sum(x) OVER (PARTITION BY u) AS p, sum(x) OVER (PARTITION BY u) AS ut, sum(x) OVER (PARTITION BY g) / sum(x) OVER () AS pm, sum(x) OVER () AS t FROM c)
    SELECT a.ut AS ti, b.ut AS tj, a.p AS pi, b.p AS pj, a.t, (SELECT sum(pm * (1 - pm)) FROM (SELECT DISTINCT g, pm FROM q) d) AS i FROM q a JOIN q b USING (g)) s GROUP BY w.gini;
SELECT ok(e.mutual_information = 0 AND e.dissimilarity = 0 AND e.gini = 0, 'even to the last person: 0') FROM (SELECT (segregation(i::text, g, 7 * i)).* FROM generate_series(1, 30) i, unnest(ARRAY['a', 'b', 'c']) g) e;
SELECT ok(s.dissimilarity = 1 AND s.gini = 1 AND s.entropy_index = 1 AND s.isolation = '{1,1,1}' AND s.relative_diversity = 1, 'each to its own: 1') FROM (SELECT (segregation(g, g, 10)).* FROM unnest(ARRAY['a', 'b', 'c']) g) s;
SELECT ok(abs(d - s.dissimilarity) < 1e-15, 'two groups: as dissimilarity(count_a, count_b)')
FROM (SELECT dissimilarity(a, b) AS d FROM (SELECT i, 1 + i % 7 AS a, 1 + i * i % 11 AS b FROM generate_series(1, 99) i) x) p,
     (SELECT (segregation(i::text, g, n)).* FROM (SELECT i, 'a' AS g, 1 + i % 7 AS n FROM generate_series(1, 99) i UNION ALL SELECT i, 'b', 1 + i * i % 11 FROM generate_series(1, 99) i) x) s;
-- two dates
CREATE TEMP TABLE later AS SELECT 'u' || i % 107 AS u, 'g' || i % 5 AS g, floor(1 + 50 * abs(sin(i * 1.7)) + 9 * (i % 4)) AS n FROM generate_series(5, 900) i;
CREATE TEMP TABLE change AS SELECT a, b, (segregation_difference(a, b)).* FROM (SELECT segregation_state(u, g, n) AS a FROM town) x, (SELECT segregation_state(u, g, n) AS b FROM later) y;
SELECT ok(abs(additions + removals + unit_marginal + group_marginal + structural - difference) < 1e-12 AND abs(before - (segregation(a)).mutual_information) < 1e-14 AND abs(after - (segregation(b)).mutual_information) < 1e-14 AND additions <> 0, 'the parts of a change add up to it') FROM change;
SELECT ok(abs(c.difference + d.difference) < 1e-15 AND abs(c.structural + d.structural) < 1e-12 AND abs(c.unit_marginal + d.unit_marginal) < 1e-12 AND abs(c.additions + d.removals) < 1e-15, 'the dates exchanged, everything the other way') FROM change c, LATERAL segregation_difference(b, a) d;
SELECT ok(abs(c.structural - d.structural) < 1e-12 AND abs(c.unit_marginal - d.group_marginal) < 1e-12 AND abs(c.group_marginal - d.unit_marginal) < 1e-12, 'units and groups exchanged, so are their parts')
FROM change c, (SELECT (segregation_difference(a, b)).* FROM (SELECT segregation_state(g, u, n) AS a FROM town) x, (SELECT segregation_state(g, u, n) AS b FROM later) y) d;
SELECT ok(abs(d.structural) < 1e-12 AND d.additions = 0 AND d.removals = 0, 'units and groups larger by any factors: nothing structural')
FROM (SELECT (segregation_difference(segregation_state(u, g, n), segregation_state(u, g, n * (1 + length(u) % 3) * (1 + substr(g, 2)::int)))).* FROM town) d;
-- environments by the recipe of the page: nobody around is the usual index, everybody around is none
CREATE TEMP TABLE place AS SELECT u AS id, sum(n) FILTER (WHERE g = 'g1') AS x, sum(n) AS t FROM town GROUP BY u;
CREATE FUNCTION pg_temp.around(weight float8) RETURNS TABLE (isolation float8, h float8) LANGUAGE sql AS $$
    WITH near AS (SELECT a.id, b.id AS other, CASE WHEN a.id = b.id THEN 1 ELSE around.weight END AS weight FROM place a, place b), around AS (SELECT n.id, sum(weight * coalesce(x, 0)) / sum(weight * t) AS p FROM near n JOIN place b ON b.id = n.other GROUP BY n.id),
         entropy AS (SELECT id, p, -p * ln(p) - (1 - p) * ln(1 - p) AS e FROM around WHERE p > 0 AND p < 1), whole AS (SELECT sum(x) AS x, sum(t) AS t, sum(x) / sum(t) AS p FROM place)
    SELECT sum(coalesce(place.x, 0) / whole.x * a.p), 1 - sum(place.t / whole.t * e.e) / max(-whole.p * ln(whole.p) - (1 - whole.p) * ln(1 - whole.p)) FROM whole, place JOIN around a USING (id) LEFT JOIN entropy e USING (id) $$;
SELECT ok(abs(a.isolation - s.isolation[1]) < 1e-12 AND abs(a.h - s.entropy_index) < 1e-12, 'environments of the tract alone: isolation and H of segregation')
FROM pg_temp.around(0) a, (SELECT (segregation(id, g, n)).* FROM place, LATERAL (VALUES ('a', coalesce(x, 0)), ('b', t - coalesce(x, 0))) v (g, n)) s;
SELECT ok(abs(isolation - (SELECT sum(x) / sum(t) FROM place)) < 1e-12 AND abs(h) < 1e-12, 'everybody around everybody: no segregation') FROM pg_temp.around(1);
\set golden `cd "$GOLDEN" 2>/dev/null && ls space/segregation/sacramento_tracts.csv space/segregation/schools00.csv space/segregation/sacramento_adjacency.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE tract (fips text, tot_pop float8, white float8, black float8, asian float8, hisp float8);
\copy tract FROM PROGRAM 'cat "$GOLDEN/space/segregation/sacramento_tracts.csv"' CSV HEADER
SELECT ok(pg_temp.off(dissimilarity, 0.32184656076566864) < 1e-12 AND pg_temp.off(gini, 0.43506510676886234) < 1e-12 AND pg_temp.off(isolation[1], 0.2319615486459151) < 1e-12
    AND pg_temp.off(exposure[1][2], 0.7680384513540848) < 1e-12 AND pg_temp.off(entropy_index, 0.0962677447997) < 1e-11 AND pg_temp.off(relative_diversity, 0.09164042012926693) < 1e-12,
    'PySAL, Sacramento: D, Gini, isolation, interaction, H, correlation ratio of two groups')
FROM (SELECT (segregation(fips, g, n)).* FROM tract, LATERAL (VALUES ('hisp', hisp), ('other', tot_pop - hisp)) v (g, n)) s;
SELECT ok(pg_temp.off(dissimilarity, 0.41340872573177806) < 1e-12 AND pg_temp.off(gini, 0.5456349992598081) < 1e-12 AND pg_temp.off(entropy_index, 0.1710160297858887) < 1e-12
    AND pg_temp.off(mutual_information, 0.16645182134289443) < 1e-12 AND pg_temp.off(entropy, 0.9733112243997906) < 1e-12 AND pg_temp.off(relative_diversity, 0.15820019878220337) < 1e-12,
    'PySAL, Sacramento: four groups')
FROM (SELECT (segregation(fips, g, n)).* FROM tract, LATERAL (VALUES ('white', white), ('black', black), ('asian', asian), ('hisp', hisp)) v (g, n)) s;
CREATE TEMP TABLE adjacent (i text, j text, metres float8);
\copy adjacent FROM PROGRAM 'cat "$GOLDEN/space/segregation/sacramento_adjacency.csv"' CSV HEADER
CREATE TEMP TABLE shape (fips text, perimeter float8, area float8);
\copy shape FROM PROGRAM 'cat "$GOLDEN/space/segregation/sacramento_perimeter_area.csv"' CSV HEADER
CREATE TEMP TABLE side AS SELECT i, j, metres, metres / nullif(sum(metres) OVER (PARTITION BY i), 0) AS standardised FROM (SELECT i, j, metres FROM adjacent UNION ALL SELECT j, i, metres FROM adjacent) s;
CREATE TEMP TABLE part AS SELECT fips, CASE WHEN tot_pop > 0 THEN hisp / tot_pop ELSE 0 END AS p, perimeter / area AS edge FROM tract JOIN shape USING (fips);
SELECT ok(pg_temp.off(d - sum(apart) / count(*), 0.2611974332919437) < 1e-12 AND pg_temp.off(d - sum(standardised * apart) / sum(standardised), 0.2638781237840983) < 1e-8
    AND pg_temp.off(d - sum(metres * apart * (a_edge + b_edge)) / sum(metres) / 2 / (SELECT max(edge) FROM part), 0.3112698489030527) < 1e-8, 'PySAL, Sacramento: dissimilarity less what borders take off, after Morrill and twice after Wong, by the recipe of the page')
FROM (SELECT side.*, abs(a.p - b.p) AS apart, a.edge AS a_edge, b.edge AS b_edge FROM side JOIN part a ON a.fips = i JOIN part b ON b.fips = j) s, (SELECT dissimilarity(hisp, tot_pop - hisp) AS d FROM tract) t GROUP BY d;
CREATE TEMP TABLE toy (date int, u text, g text, n float8);
\copy toy FROM PROGRAM 'cat "$GOLDEN/space/segregation/difference_toy.csv"' CSV HEADER
-- R stops fitting at 1e-10, here 1e-13
SELECT ok(pg_temp.off(before, 0.0952604428878151) < 1e-13 AND pg_temp.off(after, 0.02439201720914086) < 1e-13 AND pg_temp.off(difference, -0.07086842567867424) < 1e-13 AND additions = 0 AND removals = 0
    AND pg_temp.off(group_marginal, -0.003388768836231613) < 1e-9 AND pg_temp.off(unit_marginal, 0.001200357242516063) < 1e-9 AND pg_temp.off(structural, -0.06868001408495869) < 1e-9, 'R package segregation, two dates: what has changed M')
FROM (SELECT (segregation_difference(segregation_state(u, g, n) FILTER (WHERE date = 1), segregation_state(u, g, n) FILTER (WHERE date = 2))).* FROM toy) s;
CREATE TEMP TABLE school (state text, district text, school text, race text, n float8);
\copy school FROM PROGRAM 'cat "$GOLDEN/space/segregation/schools00.csv"' CSV HEADER
SELECT ok(pg_temp.off(mutual_information, 0.42553897587642) < 1e-12 AND pg_temp.off("between", 0.0992437012829429) < 1e-12 AND pg_temp.off(within, 0.326295274593477) < 1e-12
    AND pg_temp.off(entropy_index, 0.418808314641945) < 1e-12, 'R package segregation, 8,142 rows of schools: M, H, between states and within')
FROM (SELECT (segregation_decomposition(school, race, n, state)).* FROM school) s;
SELECT ok(pg_temp.off(mutual_information - a, 0.0875865) < 1e-6 AND pg_temp.off(a - 0.0992437012829429, 0.2387088) < 1e-6, 'states, districts, schools: three nested parts')
FROM (SELECT (segregation_decomposition(school, race, n, district)).mutual_information, (segregation_decomposition(school, race, n, district))."between" AS a FROM school) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 6);
\endif
SELECT * FROM finish();
