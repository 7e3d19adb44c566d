-- National systems from their published inputs to their published outputs; sources and licences in test/fixture/README.md.
SET search_path = public, terrbal;
SELECT plan(2);

CREATE TEMP TABLE canada (province text, non_resource numeric, resource numeric, people numeric, published numeric);
\copy canada FROM 'test/fixture/golden/ca_equalization_2025_26.csv' CSV HEADER
CREATE TEMP TABLE canada_computed AS
WITH gap AS (
    SELECT *, sum(non_resource * people) OVER () / sum(people) OVER () - non_resource AS gap, sum(resource * people) OVER () / sum(people) OVER () - resource AS resource_gap, non_resource + resource AS capacity FROM canada
), entitled AS (
    SELECT *, gap + 0.5 * resource_gap > 0 AS receives, greatest(0, gap, gap + 0.5 * resource_gap) AS entitlement FROM gap
), capped AS (
    SELECT *, least(entitlement, greatest(0, min(capacity) FILTER (WHERE NOT receives) OVER () - capacity)) AS payment FROM entitled
), rest AS (
    SELECT *, 26170000 - round(sum(payment * people) OVER ()) AS rest, max(capacity + payment) FILTER (WHERE receives) OVER () AS highest FROM capped
)
SELECT *, payment + (pool_share(rest, CASE WHEN receives THEN 0 ELSE (highest - capacity) * people END, people, 0, NULL, 1) OVER (ORDER BY province)).amount / people AS computed FROM rest;
SELECT is_empty('SELECT province, computed, published FROM canada_computed WHERE abs(round(computed) - published) > 1', 'Canada 2025-26: every province within a dollar a head');
SELECT is(round(sum(computed * people)), 26170000::numeric, 'Canada 2025-26: the envelope') FROM canada_computed;
SELECT * FROM finish();
