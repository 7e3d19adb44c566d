-- inequality: against percentile_cont(0.5), which sorts the same values, and against the best window formula in plain SQL
SELECT (5000000 * :scale)::int AS n \gset
CREATE TABLE bench.income AS
SELECT exp(10 + sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random()))::float8 AS value, (1 + floor(random() * 1000))::float8 AS weight,
       (ARRAY['urban', 'peri_urban', 'rural'])[1 + floor(random() * 3)::int] AS grp, round((random() * 1e5)::numeric)::float8 AS rounded
FROM generate_series(1, :n);
ANALYZE bench.income;
CALL bench.row('inequality', 'gini(value), 5 M rows', 'SELECT terrbal.gini(value) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM bench.income', at_most => 0.8);
CALL bench.row('inequality', 'gini(value)', 'SELECT terrbal.gini(value) FROM bench.income', 'row_number() formula',
               'SELECT sum((2 * r - n - 1) * value) / n / sum(value) FROM (SELECT value, row_number() OVER (ORDER BY value) AS r, (SELECT count(*) FROM bench.income)::float8 AS n FROM bench.income) s GROUP BY n',
               at_least => 3);
CALL bench.row('inequality', 'inequality(value), 17 fields', 'SELECT terrbal.inequality(value) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM bench.income', at_most => 1.0);
CALL bench.row('inequality', 'inequality(value, weight)', 'SELECT terrbal.inequality(value, weight) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM bench.income');
CALL bench.row('inequality', 'inequality_by_group(value, grp)', 'SELECT terrbal.inequality_by_group(value, grp) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM bench.income', at_most => 1.5);
CALL bench.row('inequality', 'gini(rounded), 100,000 distinct values', 'SELECT terrbal.gini(rounded) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY rounded) FROM bench.income');
CALL bench.row('inequality', 'five indices in one query', 'SELECT terrbal.gini(value), terrbal.theil_t(value), terrbal.theil_l(value), terrbal.hoover(value), terrbal.atkinson(value, 1) FROM bench.income',
               'percentile_cont(0.5)', 'SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY value) FROM bench.income');
-- Two workers on two cores against none, the leader collecting only
SET parallel_leader_participation = off;
SET min_parallel_table_scan_size = 0;
CALL bench.row('inequality', 'inequality(value), 2 workers', 'SET max_parallel_workers_per_gather = 2; SELECT terrbal.inequality(value) FROM bench.income', 'serial',
               'SET max_parallel_workers_per_gather = 0; SELECT terrbal.inequality(value) FROM bench.income', at_least => 1.5);
CALL bench.row('inequality', 'inequality_by_group(value, grp), 2 workers', 'SET max_parallel_workers_per_gather = 2; SELECT terrbal.inequality_by_group(value, grp) FROM bench.income', 'serial',
               'SET max_parallel_workers_per_gather = 0; SELECT terrbal.inequality_by_group(value, grp) FROM bench.income', at_least => 1.5);
CREATE TABLE bench.grouped AS SELECT value, (random() * :n / 20)::int AS municipality FROM bench.income;
ANALYZE bench.grouped;
CALL bench.row('inequality', 'gini by 250,000 municipalities of 20 rows', 'SELECT count(g) FROM (SELECT terrbal.gini(value) AS g FROM bench.grouped GROUP BY municipality) s',
               'avg', 'SELECT count(g) FROM (SELECT avg(value) AS g FROM bench.grouped GROUP BY municipality) s', 1.3);
CREATE TABLE bench.stored AS SELECT municipality % 5000 AS municipality, terrbal.sample_state(value) AS sample FROM bench.grouped GROUP BY municipality % 5000;
CALL bench.row('inequality', 'gini(rollup(sample_state)), 5,000 states', 'SELECT terrbal.gini(terrbal.rollup(sample)) FROM bench.stored', 'gini over the rows', 'SELECT terrbal.gini(value) FROM bench.income');
-- Hash aggregation visits every memory context for each new group
CREATE TABLE bench.large AS SELECT terrbal.sample_state(x::float8) AS sample FROM generate_series(1, 8500) x;
SET work_mem = '2GB';
SELECT format('SELECT count(r) FROM (SELECT terrbal.rollup(sample) AS r FROM bench.large, generate_series(1, (20000 * %s)::int) g GROUP BY g) s', :scale) AS groups \gset
CALL bench.row('inequality', '20,000 groups of states of 67 kB, hashed', 'SET enable_sort = off; SET enable_hashagg = on; ' || :'groups',
               'sorted', 'SET enable_sort = on; SET enable_hashagg = off; ' || :'groups', at_most => 2, runs => 1);
RESET enable_sort;
RESET enable_hashagg;
RESET work_mem;
SELECT format('stored: %s bytes a row', round(sum(pg_column_size(sample::text)) / 2.0 / (SELECT count(*) FROM bench.income), 2)) AS stored FROM bench.stored;
