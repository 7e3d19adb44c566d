SELECT terrbal.version() ~ '^\d+\.\d+$' AS version_is_a_number;
SELECT terrbal.version() = extversion AS library_matches_script FROM pg_extension WHERE extname = 'terrbal';
