-- system_england: the page doc/systems/england.md (England: formula grant and floor damping)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT 24621999634 - 2281000 AS remaining, round((24621999634 - 2281000) * 0.73) AS relative_needs_total;

SELECT sum(per_head - minimum) AS above_minima
FROM (VALUES ('environment', 0.00222438908113, 0.00194000639627), ('mixed tier', 0.00009396403743, 0.00000358318546), ('capital', 0.00017499718317, 0.00001065965124)) t (item, per_head, minimum);

CREATE TEMP TABLE authority (name text, formula numeric, previous numeric);
INSERT INTO authority VALUES ('Ash', 10400000, 9800000), ('Birch', 7300000, 8100000), ('Cedar', 21500000, 20100000), ('Elm', 5200000, 5150000);

SELECT scenario, name, formula, round(previous * (1 + floor), 0) AS floor, damped_share(44400000, formula, round(previous * (1 + floor), 0), 1) OVER w AS damped,
       round(((pool_share(44400000, round(previous * (1 + floor), 0), greatest(0, formula - round(previous * (1 + floor), 0)), NULL, NULL, 1) OVER w).lambda)::numeric, 4) AS factor
FROM authority, (VALUES ('-2 %', -0.02), ('0 %', 0.00)) s (scenario, floor)
WINDOW w AS (PARTITION BY scenario ORDER BY name)
ORDER BY scenario, name;

SELECT damped_share(44400000, formula, round(previous * 1.05, 0), 1) OVER (ORDER BY name) FROM authority;
