#!/usr/bin/env bash
# Installs the Debian packages that a target needs and says which: test/packages.sh build|test|clients|site
# As root or with sudo; where apt is absent it only names what is missing. PGVERSION (default 15) chooses the server.
set -euo pipefail
version=${PGVERSION:-15}
build="gcc libc6-dev make perl libgeos-dev postgresql-$version postgresql-server-dev-$version postgresql-$version-postgis-3"
checks="clang libclang-rt-dev clang-format cppcheck sqlsmith gdal-bin postgis postgresql-$version-cron postgresql-$version-pgtap libtap-parser-sourcehandler-pgtap-perl"
# nodejs brings npm where it does not come from Debian
site="mkdocs mkdocs-material"
clients="$site chromium curl fonts-dejavu-core fonts-noto-cjk odbc-postgresql postgis jupyter-nbconvert python3-geopandas python3-ipykernel python3-matplotlib python3-psycopg2 python3-pyodbc python3-qgis qgis-providers r-base-core r-cran-knitr r-cran-rpostgresql r-cran-sf $(command -v npm >/dev/null || echo nodejs npm)"
case ${1:-build} in
build) wanted=$build ;;
test) wanted="$build $checks" ;;
clients) wanted=$clients ;;
site) wanted=$site ;;
*) echo "usage: $0 build|test|clients|site" >&2; exit 2 ;;
esac

missing=
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install:$missing" >&2
    exit 1
fi
echo "== installing Debian packages:$missing"
if [ "$(id -u)" = 0 ]; then sudo=; else sudo=sudo; fi

# Debian creates and starts a cluster of its own with the first server package. Nobody asked for one here.
common=/etc/postgresql-common
if ! dpkg-query -W -f '${Status}' postgresql-common 2>/dev/null | grep -q 'ok installed' && [ ! -e "$common/createcluster.conf" ]; then
    echo "== no automatic PostgreSQL cluster: create_main_cluster = false in $common/createcluster.conf"
    $sudo mkdir -p "$common"
    echo 'create_main_cluster = false' | $sudo tee "$common/createcluster.conf" >/dev/null
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
install() {
    # shellcheck disable=SC2086
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends -o Dpkg::Options::=--force-confold $missing >"$log" 2>&1
}
$sudo apt-get update -q >"$log" 2>&1 || true
install || {
    tail -n 20 "$log" >&2
    exit 1
}
