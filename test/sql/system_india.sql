-- system_india: the page doc/systems/india.md (India: Finance Commission shares)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE state (name text, people numeric, income numeric, area numeric, forest numeric, demographic numeric, effort numeric, output numeric);
INSERT INTO state VALUES ('North', 200, 60, 240, 15, 1.0, 1.1, 120), ('South', 70, 190, 130, 25, 1.6, 1.4, 133), ('East', 100, 70, 90, 12, 1.1, 0.9, 70), ('Hill', 3, 150, 55, 16, 1.2, 0.7, 4.5);

WITH criteria AS (
    SELECT *, greatest(0, max(income) OVER () - income) * people AS distance FROM state
), shares AS (
    SELECT commission, name, w_distance * distance / sum(distance) OVER w + w_people * people / sum(people) OVER w + w_area * area / sum(area) OVER w + w_forest * forest / sum(forest) OVER w
           + w_demographic * demographic * people / sum(demographic * people) OVER w + w_effort * effort * people / sum(effort * people) OVER w + w_output * output / sum(output) OVER w AS index
    FROM criteria, (VALUES ('XV', 45, 15, 15, 10, 12.5, 2.5, 0), ('XVI', 42.5, 17.5, 10, 10, 10, 0, 10)) c (commission, w_distance, w_people, w_area, w_forest, w_demographic, w_effort, w_output)
    WINDOW w AS (PARTITION BY commission)
)
SELECT name, max(share) FILTER (WHERE commission = 'XV') AS xv, max(share) FILTER (WHERE commission = 'XVI') AS xvi,
       max(share) FILTER (WHERE commission = 'XVI') - max(share) FILTER (WHERE commission = 'XV') AS change
FROM (SELECT commission, name, apportionment(100.000, round(index, 12), 0.001) OVER (PARTITION BY commission ORDER BY name) AS share FROM shares) t
GROUP BY name ORDER BY name;
