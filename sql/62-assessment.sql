-- assessment: ratio studies of appraised values against sale prices

CREATE TYPE ratio_study AS (
    n bigint, median float8, mean float8, weighted_mean float8, cod float8, prd float8, prb float8, prb_se float8, prb_low float8, prb_high float8,
    ki float8, mki float8, cov float8, median_low float8, median_high float8,
    excluded bigint, gini_appraised float8, gini_price float8, low_fence float8, high_fence float8
);
COMMENT ON TYPE ratio_study IS 'Level, uniformity and progressivity of appraisals (IAAO Standard on Ratio Studies); cod and cov in percent, intervals at 95 percent';

CREATE TYPE ratio_standards AS (median_met boolean, cod_met boolean, prd_met boolean, prb_met boolean, mki_met boolean, all_met boolean);
COMMENT ON TYPE ratio_standards IS 'Which statistics of a ratio study lie within their bounds; NULL where a statistic is unknown';

CREATE FUNCTION ratio_transition(state paired_state, appraised float8, sale_price float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_ratio_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ratio_transition(paired_state, float8, float8) IS 'Adds one sale: transition of ratio_study';

CREATE FUNCTION ratio_transition(state paired_state, appraised float8, sale_price float8, fence float8) RETURNS paired_state
    AS 'MODULE_PATHNAME', 'terrbal_ratio_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ratio_transition(paired_state, float8, float8, float8) IS 'Adds one sale: transition of the trimmed ratio_study';

CREATE FUNCTION ratio_study(state paired_state) RETURNS ratio_study
    AS 'MODULE_PATHNAME', 'terrbal_ratio_study' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ratio_study(paired_state) IS 'Ratio study of stored sales, paired_state(appraised, sale_price)';

CREATE FUNCTION ratio_study(state paired_state, fence float8) RETURNS ratio_study
    AS 'MODULE_PATHNAME', 'terrbal_ratio_study' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ratio_study(paired_state, float8) IS 'Ratio study of stored sales without ratios beyond fence interquartile ranges outside the quartiles';

CREATE FUNCTION ratio_study_trimmed(state paired_state) RETURNS ratio_study
    AS 'MODULE_PATHNAME', 'terrbal_ratio_study_trimmed' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ratio_study_trimmed(paired_state) IS 'Ratio study with the fence that came with the rows: final';

CREATE AGGREGATE ratio_study(appraised float8, sale_price float8) (
    SFUNC = ratio_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = ratio_study, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_study(float8, float8) IS 'Median ratio, COD, PRD, PRB, KI, MKI and their companions over sales (IAAO Standard on Ratio Studies)';

CREATE AGGREGATE ratio_study(appraised float8, sale_price float8, fence float8) (
    SFUNC = ratio_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = ratio_study_trimmed, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ratio_study(float8, float8, float8) IS 'Ratio study without ratios beyond fence (usually 1.5 or 3) interquartile ranges outside the quartiles; counts them as excluded';

CREATE FUNCTION standards_met(study ratio_study, median_low float8 DEFAULT 0.90, median_high float8 DEFAULT 1.10, cod_low float8 DEFAULT 5, cod_high float8 DEFAULT 15,
        prd_low float8 DEFAULT 0.98, prd_high float8 DEFAULT 1.03, prb_low float8 DEFAULT -0.05, prb_high float8 DEFAULT 0.05, mki_low float8 DEFAULT 0.95, mki_high float8 DEFAULT 1.05)
    RETURNS ratio_standards LANGUAGE SQL IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN study IS DISTINCT FROM NULL THEN ROW(
        (study).median BETWEEN median_low AND median_high, (study).cod BETWEEN cod_low AND cod_high, (study).prd BETWEEN prd_low AND prd_high,
        (study).prb BETWEEN prb_low AND prb_high, (study).mki BETWEEN mki_low AND mki_high,
        (study).median BETWEEN median_low AND median_high AND (study).cod BETWEEN cod_low AND cod_high AND (study).prd BETWEEN prd_low AND prd_high
        AND (study).prb BETWEEN prb_low AND prb_high AND (study).mki BETWEEN mki_low AND mki_high)::ratio_standards END;
COMMENT ON FUNCTION standards_met(ratio_study, float8, float8, float8, float8, float8, float8, float8, float8, float8, float8)
    IS 'Which statistics lie within bounds, both inclusive; the defaults are those of residential property (IAAO)';

CREATE FUNCTION bootstrap_standard_error(state paired_state, index text, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_ratio_standard_error' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_standard_error(paired_state, text, integer, bigint) IS 'Bootstrap standard error of a figure of ratio_study: median, mean, weighted_mean, cod, cov, prd, prb, ki or mki; same seed, same answer (Efron 1979)';

CREATE FUNCTION bootstrap_quantile(state paired_state, index text, p float8, replications integer, seed bigint) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_ratio_quantile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION bootstrap_quantile(paired_state, text, float8, integer, bigint) IS 'Quantile p of the bootstrap distribution of a figure of ratio_study: 0.025 and 0.975 bound a 95 % percentile interval (IAAO; Efron 1979)';
