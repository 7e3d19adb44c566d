-- Flows: against the GROUP BY that a user would need first, at 5 million rows with text ids and about a million pairs
SELECT setseed(0.5);
CREATE TABLE flow_rows AS
SELECT 'ES' || lpad((floor(random() * 1000) * 7)::int::text, 5, '0') AS origin, 'ES' || lpad((floor(random() * 1000) * 11)::int::text, 5, '0') AS destination,
       floor(random() * 40)::float8 AS flow, (i % 1000)::int AS grp, 'ES' || (i / 50 % 316)::text AS few_origin, 'ES' || (i * 13 % 317)::text AS few_destination
FROM generate_series(1, (5000000 * :scale)::int) i;
VACUUM ANALYZE flow_rows;

CALL bench.row(:'stem', 'flow_profile, 5 M rows, 1 M pairs', 'SELECT terrbal.flow_profile(origin, destination, flow) FROM flow_rows',
    'GROUP BY origin, destination', 'SELECT count(*), sum(f) FROM (SELECT sum(flow) AS f FROM flow_rows GROUP BY origin, destination) s', at_most => 0.6);
CALL bench.row(:'stem', 'flow_profile, 5 M rows, 100,000 pairs', 'SELECT terrbal.flow_profile(few_origin, few_destination, flow) FROM flow_rows',
    'GROUP BY origin, destination', 'SELECT count(*), sum(f) FROM (SELECT sum(flow) AS f FROM flow_rows GROUP BY few_origin, few_destination) s', at_most => 0.6);
CALL bench.row(:'stem', 'profile, zones and links in one pass',
    'SELECT terrbal.flow_profile(origin, destination, flow), cardinality(terrbal.zone_flows(origin, destination, flow)) FROM flow_rows',
    'GROUP BY origin, destination', 'SELECT count(*), sum(f) FROM (SELECT sum(flow) AS f FROM flow_rows GROUP BY origin, destination) s');
CALL bench.row(:'stem', '1,000 groups', 'SELECT count(p) FROM (SELECT terrbal.flow_profile(few_origin, few_destination, flow) AS p FROM flow_rows GROUP BY grp) s',
    'GROUP BY group, origin, destination', 'SELECT count(*), sum(f) FROM (SELECT sum(flow) AS f FROM flow_rows GROUP BY grp, few_origin, few_destination) s', at_most => 2);

-- Two workers on two cores against none, the leader collecting only
CREATE TABLE flow_states AS SELECT grp % 50 AS grp, terrbal.flow_state(few_origin, few_destination, flow) AS flows FROM flow_rows GROUP BY 1;
CALL bench.row(:'stem', 'rollup of 50 states to one', 'SELECT terrbal.flow_profile(terrbal.rollup(flows)) FROM flow_states',
    'one pass over the rows', 'SELECT terrbal.flow_profile(few_origin, few_destination, flow) FROM flow_rows', at_least => 2);
SET parallel_leader_participation = off;
SET min_parallel_table_scan_size = 0;
CALL bench.row(:'stem', '2 workers, 100,000 pairs',
    'SET max_parallel_workers_per_gather = 2; SELECT terrbal.flow_profile(few_origin, few_destination, flow) FROM flow_rows',
    'serial', 'SET max_parallel_workers_per_gather = 0; SELECT terrbal.flow_profile(few_origin, few_destination, flow) FROM flow_rows', at_least => 1.5);
CALL bench.row(:'stem', '2 workers, 1 M pairs',
    'SET max_parallel_workers_per_gather = 2; SELECT terrbal.flow_profile(origin, destination, flow) FROM flow_rows',
    'serial', 'SET max_parallel_workers_per_gather = 0; SELECT terrbal.flow_profile(origin, destination, flow) FROM flow_rows', at_least => 1.2);
SET max_parallel_workers_per_gather = 0;
DROP TABLE flow_rows, flow_states;

-- 8,000 zones, 2 million of 64 million cells: memory is the limit here (2 GB), the time only informs
CREATE TABLE flow_wide AS
SELECT 'Z' || i / 250 % 8000 AS origin, 'Z' || (i * 7919::bigint % 8000) AS destination, (i % 17 + 1)::float8 AS flow FROM generate_series(0, (2000000 * :scale)::int - 1) i;
CALL bench.row(:'stem', '8,000 zones, 2 M links', 'SELECT terrbal.flow_profile(origin, destination, flow) FROM flow_wide',
    'GROUP BY origin, destination', 'SELECT count(*), sum(f) FROM (SELECT sum(flow) AS f FROM flow_wide GROUP BY origin, destination) s');
DROP TABLE flow_wide;
