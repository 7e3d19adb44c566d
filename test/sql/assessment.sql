SET search_path = terrbal, public;
-- table 1-1 of the IAAO Standard on Ratio Studies (the rows are facts)
CREATE TEMP TABLE sale (appraised float8, price float8);
INSERT INTO sale VALUES
    (48000, 138000), (28800, 59250), (78400, 157500), (39840, 74400), (68160, 114900), (94400, 159000), (67200, 111900), (56960, 93000), (87200, 138720),
    (38240, 59700), (96320, 146400), (67680, 99000), (32960, 47400), (50560, 70500), (61360, 78000), (47360, 60000), (58080, 69000), (47040, 55500),
    (136000, 154500), (103200, 109500), (59040, 60000), (168000, 168000), (128000, 124500), (132000, 127500), (160000, 150000), (160000, 141000), (200000, 171900),
    (184000, 157500), (160000, 129600), (157200, 126000), (99200, 77700), (200000, 153000), (64000, 48750), (192000, 144000), (190400, 141000), (65440, 48000);

SELECT n, round(median::numeric, 3) AS median, round(median_low::numeric, 3) AS low, round(median_high::numeric, 3) AS high, round(weighted_mean::numeric, 3) AS weighted_mean,
       round(cod::numeric, 1) AS cod, round(prd::numeric, 2) AS prd, round(prb::numeric, 3) AS prb, round(prb_low::numeric, 3) AS prb_low, round(prb_high::numeric, 3) AS prb_high
FROM (SELECT (ratio_study(appraised, price)).* FROM sale) s;

SELECT (standards_met(ratio_study(appraised, price))).* FROM sale;

-- bounds of one's own: a wide COD for vacant land
SELECT (standards_met(ratio_study(appraised, price), cod_high => 35, prb_high => 0.30, mki_high => 1.20, median_low => 0.85)).* FROM sale;

-- the mean ratio, dispersion and the Gini pair
SELECT round(mean::numeric, 4) AS mean, round(cov::numeric, 2) AS cov, round(gini_appraised::numeric, 4) AS gini_appraised, round(gini_price::numeric, 4) AS gini_price,
       round(ki::numeric, 4) AS ki, round(mki::numeric, 4) AS mki
FROM (SELECT (ratio_study(appraised, price)).* FROM sale) s;

-- Lucas County, Ohio: 25,357 sales
CREATE TEMP TABLE lucas (price float8, appraised float8, sale_year int, built int);
\copy lucas FROM PROGRAM 'gzip -dc "$PG_ABS_SRCDIR/fixture/lucas.csv.gz"' CSV HEADER
SELECT sale_year, n, round(median::numeric, 3) AS median, round(cod::numeric, 1) AS cod, round(prd::numeric, 3) AS prd, round(prb::numeric, 3) AS prb,
       round(mki::numeric, 3) AS mki, round(cov::numeric) AS cov
FROM (SELECT sale_year, (ratio_study(appraised, price)).* FROM lucas GROUP BY sale_year) s ORDER BY sale_year;

SELECT sale_year, n, excluded, round(median::numeric, 3) AS median, round(cod::numeric, 1) AS cod, round(prd::numeric, 3) AS prd, round(prb::numeric, 3) AS prb,
       round(mki::numeric, 3) AS mki, round(cov::numeric) AS cov
FROM (SELECT sale_year, (ratio_study(appraised, price, 1.5)).* FROM lucas GROUP BY sale_year) s ORDER BY sale_year;

-- who is over-appraised?
SELECT era, n, excluded, round(median::numeric, 3) AS median, round(cod::numeric, 1) AS cod, round(prb::numeric, 3) AS prb, (m).median_met, (m).cod_met, (m).prb_met
FROM (SELECT era, r.*, standards_met(r) AS m
      FROM (SELECT CASE WHEN built < 1920 THEN '1 before 1920' WHEN built < 1950 THEN '2 1920-1949' WHEN built < 1980 THEN '3 1950-1979' ELSE '4 since 1980' END AS era,
                   ratio_study(appraised, price, 1.5) AS study FROM lucas GROUP BY era) g, LATERAL (SELECT (study).*) AS r) s
ORDER BY era;

-- stored by year, studied over all years: one pass and the roll-up agree to the bit
CREATE TEMP TABLE by_year AS SELECT sale_year, paired_state(appraised, price) AS sales FROM lucas GROUP BY sale_year;
SELECT ratio_study(rollup(sales), 3) = (SELECT ratio_study(appraised, price, 3) FROM lucas) AS same FROM by_year;

-- how sure: percentile limits of figures that have no formula for their error
SELECT index, round(bootstrap_standard_error(sales, index, 1000, 42)::numeric, 3) AS error, round(bootstrap_quantile(sales, index, 0.025, 1000, 42)::numeric, 3) AS low,
       round(bootstrap_quantile(sales, index, 0.975, 1000, 42)::numeric, 3) AS high
FROM (SELECT paired_state(appraised, price) AS sales FROM sale) s, unnest('{median,cod,prd,prb,mki}'::text[]) AS index;

-- NULL, empty, too few
SELECT ratio_study(1, 1) FROM sale WHERE false;
SELECT n, median, cod, prb, ki, median_low FROM (SELECT (ratio_study(a, p)).* FROM (VALUES (90, 100), (NULL, 100), (90, NULL)) v(a, p)) s;
SELECT n, median, round(cod::numeric, 6) AS cod, prd, round(prb::numeric, 6) AS prb, prb_se, mki FROM (SELECT (ratio_study(a, p)).* FROM (VALUES (90, 100), (110, 100)) v(a, p)) s;
SELECT standards_met(NULL) IS NULL AS none, (standards_met(ratio_study(90, 100))).*;

SELECT bootstrap_standard_error(paired_state(90, 100), 'cod', 100, 1) IS NULL AS one_sale, bootstrap_standard_error(paired_state(90, 100), 'mean', 100, 1) IS NULL AS its_mean;
SELECT bootstrap_standard_error(paired_state(90, 100), 'cod', 100, 1) AS alike, round(bootstrap_quantile(paired_state(90, 100), 'prd', 0.975, 100, 1)::numeric, 3) AS prd,
       bootstrap_standard_error(paired_state(90, 100), 'prb', 100, 1) AS prb FROM generate_series(1, 9);
SELECT bootstrap_standard_error(NULL::paired_state, 'cod', 100, 1) IS NULL AS null_state, bootstrap_quantile(paired_state(90, 100), 'cod', NULL, 100, 1) IS NULL AS null_p;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT ratio_study(0, 100);
SELECT ratio_study(100, -1);
SELECT ratio_study('NaN', 1);
SELECT ratio_study(100, 100, -1);
SELECT ratio_study(a, 100, a) FROM generate_series(1, 2) a;
SELECT ratio_study(paired_state(1, 1, 2));
SELECT ratio_study(paired_state(-1, 1));
SELECT bootstrap_standard_error(paired_state(90, 100), 'gini', 100, 1);
SELECT bootstrap_standard_error(paired_state(90, 100), 'cod', 1, 1);
SELECT bootstrap_quantile(paired_state(90, 100), 'cod', 1.5, 100, 1);
SELECT bootstrap_standard_error(paired_state(1, 1, 2), 'cod', 100, 1);
SELECT bootstrap_quantile(paired_state(-1, 1), 'cod', 0.5, 100, 1);
SELECT bootstrap_standard_error(paired_state(1, 1), 'cod', 1000000, 1) FROM generate_series(1, 1000001);
