-- Health centres for a mountain region: the 19 municipalities of Villuercas, Ibores and La Jara (Cáceres). Residents at 1 January by the municipal
-- register (INE), coordinates of the capitals (IGN, nomenclature of municipalities, CC BY 4.0)
SET search_path = terrbal, public;
CREATE TEMP TABLE town (ine text PRIMARY KEY, name text, lon float8, lat float8, p2000 int, p2020 int);
INSERT INTO town VALUES
    ('10011', 'Aldeacentenera', -5.629, 39.527, 927, 561), ('10017', 'Alía', -5.217, 39.449, 1373, 816), ('10029', 'Berzocana', -5.461, 39.438, 607, 414),
    ('10033', 'Cabañas del Castillo', -5.510, 39.547, 550, 424), ('10042', 'Campillo de Deleitosa', -5.575, 39.704, 132, 75), ('10044', 'Cañamero', -5.387, 39.379, 1981, 1618),
    ('10048', 'Carrascalejo', -5.218, 39.645, 423, 220), ('10060', 'Castañar de Ibor', -5.417, 39.626, 1354, 1033), ('10070', 'Deleitosa', -5.645, 39.644, 898, 687),
    ('10075', 'Fresnedoso de Ibor', -5.509, 39.685, 366, 262), ('10083', 'Garvín', -5.346, 39.719, 127, 104), ('10087', 'Guadalupe', -5.327, 39.453, 2365, 1828),
    ('10109', 'Logrosán', -5.494, 39.338, 2492, 1971), ('10132', 'Navalvillar de Ibor', -5.414, 39.586, 515, 388), ('10134', 'Navezuelas', -5.439, 39.511, 731, 632),
    ('10141', 'Peraleda de San Román', -5.387, 39.741, 412, 300), ('10159', 'Robledollano', -5.508, 39.610, 430, 294), ('10200', 'Valdelacasa de Tajo', -5.283, 39.727, 539, 348),
    ('10213', 'Villar del Pedroso', -5.195, 39.705, 813, 582);
-- straight lines, and four tenths more for mountain roads
CREATE TEMP TABLE way AS
SELECT a.name AS home, b.name AS centre, a.p2020 AS people, a.p2000 AS people_2000, round((1.4 * sqrt(((a.lon - b.lon) * 111.32 * cos(radians(39.55))) ^ 2 + ((a.lat - b.lat) * 111.13) ^ 2))::numeric, 1)::float8 AS km
FROM town a, town b;
CREATE TEMP TABLE stored AS SELECT location_state(home, centre, people, km) AS s FROM way;
-- how many
SELECT p, round(((p_median(s, p)).objective / 12557)::numeric, 1) AS mean_km, (maximal_cover(s, p, 20)).objective AS within_20_km, (p_centre(s, p)).objective AS worst_km, (p_median(s, p)).open FROM stored, generate_series(1, 5) p;
-- three, of which none serves more than 5,000 people, or fewer than 3,500
SELECT what, round((m).objective) AS person_km, (m).gap, u.* FROM (
    SELECT 'no limit' AS what, p_median(home, centre, people, km, 3) AS m FROM way UNION ALL SELECT 'at most 5,000', p_median(home, centre, people, km, 3, 5000) FROM way
    UNION ALL SELECT 'at least 3,500', p_median(home, centre, people, km, 3, false, NULL, 3500, 0, NULL) FROM way) q, LATERAL (SELECT string_agg(format('%s %s', site_id, users), ', ' ORDER BY site_id) AS users FROM unnest((m).sites)) u;
-- one closes, one more opens
CREATE TEMP TABLE now AS SELECT w.*, centre = ANY ((SELECT (p_median(s, 3)).open FROM stored)::text[]) AS is_open FROM way w;
SELECT site_id, users, round(extra_cost) AS extra_km, round(mean_extra_cost::numeric, 1) AS mean_extra_km, worst_cost AS worst_km, beyond_threshold AS beyond_20_km FROM (SELECT closure_effect(home, centre, people, km, is_open, 20) AS c FROM now) q, unnest(c);
SELECT site_id, users, round(saved_cost) AS saved_km, round(mean_saved_cost::numeric, 1) AS mean_saved_km, within_threshold AS within_20_km FROM (SELECT opening_effect(home, centre, people, km, is_open, 20) AS o FROM now) q, unnest(o) ORDER BY saved_cost DESC LIMIT 3;
-- the same three when more people lived there
SELECT site_id, a.users AS users_2000, b.users AS users_2020, round((100 * (b.users / a.users - 1))::numeric, 1) AS per_cent
FROM (SELECT (unnest((p_median(home, centre, people_2000, km, 3, is_open)).sites)).* FROM now) a JOIN (SELECT (unnest((p_median(home, centre, people, km, 3, is_open)).sites)).* FROM now) b USING (site_id);
-- a weekly bus for who lives farther away than 12 km: a stop a day, within 8 km of it, 900 people at most
CREATE TEMP TABLE far AS SELECT home, people FROM now GROUP BY home, people HAVING min(km) FILTER (WHERE is_open) > 12;
SELECT (m).objective AS people, (SELECT sum(people) FROM far) AS of_all, (m).unserved, (m).gap FROM (SELECT maximal_cover(home, centre, people, km, 5, 8, 900) AS m FROM way JOIN far USING (home, people)) q;
SELECT (ARRAY['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])[row_number() OVER (ORDER BY sum(a.weight) DESC, a.site_id)] AS day, a.site_id AS stop, sum(a.weight) AS people, string_agg(a.demand_id, ', ' ORDER BY a.cost, a.demand_id) AS from_there
FROM (SELECT maximal_cover(home, centre, people, km, 5, 8, 900) AS m FROM way JOIN far USING (home, people)) q, unnest((m).assignment) a GROUP BY a.site_id ORDER BY sum(a.weight) DESC, a.site_id;
SELECT days, (maximal_cover(s, days, 8)).objective AS people FROM (SELECT facility_state(home, centre, people, km, false, 900) AS s FROM way JOIN far USING (home, people)) q, generate_series(1, 6) days;
-- the map
\pset format unaligned
\pset tuples_only on
CREATE TEMP VIEW place AS SELECT name, p2020, round(((lon + 5.70) * 1000)::numeric) AS x, round(((39.78 - lat) * 1290)::numeric) AS y FROM town;
SELECT line FROM (
    SELECT 0 AS part, 0::numeric AS place, '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 620" font-family="sans-serif" font-size="12"><title>Three health centres and who goes where</title>' AS line
    UNION ALL SELECT 1, h.x, format('<line x1="%s" y1="%s" x2="%s" y2="%s" stroke="#4575b4"/>', h.x, h.y, c.x, c.y) FROM (SELECT (unnest((p_median(s, 3)).assignment)).* FROM stored) a JOIN place h ON h.name = demand_id JOIN place c ON c.name = site_id WHERE demand_id <> site_id
    UNION ALL SELECT 2, x, format('<circle cx="%s" cy="%s" r="%s" fill="%s"><title>%s: %s</title></circle>', x, y, round(sqrt(p2020) / 3), CASE WHEN name = ANY ((SELECT (p_median(s, 3)).open FROM stored)::text[]) THEN '#d73027' ELSE '#91bfdb' END, name, p2020) FROM place
    UNION ALL SELECT 3, x, format('<text x="%s" y="%s">%s</text>', x + 10, y + 4, name) FROM place
    UNION ALL SELECT 4, 0, '</svg>') m ORDER BY part, place, line;
