-- publication: what readers and tools select from
CREATE VIEW observation_latest WITH (security_invoker = true) AS
SELECT i.code, u.code AS unit, o.period, o.value, o.status, o.id, u.name AS unit_name, coalesce(u.level, i.level) AS level, i.title, i.unit_measure,
    o.published, o.run_id, o.indicator_id, o.unit_id, o.breakdown, c.code AS counterpart
FROM observation o JOIN indicator i ON i.id = o.indicator_id JOIN unit u ON u.id = o.unit_id LEFT JOIN unit c ON c.id = o.counterpart_id;
COMMENT ON VIEW observation_latest IS 'The latest published value of every indicator, unit, counterpart, breakdown and period, with codes and names';
COMMENT ON COLUMN observation_latest.breakdown IS 'Members of the dimensions in canonical text: sex=F;age=65+; empty: the total';
COMMENT ON COLUMN observation_latest.counterpart IS 'Unit at the other end of a flow; NULL: none, or all';
COMMENT ON COLUMN observation_latest.id IS 'Integer key';
COMMENT ON COLUMN observation_latest.code IS 'Indicator';
COMMENT ON COLUMN observation_latest.unit IS 'Unit';
COMMENT ON COLUMN observation_latest.period IS 'First day of the period';
COMMENT ON COLUMN observation_latest.value IS 'Value, in unit_measure; NULL where there is none';
COMMENT ON COLUMN observation_latest.status IS 'ok, missing, not computable, or what the source says';
COMMENT ON COLUMN observation_latest.unit_name IS 'Name of the unit';
COMMENT ON COLUMN observation_latest.level IS 'Level of the unit';
COMMENT ON COLUMN observation_latest.title IS 'Title of the indicator';
COMMENT ON COLUMN observation_latest.unit_measure IS 'Unit of the value';
COMMENT ON COLUMN observation_latest.published IS 'Since when it is published';
COMMENT ON COLUMN observation_latest.run_id IS 'Run that wrote it';
COMMENT ON COLUMN observation_latest.indicator_id IS 'Integer key of the indicator';
COMMENT ON COLUMN observation_latest.unit_id IS 'Integer key of the unit';

CREATE FUNCTION observation_asof(moment timestamptz)
    RETURNS TABLE (code text, unit text, period date, value float8, status text, published timestamptz, superseded timestamptz, breakdown text, counterpart text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT i.code, u.code, x.period, x.value, x.status, x.published, x.superseded, x.breakdown, c.code
    FROM (SELECT o.indicator_id, o.unit_id, o.counterpart_id, o.breakdown, o.period, o.value, o.status, o.published, NULL::timestamptz AS superseded
          FROM observation o WHERE o.published <= moment
          UNION ALL
          SELECT r.indicator_id, r.unit_id, r.counterpart_id, r.breakdown, r.period, r.value, r.status, r.published, r.superseded
          FROM revision r WHERE r.published <= moment AND r.superseded > moment) x
    JOIN indicator i ON i.id = x.indicator_id JOIN unit u ON u.id = x.unit_id LEFT JOIN unit c ON c.id = x.counterpart_id;
END;
COMMENT ON FUNCTION observation_asof(timestamptz) IS 'What was published at that moment: every observation as a reader would have seen it then';

CREATE VIEW indicator_catalogue WITH (security_invoker = true) AS
SELECT i.id, i.code, i.title, i.definition, i.unit_measure, i.direction, i.sdg, i.component, i.agenda, i.level, i.frequency, i.method_version, i.note,
    i.source_schema, i.source_name, i.active,
    -- each computed only where it is selected
    (SELECT count(*) FROM observation o WHERE o.indicator_id = i.id) AS observations,
    (SELECT count(DISTINCT o.unit_id) FROM observation o WHERE o.indicator_id = i.id) AS units,
    (SELECT min(o.period) FROM observation o WHERE o.indicator_id = i.id) AS first_period,
    (SELECT max(o.period) FROM observation o WHERE o.indicator_id = i.id) AS last_period,
    (SELECT max(o.published) FROM observation o WHERE o.indicator_id = i.id) AS last_published,
    last.status AS last_status, last.started AS last_started, last.duration_ms AS last_duration_ms, last.message AS last_message,
    good.finished AS last_ok, i.dimensions
FROM indicator i
LEFT JOIN LATERAL (SELECT r.* FROM run r WHERE r.indicator_id = i.id AND r.status <> 'locked' ORDER BY r.id DESC LIMIT 1) last ON true
LEFT JOIN LATERAL (SELECT r.finished FROM run r WHERE r.indicator_id = i.id AND r.status = 'ok' ORDER BY r.id DESC LIMIT 1) good ON true;
COMMENT ON VIEW indicator_catalogue IS 'Catalogue of indicators: metadata after SDMX, coverage, and how the last refresh went';
COMMENT ON COLUMN indicator_catalogue.id IS 'Integer key';
COMMENT ON COLUMN indicator_catalogue.code IS 'Code (SDMX INDICATOR)';
COMMENT ON COLUMN indicator_catalogue.title IS 'Title';
COMMENT ON COLUMN indicator_catalogue.definition IS 'Definition and formula';
COMMENT ON COLUMN indicator_catalogue.unit_measure IS 'Unit (SDMX UNIT_MEASURE)';
COMMENT ON COLUMN indicator_catalogue.direction IS '1: higher is better, -1: lower is better, 0: neither';
COMMENT ON COLUMN indicator_catalogue.sdg IS 'Goal, target or indicator of the 2030 Agenda';
COMMENT ON COLUMN indicator_catalogue.component IS 'Quality of a national urban policy that it is evidence for (SDG 11.a.1)';
COMMENT ON COLUMN indicator_catalogue.agenda IS 'Reference in another agenda';
COMMENT ON COLUMN indicator_catalogue.level IS 'Level of the units';
COMMENT ON COLUMN indicator_catalogue.frequency IS 'SDMX FREQ';
COMMENT ON COLUMN indicator_catalogue.method_version IS 'Version of the method';
COMMENT ON COLUMN indicator_catalogue.note IS 'Note to readers';
COMMENT ON COLUMN indicator_catalogue.source_schema IS 'Schema of the source';
COMMENT ON COLUMN indicator_catalogue.source_name IS 'Source';
COMMENT ON COLUMN indicator_catalogue.active IS 'Does refresh_all refresh it?';
COMMENT ON COLUMN indicator_catalogue.observations IS 'Published observations';
COMMENT ON COLUMN indicator_catalogue.units IS 'Units with an observation';
COMMENT ON COLUMN indicator_catalogue.first_period IS 'First period';
COMMENT ON COLUMN indicator_catalogue.last_period IS 'Last period';
COMMENT ON COLUMN indicator_catalogue.last_published IS 'Last time a value changed';
COMMENT ON COLUMN indicator_catalogue.last_status IS 'Status of the last refresh';
COMMENT ON COLUMN indicator_catalogue.last_started IS 'Start of the last refresh';
COMMENT ON COLUMN indicator_catalogue.last_duration_ms IS 'Its duration in milliseconds';
COMMENT ON COLUMN indicator_catalogue.last_message IS 'What went wrong in it';
COMMENT ON COLUMN indicator_catalogue.dimensions IS 'Dimensions of the breakdown';
COMMENT ON COLUMN indicator_catalogue.last_ok IS 'End of the last refresh that succeeded';

CREATE FUNCTION sdmx_status(value float8, status text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE
    WHEN status IN ('A', 'B', 'D', 'E', 'F', 'G', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'S', 'U', 'V', 'W') THEN status
    WHEN status = 'not computable' THEN 'M'
    WHEN status IN ('suppressed', 'suppressed secondary') THEN 'Q'
    WHEN value IS NULL THEN 'O'
    WHEN status = 'provisional' THEN 'P'
    WHEN status = 'estimated' THEN 'E'
    WHEN status = 'forecast' THEN 'F'
    WHEN status = 'imputed' THEN 'I'
    WHEN status = 'break' THEN 'B'
    WHEN status = 'draft' THEN 'V'
    ELSE 'A'
END;
COMMENT ON FUNCTION sdmx_status(float8, text) IS 'Status of an observation as a code of the SDMX list CL_OBS_STATUS';

CREATE FUNCTION sdmx_period(period date, frequency text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN CASE frequency
    WHEN 'A' THEN lpad(extract(year FROM period)::text, 4, '0')
    WHEN 'S' THEN lpad(extract(year FROM period)::text, 4, '0') || CASE WHEN extract(month FROM period) <= 6 THEN '-S1' ELSE '-S2' END
    WHEN 'Q' THEN lpad(extract(year FROM period)::text, 4, '0') || '-Q' || extract(quarter FROM period)::text
    WHEN 'M' THEN lpad(extract(year FROM period)::text, 4, '0') || '-' || lpad(extract(month FROM period)::text, 2, '0')
    WHEN 'W' THEN lpad(extract(isoyear FROM period)::text, 4, '0') || '-W' || lpad(extract(week FROM period)::text, 2, '0')
    ELSE lpad(extract(year FROM period)::text, 4, '0') || '-' || lpad(extract(month FROM period)::text, 2, '0') || '-' || lpad(extract(day FROM period)::text, 2, '0')
END END;
COMMENT ON FUNCTION sdmx_period(date, text) IS 'Period as SDMX TIME_PERIOD: 2024, 2024-S1, 2024-Q1, 2024-01, 2024-W01, 2024-01-31; NULL outside the years 0001 to 9999';

CREATE VIEW observation_sdmx WITH (security_invoker = true) AS
SELECT o.id, i.frequency AS freq, i.code AS indicator, u.code AS ref_area, c.code COLLATE "default" AS counterpart_area, nullif(o.breakdown, '') COLLATE "default" AS breakdown,
    sdmx_period(o.period, i.frequency) AS time_period, CASE WHEN o.period BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' THEN o.period::timestamp AT TIME ZONE 'UTC' END AS "time", o.value AS obs_value, i.unit_measure,
    sdmx_status(o.value, o.status) AS obs_status,
    CASE o.status WHEN 'draft' THEN 'N' WHEN 'suppressed' THEN 'C' WHEN 'suppressed secondary' THEN 'D' ELSE 'F' END AS obs_conf, i.method_version, o.run_id
FROM observation o JOIN indicator i ON i.id = o.indicator_id JOIN unit u ON u.id = o.unit_id LEFT JOIN unit c ON c.id = o.counterpart_id;
COMMENT ON VIEW observation_sdmx IS 'Long view with the concepts of SDMX as column names, one observation a line';
COMMENT ON COLUMN observation_sdmx.id IS 'Integer key';
COMMENT ON COLUMN observation_sdmx.freq IS 'FREQ';
COMMENT ON COLUMN observation_sdmx.indicator IS 'INDICATOR';
COMMENT ON COLUMN observation_sdmx.ref_area IS 'REF_AREA';
COMMENT ON COLUMN observation_sdmx.counterpart_area IS 'COUNTERPART_AREA; NULL: none, or all';
COMMENT ON COLUMN observation_sdmx.breakdown IS 'Members of the dimensions, sex=F;age=65+; NULL: the total';
COMMENT ON COLUMN observation_sdmx.time_period IS 'TIME_PERIOD';
COMMENT ON COLUMN observation_sdmx."time" IS 'Start of the period, midnight UTC, for Grafana';
COMMENT ON COLUMN observation_sdmx.obs_value IS 'OBS_VALUE';
COMMENT ON COLUMN observation_sdmx.unit_measure IS 'UNIT_MEASURE';
COMMENT ON COLUMN observation_sdmx.obs_status IS 'OBS_STATUS, code list CL_OBS_STATUS';
COMMENT ON COLUMN observation_sdmx.obs_conf IS 'CONF_STATUS: F free, N not for publication (drafts), C confidential, D suppressed to protect another';
COMMENT ON COLUMN observation_sdmx.method_version IS 'Version of the method';
COMMENT ON COLUMN observation_sdmx.run_id IS 'Run that wrote it';

-- Made in the caller's schema with the caller's rights: a wide table for spreadsheets and tools that want a column per indicator.
CREATE FUNCTION wide_view(target_schema text, target_name text, codes text[] DEFAULT NULL, materialised boolean DEFAULT false) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    body text;
    storage text := target_name || '_data';
    one record;
    n bigint := 0;
BEGIN
    IF target_schema IS NULL OR target_name IS NULL THEN
        RETURN NULL;
    END IF;
    codes := coalesce(codes, ARRAY(SELECT i.code FROM terrbal.indicator i WHERE i.active ORDER BY i.id));
    SELECT c INTO one FROM unnest(codes) c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', one.c USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF cardinality(codes) = 0 THEN
        RAISE EXCEPTION 'no indicator to show' USING ERRCODE = 'invalid_parameter_value', HINT = 'Name at least one code; by default all active indicators are shown.';
    END IF;
    SELECT c INTO one FROM unnest(codes) c WHERE c IN ('id', 'unit', 'unit_name', 'period') LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'code "%" is the name of another column of the view', one.c USING ERRCODE = 'duplicate_column',
            HINT = 'Leave it out of codes, or register the indicator under another code.';
    END IF;
    SELECT c INTO one FROM unnest(codes) c WHERE octet_length(c) > 63 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'code "%..." has % bytes, more than the 63 of a column name', left(one.c, 40), octet_length(one.c) USING ERRCODE = 'name_too_long',
            HINT = 'Leave it out of codes, or select from terrbal.observation_latest.';
    END IF;
    -- unit by unit, so that the first lines come at once
    SELECT format('SELECT ((u.id::bigint << 32) + (p.period - DATE ''0001-01-01'')) AS id, u.code AS unit, u.name AS unit_name, p.* FROM terrbal.unit u CROSS JOIN LATERAL ('
            'SELECT o.period%s FROM terrbal.observation o WHERE o.indicator_id = ANY (ARRAY(SELECT i.id FROM terrbal.indicator i WHERE i.code = ANY (%L::text[]))) '
            'AND o.unit_id = u.id AND o.counterpart_id = 0 AND o.breakdown = '''' GROUP BY o.period) p',
            string_agg(format(', max(o.value) FILTER (WHERE o.indicator_id = (SELECT i.id FROM terrbal.indicator i WHERE i.code = %L)) AS %I', c, c), '' ORDER BY place), codes)
        INTO body FROM unnest(codes) WITH ORDINALITY x (c, place);
    IF materialised THEN
        EXECUTE format('CREATE MATERIALIZED VIEW %I.%I AS %s', target_schema, storage, body);
        EXECUTE format('CREATE UNIQUE INDEX ON %I.%I (id)', target_schema, storage);
        EXECUTE format('COMMENT ON MATERIALIZED VIEW %I.%I IS %L', target_schema, storage, 'Storage of ' || target_name || ': REFRESH MATERIALIZED VIEW CONCURRENTLY after a refresh');
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I AS SELECT * FROM %I.%I', target_schema, target_name, target_schema, storage);
    ELSE
        EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true) AS %s', target_schema, target_name, body);
    END IF;
    EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, target_name, 'Published indicators, one line per unit and period, one column per indicator');
    FOR one IN
        SELECT * FROM (VALUES ('id', 'Integer key of unit and period, stable over time'), ('unit', 'Unit'), ('unit_name', 'Name of the unit'),
                ('period', 'First day of the period')) v (name, comment)
        UNION ALL SELECT i.code, format('%s (%s)', i.title, i.unit_measure) FROM terrbal.indicator i WHERE i.code = ANY (codes)
    LOOP
        EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', target_schema, target_name, one.name, one.comment);
        n := n + 1;
    END LOOP;
    RETURN n - 4;
END
$$;
COMMENT ON FUNCTION wide_view(text, text, text[], boolean) IS 'Makes a view with one column per indicator in a schema of the caller; materialised: over a materialised view with a unique index; returns the number of indicators';

CREATE FUNCTION signal_tile(z integer, x integer, y integer, code text, level text DEFAULT NULL, breakdown text DEFAULT '') RETURNS bytea
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH box AS MATERIALIZED (SELECT ST_TileEnvelope(z, x, y) AS envelope),
    feature AS (
        SELECT s.id, s.unit, s.unit_name, s.period, s.value, s.change, s.light, s.status, ST_AsMVTGeom(ST_Transform(s.geom, 3857), b.envelope) AS geom
        FROM box b JOIN signal_map s ON s.geom && ST_Transform(b.envelope, 4326)
        WHERE s.code = signal_tile.code AND s.breakdown = signal_tile.breakdown AND (signal_tile.level IS NULL OR s.level = signal_tile.level))
    SELECT ST_AsMVT(f, 'signal', 4096, 'geom') FROM feature f WHERE f.geom IS NOT NULL;
END;
COMMENT ON FUNCTION signal_tile(integer, integer, integer, text, text, text) IS 'Vector tile (MVT) of the signal of one indicator, for pg_tileserv, Martin or any web map';

CREATE FUNCTION signal_geojson(code text, level text DEFAULT NULL, breakdown text DEFAULT '') RETURNS json
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(ST_AsGeoJSON(f, 'geom', 6)::json ORDER BY f.id), '[]'::json))
    FROM (SELECT s.id, s.unit, s.unit_name, s.level, s.period, s.value, s.change, s.light, s.status, s.geom
          FROM signal_map s
          WHERE s.code = signal_geojson.code AND s.breakdown = signal_geojson.breakdown AND (signal_geojson.level IS NULL OR s.level = signal_geojson.level)) f;
END;
COMMENT ON FUNCTION signal_geojson(text, text, text) IS 'Signal of one indicator as a GeoJSON feature collection';
CREATE INDEX unit_geom ON unit USING gist (geom);
