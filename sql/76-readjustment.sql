-- readjustment: land readjustment, replotting, contributions

CREATE TYPE readjustment AS (right_value numeric, allotted numeric, settlement numeric, cost_share numeric);
COMMENT ON TYPE readjustment IS 'One owner in a land readjustment: value due, value allotted, money to pay (positive) or to receive, share of the cost';

CREATE FUNCTION readjustment(value_before numeric, value_after numeric, cost numeric, unit numeric DEFAULT 0.01) RETURNS readjustment
    AS 'MODULE_PATHNAME', 'terrbal_readjustment' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION readjustment(numeric, numeric, numeric, numeric) IS 'Value-equalised readjustment: right = value before * (sum after - cost) / sum before; settlements over the partition add up to exactly 0';

CREATE FUNCTION contribution_ratio(area_before numeric, area_after numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(area_before, 'area before') - nonnegative(area_after, 'area after'), area_before);
COMMENT ON FUNCTION contribution_ratio(numeric, numeric) IS 'Share of private land given up for streets, public land and reserve plots: (before - after) / before';

CREATE FUNCTION contribution_ratio(area_before float8, area_after float8) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN contribution_ratio(exact_decimal(area_before), exact_decimal(area_after));
COMMENT ON FUNCTION contribution_ratio(float8, float8) IS 'As contribution_ratio(numeric, numeric), each area taken as its shortest decimal';

CREATE FUNCTION area_claim(area numeric, contribution numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN nonnegative(area, 'area') * (1 - fraction(contribution, 'contribution'));
COMMENT ON FUNCTION area_claim(numeric, numeric) IS 'Area due to an owner in an area-based readjustment, m2: area * (1 - contribution)';

CREATE FUNCTION proportional_rate(value_before numeric, value_after numeric, cost numeric) RETURNS numeric
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN quotient(nonnegative(value_after, 'value after') - nonnegative(cost, 'cost'), nonnegative(value_before, 'value before'));
COMMENT ON FUNCTION proportional_rate(numeric, numeric, numeric) IS 'Value due per unit of value contributed: (sum after - cost) / sum before; below 1 the project destroys value';

CREATE FUNCTION strip_cuts(x1 float8[], y1 float8[], x2 float8[], y2 float8[], areas float8[]) RETURNS float8[]
    AS 'MODULE_PATHNAME', 'terrbal_strip_cuts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION strip_cuts(float8[], float8[], float8[], float8[], float8[]) IS 'x of the right edges of upright strips of given areas, from the directed boundary segments of a site';

CREATE FUNCTION proposed_plots(site geometry, areas float8[], azimuth float8 DEFAULT 0) RETURNS TABLE (plot int, area float8, shape geometry)
    LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10000
    BEGIN ATOMIC
        WITH turned AS MATERIALIZED (
            SELECT ST_ForcePolygonCCW(ST_Rotate(site, radians(azimuth), ST_Centroid(site))) AS shape
            WHERE land_area(site) >= 0),
        boundary AS (
            SELECT coalesce(array_agg(ST_X(ST_StartPoint(d.geom)) ORDER BY d.path), '{}') AS x1, coalesce(array_agg(ST_Y(ST_StartPoint(d.geom)) ORDER BY d.path), '{}') AS y1,
                   coalesce(array_agg(ST_X(ST_EndPoint(d.geom)) ORDER BY d.path), '{}') AS x2, coalesce(array_agg(ST_Y(ST_EndPoint(d.geom)) ORDER BY d.path), '{}') AS y2
            FROM turned t, ST_DumpSegments(t.shape) d),
        cut AS (
            SELECT c.i, c.x, lag(c.x, 1, ST_XMin(t.shape) - 1) OVER (ORDER BY c.i) AS before
            FROM boundary b, turned t, unnest(strip_cuts(b.x1, b.y1, b.x2, b.y2, areas)) WITH ORDINALITY AS c(x, i)),
        strip AS (
            SELECT c.i, ST_Rotate(ST_CollectionExtract(ST_Intersection(t.shape, ST_MakeEnvelope(c.before, ST_YMin(t.shape) - 1, c.x, ST_YMax(t.shape) + 1,
                                                                                               ST_SRID(t.shape))), 3), -radians(azimuth), ST_Centroid(site)) AS shape
            FROM cut c, turned t)
        SELECT s.i::int, ST_Area(s.shape), s.shape FROM strip s ORDER BY s.i;
    END;
COMMENT ON FUNCTION proposed_plots(geometry, float8[], float8) IS 'Plots of given areas (m2) side by side on a site, cut by lines of this azimuth in degrees; what the areas leave of the site is not returned';
