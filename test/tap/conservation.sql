-- Nothing is lost in silence: every aggregate and window that takes rows, found from the catalogue, is fed one row of each odd sort, and what the table
-- "Odd rows" of doc/conventions.md says of its family is what happens. A function without a family fails.
\ir ../fixture/calls.sql
SET client_min_messages = error;
INSERT INTO fixture_argument VALUES
    ('unit', 'numeric', '0.01'), ('pool', 'numeric', '1000'), ('total', 'numeric', '1000'), ('lower', 'numeric', '0'), ('upper', 'numeric', '500'), ('base', 'numeric', 'whole::numeric'), ('slope', 'numeric', '1'),
    ('target', 'numeric', '5000'), ('cap', 'numeric', '500'), ('bounded_apportionment.weight', 'numeric', 'whole::numeric + 1'), ('cut', 'numeric', '20'), ('floor', 'numeric', '0'), ('damped_share.formula', 'numeric', '50'),
    ('objective', 'numeric', '1000'), ('entitlement_split.share', 'numeric', '0.4'), ('entitlement_split.surface', 'numeric', 'whole::numeric + 1'), ('equalisation.pool', 'numeric', '4'), ('equalisation.need', 'bigint', 'whole::bigint * 3 + 20'), ('equalisation.need', 'double precision', 'whole * 3 + 20'), ('equalisation.need', 'numeric', 'whole::numeric * 3 + 20'),
    ('rounded_to_total.x', 'numeric', 'positive::numeric'), ('rounded_to_total.total', 'numeric', '(SELECT sum(r.positive)::numeric FROM few r) + 0.1'),
    ('normalised.method', 'text', '''z_score'''), ('normalised.parameters', 'double precision[]', 'ARRAY[100, 10]'), ('normalised.direction', 'integer', '1'), ('normalised.x', 'double precision', 'positive'),
    ('balanced_flow.origin_total', 'double precision', '(SELECT sum(r.positive) FROM few r WHERE r.origin = few.origin)'),
    ('balanced_flow.destination_total', 'double precision', '(SELECT sum(r.positive) FROM few r WHERE r.destination = few.destination)'),
    ('x', 'integer', 'i % 20'), ('y', 'integer', 'i / 20'), ('land_share', 'double precision', '1'), ('built_share', 'double precision', '0.5'), ('cell_area_km2', 'double precision', '1'),
    ('density', 'double precision', '1500'), ('size', 'double precision', '5000'), ('corners', 'boolean', 'true'), ('radiation_share.origin_mass', 'double precision', '17'), ('radiation_share.total_mass', 'double precision', '100000'),
    ('radiation_share.distance', 'double precision', 'i'), ('lambda', 'double precision', '2'), ('share_after', 'double precision', 'whole'), ('hoover_concentration.area', 'double precision', 'whole + 1'), ('activity_other', 'double precision', 'whole'),
    ('after', 'double precision', 'whole + positive / 2'), ('size_elasticity.amount', 'double precision', 'whole + 1'), ('size_regression.amount', 'double precision', 'whole + 1'), ('appraised', 'double precision', 'positive * (0.8 + whole / 40)'),
    ('predicted', 'double precision', 'whole + positive / 8'), ('final', 'double precision', 'whole + 2'), ('count_b', 'double precision', 'whole'), ('rank_by', 'double precision', 'whole'), ('current_value', 'numeric', 'positive::numeric + 7'),
    ('base_value', 'numeric', 'whole::numeric'), ('low_limit', 'double precision', '500'), ('high_limit', 'double precision', '1000'), ('equal_cut.amount', 'numeric', 'round(positive::numeric, 2)'), ('readjustment.value_after', 'numeric', '100 + round(positive::numeric, 2)'), ('readjustment.cost', 'numeric', '50'),
    ('weighted_quantile.weight', 'double precision', 'CASE WHEN i = 8 THEN 200 ELSE positive END'), ('payback_year.amount', 'numeric', 'CASE WHEN i = 8 THEN 90 ELSE 1 END'), ('payback_year.years', 'numeric', 'CASE WHEN i = 8 THEN 0 ELSE i % 10 END'), ('open_space_access.distance', 'double precision', 'positive * 60'), ('high_capacity_distance', 'double precision', 'positive * 200'), ('low_capacity_distance', 'double precision', 'positive * 100')
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
INSERT INTO fixture_argument VALUES ('group_time_effects.unit', 'text', '((i - 1) % 10)::text'), ('group_time_effects.period', 'integer', '(i - 1) / 10'), ('group_time_effects.outcome', 'double precision', 'positive'),
    ('group_time_effects.first_treated', 'integer', 'CASE WHEN (i - 1) % 10 < 3 THEN 2 WHEN (i - 1) % 10 < 6 THEN 4 END'), ('group_time_effects.controls', 'text', '''never'''), ('group_time_effects.covariates', 'double precision[]', 'ARRAY[sin(i * i)]')
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
INSERT INTO fixture_argument SELECT replace(name, 'group_time_effects', 'synthetic_control'), type, expression FROM fixture_argument WHERE name ~ '^group_time_effects[.](unit|period|outcome)$'
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
INSERT INTO fixture_argument SELECT name, 'bigint', format('(%s)::bigint', expression) FROM fixture_argument WHERE type = 'text' AND name ~ '^(group_time_effects|synthetic_control)[.](unit|treated)$'
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;
CREATE TEMP TABLE few AS SELECT * FROM fixture WHERE i <= 60;

-- Families, as in the table, and what the rows mean in them; a rule that names the function or the argument wins over one of the family.
--   skipped: the answer is that of the other rows (a window: theirs are as they were, its own is NULL)    counts: it is another answer
--   alone: a window gives the row a value of its own, the others' stay    adds: the same as one row with twice the figure    or the SQLSTATE of the error
CREATE TEMP TABLE family (family text, function text PRIMARY KEY);
INSERT INTO family SELECT f, unnest(string_to_array(functions, ' ')) FROM (VALUES
    ('sample', 'atkinson atkinson_by_group bootstrap_gini coefficient_of_variation concentration_curve concentration_index entropy_by_group equalisation_effect esteban_ray extended_gini generalised_entropy gini gini_corrected gini_standard_error group_inequality hoover inequality inequality_by_group lorenz_curve multidimensional_poverty palma_ratio poverty progressivity theil_l theil_t weighted_quantile wolfson_polarisation'),
    ('sample', 'beta_convergence sigma_convergence difference_in_differences event_study hedonic_index ols ols_columns ols_cluster ols_robust ratio_study repeat_sales arithmetic_repeat_sales weighted_repeat_sales spar rank_size rank_reversals size_elasticity size_regression'),
    ('sample', 'hoover_concentration hoover_redistribution krugman_specialisation dissimilarity kernel_mean kernel_surface inverse_distance flow_fit flow_distance plan_coverage normalised rank_range benefit_of_the_doubt budget_choice'),
    ('flow', 'flow_profile zone_flows link_flows dominant_flows intramax modularity functional_polycentricity functional_urban_areas labour_market_areas linkage average_linkage commuting_areas'),
    ('sample', 'regression_discontinuity ols_cr3 local_bandwidth'), ('panel', 'synthetic_control'),
    ('access', 'accessibility catchment_access huff_share open_space_access transport_access'), ('location', 'p_median p_centre maximal_cover set_cover closure_effect opening_effect'),
    ('gravity', 'gravity radiation_share balanced_flow'), ('neighbour', 'moran local_moran spatial_gini contiguous_areas geary getis_ord local_getis_ord bivariate_moran local_bivariate_moran join_count spatial_tests spatial_lag spatial_effects spatial_error'), ('geometry', 'neighbour_pairs'), ('panel', 'group_time_effects'), ('survey', 'fay_herriot'), ('tests', 'false_discovery'), ('tests', 'raked_weight'), ('chain', 'projection'),
    ('grid', 'settlement_class settlement_class_level1 built_up_threshold degree_of_urbanisation'),
    ('map', 'class_metrics landscape_metrics patch_id growth_type urban_extent built_share_around pycnophylactic'), ('share', 'land_use_mix'), ('sample', 'density_gradient ols_cluster2 ols_cr2 ols_fixed_effects poisson_fixed_effects two_stage'),
    ('share', 'segregation segregation_decomposition local_segregation transition_matrix class_changes partition_similarity'),
    ('money', 'apportionment bounded_apportionment pool_share levelling_transfer equal_cut closing_item damped_share rounded_to_total standard_yield capacity_gap equalisation betterment_levy subsidised_quota entitlement_split readjustment controlled_rounding'),
    ('account', 'internal_rate_of_return present_value payback_year debt_capacity tax_increment parcel_increment tax_shift split_rate average_entitlement objective_entitlement')) x (f, functions);
CREATE TEMP TABLE rule (kind text, scope text, argument text, expected text, PRIMARY KEY (kind, scope, argument));
INSERT INTO rule SELECT kind, scope, unnest(string_to_array(arguments, ' ')), expected FROM (VALUES
    ('null', 'sample', '*', 'skipped'), ('null', 'flow', '*', 'skipped'), ('null', 'access', '*', 'skipped'), ('null', 'location', '*', 'skipped'), ('null', 'gravity', '*', 'skipped'), ('null', 'neighbour', '*', 'skipped'),
    ('null', 'geometry', '*', 'skipped'), ('null', 'panel', '*', 'skipped'), ('twice', 'panel', '*', '22023'), ('null', 'grid', '*', 'skipped'), ('null', 'share', '*', 'skipped'), ('null', 'money', '*', '22004'), ('null', 'account', '*', 'skipped'),
    ('null', 'chain', '*', 'skipped'), ('zero', 'chain', '*', 'counts'), ('twice', 'chain', '*', 'counts'), ('self', 'chain', '*', 'counts'),
    ('null', 'survey', '*', 'skipped'), ('zero', 'survey', '*', 'counts'), ('twice', 'survey', '*', '22023'), ('null', 'tests', '*', 'skipped'), ('zero', 'tests', '*', 'counts'), ('twice', 'tests', '*', 'counts'),
    ('null', 'map', '*', 'skipped'), ('twice', 'map', '*', '22023'),
    ('zero', 'sample', '*', 'skipped'), ('zero', 'flow', '*', 'counts'), ('zero', 'access', '*', 'counts'), ('zero', 'location', '*', 'skipped'), ('zero', 'gravity', '*', 'counts'), ('zero', 'neighbour', '*', 'counts'),
    ('zero', 'grid', '*', 'alone'), ('zero', 'share', '*', 'skipped'), ('zero', 'money', '*', 'alone'), ('zero', 'account', '*', 'counts'),
    ('twice', 'sample', '*', 'counts'), ('twice', 'flow', '*', 'adds'), ('twice', 'access', '*', 'counts'), ('twice', 'location', '*', '22023'), ('twice', 'gravity', '*', 'counts'), ('twice', 'neighbour', '*', '22023'),
    ('twice', 'geometry', '*', 'skipped'), ('twice', 'grid', '*', '22023'), ('twice', 'share', '*', 'adds'), ('twice', 'money', '*', 'counts'), ('twice', 'account', '*', 'counts'),
    ('infinite', 'access', '*', 'counts'), ('infinite', 'location', '*', 'counts'), ('infinite', 'gravity', '*', '22003'), ('infinite', 'sample', '*', '22003'),
    ('self', 'flow', '*', 'counts'), ('self', 'access', '*', 'counts'), ('self', 'location', '*', 'counts'), ('self', 'gravity', '*', 'counts'), ('self', 'neighbour', '*', 'counts')) x (kind, scope, arguments, expected);
INSERT INTO rule SELECT kind, unnest(string_to_array(scopes, ' ')), argument, expected FROM (VALUES
    -- a parameter that is NULL, where it is not an index over samples
    ('null', 'accessibility catchment_access gravity', 'decay', '22004'), ('null', 'accessibility catchment_access', 'parameters', '22004'), ('null', 'catchment_access', 'method', '22004'), ('null', 'catchment_access', 'cutoff', '22023'),
    ('null', 'closure_effect opening_effect maximal_cover set_cover functional_urban_areas', 'threshold', '22004'), ('null', 'p_median p_centre maximal_cover', 'p', '22004'), ('null', 'gravity', 'model', '22004'), ('null', 'commuting_areas', 'in_share', '22004'), ('null', 'commuting_areas', 'out_share', '22004'), ('null', 'multidimensional_poverty', 'cutoff', '22004'), ('null', 'multidimensional_poverty', 'weights', '22004'),
    ('null', 'group_time_effects', 'first_treated', 'counts'), -- never treated
    ('null', 'synthetic_control', 'treated', '22004'), ('null', 'synthetic_control', 'first_treated', '22004'),
    ('null', 'regression_discontinuity', 'cutoff', '22004'), ('null', 'regression_discontinuity', 'kernel', '22004'), ('null', 'regression_discontinuity', 'bandwidth', '22023'),
    ('null', 'local_bandwidth', 'kernel', '22004'), ('null', 'local_bandwidth', 'adaptive', '22004'), ('null', 'local_bandwidth', 'criterion', '22004'),
    ('null', 'fay_herriot', 'direct', 'counts'), ('null', 'fay_herriot', 'variance', 'counts'), ('null', 'false_discovery', 'method', '22023'), ('null', 'raked_weight', 'low', '22023'), ('null', 'raked_weight', 'high', '22023'), ('zero', 'raked_weight', 'weight', 'alone'),
    ('null', 'labour_market_areas', 'min_size', '22004'), ('null', 'labour_market_areas', 'target_size', '22004'), ('null', 'labour_market_areas', 'min_self_containment', '22004'), ('null', 'labour_market_areas', 'target_self_containment', '22004'),
    ('null', 'class_metrics landscape_metrics', 'cell_size', '22004'), ('null', 'class_metrics landscape_metrics', 'neighbours', '22004'), ('null', 'patch_id', 'neighbours', '22023'), ('null', 'urban_extent built_share_around', 'cell_size', '22023'), ('null', 'urban_extent', 'radius', '22023'), ('null', 'urban_extent', 'fringe', '22023'), ('null', 'urban_extent', 'captured', '22023'), ('null', 'built_share_around', 'radius', '22023'), ('null', 'built_share_around', 'built', 'alone'), ('null', 'pycnophylactic', 'relaxation', '22023'), ('null', 'pycnophylactic', 'tolerance', '22023'), ('zero', 'density_gradient', 'population', 'counts'), ('zero', 'density_gradient', 'area', '22003'),
    ('null', 'huff_share', 'alpha', '22023'), ('null', 'huff_share', 'lambda', '22023'), ('null', 'radiation_share', 'origin_mass', '22023'), ('null', 'radiation_share', 'total_mass', '22023'),
    ('null', 'settlement_class settlement_class_level1', 'rules', '22023'), ('null', 'settlement_class settlement_class_level1 built_up_threshold', 'cell_area_km2', '22023'), ('null', 'built_up_threshold', 'corners', '22023'),
    ('null', 'built_up_threshold', 'density', '22023'), ('null', 'built_up_threshold', 'size', '22023'),
    ('null', 'apportionment bounded_apportionment rounded_to_total', 'total', '22023'), ('null', 'betterment_levy damped_share levelling_transfer pool_share', 'pool', '22023'), ('null', 'closing_item', 'target', '22023'), ('null', 'entitlement_split', 'objective', '22023'),
    ('null', 'entitlement_split', 'share', '22023'), ('null', 'equal_cut', 'cut', '22023'), ('null', 'equalisation', 'rate', '22023'), ('null', 'equalisation', 'pool', '22023'), ('null', 'readjustment', 'cost', '22023'), ('null', 'controlled_rounding', 'base', '22023'), ('null', 'controlled_rounding', 'seed', '22023'),
    ('null', 'apportionment betterment_levy bounded_apportionment closing_item damped_share entitlement_split equal_cut equalisation levelling_transfer pool_share readjustment rounded_to_total subsidised_quota', 'unit', '22023'),
    -- a method of one's own for each row is possible: the row still counts in the others' mean
    ('null', 'rank_range', 'spread', '22023'), ('null', 'rank_range', 'aggregations', '22023'), ('null', 'rank_range', 'draws', '22023'), ('null', 'rank_range', 'seed', '22023'), ('null', 'rank_range', 'top', '22023'),
    ('null', 'rank_range', 'weights', '22023'), ('null', 'budget_choice', 'budget', '22004'), ('null', 'budget_choice', 'carry', '22023'), ('null', 'budget_choice', 'programs', '22023'), ('null', 'budget_choice', 'needs', 'counts'), ('twice', 'budget_choice', '*', '22023'), ('null', 'benefit_of_the_doubt', 'low', '22023'), ('null', 'benefit_of_the_doubt', 'high', '22023'),
    ('null', 'normalised', 'method', 'counts'), ('null', 'normalised', 'direction', 'counts'), ('null', 'normalised', 'parameters', 'counts'),
    -- no bound, no pool of its own; a count that is not known stays unknown
    ('null', 'betterment_levy', 'cap', 'counts'), ('null', 'bounded_apportionment pool_share', 'lower', 'counts'), ('null', 'bounded_apportionment pool_share', 'upper', 'counts'), ('null', 'controlled_rounding', 'count', 'skipped'),
    -- unreachable: registered, reaches nothing
    ('null', 'catchment_access closure_effect maximal_cover', 'cost', 'counts'), ('null', 'catchment_access', 'supply_id', 'counts'), ('null', 'maximal_cover', 'site_id', 'counts'), ('null', 'open_space_access', 'distance', 'counts'),
    ('null', 'transport_access', 'high_capacity_distance', 'counts'), ('null', 'transport_access', 'low_capacity_distance', 'counts'), ('null', 'huff_share', 'distance', 'alone'), ('infinite', 'huff_share', 'distance', 'alone'),
    ('infinite', 'accessibility', 'cost', 'skipped'), ('infinite', 'opening_effect', 'cost', 'skipped'), ('null', 'p_median p_centre set_cover', 'cost', '22023'), ('null', 'p_median p_centre set_cover', 'site_id', '22023'), ('infinite', 'p_median p_centre set_cover', 'cost', '22023'),
    ('infinite', 'transport_access', 'high_capacity_distance', 'counts'), ('infinite', 'transport_access', 'low_capacity_distance', 'counts'),
    -- not fixed, not open, not adopted
    ('null', 'maximal_cover p_centre p_median set_cover', 'fixed', 'counts'), ('null', 'maximal_cover p_centre p_median set_cover', 'capacity', 'counts'), ('null', 'maximal_cover p_median', 'minimum', 'counts'), ('null', 'maximal_cover p_median', 'budget', '22023'), ('null', 'maximal_cover p_median', 'site_cost', 'counts'), ('null', 'opening_effect', 'is_open', 'counts'), ('null', 'plan_coverage', 'adopted', 'counts'),
    ('null', 'neighbour_pairs', 'tolerance', '22004'), ('null', 'moran local_moran spatial_gini bivariate_moran local_bivariate_moran', 'permutations', '22004'), ('null', 'moran local_moran spatial_gini bivariate_moran local_bivariate_moran', 'seed', '22004'), ('null', 'spatial_lag', 'instrument_lags', '22004'),
    ('null', 'ols_robust', 'kind', '22004'), ('null', 'ols_fixed_effects', 'clustered', '22004'), ('null', 'group_time_effects', 'controls', '22004'), ('null', 'group_time_effects', 'method', '22004'), ('null', 'transport_access', 'low_limit', '22004'), ('null', 'transport_access', 'high_limit', '22004'),
    ('null', 'inverse_distance', 'power', '22004'), ('null', 'kernel_mean kernel_surface', 'bandwidth', '22004'), ('null', 'kernel_mean kernel_surface', 'kernel', '22004'), ('null', 'kernel_surface', 'cell_size', '22004'), ('null', 'degree_of_urbanisation', 'rules', '22004'),
    ('null', 'projection', 'steps', '22004'), ('zero', 'projection', 'population', '22023'), ('null', 'commuting_areas', 'central', 'counts'), ('null', 'commuting_areas', 'core', 'counts'),
    -- unclassified, in no city, in no area, an island, a cell without figures
    ('null', 'linkage', 'origin_class', 'counts'), ('null', 'linkage', 'destination_class', 'counts'), ('null', 'functional_urban_areas', 'origin_city', 'counts'), ('null', 'functional_urban_areas', 'destination_city', 'counts'),
    ('null', 'degree_of_urbanisation', 'class', 'counts'), ('null', 'degree_of_urbanisation', 'population', 'counts'), ('null', 'degree_of_urbanisation', 'land_area', 'counts'), ('null', 'contiguous_areas', 'area', 'counts'), ('null', 'contiguous_areas', 'neighbour', 'counts'),
    ('null', 'moran local_moran spatial_gini geary getis_ord local_getis_ord bivariate_moran local_bivariate_moran join_count spatial_tests spatial_lag spatial_effects spatial_error', 'unit_j', 'counts'), ('self', 'getis_ord spatial_tests spatial_lag spatial_effects spatial_error', 'unit_j', '22023'), ('self', 'poisson_fixed_effects', 'destination', 'counts'), ('null', 'settlement_class settlement_class_level1', 'population', 'alone'), ('null', 'settlement_class settlement_class_level1', 'land_share', 'alone'), ('null', 'settlement_class settlement_class_level1', 'built_share', 'alone'),
    -- what the other figure of the row still says
    ('zero', 'dissimilarity', 'count_a', 'counts'), ('zero', 'flow_fit', 'observed', 'counts'), ('zero', 'hoover_concentration', '*', 'counts'), ('zero', 'degree_of_urbanisation', 'population', 'counts'), ('zero', 'capacity_gap closing_item', 'population', 'counts'),
    ('zero', 'open_space_access transport_access', 'population', 'skipped'), ('zero', 'huff_share', 'attraction', 'alone'), ('zero', 'built_up_threshold', 'population', 'skipped'), ('zero', 'link_flows linkage modularity', 'flow', 'skipped'),
    -- the totals no longer agree, and the error says so
    ('zero', 'balanced_flow', 'seed', '22023'), ('self', 'balanced_flow', 'destination', '22023'), ('twice', 'rounded_to_total', '*', '22023'),
    ('self', 'link_flows', 'destination', 'skipped'), ('self', 'opening_effect', 'site_id', 'skipped'), ('twice', 'contiguous_areas', '*', 'skipped'), ('twice', 'catchment_access', '*', '22023'), ('twice', 'degree_of_urbanisation', '*', 'counts'),
    ('twice', 'benefit_of_the_doubt capacity_gap controlled_rounding subsidised_quota', '*', 'alone')) x (kind, scopes, argument, expected);

CREATE TEMP VIEW takes_rows AS
SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname::text AS proname, p.prokind, p.proargnames[1:p.pronargs] AS names, y.types
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal',
LATERAL (SELECT array_agg(t ORDER BY o) AS types, bool_or(k.typname LIKE '%\_state' OR k.typtype = 'c' OR t = 'numeric[]'::regtype) AS composed FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY u(t, o) JOIN pg_type k ON k.oid = t) y
WHERE p.prokind IN ('a', 'w') AND p.proname NOT LIKE '%\_state' AND NOT y.composed;
-- row 8 as it is, with one argument changed; fresh: of another place than row 8
CREATE FUNCTION pg_temp.odd(f takes_rows, argument text, value text, fresh boolean) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(CASE WHEN name = argument THEN replace(value, '@', 'a' || o)
        WHEN argument = 'unit_j' AND value <> 'NULL' AND name = 'value_j' THEN 'a' || array_position(f.names, 'value_i') -- a unit has one value
        WHEN fresh AND t = 'text'::regtype THEN CASE WHEN name ~ '^(origin|demand_id|unit_i|zone|unit|id)$' THEN '''odd''' WHEN name ~ '^(destination|supply_id|site_id|unit_j|neighbour)$' THEN '''odder''' ELSE 'a' || o END
        WHEN fresh AND t = 'bigint'::regtype THEN CASE WHEN name ~ '^(origin|demand_id|unit_i|zone|unit|id)$' THEN '900001' WHEN name ~ '^(destination|supply_id|site_id|unit_j|neighbour)$' THEN '900002' ELSE 'a' || o END
        WHEN fresh AND name = 'x' AND t = 'integer'::regtype THEN '500' ELSE 'a' || o END, ', ' ORDER BY o)
    FROM unnest(f.names, f.types) WITH ORDINALITY u(name, t, o)
$$;
CREATE FUNCTION pg_temp.outcome(f takes_rows, odd text, instead boolean DEFAULT false, OUT others text, OUT own text) LANGUAGE plpgsql AS $$
DECLARE
    arguments text := (SELECT string_agg('a' || o, ', ' ORDER BY o) FROM generate_series(1, cardinality(f.types)) o);
    source text := (SELECT format('WITH base AS (SELECT i, %s FROM few) SELECT false AS odd, base.* FROM base WHERE i <> 8 OR NOT %L::boolean %s',
        string_agg(format('(%s)::%s AS a%s', pg_temp.argument(f.proname, coalesce(name, ''), format_type(t, NULL)), format_type(t, NULL), o), ', ' ORDER BY o), instead,
        ' UNION ALL SELECT true, 1000, ' || odd || ' FROM base WHERE i = 8') FROM unnest(f.names, f.types) WITH ORDINALITY u(name, t, o));
BEGIN
    EXECUTE CASE f.prokind WHEN 'a' THEN format('SELECT to_jsonb(terrbal.%I(%s))::text, NULL FROM (%s) q', f.proname, arguments, source)
        ELSE format('SELECT jsonb_agg(v ORDER BY i) FILTER (WHERE NOT odd)::text, (jsonb_agg(v) FILTER (WHERE odd))::text FROM (SELECT odd, i, terrbal.%I(%s)
            OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS v FROM (%s) q) w', f.proname, arguments, source) END INTO others, own;
    others := coalesce(others, 'NULL');
EXCEPTION WHEN OTHERS THEN
    others := SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE TEMP TABLE seen AS
SELECT f.signature, f.proname, k.kind, k.argument, p.others AS plain, g.others, g.own,
    CASE WHEN k.kind = 'twice' THEN (SELECT d.others FROM unnest(f.names, f.types) u(name, t) CROSS JOIN LATERAL pg_temp.outcome(f, pg_temp.odd(f, name, '@ * 2', false), true) d
        WHERE name IN ('flow', 'count', 'weight', 'area', 'demand') AND t IN ('float8'::regtype, 'numeric'::regtype) LIMIT 1) END AS doubled
FROM takes_rows f CROSS JOIN LATERAL pg_temp.outcome(f, NULL) p CROSS JOIN LATERAL (
    SELECT 'null' AS kind, name AS argument, pg_temp.odd(f, name, 'NULL', true) AS odd FROM unnest(f.names) name
    UNION ALL SELECT 'zero', name, pg_temp.odd(f, name, '0', true) FROM unnest(f.names, f.types) u(name, t)
        WHERE (name ~ '^(weight|flow|population|demand|supply|count|zone_weight|attraction|benefit_weight|observed|surface|count_a)$' OR name = 'seed' AND f.proname = 'balanced_flow' OR name = 'area' AND f.names <> '{population,area}')
            AND t IN ('float8'::regtype, 'numeric'::regtype, 'bigint'::regtype) AND NOT (name = 'area' AND t = 'bigint'::regtype)
    UNION ALL SELECT 'infinite', name, pg_temp.odd(f, name, '''Infinity''', true) FROM unnest(f.names, f.types) u(name, t) WHERE name ~ '^(cost|distance|.*capacity_distance)$' AND t = 'float8'::regtype
    UNION ALL SELECT 'self', name, pg_temp.odd(f, name, CASE t WHEN 'text'::regtype THEN '''odd''' ELSE '900001' END, true) FROM unnest(f.names, f.types) u(name, t) WHERE name ~ '^(destination|supply_id|site_id|unit_j|neighbour)$'
    UNION ALL SELECT 'twice', '', pg_temp.odd(f, NULL, NULL, false)) k
CROSS JOIN LATERAL pg_temp.outcome(f, k.odd) g;
CREATE TEMP TABLE verdict AS
SELECT s.*, r.expected, CASE WHEN s.others ~ '^(22|54|42|XX|0A)[0-9A-Z]{3} ' THEN left(s.others, 5) WHEN r.expected = 'adds' AND s.others = s.doubled THEN 'adds' WHEN s.others = s.plain THEN CASE WHEN s.own IS NULL OR s.own = '[null]' THEN 'skipped' ELSE 'alone' END
    ELSE 'counts' END AS found
FROM seen s LEFT JOIN family m ON m.function = s.proname
LEFT JOIN LATERAL (SELECT expected FROM rule r WHERE r.kind = s.kind AND r.scope IN (s.proname, m.family) AND r.argument IN (s.argument, '*')
    ORDER BY r.scope = s.proname DESC, r.argument <> '*' DESC LIMIT 1) r ON true;
SELECT plan(count(DISTINCT (kind, expected))::int + 6) FROM verdict WHERE expected IS NOT NULL;
SELECT is_empty('SELECT DISTINCT proname FROM takes_rows WHERE proname NOT IN (SELECT function FROM family)', 'every aggregate and window has a family');
SELECT is_empty('SELECT function FROM family WHERE function NOT IN (SELECT proname FROM takes_rows)', 'and every declaration its function');
SELECT is_empty($$SELECT DISTINCT signature, left(plain, 120) FROM verdict WHERE plain ~ '^(22|54|42|XX|0A)[0-9A-Z]{3} ' OR plain = 'NULL'$$, 'the rows without an odd one have an answer');
SELECT is_empty('SELECT DISTINCT kind, proname, argument FROM verdict WHERE expected IS NULL', 'every odd row has a rule');
SELECT is_empty($$SELECT scope, argument, kind FROM rule r WHERE scope NOT IN (SELECT family FROM family) AND NOT EXISTS (SELECT FROM verdict v WHERE v.proname = r.scope AND v.kind = r.kind AND r.argument IN (v.argument, '*'))$$, 'and every rule its row');
SELECT is_empty($$SELECT proname, others FROM verdict WHERE kind = 'twice' AND found = '22023' AND others !~ '("Z?10", "(X?Z|10)?12"|\(8, 0\)) occurs twice|unit "7" has more than one|unit "A?8" has more than one direct|project "8" has two equal rows' AND proname <> 'rounded_to_total'$$, 'what may stand once is named where it stands twice');
SELECT is(string_agg(DISTINCT format('%s.%s: %s %s', proname, argument, found, CASE WHEN found ~ '^[0-9]' THEN substr(others, 7, 60) ELSE '' END), E'\n') FILTER (WHERE found <> expected), NULL, format('%s: %s, in %s cases', kind, expected, count(*)))
FROM verdict WHERE expected IS NOT NULL GROUP BY kind, expected ORDER BY kind, expected;
SELECT * FROM finish();
