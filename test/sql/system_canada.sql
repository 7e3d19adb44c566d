-- system_canada: the page doc/systems/canada.md (Canada: Equalization)
\set VERBOSITY default
SET search_path = terrbal, public;

-- 2025-26 from its published inputs
CREATE TEMP TABLE equalization (province text, non_resource numeric, resource numeric, people numeric, published numeric);
INSERT INTO equalization VALUES
    ('NL',  8678, 2955,   532.0,  212), ('PE',  7807,    1,   169.3, 3936), ('NS',  8375,   41,  1035.3, 3349), ('NB',  7862,  111,   817.6, 3827), ('QC',  9767,  525,  8740.0, 1553),
    ('ON', 11786,   24, 15200.0,   36), ('MB',  8422,   80,  1428.7, 3282), ('SK', 10458, 2655,  1191.0,    0), ('AB', 13138, 4510,  4583.0,    0), ('BC', 12996,  747,  5405.0,    0);

WITH gap AS (
    SELECT *, sum(non_resource * people) OVER () / sum(people) OVER () - non_resource AS gap, sum(resource * people) OVER () / sum(people) OVER () - resource AS resource_gap, non_resource + resource AS capacity
    FROM equalization
), entitled AS (
    SELECT *, gap + 0.5 * resource_gap > 0 AS receives, greatest(0, gap, gap + 0.5 * resource_gap) AS entitlement FROM gap
), capped AS (
    SELECT *, least(entitlement, greatest(0, min(capacity) FILTER (WHERE NOT receives) OVER () - capacity)) AS payment FROM entitled
), rest AS (
    SELECT *, 26170000 - round(sum(payment * people) OVER ()) AS rest, max(capacity + payment) FILTER (WHERE receives) OVER () AS highest FROM capped
)
SELECT province, round(entitlement) AS entitlement, round(payment) AS after_cap, round(payment + (added).amount / people) AS computed, published, (added).status
FROM (SELECT *, pool_share(rest, CASE WHEN receives THEN 0 ELSE (highest - capacity) * people END, people, 0, NULL, 1) OVER (ORDER BY province) AS added FROM rest) t
ORDER BY province;

-- from bases to payments
CREATE TEMP TABLE source (province text, year int, source text, base numeric, revenue numeric);
INSERT INTO source
SELECT p, y, s, base * (1 + 0.02 * (y - 1)), revenue * (1 + 0.03 * (y - 1))
FROM (VALUES ('East', 'income', 9000, 1100), ('East', 'sales', 7000, 700), ('Centre', 'income', 60000, 7800), ('Centre', 'sales', 42000, 3900),
             ('West', 'income', 40000, 4400), ('West', 'sales', 24000, 1300), ('North', 'income', 2500, 330), ('North', 'sales', 2600, 240)) t (p, s, base, revenue),
     generate_series(1, 3) y;
CREATE TEMP TABLE people (province text, year int, n numeric);
INSERT INTO people SELECT p, y, n * (1 + 0.01 * (y - 1)) FROM (VALUES ('East', 800), ('Centre', 4000), ('West', 2200), ('North', 250)) t (p, n), generate_series(1, 3) y;

WITH standardised AS (
    SELECT province, year, sum(yield) AS yield
    FROM (SELECT province, year, standard_yield(base, revenue) OVER (PARTITION BY year, source) AS yield FROM source) s GROUP BY province, year
), averaged AS (
    SELECT province, averaged_capacity(array_agg(yield ORDER BY year), array_agg(n ORDER BY year), ARRAY[0.25, 0.25, 0.5]) AS per_head, max(n) AS n
    FROM standardised JOIN people USING (province, year) GROUP BY province
), gaps AS (
    SELECT province, n, per_head, round(greatest(0, sum(per_head * n) OVER () / sum(n) OVER () - per_head) * n, 2) AS payment FROM averaged
), entitled AS (
    SELECT * FROM gaps WHERE payment > 0
)
SELECT scenario, province, round(per_head, 4) AS capacity, payment, equal_cut(cut, payment, n) OVER w AS after_cut
FROM entitled, (VALUES ('no envelope', 0.00), ('envelope', 100.00)) s (scenario, cut)
WINDOW w AS (PARTITION BY scenario ORDER BY province)
ORDER BY scenario DESC, province;

SELECT province, levelling_transfer(60.00, capacity, n) OVER w AS addition,
       round((capacity + levelling_transfer(60.00, capacity, n) OVER w) / n, 4) AS per_head
FROM (VALUES ('East', 1530.00, 816), ('West', 4321.00, 2244), ('North', 520.00, 255)) t (province, capacity, n)
WINDOW w AS (ORDER BY province);

SELECT fiscal_year, total, round(100.0 * total / lag(total) OVER (ORDER BY fiscal_year) - 100, 2) AS growth
FROM (VALUES ('2009-10', 14185), ('2010-11', 14372), ('2011-12', 14659), ('2012-13', 15423)) t (fiscal_year, total);
