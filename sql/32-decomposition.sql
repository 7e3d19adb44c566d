-- Inequality by group: how much lies within groups (urban, peri-urban, rural), how much between them

CREATE TYPE inequality_by_group AS (
    groups bigint,
    theil_t float8,
    theil_t_within float8,
    theil_t_between float8,
    theil_l float8,
    theil_l_within float8,
    theil_l_between float8,
    gini float8,
    gini_within float8,
    gini_between float8,
    gini_overlap float8,
    atkinson_1 float8,
    atkinson_1_within float8,
    atkinson_1_between float8,
    n bigint
);
COMMENT ON TYPE inequality_by_group IS 'Inequality indices and their parts within and between groups';
COMMENT ON COLUMN inequality_by_group.groups IS 'Number of groups';
COMMENT ON COLUMN inequality_by_group.theil_t IS 'Theil T';
COMMENT ON COLUMN inequality_by_group.theil_l IS 'Theil L';
COMMENT ON COLUMN inequality_by_group.gini IS 'Gini index';
COMMENT ON COLUMN inequality_by_group.gini_between IS 'Gini of the group means, Dagum net between';
COMMENT ON COLUMN inequality_by_group.gini_overlap IS 'The rest, Dagum transvariation';
COMMENT ON COLUMN inequality_by_group.atkinson_1 IS 'Atkinson, epsilon 1';
COMMENT ON COLUMN inequality_by_group.atkinson_1_between IS 'Atkinson of the group means';
COMMENT ON COLUMN inequality_by_group.n IS 'Rows with a weight';

CREATE FUNCTION inequality_by_group(state grouped_state) RETURNS inequality_by_group
    AS 'MODULE_PATHNAME', 'terrbal_inequality_by_group' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION inequality_by_group(grouped_state) IS 'Decomposition of a stored grouped sample';

CREATE AGGREGATE inequality_by_group(value float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = inequality_by_group, PARALLEL = SAFE
);
COMMENT ON AGGREGATE inequality_by_group(float8, text) IS 'Theil, Gini and Atkinson indices split into parts within and between groups; Theil parts add up, the Gini has an overlap (Theil 1967, Bhattacharya and Mahalanobis 1967, Dagum 1997)';

CREATE AGGREGATE inequality_by_group(value float8, weight float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = inequality_by_group, PARALLEL = SAFE
);
COMMENT ON AGGREGATE inequality_by_group(float8, float8, text) IS 'Weighted. Theil, Gini and Atkinson indices split into parts within and between groups; Theil parts add up, the Gini has an overlap (Theil 1967, Bhattacharya and Mahalanobis 1967, Dagum 1997)';

CREATE TYPE group_inequality AS (
    grp text,
    n bigint,
    weight_share float8,
    value_share float8,
    mean float8,
    gini float8,
    theil_t float8,
    theil_l float8
);
COMMENT ON TYPE group_inequality IS 'One group in a decomposition of inequality';
COMMENT ON COLUMN group_inequality.grp IS 'Group';
COMMENT ON COLUMN group_inequality.n IS 'Rows with a weight';
COMMENT ON COLUMN group_inequality.weight_share IS 'Share of all weight';
COMMENT ON COLUMN group_inequality.value_share IS 'Share of the total';
COMMENT ON COLUMN group_inequality.mean IS 'Weighted mean, unit of value';
COMMENT ON COLUMN group_inequality.gini IS 'Gini within the group';
COMMENT ON COLUMN group_inequality.theil_t IS 'Theil T within the group';
COMMENT ON COLUMN group_inequality.theil_l IS 'Theil L within the group';

CREATE FUNCTION group_inequality(state grouped_state) RETURNS group_inequality[]
    AS 'MODULE_PATHNAME', 'terrbal_group_inequality' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION group_inequality(grouped_state) IS 'Size, mean and inequality of every group of a stored sample, in bytewise order of ids';

CREATE AGGREGATE group_inequality(value float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = group_inequality, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_inequality(float8, text) IS 'Size, mean and inequality of every group, in bytewise order of ids';

CREATE AGGREGATE group_inequality(value float8, weight float8, grp text) (
    SFUNC = grouped_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = group_inequality, PARALLEL = SAFE
);
COMMENT ON AGGREGATE group_inequality(float8, float8, text) IS 'Weighted size, mean and inequality of every group, in bytewise order of ids';

CREATE FUNCTION grouped_parameter_transition(state grouped_state, value float8, grp text, parameter float8) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_value_parameter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_parameter_transition(grouped_state, float8, text, float8) IS 'Adds a value and its group to a sample that carries a parameter, constant over rows';

CREATE FUNCTION grouped_parameter_transition(state grouped_state, value float8, weight float8, grp text, parameter float8) RETURNS grouped_state
    AS 'MODULE_PATHNAME', 'terrbal_grouped_weighted_parameter' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION grouped_parameter_transition(grouped_state, float8, float8, text, float8) IS 'Adds a value, its weight and its group to a sample that carries a parameter';

CREATE TYPE decomposition AS (
    total float8,
    within float8,
    between float8
);
COMMENT ON TYPE decomposition IS 'An index and its parts within and between groups';
COMMENT ON COLUMN decomposition.total IS 'Index over all';
COMMENT ON COLUMN decomposition.within IS 'Part within groups';
COMMENT ON COLUMN decomposition.between IS 'Index of the group means';

CREATE FUNCTION entropy_by_group(state grouped_state, alpha float8) RETURNS decomposition
    AS 'MODULE_PATHNAME', 'terrbal_entropy_by_group' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION entropy_by_group(grouped_state, float8) IS 'Of a stored sample. GE(alpha) within and between groups; the parts add up (Shorrocks 1980)';

CREATE FUNCTION entropy_by_group_final(state grouped_state) RETURNS decomposition
    AS 'MODULE_PATHNAME', 'terrbal_entropy_by_group' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION entropy_by_group_final(grouped_state) IS 'Final of the aggregates entropy_by_group: the parameter is in the state';

CREATE AGGREGATE entropy_by_group(value float8, grp text, alpha float8) (
    SFUNC = grouped_parameter_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = entropy_by_group_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE entropy_by_group(float8, text, float8) IS 'GE(alpha) within and between groups; the parts add up (Shorrocks 1980)';

CREATE AGGREGATE entropy_by_group(value float8, weight float8, grp text, alpha float8) (
    SFUNC = grouped_parameter_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = entropy_by_group_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE entropy_by_group(float8, float8, text, float8) IS 'Weighted. GE(alpha) within and between groups; the parts add up (Shorrocks 1980)';

CREATE FUNCTION atkinson_by_group(state grouped_state, epsilon float8) RETURNS decomposition
    AS 'MODULE_PATHNAME', 'terrbal_atkinson_by_group' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_by_group(grouped_state, float8) IS 'Of a stored sample. Atkinson(epsilon) within and between groups: total = within + between - within*between (Das and Parikh 1982)';

CREATE FUNCTION atkinson_by_group_final(state grouped_state) RETURNS decomposition
    AS 'MODULE_PATHNAME', 'terrbal_atkinson_by_group' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION atkinson_by_group_final(grouped_state) IS 'Final of the aggregates atkinson_by_group: the parameter is in the state';

CREATE AGGREGATE atkinson_by_group(value float8, grp text, epsilon float8) (
    SFUNC = grouped_parameter_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = atkinson_by_group_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson_by_group(float8, text, float8) IS 'Atkinson(epsilon) within and between groups: total = within + between - within*between (Das and Parikh 1982)';

CREATE AGGREGATE atkinson_by_group(value float8, weight float8, grp text, epsilon float8) (
    SFUNC = grouped_parameter_transition, STYPE = grouped_state, SSPACE = 4096, COMBINEFUNC = grouped_combine, FINALFUNC = atkinson_by_group_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE atkinson_by_group(float8, float8, text, float8) IS 'Weighted. Atkinson(epsilon) within and between groups: total = within + between - within*between (Das and Parikh 1982)';
