#!/usr/bin/env bash
# Renews test/fuzz/corpus: one small real state of every shape, in the fuzz target's layout. Run it inside test/cluster.sh run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/corpus"
createdb terrbal_corpus
trap 'dropdb --force terrbal_corpus' EXIT
psql -qX -d terrbal_corpus -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal'
# Aggregates made on the fly over every transition function whose state is one of ours give a state of every shape.
psql -qXAt -F ' ' -d terrbal_corpus <<SQL | while read -r type hex; do
\\ir ../fixture/calls.sql
\\o /dev/null
SELECT DISTINCT ON (aggtranstype) format('CREATE AGGREGATE pg_temp.make_%s(%s) (SFUNC = %s, STYPE = %s)', format_type(aggtranstype, NULL)::regtype::oid, types, aggtransfn::regproc, format_type(aggtranstype, NULL))
FROM fixture_aggregate WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) ORDER BY aggtranstype, signature \\gexec
\\o
SELECT DISTINCT ON (aggtranstype) format('SELECT %L, pg_temp.make_%s(%s)::text FROM (SELECT * FROM fixture WHERE i <= 12) f', format_type(aggtranstype, NULL), aggtranstype, arguments)
FROM fixture_aggregate WHERE aggtranstype IN (SELECT oid FROM pg_type WHERE typnamespace = 'terrbal'::regnamespace) ORDER BY aggtranstype, signature \\gexec
SQL
    perl -e 'my $b = pack("H*", $ARGV[0]); my ($m, $v, $s, $f, $w, $n) = unpack("nCCNQ>Q>", $b); my @w = unpack("Q>$w", substr($b, 24));
        print pack("CVv", $s, $f, $w), pack("Q<*", @w), substr($b, 24 + 8 * $w)' "$hex" >"$here/corpus/${type#terrbal.}"
done
ls "$here/corpus"
