-- accessibility: goldens of pysal access, REAT and crankshaft, identities of catchments, splits
SET client_min_messages = warning;
SET search_path = terrbal, public;
\set golden `cd "$GOLDEN" 2>/dev/null && ls flows/crankshaft_huff.json flows/fca_hospital_costs.csv flows/fca_hospital_expected.csv flows/fca_hospital_sites.csv flows/reat_huff_levyweitz_expected.csv >/dev/null 2>&1 && echo yes || echo no`
SELECT plan(28);

CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS
    $$SELECT CASE WHEN got IS NULL OR want IS NULL THEN 'Infinity' WHEN want = 0 THEN abs(got) ELSE abs(got / want - 1) END$$;
CREATE TEMP TABLE cost AS
SELECT 'home ' || i AS h, 'site ' || j AS s, (10 + i * 37 % 91)::float8 AS p, (1 + j * 29 % 13)::float8 AS q, (1 + (i * 53 + j * 71) % 59)::float8 AS c
FROM generate_series(1, 40) i, generate_series(1, 7) j;
CREATE TEMP TABLE total AS SELECT (SELECT sum(p) FROM (SELECT DISTINCT h, p FROM cost) x) AS people, (SELECT sum(q) FROM (SELECT DISTINCT s, q FROM cost) x) AS places;

-- catchments
CREATE TEMP TABLE method AS SELECT * FROM (VALUES ('2sfca'), ('3sfca'), ('bfca'), ('spatial_availability')) m (kind),
    (VALUES ('exponential', '{0.03}'::float8[]), ('power', '{1.5}'), ('gaussian', '{15}'), ('linear', '{100}'), ('step', '{10,1,30,0.6,60,0.2}'), ('none', '{}')) d (law, par);
CREATE TEMP TABLE score AS SELECT kind, law, (z).* FROM (SELECT kind, law, unnest(catchment_access(h, s, p, q, c, kind, law, par, 59)) z FROM cost, method GROUP BY kind, law) x;
SELECT cmp_ok(max(pg_temp.off(served, places)), '<=', 1e-13::float8, 'demand-weighted scores share out all supply: ' || kind)
FROM total, (SELECT kind, law, sum(score * p) AS served FROM score JOIN (SELECT DISTINCT h, p FROM cost) x ON h = demand_id WHERE kind IN ('2sfca', '3sfca') GROUP BY 1, 2) s GROUP BY kind ORDER BY kind;
SELECT cmp_ok(max(pg_temp.off(served, places)), '<=', 1e-13::float8, 'spatial availability sums to the supply') FROM total, (SELECT sum(score) AS served FROM score WHERE kind = 'spatial_availability' GROUP BY law) s;
SELECT cmp_ok(max(pg_temp.off(score, places / people)), '<=', 1e-14::float8, 'no decay and full reach: supply over demand everywhere') FROM score, total WHERE kind IN ('2sfca', '3sfca') AND law = 'none';
SELECT cmp_ok(max(pg_temp.off(v.score / p, t.score)), '<=', 1e-13::float8, 'spatial availability over demand is 2SFCA')
FROM score v JOIN score t USING (law, demand_id) JOIN (SELECT DISTINCT h, p FROM cost) x ON h = demand_id WHERE v.kind = 'spatial_availability' AND t.kind = '2sfca';
SELECT is((SELECT count(*) FROM score a JOIN (SELECT kind, law, (z).* FROM (SELECT kind, law, unnest(catchment_access(h, s, p, q, c, kind, law, par, 59)) z FROM (SELECT * FROM cost ORDER BY md5(h || s)) r, method GROUP BY kind, law) x) b
    USING (kind, law, demand_id) WHERE a.score = b.score), 960::bigint, 'row order changes no bit');
SELECT is((SELECT count(*) FROM (SELECT kind, law, demand_id, (z).score AS doubled FROM (SELECT kind, law, unnest(catchment_access(h, s, p * 2, q, c, kind, law, par, 59)) z FROM cost, method WHERE kind <> 'spatial_availability' GROUP BY kind, law) x, LATERAL (SELECT (z).demand_id) y) a
    JOIN score USING (kind, law, demand_id) WHERE doubled = score / 2), 720::bigint, 'twice the demand, half the access');
SELECT is((SELECT bool_and(near.score >= far.score) FROM (SELECT (z).* FROM (SELECT unnest(catchment_access(h, s, 1, q, c, 'spatial_availability', 'none', NULL, 60)) z FROM cost WHERE h = 'home 1') x) near,
    (SELECT (z).* FROM (SELECT unnest(catchment_access(h, s, 1, q, c, 'spatial_availability', 'none', NULL, 20)) z FROM cost WHERE h = 'home 1') x) far), true, 'a longer reach never has less');

-- sums
SELECT is((SELECT accessibility(q, c, 'none', NULL) FROM cost), (SELECT sum(q) FROM cost), 'no decay: the sum');
SELECT is((SELECT accessibility(q, c, 'step', ARRAY[20, 1]) FROM cost), (SELECT sum(q) FROM cost WHERE c <= 20), 'one step: the sum within reach, border included');
SELECT is((SELECT accessibility(q, c, 'step', ARRAY[20, 1, 40, 0.5]) FROM cost), (SELECT sum(q * CASE WHEN c <= 20 THEN 1 ELSE 0.5 END) FROM cost WHERE c <= 40), 'two steps');
SELECT cmp_ok((SELECT pg_temp.off(accessibility(q, c, 'linear', ARRAY[100]), sum(q * (1 - c / 100))) FROM cost), '<=', 1e-14::float8, 'linear');
SELECT cmp_ok((SELECT pg_temp.off(accessibility(q, c, 'exponential', ARRAY[0.1]), sum(q * exp(-0.1 * c))) FROM cost), '<=', 1e-14::float8, 'exponential');
SELECT cmp_ok((SELECT pg_temp.off(accessibility(q, c, 'power', ARRAY[2]), sum(q / (c * c))) FROM cost), '<=', 1e-14::float8, 'power');
SELECT cmp_ok((SELECT pg_temp.off(accessibility(q, c, 'gaussian', ARRAY[10]), sum(q * exp(-c * c / 200))) FROM cost), '<=', 1e-14::float8, 'gaussian');
SELECT is((SELECT count(DISTINCT accessibility) FROM (SELECT accessibility(q, c, 'gaussian', ARRAY[10]) FROM (SELECT q, c, n FROM cost, generate_series(1, 20) n ORDER BY md5(h || s || n)) r GROUP BY n) x), 1::bigint, 'row order changes no bit');

-- Hansen of Levy and Weitz, as REAT (man/hansen.Rd)
SELECT ok(abs(a - 244.4444444444445) < 1e-12 AND abs(b - 450) < 1e-12, 'Levy and Weitz, accessibility') FROM (SELECT accessibility(size, km, 'power', ARRAY[2]) FILTER (WHERE town = 'Oak Hammock') AS a, accessibility(size, km, 'power', ARRAY[2]) FILTER (WHERE town = 'Rock Creek') AS b
    FROM (VALUES ('Rock Creek', 5000, 10), ('Oak Hammock', 5000, 5), ('Rock Creek', 10000, 5), ('Oak Hammock', 10000, 15)) v (town, size, km)) s;

-- market shares
SELECT cmp_ok((SELECT max(abs(s - 1)) FROM (SELECT sum(x) AS s FROM (SELECT h, huff_share(q, c, 1.2, 1.8) OVER (PARTITION BY h) AS x FROM cost) x GROUP BY h) y), '<=', 1e-15::float8, 'shares sum to 1');
SELECT cmp_ok((SELECT max(pg_temp.off(x, y)) FROM (SELECT huff_share(q, c, 1.2, 1.8) OVER (PARTITION BY h) AS x, huff_share(q * 1000, c / 60, 1.2, 1.8) OVER (PARTITION BY h) AS y FROM cost) s), '<=', 1e-14::float8, 'units play no part');
SELECT cmp_ok((SELECT max(abs(x - 1.0 / 7)) FROM (SELECT huff_share(q, c, 0, 0) OVER (PARTITION BY h) AS x FROM cost) s), '<=', 1e-16::float8, 'no weight on anything: equal shares');

\if :golden
CREATE TEMP TABLE hospital_cost (scenario int, o text, d text, cost float8);
\copy hospital_cost FROM PROGRAM 'cat "$GOLDEN/flows/fca_hospital_costs.csv"' CSV HEADER
CREATE TEMP TABLE hospital_site (id text, pop float8, doc float8);
\copy hospital_site FROM PROGRAM 'cat "$GOLDEN/flows/fca_hospital_sites.csv"' CSV HEADER
CREATE TEMP TABLE hospital (scenario int, method text, id text, access float8);
\copy hospital FROM PROGRAM 'cat "$GOLDEN/flows/fca_hospital_expected.csv"' CSV HEADER
CREATE TEMP TABLE named (method text, kind text, law text, par float8[], reach float8);
INSERT INTO named VALUES ('2sfca|gravity(scale=1,alpha=-1)|max_cost=61', '2sfca', 'power', '{1}', 61), ('3sfca|gravity(scale=1,alpha=-1)|max_cost=61', '3sfca', 'power', '{1}', 61),
    ('2sfca|none|max_cost=30', '2sfca', 'none', NULL, 30), ('2sfca|none|max_cost=61', '2sfca', 'none', NULL, 61),
    ('e2sfca|gaussian(sigma=20)|max_cost=60', '2sfca', 'gaussian', '{20}', 60), ('e2sfca|step{20:1,40:0.68,60:0.22}|max_cost=60', '2sfca', 'step', '{20,1,40,0.68,60,0.22}', 60);
SELECT ok(count(*) = 12 AND max(pg_temp.off((z).score, access)) <= 1e-12, 'hospital, four directed cost tables: ' || method)
FROM (SELECT method, scenario, unnest(catchment_access(o, d, a.pop, b.doc, cost, kind, law, par, reach)) z FROM named, hospital_cost JOIN hospital_site a ON a.id = o JOIN hospital_site b ON b.id = d GROUP BY 1, 2) s
FULL JOIN (SELECT * FROM hospital) h USING (method, scenario) WHERE id = (z).demand_id GROUP BY method ORDER BY method;
CREATE TEMP TABLE huff (community text, store text, size float8, km float8, utility float8, total float8, p float8, turnover float8, sales float8);
\copy huff FROM PROGRAM 'cat "$GOLDEN/flows/reat_huff_levyweitz_expected.csv"' CSV HEADER
SELECT cmp_ok((SELECT max(pg_temp.off(x, p)) FROM (SELECT p, huff_share(size, km, 1, 2) OVER (PARTITION BY community) AS x FROM huff) s), '<=', 1e-12::float8, 'Levy and Weitz as REAT');
CREATE TEMP TABLE crankshaft (j jsonb);
\copy crankshaft FROM PROGRAM 'tr -d "\n" < "$GOLDEN/flows/crankshaft_huff.json"' CSV QUOTE E'\x01' DELIMITER E'\x02'
CREATE TEMP TABLE market AS
SELECT (s ->> 0)::int AS source, (t ->> 0)::int AS target, (t ->> 1)::float8 AS weight, greatest(1, ST_Distance(ST_MakePoint((s ->> 2)::float8, (s ->> 3)::float8)::geography, ST_MakePoint((t ->> 2)::float8, (t ->> 3)::float8)::geography)) AS metres
FROM crankshaft, jsonb_array_elements(j -> 'sources') s, jsonb_array_elements(j -> 'targets') t WHERE (t ->> 1)::float8 > 3;
SELECT cmp_ok((SELECT max(pg_temp.off(100 * share, printed)) FROM
    (SELECT source, target, huff_share(weight, metres, 1, 1) OVER (PARTITION BY source) AS share FROM market) m
    JOIN (SELECT 10 * row_number() OVER (ORDER BY n) AS source, split_part(line, '|', 2)::float8 AS printed FROM crankshaft, jsonb_array_elements_text(j -> 'expected_as_printed') WITH ORDINALITY u (line, n) WHERE line ~ '^ 0101') p USING (source) WHERE target = 2),
    '<=', 1e-6::float8, 'shares on geographies as crankshaft printed them');
\else
SELECT skip('the figures of test/fixture/golden are not here', 8);
\endif
SELECT * FROM finish();
