-- The chain of doc/rail_line.md: uplift, levy, increment, readjustment, money per department, pool. The data are those of the demo.
\set SHOW_CONTEXT never
CREATE SCHEMA test_rail_line;
SET search_path = test_rail_line, public;
CREATE TABLE flat (id text PRIMARY KEY, price numeric, size float8, age float8, distance float8, x float8, y float8);
\copy flat FROM PROGRAM 'cat "$PG_ABS_SRCDIR/../doc/demo/data/parcels.csv"' CSV HEADER
CREATE TABLE district_text (district text, wkt text);
\copy district_text FROM PROGRAM 'cat "$PG_ABS_SRCDIR/../doc/demo/data/districts.csv"' CSV HEADER
CREATE TABLE department (department text PRIMARY KEY, population numeric, shape geometry(Polygon, 2100));
INSERT INTO department SELECT district, population, ST_GeomFromText(wkt, 2100)
FROM district_text JOIN (VALUES ('1', 72962), ('2', 102439), ('3', 45168), ('4', 84544), ('5', 98283), ('6', 129603), ('7', 122915)) AS census(district, population) USING (district);

CREATE TABLE station (n int PRIMARY KEY, name text, place geometry(Point, 2100));
INSERT INTO station SELECT n, name, ST_SetSRID(ST_Point(x, y), 2100)
FROM (VALUES (1, 'Galatsi', 477600, 4206400), (2, 'Kypseli', 477200, 4205500), (3, 'Dikastiria', 477300, 4204850), (4, 'Alexandras', 477450, 4204300),
             (5, 'Exarchia', 476900, 4203800), (6, 'Kolonaki', 477300, 4203200), (7, 'Pangrati', 478000, 4202150), (8, 'Goudi', 479300, 4203900)) AS s(n, name, x, y);
SELECT round(ST_Length(ST_MakeLine(place ORDER BY n))) AS metres, count(*) AS stations FROM station;

CREATE TABLE fit AS
SELECT terrbal.ols_robust(ln(price::float8 / size), ARRAY[1, distance / 1000, ln(size), age, ST_Distance(ST_Point(x, y), ST_Point(476900, 4202950)) / 1000], 'hc3') AS fit
FROM flat;
SELECT (fit).n, round((fit).coefficients[2]::numeric, 4) AS per_km, round((fit).standard_errors[2]::numeric, 4) AS error, round((fit).r2::numeric, 3) AS r2,
       round(((fit).coefficients[2] + 1.96 * (fit).standard_errors[2])::numeric, 4) AS cautious
FROM fit;

CREATE TABLE gain AS
SELECT f.id, d.department, f.price, f.distance AS before, s.metres AS after, f.size,
       round(f.price * round((exp(-0.1487 * (s.metres - f.distance) / 1000) - 1)::numeric, 6), 2) AS uplift
FROM flat f JOIN department d ON ST_Contains(d.shape, ST_SetSRID(ST_Point(f.x, f.y), 2100)),
     LATERAL (SELECT min(ST_Distance(place, ST_SetSRID(ST_Point(f.x, f.y), 2100))) AS metres FROM station) s
WHERE s.metres < f.distance;
SELECT department, count(*) AS flats, round(avg(before)) AS metres_before, round(avg(after)) AS metres_after, sum(uplift) AS uplift,
       round(100 * sum(uplift) / sum(price), 2) AS percent
FROM gain GROUP BY department ORDER BY department;

CREATE TABLE quota AS
WITH pool AS (SELECT trunc(terrbal.levy_pool(6000000, 4200000, 0.90, sum(uplift), 0.30), 2) AS pool FROM gain)
SELECT id, department, uplift, pool, terrbal.betterment_levy(pool, terrbal.distance_benefit(size, round(after), 'linear', ARRAY[1500]), uplift / 2) OVER (ORDER BY id) AS quota
FROM gain, pool;
SELECT min(pool) AS pool, sum(quota) AS quotas, sum(quota) = min(pool) AS exact, max(quota) AS largest,
       count(*) FILTER (WHERE quota = trunc(uplift / 2, 2)) AS at_the_cap,
       round(terrbal.annual_instalment(max(quota), 0.03, 10), 2) AS in_ten_years
FROM quota;

CREATE TABLE increment AS
SELECT department, year, round(terrbal.tax_increment(price, (price + uplift) * terrbal.growth_factor(0.01, year), 0.003, 0.01, year), 2) AS increment
FROM gain, generate_series(1, 25) AS year GROUP BY department, year;
SELECT department, min(increment) AS first_year, sum(increment) AS in_25_years, round(terrbal.present_value(increment, year, 0.04), 2) AS present_value,
       round(terrbal.debt_capacity(increment, year, 0.04, 1.25), 2) AS debt
FROM increment GROUP BY department ORDER BY department;

CREATE TABLE site AS
SELECT ST_Intersection(d.shape, ST_Expand(s.place, 110)) AS outline, s.place FROM department d, station s WHERE d.department = '6' AND s.n = 1;
CREATE TABLE owner_land AS
SELECT owner, n, share, round(share * terrbal.exact_decimal(terrbal.land_area(outline)), 2) AS area
FROM site, (VALUES (1, 'Anna', 0.30), (2, 'Bus company', 0.35), (3, 'Christos', 0.15), (4, 'Dimitra', 0.20)) AS o(n, owner, share);
CREATE TABLE plan AS
SELECT p.plot, o.owner, o.area AS before, round(terrbal.exact_decimal(p.area), 2) AS after,
       round(terrbal.exact_decimal(p.area) * (1500 - 2 * round(ST_Distance(place, ST_Centroid(p.shape))::numeric)), 2) AS value
FROM site, LATERAL terrbal.proposed_plots(outline, (SELECT array_agg(0.58 * area::float8 ORDER BY n) || sum(0.08 * area::float8) FROM owner_land), 15) p
LEFT JOIN owner_land o ON o.n = p.plot;
SELECT plot, coalesce(owner, 'reserve') AS owner, before, after, value FROM plan ORDER BY plot;

CREATE TABLE replot AS
SELECT owner, terrbal.readjustment(round(before * 700, 2), value, 900000) OVER (ORDER BY owner) AS r
FROM plan WHERE owner IS NOT NULL;
SELECT owner, (r).right_value, (r).allotted, (r).cost_share, (r).settlement, sum((r).settlement) OVER () AS balance FROM replot ORDER BY owner;

CREATE TABLE raised AS
SELECT department, population, coalesce(levy, 0) AS levy, coalesce(increment, 0) AS increment, CASE department WHEN '6' THEN reserve ELSE 0 END AS reserve
FROM department
LEFT JOIN (SELECT department, sum(round(terrbal.annual_instalment(quota, 0.03, 10), 2)) AS levy FROM quota GROUP BY department) q USING (department)
LEFT JOIN (SELECT department, increment FROM increment WHERE year = 1) i USING (department),
     (SELECT round((value - 3900000) / 10, 2) AS reserve FROM plan WHERE owner IS NULL) p;
SELECT department, levy, increment, reserve, levy + increment + reserve AS total FROM raised ORDER BY department;

CREATE TABLE village (name text PRIMARY KEY, population numeric, capacity numeric);
INSERT INTO village VALUES ('Agia Marina', 410, 41000), ('Fteri', 380, 15200), ('Kastro', 950, 90250), ('Lefka', 460, 20700), ('Mavrolithari', 620, 43400), ('Petra', 1340, 167500);
CREATE TABLE transfer AS
SELECT name, population, capacity, pool, terrbal.levelling_transfer(pool, capacity, population) OVER (ORDER BY name) AS transfer
FROM village, (SELECT trunc(0.25 * sum(levy + increment + reserve), 2) AS pool FROM raised) p;
SELECT name, population, round(capacity / population, 2) AS per_head_before, transfer, round((capacity + transfer) / population, 2) AS per_head_after FROM transfer ORDER BY name;

SELECT sum(transfer) = min(pool) AS closes, round((e).gini_before::numeric, 4) AS gini_before, round((e).gini_after::numeric, 4) AS gini_after, (e).reversals
FROM (SELECT terrbal.equalisation_effect(capacity / population, round((capacity + transfer) / population, 2), population) AS e FROM transfer) x, transfer GROUP BY e;

CREATE TABLE case_of AS
SELECT o, label, per_km FROM fit, LATERAL (SELECT terrbal.confidence_interval(fit) AS i) x, LATERAL (VALUES (1, 'least', (i).high[2]), (2, 'estimate', (fit).coefficients[2]), (3, 'most', (i).low[2])) v (o, label, per_km);
SELECT label, round(per_km::numeric, 4) AS per_km, uplift, round(100 * uplift / price, 2) AS percent, trunc(terrbal.levy_pool(6000000, 4200000, 0.90, uplift, 0.30), 2) AS levy
FROM (SELECT o, label, per_km, sum(round(price * round((exp(per_km * (after - before) / 1000) - 1)::numeric, 6), 2)) AS uplift, sum(price) AS price FROM gain, case_of GROUP BY o, label, per_km) c ORDER BY o;

CREATE TABLE burden AS
SELECT id, price, g.uplift, quota, ntile(10) OVER (ORDER BY price, id) AS decile, round(0.003 * g.uplift, 2) AS tax FROM gain g JOIN quota USING (id);
SELECT decile, round(avg(price)) AS value, sum(uplift) AS uplift, sum(quota) AS levy, round(100 * sum(quota) / sum(uplift), 1) AS of_uplift, round(100 * sum(quota) / sum(price), 2) AS of_value, sum(tax) AS yearly_tax, round(0.5 * sum(tax), 2) AS by_tenants
FROM burden GROUP BY ROLLUP (decile) ORDER BY decile;

SELECT round((l).kakwani::numeric, 4) AS levy, round((g).kakwani::numeric, 4) AS gain
FROM (SELECT terrbal.progressivity(price, price - quota) AS l, terrbal.progressivity(price, price - uplift) AS g FROM burden) s;

CREATE TABLE flat_row AS
SELECT row_number() OVER (ORDER BY id) - 1 AS n, ln(price::float8 / size) AS y, ARRAY[1, distance / 1000, ln(size), age, ST_Distance(ST_Point(x, y), ST_Point(476900, 4202950)) / 1000] AS x FROM flat;
CREATE TABLE replicate AS
SELECT r, (terrbal.ols(y, x)).coefficients[2] AS per_km
FROM generate_series(1, 200) r, generate_series(1, 1000) i JOIN LATERAL (SELECT ('x' || substr(md5(r || ':' || i), 1, 8))::bit(32)::bigint % 1000 AS n) d ON true JOIN flat_row USING (n) GROUP BY r;
CREATE TABLE fate AS
SELECT r, uplift, pool, (e).gini_before - (e).gini_after AS fall
FROM (SELECT r, min(uplift) AS uplift, min(pool) AS pool, terrbal.equalisation_effect(capacity / population, (capacity + transfer) / population, population) AS e
      FROM (SELECT r, uplift, pool, population, capacity, terrbal.levelling_transfer(pool, capacity, population) OVER (PARTITION BY r ORDER BY name) AS transfer
            FROM (SELECT r, uplift, trunc(0.25 * (terrbal.annual_instalment(trunc(terrbal.levy_pool(6000000, 4200000, 0.90, uplift, 0.30), 2), 0.03, 10) + reserve), 2) AS pool
                  FROM (SELECT r, round(sum(price * round((exp(per_km * (after - before) / 1000) - 1)::numeric, 6)), 2) AS uplift FROM gain, replicate GROUP BY r) u, (SELECT sum(reserve) AS reserve FROM raised) v) p, village) t
      GROUP BY r) s;

SELECT round(stddev_samp(per_km)::numeric, 3) AS error_per_km, round(avg(uplift), -3) AS uplift, round(stddev_samp(uplift), -3) AS error_uplift, round(avg(pool), -2) AS pool, round(stddev_samp(pool), -2) AS error_pool,
       round(avg(fall)::numeric, 3) AS gini_falls_by, round(stddev_samp(fall)::numeric, 3) AS error, round((percentile_cont(0.025) WITHIN GROUP (ORDER BY fall))::numeric, 3) AS low, round((percentile_cont(0.975) WITHIN GROUP (ORDER BY fall))::numeric, 3) AS high
FROM fate JOIN replicate USING (r);

CREATE TABLE rival AS
WITH row AS (SELECT f.id, ln(f.price::float8 / size) AS y, ARRAY[1, distance / 1000, ln(size), age] AS near, ST_Distance(ST_Point(x, y), ST_Point(476900, 4202950)) / 1000 AS centre,
                    ARRAY(SELECT (d.department = k)::int::float8 FROM unnest('{1,2,3,4,5,6}'::text[]) k) AS departments
             FROM flat f JOIN department d ON ST_Contains(d.shape, ST_SetSRID(ST_Point(x, y), 2100)))
SELECT o, model, terrbal.ols_robust(y, x, 'hc3') AS fit
FROM row, LATERAL (VALUES (1, 'without the centre', near), (2, 'step 1', near || centre), (3, 'step 1 and departments', near || centre || departments)) AS v(o, model, x) GROUP BY o, model;
SELECT model, round((fit).coefficients[2]::numeric, 3) AS per_km, round((i).low[2]::numeric, 3) AS low, round((i).high[2]::numeric, 3) AS high,
       (SELECT sum(round(price * round((exp((fit).coefficients[2] * (after - before) / 1000) - 1)::numeric, 6))) FROM gain) AS uplift
FROM rival, LATERAL (SELECT terrbal.confidence_interval(fit) AS i) c ORDER BY o;

-- what must hold along the chain
SELECT (SELECT bool_and(quota <= uplift / 2 AND quota >= 0) FROM quota) AS within_caps, (SELECT sum(quota) = min(pool) FROM quota) AS quotas_close,
       (SELECT sum((r).settlement) = 0 FROM replot) AS settlements_close, (SELECT sum((r).right_value) = sum(value) - 900000 FROM replot, plan WHERE plan.owner = replot.owner) AS rights_close,
       (SELECT abs(sum(p.area) - 0.66 * min(o.site)) < 0.1 FROM (SELECT after AS area FROM plan) p, (SELECT terrbal.land_area(outline)::numeric AS site FROM site) o) AS plots_fit;
SELECT count(*) FILTER (WHERE transfer = 0) AS without, count(DISTINCT round((capacity + transfer) / population, 2)) FILTER (WHERE transfer > 0) AS standards FROM transfer;
SELECT (SELECT sum(quota) FROM burden) = (SELECT min(pool) FROM quota) AS all_levies, (SELECT bool_and(fall BETWEEN 0 AND 0.1851) FROM fate) AS falls_within_the_gini,
       (SELECT abs(stddev_samp(per_km) / min((fit).standard_errors[2]) - 1) < 0.15 FROM replicate, fit) AS bootstrap_as_robust_error, (SELECT bool_and(pool <= 0.25 * (terrbal.annual_instalment(1620000, 0.03, 10) + 37449.73)) FROM fate) AS capped;
