#!/usr/bin/env bash
# The same suite on PostgreSQL 17 (Debian trixie) and 18 (forky): test/versions.sh [17] [18]
# Each runs in a Debian root of its own, made once by mmdebstrap below ${ROOTS:-/var/tmp/terrbal-roots} and kept for the next time. Needs root.
# Exit status 77: no root could be made here (no network, no privilege), nothing was tested.
set -euo pipefail
cd "$(dirname "$0")/.."
roots=${ROOTS:-/var/tmp/terrbal-roots}
[ "$(id -u)" = 0 ] || exit 77
command -v mmdebstrap >/dev/null || apt-get install -y -q mmdebstrap >/dev/null 2>&1 || exit 77
status=0
for version in ${@:-17 18}; do
    case $version in 17) suite=trixie ;; 18) suite=forky ;; *) echo "unknown version $version" >&2; exit 2 ;; esac
    root=$roots/$suite
    if [ ! -d "$root" ]; then
        echo "== making a $suite root with PostgreSQL $version"
        mkdir -p "$roots"
        # a mirror may lag behind a testing suite's validity date: these roots only run tests
        timeout 480 mmdebstrap --quiet --mode=root --variant=apt --aptopt='Acquire::Check-Valid-Until "false"' --include="make,gcc,libc6-dev,perl,libgeos-dev,clang,clang-format,cppcheck,postgresql-$version,postgresql-server-dev-$version,postgresql-$version-postgis-3,postgresql-$version-pgtap,libtap-parser-sourcehandler-pgtap-perl" \
            "$suite" "$root" || { rm -rf "$root"; exit 77; }
    fi
    work=$root/tmp/terrbal-source
    rm -rf "$work" && mkdir -p "$work/terrbal"
    # outside a checkout everything but what was built
    { git ls-files -coz --exclude-standard 2>/dev/null || find . -type f ! -path './.git/*' ! -path './build/*' ! -name '*.o' -print0; } | xargs -0 cp --parents -t "$work/terrbal"
    [ ! -d ../shared/golden ] || { mkdir -p "$work/shared" && cp -r ../shared/golden ../shared/data "$work/shared/"; }
    mkdir -p "$root/proc" "$root/dev/shm"
    mount -t proc proc "$root/proc" || exit 77
    mount -t tmpfs tmpfs "$root/dev/shm" || { umount "$root/proc"; exit 77; }
    # what 15 stored, when 15 is here
    dump=
    if [ -x /usr/lib/postgresql/15/bin/postgres ]; then
        PGVERSION=15 test/cluster.sh run sh -c 'createdb stored && psql -qX -d stored -v ON_ERROR_STOP=1 -f test/fixture/dump_source.sql >/dev/null && pg_dump -d stored' >"$work/stored.sql"
        dump=/tmp/terrbal-source/stored.sql
    fi
    echo "== PostgreSQL $version"
    chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 PGVERSION="$version" DUMP="$dump" make --no-print-directory -C /tmp/terrbal-source/terrbal test || status=1
    umount "$root/proc" "$root/dev/shm" || true
    rm -rf "$work"
done
exit $status
