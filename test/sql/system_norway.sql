-- system_norway: the page doc/systems/norway.md (Norway: inntektsutjevning)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE kommune (name text, tax numeric, people bigint);
INSERT INTO kommune VALUES ('Fjord', 320000000, 10000), ('Havn', 1600000000, 40000), ('Li', 95000000, 3500), ('Vidda', 54000000, 2000);

SELECT scenario, name, round(tax / people) AS tax_per_head, transfer, round((tax + transfer) / people) AS after_per_head
FROM (SELECT *, closing_item(0, round((rate * (m - t) + 0.35 * greatest(0, 0.90 * m - t)) * people), people, 1) OVER (PARTITION BY scenario ORDER BY name) AS transfer
      FROM (SELECT *, tax / people AS t, sum(tax) OVER () / sum(people) OVER () AS m FROM kommune) k, (VALUES ('60 %', 0.60), ('64 %', 0.64)) s (scenario, rate)) t
ORDER BY scenario, name;
