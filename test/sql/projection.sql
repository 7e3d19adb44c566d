SET search_path = terrbal, public;
-- Sweden 1993, women: people, person-years lived per 100,000 born, births per woman and year
CREATE TEMP TABLE sweden (age int, people float8, lived float8, births float8);
INSERT INTO sweden VALUES (0, 293395, 497487, 0), (5, 248369, 497138, 0), (10, 240012, 496901, 0), (15, 261346, 496531, 0.0120), (20, 285209, 495902, 0.0908), (25, 314388, 495168, 0.1499), (30, 281290, 494213, 0.1125),
    (35, 286923, 492760, 0.0441), (40, 304108, 490447, 0.0074), (45, 324946, 486613, 0.0003), (50, 247613, 480665, 0), (55, 211351, 471786, 0), (60, 215140, 457852, 0), (65, 221764, 436153, 0), (70, 223506, 402775, 0),
    (75, 183654, 350358, 0), (80, 141990, 271512, 0), (85, 112424, 291707, 0);
CREATE TEMP VIEW aged AS SELECT *, lead(age) OVER w AS next_age, CASE WHEN age < 80 THEN lead(lived) OVER w / lived ELSE 291707 / (271512 + 291707.0) END AS survival, lead(births) OVER w AS next_births FROM sweden WINDOW w AS (ORDER BY age);
-- survivors go to the next age, the oldest stay; a woman bears at the mean of the rates of both ages, 1 of 2.05 children is a girl
CREATE TEMP VIEW moves AS
SELECT age, coalesce(next_age, age) AS to_age, survival AS rate, people FROM aged
UNION ALL SELECT age, 0, 5 / 2.0 * (births + survival * coalesce(next_births, 0)) / 2.05 * 497487 / 500000, people FROM aged WHERE births + coalesce(next_births, 0) > 0;
-- the rates of one step as rows
SELECT age, to_age, round(rate::numeric, 6) AS rate FROM moves WHERE age IN (20, 80, 85) ORDER BY age, to_age DESC;
-- five years later
SELECT string_agg(round(population)::text, ' ' ORDER BY cell) AS by_age, round(sum(population)::numeric, 2) AS women
FROM (SELECT projection(to_char(age, 'FM00'), to_char(to_age, 'FM00'), rate, people, 1) AS p FROM moves) s, unnest(p) WHERE step = 1;
-- half a century
SELECT step * 5 + 1993 AS year, round(sum(population)) AS women, round(100 * (sum(population) FILTER (WHERE cell >= '65') / sum(population))::numeric, 1) AS over_65_percent
FROM (SELECT projection(to_char(age, 'FM00'), to_char(to_age, 'FM00'), rate, people, 10) AS p FROM moves) s, unnest(p) WHERE step % 5 = 0 GROUP BY step ORDER BY step;
-- a valley and its city in steps of twenty years: people, who lives on, children per head, who moves to the other zone
CREATE TEMP TABLE region (zone text, age int, people float8, survival float8, children float8, leaves float8);
INSERT INTO region VALUES ('city', 0, 30000, 0.995, 0.35, 0.01), ('city', 20, 38000, 0.985, 0.45, 0.02), ('city', 40, 34000, 0.93, 0, 0.03), ('city', 60, 30000, 0.45, 0, 0.01),
    ('valley', 0, 4200, 0.995, 0.34, 0.45), ('valley', 20, 4100, 0.985, 0.44, 0.12), ('valley', 40, 6300, 0.93, 0, 0.03), ('valley', 60, 7900, 0.45, 0, 0.03);
CREATE TEMP TABLE scenario (scenario text, moving float8);
INSERT INTO scenario VALUES ('closed', 0), ('as today', 1), ('half of the young stay', 0.5);
-- from cell to cell: to the next age here and there, and children who stay with their parents
CREATE TEMP VIEW region_moves AS
SELECT scenario, r.zone || r.age AS from_cell, z.zone || least(r.age + 20, 60) AS to_cell, people, survival * CASE WHEN z.zone = r.zone THEN 1 - share ELSE share END AS rate
FROM region r, (VALUES ('city'), ('valley')) z (zone), scenario s, LATERAL (SELECT leaves * CASE WHEN r.zone = 'valley' AND age < 40 THEN moving WHEN moving = 0 THEN 0 ELSE 1 END) m (share)
UNION ALL SELECT scenario, zone || age, zone || 0, people, children FROM region, scenario WHERE children > 0;
-- three futures of the valley
SELECT scenario, step * 20 + 2020 AS year, round(sum(population) FILTER (WHERE cell LIKE 'valley%')) AS valley, round(100 * (sum(population) FILTER (WHERE cell = 'valley60') / sum(population) FILTER (WHERE cell LIKE 'valley%'))::numeric) AS over_60_percent,
    round(sum(population) FILTER (WHERE cell LIKE 'city%')) AS city
FROM (SELECT scenario, projection(from_cell, to_cell, rate, people, 3) AS p FROM region_moves GROUP BY scenario) s, unnest(p) GROUP BY scenario, step ORDER BY scenario, step;
-- life expectancy: deaths and person-years of an abridged table
CREATE TEMP TABLE mortality (age int, deaths int, person_years int);
INSERT INTO mortality VALUES (0, 14, 3980), (1, 3, 16100), (5, 2, 21000), (10, 2, 22400), (15, 7, 23800), (20, 10, 24600), (25, 12, 27000), (30, 17, 31000), (35, 26, 34000), (40, 44, 36500), (45, 79, 38200), (50, 128, 37600),
    (55, 196, 35200), (60, 280, 33000), (65, 372, 30100), (70, 520, 27400), (75, 760, 23800), (80, 1150, 19900), (85, 2100, 15200);
-- q from m by the fraction a of the interval that the dying live (0.1 in the first year, half of it later), then survivors l and years lived
CREATE TEMP VIEW life_table AS
WITH rate AS (SELECT age, deaths, deaths::float8 / person_years AS m, lead(age) OVER (ORDER BY age) - age AS width, CASE WHEN age = 0 THEN 0.1 ELSE 0.5 END::float8 AS a FROM mortality),
    death AS (SELECT *, CASE WHEN width IS NULL THEN 1 ELSE width * m / (1 + width * (1 - a) * m) END AS q FROM rate),
    life AS (SELECT *, coalesce(exp(sum(CASE WHEN q < 1 THEN ln(1 - q) END) OVER (ORDER BY age ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)), 1) AS l FROM death)
SELECT *, CASE WHEN width IS NULL THEN l / m ELSE width * l * (1 - q * (1 - a)) END AS lived FROM life;
-- expectancy is the years lived from an age on over the survivors to it; its standard error after Chiang
SELECT age, round(q::numeric, 5) AS q, round(100000 * l) AS survivors, round(e::numeric, 2) AS expectancy,
    round((sqrt(sum((l * (e_next + (1 - a) * width)) ^ 2 * q ^ 2 * (1 - q) / nullif(deaths, 0)) OVER (ORDER BY age DESC)) / l)::numeric, 3) AS se
FROM (SELECT *, lead(e) OVER (ORDER BY age) AS e_next FROM (SELECT *, sum(lived) OVER (ORDER BY age DESC) / l AS e FROM life_table) t) u ORDER BY age;
-- standardised rates: births with Down syndrome per 100,000, by birth order, at the ages of all mothers
CREATE TEMP TABLE mothers (birth_order int, age text, cases int, births int, standard float8);
INSERT INTO mothers VALUES (1, 'Under 20', 107, 230061, 63986.6), (1, '20-24', 141, 329449, 186263.6), (1, '25-29', 60, 114920, 157302.2), (1, '30-34', 40, 39487, 97647), (1, '35-39', 39, 14208, 47572.6), (1, '40+', 25, 3052, 12262.6),
    (5, 'Under 20', 0, 327, 63986.6), (5, '20-24', 8, 30666, 186263.6), (5, '25-29', 63, 123419, 157302.2), (5, '30-34', 112, 149919, 97647), (5, '35-39', 262, 104088, 47572.6), (5, '40+', 295, 34392, 12262.6);
SELECT birth_order, round((100000 * crude)::numeric, 2) AS crude, round((100000 * rate)::numeric, 2) AS standardised, round((100000 * chi_square_quantile(0.025, 2 * rate ^ 2 / v) * v / (2 * rate))::numeric, 2) AS low,
    round((100000 * chi_square_quantile(0.975, 2 * (rate + w) ^ 2 / (v + w ^ 2)) * (v + w ^ 2) / (2 * (rate + w)))::numeric, 2) AS high
FROM (SELECT birth_order, sum(cases)::float8 / sum(births) AS crude, sum(share * cases) AS rate, sum(share ^ 2 * cases) AS v, max(share) AS w
      FROM (SELECT *, standard / sum(standard) OVER (PARTITION BY birth_order) / births AS share FROM mothers) m GROUP BY birth_order) r ORDER BY birth_order;
-- net migration by age: the cohort of ten years ago, survived, against those who are here (Greater Bombay, men, 1941 to 1951)
SELECT age, round((m).forward::numeric, 1) AS forward, round((m).reverse::numeric, 1) AS reverse, round((m).average::numeric, 1) AS average
FROM (SELECT age, survival_migration(before, after, ratio) AS m FROM (VALUES ('10-14', 77135, 132870, 0.9087), ('20-24', 79185, 263971, 0.9471), ('30-34', 126247, 195373, 0.9223), ('50-54', 81626, 65897, 0.8548)) v (age, before, after, ratio)) s;
-- stored by zone and rolled up; a longer question of the same state; nobody leaves: nothing changes
SELECT (SELECT projection(rollup(s)) FROM (SELECT projection_state(from_cell, to_cell, rate, people, 3) AS s FROM region_moves WHERE scenario = 'as today' GROUP BY left(from_cell, 4)) x)
    = (SELECT projection(from_cell, to_cell, rate, people, 3) FROM region_moves WHERE scenario = 'as today') AS same;
SELECT count(*) FROM (SELECT unnest(projection(projection_state(from_cell, to_cell, rate, people, 3), 7)) FROM region_moves WHERE scenario = 'as today') x;
SELECT projection(c, c, 1, n, 2) FROM (VALUES ('a', 5), ('b', 7)) v (c, n);
-- a cell that nobody leaves alive, one that begins empty, rows that say nothing
SELECT projection(f, t, r, n, 1) FROM (VALUES ('old', NULL, NULL, 9::float8), ('young', 'old', 0.5, 4), ('young', 'away', 0.25, 4), ('x', 'y', NULL, 3), (NULL, 'y', 1, 3), ('z', 'y', 1, NULL)) v (f, t, r, n);
SELECT projection('a', 'b', 1, 1, 1) WHERE false;
SELECT projection(f, 'b', 1, n, 1) FROM (VALUES ('a', 1), ('a', 2)) v (f, n);
SELECT projection('a', 'b', -1, 1, 1);
SELECT projection('a', 'b', 1, -1, 1);
SELECT projection('a', 'b', 1, 1, 0);
SELECT projection('a', 'b', 1, 1, NULL);
SELECT projection('a', 'b', 1, 1, 1001);
SELECT projection('a', 'b', 1, 1, n) FROM generate_series(1, 2) n;
SELECT projection('a', 'a', 1e200, 1e200, 2);
SELECT projection(s, NULL) FROM (SELECT projection_state('a', 'b', 1, 1, 1) AS s) x;
