#!/usr/bin/env bash
# Renews test/fuzz/corpus: two small real states of every shape, in the fuzz target's layout. Run it inside test/cluster.sh run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$here/corpus"
createdb terrbal_corpus
trap '"$here/../drop.sh" terrbal_corpus' EXIT
psql -qX -d terrbal_corpus -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION postgis' -c 'CREATE EXTENSION terrbal'
# Aggregates made on the fly over every transition function whose state is one of ours give two states of every shape, of different rows.
psql -qXAt -F ' ' -d terrbal_corpus <<SQL | while read -r type first second; do
\i $here/../fixture/shapes.sql
CREATE TEMP TABLE seed (type text, first text, second text);
DO \$\$
DECLARE
    s fixture_shape;
    n int := 0;
BEGIN
    FOR s IN SELECT DISTINCT ON (type::text) * FROM fixture_shape WHERE type::text LIKE 'terrbal.%' ORDER BY type::text, shape LOOP
        n := n + 1;
        PERFORM pg_temp.take_apart(n, s.aggregate);
        EXECUTE format('INSERT INTO seed SELECT %L, (SELECT pg_temp.part_%s(%s)::text FROM fixture WHERE i %% 3 = 0 AND i <= 18), (SELECT pg_temp.part_%2\$s(%3\$s)::text FROM fixture WHERE i %% 3 = 0 AND i BETWEEN 12 AND 42)',
            s.type, n, (s.aggregate).arguments);
    END LOOP;
    -- nearly all pairs of some zones: a matrix once it is open, to which the second brings a low part and more zones than there is slack for
    INSERT INTO seed SELECT 'terrbal.flow_state_dense', (SELECT terrbal.flow_state(o, d, o + d)::text FROM generate_series(1, 6) o, generate_series(1, 6) d WHERE o <> d),
        (SELECT terrbal.flow_state(o, d, f)::text FROM generate_series(4, 12) o, generate_series(2, 7) d, (VALUES (1e16::float8), (1)) v(f));
END
\$\$;
SELECT * FROM seed ORDER BY type;
SQL
    perl -e 'for my $hex (@ARGV) { my $b = pack("H*", $hex); my ($m, $v, $s, $f, $w, $n) = unpack("nCCNQ>Q>", $b); my @w = unpack("Q>$w", substr($b, 24));
        print pack("C", $s) if !$begun++; print pack("Vvv", $f, $w, $n), pack("Q<*", @w), substr($b, 24 + 8 * $w) }' "$first" "$second" >"$here/corpus/${type#terrbal.}"
done
ls "$here/corpus"
