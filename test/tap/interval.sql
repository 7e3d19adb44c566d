-- interval: at the level 1 - p one limit is 0, whatever the composite; widths by quantiles, figures of R
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(12);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
-- one limit is nothing beside the width
CREATE FUNCTION pg_temp.at_zero(low float8, high float8) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(least(abs(low), abs(high)) < 1e-9 * (high - low), false)$$;
CREATE FUNCTION pg_temp.all_at_zero(lows float8[], highs float8[]) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$SELECT count(*) = 1 AND bool_and(pg_temp.at_zero(low, high)) FROM unnest(lows, highs) u (low, high)$$;
CREATE TEMP TABLE r AS SELECT i, sin(i * 1.3) * 10 + (i % 2) * (i % 3) AS y, i % 2 = 1 AS treated, i % 3 = 0 AS post, 'c' || i % 11 AS cluster, cos(i * 0.7) AS x, sin(i * 2.1) AS z FROM generate_series(1, 400) i;

SELECT ok(pg_temp.at_zero((i).low, (i).high) AND pg_temp.at_zero((j).low, (j).high) AND (i).low < (d).estimate AND (d).estimate < (i).high, 'differences in differences, plain and clustered')
FROM (SELECT d, confidence_interval(d, 1 - (d).p) AS i, confidence_interval(c, 1 - (c).p) AS j
      FROM (SELECT difference_in_differences(y, treated, post) AS d, difference_in_differences(y, treated, post, cluster) AS c FROM r) s) t;
SELECT ok(count(*) = 6 AND bool_and(CASE WHEN e.period = -1 THEN confidence_interval(e) IS NULL AND e.df IS NULL ELSE pg_temp.at_zero(i.low, i.high) AND e.df = 388 END), 'event studies; the base period has none')
FROM (SELECT event_study(y, treated, i % 6 / 2 * 2 + (i / 7) % 2 - 3) AS s FROM r) a, unnest(a.s) e LEFT JOIN LATERAL confidence_interval(e, 1 - e.p) i ON true;
SELECT ok(pg_temp.at_zero((i).low, (i).high), 'a jump, less its bias') FROM (SELECT confidence_interval(d, 1 - (d).p) AS i FROM (SELECT regression_discontinuity(y, x, 0, 0.5) AS d FROM r) s) t;
SELECT ok(pg_temp.off((i).low, (d).low) < 1e-14 AND pg_temp.off((i).high, (d).high) < 1e-14, 'at 0.95 it is that of the jump itself') FROM (SELECT d, confidence_interval(d) AS i FROM (SELECT regression_discontinuity(y, x, 0, 0.5) AS d FROM r) s) t;
SELECT ok(bool_and(pg_temp.at_zero((i).low[k], (i).high[k])), 'two stages') FROM (SELECT k, confidence_interval(f, 1 - (f).p[k]) AS i FROM (SELECT two_stage(y, ARRAY[x], ARRAY[1.0], ARRAY[z, x * z + x]) AS f FROM r) s, generate_series(1, 2) k) t;
CREATE TEMP TABLE pair AS SELECT 'u' || i % 50 AS i, 'u' || (i + s) % 50 AS j, sin((i % 50) * 1.3) + cos((i % 50) * 0.4) AS y_i, ARRAY[1, cos((i % 50) * 0.7)] AS x_i,
    sin((i + s) % 50 * 1.3) + cos((i + s) % 50 * 0.4) AS y_j, ARRAY[1, cos((i + s) % 50 * 0.7)] AS x_j, 0.25 AS w FROM generate_series(0, 49) i, unnest(ARRAY[1, 2, 48, 49]) s;
SELECT ok(bool_and(pg_temp.at_zero((i).low[k], (i).high[k])), 'a spatial lag') FROM (SELECT k, confidence_interval(f, 1 - (f).p[k]) AS i FROM (SELECT spatial_lag(i, j, y_i, x_i, y_j, x_j, w) AS f FROM pair) s, generate_series(1, 3) k) t;
SELECT ok(bool_and(pg_temp.at_zero((i).low[k], (i).high[k])), 'a spatial error') FROM (SELECT k, confidence_interval(f, 1 - (f).p[k]) AS i FROM (SELECT spatial_error(i, j, y_i, x_i, y_j, x_j, w) AS f FROM pair) s, generate_series(1, 3) k) t;
SELECT ok(bool_and(pg_temp.off((i).high - (e).effect, 1.6448536269514722 * (e).se) < 1e-12 AND pg_temp.off((k).high - (p).effect, 1.6448536269514722 * (p).se) < 1e-12), 'waves and their averages, by the normal') FROM (
    SELECT e, p, confidence_interval(e, 0.9) AS i, confidence_interval(p, 0.9) AS k
    FROM (SELECT group_time_effects('u' || i % 100, i / 100, y, CASE i % 5 WHEN 1 THEN 2 WHEN 2 THEN 3 END, 'never') AS g FROM r WHERE i < 400) s, unnest((g).effects) e, unnest((g).exposure || (g).groups) p) t;
SELECT ok(bool_and(pg_temp.off((i).high - (a).estimate, 1.6448536269514722 * sqrt((a).mse)) < 1e-12) AND bool_and(pg_temp.off((c).coefficients[2] - (l).low[2], 1.6448536269514722 * (c).standard_errors[2]) < 1e-12), 'small areas and their regression')
FROM (SELECT a, c, confidence_interval(a, 0.9) AS i, confidence_interval(c, 0.9) AS l
      FROM (SELECT fay_herriot('a' || i, y, 1 + i % 3, ARRAY[1, x]) AS c FROM r WHERE i < 40) s, unnest((c).estimates) a) t;
SELECT ok(count(*) > 5 AND bool_and(pg_temp.off((i).low * (i).high, (p).index ^ 2) < 1e-12 AND (i).low > 0 AND pg_temp.off(ln((i).high / (p).index), 1.6448536269514722 * (p).se / (p).index) < 1e-12), 'an index of prices: in its logarithm')
FROM (SELECT p, confidence_interval(p, 0.9) AS i FROM (SELECT hedonic_index(exp(y / 10), i % 7, ARRAY[x]) AS h FROM r) s, unnest(h) p WHERE p.se > 0) t;
SELECT ok(pg_temp.off((b).beta - (i).low, student_quantile(0.975, (b).n - 2) * (b).se) < 1e-12, 'convergence') FROM (SELECT b, confidence_interval(b) AS i FROM (SELECT beta_convergence(20 + x, 25 + z, 10) AS b FROM r) s) t;
SELECT ok(pg_temp.off((p).value, 92378.8060611626) < 1e-12 AND pg_temp.off((p).se, 10110.7145077622) < 1e-12 AND pg_temp.off((p).low, 74358.6054152549) < 1e-12 AND pg_temp.off((p).high, 110399.00670707) < 1e-12
    AND pg_temp.off((p).forecast_low, 28947.9932569332) < 1e-12 AND pg_temp.off((p).forecast_high, 155809.618865392) < 1e-12 AND pg_temp.off((i).low[2], 9.54700840250483) < 1e-12 AND pg_temp.off((i).high[3], 97.0628366133167) < 1e-12, 'predict and confint of R')
FROM (SELECT prediction(f, ARRAY[1, 1000, 1200], 0.9) AS p, confidence_interval(f, 0.8) AS i FROM (SELECT ols(price, ARRAY[1, tax, size]) AS f FROM (VALUES
    (590, 50000, 770), (1050, 85000, 1410), (20, 22500, 1060), (870, 90000, 1300), (1320, 133000, 1500), (1350, 90500, 820), (2790, 260000, 2130), (680, 142500, 1170), (1840, 160000, 1500), (3680, 240000, 2790),
    (1660, 87000, 1030), (1620, 118600, 1250), (3100, 140000, 1760), (2070, 148000, 1550), (650, 65000, 1450)) v (tax, price, size)) s) t;
SELECT finish();
