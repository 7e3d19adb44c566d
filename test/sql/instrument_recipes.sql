-- The rules of one country each, as queries over the general functions: every example of doc/instruments
\set SHOW_CONTEXT never
CREATE SCHEMA test_instrument_recipes;
SET search_path = test_instrument_recipes, public;

CREATE TABLE cepac (sector text, use text, floor_area numeric, stock numeric);
INSERT INTO cepac VALUES ('A1', 'offices', 0.40, 900000), ('A1', 'homes', 0.80, 900000), ('B1', 'offices', 0.60, 400000), ('B1', 'homes', 1.00, 400000);
CREATE TABLE tower (name text, sector text, use text, land numeric, floor_area numeric);
INSERT INTO tower VALUES ('Gamboa', 'A1', 'offices', 3000, 24000), ('Saude', 'A1', 'homes', 2000, 9000), ('Caju', 'B1', 'homes', 5000, 14500.5);
WITH need AS (
    SELECT name, sector, stock, terrbal.certificates_needed(terrbal.positive_part(tower.floor_area - 1 * land), cepac.floor_area) AS certificates
    FROM tower JOIN cepac USING (sector, use))
SELECT name, certificates, certificates * 545 AS cost, stock - sum(certificates) OVER (PARTITION BY sector ORDER BY name) AS left_in_sector FROM need ORDER BY name;

SELECT round(terrbal.quotient(terrbal.residual_land_value(168000000, 98000000, 0.2, 'value') - terrbal.residual_land_value(21000000, 12400000, 0.2, 'value'), 52500), 2) AS highest_bid,
       (SELECT round(terrbal.present_value(225000 * 545, year, 0.08) / 600000000, 4) FROM generate_series(0, 3) AS year) AS works_covered;

CREATE TABLE social_factor (use text, fs numeric, valid daterange);
INSERT INTO social_factor VALUES ('social housing', 0.0, '[2014-08-01,)'), ('small flats', 0.4, '[2014-08-01,2023-07-01)'), ('small flats', 0.6, '[2023-07-01,)'),
    ('large flats', 1.0, '[2014-08-01,)'), ('school', 0.3, '[2014-08-01,)');
CREATE TABLE application (id int, use text, filed date, land numeric, floor_area numeric, basic numeric, maximum numeric, register_value numeric, fp numeric);
INSERT INTO application VALUES (1, 'large flats', '2024-02-01', 1000, 4000, 1, 4, 3200, 0.8), (2, 'small flats', '2022-05-10', 1500, 3000, 1, 4, 2100, 1.2),
    (3, 'small flats', '2024-05-10', 1500, 3000, 1, 4, 2100, 1.2), (4, 'social housing', '2024-03-03', 2000, 7900, 1, 4, 900, 0.6), (5, 'school', '2024-03-03', 800, 700, 1, 2, 1500, 1.0);
SELECT id, use, extra, round(terrbal.density_charge(extra, terrbal.quotient(land * register_value, floor_area), ARRAY[fs, fp]), 2) AS sao_paulo,
       round(terrbal.density_charge(extra, register_value, ARRAY[fs]), 2) AS jundiai,
       round(land * terrbal.density_charge_ceiling(register_value, basic, terrbal.quotient(floor_area, land)), 2) AS ceiling
FROM application a JOIN social_factor s USING (use), LATERAL terrbal.additional_floor_area(land, floor_area, basic, maximum) AS extra
WHERE s.valid @> a.filed ORDER BY id;

CREATE TABLE predio (chip text PRIMARY KEY, zone text, area numeric, density numeric, use numeric, distance numeric, before numeric, after numeric);
INSERT INTO predio VALUES ('AAA001', 'near', 180, 1.00, 1.00, 1.00, 210000, 254000), ('AAA002', 'near', 420, 1.35, 2.10, 1.00, 900000, 1130000),
    ('AAA003', 'near', 95, 1.20, 1.00, 0.85, 120000, 131000), ('AAA004', 'far', 640, 1.00, 1.40, 0.60, 480000, 492000), ('AAA005', 'far', 250, 1.10, 1.00, 0.45, 190000, 188000);
SELECT chip, terrbal.benefit_area(area, ARRAY[density, use, distance]) AS virtual_area,
       terrbal.betterment_levy(60000, terrbal.benefit_area(area, ARRAY[density, use, distance])) OVER w AS by_virtual_area,
       terrbal.betterment_levy(60000, terrbal.positive_part(after - before)) OVER w AS by_double_appraisal
FROM predio WINDOW w AS (ORDER BY chip) ORDER BY chip;

SELECT chip, zone, share * 60000 AS zone_pool, terrbal.betterment_levy(share * 60000, area) OVER (PARTITION BY zone ORDER BY chip) AS by_zone
FROM predio JOIN (VALUES ('near', 0.7), ('far', 0.3)) AS z(zone, share) USING (zone) ORDER BY chip;

SELECT round(terrbal.land_value_tax(1200 * (850000 - 520000 * terrbal.quotient(138.98, 126.03)), 0.40), 2) AS plusvalia;

CREATE TABLE umlegung (parcel text, area numeric, value numeric, allotted_area numeric, allotted numeric);
INSERT INTO umlegung VALUES ('17/1', 2000, 160000, 1450, 246500), ('17/2', 3500, 297500, 2420, 411400), ('18', 900, 63000, 640, 105600);
SELECT parcel, value, claim, allotted, allotted - claim AS to_pay, claim >= value AS keeps_its_value
FROM (SELECT *, terrbal.bounded_apportionment(763500, value, value, NULL) OVER (ORDER BY parcel) AS claim FROM umlegung) u ORDER BY parcel;

SELECT parcel, area, terrbal.area_claim(area, 0.29) AS claim, allotted_area, round((allotted_area - terrbal.area_claim(area, 0.29)) * 170, 2) AS to_pay
FROM umlegung ORDER BY parcel;

CREATE TABLE tp_scheme (owner text, original numeric, undeveloped numeric, developed numeric, public boolean);
INSERT INTO tp_scheme VALUES ('Amin', 4200000, 3100000, 8900000, false), ('Bhatt', 2600000, 2050000, 5400000, false), ('Chauhan', 7100000, 4800000, 13900000, false),
    ('Desai', 900000, 1100000, 2700000, false), ('School', 0, 0, 0, true), ('Sale plots', 0, 1600000, 4300000, false);
WITH increment AS (SELECT *, CASE WHEN public THEN 0 ELSE developed - undeveloped END AS increment FROM tp_scheme),
pool AS (SELECT trunc(terrbal.levy_pool(9650000, 0, 1, sum(increment), 0.5), 2) AS pool FROM increment),
demand AS (SELECT *, terrbal.betterment_levy(pool, increment) OVER (ORDER BY owner) AS contribution FROM increment, pool)
SELECT owner, undeveloped - original AS difference, increment, contribution, contribution + undeveloped - original AS net_demand FROM demand ORDER BY owner;

SELECT cost, terrbal.levy_pool(cost, 0, 1, 22550000, 0.5) AS contribution, cost - terrbal.levy_pool(cost, 0, 1, 22550000, 0.5) AS authority
FROM unnest(ARRAY[9650000, 14000000]) AS cost;

CREATE TABLE kukaku (owner text, area numeric, price numeric, new_area numeric, new_price numeric);
INSERT INTO kukaku VALUES ('Abe', 600, 150000, 380, 262000), ('Baba', 450, 160000, 300, 255000), ('Chiba', 900, 140000, 540, 270000), ('Doi', 300, 155000, 205, 240000);
SELECT sum(area) AS before, sum(new_area) AS after, round(terrbal.contribution_ratio(sum(area), sum(new_area)), 4) AS contribution,
       round(terrbal.proportional_rate(sum(area * price), sum(new_area * new_price), 0), 6) AS proportional_rate
FROM kukaku;

SELECT owner, (r).right_value, (r).allotted, (r).settlement, sum((r).settlement) OVER () AS balance
FROM (SELECT owner, terrbal.readjustment(area * price, new_area * new_price, 59800000 - 260 * 230000, 1) OVER (ORDER BY owner) AS r FROM kukaku) k ORDER BY owner;

CREATE TABLE ordinance (valid daterange, recoverable numeric, front numeric, surface numeric, volume numeric);
INSERT INTO ordinance VALUES ('[2019-01-01,2024-01-01)', 0.80, 1.0, 0, 0), ('[2024-01-01,)', 0.90, 0.5, 0.3, 0.2);
CREATE TABLE paving (ref text PRIMARY KEY, front numeric, surface numeric, volume numeric, exempt boolean, own_subsidy numeric);
INSERT INTO paving VALUES ('001', 8.20, 164, 1230, false, 0), ('002', 14.75, 380, 2660, false, 0), ('003', 22.10, 910, 0, true, 0),
    ('004', 31.40, 1250, 9800, false, 80000), ('005', 6.60, 118, 940, false, 0);

CREATE VIEW contribution AS
WITH rule AS (SELECT * FROM ordinance WHERE valid @> date '2024-03-15'),
weight AS (
    SELECT ref, exempt, own_subsidy, recoverable,
           terrbal.mixed_benefit(ARRAY[p.front, p.surface, p.volume], ARRAY[sum(p.front) OVER (), sum(p.surface) OVER (), sum(p.volume) OVER ()],
                                 ARRAY[r.front, r.surface, r.volume]) AS weight
    FROM paving p, rule r),
quota AS (
    SELECT stage, ref, exempt, own_subsidy,
           terrbal.betterment_levy(trunc(terrbal.levy_pool(cost, 75000, recoverable), 2), weight) OVER (PARTITION BY stage ORDER BY ref) AS quota
    FROM weight, (VALUES ('provisional', 240000), ('final', 228416.37)) AS stage(stage, cost)),
net AS (SELECT *, terrbal.subsidised_quota(quota, own_subsidy) OVER (PARTITION BY stage ORDER BY ref) AS net FROM quota)
SELECT stage, ref, quota, net, CASE WHEN exempt THEN 0 ELSE net END AS payable FROM net;
SELECT ref, p.quota, p.payable AS provisional, f.payable AS final, f.payable - p.payable AS settlement
FROM contribution p JOIN contribution f USING (ref) WHERE p.stage = 'provisional' AND f.stage = 'final' ORDER BY ref;

SELECT stage, sum(quota) AS quotas, sum(payable) AS collected FROM contribution GROUP BY stage ORDER BY stage DESC;

SELECT year, instalment, interest, repayment, balance
FROM contribution, terrbal.instalment_plan(payable, 0.0325, 5) WHERE stage = 'final' AND ref = '002' ORDER BY year;

CREATE TABLE iivtnu_coefficient (valid daterange, years int, coefficient numeric);
INSERT INTO iivtnu_coefficient SELECT daterange('2024-01-01', NULL), years - 1, coefficient
FROM unnest(ARRAY[0.15, 0.15, 0.14, 0.14, 0.16, 0.18, 0.19, 0.20, 0.19, 0.15, 0.12, 0.10, 0.09, 0.09, 0.09, 0.09, 0.10, 0.13, 0.17, 0.23, 0.40]) WITH ORDINALITY AS c(coefficient, years);
CREATE TABLE transfer (id int, land numeric, total numeric, bought numeric, sold numeric, acquired date, accrued date);
INSERT INTO transfer VALUES (1, 40000, 100000, 150000, 200000, '2017-03-01', '2024-05-20'), (2, 40000, 100000, 195000, 200000, '2017-03-01', '2024-05-20'),
    (3, 40000, 100000, 200000, 190000, '2017-03-01', '2024-05-20'), (4, 40000, 100000, 150000, 200000, '2023-09-10', '2024-05-20'), (5, 40000, 100000, 150000, 200000, '1997-01-01', '2024-05-20');
WITH held AS (
    SELECT *, least(extract(year FROM age(accrued, acquired)), 20)::int AS years, extract(month FROM age(accrued, acquired)) AS months FROM transfer),
base AS (
    SELECT id, years, months, land * CASE WHEN years = 0 THEN terrbal.quotient(coefficient * months, 12) ELSE coefficient END AS objective,
           terrbal.quotient((sold - bought) * land, total) AS gain
    FROM held JOIN iivtnu_coefficient USING (years) WHERE valid @> accrued)
SELECT id, years, months, round(objective, 2) AS objective, round(gain, 2) AS gain,
       round(0.30 * terrbal.positive_part(least(objective, gain)), 2) AS tax
FROM base ORDER BY id;

CREATE TABLE lotus_rule (article text, what text, value numeric, valid daterange);
INSERT INTO lotus_rule VALUES ('70.2', 'general', 0.02, '[2019-06-27,)'), ('70.2.a', 'residential', 0.05, '[2019-06-27,)'), ('70.2.b', 'rehabilitation', 0.01, '[2019-06-27,)'),
    ('70.2.c', 'agro-industry', 0.01, '[2019-06-27,)'), ('70.2.d', 'public', 0.00, '[2019-06-27,)'), ('71.4', 'irregular settlement', 0.02, '[2019-06-27,)'),
    ('77.1', 'new development', 0.90, '[2019-06-27,)'), ('77.2.a', 'base nucleus', 0.95, '[2019-06-27,)'), ('77.2.b', 'heritage', 1.00, '[2019-06-27,)');
CREATE TABLE rural_project (name text, what text, budget numeric, final numeric);
INSERT INTO rural_project VALUES ('solar farm', 'general', 4300000, 4512330.75), ('rural house', 'residential', 180000, 171204.10), ('cheese dairy', 'agro-industry', 260000, 260000),
    ('old mill', 'rehabilitation', 95000, 101990), ('school', 'public', 800000, 812000);
SELECT name, article, round(budget * value, 2) AS provisional, round(final * value, 2) AS final, round(final * value, 2) - round(budget * value, 2) AS settlement
FROM rural_project JOIN lotus_rule USING (what) WHERE valid @> date '2024-06-01' ORDER BY name;

CREATE TABLE sector_plot (sector text, owner text, surface numeric, floor_area numeric, coefficient numeric);
INSERT INTO sector_plot VALUES ('S1', 'Ana', 12000, 5400, 1.00), ('S1', 'Blas', 8000, 2000, 1.30), ('S1', 'road reserve', 3000, 0, 1.00),
    ('S2', 'Carmen', 9000, 4100, 1.00), ('S2', 'David', 7000, 1800, 1.30);
SELECT sector, round(average, 6) AS average, round(1 - average / max(average) OVER (), 4) AS below_largest, 1 - average / max(average) OVER () <= 0.10 AS lawful
FROM (SELECT sector, terrbal.average_entitlement(floor_area, coefficient, surface) AS average FROM sector_plot GROUP BY sector) s ORDER BY sector;

CREATE VIEW aprovechamiento AS
WITH sector AS (
    SELECT sector, terrbal.objective_entitlement(floor_area, coefficient, surface) AS objective FROM sector_plot GROUP BY sector),
due AS (
    SELECT sector, owner, floor_area * coefficient AS on_plot, terrbal.entitlement_split(objective, surface, 0.90) OVER (PARTITION BY sector ORDER BY owner) AS s
    FROM sector_plot JOIN sector USING (sector))
SELECT sector, owner, on_plot, (s).subjective, (s).cession, round((on_plot - (s).subjective) * 310, 2) AS to_pay FROM due;
SELECT * FROM aprovechamiento ORDER BY sector, owner;

SELECT sector, sum(subjective + cession) - sum(on_plot) AS difference, sum(cession) AS cession, sum(to_pay) AS paid_on_balance, sum(cession) * 310 AS value_of_cession
FROM aprovechamiento GROUP BY sector ORDER BY sector;

CREATE TABLE reparcelacion (owner text, surface numeric, adjudicated numeric);
INSERT INTO reparcelacion VALUES ('Ana', 5200, 2700.00), ('Blas', 3100, 1480.50), ('Carmen', 1700, 819.50), ('municipality', 0, 500.00);
WITH due AS (
    SELECT owner, adjudicated, terrbal.apportionment(round(0.90 * 5500, 2), surface) OVER (ORDER BY owner)
                               + CASE WHEN owner = 'municipality' THEN 5500 - round(0.90 * 5500, 2) ELSE 0 END AS due
    FROM reparcelacion)
SELECT owner, due, adjudicated, adjudicated - due AS difference, round((adjudicated - due) * 280, 2) AS compensation,
       terrbal.betterment_levy(410000, CASE WHEN owner = 'municipality' THEN 0 ELSE due END) OVER (ORDER BY owner) AS urbanisation,
       sum(adjudicated - due) OVER () AS balance
FROM due ORDER BY owner;

CREATE TABLE increment_bracket (valid daterange, lower numeric[], rate numeric[]);
INSERT INTO increment_bracket VALUES ('[2005-02-01,)', ARRAY[0, 1, 2], ARRAY[0.20, 0.30, 0.40]);
CREATE TABLE land_sale (id int, previous numeric, price_index numeric, improvements numeric, declared numeric, sold date);
INSERT INTO land_sale VALUES (1, 1000000, 1.12, 50000, 1800000, '2024-04-01'), (2, 1000000, 1.12, 0, 3000000, '2024-04-01'),
    (3, 500000, 1.30, 20000, 2900000, '2024-04-01'), (4, 800000, 1.25, 0, 900000, '2024-04-01');
SELECT id, base, increment, round(terrbal.quotient(increment, base), 4) AS ratio, round(terrbal.bracket_tax(increment, base, lower, rate), 2) AS tax,
       round(CASE WHEN increment > 2 * base THEN 0.40 * increment - 0.30 * base WHEN increment > base THEN 0.30 * increment - 0.10 * base
                  ELSE 0.20 * greatest(increment, 0) END, 2) AS by_shortcut
FROM land_sale, LATERAL (SELECT previous * price_index AS base) b, LATERAL (SELECT declared - base - improvements AS increment) i, increment_bracket
WHERE valid @> sold ORDER BY id;

