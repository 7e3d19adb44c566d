-- signal: the last value of every unit, its change, its light; and the two reports built on it
CREATE TABLE threshold (
    indicator text COLLATE "C" NOT NULL,
    level text NOT NULL,
    amber float8 CHECK (amber > '-Infinity' AND amber < 'Infinity'),
    red float8 CHECK (red > '-Infinity' AND red < 'Infinity'),
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    breakdown text COLLATE "C" NOT NULL DEFAULT '',
    CONSTRAINT threshold_key UNIQUE (indicator, level, breakdown)
);
COMMENT ON COLUMN threshold.breakdown IS 'Breakdown that it holds for, in canonical text: sex=F; empty: the total';
COMMENT ON TABLE threshold IS 'Traffic lights, per indicator, level and breakdown. red above amber: high values are bad; red below amber: low values are bad';
COMMENT ON COLUMN threshold.id IS 'Integer key';
COMMENT ON COLUMN threshold.indicator IS 'Code of the indicator';
COMMENT ON COLUMN threshold.level IS 'Level of the units that it holds for, for example municipality';
COMMENT ON COLUMN threshold.amber IS 'Amber from here on, inclusive, in the unit of the indicator';
COMMENT ON COLUMN threshold.red IS 'Red from here on, inclusive, in the unit of the indicator';
REVOKE ALL ON threshold FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.threshold', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.threshold_id_seq', '');

-- A light or a goal for a code that nobody registers stays dark without a word. It may be loaded before what it speaks of, so it is told, not refused;
-- and only to those who may read the codes.
CREATE FUNCTION code_unknown() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    lost text;
    dark record;
BEGIN
    IF NOT (has_table_privilege('terrbal.indicator', 'SELECT') AND has_table_privilege('terrbal.unit', 'SELECT') AND has_table_privilege('terrbal.hierarchy', 'SELECT')) THEN
        RETURN NULL;
    END IF;
    SELECT min(c.indicator) INTO lost FROM changed c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c.indicator);
    IF lost IS NOT NULL THEN
        RAISE NOTICE 'no indicator "%" is registered: its % says nothing until it is', lost, TG_TABLE_NAME
            USING HINT = 'SELECT code FROM terrbal.indicator lists those that are.';
    END IF;
    IF TG_TABLE_NAME = 'threshold' THEN
        SELECT min(c.level COLLATE "C") INTO lost FROM changed c
        WHERE NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.level = c.level) AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.level = c.level)
            AND NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.level = c.level);
    ELSE
        SELECT min(c.unit) INTO lost FROM changed c WHERE c.unit <> '' AND NOT EXISTS (SELECT FROM terrbal.unit u WHERE u.code = c.unit);
    END IF;
    IF lost IS NOT NULL THEN
        RAISE NOTICE 'no unit%"%" is registered: its % says nothing until one is', CASE TG_TABLE_NAME WHEN 'threshold' THEN ' of level ' ELSE ' ' END, lost, TG_TABLE_NAME
            USING HINT = 'SELECT level, code FROM terrbal.unit lists those that are.';
    END IF;
    IF NOT has_table_privilege('terrbal.observation', 'SELECT') THEN
        RETURN NULL;
    END IF;
    SELECT c.indicator, c.breakdown, array_to_string(i.dimensions, ', ') AS dimensions INTO dark FROM (SELECT DISTINCT x.indicator, x.breakdown FROM changed x WHERE x.breakdown <> '') c
    JOIN terrbal.indicator i ON i.code = c.indicator
    WHERE c.breakdown <> (SELECT coalesce(string_agg(d || '=' || terrbal.breakdown_member(c.breakdown, d), ';' ORDER BY place), '') FROM unnest(i.dimensions) WITH ORDINALITY u (d, place))
        OR EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id) AND NOT EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id AND o.breakdown = c.breakdown)
    ORDER BY 1, 2 LIMIT 1;
    IF FOUND THEN
        RAISE NOTICE 'indicator "%" has no breakdown "%": its % says nothing until it has', dark.indicator, dark.breakdown, TG_TABLE_NAME
            USING HINT = CASE dark.dimensions WHEN '' THEN 'It is registered without dimensions.' ELSE format('Its dimensions are %s, in this order; SELECT DISTINCT breakdown FROM terrbal.observation_latest WHERE code = %L lists what is published.',
                dark.dimensions, dark.indicator) END;
    END IF;
    IF TG_TABLE_NAME = 'target' THEN
        -- a path that begins before the series does, and one that leads away from what is better
        SELECT x.indicator, min(x.baseline_date) AS since, min(x.value) AS value, x.direction, count(x.baseline) AS units, bool_and((x.baseline - x.value) * x.direction > 0) AS surpassed INTO dark
        FROM (SELECT c.indicator, c.baseline_date, c.value, i.direction, b.value AS baseline
              FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator
              CROSS JOIN LATERAL (
                  SELECT DISTINCT ON (o.unit_id) o.value FROM terrbal.observation o
                  WHERE c.unit = '' AND c.baseline IS NULL AND o.indicator_id = i.id AND o.counterpart_id = 0 AND o.breakdown = c.breakdown AND o.period <= c.baseline_date AND o.value IS NOT NULL
                  ORDER BY o.unit_id, o.period DESC) b
              UNION ALL
              SELECT c.indicator, c.baseline_date, c.value, i.direction, coalesce(c.baseline, (
                  SELECT o.value FROM terrbal.observation o
                  WHERE o.indicator_id = i.id AND o.unit_id = u.id AND o.counterpart_id = 0 AND o.breakdown = c.breakdown AND o.period <= c.baseline_date AND o.value IS NOT NULL
                  ORDER BY o.unit_id DESC, o.counterpart_id DESC, o.breakdown DESC, o.period DESC LIMIT 1))
              FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator JOIN terrbal.unit u ON u.code = c.unit
              UNION ALL
              SELECT c.indicator, c.baseline_date, c.value, i.direction, c.baseline FROM changed c JOIN terrbal.indicator i ON i.code = c.indicator
              WHERE c.baseline IS NOT NULL AND c.unit = '' OR c.baseline IS NULL AND EXISTS (SELECT FROM terrbal.observation o WHERE o.indicator_id = i.id AND o.breakdown = c.breakdown AND o.value IS NOT NULL)) x
        GROUP BY x.indicator, x.direction
        HAVING count(x.baseline) = 0 OR bool_and((x.baseline - x.value) * x.direction > 0)
        ORDER BY 1 LIMIT 1;
        IF dark.units = 0 THEN
            RAISE NOTICE 'indicator "%" has no value to start from on % or before: its target says nothing', dark.indicator, dark.since
                USING HINT = 'The path starts at the last value up to baseline_date: move that date, or state a baseline.';
        ELSIF dark.surpassed THEN
            RAISE NOTICE 'target % of indicator "%" was surpassed when its path began, as % is better', dark.value, dark.indicator, CASE WHEN dark.direction > 0 THEN 'higher' ELSE 'lower' END
                USING HINT = 'If it is the other way, set direction in terrbal.indicator.';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION code_unknown() IS 'Trigger: tells of thresholds and targets for an indicator, a level, a unit or a breakdown that is not registered, and of paths that begin before the series or beyond their target';
CREATE TRIGGER threshold_inserted AFTER INSERT ON threshold REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER threshold_updated AFTER UPDATE ON threshold REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER target_inserted AFTER INSERT ON target REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();
CREATE TRIGGER target_updated AFTER UPDATE ON target REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION code_unknown();

CREATE FUNCTION traffic_light(value float8, amber float8, red float8, direction integer DEFAULT 1) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN value IS NULL OR amber IS NULL AND red IS NULL THEN NULL
    WHEN coalesce(red > amber, false) OR coalesce(red = amber, true) AND direction < 0
        THEN CASE WHEN value >= red THEN 'red' WHEN value >= amber THEN 'amber' ELSE 'green' END
    ELSE CASE WHEN value <= red THEN 'red' WHEN value <= amber THEN 'amber' ELSE 'green' END
END;
COMMENT ON FUNCTION traffic_light(float8, float8, float8, integer) IS 'green, amber or red; the order of amber and red says which side is bad, the direction only where one is missing or both are equal; NULL without value or thresholds';

CREATE FUNCTION is_stale(period date, stale_after interval, today date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN period >= today THEN false
            -- the fields one by one: the sum of an interval may be small while each is beyond the calendar
            WHEN abs(extract(year FROM stale_after)) < 10000 AND abs(extract(day FROM stale_after)) < 4000000
                AND abs(extract(hour FROM stale_after)) < 90000000 THEN period + stale_after < today
            WHEN stale_after IS NOT NULL THEN false END;
COMMENT ON FUNCTION is_stale(date, interval, date) IS 'Is a period older than stale_after? NULL without a limit';

CREATE FUNCTION series_id(indicator_id integer, unit_id integer, counterpart_id integer, breakdown text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN counterpart_id = 0 AND breakdown = '' THEN (indicator_id::bigint << 32) + unit_id
            ELSE hashtextextended(breakdown, hashint8extended((indicator_id::bigint << 32) + unit_id, counterpart_id)) | -9223372036854775808 END;
COMMENT ON FUNCTION series_id(integer, integer, integer, text) IS 'Integer key of a series, stable over time; of parts and flows a negative hash';

-- security_invoker: the views show what the reader may see of the tables, row level security included
CREATE VIEW signal_basis WITH (security_invoker = true) AS
SELECT i.code, s.unit, s.level, s.period, s.value, s.previous, difference_or_null(s.value, s.previous) AS change,
    traffic_light(s.value, s.amber, s.red, i.direction) AS light,
    CASE WHEN s.value IS NULL THEN CASE WHEN s.status = 'not computable' THEN s.status WHEN s.status LIKE 'suppressed%' THEN 'suppressed' ELSE 'missing' END
         WHEN s.period < i.last_period OR is_stale(s.period, i.stale_after, CURRENT_DATE) THEN 'stale'
         ELSE 'ok' END AS status,
    CASE WHEN s.id IS NULL THEN (i.id::bigint << 32) + s.unit_id ELSE series_id(i.id, s.unit_id, s.counterpart_id, s.breakdown) END AS id,
    CASE WHEN i.direction = 0 OR s.previous IS NULL OR s.value IS NULL THEN NULL
         WHEN s.value = s.previous THEN 'unchanged'
         WHEN (s.value > s.previous) = (i.direction > 0) THEN 'improving' ELSE 'worsening' END AS trend,
    CASE WHEN s.previous <> 0 THEN ratio_or_null(difference_or_null(s.value, s.previous), abs(s.previous)) END AS change_rate,
    s.previous_period, s.unit_name, i.title, i.unit_measure, s.amber, s.red, coalesce(s.status, 'missing') AS observation_status, s.published,
    i.id AS indicator_id, s.unit_id, s.breakdown, CASE WHEN s.counterpart_id <> 0 THEN (SELECT c.code FROM unit c WHERE c.id = s.counterpart_id) END AS counterpart,
    g.expected, difference_or_null(s.value, g.expected) AS path_distance,
    -- most series have no target and nothing to warn of: asked once, not within each expression
    CASE WHEN g.value IS NOT NULL THEN line_value(s.trend_level, s.trend_slope, g.date - s.period) END AS projected,
    CASE WHEN g.value IS NOT NULL THEN arrival_date(s.value, s.period, s.trend_level, s.trend_slope, g.origin, g.value) END AS projected_date,
    CASE WHEN g.value IS NOT NULL OR i.direction * s.run <= -3 OR abs(s.jump) >= 5
        THEN series_warning(i.direction, s.run, s.jump, s.value, g.expected, g.origin, g.value) END AS warning,
    g.value AS target, g.date AS target_date, CASE WHEN i.direction * s.run < 0 THEN abs(s.run) WHEN i.direction <> 0 AND s.run IS NOT NULL THEN 0 END AS worse_running, s.jump, s.geom
FROM indicator i
-- one indicator at a time: its last values in one walk of the index, not one probe a unit
CROSS JOIN LATERAL (
    SELECT u.id AS unit_id, u.code AS unit, u.name AS unit_name, u.geom, coalesce(u.level, i.level, (SELECT min(r.level) FROM threshold r WHERE r.indicator = i.code HAVING count(DISTINCT r.level) = 1)) AS level,
        o.id, o.period, o.value, o.status, o.published, o.counterpart_id, coalesce(o.breakdown, '') AS breakdown, o.previous, o.previous_period, o.trend_level, o.trend_slope, o.run, o.jump,
        t.amber, t.red,
        coalesce(one.id, every.id) AS target_id, coalesce(one.value, every.value) AS target, coalesce(one.date, every.date) AS target_date, coalesce(one.shape, every.shape) AS shape,
        CASE WHEN one.id IS NULL THEN every.steps ELSE one.steps END AS steps, CASE WHEN one.id IS NULL THEN every.baseline ELSE one.baseline END AS baseline, coalesce(one.baseline_date, every.baseline_date) AS baseline_date
    FROM unit u
    LEFT JOIN observation o ON o.indicator_id = i.id AND o.unit_id = u.id AND o.is_last
    LEFT JOIN threshold t ON t.indicator = i.code AND t.level = coalesce(u.level, i.level, (SELECT min(r.level) FROM threshold r WHERE r.indicator = i.code HAVING count(DISTINCT r.level) = 1))
        AND t.breakdown = coalesce(o.breakdown, '')
    -- the unit's own target or that of all units
    LEFT JOIN target one ON one.indicator = i.code AND one.unit = u.code AND one.breakdown = coalesce(o.breakdown, '') AND coalesce(o.counterpart_id, 0) = 0
    LEFT JOIN target every ON every.indicator = i.code AND every.unit = '' AND every.breakdown = coalesce(o.breakdown, '') AND coalesce(o.counterpart_id, 0) = 0
    -- units of the indicator's level that should report and never have: not those that the hierarchy has ended or that others carry on
    WHERE o.id IS NOT NULL OR i.active AND u.level = i.level
        AND (EXISTS (SELECT FROM hierarchy h WHERE h.child = u.code AND coalesce(nullif(h.child_level, ''), u.level) = u.level AND h.valid @> CURRENT_DATE)
            OR NOT EXISTS (SELECT FROM hierarchy h WHERE h.child = u.code AND coalesce(nullif(h.child_level, ''), u.level) = u.level))
        AND NOT EXISTS (SELECT FROM succession s WHERE s.predecessor = u.code AND coalesce(nullif(s.level, ''), u.level) = u.level AND s.effective <= CURRENT_DATE
            AND NOT EXISTS (SELECT FROM succession k WHERE k.successor = u.code AND (k.predecessor = u.code AND k.effective = s.effective
                OR k.predecessor <> u.code AND k.effective > s.effective AND k.effective <= CURRENT_DATE)))) s
-- without a baseline of the plan, the unit's own at that date; the worse side of the path is behind, also for a unit that was better than the target from the start
LEFT JOIN LATERAL (SELECT b.*, plan_value(b.shape, b.baseline, b.baseline_date, b.value, b.date, CURRENT_DATE, b.steps) AS expected,
        CASE WHEN b.baseline IS NOT NULL AND i.direction <> 0 THEN -1.7e308::float8 * i.direction ELSE b.baseline END AS origin
    FROM (SELECT s.target AS value, s.target_date AS date, s.shape, s.steps, s.baseline_date, coalesce(s.baseline, (SELECT h.value FROM observation h WHERE h.indicator_id = i.id AND h.unit_id = s.unit_id
            AND h.counterpart_id = 0 AND h.breakdown = s.breakdown AND h.period <= s.baseline_date AND h.value IS NOT NULL
            ORDER BY h.unit_id DESC, h.counterpart_id DESC, h.breakdown DESC, h.period DESC LIMIT 1)) AS baseline
        WHERE s.target_id IS NOT NULL OFFSET 0) b) g ON true;
COMMENT ON VIEW signal_basis IS 'What signal and signal_map are made of: signal with the boundary of the unit, so that a map reads the units of its window only';

CREATE VIEW signal WITH (security_invoker = true) AS
SELECT code, unit, level, period, value, previous, change, light, status, id, trend, change_rate, previous_period, unit_name, title, unit_measure, amber, red, observation_status, published,
    indicator_id, unit_id, breakdown, counterpart, expected, path_distance, projected, projected_date, warning, target, target_date, worse_running, jump
FROM signal_basis;
COMMENT ON VIEW signal IS 'Early warning: one line per indicator, unit, counterpart and breakdown with its last period, change, traffic light and state of the data';
COMMENT ON COLUMN signal.id IS 'Integer key of indicator, unit, counterpart and breakdown, stable over time';
COMMENT ON COLUMN signal.breakdown IS 'Members of the dimensions in canonical text: sex=F;age=65+; empty: the total';
COMMENT ON COLUMN signal.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN signal.expected IS 'Value of the plan path today, in unit_measure; NULL without a target';
COMMENT ON COLUMN signal.path_distance IS 'value - expected, in unit_measure';
COMMENT ON COLUMN signal.projected IS 'Value on the target date if the line through the last eight periods goes on, in unit_measure; NULL with fewer than four';
COMMENT ON COLUMN signal.projected_date IS 'Day on which that line reaches the target; the last period if it is reached; NULL if it never does';
COMMENT ON COLUMN signal.warning IS 'What is unusual: worse three periods running, a jump of five deviations, behind the plan path; NULL: nothing';
COMMENT ON COLUMN signal.target IS 'Value of the target, in unit_measure';
COMMENT ON COLUMN signal.target_date IS 'Date of the target';
COMMENT ON COLUMN signal.worse_running IS 'Periods running up to the last in which the value got worse, by the direction of the indicator';
COMMENT ON COLUMN signal.jump IS 'Last change less the median of the changes before, in their median absolute deviations; NULL with fewer than five of them';
COMMENT ON COLUMN signal.code IS 'Indicator';
COMMENT ON COLUMN signal.unit IS 'Unit';
COMMENT ON COLUMN signal.level IS 'Level of the unit';
COMMENT ON COLUMN signal.period IS 'Last period; NULL if it never reported';
COMMENT ON COLUMN signal.value IS 'Value of the last period, in unit_measure';
COMMENT ON COLUMN signal.previous IS 'Value of the period before, in unit_measure';
COMMENT ON COLUMN signal.change IS 'value - previous, in unit_measure; NULL where float8 does not hold it';
COMMENT ON COLUMN signal.light IS 'green, amber, red; NULL without value or threshold';
COMMENT ON COLUMN signal.status IS 'ok; stale: other units have a later period or it is older than stale_after; missing: no value; suppressed: not to be published; not computable';
COMMENT ON COLUMN signal.trend IS 'improving, worsening or unchanged, by the direction of the indicator';
COMMENT ON COLUMN signal.change_rate IS 'change / |previous|, a fraction; NULL if previous is 0 or float8 does not hold it';
COMMENT ON COLUMN signal.previous_period IS 'Period before';
COMMENT ON COLUMN signal.unit_name IS 'Name of the unit';
COMMENT ON COLUMN signal.title IS 'Title of the indicator';
COMMENT ON COLUMN signal.unit_measure IS 'Unit of value, previous and change';
COMMENT ON COLUMN signal.amber IS 'Threshold of amber';
COMMENT ON COLUMN signal.red IS 'Threshold of red';
COMMENT ON COLUMN signal.observation_status IS 'Status of the observation';
COMMENT ON COLUMN signal.published IS 'Since when the value is published';
COMMENT ON COLUMN signal.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN signal.unit_id IS 'Integer key of the unit';
-- each column means what it means in signal
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN SELECT a.attname AS name, pg_catalog.col_description(a.attrelid, a.attnum) AS text
             FROM pg_catalog.pg_attribute a WHERE a.attrelid OPERATOR(pg_catalog.=) 'terrbal.signal'::pg_catalog.regclass AND a.attnum OPERATOR(pg_catalog.>) 0::pg_catalog.int2 LOOP
        EXECUTE pg_catalog.format('COMMENT ON COLUMN terrbal.signal_basis.%I IS %L', c.name, c.text);
    END LOOP;
END
$$;
COMMENT ON COLUMN signal_basis.geom IS 'Boundary of the unit, EPSG:4326';

CREATE FUNCTION signal_rollup(code text, level text, method text, boundaries date DEFAULT NULL)
    RETURNS TABLE (unit text, period date, value float8, previous float8, change float8, light text, status text, members bigint, missing bigint, breakdown text, counterpart text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH series AS (
        SELECT r.unit, r.breakdown, r.counterpart, r.period, r.value, lag(r.value) OVER w AS previous, lead(r.period) OVER w AS following, max(r.period) OVER () AS newest
        FROM terrbal.indicator_rollup(signal_rollup.code, signal_rollup.level, method, boundaries) r
        WINDOW w AS (PARTITION BY r.unit, r.breakdown, r.counterpart ORDER BY r.period))
    SELECT s.unit, s.period, s.value, s.previous, terrbal_support.difference_or_null(s.value, s.previous), terrbal.traffic_light(s.value, t.amber, t.red, i.direction),
        CASE WHEN s.value IS NULL THEN 'missing' WHEN s.period < s.newest OR terrbal_support.is_stale(s.period, i.stale_after, CURRENT_DATE) THEN 'stale'
             WHEN c.missing > 0 THEN 'incomplete' ELSE 'ok' END,
        c.members, c.missing, s.breakdown, s.counterpart
    FROM series s
    JOIN terrbal.indicator i ON i.code = signal_rollup.code
    LEFT JOIN terrbal.threshold t ON t.indicator = i.code AND t.level = signal_rollup.level AND t.breakdown = s.breakdown
    LEFT JOIN terrbal.rollup_coverage(signal_rollup.code, signal_rollup.level, boundaries) c ON c.unit = s.unit AND c.period = s.period AND c.breakdown = s.breakdown
    WHERE s.following IS NULL
    ORDER BY s.unit, s.breakdown, s.counterpart;
END
$$;
COMMENT ON FUNCTION signal_rollup(text, text, text, date) IS 'Signal of an indicator rolled up to a level: last value, change, light by the threshold of that level; status incomplete where members do not report';

CREATE VIEW signal_map WITH (security_invoker = true) AS
SELECT s.id, s.code, s.unit, s.unit_name, s.level, s.period, s.value, s.previous, s.change, s.light, s.status, s.trend, s.unit_measure, s.geom, s.breakdown
FROM signal_basis s
WHERE s.geom IS NOT NULL AND s.counterpart IS NULL;
COMMENT ON VIEW signal_map IS 'signal with the boundary of the unit: integer key and typed geometry for QGIS, pg_featureserv, Martin';
COMMENT ON COLUMN signal_map.id IS 'Integer key of indicator, unit and breakdown, stable over time';
COMMENT ON COLUMN signal_map.breakdown IS 'Members of the dimensions; empty: the total. Filter on it where an indicator has dimensions';
COMMENT ON COLUMN signal_map.code IS 'Indicator: filter on it, one layer per indicator';
COMMENT ON COLUMN signal_map.unit IS 'Unit';
COMMENT ON COLUMN signal_map.unit_name IS 'Name of the unit';
COMMENT ON COLUMN signal_map.level IS 'Level of the unit';
COMMENT ON COLUMN signal_map.period IS 'Last period';
COMMENT ON COLUMN signal_map.value IS 'Value of the last period, in unit_measure';
COMMENT ON COLUMN signal_map.previous IS 'Value of the period before, in unit_measure';
COMMENT ON COLUMN signal_map.change IS 'value - previous, in unit_measure';
COMMENT ON COLUMN signal_map.light IS 'green, amber, red; NULL without value or threshold';
COMMENT ON COLUMN signal_map.status IS 'ok, stale, missing, not computable';
COMMENT ON COLUMN signal_map.trend IS 'improving, worsening or unchanged';
COMMENT ON COLUMN signal_map.unit_measure IS 'Unit of value, previous and change';
COMMENT ON COLUMN signal_map.geom IS 'Boundary, EPSG:4326';

CREATE VIEW urban_policy_scorecard WITH (security_invoker = true) AS
SELECT c.place AS id, c.component, c.question, count(DISTINCT s.code) AS indicators, count(DISTINCT s.code) FILTER (WHERE s.value IS NOT NULL) > 0 AS evidence,
    count(DISTINCT s.unit_id) FILTER (WHERE s.value IS NOT NULL) AS units,
    count(s.code) AS signals,
    count(*) FILTER (WHERE s.light = 'green') AS green, count(*) FILTER (WHERE s.light = 'amber') AS amber, count(*) FILTER (WHERE s.light = 'red') AS red,
    count(*) FILTER (WHERE s.status = 'stale') AS stale, count(*) FILTER (WHERE s.status IN ('missing', 'not computable')) AS missing,
    count(*) FILTER (WHERE s.trend = 'improving') AS improving, count(*) FILTER (WHERE s.trend = 'worsening') AS worsening,
    count(*) FILTER (WHERE s.light = 'green')::float8 / nullif(count(s.light), 0) AS green_share,
    count(*) FILTER (WHERE s.trend = 'improving')::float8 / nullif(count(s.trend), 0) AS improving_share,
    min(s.period) AS oldest_period, max(s.period) AS newest_period
FROM (VALUES (1, 'population_dynamics', '(a) Does the policy respond to population dynamics?'),
             (2, 'balanced_territorial_development', '(b) Does it ensure balanced territorial development?'),
             (3, 'local_fiscal_space', '(c) Does it increase local fiscal space?')) c (place, component, question)
LEFT JOIN (SELECT i.component, x.* FROM signal x JOIN indicator i ON i.id = x.indicator_id WHERE i.component IS NOT NULL AND x.breakdown = '' AND x.counterpart IS NULL) s ON s.component = c.component
GROUP BY c.place, c.component, c.question;
COMMENT ON VIEW urban_policy_scorecard IS 'National urban policy after SDG 11.a.1: evidence for its three qualities from the registered indicators. The judgement stays with the ministry';
COMMENT ON COLUMN urban_policy_scorecard.id IS 'Integer key, the order of SDG 11.a.1';
COMMENT ON COLUMN urban_policy_scorecard.component IS 'Quality that the policy must have';
COMMENT ON COLUMN urban_policy_scorecard.question IS 'Question of the SDG metadata';
COMMENT ON COLUMN urban_policy_scorecard.indicators IS 'Indicators registered for it';
COMMENT ON COLUMN urban_policy_scorecard.evidence IS 'true if at least one of them has a value';
COMMENT ON COLUMN urban_policy_scorecard.units IS 'Units with a value';
COMMENT ON COLUMN urban_policy_scorecard.signals IS 'Lines of signal: indicators times units';
COMMENT ON COLUMN urban_policy_scorecard.green IS 'Lines with a green light';
COMMENT ON COLUMN urban_policy_scorecard.amber IS 'Lines with an amber light';
COMMENT ON COLUMN urban_policy_scorecard.red IS 'Lines with a red light';
COMMENT ON COLUMN urban_policy_scorecard.stale IS 'Lines whose last value is stale';
COMMENT ON COLUMN urban_policy_scorecard.missing IS 'Lines without a value';
COMMENT ON COLUMN urban_policy_scorecard.improving IS 'Lines that improved since the period before';
COMMENT ON COLUMN urban_policy_scorecard.worsening IS 'Lines that worsened since the period before';
COMMENT ON COLUMN urban_policy_scorecard.green_share IS 'green / lines with a light, a fraction';
COMMENT ON COLUMN urban_policy_scorecard.improving_share IS 'improving / lines with a trend, a fraction';
COMMENT ON COLUMN urban_policy_scorecard.oldest_period IS 'Oldest last period';
COMMENT ON COLUMN urban_policy_scorecard.newest_period IS 'Newest last period';

CREATE VIEW local_review WITH (security_invoker = true) AS
SELECT s.id, s.unit, s.unit_name, s.level, split_part(i.sdg, '.', 1) AS goal, i.sdg, i.component, s.code, s.title, s.period, s.value, s.unit_measure,
    s.previous_period, s.previous, s.change, s.trend, s.light, s.status,
    p.units AS peers, p.median AS peer_median, p.better AS peers_better,
    i.method_version, i.definition, i.note, s.breakdown
FROM signal s
JOIN indicator i ON i.id = s.indicator_id
LEFT JOIN LATERAL (
    SELECT count(*) AS units,
        -- percentile_cont is infinite where the two values in the middle are further apart than float8 holds: then of different sign, and their sum is not
        CASE WHEN percentile_cont(0.5) WITHIN GROUP (ORDER BY o.value) < 'Infinity' THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY o.value)
             ELSE (percentile_disc(0.5) WITHIN GROUP (ORDER BY o.value) + percentile_disc(0.500000001) WITHIN GROUP (ORDER BY o.value)) / 2 END AS median,
        CASE WHEN i.direction <> 0 THEN count(*) FILTER (WHERE CASE WHEN i.direction > 0 THEN o.value > s.value ELSE o.value < s.value END) END AS better
    FROM observation o JOIN unit u ON u.id = o.unit_id
    WHERE o.indicator_id = s.indicator_id AND o.period = s.period AND o.breakdown = s.breakdown AND o.counterpart_id = 0 AND o.value IS NOT NULL
        AND coalesce(u.level, i.level) IS NOT DISTINCT FROM coalesce(s.level, i.level)) p ON s.value IS NOT NULL
WHERE s.counterpart IS NULL;
COMMENT ON VIEW local_review IS 'Voluntary local review: one municipality against its past and its peers, by goal. Filter on unit';
COMMENT ON COLUMN local_review.id IS 'Integer key of indicator, unit and breakdown';
COMMENT ON COLUMN local_review.unit IS 'Unit under review';
COMMENT ON COLUMN local_review.unit_name IS 'Name of the unit';
COMMENT ON COLUMN local_review.level IS 'Level of the unit';
COMMENT ON COLUMN local_review.goal IS 'Sustainable development goal';
COMMENT ON COLUMN local_review.sdg IS 'Target or indicator';
COMMENT ON COLUMN local_review.component IS 'Quality of a national urban policy (SDG 11.a.1) that it is evidence for';
COMMENT ON COLUMN local_review.code IS 'Indicator';
COMMENT ON COLUMN local_review.title IS 'Title of the indicator';
COMMENT ON COLUMN local_review.period IS 'Last period';
COMMENT ON COLUMN local_review.value IS 'Value of the last period, in unit_measure';
COMMENT ON COLUMN local_review.unit_measure IS 'Unit of the values';
COMMENT ON COLUMN local_review.previous_period IS 'Period before';
COMMENT ON COLUMN local_review.previous IS 'Value of the period before, in unit_measure';
COMMENT ON COLUMN local_review.change IS 'value - previous, in unit_measure';
COMMENT ON COLUMN local_review.trend IS 'improving, worsening or unchanged';
COMMENT ON COLUMN local_review.light IS 'green, amber, red';
COMMENT ON COLUMN local_review.status IS 'ok, stale, missing, not computable';
COMMENT ON COLUMN local_review.peers IS 'Units of the same level with a value in that period, itself included';
COMMENT ON COLUMN local_review.peer_median IS 'Median of those, in unit_measure';
COMMENT ON COLUMN local_review.peers_better IS 'How many of them are better, by the direction of the indicator';
COMMENT ON COLUMN local_review.method_version IS 'Version of the method';
COMMENT ON COLUMN local_review.definition IS 'Definition and formula';
COMMENT ON COLUMN local_review.breakdown IS 'Members of the dimensions; empty: the total';
COMMENT ON COLUMN local_review.note IS 'Note to readers';
