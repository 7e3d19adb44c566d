SET search_path = terrbal, public;
-- ten villages with people, those over 65, homes without a car, income, change over ten years, births less deaths, km2; where services stand; minutes by road
CREATE TEMP TABLE village (village text, x int, y int, people int, old int, carless int, income int, before int, natural_balance int, area float8);
INSERT INTO village VALUES ('Alba', 0, 0, 9000, 1700, 1300, 14200, 8700, 90, 62), ('Berro', 9, 4, 1400, 380, 160, 12100, 1500, -60, 70), ('Cerro', 16, 2, 650, 220, 90, 10900, 790, -75, 88), ('Dehesa', 22, 12, 2300, 560, 300, 11800, 2350, -20, 120),
    ('Encina', 6, 17, 480, 190, 80, 10200, 610, -66, 95), ('Fresno', 3, 13, 300, 120, 45, 10600, 360, -31, 54), ('Granja', 31, 5, 210, 95, 40, 9800, 280, -44, 77), ('Hoya', 30, 18, 390, 150, 70, 10100, 470, -47, 101),
    ('Iruela', 14, 24, 160, 85, 30, 9500, 230, -39, 83), ('Junco', 20, 29, 120, 60, 25, 9700, 175, -28, 90);
CREATE TEMP TABLE service (kind text, village text, minutes int);
INSERT INTO service VALUES ('school', 'Alba', 15), ('school', 'Berro', 15), ('school', 'Dehesa', 15), ('surgery', 'Alba', 20), ('surgery', 'Dehesa', 20), ('surgery', 'Encina', 20), ('pharmacy', 'Alba', 20), ('pharmacy', 'Berro', 20), ('pharmacy', 'Dehesa', 20), ('bank', 'Alba', 25), ('bank', 'Dehesa', 25);
CREATE TEMP VIEW road AS SELECT a.village AS home, b.village AS site, round(1.8 * sqrt((a.x - b.x) ^ 2 + (a.y - b.y) ^ 2)::numeric)::float8 AS minutes FROM village a, village b;
-- the nearest service of each kind, and whether it is beyond its guarantee
CREATE TEMP VIEW nearest AS
SELECT home, kind, min(r.minutes) AS minutes, coalesce(min(r.minutes) > min(s.minutes), true) AS beyond FROM road r JOIN service s ON s.village = r.site GROUP BY home, kind;
-- deserts by kind and group: people beyond the guarantee, and their share
SELECT kind, coalesce(sum(people) FILTER (WHERE beyond), 0) AS people, round(100.0 * coalesce(sum(people) FILTER (WHERE beyond), 0) / sum(people), 1) AS percent, round(100.0 * coalesce(sum(old) FILTER (WHERE beyond), 0) / sum(old), 1) AS percent_of_old,
    round(100.0 * coalesce(sum(carless) FILTER (WHERE beyond), 0) / sum(carless), 1) AS percent_of_carless
FROM nearest JOIN village ON village = home GROUP BY kind ORDER BY kind;
-- how many services are missing in each village, and is it emptying?
SELECT village, people, count(*) FILTER (WHERE beyond) AS missing, string_agg(kind, ', ' ORDER BY kind) FILTER (WHERE beyond) AS which, (depopulation_risk(before, people, natural_balance, people / area)).at_risk AS emptying
FROM nearest JOIN village ON village = home GROUP BY village, people, before, natural_balance, area HAVING count(*) FILTER (WHERE beyond) > 0 ORDER BY missing DESC, people;
-- equity of the minutes: inequality, concentration among the poor, gap between groups
SELECT kind, round(gini(minutes, people)::numeric, 3) AS gini, round(palma_ratio(exp(-minutes / 10), people)::numeric, 2) AS palma, round(concentration_index(minutes, income, people)::numeric, 3) AS concentration, round((sum(minutes * people) / sum(people))::numeric, 1) AS minutes,
    round((sum(minutes * old) / sum(old) - sum(minutes * (people - old)) / sum(people - old))::numeric, 1) AS older_people_more
FROM nearest JOIN village ON village = home GROUP BY kind ORDER BY kind;
-- what a guarantee costs: services that stay, and the fewest that are needed besides
CREATE TEMP VIEW guarantee AS SELECT kind, home, site, r.minutes, s.guarantee, EXISTS (SELECT FROM service x WHERE (x.kind, x.village) = (s.kind, r.site)) AS stands FROM (SELECT kind, min(minutes) AS guarantee FROM service GROUP BY kind) s, road r;
SELECT kind, min(guarantee) AS minutes, (c).objective AS services, (c).objective - stand AS more, (c).proven, (SELECT string_agg(o, ', ' ORDER BY o) FROM unnest((c).open) o WHERE NOT EXISTS (SELECT FROM service x WHERE (x.kind, x.village) = (q.kind, o))) AS where_to
FROM (SELECT kind, guarantee, set_cover(home, site, minutes, guarantee, stands) AS c, count(DISTINCT site) FILTER (WHERE stands) AS stand FROM guarantee GROUP BY kind, guarantee) q GROUP BY kind, c, stand ORDER BY kind;
-- a bus that stops in three villages a week: the stops that most people without some service reach in fifteen minutes
SELECT (m).open AS stops, (m).objective AS people, (m).proven
FROM (SELECT maximal_cover(home, site, people, r.minutes, 3, 15) AS m FROM road r JOIN village v ON v.village = home WHERE home IN (SELECT home FROM nearest WHERE beyond) AND site NOT IN (SELECT village FROM service)) q;
-- a reform as two scenarios side by side: the surgery of Encina closes, one in Hoya opens
CREATE TEMP VIEW reform AS
SELECT home, people, old, income, min(minutes) FILTER (WHERE site IN ('Alba', 'Dehesa', 'Encina')) AS before, min(minutes) FILTER (WHERE site IN ('Alba', 'Dehesa', 'Hoya')) AS after FROM road JOIN village ON village = home GROUP BY home, people, old, income;
SELECT coalesce(sum(people) FILTER (WHERE after > before), 0) AS losers, coalesce(sum(people) FILTER (WHERE after < before), 0) AS winners, round(sum(people * (after - before))::numeric) AS person_minutes, coalesce(sum(people) FILTER (WHERE before <= 20 AND after > 20), 0) AS fall_out, coalesce(sum(people) FILTER (WHERE before > 20 AND after <= 20), 0) AS come_in,
    round(gini(before, people)::numeric, 3) AS gini_before, round(gini(after, people)::numeric, 3) AS gini_after FROM reform;
