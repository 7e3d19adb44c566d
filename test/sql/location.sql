SET search_path = terrbal, public;
CREATE TEMP TABLE village (village text, x float8, y float8, people int);
INSERT INTO village VALUES ('Alba', 0, 0, 900), ('Berro', 6, 2, 400), ('Cerro', 12, 1, 250), ('Dehesa', 14, 8, 700), ('Encina', 5, 11, 300), ('Fresno', 1, 9, 150),
    ('Granja', 20, 3, 120), ('Hoya', 19, 12, 200);
-- km between any two villages: each could have the health centre
CREATE TEMP TABLE trip AS
SELECT a.village AS home, b.village AS centre, a.people, round(sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2)::numeric, 1)::float8 AS km FROM village a, village b;
-- two centres
SELECT round(objective) AS person_km, round(bound) AS bound, gap, proven, open FROM (SELECT (p_median(home, centre, people, km, 2)).* FROM trip) s;
SELECT site_id, users, round(mean_cost::numeric, 2) AS mean_km, worst_cost AS worst_km FROM (SELECT p_median(home, centre, people, km, 2) AS m FROM trip) q, unnest((m).sites);
SELECT a.* FROM (SELECT p_median(home, centre, people, km, 2) AS m FROM trip) q, unnest((m).assignment) a WHERE a.cost > 0 ORDER BY demand_id;
-- how many centres, from one stored value
CREATE TEMP TABLE stored AS SELECT location_state(home, centre, people, km) AS s FROM trip;
SELECT p, round((p_median(s, p)).objective::numeric / 3020, 2) AS mean_km, (maximal_cover(s, p, 8)).objective AS people_within_8_km, (p_centre(s, p)).objective AS worst_km
FROM stored, generate_series(1, 4) p;
SELECT km, (set_cover(s, km)).objective AS centres, (set_cover(s, km)).open FROM stored, unnest(ARRAY[4, 8, 12]) km;
-- what exists stays
SELECT round(objective) AS person_km, open FROM (SELECT (p_median(home, centre, people, km, 2, centre = 'Fresno')).* FROM trip) s;
SELECT objective, unserved, open FROM (SELECT (maximal_cover(home, centre, people, km, 2, 8, centre = 'Fresno')).* FROM trip) s;
SELECT objective, open FROM (SELECT (set_cover(home, centre, km, 8, centre = 'Fresno')).* FROM trip) s;
SELECT objective, open FROM (SELECT (p_centre(home, centre, km, 2, centre = 'Fresno')).* FROM trip) s;
-- states: rolled up, as text, with p of their own
SELECT p_median(rollup(s), 2) = (SELECT p_median(home, centre, people, km, 2) FROM trip) AS same FROM (SELECT location_state(home, centre, people, km) AS s FROM trip GROUP BY centre) x;
SELECT (set_cover(location_state(home, centre, km), 8)).objective FROM trip;
SELECT (p_median(location_state(home, centre, people, km, centre = 'Fresno'), 2)).open FROM trip;
-- out of reach: no cost, an infinite one, no site at all
SELECT objective, unserved, assignment FROM (SELECT (maximal_cover(d, s, w, c, 1, 5)).* FROM (VALUES ('a', 'X', 1, 1::float8), ('b', 'X', 2, NULL), ('c', 'X', 4, 'Infinity'), ('d', NULL, 8, 1), ('e', 'X', 0, 1), (NULL, 'X', 1, 1)) v (d, s, w, c)) q;
SELECT p_median(d, s, w, c, 1) FROM (VALUES ('a', 'X', 1, 1::float8), ('b', 'X', 2, NULL)) v (d, s, w, c);
SELECT set_cover(home, centre, km, 2) FROM trip WHERE home <> centre;
SELECT p_median(home, centre, people, km, 1) FROM trip WHERE km < 10;
SELECT p_centre(home, centre, km, 1) FROM trip WHERE km < 10;
-- nothing, and what is wrong
SELECT p_median(home, centre, people, km, 1) FROM trip WHERE false;
SELECT p_median(s, NULL) FROM stored;
SELECT p_median(s) FROM stored;
SELECT set_cover(s) FROM stored;
SELECT p_median(home, centre, people, km, 0) FROM trip;
SELECT p_median(home, centre, people, km, NULL) FROM trip;
SELECT p_median(home, centre, people, km, people) FROM trip;
SELECT p_median(home, centre, people, km, 1, centre IN ('Alba', 'Hoya')) FROM trip;
SELECT p_median(home, centre, people, km, 1, home = 'Alba') FROM trip;
SELECT p_median(home, centre, km, km, 1) FROM trip;
SELECT p_median(home, 'X', people, km, 1) FROM trip;
SELECT p_median(home, centre, people, -km, 1) FROM trip;
SELECT p_median(home, centre, -people, km, 1) FROM trip;
SELECT maximal_cover(home, centre, people, km, 1, -1) FROM trip;
SELECT p_median(home, centre, 1e308, 1e308, 1) FROM trip;
-- three centres are open: what does each closing do, what would one more do?
CREATE TEMP TABLE now AS SELECT *, centre IN ('Alba', 'Dehesa', 'Hoya') AS is_open FROM trip;
SELECT site_id, users, extra_cost, round(mean_extra_cost::numeric, 2) AS mean_extra_cost, worst_cost, beyond_threshold, worst_extra_cost
FROM (SELECT closure_effect(home, centre, people, km, is_open, 8) AS c FROM now) q, unnest(c);
SELECT c.site_id AS closed, m.* FROM (SELECT closure_effect(home, centre, people, km, is_open, 8) AS c FROM now) q, unnest(q.c) c, unnest(c.moves) m;
SELECT site_id, users, saved_cost, round(mean_saved_cost::numeric, 2) AS mean_saved_cost, worst_cost, within_threshold
FROM (SELECT opening_effect(home, centre, people, km, is_open, 8) AS o FROM now) q, unnest(o) ORDER BY saved_cost DESC LIMIT 3;
-- by group: a weight for each
SELECT grp, site_id, round(users) AS users, round(mean_extra_cost::numeric, 2) AS mean_extra_cost, round(beyond_threshold) AS beyond_threshold
FROM (SELECT grp, closure_effect(home, centre, round(people * share), km, is_open, 8) AS c
      FROM now, LATERAL (VALUES ('over 65', 0.2 + 0.02 * length(home)), ('younger', 0.8 - 0.02 * length(home))) g (grp, share) GROUP BY grp) q, unnest(c) WHERE site_id <> 'Alba' ORDER BY 1, 2;
-- without a threshold; of a stored value; the last site; nobody; a village that reaches one site only
SELECT site_id, extra_cost, beyond_threshold FROM (SELECT closure_effect(home, centre, people, km, is_open) AS c FROM now) q, unnest(c);
SELECT closure_effect(s, 8) = (SELECT closure_effect(home, centre, people, km, is_open, 8) FROM now) AS closing, opening_effect(s, 8) = (SELECT opening_effect(home, centre, people, km, is_open, 8) FROM now) AS opening
FROM (SELECT location_state(home, centre, people, km, is_open) AS s FROM now) x;
SELECT c.* FROM (SELECT closure_effect(d, s, w, c, s <> 'Z', 4) AS c FROM (VALUES ('a', 'X', 5, 1::float8), ('b', 'X', 2, 3), ('b', 'Y', 2, 4), ('c', 'Y', 1, NULL), ('c', 'Z', 1, 1)) v (d, s, w, c)) q, unnest(q.c) c;
SELECT o.* FROM (SELECT opening_effect(d, s, w, c, s <> 'Z', 4) AS o FROM (VALUES ('a', 'X', 5, 1::float8), ('b', 'X', 2, 3), ('b', 'Y', 2, 4), ('c', 'Y', 1, NULL), ('c', 'Z', 1, 1)) v (d, s, w, c)) q, unnest(q.o) o;
SELECT closure_effect(home, centre, people, km, NULL, 8), opening_effect(home, centre, people, km, true, 8) FROM now;
SELECT closure_effect(home, centre, people, km, is_open, 8) FROM now WHERE false;
SELECT closure_effect(s, NULL) FROM stored;
SELECT closure_effect(home, centre, people, km, is_open, NULL) FROM now;
SELECT closure_effect(home, centre, people, km, is_open, -1) FROM now;
SELECT closure_effect(home, centre, people, km, home = 'Alba', 8) FROM now;
SELECT closure_effect(home, centre, 1e308, km, is_open, 8) FROM now;
-- nobody within the threshold says so: minutes against metres, or no site at all
SELECT (maximal_cover(home, centre, people, km * 1000 + 500, 2, 8)).objective FROM trip;
SELECT (maximal_cover(home, centre, people, NULL, 2, 8)).objective FROM trip;
SELECT (maximal_cover(home, centre, people, km, 2, 8, 0)).objective FROM trip;
SELECT (maximal_cover(home, centre, people, km, 2, 'infinity')).objective FROM trip;
