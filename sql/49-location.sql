-- location: where services should stand

CREATE TYPE location_state;

CREATE FUNCTION location_state_in(cstring) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_in(cstring) IS 'Input of location_state: hexadecimal canonical bytes, fully checked';

CREATE FUNCTION location_state_out(location_state) RETURNS cstring
    AS 'MODULE_PATHNAME', 'terrbal_location_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_out(location_state) IS 'Output of location_state: hexadecimal canonical bytes, equal for equal rows';

CREATE FUNCTION location_state_recv(internal) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_recv(internal) IS 'Binary input of location_state, fully checked';

CREATE FUNCTION location_state_send(location_state) RETURNS bytea
    AS 'MODULE_PATHNAME', 'terrbal_location_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION location_state_send(location_state) IS 'Binary output of location_state: canonical bytes, big-endian';

CREATE TYPE location_state (
    INTERNALLENGTH = VARIABLE, ALIGNMENT = double, STORAGE = extended,
    INPUT = location_state_in, OUTPUT = location_state_out, RECEIVE = location_state_recv, SEND = location_state_send
);
COMMENT ON TYPE location_state IS 'Demands, sites, weights and costs: state of location';

CREATE FUNCTION location_combine(location_state, location_state) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_combine(location_state, location_state) IS 'Joins the rows of two states';

CREATE FUNCTION location_final(location_state) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_final(location_state) IS 'Sorted form of a state without slack, as it is stored';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8) IS 'Adds what a demand of weight 1 pays to reach a site: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8) IS 'The same for integer ids';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, weight float8, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8, float8) IS 'Adds what a demand pays to reach a site: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION location_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, text, text, float8, float8, boolean) IS 'The same with sites that must be open: transition of location_state';

CREATE FUNCTION location_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_location_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION location_transition(location_state, bigint, bigint, float8, float8, boolean) IS 'The same for integer ids';

CREATE AGGREGATE location_state(demand_id text, site_id text, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8) IS 'Costs between demands of weight 1 and sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8) IS 'With integer ids: the same as with their decimal text. Costs between demands of weight 1 and sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id text, site_id text, weight float8, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8, float8) IS 'Weights of demands and their costs to sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, weight float8, cost float8) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Weights of demands and their costs to sites as one value to store, roll up and ask';

CREATE AGGREGATE location_state(demand_id text, site_id text, weight float8, cost float8, fixed boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(text, text, float8, float8, boolean) IS 'The same with sites that must be open, or are open today';

CREATE AGGREGATE location_state(demand_id bigint, site_id bigint, weight float8, cost float8, fixed boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE location_state(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same with sites that must be open, or are open today';

CREATE AGGREGATE rollup(location_state) (
    SFUNC = location_combine, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = location_final, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(location_state) IS 'Stored states together: what one pass over all their rows gives';

CREATE TYPE location_assignment AS (demand_id text, site_id text, cost float8, weight float8);
COMMENT ON TYPE location_assignment IS 'A demand and the open site that is cheapest for it; of equal ones the first by id';

CREATE TYPE location_site AS (site_id text, users float8, mean_cost float8, worst_cost float8);
COMMENT ON TYPE location_site IS 'An open site: weight of those who use it, their mean cost per head and the worst';

CREATE TYPE location AS (
    objective float8, bound float8, gap float8, open text[], assignment location_assignment[], proven boolean, unserved bigint, sites location_site[]
);
COMMENT ON TYPE location IS 'Open sites; no other choice can do better than bound; gap = |objective - bound| / objective, 0 where the optimum is proven; unserved counts demands';

CREATE FUNCTION p_median_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, text, text, float8, float8, int) IS 'Adds what a demand pays to reach a site: transition of p_median';

CREATE FUNCTION p_median_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, bigint, bigint, float8, float8, int) IS 'The same for integer ids';

CREATE FUNCTION p_median_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, text, text, float8, float8, int, boolean) IS 'The same with sites that must be open: transition of p_median';

CREATE FUNCTION p_median_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_median_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median_transition(location_state, bigint, bigint, float8, float8, int, boolean) IS 'The same for integer ids';

CREATE FUNCTION p_median(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(location_state) IS 'Of stored costs, by the parameters that the state has. Weighted cost in sum, least with p sites open';

CREATE FUNCTION p_median(state location_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_median' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_median(location_state, int) IS 'Of stored costs. Weighted cost in sum, least with p sites open';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int) IS 'p sites with the least sum of weight times cost, with a proven bound (Hakimi 1964)';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int) IS 'With integer ids: the same as with their decimal text. p sites with the least sum of weight times cost, with a proven bound (Hakimi 1964)';

CREATE AGGREGATE p_median(demand_id text, site_id text, weight float8, cost float8, p int, fixed boolean) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(text, text, float8, float8, int, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE p_median(demand_id bigint, site_id bigint, weight float8, cost float8, p int, fixed boolean) (
    SFUNC = p_median_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_median, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_median(bigint, bigint, float8, float8, int, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, text, text, float8, float8, int, float8) IS 'Adds what a demand pays to reach a site: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, bigint, bigint, float8, float8, int, float8) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, text, text, float8, float8, int, float8, boolean) IS 'The same with sites that must be open: transition of maximal_cover';

CREATE FUNCTION maximal_cover_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover_transition(location_state, bigint, bigint, float8, float8, int, float8, boolean) IS 'The same for integer ids';

CREATE FUNCTION maximal_cover(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(location_state) IS 'Of stored costs, by the parameters that the state has. Weight within threshold of an open site, most with p sites';

CREATE FUNCTION maximal_cover(state location_state, p int, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_maximal_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION maximal_cover(location_state, int, float8) IS 'Of stored costs. Weight within threshold of an open site, most with p sites';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8) IS 'p sites that serve the largest weight within threshold; each demand counts once (Church and ReVelle 1974)';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8) IS 'With integer ids: the same as with their decimal text. p sites that serve the largest weight within threshold; each demand counts once (Church and ReVelle 1974)';

CREATE AGGREGATE maximal_cover(demand_id text, site_id text, weight float8, cost float8, p int, threshold float8, fixed boolean) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(text, text, float8, float8, int, float8, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE maximal_cover(demand_id bigint, site_id bigint, weight float8, cost float8, p int, threshold float8, fixed boolean) (
    SFUNC = maximal_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = maximal_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE maximal_cover(bigint, bigint, float8, float8, int, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION set_cover_transition(state location_state, demand_id text, site_id text, cost float8, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, text, text, float8, float8) IS 'Adds what a demand pays to reach a site: transition of set_cover';

CREATE FUNCTION set_cover_transition(state location_state, demand_id bigint, site_id bigint, cost float8, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, bigint, bigint, float8, float8) IS 'The same for integer ids';

CREATE FUNCTION set_cover_transition(state location_state, demand_id text, site_id text, cost float8, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, text, text, float8, float8, boolean) IS 'The same with sites that must be open: transition of set_cover';

CREATE FUNCTION set_cover_transition(state location_state, demand_id bigint, site_id bigint, cost float8, threshold float8, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_set_cover_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover_transition(location_state, bigint, bigint, float8, float8, boolean) IS 'The same for integer ids';

CREATE FUNCTION set_cover(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(location_state) IS 'Of stored costs, by the parameters that the state has. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE FUNCTION set_cover(state location_state, threshold float8) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_set_cover' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION set_cover(location_state, float8) IS 'Of stored costs. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id text, site_id text, cost float8, threshold float8) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8) IS 'Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, cost float8, threshold float8) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8) IS 'With integer ids: the same as with their decimal text. Fewest sites that leave no demand beyond threshold (Toregas and others 1971)';

CREATE AGGREGATE set_cover(demand_id text, site_id text, cost float8, threshold float8, fixed boolean) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(text, text, float8, float8, boolean) IS 'The same, with sites that must be open';

CREATE AGGREGATE set_cover(demand_id bigint, site_id bigint, cost float8, threshold float8, fixed boolean) (
    SFUNC = set_cover_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = set_cover, PARALLEL = SAFE
);
COMMENT ON AGGREGATE set_cover(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open';

CREATE FUNCTION p_centre_transition(state location_state, demand_id text, site_id text, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, text, text, float8, int) IS 'Adds what a demand pays to reach a site: transition of p_centre';

CREATE FUNCTION p_centre_transition(state location_state, demand_id bigint, site_id bigint, cost float8, p int) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, bigint, bigint, float8, int) IS 'The same for integer ids';

CREATE FUNCTION p_centre_transition(state location_state, demand_id text, site_id text, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, text, text, float8, int, boolean) IS 'The same with sites that must be open: transition of p_centre';

CREATE FUNCTION p_centre_transition(state location_state, demand_id bigint, site_id bigint, cost float8, p int, fixed boolean) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_p_centre_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre_transition(location_state, bigint, bigint, float8, int, boolean) IS 'The same for integer ids';

CREATE FUNCTION p_centre(state location_state) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(location_state) IS 'Of stored costs, by the parameters that the state has. Worst cost of any demand, least with p sites open';

CREATE FUNCTION p_centre(state location_state, p int) RETURNS location
    AS 'MODULE_PATHNAME', 'terrbal_p_centre' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION p_centre(location_state, int) IS 'Of stored costs. Worst cost of any demand, least with p sites open';

CREATE AGGREGATE p_centre(demand_id text, site_id text, cost float8, p int) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, int) IS 'p sites with the least worst cost of any demand (Hakimi 1964)';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, cost float8, p int) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, int) IS 'With integer ids: the same as with their decimal text. p sites with the least worst cost of any demand (Hakimi 1964)';

CREATE AGGREGATE p_centre(demand_id text, site_id text, cost float8, p int, fixed boolean) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(text, text, float8, int, boolean) IS 'The same, with sites that must be open: they count in p';

CREATE AGGREGATE p_centre(demand_id bigint, site_id bigint, cost float8, p int, fixed boolean) (
    SFUNC = p_centre_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = p_centre, PARALLEL = SAFE
);
COMMENT ON AGGREGATE p_centre(bigint, bigint, float8, int, boolean) IS 'With integer ids: the same as with their decimal text. The same, with sites that must be open: they count in p';

CREATE FUNCTION closure_effect_transition(state location_state, demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect_transition' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect_transition(location_state, text, text, float8, float8, boolean, float8) IS 'Adds what a demand pays to reach a site that is open or not: transition of closure_effect and opening_effect';

CREATE FUNCTION closure_effect_transition(state location_state, demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) RETURNS location_state
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect_transition_number' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect_transition(location_state, bigint, bigint, float8, float8, boolean, float8) IS 'The same for integer ids';

CREATE TYPE location_move AS (site_id text, users float8, cost float8);
COMMENT ON TYPE location_move IS 'Users of a site, where else they go (NULL: nowhere) and the sum of weight times the difference of both costs';

CREATE TYPE closure AS (
    site_id text, users float8, extra_cost float8, mean_extra_cost float8, worst_cost float8, beyond_threshold float8, worst_extra_cost float8, unserved float8,
    moves location_move[]
);
COMMENT ON TYPE closure IS 'An open site and what its closing does to its users: weight, extra cost in sum, per head and at worst, the worst cost then, weight that falls beyond the threshold and weight left without a site, where they go';

CREATE TYPE opening AS (
    site_id text, users float8, saved_cost float8, mean_saved_cost float8, worst_cost float8, within_threshold float8, most_saved_cost float8, newly_served float8,
    moves location_move[]
);
COMMENT ON TYPE opening IS 'A site that is not open and what its opening does: weight of those who would use it, saved cost in sum, per head and at most, their worst cost then, weight that comes within the threshold and weight that had no site, where they come from';

CREATE FUNCTION closure_effect(state location_state) RETURNS closure[]
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect(location_state) IS 'Of stored costs, by the threshold that the state has, if any. What closing each open site by itself does to its users; fixed says which are open';

CREATE FUNCTION closure_effect(state location_state, threshold float8) RETURNS closure[]
    AS 'MODULE_PATHNAME', 'terrbal_closure_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION closure_effect(location_state, float8) IS 'Of stored costs. What closing each open site by itself does to its users; fixed says which are open';

CREATE AGGREGATE closure_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(text, text, float8, float8, boolean) IS 'What closing each open site by itself does to its users, in the units of weight and cost';

CREATE AGGREGATE closure_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. What closing each open site by itself does to its users, in the units of weight and cost';

CREATE AGGREGATE closure_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(text, text, float8, float8, boolean, float8) IS 'The same, with the weight that falls beyond threshold, in the unit of cost';

CREATE AGGREGATE closure_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = closure_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE closure_effect(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with the weight that falls beyond threshold, in the unit of cost';

CREATE FUNCTION opening_effect(state location_state) RETURNS opening[]
    AS 'MODULE_PATHNAME', 'terrbal_opening_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION opening_effect(location_state) IS 'Of stored costs, by the threshold that the state has, if any. What one more open site does, for each that is not open; fixed says which are open';

CREATE FUNCTION opening_effect(state location_state, threshold float8) RETURNS opening[]
    AS 'MODULE_PATHNAME', 'terrbal_opening_effect' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION opening_effect(location_state, float8) IS 'Of stored costs. What one more open site does, for each that is not open; fixed says which are open';

CREATE AGGREGATE opening_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(text, text, float8, float8, boolean) IS 'What one more open site does, for each that is not open, in the units of weight and cost';

CREATE AGGREGATE opening_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean) (
    SFUNC = location_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(bigint, bigint, float8, float8, boolean) IS 'With integer ids: the same as with their decimal text. What one more open site does, for each that is not open, in the units of weight and cost';

CREATE AGGREGATE opening_effect(demand_id text, site_id text, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(text, text, float8, float8, boolean, float8) IS 'The same, with the weight that comes within threshold, in the unit of cost';
CREATE AGGREGATE opening_effect(demand_id bigint, site_id bigint, weight float8, cost float8, is_open boolean, threshold float8) (
    SFUNC = closure_effect_transition, STYPE = location_state, SSPACE = 4096, COMBINEFUNC = location_combine, FINALFUNC = opening_effect, PARALLEL = SAFE
);
COMMENT ON AGGREGATE opening_effect(bigint, bigint, float8, float8, boolean, float8) IS 'With integer ids: the same as with their decimal text. The same, with the weight that comes within threshold, in the unit of cost';
