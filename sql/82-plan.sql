-- plan: targets and the way to them; what is kept of a series beside its last value
CREATE TABLE target (
    indicator text COLLATE "C" NOT NULL,
    unit text COLLATE "C" NOT NULL DEFAULT '',
    breakdown text COLLATE "C" NOT NULL DEFAULT '',
    baseline float8 CHECK (baseline > '-Infinity' AND baseline < 'Infinity'),
    baseline_date date NOT NULL CHECK (isfinite(baseline_date)),
    value float8 NOT NULL CHECK (value > '-Infinity' AND value < 'Infinity'),
    date date NOT NULL CHECK (isfinite(date)),
    shape text NOT NULL DEFAULT 'linear' CHECK (shape IN ('linear', 'geometric', 'steps')),
    steps integer CHECK (steps BETWEEN 1 AND 1000),
    note text,
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    CONSTRAINT target_key UNIQUE (indicator, unit, breakdown),
    CONSTRAINT target_order CHECK (date > baseline_date),
    CONSTRAINT target_geometric CHECK (shape <> 'geometric' OR value <> 0 AND (baseline IS NULL OR baseline <> 0 AND (baseline > 0) = (value > 0))),
    CONSTRAINT target_steps CHECK ((shape = 'steps') = (steps IS NOT NULL))
);
COMMENT ON TABLE target IS 'Where an indicator shall be, and when: per indicator, unit (or all of them) and breakdown';
COMMENT ON COLUMN target.indicator IS 'Code of the indicator';
COMMENT ON COLUMN target.unit IS 'Code of the unit; empty: every unit that has no target of its own';
COMMENT ON COLUMN target.breakdown IS 'Breakdown that it holds for, in canonical text: sex=F; empty: the total';
COMMENT ON COLUMN target.baseline IS 'Value from which the path starts, in the unit of the indicator; NULL: the last value of each unit up to the baseline date';
COMMENT ON COLUMN target.baseline_date IS 'Day on which the path starts';
COMMENT ON COLUMN target.value IS 'Value to be reached, in the unit of the indicator';
COMMENT ON COLUMN target.date IS 'Day by which it shall be reached';
COMMENT ON COLUMN target.shape IS 'linear: the same amount every day; geometric: the same rate; steps: equal steps at equal distances, each taken at the end of its stretch';
COMMENT ON COLUMN target.steps IS 'How many steps, with shape steps';
COMMENT ON COLUMN target.note IS 'Free note to readers, for example the plan that states it';
COMMENT ON COLUMN target.id IS 'Integer key';
REVOKE ALL ON target FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.target', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.target_id_seq', '');

CREATE FUNCTION plan_value(shape text, baseline float8, baseline_date date, value float8, date date, today date, steps integer DEFAULT NULL) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN baseline IS NULL OR value IS NULL OR today IS NULL OR NOT date > baseline_date THEN NULL
    WHEN today <= baseline_date THEN baseline
    WHEN today >= date THEN value
    WHEN shape = 'linear' THEN baseline * (date - today) / (date - baseline_date) + value * (today - baseline_date) / (date - baseline_date)
    WHEN shape = 'steps' THEN baseline * (1 - floor((today - baseline_date)::numeric * steps / (date - baseline_date)) / steps)::float8
        + value * (floor((today - baseline_date)::numeric * steps / (date - baseline_date)) / steps)::float8
    WHEN shape = 'geometric' AND baseline <> 0 AND value <> 0 AND (baseline > 0) = (value > 0)
        THEN sign(value) * exp((ln(abs(baseline)) * (date - today) + ln(abs(value)) * (today - baseline_date)) / (date - baseline_date)) END;
COMMENT ON FUNCTION plan_value(text, float8, date, float8, date, date, integer) IS 'Value of a plan path on a day: from baseline on baseline_date to value on date, in the unit of both; shape linear, geometric or steps; NULL where the path has none';

CREATE TYPE series_summary AS (level float8, slope float8, run integer, jump float8);
COMMENT ON TYPE series_summary IS 'A series at its last day: trimmed line through the last eight values (level on that day, slope per day), rises (negative: falls) running, last jump in median absolute deviations';

CREATE FUNCTION series_summary(days float8[], series float8[]) RETURNS series_summary
    AS 'MODULE_PATHNAME', 'terrbal_series_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION series_summary(float8[], float8[]) IS 'Where a series is heading: least squares on its last eight values without the one that fits worst (from four values on), rises or falls running, jump of the last change (from five earlier changes on)';

-- One plan for all calls: made for no row and kept for thousands it must not be quadratic, so every row is reached by an index.
CREATE FUNCTION renew_series(indicator integer, units integer[], counterparts integer[], breakdowns text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
    WITH last AS MATERIALIZED (
        SELECT t.unit_id, t.counterpart_id, t.breakdown, h.ids[h.n] AS id, h.latest[h.n - 1] AS previous, h.periods[h.n - 1] AS previous_period, terrbal.series_summary(h.days, h.series) AS s
        FROM ROWS FROM (unnest(units), unnest(counterparts), unnest(breakdowns)) t (unit_id, counterpart_id, breakdown) CROSS JOIN LATERAL (
            SELECT count(*)::integer AS n, array_agg(x.id) AS ids, array_agg(x.value) AS latest, array_agg(x.period) AS periods,
                array_agg((x.period - DATE '2000-01-01')::float8) FILTER (WHERE x.value IS NOT NULL) AS days, array_agg(x.value) FILTER (WHERE x.value IS NOT NULL) AS series
            FROM (SELECT y.* FROM (
                SELECT o.id, o.period, o.value FROM terrbal.observation o
                WHERE o.indicator_id = indicator AND o.unit_id = t.unit_id AND o.counterpart_id = t.counterpart_id AND o.breakdown = t.breakdown COLLATE "C"
                -- in the order of observation_key, the index to take
                ORDER BY o.unit_id DESC, o.counterpart_id DESC, o.breakdown DESC, o.period DESC LIMIT 20) y ORDER BY y.period) x) h
    ), passed AS (
        UPDATE terrbal.observation o SET is_last = false, previous = NULL, previous_period = NULL, trend_level = NULL, trend_slope = NULL, run = NULL, jump = NULL
        FROM last l
        WHERE o.is_last AND o.id <> l.id AND o.indicator_id = indicator AND o.unit_id = l.unit_id AND o.counterpart_id = l.counterpart_id AND o.breakdown = l.breakdown COLLATE "C"
    )
    UPDATE terrbal.observation o SET is_last = true, previous = l.previous, previous_period = l.previous_period, trend_level = (l.s).level, trend_slope = (l.s).slope,
        run = (l.s).run, jump = (l.s).jump
    FROM last l
    WHERE o.id = l.id AND NOT (o.is_last AND o.previous IS NOT DISTINCT FROM l.previous AND o.previous_period IS NOT DISTINCT FROM l.previous_period
        AND o.trend_level IS NOT DISTINCT FROM (l.s).level AND o.trend_slope IS NOT DISTINCT FROM (l.s).slope AND o.run IS NOT DISTINCT FROM (l.s).run
        AND o.jump IS NOT DISTINCT FROM (l.s).jump);
    UPDATE terrbal.indicator i SET last_period = n.period FROM (SELECT max(o.period) AS period FROM terrbal.observation o WHERE o.indicator_id = indicator) n
    WHERE i.id = indicator AND i.last_period IS DISTINCT FROM n.period;
END
$$;
COMMENT ON FUNCTION renew_series(integer, integer[], integer[], text[]) IS 'Marks the last period of these series of an indicator, keeps beside it what is known of the series, and the last period of the indicator';

CREATE FUNCTION observation_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    one record;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        -- not again for what it has written itself
        FOR one IN
            SELECT t.indicator_id, array_agg(t.unit_id) AS units, array_agg(t.counterpart_id) AS counterparts, array_agg(t.breakdown) AS breakdowns
            FROM (SELECT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM (
                      SELECT n.id, n.indicator_id, n.unit_id, n.counterpart_id, n.breakdown, n.period, n.value FROM changed n
                      EXCEPT SELECT b.id, b.indicator_id, b.unit_id, b.counterpart_id, b.breakdown, b.period, b.value FROM before b) c
                  UNION SELECT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM (
                      SELECT b.id, b.indicator_id, b.unit_id, b.counterpart_id, b.breakdown, b.period, b.value FROM before b
                      EXCEPT SELECT n.id, n.indicator_id, n.unit_id, n.counterpart_id, n.breakdown, n.period, n.value FROM changed n) c) t GROUP BY t.indicator_id LOOP
            PERFORM terrbal_support.renew_series(one.indicator_id, one.units, one.counterparts, one.breakdowns);
        END LOOP;
    ELSE
        FOR one IN
            SELECT t.indicator_id, array_agg(t.unit_id) AS units, array_agg(t.counterpart_id) AS counterparts, array_agg(t.breakdown) AS breakdowns
            FROM (SELECT DISTINCT c.indicator_id, c.unit_id, c.counterpart_id, c.breakdown FROM changed c) t GROUP BY t.indicator_id LOOP
            PERFORM terrbal_support.renew_series(one.indicator_id, one.units, one.counterparts, one.breakdowns);
        END LOOP;
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION observation_changed() IS 'Trigger: keeps the last period of each series, its previous value and its trend, and the last period of the indicator';
CREATE TRIGGER observation_inserted AFTER INSERT ON observation REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();
CREATE TRIGGER observation_updated AFTER UPDATE ON observation REFERENCING OLD TABLE AS before NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();
CREATE TRIGGER observation_deleted AFTER DELETE ON observation REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION observation_changed();

-- One row must not make a view fail for every reader: what float8 or the calendar does not hold is NULL. The limit is a little inside float8, for rounding.
CREATE FUNCTION difference_or_null(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN x > 0 AND y < 0 AND x > 1.797e308::float8 + y OR x < 0 AND y > 0 AND x < -1.797e308::float8 + y THEN NULL ELSE x - y END;
COMMENT ON FUNCTION difference_or_null(float8, float8) IS 'x - y; NULL where float8 does not hold it';

CREATE FUNCTION ratio_or_null(x float8, y float8) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN y = 0 OR abs(y) < 1 AND abs(x) > 1.797e308::float8 * abs(y) THEN NULL
            WHEN abs(y) > 1 AND abs(x) < 2.3e-308::float8 * abs(y) THEN 0::float8
            ELSE x / y END;
COMMENT ON FUNCTION ratio_or_null(float8, float8) IS 'x / y, 0 where it is below the smallest number; NULL where y is 0 or float8 does not hold it';

CREATE FUNCTION line_value(level float8, slope float8, days integer) RETURNS float8
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN days = 0 THEN level WHEN abs(slope) < 1.797e308::float8 / abs(days::float8) THEN difference_or_null(level, - slope * days) END;
COMMENT ON FUNCTION line_value(float8, float8, integer) IS 'level + slope * days; NULL where float8 does not hold it';

CREATE FUNCTION arrival_date(value float8, period date, level float8, slope float8, baseline float8, target float8) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN target >= baseline AND value >= target OR target <= baseline AND value <= target THEN period
    WHEN ratio_or_null(difference_or_null(target, level), slope) BETWEEN 0 AND 3000000 AND period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31'
        AND period + ceil(ratio_or_null(difference_or_null(target, level), slope))::integer <= DATE '9999-12-31'
        THEN period + ceil(ratio_or_null(difference_or_null(target, level), slope))::integer END;
COMMENT ON FUNCTION arrival_date(float8, date, float8, float8, float8, float8) IS 'Day on which a line (level on period, slope per day) reaches a target; the period itself if the value has reached it; NULL if it does not before the year 10000';

CREATE FUNCTION series_warning(direction integer, run integer, jump float8, value float8, expected float8, baseline float8, target float8) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
-- of IMMUTABLE parts only, so that the planner puts the expression in the place of the call
RETURN nullif(substr(CASE WHEN direction * run <= -3 THEN '; worse ' || abs(run)::text || ' periods running' ELSE '' END
    || CASE WHEN abs(jump) >= 5 THEN '; jump of ' || CASE WHEN abs(jump) < 1000 THEN round(abs(jump)::numeric)::text ELSE 'more than 1000' END || ' deviations' ELSE '' END
    || CASE WHEN target > baseline AND value < expected OR target < baseline AND value > expected THEN '; behind the plan path' ELSE '' END, 3), '');
COMMENT ON FUNCTION series_warning(integer, integer, float8, float8, float8, float8, float8) IS 'What is unusual in a series: three periods worse, a jump of five median absolute deviations, a value on the wrong side of its plan path; NULL: nothing';

CREATE VIEW rank_change WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, x.period, x.breakdown, x.value, x.previous, x.rank, x.previous_rank, x.peers, (x.rank - x.previous_rank)::float8 / x.peers AS fall,
    CASE WHEN x.peers >= 10 AND x.rank - x.previous_rank >= 0.1 * x.peers THEN 'rank fell by ' || x.rank - x.previous_rank || ' of ' || x.peers END AS warning,
    u.name AS unit_name, i.title, x.previous_period, x.indicator_id, x.unit_id, x.id
FROM indicator i
-- one indicator at a time: a filter on its code reaches the index
CROSS JOIN LATERAL (
    SELECT o.id, o.indicator_id, o.unit_id, o.breakdown, o.period, o.previous_period, o.value, o.previous,
        rank() OVER (PARTITION BY o.breakdown, o.period, o.previous_period ORDER BY i.direction * o.value DESC) AS rank,
        rank() OVER (PARTITION BY o.breakdown, o.period, o.previous_period ORDER BY i.direction * o.previous DESC) AS previous_rank,
        count(*) OVER (PARTITION BY o.breakdown, o.period, o.previous_period) AS peers
    FROM observation o
    WHERE o.indicator_id = i.id AND i.direction <> 0 AND o.is_last AND o.counterpart_id = 0 AND o.value IS NOT NULL AND o.previous IS NOT NULL) x
JOIN unit u ON u.id = x.unit_id;
COMMENT ON VIEW rank_change IS 'Place of each unit among those with the same indicator, breakdown, last period and period before, and how it moved; 1 is best by the direction. Filter on code';
COMMENT ON COLUMN rank_change.code IS 'Indicator';
COMMENT ON COLUMN rank_change.unit IS 'Unit';
COMMENT ON COLUMN rank_change.period IS 'Last period';
COMMENT ON COLUMN rank_change.breakdown IS 'Members of the dimensions; empty: the total';
COMMENT ON COLUMN rank_change.value IS 'Value of the last period, in the unit of the indicator';
COMMENT ON COLUMN rank_change.previous IS 'Value of the period before';
COMMENT ON COLUMN rank_change.rank IS 'Place in the last period, 1 is best; equal values share the better place';
COMMENT ON COLUMN rank_change.previous_rank IS 'Place in the period before';
COMMENT ON COLUMN rank_change.peers IS 'Units compared, itself included';
COMMENT ON COLUMN rank_change.fall IS '(rank - previous_rank) / peers, a fraction; positive: it fell';
COMMENT ON COLUMN rank_change.warning IS 'Where it fell by a tenth of the units or more, with ten units at least';
COMMENT ON COLUMN rank_change.unit_name IS 'Name of the unit';
COMMENT ON COLUMN rank_change.title IS 'Title of the indicator';
COMMENT ON COLUMN rank_change.previous_period IS 'Period before';
COMMENT ON COLUMN rank_change.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN rank_change.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN rank_change.id IS 'Key of the observation';

CREATE VIEW peer_jump WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, o.period, o.breakdown, o.value, o.previous, x.change, m.median AS peer_change, d.deviation AS peer_deviation, g.peers, j.jump,
    CASE WHEN g.peers >= 10 AND abs(j.jump) >= 5
        THEN 'change of ' || CASE WHEN abs(j.jump) < 1000 THEN round(abs(j.jump)::numeric)::text ELSE 'more than 1000' END || ' deviations ' || CASE WHEN j.jump > 0 THEN 'above' ELSE 'below' END || ' that of its peers' END AS warning,
    u.name AS unit_name, i.title, o.previous_period, i.id AS indicator_id, u.id AS unit_id, o.id
FROM indicator i
CROSS JOIN LATERAL (SELECT count(*) AS peers, array_agg(l.id) AS ids, array_agg(l.change) AS changes
    FROM (SELECT o.id, o.breakdown, o.period, o.previous_period, difference_or_null(o.value, o.previous) AS change FROM observation o
          WHERE o.indicator_id = i.id AND o.is_last AND o.counterpart_id = 0) l
    WHERE l.change IS NOT NULL GROUP BY l.breakdown, l.period, l.previous_period) g
-- the halves of the two values in the middle: their sum may be more than float8 holds
CROSS JOIN LATERAL (SELECT ratio_or_null(q.two[1], 2) + ratio_or_null(q.two[2], 2) AS median
    FROM (SELECT percentile_disc(ARRAY[0.5, 0.500000001]) WITHIN GROUP (ORDER BY c) AS two FROM unnest(g.changes) c) q OFFSET 0) m
CROSS JOIN LATERAL (SELECT ratio_or_null(q.two[1], 2) + ratio_or_null(q.two[2], 2) AS deviation
    FROM (SELECT percentile_disc(ARRAY[0.5, 0.500000001]) WITHIN GROUP (ORDER BY abs(difference_or_null(c, m.median))) AS two FROM unnest(g.changes) c) q OFFSET 0) d
CROSS JOIN LATERAL unnest(g.ids, g.changes) x (id, change)
CROSS JOIN LATERAL (SELECT ratio_or_null(difference_or_null(x.change, m.median), d.deviation) AS jump OFFSET 0) j
JOIN observation o ON o.id = x.id JOIN unit u ON u.id = o.unit_id;
COMMENT ON VIEW peer_jump IS 'Last change of each unit against those of its peers: units with the same indicator, breakdown, last period and period before. Filter on code';
COMMENT ON COLUMN peer_jump.code IS 'Indicator';
COMMENT ON COLUMN peer_jump.unit IS 'Unit';
COMMENT ON COLUMN peer_jump.period IS 'Last period';
COMMENT ON COLUMN peer_jump.breakdown IS 'Members of the dimensions; empty: the total';
COMMENT ON COLUMN peer_jump.value IS 'Value of the last period, in the unit of the indicator';
COMMENT ON COLUMN peer_jump.previous IS 'Value of the period before';
COMMENT ON COLUMN peer_jump.change IS 'value - previous, in the unit of the indicator';
COMMENT ON COLUMN peer_jump.peer_change IS 'Median of the changes of the peers, itself included';
COMMENT ON COLUMN peer_jump.peer_deviation IS 'Median of the absolute deviations of their changes from it';
COMMENT ON COLUMN peer_jump.peers IS 'Units compared, itself included';
COMMENT ON COLUMN peer_jump.jump IS '(change - peer_change) / peer_deviation; NULL where more than half of the peers change alike';
COMMENT ON COLUMN peer_jump.warning IS 'Where the jump is five or more, either way, with ten units at least';
COMMENT ON COLUMN peer_jump.unit_name IS 'Name of the unit';
COMMENT ON COLUMN peer_jump.title IS 'Title of the indicator';
COMMENT ON COLUMN peer_jump.previous_period IS 'Period before';
COMMENT ON COLUMN peer_jump.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN peer_jump.unit_id IS 'Integer key of the unit';
COMMENT ON COLUMN peer_jump.id IS 'Key of the observation';
