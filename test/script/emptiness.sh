#!/usr/bin/env bash
# Does an empty answer say why? Every aggregate and window that takes rows, found from the catalogue, is called over one row, over rows that are all alike, and over zeros
# (weights stay: a row of weight 0 is no row).
# Where the answer is NULL, or a row of nothing but NULL and counts, a NOTICE has been raised or the page says that this is NULL (silent, below). A function added tomorrow is in it.
. "$(dirname "$0")/tap.bash"
new_database "$database"
# function | page | words of the page
silent='growth_type|landscape|`growth_type` of a cell that is not newly built
average_entitlement|development_rights|A total surface of 0 gives NULL
capacity_gap|equalisation|no gap per head (NULL)
growth_type|landscape|`growth_type` of a cell that is not newly built | NULL
split_rate|land_tax|of a town without taxable value is NULL
standard_yield|equalisation|there is no standard yield (NULL)'
cat >"$scratch/calls.sql" <<'SQL'
CREATE TEMP TABLE few AS SELECT * FROM fixture WHERE i <= 60;
SELECT format('SELECT %L || coalesce(to_jsonb(a)::text, ''null'') FROM (SELECT terrbal.%I(%s)%s AS a FROM %s) x%s;', '@' || p.proname || '@' || k.kind || '@', p.proname, c.list,
    CASE p.prokind WHEN 'w' THEN ' OVER ()' ELSE '' END, CASE k.kind WHEN 'one row' THEN '(SELECT * FROM few WHERE i = 8) few' ELSE 'few' END, CASE p.prokind WHEN 'w' THEN ' LIMIT 1' ELSE '' END)
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e' JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal',
    (VALUES ('one row'), ('all alike'), ('zeros')) k (kind),
    LATERAL (SELECT string_agg(format('(%s)::%s', CASE WHEN k.kind <> 'one row' AND t IN ('float8'::regtype, 'numeric'::regtype) AND x.expression ~ '(positive|whole|signed|origin|destination|\mi\M)'
                 THEN CASE WHEN k.kind = 'zeros' AND u.name <> 'weight' AND (p.proname, u.name) NOT IN (('flow_distance', 'flow'), ('equalisation_effect', 'population')) THEN '0' ELSE '3' END ELSE x.expression END, format_type(t, NULL)), ', ' ORDER BY o) AS list,
             bool_or(y.typname LIKE '%\_state' OR y.typtype = 'c' OR x.expression IS NULL) AS composed
             FROM unnest(p.proargtypes::oid[], p.proargnames[1:p.pronargs]) WITH ORDINALITY u(t, name, o) JOIN pg_type y ON y.oid = t
             CROSS JOIN LATERAL (SELECT pg_temp.argument(p.proname, coalesce(u.name, ''), format_type(t, NULL)) AS expression) x) c
WHERE p.prokind IN ('a', 'w') AND p.proname NOT LIKE '%\_state' AND NOT c.composed ORDER BY p.proname, k.kind
\gexec
SQL
PGOPTIONS='-c client_min_messages=notice' psql -qAtX -d "$database" -c 'SET client_min_messages = error' -f "$here/test/fixture/calls.sql" -c 'SET client_min_messages = notice' -f "$scratch/calls.sql" >"$scratch/answers" 2>&1
ok $(($(grep -c '^@' "$scratch/answers") < 200)) "$(grep -c '^@' "$scratch/answers") degenerate calls have an answer"
# silence: an answer without a value but counts, and no notice since the answer before; a list of rows says what it is about
perl -ne '
    if (/NOTICE:/) { $told = 1 } elsif (/ERROR:/) { $told = 0 }
    elsif (/^\@(\w+)\@([\w ]+)\@(.*)$/) {
        my ($f, $kind, $a) = ($1, $2, $3);
        $a =~ s/"(n|units|groups|zones|pairs|rows)": *\d+//g;
        $a =~ s/"[^"]*" *://g;
        print "$f $kind\n" if $a =~ /^\{?[, ]*null[, a-z]*\}?$/ && !$told && $a !~ /true|false/;
        $told = 0;
    }' "$scratch/answers" | sort -u >"$scratch/silences"
declared=$(cut -d'|' -f1 <<<"$silent" | paste -sd'|')
is "$(grep -vE "^($declared) " "$scratch/silences")" '' 'an empty answer is told, or the page declares it'
is "$(while IFS='|' read -r f page words; do grep -q "^$f " "$scratch/silences" || echo "$f is not silent"; grep -qF "$words" "$here/doc/$page.md" || echo "$page.md does not say: $words"; done <<<"$silent")" '' \
    'every declaration is needed, and on its page'
# one reason is told once in a statement, however many groups it meets
is "$(PGOPTIONS='-c client_min_messages=notice' q -c 'SELECT count(g) FROM (SELECT terrbal.gini(0) AS g FROM generate_series(1, 1000) n GROUP BY n) x' | grep -c NOTICE)" 1 'one notice a statement and reason'
finish
