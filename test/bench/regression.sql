-- 5 M rows, a constant and five regressors; 10^5 clusters; the rivals are regr_slope and the normal equations in plain SQL
CREATE UNLOGGED TABLE row5 AS
SELECT i, random() * 100 AS x1, random() - 0.5 AS x2, random() * 1e4 AS x3, random() AS x4, random() * 10 AS x5, random() AS y, ('c' || (i::bigint * 7919) % (100000 * :scale)::int) AS cluster
FROM generate_series(1, (5000000 * :scale)::int) i;
VACUUM ANALYZE row5;
CALL bench.row('regression', 'ols, constant and 5 regressors', 'SELECT terrbal.ols(y, ARRAY[1, x1, x2, x3, x4, x5]) FROM row5',
    'regr_slope', 'SELECT regr_slope(y, x1) FROM row5', at_most => 6);
CALL bench.row('regression', 'ols, constant and 5 regressors', 'SELECT terrbal.ols(y, ARRAY[1, x1, x2, x3, x4, x5]) FROM row5',
    'normal equations by unnest', 'SELECT a.i, b.j, sum(a.v * b.v) FROM row5, unnest(ARRAY[1, x1, x2, x3, x4, x5, y]) WITH ORDINALITY a(v, i), unnest(ARRAY[1, x1, x2, x3, x4, x5, y]) WITH ORDINALITY b(v, j) WHERE a.i <= b.j GROUP BY 1, 2',
    at_least => 3, runs => 1);
-- 28 plain sums, without the digits: informs only
CALL bench.row('regression', 'ols, constant and 5 regressors', 'SELECT terrbal.ols(y, ARRAY[1, x1, x2, x3, x4, x5]) FROM row5', 'normal equations as 27 float8 sums',
    'SELECT count(*), sum(x1), sum(x2), sum(x3), sum(x4), sum(x5), sum(y), sum(x1*x1), sum(x1*x2), sum(x1*x3), sum(x1*x4), sum(x1*x5), sum(x1*y), sum(x2*x2), sum(x2*x3), sum(x2*x4), sum(x2*x5), sum(x2*y),
            sum(x3*x3), sum(x3*x4), sum(x3*x5), sum(x3*y), sum(x4*x4), sum(x4*x5), sum(x4*y), sum(x5*x5), sum(x5*y), sum(y*y) FROM row5');
CALL bench.row('regression', 'ols_cluster, 100,000 clusters', 'SELECT terrbal.ols_cluster(y, ARRAY[1, x1, x2, x3, x4, x5], cluster) FROM row5',
    'GROUP BY cluster, one sum', 'SELECT count(*) FROM (SELECT cluster, sum(x1) FROM row5 GROUP BY cluster) g', runs => 1);
CALL bench.row('regression', 'difference_in_differences', 'SELECT terrbal.difference_in_differences(y, x1 > 50, x4 > 0.5) FROM row5', 'four means by FILTER',
    'SELECT avg(y) FILTER (WHERE x1 > 50 AND x4 > 0.5), avg(y) FILTER (WHERE x1 > 50 AND NOT x4 > 0.5), avg(y) FILTER (WHERE NOT x1 > 50 AND x4 > 0.5), avg(y) FILTER (WHERE NOT x1 > 50 AND NOT x4 > 0.5) FROM row5');
