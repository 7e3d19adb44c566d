SET search_path = terrbal, public;
-- jobs for 100 inhabitants in fifteen provinces; the free port of province P opens in 2012
CREATE TEMP TABLE jobs (province text, year int, jobs float8);
INSERT INTO jobs SELECT chr(64 + u), y, round((44 + 4 * sin(u * 1.7) + (0.25 + 0.1 * cos(u * 2.9)) * (y - 2002) + 0.9 * sin((y - 2002) * 0.8 + u * 0.37) + 0.25 * sin(u * y * 2.1)
    + CASE WHEN u = 16 AND y >= 2012 THEN 0.7 + 0.45 * (y - 2012) ELSE 0 END)::numeric, 2)
FROM generate_series(2, 16) u, generate_series(2002, 2018) y;
SELECT w.unit, round(w.weight::numeric, 3) AS weight FROM (SELECT synthetic_control(province, year, jobs, 'P', 2012) AS r FROM jobs) s, unnest((s.r).weights) w WHERE w.weight > 0 ORDER BY w.unit;
SELECT g.period, g.observed, round(g.synthetic::numeric, 2) AS synthetic, round(g.gap::numeric, 2) AS gap
FROM (SELECT synthetic_control(province, year, jobs, 'P', 2012) AS r FROM jobs) s, unnest((s.r).gaps) g WHERE g.period >= 2009 ORDER BY g.period;
SELECT round(rmspe_before::numeric, 3) AS rmspe_before, round(rmspe_after::numeric, 3) AS rmspe_after, rank, round(p::numeric, 3) AS p, donors FROM (SELECT (synthetic_control(province, year, jobs, 'P', 2012)).* FROM jobs) s;
SELECT q.unit, round(q.rmspe_before::numeric, 2) AS rmspe_before, round(q.rmspe_after::numeric, 2) AS rmspe_after, round(q.ratio::numeric, 1) AS ratio
FROM (SELECT synthetic_control(province, year, jobs, 'P', 2012) AS r FROM jobs) s, unnest((s.r).placebos) q ORDER BY q.ratio DESC LIMIT 5;
-- the same treatment three years before it came
SELECT round(rmspe_before::numeric, 3) AS rmspe_before, round(rmspe_after::numeric, 3) AS rmspe_after, rank, round(p::numeric, 3) AS p FROM (SELECT (synthetic_control(province, year, jobs, 'P', 2009)).* FROM jobs WHERE year < 2012) s;
-- without the donor that weighs most
SELECT round(avg(g.gap)::numeric, 2) AS mean_gap FROM (SELECT synthetic_control(province, year, jobs, 'P', 2012) AS r FROM jobs WHERE province <> 'M') s, unnest((s.r).gaps) g WHERE g.period >= 2012;
-- by year as states, rolled up
SELECT synthetic_control(rollup(s)) = (SELECT synthetic_control(province, year, jobs, 'P', 2012) FROM jobs) AS same
FROM (SELECT synthetic_control_state(province, year, jobs, 'P', 2012)::text::synthetic_control_state AS s FROM jobs GROUP BY year) d;
-- a province without a figure is no donor
SELECT (r).donors, (r).incomplete FROM (SELECT synthetic_control(province, year, CASE WHEN province = 'K' AND year = 2015 THEN NULL ELSE jobs END, 'P', 2012) AS r FROM jobs) s;
-- weights that are not the only ones: more donors than periods before
SELECT (r).rmspe_before < 1e-12 AS perfect, (r).rank FROM (SELECT synthetic_control(province, year, jobs, 'K', 2004) AS r FROM jobs) s;
-- NULL, and why
SELECT synthetic_control(province, year, jobs, 'P', 2012) IS NULL AS nothing FROM jobs WHERE false;
SELECT synthetic_control(province, year, jobs, 'P', 2002) IS NULL AS nothing FROM jobs;
SELECT synthetic_control(province, year, jobs, 'Z', 2012) IS NULL AS nothing FROM jobs;
SELECT synthetic_control(province, year, jobs, 'P', 2012) IS NULL AS nothing FROM jobs WHERE province = 'P';
-- errors
SELECT synthetic_control(province, year, jobs, NULL, 2012) FROM jobs;
SELECT synthetic_control(province, year, jobs, 'P', NULL) FROM jobs;
SELECT synthetic_control(province, year, jobs, province, 2012) FROM jobs;
SELECT synthetic_control(province, year, jobs, 'P', year) FROM jobs;
SELECT synthetic_control(province, year / 2 * 2, jobs, 'P', 2012) FROM jobs;
SELECT synthetic_control(province, year, 'NaN', 'P', 2012) FROM jobs;
