-- breakdown: observations by sex, age and other dimensions; rows of a source that are refused
CREATE TABLE dimension_member (
    dimension text COLLATE "C" NOT NULL CHECK (dimension <> ''),
    member text COLLATE "C" NOT NULL CHECK (member <> '' AND member !~ '[;=]'),
    label text,
    place integer NOT NULL DEFAULT 0,
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    UNIQUE (dimension, member)
);
COMMENT ON TABLE dimension_member IS 'Code lists of dimensions, after SDMX (CL_SEX, CL_AGE) or your own. Where a dimension has a list, rows with another member are refused';
COMMENT ON COLUMN dimension_member.dimension IS 'Dimension, for example sex';
COMMENT ON COLUMN dimension_member.member IS 'Code of the member, for example F; _T and the empty text are the total and stand in no list';
COMMENT ON COLUMN dimension_member.label IS 'Label for readers, for example women';
COMMENT ON COLUMN dimension_member.place IS 'Order of the members';
COMMENT ON COLUMN dimension_member.id IS 'Integer key';

CREATE TABLE run_issue (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id bigint NOT NULL,
    indicator_id integer NOT NULL,
    unit text,
    counterpart text,
    breakdown text,
    period text,
    reason text NOT NULL
);
CREATE INDEX run_issue_run ON run_issue (run_id);
COMMENT ON TABLE run_issue IS 'Rows that a refresh refused, at most 1,000 a run; the others were published';
COMMENT ON COLUMN run_issue.id IS 'Integer key';
COMMENT ON COLUMN run_issue.run_id IS 'Run that refused it';
COMMENT ON COLUMN run_issue.indicator_id IS 'Indicator';
COMMENT ON COLUMN run_issue.unit IS 'Unit as the source gives it, at most 200 characters';
COMMENT ON COLUMN run_issue.counterpart IS 'Counterpart as the source gives it';
COMMENT ON COLUMN run_issue.breakdown IS 'Breakdown of the row';
COMMENT ON COLUMN run_issue.period IS 'Period as the source gives it';
COMMENT ON COLUMN run_issue.reason IS 'Why it cannot be published';

REVOKE ALL ON dimension_member, run_issue FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.dimension_member', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.dimension_member_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run_issue', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.run_issue_id_seq', '');

CREATE FUNCTION dimension_problem(dimensions text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    bad text;
BEGIN
    SELECT d.name INTO bad FROM unnest(dimensions) d (name)
    WHERE d.name IS NULL OR d.name IN ('', 'unit', 'period', 'value', 'status', 'weight', 'state', 'counterpart') OR d.name ~ '[;=]' OR octet_length(d.name) > 63 LIMIT 1;
    IF FOUND THEN
        RETURN format('dimension "%s" is not a name for one', left(bad, 70));
    END IF;
    RETURN (SELECT format('dimension "%s" is named twice', d.name) FROM unnest(dimensions) d (name) GROUP BY d.name HAVING count(*) > 1 LIMIT 1);
END
$$;
COMMENT ON FUNCTION dimension_problem(text[]) IS 'Why these cannot be the dimensions of an indicator; NULL if they can';

-- The total of a dimension has no part in the text; a member is a code without ; and =
CREATE FUNCTION breakdown_member(breakdown text, dimension text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN (SELECT substr(p, length(dimension) + 2) FROM string_to_table(breakdown, ';') p WHERE starts_with(p, dimension || '=') LIMIT 1);
COMMENT ON FUNCTION breakdown_member(text, text) IS 'Member of a dimension in the canonical text of a breakdown: breakdown_member(''sex=F;age=65+'', ''sex'') is F; NULL: the total';

-- Numbers as float8; what float8 does not hold is NaN, and the row is refused.
CREATE FUNCTION number_expression(source regclass, name text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN CASE (SELECT a.atttypid FROM pg_attribute a WHERE a.attrelid = source AND a.attname = name AND a.attnum > 0 AND NOT a.attisdropped)
    WHEN 'numeric'::regtype THEN format('CASE WHEN terrbal_support.fits_float8(s.%1$I) THEN s.%1$I::pg_catalog.float8 ELSE ''NaN'' END', name)
    ELSE format('s.%I::pg_catalog.float8', name) END;
COMMENT ON FUNCTION number_expression(regclass, text) IS 'SQL expression for a column of numbers of a source s as float8, NaN where float8 does not hold the number';

CREATE FUNCTION fits_float8(x numeric) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN x IS NULL OR x IN (0, 'Infinity', '-Infinity') OR abs(x) BETWEEN 2.3e-308 AND 1.79e308;
COMMENT ON FUNCTION fits_float8(numeric) IS 'Can this number be read as float8? Also NULL and the infinities can';

CREATE FUNCTION breakdown_expression(dimensions text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN CASE WHEN cardinality(dimensions) > 0 THEN 'concat_ws('';'', ' || (
    SELECT string_agg(format('%L || nullif(nullif(s.%I::pg_catalog.text, ''''), ''_T'')', d.name || '=', d.name), ', ' ORDER BY d.place) FROM unnest(dimensions) WITH ORDINALITY d (name, place))
    || ') COLLATE "C"' ELSE '''''::pg_catalog.text COLLATE "C"' END;
COMMENT ON FUNCTION breakdown_expression(text[]) IS 'SQL expression for the canonical text of the breakdown of a row s of a source: sex=F;age=65+, without the dimensions that are NULL, empty or _T';

-- Why a row cannot be published, first reason first
CREATE FUNCTION refusal_expression(source regclass, dimensions text[], frequency text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    cases text := '';
    name text;
    listed text[];
    code text;
BEGIN
    FOREACH code IN ARRAY ARRAY['unit', 'counterpart'] LOOP
        IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = code AND NOT a.attisdropped) THEN
            cases := cases || CASE code WHEN 'unit' THEN format(' WHEN s.%I::pg_catalog.text = '''' THEN ''empty unit code''', code) ELSE '' END
                || format(' WHEN octet_length(s.%1$I::pg_catalog.text) > 200 THEN ''%1$s code of '' || octet_length(s.%1$I::pg_catalog.text) || '' bytes, more than 200''', code);
        END IF;
    END LOOP;
    cases := cases || format(' WHEN s.period IS NOT NULL AND %s IS NULL THEN ''period is not between the years 0001 and 9999''', terrbal_support.period_expression(source, frequency));
    FOREACH name IN ARRAY coalesce(dimensions, '{}') LOOP
        listed := ARRAY(SELECT m.member FROM terrbal.dimension_member m WHERE m.dimension = name ORDER BY m.member);
        cases := cases || format(' WHEN s.%1$I::pg_catalog.text ~ ''[;=]'' OR octet_length(s.%1$I::pg_catalog.text) > 200%2$s THEN left(s.%1$I::pg_catalog.text, 100) || '' is no member of %3$s''',
            name, CASE WHEN listed <> '{}' THEN format(' OR s.%I::pg_catalog.text <> ALL (%L::pg_catalog.text[])', name, listed || '{"",_T}'::text[]) ELSE '' END, replace(name, '''', ''''''));
    END LOOP;
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'value' AND a.atttypid = 'numeric'::regtype AND NOT a.attisdropped) THEN
        cases := cases || ' WHEN s.value <> ''NaN'' AND NOT terrbal_support.fits_float8(s.value) THEN ''value is beyond float8''';
    END IF;
    IF EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = source AND a.attname = 'weight' AND NOT a.attisdropped) THEN
        cases := cases || format(' WHEN NOT (%1$s >= 0 AND %1$s < ''Infinity''::pg_catalog.float8) THEN ''weight is negative or not finite''', terrbal_support.number_expression(source, 'weight'));
    END IF;
    RETURN 'CASE' || cases || ' END';
END
$$;
COMMENT ON FUNCTION refusal_expression(regclass, text[], text) IS 'SQL expression for the reason why a row s of a source cannot be published; NULL if it can';

CREATE FUNCTION source_statement(source regclass, statistic text, frequency text, dimensions text[], more text DEFAULT '') RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named text[] := ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = source AND a.attnum > 0 AND NOT a.attisdropped);
BEGIN
    RETURN format('SELECT s.unit::pg_catalog.text COLLATE "C" AS unit, %2$s AS counterpart, %3$s AS breakdown, %4$s AS period, s.period AS given_period, '
        '%5$s AS value, %6$s AS status, %7$s AS weight, %8$s AS reason%9$s FROM %1$s s', source,
        CASE WHEN 'counterpart' = ANY (named) THEN 'nullif(s.counterpart::pg_catalog.text, '''')' ELSE 'NULL::pg_catalog.text' END || ' COLLATE "C"',
        terrbal_support.breakdown_expression(dimensions), terrbal_support.period_expression(source, frequency),
        CASE WHEN 'value' = ANY (named) THEN terrbal_support.number_expression(source, 'value') ELSE format('(%s)::pg_catalog.float8', terrbal_support.state_expression('s.state', statistic)) END,
        CASE WHEN 'status' = ANY (named) THEN 'nullif(s.status::pg_catalog.text, '''')' ELSE 'NULL::pg_catalog.text' END,
        CASE WHEN 'weight' = ANY (named) THEN terrbal_support.number_expression(source, 'weight') ELSE 'NULL::pg_catalog.float8' END,
        terrbal_support.refusal_expression(source, dimensions, frequency), more);
END
$$;
COMMENT ON FUNCTION source_statement(regclass, text, text, text[], text) IS 'Statement that reads a source as refresh sees it: codes, breakdown, first day of the period, numbers as float8, and why a row is refused; more: further columns of a row s, after a comma';
