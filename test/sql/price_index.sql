SET search_path = terrbal, public;
-- example of the rsmatrix package (MIT): six pairs of sales
CREATE TEMP TABLE pair (price_first float8, period_first int, price_second float8, period_second int);
INSERT INTO pair VALUES (1, 1, 6, 3), (1, 1, 5, 2), (1, 2, 4, 3), (1, 1, 3, 2), (1, 2, 2, 3), (1, 1, 1, 3);

SELECT g.period, round(g.index::numeric, 4) AS geometric, round(g.se::numeric, 4) AS se, round(a.index::numeric, 4) AS arithmetic, round(a.se::numeric, 4) AS arithmetic_se,
       round(w.index::numeric, 2) AS weighted, g.n
FROM (SELECT repeat_sales(price_first, period_first, price_second, period_second) AS g, arithmetic_repeat_sales(price_first, period_first, price_second, period_second) AS a,
             weighted_repeat_sales(price_first, period_first, price_second, period_second) AS w FROM pair) s, unnest(g) AS g
JOIN LATERAL unnest(s.a) AS a USING (period) JOIN LATERAL unnest(s.w) AS w USING (period);

-- from single sales to pairs: each sale with the one before it of the same property
CREATE TEMP TABLE sale (property text, year int, price float8, appraised float8, size float8);
INSERT INTO sale VALUES
    ('a', 2015, 100, 95, 60), ('a', 2018, 121, 95, 60), ('b', 2015, 200, 210, 110), ('b', 2016, 208, 210, 110), ('b', 2018, 245, 210, 110), ('c', 2016, 150, 140, 80),
    ('c', 2017, 166, 140, 80), ('d', 2017, 90, 80, 50), ('d', 2018, 98, 80, 50), ('e', 2015, 130, 120, 75), ('e', 2017, 148, 120, 75), ('f', 2020, 300, 250, 150), ('f', 2021, 310, 250, 150);

SELECT i.period, round(i.index::numeric, 1) AS index, round(i.se::numeric, 1) AS se, i.n
FROM (SELECT repeat_sales(price_before, year_before, price, year) AS r
      FROM (SELECT price, year, lag(price) OVER w AS price_before, lag(year) OVER w AS year_before FROM sale WINDOW w AS (PARTITION BY property ORDER BY year)) p) s, unnest(s.r) AS i;

-- appraisals in place of pairs: every sale counts
SELECT year, round(spar(price, appraised, base)::numeric, 3) AS spar, count(*) FILTER (WHERE NOT base) AS sales
FROM (SELECT year, price, appraised, false AS base FROM sale UNION ALL SELECT y.year, price, appraised, true FROM sale, (SELECT DISTINCT year FROM sale) y WHERE sale.year = 2015) s
GROUP BY year ORDER BY year;
SELECT round(spar(price, appraised, year = 2015)::numeric, 4) AS spar_2018 FROM sale WHERE year IN (2015, 2018);

-- characteristics: the price of the same home
SELECT i.period, round(i.index::numeric, 1) AS index, round(i.se::numeric, 1) AS se, i.n
FROM (SELECT hedonic_index(price, year, ARRAY[ln(size)]) AS h FROM sale) s, unnest(s.h) AS i;
SELECT round(hedonic_index(price, year = 2015, ARRAY[ln(size)])::numeric, 1) AS index_2018 FROM sale WHERE year IN (2015, 2018);

-- stored pairs, rolled up
SELECT repeat_sales(rollup(s)) = (SELECT repeat_sales(price_first, period_first, price_second, period_second) FROM pair) AS same
FROM (SELECT repeat_sales_state(price_first, period_first, price_second, period_second)::text::repeat_sales_state AS s FROM pair GROUP BY price_second) p;

-- NULL, empty, same period, one pair
SELECT repeat_sales(1, 1, 2, 2) IS NULL AS none FROM pair WHERE false;
SELECT repeat_sales(1, 1, 2, 1) IS NULL AS same_period FROM pair;
SELECT repeat_sales(p, 1, 150, 2) FROM (VALUES (100), (NULL)) v(p);
SELECT spar(1, 1, true) IS NULL AS only_base, spar(1, 0, i = 1) IS NULL AS nothing_appraised, hedonic_index(1, true, ARRAY[1]) IS NULL AS only_base FROM generate_series(1, 2) i;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT repeat_sales(1, 2, 1, 1);
SELECT repeat_sales(0, 1, 1, 2);
SELECT weighted_repeat_sales(1, 1, -1, 2);
SELECT repeat_sales(1, 0, 1, i) FROM generate_series(1, 2100) i;
SELECT spar(-1, 1, true);
SELECT hedonic_index(0, 1, ARRAY[1]);
SELECT hedonic_index(cluster_state(1, ARRAY[1], 'north'));
-- years and months for numbers of months
SELECT round((p).index::numeric, 2) AS index FROM (SELECT unnest(weighted_repeat_sales(a, b, c, d)) AS p FROM (VALUES (100, 201511, 104, 201601), (100, 201511, 102, 201512), (101, 201512, 105, 201602), (103, 201601, 106, 201602), (99, 201511, 106, 201602), (100, 201512, 101.5, 201601)) v (a, b, c, d)) s;
SELECT round((p).index::numeric, 2) AS index FROM (SELECT unnest(weighted_repeat_sales(a, b - 190000, c, d - 190000)) AS p FROM (VALUES (100, 201511, 104, 201512), (100, 201511, 102, 201512), (101, 201512, 105, 201513)) v (a, b, c, d)) s;
