-- publish: plain views in a schema of the user's own, for generators of APIs and for tools that look for keys and comments
-- What stands in the schema under which name, from which relation, and the keys that a tool is told.
CREATE FUNCTION published_view() RETURNS TABLE (place integer, name text, relation text, keys text, condition text)
LANGUAGE sql IMMUTABLE
BEGIN ATOMIC
    SELECT v.place, v.name, v.relation, v.keys, v.condition FROM (VALUES
        (1, 'unit', 'unit', '@primaryKey gid', NULL),
        (2, 'catalogue', 'indicator_catalogue', '@primaryKey gid', NULL),
        (3, 'signal', 'signal', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (4, 'latest', 'observation_latest', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)',
            'EXISTS (SELECT FROM terrbal.observation o WHERE o.id = v.id AND o.is_last)'),
        (5, 'series', 'observation_latest', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (6, 'gap', 'gap', E'@primaryKey gid\n@foreignKey (unit_id) references unit (gid)\n@foreignKey (indicator_id) references catalogue (gid)', NULL),
        (7, 'scorecard', 'urban_policy_scorecard', '@primaryKey gid', NULL),
        (8, 'map', 'signal_map', '@primaryKey gid', NULL)) v (place, name, relation, keys, condition);
END;
COMMENT ON FUNCTION published_view() IS 'Views that publish makes: name, relation of terrbal behind it, smart comment of PostGraphile, condition on its rows';

-- gid first; composites field by field, arrays as one text
CREATE FUNCTION published_columns(relation regclass) RETURNS TABLE (name text, expression text, comment text)
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
BEGIN ATOMIC
    SELECT CASE WHEN a.attname = 'id' THEN CASE WHEN relation = 'terrbal.gap'::regclass THEN 'member_id' ELSE 'gid' END ELSE concat_ws('_', a.attname, f.attname) END,
        CASE WHEN f.attname IS NOT NULL THEN format('(v.%I).%I', a.attname, f.attname) WHEN t.typcategory = 'A' THEN format('array_to_string(v.%I, '','')', a.attname) ELSE format('v.%I', a.attname) END,
        concat_ws(': ', col_description(relation, a.attnum), f.attname)
    FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
    LEFT JOIN pg_attribute f ON t.typtype = 'c' AND f.attrelid = t.typrelid AND f.attnum > 0 AND NOT f.attisdropped
    WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped AND (relation <> 'terrbal.unit'::regclass OR a.attname <> 'geom')
    ORDER BY a.attname <> 'id' OR relation = 'terrbal.gap'::regclass, a.attnum, f.attnum;
END;
COMMENT ON FUNCTION published_columns(regclass) IS 'Columns of a view that publish makes of a relation: name, expression, comment';

CREATE FUNCTION publish(schema name, security_invoker boolean DEFAULT true) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
DECLARE
    v record;
    c record;
    body text;
    relation regclass;
    n bigint := 0;
BEGIN
    IF publish.schema IS NULL THEN
        RETURN NULL;
    END IF;
    FOR v IN SELECT * FROM terrbal_support.published_view() p ORDER BY p.place LOOP
        relation := format('terrbal.%I', v.relation)::regclass;
        IF EXISTS (SELECT FROM pg_class k JOIN pg_namespace s ON s.oid = k.relnamespace WHERE s.nspname = publish.schema AND k.relname = v.name
                AND coalesce(obj_description(k.oid, 'pg_class'), '') NOT LIKE '@primaryKey gid%Published by terrbal%') THEN
            RAISE EXCEPTION 'relation %.% is not one that publish has made', quote_ident(publish.schema), quote_ident(v.name)
                USING ERRCODE = 'duplicate_table', HINT = 'Rename it, or publish into another schema.';
        END IF;
        SELECT string_agg(format('%s AS %I', p.expression, p.name), ', ') INTO body FROM terrbal_support.published_columns(relation) p;
        IF v.name = 'gap' THEN
            body := 'hashint8extended(v.reference_id, v.id) AS gid, ' || body;
        END IF;
        body := format('VIEW %I.%I WITH (security_invoker = %s) AS SELECT %s FROM %s v%s', publish.schema, v.name, coalesce(publish.security_invoker, true), body, relation,
            coalesce(' WHERE ' || v.condition, ''));
        BEGIN
            EXECUTE format('CREATE OR REPLACE %s', body);
        EXCEPTION WHEN invalid_table_definition THEN
            -- columns have moved since an earlier version: what stands on the view must be made again
            EXECUTE format('DROP VIEW %I.%I', publish.schema, v.name);
            EXECUTE format('CREATE %s', body);
        END;
        EXECUTE format('COMMENT ON VIEW %I.%I IS %L', publish.schema, v.name, v.keys || E'\n' || obj_description(relation, 'pg_class') || '. Published by terrbal');
        FOR c IN SELECT p.name, p.comment FROM terrbal_support.published_columns(relation) p WHERE p.comment <> ''
                 UNION ALL SELECT 'gid', 'Integer key of the pair' WHERE v.name = 'gap' LOOP
            EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', publish.schema, v.name, c.name, c.comment);
        END LOOP;
        n := n + 1;
    END LOOP;
    RETURN n;
END
$$;
COMMENT ON FUNCTION publish(name, boolean) IS 'Makes or renews plain views over what is published in a schema of the caller: unit, catalogue, signal, latest, series, gap, scorecard, map; with comments, a key gid and smart comments; returns how many';
