-- raking: weights that meet several margins

CREATE FUNCTION raked_weight(weight float8, classes text[], totals float8[], low float8 DEFAULT NULL, high float8 DEFAULT NULL) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_raked_weight' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION raked_weight(float8, text[], float8[], float8, float8) IS
    'Weight that meets the totals of its classes in every margin, within factors low and high of the given one (Deming and Stephan 1940; Deville and Sarndal 1992), unit of the totals';
