-- atlas: one self-contained page from what is published
-- The map is drawn on a grid: a vertex that two neighbours share snaps to the same point, so no gap opens between them, and the number of steps bounds the size.
CREATE FUNCTION atlas_shape(units integer[], detail integer DEFAULT 2000)
    RETURNS TABLE (unit_id integer, x integer, y integer, width integer, height integer, path text)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH place AS MATERIALIZED (
        SELECT u.id, u.geom, ST_Centroid(u.geom) AS centre FROM unit u WHERE u.id = ANY (units) AND NOT ST_IsEmpty(u.geom)),
    middle AS (
        -- the mean direction, so that a country on both sides of the date line stays in one piece
        SELECT format('+proj=laea +lat_0=%s +lon_0=%s +datum=WGS84 +units=m', round(avg(ST_Y(centre))::numeric, 4),
            round(degrees(atan2(avg(sind(ST_X(centre))), avg(cosd(ST_X(centre)))))::numeric, 4)) AS projection FROM place),
    -- the function under ST_Transform, which itself finds its tables only where PostGIS is on the path; once for all, because each call sets the projection up anew
    flat AS MATERIALIZED (
        SELECT i.ids[(d.part).path[1]] AS id, ST_Collect((d.part).geom) AS geom
        FROM (SELECT array_agg(p.id ORDER BY p.id) AS ids, ST_Collect(p.geom ORDER BY p.id) AS together FROM place p) i, middle m,
            LATERAL (SELECT ST_Dump(postgis_transform_geometry(i.together, '+proj=longlat +datum=WGS84 +no_defs', m.projection, 0)) AS part) d
        GROUP BY 1),
    frame AS (
        SELECT ST_XMin(e.box) AS west, ST_YMax(e.box) AS north, detail / nullif(greatest(ST_XMax(e.box) - ST_XMin(e.box), ST_YMax(e.box) - ST_YMin(e.box)), 0) AS k,
            ST_XMax(e.box) - ST_XMin(e.box) AS wide, ST_YMax(e.box) - ST_YMin(e.box) AS high FROM (SELECT ST_Extent(geom) AS box FROM flat) e),
    drawn AS (
        SELECT p.id, p.geom, f.wide * f.k AS wide, f.high * f.k AS high, ST_Affine(p.geom, f.k, 0, 0, f.k, -f.west * f.k, -f.north * f.k) AS large FROM flat p, frame f),
    snapped AS (SELECT d.*, ST_PointOnSurface(ST_MakeValid(large)) AS centre, ST_Simplify(ST_SnapToGrid(large, 1), 0) AS small FROM drawn d)
    SELECT s.id, round(ST_X(s.centre))::integer, round(-ST_Y(s.centre))::integer, ceil(s.wide)::integer, ceil(s.high)::integer,
        -- a unit smaller than a step of the grid is still there
        CASE WHEN s.small IS NULL OR ST_IsEmpty(s.small) THEN format('M%s %sh1v1h-1z', floor(ST_X(s.centre)), floor(-ST_Y(s.centre)))
             ELSE replace(replace(replace(replace(ST_AsSVG(s.small, 1, 0), 'M ', 'M'), ' l ', 'l'), ' z', 'z'), ' -', '-') END
    FROM snapped s;
END;
COMMENT ON FUNCTION atlas_shape(integer[], integer) IS 'Units drawn for a page: equal-area projection about their middle, on a grid of so many steps, as SVG paths with a point inside; neighbours keep their common border';

CREATE FUNCTION atlas_series(codes text[], level text, units integer[]) RETURNS TABLE (place bigint, series json)
LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH wanted AS (
        SELECT w.place, i.* FROM unnest(codes) WITH ORDINALITY w (code, place) JOIN indicator i ON i.code = w.code),
    asked AS MATERIALIZED (SELECT a.id, a.n, u.code FROM unnest(units) WITH ORDINALITY a (id, n) JOIN unit u ON u.id = a.id),
    seen AS MATERIALIZED (
        SELECT w.place, o.breakdown, a.n, o.period, o.value, o.status
        FROM wanted w JOIN observation o ON o.indicator_id = w.id AND o.counterpart_id = 0 JOIN asked a ON a.id = o.unit_id),
    period AS MATERIALIZED (
        SELECT s.place, s.breakdown, s.period, row_number() OVER (PARTITION BY s.place, s.breakdown ORDER BY s.period) - 1 AS p FROM (SELECT DISTINCT place, breakdown, period FROM seen) s),
    line AS (
        SELECT p.place, p.breakdown, p.p, p.period,
            '[' || string_agg(coalesce((to_char(s.value, '9.99999EEEE'))::float8::text, 'null'), ',' ORDER BY u.n) || ']' AS numbers
        FROM period p CROSS JOIN asked u LEFT JOIN seen s ON s.place = p.place AND s.breakdown = p.breakdown AND s.period = p.period AND s.n = u.n
        GROUP BY p.place, p.breakdown, p.p, p.period),
    reason AS (
        SELECT s.place, s.breakdown, json_object_agg(p.p || ',' || (s.n - 1), s.status ORDER BY p.p, s.n) AS reasons
        FROM seen s JOIN period p USING (place, breakdown, period) WHERE s.status <> 'ok' GROUP BY s.place, s.breakdown),
    -- the path of a plan as the signal has it: a unit's own target first, its own last value where the plan has no baseline
    path AS MATERIALIZED (
        SELECT k.place, k.breakdown, t.id, a.n, array_agg(d.day ORDER BY d.day) AS days, json_agg(to_char(v.value, '9.99999EEEE')::float8 ORDER BY d.day) AS numbers
        FROM (SELECT p.place, p.breakdown, array_agg(p.period) AS periods FROM period p GROUP BY p.place, p.breakdown) k JOIN wanted w ON w.place = k.place CROSS JOIN asked a
        JOIN LATERAL (SELECT t.* FROM target t WHERE t.indicator = w.code AND t.unit IN (a.code, '') AND t.breakdown = k.breakdown ORDER BY t.unit DESC LIMIT 1) t ON true
        JOIN LATERAL (SELECT coalesce(t.baseline, (SELECT o.value FROM observation o WHERE o.indicator_id = w.id AND o.unit_id = a.id AND o.counterpart_id = 0
                AND o.breakdown = k.breakdown AND o.period <= t.baseline_date AND o.value IS NOT NULL ORDER BY o.period DESC LIMIT 1)) AS value) b ON b.value IS NOT NULL
        CROSS JOIN LATERAL (SELECT CASE t.shape WHEN 'linear' THEN 1 WHEN 'steps' THEN t.steps ELSE 8 END AS parts) m
        -- ends, corners of the steps, points of a curve, and each period on the way, where the page compares
        CROSS JOIN LATERAL (SELECT t.baseline_date + ceil((t.date - t.baseline_date)::numeric * g / m.parts)::integer - before AS day
            FROM generate_series(0, m.parts) g, generate_series(0, CASE WHEN t.shape = 'steps' AND g > 0 THEN 1 ELSE 0 END) before
            UNION SELECT x.day FROM unnest(k.periods) x (day) WHERE x.day > t.baseline_date AND x.day < t.date) d
        CROSS JOIN LATERAL (SELECT plan_value(t.shape, b.value, t.baseline_date, t.value, t.date, d.day, t.steps) AS value) v
        GROUP BY k.place, k.breakdown, t.id, a.n HAVING bool_and(v.value IS NOT NULL)),
    plan AS (
        SELECT x.place, x.breakdown, json_agg(json_build_object('days', x.days, 'units', x.units) ORDER BY x.id) AS plans
        FROM (SELECT p.place, p.breakdown, p.id, p.days, json_object_agg(p.n - 1, p.numbers ORDER BY p.n) AS units FROM path p GROUP BY p.place, p.breakdown, p.id, p.days) x GROUP BY x.place, x.breakdown)
    SELECT row_number() OVER (ORDER BY w.place, l.breakdown), json_build_object('code', w.code, 'title', w.title, 'measure', w.unit_measure, 'direction', w.direction,
        'definition', w.definition, 'note', w.note, 'breakdown', nullif(l.breakdown, ''),
        'label', (SELECT string_agg(coalesce(m.label, split_part(x.part, '=', 2)), ', ' ORDER BY x.n) FROM string_to_table(nullif(l.breakdown, ''), ';') WITH ORDINALITY x (part, n)
            LEFT JOIN dimension_member m ON m.dimension = split_part(x.part, '=', 1) AND m.member = split_part(x.part, '=', 2)),
        'amber', t.amber, 'red', t.red, 'periods', json_agg(coalesce(sdmx_period(l.period, w.frequency), l.period::text) ORDER BY l.p), 'starts', json_agg(l.period ORDER BY l.p),
        'values', json_agg(l.numbers::json ORDER BY l.p),
        'reasons', coalesce((SELECT r.reasons FROM reason r WHERE r.place = w.place AND r.breakdown = l.breakdown), '{}'),
        'plans', coalesce((SELECT p.plans FROM plan p WHERE p.place = w.place AND p.breakdown = l.breakdown), '[]'))
    FROM wanted w
    JOIN line l ON l.place = w.place
    LEFT JOIN threshold t ON t.indicator = w.code AND t.level = coalesce(atlas_series.level, w.level) AND t.breakdown = l.breakdown
    GROUP BY w.place, l.breakdown, w.code, w.title, w.unit_measure, w.direction, w.definition, w.note, w.frequency, t.amber, t.red;
END;
COMMENT ON FUNCTION atlas_series(text[], text, integer[]) IS 'Published values of indicators and their breakdowns as the page of an atlas reads them: a line a period, a number a unit in the order of units, six significant digits; paths of plans';

CREATE FUNCTION atlas_words() RETURNS json LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $json${
"en": {"name": "English", "language": "Language", "indicator": "Indicator", "breakdown": "Breakdown", "total": "Total", "find": "Find a place", "period": "Period", "play": "Play through the periods", "pause": "Pause", "map": "Map. Arrow keys go from place to place, plus and minus zoom", "zoomin": "Zoom in", "zoomout": "Zoom out", "whole": "Whole map", "nodata": "No figure", "places": "places: {0}", "chosen": "Chosen place", "ranking": "Ranking", "rank": "Rank", "of": "of {0}", "since": "Since {0}", "green": "green", "amber": "amber", "red": "red", "median": "median of all places", "quartiles": "middle half of all places", "target": "Target", "path": "path of the plan", "distance": "distance", "table": "Figures", "sources": "Definitions, sources and licences", "made": "Published figures as of {0}. They are shown and downloaded with six significant digits.", "save": "Download as CSV", "print": "Print", "status_missing": "no figure", "status_not computable": "not computable", "status_suppressed": "suppressed", "status_provisional": "provisional"},
"es": {"name": "Español", "language": "Idioma", "indicator": "Indicador", "breakdown": "Desglose", "total": "Total", "find": "Buscar un territorio", "period": "Periodo", "play": "Recorrer los periodos", "pause": "Pausa", "map": "Mapa. Las flechas llevan de un territorio a otro; más y menos acercan y alejan", "zoomin": "Acercar", "zoomout": "Alejar", "whole": "Mapa completo", "nodata": "Sin dato", "places": "territorios: {0}", "chosen": "Territorio elegido", "ranking": "Clasificación", "rank": "Puesto", "of": "de {0}", "since": "Desde {0}", "green": "verde", "amber": "ámbar", "red": "rojo", "median": "mediana de todos", "quartiles": "mitad central de todos", "target": "Meta", "path": "senda del plan", "distance": "distancia", "table": "Cifras", "sources": "Definiciones, fuentes y licencias", "made": "Cifras publicadas a {0}. Se muestran y descargan con seis cifras significativas.", "save": "Descargar en CSV", "print": "Imprimir", "status_missing": "sin dato", "status_not computable": "no calculable", "status_suppressed": "secreto estadístico", "status_provisional": "provisional"},
"fr": {"name": "Français", "language": "Langue", "indicator": "Indicateur", "breakdown": "Ventilation", "total": "Ensemble", "find": "Chercher un territoire", "period": "Période", "play": "Parcourir les périodes", "pause": "Pause", "map": "Carte. Les flèches mènent d’un territoire à l’autre, plus et moins changent l’échelle", "zoomin": "Agrandir", "zoomout": "Réduire", "whole": "Carte entière", "nodata": "Pas de donnée", "places": "territoires : {0}", "chosen": "Territoire choisi", "ranking": "Classement", "rank": "Rang", "of": "sur {0}", "since": "Depuis {0}", "green": "vert", "amber": "orange", "red": "rouge", "median": "médiane de l’ensemble", "quartiles": "moitié centrale de l’ensemble", "target": "Cible", "path": "trajectoire du plan", "distance": "écart", "table": "Chiffres", "sources": "Définitions, sources et licences", "made": "Chiffres publiés au {0}. Affichés et téléchargés avec six chiffres significatifs.", "save": "Télécharger en CSV", "print": "Imprimer", "status_missing": "pas de donnée", "status_not computable": "non calculable", "status_suppressed": "secret statistique", "status_provisional": "provisoire"},
"pt": {"name": "Português", "language": "Idioma", "indicator": "Indicador", "breakdown": "Desagregação", "total": "Total", "find": "Procurar um território", "period": "Período", "play": "Percorrer os períodos", "pause": "Pausa", "map": "Mapa. As setas levam de um território a outro; mais e menos aproximam e afastam", "zoomin": "Aproximar", "zoomout": "Afastar", "whole": "Mapa inteiro", "nodata": "Sem dado", "places": "territórios: {0}", "chosen": "Território escolhido", "ranking": "Classificação", "rank": "Posição", "of": "de {0}", "since": "Desde {0}", "green": "verde", "amber": "amarelo", "red": "vermelho", "median": "mediana de todos", "quartiles": "metade central de todos", "target": "Meta", "path": "trajetória do plano", "distance": "distância", "table": "Valores", "sources": "Definições, fontes e licenças", "made": "Valores publicados em {0}. Mostrados e descarregados com seis algarismos significativos.", "save": "Descarregar em CSV", "print": "Imprimir", "status_missing": "sem dado", "status_not computable": "não calculável", "status_suppressed": "segredo estatístico", "status_provisional": "provisório"},
"zh": {"name": "中文", "language": "语言", "indicator": "指标", "breakdown": "分组", "total": "合计", "find": "查找地区", "period": "时期", "play": "按时期播放", "pause": "暂停", "map": "地图。方向键在地区之间移动，加号和减号缩放", "zoomin": "放大", "zoomout": "缩小", "whole": "全图", "nodata": "无数据", "places": "{0} 个地区", "chosen": "所选地区", "ranking": "排名", "rank": "第", "of": "名，共 {0} 个", "since": "自 {0}", "green": "绿灯", "amber": "黄灯", "red": "红灯", "median": "所有地区的中位数", "quartiles": "所有地区的中间一半", "target": "目标", "path": "规划路径", "distance": "差距", "table": "数据", "sources": "定义、来源和许可", "made": "截至{0}公布的数据，显示和下载均保留六位有效数字。", "save": "下载 CSV", "print": "打印", "status_missing": "无数据", "status_not computable": "无法计算", "status_suppressed": "保密", "status_provisional": "初步数据"}
}$json$::json;
COMMENT ON FUNCTION atlas_words() IS 'Labels of an atlas in English, Spanish, French, Portuguese and Chinese';

CREATE FUNCTION atlas_style() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $css$:root{--ink:#1d2a2e;--soft:#5d6b6f;--line:#d7dedc;--paper:#fff;--wash:#f4f7f6;--accent:#0b5d67;color-scheme:light}*{box-sizing:border-box}[hidden]{display:none!important}
body{margin:0;background:var(--wash);color:var(--ink);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans","Noto Sans CJK SC",sans-serif}
h1{font:600 1.75rem/1.15 Georgia,"Noto Serif","DejaVu Serif",serif;margin:0}h2{font-size:.78rem;letter-spacing:.04em;text-transform:uppercase;color:var(--soft);margin:0 0 .5rem;font-weight:600}
header,main,footer{max-width:1320px;margin:0 auto;padding:0 1.4rem}header{padding-top:1.3rem;display:flex;gap:1rem;justify-content:space-between;align-items:flex-start;flex-wrap:wrap}header p{margin:.3rem 0 0;color:var(--soft)}
label{display:block;font-size:.78rem;color:var(--soft)}select,input[type=text],button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid #b9c5c3;border-radius:6px;padding:.38rem .6rem;max-width:100%}
button{cursor:pointer}button:hover{border-color:var(--accent)}:focus-visible{outline:3px solid #e0a022;outline-offset:2px}
#controls{max-width:1320px;margin:1rem auto 0;padding:0 1.4rem;display:flex;gap:1rem 1.2rem;flex-wrap:wrap;align-items:flex-end}#controls .wide{flex:1 1 20rem}
#controls select{display:block;width:100%;margin-top:.15rem}#controls input[type=text]{display:block;width:15rem;margin-top:.15rem}#time{display:flex;gap:.7rem;align-items:center;margin-top:.15rem}
#time input{flex:1;min-width:8rem;accent-color:var(--accent);height:2.1rem;margin:0}#when{font:600 1.35rem/1 Georgia,"Noto Serif","DejaVu Serif",serif;min-width:5.2rem;text-align:right;font-variant-numeric:tabular-nums}
main{display:grid;grid-template-columns:minmax(0,1.75fr) minmax(20rem,1fr);gap:1.1rem;margin-top:1rem;align-items:stretch;height:max(43rem,calc(100vh - 12.5rem))}
.box{background:var(--paper);border:1px solid var(--line);border-radius:10px;padding:1rem 1.1rem}#map{position:relative;display:flex;flex-direction:column;margin:0}
#frame{flex:1;min-height:20rem;border-radius:6px;position:relative;touch-action:pan-y}#frame svg{position:absolute;inset:0;width:100%;height:100%;display:block;overflow:hidden}
#frame .land path{stroke:#fff;vector-effect:non-scaling-stroke;cursor:pointer}#chosen,#under{fill:none;vector-effect:non-scaling-stroke;pointer-events:none;stroke-linejoin:round}
#chosen{stroke:#111;stroke-width:2.4}#under{stroke:#111;stroke-width:1.3}#zoom{position:absolute;right:1rem;top:1rem;display:flex;flex-direction:column;gap:.3rem}
#zoom button{width:2.1rem;height:2.1rem;padding:0;font-size:1.1rem;line-height:1}
#tip{position:absolute;pointer-events:none;background:rgba(20,30,33,.94);color:#fff;border-radius:6px;padding:.4rem .6rem;font-size:.86rem;max-width:17rem;z-index:3}#tip b{display:block}
#legend{display:flex;flex-wrap:wrap;gap:.2rem .15rem;margin:.8rem 0 0;padding:0;list-style:none;font-size:.8rem;font-variant-numeric:tabular-nums}
#legend li{min-width:5.4rem;flex:1}#legend svg{display:block;width:100%;height:12px;margin-bottom:.2rem}#legend small{color:var(--soft);display:block;font-size:.92em}
aside{display:flex;flex-direction:column;gap:1.1rem;min-width:0;min-height:0}aside .list{flex:1;display:flex;flex-direction:column;min-height:11rem}#card{overflow-y:auto;flex:none;max-height:75%}
#name{font:600 1.3rem/1.2 Georgia,"Noto Serif","DejaVu Serif",serif;margin:0}#value{font-size:1.9rem;font-weight:600;line-height:1.15;font-variant-numeric:tabular-nums;margin:.25rem 0 0}
#value small{font-size:.85rem;color:var(--soft);font-weight:400}#facts{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.3rem 0 .5rem;padding:0;list-style:none;color:var(--soft);font-size:.9rem}#facts b{color:var(--ink)}
.light{font-weight:600}.red{color:#a3261b}.amber{color:#8a5a00}.green{color:#1d6b45}#line{width:100%;height:auto;display:block}#line text{font-size:11px;fill:var(--soft);paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round}
.key{display:flex;flex-wrap:wrap;gap:.1rem 1rem;font-size:.78rem;color:var(--soft);margin:.3rem 0 0}.key svg{width:22px;height:10px;margin-right:.3rem;vertical-align:middle}
details{margin-top:.5rem;font-size:.86rem}summary{cursor:pointer;color:var(--accent)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}td,th{text-align:left;padding:.15rem .4rem;border-bottom:1px solid var(--line);font-weight:400}td:last-child,th:last-child{text-align:right}
#rank{position:relative;overflow-y:auto;flex:1;min-height:0;border:1px solid var(--line);border-radius:6px}#rank>div{position:relative}
.row{position:absolute;left:0;right:0;height:26px;display:grid;grid-template-columns:3rem minmax(0,1fr) 6.2rem;gap:.5rem;align-items:center;padding:0 .6rem;cursor:pointer;font-size:.88rem;font-variant-numeric:tabular-nums}
.row:hover{background:#eef4f3}.row[aria-selected=true]{background:#dcebe9;font-weight:600}
.row span:first-child{color:var(--soft);text-align:right}.row span:nth-child(2){white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.row span:nth-child(3){text-align:right}
.row i{position:absolute;left:0;bottom:0;height:2px;background:#7fb5b5;opacity:.8}
footer{margin-top:1.1rem;padding-bottom:2.2rem;font-size:.86rem}footer .box{display:grid;grid-template-columns:minmax(0,2fr) auto;gap:1rem 2rem}footer p{margin:.15rem 0;max-width:60rem;white-space:pre-line}
footer nav{display:flex;gap:.6rem;align-items:flex-start;flex-wrap:wrap}.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media screen and (max-width:900px){main{grid-template-columns:minmax(0,1fr);height:auto}#card{max-height:none}#rank{flex:none;height:19rem}#value small{display:block;line-height:1.4}#frame{min-height:24rem}footer .box{grid-template-columns:1fr}}
@media print{@page{size:A4 landscape;margin:10mm}body{background:#fff;font-size:10px}#controls,#zoom,#tip,footer nav,header label,details{display:none!important}h1{font-size:1.5rem}header,main,footer{max-width:none;padding:0}
main{grid-template-columns:1.5fr 1fr;margin-top:.4rem;gap:.6rem;height:140mm}.box{padding:.4rem .6rem;break-inside:avoid;border-radius:4px}#frame{min-height:0}#card{max-height:none;overflow:visible}#line{height:27mm}#rank{overflow:hidden;border:0}aside{gap:.6rem}
.row{height:17px;font-size:10px}footer{margin-top:.4rem;padding:0;font-size:8.5px}footer .box{display:block}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}$css$;
COMMENT ON FUNCTION atlas_style() IS 'Style sheet of an atlas';

CREATE FUNCTION atlas_script() RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN $js$(function () {
'use strict'; const D = JSON.parse(document.getElementById('data').textContent), N = D.units.length;
for (const s of D.series) { s.targets = {}; for (const p of s.plans) for (const u in p.units) s.targets[u] = p.units[u].map((v, i) => [p.days[i], v]); }
const $ = (id) => document.getElementById(id); const S = { s: 0, p: 0, u: -1, lang: D.lang }; // series, period, unit
let W = D.words[S.lang], timer = 0;
const SEQUENCE = ['#e4f0ec', '#b5d8d1', '#77b6b3', '#358d93', '#0b5563'], BELOW = ['#a3481f', '#d78d5d', '#f3d6bd'], ABOVE = ['#d3e8e4', '#7cb8b5', '#17717a'];
function el(name, attributes, ...children) {
  const e = ['svg', 'g', 'path', 'rect', 'line', 'circle', 'text', 'title', 'defs', 'pattern'].includes(name) ? document.createElementNS('http://www.w3.org/2000/svg', name) : document.createElement(name);
  for (const k in attributes || {}) e.setAttribute(k, attributes[k]);
  e.append(...children);
  return e;
}
const say = (key, ...args) => args.reduce((t, a, i) => t.replace('{' + i + '}', a), W[key] || key);
function number(v) {
  if (v === null || v === undefined) return '–';
  const a = Math.abs(v), digits = a >= 1000 || Number.isInteger(v) ? 0 : a >= 100 ? 1 : a >= 1 ? 2 : 0;
  const options = a >= 1e15 || a > 0 && a < 1e-4 ? { notation: 'scientific', maximumSignificantDigits: 3 }
    : a < 1 && a > 0 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: digits };
  return new Intl.NumberFormat(S.lang, options).format(v);
}
const series = () => D.series[S.s];
const value = (u, p = S.p) => { const row = series().values[p]; return row ? row[u] : null; };
const label = (u) => D.units[u][1] || D.units[u][0]; const reason = (u, p = S.p) => series().reasons[p + ',' + u];
const why = (u) => say('status_' + (reason(u) || 'missing')).replace(/^status_/, '');

// ---- classes: quantiles over all periods, so that a colour means the same in every year
function classes(s) {
  if (s.classes) return s.classes;
  const all = s.values.flat().filter((v) => v !== null).sort((a, b) => a - b), low = all[0], high = all[all.length - 1];
  const at = (list, q) => Number(list[Math.min(list.length - 1, Math.floor(q * list.length))].toPrecision(2));
  let breaks = [], colours = [];
  if (low < 0 && high > 0) {
    const neg = all.filter((v) => v < 0), pos = all.filter((v) => v >= 0);
    const b = [...new Set([at(neg, 1 / 3), at(neg, 2 / 3)])].filter((v) => v < 0 && v > low), a = [...new Set([at(pos, 1 / 3), at(pos, 2 / 3)])].filter((v) => v > 0 && v <= high);
    breaks = [...b, 0, ...a]; colours = [...BELOW.slice(2 - b.length), ...ABOVE.slice(0, a.length + 1)];
  } else if (all.length) {
    breaks = [...new Set([0.2, 0.4, 0.6, 0.8].map((q) => at(all, q)))].filter((v) => v > low && v <= high);
    colours = Array.from({ length: breaks.length + 1 }, (_, i) => SEQUENCE[breaks.length ? Math.round(4 * i / breaks.length) : 2]);
  }
  const hist = (p) => { const n = colours.map(() => 0); for (const v of s.values[p] || []) if (v !== null) n[place(v)]++; return n; };
  const place = (v) => { let i = 0; while (i < breaks.length && v >= breaks[i]) i++; return i; };
  return (s.classes = { breaks, colours, place, hist, low, high });
}
// the rule of terrbal.traffic_light
function light(u, p = S.p) {
  const s = series(), v = value(u, p), a = s.amber, r = s.red;
  if (v === null || v === undefined || a === null && r === null) return null;
  const has = a !== null && r !== null, high = has && r > a || (!has || r === a) && s.direction < 0;
  if (high) return r !== null && v >= r ? 'red' : a !== null && v >= a ? 'amber' : 'green';
  return r !== null && v <= r ? 'red' : a !== null && v <= a ? 'amber' : 'green';
}
const MARK = { red: '▼', amber: '◆', green: '●' };

// ---- ranking: best first where the indicator has a direction, highest first elsewhere
function ranking(p = S.p) {
  const s = series(); s.order = s.order || {};
  if (!s.order[p]) {
    const row = s.values[p] || [], sign = s.direction < 0 ? 1 : -1, list = [];
    for (let u = 0; u < N; u++) if (row[u] !== null && row[u] !== undefined) list.push(u);
    list.sort((x, y) => sign * (row[x] - row[y]) || (label(x) < label(y) ? -1 : 1)); const rank = new Map();
    list.forEach((u, i) => rank.set(u, i && row[list[i - 1]] === row[u] ? rank.get(list[i - 1]) : i + 1));
    s.order[p] = { list, rank, top: Math.max(...list.slice(0, 1).concat(list.slice(-1)).map((u) => Math.abs(row[u])), 0) };
  }
  return s.order[p];
}

// ---- map
const svg = el('svg', { 'aria-hidden': 'true', viewBox: '0 0 ' + D.box.join(' '), preserveAspectRatio: 'xMidYMid meet' });
svg.append(el('defs', {}, el('pattern', { id: 'none', width: 6, height: 6, patternUnits: 'userSpaceOnUse', patternTransform: 'rotate(45) scale(' + D.box[0] / 900 + ')' },
  el('rect', { width: 6, height: 6, fill: '#f1f1ee' }), el('line', { x1: 0, y1: 0, x2: 0, y2: 6, stroke: '#b6b9b4', 'stroke-width': 2.4 }))));
const land = el('g', { class: 'land', 'fill-rule': 'evenodd', 'stroke-width': N > 2000 ? 0.15 : N > 300 ? 0.35 : 0.7 });
const shapes = D.units.map((unit, u) => { if (!unit[4]) return null; const path = el('path', { d: unit[4] }); path.u = u; land.append(path); return path; });
const under = el('path', { id: 'under' }), chosen = el('path', { id: 'chosen' }); svg.append(land, under, chosen);
let view = [0, 0, ...D.box];
function look(x, y, w) {
  const h = w * D.box[1] / D.box[0];
  view = [Math.max(0, Math.min(D.box[0] - w, x)), Math.max(0, Math.min(D.box[1] - h, y)), w, h];
  svg.setAttribute('viewBox', view.join(' '));
}
function zoom(factor) {
  const at = S.u >= 0 && D.units[S.u][4] ? [D.units[S.u][2], D.units[S.u][3]] : [view[0] + view[2] / 2, view[1] + view[3] / 2];
  const w = factor ? Math.max(D.box[0] / 40, Math.min(D.box[0], view[2] * factor)) : D.box[0];
  look(at[0] - w / 2, at[1] - w * D.box[1] / D.box[0] / 2, w);
}
function paint() {
  const s = series(), c = classes(s), row = s.values[S.p] || [];
  for (let u = 0; u < N; u++) {
    const fill = row[u] === null || row[u] === undefined ? 'url(#none)' : c.colours[c.place(row[u])];
    if (shapes[u] && shapes[u].fill !== fill) { shapes[u].fill = fill; shapes[u].setAttribute('fill', fill); }
  }
}
function legend() {
  const s = series(), c = classes(s), counts = c.hist(S.p), b = c.breaks;
  const text = (i) => !b.length ? number(c.low) + (c.high > c.low ? ' … ' + number(c.high) : '') : i === 0 ? '< ' + number(b[0]) : i === b.length ? '≥ ' + number(b[i - 1]) : number(b[i - 1]) + ' … ' + number(b[i]);
  const item = (fill, words, n) => el('li', {}, el('svg', { viewBox: '0 0 100 12', preserveAspectRatio: 'none', 'aria-hidden': 'true' }, el('rect', { width: 100, height: 12, fill, stroke: '#9aa5a3', 'stroke-width': 0.5 })), words, el('small', {}, say('places', number(n))));
  const known = counts.reduce((x, y) => x + y, 0);
  $('legend').replaceChildren(...(known || b.length ? c.colours.map((fill, i) => item(fill, text(i), counts[i])) : []), ...(N > known ? [item('url(#none)', say('nodata'), N - known)] : []));
}
function tip(u, x, y) {
  const t = $('tip'); t.hidden = u < 0; under.setAttribute('d', u >= 0 && D.units[u][4] || '');
  if (u < 0) return;
  const v = value(u), l = light(u);
  t.replaceChildren(el('b', {}, label(u)), v === null || v === undefined ? why(u) : number(v) + ' ' + series().measure + (l ? ' · ' + MARK[l] + ' ' + say(l) : ''));
  const box = $('frame').getBoundingClientRect();
  t.style.left = Math.max(0, Math.min(x - box.left + 14, box.width - t.offsetWidth - 4)) + 'px';
  t.style.top = Math.max(0, y - box.top + (y - box.top > box.height - 90 ? -60 : 16)) + 'px';
}

// ---- the chosen unit
function quartiles() {
  const s = series();
  return (s.quartiles = s.quartiles || s.values.map((row) => {
    const list = row.filter((v) => v !== null).sort((a, b) => a - b), at = (q) => { const i = q * (list.length - 1), f = Math.floor(i); return list[f] + (i - f) * ((list[f + 1] ?? list[f]) - list[f]); };
    return list.length ? [at(0.25), at(0.5), at(0.75)] : null;
  }));
}
function chart(u) {
  const s = series(), q = quartiles(), w = 380, h = 150, left = 8, right = 8, top = 10, bottom = 20, target = s.targets[u];
  const time = (p) => Date.parse(s.starts[p]), first = time(0), last = Math.max(time(s.periods.length - 1), target ? Date.parse(target[target.length - 1][0]) : -Infinity);
  const all = [...s.values.map((r) => r[u]), ...q.flat(), ...(target || []).map((t) => t[1])].filter((v) => v !== null && v !== undefined);
  if (!all.length) return $('line').replaceChildren();
  let low = Math.min(...all), high = Math.max(...all);
  if (low === high) { low -= Math.abs(low) / 10 || 1; high += Math.abs(high) / 10 || 1; }
  const X = (t) => last === first ? w / 2 : left + (t - first) / (last - first) * (w - left - right), Y = (v) => top + (high - v) / (high - low) * (h - top - bottom);
  const line = (list) => list.map((t, i) => (i && list[i - 1] ? 'L' : 'M') + (t ? X(t[0]).toFixed(1) + ' ' + Y(t[1]).toFixed(1) : '')).filter((t) => t.length > 1).join('');
  const pairs = (get) => s.periods.map((_, p) => { const v = get(p); return v === null || v === undefined ? null : [time(p), v]; });
  const up = pairs((p) => q[p] && q[p][2]).filter(Boolean), down = pairs((p) => q[p] && q[p][0]).filter(Boolean).reverse(), own = pairs((p) => s.values[p][u]);
  const parts = [el('title', {}, label(u) + ': ' + s.title)];
  for (const v of low < 0 && high > 0 ? [high, 0, low] : [high, low]) parts.push(el('line', { x1: left, x2: w - right, y1: Y(v), y2: Y(v), stroke: v === 0 ? '#9aa5a3' : '#e6ebea', 'stroke-width': 1 }));
  if (up.length > 1) parts.push(el('path', { d: line([...up, ...down]) + 'Z', fill: '#dfe9e8' }));
  parts.push(el('path', { d: line(pairs((p) => q[p] && q[p][1])), fill: 'none', stroke: '#8b9a9c', 'stroke-width': 1.4, 'stroke-dasharray': '2 3' }));
  if (target) parts.push(el('path', { d: line(target.map((t) => [Date.parse(t[0]), t[1]])), fill: 'none', stroke: '#b5482a', 'stroke-width': 1.6, 'stroke-dasharray': '6 4' }),
    el('circle', { cx: X(Date.parse(target[target.length - 1][0])), cy: Y(target[target.length - 1][1]), r: 4, fill: '#fff', stroke: '#b5482a', 'stroke-width': 2 }));
  parts.push(el('path', { d: line(own), fill: 'none', stroke: '#0b5d67', 'stroke-width': 2.4, 'stroke-linejoin': 'round' }));
  own.forEach((t, p) => { if (t && (own.length < 30 || p === S.p)) parts.push(el('circle', { cx: X(t[0]), cy: Y(t[1]), r: p === S.p ? 5 : 2.4, fill: p === S.p ? '#e0a022' : '#0b5d67', stroke: '#0b5d67' })); });
  parts.push(el('text', { x: left + 2, y: Y(high) + 11 }, number(high)), el('text', { x: left + 2, y: Y(low) - 3 }, number(low)), el('text', { x: left, y: h - 4 }, s.periods[0]));
  if (last > first) parts.push(el('text', { x: w - right, y: h - 4, 'text-anchor': 'end' }, target && Date.parse(target[target.length - 1][0]) > time(s.periods.length - 1) ? target[target.length - 1][0].slice(0, 4) : s.periods[s.periods.length - 1]));
  $('line').setAttribute('viewBox', '0 0 ' + w + ' ' + h); $('line').replaceChildren(...parts);
  const sample = (attributes) => el('svg', { viewBox: '0 0 22 10', 'aria-hidden': 'true' }, el('line', { x1: 0, y1: 5, x2: 22, y2: 5, ...attributes }));
  const keys = [[{ stroke: '#0b5d67', 'stroke-width': 2.4 }, label(u)], [{ stroke: '#8b9a9c', 'stroke-width': 1.4, 'stroke-dasharray': '2 3' }, say('median')], [{ stroke: '#dfe9e8', 'stroke-width': 9 }, say('quartiles')]];
  if (target) keys.push([{ stroke: '#b5482a', 'stroke-width': 1.6, 'stroke-dasharray': '6 4' }, say('path')]);
  $('key').replaceChildren(...keys.map(([a, t]) => el('span', {}, sample(a), t)));
}
function card(speak) {
  const u = S.u, s = series(), order = ranking(), v = u < 0 ? null : value(u), l = u < 0 ? null : light(u);
  $('card').hidden = u < 0; chosen.setAttribute('d', u >= 0 && D.units[u][4] || '');
  if (u < 0) return;
  $('name').textContent = label(u);
  $('value').replaceChildren(v === null || v === undefined ? why(u) : number(v), ' ', el('small', {}, (v === null || v === undefined ? '' : s.measure + ', ') + s.periods[S.p]));
  const facts = [];
  if (l) facts.push(el('li', { class: 'light ' + l }, MARK[l] + ' ' + say(l)));
  if (order.rank.has(u)) facts.push(el('li', {}, say('rank'), ' ', el('b', {}, number(order.rank.get(u))), ' ' + say('of', number(order.list.length))));
  const before = S.p > 0 ? value(u, S.p - 1) : null;
  if (before !== null && before !== undefined && v !== null && v !== undefined) facts.push(el('li', {}, say('since', s.periods[S.p - 1]), ' ', el('b', {}, (v > before ? '+' : '') + number(v - before))));
  const target = s.targets[u], end = target && target[target.length - 1], due = target && target.find((t) => t[0] === s.starts[S.p]);
  if (target) facts.push(el('li', {}, say('target') + ' ' + end[0].slice(0, 4) + ': ', el('b', {}, number(end[1]))));
  if (due && v !== null && v !== undefined) facts.push(el('li', {}, say('path') + ' ' + number(due[1]) + ', ' + say('distance') + ' ', el('b', {}, (v > due[1] ? '+' : '') + number(v - due[1]))));
  $('facts').replaceChildren(...facts); chart(u);
  $('figures').replaceChildren(el('tr', {}, el('th', { scope: 'col' }, say('period')), el('th', { scope: 'col' }, s.measure)),
    ...s.periods.map((t, p) => el('tr', {}, el('th', { scope: 'row' }, t), el('td', {}, value(u, p) === null ? say('status_' + (reason(u, p) || 'missing')).replace(/^status_/, '') : number(value(u, p))))));
  if (speak) $('live').textContent = $('name').textContent + ', ' + $('value').textContent + '. ' + facts.map((f) => f.textContent).join('. ');
}

// ---- the list: only rows in sight exist, so 8,000 places are as quick as eight
const ROW = 26; let printing = 0;
function rows() {
  const o = ranking(), box = $('rank'), inner = box.firstElementChild, height = printing ? 17 : ROW;
  const from = printing ? 0 : Math.max(0, Math.floor(box.scrollTop / ROW) - 5), to = printing ? Math.min(printing, o.list.length) : Math.min(o.list.length, from + Math.ceil(box.clientHeight / ROW) + 12);
  inner.style.height = (printing ? to : o.list.length) * height + 'px'; const made = [];
  for (let i = from; i < to; i++) {
    const u = o.list[i], v = value(u), l = light(u);
    const row = el('div', { class: 'row', role: 'option', id: 'row' + u, 'aria-selected': u === S.u, 'aria-setsize': o.list.length, 'aria-posinset': i + 1 },
      el('span', {}, o.rank.get(u)), el('span', {}, label(u)), el('span', {}, (l ? MARK[l] + ' ' : '') + number(v)), el('i', {}));
    if (l) row.querySelector('span:last-of-type').className = l;
    row.lastElementChild.style.width = o.top ? Math.abs(v) / o.top * 100 + '%' : '0'; row.style.top = i * height + 'px';
    row.u = u; made.push(row);
  }
  inner.replaceChildren(...made);
  if (S.u >= 0 && o.rank.has(S.u)) box.setAttribute('aria-activedescendant', 'row' + S.u); else box.removeAttribute('aria-activedescendant');
}
function reveal() {
  const i = ranking().list.indexOf(S.u), box = $('rank');
  if (i >= 0 && (i * ROW < box.scrollTop || (i + 1) * ROW > box.scrollTop + box.clientHeight)) box.scrollTop = i * ROW - box.clientHeight / 2;
}

// ---- what is shown
function show(speak) {
  const s = series(); $('slider').max = Math.max(0, s.periods.length - 1); $('slider').value = S.p;
  $('slider').setAttribute('aria-valuetext', s.periods[S.p] || ''); $('when').textContent = s.periods[S.p] || '';
  $('play').hidden = s.periods.length < 2;
  $('lead').textContent = s.title + (s.label ? ' – ' + s.label : '') + ' · ' + s.measure;
  paint(); legend(); card(speak); reveal(); rows();
  try { history.replaceState(null, '', '#' + [s.code, s.breakdown || '', s.periods[S.p] || '', S.u >= 0 ? D.units[S.u][0] : '', S.lang].map(encodeURIComponent).join('/')); } catch (e) { /* some viewers forbid it */ }
}
function choose(u, speak) { S.u = u; show(speak); }
function move(dx, dy) {
  if (S.u < 0) return choose(ranking().list[0] ?? 0, true);
  const [, , x, y] = D.units[S.u]; let best = -1, least = Infinity;
  for (let u = 0; u < N; u++) {
    if (u === S.u || !D.units[u][4]) continue;
    const ax = D.units[u][2] - x, ay = D.units[u][3] - y, along = ax * dx + ay * dy, off = Math.abs(ax * dy) + Math.abs(ay * dx);
    if (along > 0 && along >= off / 2 && along + 2 * off < least) { least = along + 2 * off; best = u; }
  }
  if (best >= 0) {
    choose(best, true); const [, , bx, by] = D.units[best];
    if (view[2] < D.box[0] && (bx < view[0] || by < view[1] || bx > view[0] + view[2] || by > view[1] + view[3])) look(bx - view[2] / 2, by - view[3] / 2, view[2]);
  }
}
function pick(s) {
  const old = series(), day = old.starts[S.p]; S.s = s; const starts = series().starts, at = starts.indexOf(day);
  S.p = at >= 0 ? at : Math.max(0, starts.length - 1); show(true);
}
function breakdowns() {
  const code = series().code, list = D.series.map((s, i) => [s, i]).filter(([s]) => s.code === code);
  $('breakdownbox').hidden = list.length < 2;
  $('breakdown').replaceChildren(...list.map(([s, i]) => el('option', { value: i }, s.label || say('total'))));
  $('breakdown').value = S.s;
}
function speakLanguage() {
  W = D.words[S.lang]; document.documentElement.lang = S.lang;
  document.querySelectorAll('[data-say]').forEach((e) => { e.textContent = say(e.dataset.say); });
  document.querySelectorAll('[data-label]').forEach((e) => { e.setAttribute('aria-label', say(e.dataset.label)); if (e.tagName === 'BUTTON') e.title = say(e.dataset.label); });
  $('notes').replaceChildren(...D.series.filter((s, i) => D.series.findIndex((t) => t.code === s.code) === i).map((s) =>
    el('p', {}, el('b', {}, s.title), ' (' + s.measure + ')' + (s.definition ? ': ' + s.definition : '') + (s.note ? ' ' + s.note : ''))));
  $('made').textContent = say('made', new Date(D.made).toLocaleDateString(S.lang, { year: 'numeric', month: 'long', day: 'numeric' }));
  breakdowns();
}
function csv() {
  const quote = (t) => /[",\n\r]/.test(t) ? '"' + t.replace(/"/g, '""') + '"' : t, out = ['unit,name,indicator,breakdown,period,value,status,unit_measure'];
  for (const s of D.series) s.values.forEach((row, p) => row.forEach((v, u) => {
    const status = s.reasons[p + ',' + u];
    if (v !== null || status) out.push([D.units[u][0], D.units[u][1] || '', s.code, s.breakdown || '', s.periods[p], v === null ? '' : String(v), status || 'ok', s.measure].map(quote).join(','));
  }));
  return '\ufeff' + out.join('\r\n') + '\r\n';
}
function play(on) {
  clearInterval(timer);
  timer = on ? setInterval(() => { if (S.p >= series().periods.length - 1) return play(false); S.p++; show(false); }, 900) : 0;
  $('play').textContent = on ? '❚❚' : '▶'; $('play').setAttribute('aria-label', say(on ? 'pause' : 'play'));
}

$('frame').prepend(svg); const first = D.series.filter((s, i) => D.series.findIndex((t) => t.code === s.code) === i);
$('indicator').append(...first.map((s) => el('option', { value: D.series.indexOf(s) }, s.title)));
$('places').append(...D.units.map((_, u) => el('option', { value: label(u) })));
$('lang').append(...Object.keys(D.words).map((l) => el('option', { value: l, lang: l }, D.words[l].name)));
$('lang').onchange = (e) => { S.lang = e.target.value; speakLanguage(); show(false); };
$('indicator').onchange = (e) => { pick(Number(e.target.value)); breakdowns(); };
$('breakdown').onchange = (e) => pick(Number(e.target.value));
$('slider').oninput = (e) => { play(false); S.p = Number(e.target.value); show(false); };
$('play').onclick = () => { if (timer) return play(false); if (S.p >= series().periods.length - 1) S.p = 0; show(false); play(true); };
$('find').onchange = $('find').oninput = (e) => { const t = e.target.value.trim().toLowerCase(), u = D.units.findIndex((x, i) => label(i).toLowerCase() === t || x[0].toLowerCase() === t); if (t && u >= 0) choose(u, true); };
let drag = null;
$('frame').addEventListener('pointermove', (e) => {
  if (drag && view[2] < D.box[0]) { const k = view[2] / svg.clientWidth; look(drag[2] - (e.clientX - drag[0]) * k, drag[3] - (e.clientY - drag[1]) * k, view[2]); drag[4] = true; return tip(-1); }
  tip(e.target.u ?? -1, e.clientX, e.clientY);
}); $('frame').addEventListener('pointerdown', (e) => { drag = [e.clientX, e.clientY, view[0], view[1], false]; });
window.addEventListener('pointerup', () => { setTimeout(() => { drag = null; }, 0); });
$('frame').addEventListener('pointerleave', () => tip(-1));
$('frame').addEventListener('click', (e) => { if (!(drag && drag[4]) && e.target.u !== undefined) choose(e.target.u, true); });
$('frame').addEventListener('keydown', (e) => {
  const arrow = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key], scale = { '+': 0.6, '=': 0.6, '-': 1 / 0.6, 0: null, Escape: null };
  if (arrow) move(...arrow); else if (e.key in scale) zoom(scale[e.key]); else return;
  e.preventDefault();
}); $('in').onclick = () => zoom(0.6); $('out').onclick = () => zoom(1 / 0.6); $('whole').onclick = () => zoom(null);
$('rank').addEventListener('scroll', rows);
$('rank').addEventListener('click', (e) => { const row = e.target.closest('.row'); if (row) choose(row.u, true); });
$('rank').addEventListener('keydown', (e) => {
  const list = ranking().list, i = list.indexOf(S.u), to = { ArrowDown: i + 1, ArrowUp: i - 1, PageDown: i + 10, PageUp: i - 10, Home: 0, End: list.length - 1 }[e.key];
  if (to === undefined || !list.length) return;
  e.preventDefault(); choose(list[Math.max(0, Math.min(list.length - 1, to))], true);
});
$('save').onclick = () => { const a = el('a', { href: URL.createObjectURL(new Blob([csv()], { type: 'text/csv;charset=utf-8' })), download: (D.file || 'atlas') + '.csv' }); document.body.append(a); a.click(); a.remove(); setTimeout(() => URL.revokeObjectURL(a.href), 10000); };
$('print').onclick = () => window.print(); window.addEventListener('beforeprint', () => { printing = 12; rows(); });
window.addEventListener('afterprint', () => { printing = 0; rows(); }); window.addEventListener('resize', rows);

// a link keeps what was looked at
const asked = location.hash.slice(1).split('/').map((t) => { try { return decodeURIComponent(t); } catch (e) { return ''; } });
const wanted = D.series.findIndex((s) => s.code === asked[0] && (s.breakdown || '') === (asked[1] || ''));
if (wanted >= 0) S.s = wanted;
const then = series().periods.indexOf(asked[2]); S.p = then >= 0 ? then : Math.max(0, series().periods.length - 1);
S.u = D.units.findIndex((u) => u[0] === asked[3]);
if (D.words[asked[4]]) S.lang = asked[4];
$('lang').value = S.lang; $('indicator').value = D.series.findIndex((s) => s.code === series().code);
if (S.u < 0) S.u = ranking().list[0] ?? 0;
if (!shapes.some(Boolean)) $('map').hidden = true;
speakLanguage(); show(false); window.atlas = { data: D, state: S, csv, light, show, choose };
})();$js$;
COMMENT ON FUNCTION atlas_script() IS 'Program of an atlas: plain JavaScript that loads nothing';

CREATE FUNCTION atlas_page(title text, codes text[] DEFAULT NULL, level text DEFAULT NULL, lang text DEFAULT 'en', credits text DEFAULT NULL, detail integer DEFAULT 2000) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    units integer[];
    missing text;
    data text;
    head text := replace(replace(replace(title, '&', '&amp;'), '<', '&lt;'), '>', '&gt;');
BEGIN
    IF title IS NULL THEN
        RETURN NULL;
    END IF;
    codes := coalesce(codes, ARRAY(SELECT i.code FROM terrbal.indicator i WHERE i.active ORDER BY i.id));
    SELECT c INTO missing FROM unnest(codes) c WHERE NOT EXISTS (SELECT FROM terrbal.indicator i WHERE i.code = c) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'indicator "%" is not registered', missing USING ERRCODE = 'invalid_parameter_value', HINT = 'terrbal.indicator_catalogue lists the codes.';
    END IF;
    IF cardinality(codes) = 0 THEN
        RAISE EXCEPTION 'no indicator to show' USING ERRCODE = 'invalid_parameter_value', HINT = 'Register one, or name at least one code.';
    END IF;
    IF terrbal_support.atlas_words() -> lang IS NULL THEN
        RAISE EXCEPTION 'no labels in language "%"', lang USING ERRCODE = 'invalid_parameter_value', HINT = 'Languages are en, es, fr, pt and zh.';
    END IF;
    IF detail IS NULL OR detail NOT BETWEEN 100 AND 20000 THEN
        RAISE EXCEPTION 'detail is %, not a number of steps from 100 to 20000', coalesce(detail::text, 'NULL') USING ERRCODE = 'invalid_parameter_value';
    END IF;
    -- one level on one map: that of the first indicator unless it is named
    level := coalesce(level, (SELECT i.level FROM terrbal.indicator i WHERE i.code = codes[1]));
    units := ARRAY(SELECT DISTINCT o.unit_id FROM terrbal.observation_latest o WHERE o.code = ANY (codes) AND o.counterpart IS NULL AND (atlas_page.level IS NULL OR o.level = atlas_page.level) ORDER BY 1);
    IF cardinality(units) = 0 THEN
        RAISE EXCEPTION 'nothing is published for these indicators at level %', coalesce(level, 'of any name') USING ERRCODE = 'invalid_parameter_value',
            HINT = 'Refresh them first; terrbal.observation_latest shows code and level of what is published.';
    END IF;
    SELECT json_build_object('title', atlas_page.title, 'lang', atlas_page.lang, 'made', max(o.published), 'words', terrbal_support.atlas_words())::text
        INTO data FROM terrbal.observation_latest o WHERE o.code = ANY (codes);
    SELECT left(data, -1) || ',"box":' || coalesce(min(format('[%s,%s]', s.width, s.height)) FILTER (WHERE s.width IS NOT NULL), '[1,1]') || ',"units":['
            || string_agg(json_build_array(u.code, u.name, s.x, s.y, s.path)::text, ',' ORDER BY u.id) || ']'
        INTO data FROM terrbal.unit u LEFT JOIN terrbal.atlas_shape(units, detail) s ON s.unit_id = u.id WHERE u.id = ANY (units);
    SELECT data || ',"series":[' || string_agg(s.series::text, ',' ORDER BY s.place) || ']}' INTO data FROM terrbal.atlas_series(codes, level, units) s;
    RETURN format($html$<!DOCTYPE html>
<html lang="%1$s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<title>%2$s</title><style>%3$s</style></head><body>
<header><div><h1>%2$s</h1><p id="lead"></p></div><label><span data-say="language"></span> <select id="lang"></select></label></header>
<section id="controls">
<label class="wide"><span data-say="indicator"></span><select id="indicator"></select></label>
<label id="breakdownbox"><span data-say="breakdown"></span><select id="breakdown"></select></label>
<label><span data-say="find"></span><input type="text" id="find" list="places" autocomplete="off"><datalist id="places"></datalist></label>
<div class="wide"><label for="slider" data-say="period"></label><div id="time"><button id="play" type="button" data-label="play">▶</button><input type="range" id="slider" min="0" max="0" step="1"><output id="when" for="slider"></output></div></div>
</section>
<main>
<figure id="map" class="box"><div id="frame" tabindex="0" role="application" data-label="map"><div id="tip" hidden></div></div>
<div id="zoom"><button id="in" type="button" data-label="zoomin">+</button><button id="out" type="button" data-label="zoomout">−</button><button id="whole" type="button" data-label="whole">⤢</button></div>
<ul id="legend"></ul></figure>
<aside>
<section id="card" class="box"><h2 data-say="chosen"></h2><p id="name"></p><p id="value"></p><ul id="facts"></ul><svg id="line" role="img"></svg><div class="key" id="key"></div>
<details><summary data-say="table"></summary><table><tbody id="figures"></tbody></table></details></section>
<section class="box list"><h2 data-say="ranking"></h2><div id="rank" tabindex="0" role="listbox" data-label="ranking"><div role="presentation"></div></div></section>
</aside></main>
<footer><div class="box"><div><h2 data-say="sources"></h2><div id="notes"></div><p>%4$s</p><p id="made"></p></div>
<nav><button id="save" type="button" data-say="save"></button><button id="print" type="button" data-say="print"></button></nav></div></footer>
<p id="live" class="sr" aria-live="polite"></p>
<script type="application/json" id="data">%5$s</script>
<script>%6$s</script></body></html>
$html$, lang, head, terrbal_support.atlas_style(), replace(replace(replace(coalesce(credits, ''), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'),
        replace(data, '<', '\u003c'), terrbal_support.atlas_script());
END
$$;
COMMENT ON FUNCTION atlas_page(text, text[], text, text, text, integer) IS 'One HTML file with a map, periods, ranking, curve and light of a place, sources and download: from published indicators of one level; needs no server and no network';
