// What Cube does with a published schema: its Postgres driver reads the information schema, its scaffolding makes a data model of that, and the SQL of the
// model goes through the driver. Of the extension's own schema it must survive the introspection too.
const { PostgresDriver } = require('@cubejs-backend/postgres-driver');
const { ScaffoldingTemplate } = require('@cubejs-backend/schema-compiler');
const env = process.env;
const driver = new PostgresDriver({ host: env.PGHOST, port: env.PGPORT, user: env.PGUSER, database: env.PGDATABASE, password: '' });
const said = (name, value) => console.log(`${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`);
(async () => {
  await driver.testConnection();
  const schema = await driver.tablesSchema();
  const names = Object.keys(schema.extremadura).sort();
  said('published', names);
  said('types', [...new Set(names.flatMap((n) => schema.extremadura[n].map((c) => c.type)))].sort());
  said('signal', Object.fromEntries(schema.extremadura.signal.map((c) => [c.name, c.type])));
  const tables = names.map((n) => `extremadura.${n}`);
  const files = new ScaffoldingTemplate(schema, driver, { format: 'yaml' }).generateFilesByTableNames(tables);
  said('model', files.map((f) => f.fileName).sort());
  const signal = files.find((f) => f.fileName === 'Signal.yml').content;
  said('signal model', signal);
  // every view, whole, with the types that Cube keeps a result in
  for (const n of names) {
    const { rows, types } = await driver.downloadQueryResults(`SELECT * FROM extremadura.${n}`, [], { highWaterMark: 100 });
    said(`rows ${n}`, `${rows.length} of ${types.length} columns: ${[...new Set(types.map((t) => t.type))].sort().join(' ')}`);
  }
  // the SQL that Cube writes for a measure by a dimension and by year
  said('measure', await driver.query(
    `SELECT "signal".unit "signal__unit", date_trunc('year', ("signal".period::timestamptz AT TIME ZONE 'UTC')) "signal__period_year", sum("signal".value) "signal__value_sum"
     FROM extremadura.signal AS "signal" WHERE ("signal".code = $1) AND ("signal".breakdown = $2) GROUP BY 1, 2 ORDER BY 1 ASC LIMIT 10000`, ['province_residents', 'setting=rural']));
  said('plain', (await driver.downloadQueryResults('SELECT year, n, gini FROM public.inequality_by_year ORDER BY year DESC', [], { highWaterMark: 100 })).types);
  const refused = async (name, sql) => said(name, await driver.downloadQueryResults(sql, [], { highWaterMark: 100 }).then(() => 'read', (e) => e.message));
  await refused('composite', 'SELECT year, terrbal.inequality(income, population) AS figures FROM public.municipality GROUP BY year');
  await refused('state', 'SELECT state FROM public.income_state');
  await driver.release();
})().catch((e) => { console.log(`failed: ${e.stack}`); process.exit(1); });
