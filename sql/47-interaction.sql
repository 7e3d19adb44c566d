-- spatial interaction: balancing to margins, gravity models, fit of flows, radiation

CREATE TYPE gravity AS (beta float8, alpha float8, gamma float8, "constant" float8,
    beta_se float8, alpha_se float8, gamma_se float8, constant_se float8,
    deviance float8, pseudo_r2 float8, srmse float8, ssi float8, cpc float8, iterations int,
    model text, decay text, links bigint, log_likelihood float8, d2 float8);
COMMENT ON TYPE gravity IS 'A fitted gravity model: exponents with standard errors (NULL where the model has none) and goodness of fit';

CREATE TYPE flow_fit AS (n float8, cpc float8, rmse float8, nrmse float8, srmse float8, ssi float8, kl float8);
COMMENT ON TYPE flow_fit IS 'Agreement of predicted with observed flows: common part, errors over sum and mean of the observed, similarity, divergence in nats';

CREATE TYPE gravity_state;

CREATE FUNCTION gravity_state_in(cstring) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gravity_state_in(cstring) IS 'Input of gravity_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION gravity_state_out(gravity_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_gravity_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gravity_state_out(gravity_state) IS 'Output of gravity_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION gravity_state_recv(internal) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gravity_state_recv(internal) IS 'Binary input of gravity_state, fully checked';

CREATE FUNCTION gravity_state_send(gravity_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_gravity_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION gravity_state_send(gravity_state) IS 'Binary output of gravity_state: canonical bytes, big-endian';

CREATE TYPE gravity_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = gravity_state_in, OUTPUT = gravity_state_out, RECEIVE = gravity_state_recv, SEND = gravity_state_send
);
COMMENT ON TYPE gravity_state IS 'Flows with masses and distances: state of gravity';

CREATE FUNCTION gravity_combine(gravity_state, gravity_state) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity_combine(gravity_state, gravity_state) IS 'Joins two states with the same parameters';

CREATE FUNCTION gravity_transition(state gravity_state, origin text, destination text, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity_transition(gravity_state, text, text, float8, float8, float8, float8, text, text) IS 'Adds one pair: transition of gravity';

CREATE FUNCTION gravity_transition(state gravity_state, origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity_transition(gravity_state, bigint, bigint, float8, float8, float8, float8, text, text) IS 'The same for integer zone ids';

CREATE FUNCTION gravity(gravity_state) RETURNS gravity
    AS 'MODULE_PATHNAME', 'terrbal_gravity' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity(gravity_state) IS 'Gravity model fitted to the pairs of a state';

CREATE AGGREGATE gravity(origin text, destination text, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity(text, text, float8, float8, float8, float8, text, text) IS 'Gravity model by Poisson likelihood; model unconstrained, production, attraction or doubly, decay exponential or power; beta is negative where distance deters (Wilson 1971)';

CREATE AGGREGATE gravity(origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity(bigint, bigint, float8, float8, float8, float8, text, text) IS 'With integer ids: the same as with their decimal text. Gravity model by Poisson likelihood; model unconstrained, production, attraction or doubly, decay exponential or power; beta is negative where distance deters (Wilson 1971)';

CREATE FUNCTION gravity_final(gravity_state) RETURNS gravity_state
    AS 'MODULE_PATHNAME', 'terrbal_gravity_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gravity_final(gravity_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE AGGREGATE gravity_state(origin text, destination text, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity_state(text, text, float8, float8, float8, float8, text, text) IS 'Flows with masses and distances of a group as one value to store and roll up';

CREATE AGGREGATE gravity_state(origin bigint, destination bigint, flow float8, origin_mass float8, destination_mass float8, distance float8, model text, decay text) (
    SFUNC = gravity_transition, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gravity_state(bigint, bigint, float8, float8, float8, float8, text, text) IS 'With integer ids: the same as with their decimal text. Flows with masses and distances of a group as one value to store and roll up';

CREATE AGGREGATE rollup(gravity_state) (
    SFUNC = gravity_combine, STYPE = gravity_state, SSPACE = 4096, COMBINEFUNC = gravity_combine, FINALFUNC = gravity_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(gravity_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION predicted_flow(fit gravity, origin_mass float8, destination_mass float8, distance float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_predicted_flow' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION predicted_flow(gravity, float8, float8, float8) IS 'Flow that an unconstrained gravity fit predicts between two masses at a distance';

CREATE FUNCTION balanced_flow(seed float8, origin text, destination text, origin_total float8, destination_total float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_balanced_flow' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION balanced_flow(float8, text, text, float8, float8) IS 'Seed scaled to both margins over the window partition, unit of the totals (iterative proportional fitting, Deming and Stephan 1940; Furness 1965)';

CREATE FUNCTION balanced_flow(seed float8, origin bigint, destination bigint, origin_total float8, destination_total float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_balanced_flow_number' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION balanced_flow(float8, bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Seed scaled to both margins over the window partition, unit of the totals (iterative proportional fitting, Deming and Stephan 1940; Furness 1965)';

CREATE FUNCTION radiation_share(origin_mass float8, destination_mass float8, distance float8, total_mass float8) RETURNS float8
    AS 'MODULE_PATHNAME', 'terrbal_radiation_share' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION radiation_share(float8, float8, float8, float8) IS 'Share of the outflow of an origin (PARTITION BY origin) by the radiation model, 0 to 1; total_mass includes the origin (Simini 2012, Masucci 2013)';

CREATE FUNCTION flow_fit(paired_state) RETURNS flow_fit
    AS 'MODULE_PATHNAME', 'terrbal_flow_fit' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_fit(paired_state) IS 'Agreement of a stored sample of observed and predicted flows';

CREATE AGGREGATE flow_fit(observed float8, predicted float8) (
    SFUNC = paired_transition, STYPE = paired_state, SSPACE = 4096, COMBINEFUNC = paired_combine, FINALFUNC = flow_fit, PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_fit(float8, float8) IS 'Agreement of predicted with observed flows: common part of commuters, root mean squared errors, similarity, Kullback-Leibler divergence';
