-- progressivity: identities, figures of IC2 and Stata's definitions, ties
SET client_min_messages = warning;
SET search_path = terrbal, public;
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
CREATE TEMP TABLE income AS SELECT i, round(exp(sin(i * 12.9898) * 2 + cos(i * 78.233))::numeric, 1)::float8 + 0.1 AS x, 1 + i * 7 % 5 AS w FROM generate_series(1, 400) i;
CREATE TEMP TABLE taxed AS SELECT i, x, w, x - x * (0.05 + x / 200 + i % 7 / 50.0) AS y FROM income;
CREATE TEMP TABLE p AS SELECT (progressivity(x, y, w)).* FROM taxed;
SELECT plan(32);

SELECT ok(reranking > 1e-4, 'the example re-ranks, so the identities say something') FROM p;
SELECT ok(pg_temp.off(vertical_equity, average_rate / (1 - average_rate) * kakwani) < 1e-12, 'VE = g / (1 - g) K') FROM p;
SELECT ok(pg_temp.off(reynolds_smolensky, vertical_equity - reranking) < 1e-12, 'RS = VE - R') FROM p;
SELECT ok(pg_temp.off(musgrave_thin, (1 - gini_after) / (1 - gini_before)) < 1e-14, 'MT = (1 - G after) / (1 - G before)') FROM p;
SELECT ok(pg_temp.off(p.gini_before, gini(x, w)) < 1e-13 AND pg_temp.off(p.gini_after, gini(y, w)) < 1e-13, 'Ginis are the plain ones') FROM p, taxed GROUP BY p.gini_before, p.gini_after;
SELECT ok(pg_temp.off(p.kakwani, concentration_index(x - y, x, w) - gini(x, w)) < 1e-12, 'Kakwani = C(tax) - G') FROM p, taxed GROUP BY p.kakwani;
SELECT ok(pg_temp.off(p.reranking, gini(y, w) - concentration_index(y, x, w)) < 1e-12, 'R = G(after) - C(after)') FROM p, taxed GROUP BY p.reranking;
SELECT ok(pg_temp.off(p.average_rate, sum(w * (x - y)) / sum(w * x)) < 1e-13, 'average rate') FROM p, taxed GROUP BY p.average_rate;
SELECT ok(pg_temp.off(suits, s) < 1e-12, 'Suits by the trapezoids of its curve')
FROM p, (SELECT 1 - sum((q - q0) * (t + t0)) AS s FROM (SELECT q, t, lag(q, 1, 0) OVER o AS q0, lag(t, 1, 0) OVER o AS t0 FROM (
    SELECT x, sum(sum(w * x)) OVER (ORDER BY x) / sum(sum(w * x)) OVER () AS q, sum(sum(w * (x - y))) OVER (ORDER BY x) / sum(sum(w * (x - y))) OVER () AS t FROM taxed GROUP BY x) c WINDOW o AS (ORDER BY x)) d) e;
SELECT ok(abs(kakwani) < 1e-15 AND abs(suits) < 1e-15 AND abs(reynolds_smolensky) < 1e-15 AND reranking = 0 AND average_rate = 0.25, 'a proportional tax: 0 everywhere') FROM (SELECT (progressivity(x, 0.75 * x, w)).* FROM taxed) s;
SELECT ok(pg_temp.off(suits, -gini_before) < 1e-12 AND kakwani < 0 AND pg_temp.off(kakwani, -gini_before) < 1e-12, 'a poll tax: Suits and Kakwani are minus the Gini') FROM (SELECT (progressivity(x, x - 0.05, w)).* FROM taxed) s;
SELECT ok(gini_after = 0 AND pg_temp.off(reynolds_smolensky, gini_before) < 1e-14 AND musgrave_thin > 1, 'full equalisation') FROM (SELECT (progressivity(x, 5, w)).* FROM taxed) s;
SELECT ok(reranking = 0 AND pg_temp.off(vertical_equity, reynolds_smolensky) < 1e-14, 'nobody overtakes: no re-ranking') FROM (SELECT (progressivity(x, ln(1 + x), w)).* FROM taxed) s;
SELECT ok(pg_temp.off(a.kakwani, p.kakwani) < 1e-11 AND pg_temp.off(a.suits, p.suits) < 1e-11 AND pg_temp.off(a.reranking, p.reranking) < 1e-11, 'a currency changes nothing') FROM p, (SELECT (progressivity(x * 7.53, y * 7.53, w)).* FROM taxed) a;
SELECT ok(pg_temp.off(a.kakwani, p.kakwani) < 1e-12 AND pg_temp.off(a.suits, p.suits) < 1e-12 AND pg_temp.off(a.reranking, p.reranking) < 1e-11, 'a weight of 3 is three rows') FROM p, (SELECT (progressivity(x, y)).* FROM taxed, generate_series(1, w)) a;

-- Concentration
SELECT ok(pg_temp.off(concentration_index(x, x, w), gini(x, w)) < 1e-13, 'over its own ranks it is the Gini') FROM income;
SELECT ok(pg_temp.off(concentration_index(x, -x, w), -gini(x, w)) < 1e-13, 'over the reversed ranks minus the Gini') FROM income;
SELECT is(concentration_index(x, 1, w), 0::float8, 'all tied: 0') FROM income;
SELECT ok(pg_temp.off(c, 1 - area) < 1e-12, '1 minus twice the area under the curve') FROM (SELECT concentration_index(i % 11 * x, x, w) AS c, concentration_curve(i % 11 * x, x, w) AS curve FROM income) s,
    LATERAL (SELECT sum((p - p0) * (l + l0)) AS area FROM (SELECT p, l, lag(p) OVER o AS p0, lag(l) OVER o AS l0 FROM unnest(curve) WITH ORDINALITY u(p, l, i) WINDOW o AS (ORDER BY i)) x) d;
SELECT ok(c = r AND c = 32.0::float8 / 105 OR pg_temp.off(c, 32.0 / 105) < 1e-15 AND c = r, 'ties share their mean rank: row order does not matter') FROM
    (SELECT concentration_index(t, x ORDER BY i) AS c, concentration_index(t, x ORDER BY i DESC) AS r FROM unnest('{10,10,20,20,30}'::float8[], '{1,3,2,6,9}'::float8[]) WITH ORDINALITY u(x, t, i)) s;
SELECT is(array_length(concentration_curve(t, x), 1), 4, 'a point for each distinct rank, and (0, 0)') FROM unnest('{10,10,20,20,30}'::float8[], '{1,3,2,6,9}'::float8[]) u(x, t);
SELECT is(concentration_index(t, x), NULL, 'a total of 0: NULL') FROM unnest('{1,2}'::float8[], '{-3,3}'::float8[]) u(x, t);

-- Degenerate
SELECT is(progressivity(x, y), NULL, 'no rows: NULL') FROM taxed WHERE false;
SELECT ok(kakwani IS NULL AND suits IS NULL AND average_rate = 0 AND reynolds_smolensky = 0 AND reranking = 0, 'no tax') FROM (SELECT (progressivity(x, x, w)).* FROM taxed) s;
SELECT ok(suits IS NULL AND gini_before IS NOT NULL, 'a negative value before: no Suits') FROM (SELECT (progressivity(x, y)).* FROM unnest('{-1,5,9}'::float8[], '{-1,4,7}'::float8[]) u(x, y)) s;
SELECT ok(gini_after IS NULL AND reynolds_smolensky IS NULL AND average_rate = 1 AND gini_before IS NOT NULL, 'a tax that takes all') FROM (SELECT (progressivity(x, 0, w)).* FROM taxed) s;

-- Splits
SELECT ok(bool_and(same), 'random splits, merged in random order, are one pass') FROM (
    SELECT progressivity(rollup(s ORDER BY random()))::text = (SELECT progressivity(x, y, w)::text FROM taxed) AS same
    FROM (SELECT k, paired_state(x, y, w)::text::paired_state AS s FROM (SELECT k, x, y, w, floor(random() * k) AS part FROM taxed, generate_series(1, 40, 3) k ORDER BY random()) q GROUP BY k, part) p GROUP BY k) q;

\set golden `cd "$GOLDEN" 2>/dev/null && ls fiscal/progressivity_oracle.json >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE j (doc text);
\copy j (doc) FROM PROGRAM 'tr -d "\n" < "$GOLDEN/fiscal/progressivity_oracle.json"' (DELIMITER E'\x01')
CREATE TEMP TABLE oracle AS SELECT x::float8, t::float8, w::float8 FROM j, json_array_elements_text(doc::json->'x') WITH ORDINALITY a(x, i) JOIN json_array_elements_text(doc::json->'tax') WITH ORDINALITY b(t, i) USING (i)
    JOIN json_array_elements_text(doc::json->'w') WITH ORDINALITY c(w, i) USING (i);
CREATE FUNCTION pg_temp.agrees(r progressivity, e json) RETURNS boolean LANGUAGE sql AS $$
    SELECT pg_temp.off((r).gini_before, (e->>'G_X')::float8) < 1e-12 AND pg_temp.off((r).gini_after, (e->>'G_Y')::float8) < 1e-12 AND pg_temp.off((r).kakwani, (e->>'Kakwani')::float8) < 1e-12
       AND pg_temp.off((r).reynolds_smolensky, (e->>'RS')::float8) < 1e-12 AND pg_temp.off((r).vertical_equity, (e->>'VE')::float8) < 1e-12 AND (r).reranking = (e->>'R')::float8
       AND pg_temp.off((r).musgrave_thin, (e->>'MT')::float8) < 1e-12 AND pg_temp.off((r).average_rate, (e->>'g')::float8) < 1e-12
$$;
SELECT ok(pg_temp.agrees(r, doc::json->'unweighted'), 'IC2, unweighted') FROM j, (SELECT progressivity(x, x - t) AS r FROM oracle) s;
SELECT ok(pg_temp.agrees(r, doc::json->'weighted'), 'IC2, weighted') FROM j, (SELECT progressivity(x, x - t, w) AS r FROM oracle) s;
SELECT ok(pg_temp.off(c, (doc::json->'weighted'->>'C_T')::float8) < 1e-12 AND pg_temp.off(y, (doc::json->'unweighted'->>'C_Y')::float8) < 1e-12, 'IC2: concentration of tax and of income after')
FROM j, (SELECT concentration_index(t, x, w) AS c, concentration_index(x - t, x) AS y FROM oracle) s;
SELECT ok(pg_temp.off((r).gini_before, (e->>'G_X')::float8) < 1e-12 AND pg_temp.off((r).gini_after, (e->>'G_Y')::float8) < 1e-12 AND pg_temp.off((r).reranking, (e->>'R')::float8) < 1e-11, 'IC2: a grant that re-ranks')
FROM (SELECT doc::json->'rerank' AS e FROM j) j, LATERAL (SELECT progressivity(x::float8, y::float8, w::float8) AS r FROM json_array_elements_text(e->'x') WITH ORDINALITY a(x, i)
    JOIN json_array_elements_text(e->'y') WITH ORDINALITY b(y, i) USING (i) JOIN json_array_elements_text(e->'w') WITH ORDINALITY c(w, i) USING (i)) s;
SELECT ok(abs(c - (doc::json->'ties_defect'->>'IC2_C_given_order')::float8) > 0.01 AND abs(c - (doc::json->'ties_defect'->>'IC2_C_reversed_order')::float8) > 0.01, 'neither of the two answers that IC2 gives for tied rows')
FROM j, (SELECT concentration_index(t, x) AS c FROM unnest('{10,10,20,20,30}'::float8[], '{1,3,2,6,9}'::float8[]) u(x, t)) s;
\else
SELECT skip('the figures of test/fixture/golden are not here', 5);
\endif
SELECT finish();
