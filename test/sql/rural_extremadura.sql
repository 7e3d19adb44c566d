-- Rural and emptying: ten municipalities of Extremadura. Residents at 1 January by the municipal register (INE), land area in km2 (IGN nomenclature)
\set VERBOSITY default
\pset null NULL
CREATE TABLE municipality (ine text PRIMARY KEY, name text, p1996 int, p2001 int, p2018 int, p2020 int, km2 float8);
INSERT INTO municipality VALUES
    ('06015', 'Badajoz', 122510, 136319, 150530, 150984, 1440.5), ('10037', 'Cáceres', 77768, 82034, 96068, 96255, 1750.2), ('06083', 'Mérida', 51830, 51056, 59352, 59548, 865.2),
    ('06044', 'Don Benito', 31022, 31729, 37010, 37284, 559.4), ('10148', 'Plasencia', 37299, 38576, 40141, 39860, 217.9), ('06153', 'Villanueva de la Serena', 23833, 23997, 25759, 25752, 153.1),
    ('10039', 'Cadalso', 621, 587, 428, 426, 7.4), ('06157', 'Villarta de los Montes', 740, 665, 444, 423, 123.4), ('10080', 'Gargantilla', 526, 484, 403, 376, 20.9), ('06030', 'Capilla', 227, 216, 186, 172, 147.0);

SELECT name, round((p2020 / km2)::numeric, 1) AS density, terrbal.rural_municipality(p2020, p2020 / km2) AS rural, p2018 < p2001 AS declining, (terrbal.sparse_area(p2018 / km2)).sparse,
       round(100 * terrbal.growth_rate(p1996, p2020, 24)::numeric, 2) AS growth_per_cent_a_year
FROM municipality ORDER BY p2020 DESC;

-- one year of births less deaths would complete the rule of the Banco de Espana: here as a what-if for a place that loses ten people a year
SELECT name, (r).declining, (r).natural_decrease, (r).sparse, (r).at_risk
FROM (SELECT name, terrbal.depopulation_risk(p2001, p2018, -10 * 17, p2018 / km2) AS r FROM municipality WHERE p2020 < 1000) s ORDER BY name;

SELECT round((r).slope::numeric, 2) AS rank_size_slope, round((r).primacy::numeric, 2) AS primacy FROM (SELECT terrbal.rank_size(p2020) AS r FROM municipality) s;
DROP TABLE municipality;
