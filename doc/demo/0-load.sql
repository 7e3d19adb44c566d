-- Before the acts: five small tables from CSV files. `make demo DATA=dir` reads the same columns from your own folder.
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
CREATE TABLE demo.title (key text PRIMARY KEY, value text);

\copy demo.flow FROM PROGRAM 'cat "$DEMO_DATA/flows.csv"' CSV HEADER
\copy demo.zone FROM PROGRAM 'cat "$DEMO_DATA/zones.csv"' CSV HEADER
\copy demo.parcel FROM PROGRAM 'cat "$DEMO_DATA/parcels.csv"' CSV HEADER
\copy demo.share FROM PROGRAM 'cat "$DEMO_DATA/shares.csv"' CSV HEADER
-- These three may be missing: backdrops of the maps, and titles.
\copy demo.outline FROM PROGRAM 'cat "$DEMO_DATA/outline.csv" 2>/dev/null || echo wkt' CSV HEADER
\copy demo.district FROM PROGRAM 'cat "$DEMO_DATA/districts.csv" 2>/dev/null || echo district,wkt' CSV HEADER
\copy demo.title FROM PROGRAM 'cat "$DEMO_DATA/titles.csv" 2>/dev/null || echo key,value' CSV HEADER
INSERT INTO demo.title VALUES
    ('flows_title', 'Who moves where'), ('flows_source', 'your flows.csv'), ('urban_name', 'urban zones'), ('rural_name', 'rural zones'),
    ('land_title', 'What nearness is worth'), ('land_source', 'your parcels.csv'), ('near_distance', '500'), ('capture_rate', '0.25'),
    ('cap_rate', '0.30'), ('currency', ''), ('shares_title', 'Sharing one pool'), ('shares_source', 'your shares.csv'), ('shares_currency', '')
ON CONFLICT DO NOTHING;
