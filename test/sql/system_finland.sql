-- system_finland: the page doc/systems/finland.md (Finland: verotulojen tasaus)
\set VERBOSITY default
SET search_path = terrbal, public;

SELECT name, tax, round(CASE WHEN gap > 0 THEN 0.80 * gap ELSE -(0.30 + ln(-gap) / 100) * -gap END, 2) AS per_inhabitant,
       round(people * CASE WHEN gap > 0 THEN 0.80 * gap ELSE -(0.30 + ln(-gap) / 100) * -gap END) AS transfer
FROM (SELECT *, 3515.90 - tax AS gap FROM (VALUES ('Järvi', 2815.90, 5000), ('Kangas', 3415.90, 12000), ('Lahti', 3815.90, 40000), ('Niemi', 5515.90, 9000)) t (name, tax, people)) t
ORDER BY tax;

SELECT gap, round((((0.30 + ln(gap + 1) / 100) * (gap + 1)) - ((0.30 + ln(gap) / 100) * gap))::numeric, 3) AS lost_of_one_euro FROM unnest(ARRAY[100, 300, 1100, 2000]::numeric[]) gap;
