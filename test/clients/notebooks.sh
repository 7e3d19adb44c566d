#!/usr/bin/env bash
# The notebooks of doc/notebooks, run from the first cell to the last in a copy: they reach the figures of doc/tutorial.md and draw a map.
. "$(dirname "$0")/../script/tap.bash"
cp -r "$here/doc/notebooks" "$here/doc/tutorial" "$scratch"
export HOME=$scratch LC_ALL=C.UTF-8
cd "$scratch/notebooks" || exit 1
shown() { # notebook output: the figures that the tutorial shows
    like "$1" '1996.*10.*346376' "$2: ten municipalities and their sum in 1996"
    like "$1" '2020.*-3.12.*1.57.*10' "$2: rank and size"
    like "$1" 'Villarta de los Montes.*-2.30?.*' "$2: who shrinks most"
}

new_database "$database"
PGDATABASE=$database jupyter-nbconvert --to markdown --execute extremadura.ipynb >"$scratch/log" 2>&1
ok $? 'Python: every cell runs'
[ -e extremadura.md ] || sed 's/^/# /' "$scratch/log" | tail -n 20
shown "$(tr '\n' ' ' <extremadura.md)" Python
like "$(head -c 4 extremadura.png | tail -c 3)" PNG 'Python: the map is a picture'

new_database "${database}_r"
PGDATABASE=${database}_r Rscript -e 'knitr::knit("extremadura.Rmd", "extremadura_r.md", quiet = TRUE)' >"$scratch/log" 2>&1
ok $? 'R: every chunk runs'
is "$(grep '## Error' extremadura_r.md)" '' 'R: without an error'
shown "$(tr '\n' ' ' <extremadura_r.md)" R
like "$(head -c 4 extremadura_r.png | tail -c 3)" PNG 'R: the map is a picture'
[ -z "${KEEP:-}" ] || cp ./*.png "$KEEP"
finish
