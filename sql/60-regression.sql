-- regression: least squares with classical, heteroscedasticity-robust and clustered errors

CREATE TYPE regression AS (
    coefficients float8[], standard_errors float8[], t float8[], p float8[], vcov float8[], r2 float8, adjusted_r2 float8, sigma float8, rss float8,
    f float8, aic float8, bic float8, n bigint, df bigint, rank int, reciprocal_condition float8, aliased int[],
    f_p float8, log_likelihood float8, constant boolean, covariance text, clusters bigint, test_df float8[]
);
COMMENT ON TYPE regression IS 'Least-squares fit; NULL where the data do not determine a number; aic = 2 rank - 2 log_likelihood; vcov is a matrix';

CREATE FUNCTION ols(state moment_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols(moment_state) IS 'Least-squares fit of stored cross moments (Cholesky in double-double; collinear columns are aliased)';

CREATE FUNCTION ols(state moment_state, tolerance float8) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols(moment_state, float8) IS 'Least-squares fit; a column is aliased where its pivot is at most tolerance (default 1e-22) of its square sum';

CREATE AGGREGATE ols(y float8, x float8[]) (
    SFUNC = moment_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols(float8, float8[]) IS 'Least squares of y on x[], which holds the constant if one is wanted';

CREATE AGGREGATE ols(y float8, x float8[], weight float8) (
    SFUNC = moment_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols(float8, float8[], float8) IS 'Weighted least squares; weights are inverse variances up to a factor';

CREATE TYPE cluster_state;

CREATE FUNCTION cluster_state_in(cstring) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cluster_state_in(cstring) IS 'Input of cluster_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION cluster_state_out(cluster_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_cluster_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cluster_state_out(cluster_state) IS 'Output of cluster_state: hexadecimal canonical bytes';

CREATE FUNCTION cluster_state_recv(internal) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cluster_state_recv(internal) IS 'Binary input of cluster_state, fully checked';

CREATE FUNCTION cluster_state_send(cluster_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_cluster_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cluster_state_send(cluster_state) IS 'Binary output of cluster_state: canonical bytes, big-endian';

CREATE TYPE cluster_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = cluster_state_in, OUTPUT = cluster_state_out, RECEIVE = cluster_state_recv, SEND = cluster_state_send
);
COMMENT ON TYPE cluster_state IS 'Cross moments by cluster, for cluster-robust errors and time-dummy indices; 0.8 kB a cluster with 6 regressors';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster text) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], text) IS 'Adds one row to the moments of its cluster: transition of ols_cluster';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster text, weight float8) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], text, float8) IS 'Adds one weighted row to the moments of its cluster: transition of ols_cluster';

CREATE FUNCTION cluster_combine(cluster_state, cluster_state) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_combine(cluster_state, cluster_state) IS 'Adds clustered moments: combine of ols_cluster';

CREATE FUNCTION cluster_final(cluster_state) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_final(cluster_state) IS 'Stored form of clustered moments, sorted by cluster';

CREATE FUNCTION ols_cluster(state cluster_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cluster' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cluster(cluster_state) IS 'Least squares with cluster-robust errors of stored clustered moments';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], text) IS 'Cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], text) IS 'Least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster text, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], text, float8) IS 'Weighted cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster text, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], text, float8) IS 'Weighted least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE rollup(cluster_state) (
    SFUNC = cluster_combine, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(cluster_state) IS 'Sum of stored clustered moments: what one pass over all their rows gives';

CREATE TYPE regression_rows;

CREATE FUNCTION regression_rows_in(cstring) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_in(cstring) IS 'Input of regression_rows: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION regression_rows_out(regression_rows) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_out(regression_rows) IS 'Output of regression_rows: hexadecimal canonical bytes';

CREATE FUNCTION regression_rows_recv(internal) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_recv(internal) IS 'Binary input of regression_rows, fully checked';

CREATE FUNCTION regression_rows_send(regression_rows) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_send(regression_rows) IS 'Binary output of regression_rows: canonical bytes, big-endian';

CREATE TYPE regression_rows (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = regression_rows_in, OUTPUT = regression_rows_out, RECEIVE = regression_rows_recv, SEND = regression_rows_send
);
COMMENT ON TYPE regression_rows IS 'Rows of a regression kept for a second pass; 8 bytes a number, 1 GB at most';

CREATE FUNCTION regression_rows_transition(state regression_rows, y float8, x float8[], kind text) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_transition(regression_rows, float8, float8[], text) IS 'Keeps one row: transition of ols_robust without a fit';

CREATE FUNCTION regression_rows_combine(regression_rows, regression_rows) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_combine(regression_rows, regression_rows) IS 'Joins kept rows: combine of ols_robust without a fit';

CREATE FUNCTION ols_robust(state regression_rows) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_rows' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_robust(regression_rows) IS 'Least squares with robust errors of kept rows';

CREATE AGGREGATE ols_robust(y float8, x float8[], kind text) (
    SFUNC = regression_rows_transition, STYPE = regression_rows, SSPACE = 65536, COMBINEFUNC = regression_rows_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], text) IS 'Least squares with errors robust to heteroscedasticity, kind hc0, hc1, hc2 or hc3; keeps every row';

CREATE TYPE robust_state;

CREATE FUNCTION robust_state_in(cstring) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION robust_state_in(cstring) IS 'Input of robust_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION robust_state_out(robust_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_robust_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION robust_state_out(robust_state) IS 'Output of robust_state: hexadecimal canonical bytes';

CREATE FUNCTION robust_state_recv(internal) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION robust_state_recv(internal) IS 'Binary input of robust_state, fully checked';

CREATE FUNCTION robust_state_send(robust_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_robust_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION robust_state_send(robust_state) IS 'Binary output of robust_state: canonical bytes, big-endian';

CREATE TYPE robust_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = robust_state_in, OUTPUT = robust_state_out, RECEIVE = robust_state_recv, SEND = robust_state_send
);
COMMENT ON TYPE robust_state IS 'Second pass of a robust regression: the fit, and e^2 x x summed';

CREATE FUNCTION robust_transition(state robust_state, y float8, x float8[], fit regression, kind text) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION robust_transition(robust_state, float8, float8[], regression, text) IS 'Adds the squared residual of one row: transition of ols_robust with a fit';

CREATE FUNCTION robust_combine(robust_state, robust_state) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION robust_combine(robust_state, robust_state) IS 'Adds two second passes: combine of ols_robust with a fit';

CREATE FUNCTION ols_robust(state robust_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_robust' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_robust(robust_state) IS 'The fit with its robust covariance';

CREATE AGGREGATE ols_robust(y float8, x float8[], fit regression, kind text) (
    SFUNC = robust_transition, STYPE = robust_state, SSPACE = 8192, COMBINEFUNC = robust_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], regression, text) IS 'Robust errors as a second pass over the rows of a finished ols fit; keeps no rows';

CREATE FUNCTION predicted(fit regression, x float8[]) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_predicted' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION predicted(regression, float8[]) IS 'Value of a fitted regression at x; aliased columns count 0';

CREATE FUNCTION kennedy_effect(coefficient float8, standard_error float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_kennedy_effect' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kennedy_effect(float8, float8) IS 'Relative effect of a dummy in a model of logarithms, exp(b - se^2/2) - 1 (Kennedy 1981), a fraction';

CREATE TYPE interval_bounds AS (low float8[], high float8[]);
COMMENT ON TYPE interval_bounds IS 'Confidence limits, one a coefficient in the order of the regression; NULL where the error is unknown';

CREATE FUNCTION confidence_interval(fit regression, level float8 DEFAULT 0.95) RETURNS interval_bounds
    AS 'MODULE_PATHNAME', 'terrbal_confidence_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(regression, float8) IS 'Limits of every coefficient: coefficient -/+ t quantile at df times standard error; level as a fraction';

CREATE FUNCTION ols_cr2(state cluster_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cr2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cr2(cluster_state) IS 'Of stored clusters. Least squares with errors for few clusters (CR2) and Satterthwaite degrees of freedom in test_df';

CREATE AGGREGATE ols_cr2(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr2(float8, float8[], text) IS 'Least squares with errors for few clusters: CR2 (Bell and McCaffrey 2002), t with Satterthwaite degrees of freedom of each coefficient';

CREATE FUNCTION ols_cr3(state cluster_state) RETURNS regression
    AS 'MODULE_PATHNAME', 'terrbal_ols_cr3' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_cr3(cluster_state) IS 'Of stored clusters. Least squares with errors by leaving out clusters (CR3) and Satterthwaite degrees of freedom in test_df';

CREATE AGGREGATE ols_cr3(y float8, x float8[], cluster text) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr3, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr3(float8, float8[], text) IS 'Least squares with errors by leaving out clusters: CR3 (Bell and McCaffrey 2002), never too small in expectation; t with Satterthwaite degrees of freedom';

CREATE TYPE wild_cluster_bootstrap AS (estimate float8, t float8, p float8, low float8, high float8, clusters bigint, replications int, enumerated boolean);
COMMENT ON TYPE wild_cluster_bootstrap IS 'Estimate of a term, its t by the cluster sandwich, and p and interval by signs of clusters; enumerated: of all signs, without chance';

CREATE FUNCTION wild_cluster_bootstrap(state cluster_state, term int, replications int DEFAULT 999, seed bigint DEFAULT 0, level float8 DEFAULT 0.95) RETURNS wild_cluster_bootstrap
    AS 'MODULE_PATHNAME', 'terrbal_wild_cluster_bootstrap' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION wild_cluster_bootstrap(cluster_state, int, int, bigint, float8) IS 'Of stored clusters. p and interval of one term (its place in x, from 1) with few clusters, null imposed, Rademacher signs (Cameron, Gelbach and Miller 2008)';

CREATE TYPE confidence_limits AS (low float8, high float8);
COMMENT ON TYPE confidence_limits IS 'Confidence limits of one estimate, in its unit';

CREATE FUNCTION confidence_interval(estimate float8, standard_error float8, df float8 DEFAULT NULL, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(float8, float8, float8, float8) IS 'Limits of any estimate by its standard error: t with df degrees of freedom, normal where df is NULL; level as a fraction';

CREATE TYPE prediction AS (value float8, se float8, low float8, high float8, forecast_se float8, forecast_low float8, forecast_high float8);
COMMENT ON TYPE prediction IS 'Value of a fitted regression with the error and limits of its mean, and of one new y there; in the unit of y';

CREATE FUNCTION prediction(fit regression, x float8[], level float8 DEFAULT 0.95) RETURNS prediction
    AS 'MODULE_PATHNAME', 'terrbal_prediction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION prediction(regression, float8[], float8) IS 'Value of a fitted regression at x with its standard error and limits, and those of one new observation (sigma added); level as a fraction';

CREATE FUNCTION confidence_interval(fit beta_convergence, level float8 DEFAULT 0.95) RETURNS confidence_limits
    AS 'MODULE_PATHNAME', 'terrbal_confidence_limits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION confidence_interval(beta_convergence, float8) IS 'Limits of beta by t with n - 2 degrees of freedom; level as a fraction';

CREATE FUNCTION regression_rows_transition(state regression_rows, y float8, x float8[], kind text, weight float8) RETURNS regression_rows
    AS 'MODULE_PATHNAME', 'terrbal_regression_rows_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION regression_rows_transition(regression_rows, float8, float8[], text, float8) IS 'Keeps one weighted row: transition of ols_robust without a fit';

CREATE AGGREGATE ols_robust(y float8, x float8[], kind text, weight float8) (
    SFUNC = regression_rows_transition, STYPE = regression_rows, SSPACE = 65536, COMBINEFUNC = regression_rows_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], text, float8) IS 'Weighted least squares with robust errors, (w e)^2 as the variance of a row; weights are inverse variances up to a factor';

CREATE FUNCTION robust_transition(state robust_state, y float8, x float8[], fit regression, kind text, weight float8) RETURNS robust_state
    AS 'MODULE_PATHNAME', 'terrbal_robust_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION robust_transition(robust_state, float8, float8[], regression, text, float8) IS 'Adds the squared residual of one weighted row: transition of ols_robust with a fit';

CREATE AGGREGATE ols_robust(y float8, x float8[], fit regression, kind text, weight float8) (
    SFUNC = robust_transition, STYPE = robust_state, SSPACE = 8192, COMBINEFUNC = robust_combine, FINALFUNC = ols_robust, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_robust(float8, float8[], regression, text, float8) IS 'Robust errors as a second pass over the rows of a finished weighted ols fit, with the same weights';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster bigint) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Adds one row to the moments of its cluster: transition of ols_cluster';

CREATE FUNCTION cluster_transition(state cluster_state, y float8, x float8[], cluster bigint, weight float8) RETURNS cluster_state
    AS 'MODULE_PATHNAME', 'terrbal_cluster_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cluster_transition(cluster_state, float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Adds one weighted row to the moments of its cluster: transition of ols_cluster';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE cluster_state(y float8, x float8[], cluster bigint, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = cluster_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cluster_state(float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Weighted cross moments by cluster as one value to store and roll up';

CREATE AGGREGATE ols_cluster(y float8, x float8[], cluster bigint, weight float8) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 16384, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cluster, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cluster(float8, float8[], bigint, float8) IS 'With integer clusters: the same as with their decimal text. Weighted least squares with cluster-robust errors, G/(G-1)*(n-1)/(n-k), t with G-1 degrees of freedom (as Stata)';

CREATE AGGREGATE ols_cr2(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr2, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr2(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with errors for few clusters: CR2 (Bell and McCaffrey 2002), t with Satterthwaite degrees of freedom of each coefficient';

CREATE AGGREGATE ols_cr3(y float8, x float8[], cluster bigint) (
    SFUNC = cluster_transition, STYPE = cluster_state, SSPACE = 4096, COMBINEFUNC = cluster_combine, FINALFUNC = ols_cr3, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_cr3(float8, float8[], bigint) IS 'With integer clusters: the same as with their decimal text. Least squares with errors by leaving out clusters: CR3 (Bell and McCaffrey 2002), never too small in expectation; t with Satterthwaite degrees of freedom';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8) IS 'Adds one row to cross moments, its 1 regressor as an argument: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8) IS 'What ols(y, ARRAY[x1]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8) IS 'What moment_state(y, ARRAY[x1]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8) IS 'Adds one row to cross moments, its 2 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 3 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8, x4 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 4 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8, x4 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3, x4]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8, x4 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3, x4]) returns: cross moments to store, roll up and fit later';

CREATE FUNCTION ols_columns_transition(state moment_state, y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) RETURNS moment_state
    AS 'MODULE_PATHNAME', 'terrbal_ols_columns_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ols_columns_transition(moment_state, float8, float8, float8, float8, float8, float8) IS 'Adds one row to cross moments, its 5 regressors as arguments: transition of ols_columns';

CREATE AGGREGATE ols_columns(y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = ols, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns(float8, float8, float8, float8, float8, float8) IS 'What ols(y, ARRAY[x1, x2, x3, x4, x5]) returns, in half its time: no row builds an array';

CREATE AGGREGATE ols_columns_state(y float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8) (
    SFUNC = ols_columns_transition, STYPE = moment_state, SSPACE = 1024, COMBINEFUNC = moment_combine, FINALFUNC = moment_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ols_columns_state(float8, float8, float8, float8, float8, float8) IS 'What moment_state(y, ARRAY[x1, x2, x3, x4, x5]) returns: cross moments to store, roll up and fit later';
