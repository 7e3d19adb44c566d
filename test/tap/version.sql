BEGIN;
SELECT plan(1);
SELECT is(terrbal.version(), (SELECT extversion FROM pg_extension WHERE extname = 'terrbal'), 'library and script have one version');
SELECT finish();
ROLLBACK;
