-- system_spain: the page doc/systems/spain.md (Spain: the guarantee fund of the regions)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT region, round(capacity * 0.75, 2) AS paid, apportionment(1500.00, people) OVER w AS received, capacity - 0.75 * capacity + apportionment(1500.00, people) OVER w AS after_fund,
       capacity - 0.75 * capacity + apportionment(1500.00, people) OVER w + later AS final
FROM (VALUES ('A', 1200, 1, -100), ('B', 800, 1, 150)) t (region, capacity, people, later)
WINDOW w AS (ORDER BY region);

SELECT rank_reversals(capacity, after_fund) AS by_the_fund, rank_reversals(after_fund, final) AS by_later_funds, (equalisation_effect(capacity, final)).equalisation_degree AS degree
FROM (VALUES (1200, 1050, 950), (800, 950, 1100)) t (capacity, after_fund, final);

CREATE TEMP TABLE region (name text, people numeric, protected numeric, school numeric, old numeric, area numeric, dispersion numeric, island numeric);
INSERT INTO region VALUES ('Costa', 5000, 4800, 800, 900, 12000, 200, 0), ('Isla', 1200, 1150, 200, 180, 5000, 60, 1000), ('Meseta', 2000, 2100, 280, 520, 94000, 2300, 0);

WITH adjusted AS (
    SELECT name, people, (30 * people / sum(people) OVER () + 38 * protected / sum(protected) OVER () + 20.5 * school / sum(school) OVER () + 8.5 * old / sum(old) OVER ()
           + 1.8 * area / sum(area) OVER () + 0.6 * dispersion / sum(dispersion) OVER () + 0.6 * island / sum(island) OVER ()) / 100 * sum(people) OVER () AS adjusted
    FROM region
)
SELECT name, people, round(adjusted, 1) AS adjusted, apportionment(25000000.00, round(adjusted, 6)) OVER (ORDER BY name) AS share FROM adjusted ORDER BY name;
