-- disclosure: counts that may be published
CREATE FUNCTION controlled_rounding(count bigint, base integer, seed bigint DEFAULT NULL) RETURNS bigint
    AS 'MODULE_PATHNAME', 'terrbal_controlled_rounding' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION controlled_rounding(bigint, integer, bigint) IS 'Count rounded to an adjacent multiple of base so that the sum over the partition is rounded too (Cox 1987); with a seed at random and unbiased';

-- What the list leaves out counts as being as large as it can be: no larger than the least in it, and no more in all than is left of the total.
CREATE FUNCTION dominance_risk(total float8, largest float8[], n integer, k float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT coalesce(sum(x.contribution), 0) + greatest(0, least(exact_decimal(total) - coalesce(sum(x.contribution), 0), (n - count(*)) * min(x.contribution)))
            FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value WHERE value IS NOT NULL
            ORDER BY contribution DESC LIMIT at_least(n, 'n', 1, 'It is the number of largest contributions.')) x) * 100
        > at_most(at_least(exact_decimal(k), 'k', 1, 'It is in percent: multiply a fraction by 100.'), 'k', 100) * nonnegative(exact_decimal(total), 'total');
COMMENT ON FUNCTION dominance_risk(float8, float8[], integer, float8) IS 'Does the (n, k) rule forbid a total? True where its n largest contributions are more than k percent of it (Hundepool and others 2010)';

CREATE FUNCTION p_percent_risk(total float8, largest float8[], p float8) RETURNS boolean
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (SELECT (nonnegative(exact_decimal(total), 'total') - coalesce(sum(x.contribution), 0)
                - greatest(0, least(exact_decimal(total) - coalesce(sum(x.contribution), 0), (2 - count(*)) * min(x.contribution)))) * 100
            < at_least(exact_decimal(p), 'p', 1, 'It is in percent: multiply a fraction by 100.') * coalesce(max(x.contribution), exact_decimal(total))
        FROM (SELECT nonnegative(exact_decimal(value), 'contribution') AS contribution FROM unnest(largest) value WHERE value IS NOT NULL
            ORDER BY contribution DESC LIMIT 2) x);
COMMENT ON FUNCTION p_percent_risk(float8, float8[], float8) IS 'Does the p-percent rule forbid a total? True where the second contributor could estimate the largest within p percent: total - x1 - x2 < p/100 x1 (Hundepool and others 2010)';

-- Where exactly one value of a group is hidden, or those hidden tell too much together, the smallest other one goes with them. Two groups for each value, its unit's
-- members and its parent's units, in turn.
CREATE FUNCTION complementary_statement(statement text, too_little text) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    grouping text;
BEGIN
    statement := format('SELECT p.*, h.parent, regexp_replace(p.breakdown, ''=[^;]*'', '''', ''g'') AS split, CASE WHEN p.at_risk THEN ''suppressed'' END AS hidden FROM (%s) p '
        'LEFT JOIN LATERAL (SELECT h.parent FROM terrbal.hierarchy h WHERE h.child = p.unit AND h.valid @> p.period ORDER BY h.level, h.parent LIMIT 1) h ON true', statement);
    FOREACH grouping IN ARRAY ARRAY['q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split', 'q.parent, q.breakdown', 'q.unit, q.split'] LOOP
        statement := format('SELECT q.unit, q.counterpart, q.breakdown, q.period, q.given_period, q.value, q.status, q.weight, q.reason, q.contributed, q.parent, q.split, '
            'CASE WHEN q.hidden IS NULL AND %2$s AND (count(q.hidden) OVER beside = 1 OR q.value <> 0 AND (%4$s)) '
            'AND row_number() OVER (PARTITION BY q.counterpart, q.period, %1$s, q.hidden IS NULL ORDER BY q.value IS NULL, q.value = 0, q.value, q.unit, q.breakdown) = 1 '
            'THEN ''suppressed secondary'' ELSE q.hidden END AS hidden FROM (%3$s) q WINDOW beside AS (PARTITION BY q.counterpart, q.period, %1$s)',
            grouping, CASE WHEN grouping LIKE 'q.unit%' THEN 'q.split <> ''''' ELSE 'true' END, statement, too_little);
    END LOOP;
    RETURN statement;
END
$$;
COMMENT ON FUNCTION complementary_statement(text, text) IS 'Statement that hides a further value where one alone is at risk or the hidden ones together are too few, among the members of a unit and the units of a parent';

CREATE FUNCTION protected_statement(source regclass, rule indicator) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped);
    risk text;
    contributed text := terrbal_support.number_expression(source, CASE WHEN 'contributors' = ANY (named) THEN 'contributors' ELSE 'value' END);
    too_little text := 'false';
    no_count text := 'r.reason';
BEGIN
    IF num_nonnulls(rule.minimum_count, rule.dominance_n, rule.p_percent) = 0 THEN
        RETURN terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions);
    END IF;
    IF 'state' = ANY (named) OR (rule.dominance_n IS NOT NULL OR rule.p_percent IS NOT NULL) AND NOT 'largest' = ANY (named) THEN
        RAISE EXCEPTION 'source % cannot be protected: %', source, CASE WHEN 'state' = ANY (named) THEN 'a stored state tells every value' ELSE 'no column largest' END
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave the column state out; the rules of dominance read the contributions from a column largest float8[].';
    END IF;
    IF rule.minimum_count IS NOT NULL THEN
        too_little := format('sum(q.contributed) FILTER (WHERE q.hidden IS NOT NULL) OVER beside < %L::pg_catalog.float8', rule.minimum_count);
        -- counts from 1 to one below the minimum that add up to the least or to the most they can are known each
        IF NOT 'contributors' = ANY (named) THEN
            no_count := 'coalesce(r.reason, CASE WHEN r.contributed < 0 OR r.contributed <> trunc(r.contributed) THEN ''value is no count, as minimum_count needs where the source has no column contributors'' END)';
            too_little := too_little || format(' OR count(q.hidden) OVER beside = count(*) FILTER (WHERE q.hidden = ''suppressed'') OVER beside AND '
                'sum(q.contributed) FILTER (WHERE q.hidden IS NOT NULL) OVER beside IN (count(q.hidden) OVER beside, count(q.hidden) OVER beside * %L::pg_catalog.float8)', ceil(rule.minimum_count) - 1);
        END IF;
    END IF;
    risk := concat_ws(' OR ',
        CASE WHEN rule.minimum_count IS NOT NULL THEN format('%1$s > 0 AND %1$s < %2$L::pg_catalog.float8', contributed, rule.minimum_count) END,
        CASE WHEN rule.dominance_n IS NOT NULL THEN format('terrbal.dominance_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.int4, %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.dominance_n, rule.dominance_k) END,
        CASE WHEN rule.p_percent IS NOT NULL THEN format('terrbal.p_percent_risk(%s, s.largest::pg_catalog.float8[], %L::pg_catalog.float8)',
            terrbal_support.number_expression(source, 'value'), rule.p_percent) END);
    RETURN format('SELECT r.unit, r.counterpart, r.breakdown, r.period, r.given_period, CASE WHEN r.hidden IS NULL THEN r.value END AS value, coalesce(r.hidden, r.status) AS status, '
        'CASE WHEN r.hidden IS NULL THEN r.weight END AS weight, %s AS reason FROM (%s) r', no_count, terrbal_support.complementary_statement(
        terrbal_support.source_statement(source, rule.statistic, rule.frequency, rule.dimensions,
            format(', coalesce(%s, %s IS NOT NULL) AS at_risk, %s AS contributed', risk, terrbal_support.number_expression(source, 'value'), contributed)), too_little));
END
$$;
COMMENT ON FUNCTION protected_statement(regclass, indicator) IS 'Statement that reads a source as refresh sees it, with the values hidden that the rule of the indicator forbids';
