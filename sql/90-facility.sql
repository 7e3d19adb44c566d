-- facility: where services should stand when sites are limited

CREATE TYPE facility_state;

CREATE FUNCTION facility_state_in(cstring) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_in(cstring) IS 'Input of facility_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION facility_state_out(facility_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_out(facility_state) IS 'Output of facility_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION facility_state_recv(internal) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_recv(internal) IS 'Binary input of facility_state, fully checked';

CREATE FUNCTION facility_state_send(facility_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_facility_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION facility_state_send(facility_state) IS 'Binary output of facility_state: canonical bytes, big-endian';

CREATE TYPE facility_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = facility_state_in, OUTPUT = facility_state_out, RECEIVE = facility_state_recv, SEND = facility_state_send
);
COMMENT ON TYPE facility_state IS 'Demands, sites, weights and costs with what limits each site: state of facility';

CREATE FUNCTION facility_combine(facility_state, facility_state) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_combine(facility_state, facility_state) IS 'Joins the rows of two states';

CREATE FUNCTION facility_final(facility_state) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_final(facility_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION facility_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, text, text, float8, float8, boolean, float8) IS 'Adds what a demand pays to reach a limited site: transition of facility_state';

CREATE FUNCTION facility_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, bigint, bigint, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION facility_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, text, text, float8, float8, boolean, float8, float8, float8) IS 'The same with minimum and cost of the site: transition of facility_state';

CREATE FUNCTION facility_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION facility_transition(facility_state, bigint, bigint, float8, float8, boolean, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE facility_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(text, text, float8, float8, boolean, float8) IS 'Costs between demands and sites, with sites that must be open and the weight that each takes in, as one value to store, roll up and ask';

CREATE AGGREGATE facility_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. Costs between demands and sites, with sites that must be open and the weight that each takes in, as one value to store, roll up and ask';

CREATE AGGREGATE facility_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(text, text, float8, float8, boolean, float8, float8, float8) IS 'The same with the least weight of a site that opens and what opening costs';

CREATE AGGREGATE facility_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean, capacity float8, minimum float8, site_cost float8) (
    SFUNC = facility_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE facility_state(bigint, bigint, float8, float8, boolean, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same with the least weight of a site that opens and what opening costs';

CREATE AGGREGATE rollup(facility_state) (
    SFUNC = facility_combine, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = facility_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(facility_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE FUNCTION p_median(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state) IS 'Of stored costs, by the parameters that the state has. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median(state facility_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state, int) IS 'Of stored costs. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median(state facility_state, p int, budget float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(facility_state, int, float8) IS 'Of stored costs, with a budget for opening sites. Weighted cost in sum, least with p sites of limited capacity';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a limited site: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, boolean, float8) IS 'The same with sites that must be open: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, text, text, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same with minimum and cost of the site and the budget: transition of p_median';

CREATE FUNCTION p_median_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, float8) IS 'p sites with the least sum of weight times cost where no site takes in more than its capacity; each demand goes whole to one site';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites with the least sum of weight times cost where no site takes in more than its capacity; each demand goes whole to one site';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean, float8, float8, float8, float8) IS 'The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = p_median_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE FUNCTION maximal_cover(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state) IS 'Of stored costs, by the parameters that the state has. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover(state facility_state, p int, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state, int, float8) IS 'Of stored costs. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover(state facility_state, p int, threshold float8, budget float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(facility_state, int, float8, float8) IS 'Of stored costs, with a budget for opening sites. Weight served within threshold, most with p sites of limited capacity';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, float8) IS 'Adds what a demand pays to reach a limited site: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, boolean, float8) IS 'The same with sites that must be open: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, boolean, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, text, text, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same with minimum and cost of the site and the budget: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(facility_state, bigint, bigint, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, float8) IS 'p sites that serve the largest weight within threshold where no site takes in more than its capacity';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, float8) IS 'With integer ids: the same as with their decimal text. p sites that serve the largest weight within threshold where no site takes in more than its capacity';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean, capacity float8, minimum float8, site_cost float8, budget float8) (
    SFUNC = maximal_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. The same, where a site that opens needs a least weight and costs something, within a budget for all';

CREATE FUNCTION set_cover(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(facility_state) IS 'Of stored costs, by the parameters that the state has. Fewest sites of limited capacity that serve all within threshold';

CREATE FUNCTION set_cover(state facility_state, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(facility_state, float8) IS 'Of stored costs. Fewest sites of limited capacity that serve all within threshold';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, text, text, float8, float8, float8, float8) IS 'Adds what a demand pays to reach a limited site: transition of set_cover';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, bigint, bigint, float8, float8, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, text, text, float8, float8, float8, boolean, float8) IS 'The same with sites that must be open: transition of set_cover';

CREATE FUNCTION set_cover_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(facility_state, bigint, bigint, float8, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE AGGREGATE set_cover(demand_id text, site_id text, weight float8, cost float8, threshold float8, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, float8, float8) IS 'Fewest sites that serve all within threshold where no site takes in more than its capacity';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, float8, float8) IS 'With integer ids: the same as with their decimal text. Fewest sites that serve all within threshold where no site takes in more than its capacity';

CREATE AGGREGATE set_cover(demand_id text, site_id text, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, float8, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, weight float8, cost float8, threshold float8, fixed boolean, capacity float8) (
    SFUNC = set_cover_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE FUNCTION p_centre(state facility_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(facility_state) IS 'Of stored costs, by the parameters that the state has. Worst cost of any demand, least with p sites of limited capacity';

CREATE FUNCTION p_centre(state facility_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(facility_state, int) IS 'Of stored costs. Worst cost of any demand, least with p sites of limited capacity';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a limited site: transition of p_centre';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, text, text, float8, float8, int, boolean, float8) IS 'The same with sites that must be open: transition of p_centre';

CREATE FUNCTION p_centre_transition(state facility_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) RETURNS facility_state
    AS 'MODULE_PATHNAME', 'terrbal_facility_p_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(facility_state, bigint, bigint, float8, float8, int, boolean, float8) IS 'The same for integer ids';

CREATE AGGREGATE p_centre(demand_id text, site_id text, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, float8, int, float8) IS 'p sites with the least worst cost where no site takes in more than its capacity';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, weight float8, cost float8, p int, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites with the least worst cost where no site takes in more than its capacity';

CREATE AGGREGATE p_centre(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, float8, int, boolean, float8) IS 'The same, with sites that must be open';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean, capacity float8) (
    SFUNC = p_centre_transition, STYPE = facility_state, SSPACE = 4096, COMBINEFUNC = facility_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, float8, int, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';
