\set SHOW_CONTEXT never
CREATE ROLE regress_terrbal_province;
CREATE SCHEMA city;
CREATE SCHEMA own AUTHORIZATION regress_terrbal_province;
SET ROLE regress_terrbal_province;
CREATE TABLE own.draft (unit text, period date, value float8);
CREATE FUNCTION own.f(x text) RETURNS integer LANGUAGE sql IMMUTABLE RETURN length(x);
CREATE INDEX ON own.draft (own.f(unit));
SELECT terrbal.privileged_role();
SELECT terrbal.untrusted_owner('own.draft');
RESET ROLE;
SELECT terrbal.privileged_role();
CREATE VIEW city.draft AS SELECT unit, period, value FROM own.draft;
SELECT terrbal.register_indicator('draft', 'Draft', '1', 'city.draft') IS NOT NULL AS registered;
SELECT status, message FROM terrbal.refresh('draft');
SELECT terrbal.untrusted_owner('city.draft');
-- locks ask for the privilege first
SELECT terrbal_support.lock_source('city', 'draft');
SELECT terrbal_support.lock_source('city', 'nothing');
SELECT terrbal_support.lock_source('nowhere', 'nothing');
SELECT terrbal_support.lock_writers(0);
SET ROLE regress_terrbal_province;
SELECT terrbal_support.lock_source('terrbal', 'run');
SELECT terrbal_support.lock_writers('terrbal.unit');
RESET ROLE;
SET client_min_messages = warning;
DROP SCHEMA city, own CASCADE;
DROP ROLE regress_terrbal_province;
TRUNCATE terrbal.indicator, terrbal.run RESTART IDENTITY;
