-- monitor: the registry of indicators, the units they are about, and what was published
-- No foreign keys between these tables: pg_restore -j loads the tables of an extension in any order. Triggers keep them together.
CREATE TABLE unit (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text COLLATE "C" NOT NULL CHECK (code <> ''),
    name text,
    level text,
    geom geometry(MultiPolygon, 4326),
    UNIQUE NULLS NOT DISTINCT (code, level)
);
COMMENT ON TABLE unit IS 'Territorial units: one line per municipality, province, region, nation; registered by refresh and by hierarchy, named by the administrator';
COMMENT ON COLUMN unit.id IS 'Integer key for joins and for map clients';
COMMENT ON COLUMN unit.code IS 'Official code as text, leading zeros kept, compared bytewise (SDMX REF_AREA)';
COMMENT ON COLUMN unit.name IS 'Name for readers';
COMMENT ON COLUMN unit.level IS 'Level of the unit, for example municipality; a unit is its level and code. Set by refresh from the indicator and by hierarchy for every parent; NULL: not known yet';
COMMENT ON COLUMN unit.geom IS 'Boundary for maps, longitude and latitude (EPSG:4326)';

CREATE TABLE indicator (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code text COLLATE "C" NOT NULL UNIQUE CHECK (code <> ''),
    title text NOT NULL,
    unit_measure text NOT NULL,
    direction smallint NOT NULL DEFAULT 1 CHECK (direction IN (-1, 0, 1)),
    sdg text,
    component text CHECK (component IN ('population_dynamics', 'balanced_territorial_development', 'local_fiscal_space')),
    agenda text,
    source_schema text NOT NULL,
    source_name text NOT NULL,
    level text,
    method_version text NOT NULL DEFAULT '1',
    frequency text NOT NULL DEFAULT 'A' CHECK (frequency IN ('A', 'S', 'Q', 'M', 'W', 'D', 'I')),
    stale_after interval CHECK (stale_after > interval '0'),
    weight_indicator text COLLATE "C",
    statistic text,
    withdraw boolean NOT NULL DEFAULT true,
    active boolean NOT NULL DEFAULT true,
    definition text,
    note text,
    registered timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    dimensions text[] NOT NULL DEFAULT '{}',
    minimum_count float8 CHECK (minimum_count > 0 AND minimum_count < 'Infinity'),
    dominance_n integer CHECK (dominance_n > 0),
    dominance_k float8 CHECK (dominance_k >= 1 AND dominance_k <= 100),
    p_percent float8 CHECK (p_percent >= 1 AND p_percent < 'Infinity'),
    last_period date,
    CONSTRAINT indicator_dominance CHECK ((dominance_n IS NULL) = (dominance_k IS NULL))
);
COMMENT ON TABLE indicator IS 'Registry: what is measured, in which unit, from which view or table. Filled by register_indicator';
COMMENT ON COLUMN indicator.id IS 'Integer key';
COMMENT ON COLUMN indicator.code IS 'Short stable code (SDMX INDICATOR)';
COMMENT ON COLUMN indicator.title IS 'Title for readers';
COMMENT ON COLUMN indicator.unit_measure IS 'Unit of the value, for example persons per km2 (SDMX UNIT_MEASURE)';
COMMENT ON COLUMN indicator.direction IS '1: higher is better, -1: lower is better, 0: neither';
COMMENT ON COLUMN indicator.sdg IS 'Goal, target or indicator of the 2030 Agenda, for example 11.3.1';
COMMENT ON COLUMN indicator.component IS 'Quality of a national urban policy that it is evidence for (SDG 11.a.1): population dynamics, balanced territorial development, local fiscal space';
COMMENT ON COLUMN indicator.agenda IS 'Reference in another agenda, for example New Urban Agenda 49';
COMMENT ON COLUMN indicator.source_schema IS 'Schema of the source, by name: resolved at each refresh';
COMMENT ON COLUMN indicator.source_name IS 'View or table with columns unit text, period date, value float8 and optionally status text, weight float8, state';
COMMENT ON COLUMN indicator.level IS 'Level of the units that the source reports, for example municipality';
COMMENT ON COLUMN indicator.method_version IS 'Version of the method; change it when the series breaks';
COMMENT ON COLUMN indicator.frequency IS 'SDMX FREQ: A year, S half-year, Q quarter, M month, W week, D day, I irregular';
COMMENT ON COLUMN indicator.stale_after IS 'A last period older than this is stale; NULL: stale only when other units of the level have a later period';
COMMENT ON COLUMN indicator.weight_indicator IS 'Indicator whose values weigh this one in weighted means, for example population; a weight column of the source goes first';
COMMENT ON COLUMN indicator.statistic IS 'Index computed on merged states by method state, for example gini or flow_profile.effectiveness';
COMMENT ON COLUMN indicator.withdraw IS 'true: the source is the whole truth, a row that vanishes is withdrawn; false: the source holds only recent rows';
COMMENT ON COLUMN indicator.active IS 'false: refresh_all passes over it';
COMMENT ON COLUMN indicator.definition IS 'Definition and formula, with its source document';
COMMENT ON COLUMN indicator.note IS 'Free note to readers';
COMMENT ON COLUMN indicator.registered IS 'When it was registered';
COMMENT ON COLUMN indicator.minimum_count IS 'Values of fewer contributors than this, but not of none, are suppressed: column contributors of the source, else the value itself is the count';
COMMENT ON COLUMN indicator.dominance_n IS 'n of the (n, k) rule: values of which the n largest contributions are more than k percent are suppressed; column largest float8[] of the source, largest first';
COMMENT ON COLUMN indicator.dominance_k IS 'k of the (n, k) rule, percent';
COMMENT ON COLUMN indicator.p_percent IS 'p of the p-percent rule, percent: values whose second contributor could estimate the largest within it are suppressed; column largest of the source';
COMMENT ON COLUMN indicator.last_period IS 'Last period of any unit, kept by a trigger on observation';
COMMENT ON COLUMN indicator.dimensions IS 'Dimensions of the breakdown, each a text column of the source, in the order of the canonical text: {sex,age}';

CREATE TABLE run (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    indicator_id integer NOT NULL,
    code text NOT NULL,
    status text NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'ok', 'failed', 'locked', 'missing source', 'invalid source', 'untrusted owner',
        'empty source', 'interrupted')),
    started timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp(),
    finished timestamptz,
    duration_ms float8,
    rows_read bigint,
    inserted bigint,
    updated bigint,
    withdrawn bigint,
    unchanged bigint,
    skipped bigint,
    units_new bigint,
    states_written bigint,
    fingerprint text,
    extension_version text,
    method_version text,
    source text,
    username text NOT NULL DEFAULT CURRENT_USER,
    pid integer DEFAULT pg_catalog.pg_backend_pid(),
    sqlstate text,
    message text,
    detail text,
    hint text,
    refused bigint,
    is_strict boolean NOT NULL DEFAULT false
);
CREATE INDEX run_indicator ON run (indicator_id, id);
COMMENT ON TABLE run IS 'Log of refreshes, one line per indicator and attempt. Old lines may be deleted at any time';
COMMENT ON COLUMN run.id IS 'Number of the run';
COMMENT ON COLUMN run.indicator_id IS 'Indicator';
COMMENT ON COLUMN run.code IS 'Code of the indicator at that time';
COMMENT ON COLUMN run.status IS 'ok; running; failed (see message); locked: another session was refreshing or changing it; missing source, invalid source, empty source, untrusted owner: nothing was written; interrupted: the server or session died, nothing was written';
COMMENT ON COLUMN run.started IS 'Start';
COMMENT ON COLUMN run.finished IS 'End';
COMMENT ON COLUMN run.duration_ms IS 'Duration in milliseconds';
COMMENT ON COLUMN run.rows_read IS 'Rows that the source gave';
COMMENT ON COLUMN run.inserted IS 'New observations';
COMMENT ON COLUMN run.updated IS 'Changed observations; the earlier values are in revision';
COMMENT ON COLUMN run.withdrawn IS 'Observations that the source no longer gives; the earlier values are in revision';
COMMENT ON COLUMN run.unchanged IS 'Observations that were the same and were not written';
COMMENT ON COLUMN run.skipped IS 'Rows of the source without unit or period';
COMMENT ON COLUMN run.units_new IS 'Units seen for the first time';
COMMENT ON COLUMN run.states_written IS 'Stored states written or changed';
COMMENT ON COLUMN run.fingerprint IS 'Hash of the rows read, whatever their order: equal fingerprints mean equal input (within one major version of PostgreSQL)';
COMMENT ON COLUMN run.extension_version IS 'Version of terrbal that computed it';
COMMENT ON COLUMN run.method_version IS 'Method version of the indicator at that time';
COMMENT ON COLUMN run.source IS 'Source that was read, schema-qualified';
COMMENT ON COLUMN run.username IS 'Role whose rights it ran with';
COMMENT ON COLUMN run.pid IS 'Process of the server that ran it';
COMMENT ON COLUMN run.sqlstate IS 'Error code';
COMMENT ON COLUMN run.message IS 'What went wrong';
COMMENT ON COLUMN run.detail IS 'Detail of the error';
COMMENT ON COLUMN run.hint IS 'What to do about it';
COMMENT ON COLUMN run.refused IS 'Rows of the source that cannot be published, listed in run_issue';
COMMENT ON COLUMN run.is_strict IS 'Is a refused row an error?';

CREATE TABLE observation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    indicator_id integer NOT NULL,
    unit_id integer NOT NULL,
    period date NOT NULL CHECK (isfinite(period)),
    value float8 CHECK (value < 'Infinity' AND value > '-Infinity'),
    status text NOT NULL DEFAULT 'ok',
    weight float8 CHECK (weight >= 0 AND weight < 'Infinity'),
    run_id bigint NOT NULL,
    published timestamptz NOT NULL,
    counterpart_id integer NOT NULL DEFAULT 0,
    breakdown text COLLATE "C" NOT NULL DEFAULT '',
    is_last boolean NOT NULL DEFAULT false,
    previous float8,
    previous_period date,
    trend_level float8,
    trend_slope float8,
    run integer,
    jump float8,
    CONSTRAINT observation_key UNIQUE (indicator_id, unit_id, counterpart_id, breakdown, period)
);
CREATE INDEX observation_period ON observation (indicator_id, period);
CREATE INDEX observation_last ON observation (indicator_id, unit_id) WHERE is_last;
COMMENT ON TABLE observation IS 'What is published now: one value per indicator, unit, counterpart, breakdown and period';
COMMENT ON COLUMN observation.id IS 'Integer key';
COMMENT ON COLUMN observation.indicator_id IS 'Indicator';
COMMENT ON COLUMN observation.unit_id IS 'Unit';
COMMENT ON COLUMN observation.period IS 'First day of the period';
COMMENT ON COLUMN observation.value IS 'Value in the unit of the indicator; NULL where there is none, never NaN';
COMMENT ON COLUMN observation.status IS 'ok, missing, not computable (the source gave NaN or infinity), or what the source says';
COMMENT ON COLUMN observation.weight IS 'Weight of the value in weighted means, where the source gives one';
COMMENT ON COLUMN observation.run_id IS 'Run that wrote it';
COMMENT ON COLUMN observation.published IS 'Since when it is published';
COMMENT ON COLUMN observation.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN observation.breakdown IS 'Members of the dimensions in canonical text, sex=F;age=65+; empty: the total';
COMMENT ON COLUMN observation.is_last IS 'Is it the last period of its series? This column and the next six are kept by a trigger, so that views open at once';
COMMENT ON COLUMN observation.previous IS 'Of the last period: value of the period before';
COMMENT ON COLUMN observation.previous_period IS 'Of the last period: the period before';
COMMENT ON COLUMN observation.trend_level IS 'Of the last period: the line through the last eight periods on that day, see series_summary';
COMMENT ON COLUMN observation.trend_slope IS 'Of the last period: slope of that line per day';
COMMENT ON COLUMN observation.run IS 'Of the last period: periods running in which the value rose; negative: fell';
COMMENT ON COLUMN observation.jump IS 'Of the last period: its change less the median of the changes before, in their median absolute deviations';

CREATE TABLE revision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    indicator_id integer NOT NULL,
    unit_id integer NOT NULL,
    period date NOT NULL,
    value float8,
    status text NOT NULL,
    weight float8,
    run_id bigint NOT NULL,
    published timestamptz NOT NULL,
    superseded timestamptz NOT NULL,
    superseded_by bigint NOT NULL,
    counterpart_id integer NOT NULL DEFAULT 0,
    breakdown text COLLATE "C" NOT NULL DEFAULT ''
);
CREATE INDEX revision_series ON revision (indicator_id, unit_id, counterpart_id, breakdown, period, superseded);
COMMENT ON TABLE revision IS 'Earlier values: what was published from published until superseded';
COMMENT ON COLUMN revision.id IS 'Integer key';
COMMENT ON COLUMN revision.indicator_id IS 'Indicator';
COMMENT ON COLUMN revision.unit_id IS 'Unit';
COMMENT ON COLUMN revision.period IS 'First day of the period';
COMMENT ON COLUMN revision.value IS 'Value that was published';
COMMENT ON COLUMN revision.status IS 'Status that was published';
COMMENT ON COLUMN revision.weight IS 'Weight that was published';
COMMENT ON COLUMN revision.run_id IS 'Run that had written it';
COMMENT ON COLUMN revision.published IS 'Since when it was published';
COMMENT ON COLUMN revision.superseded IS 'Until when, exclusive';
COMMENT ON COLUMN revision.superseded_by IS 'Run that changed or withdrew it';
COMMENT ON COLUMN revision.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN revision.breakdown IS 'Members of the dimensions in canonical text; empty: the total';

CREATE TABLE observation_state (
    indicator_id integer NOT NULL,
    unit_id integer NOT NULL,
    period date NOT NULL,
    state_type text NOT NULL,
    state bytea NOT NULL,
    run_id bigint NOT NULL,
    counterpart_id integer NOT NULL DEFAULT 0,
    breakdown text COLLATE "C" NOT NULL DEFAULT '',
    CONSTRAINT observation_state_key PRIMARY KEY (indicator_id, unit_id, counterpart_id, breakdown, period)
);
COMMENT ON TABLE observation_state IS 'Stored states of indicators whose source has a column state: exact re-aggregation to any level';
COMMENT ON COLUMN observation_state.indicator_id IS 'Indicator';
COMMENT ON COLUMN observation_state.unit_id IS 'Unit';
COMMENT ON COLUMN observation_state.period IS 'First day of the period';
COMMENT ON COLUMN observation_state.state_type IS 'Type of the state, for example sample_state';
COMMENT ON COLUMN observation_state.state IS 'Canonical bytes of the state: encode(state, ''hex'')::terrbal.sample_state gives it back';
COMMENT ON COLUMN observation_state.run_id IS 'Run that wrote it';
COMMENT ON COLUMN observation_state.counterpart_id IS 'Unit at the other end of a flow; 0: none, or all';
COMMENT ON COLUMN observation_state.breakdown IS 'Members of the dimensions in canonical text; empty: the total';

-- Not for PUBLIC: the schema is open, the tables are granted by the administrator's script.
REVOKE ALL ON unit, indicator, run, observation, revision, observation_state FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.unit', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.unit_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.indicator', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.indicator_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.observation', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.observation_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.revision', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.revision_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.observation_state', '');

CREATE FUNCTION indicator_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM terrbal.observation WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.observation_state WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.revision WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.run WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.run_issue WHERE indicator_id = OLD.id;
    DELETE FROM terrbal.threshold WHERE indicator = OLD.code;
    DELETE FROM terrbal.target WHERE indicator = OLD.code;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION indicator_deleted() IS 'Trigger: an indicator that is deleted takes its observations, revisions, states, runs, thresholds and targets with it';
CREATE TRIGGER indicator_deleted AFTER DELETE ON indicator FOR EACH ROW EXECUTE FUNCTION indicator_deleted();

-- Lights, goals and weights name an indicator by its code: they stay where they are when it gets another, so it is told.
CREATE FUNCTION indicator_renamed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    thresholds bigint;
    targets bigint;
    weighed bigint;
BEGIN
    IF has_table_privilege('terrbal.indicator', 'SELECT') AND has_table_privilege('terrbal.threshold', 'SELECT') AND has_table_privilege('terrbal.target', 'SELECT') THEN
        SELECT count(*) INTO thresholds FROM terrbal.threshold t WHERE t.indicator = OLD.code;
        SELECT count(*) INTO targets FROM terrbal.target t WHERE t.indicator = OLD.code;
        SELECT count(*) INTO weighed FROM terrbal.indicator i WHERE i.weight_indicator = OLD.code;
        IF thresholds + targets + weighed > 0 THEN
            RAISE NOTICE 'indicator "%" is now "%", but thresholds (%), targets (%) and indicators weighed by it (%) still name the old code', OLD.code, NEW.code, thresholds, targets, weighed
                USING HINT = format('UPDATE terrbal.threshold SET indicator = %1$L WHERE indicator = %2$L; the same in terrbal.target, and for weight_indicator in terrbal.indicator.', NEW.code, OLD.code);
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION indicator_renamed() IS 'Trigger: tells which thresholds, targets and weights still name an indicator by the code that it had';
CREATE TRIGGER indicator_renamed AFTER UPDATE OF code ON indicator FOR EACH ROW WHEN (OLD.code <> NEW.code) EXECUTE FUNCTION indicator_renamed();

CREATE FUNCTION unit_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM terrbal.observation WHERE unit_id = OLD.id) OR EXISTS (SELECT FROM terrbal.observation WHERE counterpart_id = OLD.id) THEN
        RAISE EXCEPTION 'unit "%" has published observations', OLD.code USING ERRCODE = 'object_not_in_prerequisite_state',
            HINT = 'Withdraw them first: remove the unit from the sources and refresh.';
    END IF;
    RETURN OLD;
END
$$;
COMMENT ON FUNCTION unit_deleted() IS 'Trigger: a unit with observations is not deleted';
CREATE TRIGGER unit_deleted BEFORE DELETE ON unit FOR EACH ROW EXECUTE FUNCTION unit_deleted();

-- A blank at the end, a zero that a spreadsheet took, another case: a second unit, which nobody meant. Codes are kept as they come, so it is told.
CREATE FUNCTION unit_alike() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_nestloop = off AS $$
DECLARE
    -- the blank that does not break is one too, where the encoding has it
    blank text := E' \t\r\n' || CASE getdatabaseencoding() WHEN 'UTF8' THEN chr(160) ELSE '' END;
    odd record;
BEGIN
    IF NOT has_table_privilege('terrbal.unit', 'SELECT') THEN
        RETURN NULL;
    END IF;
    SELECT n.code, o.code AS other, count(*) OVER () AS pairs INTO odd
    FROM changed n JOIN terrbal.unit o ON ltrim(lower(btrim(o.code, blank)), '0') = ltrim(lower(btrim(n.code, blank)), '0')
        AND o.id < n.id AND o.code <> n.code AND (o.level = n.level OR o.level IS NULL OR n.level IS NULL)
    ORDER BY o.id, n.id LIMIT 1;
    IF FOUND THEN
        RAISE WARNING 'unit "%" is registered beside unit "%": their codes differ in blanks, case or leading zeros only%', odd.code, odd.other,
            CASE WHEN odd.pairs > 1 THEN format(' (%s pairs)', odd.pairs) ELSE '' END
            USING HINT = 'Two codes are two units: if they are one, write the code in one way in the source, and refresh.';
    ELSE
        SELECT n.code INTO odd FROM changed n WHERE btrim(n.code, blank) <> n.code ORDER BY 1 LIMIT 1;
        IF FOUND THEN
            RAISE WARNING 'the code of unit "%" begins or ends with a blank', odd.code USING HINT = 'Another code without it would be another unit: take it off in the source, and refresh.';
        END IF;
    END IF;
    SELECT n.level, o.level AS other INTO odd
    FROM (SELECT DISTINCT c.level FROM changed c) n JOIN (SELECT DISTINCT u.level FROM terrbal.unit u) o ON lower(btrim(o.level, blank)) = lower(btrim(n.level, blank)) AND o.level <> n.level
    ORDER BY 1, 2 LIMIT 1;
    IF FOUND THEN
        RAISE WARNING 'level "%" stands beside level "%"', odd.level, odd.other
            USING HINT = 'A unit is its level and code, so that one unit at both is two: use one spelling in terrbal.indicator and terrbal.hierarchy.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION unit_alike() IS 'Trigger: tells of new units whose code differs from that of another in blanks, case or leading zeros only, or has a blank at an end, and of levels that differ so';
CREATE TRIGGER unit_inserted AFTER INSERT ON unit REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION unit_alike();

-- Codes are keys of indexes, parts of URLs and lines of a log.
CREATE FUNCTION long_code(code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'code "' || pg_catalog.left(code, 40) || '..." has ' || pg_catalog.octet_length(code) || ' bytes, more than 200';
COMMENT ON FUNCTION long_code(text) IS 'What is wrong with a code longer than 200 bytes, by its start';

-- What keeps a relation from being a source: NULL if nothing does. Only base types are read, so that reading runs no cast of a stranger's type.
CREATE FUNCTION source_problem(source regclass, has_statistic boolean DEFAULT false, frequency text DEFAULT 'A', dimensions text[] DEFAULT '{}') RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = source AND relkind IN ('r', 'v', 'm', 'f', 'p')) THEN
        RETURN format('%s is not a view or table', source);
    END IF;
    IF EXISTS (SELECT FROM pg_catalog.pg_class WHERE oid = source AND relpersistence = 't') THEN
        RETURN format('%s is temporary: no other session can read it', source);
    END IF;
    SELECT string_agg(CASE WHEN a.atttypid IS NULL THEN format('no column %s', c.name)
                           ELSE format('column %s is %s, not %s', c.name, format_type(a.atttypid, a.atttypmod), c.types[1]) END, '; ' ORDER BY c.place)
    INTO problem
    FROM (VALUES (1::bigint, 'unit', ARRAY['text', 'character varying', 'character'], true),
                 (2, 'period', CASE WHEN frequency = 'A' THEN ARRAY['date', 'integer', 'smallint', 'bigint'] ELSE ARRAY['date'] END, true),
                 (3, 'value', ARRAY['double precision', 'real', 'numeric', 'bigint', 'integer', 'smallint'], NOT has_statistic),
                 (4, 'status', ARRAY['text', 'character varying', 'character'], false),
                 (5, 'weight', ARRAY['double precision', 'real', 'numeric', 'bigint', 'integer', 'smallint'], false),
                 (6, 'counterpart', ARRAY['text', 'character varying', 'character'], false)
          UNION ALL SELECT 6 + d.place, d.name, ARRAY['text', 'character varying', 'character'], true FROM unnest(dimensions) WITH ORDINALITY d (name, place)) c (place, name, types, needed)
    LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = source AND a.attname = c.name AND a.attnum > 0 AND NOT a.attisdropped
    WHERE CASE WHEN a.atttypid IS NULL THEN c.needed ELSE NOT a.atttypid = ANY (c.types::regtype[]::oid[]) END;
    RETURN problem;
END
$$;
COMMENT ON FUNCTION source_problem(regclass, boolean, text, text[]) IS 'Why a relation cannot be the source of an indicator; NULL if it can';

CREATE FUNCTION register_indicator(code text, title text, unit_measure text, source regclass, level text DEFAULT NULL, direction integer DEFAULT 1,
    sdg text DEFAULT NULL, method_version text DEFAULT '1', note text DEFAULT NULL, definition text DEFAULT NULL, frequency text DEFAULT 'A',
    component text DEFAULT NULL, agenda text DEFAULT NULL, weight_indicator text DEFAULT NULL, statistic text DEFAULT NULL,
    stale_after interval DEFAULT NULL, withdraw boolean DEFAULT true, dimensions text[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    problem text;
    number integer;
    argument text;
BEGIN
    argument := CASE WHEN register_indicator.code IS NULL THEN 'code' WHEN register_indicator.title IS NULL THEN 'title'
                     WHEN register_indicator.unit_measure IS NULL THEN 'unit_measure' WHEN register_indicator.source IS NULL THEN 'source' END;
    IF argument IS NOT NULL THEN
        RAISE EXCEPTION '% is NULL', argument USING ERRCODE = 'null_value_not_allowed';
    END IF;
    problem := CASE
        WHEN register_indicator.code = '' THEN 'code is empty'
        WHEN octet_length(register_indicator.code) > 200 THEN terrbal_support.long_code(register_indicator.code)
        WHEN register_indicator.direction NOT IN (-1, 0, 1) THEN format('direction %s is not 1 (higher is better), -1 (lower is better) or 0', direction)
        WHEN register_indicator.frequency NOT IN ('A', 'S', 'Q', 'M', 'W', 'D', 'I')
            THEN format('frequency "%s" is not one of A, S, Q, M, W, D, I', frequency)
        WHEN register_indicator.component NOT IN ('population_dynamics', 'balanced_territorial_development', 'local_fiscal_space')
            THEN format('component "%s" is not population_dynamics, balanced_territorial_development or local_fiscal_space', component)
        WHEN register_indicator.stale_after <= interval '0' THEN format('stale_after %s is not positive', stale_after)
        WHEN register_indicator.weight_indicator IS NOT NULL
            AND NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = register_indicator.weight_indicator)
            THEN format('weight indicator "%s" is not registered', weight_indicator)
        ELSE terrbal_support.dimension_problem(dimensions) END;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'invalid_parameter_value';
    END IF;
    problem := terrbal_support.source_problem(source, statistic IS NOT NULL AND EXISTS (
        SELECT FROM pg_catalog.pg_attribute WHERE attrelid = source AND attname = 'state' AND NOT attisdropped), coalesce(register_indicator.frequency, 'A'), register_indicator.dimensions);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION 'source % cannot be read: %', source, problem
            USING ERRCODE = 'invalid_parameter_value', HINT = CASE WHEN problem LIKE '% is temporary:%' THEN 'Make it a table or a view that stays.'
                ELSE 'A source has the columns unit text, period date, value float8, and a text column of each dimension: cast them in a view.' END;
    END IF;
    IF NOT (SELECT pg_has_role(CURRENT_USER, relowner, 'MEMBER') FROM pg_catalog.pg_class WHERE oid = source) THEN
        RAISE EXCEPTION 'role % is not a member of the owner of %', CURRENT_USER, source
            USING ERRCODE = 'insufficient_privilege', HINT = 'Register the source as its owner, or read it through a view of your own.';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.indicator');
    INSERT INTO terrbal.indicator AS i (code, title, unit_measure, direction, sdg, component, agenda, source_schema, source_name, level, method_version,
        frequency, stale_after, weight_indicator, statistic, withdraw, definition, note, dimensions)
    SELECT register_indicator.code, register_indicator.title, register_indicator.unit_measure, coalesce(register_indicator.direction, 0),
        register_indicator.sdg, register_indicator.component, register_indicator.agenda, n.nspname, c.relname, register_indicator.level,
        coalesce(register_indicator.method_version, '1'), coalesce(register_indicator.frequency, 'A'), register_indicator.stale_after,
        register_indicator.weight_indicator, register_indicator.statistic, coalesce(register_indicator.withdraw, true), register_indicator.definition,
        register_indicator.note, coalesce(register_indicator.dimensions, '{}')
    FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = source
    ON CONFLICT (code) DO UPDATE SET title = excluded.title, unit_measure = excluded.unit_measure, direction = excluded.direction, sdg = excluded.sdg,
        component = excluded.component, agenda = excluded.agenda, source_schema = excluded.source_schema, source_name = excluded.source_name,
        level = excluded.level, method_version = excluded.method_version, frequency = excluded.frequency, stale_after = excluded.stale_after,
        weight_indicator = excluded.weight_indicator, statistic = excluded.statistic, withdraw = excluded.withdraw, definition = excluded.definition,
        note = excluded.note, dimensions = excluded.dimensions
    RETURNING i.id INTO number;
    RETURN number;
END
$$;
COMMENT ON FUNCTION register_indicator(text, text, text, regclass, text, integer, text, text, text, text, text, text, text, text, text, interval, boolean, text[])
IS 'Registers an indicator, or renews the entry of that code; checks the columns of the source; returns the id';
