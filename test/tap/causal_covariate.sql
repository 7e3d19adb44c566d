-- causal_covariate: effects in waves against controls alike in covariates. Figures of a second implementation in R (glm.fit, lm.fit; Sant'Anna and Zhao 2020
-- and Callaway and Sant'Anna 2021 written out), cells by hand in SQL, what must not change the answer, splits, the package did on mpdta
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(15);
CREATE FUNCTION pg_temp.off(got float8[], want float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(max(CASE WHEN g IS NULL AND w IS NULL THEN 0 ELSE coalesce(abs(g / w - 1), 'Infinity') END), 'Infinity') FROM unnest(got, want) x(g, w)$$;
CREATE FUNCTION pg_temp.numbers(r group_time_summary) RETURNS float8[] LANGUAGE sql IMMUTABLE AS
$$SELECT ARRAY[r.simple, r.simple_se, r.overall_exposure, r.overall_exposure_se, r.overall_calendar, r.overall_calendar_se, r.overall_group, r.overall_group_se, r.pretest, r.pretest_p]
    || ARRAY(SELECT effect FROM unnest(r.effects)) || ARRAY(SELECT se FROM unnest(r.effects))$$;
CREATE TEMP TABLE panel AS
SELECT 'u' || u AS unit, t AS period, 500 + 10 * z + t * (2 + x1) + 0.05 * x2 + CASE WHEN t >= g THEN 3 + u % 3 ELSE 0 END + 2 * cos(u * t * 2.7) AS y, g, x1, x2, x3
FROM generate_series(1, 240) u, unnest(ARRAY[1, 2, 4, 5, 7, 8]) t, LATERAL (SELECT sin(u * 1.7) AS z) a,
    LATERAL (SELECT CASE width_bucket(z + 2 * sin(u * 12.9), -0.3, 2.7, 4) WHEN 0 THEN NULL WHEN 1 THEN 4 WHEN 2 THEN 5 WHEN 3 THEN 8 ELSE 9 END AS g) b,
    LATERAL (SELECT z + sin(u * t * 3.3) AS x1, 100 * exp(sin(u * 5.3 + t) / 2) AS x2, (sin(u * 7.1 + t * 2) > 0.3)::int AS x3) c;
CREATE TEMP TABLE way AS SELECT method, controls FROM unnest('{regression,weighting,doubly_robust}'::text[]) method, unnest('{never,not_yet}'::text[]) controls;
CREATE TEMP TABLE found AS SELECT controls, method, group_time_effects(unit, period, y, g, controls, ARRAY[x1, x2, x3], method) AS r FROM panel, way GROUP BY controls, method;
CREATE TEMP TABLE in_r (controls text, method text, effect float8[], se float8[], average float8[], average_se float8[]);
INSERT INTO in_r VALUES
    ('never', 'regression', '{-0.389045114154,3.17949841404,3.6666636672,3.61836444595,3.38800234614,-0.994740217051,-0.801348462923,4.16463461083,4.1226585442,3.64221840436,0.760109533714,-0.633327155023,1.90312745154,0.198071014913,5.2489898189}',
     '{0.618960647277,0.949932855527,1.06470343354,1.12788807974,1.56245567109,0.578696121735,0.728858742402,0.927541432494,1.10941704119,1.29065104685,0.623772157566,0.612079727189,1.03519659585,1.28973598469,1.46954499376}',
     '{3.91799220699,3.8111085132,3.78770539598,4.24994574517,10.240858472}', '{0.581824151823,0.662167448053,0.546423166596,0.662563702147,0.175330164136}'),
    ('never', 'weighting', '{-0.388503293843,3.17222244844,3.6592653849,3.59256761798,3.38597341602,-0.958645933866,-0.78410660807,3.99230689767,4.02319985138,3.57210623544,0.746080312412,-0.634436934262,1.92945654968,0.189994816778,5.21754309126}',
     '{0.615961474195,0.957957049144,1.05796513078,1.10965321724,1.55744307968,0.574643410435,0.730890839341,0.938183530622,1.13520028965,1.2879012447,0.630301166417,0.613676839562,1.03117389346,1.29437344554,1.48290699046}',
     '{3.85797830067,3.76285032263,3.7328495856,4.19159040141,10.0949345834}', '{0.584697590365,0.662242995116,0.552307464792,0.667724685907,0.183257146366}'),
    ('never', 'doubly_robust', '{-0.380028140287,3.1807140159,3.66581722142,3.59133832266,3.37769584287,-0.963283397709,-0.88372609384,4.05953932419,4.12526656147,3.64128302036,0.734120090769,-0.636715094029,1.90707386609,0.179915290629,5.22370219348}',
     '{0.614647191432,0.950923367006,1.05750417253,1.11101729458,1.55118123373,0.57284321264,0.732127615345,0.928460069195,1.11123892259,1.28484040604,0.628400949702,0.611018593403,1.03422382014,1.28813112877,1.4752187471}',
     '{3.89532664115,3.7971543628,3.76719590639,4.22546847147,10.2275681496}', '{0.578841174267,0.656201404307,0.545618054315,0.661799122665,0.176040002441}'),
    ('not_yet', 'regression', '{-0.295530088252,3.43658522501,3.42653345335,3.43159320406,3.38800234614,-1.02427321379,-0.665774784634,3.79676872675,3.83017032074,3.64221840436,0.99336699322,-0.483489980292,1.90312745154,0.198071014913,5.2489898189}',
     '{0.592066635654,0.900422680411,1.05422370536,1.10713151618,1.56245567109,0.555689768389,0.69414844746,0.905956270824,1.09100321258,1.29065104685,0.60878948695,0.579802102658,1.03519659585,1.28973598469,1.46954499376}',
     '{3.80037343584,3.67432009107,3.71092046247,4.15100095361,10.1571638176}', '{0.576654274455,0.657339412869,0.538531044863,0.66013955717,0.179840716722}'),
    ('not_yet', 'weighting', '{-0.30019853173,3.43481086106,3.42021536946,3.40593226053,3.38597341602,-0.995127824629,-0.651502285199,3.65777722334,3.81048136167,3.57210623544,0.973099173958,-0.497937463226,1.92945654968,0.189994816778,5.21754309126}',
     '{0.592731723879,0.905370353478,1.04877389206,1.08909178187,1.55744307968,0.552828706055,0.695234284447,0.915016053917,1.10904897475,1.2879012447,0.615906739251,0.583072930388,1.03117389346,1.29437344554,1.48290699046}',
     '{3.75814191784,3.64518860857,3.67419846448,4.10804266964,10.1307238787}', '{0.577216744022,0.65562993387,0.540836204323,0.663506493779,0.181285715341}'),
    ('not_yet', 'doubly_robust', '{-0.292530213952,3.43775245271,3.42697715902,3.40537640985,3.37769584287,-1.00426573827,-0.752852274751,3.70222157503,3.88908535571,3.64128302036,0.966999637085,-0.503032153377,1.90707386609,0.179915290629,5.22370219348}',
     '{0.591269597698,0.901489603293,1.04899954117,1.09057140087,1.55118123373,0.552160310146,0.697335895404,0.906863055532,1.08217342445,1.28484040604,0.614380061169,0.578221638852,1.03422382014,1.28813112877,1.4752187471}',
     '{3.78801593446,3.67278483883,3.70044664242,4.13549159852,10.2581005348}', '{0.572350953142,0.650260454718,0.535898947118,0.658589074811,0.174412853168}');
SELECT ok(count(*) = 6 AND max(pg_temp.off(ARRAY(SELECT effect FROM unnest((r).effects)), i.effect)) < 1e-10 AND max(pg_temp.off(ARRAY(SELECT e.se FROM unnest((r).effects) e), i.se)) < 1e-10, 'all effects and errors of three methods as in R, covariates that change and differ by wave')
FROM found JOIN in_r i USING (controls, method);
SELECT ok(count(*) = 6 AND max(pg_temp.off(ARRAY[(r).simple, (r).overall_exposure, (r).overall_calendar, (r).overall_group, (r).pretest], average)) < 1e-10
    AND max(pg_temp.off(ARRAY[(r).simple_se, (r).overall_exposure_se, (r).overall_calendar_se, (r).overall_group_se, (r).pretest_p], average_se)) < 1e-10, 'averages with errors and the pre-test as in R')
FROM found JOIN in_r USING (controls, method);
-- no covariate, and constants
CREATE TEMP TABLE plain AS SELECT controls, group_time_effects(unit, period, y, g, controls) AS r FROM panel, unnest('{never,not_yet}'::text[]) controls GROUP BY controls;
SELECT ok(count(*) = 12 AND max(pg_temp.off(pg_temp.numbers(c.r), pg_temp.numbers(p.r))) < 1e-11, 'no covariate, or constants only: the effects without covariates, in all methods')
FROM (SELECT controls, method, x, group_time_effects(unit, period, y, g, controls, x, method) AS r FROM panel, way, (VALUES ('{}'::float8[]), ('{1,-7}')) v(x) GROUP BY controls, method, x) c JOIN plain p USING (controls);
SELECT ok(max(pg_temp.off(pg_temp.numbers(c.r), pg_temp.numbers(f.r))) < 1e-10, 'covariates in other units and order, with a constant: the same')
FROM (SELECT controls, method, group_time_effects(unit, period, y, g, controls, ARRAY[2 - 3 * x3, 1, x2 / 7 + 40, x1 - x2], method) AS r FROM panel, way GROUP BY controls, method) c JOIN found f USING (controls, method);
SELECT ok(bool_and(c.r = f.r), 'a power of two does not change a bit')
FROM (SELECT controls, method, group_time_effects(unit, period, y, g, controls, ARRAY[x1 * 2 ^ 60, x2 / 2 ^ 90, x3 * 4], method) AS r FROM panel, way GROUP BY controls, method) c JOIN found f USING (controls, method);
SELECT ok(bool_and(group_time_effects = r), 'without a method it is doubly robust') FROM (SELECT controls, group_time_effects(unit, period, y, g, controls, ARRAY[x1, x2, x3]) FROM panel, unnest('{never,not_yet}'::text[]) controls GROUP BY controls) d JOIN found USING (controls) WHERE method = 'doubly_robust';
SELECT ok(bool_and(c.r = f.r), 'order of rows does not matter to the bit')
FROM (SELECT method, group_time_effects(unit, period, y, g, controls, ARRAY[x1, x2, x3], method ORDER BY md5(unit || period)) AS r FROM panel, way WHERE controls = 'never' GROUP BY method) c JOIN found f USING (method) WHERE f.controls = 'never';
SELECT ok(bool_and(c.r = f.r), 'nor how the rows are split and stored')
FROM (SELECT method, group_time_effects(rollup(s::text::group_time_covariate_state)) AS r FROM (SELECT method, group_time_covariate_state(unit, period, y, g, controls, ARRAY[x1, x2, x3], method) AS s FROM panel, way WHERE controls = 'not_yet' GROUP BY method, period % 3, unit ~ '[1-4]$') p GROUP BY method) c
    JOIN found f USING (method) WHERE f.controls = 'not_yet';
SELECT ok(bool_and(abs((b.r).simple - (f.r).simple) < 1e-9 AND abs((b.r).simple_se / (f.r).simple_se - 1) < 1e-9), 'what a unit has of its own, and what a period has, does not count')
FROM (SELECT controls, method, group_time_effects(unit, period, y + 1000 * length(unit) + 3 * period * period, g, controls, ARRAY[x1, x2, x3], method) AS r FROM panel, way GROUP BY controls, method) b JOIN found f USING (controls, method);
SELECT ok(max(pg_temp.off(ARRAY[(t.r).simple, (t.r).overall_group, (t.r).simple_se * sqrt(2), (t.r).overall_group_se * sqrt(2), (t.r).overall_exposure_se * sqrt(2)], ARRAY[(f.r).simple, (f.r).overall_group, (f.r).simple_se, (f.r).overall_group_se, (f.r).overall_exposure_se])) < 1e-10,
    'every unit twice under two names: the same effects, errors smaller by the root of 2')
FROM (SELECT controls, method, group_time_effects(unit || copy, period, y, g, controls, ARRAY[x1, x2, x3], method) AS r FROM panel, way, unnest('{a,Z}'::text[]) copy GROUP BY controls, method) t JOIN found f USING (controls, method);
SELECT ok(max(pg_temp.off(pg_temp.numbers(t.r), pg_temp.numbers(f.r))) < 1e-10, 'other names of units: the same but for the order of sums')
FROM (SELECT controls, method, group_time_effects(md5(unit), period, y, g, controls, ARRAY[x1, x2, x3], method) AS r FROM panel, way GROUP BY controls, method) t JOIN found f USING (controls, method);
-- cells: with a constant for each, all methods are the difference in differences by cell, weighed with the treated
CREATE TEMP TABLE cell AS SELECT unit, period, y, nullif(nullif(nullif(g, 5), 8), 9) AS g, 1 + substr(unit, 2)::int % 3 AS c FROM panel WHERE (g IS NULL OR g = 4) AND period IN (2, 4);
CREATE TEMP TABLE by_hand AS
WITH d AS (SELECT unit, g IS NOT NULL AS treated, c, max(y) FILTER (WHERE period = 4) - max(y) FILTER (WHERE period = 2) AS d FROM cell GROUP BY unit, g, c),
     m AS (SELECT c, count(*) FILTER (WHERE treated)::float8 AS n1, count(*) FILTER (WHERE NOT treated)::float8 AS n0, avg(d) FILTER (WHERE treated) AS y1, avg(d) FILTER (WHERE NOT treated) AS y0 FROM d GROUP BY c),
     e AS (SELECT sum(n1 * (y1 - y0)) / sum(n1) AS effect, sum(n1) AS n FROM m)
SELECT effect, sqrt(sum(CASE WHEN treated THEN ((d - y0 - effect) / n) ^ 2 ELSE (n1 / n * (d - y0) / n0) ^ 2 END)) AS se FROM d JOIN m USING (c), e GROUP BY effect;
SELECT ok(count(*) = 3 AND max(pg_temp.off(ARRAY[(r).simple, (r).simple_se], ARRAY[effect, se])) < 1e-11, 'cells by hand: three methods in one')
FROM by_hand, (SELECT method, group_time_effects(unit, period, y, g, 'never', ARRAY[(c = 1)::int, (c = 2)::int]::float8[], method) AS r FROM cell, unnest('{regression,weighting,doubly_robust}'::text[]) method GROUP BY method) s;
SELECT ok(bool_and(abs((r).simple - 5) < 1e-10 AND (r).simple_se < 1e-10), 'controls on a line and an effect of 5: exactly that, by regression and doubly robust')
FROM (SELECT method, group_time_effects(unit, period, CASE WHEN period = 4 THEN 3 + 2 * x1 - x2 / 10 + CASE WHEN g = 4 THEN 5 ELSE 0 END ELSE 0 END, g, 'never', ARRAY[b1, b2], method) AS r
      FROM (SELECT unit, period, g, first_value(x1) OVER w AS x1, first_value(x2) OVER w AS x2, x1 AS b1, x2 AS b2 FROM panel WHERE (g IS NULL OR g = 4) AND period IN (2, 4) WINDOW w AS (PARTITION BY unit ORDER BY period)) p,
          unnest('{regression,doubly_robust}'::text[]) method GROUP BY method) s;
\set golden `cd "$GOLDEN" 2>/dev/null && ls land_value/staggered_mpdta/mpdta.csv >/dev/null 2>&1 && echo yes || echo no`
\if :golden
CREATE TEMP TABLE mpdta (year int, county text, lpop float8, lemp float8, g int);
\copy mpdta FROM PROGRAM 'cat "$GOLDEN/land_value/staggered_mpdta/mpdta.csv"' CSV HEADER
CREATE TEMP TABLE wages AS SELECT (group_time_effects(county, year, lemp, nullif(g, 0), 'never', ARRAY[lpop])).* FROM mpdta;
SELECT ok(array_agg(round(e.effect::numeric, 4) ORDER BY e.first_treated, e.period) = '{-0.0145,-0.0764,-0.1404,-0.1069,-0.0005,-0.0062,0.0010,-0.0413,0.0267,-0.0046,-0.0284,-0.0288}', 'package did with the population of counties: 12 effects as printed') FROM wages, unnest(effects) e;
SELECT ok(array_agg(round(e.effect::numeric, 4) ORDER BY e.value) = '{0.0267,-0.0036,-0.0232,-0.0211,-0.0530,-0.1404,-0.1069}' AND round(min(overall_exposure)::numeric, 4) = -0.0804 AND round(min(pretest_p)::numeric, 5) = 0.23267
    AND round(min(overall_exposure_se)::numeric, 3) = 0.019 AND round(min(simple)::numeric, 3) = -0.042 AND round(min(simple_se)::numeric, 3) = 0.012,
    'its effects by exposure, their mean and the pre-test, as printed; errors of the page') FROM wages, unnest(exposure) e;
\else
SELECT skip('the figures of test/fixture/golden are not here', 2);
\endif
SELECT * FROM finish();
