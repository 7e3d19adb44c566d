-- Concentration of one quantity over the ranks of another, and progressivity of a tax or transfer

CREATE FUNCTION concentration_index(state paired_state) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_concentration_index' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION concentration_index(paired_state) IS 'Of a stored sample of (value, rank_by). Concentration index of value over the ranks of rank_by, -1 to 1; ties share their mean rank (Kakwani 1977)';

CREATE AGGREGATE concentration_index(value float8, rank_by float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = concentration_index, PARALLEL = SAFE
);
COMMENT ON AGGREGATE concentration_index(float8, float8) IS 'Concentration index of value over the ranks of rank_by, -1 to 1; ties share their mean rank (Kakwani 1977)';

CREATE AGGREGATE concentration_index(value float8, rank_by float8, weight float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = concentration_index, PARALLEL = SAFE
);
COMMENT ON AGGREGATE concentration_index(float8, float8, float8) IS 'Weighted. Concentration index of value over the ranks of rank_by, -1 to 1; ties share their mean rank (Kakwani 1977)';

CREATE FUNCTION concentration_curve(state paired_state) RETURNS curve_point[]
    AS 'MODULE_PATHNAME', 'terrbal_concentration_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION concentration_curve(paired_state) IS 'Of a stored sample of (value, rank_by). Concentration curve of value over the ranks of rank_by, from (0, 0), one point for each distinct rank (Kakwani 1977)';

CREATE AGGREGATE concentration_curve(value float8, rank_by float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = concentration_curve, PARALLEL = SAFE
);
COMMENT ON AGGREGATE concentration_curve(float8, float8) IS 'Concentration curve of value over the ranks of rank_by, from (0, 0), one point for each distinct rank (Kakwani 1977)';

CREATE AGGREGATE concentration_curve(value float8, rank_by float8, weight float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = concentration_curve, PARALLEL = SAFE
);
COMMENT ON AGGREGATE concentration_curve(float8, float8, float8) IS 'Weighted. Concentration curve of value over the ranks of rank_by, from (0, 0), one point for each distinct rank (Kakwani 1977)';

CREATE TYPE progressivity AS (
    gini_before float8,
    gini_after float8,
    reynolds_smolensky float8,
    kakwani float8,
    suits float8,
    vertical_equity float8,
    reranking float8,
    musgrave_thin float8,
    average_rate float8
);
COMMENT ON TYPE progressivity IS 'Redistribution from before to after; the tax is before - after';
COMMENT ON COLUMN progressivity.gini_before IS 'Gini before';
COMMENT ON COLUMN progressivity.gini_after IS 'Gini after';
COMMENT ON COLUMN progressivity.reynolds_smolensky IS 'Gini before - Gini after: what the tax or transfer did';
COMMENT ON COLUMN progressivity.kakwani IS 'Concentration of the tax - Gini before: > 0 progressive';
COMMENT ON COLUMN progressivity.suits IS '1 - area under the tax curve over income shares, -1 to 1; NULL with a negative value before';
COMMENT ON COLUMN progressivity.vertical_equity IS 'Gini before - concentration of after over the old ranks';
COMMENT ON COLUMN progressivity.reranking IS 'Gini after - concentration of after over the old ranks, >= 0';
COMMENT ON COLUMN progressivity.musgrave_thin IS '(1 - Gini after) / (1 - Gini before)';
COMMENT ON COLUMN progressivity.average_rate IS 'Tax as a fraction of the total before; negative for a transfer';

CREATE FUNCTION progressivity(state paired_state) RETURNS progressivity
    AS 'MODULE_PATHNAME', 'terrbal_progressivity' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION progressivity(paired_state) IS 'Progressivity of a stored sample of (before, after)';

CREATE AGGREGATE progressivity(before float8, after float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = progressivity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE progressivity(float8, float8) IS 'Progressivity and redistribution of a tax or transfer from values before and after it (Musgrave and Thin 1948, Kakwani 1977, Reynolds and Smolensky 1977, Suits 1977)';

CREATE AGGREGATE progressivity(before float8, after float8, weight float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 1024, COMBINEFUNC = paired_combine, FINALFUNC = progressivity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE progressivity(float8, float8, float8) IS 'Weighted. Progressivity and redistribution of a tax or transfer from values before and after it (Musgrave and Thin 1948, Kakwani 1977, Reynolds and Smolensky 1977, Suits 1977)';
