#!/usr/bin/env bash
# Does the tutorial hold from top to bottom, in a copy of doc/tutorial?
. "$(dirname "$0")/tap.bash"
for tool in ogr2ogr raster2pgsql; do
    command -v $tool >/dev/null || skip_all "$tool is not installed (Debian: gdal-bin, postgis)"
done
created+=(territory)
"$here/test/drop.sh" territory
cp "$here"/doc/tutorial/* "$scratch"
chmod 777 "$scratch"
cd "$scratch" || exit 1
"$here/test/page.pl" -s territory "$here/doc/tutorial.md" >page
while read -r line; do
    case $line in
    'ok '* | 'not ok '*)
        [[ $line = ok* ]]
        ok $? "${line#*- }"
        ;;
    '#'*) echo "$line" ;;
    esac
done <page
is "$(grep -c '<path' map.svg)" 10 'the map has its ten polygons'
like "$(cat atlas.html)" '^<!DOCTYPE html>.*Villarta de los Montes.*</html>' 'and the atlas its page'
finish
