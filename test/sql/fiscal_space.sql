SET search_path = terrbal, public;
-- five municipalities over six years, thousands: own taxes by source, fees, transfers with and without strings, interest and repayment, debt, primary spending
CREATE TEMP TABLE account (place text, year int, people int, property_tax numeric, property_base numeric, business_tax numeric, business_base numeric, fees numeric, general_grant numeric, tied_grant numeric, interest numeric, repayment numeric, debt numeric, spending numeric);
INSERT INTO account
SELECT place, year, round(people * (1 + trend) ^ (year - 2018)), round(tax * (1 + growth) ^ (year - 2018) * (1 + 1.3 * wave * cos(year)::numeric + 0.2 * wave * sin(3 * year)::numeric)), round(base * (1 + growth * 0.8) ^ (year - 2018) * (1 + wave * cos(year)::numeric)),
    round(business * (1 + growth) ^ (year - 2018) * (1 + 2 * wave * cos(year)::numeric)), round(turnover * (1 + growth * 0.9) ^ (year - 2018)), fees, round(grant_free * (1.02) ^ (year - 2018)), tied,
    round(debt * 0.03), round(debt * 0.05), round(debt * (1.01) ^ (year - 2018)), round(spending * (1.03) ^ (year - 2018))
FROM (VALUES ('Altura', 4200, -0.012, 700::numeric, 140000::numeric, 210::numeric, 21000::numeric, 190::numeric, 2600::numeric, 700::numeric, 1800::numeric, 4350::numeric, 0.01, 0.02),
    ('Barca', 31000, 0.008, 9300, 1550000, 5400, 360000, 2900, 9800, 1500, 21000, 27600, 0.045, 0.03), ('Campo', 900, -0.02, 90, 30000, 20, 2500, 25, 980, 340, 300, 1430, 0.005, 0.05),
    ('Duero', 12000, 0.001, 2500, 500000, 1300, 100000, 800, 5200, 900, 9400, 10400, 0.025, 0.02), ('Ermita', 2500, -0.006, 610, 95000, 90, 12000, 120, 1700, 500, 0, 2850, 0.015, 0.04))
    m (place, people, trend, tax, base, business, turnover, fees, grant_free, tied, debt, spending, growth, wave), generate_series(2018, 2023) year;
-- how much of the money is one's own
SELECT place, round(own / total, 3) AS own_source_share, round(transfers / total, 3) AS transfer_dependence, round(tied / total, 3) AS tied_share, round((own + general) / spending, 3) AS free_cover, round(own / people * 1000) AS own_per_head
FROM (SELECT place, people, property_tax + business_tax + fees AS own, general_grant AS general, tied_grant AS tied, general_grant + tied_grant AS transfers, property_tax + business_tax + fees + general_grant + tied_grant AS total, spending
      FROM account WHERE year = 2023) a ORDER BY place;
-- the index of fiscal control: each source weighted with the autonomy over it
SELECT year, round(1 - sum(property_tax + business_tax + fees) / sum(spending), 3) AS vertical_gap, round(1 - sum(property_tax + business_tax + fees + general_grant + tied_grant) / sum(spending), 3) AS left_after_grants FROM account WHERE year IN (2018, 2023) GROUP BY year ORDER BY year;
SELECT round(0.45 * 0.8 + 0.01 * 0.6 + 0.54 * 0.3, 3) AS poland, round(16 / 38.0 * 0.785 + 22 / 38.0 * 0.929, 3) AS switzerland, round(0.89 * 1 + 0.06 * 0.4 + 0.05 * 0.3, 3) AS cantons, round(0.97 * 0.8 + 0.03 * 0.3, 3) AS communities;
-- tax effort: revenue over what the average rates would yield, by source and together
SELECT place, round(property_tax / property_standard, 3) AS property, round(business_tax / business_standard, 3) AS business, round((property_tax + business_tax) / (property_standard + business_standard), 3) AS effort,
    round((property_standard + business_standard) / people * 1000) AS capacity_per_head
FROM (SELECT *, standard_yield(property_base, property_tax) OVER () AS property_standard, standard_yield(business_base, business_tax) OVER () AS business_standard FROM account WHERE year = 2023) a ORDER BY place;
-- buoyancy and volatility of the property tax
CREATE TEMP VIEW moved AS SELECT place, year, ln(property_tax)::float8 AS y, ln(property_base)::float8 AS x, ln(property_tax)::float8 - lag(ln(property_tax)::float8) OVER w AS dy, ln(property_base)::float8 - lag(ln(property_base)::float8) OVER w AS dx FROM account WINDOW w AS (PARTITION BY place ORDER BY year);
SELECT place, round((ols(y, ARRAY[1, x])).coefficients[2]::numeric, 3) AS long_run, round((ols(dy, ARRAY[1, dx])).coefficients[2]::numeric, 3) AS short_run, round(((max(y) FILTER (WHERE year = 2023) - max(y) FILTER (WHERE year = 2018)) / (max(x) FILTER (WHERE year = 2023) - max(x) FILTER (WHERE year = 2018)))::numeric, 3) AS end_to_end,
    round(stddev_samp(dy)::numeric, 4) AS sd_of_growth, round((ols(y, ARRAY[1, year - 2018])).sigma::numeric, 4) AS sd_around_trend
FROM moved GROUP BY place ORDER BY place;
-- real against nominal: revenue + 21 %, income + 20 %, prices + 15 %
SELECT round((1.21 / 1.15 - 1) / (1.20 / 1.15 - 1), 4) AS real_buoyancy, round(0.21 / 0.20, 4) AS nominal;
-- room to borrow: debt service, and the primary balance that keeps debt over revenue where it is
SELECT place, round((interest + repayment) / own, 3) AS debt_service, round(debt / revenue, 3) AS debt_ratio, round((revenue - spending) / revenue, 4) AS primary_balance, round((0.03 - 0.02) / (1 + 0.02) * debt / revenue, 4) AS balance_needed,
    round((0.03 - 0.02) / (1 + 0.02) * debt / revenue - (revenue - spending) / revenue, 4) AS gap
FROM (SELECT *, property_tax + business_tax + fees AS own, property_tax + business_tax + fees + general_grant + tied_grant AS revenue FROM account WHERE year = 2023) a ORDER BY place;
-- does the gap keep its promise? debt after twenty years at the balance needed, over the debt now
SELECT round(last_value, 10) AS after_twenty_years FROM (WITH RECURSIVE path (t, debt) AS (SELECT 0, 0.7::numeric UNION ALL SELECT t + 1, debt * 1.03 / 1.02 - (0.03 - 0.02) / (1 + 0.02) * 0.7 FROM path WHERE t < 20) SELECT debt AS last_value FROM path WHERE t = 20) p;
-- need and choice: what a place of this size and sparsity would spend, with the party in office (choice) set to the average
SELECT place, round(actual) AS spending, round(need) AS need, round(actual - need) AS choice FROM (
    SELECT place, spending_per_head AS actual, need_fit.b[1] + need_fit.b[2] * ln(people) + need_fit.b[3] * need_fit.mean_effort AS need
    FROM (SELECT place, people, spending / people * 1000 AS spending_per_head FROM account WHERE year = 2023) a,
        (SELECT (ols(spending / people * 1000, ARRAY[1, ln(people), property_tax / property_base * 1000])).coefficients AS b, avg(property_tax / property_base * 1000)::float8 AS mean_effort FROM account WHERE year = 2023) need_fit) n ORDER BY place;
-- the same over six years, with its interval; buoyancy with its own
CREATE TEMP VIEW need AS
WITH per_head AS (
    SELECT place, year, spending / people * 1000 AS spending, ln(people)::float8 AS size, property_tax / property_base * 1000 AS effort, year - 2018 AS t FROM account
), fitted AS (
    SELECT ols_cluster(spending, ARRAY[1, size, t, effort], place) AS fit, avg(effort)::float8 AS mean_effort FROM per_head
), at_average_policy AS (
    SELECT place, spending, fit, ARRAY[1, size, t, mean_effort] AS x FROM per_head, fitted WHERE year = 2023
)
SELECT place, spending::float8 AS spending, (SELECT sum(b * v) FROM unnest((fit).coefficients, x) u (b, v)) AS need,
       (SELECT sqrt(sum(x[i] * x[j] * (fit).vcov[i][j])) FROM generate_subscripts(x, 1) i, generate_subscripts(x, 1) j) * student_quantile(0.975, (fit).clusters - 1) AS half
FROM at_average_policy;
SELECT place, round(spending::numeric) AS spending, round(need::numeric) AS need, round((need - half)::numeric) AS low, round((need + half)::numeric) AS high, round((spending - need)::numeric) AS choice, abs(spending - need) > half AS beyond_need FROM need ORDER BY place;
SELECT place, round((f).coefficients[2]::numeric, 3) AS long_run, round((c).low[2]::numeric, 3) AS low, round((c).high[2]::numeric, 3) AS high
FROM (SELECT place, f, confidence_interval(f) AS c FROM (SELECT place, ols(y, ARRAY[1, x]) AS f FROM moved GROUP BY place) s) t ORDER BY place;
-- SDG 11.a.1 (c): did fiscal space grow? own revenue a head, in the prices of 2018
SELECT place, round((b.own / a.own - 1) * 100, 1) AS own_revenue_per_head_change, b.own > a.own AS more_space
FROM (SELECT place, (property_tax + business_tax + fees) / people AS own FROM account WHERE year = 2018) a JOIN (SELECT place, (property_tax + business_tax + fees) / people / 1.12 AS own FROM account WHERE year = 2023) b USING (place) ORDER BY place;
