SET search_path = terrbal, public;
-- a plan: zones where building is meant to be, and where not, on cells of 100 m; built cells at two dates
CREATE TEMP TABLE plan (zone text, building boolean, geom geometry);
INSERT INTO plan VALUES ('urban', true, ST_MakeEnvelope(0, 0, 500, 600)), ('expansion', true, ST_MakeEnvelope(500, 0, 700, 600)), ('farmland', false, ST_MakeEnvelope(700, 200, 1000, 600)), ('river bank', false, ST_MakeEnvelope(700, 0, 1000, 200));
CREATE TEMP TABLE ground AS
SELECT x - 1 AS x, 6 - y::int AS y, substr(line, x::int, 1) AS sign
FROM unnest(ARRAY['####.+....',
                  '#####+....',
                  '#####+...+',
                  '####.+....',
                  '####..++..',
                  '####...+..']) WITH ORDINALITY l (line, y), generate_series(1, 10) x;
CREATE TEMP VIEW built AS
SELECT zone, building, share, sign = '#' AS before, sign IN ('#', '+') AS after, growth
FROM plan, unit_cells(geom, 100) JOIN (SELECT *, growth_type(x, y, sign = '#', sign IN ('#', '+')) OVER () AS growth FROM ground) g USING (x, y);
-- what was built since, by zone: conformity and intrusion in hectares
SELECT zone, building, sum(share) AS hectares, coalesce(sum(share) FILTER (WHERE before), 0) AS built_before, coalesce(sum(share) FILTER (WHERE after AND NOT before), 0) AS new,
       coalesce(sum(share) FILTER (WHERE growth = 'leapfrog'), 0) AS leapfrog, round((coalesce(sum(share) FILTER (WHERE after), 0) / sum(share))::numeric, 3) AS built_share
FROM built GROUP BY zone, building ORDER BY building DESC, zone;
-- of all that is new: how much follows the plan
SELECT round((coalesce(sum(share) FILTER (WHERE building), 0) / sum(share))::numeric, 3) AS conformity, coalesce(sum(share) FILTER (WHERE NOT building), 0) AS intrusion_ha FROM built WHERE after AND NOT before;
-- the same as a table of change by zone that rolls up: open and built
SELECT zone, before, after, area FROM (SELECT zone, transition_matrix(CASE WHEN before THEN 'built' ELSE 'open' END, CASE WHEN after THEN 'built' ELSE 'open' END, share) AS t FROM built WHERE NOT building GROUP BY zone) s, unnest(t)
ORDER BY zone, before, after;
-- cells that cross the line of intrusion, as a list for inspection
SELECT g.x, g.y, zone, u.share FROM plan, unit_cells(geom, 100) u JOIN ground g USING (x, y) WHERE NOT building AND sign = '+' ORDER BY x, y;
-- a map: n new as planned, ! new against the plan
SELECT string_agg(CASE WHEN sign <> '+' THEN sign WHEN building THEN 'n' ELSE '!' END, '' ORDER BY x) AS map FROM plan, unit_cells(geom, 100) JOIN ground USING (x, y) GROUP BY y ORDER BY y DESC;
