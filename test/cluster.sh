#!/usr/bin/env bash
# A throw-away server: a relocated copy of the installed PostgreSQL with terrbal in it, and one cluster on a unix socket in a temporary directory.
#
#   test/cluster.sh run COMMAND...   build, install, start; run COMMAND with PGHOST, PGPORT, PGUSER, PG_CONFIG set; stop and remove, also on failure
#   test/cluster.sh start DIR        the same, kept below DIR: prints the variables to export; `make install` with that PG_CONFIG renews the extension.
#                                    A server that is there already is started, or found running, with its databases
#   test/cluster.sh stop DIR
#
# The system's server files and clusters are never touched. PGVERSION (default 15) chooses the installed server.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
version=${PGVERSION:-15}
owner=postgres

as_owner() {
    if [ "$(id -u)" = 0 ]; then runuser -u "$owner" -- "$@"; else "$@"; fi
}

# PostgreSQL finds its files relative to its binaries, so a copied bin/ beside links is a server of its own.
relocate() {
    local tree=$1 lib=/usr/lib/postgresql/$version share=/usr/share/postgresql/$version
    mkdir -p "$tree/lib/postgresql/$version/lib" "$tree/share/postgresql/$version/extension"
    cp -a "$lib/bin" "$tree/lib/postgresql/$version/"
    ln -sfn "$lib"/lib/* "$tree/lib/postgresql/$version/lib/"
    find "$share" -mindepth 1 -maxdepth 1 ! -name extension -exec ln -sfn -t "$tree/share/postgresql/$version" {} +
    ln -sfn "$share"/extension/* "$tree/share/postgresql/$version/extension/"
    rm -f "$tree/lib/postgresql/$version/lib/terrbal.so" "$tree/share/postgresql/$version/extension"/terrbal*
    ln -sfn /usr/include "$tree/include"
}

start() {
    local dir=$1 bin pg_config
    mkdir -p "$dir"
    [ "$(id -u)" != 0 ] || chown "$owner" "$dir"
    chmod 755 "$dir"
    [ -x "$dir/tree/lib/postgresql/$version/bin/postgres" ] || relocate "$dir/tree"
    bin=$dir/tree/lib/postgresql/$version/bin
    pg_config=$bin/pg_config
    make -s -C "$here" PG_CONFIG="$pg_config" with_llvm=no -j "$(nproc 2>/dev/null || echo 2)" all install >"$dir/build.log" 2>&1 || {
        tail -n 40 "$dir/build.log" >&2
        exit 1
    }
    if [ ! -s "$dir/data/PG_VERSION" ]; then
        as_owner "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log"
        cat >>"$dir/data/postgresql.conf" <<CONF
listen_addresses = ''
unix_socket_directories = '$dir'
fsync = off
full_page_writes = off
synchronous_commit = off
shared_buffers = ${TERRBAL_SHARED_BUFFERS:-256MB}
max_wal_size = 4GB
jit = off
autovacuum = off
CONF
    fi
    as_owner "$bin/pg_ctl" -D "$dir/data" status >/dev/null || as_owner "$bin/pg_ctl" -D "$dir/data" -l "$dir/server.log" -w -s start
    export PGHOST=$dir PGPORT=5432 PGUSER=postgres PG_CONFIG=$pg_config PATH="$bin:$PATH"
    unset PGDATABASE PGSERVICE PGPASSWORD
}

stop() {
    local dir=$1
    as_owner "$dir/tree/lib/postgresql/$version/bin/pg_ctl" -D "$dir/data" -m immediate -s stop >/dev/null 2>&1 || true
    rm -rf "$dir"
}

case ${1:-} in
run)
    shift
    # 25 characters at most: a socket path is limited to 107
    work=$(mktemp -d /tmp/terrbal.XXXXXX)
    trap 'stop "$work"' EXIT
    trap 'exit 130' INT TERM
    start "$work"
    "$@"
    ;;
start)
    start "$2"
    echo "export PGHOST=$PGHOST PGPORT=$PGPORT PGUSER=$PGUSER PG_CONFIG=$PG_CONFIG PATH=$(dirname "$PG_CONFIG"):\$PATH"
    ;;
stop)
    stop "$2"
    ;;
*)
    sed -n '2,9p' "$0" >&2
    exit 2
    ;;
esac
