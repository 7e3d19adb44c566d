"""The same answers from Python reading the same tables over the wire (numpy, pandas), as rows of the benchmark. Run by test/bench.sh where
python3-numpy, python3-pandas and python3-psycopg2 are installed."""
import io
import sys
import time

import numpy
import pandas
import psycopg2


def copy(cursor, query):
    buffer = io.StringIO()
    cursor.copy_expert(f"COPY ({query}) TO STDOUT", buffer)
    buffer.seek(0)
    return buffer


def gini(cursor):
    x = numpy.sort(numpy.loadtxt(copy(cursor, "SELECT value FROM python_sample"), dtype=float))
    n = len(x)
    return 2 * (numpy.arange(1, n + 1) * x).sum() / (n * x.sum()) - (n + 1) / n


def turnover(cursor):
    flows = pandas.read_csv(copy(cursor, "SELECT origin, destination, flow FROM python_flow"), sep="\t", names=["origin", "destination", "flow"])
    out = flows.groupby("origin").flow.sum()
    into = flows.groupby("destination").flow.sum()
    net = into.sub(out, fill_value=0)
    return 100 * net.abs().sum() / (out.sum() + into.sum())


def timed(run):
    times = []
    for _ in range(3):
        started = time.perf_counter()
        answer = run()
        times.append((time.perf_counter() - started) * 1000)
    return answer, sorted(times)[1]


def one(cursor, query):
    cursor.execute(query)
    return cursor.fetchone()[0]


scale = float(sys.argv[1])
rows = int(1000000 * scale)
connection = psycopg2.connect("")
connection.autocommit = True
cursor = connection.cursor()
cursor.execute("SET client_min_messages = warning")
cursor.execute("CREATE UNLOGGED TABLE python_sample AS SELECT (i * 7919 %% 1000003)::float8 / 7 AS value FROM generate_series(1, %s::bigint) i", (rows,))
cursor.execute("""CREATE UNLOGGED TABLE python_flow AS SELECT 'Z' || i * 7919 %% 997 AS origin, 'Z' || i * 104729 %% 991 AS destination,
    (i %% 17)::float8 AS flow FROM generate_series(1, %s::bigint) i WHERE i * 7919 %% 997 <> i * 104729 %% 991""", (rows,))
pairs = [
    ("gini, 1 M rows", "numpy over COPY", "SELECT terrbal.gini(value) FROM python_sample", gini),
    ("migration effectiveness, 1 M rows", "pandas over COPY", "SELECT (terrbal.flow_profile(origin, destination, flow)).effectiveness FROM python_flow", turnover),
]
for what, against, ours, theirs in pairs:
    one(cursor, ours)
    answer, ours_ms = timed(lambda: one(cursor, ours))
    other, theirs_ms = timed(lambda: theirs(cursor))
    assert abs(answer - other) <= 1e-9 * abs(other), (what, answer, other)
    cursor.execute("INSERT INTO bench.result (stem, what, against, ours_ms, theirs_ms, scale) VALUES ('python', %s, %s, %s, %s, %s)", (what, against, ours_ms, theirs_ms, sys.argv[1]))
