#!/usr/bin/env bash
# The demo on its own figures and on a user's CSV files (optional ones missing): pages are written, whole, and say what they should.
set -uo pipefail
here=$(cd "$(dirname "$0")/../.." && pwd)
dir=$(mktemp -d)
trap '"$here/test/drop.sh" demo; rm -rf "$dir"' EXIT
count=0
failed=0
check() { count=$((count + 1)); if eval "$2" >/dev/null 2>&1; then echo "ok $count - $1"; else echo "not ok $count - $1"; failed=1; fi; }
run() { "$here/test/drop.sh" demo; DEMO_INSIDE=1 OUT="$2" DATA="$1" "$here/test/demo.sh" >"$dir/log" 2>&1 || sed 's/^/# /' "$dir/log"; }

run "$here/doc/demo/data" "$dir/page.html"
check 'a page is written' '[ -s "$dir/page.html" ]'
check 'it is closed and has seven figures' '[ "$(grep -o "</svg>" "$dir/page.html" | wc -l)" = 7 ] && tail -n 1 "$dir/page.html" | grep -q "</html>"'
check 'it loads nothing from elsewhere' '! grep -qE "(src|href)=\"?http|@import" "$dir/page.html"'
check 'an atlas of 32 states lies beside it' '[ -s "$dir/terrbal-atlas.html" ] && grep -o "\"units\":.*\"series\"" "$dir/terrbal-atlas.html" | grep -c "Zacatecas" | grep -qx 1 && grep -q "terrbal-atlas.html" "$dir/page.html"'
check 'nothing undefined on it' '! grep -qE ">NaN<|>NULL<|\"NaN\"" "$dir/page.html"'
check 'Gyeonggi-do gains 168,373' 'grep -qE "Gyeonggi-do.*\| +168373 \|" "$dir/log"'
check 'the levies add up to their pool' 'grep -A2 "at_the_cap" "$dir/log" | grep -q "| t "'
check 'both scenarios share out the whole pool' '[ "$(grep -c "| 93440959600 | 93440959600 | t" "$dir/log")" = 2 ]'

rm -f "$dir/terrbal-atlas.html"
mkdir "$dir/mine"
printf 'origin,destination,flow\na,b,3\nb,a,1\na,c,0\n' >"$dir/mine/flows.csv"
printf 'zone,class,population,lon,lat\na,urban,100,1,1\nb,rural,50,2,2\nc,,10,1,2\n' >"$dir/mine/zones.csv"
printf 'parcel,price,size,age,distance,x,y\n' >"$dir/mine/parcels.csv"
for i in 1 2 3 4 5 6 7 8; do echo "p$i,$((i * 1000 + 500)),$((40 + i * i)),$i,$((i * 100)),$i,$((i % 3))"; done >>"$dir/mine/parcels.csv"
printf 'territory,population,relativity,published\nn,10,0.5,50\ns,10,1.5,150\n' >"$dir/mine/shares.csv"
run "$dir/mine" "$dir/mine.html"
check 'own CSV files, without the optional ones, make a page' '[ -s "$dir/mine.html" ] && tail -n 1 "$dir/mine.html" | grep -q "</html>"'
check 'without values for it there is no atlas' '[ ! -e "$dir/terrbal-atlas.html" ] && ! grep -q Atlas "$dir/mine.html"'
MAKEFLAGS='' make -s -C "$here" demo DATA="$dir/mine" OUT="$dir/made.html" >"$dir/log" 2>&1 || sed 's/^/# /' "$dir/log"
check 'make demo DATA=dir makes the same page' 'cmp "$dir/mine.html" "$dir/made.html"'
rm "$dir/mine/flows.csv"
"$here/test/drop.sh" demo
check 'a missing file is named' '! DEMO_INSIDE=1 OUT="$dir/x.html" DATA="$dir/mine" "$here/test/demo.sh" >"$dir/log" 2>&1 && grep -q "missing .*flows.csv" "$dir/log"'
echo "1..$count"
exit $failed
