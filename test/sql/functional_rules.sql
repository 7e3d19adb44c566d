-- functional_rules: the page doc/functional_rules.md (parameters by country, local centres, employment interchange)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT rule, builds, min_size, target_size, min_self_containment AS least, target_self_containment AS target, threshold, out_share, in_share FROM functional_rules() ORDER BY builds, rule;

CREATE TEMP TABLE commuting (home text, work text, people float8);
INSERT INTO commuting VALUES
    ('Alba', 'Alba', 8000), ('Alba', 'Bosco', 90), ('Alba', 'Conca', 60), ('Alba', 'Duomo', 240),
    ('Bosco', 'Bosco', 700), ('Bosco', 'Alba', 900), ('Bosco', 'Duomo', 60),
    ('Conca', 'Conca', 400), ('Conca', 'Alba', 500), ('Conca', 'Forra', 30),
    ('Duomo', 'Duomo', 5200), ('Duomo', 'Elce', 110), ('Duomo', 'Forra', 80), ('Duomo', 'Alba', 450),
    ('Elce', 'Elce', 380), ('Elce', 'Duomo', 520), ('Elce', 'Alba', 40),
    ('Forra', 'Forra', 300), ('Forra', 'Duomo', 260), ('Forra', 'Alba', 95), ('Forra', 'Conca', 25),
    ('Grotta', 'Grotta', 210);
CREATE TEMP VIEW core AS SELECT 'Alba' AS name UNION ALL SELECT 'Duomo';
SET client_min_messages = warning; -- Grotta has no link: the notice would come for each rule

SELECT rule, areas, string_agg(area || ': ' || zones, '; ' ORDER BY area) AS members
FROM (SELECT rule, area, string_agg(zone, ' ' ORDER BY zone) AS zones, count(*) OVER (PARTITION BY rule) AS areas
      FROM (SELECT rule, zone, area FROM functional_rules() r, LATERAL (SELECT labour_market_areas(home, work, people, r.min_size, r.target_size, r.min_self_containment, r.target_self_containment) AS m FROM commuting) s, unnest(s.m) WHERE builds = 'labour_market_areas'
            UNION ALL
            SELECT rule, zone, fua FROM functional_rules() r, LATERAL (SELECT functional_urban_areas(home, work, people, h.name, w.name, r.threshold) AS m FROM commuting LEFT JOIN core h ON h.name = home LEFT JOIN core w ON w.name = work) s, unnest(s.m) WHERE builds = 'functional_urban_areas'
            UNION ALL
            SELECT rule, zone, fua FROM functional_rules() r, LATERAL (SELECT commuting_areas(home, work, people, home IN (SELECT name FROM core), r.out_share, r.in_share) AS m FROM commuting) s, unnest(s.m) WHERE builds = 'commuting_areas') x
      WHERE area IS NOT NULL GROUP BY rule, area) y
GROUP BY rule, areas ORDER BY rule;

CREATE TEMP VIEW leaving AS
SELECT home, employed, 1 - coalesce(stay, 0) / employed AS out_share, target, coalesce(most, 0) / employed AS largest
FROM (SELECT home, sum(people) AS employed, sum(people) FILTER (WHERE work = home) AS stay FROM commuting GROUP BY home) e
LEFT JOIN (SELECT DISTINCT ON (home) home, work AS target, people AS most FROM commuting WHERE work <> home AND people > 0 ORDER BY home, people DESC, work) t USING (home);

WITH RECURSIVE rule AS (SELECT out_share AS most_out, threshold AS most_to_one FROM functional_rules() WHERE rule = 'se_la_2010'),
step AS (
    SELECT a.home, CASE WHEN (a.out_share < most_out AND a.largest < most_to_one) OR a.target IS NULL OR (b.target = a.home AND (a.out_share, a.home) < (b.out_share, b.home)) THEN a.home ELSE a.target END AS next
    FROM rule, leaving a LEFT JOIN leaving b ON b.home = a.target
), chain AS (
    SELECT home, next, 1 AS links FROM step
    UNION
    SELECT c.home, s.next, c.links + 1 FROM chain c JOIN step s ON s.home = c.next WHERE s.next <> c.next AND c.links < 10
)
SELECT home, round(out_share::numeric, 3) AS out_share, round(largest::numeric, 3) AS largest, next AS centre, links FROM (SELECT DISTINCT ON (home) * FROM chain ORDER BY home, links DESC) c JOIN leaving USING (home) ORDER BY home;

WITH area AS (SELECT zone, fua FROM (SELECT commuting_areas(home, work, people, home IN ('Alba', 'Duomo'), 0.25, 0.25) AS m FROM commuting) s, unnest(s.m) WHERE fua IS NOT NULL),
flow AS (SELECT h.fua AS home, w.fua AS work, sum(people) AS people FROM commuting c JOIN area h ON h.zone = c.home JOIN area w ON w.zone = c.work GROUP BY h.fua, w.fua),
size AS (SELECT home AS fua, sum(people) AS residents FROM flow GROUP BY home), jobs AS (SELECT work AS fua, sum(people) AS jobs FROM flow GROUP BY work)
SELECT s.fua AS smaller, l.fua AS larger, round((o.people / s.residents + i.people / j.jobs)::numeric, 4) AS interchange, o.people / s.residents + i.people / j.jobs >= r.threshold AS combined
FROM size s JOIN size l ON (s.residents, s.fua) < (l.residents, l.fua) JOIN jobs j ON j.fua = s.fua JOIN flow o ON o.home = s.fua AND o.work = l.fua JOIN flow i ON i.home = l.fua AND i.work = s.fua, functional_rules() r
WHERE r.rule = 'us_csa_2010';

-- what must hold
SELECT count(*) AS rules, count(DISTINCT rule) = count(*) AS named_once, bool_and(source IS NOT NULL AND builds IS NOT NULL) AS sourced,
       bool_and(coalesce(min_self_containment <= target_self_containment AND min_size <= target_size, true)) AS in_order,
       bool_and(coalesce(threshold BETWEEN 0 AND 1, true) AND coalesce(out_share BETWEEN 0 AND 1, true) AND coalesce(in_share BETWEEN 0 AND 1, true)) AS fractions,
       bool_and(CASE builds WHEN 'labour_market_areas' THEN num_nulls(min_size, target_size, min_self_containment, target_self_containment) = 0 WHEN 'commuting_areas' THEN num_nulls(out_share, in_share) = 0 ELSE threshold IS NOT NULL END) AS complete
FROM functional_rules();
