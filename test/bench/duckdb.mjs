// The same figures from DuckDB, which a data engineer would try: its data in a file of its own, one thread and two. Run by test/bench.sh where npm can
// install @duckdb/node-api below build/. Answers are compared before times are.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const [modules, scale] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(modules, 'package.json'))('@duckdb/node-api');
const rows = Math.round(5e6 * Number(scale));
const pairs = Math.round(1e6 * Number(scale));
const scratch = mkdtempSync(join(tmpdir(), 'terrbal_duckdb_'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
chmodSync(scratch, 0o777);

const psql = (...commands) => execFileSync('psql', ['-qXAt', '-v', 'ON_ERROR_STOP=1', ...commands.flatMap((c) => ['-c', c])], { encoding: 'utf8' });
const instance = await DuckDBInstance.create(join(scratch, 'bench.duckdb'));
const duck = await instance.connect();

// The server's data as a file that DuckDB reads into a table of its own
async function share(table, definition, types) {
    const file = join(scratch, `${table}.csv`);
    psql(`CREATE UNLOGGED TABLE ${table} AS ${definition}`, `ANALYZE ${table}`, `\\copy ${table} TO '${file}' (FORMAT csv)`);
    await duck.run(`CREATE TABLE ${table} AS SELECT * FROM read_csv('${file}', header = false, columns = ${types})`);
}

const median = (times) => times.sort((a, b) => a - b)[times.length >> 1];

function ours(query) {
    const [, answer, time] = psql('SELECT terrbal.normal_quantile(0.5)', '\\timing on', query).trim().split('\n'); // the first loads the library
    return { answer: Number(answer), ms: Number(/Time: ([\d.]+)/.exec(time)[1]) };
}

async function theirs(query) {
    const started = performance.now();
    const reader = await duck.runAndReadAll(query);
    return { answer: Number(reader.getRows()[0][0]), ms: performance.now() - started };
}

// against: DuckDB's query for the same number. Both are run once before the clock, then three times in turn.
async function row(what, our, their, target) {
    for (const threads of [1, 2]) {
        await duck.run(`SET threads = ${threads}`);
        const a = [], b = [];
        for (let run = 0; run < 4; run++) {
            const us = ours(our), them = await theirs(their);
            if (Math.abs(us.answer - them.answer) > 1e-7 * Math.abs(them.answer)) throw new Error(`${what}: ${us.answer}, DuckDB ${them.answer}`);
            if (run) { a.push(us.ms); b.push(them.ms); }
        }
        const [x, y] = [median(a), median(b)];
        psql(`INSERT INTO bench.result (stem, what, against, ours_ms, theirs_ms, scale, at_most) VALUES
            ('duckdb', '${what}', 'DuckDB, ${threads} thread${threads > 1 ? 's' : ''}', ${x}, ${y}, ${scale}, ${(threads === 1 && target) || 'NULL'})`);
        console.error(`${what} against DuckDB, ${threads} thread(s): ${x.toFixed(0)} ms, ${y.toFixed(0)} ms, ratio ${(x / y).toFixed(3)}`);
    }
}

// gini: Sen's form over ranks; weighted: twice the area below the Lorenz curve by trapezes
const gini = 'SELECT sum((2 * r - n - 1) * value) / any_value(n) / sum(value) FROM (SELECT value, row_number() OVER (ORDER BY value) AS r, count(*) OVER () AS n FROM duck_sample)';
const weighted = `SELECT 1 - sum(weight * (2 * below - mass)) / max(w) / max(m) FROM (SELECT weight, value * weight AS mass, sum(value * weight) OVER o AS below,
    sum(weight) OVER () AS w, sum(value * weight) OVER () AS m FROM duck_sample WINDOW o AS (ORDER BY value ROWS UNBOUNDED PRECEDING))`;
const effectiveness = `WITH pair AS (SELECT origin, destination, sum(flow) AS flow FROM duck_flow WHERE origin <> destination GROUP BY ALL),
    zone AS (SELECT zone, sum(net) AS net FROM (SELECT origin AS zone, -flow AS net FROM pair UNION ALL SELECT destination, flow FROM pair) GROUP BY zone)
    SELECT 100 * (SELECT sum(abs(net)) FROM zone) / 2 / (SELECT sum(flow) FROM pair)`;
const names = ['x1', 'x2', 'x3', 'x4'];
const sums = ['y', ...names].flatMap((a, i, all) => [`sum(${a})`, ...all.slice(i).map((b) => `sum(${a} * ${b})`)]);

await share('duck_sample', `SELECT exp(10 + (i * 7919 % 1000003) / 2e5)::float8 AS value, (1 + i % 1000)::float8 AS weight FROM generate_series(1, ${rows}::bigint) i`,
    "{'value': 'DOUBLE', 'weight': 'DOUBLE'}");
await share('duck_flow', `SELECT 'Z' || i * 7919 % 997 AS origin, 'Z' || i * 104729 % 991 AS destination, (i % 17)::float8 AS flow FROM generate_series(1, ${pairs}::bigint) i`,
    "{'origin': 'VARCHAR', 'destination': 'VARCHAR', 'flow': 'DOUBLE'}");
await share('duck_ols', `SELECT (i % 1009)::float8 AS y, (i % 13)::float8 AS x1, (i % 101)::float8 AS x2, (i % 1013)::float8 AS x3, (i % 31)::float8 AS x4 FROM generate_series(1, ${rows}::bigint) i`,
    "{'y': 'DOUBLE', 'x1': 'DOUBLE', 'x2': 'DOUBLE', 'x3': 'DOUBLE', 'x4': 'DOUBLE'}");

await row('gini, 5 M rows', 'SELECT terrbal.gini(value) FROM duck_sample', gini, 1);
await row('weighted gini, 5 M rows', 'SELECT terrbal.gini(value, weight) FROM duck_sample', weighted, 1);
await row('migration effectiveness, 1 M pairs of text', 'SELECT (terrbal.flow_profile(origin, destination, flow)).effectiveness FROM duck_flow', effectiveness, 1.3);
await row('ols_columns, four regressors, against its sums', 'SELECT (terrbal.ols_columns(y, 1, x1, x2, x3, x4)).n FROM duck_ols', `SELECT count(*), ${sums.join(', ')} FROM duck_ols`, 3);
await row('ols, four regressors, against its sums', 'SELECT (terrbal.ols(y, ARRAY[1, x1, x2, x3, x4])).n FROM duck_ols', `SELECT count(*), ${sums.join(', ')} FROM duck_ols`, 3);
