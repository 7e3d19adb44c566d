-- Act 1. Flows: who gains, how effective is the movement, which links dominate?
-- Input: one row per origin-destination pair. A zone without any move would be registered by a row with flow 0.

-- The system in one line. Of 100 moves between regions, effectiveness says how many change the map; the rest cancel out.
CREATE TABLE demo.system AS
SELECT (terrbal.flow_profile(origin, destination, flow)).* FROM demo.flow;

SELECT zones, links, total::bigint AS moves, interzonal::bigint AS between_zones, round(effectiveness::numeric, 1) AS effectiveness_pct,
       round(connectivity::numeric, 2) AS connectivity, round(gini_total_corrected::numeric, 3) AS gini, round(self_containment::numeric, 3) AS self_containment
FROM demo.system;

-- Each zone: net gain and its rate. An aggregate that yields many rows returns an array: unnest it.
CREATE TABLE demo.zone_result AS
SELECT z.*, d.class, d.population, d.lon, d.lat
FROM (SELECT terrbal.zone_flows(origin, destination, flow) AS rows FROM demo.flow) s, unnest(s.rows) z JOIN demo.zone d USING (zone);

SELECT zone, class, inflow::bigint, outflow::bigint, net::bigint, round((1000 * net / population)::numeric, 1) AS net_per_1000,
       round(effectiveness::numeric, 1) AS effectiveness_pct, main_destination
FROM demo.zone_result ORDER BY net DESC;

-- The links that carry the system: strength is a link's share of all moves, symmetry 1 means both ways alike.
CREATE TABLE demo.link_result AS
SELECT l.* FROM (SELECT terrbal.link_flows(origin, destination, flow) AS rows FROM demo.flow) s, unnest(s.rows) l;

SELECT zone_a, zone_b, flow_ab::bigint, flow_ba::bigint, net::bigint, round(strength::numeric, 3) AS strength, round(symmetry::numeric, 3) AS symmetry
FROM demo.link_result ORDER BY strength DESC, zone_a, zone_b LIMIT 8;

-- City against country: balance > 0 means that the cities send more than they receive.
CREATE TABLE demo.linkage_result AS
SELECT (terrbal.linkage(o.class, d.class, f.flow)).*
FROM demo.flow f LEFT JOIN demo.zone o ON o.zone = f.origin LEFT JOIN demo.zone d ON d.zone = f.destination;

SELECT urban_to_rural::bigint, rural_to_urban::bigint, rural_net::bigint, round(intensity::numeric, 3) AS intensity,
       round(balance::numeric, 3) AS balance, round(openness::numeric, 2) AS openness, round(rural_retention::numeric, 3) AS rural_retention
FROM demo.linkage_result;
