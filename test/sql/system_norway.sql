-- system_norway: the page doc/systems/norway.md (Norway: inntektsutjevning)
\set VERBOSITY default
SET search_path = terrbal, public;

CREATE TEMP TABLE settled (year int, name text, people bigint, tax numeric, published numeric);
INSERT INTO settled VALUES (2024, 'Flatanger', 1116, 39882754, 1351.120497), (2024, 'Levanger', 20574, 633934652, 112976.301326), (2024, 'Malvik', 14783, 520301811, 22698.542196), (2024, 'Tydal', 773, 38653179, -5681.121155),
    (2025, 'Alta', 21877, 798877257, 81440.515852), (2025, 'Fredrikstad', 85862, 2993926337, 456866.387581), (2025, 'Hammerfest', 11324, 502291699, -18933.263322), (2025, 'Kautokeino', 2852, 81800562, 32291.903919),
    (2025, 'Nordkapp', 2956, 115973957, 4446.669109), (2025, 'Stavanger', 150123, 8077727746, -1130664.314298);
CREATE TEMP TABLE law (year int, rate numeric, mean numeric);
INSERT INTO law VALUES (2024, 0.60, 38444.413544), (2025, 0.62, 42269.576967);

SELECT year, name, round(tax / people / mean, 3) AS relative, round(tariff + first_value(1000 * published / people - tariff) OVER (PARTITION BY year ORDER BY name), 2) AS computed, round(1000 * published / people, 2) AS published
FROM (SELECT *, rate * (mean - tax / people) + 0.35 * greatest(0, 0.90 * mean - tax / people) AS tariff FROM settled JOIN law USING (year)) t ORDER BY year, name;

SELECT year, 100 * (1 - rate) AS kept_above_90, 100 * (1 - rate - 0.35) AS kept_below_90 FROM law ORDER BY year;

CREATE TEMP TABLE kommune (name text, tax numeric, people bigint);
INSERT INTO kommune VALUES ('Fjord', 320000000, 10000), ('Havn', 1600000000, 40000), ('Li', 95000000, 3500), ('Vidda', 54000000, 2000);

SELECT scenario, name, round(tax / people) AS tax_per_head, transfer, round((tax + transfer) / people) AS after_per_head
FROM (SELECT *, closing_item(0, round((rate * (m - t) + 0.35 * greatest(0, 0.90 * m - t)) * people), people, 1) OVER (PARTITION BY scenario ORDER BY name) AS transfer
      FROM (SELECT *, tax / people AS t, sum(tax) OVER () / sum(people) OVER () AS m FROM kommune) k, (VALUES ('60 %', 0.60), ('62 %', 0.62)) s (scenario, rate)) t
ORDER BY scenario, name;
