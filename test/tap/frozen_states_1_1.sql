-- States that 1.1 stored are read, and mean what they meant.
\ir ../fixture/states_1.1.sql
CREATE TEMP TABLE changed (function text, key text, PRIMARY KEY (function, key));
SELECT no_plan();
\ir ../fixture/ask_frozen.sql
SELECT is((SELECT string_agg(t.typname, ', ') FROM pg_type t WHERE t.typnamespace = 'terrbal'::regnamespace AND t.typname ~ '_state$' AND t.typtype = 'b' AND t.typname !~ '^_'
    AND NOT EXISTS (SELECT FROM frozen_state f WHERE f.type = 'terrbal.' || t.typname)), NULL, 'every type of state');
SELECT * FROM finish();
