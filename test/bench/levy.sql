-- A million properties in one levy, against the pool kernel itself and against a plain window sum
CREATE TABLE property AS
SELECT i AS id, (10 + i % 977)::numeric / 10 AS front, ((10 + i % 977) * 25)::numeric AS gain FROM generate_series(1, (1000000 * :scale)::int) AS i;
ANALYZE property;
CALL bench.row('levy', 'betterment_levy, 1 M properties', 'SELECT sum(q) FROM (SELECT terrbal.betterment_levy(25000000, front) OVER (ORDER BY id) AS q FROM property) t',
               'apportionment', 'SELECT sum(q) FROM (SELECT terrbal.apportionment(25000000, front) OVER (ORDER BY id) AS q FROM property) t', at_most => 1.1);
CALL bench.row('levy', 'betterment_levy with caps', 'SELECT sum(q) FROM (SELECT terrbal.betterment_levy(25000000, front, gain) OVER (ORDER BY id) AS q FROM property) t',
               'bounded_apportionment', 'SELECT sum(q) FROM (SELECT terrbal.bounded_apportionment(25000000, front, NULL, gain) OVER (ORDER BY id) AS q FROM property) t', at_most => 1.2);
CALL bench.row('levy', 'readjustment, 1 M plots', 'SELECT sum((r).settlement) FROM (SELECT terrbal.readjustment(front, gain, 1000) OVER (ORDER BY id) AS r FROM property) t',
               'sum(numeric) OVER', 'SELECT sum(q) FROM (SELECT sum(front) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS q FROM property) t');
CALL bench.row('levy', 'tax_increment, 1 M parcels', 'SELECT terrbal.tax_increment(front, gain, 0.1) FROM property', 'two sums', 'SELECT 0.1 * (sum(gain) - sum(front)) FROM property');
