-- refresh: from a source to observations; only what changed is written
CREATE FUNCTION run_start(code text, strict boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    number bigint;
BEGIN
    INSERT INTO terrbal.run (indicator_id, code, extension_version, method_version, source, is_strict)
    SELECT i.id, i.code, (SELECT extversion FROM pg_catalog.pg_extension WHERE extname = 'terrbal'), i.method_version,
        format('%I.%I', i.source_schema, i.source_name), coalesce(run_start.strict, false)
    FROM terrbal.indicator i WHERE i.code = run_start.code
    RETURNING id INTO number;
    IF number IS NULL THEN
        RAISE EXCEPTION 'indicator "%" is not registered', code
            USING ERRCODE = 'invalid_parameter_value', HINT = 'See terrbal.indicator_catalogue, or register it with terrbal.register_indicator.';
    END IF;
    RETURN number;
END
$$;
COMMENT ON FUNCTION run_start(text, boolean) IS 'Opens the line of the run log for one refresh, status running; returns its number';

-- Month ends, quarter ends and any other day within a period stand for the period.
CREATE FUNCTION period_start(day date, frequency text) RETURNS date
    AS 'MODULE_PATHNAME', 'terrbal_period_start' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION period_start(date, text) IS 'First day of the period of that frequency (A, S, Q, M, W; D and I: the day itself); NULL outside the years 0001 to 9999';

CREATE FUNCTION period_expression(source regclass, frequency text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'period' AND NOT a.attisdropped AND a.atttypid = 'date'::regtype)
    THEN format('terrbal_support.period_start(s.period, %L)', frequency)
    ELSE 'CASE WHEN s.period BETWEEN 1 AND 9999 THEN make_date(s.period::integer, 1, 1) END' END;
COMMENT ON FUNCTION period_expression(regclass, text) IS 'SQL expression for the first day of the period of a row s of a source, whose column period is a date or a year';

-- One pass: compares the source with what is published, writes the difference, says what it saw. Duplicates are raised by the caller after the pass, which its
-- block then undoes. A clock that was set back does not turn the order of two versions: the later one is a microsecond younger.
CREATE FUNCTION merge_statement(source regclass, i indicator) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    paired boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = source AND attname = 'counterpart' AND NOT attisdropped);
    -- most sources have neither counterpart nor breakdown: what would be the same in every row is not carried along
    plain boolean := NOT paired AND i.dimensions = '{}';
BEGIN
    RETURN format($merge$
WITH keyed AS MATERIALIZED (
    SELECT u.id AS unit_id, u.level IS NULL AS free, s.unit, s.counterpart, s.breakdown, s.period, s.given_period, s.reason, s.weight + 0.0::float8 AS weight,
        s.reason IS NULL AND s.unit IS NOT NULL AND s.period IS NOT NULL AS good, %3$s AS counterpart_id,
        CASE WHEN s.value > '-Infinity' AND s.value < 'Infinity' THEN s.value + 0.0::float8 END AS value,
        CASE WHEN s.value = 'NaN' OR s.value = 'Infinity' OR s.value = '-Infinity' THEN 'not computable'
             ELSE coalesce(s.status, CASE WHEN s.value IS NULL THEN 'missing' ELSE 'ok' END) END AS status
    FROM (%1$s OFFSET 0) s LEFT JOIN terrbal.unit u ON u.code = s.unit AND ($4 IS NULL OR u.id = ANY ($4))%4$s
), seen AS MATERIALIZED (
    SELECT count(*) AS rows_read, count(*) FILTER (WHERE NOT good AND reason IS NULL) AS skipped, count(reason) AS refused,
        count(*) FILTER (WHERE good AND unit_id IS NOT NULL AND counterpart_id IS NOT NULL) AS usable, min(reason) AS reason,
        -- a sum does not depend on the order of the rows
        coalesce(sum(hashtextextended(coalesce(unit, ''), hashtextextended(status, hashfloat8extended(coalesce(weight, -1),
            hashfloat8extended(coalesce(value, 'NaN'), hashint4extended(period - DATE '2000-01-01', %6$s)))))), 0) AS fingerprint,
        array_agg(DISTINCT unit) FILTER (WHERE unit_id IS NULL AND good) AS unknown,
        array_agg(DISTINCT counterpart) FILTER (WHERE counterpart_id IS NULL AND good) AS unknown_counterpart,
        array_agg(DISTINCT unit_id) FILTER (WHERE free AND unit_id IS NOT NULL AND good) AS adopted
    FROM keyed
%5$s), difference AS MATERIALIZED (
    SELECT k.unit_id, k.counterpart_id, k.breakdown, k.period, k.value, k.status, k.weight, o.id AS old_id, o.ctid AS old_place, o.unit_id AS old_unit_id, o.counterpart_id AS old_counterpart_id,
        o.breakdown AS old_breakdown, o.period AS old_period, o.value AS old_value, o.status AS old_status, o.weight AS old_weight, o.run_id AS old_run_id, o.published AS old_published
    FROM (SELECT * FROM keyed WHERE good AND unit_id IS NOT NULL AND counterpart_id IS NOT NULL) k
    FULL JOIN (SELECT ctid, * FROM terrbal.observation WHERE indicator_id = $1) o
        ON o.unit_id = k.unit_id AND o.period = k.period AND %7$s
    WHERE k.unit_id IS NULL OR o.id IS NULL
        OR k.value IS DISTINCT FROM o.value OR k.status IS DISTINCT FROM o.status OR k.weight IS DISTINCT FROM o.weight
), ended AS MATERIALIZED (
    -- a row that is refused leaves what was published before
    SELECT d.old_id FROM difference d
    WHERE d.unit_id IS NULL AND %2$s AND ((SELECT refused = 0 FROM seen) OR NOT EXISTS (
        SELECT FROM keyed k WHERE k.reason IS NOT NULL AND k.unit_id = d.old_unit_id AND k.period = d.old_period AND k.counterpart_id = d.old_counterpart_id AND k.breakdown = d.old_breakdown))
), kept AS (
    INSERT INTO terrbal.revision (indicator_id, unit_id, counterpart_id, breakdown, period, value, status, weight, run_id, published, superseded, superseded_by)
    SELECT $1, old_unit_id, old_counterpart_id, old_breakdown, old_period, old_value, old_status, old_weight, old_run_id, old_published,
        greatest($3, old_published + interval '1 microsecond'), $2
    FROM difference d WHERE old_id IS NOT NULL AND (unit_id IS NOT NULL OR old_id IN (SELECT e.old_id FROM ended e))
), changed AS (
    UPDATE terrbal.observation o SET value = d.value, status = d.status, weight = d.weight, run_id = $2,
        published = greatest($3, d.old_published + interval '1 microsecond')
    -- by the place where the comparison met them: how few they are the planner cannot know, and would read all rows again
    FROM difference d
    WHERE o.ctid = ANY (ARRAY(SELECT x.old_place FROM difference x WHERE x.unit_id IS NOT NULL AND x.old_id IS NOT NULL)) AND o.id = d.old_id AND o.indicator_id = $1
    RETURNING 1
), gone AS (
    DELETE FROM terrbal.observation o USING ended e WHERE o.id = e.old_id AND o.indicator_id = $1 RETURNING 1
), fresh AS (
    INSERT INTO terrbal.observation (indicator_id, unit_id, counterpart_id, breakdown, period, value, status, weight, run_id, published)
    SELECT $1, d.unit_id, d.counterpart_id, d.breakdown, d.period, d.value, d.status, d.weight, $2,
        greatest($3, (SELECT max(v.superseded) FROM terrbal.revision v WHERE v.indicator_id = $1 AND v.unit_id = d.unit_id AND v.counterpart_id = d.counterpart_id
                          AND v.breakdown = d.breakdown AND v.period = d.period))
    FROM difference d WHERE d.old_id IS NULL ORDER BY d.period, d.unit_id
    ON CONFLICT DO NOTHING RETURNING 1
)
SELECT seen.*, (SELECT count(*) FROM terrbal.observation WHERE indicator_id = $1) AS before,
    (SELECT count(*) FROM fresh) AS inserted, (SELECT count(*) FROM changed) AS updated, (SELECT count(*) FROM gone) AS withdrawn,
    (SELECT count(*) FROM difference WHERE old_id IS NULL) AS missing_before, (SELECT count(*) FROM difference WHERE unit_id IS NULL) AS missing_now
FROM seen$merge$,
        terrbal_support.protected_statement(source, i),
        -- an empty source is more often an accident than the end of a series
        CASE WHEN i.withdraw THEN '(SELECT usable > 0 FROM seen)' ELSE 'false' END,
        CASE WHEN paired THEN 'CASE WHEN s.counterpart IS NULL THEN 0 ELSE c.id END' ELSE '0' END,
        CASE WHEN paired THEN ' LEFT JOIN terrbal.unit c ON c.code = s.counterpart AND ($4 IS NULL OR c.id = ANY ($4))' ELSE '' END,
        -- a publisher of 1.0 may not have been granted the list
        CASE WHEN has_table_privilege('terrbal.run_issue', 'INSERT') THEN $issue$), issue AS (
    INSERT INTO terrbal.run_issue (run_id, indicator_id, unit, counterpart, breakdown, period, reason)
    SELECT $2, $1, left(k.unit, 200), left(k.counterpart, 200), nullif(left(k.breakdown, 200), ''), k.given_period::pg_catalog.text, k.reason
    FROM keyed k WHERE k.reason IS NOT NULL AND (SELECT refused > 0 AND unknown IS NULL AND unknown_counterpart IS NULL FROM seen)
    ORDER BY k.reason, k.unit, k.given_period LIMIT 1000
$issue$ ELSE '' END,
        CASE WHEN plain THEN '0' ELSE 'CASE WHEN breakdown <> '''' OR counterpart IS NOT NULL THEN hashtextextended(breakdown, hashtextextended(coalesce(counterpart, ''''), 0)) ELSE 0 END' END,
        -- whole numbers are compared faster; the planner knows how many units there are, not how many values an expression has
        CASE WHEN plain THEN 'CASE WHEN o.breakdown = '''' THEN o.counterpart_id END = k.counterpart_id' ELSE 'o.counterpart_id = k.counterpart_id AND o.breakdown = k.breakdown' END);
END
$$;
COMMENT ON FUNCTION merge_statement(regclass, indicator) IS 'Statement by which refresh compares a source with the published values and writes the difference; parameters: indicator, run, time, units (indicator_units)';

-- Sums in double-double differ in the last bits of their low parts when rows come in another order: such a state is not written again.
CREATE FUNCTION state_alike(a bytea, b bytea) RETURNS boolean
    AS 'MODULE_PATHNAME', 'terrbal_state_alike' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION state_alike(bytea, bytea) IS 'Are two states, as canonical bytes, the same, but perhaps for the low parts of sums added in another order?';

CREATE FUNCTION state_merge_statement(source regclass, withdraw boolean, statistic text, frequency text, dimensions text[]) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    paired boolean := EXISTS (SELECT FROM pg_attribute WHERE attrelid = source AND attname = 'counterpart' AND NOT attisdropped);
BEGIN
    RETURN (SELECT format($merge$
WITH source AS MATERIALIZED (
    SELECT u.id AS unit_id, %4$s AS counterpart_id, s.breakdown, s.period, decode(s.state, 'hex') AS state
    FROM (%1$s) s JOIN terrbal.unit u ON u.code = s.unit AND ($3 IS NULL OR u.id = ANY ($3))%5$s
    WHERE s.period IS NOT NULL AND s.state IS NOT NULL AND s.reason IS NULL
), gone AS (
    DELETE FROM terrbal.observation_state o
    WHERE o.indicator_id = $1 AND %3$s AND EXISTS (SELECT FROM source)
        AND NOT EXISTS (SELECT FROM source s WHERE s.unit_id = o.unit_id AND s.period = o.period AND s.counterpart_id = o.counterpart_id AND s.breakdown = o.breakdown)
    RETURNING 1
), written AS (
    INSERT INTO terrbal.observation_state AS o (indicator_id, unit_id, counterpart_id, breakdown, period, state_type, state, run_id)
    SELECT $1, unit_id, counterpart_id, breakdown, period, %2$L, state, $2 FROM source
    ON CONFLICT (indicator_id, unit_id, counterpart_id, breakdown, period) DO UPDATE SET state_type = excluded.state_type, state = excluded.state, run_id = excluded.run_id
    WHERE NOT terrbal_support.state_alike(o.state, excluded.state) OR o.state_type <> excluded.state_type
    RETURNING 1
)
SELECT (SELECT count(*) FROM gone) + (SELECT count(*) FROM written)$merge$,
        terrbal_support.source_statement(source, statistic, frequency, dimensions, ', s.state::pg_catalog.text AS state'),
        t.typname, CASE WHEN withdraw THEN 'true' ELSE 'false' END,
        CASE WHEN paired THEN 'coalesce(c.id, 0)' ELSE '0' END,
        CASE WHEN paired THEN ' LEFT JOIN terrbal.unit c ON c.code = s.counterpart AND ($3 IS NULL OR c.id = ANY ($3))' ELSE '' END)
    FROM pg_catalog.pg_attribute a
    JOIN pg_catalog.pg_type t ON t.oid = a.atttypid AND t.typnamespace = 'terrbal'::regnamespace AND t.typname LIKE '%\_state'
    WHERE a.attrelid = source AND a.attname = 'state' AND NOT a.attisdropped);
END
$$;
COMMENT ON FUNCTION state_merge_statement(regclass, boolean, text, text, text[]) IS 'Statement by which refresh stores the changed states of a source; NULL if it has no column state of a type of terrbal; parameters: indicator, run, units';

-- Units of the level, and those whose level nobody has said yet: neither named at this level as a child of it, nor known by indicators of another level.
CREATE FUNCTION indicator_units(level text) RETURNS integer[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    units integer[];
BEGIN
    IF level IS NULL THEN
        IF NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.level IS DISTINCT FROM (SELECT o.level FROM terrbal.unit o LIMIT 1)) THEN
            RETURN NULL;
        END IF;
        RETURN ARRAY(SELECT min(u.id) FROM terrbal.unit u GROUP BY u.code HAVING count(*) = 1
                     UNION ALL SELECT u.id FROM terrbal.unit u WHERE u.level IS NULL AND EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.id <> u.id));
    END IF;
    units := ARRAY(SELECT u.id FROM terrbal.unit u WHERE u.level = indicator_units.level);
    IF EXISTS (SELECT FROM terrbal.unit u WHERE u.level IS NULL) THEN
        units := units || ARRAY(
            SELECT u.id FROM terrbal.unit u
            WHERE u.level IS NULL
                AND NOT EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.level = indicator_units.level)
                AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.child = u.code AND coalesce(h.child_level, '') = '' AND h.level = indicator_units.level)
                AND u.id NOT IN (SELECT o.unit_id FROM terrbal.observation o JOIN terrbal.indicator i ON i.id = o.indicator_id WHERE i.level <> indicator_units.level));
    END IF;
    RETURN units;
END
$$;
COMMENT ON FUNCTION indicator_units(text) IS 'Keys of the units that a code of a source may mean: those of the level and those without one; level NULL: every unit whose code stands once; NULL if no code can stand twice';

CREATE FUNCTION add_units(codes text[], level text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    IF level IS NULL THEN
        SELECT u.code, string_agg(u.level, ' and ' ORDER BY u.level) AS levels INTO twice FROM terrbal.unit u WHERE u.code = ANY (codes) GROUP BY u.code HAVING count(*) > 1 ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', twice.code, twice.levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Register the indicator with the level of its units.';
        END IF;
    END IF;
    INSERT INTO terrbal.unit (code, level) SELECT c, add_units.level FROM unnest(codes) c ORDER BY c ON CONFLICT DO NOTHING;
END
$$;
COMMENT ON FUNCTION add_units(text[], text) IS 'Registers units of a level that a source names for the first time';

-- The work of one refresh, under the lock of its indicator. Never raises for a fault of the indicator: the run line tells.
CREATE FUNCTION run_refresh(number bigint) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
DECLARE
    r terrbal.run;
    i terrbal.indicator;
    source regclass;
    seen record;
    now_published timestamptz;
    statement text;
    context text;
    clock timestamptz := clock_timestamp();
BEGIN
    SELECT * INTO STRICT r FROM terrbal.run WHERE id = number;
    r.inserted := 0;
    r.updated := 0;
    r.withdrawn := 0;
    r.units_new := 0;
    PERFORM terrbal_support.guard_privileged();
    -- Only who may write the registry can hold this lock. It lasts to the end of the transaction.
    PERFORM FROM terrbal.indicator WHERE id = r.indicator_id FOR NO KEY UPDATE SKIP LOCKED;
    IF NOT FOUND THEN
        r.status := 'locked';
        r.message := CASE WHEN EXISTS (SELECT FROM terrbal.indicator WHERE id = r.indicator_id)
            THEN 'another session is refreshing or changing this indicator' ELSE 'the indicator was deleted meanwhile' END;
        RETURN terrbal_support.run_finish(r, clock);
    END IF;
    -- Under the lock nobody else works on this indicator: a line still running belongs to a session that died or was cancelled.
    UPDATE terrbal.run d SET status = 'interrupted', message = 'the session ended before the refresh; nothing was written'
    WHERE d.indicator_id = r.indicator_id AND d.status = 'running' AND d.id <> r.id
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_activity a WHERE a.pid = d.pid AND a.pid <> pg_backend_pid() AND a.state IS DISTINCT FROM 'idle');
    BEGIN
        SELECT * INTO STRICT i FROM terrbal.indicator WHERE id = r.indicator_id;
        r.source := format('%I.%I', i.source_schema, i.source_name);
        -- While this lock is held a renamed table cannot be put in the place of the one that is judged.
        source := terrbal_support.lock_source(i.source_schema, i.source_name);
        IF source IS NULL THEN
            r.status := 'missing source';
            r.message := format('there is no relation %s', r.source);
            r.hint := 'Create it again under this name, or register the indicator with its new source.';
            RETURN terrbal_support.run_finish(r, clock);
        END IF;
        IF terrbal.privileged_role() THEN
            r.message := terrbal.untrusted_owner(source);
            IF r.message IS NOT NULL THEN
                r.status := 'untrusted owner';
                r.hint := 'Reading it would run its owner''s code with your rights: refresh as a publisher role that is not a superuser.';
                RETURN terrbal_support.run_finish(r, clock);
            END IF;
        END IF;
        r.message := terrbal_support.source_problem(source, i.statistic IS NOT NULL AND terrbal_support.state_merge_statement(source, true, i.statistic, i.frequency, i.dimensions) IS NOT NULL, i.frequency, i.dimensions);
        IF r.message IS NOT NULL THEN
            r.status := 'invalid source';
            r.hint := 'A source has the columns unit text, period date, value float8: cast them in a view.';
            RETURN terrbal_support.run_finish(r, clock);
        END IF;

        statement := terrbal_support.merge_statement(source, i);
        now_published := clock_timestamp();
        LOOP
            EXECUTE statement INTO STRICT seen USING i.id, r.id, now_published, terrbal_support.indicator_units(i.level);
            IF seen.refused > 0 AND r.is_strict THEN
                RAISE EXCEPTION '% rows are refused, the first: %', seen.refused, seen.reason USING ERRCODE = 'data_exception', HINT = 'Without strict they are listed in terrbal.run_issue and the others published.';
            END IF;
            -- every usable row of the source meets a published one of its own, or is new
            IF seen.inserted < seen.missing_before OR seen.usable - seen.missing_before > seen.before - seen.missing_now THEN
                PERFORM terrbal_support.raise_duplicate(terrbal_support.source_statement(source, i.statistic, i.frequency, i.dimensions), source, i.frequency);
            END IF;
            r.inserted := r.inserted + seen.inserted;
            r.updated := r.updated + seen.updated;
            r.withdrawn := r.withdrawn + seen.withdrawn;
            IF seen.adopted IS NOT NULL AND i.level IS NOT NULL THEN
                PERFORM terrbal_support.lock_writers('terrbal.unit');
                UPDATE terrbal.unit SET level = i.level WHERE id = ANY (seen.adopted) AND level IS NULL;
            END IF;
            EXIT WHEN seen.unknown IS NULL AND seen.unknown_counterpart IS NULL;
            IF r.units_new > 0 THEN
                RAISE EXCEPTION 'the source gave new units while it was read' USING ERRCODE = 'object_not_in_prerequisite_state', HINT = 'Refresh again.';
            END IF;
            -- the other end of a flow may lie anywhere: its level is not said
            seen.unknown_counterpart := ARRAY(SELECT unnest(seen.unknown_counterpart) EXCEPT SELECT unnest(seen.unknown));
            PERFORM terrbal_support.add_units(coalesce(seen.unknown, '{}'), i.level), terrbal_support.add_units(seen.unknown_counterpart, NULL);
            r.units_new := cardinality(coalesce(seen.unknown, '{}')) + cardinality(seen.unknown_counterpart);
        END LOOP;
        IF i.level IS NOT NULL AND (r.units_new > 0 OR seen.adopted IS NOT NULL) THEN
            PERFORM terrbal_support.infer_levels();
        END IF;
        r.rows_read := seen.rows_read;
        r.skipped := seen.skipped;
        r.refused := seen.refused;
        r.unchanged := seen.usable - r.inserted - r.updated;
        r.fingerprint := lpad(to_hex(mod(seen.fingerprint, 9223372036854775783)::bigint), 16, '0');
        IF seen.usable = 0 AND (seen.before > 0 AND i.withdraw OR seen.refused > 0) THEN
            r.status := 'empty source';
            r.message := format('%s, %s observations stay published', CASE WHEN seen.refused > 0 THEN format('all %s rows of the source are refused', seen.refused)
                ELSE 'the source has no rows' END, seen.before);
            r.hint := CASE WHEN seen.refused > 0 THEN 'See terrbal.run_issue.' ELSE 'If the series has ended, set active = false in terrbal.indicator.' END;
            RETURN terrbal_support.run_finish(r, clock);
        END IF;
        statement := terrbal_support.state_merge_statement(source, i.withdraw, i.statistic, i.frequency, i.dimensions);
        IF statement IS NOT NULL THEN
            EXECUTE statement INTO STRICT r.states_written USING i.id, r.id, terrbal_support.indicator_units(i.level);
        END IF;
        r.status := 'ok';
        RETURN terrbal_support.run_finish(r, clock);
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS r.sqlstate := RETURNED_SQLSTATE, r.message := MESSAGE_TEXT, r.detail := PG_EXCEPTION_DETAIL, r.hint := PG_EXCEPTION_HINT,
            context := PG_EXCEPTION_CONTEXT;
        -- which function of the source it was; our own statement would tell nobody anything
        context := split_part(context, E'\n', 1);
        IF r.detail = '' AND context LIKE '% function %' AND context !~ ' terrbal(_support)?\.' THEN
            r.detail := context;
        END IF;
    END;
    r.status := 'failed';
    r.inserted := 0;
    r.updated := 0;
    r.withdrawn := 0;
    r.units_new := 0;
    RETURN terrbal_support.run_finish(r, clock);
END
$$;
COMMENT ON FUNCTION run_refresh(bigint) IS 'Does the refresh that run_start opened, in one transaction; returns the finished line of the run log';

CREATE FUNCTION run_finish(r run, clock timestamptz) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE terrbal.run SET status = r.status, finished = clock_timestamp(), duration_ms = extract(epoch FROM clock_timestamp() - clock) * 1000,
        rows_read = r.rows_read, inserted = r.inserted, updated = r.updated, withdrawn = r.withdrawn, unchanged = r.unchanged, skipped = r.skipped,
        units_new = r.units_new, states_written = r.states_written, refused = r.refused, fingerprint = r.fingerprint, pid = pg_backend_pid(), sqlstate = r.sqlstate,
        message = r.message, detail = nullif(r.detail, ''), hint = nullif(r.hint, '')
    WHERE run.id = r.id RETURNING * INTO r;
    RETURN r;
END
$$;
COMMENT ON FUNCTION run_finish(run, timestamptz) IS 'Closes a line of the run log';

CREATE FUNCTION raise_duplicate(statement text, source regclass, frequency text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    EXECUTE format('SELECT s.unit, s.counterpart, s.breakdown, s.period, count(*) AS n FROM (%s) s WHERE s.unit IS NOT NULL AND s.period IS NOT NULL AND s.reason IS NULL '
        'GROUP BY 1, 2, 3, 4 HAVING count(*) > 1 ORDER BY 1, 4, 2, 3 LIMIT 1', statement) INTO twice;
    RAISE EXCEPTION 'unit "%"%, period % stands % times in %', twice.unit, coalesce(', counterpart "' || twice.counterpart || '"', '') || coalesce(', ' || nullif(twice.breakdown, ''), ''),
        twice.period, twice.n, source
        USING ERRCODE = 'cardinality_violation', HINT = format('A source has one row per unit and period: aggregate it in a view%s.', CASE frequency WHEN 'I' THEN '' WHEN 'D' THEN ''
            ELSE format(', or register a finer frequency than %s', frequency) END);
END
$$;
COMMENT ON FUNCTION raise_duplicate(text, regclass, text) IS 'Raises the error that names the first unit, counterpart, breakdown and period that a source gives twice';

CREATE FUNCTION run_summary(r run) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN format('indicator "%s": %s', r.code, r.status)
        || CASE WHEN r.status = 'ok' THEN format(', %s rows read, %s new, %s changed, %s withdrawn, %s skipped', r.rows_read, r.inserted, r.updated,
            r.withdrawn, r.skipped) || CASE WHEN r.refused > 0 THEN format(', %s refused: see terrbal.run_issue', r.refused) ELSE '' END ELSE coalesce(': ' || r.message, '') || coalesce(' (' || r.detail || ')', '') END;
END
$$;
COMMENT ON FUNCTION run_summary(run) IS 'One line of text about a run, as NOTICE and WARNING show it';

CREATE FUNCTION run_warning(r run, place text DEFAULT '') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF r.hint IS NULL THEN
        RAISE WARNING '%', place || terrbal_support.run_summary(r);
    ELSE
        RAISE WARNING '%', place || terrbal_support.run_summary(r) USING HINT = r.hint;
    END IF;
END
$$;
COMMENT ON FUNCTION run_warning(run, text) IS 'Raises the WARNING of a refresh that did not succeed';

CREATE FUNCTION refresh(code text, strict boolean) RETURNS run
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    r terrbal.run;
BEGIN
    IF code IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.run', 'terrbal.observation');
    PERFORM terrbal_support.guard_privileged();
    PERFORM terrbal_support.register_units();
    r := terrbal_support.confined_refresh(terrbal_support.run_start(code, strict));
    IF r.status NOT IN ('ok', 'locked') OR r.refused > 0 THEN
        PERFORM terrbal_support.run_warning(r);
    END IF;
    RETURN r;
END
$$;
COMMENT ON FUNCTION refresh(text, boolean) IS 'Refreshes one indicator from its source in the transaction of the caller; strict: a row that cannot be published fails the run; returns the line of the run log';

CREATE FUNCTION refresh(code text) RETURNS run
LANGUAGE sql
RETURN terrbal.refresh(code, false);
COMMENT ON FUNCTION refresh(text) IS 'Refreshes one indicator from its source in the transaction of the caller; rows that cannot be published are listed in run_issue; returns the line of the run log, also when it failed';

CREATE PROCEDURE refresh_all(codes text[] DEFAULT NULL, strict boolean DEFAULT false)
LANGUAGE plpgsql AS $$
DECLARE
    todo text[];
    number bigint;
    r terrbal.run;
    ok bigint := 0;
    locked bigint := 0;
    bad bigint := 0;
    undone text[] := '{}';
    written bigint := 0;
    clock timestamptz := pg_catalog.clock_timestamp();
    place integer := 0;
    named record;
    absent bigint := 0;
BEGIN
    -- A procedure that commits cannot carry a SET clause: the path is set again in every transaction.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    IF terrbal_support.in_transaction_block() THEN
        RAISE EXCEPTION 'inside a transaction block nothing can be committed after each indicator' USING ERRCODE = 'invalid_transaction_termination',
            HINT = 'Call it on its own, in autocommit mode and not among other statements of one query; inside a transaction use SELECT terrbal.refresh(code).';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.run', 'terrbal.observation');
    PERFORM terrbal_support.guard_privileged();
    PERFORM terrbal_support.register_units();
    FOR named IN SELECT c.code, i.code AS known FROM unnest(refresh_all.codes) WITH ORDINALITY c (code, place) LEFT JOIN terrbal.indicator i ON i.code = c.code
                 WHERE i.active IS NOT TRUE ORDER BY c.place LOOP
        undone := undone || coalesce(named.code, 'NULL');
        absent := absent + 1;
        RAISE WARNING 'indicator "%" is not %', named.code, CASE WHEN named.known IS NULL THEN 'registered' ELSE 'active' END;
    END LOOP;
    -- The longest neglected first: a call that follows a broken one goes on where that stopped.
    todo := ARRAY(
        SELECT i.code FROM terrbal.indicator i
        WHERE i.active AND (refresh_all.codes IS NULL OR i.code = ANY (refresh_all.codes))
        ORDER BY (SELECT max(l.id) FROM terrbal.run l WHERE l.indicator_id = i.id AND l.status = 'ok') NULLS FIRST, i.id);
    FOR place IN 1 .. cardinality(todo) LOOP
        number := NULL;
        BEGIN
            number := terrbal_support.run_start(todo[place], strict);
        EXCEPTION WHEN invalid_parameter_value THEN
            undone := undone || todo[place];
            RAISE NOTICE '% of %: indicator "%" was deleted meanwhile', place, cardinality(todo), todo[place];
        END;
        COMMIT;
        PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        IF number IS NOT NULL THEN
            -- seen in pg_stat_activity, until the transaction ends
            PERFORM pg_catalog.set_config('application_name', pg_catalog.left(pg_catalog.format('terrbal %s of %s: %s', place, cardinality(todo), todo[place]), 63), true);
            BEGIN
                r := terrbal_support.confined_refresh(number);
                IF r.status = 'ok' THEN
                    ok := ok + 1;
                    written := written + r.inserted + r.updated + r.withdrawn;
                    IF r.refused > 0 THEN
                        PERFORM terrbal_support.run_warning(r, format('%s of %s: ', place, cardinality(todo)));
                    ELSE
                        RAISE NOTICE '% of %: %', place, cardinality(todo), terrbal_support.run_summary(r);
                    END IF;
                ELSIF r.status = 'locked' THEN
                    locked := locked + 1;
                    undone := undone || todo[place];
                    RAISE NOTICE '% of %: %', place, cardinality(todo), terrbal_support.run_summary(r);
                ELSE
                    bad := bad + 1;
                    undone := undone || todo[place];
                    PERFORM terrbal_support.run_warning(r, format('%s of %s: ', place, cardinality(todo)));
                END IF;
            EXCEPTION WHEN OTHERS THEN
                bad := bad + 1;
                undone := undone || todo[place];
                RAISE WARNING '% of %: indicator "%": %', place, cardinality(todo), todo[place], SQLERRM;
            END;
            COMMIT;
            PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        END IF;
    END LOOP;
    bad := bad + absent;
    RAISE NOTICE 'refresh_all: % of % ok, % locked, % not refreshed, % rows written', ok, cardinality(todo) + absent, locked, bad, written;
    IF strict AND ok < cardinality(todo) + absent THEN
        RAISE EXCEPTION '% of % indicators were not refreshed: %', cardinality(todo) + absent - ok, cardinality(todo) + absent, array_to_string(undone, ', ')
            USING ERRCODE = 'triggered_action_exception', HINT = 'See terrbal.run; the others are refreshed and committed. A locked one was being refreshed or changed by another session.';
    END IF;
END
$$;
COMMENT ON PROCEDURE refresh_all(text[], boolean) IS 'Refreshes every active indicator, or those of codes, and commits after each; strict: raises an error at the end if one was not refreshed, locked and unknown ones included';
