-- transition: identities, a second implementation, the land cover of Lausanne
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(9);
CREATE TEMP TABLE item AS SELECT i, 'a' || i * i % 17 AS a, 'b' || i * i * i % 13 AS b, (1 + i % 5)::float8 AS w FROM generate_series(1, 300) i;
CREATE TEMP TABLE sim AS SELECT (partition_similarity(a, b, 1)).* FROM item;
SELECT ok(abs(s.rand - r.share) < 1e-13, 'Rand by all pairs') FROM sim s, (SELECT avg(((x.a = y.a) = (x.b = y.b))::int)::float8 AS share FROM item x JOIN item y ON x.i < y.i) r;
SELECT ok(abs(s.adjusted_rand - (n.c - n.a * n.b / n.all) / ((n.a + n.b) / 2 - n.a * n.b / n.all)) < 1e-12, 'adjusted Rand of Hubert and Arabie by its sums') FROM sim s,
    (SELECT (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*)::float8 AS n FROM item GROUP BY a, b) t) AS c, (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*)::float8 AS n FROM item GROUP BY a) t) AS a,
            (SELECT sum(n * (n - 1) / 2) FROM (SELECT count(*)::float8 AS n FROM item GROUP BY b) t) AS b, 300 * 299 / 2.0::float8 AS all) n;
SELECT ok(abs(a.variation_of_information - b.variation_of_information) < 1e-13 AND a.rand = b.rand, 'symmetric but for the moved share') FROM sim a, (SELECT (partition_similarity(b, a, 1)).* FROM item) b;
SELECT ok(a.variation_of_information = b.variation_of_information AND a.moved_share = b.moved_share, 'order of rows does not matter to the bit')
FROM (SELECT (partition_similarity(a, b, w)).* FROM item) a, (SELECT (partition_similarity(a, b, w ORDER BY i DESC)).* FROM item) b;
SELECT ok(a.variation_of_information <= x.variation_of_information + y.variation_of_information, 'variation of information is a distance: the way round is no shorter')
FROM sim a, (SELECT (partition_similarity(a, (i % 7)::text, 1)).* FROM item) x, (SELECT (partition_similarity((i % 7)::text, b, 1)).* FROM item) y;
SELECT ok(abs(sum((c).gain) - sum((c).loss)) < 1e-9 AND abs(sum((c).before) - t) < 1e-9 AND bool_and(abs((c).net - ((c).gain - (c).loss)) < 1e-9 AND (c).swap >= 0), 'what is lost is gained')
FROM (SELECT unnest(class_changes(a, b, w)) AS c FROM item) s, (SELECT sum(w) AS t FROM item) w GROUP BY t;
SELECT ok(bool_and(abs(total - 1) < 1e-13), 'shares of a class add up to 1') FROM (SELECT sum(share_of_before) AS total FROM (SELECT (unnest(transition_matrix(a, b, w))).* FROM item) m GROUP BY before) s;
\getenv golden GOLDEN
\if :{?golden}
CREATE TEMP TABLE cell (r int, c int, a text, b text);
\copy cell FROM PROGRAM 'cat "$GOLDEN/space/landscape/lausanne250_2006_2012.csv"' CSV HEADER
CREATE TEMP TABLE expected (a text, b text, cells float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/space/landscape/lausanne250_transition_expected.csv"' CSV HEADER
SELECT ok(count(*) > 20 AND bool_and(e.cells IS NOT DISTINCT FROM t.area), 'Lausanne 2006 to 2012: every cell of the table as R terra counts it')
FROM expected e FULL JOIN (SELECT (unnest(transition_matrix(a, b, 1))).* FROM cell) t ON e.a = t.before AND e.b = t.after;
SELECT ok(sum((c).gain) = 18 AND sum((c).before) = 12298, 'eighteen of 12,298 cells changed') FROM (SELECT unnest(class_changes(a, b, 1)) AS c FROM cell) s;
\else
SELECT skip('golden files are not beside this checkout', 2);
\endif
SELECT * FROM finish();
