-- Every function with a float8 argument, found from the catalogue: which numbers stay as they are when arguments are multiplied by 1e-300 to 1e300, or
-- have an offset added, is declared here, and a function that is not declared fails. A unit of measure is no news.
\ir ../fixture/calls.sql
SET client_min_messages = error;
INSERT INTO fixture_argument VALUES
    ('normalised.method', 'text', '''z_score'''), ('normalised.parameters', 'double precision[]', 'ARRAY[100, 10]'), ('growth_rate.method', 'text', '''geometric'''), ('land_consumption_rate.method', 'text', '''linear'''),
    ('land_rate', 'text', '''linear'''), ('normalised.direction', 'integer', '1'), ('huff_share.lambda', 'double precision', '2'), ('slum', 'double precision', 'positive / 8'), ('informal', 'double precision', 'positive / 8'), ('inadequate', 'double precision', 'positive / 8'), ('esteban_ray.alpha', 'double precision', '1.5'), ('line', 'double precision', '6'), ('population_end', 'double precision', 'positive * 1.25 + 1'), ('area_end', 'double precision', 'positive * 1.5 + 1'), ('price', 'double precision', 'positive * (1 + whole / 20)'), ('composite_index.aggregation', 'text', '''geometric'''), ('composite_index.power', 'double precision', '3'), ('composite_index.availability', 'double precision', '0.5'),
    ('radiation_share.origin_mass', 'double precision', '17'), ('radiation_share.total_mass', 'double precision', '100000'), ('ring_index.breaks', 'double precision[]', 'ARRAY[1, 5, 10]'),
    ('step_value.breaks', 'double precision[]', 'ARRAY[1, 5, 10]'), ('step_value.results', 'double precision[]', 'ARRAY[1, 2, 3, 4]'), ('share_after', 'double precision', 'whole'), ('hoover_concentration.area', 'double precision', 'whole + 1'),
    ('activity_other', 'double precision', 'whole'), ('after', 'double precision', 'whole + positive / 2'), ('size_elasticity.amount', 'double precision', 'whole + 1'), ('size_regression.amount', 'double precision', 'whole + 1'),
    ('appraised', 'double precision', 'positive * (0.8 + whole / 40)'), ('second_value', 'double precision', 'whole + 1'), ('rank_by', 'double precision', 'whole'), ('predicted', 'double precision', 'whole + positive / 8'), ('final', 'double precision', 'whole + 2')
ON CONFLICT (name, type) DO UPDATE SET expression = excluded.expression;

-- Arguments multiplied together, and the fields that do not stay as they are; what is not named must stay. reach: the largest power of two, where the
-- page names a limit nearer than 1e300; slack: by what an answer may differ, in parts of itself.
CREATE TEMP TABLE scaled (function text, arguments text[], but text[] DEFAULT '{}', reach int DEFAULT 996, slack float8 DEFAULT 1e-9);
INSERT INTO scaled (function, arguments) VALUES
    ('ratio_or_null', '{x,y}'), ('gini', '{value}'), ('gini', '{weight}'), ('gini_corrected', '{value}'), ('gini_corrected', '{weight}'), ('gini_standard_error', '{value}'), ('gini_standard_error', '{weight}'),
    ('theil_t', '{value}'), ('theil_t', '{weight}'), ('theil_l', '{value}'), ('theil_l', '{weight}'), ('hoover', '{value}'), ('hoover', '{weight}'),
    ('coefficient_of_variation', '{value}'), ('coefficient_of_variation', '{weight}'), ('palma_ratio', '{value}'), ('palma_ratio', '{weight}'),
    ('wolfson_polarisation', '{value}'), ('wolfson_polarisation', '{weight}'), ('atkinson', '{value}'), ('atkinson', '{weight}'), ('generalised_entropy', '{value}'),
    ('generalised_entropy', '{weight}'), ('extended_gini', '{value}'), ('extended_gini', '{weight}'), ('bootstrap_gini', '{value}'), ('bootstrap_gini', '{weight}'),
    ('lorenz_curve', '{value}'), ('lorenz_curve', '{weight}'), ('concentration_curve', '{value}'), ('concentration_curve', '{rank_by}'), ('concentration_curve', '{weight}'),
    ('concentration_index', '{value}'), ('concentration_index', '{rank_by}'), ('concentration_index', '{weight}'), ('atkinson_by_group', '{value}'), ('atkinson_by_group', '{weight}'),
    ('entropy_by_group', '{value}'), ('entropy_by_group', '{weight}'), ('progressivity', '{before,after}'), ('progressivity', '{weight}'), ('sigma_convergence', '{initial,final}'),
    ('functional_polycentricity', '{flow}'), ('modularity', '{flow}'), ('functional_urban_areas', '{flow}'), ('commuting_areas', '{flow}'), ('average_linkage', '{flow}'), ('multidimensional_poverty', '{weights,cutoff}'), ('hoover_concentration', '{population}'), ('hoover_concentration', '{area}'),
    ('hoover_redistribution', '{share_before}'), ('hoover_redistribution', '{share_after}'), ('krugman_specialisation', '{activity_region}'), ('krugman_specialisation', '{activity_other}'),
    ('moran', '{value_i,value_j}'), ('moran', '{weight}'), ('spatial_gini', '{value_i,value_j}'), ('inverse_distance', '{distance}'),
    ('kernel_mean', '{distance,bandwidth}'), ('kernel_weight', '{distance,bandwidth}'), ('open_space_access', '{population}'), ('plan_coverage', '{population}'),
    ('transport_access', '{population}'), ('rank_reversals', '{before,after}'), ('ageing_index', '{older,young}'), ('aggregate_net_migration_rate', '{net_movers,population}'),
    ('crude_migration_intensity', '{movers,population}'), ('composite_index', '{weights}'), ('rank_range', '{scores}'), ('rank_range', '{weights}'), ('benefit_of_the_doubt', '{scores}'), ('outranking', '{weights}'), 
    ('hedonic_index', '{price}'), ('spar', '{price}'), ('spar', '{appraised}'), ('size_elasticity', '{population}'), ('size_elasticity', '{amount}'),
    ('theil_t_from_sums', '{sum_weight,sum_value,sum_value_log}'), ('theil_l_from_sums', '{sum_weight,sum_value,sum_log}'), ('cv_from_sums', '{sum_weight,sum_value,sum_square}'), ('growth_rate', '{start_value,end_value}'), ('huff_share', '{attraction}'), ('huff_share', '{distance}'),
    ('in_migration_rate', '{inflow,population}'), ('out_migration_rate', '{outflow,population}'), ('net_migration_rate', '{net,population}'), ('inadequate_housing_share', '{people,population}'),
    ('inadequate_housing_share', '{slum,informal,inadequate,population}'), ('land_consumption_rate', '{area_start,area_end}'),
    ('lcrpgr', '{area_start,area_end}'), ('lcrpgr', '{population_start,population_end}'), ('location_quotient', '{activity_region,total_region}'), ('location_quotient', '{activity_nation,total_nation}'),
    ('masculinity_ratio', '{males,females}'), ('migration_preference', '{flow,total_flow}'), ('migration_preference', '{origin_population,destination_population,total_population}'),
    ('old_age_dependency', '{older,working_age}'), ('youth_dependency', '{young,working_age}'), ('total_dependency', '{young,older,working_age}'), ('open_space_share', '{open_space,streets,built_up}'),
    ('population_growth_rate', '{population_start,population_end}'), ('replacement_ratio', '{entering,leaving}'), ('ring_index', '{distance,breaks}'), ('step_value', '{x,breaks}'),
    ('normalised', '{x}'), ('radiation_share', '{origin_mass,destination_mass,total_mass}'), ('radiation_share', '{distance}'), ('contiguous_areas', '{zone_weight}'),
    ('contribution_ratio', '{area_before,area_after}'), ('segregation_decomposition', '{count}'), ('dissimilarity', '{count_a}'), ('dissimilarity', '{count_b}'),
    ('dominance_risk', '{total,largest}'), ('p_percent_risk', '{total,largest}'), ('parity_index', '{value,reference}'), ('arrival_date', '{value,level,slope,baseline,target}'), ('series_warning', '{value,expected,baseline,target}');
INSERT INTO scaled (function, arguments, but) VALUES
    ('multidimensional_poverty', '{weight}', '{poor,population}'), ('projection', '{population}', '{population}'), ('segregation', '{count}', '{total}'), ('local_segregation', '{count}', '{total}'), ('transition_matrix', '{area}', '{area}'),
    ('class_changes', '{area}', '{before,after,persistence,gain,loss,net,swap}'), ('partition_similarity', '{weight}', '{rand,adjusted_rand,total}'),
    ('inequality', '{value}', '{mean,median}'), ('inequality', '{weight}', '{weight}'), ('inequality_by_group', '{value}', '{}'), ('inequality_by_group', '{weight}', '{}'),
    ('group_inequality', '{value}', '{mean}'), ('group_inequality', '{weight}', '{}'), ('beta_convergence', '{initial,final}', '{intercept,intercept_se}'),
    ('equalisation_effect', '{before,after}', '{minimum_after}'), ('equalisation_effect', '{population}', '{}'), ('flow_profile', '{flow}', '{total,intrazonal,interzonal}'),
    ('zone_flows', '{flow}', '{inflow,outflow,intrazonal,net,turnover}'), ('link_flows', '{flow}', '{flow_ab,flow_ba,net}'), ('flow_distance', '{flow}', '{}'),
    ('flow_fit', '{observed,predicted}', '{rmse}'), ('linkage', '{flow}', '{total,unclassified,urban_to_rural,rural_to_urban,urban_internal,rural_internal,peri_urban_exchange,rural_net,matrix}'),
    ('local_moran', '{value_i,value_j}', '{value,lag}'), ('local_moran', '{weight}', '{lag,i}'), ('rank_size', '{population}', '{intercept}'), ('size_regression', '{population}', '{intercept}'),
    ('size_regression', '{amount}', '{intercept}'), ('ratio_study', '{appraised,sale_price}', '{}'), ('catchment_access', '{demand,supply}', '{}'),
    ('demographic_balance', '{population_start,population_end,births,deaths}', '{change,natural,migration}'), ('dominant_flows', '{flow}', '{flow}'), ('degree_of_urbanisation', '{land_area}', '{land_area}'),
    ('land_use_efficiency', '{area_start,area_end}', '{built_up_per_head_start,built_up_per_head_end}'), ('land_use_efficiency', '{population_start,population_end}', '{built_up_per_head_start,built_up_per_head_end}');

INSERT INTO scaled (function, arguments, but, reach) VALUES
    ('ols', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('ols', '{weight}', '{sigma,rss}', 460),
    ('ols_columns', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('ols_columns', '{x2}', '{coefficients,standard_errors,vcov}', 460),
    ('ols_cluster', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('ols_cluster', '{weight}', '{sigma,rss}', 460),
    ('ols_robust', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('ols_cluster2', '{weight}', '{sigma,rss}', 460), ('ols_fixed_effects', '{weight}', '{sigma,rss}', 460),
    ('two_stage', '{weight}', '{sigma,rss}', 460), ('poisson_fixed_effects', '{weight}', '{aic,bic,log_likelihood}', 100),
    ('difference_in_differences', '{y}', '{estimate,se,se_hc0,se_hc1,se_hc2,se_hc3,mean_treated_post,mean_treated_pre,mean_control_post,mean_control_pre,sigma}', 230),
    ('event_study', '{y}', '{estimate,se,se_hc1}', 460), ('gravity', '{flow}', '{constant,constant_se,alpha_se,beta_se,gamma_se,deviance,log_likelihood,pseudo_r2}', 460),
    ('intramax', '{flow}', '{objective}', 460), ('labour_market_areas', '{flow,min_size,target_size}', '{internal,jobs,residents}', 460),
    ('p_median', '{weight,capacity,minimum}', '{objective,bound,weight,users}', 460), ('p_median', '{site_cost,budget}', '{}', 460), ('p_median', '{cost}', '{objective,bound,cost,mean_cost,worst_cost}', 460),
    ('maximal_cover', '{weight,capacity,minimum}', '{objective,bound,weight,users}', 996), ('maximal_cover', '{site_cost,budget}', '{}', 460), ('set_cover', '{weight,capacity}', '{weight,users}', 996), ('p_centre', '{weight,capacity}', '{weight,users}', 996), ('maximal_cover', '{cost,threshold}', '{cost,mean_cost,worst_cost}', 996), ('set_cover', '{cost,threshold}', '{cost,mean_cost,worst_cost}', 996),
    ('closure_effect', '{weight}', '{users,extra_cost,beyond_threshold,unserved,cost}', 460), ('closure_effect', '{cost,threshold}', '{extra_cost,mean_extra_cost,worst_cost,worst_extra_cost,cost}', 460),
    ('opening_effect', '{weight}', '{users,saved_cost,within_threshold,newly_served,cost}', 460), ('opening_effect', '{cost,threshold}', '{saved_cost,mean_saved_cost,worst_cost,most_saved_cost,cost}', 460),
    ('budget_choice', '{benefit}', '{total,bound,price}', 460), ('p_centre', '{cost}', '{objective,bound,cost,mean_cost,worst_cost}', 996),
    ('repeat_sales', '{price_first,price_second}', '{}', 460), ('weighted_repeat_sales', '{price_first,price_second}', '{}', 460), ('arithmetic_repeat_sales', '{price_first,price_second}', '{}', 460), ('poverty', '{value,line}', '{}', 996), ('esteban_ray', '{weight}', '{}', 996),
    ('geary', '{value_i,value_j}', '{}', 996), ('geary', '{weight}', '{}', 996), ('getis_ord', '{value_i,value_j}', '{}', 996), ('local_getis_ord', '{value_i,value_j}', '{value}', 996), ('bivariate_moran', '{value_i}', '{}', 996), ('local_bivariate_moran', '{value_i}', '{value}', 996), ('local_bivariate_moran', '{value_j}', '{lag}', 996), ('local_bivariate_moran', '{weight}', '{lag,i}', 460), ('bivariate_moran', '{value_j}', '{}', 996), ('bivariate_moran', '{weight}', '{}', 996), ('join_count', '{weight}', '{count,expected,variance}', 230),
    ('spatial_tests', '{y_i,y_j}', '{}', 460), ('spatial_tests', '{weight}', '{}', 460), ('spatial_lag', '{y_i,y_j}', '{coefficients,standard_errors,vcov,sigma,rss,robust_errors}', 460),
    ('spatial_lag', '{weight}', '{coefficients,standard_errors,vcov,robust_errors}', 460), ('spatial_effects', '{weight}', '{}', 460),
    ('spatial_error', '{y_i,y_j}', '{coefficients,standard_errors,vcov,sigma,rss,sigma2_moments}', 460),
    ('ols_cr3', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460),
    ('fay_herriot', '{x}', '{coefficients,standard_errors}', 100),
    ('ols_cr2', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('ols_cluster2', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460),
    ('ols_fixed_effects', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,aic,bic,log_likelihood}', 460), ('two_stage', '{y}', '{coefficients,standard_errors,vcov,sigma,rss,robust_errors}', 460),
    ('poisson_fixed_effects', '{y}', '{aic,bic,log_likelihood,standard_errors,t,p,vcov,f,f_p}', 10),
    ('regression_discontinuity', '{y}', '{estimate,se,mean_left,mean_right,corrected,corrected_se,low,high,se_hc3,se_nearest}', 996), ('regression_discontinuity', '{running,cutoff,bandwidth}', '{bandwidth,bias_bandwidth}', 996),
    ('local_bandwidth', '{y}', '{value,aicc,cv,rss,global_value,criteria}', 460), ('local_bandwidth', '{easting,northing}', '{}', 460),
    ('synthetic_control', '{outcome}', '{gap,observed,synthetic,rmspe_before,rmspe_after}', 996),
    ('group_time_effects', '{outcome}', '{effect,se,overall_exposure,overall_exposure_se,overall_group,overall_group_se,simple,simple_se,overall_calendar,overall_calendar_se}', 996),
    ('class_metrics', '{cell_size}', '{area,mean_patch_area,effective_mesh_size,edge_length,edge_density}', 460), ('landscape_metrics', '{cell_size}', '{area,mean_patch_area,effective_mesh_size,edge_length,edge_density}', 460),
    ('land_use_mix', '{area}', '{area}', 996), ('density_gradient', '{distance}', '{central_density,gradient,gradient_se}', 996), ('density_gradient', '{population,area}', '{}', 900);

-- Nothing of these stays when an argument changes its unit, or only money in exact decimals does, which its own tests scale.
CREATE TEMP TABLE unscaled (function text PRIMARY KEY, reason text);
INSERT INTO unscaled SELECT f, reason FROM (VALUES
    ('an amount in the unit of an argument, or a count', 'accessibility capacity_gap depopulation_risk projected_area shift_share survival_migration migration_velocity neighbour_pairs frontage pycnophylactic'),
    ('amounts of money or area in exact decimals, which their own tests scale', 'apportionment average_entitlement benefit_area betterment_levy bounded_apportionment chargeable_area closing_item distance_benefit entitlement_split equal_cut equalisation exact_decimal levelling_transfer log_coefficient pool_share power_tariff tariff_linear tariff_quadratic'),
    ('limits of a rule in a unit of its own', 'built_up_threshold eurostat_rural_region oecd_access_region oecd_rural_region oecd_rural_unit rural_environment rural_municipality settlement_class settlement_class_level1 settlement_level1 sparse_area standards_met traffic_light'),
    ('a pure number already', 'false_discovery chi_square_probability chi_square_quantile confidence_interval courgeau_k f_probability f_quantile kennedy_effect normal_probability normal_quantile student_probability student_quantile sdmx_status'),
    ('the value of a fitted or mapped quantity, in its unit', 'difference_or_null line_value plan_value series_summary kernel_surface predicted prediction predicted_flow proposed_plots strip_cuts weighted_quantile'),
    ('cells counted from an origin, and numbers as a file holds them', 'raster_cells unit_cells'),
    ('lengths and an area in one unit, which their own test changes together', 'urban_extent built_share_around'),
    ('totals that must agree in all rows: its own property test', 'balanced_flow raked_weight')) u (reason, functions), unnest(string_to_array(functions, ' ')) f;

CREATE FUNCTION pg_temp.times(x float8, factor float8) RETURNS float8 LANGUAGE sql AS 'SELECT x * factor';
CREATE FUNCTION pg_temp.times(x float8[], factor float8) RETURNS float8[] LANGUAGE sql AS 'SELECT array_agg(v * factor ORDER BY i) FROM unnest(x) WITH ORDINALITY u(v, i)';
CREATE FUNCTION pg_temp.plus(x float8, amount float8) RETURNS float8 LANGUAGE sql AS 'SELECT x + amount';

-- every number of an answer by its path, and the last name in it
CREATE FUNCTION pg_temp.leaves(answer jsonb) RETURNS TABLE (path text, field text, leaf jsonb) LANGUAGE sql AS $$
    WITH RECURSIVE part (path, field, leaf) AS (
        SELECT '', '', answer
        UNION ALL
        SELECT p.path || '/' || e.key, CASE WHEN jsonb_typeof(p.leaf) = 'object' THEN e.key ELSE p.field END, e.value
        FROM part p, LATERAL (SELECT * FROM jsonb_each(CASE WHEN jsonb_typeof(p.leaf) = 'object' THEN p.leaf ELSE '{}' END)
                              UNION ALL SELECT i::text, v FROM jsonb_array_elements(CASE WHEN jsonb_typeof(p.leaf) = 'array' THEN p.leaf ELSE '[]' END) WITH ORDINALITY a(v, i)) e (key, value))
    SELECT path, field, leaf FROM part WHERE jsonb_typeof(leaf) NOT IN ('object', 'array')
$$;

CREATE FUNCTION pg_temp.differs(a jsonb, b jsonb, slack float8) RETURNS boolean LANGUAGE sql AS $$
    SELECT CASE WHEN jsonb_typeof(a) = 'number' AND jsonb_typeof(b) = 'number'
        THEN abs(a::numeric - b::numeric) > slack::numeric * greatest(abs(a::numeric), abs(b::numeric), 0.001) ELSE a IS DISTINCT FROM b END
$$;

CREATE TEMP VIEW float_function AS
SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname, p.prokind, p.proargtypes::oid[] AS types, coalesce(p.proargnames, '{}') AS names, p.pronamespace::regnamespace AS schema
FROM pg_proc p
JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
JOIN pg_type r ON r.oid = p.prorettype
WHERE p.provolatile <> 'v' AND p.proargtypes::oid[] && ARRAY['float8'::regtype, 'float8[]'::regtype]::oid[] AND r.typname NOT LIKE '%\_state' AND p.proname NOT LIKE '%\_step'
  AND NOT EXISTS (SELECT FROM unnest(p.proargtypes::oid[]) t JOIN pg_type y ON y.oid = t WHERE t IN ('internal'::regtype, 'cstring'::regtype) OR y.typname LIKE '%\_state' OR y.typname = 'regression_rows');

-- the call with `change` put around the named arguments
CREATE FUNCTION pg_temp.answer(f float_function, arguments text[], change text) RETURNS jsonb LANGUAGE plpgsql AS $$
DECLARE
    list text;
    result jsonb;
BEGIN
    SELECT string_agg(replace(CASE WHEN f.names[o] = ANY (arguments) THEN change ELSE '@' END, '@',
        '(' || coalesce(pg_temp.argument(f.proname, coalesce(f.names[o], ''), format_type(t, NULL)), 'NULL') || ')::' || format_type(t, NULL)), ', ' ORDER BY o)
    INTO list FROM unnest(f.types) WITH ORDINALITY u(t, o);
    EXECUTE CASE WHEN f.prokind = 'a' THEN format('SELECT to_jsonb(%s.%I(%s)) FROM fixture', f.schema, f.proname, list)
        ELSE format('SELECT jsonb_agg(a) FROM (SELECT %s.%I(%s)%s AS a FROM (SELECT * FROM fixture ORDER BY i LIMIT 60) s) q', f.schema, f.proname, list, CASE f.prokind WHEN 'w' THEN ' OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)' ELSE '' END) END
    INTO result;
    RETURN result;
END
$$;

CREATE TEMP TABLE verdict (signature text, what text, ok boolean, note text);
CREATE FUNCTION pg_temp.compare(f float_function, arguments text[], but text[], change text, slack float8) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    plain jsonb;
BEGIN
    plain := pg_temp.answer(f, arguments, '@');
    INSERT INTO verdict SELECT f.signature, format('%s of %s', change, arguments), coalesce(bool_and(NOT pg_temp.differs(a.leaf, b.leaf, slack)), false) AND bool_or(a.leaf <> 'null'),
        string_agg(format('%s: %s, then %s', path, a.leaf, b.leaf), '; ') FILTER (WHERE pg_temp.differs(a.leaf, b.leaf, slack))
    FROM (SELECT * FROM pg_temp.leaves(plain) WHERE field <> ALL (but)) a FULL JOIN (SELECT * FROM pg_temp.leaves(pg_temp.answer(f, arguments, change)) WHERE field <> ALL (but)) b USING (path);
EXCEPTION WHEN OTHERS THEN
    INSERT INTO verdict VALUES (f.signature, format('%s of %s', change, arguments), false, SQLSTATE || ' ' || SQLERRM);
END
$$;
DO $$
BEGIN
    PERFORM pg_temp.compare(f, s.arguments, s.but, format('pg_temp.times(@, 2::float8 ^ %s)', e), s.slack)
    FROM scaled s JOIN float_function f ON f.proname = s.function AND s.arguments <@ f.names AND NOT 'fit' = ANY (f.names), unnest(ARRAY[-996, -460, -230, 230, 460, 996]) e WHERE abs(e) <= s.reach;
END
$$;
-- What measures dispersion, distance or an effect does not see an offset that all values share, as far as float8 holds the values: 2^49 leaves their
-- eighths. Sums of squares in double-double hold 2^30: their pages say so.
CREATE TEMP TABLE shifted (function text, arguments text[], but text[], reach int);
INSERT INTO shifted VALUES
    ('group_time_effects', '{outcome}', '{}', 49), ('synthetic_control', '{outcome}', '{observed,synthetic}', 49), ('regression_discontinuity', '{y}', '{mean_left,mean_right}', 49), ('local_bandwidth', '{y}', '{}', 30), ('local_bandwidth', '{easting}', '{}', 30), ('moran', '{value_i,value_j}', '{}', 49), ('local_moran', '{value_i,value_j}', '{value,lag}', 49), ('normalised', '{x}', '{}', 49), ('rank_reversals', '{before,after}', '{}', 30),
    ('difference_in_differences', '{y}', '{mean_treated_post,mean_treated_pre,mean_control_post,mean_control_pre,se_hc0,se_hc1,se_hc2,se_hc3,sigma}', 30), ('event_study', '{y}', '{}', 30), ('ols', '{y}', '{coefficients,standard_errors,t,p,vcov}', 30), ('ols_columns', '{y}', '{coefficients,standard_errors,t,p,vcov}', 30);
DO $$
BEGIN
    PERFORM pg_temp.compare(f, s.arguments, s.but, format('pg_temp.plus(@, 2::float8 ^ %s)', e), 1e-9)
    FROM shifted s JOIN float_function f ON f.proname = s.function AND s.arguments <@ f.names AND NOT 'fit' = ANY (f.names), unnest(ARRAY[10, 30, 49]) e WHERE e <= s.reach;
END
$$;

SELECT plan(count(*)::int + 3) FROM verdict;
SELECT ok(ok, signature || ': ' || what) || CASE WHEN NOT ok THEN E'\n# ' || left(coalesce(note, 'nothing to compare'), 300) ELSE '' END FROM verdict ORDER BY signature, what;
SELECT is((SELECT string_agg(DISTINCT proname, ', ') FROM float_function WHERE proname NOT IN (SELECT function FROM scaled UNION SELECT function FROM unscaled)), NULL, 'every function with a float8 argument is declared');
SELECT is((SELECT string_agg(DISTINCT function, ', ') FROM scaled WHERE NOT EXISTS (SELECT FROM float_function f WHERE f.proname = function AND arguments <@ f.names)), NULL, 'and every declaration has its function');
SELECT is((SELECT string_agg(function, ', ') FROM unscaled WHERE function IN (SELECT function FROM scaled) OR function NOT IN (SELECT proname FROM float_function)), NULL, 'of one sort');
SELECT * FROM finish();
