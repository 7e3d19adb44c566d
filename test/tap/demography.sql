-- demography: identities on made-up municipalities
SET search_path = public, terrbal;
SELECT plan(8);
CREATE TEMP TABLE place AS
SELECT i, (i * 7919 % 5000 + 1)::float8 AS p0, (i * 104729 % 5000 + 1)::float8 AS p1, (i * 31 % 300)::float8 AS births, (i * 37 % 300)::float8 AS deaths, (i % 20 + 1)::float8 AS years
FROM generate_series(1, 500) i;
SELECT ok(bool_and((b).change = (b).natural + (b).migration AND abs((b).growth_rate - (b).natural_rate - (b).migration_rate) < 1e-9), 'change and rates add up')
FROM (SELECT demographic_balance(p0, p1, births, deaths, years) b FROM place) s;
SELECT is(array_agg(DISTINCT (b).type ORDER BY (b).type), ARRAY[1, 2, 3, 4, 5, 6, 7, 8], 'all of Webb''s types occur') FROM (SELECT demographic_balance(p0, p1, births, deaths, years) b FROM place) s WHERE (b).type IS NOT NULL;
SELECT ok(bool_and(((b).type <= 4) = (births - deaths + (b).migration > 0) OR (b).change = 0), 'types 1 to 4 gain, 5 to 8 lose') FROM place, LATERAL demographic_balance(p0, p1, births, deaths, years) b;
SELECT ok(bool_and(abs(p0 * (1 + growth_rate(p0, p1, years, 'geometric')) ^ years / p1 - 1) < 1e-12 AND abs(p0 * exp(growth_rate(p0, p1, years, 'exponential') * years) / p1 - 1) < 1e-12
                   AND abs(p0 * (1 + growth_rate(p0, p1, years, 'arithmetic') * years) / p1 - 1) < 1e-9), 'each growth rate leads from start to end') FROM place;
SELECT ok(bool_and((r).at_risk = ((r).declining AND (r).natural_decrease AND (r).sparse)), 'at risk is all three')
FROM (SELECT depopulation_risk(p0, p1, births - deaths, p0 / 100) r FROM place) s;
-- the typologies against their tables, written out a second time
CREATE TEMP TABLE region AS SELECT i / 200.0 AS rural, city::float8, share FROM generate_series(0, 200) i, unnest(ARRAY[0, 200000, 200001, 500000, 500001]) city, unnest(ARRAY[0.24, 0.25, 0.9]) share;
SELECT is_empty($$SELECT * FROM region, LATERAL (SELECT array_position(ARRAY['predominantly urban', 'intermediate', 'predominantly rural'], oecd_rural_region(rural)) - 1 AS without,
        array_position(ARRAY['predominantly urban', 'intermediate', 'predominantly rural'], oecd_rural_region(rural, city, share)) - 1 AS "with") r
    WHERE without <> (rural >= 0.15)::int + (rural > 0.5)::int OR "with" <> without - (share >= 0.25 AND (without = 2 AND city > 200000 OR without = 1 AND city > 500000))::int$$, 'OECD, with and without cities');
SELECT is_empty($$SELECT * FROM region, LATERAL (SELECT array_position(ARRAY['predominantly urban', 'intermediate', 'predominantly rural'], eurostat_rural_region(rural)) - 1 AS without,
        array_position(ARRAY['predominantly urban', 'intermediate', 'predominantly rural'], eurostat_rural_region(rural, city, share)) - 1 AS "with") r
    WHERE without <> (rural > 0.2)::int + (rural >= 0.5)::int OR "with" <> without - (share >= 0.25 AND (without = 2 AND city > 200000 OR without = 1 AND city > 500000))::int$$, 'Eurostat, with and without cities');
-- access, as a table of the five types in order
SELECT is_empty($$SELECT * FROM unnest(ARRAY[0, 0.5, 0.51, 1]) large, unnest(ARRAY[0, 0.5, 0.51, 1]) metropolitan, unnest(ARRAY[0, 0.5, 0.51, 1]) near, unnest(ARRAY[0, 0.5, 0.51, 1]) city
    WHERE large <= metropolitan AND oecd_access_region(large, metropolitan, near, city) <> (ARRAY['MR-L', 'MR-M', 'NMR-M', 'NMR-S', 'NMR-R'])[array_position(ARRAY[large > 0.5, metropolitan > 0.5, near > 0.5, city > 0.5, true], true)]$$, 'OECD, by access');
SELECT * FROM finish();
