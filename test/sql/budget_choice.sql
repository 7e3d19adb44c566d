-- budget_choice: the page doc/budget_choice.md (projects under a budget)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE plan (project text, variant text, district text, cost numeric, benefit float8, needs text[], PRIMARY KEY (project, variant));
INSERT INTO plan VALUES ('school', 'new', 'north', 18.0, 33, NULL), ('school', 'extension', 'north', 9.5, 21, NULL), ('lanes', 'all', 'centre', 7.0, 6, NULL), ('bus line', 'all', 'north', 11.0, 29, '{lanes}'),
    ('flood wall', 'high', 'south', 14.0, 26, NULL), ('flood wall', 'low', 'south', 8.0, 19, NULL), ('old mill', 'all', 'south', 12.0, 9, NULL), ('visitor centre', 'all', 'south', 4.0, 15, '{old mill}'),
    ('clinic', 'all', 'north', 16.0, 30, NULL), ('square', 'all', 'centre', 5.5, 10, NULL), ('sewer', 'all', 'centre', 13.0, 20, NULL), ('library', 'all', 'centre', 6.5, 11, NULL), ('depot', 'all', 'centre', 3.0, -2, NULL), ('tram', 'all', 'centre', 26.0, 52, '{depot,lanes}');

SELECT project, variant, cost, benefit, (b).total, (b).bound, round((b).price::numeric, 3) AS price
FROM (SELECT *, budget_choice(project, cost, benefit, 50, needs) OVER () AS b FROM plan) p WHERE (b).chosen ORDER BY project;

WITH RECURSIVE ranked AS (SELECT *, row_number() OVER (ORDER BY benefit / cost::float8 DESC, project, variant) AS n FROM plan),
taken (n, spent, total, projects) AS (
    SELECT 0::bigint, 0.0, 0::float8, '{}'::text[]
    UNION ALL
    SELECT r.n, spent + CASE WHEN fits THEN cost ELSE 0 END, total + CASE WHEN fits THEN benefit ELSE 0 END, projects || CASE WHEN fits THEN ARRAY[project] ELSE '{}' END
    FROM taken JOIN ranked r ON r.n = taken.n + 1, LATERAL (SELECT spent + cost <= 50 AND benefit > 0 AND project <> ALL (projects) AND coalesce(needs, '{}') <@ projects AS fits) f)
SELECT spent, total, projects FROM taken ORDER BY n DESC LIMIT 1;

SELECT budget, total, total - lag(total) OVER (ORDER BY budget) AS ten_more, round(price::numeric, 2) AS price, projects
FROM (SELECT budget, min((b).total) AS total, min((b).price) AS price, string_agg(project || CASE variant WHEN 'all' THEN '' ELSE ' (' || variant || ')' END, ', ' ORDER BY project) FILTER (WHERE (b).chosen) AS projects
      FROM (SELECT *, budget_choice(project, cost, benefit, budget, needs) OVER (PARTITION BY budget) AS b FROM plan, generate_series(20, 80, 10) g (budget)) p GROUP BY budget) c ORDER BY budget;

CREATE TEMP VIEW yearly AS SELECT plan.*, year, benefit * 0.96 ^ (year - 2026) AS value FROM plan, generate_series(2026, 2028) year;
SELECT carry, year, sum(cost) AS spent, string_agg(project || CASE variant WHEN 'all' THEN '' ELSE ' (' || variant || ')' END, ', ' ORDER BY project) AS projects, round(min((b).total)::numeric, 2) AS total, min((b).total) = min((b).bound) AS proven
FROM (SELECT *, budget_choice(project, cost, value, 20, needs, year, carry) OVER (PARTITION BY carry) AS b FROM yearly, (VALUES (false), (true)) c (carry)) p WHERE (b).chosen GROUP BY carry, year ORDER BY carry, year;

WITH phase AS (SELECT project || CASE variant WHEN 'all' THEN '' ELSE ' (' || variant || ')' END AS name, project, cost, benefit, needs FROM plan WHERE project NOT IN ('tram', 'bus line', 'school', 'flood wall')
               UNION ALL VALUES ('tram 1', 'tram 1', 13, 0, '{depot,lanes}'::text[]), ('tram 2', 'tram 2', 13, 52, '{tram 1}')),
choice AS (SELECT phase.*, year, budget_choice(project, cost, benefit * 0.96 ^ (year - 2026), 20, needs, year) OVER () AS b FROM phase, generate_series(2026, 2028) year)
SELECT year, sum(cost) AS spent, string_agg(name, ', ' ORDER BY name) AS projects, round(min((b).total)::numeric, 2) AS total, min((b).total) = min((b).bound) AS proven FROM choice WHERE (b).chosen GROUP BY year ORDER BY year;

SELECT weighing, round(sum(benefit)::numeric, 1) AS benefit, round((sum(benefit) FILTER (WHERE district = 'north'))::numeric, 1) AS north, round((sum(benefit) FILTER (WHERE district = 'south'))::numeric, 1) AS south,
       round((sum(benefit) FILTER (WHERE district = 'centre'))::numeric, 1) AS centre, string_agg(project, ', ' ORDER BY project) AS projects
FROM (SELECT *, budget_choice(project, cost, benefit * weight, 50, needs) OVER (PARTITION BY weighing) AS b
      FROM plan JOIN (VALUES ('north', 1.2), ('centre', 1.0), ('south', 0.7)) d (district, income) USING (district), LATERAL (VALUES ('as they are', 1.0), ('weighed', income ^ -1.3)) w (weighing, weight)) p
WHERE (b).chosen GROUP BY weighing ORDER BY weighing;

-- who takes no part, and what is refused
SELECT p, (b).chosen, (b).total FROM (SELECT p, budget_choice(p, c, v, 10, n, y) OVER () AS b FROM (VALUES ('a', 3.5, 2::float8, NULL::text[], 1), ('b', NULL, 5, NULL, 1), ('c', 1, NULL, NULL, 1), (NULL, 1, 5, NULL, 1), ('d', 1, 5, NULL, NULL), ('e', 0, 1, '{NULL,a}', 1), ('f', 0, 0, NULL, 1)) t (p, c, v, n, y)) s;
SELECT budget_choice('a', 1, 1, NULL) OVER ();
SELECT budget_choice('a', -1, 1, 5) OVER ();
SELECT budget_choice('a', 1, 1, -5) OVER ();
SELECT budget_choice('a', 1, 'infinity', 5) OVER ();
SELECT budget_choice('a', 1, 1, 5, '{b}') OVER ();
SELECT budget_choice('a', 1, 1, 5, '{a}') OVER ();
SELECT budget_choice(p, 1, 1, 5, ARRAY[n]) OVER () FROM (VALUES ('a', 'b'), ('b', 'c'), ('c', 'a')) t (p, n);
SELECT budget_choice('a', c, 1, b) OVER () FROM (VALUES (1, 5.00), (2, 5.25)) t (c, b);
SELECT budget_choice('a', 1, 1, 5) OVER () FROM generate_series(1, 2);
SELECT budget_choice('a', 1, 1, 5, programs => 0) OVER ();
SELECT budget_choice('a', 1, 1, 5, carry => NULL) OVER ();
SELECT budget_choice('a', 1, 1, 5, carry => c) OVER () FROM (VALUES (true), (false)) t (c);
SELECT budget_choice(i::text, 1, 1e308, 5) OVER () FROM generate_series(1, 9) i;
SELECT budget_choice(i::text, 1, 1, 5) OVER () FROM generate_series(1, 3000) i;
