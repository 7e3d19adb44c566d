#!/usr/bin/env bash
# Nothing is lost where there is no room: no more temporary files, no more memory, a full disk. The session gets an error of class 53, answers the next question,
# and the published values stay as they were. A full disk is a tablespace in a file system of 40 MB, memory is limited by the kernel for one backend.
. "$(dirname "$0")/tap.bash"
new_database "$database"
q <<'SQL'
CREATE SCHEMA city;
CREATE UNLOGGED TABLE city.big AS SELECT i, sqrt((i * 7919::bigint % 1000003)::float8) AS value, (1 + i % 97)::float8 AS weight, 'Z' || i * 7919::bigint % 997 AS origin, 'Z' || i * 104729::bigint % 991 AS destination FROM generate_series(1, 250000) i;
CREATE TABLE city.version AS SELECT 1::float8 AS n;
CREATE VIEW city.housing AS SELECT 'U' || u AS unit, make_date(2020 + y, 1, 1) AS period, n + u AS value FROM generate_series(1, 2500) u, generate_series(0, 3) y, city.version;
DO $$ BEGIN PERFORM terrbal.register_indicator('housing', 'Housing', 'percent', 'city.housing'); END $$;
CALL terrbal.refresh_all();
CREATE FUNCTION city.published() RETURNS text LANGUAGE sql AS
$$SELECT count(*) || ' ' || md5(string_agg(o::text, ' ' ORDER BY o::text)) FROM (SELECT unit, period, value FROM terrbal.observation_latest WHERE code = 'housing') o$$;
SQL
published=$(sql 'SELECT city.published()')
like "$published" '^10000 ' 'a published version'
failure() { sql "SELECT status || ': ' || message FROM terrbal.run ORDER BY id DESC LIMIT 1"; }
who=worker
session worker
refused() { # query, error, what: the same session is asked something else at once
    local answer
    say "$who" "$1;"
    say "$who" "SELECT 'alive', terrbal.gini(x::float8) FROM generate_series(1, 3) x;"
    answer=$(hear "$who")
    like "$answer" "$2" "$3"
    like "$answer" 'alive\|0\.222222' "$3: the session goes on"
}
told() { # query: its answer in a session without a limit
    say "$who" "$1;"
    hear "$who"
}
pool='SELECT sum((a).amount) FROM (SELECT terrbal.pool_share(123456789.01, 0, weight, 1, 900) OVER (ORDER BY i) AS a FROM city.big) s'

# temporary files: a window spills, and may not
before=$(told "$pool")
say worker "SET work_mem = '64kB'; SET temp_file_limit = '1MB';"
refused "$pool" 'temporary file size exceeds "?temp_file_limit' 'a pool without room for its rows'
sql "UPDATE city.version SET n = 2" >/dev/null
PGOPTIONS="$PGOPTIONS -c temp_file_limit=64kB -c work_mem=64kB" sql 'CALL terrbal.refresh_all()' >/dev/null
like "$(failure)" 'failed: .*temp_file_limit' 'a refresh without room for its rows says so'
is "$(sql 'SELECT city.published()')" "$published" 'and leaves the published values'
say worker 'RESET temp_file_limit;'
is "$(told "$pool")" "$before" 'with room again, the same answer'
is "$(sql "SELECT count(*) FROM pg_ls_tmpdir() WHERE name LIKE 'pgsql_tmp${backend[worker]}.%'")" 0 'and no file is left behind'

# memory: the backend may have a few megabytes more than it has
address() { awk '/^VmSize/ { print $2 * 1024 }' "/proc/${backend[$who]}/status"; }
owner=$(ps -o user= -p "${backend[worker]}")
limit() { # of a process of the same user
    if [ "$(id -un)" = "$owner" ]; then prlimit --pid "${backend[$who]}" --as="$1": 2>/dev/null; else runuser -u "$owner" -- prlimit --pid "${backend[$who]}" --as="$1": 2>/dev/null; fi
}
if limit unlimited; then
    for query in 'SELECT terrbal.gini(value) FROM city.big' 'SELECT terrbal.inequality(value, weight) FROM city.big' 'SELECT (terrbal.flow_profile(origin, destination, weight)).effectiveness FROM city.big' \
        'SELECT cardinality(terrbal.intramax(origin, left(destination, 3), weight)) FROM city.big' "SELECT pg_column_size(terrbal.rollup(s)) FROM (SELECT terrbal.flow_state(origin, destination, weight) AS s FROM city.big GROUP BY i % 2) t" \
        'SELECT terrbal.settlement_class(i, i, value * 4, 1, 0.1) OVER () FROM city.big LIMIT 1'; do
        who=poor_$tests # a session of its own: freed memory is used again
        session "$who"
        told 'SET max_parallel_workers_per_gather = 0; SELECT terrbal.gini(x::float8) FROM generate_series(1, 3) x' >/dev/null
        limit $(($(address) + 1000000))
        refused "$query" 'out of memory' "$(grep -oE 'terrbal\.[a-z_]+\([a-z, _]*' <<<"$query" | tail -n 1)) without memory"
        limit unlimited
        like "$(told "$query")" '[0-9]' 'and with memory an answer'
    done
    limit $(($(address) + 1000000))
    like "$(told 'CALL terrbal.refresh_all()') $(failure)" 'out of memory' 'a refresh without memory says so'
    limit unlimited
    is "$(sql 'SELECT city.published()')" "$published" 'and leaves the published values'
else
    echo '# the memory of a backend cannot be limited here'
fi

# the disk: what is published lies on a file system that fills
disk=$scratch/disk
mkdir "$disk"
if mount -t tmpfs -o size=40m,mode=0777 tmpfs "$disk" 2>/dev/null; then
    trap '! mountpoint -q "$disk" || umount -l "$disk"' EXIT # also where the script is stopped
    mkdir "$disk/space"
    chown "$owner" "$disk/space"
    q -c "CREATE TABLESPACE full_$$ LOCATION '$disk/space'" -c "ALTER TABLE terrbal.observation SET TABLESPACE full_$$" -c "CREATE TABLE city.state (s terrbal.sample_state) TABLESPACE full_$$"
    refused "INSERT INTO city.state SELECT terrbal.sample_state(value + k) FROM city.big, generate_series(1, 30) k GROUP BY k" 'No space left on device|could not (extend|write)' 'states on a full disk'
    is "$(sql 'SELECT count(*) FROM city.state')" 0 'none of them is there'
    q -c 'DROP TABLE city.state' -c CHECKPOINT
    dd if=/dev/zero of="$disk/filler" bs=64k 2>/dev/null
    sql "UPDATE city.version SET n = 3" >/dev/null
    sql 'CALL terrbal.refresh_all()' >/dev/null
    like "$(failure)" 'failed: .*No space left on device' 'a refresh on a full disk says so'
    is "$(sql 'SELECT city.published()')" "$published" 'and leaves the published values'
    rm "$disk/filler"
    is "$(sql "SELECT status, updated FROM terrbal.refresh('housing')")" 'ok|10000' 'with room again it does the work'
    q -c 'ALTER TABLE terrbal.observation SET TABLESPACE pg_default' -c 'CHECKPOINT' -c "DROP TABLESPACE full_$$"
    umount -l "$disk"
else
    echo '# no file system of its own can be mounted here'
    is "$(sql "SELECT status, updated FROM terrbal.refresh('housing')")" 'ok|10000' 'with room again a refresh does the work'
fi
finish
