-- false_discovery: p values of many tests

CREATE FUNCTION false_discovery(p float8, method text DEFAULT 'benjamini_hochberg') RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_false_discovery' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION false_discovery(float8, text) IS
    'Adjusted p over all tests of the partition: benjamini_hochberg (1995), benjamini_yekutieli (2001), holm (1979), bonferroni; a NULL p is no test';
