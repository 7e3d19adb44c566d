#!/usr/bin/env bash
# Drops databases, those that are there, sessions and all: test/drop.sh NAME...
# The server gives sessions five seconds to end. A busy disk keeps one longer that has many temporary tables to remove, so it is asked again, for ten minutes
# at most.
status=0
for database in "$@"; do
    for ((i = 0; i < 120; i++)); do
        said=$(dropdb --force --if-exists "$database" 2>&1) && continue 2
        [[ "$said" == *'accessed by other users'* ]] || break
    done
    echo "$said" >&2
    status=1
done
exit $status
