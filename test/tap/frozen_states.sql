-- States that 1.0 stored are read, and mean what they meant.
\ir ../fixture/states_1.0.sql
CREATE TEMP TABLE changed (function text, key text, PRIMARY KEY (function, key));
INSERT INTO changed VALUES ('wolfson_polarisation', ''),
    -- a failing area is dissolved to its last member, as the official method does
    ('labour_market_areas', '*'),
    -- a draw that equals what is there counts on both sides
    ('local_moran', 'p'),
    -- a potential below the flow is refused
    ('functional_polycentricity', '');
SELECT no_plan();
\ir ../fixture/ask_frozen.sql
SELECT is((SELECT string_agg(t.typname, ', ') FROM pg_type t WHERE t.typname IN ('accessibility_state', 'catchment_state', 'cluster_state', 'contiguity_state', 'coverage_state', 'event_state', 'flow_state',
    'gravity_state', 'grid_state', 'grouped_state', 'labour_market_state', 'linkage_state', 'moment_state', 'neighbour_state', 'paired_state', 'regression_rows', 'repeat_sales_state', 'robust_state',
    'sample_state', 'spar_state', 'spatial_state', 'surface_state', 'urban_area_state', 'urbanisation_state') AND t.typnamespace = 'terrbal'::regnamespace
    AND NOT EXISTS (SELECT FROM frozen_state f WHERE f.type = 'terrbal.' || t.typname)), NULL, 'every type of state that 1.0 had');
SELECT * FROM finish();
