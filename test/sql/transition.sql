SET search_path = terrbal, public;
CREATE TEMP TABLE cover (cell int, y2006 text, y2018 text, ha float8);
INSERT INTO cover SELECT i, CASE WHEN i <= 60 THEN 'crop' WHEN i <= 90 THEN 'forest' ELSE 'built' END,
    CASE WHEN i <= 45 THEN 'crop' WHEN i <= 55 THEN 'built' WHEN i <= 60 THEN 'forest' WHEN i <= 84 THEN 'forest' WHEN i <= 90 THEN 'crop' ELSE 'built' END, 1
FROM generate_series(1, 100) i;
-- what became of what
SELECT before, after, area, round(share_of_before::numeric, 3) AS of_before, round(share_of_after::numeric, 3) AS of_after
FROM (SELECT transition_matrix(y2006, y2018, ha) AS t FROM cover) s, unnest(s.t);
-- gains, losses, swap
SELECT (c).* FROM (SELECT unnest(class_changes(y2006, y2018, ha)) AS c FROM cover) s;
-- two maps of areas
CREATE TEMP TABLE zone (zone text, old text, new text, residents int);
INSERT INTO zone VALUES ('z1', 'A', 'A', 100), ('z2', 'A', 'A', 50), ('z3', 'A', 'B', 30), ('z4', 'B', 'B', 80), ('z5', 'B', 'B', 40), ('z6', 'C', 'B', 20), ('z7', 'C', 'C', 60);
SELECT round(rand::numeric, 4) AS rand, round(adjusted_rand::numeric, 4) AS adjusted, round(variation_of_information::numeric, 4) AS vi,
       round(moved_share::numeric, 4) AS moved, total
FROM (SELECT (partition_similarity(old, new, residents)).* FROM zone) s;
-- stored and rolled up
SELECT partition_similarity(rollup(s)) = (SELECT partition_similarity(old, new, residents) FROM zone) AS same
FROM (SELECT transition_state(old, new, residents)::text::transition_state AS s FROM zone GROUP BY old) p;
SELECT (partition_similarity(old, old, 1)).* FROM zone;
-- NULL, 0, nothing
SELECT transition_matrix(b, a, x) FROM (VALUES ('f', 'f', 1.0), (NULL, 'f', 5), ('f', NULL, 5), ('f', 'c', NULL), ('f', 'b', 0)) v (b, a, x);
SELECT transition_matrix(b, a, x) FROM (SELECT 'f' AS b, 'c' AS a, 1.0 AS x WHERE false) v;
SELECT partition_similarity(a, b, w) IS NULL AS nobody FROM (VALUES ('a', 'b', 0.0)) v (a, b, w);
SELECT (partition_similarity(a, b, w)).rand IS NULL AS one_item FROM (VALUES ('a', 'b', 1.0)) v (a, b, w);
-- errors
SELECT transition_matrix(b, a, x) FROM (VALUES ('f', 'c', -1.0)) v (b, a, x);
SELECT partition_similarity(a, b, w) FROM (VALUES ('a', 'b', 'Infinity'::float8)) v (a, b, w);
SELECT transition_matrix(flow_state('a', 'b', 1)::text::transition_state);
