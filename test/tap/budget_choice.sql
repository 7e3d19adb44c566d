-- budget_choice: against every possible choice, and what holds for any programme
SET search_path = public, terrbal;
SELECT plan(12);
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
-- published instances with their optima: J. Burkardt, KNAPSACK_01 (Florida State University), of Martello and Toth (1990) and Kreher and Stinson (1999)
CREATE TEMP TABLE knapsack AS SELECT k.name, capacity, best, i, w, v FROM (VALUES
    ('p01', 165, 309, ARRAY[23, 31, 29, 44, 53, 38, 63, 85, 89, 82], ARRAY[92, 57, 49, 68, 60, 43, 67, 84, 87, 72]),
    ('p02', 26, 51, ARRAY[12, 7, 11, 8, 9], ARRAY[24, 13, 23, 15, 16]), ('p03', 190, 150, ARRAY[56, 59, 80, 64, 75, 17], ARRAY[50, 50, 64, 46, 50, 5]),
    ('p04', 50, 107, ARRAY[31, 10, 20, 19, 4, 3, 6], ARRAY[70, 20, 39, 37, 7, 5, 10]), ('p05', 104, 900, ARRAY[25, 35, 45, 5, 25, 3, 2, 2], ARRAY[350, 400, 450, 20, 70, 8, 5, 5]),
    ('p06', 170, 1735, ARRAY[41, 50, 49, 59, 55, 57, 60], ARRAY[442, 525, 511, 593, 546, 564, 617]),
    ('p07', 750, 1458, ARRAY[70, 73, 77, 80, 82, 87, 90, 94, 98, 106, 110, 113, 115, 118, 120], ARRAY[135, 139, 149, 150, 156, 163, 173, 184, 192, 201, 210, 214, 221, 229, 240]),
    ('p08', 6404180, 13549094, ARRAY[382745, 799601, 909247, 729069, 467902, 44328, 34610, 698150, 823460, 903959, 853665, 551830, 610856, 670702, 488960, 951111, 323046, 446298, 931161, 31385, 496951, 264724, 224916, 169684],
     ARRAY[825594, 1677009, 1676628, 1523970, 943972, 97426, 69666, 1296457, 1679693, 1902996, 1844992, 1049289, 1252836, 1319836, 953277, 2067538, 675367, 853655, 1826027, 65731, 901489, 577243, 466257, 369261])) k (name, capacity, best, weight, profit), unnest(weight, profit) WITH ORDINALITY u (w, v, i);
SELECT is_empty($$SELECT name, best, min((b).total) FROM (SELECT *, budget_choice(i::text, w, v, capacity) OVER (PARTITION BY name) AS b FROM knapsack) s GROUP BY name, best
    HAVING min((b).total) <> best OR min((b).bound) <> best OR sum(w) FILTER (WHERE (b).chosen) > min(capacity)$$, 'eight published knapsacks');
SELECT * FROM finish();
