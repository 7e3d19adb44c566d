SET search_path = terrbal, public;
-- a town of 24 by 12 cells of 100 m: a centre with a park, a suburb in the east, two farms
CREATE TEMP TABLE ground AS
SELECT x::int, -y::int AS y, sign = '#' AS built FROM regexp_split_to_table(
'........................
.########...............
.###########............
.#####..####..#.#.......
.####....###.#.#........
.####....####..#.#......
.#####..####.#.#........
.###########..#.#.......
.##########...........#.
..########..............
........................
.................#......', '\n') WITH ORDINALITY l (line, y), regexp_split_to_table(line, '') WITH ORDINALITY c (sign, x);
SELECT string_agg(CASE extent WHEN 'urban' THEN 'U' WHEN 'suburban' THEN 'S' WHEN 'rural' THEN 'R' WHEN 'fringe' THEN '+' WHEN 'captured' THEN 'o' ELSE '.' END, '' ORDER BY x) AS map
FROM (SELECT x, y, urban_extent(x, y, built, 100, radius => 300) OVER () AS extent FROM ground) s GROUP BY y ORDER BY y DESC;
-- each part of the extent: area, built area, saturation, openness
WITH cell AS (SELECT *, urban_extent(x, y, built, 100, radius => 300) OVER () AS extent, built_share_around(x, y, built, 100, 300) OVER () AS around FROM ground),
     part AS (SELECT *, patch_id(x, y, CASE WHEN extent IN ('urban', 'suburban', 'fringe', 'captured') THEN 1 END) OVER () AS part FROM cell)
SELECT part, count(*) AS hectares, count(*) FILTER (WHERE built) AS built, round(avg(built::int), 3) AS saturation, round(avg(1 - around) FILTER (WHERE built)::numeric, 3) AS openness
FROM part WHERE part IS NOT NULL GROUP BY part ORDER BY hectares DESC;
-- what is neither built nor open has no class; a row without a place neither
SELECT x, built, urban_extent(x, 0, built, 1, 1, 1, 1) OVER () AS extent, built_share_around(x, 0, built, 1, 1) OVER () AS around
FROM (VALUES (0, true), (1, true), (2, true), (3, false), (4, NULL), (NULL, true)) v (x, built) ORDER BY x;
SELECT urban_extent(x, 0, true, 100) OVER () AS extent FROM generate_series(1, 0) x;
-- errors
SELECT urban_extent(x, 0, true, 100) OVER () FROM unnest(ARRAY[1, 1]) x;
SELECT urban_extent(x, 0, true, 0.01) OVER () FROM unnest(ARRAY[1, 2]) x;
SELECT urban_extent(x, 0, true, 100, fringe => -1) OVER () FROM unnest(ARRAY[1, 2]) x;
SELECT urban_extent(x, 0, true, NULL) OVER () FROM unnest(ARRAY[1, 2]) x;
SELECT urban_extent(x, 0, true, x) OVER () FROM unnest(ARRAY[1, 2]) x;
SELECT built_share_around(x, 0, true, 0) OVER () FROM unnest(ARRAY[1, 2]) x;
-- coordinates for column and row numbers
SELECT urban_extent(x * 100, 0, true, 100) OVER () FROM generate_series(1, 2) x;
SELECT built_share_around(x * 100, 0, true, 100, 10) OVER () FROM generate_series(1, 2) x;
-- a radius below a cell
SELECT x, urban_extent(x, y, x < 4, 1000) OVER () FROM generate_series(1, 5) x, generate_series(1, 1) y;
SELECT x, urban_extent(x, y, x < 4, 1000, 0, 0) OVER () FROM generate_series(1, 5) x, generate_series(1, 1) y;
