SET search_path = terrbal, public;
-- homes on both sides of a border between two towns: log of price per m2 by metres from it, the town on the right (above 0) taxes property less
CREATE TEMP TABLE home (log_price float8, metres float8);
INSERT INTO home SELECT 7.6 + 0.00004 * m + 0.12 * sin(m / 900.0) + CASE WHEN m >= 0 THEN 0.06 ELSE 0 END + 0.006 * ((i * 37 % 23) - 11), m
FROM generate_series(1, 600) i, LATERAL (SELECT ((i * 211 % 601) - 300) * 10 + 5 AS m) s;
SELECT round(estimate::numeric, 4) AS estimate, round(se::numeric, 4) AS se, n_left, n_right, round(mean_left::numeric, 3) AS mean_left, round(mean_right::numeric, 3) AS mean_right,
       round(bandwidth::numeric) AS bandwidth FROM (SELECT (regression_discontinuity(log_price, metres, 0)).* FROM home) s;
-- less its bias, with the interval to quote
SELECT round(corrected::numeric, 4) AS corrected, round(corrected_se::numeric, 4) AS se, round(low::numeric, 4) AS low, round(high::numeric, 4) AS high, round(p::numeric, 5) AS p,
       round(bias_bandwidth::numeric) AS bias_bandwidth FROM (SELECT (regression_discontinuity(log_price, metres, 0)).* FROM home) s;
-- does it hang on the bandwidth?
SELECT h AS bandwidth, round((r).estimate::numeric, 4) AS estimate, round((r).low::numeric, 4) AS low, round((r).high::numeric, 4) AS high, (r).n_left, (r).n_right
FROM (SELECT h, regression_discontinuity(log_price, metres, 0, h) AS r FROM home, unnest(ARRAY[300, 600, 1200, 2400]) h GROUP BY h) s ORDER BY h;
-- a border where there is none
SELECT place AS cutoff, round((r).estimate::numeric, 4) AS estimate, round((r).p::numeric, 2) AS p
FROM (SELECT place, regression_discontinuity(log_price, metres, place, 600) AS r FROM home, unnest(ARRAY[-1500, 0, 1500]) place WHERE (metres >= 0) = (place >= 0) OR place = 0 GROUP BY place) s ORDER BY place;
-- kernels
SELECT kernel, round((r).estimate::numeric, 4) AS estimate, round((r).se::numeric, 4) AS se, round((r).se_hc3::numeric, 4) AS se_hc3, round((r).se_nearest::numeric, 4) AS se_nearest, (r).n_left
FROM (SELECT kernel, regression_discontinuity(log_price, metres, 0, 600, kernel) AS r FROM home, unnest('{triangular,uniform,epanechnikov}'::text[]) kernel GROUP BY kernel) s ORDER BY kernel;
SELECT regression_discontinuity(log_price, metres, 0) = (regression_discontinuity(log_price, metres, 0, NULL, 'triangular')) AS by_rule,
       regression_discontinuity(log_price, metres, 0, 600) = (regression_discontinuity(log_price, metres, 0, 600, 'triangular')) AS triangular FROM home;
-- by street as states, rolled up
SELECT regression_discontinuity(rollup(s)) = (SELECT regression_discontinuity(log_price, metres, 0) FROM home) AS same
FROM (SELECT discontinuity_state(log_price, metres, 0)::text::discontinuity_state AS s FROM home GROUP BY (metres * 7)::int % 4) d;
-- a state at other bandwidths
SELECT regression_discontinuity(s, 600) = (SELECT regression_discontinuity(log_price, metres, 0, 600) FROM home) AS given, regression_discontinuity(s, NULL) = regression_discontinuity(s) AS by_rule
FROM (SELECT discontinuity_state(log_price, metres, 0) AS s FROM home) d;
-- rows with a NULL are no rows
SELECT regression_discontinuity(log_price, metres, 0, 600) = (SELECT regression_discontinuity(log_price, metres, 0, 600) FROM home) AS same
FROM (SELECT * FROM home UNION ALL SELECT NULL, 5 UNION ALL SELECT 9, NULL) h;
-- NULL, and why
SELECT regression_discontinuity(log_price, metres, 0) IS NULL AS nothing FROM home WHERE false;
SELECT regression_discontinuity(log_price, metres, 0) IS NULL AS nothing FROM home WHERE metres > 0;
SELECT regression_discontinuity(3, metres, 0) IS NULL AS nothing FROM home;
SELECT regression_discontinuity(log_price, sign(metres), 0) IS NULL AS nothing FROM home;
SELECT regression_discontinuity(log_price, metres, 0, 12) AS few FROM home;
-- errors
SELECT regression_discontinuity(discontinuity_state(log_price, metres, 0), -1) FROM home;
SELECT regression_discontinuity(log_price, metres, NULL) FROM home;
SELECT regression_discontinuity(log_price, metres, 0, 0) FROM home;
SELECT regression_discontinuity(log_price, metres, 0, -5) FROM home;
SELECT regression_discontinuity(log_price, metres, 'NaN') FROM home;
SELECT regression_discontinuity('Infinity', metres, 0) FROM home;
SELECT regression_discontinuity(log_price, metres, 0, 600, 'gaussian') FROM home;
SELECT regression_discontinuity(log_price, metres, 0, 600, NULL) FROM home;
SELECT regression_discontinuity(log_price, metres, metres) FROM home;
