#!/usr/bin/env bash
# Any bytes as a state, as a raster tile or as a geometry: libFuzzer over every shape's check, pack and merge, and over the doors for rasters and well-known binary,
# under AddressSanitizer and UBSan. RUNS (default 1000000) inputs and SECONDS_MAX (90) for each, starting from test/fuzz/corpus and test/fuzz/door_corpus;
# a crash leaves its input below build/fuzz.
set -euo pipefail
cd "$(dirname "$0")/../.."
runs=${RUNS:-1000000}
mkdir -p build/fuzz/state_corpus build/fuzz/door_corpus
{
    grep -ohE '^const TbShape tb_[a-z_]+' src/core/*/*.c | sed -E 's/^const TbShape (.*)/SHAPE(\1)/'
    sed -nE 's/^#define tb_[a-z_]+_shape (tb_[a-z_]+)\.shape$/BAG(\1)/p' src/*.c
} | sort -u >build/fuzz/shapes.h
if ! echo 'int LLVMFuzzerTestOneInput(const char *d, unsigned long n) { return d && n ? 0 : 0; }' | clang -x c -fsanitize=fuzzer -o build/fuzz/probe - 2>/dev/null; then
    echo 'ok 1 - fuzzing # skip clang has no libFuzzer here (libclang-rt-dev)'
    echo 1..1
    exit
fi
fuzz() { # number, target, what it had to do
    clang -std=gnu11 -g -O1 -ffp-contract=off -fsanitize=fuzzer,address,undefined,float-cast-overflow -fno-sanitize-recover=all ${COVERAGE:+-fprofile-instr-generate -fcoverage-mapping} \
        -o "build/fuzz/$2" "test/fuzz/$2.c" src/core/*/*.c -lgeos_c -lm
    if build/fuzz/"$2" -runs="$runs" -max_total_time="${SECONDS_MAX:-90}" -max_len=4096 -seed=1 -artifact_prefix=build/fuzz/ "build/fuzz/$2_corpus" >"build/fuzz/$2.log" 2>&1; then
        echo "ok $1 - $(grep -oE 'Done [0-9]+ runs' "build/fuzz/$2.log" || echo 'time limit reached') over $3 without a finding"
        echo "# $(grep -E '^(valid states|opened)' "build/fuzz/$2.log")"
        echo "# $(grep -oE 'cov: [0-9]+ ft: [0-9]+ corp: [0-9]+' "build/fuzz/$2.log" | tail -n 1)"
    else
        tail -n 40 "build/fuzz/$2.log" | sed 's/^/# /'
        echo "not ok $1 - fuzzing of $2"
    fi
}
cp -n test/fuzz/corpus/* build/fuzz/state_corpus/ 2>/dev/null || true
cp -n test/fuzz/door_corpus/* build/fuzz/door_corpus/ 2>/dev/null || true
fuzz 1 state "$(wc -l <build/fuzz/shapes.h) shapes"
fuzz 2 door 'rasters and geometries'
echo 1..2
