-- linkage: what SQL says. Examples of doc/linkage.md, missing and empty input, errors.

-- doc: input
CREATE TABLE exchange (region text, kind text, origin terrbal.settlement, destination terrbal.settlement, flow float8);
INSERT INTO exchange
SELECT region, kind, origin::terrbal.settlement, destination::terrbal.settlement, flow
FROM (VALUES ('Vega',   'people',      820, 60, 110,  90, 55, 40), ('Vega',   'capital',    940, 30,  85,  40, 20, 10),
             ('Vega',   'goods',       700, 90, 160, 130, 70, 60), ('Vega',   'services',   860, 95,  25,  70, 35, 15),
             ('Vega',   'information', 900, 70,  60,  50, 45, 30), ('Sierra', 'people',     610, 25, 140, 120, 20, 35),
             ('Sierra', 'capital',     880, 10, 120,  25, 10, 15), ('Sierra', 'goods',      540, 60, 210, 190, 30, 60),
             ('Sierra', 'services',    790, 60,  10,  90, 25, 10), ('Sierra', 'information', 930, 30, 30,  40, 25, 20)) r (region, kind, uu, ur, ru, rr, up, pr),
     LATERAL (VALUES ('urban', 'urban', uu), ('urban', 'rural', ur), ('rural', 'urban', ru), ('rural', 'rural', rr),
                     ('urban', 'peri_urban', up), ('peri_urban', 'rural', pr)) f (origin, destination, flow);

-- doc: kinds
SELECT kind, l.total, round(l.intensity::numeric, 3) AS intensity, round(l.balance::numeric, 3) AS balance, round(l.openness::numeric, 3) AS openness,
       round(l.rural_retention::numeric, 3) AS retention, l.rural_net, round(l.rural_effectiveness::numeric, 1) AS rural_effectiveness
FROM (SELECT kind, (terrbal.linkage(origin, destination, flow)).* FROM exchange WHERE region = 'Vega' GROUP BY kind) l ORDER BY kind;

-- doc: matrix
SELECT g.class AS origin, l.matrix[g.i][1] AS to_urban, l.matrix[g.i][2] AS to_peri_urban, l.matrix[g.i][3] AS to_rural
FROM (SELECT (terrbal.linkage(origin, destination, flow)).* FROM exchange WHERE region = 'Vega' AND kind = 'people') l,
     unnest(enum_range(NULL::terrbal.settlement)) WITH ORDINALITY g (class, i) ORDER BY i;

-- doc: composite
WITH part AS (
    SELECT region, kind, (terrbal.linkage(origin, destination, flow)).* FROM exchange GROUP BY region, kind
), score AS (
    SELECT region, kind, intensity, least(openness, 1) * (1 - abs(balance)) AS linked FROM part
)
SELECT region, round(terrbal.composite_index(array_agg(linked ORDER BY kind), 'geometric')::numeric, 3) AS composite,
       string_agg(kind || ' ' || round(linked::numeric, 2), ', ' ORDER BY kind) AS parts
FROM score GROUP BY region ORDER BY region;

-- doc: states
CREATE TABLE exchange_by_region AS
SELECT region, kind, terrbal.linkage_state(origin, destination, flow) AS flows FROM exchange GROUP BY region, kind;
SELECT kind, (terrbal.linkage(terrbal.rollup(flows))).rural_net FROM exchange_by_region GROUP BY kind ORDER BY kind;

-- doc: flow_rows
SELECT l.total, l.unclassified, l.urban_to_rural, l.rural_to_urban, round(l.intensity::numeric, 4) AS intensity, l.balance, l.rural_net, l.rural_effectiveness
FROM (SELECT (terrbal.linkage(o.class, d.class, f.flow)).*
      FROM (VALUES ('A', 'B', 30), ('B', 'A', 50), ('A', 'A', 100), ('C', 'B', 7)) f (origin, destination, flow)
      LEFT JOIN (VALUES ('A', 'urban'::terrbal.settlement), ('B', 'rural')) o (zone, class) ON o.zone = f.origin
      LEFT JOIN (VALUES ('A', 'urban'::terrbal.settlement), ('B', 'rural')) d (zone, class) ON d.zone = f.destination) l;

-- Missing, empty, one class only
SELECT terrbal.linkage(origin, destination, NULL), terrbal.linkage_state(origin, destination, NULL) FROM exchange;
SELECT terrbal.linkage(origin, destination, flow) FROM exchange WHERE false;
SELECT terrbal.linkage(NULL, NULL, 3);
SELECT terrbal.linkage('urban', 'urban', 3), terrbal.linkage('rural', 'rural', 0);
SELECT terrbal.linkage(NULL::terrbal.linkage_state), terrbal.rollup(NULL::terrbal.linkage_state);
SELECT terrbal.linkage_state(origin, destination, flow)::text::terrbal.linkage_state::text = terrbal.linkage_state(origin, destination, flow)::text AS same FROM exchange;

-- Refused
\set VERBOSITY default
\set SHOW_CONTEXT never
SELECT terrbal.linkage('urban', 'rural', -3);
SELECT terrbal.linkage('urban', 'rural', 'Infinity');
SELECT terrbal.linkage('urban', 'rural', 1.7e308) FROM generate_series(1, 2);
SELECT terrbal.linkage('urban', 'suburban', 3);
SELECT '7462010400000000'::terrbal.linkage_state;
SELECT ('746201060000000000000000000000140000000000000000' || 'bff0000000000000' || repeat('0', 16 * 19))::terrbal.linkage_state;
SELECT ('746201060000000000000000000000140000000000000000' || 'fff8000000000000' || repeat('0', 16 * 19))::terrbal.linkage_state;
-- classes as text
SELECT (terrbal.linkage(a, b, 5)).urban_to_rural FROM (VALUES ('urban'::text, 'rural'::text), ('urban', NULL)) v (a, b);
SELECT terrbal.linkage('urban', 'suburban'::text, 5);
