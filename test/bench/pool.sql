-- Closed pools against a plain exact sum over the same window. Shares are bigint, numeric and float8; bounds are numeric.
SET search_path = terrbal, bench, public;
CREATE TABLE bench.pool AS
SELECT i AS id, (i * 7919 % 100003 + 1)::bigint AS people, ((i * 7919 % 1000003) / 100.0)::numeric(12, 2) AS weight,
       sqrt(i)::float8 AS area, (i * 104729 % 50000)::numeric AS capacity, i % greatest(1, (1000 * :scale)::int) AS part
FROM generate_series(1, (1000000 * :scale)::bigint) i;
ANALYZE bench.pool;
SELECT 50000000000.00 * :scale AS amount \gset

CALL bench.row('pool', 'apportionment, 1 M rows, bigint', 'SELECT count(a) FROM (SELECT apportionment(123456789.01, people) OVER (ORDER BY id) a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 4);
CALL bench.row('pool', 'apportionment, 1 M rows, numeric', 'SELECT count(a) FROM (SELECT apportionment(123456789.01, weight) OVER (ORDER BY id) a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 4);
CALL bench.row('pool', 'apportionment, 1 M rows, numeric, one peer group', 'SELECT count(a) FROM (SELECT apportionment(123456789.01, weight + id * 0.000001) OVER () a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight + id * 0.000001) OVER () a FROM bench.pool) s', at_most => 4);
CALL bench.row('pool', 'apportionment, 1 M rows, float8', 'SELECT count(a) FROM (SELECT apportionment(123456789.01, area) OVER (ORDER BY id) a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 4);
CALL bench.row('pool', 'pool_share with bounds, 1 M rows',
               format('SELECT count(a) FROM (SELECT (pool_share(%s, -capacity, weight, 0, weight * 30) OVER (ORDER BY id)).amount a FROM bench.pool) s', :amount),
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 6);
CALL bench.row('pool', 'pool_share with bounds, 1 M rows, one peer group',
               format('SELECT count(a) FROM (SELECT (pool_share(%s, -capacity, weight + id * 0.000001, 0, weight * 30) OVER ()).amount a FROM bench.pool) s', :amount),
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight + id * 0.000001) OVER () a FROM bench.pool) s', at_most => 6);
CALL bench.row('pool', 'apportionment, 1,000 partitions of 1,000',
               'SELECT count(a) FROM (SELECT apportionment(123456789.01, people) OVER (PARTITION BY part ORDER BY id) a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (PARTITION BY part ORDER BY id) a FROM bench.pool) s', at_most => 4);
CALL bench.row('pool', 'pool_share, 1,000 partitions of 1,000',
               'SELECT count(a) FROM (SELECT (pool_share(50000000.00, -capacity, weight, 0, weight * 30) OVER (PARTITION BY part ORDER BY id)).amount a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (PARTITION BY part ORDER BY id) a FROM bench.pool) s', at_most => 6);
CALL bench.row('pool', 'apportionment, 1 M equal weights (one tie)', 'SELECT count(a) FROM (SELECT apportionment(123456789.01, part * 0 + 1) OVER (ORDER BY id) a FROM bench.pool) s',
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 4);
SET work_mem = '4MB';
CALL bench.row('pool', 'pool_share with bounds, 1 M rows spilled to disk',
               format('SELECT count(a) FROM (SELECT (pool_share(%s, -capacity, weight, 0, weight * 30) OVER (ORDER BY id)).amount a FROM bench.pool) s', :amount),
               'sum(numeric)', 'SELECT count(a) FROM (SELECT sum(weight) OVER (ORDER BY id) a FROM bench.pool) s', at_most => 6);
RESET work_mem;
