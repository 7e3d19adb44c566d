-- budget_choice: against every possible choice, and what holds for any programme
SET search_path = public, terrbal;
SELECT plan(11);
-- 20 drawn programmes of 11 rows: up to 7 projects with variants, two periods, some needs of an earlier project
CREATE TEMP TABLE line AS
SELECT g, i, 'p' || n AS project, (hashint8(g * 100 + i)::bigint & 1023) / 16.0 AS cost, (hashint8(g * 1000 + i + 7)::bigint & 255)::float8 - CASE WHEN i = 3 THEN 100 ELSE 0 END AS benefit,
       (hashint8(g * 77 + i)::bigint & 1)::int AS period, CASE WHEN n > 1 AND (hashint8(g * 31 + i)::bigint & 3) = 0 THEN ARRAY['p' || n - 1] END AS needs
FROM generate_series(1, 20) g, generate_series(0, 10) i, LATERAL (SELECT CASE WHEN i < 7 THEN i + 1 ELSE 1 + (hashint8(g * 13 + i)::bigint & 3) END AS n) p;
CREATE TEMP TABLE money AS SELECT g, period, (40 + 30 * period + g % 17)::numeric AS budget FROM generate_series(1, 20) g, generate_series(0, 1) period;
CREATE TEMP TABLE answer AS SELECT l.*, c.carry, budget, (budget_choice(project, cost, benefit, budget, needs, period, c.carry) OVER (PARTITION BY g, c.carry)).* FROM line l JOIN money USING (g, period), (VALUES (false), (true)) c (carry);

CREATE TEMP TABLE every AS
WITH chosen AS (SELECT s, l.* FROM generate_series(0, 2047) s JOIN line l ON s >> l.i & 1 = 1),
total AS (SELECT g, s, sum(benefit) AS benefit, coalesce(sum(cost) FILTER (WHERE period = 0), 0) AS first, coalesce(sum(cost) FILTER (WHERE period = 1), 0) AS second FROM chosen GROUP BY g, s HAVING count(*) = count(DISTINCT project)),
whole AS (SELECT t.* FROM total t WHERE NOT EXISTS (SELECT FROM chosen a WHERE a.g = t.g AND a.s = t.s AND needs IS NOT NULL AND NOT EXISTS (SELECT FROM line b WHERE b.g = t.g AND t.s >> b.i & 1 = 1 AND b.project = a.needs[1] AND b.period <= a.period)))
SELECT w.g, carry, greatest(max(benefit), 0) AS best FROM whole w JOIN money a ON a.g = w.g AND a.period = 0 JOIN money b ON b.g = w.g AND b.period = 1, (VALUES (false), (true)) c (carry)
WHERE first <= a.budget AND CASE WHEN carry THEN first + second <= a.budget + b.budget ELSE second <= b.budget END GROUP BY w.g, carry;

SELECT is((SELECT count(*) FROM every JOIN (SELECT DISTINCT g, carry, total, bound FROM answer) a USING (g, carry) WHERE best = total AND total = bound), 40::bigint, 'every programme: the best of all choices, proven');
SELECT is_empty($$SELECT g, carry FROM answer GROUP BY g, carry HAVING coalesce(sum(benefit) FILTER (WHERE chosen), 0) <> min(total) OR count(DISTINCT project) FILTER (WHERE chosen) <> count(*) FILTER (WHERE chosen)$$, 'the total is that of the rows, one of each project');
SELECT is_empty($$SELECT g, carry FROM answer a WHERE chosen GROUP BY g, carry HAVING sum(cost) FILTER (WHERE period = 0) > min(budget) FILTER (WHERE period = 0) OR NOT carry AND sum(cost) FILTER (WHERE period = 1) > min(budget) FILTER (WHERE period = 1)
    OR sum(cost) > (SELECT sum(budget) FROM money m WHERE m.g = a.g)$$, 'no budget is exceeded');
SELECT is_empty($$SELECT FROM answer a WHERE chosen AND needs IS NOT NULL AND NOT EXISTS (SELECT FROM answer b WHERE (b.g, b.carry) = (a.g, a.carry) AND b.chosen AND b.project = a.needs[1] AND b.period <= a.period)$$, 'what is needed is there in time');
SELECT is_empty($$SELECT g FROM answer GROUP BY g HAVING min(total) FILTER (WHERE carry) < min(total) FILTER (WHERE NOT carry)$$, 'money that may wait never brings less');
SELECT is_empty($$(SELECT g, i, chosen, price FROM answer WHERE carry) EXCEPT
    SELECT g, i, (b).chosen, (b).price FROM (SELECT *, budget_choice(project, cost, benefit, budget, needs, period, true) OVER (PARTITION BY g) AS b FROM (SELECT * FROM line JOIN money USING (g, period) ORDER BY hashint8(g * 5 + i), i OFFSET 0) l) s$$, 'in any order of rows');
SELECT is_empty($$(SELECT g, i, chosen, total * 0.5 FROM answer WHERE NOT carry) EXCEPT
    SELECT g, i, (b).chosen, (b).total FROM (SELECT *, budget_choice(project, cost * 1000, benefit / 2, budget * 1000, needs, period + 2025) OVER (PARTITION BY g) AS b FROM line JOIN money USING (g, period)) s$$, 'in any unit of money and benefit, under any name of a period');
SELECT is_empty($$SELECT FROM (SELECT g, extra, min((b).total) AS total, lag(min((b).total)) OVER (PARTITION BY g ORDER BY extra) AS before FROM
    (SELECT *, budget_choice(project, cost, benefit, budget + extra, needs, period) OVER (PARTITION BY g, extra) AS b FROM line JOIN money USING (g, period), generate_series(0, 60, 10) extra) s GROUP BY g, extra) t WHERE total < before$$, 'more budget never brings less');
SELECT ok(bool_and((b).bound >= best AND (b).total <= best) AND bool_or((b).total < (b).bound), 'stopped after one program: a bound all the same')
FROM (SELECT *, budget_choice(project, cost, benefit, budget, needs, period, carry, 1) OVER (PARTITION BY g, carry) AS b FROM line JOIN money USING (g, period), (VALUES (false), (true)) c (carry)) s JOIN every USING (g, carry);
-- a divisible programme by hand: by benefit per cost, 10 + 7 / 2 of the budget's 7; one unit more is worth 7 / 4
SELECT is((SELECT array_agg(DISTINCT (b)::text) FROM (SELECT budget_choice(p, c, v, 7) OVER () AS b FROM (VALUES ('a', 5, 10), ('b', 4, 7), ('c', 3, 5)) t (p, c, v)) s), '{"(f,12,12,1.75)","(t,12,12,1.75)"}', 'a price by hand');
SELECT ok(bool_and((b).total = (b).bound) AND min((b).total) = 7104, '400 projects are proven') FROM (SELECT budget_choice(i::text, 10 + i * 37 % 91, 10 + i * 53 % 97 + i * 37 % 91 / 2.0, 2000) OVER () AS b FROM generate_series(1, 400) i) s;
SELECT * FROM finish();
