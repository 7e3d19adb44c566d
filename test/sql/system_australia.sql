-- system_australia: the page doc/systems/australia.md (Australia: GST distribution)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE state (state text, relativity numeric, per_person numeric, share numeric, population_share numeric);
INSERT INTO state VALUES ('NSW', 0.86034, 2940, 26.8, 31.1), ('VIC', 1.06722, 3647, 27.5, 25.7), ('QLD', 0.84571, 2890, 17.4, 20.6), ('WA', 0.75000, 2563, 8.2, 11.0),
                         ('SA', 1.38876, 4746, 9.5, 6.8), ('TAS', 1.84053, 6290, 3.8, 2.1), ('ACT', 1.17223, 4006, 2.0, 1.7), ('NT', 5.15112, 17605, 4.8, 0.9);

SELECT state, apportionment(100.0, population_share * relativity, 0.1) OVER (ORDER BY state) AS computed, share AS published, round(per_person / relativity, 1) AS standard
FROM state ORDER BY state;

SELECT state, max(amount) FILTER (WHERE scenario = 'none') AS no_floor, max(amount) FILTER (WHERE scenario = '0.75') AS floor_075, max(amount) FILTER (WHERE scenario = '0.80') AS floor_080,
       max(status) FILTER (WHERE scenario = '0.75') AS status
FROM (SELECT scenario, state, (pool_share(100000, 0, population_share * CASE WHEN state = 'WA' THEN 0.20 ELSE relativity END, floor * population_share * 1000, NULL, 1)
              OVER (PARTITION BY scenario ORDER BY state)).*
      FROM state, (VALUES ('none', NULL), ('0.75', 0.75), ('0.80', 0.80)) s (scenario, floor)) t
GROUP BY state ORDER BY state;
