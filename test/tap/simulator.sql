-- simulator: marginal rates against what must hold, and each of the pools of all variants
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(8);
CREATE TEMP TABLE unit AS SELECT i, (1000 + i * 379 % 4001)::numeric AS people, (200000 + i * 7919 % 900001)::numeric AS capacity FROM generate_series(1, 25) i;
CREATE TEMP VIEW variant AS SELECT 0 AS who, 0 AS one_more_head, 0 AS one_more_euro UNION ALL SELECT i, 1, 0 FROM unit UNION ALL SELECT -i, 0, 1 FROM unit;

-- an equal amount per head: pool * (P - p) / (P (P + 1)) for the next inhabitant, nothing for revenue
CREATE TEMP TABLE per_head AS
SELECT who, i, apportionment(7000000, people + CASE WHEN i = who THEN one_more_head ELSE 0 END, 0.0000000001) OVER (PARTITION BY who ORDER BY i) AS amount, people FROM unit, variant;
SELECT is(max(abs(b.amount - a.amount - 7000000 * (total - a.people) / (total * (total + 1)))) <= 0.0000000001, true, 'the next inhabitant under an equal amount per head, by the formula')
FROM per_head a JOIN per_head b USING (i), (SELECT sum(people) AS total FROM unit) t WHERE a.who = 0 AND b.who = i;
SELECT is(count(*) FILTER (WHERE amount IS DISTINCT FROM before), 0::bigint, 'revenue has no part in it') FROM (SELECT amount, first_value(amount) OVER (PARTITION BY i ORDER BY who = 0 DESC) AS before FROM per_head WHERE who <= 0) s;
SELECT is(count(*), 0::bigint, 'every variant gives out the pool') FROM (SELECT FROM per_head GROUP BY who HAVING sum(amount) <> 7000000) s;

-- a rate on the gap: one more of own capacity costs rate * (1 - people / all people), exactly, and pays the others rate * people / all people
CREATE TEMP TABLE levelled AS
SELECT who, i, people, (equalisation(capacity + CASE WHEN i = -who THEN one_more_euro ELSE 0 END, people, 0.63, NULL, 0.0000000001) OVER (PARTITION BY who ORDER BY i)).transfer FROM unit, variant WHERE who <= 0;
SELECT is(max(abs(a.transfer - b.transfer - 0.63 * (1 - a.people / total))) <= 0.0000000002, true, 'marginal rate of an equalisation at 63 %')
FROM levelled a JOIN levelled b USING (i), (SELECT sum(people) AS total FROM unit) t WHERE a.who = 0 AND b.who = -i;
SELECT is(max(abs(b.transfer - a.transfer - 0.63 * a.people / total)) <= 0.0000000002, true, 'and what it gives to the others')
FROM levelled a JOIN levelled b USING (i), (SELECT sum(people) AS total FROM unit) t WHERE a.who = 0 AND b.who = -7 AND i <> 7;

-- a guarantee: what it costs is what it takes, and no guarantee, or a whole one, changes nothing
CREATE TEMP TABLE guaranteed AS
SELECT share, i, old, new, damped_share(7000000, new, round(share * old, 2)) OVER (PARTITION BY share ORDER BY i) AS final
FROM (SELECT i, apportionment(7000000, people) OVER (ORDER BY i) AS old, apportionment(7000000, people * people) OVER (ORDER BY i) AS new FROM unit) s, unnest(ARRAY[0, 0.5, 0.9, 1]) share;
SELECT is(array_agg(DISTINCT share ORDER BY share) FILTER (WHERE final <> CASE share WHEN 0 THEN new WHEN 1 THEN old ELSE final END), NULL, 'none is the new law, all of it the old one') FROM guaranteed;
SELECT is(count(*), 0::bigint, 'cost and contributions are equal, nobody falls below') FROM (SELECT FROM guaranteed GROUP BY share HAVING sum(final - new) <> 0 OR bool_or(final < round(share * old, 2))) s;
SELECT ok(bool_and(cost >= coalesce(before, 0)) AND max(cost) > 0, 'a higher guarantee costs more') FROM (SELECT cost, lag(cost) OVER (ORDER BY share) AS before FROM (SELECT share, sum(greatest(0, final - new)) AS cost FROM guaranteed GROUP BY share) s) t;
SELECT * FROM finish();
