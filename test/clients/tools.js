const { Client } = require('pg');
(async () => {
  const client = new Client();
  await client.connect();
  const first = async (sql) => (await client.query(sql)).rows;
  const years = await first('SELECT year, (terrbal.inequality(income, population)).* FROM municipality GROUP BY year ORDER BY year DESC');
  console.log('node-pg gini:', typeof years[0].gini, years[0].gini);
  const zones = await first('SELECT * FROM net_migration ORDER BY id');
  console.log('node-pg rows:', zones.length, zones[0].name, zones[0].net);
  const array = await first("SELECT terrbal.zone_flows(origin, destination, flow) AS a FROM od WHERE kind = 'people'");
  console.log('node-pg array:', typeof array[0].a);
  await client.end();
})();
