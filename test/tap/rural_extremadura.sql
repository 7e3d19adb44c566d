-- The figures of doc/rural_extremadura.md, on the 388 municipalities of Extremadura (INE register 1996-2020; area of the IGN nomenclature)
\getenv datasets DATASETS
SET client_min_messages = warning;
SET search_path = public, terrbal;
\if :{?datasets}
SELECT plan(12);
CREATE TEMP TABLE pop (ine text, name text, prov text, p1996 int, p1998 int, p1999 int, p2000 int, p2001 int, p2002 int, p2003 int, p2004 int, p2005 int, p2006 int, p2007 int, p2008 int,
                       p2009 int, p2010 int, p2011 int, p2012 int, p2013 int, p2014 int, p2015 int, p2016 int, p2017 int, p2018 int, p2019 int, p2020 int);
\copy pop FROM PROGRAM 'cat "$DATASETS/extremadura/extremadura_pop_1996_2020.csv"' CSV HEADER
CREATE TEMP TABLE area (ine text, name text, prov text, area_ha float8, area_ha_2017 float8, lon float8, lat float8, altitude float8);
\copy area FROM PROGRAM 'cat "$DATASETS/extremadura/extremadura_area.csv"' CSV HEADER
CREATE TEMP TABLE m AS SELECT pop.*, area_ha / 100 AS km2, rural_environment(p2020, p2020 / (area_ha / 100)) AS rural FROM pop JOIN area USING (ine);

SELECT is(count(*)::int, 371, 'rural municipalities in 2020') FROM m WHERE (rural).rural;
SELECT is(round(100.0 * sum(p2020) FILTER (WHERE (rural).rural) / sum(p2020), 1), 49.1, 'their share of population: the 49.1 % of the concept note') FROM m;
SELECT is(round(100.0 * sum(p2020) FILTER (WHERE (rural).small) / sum(p2020), 1), 36.1, 'share of the small ones') FROM m;
SELECT is(array_agg(name ORDER BY p2020 DESC), ARRAY['Badajoz', 'Cáceres', 'Mérida', 'Plasencia', 'Don Benito', 'Almendralejo'], 'too large to be rural') FROM m WHERE NOT (rural).below_population;
SELECT is(count(*) FILTER (WHERE p2018 < p2001)::int, 326, 'lost people from 2001 to 2018') FROM m;
SELECT is(count(*)::int, 157, 'of them below 12.5 per km2: candidates for depopulation risk') FROM m WHERE (depopulation_risk(p2001, p2018, -1, p2018 / km2)).at_risk;
SELECT is(round(100.0 * sum(p2020) FILTER (WHERE (depopulation_risk(p2001, p2018, -1, p2018 / km2)).at_risk) / sum(p2020), 1), 11.2, 'their share of population') FROM m;
SELECT is(count(*) FILTER (WHERE growth_rate(p1996, p2020, 24) < 0)::text || ' of ' || count(growth_rate(p1996, p2020, 24)), '334 of 382', 'municipalities that shrank since 1996') FROM m;
SELECT is(round(hoover_redistribution(p1996, p2020)::numeric, 1), 8.5, 'per cent of the population that would have to move back to the places of 1996') FROM m WHERE p1996 IS NOT NULL;
-- the provinces of doc/village_to_nation.md, by the class of 2020
CREATE TEMP TABLE setting AS SELECT prov, (rural).rural, ARRAY[sum(p2013), sum(p2014), sum(p2015), sum(p2016), sum(p2017), sum(p2018), sum(p2019), sum(p2020)]::int[] AS residents FROM m GROUP BY 1, 2;
SELECT results_eq('SELECT * FROM setting ORDER BY prov, rural DESC', $$VALUES
    ('06', true, '{325855,323691,321200,318360,314901,311672,308995,306580}'::int[]), ('06', false, '{367874,367238,365530,365753,364983,364704,364564,365557}'),
    ('10', true, '{232033,230841,228991,226295,223027,219944,217905,215627}'), ('10', false, '{178242,177862,177276,177370,177009,176543,176246,176223}')$$, 'residents by province and setting');
SELECT is(array_agg(ARRAY[p2013, p2014, p2015, p2016, p2017, p2018, p2019, p2020] ORDER BY ine), ARRAY['{37149,37011,36971,36975,36924,37010,37151,37284}'::int[],
    '{542,522,516,503,476,444,437,423}', '{41047,40892,40755,40663,40360,40141,39913,39860}'], 'Don Benito, Villarta de los Montes, Plasencia year by year') FROM m WHERE ine IN ('06044', '06157', '10148');
SELECT results_eq('SELECT prov, sum(p2008)::int, sum(p2013)::int, sum(p2018)::int FROM m GROUP BY prov ORDER BY prov', $$VALUES
    ('06', 340243 + 345003, 344296 + 349433, 676376), ('10', 205949 + 206549, 203758 + 206517, 196619 + 199868)$$, 'men and women add up to the register');
\else
SELECT plan(1);
SELECT skip('12 checks on data of public repositories, which do not ship with the product', 1);
\endif
SELECT * FROM finish();
