#!/usr/bin/env bash
# The install script, read as text: what the catalogue no longer shows. Every function, aggregate, type, table and view has its COMMENT right beside it.
set -uo pipefail
cd "$(dirname "$0")/../.."
count=0
failed=0
check() { # check WHAT FINDINGS
    count=$((count + 1))
    if [ -z "$2" ]; then echo "ok $count - $1"; else
        echo "not ok $count - $1"
        echo "$2" | head -n 20 | sed 's/^/# /'
        failed=1
    fi
}
check 'no OR REPLACE: a squatted name must stop the installation' "$(grep -niE 'create +or +replace' sql/[0-9]*.sql | grep -v 'EXECUTE format')"
check 'no IF NOT EXISTS: somebody else'"'"'s object is not adopted' "$(grep -niE 'create .*if not exists' sql/[0-9]*.sql | grep -viE 'create (temp|table %|materialized view %|view %)')"
check 'no SECURITY DEFINER' "$(grep -niE 'security definer' sql/[0-9]*.sql)"
check 'no quoted body of an SQL function' "$(perl -0777 -ne 'while (/LANGUAGE\s+sql\b[^;]*?\bAS\s+(\$|\x27)/gi) { print "$ARGV: ", substr($&, 0, 80), "\n" }' sql/[0-9]*.sql)"
check 'functions are created and commented side by side' "$(perl -0777 -ne 'my @c = /^CREATE (?:FUNCTION|AGGREGATE|PROCEDURE) (?:terrbal\.)?(\w+)/mg; my @d = /^COMMENT ON (?:FUNCTION|AGGREGATE|PROCEDURE) (?:terrbal\.)?(\w+)/mg;
    print "$ARGV: ", scalar(@c), " created, ", scalar(@d), " commented\n" if @c != @d' sql/[0-9]*.sql)"
check 'fragments are numbered and their stems have page, test and expectation' "$(for f in sql/[2-9][0-9]-*.sql; do s=${f#sql/[0-9][0-9]-}; s=${s%.sql}
    [ -e "doc/$s.md" ] && [ -e "test/sql/$s.sql" ] && [ -e "expected/$s.out" ] || echo "$f"; done)"
check 'every core has a unit test' "$(for f in src/core/*/*.c; do s=$(basename "$f"); [ -e "test/unit/$s" ] || echo "$f"; done)"
check 'no file above 500 lines in src, sql, test/unit' "$(wc -l src/*.[ch] src/core/*/*.[ch] sql/[0-9]*.sql test/unit/*.c | awk '$2 != "total" && $1 > 500 { print }')"
check 'no elog where a user is at fault' "$(grep -nE 'elog\(ERROR' src/*.c | grep -vE 'unexpected|result type has|more rows than announced|no exact decimal form|display scale|no enum value|regression has|not a window|outside the partition')"
check 'no fast-math, no native code' "$(grep -nE 'ffast-math|march=native' Makefile src/*.c src/core/*/*.c)"
version=$(sed -n "s/^default_version = '\(.*\)'/\1/p" terrbal.control)
check 'META.json tells the version of terrbal.control' "$(grep -oE '"version": "[^"]*"' META.json | head -n 2 | grep -vxF "\"version\": \"$version.0\"" | sed "s/^/terrbal.control: $version, META.json: /")"
check 'CHANGELOG.md begins with what is unreleased, or with this version' "$(grep -m 1 '^## ' CHANGELOG.md | grep -vE "^## (Unreleased|$version) \(([0-9-]+|$version)\)$")"
# a frozen install script and a way from it: every version that was ever released
check 'every frozen version has its upgrade script' "$(for f in test/fixture/terrbal--*.sql; do v=${f#*--}; [ "$v" = "$version.sql" ] || ls sql/terrbal--"${v%.sql}"--*.sql >/dev/null 2>&1 || echo "$f"; done)"
check 'the upgrade script has a section for each fragment, in their order' "$(diff <(ls sql/[0-9][0-9]-*.sql | sed 's,sql/\(.*\)\.sql,\1,') <(sed -n 's/^-- ---- \(.*\) ----$/\1/p' sql/terrbal--*--"$version".sql))"
check 'the upgrade script ends as 99-support does, with the move of what no user calls' "$(diff <(sed -n '/^DO /,$p' sql/99-support.sql) <(sed -n '/^-- ---- 99-support ----$/,$p' sql/terrbal--*--"$version".sql | sed -n '/^DO /,$p'))"
check 'an upgrade knows what it drops: no IF EXISTS' "$(grep -niE 'drop .*if exists' sql/terrbal--*.sql)"
check 'no test decides by a time that passes: scripts wait by until_is, until_blocked and hear of tap.bash' "$(grep -nE '\bsleep\b' test/script/*.sh test/tap/*.sql test/sql/*.sql | grep -vE '^test/script/(lint|cancel)\.sh')"
check 'no count of steps but the one in host.h: loops take tb_step() or tb_steps(n), tb_tick() follows work of its own without a condition' \
    "$(grep -nE 'define +[A-Z_]*TICK\b' src/core/*/*.[ch]
    perl -0777 -ne 'print "$ARGV: $&\n" while m{\bif \([^;{}]*\)\s*\{?\s*tb_tick\(\)}g' src/core/*/*.[ch])"
check 'pgTAP files share the database of their lane: who fills the monitor rolls back' "$(grep -lE 'register_indicator\(|refresh\(' test/tap/*.sql | xargs grep -LxE 'ROLLBACK;')"
check 'every script can be started' "$(find test/script test/clients -name '*.sh' ! -perm -u+x)"
check 'figures that ship are those beside a development checkout' "$([ ! -d ../shared/golden ] || (cd test/fixture/golden && find . -mindepth 2 -type f) | while read -r f; do cmp -s "test/fixture/golden/$f" "../shared/golden/$f" || echo "$f"; done)"
echo "1..$count"
exit $failed
