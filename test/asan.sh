#!/usr/bin/env bash
# The regression suite on a server whose terrbal is built with AddressSanitizer and UBSan: stack, globals, large blocks and undefined arithmetic. What lies inside
# one block of the server's own allocator is the business of test/valgrind.sh and, for the cores, of the unit tests. A few minutes.
# REGRESS="gini flow" runs those tests only.
set -euo pipefail
. "$(dirname "$0")/instrumented.sh"
# a copy, so that the objects of the tree stay plain
mkdir "$base/source"
(cd "$here" && git ls-files -z | xargs -0 cp --parents -t "$base/source")
make -s -j2 -C "$base/source" install PG_CONFIG="$PG_CONFIG" with_llvm=no COPT='-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -g -O1'
chmod 755 "$base"
mkdir -m 777 "$base/reports"
# With the sanitizer loaded first, Debian's server waits forever for the lock of glibc's message catalogues: it does without translations.
gcc -w -shared -fPIC -o "$base/untranslated.so" -x c - <<'C'
char *bindtextdomain(char *domain, char *directory) { return directory; }
char *bind_textdomain_codeset(char *domain, char *codeset) { return codeset; }
char *textdomain(char *domain) { return domain; }
char *gettext(char *text) { return text; }
char *dgettext(char *domain, char *text) { return text; }
char *dcgettext(char *domain, char *text, int category) { return text; }
char *dngettext(char *domain, char *one, char *many, unsigned long n) { return n == 1 ? one : many; }
char *dcngettext(char *domain, char *one, char *many, unsigned long n, int category) { return n == 1 ? one : many; }
C
start LD_PRELOAD="$(gcc -print-file-name=libasan.so):$base/untranslated.so" \
    ASAN_OPTIONS="detect_leaks=0:detect_stack_use_after_return=0:log_path=$base/reports/asan" UBSAN_OPTIONS="print_stacktrace=1:log_path=$base/reports/ubsan"
cd "$base/source"
suite
conclude 'nothing to report under AddressSanitizer and UBSan' "$(find "$base/reports" -type f -exec head -qn 40 {} +)"
