SET search_path = terrbal, public;
-- a small town: 1 homes, 2 works, 3 green; columns from west to east, rows from south to north
CREATE TEMP TABLE town (x int, y int, class int);
INSERT INTO town SELECT x - 1, 6 - y, substr(line, x::int, 1)::int
FROM unnest(ARRAY['11133333',
                  '11133223',
                  '11333223',
                  '13333333',
                  '33311133',
                  '22311133']) WITH ORDINALITY l (line, y), generate_series(1, 8) x WHERE substr(line, x, 1) <> ' ';
-- class by class, cells of 100 m
SELECT class, cells, area / 10000 AS hectares, round(share::numeric, 3) AS share, patches, round(largest_patch_index::numeric, 2) AS lpi, mean_patch_area / 10000 AS mean_ha,
       round((effective_mesh_size / 10000)::numeric, 3) AS mesh_ha, edge_length, round((edge_density * 10000)::numeric, 2) AS m_per_ha, round(mean_shape_index::numeric, 3) AS shape,
       round(aggregation_index::numeric, 2) AS aggregation
FROM (SELECT class_metrics(x, y, class, 100) AS m FROM town) s, unnest(m);
-- the whole
SELECT patches, round((edge_density * 10000)::numeric, 2) AS m_per_ha, round(contagion::numeric, 2) AS contagion, round(shannon_diversity::numeric, 4) AS shannon,
       round(shannon_evenness::numeric, 4) AS evenness, round(simpson_diversity::numeric, 4) AS simpson, round((effective_mesh_size / 10000)::numeric, 3) AS mesh_ha,
       round(largest_patch_index::numeric, 2) AS lpi
FROM (SELECT (landscape_metrics(x, y, class, 100)).* FROM town) s;
-- a map of patches, drawn by SQL
SELECT string_agg(patch_id::text, ' ' ORDER BY x) AS patches FROM (SELECT x, y, patch_id(x, y, class) OVER () FROM town) s GROUP BY y ORDER BY y DESC;
-- corners that connect make fewer patches
SELECT neighbours, (landscape_metrics(x, y, (x + y) % 2, 1, neighbours)).patches FROM generate_series(0, 3) x, generate_series(0, 3) y, (VALUES (4), (8)) n (neighbours) GROUP BY neighbours;
-- stored by halves, rolled up: a patch that a border cuts is whole again
SELECT class_metrics(rollup(s)) = (SELECT class_metrics(x, y, class, 100) FROM town) AS same, landscape_metrics(rollup(s)) = (SELECT landscape_metrics(x, y, class, 100) FROM town) AS whole_same
FROM (SELECT landscape_state(x, y, class, 100)::text::landscape_state AS s FROM town GROUP BY x > 3) h;
-- growth of the town: # built before, + newly built
CREATE TEMP TABLE growth AS SELECT x - 1 AS x, 6 - y::int AS y, substr(line, x::int, 1) AS sign
FROM unnest(ARRAY['........',
                  '.####+..',
                  '.#+##+..',
                  '.####...',
                  '......+.',
                  '+.......']) WITH ORDINALITY l (line, y), generate_series(1, 8) x;
SELECT x, y, growth_type(x, y, sign = '#', sign IN ('#', '+')) OVER () FROM growth ORDER BY 3, x, y LIMIT 5;
SELECT string_agg(coalesce(left(type::text, 1), sign), '' ORDER BY x) AS map
FROM (SELECT x, y, sign, growth_type(x, y, sign = '#', sign IN ('#', '+')) OVER () AS type FROM growth) s GROUP BY y ORDER BY y DESC;
SELECT type, count(*) AS cells, round(count(*)::numeric / sum(count(*)) OVER (), 2) AS share
FROM (SELECT growth_type(x, y, sign = '#', sign IN ('#', '+')) OVER () AS type FROM growth) s WHERE type IS NOT NULL GROUP BY type ORDER BY type;
-- NULL, one class, one cell, none
SELECT x, y, class, patch_id(x, y, class) OVER () FROM (VALUES (0, 0, 1), (1, 0, NULL), (2, 0, 1), (NULL, 0, 1), (0, 1, 1), (7, 7, 1)) v (x, y, class);
SELECT x, growth_type(x, 0, b, a) OVER () FROM (VALUES (0, true, true), (1, false, true), (2, NULL, true), (3, false, NULL), (NULL, false, true)) v (x, b, a);
SELECT patches, contagion, shannon_diversity, shannon_evenness, simpson_diversity, aggregation_index FROM (SELECT (landscape_metrics(x, 0, 5, 1)).* FROM generate_series(1, 3) x) s;
SELECT cells, patches, mean_shape_index, aggregation_index FROM (SELECT class_metrics(0, 0, 1, 1) AS m) s, unnest(m);
SELECT class_metrics(NULL, 0, 1, 1) IS NULL AS nothing, landscape_metrics(NULL::landscape_state) IS NULL AS no_state, landscape_metrics(x, 0, 1, 1) IS NULL AS no_rows FROM generate_series(1, 0) x;
-- errors
SELECT class_metrics(x, 0, 1, 1) FROM (VALUES (3), (4), (3)) v (x);
SELECT class_metrics(rollup(s)) FROM (SELECT landscape_state(1, 1, g, 1)::text::landscape_state AS s FROM generate_series(1, 2) g GROUP BY g) t;
SELECT class_metrics(rollup(s)) FROM (SELECT rollup(s)::text::landscape_state AS s FROM (SELECT landscape_state(1, 1, g, 1) AS s FROM generate_series(1, 2) g GROUP BY g) t) u;
SELECT class_metrics(x, 0, 1, x) FROM generate_series(1, 2) x;
SELECT rollup(s) FROM (SELECT landscape_state(g, 1, 1, g) AS s FROM generate_series(1, 2) g GROUP BY g) t;
SELECT class_metrics(0, 0, 1, 0);
SELECT class_metrics(0, 0, 1, 1, 6);
SELECT landscape_metrics(0, 0, 1, 1e200);
SELECT landscape_metrics(x, 0, x, 1) FROM generate_series(1, 1001) x;
SELECT patch_id(x, 0, 1) OVER () FROM (VALUES (3), (3)) v (x);
SELECT patch_id(x, 0, 1, 5) OVER () FROM (VALUES (3)) v (x);
SELECT patch_id(0, 0, 1);
-- coordinates for column and row numbers
SELECT landscape_metrics(x * 1000, 0, 1, 10) FROM generate_series(1, 3) x;
SELECT patch_id(x * 1000, 0, 1) OVER () FROM generate_series(1, 3) x;
SELECT growth_type(x * 1000, 0, x = 1, true) OVER () FROM generate_series(1, 2) x;
-- the picture of the page
\pset format unaligned
\pset tuples_only on
SELECT line FROM (
    SELECT 0 AS part, 0 AS y, 0 AS x, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-5 -5 520 255" font-family="sans-serif" font-size="13"><title>A small town and its five patches</title>' AS line
    UNION ALL SELECT 1, y, x, format('<rect x="%s" y="%s" width="40" height="40" fill="%s"/><text x="%s" y="%s" text-anchor="middle">%s</text>', x * 41, (5 - y) * 41, ('{#f4a582,#92c5de,#a6d96a}'::text[])[class], x * 41 + 20, (5 - y) * 41 + 25, patch)
    FROM (SELECT x, y, class, patch_id(x, y, class) OVER () AS patch FROM town) s
    UNION ALL SELECT 2, 0, i, format('<rect x="350" y="%s" width="16" height="16" fill="%s"/><text x="374" y="%s" fill="#888">%s</text>', 30 * i, colour, 30 * i + 13, name)
    FROM (VALUES (1, '#f4a582', 'homes'), (2, '#92c5de', 'works'), (3, '#a6d96a', 'green')) l (i, colour, name)
    UNION ALL SELECT 3, 0, 0, '</svg>') m ORDER BY part, y DESC, x;
