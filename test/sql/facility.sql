SET search_path = terrbal, public;
CREATE TEMP TABLE village (village text, x float8, y float8, people int);
INSERT INTO village VALUES ('Alba', 0, 0, 900), ('Berro', 6, 2, 400), ('Cerro', 12, 1, 250), ('Dehesa', 14, 8, 700), ('Encina', 5, 11, 300), ('Fresno', 1, 9, 150),
    ('Granja', 20, 3, 120), ('Hoya', 19, 12, 200);
-- km between any two villages: each could have the health centre
CREATE TEMP TABLE trip AS
SELECT a.village AS home, b.village AS centre, a.people, round(sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2)::numeric, 1)::float8 AS km FROM village a, village b;
-- two centres for 1,600 people each
SELECT round(objective) AS person_km, round(bound) AS bound, gap, proven, open FROM (SELECT (p_median(home, centre, people, km, 2, 1600)).* FROM trip) s;
SELECT capacity, round(objective) AS person_km, open, users FROM (SELECT capacity, (p_median(home, centre, people, km, 2, capacity)).* FROM trip, unnest(ARRAY[1520, 1600, 2000, NULL]) capacity GROUP BY capacity) s,
    LATERAL (SELECT array_agg(u.users ORDER BY u.site_id) AS users FROM unnest(sites) u) u ORDER BY capacity;
SELECT a.demand_id AS village, a.site_id AS goes_to, a.cost AS km, n.site_id AS nearest, n.cost AS nearest_km FROM (SELECT p_median(home, centre, people, km, 2, 1520) AS m FROM trip) q, unnest((m).assignment) a,
    LATERAL (SELECT centre AS site_id, km AS cost FROM trip WHERE home = a.demand_id AND centre = ANY ((m).open) ORDER BY km LIMIT 1) n WHERE n.site_id <> a.site_id;
-- a capacity of its own for each place, and one that stays
SELECT round(objective) AS person_km, gap, open FROM (SELECT (p_median(home, centre, people, km, 3, centre = 'Fresno', CASE WHEN centre IN ('Alba', 'Dehesa') THEN 1500 ELSE 800 END)).* FROM trip) s;
SELECT objective AS people, unserved, open FROM (SELECT (maximal_cover(home, centre, people, km, 2, 8, 1200)).* FROM trip) s;
SELECT objective AS people, unserved, open FROM (SELECT (maximal_cover(home, centre, people, km, 2, 8, centre = 'Fresno', 1200)).* FROM trip) s;
SELECT objective AS centres, open FROM (SELECT (set_cover(home, centre, people, km, 8, 1000)).* FROM trip) s;
SELECT objective AS centres, open FROM (SELECT (set_cover(home, centre, people, km, 8, centre = 'Fresno', 1000)).* FROM trip) s;
SELECT objective AS worst_km, open FROM (SELECT (p_centre(home, centre, people, km, 3, 1100)).* FROM trip) s;
SELECT objective AS worst_km, open FROM (SELECT (p_centre(home, centre, people, km, 3, centre = 'Fresno', 1300)).* FROM trip) s;
-- a centre opens for 500 people at least; it costs 300 and a tenth for each person of its village, in thousands
CREATE TEMP TABLE priced AS SELECT t.*, 300 + s.people / 10.0 AS price FROM trip t JOIN village s ON s.village = t.centre;
SELECT budget, round(objective) AS person_km, gap, open FROM (SELECT budget, (p_median(home, centre, people, km, 8, false, 1600, 500, price, budget)).* FROM priced, unnest(ARRAY[700, 750, 1050, 1400, 2000]) budget GROUP BY budget) s ORDER BY budget;
SELECT objective AS people, gap, open FROM (SELECT (maximal_cover(home, centre, people, km, 8, 8, false, NULL, 500, price, 1000)).* FROM priced) s;
-- states
CREATE TEMP TABLE stored AS SELECT facility_state(home, centre, people, km, false, 1600) AS s, facility_state(home, centre, people, km, false, 1600, 500, price) AS full_state FROM priced;
SELECT p, round((p_median(s, p)).objective) AS person_km, (maximal_cover(s, p, 8)).objective AS people, (p_centre(s, p)).objective AS worst_km FROM stored, generate_series(2, 4) p;
SELECT round((p_median(full_state, 8, 1050)).objective) AS person_km, (maximal_cover(full_state, 8, 8, 1050)).objective AS people, (set_cover(s, 8)).objective AS centres FROM stored;
SELECT p_median(rollup(s), 2) = (SELECT p_median(home, centre, people, km, 2, 1600) FROM trip) AS same FROM (SELECT facility_state(home, centre, people, km, NULL, 1600) AS s FROM trip GROUP BY centre) x;
-- no limit
SELECT p_median(home, centre, people, km, 2, NULL::float8) = p_median(home, centre, people, km, 2) AS same, p_median(home, centre, people, km, 2, 'Infinity'::float8) = p_median(home, centre, people, km, 2) AS infinite FROM trip;
-- what is missing
SELECT p_median(home, centre, people, km, 2, 1500) FROM trip;
SELECT p_median(home, centre, people, km, 8, 800) FROM trip;
SELECT p_median(home, centre, people, km, 2, 1515) FROM trip;
SELECT p_centre(home, centre, people, km, 2, 1515) FROM trip;
SELECT set_cover(home, centre, people, km, 30, 1515) FROM trip WHERE centre IN ('Alba', 'Dehesa');
SELECT p_median(home, centre, people, km, 8, false, NULL, 500, price, 300) FROM priced;
SELECT set_cover(home, centre, people, km, 8, 600) FROM trip WHERE home <> 'Alba' AND centre <> 'Hoya' AND people > 600;
SELECT set_cover(home, centre, people, km, 2, 2000) FROM trip WHERE home <> centre;
SELECT p_median(home, centre, people, km, 2, centre = 'Alba', 1600, 0, 5, 4) FROM trip;
SELECT p_median(home, centre, people, km, 2, centre = 'Alba', NULL, 5000, 0, NULL) FROM trip;
SELECT p_median(home, centre, people, km, 1, centre IN ('Alba', 'Hoya'), 5000) FROM trip;
SELECT p_median(home, centre, people, km, 2, people) FROM trip;
SELECT p_median(home, centre, people, km, 2, -1) FROM trip;
SELECT p_median(home, centre, people, km, 2, false, 10, 20, 0, NULL) FROM trip;
SELECT p_median(home, centre, people, km, 2, false, 1600, 0, 0, people) FROM trip;
SELECT p_median(home, centre, people, km, 2, 1600) FROM trip WHERE false;
SELECT p_median(s) FROM stored;
SELECT set_cover(s) FROM stored;
-- no budget, of a stored state as of rows
SELECT p_median(s, 8, NULL) = p_median(s, 8) AS same, maximal_cover(s, 8, 8, NULL) = maximal_cover(s, 8, 8) AS same_cover, p_median(s, NULL, 1000) IS NULL AS no_p FROM (SELECT facility_state(home, centre, people, km, false, NULL, 500, price) AS s FROM priced) x;
