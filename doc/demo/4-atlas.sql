-- Act 4. The atlas: indicators are registered and refreshed once, and one page shows them to everybody.
-- Input: units with a name and a boundary, values per indicator, unit and period. Beside the file's indicators: where a place stands, and how fast it grows.
CREATE VIEW demo.relative AS
SELECT unit, period, 100 * value / nullif(avg(value) OVER (PARTITION BY period), 0) AS value
FROM demo.atlas_value WHERE indicator = (SELECT min(indicator) FROM demo.atlas_indicator) AND value > 0;

CREATE VIEW demo.growth AS
SELECT unit, period, 100 * terrbal.growth_rate(before, value, extract(year FROM period)::float8 - extract(year FROM earlier)::float8) AS value
FROM (SELECT *, lag(value) OVER w AS before, lag(period) OVER w AS earlier FROM demo.atlas_value
      WHERE indicator = (SELECT min(indicator) FROM demo.atlas_indicator) AND value > 0 WINDOW w AS (PARTITION BY unit ORDER BY period)) s
WHERE extract(year FROM period) > extract(year FROM earlier);

-- An indicator reads a view or table with the columns unit, period, value.
DO $$
DECLARE
    i record;
BEGIN
    FOR i IN SELECT a.*, row_number() OVER (ORDER BY indicator) AS n FROM demo.atlas_indicator a ORDER BY indicator LOOP
        EXECUTE format('CREATE VIEW demo.atlas_source_%s AS SELECT unit, period, value FROM demo.atlas_value WHERE indicator = %L', i.n, i.indicator);
        PERFORM terrbal.register_indicator(i.indicator, i.title, i.unit_measure, 'demo.atlas_source_' || i.n, 'place', direction => i.direction, definition => i.definition);
        INSERT INTO terrbal.threshold (indicator, level, amber, red) SELECT i.indicator, 'place', i.amber, i.red WHERE i.amber IS NOT NULL OR i.red IS NOT NULL;
        IF i.n = 1 THEN
            PERFORM terrbal.register_indicator(i.indicator || '_relative', i.title || ', against the mean', 'percent of the mean', 'demo.relative', 'place', direction => i.direction,
                definition => '100 * value / mean of all places in that year');
            INSERT INTO terrbal.threshold (indicator, level, amber, red) VALUES (i.indicator || '_relative', 'place', 75, 50);
            PERFORM terrbal.register_indicator(i.indicator || '_growth', i.title || ', growth', 'percent a year', 'demo.growth', 'place', direction => i.direction,
                definition => 'growth a year since the period before, growth_rate');
        END IF;
    END LOOP;
END
$$;
CALL terrbal.refresh_all(strict => true);
UPDATE terrbal.unit u SET name = a.name, level = 'place', geom = ST_Multi(ST_GeomFromText(a.wkt, 4326)) FROM demo.atlas_unit a WHERE a.unit = u.code;

-- Did the places become more alike? One row a period.
SELECT extract(year FROM period) AS year, i.n AS places, round(i.gini::numeric, 3) AS gini, round(i.theil_t::numeric, 3) AS theil, round(i.p90_p10::numeric, 2) AS p90_p10
FROM (SELECT period, terrbal.sample_state(value) AS state FROM demo.atlas_value
      WHERE indicator = (SELECT min(indicator) FROM demo.atlas_indicator) AND value >= 0 GROUP BY period) s, terrbal.inequality(state) i ORDER BY period;

-- The early warning of the last period.
SELECT light, count(*) AS places, string_agg(unit_name, ', ' ORDER BY value) FILTER (WHERE light = 'red') AS which
FROM terrbal.signal WHERE code = (SELECT min(indicator) || '_relative' FROM demo.atlas_indicator) GROUP BY light ORDER BY light DESC;
