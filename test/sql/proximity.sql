SET search_path = terrbal, public;
-- minutes on foot from blocks to services; a pair that is not there is out of reach
CREATE TEMP TABLE block (id text, people int, grp text);
INSERT INTO block VALUES ('b1', 400, 'centre'), ('b2', 300, 'centre'), ('b3', 900, 'edge'), ('b4', 150, 'edge'), ('b5', 250, 'edge');
CREATE TEMP TABLE minutes (block text, service text, kind text, minutes float8);
INSERT INTO minutes VALUES ('b1', 's1', 'school', 6), ('b1', 's2', 'clinic', 9), ('b1', 's3', 'food', 2), ('b1', 's4', 'park', 12), ('b1', 's5', 'food', 5),
    ('b2', 's1', 'school', 11), ('b2', 's2', 'clinic', 14), ('b2', 's3', 'food', 8), ('b2', 's4', 'park', 16), ('b3', 's1', 'school', 22), ('b3', 's6', 'food', 7), ('b3', 's4', 'park', 15),
    ('b4', 's6', 'food', 21), ('b4', 's4', 'park', 10), ('b5', 's7', 'school', 9), ('b5', 's6', 'food', NULL);
-- kinds of daily services within 15 minutes of each block
CREATE TEMP VIEW reach AS
SELECT b.id, b.people, b.grp, count(DISTINCT kind) FILTER (WHERE minutes <= 15) AS kinds, array_agg(DISTINCT kind ORDER BY kind) FILTER (WHERE minutes <= 15) AS which
FROM block b LEFT JOIN minutes m ON m.block = b.id GROUP BY b.id, b.people, b.grp;
SELECT id, people, kinds, which FROM reach ORDER BY id;
-- people by number of kinds, and those who have all four
SELECT grp, sum(people) AS people, round(sum(people * kinds)::numeric / sum(people), 2) AS mean_kinds, round(100.0 * coalesce(sum(people) FILTER (WHERE kinds = 4), 0) / sum(people), 1) AS all_four_per_cent
FROM reach GROUP BY ROLLUP (grp) ORDER BY grp NULLS LAST;
-- what is missing most: people without each kind
SELECT kind, sum(people) AS people_without FROM reach, unnest(ARRAY['clinic', 'food', 'park', 'school']) kind WHERE NOT kind = ANY (coalesce(which, '{}')) GROUP BY kind ORDER BY people_without DESC, kind;
-- how unequal: Gini of kinds reached over people
SELECT round(gini(kinds, people)::numeric, 4) AS gini FROM reach;
