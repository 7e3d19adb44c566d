-- A map of 10 M cells of land uses in clumps, against settlement_class over as many
CREATE TABLE landscape_map AS
SELECT x, y, floor(3 + 3 * sin(x * 0.031 + 1.7 * cos(y * 0.023)) * cos(y * 0.04 - x * 0.011))::int AS class, (x * 7919 + y * 104729) % 5003 AS people
FROM generate_series(1, (3162 * sqrt(:scale))::int) y, generate_series(1, (3162 * sqrt(:scale))::int) x;
ANALYZE landscape_map;
CALL bench.row('landscape', 'class_metrics', 'SELECT cardinality(terrbal.class_metrics(x, y, class, 100)) FROM landscape_map', 'settlement_class',
    'SELECT count(c) FROM (SELECT terrbal.settlement_class(x, y, people, 1, 0.2) OVER () AS c FROM landscape_map) s', at_most => 2, runs => 1);
CALL bench.row('landscape', 'patch_id', 'SELECT max(p) FROM (SELECT terrbal.patch_id(x, y, class) OVER () AS p FROM landscape_map) s', 'settlement_class',
    'SELECT count(c) FROM (SELECT terrbal.settlement_class(x, y, people, 1, 0.2) OVER () AS c FROM landscape_map) s', at_most => 2, runs => 1);
DROP TABLE landscape_map;
