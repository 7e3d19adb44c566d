-- rollup: who belongs to whom, when; from units to any level
CREATE TABLE hierarchy (
    child text COLLATE "C" NOT NULL,
    parent text COLLATE "C" NOT NULL,
    level text NOT NULL CHECK (level <> ''),
    valid daterange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    CHECK (child <> parent)
);
CREATE INDEX hierarchy_child ON hierarchy (child, level);
CREATE INDEX hierarchy_parent ON hierarchy (parent);
COMMENT ON TABLE hierarchy IS 'Membership of units with validity: municipality to province to region to nation, or to any other territory';
COMMENT ON COLUMN hierarchy.id IS 'Integer key';
COMMENT ON COLUMN hierarchy.child IS 'Code of the smaller unit';
COMMENT ON COLUMN hierarchy.parent IS 'Code of the unit that it belongs to';
COMMENT ON COLUMN hierarchy.level IS 'Level of the parent, for example province';
COMMENT ON COLUMN hierarchy.valid IS 'Days on which it belongs; a period counts by its first day; open ends allowed';

CREATE TABLE succession (
    predecessor text COLLATE "C" NOT NULL,
    successor text COLLATE "C" NOT NULL,
    effective date NOT NULL,
    share float8 NOT NULL DEFAULT 1 CHECK (share > 0 AND share <= 1),
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    UNIQUE (predecessor, successor, effective)
);
COMMENT ON TABLE succession IS 'Mergers and splits: which unit carries on a unit from a day; a split has several lines whose shares add up to 1, one of them the unit itself if it lives on';
COMMENT ON COLUMN succession.id IS 'Integer key';
COMMENT ON COLUMN succession.predecessor IS 'Code of the unit before';
COMMENT ON COLUMN succession.successor IS 'Code of the unit after';
COMMENT ON COLUMN succession.effective IS 'First day of the new boundaries';
COMMENT ON COLUMN succession.share IS 'Share of the predecessor that goes there, 1 in a merger';

REVOKE ALL ON hierarchy, succession FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.hierarchy', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.hierarchy_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.succession', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.succession_id_seq', '');

CREATE VIEW unregistered_unit WITH (security_invoker = true) AS
SELECT x.code, max(x.level) AS level, u.id
FROM (SELECT child AS code, NULL::text AS level FROM hierarchy
      UNION ALL SELECT parent, level FROM hierarchy
      UNION ALL SELECT predecessor, NULL FROM succession
      UNION ALL SELECT successor, NULL FROM succession) x
LEFT JOIN unit u ON u.code = x.code
GROUP BY x.code, u.id, u.level
HAVING u.id IS NULL OR max(x.level) <> u.level OR max(x.level) IS NOT NULL AND u.level IS NULL;
COMMENT ON VIEW unregistered_unit IS 'Units of hierarchy and succession that unit does not know yet, or not with their level';
COMMENT ON COLUMN unregistered_unit.code IS 'Code of the unit';
COMMENT ON COLUMN unregistered_unit.level IS 'Level that the hierarchy gives it; NULL for a leaf';
COMMENT ON COLUMN unregistered_unit.id IS 'Key if it is registered with another level';

CREATE FUNCTION register_units() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    FOR attempt IN 1 .. 2 LOOP
        IF NOT EXISTS (SELECT FROM terrbal.unregistered_unit) THEN
            RETURN;
        END IF;
        -- One at a time and in order: two sessions that register the same units in turn would wait for each other.
        PERFORM terrbal.lock_writers('terrbal.unit');
        CONTINUE WHEN attempt = 1;
        INSERT INTO terrbal.unit (code, level) SELECT x.code, x.level FROM terrbal.unregistered_unit x WHERE x.id IS NULL ORDER BY x.code ON CONFLICT DO NOTHING;
        UPDATE terrbal.unit u SET level = x.level FROM terrbal.unregistered_unit x WHERE x.id = u.id;
    END LOOP;
END
$$;
COMMENT ON FUNCTION register_units() IS 'Registers the units that hierarchy and succession name, and the level of parents';

-- While no unit is registered it waits for the first refresh: a restore may load the hierarchy before the units, whose keys are then still to come.
CREATE FUNCTION hierarchy_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM terrbal.unit) THEN
        PERFORM terrbal.register_units();
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION hierarchy_changed() IS 'Trigger: registers new units of hierarchy and succession';
CREATE TRIGGER hierarchy_changed AFTER INSERT OR UPDATE ON hierarchy FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_changed();
CREATE TRIGGER succession_changed AFTER INSERT OR UPDATE ON succession FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_changed();

CREATE FUNCTION hierarchy_overlap() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    SELECT c INTO twice FROM changed n CROSS JOIN LATERAL unnest(ARRAY[n.child, n.parent]) c WHERE octet_length(c) > 200 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'unit %', terrbal.long_code(twice.c) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    SELECT n.child, n.level, n.parent AS one, h.parent AS two, n.valid * h.valid AS both_valid INTO twice
    FROM changed n JOIN terrbal.hierarchy h ON h.child = n.child AND h.level = n.level AND h.id <> n.id AND h.valid && n.valid LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'unit "%" belongs to both "%" and "%" at level % during %', twice.child, least(twice.one, twice.two), greatest(twice.one, twice.two),
            twice.level, twice.both_valid USING ERRCODE = 'exclusion_violation', HINT = 'End the earlier membership: its values would count twice.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION hierarchy_overlap() IS 'Trigger: refuses two parents of one unit at one level on one day, and codes longer than 200 bytes';
CREATE TRIGGER hierarchy_overlap_insert AFTER INSERT ON hierarchy REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_overlap();
CREATE TRIGGER hierarchy_overlap_update AFTER UPDATE ON hierarchy REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_overlap();

-- A unit reaches one unit of a level on a day: by the shortest chain, so that two roads to the nation do not count it twice.
-- Down from the level, and each line once: the number of chains can be 2 to the power of the number of rows.
CREATE FUNCTION unit_at_level(level text) RETURNS TABLE (unit text, ancestor text, valid daterange, depth integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE walk AS (
        SELECT h.child AS unit, h.parent AS ancestor, h.valid, 1 AS depth FROM terrbal.hierarchy h WHERE h.level = unit_at_level.level
        UNION
        SELECT h.child, w.ancestor, h.valid * w.valid, w.depth + 1
        FROM walk w JOIN terrbal.hierarchy h ON h.parent = w.unit AND h.valid && w.valid AND h.level <> unit_at_level.level
        WHERE w.depth < 32
    )
    SELECT w.unit, w.ancestor, w.valid, w.depth FROM walk w;
END
$$;
COMMENT ON FUNCTION unit_at_level(text) IS 'Which unit of a level every unit belongs to, on which days and over how many steps';

-- From the last change back to the first: where a unit goes is the sum of where its successors have gone, so that no path is walked twice.
CREATE FUNCTION carried_share(boundaries date) RETURNS TABLE (predecessor text, effective date, successor text, share numeric)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    day date;
    goes text[] := '{}';
    into_unit text[] := '{}';
    shares numeric[] := '{}';
    step record;
BEGIN
    FOR day IN SELECT DISTINCT s.effective FROM terrbal.succession s WHERE s.effective <= boundaries ORDER BY 1 DESC LOOP
        WITH known AS MATERIALIZED (
            SELECT * FROM unnest(goes, into_unit, shares) k (predecessor, successor, share)
        ), fresh AS MATERIALIZED (
            SELECT s.predecessor, coalesce(k.successor, s.successor) AS successor, sum(round(s.share::text::numeric * coalesce(k.share, 1), 60)) AS share
            FROM terrbal.succession s LEFT JOIN known k ON k.predecessor = s.successor
            WHERE s.effective = day GROUP BY 1, 2)
        SELECT array_agg(x.predecessor) AS goes, array_agg(x.successor) AS into_unit, array_agg(x.share) AS shares, array_agg(x.today) AS today INTO step
        FROM (SELECT f.*, true AS today FROM fresh f
              UNION ALL
              SELECT k.*, false FROM known k WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.predecessor = k.predecessor)) x;
        goes := step.goes;
        into_unit := step.into_unit;
        shares := step.shares;
        RETURN QUERY SELECT x.p, day, x.s, x.w FROM unnest(goes, into_unit, shares, step.today) x (p, s, w, today) WHERE x.today;
    END LOOP;
END
$$;
COMMENT ON FUNCTION carried_share(date) IS 'Which share of a unit, as it was before it changed on the day effective, lies in which unit on the map of the day boundaries';

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
    RETURNS TABLE (unit text, period date, member text, value float8, weight float8, share float8, state_type text, state bytea)
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
                || ' in terrbal.unit and terrbal.hierarchy: use the same name.';
    END IF;
    RETURN QUERY
    WITH base AS (
        -- the units of the indicator's own level; where none is stated, those without members of their own in the same period: nothing counts twice
        SELECT u.code AS member, o.period, o.value, o.unit_id,
            coalesce(o.weight, (SELECT w.value FROM terrbal.observation w JOIN terrbal.indicator wi ON wi.id = w.indicator_id
                                WHERE wi.code = i.weight_indicator AND w.unit_id = o.unit_id AND w.period = o.period)) AS weight
        FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id
        WHERE o.indicator_id = i.id
            AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level
                     ELSE NOT EXISTS (SELECT FROM terrbal.hierarchy h JOIN terrbal.unit c ON c.code = h.child
                                      JOIN terrbal.observation x ON x.unit_id = c.id AND x.indicator_id = i.id AND x.period = o.period
                                      WHERE h.parent = u.code AND h.valid @> o.period) END
    ), carried AS (
        SELECT * FROM terrbal.carried_share(boundaries)
    ), changed AS (
        SELECT x.member, x.period, (SELECT min(s.effective) FROM terrbal.succession s
                                    WHERE s.predecessor = x.member AND s.effective > x.period AND s.effective <= boundaries) AS effective
        FROM (SELECT b.member, b.period FROM base b WHERE b.member IN (SELECT c.predecessor FROM carried c)) x
    ), placed AS (
        SELECT b.member AS origin, coalesce(c.successor, b.member) AS member, b.period, coalesce(c.share, 1) AS share
        FROM base b LEFT JOIN changed x ON x.member = b.member AND x.period = b.period
        LEFT JOIN carried c ON c.predecessor = b.member AND c.effective = x.effective
    ), chain AS MATERIALIZED (
        SELECT * FROM terrbal.unit_at_level(rollup_rows.level) WHERE rollup_rows.level IS DISTINCT FROM i.level
    ), reached AS (
        SELECT DISTINCT ON (p.origin, p.member, p.period) p.origin, p.member, p.period, p.share, a.ancestor
        FROM placed p JOIN chain a ON a.unit = p.member AND a.valid @> coalesce(boundaries, p.period)
        ORDER BY p.origin, p.member, p.period, a.depth, a.ancestor
    ), target AS (
        SELECT origin, period, share, ancestor FROM reached
        UNION ALL
        SELECT origin, period, share, member FROM placed WHERE rollup_rows.level = i.level
    )
    SELECT t.ancestor, t.period, t.origin, b.value, b.weight, t.share, s.state_type, s.state
    FROM (SELECT origin, period, ancestor, sum(share)::float8 AS share FROM target GROUP BY origin, period, ancestor) t
    JOIN base b ON b.member = t.origin AND b.period = t.period
    LEFT JOIN terrbal.observation_state s ON s.indicator_id = i.id AND s.unit_id = b.unit_id AND s.period = b.period;
END
$$;
COMMENT ON FUNCTION rollup_rows(text, text, date) IS 'Which observation counts where: one line per unit of a level, period and member, with weight, share and stored state; boundaries: on the map of that day';

CREATE FUNCTION indicator_rollup(code text, level text, method text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, value float8)
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
        RETURN QUERY SELECT r.unit, r.period, sum(r.value::text::numeric * r.share::text::numeric)::float8
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period ORDER BY r.unit, r.period;
    ELSIF method = 'mean' THEN
        RETURN QUERY SELECT r.unit, r.period,
                ((sum(r.value::text::numeric * r.share::text::numeric) + round(0, 40)) / sum(r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL))::float8
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period ORDER BY r.unit, r.period;
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
                    / nullif(sum(r.weight::text::numeric * r.share::text::numeric) FILTER (WHERE r.value IS NOT NULL), 0))::float8
            FROM terrbal.rollup_rows(code, level, boundaries) r GROUP BY r.unit, r.period ORDER BY r.unit, r.period;
    ELSE
        statistic := CASE WHEN method NOT IN ('state', 'states', 'merged') THEN method ELSE (SELECT i.statistic FROM terrbal.indicator i WHERE i.code = indicator_rollup.code) END;
        IF statistic IS NULL THEN
            RAISE EXCEPTION 'indicator "%" has no statistic for merged states', code USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Name it: indicator_rollup(code, level, ''gini''), or set statistic in terrbal.indicator.';
        END IF;
        PERFORM terrbal.state_expression('state', statistic);
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
        RETURN QUERY EXECUTE format('SELECT unit, period, (%s)::pg_catalog.float8 FROM (SELECT r.unit, r.period, '
            'terrbal.rollup(encode(r.state, ''hex'')::terrbal.%I) AS state FROM terrbal.rollup_rows($1, $2, $3) r GROUP BY r.unit, r.period) m '
            'ORDER BY unit, period', terrbal.state_expression('state', statistic, kind), kind) USING code, level, boundaries;
    END IF;
END
$$;
COMMENT ON FUNCTION indicator_rollup(text, text, text, date) IS 'Indicator at a higher level: method sum, mean, weighted_mean, state, or an index on merged states such as gini; in the unit of the indicator; boundaries: on the map of that day';

CREATE FUNCTION rollup_coverage(code text, level text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, members bigint, reporting bigint, missing bigint)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH r AS MATERIALIZED (SELECT * FROM terrbal.rollup_rows(code, level, boundaries)),
    expected AS (
        SELECT p.period, a.ancestor, count(DISTINCT a.unit) AS n
        FROM (SELECT DISTINCT r.period FROM r) p JOIN terrbal.unit_at_level(level) a ON a.valid @> coalesce(boundaries, p.period)
        WHERE NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.parent = a.unit)
        GROUP BY p.period, a.ancestor),
    found AS (
        SELECT r.unit, r.period, count(DISTINCT r.member) AS n, count(DISTINCT r.member) FILTER (WHERE r.value IS NOT NULL) AS good
        FROM r GROUP BY r.unit, r.period)
    SELECT coalesce(f.unit, e.ancestor), coalesce(f.period, e.period), greatest(e.n, f.n), coalesce(f.good, 0), greatest(e.n, f.n) - coalesce(f.good, 0)
    FROM found f FULL JOIN expected e ON e.ancestor = f.unit AND e.period = f.period
    UNION ALL
    SELECT NULL, o.period, count(*), count(*), 0::bigint
    FROM terrbal.observation o JOIN terrbal.unit u ON u.id = o.unit_id JOIN terrbal.indicator i ON i.id = o.indicator_id AND i.code = rollup_coverage.code
    WHERE o.value IS NOT NULL
        AND CASE WHEN i.level IS NOT NULL THEN coalesce(u.level, i.level) = i.level ELSE NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.parent = u.code) END
        AND NOT EXISTS (SELECT FROM r WHERE r.member = u.code AND r.period = o.period)
    GROUP BY o.period
    ORDER BY 1, 2;
END
$$;
COMMENT ON FUNCTION rollup_coverage(text, text, date) IS 'How complete a roll-up is: members that belong to the unit, members with a value, members without (number of units); unit NULL: units with a value that no chain leads to the level';
