-- The page: every figure is inline SVG drawn by SQL from the tables that the four acts left behind. Output: one self-contained HTML file.
\set QUIET on
CREATE FUNCTION demo.n(x float8) RETURNS text RETURN round(x::numeric, 1)::text;
CREATE FUNCTION demo.esc(t text) RETURNS text RETURN replace(replace(replace(t, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');
CREATE FUNCTION demo.title(k text) RETURNS text BEGIN ATOMIC SELECT demo.esc(value) FROM demo.title WHERE key = k; END;
CREATE FUNCTION demo.money(x numeric) RETURNS text RETURN to_char(x, 'FM999G999G999G999G990');
CREATE FUNCTION demo.tint(x float8) RETURNS text  -- -1 orange, 0 pale, 1 teal
    RETURN CASE WHEN x < 0 THEN format('rgb(%s,%s,%s)', 232 - (26 * -x)::int, 226 - (128 * -x)::int, 214 - (170 * -x)::int)
                ELSE format('rgb(%s,%s,%s)', 214 - (200 * x)::int, 226 - (112 * x)::int, 226 - (106 * x)::int) END;
CREATE FUNCTION demo.ramp() RETURNS text[] RETURN '{#dfeeea,#b4d8d0,#79b5b3,#378d92,#0c5560}'::text[];
CREATE FUNCTION demo.fact(big text, small text) RETURNS text
    RETURN format('<div class="fact"><b>%s</b><span>%s</span></div>', big, small);
-- Longitude and latitude, or metres, fitted into a frame; y grows downwards in SVG
CREATE FUNCTION demo.fitted(g geometry, box geometry, width float8, height float8, squeeze float8) RETURNS geometry
    RETURN (SELECT ST_Affine(g, squeeze * k, 0, 0, k, (width - squeeze * k * (ST_XMax(box) - ST_XMin(box))) / 2 - squeeze * k * ST_XMin(box),
                             -(height - k * (ST_YMax(box) - ST_YMin(box))) / 2 - k * ST_YMax(box))
            FROM (SELECT least(width / squeeze / (ST_XMax(box) - ST_XMin(box)), height / (ST_YMax(box) - ST_YMin(box))) AS k) s);

-- ---------------------------------------------------------------- figure 1: flow map and net gains
CREATE TABLE demo.place AS
WITH frame AS (
    SELECT coalesce((SELECT ST_Extent(ST_Intersection(shape, ST_Expand(e.box, 0.35)))::geometry FROM demo.outline), ST_Expand(e.box, 0.3)) AS box,
           cos(radians(ST_Y(ST_Centroid(e.box)))) AS squeeze
    FROM (SELECT ST_Extent(ST_Point(lon, lat))::geometry AS box FROM demo.zone) e)
SELECT z.*, ST_X(p) AS px, -ST_Y(p) AS py, box, squeeze,
       1000 * net / nullif(population, 0) AS rate, (4 + 16 * sqrt(population / max(population::float8) OVER ())) * least(1, sqrt(20.0 / count(*) OVER ())) AS radius
FROM demo.zone_result z, frame, LATERAL demo.fitted(ST_Point(lon, lat), box, 500, 600, squeeze) p;

CREATE TABLE demo.figure (name text PRIMARY KEY, svg text);
INSERT INTO demo.figure
WITH arc AS (
    SELECT a.px AS x1, a.py AS y1, b.px AS x2, b.py AS y2, abs(l.net) AS moved, l.flow_ab + l.flow_ba AS volume,
           row_number() OVER (ORDER BY l.flow_ab + l.flow_ba DESC) AS by_volume, row_number() OVER (ORDER BY abs(l.net) DESC) AS by_net
    FROM demo.link_result l
    JOIN demo.place a ON a.zone = CASE WHEN l.net >= 0 THEN l.zone_a ELSE l.zone_b END
    JOIN demo.place b ON b.zone = CASE WHEN l.net >= 0 THEN l.zone_b ELSE l.zone_a END)
SELECT 'flow_map', '<svg viewBox="-40 0 540 600" role="img"><defs><marker id="head" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="3.2" markerHeight="3.2" orient="auto"><path d="M0 0L6 3L0 6z" fill="#b5482a"/></marker></defs>'
    || coalesce((SELECT '<path class="land" d="' || ST_AsSVG(demo.fitted(ST_Simplify(shape, 0.004), box, 500, 600, squeeze), 0, 1) || '"/>'
                 FROM demo.outline, (SELECT box, squeeze FROM demo.place LIMIT 1) f), '')
    || (SELECT coalesce(string_agg(format('<path class="link" d="M%s %sQ%s %s %s %s" stroke-width="%s"/>', demo.n(x1), demo.n(y1),
               demo.n((x1 + x2) / 2 + (y2 - y1) * 0.18), demo.n((y1 + y2) / 2 - (x2 - x1) * 0.18), demo.n(x2), demo.n(y2),
               demo.n(0.8 + 11 * sqrt(volume / (SELECT max(volume) FROM arc)))), '' ORDER BY volume DESC), '') FROM arc WHERE by_volume <= 30)
    || (SELECT coalesce(string_agg(format('<path class="net" d="M%s %sQ%s %s %s %s" stroke-width="%s" marker-end="url(#head)"/>', demo.n(x1), demo.n(y1),
               demo.n((x1 + x2) / 2 + (y2 - y1) * 0.18), demo.n((y1 + y2) / 2 - (x2 - x1) * 0.18), demo.n(x2), demo.n(y2),
               demo.n(0.9 + 2.6 * sqrt(moved / (SELECT nullif(max(moved), 0) FROM arc)))), '' ORDER BY moved DESC), '') FROM arc WHERE by_net <= 12 AND moved > 0)
    || (SELECT string_agg(format('<circle cx="%s" cy="%s" r="%s" fill="%s" class="zone"><title>%s: net %s</title></circle>', demo.n(px), demo.n(py), demo.n(radius),
               demo.tint(greatest(-1, least(1, rate / (SELECT nullif(percentile_cont(0.8) WITHIN GROUP (ORDER BY abs(rate)), 0) FROM demo.place)))),
               demo.esc(zone), round(net::numeric)), '' ORDER BY radius DESC) FROM demo.place)
    || (SELECT string_agg(format('<text x="%s" y="%s" class="name" text-anchor="%s">%s</text>',
               demo.n(px + CASE side WHEN 'east' THEN radius + 3 WHEN 'west' THEN -radius - 3 ELSE 0 END), demo.n(py + CASE side WHEN 'above' THEN -radius - 4 ELSE 3.5 END),
               CASE side WHEN 'east' THEN 'start' WHEN 'west' THEN 'end' ELSE 'middle' END, demo.esc(zone)), '')
        FROM (SELECT p.*, CASE WHEN p.px + wide < 490 AND NOT EXISTS (SELECT 1 FROM demo.place q WHERE q.zone <> p.zone AND abs(q.py - p.py) < 16 AND q.px BETWEEN p.px AND p.px + wide) THEN 'east'
                               WHEN p.px - wide > 0 AND NOT EXISTS (SELECT 1 FROM demo.place q WHERE q.zone <> p.zone AND abs(q.py - p.py) < 16 AND q.px BETWEEN p.px - wide AND p.px) THEN 'west'
                               ELSE 'above' END AS side
              FROM demo.place p, LATERAL (SELECT 6.6 * length(zone) + radius AS wide) w) l)
    || '</svg>';

INSERT INTO demo.figure
SELECT 'net_bars', format('<svg viewBox="-20 0 440 %s" role="img">', 24 * count(*) + 34)
    || '<text x="270" y="14" class="axis" text-anchor="middle">net migration per 1,000 inhabitants</text>'
    || string_agg(format('<text x="122" y="%s" class="label" text-anchor="end">%s</text><rect x="%s" y="%s" width="%s" height="15" fill="%s"/><text x="%s" y="%s" class="value" text-anchor="%s">%s</text>',
           24 * i + 13, demo.esc(zone), demo.n(270 + least(0, w)), 24 * i + 1, demo.n(greatest(abs(w), 0.5)), CASE WHEN rate < 0 THEN '#c8672f' ELSE '#0e7278' END,
           demo.n(270 + w + CASE WHEN w < 0 THEN -4 ELSE 4 END), 24 * i + 13, CASE WHEN w < 0 THEN 'end' ELSE 'start' END, to_char(rate, 'FMSG990.0')), '' ORDER BY i)
    || format('<path d="M270 20V%s" class="rule"/></svg>', 24 * count(*) + 28)
FROM (SELECT zone, rate, row_number() OVER (ORDER BY rate DESC, zone) AS i, 105 * rate / nullif(max(abs(rate)) OVER (), 0) AS w
      FROM (SELECT *, row_number() OVER (ORDER BY rate DESC, zone) AS top, row_number() OVER (ORDER BY rate, zone DESC) AS bottom
            FROM demo.place WHERE rate IS NOT NULL) p
      WHERE top <= 11 OR bottom <= 11) b;

-- ---------------------------------------------------------------- figure 2: flats, levy, price by distance
INSERT INTO demo.figure
WITH frame AS (SELECT coalesce((SELECT ST_Extent(shape) FROM demo.district)::geometry, (SELECT ST_Extent(ST_Point(x, y)) FROM demo.parcel)::geometry) AS box),
dot AS (
    SELECT ST_X(p) AS px, -ST_Y(p) AS py, l.levy, d.parcel, l.levy / nullif(max(l.levy) OVER (), 0) AS strength
    FROM demo.parcel d LEFT JOIN demo.levy l USING (parcel), frame, LATERAL demo.fitted(ST_Point(d.x, d.y), box, 500, 560, 1) p)
SELECT 'levy_map', '<svg viewBox="0 0 500 560" role="img">'
    || coalesce((SELECT string_agg('<path class="district" d="' || ST_AsSVG(demo.fitted(shape, box, 500, 560, 1), 0, 1) || '"/>', '') FROM demo.district, frame), '')
    || (SELECT coalesce(string_agg(format('<circle cx="%s" cy="%s" r="1.8" class="far"/>', demo.n(px), demo.n(py)), ''), '') FROM dot WHERE levy IS NULL)
    || (SELECT coalesce(string_agg(format('<circle cx="%s" cy="%s" r="%s" fill="#0e7278" fill-opacity="0.72" class="flat"><title>flat %s: %s</title></circle>',
               demo.n(px), demo.n(py), demo.n(1.6 + 9 * sqrt(strength)), demo.esc(parcel), levy), '' ORDER BY strength DESC), '') FROM dot WHERE levy IS NOT NULL)
    || '</svg>';

INSERT INTO demo.figure
WITH ring AS (
    SELECT least(floor(distance / 250), 8)::int AS i, percentile_cont(0.5) WITHIN GROUP (ORDER BY price::float8 / size) AS median, count(*) AS n
    FROM demo.parcel WHERE size > 0 AND distance IS NOT NULL GROUP BY 1 HAVING count(*) >= 10)
SELECT 'price_bars', format('<svg viewBox="0 0 420 300" role="img"><text x="0" y="14" class="axis">median price per m² by distance to the station, %s</text>', demo.title('currency'))
    || string_agg(format('<rect x="%s" y="%s" width="38" height="%s" fill="%s"/><text x="%s" y="%s" class="value" text-anchor="middle">%s</text><text x="%s" y="280" class="label" text-anchor="middle">%s</text><text x="%s" y="295" class="value" text-anchor="middle">n %s</text>',
           6 + 45 * i, demo.n(262 - h), demo.n(h), CASE WHEN 250 * (i + 1) <= (SELECT value::float8 FROM demo.title WHERE key = 'near_distance') THEN '#0e7278' ELSE '#b9c4c6' END,
           25 + 45 * i, demo.n(256 - h), round(median::numeric), 25 + 45 * i, CASE WHEN i = 8 THEN '2 km +' ELSE (250 * i)::text END, 25 + 45 * i, n), '')
    || '</svg>'
FROM (SELECT *, 215 * median / max(median) OVER () AS h FROM ring) r;

-- ---------------------------------------------------------------- figure 3: before and after
INSERT INTO demo.figure
SELECT 'share_bars', format('<svg viewBox="0 0 920 %s" role="img"><text x="110" y="14" class="axis">%s per head, as published and with the floor</text>', 44 * count(*) + 30, demo.title('shares_currency'))
    || string_agg(format('<text x="100" y="%s" class="label" text-anchor="end">%s</text><rect x="110" y="%s" width="%s" height="14" fill="#b9c4c6"/><rect x="110" y="%s" width="%s" height="14" fill="%s"/>'
           || '<text x="%s" y="%s" class="value">%s</text><text x="%s" y="%s" class="value">%s (%s)</text>',
           44 * i - 2, demo.esc(territory), 44 * i - 20, demo.n(wa), 44 * i - 5, demo.n(wb), CASE status WHEN 'floor' THEN '#0e7278' ELSE '#c8672f' END,
           demo.n(116 + wa), 44 * i - 9, demo.money(a), demo.n(116 + wb), 44 * i + 7, demo.money(b), to_char(b - a, 'FMSG999G990')), '' ORDER BY i) || '</svg>'
FROM (SELECT territory, a.per_head AS a, b.per_head AS b, b.status::text AS status, row_number() OVER (ORDER BY relativity, territory) AS i,
             640 * a.per_head / max(greatest(a.per_head, b.per_head)) OVER () AS wa, 640 * b.per_head / max(greatest(a.per_head, b.per_head)) OVER () AS wb
      FROM demo.share_result a JOIN demo.share_result b USING (territory, relativity)
      WHERE a.scenario = 'as published' AND b.scenario <> 'as published') s;

-- ---------------------------------------------------------------- figure 4: first and last period of the atlas, in the same five classes
INSERT INTO demo.figure
WITH one AS (SELECT o.unit, u.name, o.period, o.value, ST_Simplify(u.geom, 0.03, true) AS geom FROM terrbal.observation_latest o JOIN terrbal.unit u ON u.code = o.unit
             WHERE o.code = (SELECT min(indicator) || '_relative' FROM demo.atlas_indicator) AND o.value IS NOT NULL),
frame AS (SELECT ST_Extent(geom)::geometry AS box, cos(radians(ST_Y(ST_Centroid(ST_Extent(geom)::geometry)))) AS squeeze FROM one),
limits AS (SELECT percentile_cont(ARRAY[0.2, 0.4, 0.6, 0.8]) WITHIN GROUP (ORDER BY value) AS cut FROM one)
SELECT 'atlas_maps', '<div class="twin">' || string_agg(map, '' ORDER BY period) || '</div><p class="key">percent of the mean of all places'
    || (SELECT string_agg(format('<i style="background:%s"></i>%s', (demo.ramp())[n], CASE n WHEN 1 THEN 'below ' || round(cut[1]::numeric) WHEN 5 THEN round(cut[4]::numeric) || ' and above'
                                 ELSE round(cut[n - 1]::numeric) || ' to ' || round(cut[n]::numeric) END), '' ORDER BY n) FROM limits, generate_series(1, 5) n) || '</p>'
FROM (SELECT period, format('<figure><figcaption>%s</figcaption><svg viewBox="0 0 500 330" role="img" aria-label="%s">', to_char(period, 'YYYY'), to_char(period, 'YYYY'))
          || string_agg(format('<path class="place" d="%s" fill="%s"><title>%s: %s</title></path>', ST_AsSVG(demo.fitted(geom, box, 500, 330, squeeze), 0, 1),
                               (demo.ramp())[width_bucket(value, cut) + 1], demo.esc(name), round(value::numeric)), '' ORDER BY unit) || '</svg></figure>' AS map
      FROM one, frame, limits
      WHERE period IN ((SELECT min(period) FROM one), (SELECT max(period) FROM one)) GROUP BY period) m;

-- ---------------------------------------------------------------- the page
SELECT '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>terrbal: territory in balance</title><style>
:root{color:#1d2b30;background:#fbfaf7;font:15px/1.5 "Source Sans 3","Segoe UI",Helvetica,Arial,sans-serif}
body{max-width:980px;margin:0 auto;padding:28px 30px 60px}
h1{font-size:34px;line-height:1.15;margin:0 0 6px;letter-spacing:-.4px}h2{font-size:24px;margin:0 0 2px}
.lead{font-size:18px;color:#4d5f64;max-width:720px;margin:0 0 30px}
section{border-top:3px solid #1d2b30;padding:14px 0 34px;break-inside:avoid}
.act{font-size:13px;letter-spacing:.08em;text-transform:uppercase;color:#0e7278;margin:0 0 2px;font-weight:600}
.facts{display:grid;grid-template-columns:repeat(4,1fr);gap:10px 26px;margin:14px 0 18px}.fact b{display:block;font-size:25px;line-height:1.2;white-space:nowrap}.fact span{color:#4d5f64;font-size:13.5px;line-height:1.35;display:block}
.pair{display:grid;grid-template-columns:500px 1fr;gap:30px;align-items:center}svg{width:100%;height:auto;display:block}
.source{font-size:12.5px;color:#6b7a7e;margin:12px 0 0}.read{max-width:720px}
.land{fill:#ece8de;stroke:#cfc8b8;stroke-width:.7}.district{fill:#ece8de;stroke:#fff;stroke-width:1.5}
.link{fill:none;stroke:#8a9da1;stroke-opacity:.42;stroke-linecap:round}.net{fill:none;stroke:#b5482a;stroke-opacity:.85}
.zone{stroke:#1d2b30;stroke-width:.8}.far{fill:#a9a08c;fill-opacity:.6}.flat{stroke:#fff;stroke-width:.4}
text{font-size:12.5px;fill:#1d2b30}.name{paint-order:stroke;stroke:#fbfaf7;stroke-width:3px;stroke-linejoin:round;font-weight:600;font-size:11.5px}
.axis{fill:#4d5f64;font-size:13px}.value{fill:#4d5f64;font-size:11.5px}.rule{stroke:#1d2b30;stroke-width:1}
.twin{display:grid;grid-template-columns:1fr 1fr;gap:30px}figure{margin:12px 0 0}figcaption{font-size:18px;font-weight:600}.place{stroke:#fff;stroke-width:.8}
.key i{display:inline-block;width:12px;height:12px;border-radius:6px;vertical-align:-1px;margin:0 5px 0 14px}.key{font-size:13px;color:#4d5f64;margin:6px 0}
@media print{body{padding:0;font-size:12px}section{break-inside:avoid}}@media(max-width:820px){.pair,.twin{grid-template-columns:1fr}.facts{grid-template-columns:1fr 1fr}}
</style></head><body><h1>City and country, in one database</h1><p class="lead">Flows, land value and fair shares, computed by terrbal inside PostgreSQL and drawn by SQL. Every total below is the sum of its parts, to the last unit of money.</p>';

SELECT '<section><p class="act">1 · Flows</p><h2>' || demo.title('flows_title') || '</h2><div class="facts">'
    || demo.fact(demo.money(interzonal::numeric), 'moves between zones') || demo.fact(round(effectiveness::numeric, 1) || ' %', 'of them change the map; the rest cancel out')
    || demo.fact(demo.money(abs(rural_net)::numeric), CASE WHEN rural_net < 0 THEN 'net loss of the ' ELSE 'net gain of the ' END || demo.title('rural_name'))
    || demo.fact(round(openness::numeric, 2)::text, 'city-country exchange against independence (1 = as expected)')
    || '</div><div class="pair"><div>' || (SELECT svg FROM demo.figure WHERE name = 'flow_map')
    || '<p class="key"><i style="background:#0e7278"></i>gains<i style="background:#c8672f"></i>loses<i style="background:#8a9da1"></i>strongest links<i style="background:#b5482a"></i>largest net moves</p></div><div>'
    || (SELECT svg FROM demo.figure WHERE name = 'net_bars') || '</div></div><p class="source">Source: ' || demo.title('flows_source') || '.</p></section>'
FROM demo.system, demo.linkage_result;

SELECT '<section><p class="act">2 · Land value</p><h2>' || demo.title('land_title') || '</h2><div class="facts">'
    || demo.fact(coalesce(to_char(100 * effect, 'FMSG990.0') || ' %', 'no estimate'), format('price within %s m, all else equal (%s)', demo.title('near_distance'), coalesce(CASE WHEN p < 0.001 THEN 'p &lt; 0.001' ELSE 'p = ' || round(p::numeric, 3) END, 'too few parcels there')))
    || demo.fact(demo.money(coalesce(sum(uplift), 0)) || ' ' || demo.title('currency'), 'value that the public network gave these flats')
    || demo.fact(demo.money(coalesce(min(pool), 0)) || ' ' || demo.title('currency'), format('levy, %s %% of the uplift, shared over %s flats', 100 * (SELECT value::float8 FROM demo.title WHERE key = 'capture_rate'), count(levy)))
    || demo.fact(CASE WHEN sum(levy) = min(pool) THEN '0.00' ELSE coalesce((sum(levy) - min(pool))::text, 'none') END, 'difference between the levies and their pool')
    || '</div><div class="pair"><div>' || (SELECT svg FROM demo.figure WHERE name = 'levy_map')
    || '<p class="key"><i style="background:#0e7278"></i>levy of a flat, by area of the circle<i style="background:#a9a08c"></i>flat without levy</p></div><div>'
    || (SELECT svg FROM demo.figure WHERE name = 'price_bars') || '</div></div><p class="source">Source: ' || demo.title('land_source') || '.</p></section>'
FROM demo.uplift LEFT JOIN demo.levy ON true GROUP BY effect, p;

SELECT '<section><p class="act">3 · Equalisation</p><h2>' || demo.title('shares_title') || '</h2><div class="facts">'
    || demo.fact(demo.money(min(pool)), format('%s in the pool, split to the last unit', demo.title('shares_currency')))
    || demo.fact(demo.n(max(abs(per_head - published)) FILTER (WHERE scenario = 'as published')::float8), 'largest difference from the published figure per head')
    || demo.fact((count(*) FILTER (WHERE status = 'floor'))::text, 'territories that a floor of 0.90 would lift, at the expense of the others')
    || demo.fact(demo.money(sum(per_head * population) FILTER (WHERE scenario = 'as published') - min(pool)), 'unit lost or invented')
    || '</div>' || (SELECT svg FROM demo.figure WHERE name = 'share_bars')
    || '<p class="key"><i style="background:#b9c4c6"></i>as published<i style="background:#0e7278"></i>at the floor<i style="background:#c8672f"></i>pays for it</p><p class="source">Source: '
    || demo.title('shares_source') || '.</p></section>'
FROM demo.share_result;

SELECT '<section><p class="act">4 · Atlas</p><h2>' || demo.title('atlas_title') || '</h2><p class="read">' || count(DISTINCT code) || ' indicators of ' || count(DISTINCT unit)
    || ' places, from ' || min(extract(year FROM period)) || ' to ' || max(extract(year FROM period)) || ': <a href="' || demo.title('atlas_file') || '">' || demo.title('atlas_file')
    || '</a> has the map with a slider, the ranking, curves and lights, in five languages.</p>' || coalesce((SELECT svg FROM demo.figure WHERE name = 'atlas_maps'), '') || '<p class="source">Source: ' || demo.title('atlas_source') || '.</p></section>'
FROM terrbal.observation_latest WHERE demo.title('atlas_file') IS NOT NULL HAVING count(*) > 0;

SELECT '<p class="source">Made by <b>make demo</b> with terrbal ' || terrbal.version() || '.</p></body></html>';
