#!/usr/bin/env bash
# Does `make site` build without a dead link, and do readers find what they look for? KEEP=folder keeps the pictures.
. "$(dirname "$0")/../script/tap.bash"
export NODE_PATH=${CLIENT_MODULES:-$here/build/clients/node_modules}
"$here/doc/site/build.sh" "$scratch" >"$scratch/log" 2>&1
ok $? 'the site builds, and no link leads nowhere'
[ $failures = 0 ] || { grep -i warn "$scratch/log" | sed 's/^/# /'; (cd "$scratch/site_source" && mkdocs build --site-dir "$scratch/site" 2>&1 | grep WARN | sed 's/^/# /'); }
is "$(cd "$here" && ls doc/*.md | sed 's,doc/\(.*\)\.md,\1.html,' | while read -r page; do [ -e "$scratch/site/$page" ] || echo "$page"; done)" '' 'every page is there'
said=$(node "$here/test/clients/site.js" "$scratch/site" "${KEEP:-$scratch}" 2>&1)
like "$said" 'title: .*terrbal' 'it opens'
like "$said" 'search: gini [^'$'\n'']*inequality.html' 'a search for gini finds its page'
like "$said" 'search: depopulation [^'$'\n'']*(demography|rural_extremadura).html' 'depopulation'
like "$said" 'search: plusvalía [^'$'\n'']*(glossary|index|spain_iivtnu).html' 'plusvalía'
like "$said" 'search: péréquation [^'$'\n'']*(glossary|index).html' 'péréquation'
like "$said" 'search: .tie .partition [^'$'\n'']*errors.html' 'and the words of an error find it with its page'
like "$said" 'anchor: gini\(' 'the reference has an anchor for each function'
like "$said" 'dark: slate' 'dark where the reader likes it dark'
like "$said" 'outside: none' 'nothing is fetched from elsewhere'
finish
