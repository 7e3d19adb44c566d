-- disclosure: counts that may be published
CREATE FUNCTION controlled_rounding(count bigint, base integer, seed bigint DEFAULT NULL) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_controlled_rounding' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION controlled_rounding(bigint, integer, bigint) IS 'Count rounded to an adjacent multiple of base so that the sum over the partition is rounded too (Cox 1987); with a seed at random and unbiased';

CREATE FUNCTION dominance_risk(total float8, largest float8[], n integer, k float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(sum(x.contribution), 0) FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value
            ORDER BY contribution DESC NULLS LAST LIMIT at_least(n, 'n', 1, 'It is the number of largest contributions.')) x) * 100
        > at_most(at_least(exact_decimal(k), 'k', 1, 'It is in percent: multiply a fraction by 100.'), 'k', 100) * nonnegative(exact_decimal(total), 'total');
COMMENT ON FUNCTION dominance_risk(float8, float8[], integer, float8) IS 'Does the (n, k) rule forbid a total? True where its n largest contributions are more than k percent of it (Hundepool and others 2010)';

CREATE FUNCTION p_percent_risk(total float8, largest float8[], p float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (nonnegative(exact_decimal(total), 'total') - coalesce(sum(x.contribution), 0)) * 100
            < at_least(exact_decimal(p), 'p', 1, 'It is in percent: multiply a fraction by 100.') * coalesce(max(x.contribution), 0)
        FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value
            ORDER BY contribution DESC NULLS LAST LIMIT 2) x);
COMMENT ON FUNCTION p_percent_risk(float8, float8[], float8) IS 'Does the p-percent rule forbid a total? True where the second contributor could estimate the largest within p percent: total - x1 - x2 < p/100 x1 (Hundepool and others 2010)';

-- Where exactly one value of a group is hidden, the smallest other one goes with it. Two groups for each value, its unit's members and its parent's units, in turn.
CREATE FUNCTION complementary_statement(statement text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grouping text;
BEGIN
    statement := format('SELECT p.*, h.parent, regexp_replace(p.breakdown, ''=[^;]*'', '''', ''g'') AS split, CASE WHEN p.at_risk THEN ''suppressed'' END AS hidden FROM (%s) p '
        'LEFT JOIN LATERAL (SELECT h.parent FROM terrbal.hierarchy h WHERE h.child = p.unit AND h.valid @> p.period ORDER BY h.level, h.parent LIMIT 1) h ON true', statement);
    FOREACH grouping IN ARRAY ARRAY['q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split'] LOOP
        statement := format('SELECT q.unit, q.counterpart, q.breakdown, q.period, q.given_period, q.value, q.status, q.weight, q.reason, q.parent, q.split, '
            'CASE WHEN q.hidden IS NULL AND %2$s AND count(q.hidden) OVER (PARTITION BY q.counterpart, q.period, %1$s) = 1 '
            'AND row_number() OVER (PARTITION BY q.counterpart, q.period, %1$s, q.hidden IS NULL ORDER BY q.value IS NULL, q.value = 0, q.value, q.unit, q.breakdown) = 1 '
            'THEN ''suppressed secondary'' ELSE q.hidden END AS hidden FROM (%3$s) q', grouping, CASE WHEN grouping LIKE 'q.unit%' THEN 'q.split <> ''''' ELSE 'true' END, statement);
    END LOOP;
    RETURN statement;
END
$$;
COMMENT ON FUNCTION complementary_statement(text) IS 'Statement that hides a second value where one alone is at risk, among the members of a unit and the units of a parent';

CREATE FUNCTION protected_statement(source regclass, rule indicator) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped);
    risk text;
BEGIN
    IF num_nonnulls(rule.minimum_count, rule.dominance_n, rule.p_percent) = 0 THEN
        RETURN terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions);
    END IF;
    IF 'state' = ANY (named) OR (rule.dominance_n IS NOT NULL OR rule.p_percent IS NOT NULL) AND NOT 'largest' = ANY (named) THEN
        RAISE EXCEPTION 'source % cannot be protected: %', source, CASE WHEN 'state' = ANY (named) THEN 'a stored state tells every value' ELSE 'no column largest' END
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave the column state out; the rules of dominance read the contributions from a column largest float8[].';
    END IF;
    risk := concat_ws(' OR ',
        CASE WHEN rule.minimum_count IS NOT NULL THEN format('%1$s > 0 AND %1$s < %2$L::pg_catalog.float8', terrbal_support.number_expression(source,
            CASE WHEN 'contributors' = ANY (named) THEN 'contributors' ELSE 'value' END), rule.minimum_count) END,
        CASE WHEN rule.dominance_n IS NOT NULL THEN format('terrbal.dominance_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.int4, %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.dominance_n, rule.dominance_k) END,
        CASE WHEN rule.p_percent IS NOT NULL THEN format('terrbal.p_percent_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.p_percent) END);
    RETURN format('SELECT r.unit, r.counterpart, r.breakdown, r.period, r.given_period, CASE WHEN r.hidden IS NULL THEN r.value END AS value, coalesce(r.hidden, r.status) AS status, '
        'CASE WHEN r.hidden IS NULL THEN r.weight END AS weight, r.reason FROM (%s) r', terrbal_support.complementary_statement(
        terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions, format(', coalesce(%s, %s IS NOT NULL) AS at_risk', risk, terrbal_support.number_expression(source, 'value')))));
END
$$;
COMMENT ON FUNCTION protected_statement(regclass, indicator) IS 'Statement that reads a source as refresh sees it, with the values hidden that the rule of the indicator forbids';
