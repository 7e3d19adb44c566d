#!/usr/bin/env bash
# Any bytes as a state: libFuzzer over every shape's check, pack and merge, under AddressSanitizer and UBSan. RUNS (default 1000000) inputs,
# starting from the corpus in test/fuzz/corpus; a crash leaves its input below build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-1000000}
mkdir -p build/fuzz/corpus
{
    grep -ohE '^const TbShape tb_[a-z_]+' src/core/*/*.c | sed -E 's/^const TbShape (.*)/SHAPE(\1)/'
    sed -nE 's/^#define tb_[a-z_]+_shape (tb_[a-z_]+)\.shape$/BAG(\1)/p' src/*.c
} | sort -u >build/fuzz/shapes.h
if ! echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n ? 0 : 0; }' | clang -x c -fsanitize=fuzzer -o build/fuzz/probe - 2>/dev/null; then
    echo 'ok 1 - fuzzing # skip clang has no libFuzzer here (libclang-rt-dev)'
    echo 1..1
    exit
fi
clang -std=gnu11 -g -O1 -ffp-contract=off -fsanitize=fuzzer,address,undefined,float-cast-overflow -fno-sanitize-recover=all -o build/fuzz/state test/fuzz/state.c src/core/*/*.c -lgeos_c -lm
[ ! -d test/fuzz/corpus ] || cp -n test/fuzz/corpus/* build/fuzz/corpus/ 2>/dev/null || true
if build/fuzz/state -runs="$runs" -max_total_time="${SECONDS_MAX:-90}" -max_len=4096 -seed=1 -artifact_prefix=build/fuzz/ build/fuzz/corpus >build/fuzz/log 2>&1; then
    echo "ok 1 - $(grep -oE 'Done [0-9]+ runs' build/fuzz/log || echo 'time limit reached') over $(wc -l <build/fuzz/shapes.h) shapes without a finding"
    echo "# $(grep '^valid states' build/fuzz/log)"
else
    tail -n 40 build/fuzz/log | sed 's/^/# /'
    echo 'not ok 1 - fuzzing of states'
fi
echo 1..1
