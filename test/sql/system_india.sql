-- system_india: the page doc/systems/india.md (India: Finance Commission shares)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE state (name text, people numeric, income numeric, area numeric, forest numeric, demographic numeric, effort numeric);
INSERT INTO state VALUES ('North', 200, 60, 240, 15, 1.0, 1.1), ('South', 70, 190, 130, 25, 1.6, 1.4), ('East', 100, 70, 90, 12, 1.1, 0.9), ('Hill', 3, 150, 55, 16, 1.2, 0.7);

WITH criteria AS (
    SELECT *, greatest(0, max(income) OVER () - income) * people AS distance FROM state
), shares AS (
    SELECT scenario, name, distance_weight * distance / sum(distance) OVER w + population_weight * people / sum(people) OVER w + 15 * area / sum(area) OVER w
           + 10 * forest / sum(forest) OVER w + 12.5 * demographic * people / sum(demographic * people) OVER w + 2.5 * effort * people / sum(effort * people) OVER w AS index
    FROM criteria, (VALUES ('law', 45, 15), ('reform', 35, 25)) s (scenario, distance_weight, population_weight)
    WINDOW w AS (PARTITION BY scenario)
)
SELECT name, max(share) FILTER (WHERE scenario = 'law') AS law, max(share) FILTER (WHERE scenario = 'reform') AS reform,
       max(share) FILTER (WHERE scenario = 'reform') - max(share) FILTER (WHERE scenario = 'law') AS change
FROM (SELECT scenario, name, apportionment(100.000, round(index, 12), 0.001) OVER (PARTITION BY scenario ORDER BY name) AS share FROM shares) t
GROUP BY name ORDER BY name;

SELECT 45 + 15 + 15 + 10 + 12.5 + 2.5 AS weights;
