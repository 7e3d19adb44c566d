-- budget_choice: the projects, variants and years that bring most under a budget
CREATE TYPE budget_choice AS (chosen boolean, total float8, bound float8, price float8);
COMMENT ON TYPE budget_choice IS
    'Result of budget_choice: is the row chosen; what all that is chosen brings; a bound above which no choice brings anything; what one unit more of the period''s budget would bring if projects could be divided';

CREATE FUNCTION budget_choice(project text, cost numeric, benefit float8, budget numeric, needs text[] DEFAULT NULL, period int DEFAULT 1, carry boolean DEFAULT false,
                              programs int DEFAULT 10000) RETURNS budget_choice
    AS 'MODULE_PATHNAME', 'terrbal_budget_choice' LANGUAGE C WINDOW IMMUTABLE PARALLEL SAFE COST 10000;
COMMENT ON FUNCTION budget_choice(text, numeric, float8, numeric, text[], int, boolean, int) IS
    'The rows that bring most under a budget for each period, at most one of each project, each with the projects it needs; exact by branch and bound (Land and Doig 1960)';
