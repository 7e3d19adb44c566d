-- Before the acts: small tables from CSV files. `make demo DATA=dir` reads the same columns from your own folder.
\set ON_ERROR_STOP on
SET client_min_messages = warning;
DROP SCHEMA IF EXISTS demo CASCADE;
CREATE SCHEMA demo;
CREATE TABLE demo.flow (origin text, destination text, flow float8);
CREATE TABLE demo.zone (zone text PRIMARY KEY, class terrbal.settlement, population bigint, lon float8, lat float8);
CREATE TABLE demo.parcel (parcel text PRIMARY KEY, price numeric, size float8, age float8, distance float8, x float8, y float8);
CREATE TABLE demo.share (territory text PRIMARY KEY, population bigint, relativity numeric, published numeric);
CREATE TABLE demo.outline (shape geometry);
CREATE TABLE demo.district (district text, shape geometry);
CREATE TABLE demo.atlas_unit (unit text PRIMARY KEY, name text, wkt text);
CREATE TABLE demo.atlas_indicator (indicator text PRIMARY KEY, title text, unit_measure text, direction int, amber float8, red float8, definition text);
CREATE TABLE demo.atlas_value (indicator text, unit text, period date, value float8);
CREATE TABLE demo.title (key text PRIMARY KEY, value text);

\copy demo.flow FROM PROGRAM 'cat "$DEMO_DATA/flows.csv"' CSV HEADER
\copy demo.zone FROM PROGRAM 'cat "$DEMO_DATA/zones.csv"' CSV HEADER
\copy demo.parcel FROM PROGRAM 'cat "$DEMO_DATA/parcels.csv"' CSV HEADER
\copy demo.share FROM PROGRAM 'cat "$DEMO_DATA/shares.csv"' CSV HEADER
-- These may be missing: backdrops of the maps, the atlas, and titles.
\copy demo.outline FROM PROGRAM 'cat "$DEMO_DATA/outline.csv" 2>/dev/null || echo wkt' CSV HEADER
\copy demo.district FROM PROGRAM 'cat "$DEMO_DATA/districts.csv" 2>/dev/null || echo district,wkt' CSV HEADER
\copy demo.atlas_unit FROM PROGRAM 'cat "$DEMO_DATA/atlas_units.csv" 2>/dev/null || echo unit,name,wkt' CSV HEADER
\copy demo.atlas_indicator FROM PROGRAM 'cat "$DEMO_DATA/atlas_indicators.csv" 2>/dev/null || echo indicator,title,unit_measure,direction,amber,red,definition' CSV HEADER
\copy demo.atlas_value FROM PROGRAM 'cat "$DEMO_DATA/atlas_values.csv" 2>/dev/null || echo indicator,unit,period,value' CSV HEADER
\copy demo.title FROM PROGRAM 'cat "$DEMO_DATA/titles.csv" 2>/dev/null || echo key,value' CSV HEADER
INSERT INTO demo.title VALUES
    ('flows_title', 'Who moves where'), ('flows_source', 'your flows.csv'), ('urban_name', 'urban zones'), ('rural_name', 'rural zones'),
    ('land_title', 'What nearness is worth'), ('land_source', 'your parcels.csv'), ('near_distance', '500'), ('capture_rate', '0.25'),
    ('cap_rate', '0.30'), ('currency', ''), ('shares_title', 'Sharing one pool'), ('shares_source', 'your shares.csv'), ('shares_currency', ''),
    ('atlas_title', 'Atlas'), ('atlas_language', 'en'), ('atlas_source', 'your atlas_values.csv')
ON CONFLICT DO NOTHING;
