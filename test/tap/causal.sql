-- causal: figures of the package did, one wave as a difference in differences, influence functions written out in SQL, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(10);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
CREATE TEMP TABLE panel AS SELECT 'u' || u AS unit, t AS period, 100 * sin(u * 2.3) + 7 * t + cos(u * t * 1.9) * 5 + CASE WHEN t >= g THEN 9 + u % 4 ELSE 0 END AS y, g
FROM generate_series(1, 90) u, generate_series(1, 7) t, LATERAL (SELECT (ARRAY[NULL, 3, 5, 6, 9])[1 + u % 5] AS g) s;
CREATE TEMP TABLE found AS SELECT controls, (group_time_effects(unit, period, y, g, controls)).* FROM panel, unnest(ARRAY['never', 'not_yet']) controls GROUP BY controls;
SELECT ok(to_jsonb(a) - 'controls' = to_jsonb(b), 'order of rows does not matter to the bit')
FROM found a, (SELECT (group_time_effects(unit, period, y, g, 'not_yet' ORDER BY md5(unit || period))).* FROM panel) b WHERE a.controls = 'not_yet';
SELECT ok(to_jsonb(a) - 'controls' = to_jsonb(b), 'nor how the rows are split') FROM found a, (SELECT (group_time_effects(rollup(s))).* FROM (SELECT group_time_state(unit, period, y, g, 'never') AS s FROM panel GROUP BY period % 3) p) b WHERE a.controls = 'never';
-- every effect again, with errors from influence functions over units
CREATE TEMP TABLE again AS
WITH wide AS (SELECT unit, g, array_agg(y ORDER BY period) AS y FROM panel GROUP BY unit, g),
     cell AS (SELECT c.controls, w.g AS wave, t, CASE WHEN t < w.g THEN t - 1 ELSE w.g - 1 END AS b FROM unnest(ARRAY['never', 'not_yet']) c (controls), (SELECT DISTINCT g FROM wide WHERE g <= 7) w, generate_series(2, 7) t),
     change AS (SELECT controls, wave, t, unit, y[t] - y[b] AS d, g IS NOT DISTINCT FROM wave AS treated FROM cell, wide
                WHERE g = wave OR g IS NULL OR g > 7 OR (controls = 'not_yet' AND g > greatest(t, b)))
SELECT controls, wave, t, sum(mean) FILTER (WHERE treated) - sum(mean) FILTER (WHERE NOT treated) AS effect, sqrt(sum(squares)) AS se
FROM (SELECT controls, wave, t, treated, avg(d) AS mean, var_pop(d) / count(*) AS squares FROM change GROUP BY controls, wave, t, treated) s GROUP BY controls, wave, t;
SELECT ok(count(*) = 36 AND bool_and(pg_temp.off(e.effect, a.effect) < 1e-10 AND pg_temp.off(e.se, a.se) < 1e-10), 'effects and errors by their definition, in SQL')
FROM found f, unnest(f.effects) e JOIN again a ON a.wave = e.first_treated AND a.t = e.period WHERE a.controls = f.controls;
SELECT ok(bool_and(pg_temp.off(f.simple, m) < 1e-12 AND f.never_treated = 36), 'groups of one size: the plain mean; who is treated after the last period was not treated')
FROM found f, LATERAL (SELECT avg(effect) AS m FROM unnest(f.effects) WHERE period >= first_treated) s;
SELECT ok(pg_temp.off((r.effects)[1].effect, d.estimate) < 1e-12 AND r.simple = (r.effects)[1].effect AND pg_temp.off(r.simple_se, h.se) < 1e-10,
    'one wave in two periods: the difference in differences, its error that of the changes (HC0)')
FROM (SELECT (group_time_effects(unit, period, y, nullif(g, 5), 'never')).* FROM panel WHERE period IN (2, 3) AND (g IS NULL OR g = 3)) r,
     (SELECT (difference_in_differences(y, g IS NOT NULL, period = 3)).estimate FROM panel WHERE period IN (2, 3) AND (g IS NULL OR g = 3)) d,
     (SELECT (ols_robust(d, ARRAY[1, (g IS NOT NULL)::int], 'hc0')).standard_errors[2] AS se FROM
         (SELECT unit, g, max(y) FILTER (WHERE period = 3) - max(y) FILTER (WHERE period = 2) AS d FROM panel WHERE g IS NULL OR g = 3 GROUP BY unit, g) x) h;
SELECT ok(bool_and(abs((b.r).simple - a.simple) < 1e-9 AND pg_temp.off((b.r).simple_se, a.simple_se) < 1e-10), 'what a unit has of its own, and what a period has, does not count')
FROM found a, (SELECT group_time_effects(unit, period, y + 1000 * length(unit) + 3 * period * period, g, 'never') AS r FROM panel) b WHERE a.controls = 'never';
\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/staggered_mpdta/mpdta.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE mpdta (year int, county text, lpop float8, lemp float8, g int);
\copy mpdta FROM PROGRAM 'cat "$GOLDEN/land_value/staggered_mpdta/mpdta.csv"' CSV HEADER
CREATE TEMP TABLE expected (estimate text, period text, value float8, standard_error float8);
\copy expected FROM PROGRAM 'cat "$GOLDEN/land_value/staggered_mpdta/expected.csv"' CSV HEADER
CREATE TEMP TABLE wages AS SELECT (group_time_effects(county, year, lemp, nullif(g, 0), 'never')).* FROM mpdta;
CREATE TEMP TABLE got AS SELECT 'att ' || e.first_treated AS estimate, e.period::text, e.effect, e.se FROM wages, unnest(effects) e
UNION ALL SELECT 'dynamic', e.value::text, e.effect, e.se FROM wages, unnest(exposure) e UNION ALL SELECT 'dynamic', 'overall', overall_exposure, overall_exposure_se FROM wages
UNION ALL SELECT 'group', e.value::text, e.effect, e.se FROM wages, unnest(groups) e UNION ALL SELECT 'group', 'overall', overall_group, overall_group_se FROM wages
UNION ALL SELECT 'simple', NULL, simple, simple_se FROM wages;
SELECT ok(count(*) = 25 AND bool_and(abs(g.effect - e.value) < 1e-9 AND abs(g.se - e.standard_error) < 1e-9), 'package did, minimum wages in 500 counties: 12 effects, by exposure, by group, overall, with errors')
FROM expected e LEFT JOIN got g ON g.estimate = e.estimate AND g.period IS NOT DISTINCT FROM nullif(e.period, '');
SELECT ok(round(pretest_p::numeric, 5) = 0.16812 AND pretest_df = 5, 'its pre-test, as printed in its README') FROM wages;
SELECT ok(count(*) = 12 AND bool_and(e.se > 0), 'not yet treated: every effect has controls') FROM (SELECT (group_time_effects(county, year, lemp, nullif(g, 0), 'not_yet')).* FROM mpdta) s, unnest(effects) e;
SELECT ok(round((f).coefficients[1]::numeric, 3) = -0.037 AND round((f).standard_errors[1]::numeric, 3) = 0.013 AND w = '{0.05,0.05,0.03,-0.01,0.20,0.11,0.58}', 'the two-way estimate and its weights, as the page has them')
FROM (SELECT ols_fixed_effects(lemp, ARRAY[(g > 0 AND year >= g)::int], county, year::text, true) AS f FROM mpdta) s,
     (SELECT array_agg(round(weight, 2) ORDER BY g, year)::text AS w FROM (SELECT g, year, sum(u) / sum(sum(u)) OVER () AS weight FROM (SELECT g, year, d, d - avg(d) OVER (PARTITION BY county) - avg(d) OVER (PARTITION BY year) + avg(d) OVER () AS u
      FROM (SELECT *, (g > 0 AND year >= g)::int AS d FROM mpdta) l) r WHERE d = 1 GROUP BY g, year) x) y;
\else
SELECT skip('the figures of test/fixture/golden are not here', 4);
\endif
SELECT * FROM finish();
