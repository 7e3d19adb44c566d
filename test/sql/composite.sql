-- composite: normalisation and composite indices
\set VERBOSITY default
\pset null NULL
SET search_path = terrbal, public;

-- the documented examples
SELECT region, round(normalised(income, 'min_max') OVER ()::numeric, 3) AS income, round(normalised(unemployment, 'min_max', -1) OVER ()::numeric, 3) AS employment,
       normalised(income, 'rank', -1) OVER () AS place
FROM (VALUES ('coast', 24000, 9), ('valley', 19000, 12), ('hills', 14000, 19), ('capital', 31000, 11)) r (region, income, unemployment)
ORDER BY place;

SELECT region, round(composite_index(ARRAY[60, 55, 58], ARRAY[2, 1, 1], 'arithmetic')::numeric, 2) AS even_region,
       round(composite_index(scores, ARRAY[2, 1, 1], 'arithmetic')::numeric, 2) AS arithmetic,
       round(composite_index(scores, ARRAY[2, 1, 1], 'geometric')::numeric, 2) AS geometric,
       round(composite_index(scores, ARRAY[2, 1, 1], 'mpi_negative')::numeric, 2) AS penalised
FROM (VALUES ('lopsided', ARRAY[95, 20, 23]::float8[])) r (region, scores);

SELECT a.unit, round(sum(outranking(a.scores, b.scores, ARRAY[1, 1, 1]) - outranking(b.scores, a.scores, ARRAY[1, 1, 1]))::numeric, 2) AS copeland
FROM (VALUES (1, ARRAY[1, 3, 2]::float8[]), (2, ARRAY[2, 2, 3]), (3, ARRAY[3, 1, 1]), (4, ARRAY[4, 5, 4])) a (unit, scores),
     (VALUES (1, ARRAY[1, 3, 2]::float8[]), (2, ARRAY[2, 2, 3]), (3, ARRAY[3, 1, 1]), (4, ARRAY[4, 5, 4])) b (unit, scores)
WHERE a.unit <> b.unit GROUP BY a.unit ORDER BY copeland DESC, unit;

-- ranks under other weights, the best light of each, and what each part does
CREATE TEMP TABLE region (region text PRIMARY KEY, scores float8[]);
INSERT INTO region VALUES ('border', '{25,35,30}'), ('capital', '{95,30,55}'), ('coast', '{70,60,80}'), ('hills', '{30,90,40}'), ('valley', '{55,75,60}');
SELECT region, (r).rank, (r).best, (r).p05, (r).median, (r).p95, (r).worst, round((r).top::numeric, 2) AS top
FROM (SELECT region, rank_range(scores, ARRAY[1, 1, 1], 0.5, '{arithmetic,geometric}', 1000, 1) OVER () AS r FROM region) s ORDER BY (r).rank;
SELECT region, (r).rank, (r).best, (r).median, (r).worst, round((r).top::numeric, 2) AS top
FROM (SELECT region, rank_range(scores, draws => 1000, seed => 1) OVER () AS r FROM region) s ORDER BY (r).rank;
SELECT region, round((b).index::numeric, 3) AS index, (SELECT array_agg(round(x::numeric, 2)) FROM unnest((b).shares) x) AS shares, round((c).index::numeric, 3) AS bounded, (SELECT array_agg(round(x::numeric, 2)) FROM unnest((c).shares) x) AS bounded_shares
FROM (SELECT region, benefit_of_the_doubt(scores) OVER () AS b, benefit_of_the_doubt(scores, ARRAY[0.2, 0.2, 0.2], ARRAY[0.6, 0.6, 0.6]) OVER () AS c FROM region) s ORDER BY (c).index DESC;
SELECT region, max(place) FILTER (WHERE dropped = 0) AS all_three, max(place) FILTER (WHERE dropped = 1) AS without_income, max(place) FILTER (WHERE dropped = 2) AS without_housing, max(place) FILTER (WHERE dropped = 3) AS without_services
FROM (SELECT region, dropped, rank() OVER (PARTITION BY dropped ORDER BY composite_index(scores, ARRAY[(dropped <> 1)::int, (dropped <> 2)::int, (dropped <> 3)::int], 'arithmetic') DESC) AS place
      FROM region, generate_series(0, 3) AS dropped) s
GROUP BY region ORDER BY all_three;
CREATE TEMP VIEW choice AS
SELECT *, rank() OVER (PARTITION BY income, housing, services, aggregation ORDER BY composite_index(scores, ARRAY[income, housing, services], aggregation) DESC) AS place
FROM region, unnest(ARRAY[0.5, 0.75, 1, 1.25, 1.5]) income, unnest(ARRAY[0.5, 0.75, 1, 1.25, 1.5]) housing, unnest(ARRAY[0.5, 0.75, 1, 1.25, 1.5]) services, unnest(ARRAY['arithmetic', 'geometric']) aggregation;

SELECT region, round(max(v) FILTER (WHERE free = 15), 3) AS variance, round(max(v) FILTER (WHERE free = 8) / nullif(max(v) FILTER (WHERE free = 15), 0), 2) AS income,
       round(max(v) FILTER (WHERE free = 4) / nullif(max(v) FILTER (WHERE free = 15), 0), 2) AS housing, round(max(v) FILTER (WHERE free = 2) / nullif(max(v) FILTER (WHERE free = 15), 0), 2) AS services,
       round(max(v) FILTER (WHERE free = 1) / nullif(max(v) FILTER (WHERE free = 15), 0), 2) AS aggregation
FROM (SELECT region, free, avg(variance) AS v
      FROM (SELECT region, GROUPING(income, housing, services, aggregation) AS free, var_pop(place) AS variance FROM choice
            GROUP BY region, GROUPING SETS ((housing, services, aggregation), (income, services, aggregation), (income, housing, aggregation), (income, housing, services), ())) s
      GROUP BY region, free) t
GROUP BY region ORDER BY region;

-- every method, NULL in the column, ties
SELECT x, round(normalised(x, 'min_max') OVER ()::numeric, 3) AS min_max, round(normalised(x, 'z_score') OVER ()::numeric, 3) AS z_score,
       normalised(x, 'rank') OVER () AS rank, normalised(x, 'borda') OVER () AS borda, round(normalised(x, 'percentile_rank') OVER ()::numeric, 3) AS percentile,
       normalised(x, 'distance_to_max') OVER () AS to_max, normalised(x, 'goalposts', 1, ARRAY[0, 8, 100]) OVER () AS posts,
       normalised(x, 'distance_to_target', 1, ARRAY[5, 1]) OVER () AS target, normalised(x, 'distance_to_reference', 1, ARRAY[5]) OVER () AS reference
FROM unnest(ARRAY[1, 5, 9, 5, NULL]) x ORDER BY x;
SELECT grp, x, normalised(x, 'minmax', parameters => ARRAY[1, 100], direction => 1) OVER (PARTITION BY grp) FROM (VALUES ('a', 1), ('a', 2), ('b', 5), ('b', 5)) t (grp, x);
SELECT normalised(x, 'z_score') OVER () AS one_unit FROM (VALUES (4)) t (x);
SELECT normalised(x, method) OVER () AS null_method FROM (VALUES (4, NULL::text)) t (x, method);

-- gaps in the scores
SELECT composite_index(ARRAY[1, NULL, 3], ARRAY[1, 1, 2], 'arithmetic') AS gap,
       composite_index(ARRAY[1, NULL, 3], ARRAY[1, 1, 2], 'arithmetic', 1, 0.75) AS enough, composite_index(ARRAY[1, NULL, 3], ARRAY[1, 1, 2], 'arithmetic', 1, 0.8) AS too_little,
       composite_index(ARRAY[1, 2], ARRAY[0, 0], 'arithmetic') AS no_weight, composite_index('{}', '{}', 'arithmetic') AS empty,
       composite_index(ARRAY[1, 4], 'geometric') AS equal_weights, composite_index(ARRAY[1, 4], ARRAY[1, 1], 'generalised', 2) ^ 2 AS quadratic;

-- weight 0 counts for nothing: no value is too odd for it, and a gap there is none
SELECT composite_index(ARRAY[4, 0, 9], ARRAY[1, 0, 1], 'geometric') AS zero, composite_index('{4,NaN,9}', ARRAY[1, 0, 1], 'geometric') AS not_a_number,
       composite_index(ARRAY[4, NULL, 9], ARRAY[1, 0, 1], 'geometric') AS gap;

-- what is refused
SELECT normalised(x, 'minimax') OVER () FROM (VALUES (4)) t (x);
SELECT normalised(x, 'min_max', 2) OVER () FROM (VALUES (4)) t (x);
SELECT normalised(x, 'goalposts') OVER () FROM (VALUES (4)) t (x);
SELECT normalised(x, 'distance_to_target', 1, ARRAY[0]) OVER () FROM (VALUES (4), (5)) t (x);
SELECT normalised(x, 'rank') OVER () FROM (VALUES (4), ('NaN'::float8)) t (x);
SELECT composite_index(ARRAY[1, 0], ARRAY[1, 1], 'geometric');
SELECT composite_index(ARRAY[1, 0, 3, 0], ARRAY[1, 0, 1, 2], 'harmonic');
SELECT composite_index(ARRAY[1, 2], ARRAY[1], 'arithmetic');
SELECT composite_index(ARRAY[1, 2], ARRAY[1, -1], 'arithmetic');
SELECT composite_index(ARRAY[1, 2], ARRAY[1, NULL], 'arithmetic');
SELECT composite_index('{1,Infinity}', ARRAY[1, 1], 'arithmetic');
SELECT composite_index(ARRAY[1, 2], ARRAY[1, 1], 'mean');
SELECT composite_index(ARRAY[1, 2], ARRAY[1, 1], 'generalised');
SELECT round((composite_index(ARRAY[1, 1e300], ARRAY[1, 1], 'generalised', 5) / 1e300)::numeric, 9) AS powers_beyond_float8;
SELECT normalised(1, 'rank');

-- a unit without all its scores is no unit; nor does a part of weight 0 count
SELECT i, (rank_range(s, draws => 10) OVER ()).rank, (benefit_of_the_doubt(s) OVER ()).index FROM (VALUES (1, '{1,2}'::float8[]), (2, NULL), (3, '{1,NULL}'), (4, '{2,4}'), (5, '{0,0}')) t (i, s) ORDER BY i;
SELECT (rank_range(s, ARRAY[1, 0], 0.5, '{geometric}', 10) OVER ()).worst FROM (VALUES ('{3,0}'::float8[]), ('{2,-1}')) t (s);
SELECT rank_range(s) OVER () FROM (VALUES (NULL::float8[])) t (s);
SELECT rank_range(s, ARRAY[1, 1], 0.5, '{geometric}') OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, ARRAY[1, 1, 1]) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, ARRAY[0, 0]) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, ARRAY[1, -1]) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, spread => 25) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, aggregations => '{}') OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, aggregations => '{mean}') OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, aggregations => '{NULL}') OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, aggregations => NULL) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, seed => NULL) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, draws => 0) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, draws => 2000000000) OVER () FROM (VALUES ('{3,0}'::float8[])) t (s);
SELECT rank_range(s, ARRAY[1, 1], aggregations => '{mpi_negative}') OVER () FROM (VALUES ('{1,-1}'::float8[])) t (s);
SELECT benefit_of_the_doubt(s) OVER () FROM (VALUES ('{3,-1}'::float8[])) t (s);
SELECT benefit_of_the_doubt(s) OVER () FROM (VALUES ('{3,1}'::float8[]), ('{3}')) t (s);
SELECT benefit_of_the_doubt(s, ARRAY[0.6, 0.6]) OVER () FROM (VALUES ('{3,1}'::float8[])) t (s);
SELECT benefit_of_the_doubt(s, ARRAY[0.1]) OVER () FROM (VALUES ('{3,1}'::float8[])) t (s);
