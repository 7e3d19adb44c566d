-- disclosure: controlled whatever the counts, unbiased by the seed, published figures of rules
BEGIN;
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(14);
CREATE TEMP TABLE cell AS SELECT g, i, (i * 37 + g * 11) % (1 + g % 50) AS n FROM generate_series(1, 200) g, generate_series(1, 40) i;
CREATE TEMP TABLE published AS SELECT c.*, base, controlled_rounding(n, base) OVER (PARTITION BY base, g ORDER BY i) AS nearest,
    controlled_rounding(n, base, 42) OVER (PARTITION BY base, g ORDER BY i) AS random FROM cell c, unnest(ARRAY[3, 5, 10]) base;
SELECT is((SELECT count(*) FROM published WHERE nearest % base <> 0 OR abs(nearest - n) >= base OR n % base = 0 AND nearest <> n), 0::bigint, 'adjacent multiples; multiples stay');
SELECT is((SELECT count(*) FROM published WHERE random % base <> 0 OR abs(random - n) >= base OR n % base = 0 AND random <> n), 0::bigint, 'at random too');
SELECT is((SELECT count(*) FROM (SELECT base, g, sum(n) AS n, sum(nearest) AS nearest FROM published GROUP BY base, g) s WHERE nearest <> base * floor(n::numeric / base + 0.5)), 0::bigint,
    'each margin goes to its nearest multiple');
SELECT is((SELECT count(*) FROM (SELECT base, g, sum(n) AS n, sum(random) AS random FROM published GROUP BY base, g) s WHERE abs(random - n) >= base), 0::bigint, 'at random to an adjacent one');
-- no other choice with that margin is nearer: exchanging two rows never helps
SELECT is((SELECT count(*) FROM published up JOIN published down ON up.base = down.base AND up.g = down.g WHERE up.nearest > up.n AND down.nearest < down.n AND down.n % down.base > up.n % up.base), 0::bigint,
    'who goes up has no smaller remainder than who goes down');
SELECT is((SELECT array_agg(nearest ORDER BY nearest) FROM published WHERE base = 3 AND g = 17), (SELECT array_agg(r ORDER BY r) FROM (SELECT controlled_rounding(n, 3) OVER (ORDER BY md5(i::text)) AS r FROM cell WHERE g = 17) s),
    'another order publishes the same counts');
CREATE TEMP TABLE draw AS SELECT seed, i, n, r FROM generate_series(1, 5000) seed, LATERAL (SELECT i, n, controlled_rounding(n, 3, seed) OVER (ORDER BY i) AS r FROM (VALUES (1, 1), (2, 2), (3, 3), (4, 5), (5, 1)) v (i, n)) s;
SELECT is((SELECT count(*) FROM (SELECT i, n, avg(r) AS mean FROM draw GROUP BY i, n) s WHERE abs(mean - n) > 5 * 1.5 / sqrt(5000)), 0::bigint, 'the mean over seeds is the count, within five standard errors');
SELECT ok(abs(avg(total) - 12) = 0, 'and the total 12, a multiple, is always 12') FROM (SELECT sum(r) AS total FROM draw GROUP BY seed) s;

-- suppression: what a parent's published total leaves for the hidden units is no count below the minimum, and fixes none of them
CREATE SCHEMA hidden;
CREATE TABLE hidden.counted AS SELECT format('%s.%s', lpad(g::text, 3, '0'), i) AS unit, DATE '2024-01-01' AS period, (g * 7919 + i * i * 104729 + g * i * 31) % (CASE WHEN (g + i) % 3 = 0 THEN 60 ELSE 7 END) AS value
    FROM generate_series(1, 300) g, generate_series(1, 2 + g % 5) i;
INSERT INTO hierarchy (child, parent, level) SELECT unit, left(unit, 3), 'province' FROM hidden.counted;
SELECT register_indicator('counted', 'Counted', 'persons', 'hidden.counted', level => 'municipality') IS NOT NULL AS registered \gset
UPDATE indicator SET minimum_count = 5 WHERE code = 'counted';
SELECT status FROM refresh('counted') \gset
CREATE TEMP TABLE province AS SELECT left(unit, 3) AS parent, count(*) FILTER (WHERE o.value IS NULL) AS hidden, coalesce(sum(c.value) FILTER (WHERE o.value IS NULL), 0) AS sum, bool_or(o.value > 0) AS more,
        count(*) FILTER (WHERE o.status = 'suppressed secondary') AS secondary, count(*) FILTER (WHERE o.value IS NOT NULL AND c.value BETWEEN 1 AND 4) AS told
    FROM observation_latest o JOIN hidden.counted c USING (unit) WHERE o.code = 'counted' GROUP BY left(unit, 3);
SELECT is((SELECT array_agg(parent) FROM province WHERE told > 0 OR hidden > 0 AND more AND (hidden = 1 OR sum < 5 OR secondary = 0 AND sum IN (hidden, hidden * 4))), NULL, 'no subtraction tells a count below the minimum');
SELECT ok(count(*) FILTER (WHERE hidden > 2 AND secondary > 0) > 5 AND count(*) FILTER (WHERE hidden > 1 AND secondary = 0) > 5 AND count(*) FILTER (WHERE hidden = 0) > 5, 'some provinces hide a third for that, some none') FROM province;

\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/disclosure/sdctable_microdata1.csv evidence/disclosure/sdctable_microdata1_expected.csv evidence/disclosure/rounding_base5.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE person (region text, gender text, val float8);
\copy person FROM PROGRAM 'cat "$GOLDEN/evidence/disclosure/sdctable_microdata1.csv"' CSV HEADER
CREATE TEMP TABLE expected (region text, gender text, n int, total float8, x1 float8, x2 float8, x3 float8, nk_1_75 boolean, nk_2_75 boolean, nk_2_85 boolean, p_10 boolean, p_70 boolean, pq_60_80 boolean, freq_lt3 boolean, p_margin_needed float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/disclosure/sdctable_microdata1_expected.csv"' CSV HEADER
CREATE TEMP TABLE risk AS
SELECT coalesce(region, 'total') AS region, coalesce(gender, 'total') AS gender, count(*)::int AS n, sum(val) AS total, (array_agg(val ORDER BY val DESC))[1:3] AS x FROM person GROUP BY CUBE (region, gender);
SELECT is((SELECT count(*) FROM risk JOIN expected e USING (region, gender, n, total) WHERE dominance_risk(total, x, 1, 75) = nk_1_75 AND dominance_risk(total, x, 2, 75) = nk_2_75 AND dominance_risk(total, x, 2, 85) = nk_2_85
    AND p_percent_risk(total, x, 10) = p_10 AND p_percent_risk(total, x, 70) = p_70), (SELECT count(*) FROM expected), 'sdcTable''s microdata: (1,75), (2,75), (2,85), p 10, p 70 of its 18 cells');
-- the Handbook on Statistical Disclosure Control
SELECT ok(NOT dominance_risk(100000, ARRAY[50000, 49000], 1, 90) AND p_percent_risk(100000, ARRAY[50000, 49000], 10), 'Handbook, example 1: safe under (1,90), unsafe under p 10');
SELECT ok(dominance_risk(110000, ARRAY[52000, 50000], 2, 90.909090909) AND NOT p_percent_risk(110000, ARRAY[52000, 50000], 10), 'Handbook, example 2: unsafe under (2,90.9), safe under p 10');
CREATE TEMP TABLE handbook (area text, sex text, n bigint, conventional bigint, printed bigint, random bigint, controlled bigint);
\copy handbook FROM PROGRAM 'cat "$GOLDEN/evidence/disclosure/rounding_base5.csv"' CSV HEADER
SELECT ok(sum(r) = 40 AND sum(abs(r - n)) <= sum(abs(controlled - n)), 'Handbook''s counts to base 5: 39 goes to 40, no further away than its controlled example')
FROM (SELECT *, controlled_rounding(n, 5) OVER (ORDER BY area, sex) AS r FROM handbook WHERE 'Total' NOT IN (area, sex)) s;
\else
SELECT skip('golden figures are not in this copy', 4);
\endif
SELECT * FROM finish();
ROLLBACK;
