#!/usr/bin/env bash
# Does any page, or any hint of an error, speak of a function, view, type or setting that does not exist? Is every function for users on a page, and no part of the machinery?
set -uo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
database=terrbal_page_names_$$
trap '"$here/test/drop.sh" "$database"' EXIT
createdb "$database" && psql -qX -d "$database" -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal' || exit 1
psql -qAtX -d "$database" -c "SELECT DISTINCT CASE pronamespace::regnamespace::text WHEN 'terrbal' THEN '+' ELSE '-' END || proname FROM pg_proc
        WHERE pronamespace IN ('terrbal'::regnamespace, 'terrbal_support'::regnamespace)" -c "SELECT proname FROM pg_proc UNION SELECT unnest(proargnames) FROM pg_proc UNION SELECT typname FROM pg_type UNION SELECT relname FROM pg_class
    UNION SELECT attname FROM pg_attribute UNION SELECT enumlabel FROM pg_enum UNION SELECT name FROM pg_settings UNION SELECT word FROM pg_get_keywords() UNION SELECT rolname FROM pg_roles" |
    perl "$here/test/page_names.pl" "$here"
