-- gap: what separates two members of a dimension, and parts that do not add up
-- Each part of a breakdown with what stands beside it: sex=F;age=65+ is F of sex within age=65+ and 65+ of age within sex=F
CREATE VIEW breakdown_part WITH (security_invoker = true) AS
SELECT o.id, o.indicator_id, o.unit_id, o.counterpart_id, o.period, o.value, split_part(p.part, '=', 1) AS dimension, split_part(p.part, '=', 2) AS member,
    array_to_string(array_remove(string_to_array(o.breakdown, ';'), p.part), ';') AS within, o.breakdown
FROM observation o CROSS JOIN LATERAL string_to_table(o.breakdown, ';') p (part)
WHERE o.breakdown <> '';
COMMENT ON VIEW breakdown_part IS 'Observations of parts, one line for each dimension that has a member';
COMMENT ON COLUMN breakdown_part.id IS 'Key of the observation';
COMMENT ON COLUMN breakdown_part.indicator_id IS 'Indicator';
COMMENT ON COLUMN breakdown_part.unit_id IS 'Unit';
COMMENT ON COLUMN breakdown_part.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN breakdown_part.period IS 'First day of the period';
COMMENT ON COLUMN breakdown_part.value IS 'Value in the unit of the indicator';
COMMENT ON COLUMN breakdown_part.dimension IS 'Dimension';
COMMENT ON COLUMN breakdown_part.member IS 'Member';
COMMENT ON COLUMN breakdown_part.within IS 'The rest of the breakdown; empty: all';
COMMENT ON COLUMN breakdown_part.breakdown IS 'The whole of it';

CREATE FUNCTION parity_index(value float8, reference float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN value < 0 OR reference < 0 OR value = 0 AND reference = 0 THEN NULL WHEN value <= reference THEN ratio_or_null(value, reference) ELSE 2 - ratio_or_null(reference, value) END;
COMMENT ON FUNCTION parity_index(float8, float8) IS 'Adjusted parity index (UNESCO): value / reference, above 1 as 2 - reference / value; 1 is parity, 0 to 2; NULL for negative values or two zeros';

CREATE VIEW gap WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, a.period, a.dimension, a.member, b.member AS reference_member, a.within, a.value, b.value AS reference,
    difference_or_null(a.value, b.value) AS difference, ratio_or_null(a.value, b.value) AS ratio, parity_index(a.value, b.value) AS parity_index,
    u.name AS unit_name, coalesce(u.level, i.level) AS level, i.title, i.unit_measure, c.code AS counterpart, a.indicator_id, a.unit_id, a.id, b.id AS reference_id
FROM breakdown_part a
JOIN breakdown_part b ON b.indicator_id = a.indicator_id AND b.unit_id = a.unit_id AND b.counterpart_id = a.counterpart_id AND b.period = a.period
    AND b.dimension = a.dimension AND b.within = a.within AND b.member <> a.member
JOIN indicator i ON i.id = a.indicator_id JOIN unit u ON u.id = a.unit_id LEFT JOIN unit c ON c.id = a.counterpart_id;
COMMENT ON VIEW gap IS 'What separates two members of a dimension, women from men or rural from urban: difference, ratio, parity index. Filter on dimension, member and reference_member';
COMMENT ON COLUMN gap.code IS 'Indicator';
COMMENT ON COLUMN gap.unit IS 'Unit';
COMMENT ON COLUMN gap.period IS 'First day of the period';
COMMENT ON COLUMN gap.dimension IS 'Dimension, for example sex';
COMMENT ON COLUMN gap.member IS 'Member, for example F';
COMMENT ON COLUMN gap.reference_member IS 'Member that it is compared with, for example M';
COMMENT ON COLUMN gap.within IS 'Members of the other dimensions, the same for both; empty: all';
COMMENT ON COLUMN gap.value IS 'Value of the member, in unit_measure';
COMMENT ON COLUMN gap.reference IS 'Value of the reference member, in unit_measure';
COMMENT ON COLUMN gap.difference IS 'value - reference, in unit_measure';
COMMENT ON COLUMN gap.ratio IS 'value / reference';
COMMENT ON COLUMN gap.parity_index IS 'Adjusted parity index: 1 is parity, below 1 the member has less, above 1 more; 0 to 2';
COMMENT ON COLUMN gap.unit_name IS 'Name of the unit';
COMMENT ON COLUMN gap.level IS 'Level of the unit';
COMMENT ON COLUMN gap.title IS 'Title of the indicator';
COMMENT ON COLUMN gap.unit_measure IS 'Unit of value, reference and difference';
COMMENT ON COLUMN gap.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN gap.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN gap.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN gap.id IS 'Key of the observation of the member';
COMMENT ON COLUMN gap.reference_id IS 'Key of the observation of the reference member';

CREATE VIEW breakdown_coverage WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, p.period, p.dimension, p.within, p.members, p.parts, t.value AS total, difference_or_null(t.value, p.parts) AS difference,
    i.unit_measure, c.code AS counterpart, p.indicator_id, p.unit_id, t.id
FROM (SELECT b.indicator_id, b.unit_id, b.counterpart_id, b.period, b.dimension, b.within, count(b.value) AS members,
          CASE WHEN fits_float8(sum(b.value::text::numeric)) THEN sum(b.value::text::numeric)::float8 END AS parts
      FROM breakdown_part b GROUP BY b.indicator_id, b.unit_id, b.counterpart_id, b.period, b.dimension, b.within) p
JOIN observation t ON t.indicator_id = p.indicator_id AND t.unit_id = p.unit_id AND t.counterpart_id = p.counterpart_id AND t.period = p.period AND t.breakdown = p.within
JOIN indicator i ON i.id = p.indicator_id JOIN unit u ON u.id = p.unit_id LEFT JOIN unit c ON c.id = p.counterpart_id;
COMMENT ON VIEW breakdown_coverage IS 'Do the parts of a dimension add up to the published total? Of indicators that are counts or sums; filter on difference <> 0';
COMMENT ON COLUMN breakdown_coverage.code IS 'Indicator';
COMMENT ON COLUMN breakdown_coverage.unit IS 'Unit';
COMMENT ON COLUMN breakdown_coverage.period IS 'First day of the period';
COMMENT ON COLUMN breakdown_coverage.dimension IS 'Dimension whose members are added up';
COMMENT ON COLUMN breakdown_coverage.within IS 'Members of the other dimensions; empty: all';
COMMENT ON COLUMN breakdown_coverage.members IS 'Members with a value';
COMMENT ON COLUMN breakdown_coverage.parts IS 'Sum of their values, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.total IS 'Published total, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.difference IS 'total - parts, in unit_measure';
COMMENT ON COLUMN breakdown_coverage.unit_measure IS 'Unit of parts and total';
COMMENT ON COLUMN breakdown_coverage.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN breakdown_coverage.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN breakdown_coverage.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN breakdown_coverage.id IS 'Key of the observation of the total';
