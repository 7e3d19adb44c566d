-- Prints doc/reference.md from the catalogue: signatures from pg_proc, sentences from COMMENT ON. `make reference` writes it, CI compares.
\pset format unaligned
\pset tuples_only on
CREATE TEMP VIEW member AS
SELECT p.oid, p.proname, p.prokind, p.proretset, pg_get_function_arguments(p.oid) AS arguments, replace(pg_get_function_result(p.oid), 'terrbal.', '') AS result,
       obj_description(p.oid, 'pg_proc') AS said
FROM pg_proc p JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'terrbal'
-- schema terrbal_support holds what only the extension itself calls
WHERE p.pronamespace = 'terrbal'::regnamespace;
SELECT E'# Reference\n\nPrinted from the catalogue by `make reference`; every sentence is the object''s COMMENT. The pages of the concepts explain and show examples. Functions that the extension itself calls are [out of sight](support.md).\n';
SELECT format(E'## %s\n\n| call | result | |\n|---|---|---|\n%s\n', heading, string_agg(format('| `%s(%s)` | `%s` | %s |', proname, replace(replace(arguments, 'terrbal.', ''), '|', '\|'), result,
        replace(said, '|', '\|')), E'\n' ORDER BY proname COLLATE "C", arguments COLLATE "C"))
FROM member JOIN (VALUES ('a', 1, 'Aggregates'), ('w', 2, 'Window functions'), ('f', 3, 'Functions'), ('p', 4, 'Procedures')) h(kind, place, heading) ON kind = prokind::text
GROUP BY place, heading ORDER BY place;
SELECT E'## Composite results and types\n\n| type | fields | |\n|---|---|---|\n' || string_agg(format('| `%s` | %s | %s |', t.typname,
        coalesce((SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped),
                 (SELECT 'one of ' || string_agg(quote_literal(enumlabel), ', ' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid), 'a state'),
        coalesce(obj_description(t.oid, 'pg_type'), obj_description(t.typrelid, 'pg_class'), '')), E'\n' ORDER BY t.typname COLLATE "C")
FROM pg_type t LEFT JOIN pg_class c ON c.oid = t.typrelid
WHERE t.typnamespace = 'terrbal'::regnamespace AND t.typelem = 0 AND (t.typrelid = 0 OR c.relkind = 'c');
SELECT E'\n## Tables and views\n\n| relation | columns | |\n|---|---|---|\n' || string_agg(format('| `%s` | %s | %s |', c.relname,
        (SELECT string_agg(a.attname, ', ' ORDER BY a.attnum) FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), coalesce(obj_description(c.oid, 'pg_class'), '')),
        E'\n' ORDER BY c.relname COLLATE "C")
FROM pg_class c WHERE c.relnamespace = 'terrbal'::regnamespace AND c.relkind IN ('r', 'v', 'p', 'm');
