-- 1.0 to 1.1. One section per fragment of the install script, in its order: what a fragment gained, changed or lost since 1.0 stands under its name.
\echo Use "ALTER EXTENSION terrbal UPDATE" to load this file. \quit


-- ---- 00-preamble ----




-- ---- 10-sample_state ----




-- ---- 12-flow_state ----




-- ---- 14-moment_state ----




-- ---- 20-pool ----




-- ---- 22-tariff ----




-- ---- 24-equalisation ----




-- ---- 30-inequality ----




-- ---- 32-decomposition ----




-- ---- 34-progressivity ----




-- ---- 36-convergence ----




-- ---- 40-flow ----




-- ---- 42-linkage ----




-- ---- 44-migration ----




-- ---- 46-functional_area ----




-- ---- 47-interaction ----




-- ---- 48-accessibility ----




-- ---- 50-geometry ----




-- ---- 52-settlement ----




-- ---- 54-demography ----




-- ---- 55-polycentricity ----




-- ---- 56-composite ----




-- ---- 57-sdg ----




-- ---- 60-regression ----




-- ---- 61-difference ----




-- ---- 62-assessment ----




-- ---- 64-price_index ----




-- ---- 66-price_surface ----




-- ---- 69-money ----




-- ---- 70-levy ----




-- ---- 72-increment ----




-- ---- 74-obligation ----




-- ---- 75-development_rights ----




-- ---- 76-readjustment ----




-- ---- 77-land_bank ----
COMMENT ON AGGREGATE internal_rate_of_return(numeric, numeric) IS 'Yearly rate at which the present value of signed cash flows is 0, a fraction above -1; of several the smallest not negative, else the largest below 0; NULL where there is none';




-- ---- 78-land_tax ----




-- ---- 79-valuation ----




-- ---- 80-monitor ----




-- ---- 81-refresh ----




-- ---- 82-rollup ----




-- ---- 83-signal ----




-- ---- 84-publication ----


