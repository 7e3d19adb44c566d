-- Act 3. Equalisation: a closed pool, split to the whole unit of money; then a second scenario as one more partition.
-- Input: territories with population and relativity, what one inhabitant weighs in the share-out (1 = average), and the published result per head.

-- The pool is what the published figures per head add up to.
CREATE TABLE demo.scenario AS
SELECT 'as published' AS scenario, territory, population, relativity, published,
       (SELECT round(sum(population * published)) FROM demo.share) AS pool
FROM demo.share;

-- What if nobody fell below 0.90 of an equal share per head? A floor is a lower bound; everyone else pays for it in proportion.
INSERT INTO demo.scenario SELECT 'floor at 0.90' AS scenario, territory, population, relativity, published, pool FROM demo.scenario;

ALTER TABLE demo.scenario ADD COLUMN lower_bound numeric;
UPDATE demo.scenario SET lower_bound = 0.90 * pool * population / (SELECT sum(population) FROM demo.share) WHERE scenario = 'floor at 0.90';

CREATE TABLE demo.share_result AS
SELECT scenario, territory, population, relativity, published, pool, (result).amount, (result).status, (result).amount / population AS per_head
FROM (SELECT s.*, terrbal.pool_share(pool, 0, population * relativity, lower_bound, NULL, 1) OVER (PARTITION BY scenario ORDER BY territory) AS result
      FROM demo.scenario s) r;

SELECT scenario, pool, sum(amount) AS shared_out, sum(amount) = pool AS exact
FROM demo.share_result GROUP BY scenario, pool ORDER BY scenario;

SELECT territory, relativity, a.published AS published_per_head, round(a.per_head, 1) AS per_head, a.amount, b.amount - a.amount AS with_floor_change, b.status
FROM demo.share_result a JOIN demo.share_result b USING (territory, relativity)
WHERE a.scenario = 'as published' AND b.scenario <> 'as published' ORDER BY relativity, territory;
