SET search_path = terrbal, public;
-- ten interviews, weights of the design, and what the register knows: people by age, by sex, and by side of the river
CREATE TEMP TABLE interview (id int, weight float8, age text, sex text, side text);
INSERT INTO interview VALUES (1, 10, 'young', 'f', 'north'), (2, 10, 'young', 'm', 'south'), (3, 12, 'old', 'f', 'north'), (4, 12, 'old', 'm', 'north'), (5, 8, 'middle', 'f', 'south'), (6, 8, 'middle', 'm', 'north'), (7, 15, 'middle', 'f', 'north'), (8, 9, 'old', 'f', 'south'),
    (9, 11, 'young', 'm', 'north'), (10, 13, 'middle', 'm', 'south');
CREATE TEMP TABLE register (margin text, class text, people float8);
INSERT INTO register VALUES ('age', 'young', 34), ('age', 'middle', 46), ('age', 'old', 40), ('sex', 'f', 66), ('sex', 'm', 54), ('side', 'north', 70), ('side', 'south', 50);
CREATE TEMP TABLE joined AS SELECT i.*, ARRAY[i.age, i.sex, i.side] AS classes, ARRAY[a.people, s.people, r.people] AS totals
FROM interview i JOIN register a ON (a.margin, a.class) = ('age', i.age) JOIN register s ON (s.margin, s.class) = ('sex', i.sex) JOIN register r ON (r.margin, r.class) = ('side', i.side);
SELECT id, weight, round(raked_weight(weight, classes, totals) OVER ()::numeric, 3) AS raked, round(raked_weight(weight, classes, totals, low => 0.85, high => 1.4) OVER ()::numeric, 3) AS bounded FROM joined ORDER BY id;
-- the margins, met
SELECT margin, class, round(sum(w)::numeric, 9) AS raked, people FROM (SELECT *, raked_weight(weight, classes, totals) OVER () AS w FROM joined) j, register WHERE class IN (age, sex, side) GROUP BY margin, class, people ORDER BY margin, class;
-- nobody knows the sex of interview 5: it is in no class of that margin; 58 women and 54 men are known
SELECT id, round(raked_weight(weight, ARRAY[age, CASE WHEN id <> 5 THEN sex END, side], ARRAY[totals[1], CASE sex WHEN 'f' THEN 58 ELSE 54 END, totals[3]]) OVER ()::numeric, 3) AS raked FROM joined ORDER BY id LIMIT 5;
-- no weight, no part
SELECT id, round(raked_weight(CASE WHEN id > 1 THEN weight END, classes, totals) OVER ()::numeric, 3) AS raked FROM joined ORDER BY id LIMIT 2;
-- errors
SELECT raked_weight(weight, classes, totals, 0.9, 1.1) OVER () FROM joined;
SELECT raked_weight(weight, classes, totals, 1, 1.1) OVER () FROM joined;
SELECT raked_weight(weight, classes, totals, 2, 1) OVER () FROM joined;
SELECT raked_weight(weight, classes, ARRAY[totals[1], totals[2] * 1.1, totals[3]]) OVER () FROM joined;
SELECT raked_weight(weight, classes, ARRAY[totals[1] + id, totals[2], totals[3]]) OVER () FROM joined;
SELECT raked_weight(weight, classes, ARRAY[NULL, totals[2], totals[3]]) OVER () FROM joined;
SELECT raked_weight(weight, classes, totals[1:2]) OVER () FROM joined;
SELECT raked_weight(weight, '{}', '{}') OVER () FROM joined;
SELECT raked_weight(-weight, classes, totals) OVER () FROM joined;
SELECT raked_weight(CASE WHEN age = 'old' THEN 0 ELSE weight END, classes, totals) OVER () FROM joined;
-- each class by itself could, all together cannot
SELECT raked_weight(1, ARRAY[a, b], ARRAY[CASE a WHEN 'x' THEN 3 ELSE 1 END, CASE b WHEN 'x' THEN 1 ELSE 3 END]) OVER () FROM (VALUES ('x', 'x'), ('y', 'y')) v(a, b);
