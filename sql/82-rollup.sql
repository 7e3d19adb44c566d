-- rollup: from units to any level
CREATE FUNCTION state_expression(expression text, statistic text, state_type text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    name text := split_part(statistic, '.', 1);
    field text := nullif(substr(statistic, length(split_part(statistic, '.', 1)) + 2), '');
    result regtype;
BEGIN
    SELECT p.prorettype INTO result
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_depend d ON d.classid = 'pg_catalog.pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
        AND d.refclassid = 'pg_catalog.pg_extension'::regclass
    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
    JOIN pg_catalog.pg_type t ON t.oid = p.proargtypes[0] AND t.typname LIKE '%\_state' AND t.typname = coalesce(state_type, t.typname)
    WHERE p.proname = name AND p.pronargs = 1 AND p.prokind = 'f' AND p.pronamespace = 'terrbal'::regnamespace
    LIMIT 1;
    IF result IS NULL THEN
        RAISE EXCEPTION 'there is no index "%" on a %', name, coalesce(state_type, 'stored state') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Methods are sum, mean, weighted_mean, state, and functions of terrbal over one state, such as gini or flow_profile.effectiveness.';
    END IF;
    IF (SELECT t.typrelid <> 0 FROM pg_catalog.pg_type t WHERE t.oid = result) <> (field IS NOT NULL) THEN
        RAISE EXCEPTION 'index "%" is not a number', statistic USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Name the field of an index that has several, for example inequality.theil_t.';
    END IF;
    RETURN CASE WHEN field IS NULL THEN format('terrbal.%I(%s)', name, expression) ELSE format('(terrbal.%I(%s)).%I', name, expression, field) END;
END
$$;
COMMENT ON FUNCTION state_expression(text, text, text) IS 'SQL expression that computes an index of terrbal, such as gini or flow_profile.effectiveness, on a stored state';

CREATE FUNCTION rollup_rows(code text, level text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, member text, value float8, weight float8, share float8, state_type text, state bytea, counterpart text, breakdown text)
-- Tables that were never analysed lead the planner to nested loops, quadratic here: hash joins are right at every size.
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET enable_nestloop = off AS $$
#variable_conflict use_column
DECLARE
    i terrbal.indicator;
BEGIN
    SELECT * INTO i FROM terrbal.indicator r WHERE r.code = rollup_rows.code;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', rollup_rows.code USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF rollup_rows.level IS DISTINCT FROM i.level AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.level = rollup_rows.level) THEN
        RAISE EXCEPTION 'no hierarchy leads to level "%"', rollup_rows.level USING ERRCODE = 'invalid_parameter_value',
            HINT = coalesce('Levels are ' || (SELECT string_agg(l, ', ' ORDER BY l) FROM (SELECT DISTINCT h.level AS l FROM terrbal.hierarchy h) x) || '.',
                'Fill terrbal.hierarchy first.');
    END IF;
    IF i.level IS NOT NULL AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id)
        AND NOT EXISTS (SELECT FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
                        WHERE o.indicator_id = i.id AND coalesce(u.level, i.level) = i.level) THEN
        RAISE EXCEPTION 'indicator "%" is registered at level "%", but its units are not of that level', i.code, i.level
            USING ERRCODE = 'invalid_parameter_value', HINT = 'Its units have the level '
                || (SELECT string_agg(DISTINCT u.level, ', ' ORDER BY u.level) FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id WHERE o.indicator_id = i.id)
                || ' in terrbal.unit: use the same name, and refresh.';
    END IF;
    IF i.level IS NOT NULL AND rollup_rows.level <> i.level AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id)
        AND NOT EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id
                        AND (o.unit_id IN (SELECT m.child_id FROM terrbal_support.membership() m) OR o.unit_id IN (SELECT c.predecessor_id FROM terrbal_support.succession_line() c))) THEN
        RAISE EXCEPTION 'indicator "%" is registered at level "%", but hierarchy places none of its units at that level', i.code, i.level
            USING ERRCODE = 'invalid_parameter_value', HINT = coalesce('Units of these codes have the level '
                || (SELECT string_agg(DISTINCT n.level, ', ' ORDER BY n.level) FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
                    JOIN terrbal.unit n ON n.code = u.code AND n.level <> i.level WHERE o.indicator_id = i.id)
                || ' too: register the indicator with the level that hierarchy names.', 'Fill terrbal.hierarchy for these units.');
    END IF;
    RETURN QUERY
    WITH base AS (
        -- the units of the indicator's own level; where none is stated, those without members of their own in the same period: nothing counts twice
        SELECT u.code AS member, o.period, o.value, o.unit_id, o.counterpart_id, o.breakdown,
            coalesce(o.weight, (SELECT w.value FROM terrbal.observation w JOIN terrbal.indicator wi ON wi.id = w.indicator_id
                                WHERE wi.code = i.weight_indicator AND w.unit_id = o.unit_id AND w.counterpart_id = o.counterpart_id AND w.breakdown = o.breakdown AND w.period = o.period)) AS weight
        FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
        WHERE o.indicator_id = i.id
            AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level
                     ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m JOIN terrbal.observation x ON x.unit_id = m.child_id AND x.indicator_id = i.id AND x.period = o.period
                                      WHERE m.parent_id = u.id AND m.valid @> o.period) END
    ), place AS (
        -- both ends of a flow are carried and rolled up alike
        SELECT unit_id, period FROM base UNION SELECT counterpart_id, period FROM base WHERE counterpart_id <> 0
    ), carried AS (
        SELECT * FROM terrbal_support.carried_share(boundaries)
    ), changed AS (
        SELECT x.unit_id, x.period, (SELECT min(s.effective) FROM carried s
                                     WHERE s.predecessor_id = x.unit_id AND s.effective > x.period) AS effective
        FROM (SELECT b.unit_id, b.period FROM place b WHERE b.unit_id IN (SELECT c.predecessor_id FROM carried c)) x
    ), placed AS (
        SELECT b.unit_id AS origin, coalesce(c.successor_id, b.unit_id) AS member, b.period, coalesce(c.share, 1) AS share
        FROM place b LEFT JOIN changed x ON x.unit_id = b.unit_id AND x.period = b.period
        LEFT JOIN carried c ON c.predecessor_id = b.unit_id AND c.effective = x.effective
    ), chain AS MATERIALIZED (
        SELECT * FROM terrbal_support.unit_at_level(rollup_rows.level) WHERE rollup_rows.level IS DISTINCT FROM i.level
    ), reached AS (
        SELECT DISTINCT ON (p.origin, p.member, p.period) p.origin, p.member, p.period, p.share, a.ancestor_id AS ancestor
        FROM placed p JOIN chain a ON a.unit_id = p.member AND a.valid @> coalesce(boundaries, p.period)
        ORDER BY p.origin, p.member, p.period, a.depth, a.ancestor
    ), target AS (
        SELECT origin, period, share, ancestor FROM reached
        UNION ALL
        SELECT origin, period, share, member FROM placed WHERE rollup_rows.level = i.level
    ), settled AS (
        SELECT origin, period, ancestor, sum(share)::float8 AS share FROM target GROUP BY origin, period, ancestor
    )
    -- a counterpart that no chain leads to the level, such as another country, stays itself
    SELECT u.code, t.period, b.member, b.value, b.weight, CASE WHEN c.share IS NULL THEN t.share ELSE t.share * c.share END, s.state_type, s.state, k.code, b.breakdown
    FROM settled t
    JOIN base b ON b.unit_id = t.origin AND b.period = t.period
    JOIN terrbal.unit u ON u.id = t.ancestor
    LEFT JOIN settled c ON c.origin = b.counterpart_id AND c.period = b.period
    LEFT JOIN terrbal.unit k ON k.id = coalesce(c.ancestor, b.counterpart_id)
    LEFT JOIN terrbal.observation_state s ON s.indicator_id = i.id AND s.unit_id = b.unit_id AND s.counterpart_id = b.counterpart_id AND s.breakdown = b.breakdown AND s.period = b.period;
END
$$;
COMMENT ON FUNCTION rollup_rows(text, text, date) IS 'Which observation counts where: one line per unit of a level, counterpart, breakdown, period and member, with weight, share and stored state; boundaries: on the map of that day';

CREATE FUNCTION indicator_rollup(code text, level text, method text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, value float8, breakdown text, counterpart text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    statistic text;
    kind text;
    kinds bigint;
    bad record;
BEGIN
    IF code IS NULL OR level IS NULL OR method IS NULL THEN
        RETURN;
    END IF;
    -- float8 as its shortest decimal form, then exact: the same to the last bit whatever the order of the rows
    IF method = 'sum' THEN
        RETURN QUERY SELECT r.unit, r.period, sum(r.value::text::numeric * r.share::text::numeric)::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSIF method = 'mean' THEN
        RETURN QUERY SELECT r.unit, r.period,
                ((sum(r.value::text::numeric * r.share::text::numeric) + round(0, 40)) / sum(r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL))::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSIF method = 'weighted_mean' THEN
        SELECT r.member, r.period, r.weight INTO bad FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.weight < 0 ORDER BY 1, 2 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'weight % of unit "%", period % is negative', bad.weight, bad.member, bad.period
                USING ERRCODE = 'numeric_value_out_of_range';
        END IF;
        IF NOT EXISTS (SELECT FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.weight IS NOT NULL)
            AND EXISTS (SELECT FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.value IS NOT NULL) THEN
            RAISE EXCEPTION 'indicator "%" has no weights', code USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give the source a column weight, or name a weight_indicator in terrbal.indicator, for example the population.';
        END IF;
        RETURN QUERY SELECT r.unit, r.period,
                ((sum(r.value::text::numeric * r.weight::text::numeric * r.share::text::numeric) + round(0, 40))
                    / nullif(sum(r.weight::text::numeric * r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL), 0))::float8, r.breakdown, r.counterpart
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart ORDER BY r.unit, r.period, r.breakdown, r.counterpart;
    ELSE
        statistic := CASE WHEN method NOT IN ('state', 'states', 'merged') THEN method ELSE (SELECT i.statistic FROM terrbal.indicator i WHERE i.code = indicator_rollup.code) END;
        IF statistic IS NULL THEN
            RAISE EXCEPTION 'indicator "%" has no statistic for merged states', code USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Name it: indicator_rollup(code, level, ''gini''), or set statistic in terrbal.indicator.';
        END IF;
        PERFORM terrbal_support.state_expression('state', statistic);
        SELECT min(r.state_type), count(DISTINCT r.state_type) INTO kind, kinds FROM terrbal.rollup_rows(code, level, boundaries) r;
        IF kind IS NULL OR kinds > 1 THEN
            RAISE EXCEPTION 'indicator "%" has % stored states', code, CASE WHEN kind IS NULL THEN 'no' ELSE 'different' END
                USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Give its source one column state, for example sample_state(income), and refresh. Other methods are sum, mean, weighted_mean.';
        END IF;
        SELECT r.member, r.share INTO bad FROM terrbal.rollup_rows(code, level, boundaries) r WHERE r.share <> 1 AND r.state IS NOT NULL ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'the state of unit "%" cannot be split', bad.member USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Roll up on the boundaries of each period (boundaries NULL), or to a level that holds all its parts.';
        END IF;
        RETURN QUERY EXECUTE format('SELECT unit, period, (%s)::pg_catalog.float8, breakdown, counterpart FROM (SELECT r.unit, r.period, r.breakdown, r.counterpart, '
            'terrbal.rollup(encode(r.state, ''hex'')::terrbal.%I) AS state FROM terrbal.rollup_rows($1, $2, $3) r GROUP BY r.unit, r.period, r.breakdown, r.counterpart) m '
            'ORDER BY unit, period, breakdown, counterpart', terrbal_support.state_expression('state', statistic, kind), kind) USING code, level, boundaries;
    END IF;
END
$$;
COMMENT ON FUNCTION indicator_rollup(text, text, text, date) IS 'Indicator at a higher level, with its breakdowns and counterparts: method sum, mean, weighted_mean, state, or an index on merged states such as gini; in the unit of the indicator; boundaries: on the map of that day';

CREATE FUNCTION rollup_coverage(code text, level text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, members bigint, reporting bigint, missing bigint, breakdown text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (SELECT * FROM terrbal.rollup_rows(code, level, boundaries)),
    chain AS MATERIALIZED (
        -- of an indicator of provinces, provinces are expected, not the municipalities below them
        SELECT a.* FROM terrbal_support.unit_at_level(level) a JOIN terrbal.unit u ON u.id = a.unit_id JOIN terrbal.indicator i ON i.code = rollup_coverage.code
        WHERE CASE WHEN u.level IS NOT NULL AND i.level IS NOT NULL THEN u.level = i.level
                   ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m WHERE m.parent_id = a.unit_id) END
    ), line AS MATERIALIZED (
        SELECT * FROM terrbal_support.succession_line()
    ), carried AS MATERIALIZED (
        SELECT * FROM terrbal_support.carried_share(boundaries)
    ), made AS (
        SELECT s.successor_id AS unit_id, max(s.effective) AS effective FROM line s WHERE s.predecessor_id <> s.successor_id AND s.effective <= boundaries GROUP BY 1
    ), gone AS (
        -- carried on by others, until it is made again
        SELECT s.predecessor_id AS unit_id, daterange(s.effective, min(k.effective)) AS days
        FROM line s LEFT JOIN line k ON k.successor_id = s.predecessor_id AND k.predecessor_id <> k.successor_id AND k.effective > s.effective
        WHERE NOT EXISTS (SELECT FROM line o WHERE o.predecessor_id = s.predecessor_id AND o.successor_id = s.predecessor_id AND o.effective = s.effective)
        GROUP BY s.predecessor_id, s.effective
    ), moment AS (
        SELECT DISTINCT r.period FROM r
    ), known AS MATERIALIZED (
        SELECT DISTINCT p.period, a.unit_id FROM moment p JOIN chain a ON a.valid @> p.period
    ), candidate AS (
        -- members on the map of the period, and those on the map of boundaries that no change between the two has made
        SELECT k.period, k.unit_id FROM known k
        UNION
        SELECT p.period, a.unit_id
        FROM moment p JOIN chain a ON a.valid @> boundaries LEFT JOIN (SELECT DISTINCT k.period FROM known k) k ON k.period = p.period LEFT JOIN made n ON n.unit_id = a.unit_id
        WHERE k.period IS NULL OR n.effective IS NULL OR n.effective <= p.period
    ), member AS (
        SELECT c.period, c.unit_id FROM candidate c WHERE NOT EXISTS (SELECT FROM gone g WHERE g.unit_id = c.unit_id AND g.days @> c.period)
    ), change AS (
        SELECT m.period, m.unit_id, min(c.effective) AS effective FROM member m JOIN carried c ON c.predecessor_id = m.unit_id AND c.effective > m.period GROUP BY m.period, m.unit_id
    ), reached AS (
        SELECT DISTINCT ON (m.period, m.unit_id, a.unit_id) m.period, m.unit_id, a.ancestor
        FROM member m LEFT JOIN change x ON x.period = m.period AND x.unit_id = m.unit_id
        LEFT JOIN carried c ON c.predecessor_id = m.unit_id AND c.effective = x.effective
        JOIN chain a ON a.unit_id = coalesce(c.successor_id, m.unit_id) AND a.valid @> coalesce(boundaries, m.period)
        ORDER BY m.period, m.unit_id, a.unit_id, a.depth, a.ancestor_id
    ), part AS (
        SELECT x.unit, x.period, x.breakdown, x.member, bool_or(x.good) AS good
        FROM (SELECT r.unit, r.period, r.breakdown, r.member, r.value IS NOT NULL AS good FROM r
              UNION ALL
              SELECT e.ancestor, e.period, b.breakdown, u.code, false
              FROM reached e JOIN terrbal.unit u ON u.id = e.unit_id JOIN (SELECT DISTINCT r.period, r.breakdown FROM r) b ON b.period = e.period) x
        GROUP BY x.unit, x.period, x.breakdown, x.member)
    SELECT p.unit, p.period, count(*), count(*) FILTER (WHERE p.good), count(*) FILTER (WHERE NOT p.good), p.breakdown
    FROM part p GROUP BY p.unit, p.period, p.breakdown
    UNION ALL
    SELECT NULL, o.period, count(DISTINCT o.unit_id), count(DISTINCT o.unit_id), 0::bigint, o.breakdown
    FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id JOIN terrbal.indicator i ON i.id = o.indicator_id AND i.code = rollup_coverage.code
    WHERE o.value IS NOT NULL
        AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level ELSE NOT EXISTS (SELECT FROM terrbal_support.membership() m WHERE m.parent_id = u.id) END
        AND NOT EXISTS (SELECT FROM r WHERE r.member = u.code AND r.period = o.period AND r.breakdown = o.breakdown)
    GROUP BY o.period, o.breakdown
    ORDER BY 1, 2, 6;
END
$$;
COMMENT ON FUNCTION rollup_coverage(text, text, date) IS 'How complete a roll-up is: members that belong to the unit, members with a value, members without (number of units); unit NULL: units with a value that no chain leads to the level';
