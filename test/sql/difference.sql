SET search_path = terrbal, public;
-- prices per m2 before and after a station opened: homes within 500 m and homes farther away
CREATE TEMP TABLE sale (price float8, distance float8, year int, street text);
INSERT INTO sale VALUES
    (2010, 120, 2014, 'A'), (1950, 300, 2014, 'A'), (2080, 450, 2014, 'B'), (1990, 480, 2014, 'B'), (2430, 150, 2019, 'A'), (2380, 310, 2019, 'A'),
    (2500, 400, 2019, 'B'), (2350, 470, 2019, 'B'), (1800, 700, 2014, 'C'), (1760, 900, 2014, 'C'), (1850, 1200, 2014, 'D'), (1820, 1500, 2014, 'D'),
    (1990, 650, 2019, 'C'), (1940, 950, 2019, 'C'), (2060, 1100, 2019, 'D'), (2010, 1600, 2019, 'D');

SELECT estimate, round(se::numeric, 1) AS se, round(se_hc1::numeric, 1) AS se_hc1, round(se_hc3::numeric, 1) AS se_hc3, round(p::numeric, 4) AS p, n, df
FROM (SELECT (difference_in_differences(price, distance < 500, year >= 2016)).* FROM sale) d;

SELECT mean_treated_post - mean_treated_pre AS near, mean_control_post - mean_control_pre AS far, estimate, round(se::numeric, 1) AS se, round(p::numeric, 3) AS p, df, clusters
FROM (SELECT (difference_in_differences(price, distance < 500, year >= 2016, street)).* FROM sale) d;

-- the same through least squares, where other characteristics can be held constant
SELECT round((fit).coefficients[4]::numeric, 2) AS estimate, round((fit).standard_errors[4]::numeric, 1) AS se
FROM (SELECT ols(price, ARRAY[1, (distance < 500)::int, (year >= 2016)::int, (distance < 500 AND year >= 2016)::int]) AS fit FROM sale) s;

-- rings: 1 from 250 m, 2 from 500 m, 3 from 1000 m; a distance on a break belongs to the outer ring
SELECT ring_index(distance, '{250,500,1000}') AS ring, count(*), round(avg(price)) AS price FROM sale GROUP BY ring ORDER BY ring;
SELECT ring_index(0, '{250,500}'), ring_index(249.9, '{250,500}'), ring_index(250, '{250,500}'), ring_index(500, '{250,500}'), ring_index(9, '{}') AS no_break, ring_index(NULL, '{250}') AS missing;

-- event study: flat before the event, or the comparison is not fair
CREATE TEMP TABLE panel AS
SELECT 100 + 10 * g + 4 * t + CASE WHEN g = 1 AND t >= 0 THEN 12 + 3 * t ELSE 0 END + (i * 7 + t * 3) % 5 - 2 AS y, g = 1 AS treated, t AS period
FROM generate_series(0, 1) g, generate_series(-3, 2) t, generate_series(1, 10) i;
SELECT e.period, round(e.estimate::numeric, 2) AS estimate, round(e.se::numeric, 2) AS se, round(e.p::numeric, 4) AS p, e.treated, e.control
FROM (SELECT event_study(y, treated, period) AS s FROM panel) a, unnest(a.s) AS e;
SELECT e.period, round(e.estimate::numeric, 2) AS estimate FROM (SELECT event_study(event_state(y, treated, period), 0) AS s FROM panel) a, unnest(a.s) AS e;

-- the table of an event study by least squares, to add characteristics: one dummy per period and group but the base
SELECT round((fit).coefficients[8]::numeric, 2) AS minus_3, round((fit).coefficients[9]::numeric, 2) AS minus_2, round((fit).coefficients[10]::numeric, 2) AS zero,
       round((fit).standard_errors[10]::numeric, 2) AS se
FROM (SELECT ols(y, ARRAY[1, treated::int] || ARRAY(SELECT (period = k)::int FROM unnest('{-3,-2,0,1,2}'::int[]) k)
                    || ARRAY(SELECT (treated AND period = k)::int FROM unnest('{-3,-2,0,1,2}'::int[]) k)) AS fit FROM panel) s;

-- NULL, empty cells, too few rows, stored and merged states
SELECT difference_in_differences(1, true, true) FROM sale WHERE false;
SELECT estimate, mean_treated_post, mean_treated_pre, n FROM (SELECT (difference_in_differences(y, t, p)).* FROM (VALUES (1, true, true), (2, false, true), (3, false, false), (NULL, true, false), (4, NULL, false), (5, true, NULL)) v(y, t, p)) d;
SELECT estimate, se, se_hc1, p, n, df FROM (SELECT (difference_in_differences(y, t, p)).* FROM (VALUES (5, true, true), (2, true, false), (3, false, true), (1, false, false)) v(y, t, p)) d;
SELECT estimate, se IS NULL AS no_error FROM (SELECT (difference_in_differences(price, distance < 500, year >= 2016, 'one')).* FROM sale) d;
SELECT (difference_in_differences(rollup(s))).estimate FROM (SELECT event_state(price, distance < 500, (year >= 2016)::int)::text::event_state AS s FROM sale GROUP BY street) p;

-- errors
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT difference_in_differences('NaN', true, true);
SELECT difference_in_differences(1e200, true, true);
SELECT difference_in_differences(1e80, true, true, 'a');
SELECT difference_in_differences(event_state(y, treated, period)) FROM panel;
SELECT ring_index(-1, '{1}');
SELECT ring_index(1, '{2,1}');
SELECT ring_index(1, '{1,NULL}');

-- why everything is NULL: a base period that does not occur, or only on one side; a cluster that is a whole arm says nothing of its error
SELECT period, estimate FROM unnest((SELECT event_study(y, t, p) FROM (VALUES (1, true, 2019), (2, true, 2021), (3, false, 2019), (4, false, 2021)) v(y, t, p)));
SELECT period, estimate FROM unnest((SELECT event_study(event_state(y, t, p), 2019) FROM (VALUES (1, true, 2019), (2, true, 2021), (3, false, 2019), (4, false, 2021)) v(y, t, p)));
SELECT period, estimate FROM unnest((SELECT event_study(y, t, p) FROM (VALUES (1, true, -1), (2, true, 0), (3, false, 0)) v(y, t, p)));
SELECT d.estimate, d.se IS NULL AS no_error, d.p IS NULL AS no_p, d.clusters
FROM (SELECT difference_in_differences(y, c = 'a', p, c) AS d FROM (VALUES (1, false, 'a'), (2, false, 'a'), (4, true, 'a'), (7, true, 'a'), (1, false, 'b'), (3, false, 'b'), (2, true, 'b'), (3, true, 'b')) v(y, p, c)) q, LATERAL (SELECT (q.d).*) d;
SELECT (f).coefficients, (f).standard_errors FROM (SELECT ols_cluster(y, ARRAY[1, (c = 'a')::int], c) AS f FROM (VALUES (1, 'a'), (4, 'a'), (2, 'b'), (3, 'b')) v(y, c)) q;

-- limits of the effect, and of each period of an event study
SELECT estimate, round(low::numeric, 1) AS low, round(high::numeric, 1) AS high, round(low_clustered::numeric, 1) AS low_clustered, round(high_clustered::numeric, 1) AS high_clustered
FROM (SELECT difference_in_differences(price, distance < 500, year >= 2016) AS d, difference_in_differences(price, distance < 500, year >= 2016, street) AS c FROM sale) s,
     LATERAL (SELECT (d).estimate) e, LATERAL confidence_interval(d) i, LATERAL confidence_interval(c) j (low_clustered, high_clustered);
SELECT e.period, round(e.estimate::numeric, 2) AS estimate, round(i.low::numeric, 2) AS low, round(i.high::numeric, 2) AS high, e.df
FROM (SELECT event_study(y, treated, period) AS s FROM panel) a, unnest(a.s) AS e LEFT JOIN LATERAL confidence_interval(e) i ON true;
