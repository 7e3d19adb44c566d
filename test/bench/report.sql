-- The results of all sizes as one table in Markdown. growth: what tenfold data cost, from the last two sizes; a target is judged at the largest.
WITH sized AS (
    SELECT *, ours_ms / theirs_ms AS ratio, lag(ours_ms) OVER w AS before_ms, lag(scale) OVER w AS before, row_number() OVER (w ROWS UNBOUNDED PRECEDING) AS nth, count(*) OVER (PARTITION BY stem, place) AS sizes
    FROM bench.result WINDOW w AS (PARTITION BY stem, place ORDER BY scale)
), last AS (
    SELECT *, round(power((ours_ms / before_ms)::numeric, 1 / log(scale / before)), 1) AS growth, CASE WHEN at_most IS NOT NULL THEN ratio <= at_most WHEN at_least IS NOT NULL THEN 1 / ratio >= at_least END AS met
    FROM sized WHERE nth = sizes
), line AS (
    SELECT l.stem, l.place, format('| %s | %s | %s | %s | %s | %s |', l.stem, l.what, l.against, string_agg(round(s.ratio::numeric, 3)::text, ' | ' ORDER BY s.scale), l.growth,
        CASE WHEN l.at_most IS NOT NULL THEN format('at most %s', l.at_most) WHEN l.at_least IS NOT NULL THEN format('at least %s times faster', l.at_least) END || CASE WHEN NOT l.met THEN ', missed' ELSE '' END) AS text
    FROM last l JOIN sized s USING (stem, place) GROUP BY l.stem, l.place, l.what, l.against, l.growth, l.at_most, l.at_least, l.met
)
SELECT format('| concept | what | against | %s | tenfold data | target |', string_agg('ratio at ' || scale, ' | ' ORDER BY scale)) || E'\n|---|---|---|' || repeat('---|', count(*)::int) || '---|---|'
FROM (SELECT DISTINCT scale FROM bench.result) s
UNION ALL (SELECT text FROM line ORDER BY stem, place);
