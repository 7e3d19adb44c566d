#!/usr/bin/env bash
# The suite over a library with assertions: every state that leaves a function passes its own check, and open forms keep their invariants; its windows read
# by the server's public interface, so that this way is tested too, and its states expanded objects from 64 kB on. Builds apart
# from the source tree, installs into the server that PG_CONFIG names, and puts the usual library back.
#   test/cluster.sh run test/asserted.sh
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
build=$(mktemp -d)
library=$("$PG_CONFIG" --pkglibdir)/terrbal.so
cp "$library" "$build/usual.so"
trap 'cp "$build/usual.so" "$library"; rm -rf "$build"' EXIT
cd "$here"
tar --exclude='*.o' --exclude='*.bc' -cf - Makefile META.json terrbal.control sql src test expected doc | tar -xf - -C "$build"
cd "$build"
make -s -j2 ASSERTIONS=1 PUBLIC_WINDOWS=1 OBJECTS_FROM=65536 with_llvm=no PG_CONFIG="$PG_CONFIG" all
nm -D --undefined-only terrbal.so | grep ExceptionalCondition >/dev/null # or nothing would be asserted
make -s ASSERTIONS=1 PUBLIC_WINDOWS=1 OBJECTS_FROM=65536 with_llvm=no PG_CONFIG="$PG_CONFIG" install
make -s ASSERTIONS=1 PUBLIC_WINDOWS=1 OBJECTS_FROM=65536 with_llvm=no PG_CONFIG="$PG_CONFIG" installcheck || { head -n 200 regression.diffs 2>/dev/null; exit 1; }
test/tap.sh test/tap/bad_values.sql test/tap/split.sql test/tap/shapes.sql test/tap/frozen_states.sql test/tap/large_state.sql
