-- simulator: the page doc/simulator.md (marginal rates, traps, winners and losers, guarantees, paths)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE municipality (name text PRIMARY KEY, people bigint, effort numeric, inverse numeric, minimum numeric);
INSERT INTO municipality VALUES ('Alcor', 826, 1.515, 1.848, 130000.00), ('Brozas', 1890, 0.93, 1.61, 330000.00), ('Cepeda', 5478, 0.807, 1.778, 690000.00), ('Dehesa', 863, 1.03, 1.51, 150000.00),
    ('Encina', 25331, 1.12, 1.21, 3900000.00), ('Fuente', 57100, 1.24, 0.87, 8000000.00), ('Granja', 310, 0.74, 2.05, 61000.00), ('Huerta', 12040, 1.08, 1.33, 1500000.00), ('Ibor', 5000, 0.98, 1.55, 600000.00);
CREATE TEMP TABLE change (variant text, name text, people bigint, effort numeric);
INSERT INTO change VALUES ('as it is', NULL, 0, 0);
INSERT INTO change SELECT 'inhabitant ' || name, name, 1, 0 FROM municipality UNION ALL SELECT 'effort ' || name, name, 0, 0.01 FROM municipality;
CREATE TEMP VIEW pie AS
SELECT scenario, variant, name, people, minimum, damped_share(20000000, formula, minimum, 0.000001) OVER (PARTITION BY scenario, variant ORDER BY name) AS final
FROM (SELECT *, apportionment(15000000, people * step_value(people, ARRAY[5000, 20000, 50000, NULL], ARRAY[1.00, 1.17, 1.30, top]), 0.000001) OVER w
             + apportionment(2500000, effort * people, 0.000001) OVER w + apportionment(2500000, inverse * people, 0.000001) OVER w AS formula
      FROM (SELECT scenario, top, variant, m.name, m.people + CASE WHEN m.name = c.name THEN c.people ELSE 0 END AS people, m.effort + CASE WHEN m.name = c.name THEN c.effort ELSE 0 END AS effort, m.inverse, m.minimum
            FROM municipality m, change c, (VALUES ('law', 1.40), ('reform', 1.50)) s (scenario, top)) v
      WINDOW w AS (PARTITION BY scenario, variant ORDER BY name)) f;

SELECT name, a.people, round(a.final / a.people, 2) AS average, round(b.final - a.final, 2) AS one_inhabitant, round(e.final - a.final, 2) AS hundredth_of_effort, a.final = a.minimum AS at_minimum
FROM pie a JOIN pie b USING (scenario, name) JOIN pie e USING (scenario, name)
WHERE scenario = 'law' AND a.variant = 'as it is' AND b.variant = 'inhabitant ' || name AND e.variant = 'effort ' || name ORDER BY name;

SELECT name, round(b.final - a.final, 2) AS change FROM pie a JOIN pie b USING (scenario, name) WHERE scenario = 'law' AND a.variant = 'as it is' AND b.variant = 'inhabitant Ibor' ORDER BY change, name;

CREATE TEMP TABLE land (name text PRIMARY KEY, state_tax numeric, municipal_tax numeric, people numeric, weight numeric);
INSERT INTO land VALUES ('Bayern', 42000, 13300, 13000, 1.00), ('Hessen', 19500, 6700, 6200, 1.00), ('Sachsen', 10300, 2050, 4050, 1.00), ('Berlin', 9700, 3200, 3650, 1.35), ('Bremen', 1750, 540, 680, 1.35);
CREATE TEMP TABLE million (variant text, richer text, state numeric, municipal numeric);
INSERT INTO million VALUES ('as it is', '', 0, 0);
INSERT INTO million SELECT 'state', name, 1, 0 FROM land UNION ALL SELECT 'municipal', name, 0, 1 FROM land;
CREATE TEMP VIEW fag AS
WITH own AS (
    SELECT variant, richer, name, people, people * weight AS need, state_tax + CASE WHEN name = richer THEN state ELSE 0 END AS state_tax, municipal_tax + CASE WHEN name = richer THEN municipal ELSE 0 END AS municipal_tax FROM land, million
), levelled AS (
    SELECT *, (equalisation(state_tax + 0.75 * municipal_tax, need, 0.63, NULL, 0.00000001) OVER w).transfer AS horizontal, sum(state_tax + 0.75 * municipal_tax) OVER v / sum(need) OVER v AS standard, sum(municipal_tax) OVER v / sum(people) OVER v AS mean_municipal
    FROM own WINDOW w AS (PARTITION BY variant, richer ORDER BY name), v AS (PARTITION BY variant, richer)
), granted AS (
    SELECT *, 0.80 * greatest(0, 0.9975 * need * standard - state_tax - 0.75 * municipal_tax - horizontal) AS general, 0.535 * greatest(0, 0.80 * mean_municipal * people - municipal_tax) AS municipal_grant FROM levelled
)
SELECT *, state_tax + municipal_tax + horizontal + general + municipal_grant AS money FROM granted;

SELECT name, round(100 * (state_tax + 0.75 * municipal_tax) / need / standard, 1) AS strength, round(100 * municipal_tax / people / mean_municipal, 1) AS municipal_tax, round(horizontal, 1) AS horizontal, round(general, 1) AS general, round(municipal_grant, 1) AS municipal_grant
FROM fag WHERE variant = 'as it is' ORDER BY name;

SELECT name, round(100 * (1 - (s.money - a.money)), 1) AS taken_of_state_tax, round(100 * (1 - (m.money - a.money)), 1) AS taken_of_municipal_tax
FROM fag a JOIN fag s USING (name) JOIN fag m USING (name)
WHERE a.variant = 'as it is' AND s.variant = 'state' AND s.richer = name AND m.variant = 'municipal' AND m.richer = name ORDER BY name;

SELECT name, round(m.horizontal - a.horizontal, 4) AS horizontal, round(m.general - a.general, 4) AS general, round(m.municipal_grant - a.municipal_grant, 4) AS municipal_grant, round(m.money - a.money, 4) AS together
FROM fag a JOIN fag m USING (name) WHERE a.variant = 'as it is' AND m.variant = 'municipal' AND m.richer = 'Sachsen' ORDER BY name;

CREATE TEMP TABLE place AS
SELECT i AS id, people, class, coast, round(people * (180 + 3 * (i * 37 % 101) + CASE WHEN coast THEN 120 ELSE 0 END + CASE class WHEN 'city' THEN 150 WHEN 'town' THEN 60 ELSE 0 END))::numeric AS capacity
FROM (SELECT i, (CASE WHEN i % 30 = 0 THEN 6000 WHEN i % 6 = 0 THEN 2500 ELSE 600 END * (1 + (i * 53 % 89) / 50.0))::bigint AS people, CASE WHEN i % 30 = 0 THEN 'city' WHEN i % 6 = 0 THEN 'town' ELSE 'rural' END AS class, i * 7 % 11 < 4 AS coast FROM generate_series(1, 300) i) p;
CREATE TEMP TABLE law (scenario text, by_people numeric, by_gap numeric);
INSERT INTO law VALUES ('old', 0.80, 0.20), ('new', 0.50, 0.50);
CREATE TEMP VIEW granted AS
SELECT scenario, id, people, class, coast, capacity, apportionment(by_people * 45000000, people) OVER w + apportionment(by_gap * 45000000, greatest(0, standard * people - capacity)) OVER w AS amount
FROM (SELECT *, 1.1 * sum(capacity) OVER () / sum(people) OVER () AS standard FROM place) p, law WINDOW w AS (PARTITION BY scenario ORDER BY id);
CREATE TEMP TABLE gain AS
SELECT id, people, class, coast, o.amount AS old, n.amount AS new, n.amount - o.amount AS gain, ceil(10 * (sum(people) OVER (ORDER BY capacity / people, id) - people / 2.0) / sum(people) OVER ()) AS decile
FROM granted o JOIN granted n USING (id, people, class, coast, capacity) WHERE o.scenario = 'old' AND n.scenario = 'new';

SELECT decile, count(*) AS places, sum(people) AS people, count(*) FILTER (WHERE gain > 0) AS winners, sum(gain) AS gain, round(sum(gain) / sum(people), 2) AS per_head, round(min(gain / people), 2) AS worst, round(max(gain / people), 2) AS best
FROM gain GROUP BY ROLLUP (decile) ORDER BY decile;

SELECT class, CASE WHEN coast THEN 'coast' WHEN NOT coast THEN 'inland' END AS place, count(*) AS places, count(*) FILTER (WHERE gain < 0) AS losers, sum(gain) AS gain, round(sum(gain) / sum(people), 2) AS per_head
FROM gain GROUP BY GROUPING SETS ((class, coast), (class), (coast), ()) ORDER BY grouping(class, coast), class, coast;

SELECT share, count(*) FILTER (WHERE final = floor) AS held, coalesce(sum(final - new) FILTER (WHERE final > new), 0) AS cost, round(max(1 - (final - floor) / nullif(new - floor, 0)) FILTER (WHERE new > floor), 4) AS taken, sum(final) AS total
FROM (SELECT share, new, round(share * old, 2) AS floor, damped_share(45000000, new, round(share * old, 2)) OVER (PARTITION BY share ORDER BY id) AS final FROM gain, unnest(ARRAY[0, 0.80, 0.90, 0.95, 1.00]) share) g
GROUP BY share ORDER BY share;

WITH RECURSIVE path AS (
    SELECT 0 AS year, id, old AS amount, new FROM gain
    UNION ALL
    SELECT year + 1, id, damped_share(45000000, new, ceil(95 * amount) / 100) OVER (ORDER BY id), new FROM path WHERE year < 12
)
SELECT year, sum(amount) AS total, count(*) FILTER (WHERE amount = new) AS arrived, round(sum(abs(amount - new)) / 2, 2) AS misplaced, round(min(amount / new), 3) AS least, round(max(amount / new), 3) AS most
FROM path WHERE year IN (0, 1, 2, 4, 8, 12) GROUP BY year ORDER BY year;
