-- Does a roll-up hold? Nothing is lost or doubled through levels, moves, mergers and splits; order does not matter.
BEGIN;
SELECT plan(19);
SELECT setseed(0.7);
CREATE SCHEMA city;
CREATE TABLE city.source AS SELECT 'M' || lpad(u::text, 3, '0') AS unit, make_date(2000 + y, 1, 1) AS period,
    (random() * 1000)::numeric(10, 3)::float8 AS value, (1 + random() * 50)::numeric(6, 2)::float8 AS weight
    FROM generate_series(1, 200) u, generate_series(0, 19) y WHERE random() < 0.9;
SELECT is((SELECT terrbal.register_indicator('x', 'X', '1', 'city.source', 'municipality') > 0 AND (terrbal.refresh('x')).status = 'ok'), true, 'refreshed');
-- every municipality changes province on a day of its own; provinces change region
CREATE TABLE city.move AS SELECT 'M' || lpad(u::text, 3, '0') AS unit, make_date(2000 + (random() * 19)::int, 7, 1) AS day,
    'P' || (random() * 9)::int AS before, 'P' || (random() * 9)::int AS after FROM generate_series(1, 200) u;
INSERT INTO terrbal.hierarchy (child, parent, level, valid) SELECT unit, before, 'province', daterange(NULL, day) FROM city.move;
INSERT INTO terrbal.hierarchy (child, parent, level, valid) SELECT unit, after, 'province', daterange(day, NULL) FROM city.move;
INSERT INTO terrbal.hierarchy (child, parent, level, valid) SELECT 'P' || p, 'R' || (random() * 2)::int, 'region', daterange(NULL, '2010-03-01') FROM generate_series(0, 9) p;
INSERT INTO terrbal.hierarchy (child, parent, level, valid) SELECT 'P' || p, 'R' || (random() * 2)::int, 'region', daterange('2010-03-01', NULL) FROM generate_series(0, 9) p;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT 'R' || r, 'N', 'nation' FROM generate_series(0, 2) r;
CREATE TEMP TABLE total AS SELECT period, sum(value::text::numeric) AS value FROM city.source GROUP BY period;
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'nation', 'sum') r JOIN total t USING (period) WHERE r.value = t.value::float8), 20::bigint,
    'the nation is the sum of all municipalities, to the last bit');
SELECT is((SELECT count(*) FROM (SELECT period, sum(value::text::numeric) AS value FROM terrbal.indicator_rollup('x', 'province', 'sum') GROUP BY period) r
    JOIN total t USING (period) WHERE abs(r.value - t.value) < 1e-9), 20::bigint, 'and so are the provinces, whoever moved when');
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'province', 'sum') r
    FULL JOIN (SELECT CASE WHEN s.period < m.day THEN m.before ELSE m.after END AS unit, s.period, sum(s.value::text::numeric)::float8 AS value
               FROM city.source s JOIN city.move m USING (unit) GROUP BY 1, 2) w USING (unit, period) WHERE r.value IS DISTINCT FROM w.value), 0::bigint,
    'every province has the members of that day');
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'province', 'weighted_mean') r
    FULL JOIN (SELECT CASE WHEN s.period < m.day THEN m.before ELSE m.after END AS unit, s.period,
                   sum(s.value::text::numeric * s.weight::text::numeric) / sum(s.weight::text::numeric) AS value
               FROM city.source s JOIN city.move m USING (unit) GROUP BY 1, 2) w USING (unit, period) WHERE abs(r.value - w.value) > 1e-9 * w.value OR r.value IS NULL OR w.value IS NULL),
    0::bigint, 'weighted means are those of the members');
-- on one day's map
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'province', 'sum', '2005-01-01') r
    FULL JOIN (SELECT CASE WHEN '2005-01-01' < m.day THEN m.before ELSE m.after END AS unit, s.period, sum(s.value::text::numeric)::float8 AS value
               FROM city.source s JOIN city.move m USING (unit) GROUP BY 1, 2) w USING (unit, period) WHERE r.value IS DISTINCT FROM w.value), 0::bigint,
    'on the map of 2005 every period has the members of 2005');
-- mergers and splits in chains: mass is kept
INSERT INTO terrbal.succession (predecessor, successor, effective)
    SELECT 'M' || lpad(u::text, 3, '0'), 'M' || lpad((u + 1)::text, 3, '0'), make_date(2001 + u % 17, 1, 1) FROM generate_series(1, 60, 3) u;
INSERT INTO terrbal.succession (predecessor, successor, effective, share)
    SELECT 'M' || lpad(u::text, 3, '0'), CASE part WHEN 1 THEN 'M' || lpad(u::text, 3, '0') WHEN 2 THEN 'S' || u ELSE 'T' || u END, make_date(2003 + u % 15, 1, 1),
        CASE part WHEN 1 THEN 0.5 WHEN 2 THEN 0.3 ELSE 0.2 END
    FROM generate_series(61, 90) u, generate_series(1, 3) part;
INSERT INTO terrbal.succession (predecessor, successor, effective) SELECT 'S' || u, 'S61', '2019-01-01' FROM generate_series(62, 70) u;
SELECT is((SELECT count(*) FROM (SELECT period, sum(value) AS value FROM terrbal.indicator_rollup('x', 'municipality', 'sum', '2020-01-01') GROUP BY period) r
    JOIN total t USING (period) WHERE abs(r.value - t.value::float8) <= 1e-9 * t.value), 20::bigint, 'chains of mergers and splits lose nothing');
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'municipality', 'sum', '2020-01-01') r
    JOIN generate_series(1, 60, 3) u ON r.unit = 'M' || lpad(u::text, 3, '0') WHERE r.period < make_date(2001 + u % 17, 1, 1)), 0::bigint,
    'merged units have no past of their own on the new map');
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('x', 'municipality', 'sum', '1999-01-01') r FULL JOIN city.source s USING (unit, period) WHERE r.value IS DISTINCT FROM s.value),
    0::bigint, 'on the map before all changes nothing moves');
-- a level is what its parts are: roll up the roll-up
CREATE VIEW city.region AS SELECT * FROM terrbal.indicator_rollup('x', 'region', 'sum');
SELECT is((SELECT terrbal.register_indicator('region', 'X', '1', 'city.region', 'region') > 0 AND (terrbal.refresh('region')).status = 'ok'), true, 'a published level');
SELECT is((SELECT count(*) FROM terrbal.indicator_rollup('region', 'nation', 'sum') r JOIN total t USING (period) WHERE abs(r.value - t.value::float8) <= 1e-9 * t.value), 20::bigint,
    'rolls up to the same nation');

-- who should have reported does not depend on who has, on any map: mergers, splits, a merger that is undone, a unit that ends in two others
CREATE TABLE city.alive (unit text, valid daterange);
INSERT INTO city.alive SELECT 'V' || u, CASE u WHEN 4 THEN '(,2015-01-01)' WHEN 5 THEN '(,2017-01-01)' WHEN 7 THEN '(,2015-01-01)' WHEN 17 THEN '[2013-01-01,)' WHEN 18 THEN '[2015-01-01,)' ELSE '(,)' END::daterange
    FROM generate_series(2, 18) u UNION ALL SELECT 'V1', v::daterange FROM unnest(ARRAY['(,2011-01-01)', '[2016-01-01,)']) v;
INSERT INTO terrbal.succession (predecessor, successor, effective, share) VALUES ('V1', 'V2', '2011-01-01', 1), ('V2', 'V2', '2016-01-01', 0.5), ('V2', 'V1', '2016-01-01', 0.5),
    ('V3', 'V3', '2013-01-01', 0.5), ('V3', 'V17', '2013-01-01', 0.5), ('V4', 'V5', '2015-01-01', 1), ('V5', 'V6', '2017-01-01', 1), ('V7', 'V8', '2015-01-01', 0.4), ('V7', 'V18', '2015-01-01', 0.6);
INSERT INTO terrbal.hierarchy (child, parent, level, valid) SELECT unit, 'VP' || substr(unit, 2)::int % 3, 'county', valid FROM city.alive;
CREATE TABLE city.part AS SELECT unit, make_date(y, 1, 1) AS period, 1::float8 AS value FROM city.alive, generate_series(2010, 2018, 2) y WHERE valid @> make_date(y, 1, 1);
CREATE VIEW city.cover AS SELECT b, c.* FROM unnest(ARRAY[NULL, '2009-01-01', '2012-01-01', '2014-01-01', '2016-01-01', '2020-01-01']::date[]) b, terrbal.rollup_coverage('part', 'county', b) c;
SELECT is((SELECT terrbal.register_indicator('part', 'X', '1', 'city.part', 'town') > 0 AND (terrbal.refresh('part')).status = 'ok'), true, 'refreshed');
SELECT is((SELECT count(*) || ' ' || sum(missing) FROM city.cover WHERE unit IS NOT NULL), '90 0', 'where all report, none is missing on any map');
CREATE TEMP TABLE complete AS TABLE city.cover;
DELETE FROM city.part WHERE hashtext(unit || period) % 3 <> 0 AND unit <> 'V16';
SELECT is((terrbal.refresh('part')).status, 'ok', 'most rows are gone');
SELECT is((SELECT count(*) FROM city.cover c JOIN complete f ON f.b IS NOT DISTINCT FROM c.b AND f.unit = c.unit AND f.period = c.period WHERE c.members = f.members AND c.members = c.reporting + c.missing), 90::bigint,
    'the members are the same');

-- few rows with very many paths: thirty layers of two units, each belonging to, or split into, both of the next
CREATE TABLE city.layer AS SELECT 'W' || n || s AS unit, 'W' || n + 1 || t AS next, n, s, t FROM generate_series(1, 30) n, generate_series(0, 1) s, generate_series(0, 1) t;
CREATE TABLE city.wide AS SELECT 'W1' || s AS unit, DATE '1990-01-01' AS period, 100::float8 AS value, 1::float8 AS weight FROM generate_series(0, 1) s;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT unit, next, 'layer ' || n || t FROM city.layer;
INSERT INTO terrbal.hierarchy (child, parent, level) SELECT DISTINCT next, 'Top', 'top' FROM city.layer WHERE n = 30;
SELECT terrbal.register_indicator('wide', 'X', '1', 'city.wide') > 0;
SELECT is((terrbal.refresh('wide')).inserted, 2::bigint, 'refreshed');
SET LOCAL statement_timeout = '60s'; -- hours, if every path were walked
SELECT is((SELECT count(DISTINCT unit) FROM terrbal_support.unit_at_level('top')), 62::bigint, '2^30 chains: every unit is reached, in seconds');
SELECT is((SELECT value FROM terrbal.indicator_rollup('wide', 'top', 'sum')), 200::float8, 'and counts once');
INSERT INTO terrbal.succession (predecessor, successor, effective, share) SELECT unit, next, make_date(2000 + n, 1, 1), CASE t WHEN 0 THEN 0.25 ELSE 0.75 END FROM city.layer;
-- every unit sends a quarter to the first and three quarters to the second of the next layer
SELECT is((SELECT array_agg(DISTINCT unit || ' ' || value) FROM terrbal.indicator_rollup('wide', 'top', 'sum', '2040-01-01')
        CROSS JOIN (SELECT array_agg(share ORDER BY successor) AS shares FROM terrbal_support.carried_share('2040-01-01') WHERE predecessor = 'W10') c WHERE shares = ARRAY[0.25, 0.75]),
    ARRAY['Top 200'], '2^30 paths of succession: shares add up');
RESET statement_timeout;
SELECT * FROM finish();
ROLLBACK;
