-- hierarchy: who belongs to whom, when, and who carries on whom
CREATE TABLE hierarchy (
    child text COLLATE "C" NOT NULL,
    parent text COLLATE "C" NOT NULL,
    level text NOT NULL CHECK (level <> ''),
    valid daterange NOT NULL DEFAULT '(,)' CHECK (NOT isempty(valid)),
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    child_level text,
    CHECK (child <> parent OR child_level <> level AND child_level <> '')
);
CREATE INDEX hierarchy_child ON hierarchy (child, level);
CREATE INDEX hierarchy_parent ON hierarchy (parent);
COMMENT ON TABLE hierarchy IS 'Membership of units with validity: municipality to province to region to nation, or to any other territory';
COMMENT ON COLUMN hierarchy.id IS 'Integer key';
COMMENT ON COLUMN hierarchy.child IS 'Code of the smaller unit';
COMMENT ON COLUMN hierarchy.parent IS 'Code of the unit that it belongs to';
COMMENT ON COLUMN hierarchy.level IS 'Level of the parent, for example province';
COMMENT ON COLUMN hierarchy.child_level IS 'Level of the child, needed where its code stands at several levels; empty: the unit that had the code first, not one of the level of the parent';
COMMENT ON COLUMN hierarchy.valid IS 'Days on which it belongs; a period counts by its first day; open ends allowed';

CREATE TABLE succession (
    predecessor text COLLATE "C" NOT NULL,
    successor text COLLATE "C" NOT NULL,
    effective date NOT NULL,
    share float8 NOT NULL DEFAULT 1 CHECK (share > 0 AND share <= 1),
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    level text,
    waived boolean NOT NULL DEFAULT false,
    CONSTRAINT succession_line_key UNIQUE NULLS NOT DISTINCT (predecessor, successor, effective, level)
);
COMMENT ON TABLE succession IS 'Mergers and splits: which unit carries on a unit from a day; a split has several lines whose shares add up to 1, one of them the unit itself if it lives on';
COMMENT ON COLUMN succession.id IS 'Integer key';
COMMENT ON COLUMN succession.predecessor IS 'Code of the unit before';
COMMENT ON COLUMN succession.successor IS 'Code of the unit after';
COMMENT ON COLUMN succession.effective IS 'First day of the new boundaries';
COMMENT ON COLUMN succession.share IS 'Share of the predecessor that goes there, 1 in a merger';
COMMENT ON COLUMN succession.level IS 'Level of both units, needed where the code of the predecessor stands at several levels; empty: the unit that had the code first';
COMMENT ON COLUMN succession.waived IS 'true: the lines of this unit and day are kept although they break a rule (see broken_succession); set by the update from 1.0 for what was broken before';

REVOKE ALL ON hierarchy, succession FROM PUBLIC;
SELECT pg_catalog.pg_extension_config_dump('terrbal.hierarchy', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.hierarchy_id_seq', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.succession', '');
SELECT pg_catalog.pg_extension_config_dump('terrbal.succession_id_seq', '');

-- What a code of hierarchy and succession stands for. A unit is its level and code; where no level is stated, the unit that had the code first: a later one
-- of the same code does not change what was written before it.
CREATE FUNCTION membership() RETURNS TABLE (id integer, child_id integer, parent_id integer, level text, valid daterange)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT h.id, c.id, p.id, h.level, h.valid
    FROM hierarchy h JOIN unit p ON p.code = h.parent AND p.level = h.level
    CROSS JOIN LATERAL (SELECT u.id FROM unit u
        WHERE u.code = h.child AND CASE WHEN coalesce(h.child_level, '') = '' THEN u.level IS DISTINCT FROM h.level ELSE u.level = h.child_level END
        ORDER BY u.id LIMIT 1) c;
END;
COMMENT ON FUNCTION membership() IS 'Lines of hierarchy with the keys of their units';

CREATE FUNCTION succession_line() RETURNS TABLE (id integer, predecessor_id integer, successor_id integer, effective date, share float8)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT s.id, p.id, n.id, s.effective, s.share
    FROM succession s
    CROSS JOIN LATERAL (SELECT u.id, u.level FROM unit u WHERE u.code = s.predecessor AND (coalesce(s.level, '') = '' OR u.level = s.level) ORDER BY u.id LIMIT 1) p
    CROSS JOIN LATERAL (SELECT u.id FROM unit u WHERE u.code = s.successor AND (coalesce(s.level, '') = '' OR u.level = s.level)
        ORDER BY u.level IS DISTINCT FROM p.level, u.id LIMIT 1) n;
END;
COMMENT ON FUNCTION succession_line() IS 'Lines of succession with the keys of their units';

CREATE VIEW unregistered_unit WITH (security_invoker = true) AS
SELECT x.code, x.level, f.id
FROM (SELECT parent AS code, level FROM hierarchy
      UNION SELECT child, child_level FROM hierarchy WHERE child_level <> ''
      UNION SELECT predecessor, level FROM succession WHERE level <> ''
      UNION SELECT successor, level FROM succession WHERE level <> '') x
-- a unit whose level nobody has said may be this one, if it is not the child of such a one and no indicator of another level knows it
LEFT JOIN unit f ON f.code = x.code AND f.level IS NULL
    AND NOT EXISTS (SELECT FROM hierarchy h WHERE h.child = x.code AND coalesce(h.child_level, '') = '' AND h.level = x.level)
    AND NOT EXISTS (SELECT FROM observation o JOIN indicator i ON i.id = o.indicator_id WHERE o.unit_id = f.id AND i.level <> x.level)
WHERE NOT EXISTS (SELECT FROM unit u WHERE u.code = x.code AND u.level = x.level)
UNION
SELECT h.child, NULL, NULL FROM hierarchy h
WHERE coalesce(h.child_level, '') = '' AND NOT EXISTS (SELECT FROM unit u WHERE u.code = h.child AND u.level IS DISTINCT FROM h.level)
UNION
SELECT c.code, NULL, NULL FROM succession s CROSS JOIN LATERAL (VALUES (s.predecessor), (s.successor)) c (code)
WHERE coalesce(s.level, '') = '' AND NOT EXISTS (SELECT FROM unit u WHERE u.code = c.code);
COMMENT ON VIEW unregistered_unit IS 'Units of hierarchy and succession that unit does not know yet, or not with their level';
COMMENT ON COLUMN unregistered_unit.code IS 'Code of the unit';
COMMENT ON COLUMN unregistered_unit.level IS 'Level that it is given; NULL for a leaf';
COMMENT ON COLUMN unregistered_unit.id IS 'Key if it is registered without a level';

CREATE FUNCTION register_units() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM terrbal.unregistered_unit) THEN
        RETURN;
    END IF;
    -- One at a time and in order: two sessions that register the same units in turn would wait for each other.
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    UPDATE terrbal.unit u SET level = x.level FROM (SELECT r.id, min(r.level) AS level FROM terrbal.unregistered_unit r GROUP BY r.id) x WHERE x.id = u.id;
    INSERT INTO terrbal.unit (code, level) SELECT x.code, x.level FROM terrbal.unregistered_unit x WHERE x.level IS NOT NULL ORDER BY x.code, x.level ON CONFLICT DO NOTHING;
    INSERT INTO terrbal.unit (code) SELECT x.code FROM terrbal.unregistered_unit x WHERE x.level IS NULL ORDER BY x.code ON CONFLICT DO NOTHING;
    PERFORM terrbal_support.infer_levels();
END
$$;
COMMENT ON FUNCTION register_units() IS 'Registers the units that hierarchy and succession name, and the level of parents';

CREATE FUNCTION infer_levels() RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE terrbal.unit u SET level = x.level
    FROM (SELECT m.child_id, min(p.level) AS level
          FROM terrbal_support.membership() m JOIN terrbal.unit c ON c.id = m.child_id AND c.level IS NULL
          JOIN (SELECT k.parent_id, s.level, k.level AS parent_level FROM terrbal_support.membership() k JOIN terrbal.unit s ON s.id = k.child_id
                WHERE s.level IS NOT NULL GROUP BY 1, 2, 3) p ON p.parent_id = m.parent_id AND p.parent_level = m.level
          GROUP BY m.child_id HAVING count(DISTINCT p.level) = 1) x
    WHERE u.id = x.child_id AND u.level IS NULL AND NOT EXISTS (SELECT FROM terrbal.unit o WHERE o.code = u.code AND o.level = x.level)
        AND NOT EXISTS (SELECT FROM terrbal.hierarchy h WHERE h.child = u.code AND coalesce(h.child_level, '') = '' AND h.level = x.level);
END
$$;
COMMENT ON FUNCTION infer_levels() IS 'Gives a unit without a level that of the other members of its parents, where they have one and the same';

-- While no unit is registered it waits for the first refresh: a restore may load the hierarchy before the units, whose keys are then still to come.
CREATE FUNCTION hierarchy_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM terrbal.unit) THEN
        PERFORM terrbal_support.register_units();
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION hierarchy_changed() IS 'Trigger: registers new units of hierarchy and succession';
-- A level that is not stated becomes empty: so a dump says that it was resolved when it was written, and is not judged again.
CREATE FUNCTION hierarchy_level() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    long text := CASE WHEN octet_length(NEW.child) > 200 THEN NEW.child WHEN octet_length(NEW.parent) > 200 THEN NEW.parent END;
    levels text;
BEGIN
    IF long IS NOT NULL THEN
        RAISE EXCEPTION 'unit %', terrbal_support.long_code(long) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF NEW.child_level IS NULL THEN
        SELECT string_agg(coalesce(u.level, 'no level'), ' and ' ORDER BY u.level) INTO levels FROM terrbal.unit u
        WHERE u.code = NEW.child AND u.level IS DISTINCT FROM NEW.level HAVING count(*) > 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', NEW.child, levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Say child_level in terrbal.hierarchy.';
        END IF;
        NEW.child_level := '';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION hierarchy_level() IS 'Trigger: refuses a child whose code stands at several levels if the line does not say which, and codes longer than 200 bytes';
CREATE TRIGGER hierarchy_level BEFORE INSERT OR UPDATE ON hierarchy FOR EACH ROW EXECUTE FUNCTION hierarchy_level();

CREATE FUNCTION succession_level() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    long text := CASE WHEN octet_length(NEW.predecessor) > 200 THEN NEW.predecessor WHEN octet_length(NEW.successor) > 200 THEN NEW.successor END;
    levels text;
BEGIN
    IF long IS NOT NULL THEN
        RAISE EXCEPTION 'unit %', terrbal_support.long_code(long) USING ERRCODE = 'string_data_right_truncation';
    END IF;
    IF NEW.level IS NULL THEN
        SELECT string_agg(coalesce(u.level, 'no level'), ' and ' ORDER BY u.level) INTO levels FROM terrbal.unit u
        WHERE u.code = NEW.predecessor HAVING count(*) > 1;
        IF FOUND THEN
            RAISE EXCEPTION 'unit "%" stands at more than one level: %', NEW.predecessor, levels USING ERRCODE = 'invalid_parameter_value',
                HINT = 'Say level in terrbal.succession.';
        END IF;
        NEW.level := '';
    END IF;
    RETURN NEW;
END
$$;
COMMENT ON FUNCTION succession_level() IS 'Trigger: refuses a predecessor whose code stands at several levels if the line does not say which, and codes longer than 200 bytes';
CREATE TRIGGER succession_level BEFORE INSERT OR UPDATE ON succession FOR EACH ROW EXECUTE FUNCTION succession_level();

CREATE TRIGGER hierarchy_changed AFTER INSERT OR UPDATE ON hierarchy FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_changed();
CREATE TRIGGER succession_changed AFTER INSERT OR UPDATE ON succession FOR EACH STATEMENT EXECUTE FUNCTION hierarchy_changed();

-- At commit: the end of one membership and the beginning of the next may be written in either order. Only this table is read, so that any order of a restore is right.
CREATE FUNCTION hierarchy_overlap() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    twice record;
BEGIN
    SELECT n.child, n.level, n.parent AS one, h.parent AS two, n.valid * h.valid AS both_valid INTO twice
    FROM terrbal.hierarchy n JOIN terrbal.hierarchy h ON h.child = n.child AND h.level = n.level AND h.id <> n.id AND h.valid && n.valid
        AND coalesce(h.child_level, '') = coalesce(n.child_level, '')
    WHERE n.id = NEW.id LIMIT 1;
    IF twice.one = twice.two THEN
        RAISE EXCEPTION 'unit "%" belongs to "%" twice at level % during %', twice.child, twice.one, twice.level, twice.both_valid
            USING ERRCODE = 'exclusion_violation', HINT = 'The line is there already: leave one of them out, or end the earlier before the later begins.';
    ELSIF FOUND THEN
        RAISE EXCEPTION 'unit "%" belongs to both "%" and "%" at level % during %', twice.child, least(twice.one, twice.two), greatest(twice.one, twice.two),
            twice.level, twice.both_valid USING ERRCODE = 'exclusion_violation', HINT = 'End the earlier membership: its values would count twice.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION hierarchy_overlap() IS 'Trigger at commit: refuses two parents of one unit at one level on one day';
CREATE CONSTRAINT TRIGGER hierarchy_overlap AFTER INSERT OR UPDATE ON hierarchy DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION hierarchy_overlap();

CREATE FUNCTION succession_problem(predecessor text, level text, effective date) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    total numeric;
    dead text;
BEGIN
    SELECT sum(s.share::text::numeric), min(s.successor) FILTER (WHERE s.successor <> s.predecessor
            AND EXISTS (SELECT FROM terrbal.succession d WHERE d.predecessor = s.successor AND coalesce(d.level, '') = coalesce(s.level, '') AND d.effective = s.effective)
            AND NOT EXISTS (SELECT FROM terrbal.succession d WHERE d.predecessor = s.successor AND d.successor = s.successor
                            AND coalesce(d.level, '') = coalesce(s.level, '') AND d.effective = s.effective))
    INTO total, dead
    FROM terrbal.succession s
    WHERE s.predecessor = succession_problem.predecessor AND coalesce(s.level, '') = coalesce(succession_problem.level, '') AND s.effective = succession_problem.effective;
    RETURN CASE WHEN abs(total - 1) > 0.000001 THEN format('the shares of unit "%s" on %s add up to %s, not 1', predecessor, effective, trim_scale(total))
                WHEN dead IS NOT NULL THEN format('unit "%s" goes into "%s" on %s, the day on which that one ends', predecessor, dead, effective) END;
END
$$;
COMMENT ON FUNCTION succession_problem(text, text, date) IS 'What is wrong with the lines of succession of a unit on a day: shares that do not add up to 1 within 0.000001, or a successor that ends on that day; NULL if nothing is';

CREATE FUNCTION succession_checked() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    -- the lines of the unit itself, and those that lead to it
    SELECT terrbal_support.succession_problem(g.predecessor, g.level, g.effective) AS wrong INTO problem
    FROM (SELECT s.predecessor, s.level, s.effective FROM terrbal.succession s
          WHERE (s.predecessor, s.effective) IN (SELECT c.predecessor, c.effective FROM (SELECT NEW.* UNION ALL SELECT OLD.*) c WHERE c.predecessor IS NOT NULL)
             OR (s.successor, s.effective) IN (SELECT c.predecessor, c.effective FROM (SELECT NEW.* UNION ALL SELECT OLD.*) c WHERE c.predecessor IS NOT NULL)
          GROUP BY 1, 2, 3 HAVING NOT bool_or(s.waived)) g
    WHERE terrbal_support.succession_problem(g.predecessor, g.level, g.effective) IS NOT NULL ORDER BY 1 LIMIT 1;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'integrity_constraint_violation',
            HINT = 'One line per successor, in one transaction, the unit itself among them if it lives on; see terrbal.broken_succession.';
    END IF;
    RETURN NULL;
END
$$;
COMMENT ON FUNCTION succession_checked() IS 'Trigger at commit: refuses lines whose shares do not add up to 1, and circles';
CREATE CONSTRAINT TRIGGER succession_checked AFTER INSERT OR UPDATE OR DELETE ON succession DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION succession_checked();

-- That a successor exists is only shown: a restore may load it after the line that names it.
CREATE VIEW broken_succession WITH (security_invoker = true) AS
SELECT min(s.id) AS id, s.predecessor, s.effective, p.problem, bool_or(s.waived) AS waived
FROM succession s CROSS JOIN LATERAL succession_problem(s.predecessor, s.level, s.effective) p (problem)
WHERE p.problem IS NOT NULL
GROUP BY s.predecessor, s.level, s.effective, p.problem
UNION ALL
SELECT s.id, s.predecessor, s.effective, format('successor "%s" is in no hierarchy from that day on and has no observation', s.successor), s.waived
FROM succession s LEFT JOIN succession_line() l ON l.id = s.id
WHERE NOT EXISTS (SELECT FROM membership() m WHERE l.successor_id IN (m.child_id, m.parent_id) AND m.valid && daterange(s.effective, NULL))
    AND NOT EXISTS (SELECT FROM observation o WHERE o.unit_id = l.successor_id)
    AND NOT EXISTS (SELECT FROM succession n WHERE n.predecessor = s.successor AND n.effective > s.effective);
COMMENT ON VIEW broken_succession IS 'What is wrong in succession: shares that do not add up to 1, successors that end on the same day (circles), successors that nobody knows';
COMMENT ON COLUMN broken_succession.id IS 'Key of the (first) line in succession';
COMMENT ON COLUMN broken_succession.predecessor IS 'Code of the unit before';
COMMENT ON COLUMN broken_succession.effective IS 'First day of the new boundaries';
COMMENT ON COLUMN broken_succession.problem IS 'What is wrong';
COMMENT ON COLUMN broken_succession.waived IS 'Was it accepted as it is?';

-- A unit reaches one unit of a level on a day: by the shortest chain, so that two roads to the nation do not count it twice.
-- Down from the level, and each line once: the number of chains can be 2 to the power of the number of rows.
CREATE FUNCTION unit_at_level(level text) RETURNS TABLE (unit text, ancestor text, valid daterange, depth integer, unit_id integer, ancestor_id integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE member AS MATERIALIZED (
        SELECT * FROM terrbal_support.membership()
    ), walk AS (
        SELECT m.child_id AS unit_id, m.parent_id AS ancestor_id, m.valid, 1 AS depth FROM member m WHERE m.level = unit_at_level.level
        UNION
        SELECT m.child_id, w.ancestor_id, m.valid * w.valid, w.depth + 1
        FROM walk w JOIN member m ON m.parent_id = w.unit_id AND m.valid && w.valid AND m.level <> unit_at_level.level
        WHERE w.depth < 32
    )
    SELECT u.code, a.code, w.valid, w.depth, w.unit_id, w.ancestor_id
    FROM walk w JOIN terrbal.unit u ON u.id = w.unit_id JOIN terrbal.unit a ON a.id = w.ancestor_id;
END
$$;
COMMENT ON FUNCTION unit_at_level(text) IS 'Which unit of a level every unit belongs to, on which days and over how many steps';

-- From the last change back to the first: where a unit goes is the sum of where its successors have gone, so that no path is walked twice.
CREATE FUNCTION carried_share(boundaries date)
    RETURNS TABLE (predecessor text, effective date, successor text, share numeric, predecessor_id integer, successor_id integer)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp SET extra_float_digits = 1 AS $$
#variable_conflict use_column
DECLARE
    day date;
    goes integer[] := '{}';
    into_unit integer[] := '{}';
    shares numeric[] := '{}';
    step record;
BEGIN
    FOR day IN SELECT DISTINCT s.effective FROM terrbal.succession s WHERE s.effective <= boundaries ORDER BY 1 DESC LOOP
        WITH known AS MATERIALIZED (
            SELECT * FROM unnest(goes, into_unit, shares) k (predecessor, successor, share)
        ), fresh AS MATERIALIZED (
            SELECT s.predecessor_id AS predecessor, coalesce(k.successor, s.successor_id) AS successor, sum(round(s.share::text::numeric * coalesce(k.share, 1), 60)) AS share
            FROM terrbal_support.succession_line() s LEFT JOIN known k ON k.predecessor = s.successor_id
            WHERE s.effective = day GROUP BY 1, 2)
        SELECT array_agg(x.predecessor) AS goes, array_agg(x.successor) AS into_unit, array_agg(x.share) AS shares, array_agg(x.today) AS today INTO step
        FROM (SELECT f.*, true AS today FROM fresh f
              UNION ALL
              SELECT k.*, false FROM known k WHERE NOT EXISTS (SELECT FROM fresh f WHERE f.predecessor = k.predecessor)) x;
        goes := step.goes;
        into_unit := step.into_unit;
        shares := step.shares;
        RETURN QUERY SELECT p.code, day, s.code, x.w, x.p, x.s FROM unnest(goes, into_unit, shares, step.today) x (p, s, w, today)
            JOIN terrbal.unit p ON p.id = x.p JOIN terrbal.unit s ON s.id = x.s WHERE x.today;
    END LOOP;
END
$$;
COMMENT ON FUNCTION carried_share(date) IS 'Which share of a unit, as it was before it changed on the day effective, lies in which unit on the map of the day boundaries';

-- What a boundary cannot be, then what it becomes: bound to PostGIS when they are created, wherever that stands.
CREATE FUNCTION boundary_problem(boundary geometry) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN ST_SRID(boundary) = 0 THEN 'has no reference system'
            WHEN ST_Dimension(boundary) < 2 AND NOT ST_IsEmpty(boundary) THEN 'is a ' || GeometryType(boundary) || ', not a polygon' END;
COMMENT ON FUNCTION boundary_problem(geometry) IS 'Why a geometry cannot be the boundary of a unit; NULL if it can';

CREATE FUNCTION unit_boundary(boundary geometry) RETURNS geometry
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN (SELECT ST_Multi(p.polygons) FROM (SELECT ST_CollectionExtract(ST_MakeValid(ST_Force2D(ST_Transform(ST_CurveToLine(boundary), 4326))), 3) AS polygons OFFSET 0) p
        WHERE NOT ST_IsEmpty(p.polygons));
COMMENT ON FUNCTION unit_boundary(geometry) IS 'Boundary as terrbal.unit keeps it: longitude and latitude, two dimensions, curves as lines, repaired where a line crosses itself, a MultiPolygon; NULL if it is empty';

CREATE FUNCTION lies_on_earth(boundary geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN ST_XMin(boundary) >= -180.000001 AND ST_XMax(boundary) <= 180.000001 AND ST_YMin(boundary) >= -90.000001 AND ST_YMax(boundary) <= 90.000001;
COMMENT ON FUNCTION lies_on_earth(geometry) IS 'Does a boundary have longitudes within 180 and latitudes within 90 degrees? Others had another reference system than they said';

CREATE FUNCTION load_units(relation regclass, code text, name text DEFAULT NULL, geometry text DEFAULT NULL, level text DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF relation IS NULL OR code IS NULL THEN
        RAISE EXCEPTION '% is NULL', CASE WHEN relation IS NULL THEN 'relation' ELSE 'code' END USING ERRCODE = 'null_value_not_allowed';
    END IF;
    IF level = '' THEN
        RAISE EXCEPTION 'level is empty' USING ERRCODE = 'invalid_parameter_value', HINT = 'Leave it out where it is not known.';
    END IF;
    IF NOT (SELECT pg_has_role(CURRENT_USER, relowner, 'MEMBER') FROM pg_class WHERE oid = relation) THEN
        RAISE EXCEPTION 'role % is not a member of the owner of %', CURRENT_USER, relation
            USING ERRCODE = 'insufficient_privilege', HINT = 'Load it as its owner, or read it through a view of your own.';
    END IF;
    PERFORM terrbal_support.guard_publisher('terrbal.unit');
    PERFORM terrbal_support.guard_privileged();
    RETURN terrbal_support.confined_units(relation, code, name, geometry, level);
END
$$;
COMMENT ON FUNCTION load_units(regclass, text, text, text, text)
IS 'Registers the units of a table or view, or renews their names and boundaries: columns of the code, the name and the polygons (any reference system), and the level of them all; returns how many';

-- The work of load_units, confined.
CREATE FUNCTION run_units(relation regclass, code text, name text, geometry text, level text) RETURNS bigint
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    problem text;
    seen record;
BEGIN
    SELECT terrbal_support.lock_source(n.nspname, c.relname) INTO relation FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation;
    problem := CASE WHEN terrbal.privileged_role() THEN terrbal.untrusted_owner(relation) END;
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '%', problem USING ERRCODE = 'insufficient_privilege',
            HINT = 'Reading it would run its owner''s code with your rights: load as a role that is not a superuser.';
    END IF;
    problem := terrbal_support.units_problem(relation, code, name, geometry);
    IF problem IS NOT NULL THEN
        RAISE EXCEPTION '% cannot be read: %', relation, problem USING ERRCODE = 'invalid_parameter_value', HINT = 'Codes and names are text, boundaries geometry or geography: cast them in a view.';
    END IF;
    PERFORM terrbal_support.lock_writers('terrbal.unit');
    EXECUTE terrbal_support.units_statement(relation, code, name, geometry) INTO STRICT seen USING terrbal_support.indicator_units(level), level;
    IF seen.wrong IS NOT NULL THEN
        RAISE EXCEPTION '%', seen.wrong[1] USING ERRCODE = 'invalid_parameter_value', HINT = seen.wrong[2];
    END IF;
    IF seen.twice IS NOT NULL THEN
        RAISE EXCEPTION 'unit "%" stands twice in %', seen.twice, relation USING ERRCODE = 'cardinality_violation', HINT = 'One row a unit: join its parts in a view, ST_Union(geom) ... GROUP BY.';
    END IF;
    PERFORM terrbal_support.infer_levels();
    IF seen.refused > 0 THEN
        RAISE WARNING '% rows of % have no code: refused', seen.refused, relation;
    END IF;
    RAISE NOTICE 'units of %: % new, % changed, % unchanged', relation, seen.fresh, seen.changed, seen.units - seen.fresh - seen.changed;
    RETURN seen.units;
END
$$;
COMMENT ON FUNCTION run_units(regclass, text, text, text, text) IS 'Does what load_units asks for; called confined, by confined_units';

CREATE FUNCTION units_problem(relation regclass, code text, name text, geometry text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN (
        SELECT string_agg(CASE WHEN a.atttypid IS NULL THEN format('no column %s', c.name)
                               ELSE format('column %s is %s, not %s', c.name, format_type(a.atttypid, a.atttypmod), c.wanted) END, '; ' ORDER BY c.place)
        FROM (VALUES (1, code, 'text'), (2, name, 'text'), (3, geometry, 'geometry')) c (place, name, wanted)
        LEFT JOIN pg_attribute a ON a.attrelid = relation AND a.attname = c.name AND a.attnum > 0 AND NOT a.attisdropped
        LEFT JOIN pg_type t ON t.oid = a.atttypid
        CROSS JOIN (SELECT p.oid, p.typnamespace FROM pg_attribute b JOIN pg_type p ON p.oid = b.atttypid WHERE b.attrelid = 'terrbal.unit'::regclass AND b.attname = 'geom') g
        WHERE c.name IS NOT NULL AND CASE WHEN a.atttypid IS NULL THEN true WHEN c.wanted = 'text' THEN t.oid NOT IN ('text'::regtype, 'varchar'::regtype, 'bpchar'::regtype)
            ELSE t.oid <> g.oid AND NOT (t.typname = 'geography' AND t.typnamespace = g.typnamespace) END);
END
$$;
COMMENT ON FUNCTION units_problem(regclass, text, text, text) IS 'Why a relation cannot be read by load_units; NULL if it can';

CREATE FUNCTION units_statement(relation regclass, code text, name text, geometry text) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RETURN format($units$
WITH source AS MATERIALIZED (
    SELECT s.code, s.name, terrbal_support.boundary_problem(s.geom) AS problem, CASE WHEN terrbal_support.boundary_problem(s.geom) IS NULL THEN terrbal_support.unit_boundary(s.geom) END AS geom
    FROM (SELECT nullif(r.%2$I::pg_catalog.text, '') AS code, %3$s AS name, %4$s AS geom FROM %1$s r OFFSET 0) s
), keyed AS MATERIALIZED (
    SELECT s.*, u.id FROM source s LEFT JOIN terrbal.unit u ON u.code = s.code AND u.id = ANY ($1) WHERE s.code IS NOT NULL
), seen AS MATERIALIZED (
    SELECT (SELECT count(*) FROM source) - count(*) AS refused, count(*) AS units,
        (SELECT min(d.code) FROM (SELECT k.code FROM keyed k GROUP BY k.code HAVING count(*) > 1) d) AS twice,
        min(CASE WHEN octet_length(k.code) > 200 THEN ARRAY['unit ' || terrbal_support.long_code(k.code), 'Codes have at most 200 bytes.']
                 WHEN k.problem IS NOT NULL THEN ARRAY[format('the boundary of unit "%%s" %%s', k.code, k.problem),
                     'Boundaries are polygons that name their reference system: in a view, ST_SetSRID(geom, 25830) or what the file says; without polygons leave geometry out.']
                 WHEN NOT terrbal_support.lies_on_earth(k.geom) THEN ARRAY[format('the boundary of unit "%%s" lies beyond 180 or 90 degrees', k.code), 'Its reference system is not the one that it names.']
                 WHEN $2 IS NULL AND k.id IS NULL AND EXISTS (SELECT FROM terrbal.unit u WHERE u.code = k.code)
                     THEN ARRAY[format('unit "%%s" stands at more than one level', k.code), 'Say level.'] END) AS wrong
    FROM keyed k
), good AS MATERIALIZED (
    SELECT k.* FROM keyed k WHERE (SELECT s.twice IS NULL AND s.wrong IS NULL FROM seen s)
), changed AS (
    UPDATE terrbal.unit u SET name = coalesce(g.name, u.name), geom = coalesce(g.geom, u.geom), level = coalesce(u.level, $2) FROM good g
    WHERE u.id = g.id AND (g.name <> u.name OR g.name IS NOT NULL AND u.name IS NULL OR u.level IS NULL AND $2 IS NOT NULL
        OR g.geom IS NOT NULL AND g.geom::pg_catalog.bytea IS DISTINCT FROM u.geom::pg_catalog.bytea) RETURNING 1
), fresh AS (
    INSERT INTO terrbal.unit (code, name, level, geom) SELECT g.code, g.name, $2, g.geom FROM good g WHERE g.id IS NULL ORDER BY g.code RETURNING 1
)
SELECT seen.*, (SELECT count(*) FROM fresh) AS fresh, (SELECT count(*) FROM changed) AS changed FROM seen$units$,
        relation, code, CASE WHEN name IS NULL THEN 'NULL::pg_catalog.text' ELSE format('r.%I::pg_catalog.text', name) END,
        CASE WHEN geometry IS NULL THEN 'NULL' ELSE format('r.%I', geometry) END || (SELECT '::' || format('%I.%I', n.nspname, t.typname) FROM pg_attribute b JOIN pg_type t ON t.oid = b.atttypid
            JOIN pg_namespace n ON n.oid = t.typnamespace WHERE b.attrelid = 'terrbal.unit'::regclass AND b.attname = 'geom'));
END
$$;
COMMENT ON FUNCTION units_statement(regclass, text, text, text) IS 'Statement by which load_units compares a relation with the registered units and writes the difference; parameters: units that a code may mean (indicator_units), level';
