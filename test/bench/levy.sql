-- A million properties in one levy, against the pool kernel itself and against a plain window sum
CREATE TABLE property AS
SELECT i AS id, (10 + i % 977)::numeric / 10 AS front, ((10 + i % 977) * 25)::numeric AS gain FROM generate_series(1, (1000000 * :scale)::int) AS i;
ANALYZE property;
SELECT 25000000 * :scale AS cost \gset
CALL bench.row('levy', 'betterment_levy, 1 M properties', format('SELECT sum(q) FROM (SELECT terrbal.betterment_levy(%s, front) OVER (ORDER BY id) AS q FROM property) t', :cost),
               'apportionment', format('SELECT sum(q) FROM (SELECT terrbal.apportionment(%s, front) OVER (ORDER BY id) AS q FROM property) t', :cost), at_most => 1.1);
CALL bench.row('levy', 'betterment_levy with caps', format('SELECT sum(q) FROM (SELECT terrbal.betterment_levy(%s, front, gain) OVER (ORDER BY id) AS q FROM property) t', :cost),
               'bounded_apportionment', format('SELECT sum(q) FROM (SELECT terrbal.bounded_apportionment(%s, front, NULL, gain) OVER (ORDER BY id) AS q FROM property) t', :cost), at_most => 1.2);
CALL bench.row('levy', 'readjustment, 1 M plots', 'SELECT sum((r).settlement) FROM (SELECT terrbal.readjustment(front, gain, 1000) OVER (ORDER BY id) AS r FROM property) t',
               'sum(numeric) OVER', 'SELECT sum(q) FROM (SELECT sum(front) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS q FROM property) t');
CALL bench.row('levy', 'tax_increment, 1 M parcels', 'SELECT terrbal.tax_increment(front, gain, 0.1) FROM property', 'two sums', 'SELECT 0.1 * (sum(gain) - sum(front)) FROM property');
