-- spatial interaction: documented examples, NULL, empty, zero, errors
CREATE SCHEMA interaction_example;
SET search_path = interaction_example, terrbal, public;
\set VERBOSITY default
\pset null '-'

-- example table
CREATE TABLE trip (origin text, destination text, flow float8, origin_mass float8, destination_mass float8, km float8);
INSERT INTO trip VALUES
    ('coast', 'hills', 310, 42000, 11000, 38), ('coast', 'plain', 890, 42000, 25000, 24), ('coast', 'valley', 205, 42000, 16000, 61),
    ('hills', 'coast', 420, 11000, 42000, 38), ('hills', 'plain', 260, 11000, 25000, 29), ('hills', 'valley', 95, 11000, 16000, 45),
    ('plain', 'coast', 1130, 25000, 42000, 24), ('plain', 'hills', 240, 25000, 11000, 29), ('plain', 'valley', 350, 25000, 16000, 33),
    ('valley', 'coast', 290, 16000, 42000, 61), ('valley', 'hills', 80, 16000, 11000, 45), ('valley', 'plain', 410, 16000, 25000, 33);

-- example balanced
SELECT origin, destination, round(balanced_flow(1, origin, destination, sent, received) OVER ()::numeric, 2) AS expected, flow
FROM (SELECT *, sum(flow) OVER (PARTITION BY origin) AS sent, sum(flow) OVER (PARTITION BY destination) AS received FROM trip) t
ORDER BY origin, destination LIMIT 4;

-- example fit
SELECT model, round((g).beta::numeric, 4) AS beta, round((g).beta_se::numeric, 4) AS se, round((g).alpha::numeric, 3) AS alpha,
       round((g).gamma::numeric, 3) AS gamma, round((g).pseudo_r2::numeric, 3) AS pseudo_r2, round((g).cpc::numeric, 3) AS cpc
FROM unnest(ARRAY['unconstrained', 'production', 'attraction', 'doubly']) WITH ORDINALITY AS m (model, n),
     LATERAL (SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, model, 'power') AS g FROM trip) f
ORDER BY n;

-- example predicted
SELECT origin, destination, flow, round(predicted_flow(g, origin_mass, destination_mass, km)::numeric) AS predicted,
       round(predicted_flow(g, origin_mass, destination_mass, km - 5)::numeric) AS five_km_closer
FROM trip, (SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, 'unconstrained', 'power') AS g FROM trip) f
WHERE origin = 'coast' ORDER BY destination;

-- example doubly
SELECT origin, destination, flow, round(balanced_flow(power(km, (g).beta), origin, destination, sent, received) OVER ()::numeric, 1) AS fitted
FROM (SELECT *, sum(flow) OVER (PARTITION BY origin) AS sent, sum(flow) OVER (PARTITION BY destination) AS received FROM trip) t,
     (SELECT gravity(origin, destination, flow, NULL, NULL, km, 'doubly', 'power') AS g FROM trip) f
ORDER BY origin, destination LIMIT 3;

-- example production
SELECT origin, destination, flow,
       round((sent * huff_share(destination_mass, km, (g).gamma, -(g).beta) OVER (PARTITION BY origin))::numeric, 1) AS fitted
FROM (SELECT *, sum(flow) OVER (PARTITION BY origin) AS sent FROM trip) t,
     (SELECT gravity(origin, destination, flow, NULL, destination_mass, km, 'production', 'power') AS g FROM trip) f
ORDER BY origin, destination LIMIT 3;

-- example radiation
SELECT origin, destination, round(radiation_share(origin_mass, destination_mass, km, 94000) OVER (PARTITION BY origin)::numeric, 4) AS share
FROM trip ORDER BY origin, destination LIMIT 6;

-- example agreement
SELECT round((f).cpc::numeric, 3) AS cpc, round((f).srmse::numeric, 3) AS srmse, round((f).kl::numeric, 4) AS kl
FROM (SELECT flow_fit(flow, expected) AS f
      FROM (SELECT flow, balanced_flow(1, origin, destination, sent, received) OVER () AS expected
            FROM (SELECT *, sum(flow) OVER (PARTITION BY origin) AS sent, sum(flow) OVER (PARTITION BY destination) AS received FROM trip) t) b) s;

-- published: mipfp, Ipfp.Rd, example 1
SELECT o, d, balanced_flow(1, o, d, t, u) OVER () FROM (VALUES ('r1', 30), ('r2', 70)) r (o, t), (VALUES ('c1', 50), ('c2', 50)) c (d, u) ORDER BY o, d;

-- nothing in, NULL out
SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, 'doubly', 'power') IS NULL AS gravity, flow_fit(flow, km) IS NULL AS fit FROM trip WHERE false;
SELECT gravity(origin, destination, NULL, origin_mass, destination_mass, km, 'doubly', 'power') IS NULL AS no_flow,
       gravity(origin, destination, 0, origin_mass, destination_mass, km, 'doubly', 'power') IS NULL AS zero_flow,
       gravity(origin, destination, flow, 5, destination_mass, km, 'attraction', 'power') IS NULL AS same_masses,
       gravity(origin, destination, flow, origin_mass, destination_mass, 3, 'production', 'power') IS NULL AS same_distances,
       gravity(origin, destination, flow, 0, 0, km, 'doubly', 'power') IS NULL AS masses_not_read
FROM trip;
SELECT predicted_flow(NULL, 1, 1, 1) IS NULL AS no_model, predicted_flow(g, NULL, 1, 1) IS NULL AS no_mass
FROM (SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, 'unconstrained', 'power') AS g FROM trip) s;
-- a NULL row takes no part; a total of 0 gets nothing
SELECT o, d, balanced_flow(s, o, d, t, u) OVER () FROM (VALUES ('a', 'x', 1, 6, 4), ('a', 'y', 1, 6, 2), ('b', 'x', 1, 0, 4), (NULL, 'x', 1, 3, 4), ('a', 'z', NULL, 6, 1)) v (o, d, s, t, u);
SELECT round(radiation_share(m, n, d, t) OVER (PARTITION BY o)::numeric, 12) AS share FROM (VALUES ('a', 10, 20, 1, 60), ('a', 10, NULL, 1, 60), ('a', 10, 30, 2, 60), ('b', 0, 5, 1, 5), ('c', 7, 0, 1, 7)) v (o, m, n, d, t) ORDER BY o, n;

SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, 'double', 'power') FROM trip;
SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, 'doubly', 'exp') FROM trip;
SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km - 24, 'doubly', 'power') FROM trip;
SELECT gravity(origin, destination, flow, 0, destination_mass, km, 'unconstrained', 'power') FROM trip;
SELECT gravity(origin, destination, flow, origin_mass, destination_mass, km, CASE WHEN km < 40 THEN 'doubly' ELSE 'production' END, 'power') FROM trip;
SELECT gravity(origin, destination, -flow, origin_mass, destination_mass, km, 'doubly', 'power') FROM trip;
SELECT predicted_flow(gravity(origin, destination, flow, origin_mass, destination_mass, km, 'doubly', 'power'), 1, 1, 1) FROM trip;
SELECT balanced_flow(1, o, d, t, u) OVER () FROM (VALUES ('r1', 30), ('r2', 70)) r (o, t), (VALUES ('c1', 50), ('c2', 40)) c (d, u);
SELECT balanced_flow(1, o, d, t, 50) OVER () FROM (VALUES ('r1', 'c1', 30), ('r1', 'c2', 40), ('r2', 'c1', 70)) r (o, d, t);
SELECT balanced_flow(s, o, d, t, u) OVER () FROM (VALUES ('r1', 'c1', 0, 30, 70), ('r2', 'c1', 1, 40, 70)) r (o, d, s, t, u);
SELECT balanced_flow(s, o, d, 5, u) OVER () FROM (VALUES ('r1', 'c1', 1, 8), ('r1', 'c2', 1, 2), ('r2', 'c2', 1, 2)) r (o, d, s, u);
SELECT balanced_flow(-1, o, d, 5, 5) OVER () FROM (VALUES ('r1', 'c1')) r (o, d);
SELECT radiation_share(m, 5, 1, 10) OVER () FROM (VALUES (1), (2)) v (m);
SELECT radiation_share(20, 5, 1, 10) OVER ();
SELECT flow_fit(-1, 2);

-- totals and their parts, zeros that agree, seeds far apart
SELECT round(radiation_share(5, n, d, t) OVER (PARTITION BY t)::numeric, 6) AS share FROM (VALUES (3, 1, 10), (2, 2, 10)) v (n, d, t);
SELECT radiation_share(5, n, d, 8) OVER () FROM (VALUES (3, 1), (2, 2)) v (n, d);
SELECT radiation_share(m, n, abs(m - n), 10) OVER (PARTITION BY m) FROM unnest(ARRAY[5, 3, 2]) m, unnest(ARRAY[5, 3, 2]) n;
SELECT ssi, cpc, rmse, kl FROM (SELECT (flow_fit(x, x)).* FROM unnest(ARRAY[0, 0, 3]) x) s;
SELECT o, d, round(balanced_flow(s, o, d, t, u) OVER ()::numeric, 9) AS flow FROM (VALUES ('1', 'a', 1e150, 10, 7), ('1', 'b', 1e-150, 10, 5), ('2', 'a', 1e-150, 2, 7), ('2', 'b', 1e150, 2, 5)) v (o, d, s, t, u);
-- integers for zones
SELECT o, d, balanced_flow(1, o, d, 6, 4) OVER () AS flow FROM unnest(ARRAY[1, 2]) o, unnest(ARRAY[7, 8, 9]) d;
-- a join that doubled the destinations
SELECT sum(share) < 1 AS below_one FROM (SELECT radiation_share(5, m, d, 40) OVER () AS share FROM (VALUES (3, 1), (3, 1), (5, 2), (5, 2)) v (m, d)) x;
SELECT sum(share) < 1 AS below_one FROM (SELECT radiation_share(5, m, d, 40) OVER () AS share FROM (VALUES (3, 1), (3, 1), (5, 2), (6, 2), (7, 3)) v (m, d)) x;
-- three places: the totals of a doubly constrained model leave nothing for a distance that is the same both ways
SELECT gravity(o, d, f, NULL, NULL, km, 'doubly', 'power') IS NULL AS nothing_left FROM (VALUES (1, 2, 310, 38), (1, 3, 890, 24), (2, 1, 420, 38), (2, 3, 260, 29), (3, 1, 1130, 24), (3, 2, 240, 29)) v (o, d, f, km);
