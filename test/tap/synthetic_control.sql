-- synthetic_control: figures of quadprog on the Basque Country, the conditions of Karush, Kuhn and Tucker in SQL, placebos as calls of their own, units, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(14);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE TEMP TABLE panel AS SELECT 'u' || u AS unit, t AS period, 50 + 9 * sin(u * 2.3) + (3 + cos(u * 1.1)) * t + 2 * sin(u * t * 1.9) AS y FROM generate_series(1, 25) u, generate_series(-8, 9) t;
CREATE TEMP TABLE found AS SELECT first, (synthetic_control(unit, period, y, 'u7', first)).* FROM panel, unnest(ARRAY[-5, 0, 4]) first GROUP BY first;
SELECT ok(synthetic_control(unit, period, y, 'u7', 0) = (SELECT synthetic_control(unit, period, y, 'u7', 0 ORDER BY md5(unit || period)) FROM panel), 'order of rows does not matter to the bit') FROM panel;
SELECT ok(synthetic_control(rollup(s)) = (SELECT synthetic_control(unit, period, y, 'u7', 0) FROM panel), 'nor how the rows are split') FROM (SELECT synthetic_control_state(unit, period, y, 'u7', 0) AS s FROM panel GROUP BY abs(period) % 4, length(unit)) p;
SELECT ok(bool_and(abs(total - 1) < 1e-14 AND least >= 0 AND n = 24), 'weights: one for each donor, none below 0, sum 1') FROM found, LATERAL (SELECT sum(weight) AS total, min(weight) AS least, count(*) AS n FROM unnest(weights)) w;
-- gaps and errors from the weights
SELECT ok(count(*) = 54 AND bool_and(abs(g.gap - (p.y - (SELECT sum(w.weight * d.y) FROM unnest(f.weights) w JOIN panel d USING (unit) WHERE d.period = g.period))) < 1e-12 AND g.observed = p.y AND abs(g.synthetic + g.gap - p.y) < 1e-12), 'gaps follow from the weights')
FROM found f, unnest(f.gaps) g JOIN panel p ON p.unit = 'u7' AND p.period = g.period;
SELECT ok(bool_and(abs(rmspe_before - b) < 1e-12 AND pg_temp.off(rmspe_after, a) < 1e-12), 'rmspe before and after') FROM found, LATERAL (SELECT sqrt(avg(gap ^ 2) FILTER (WHERE period < first)) AS b, sqrt(avg(gap ^ 2) FILTER (WHERE period >= first)) AS a FROM unnest(gaps)) s;
-- optimal: no donor has a lower slope than the mix, and those in it have the same
SELECT ok(bool_and(slope > -1e-10 AND (weight < 1e-12 OR abs(slope) < 1e-10)), 'the conditions of Karush, Kuhn and Tucker hold')
FROM (SELECT first, w.unit, w.weight, sum(-g.gap * (d.y - g.synthetic)) AS slope FROM found f, unnest(f.weights) w JOIN panel d USING (unit) JOIN LATERAL unnest(f.gaps) g ON g.period = d.period WHERE d.period < f.first GROUP BY first, w.unit, w.weight) s;
-- placebos
SELECT ok(count(*) = 24 AND bool_and(pg_temp.off(q.rmspe_before, (c.r).rmspe_before) < 1e-10 AND pg_temp.off(q.rmspe_after, (c.r).rmspe_after) < 1e-10 AND pg_temp.off(q.ratio, q.rmspe_after / q.rmspe_before) < 1e-14), 'placebos: each donor in a call of its own, without the treated unit')
FROM found f, unnest(f.placebos) q JOIN (SELECT treated, synthetic_control(unit, period, y, treated, 4) AS r FROM panel, (SELECT DISTINCT unit AS treated FROM panel WHERE unit <> 'u7') t WHERE unit <> 'u7' GROUP BY treated) c ON c.treated = q.unit WHERE first = 4;
SELECT ok(bool_and(rank = r AND p = r / 25.0), 'rank and p among them') FROM found f, LATERAL (SELECT 1 + count(*) FILTER (WHERE ratio >= f.rmspe_after / f.rmspe_before) AS r FROM unnest(placebos)) s WHERE first = 4;
SELECT ok(bool_and(pg_temp.off((b).rmspe_after, (a).rmspe_after * 1000) < 1e-11 AND (a).rank = (b).rank AND abs((a).weights[3].weight - (b).weights[3].weight) < 1e-11), 'another unit of the outcome, and what all units share in a period, leave the weights')
FROM (SELECT synthetic_control(unit, period, y, 'u7', 4) AS a, synthetic_control(unit, period, 1000 * y + 17 * period ^ 3, 'u7', 4) AS b FROM panel) s;
SELECT ok(abs((r).rmspe_before) < 1e-12 AND abs((r).weights[1].weight - 0.25) < 1e-11 AND abs((r).rmspe_after - 3) < 1e-12, 'a unit that is a mix of others is found, and what was added to it')
FROM (SELECT synthetic_control(unit, period, y, 'mix', 4) AS r FROM (SELECT * FROM panel UNION ALL SELECT 'mix', period, sum(y * CASE unit WHEN 'u1' THEN 0.25 WHEN 'u2' THEN 0.75 END) + CASE WHEN period >= 4 THEN 3 ELSE 0 END FROM panel WHERE unit IN ('u1', 'u2') GROUP BY period) s) r;
SELECT ok((r).donors = 24 AND (r).weights = (SELECT weights FROM found WHERE first = 4), 'a unit that lacks a period, and periods that the treated unit lacks, do not count')
FROM (SELECT synthetic_control(unit, period, y, 'u7', 4) AS r FROM (SELECT * FROM panel UNION ALL SELECT 'gap', period, y FROM panel WHERE unit = 'u9' AND period <> 2 UNION ALL SELECT unit, 77, 1 FROM panel WHERE unit <> 'u7' AND period = 1) s) r;
\set golden `cd "$GOLDEN" 2>/dev/null && ls evidence/causal/basque_gdpcap.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE basque (region text, name text, year int, gdp float8);
\copy basque FROM PROGRAM 'cat "$GOLDEN/evidence/causal/basque_gdpcap.csv"' CSV HEADER
CREATE TEMP TABLE expected (key text, value float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/evidence/causal/basque_outcome_only_expected.csv"' CSV HEADER
CREATE TEMP TABLE terror AS SELECT since, (synthetic_control(region, year, gdp, '17', 1970)).* FROM basque, unnest(ARRAY[1955, 1960]) since WHERE year >= since GROUP BY since;
SELECT ok(count(*) = 6 AND bool_and(abs(w.weight - e.value) < 1e-9), 'quadprog, the Basque Country from outcomes before 1970: Baleares, Madrid and Rioja')
FROM terror t, unnest(t.weights) w JOIN expected e ON true WHERE e.key = format('outcome%s_69_w_%s', t.since, w.unit);
SELECT ok(bool_and(abs(total - 1) < 1e-12), 'and nobody else') FROM terror t, LATERAL (SELECT sum(weight) AS total FROM unnest(t.weights) w WHERE w.unit IN ('5', '14', '18')) s;
SELECT ok(count(*) = 6 AND bool_and(abs(got - e.value) < 1e-9), 'its mean squared error, mean gap from 1975 and gap in 1985')
FROM terror t, LATERAL (VALUES ('mspe', rmspe_before ^ 2), ('gap_mean_1975_1997', (SELECT avg(gap) FROM unnest(gaps) WHERE period BETWEEN 1975 AND 1997)), ('gap_1985', (SELECT gap FROM unnest(gaps) WHERE period = 1985))) g (what, got)
JOIN expected e ON true WHERE e.key = format('outcome%s_69_%s', t.since, g.what);
\else
SELECT skip('the figures of test/fixture/golden are not here', 3);
\endif
SELECT * FROM finish();
