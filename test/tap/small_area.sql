-- small_area: figures of R's metafor, a second implementation, identities, invariance
SET client_min_messages = warning;
SET search_path = terrbal, public;
SELECT plan(9);
CREATE FUNCTION pg_temp.off(got float8, want float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS $$SELECT coalesce(abs(got / want - 1), 'Infinity')$$;
-- 13 trials of a vaccine (Colditz et al. 1994): log relative risk, its variance, latitude; a model of meta-analysis is the model of Fay and Herriot. Figures: R 4.2.2, metafor 3.8-1, rma(method = "REML"), blup()
CREATE TEMP TABLE trial AS SELECT 't' || o AS area, ln(a / (a + b)) - ln(c / (c + d)) AS y, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) AS v, latitude
FROM unnest(ARRAY[4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27]::float8[], ARRAY[119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886], ARRAY[11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29]::float8[],
    ARRAY[128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825], ARRAY[44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33]::float8[]) WITH ORDINALITY u(a, b, c, d, latitude, o);
CREATE TEMP TABLE figure AS SELECT 't' || o AS unit, fp, fps, fa, fas FROM unnest(
    '{-0.80023356197035,-1.25170598030225,-0.98690309335750,-1.39789769649515,-0.28737980647637,-0.78457153364595,-1.24396346517330,0.00287924789677,-0.50683635929277,-1.24717301599844,-0.35365840052076,-0.28473371286120,-0.14674306985853}'::float8[],
    '{0.4099304475262,0.3532273016000,0.4348315764347,0.1375684156695,0.2113117583834,0.0822903527275,0.3685919598988,0.0625870944114,0.2203912682592,0.2457122117472,0.1094809657172,0.4583004760064,0.2434402973833}'::float8[],
    '{-1.00247207489400,-1.41570542366038,-1.02938219425115,-1.40422790421372,-0.18113718195207,-0.80626270924995,-0.63796349532548,0.00510516284735,-0.49698432585942,-1.17553003495521,-0.32999011638440,-0.56408089944809,-0.35153245262527}'::float8[],
    '{0.2734499508532,0.2751230221518,0.2771713928025,0.1315339180660,0.1878096274884,0.0804262821150,0.2598391293647,0.0619348911587,0.1862011632124,0.2036040357592,0.1052487409065,0.2748970563690,0.1989519432572}'::float8[]) WITH ORDINALITY u(fp, fps, fa, fas, o);
CREATE TEMP TABLE got AS SELECT fay_herriot(area, y, v, ARRAY[1]) AS plain, fay_herriot(area, y, v, ARRAY[1, latitude]) AS along FROM trial;
SELECT ok(pg_temp.off((plain).between, 0.313243258136) < 1e-8 AND pg_temp.off((along).between, 0.0763479639552) < 1e-8 AND (SELECT max(pg_temp.off(g, e)) FROM unnest((plain).coefficients || (plain).standard_errors || (along).coefficients || (along).standard_errors,
    '{-0.714532342158,0.179781516105,0.2514682100074,-0.0291017250116,0.2490953966168,0.0071953272209}'::float8[]) u(g, e)) < 1e-8, 'metafor: variance between, coefficients and errors') FROM got;
SELECT ok(count(*) = 13 AND bool_and(pg_temp.off(p.estimate, f.fp) < 1e-7 AND pg_temp.off(a.estimate, f.fa) < 1e-7), 'and what each trial becomes') FROM got, unnest((plain).estimates) p JOIN figure f USING (unit), unnest((along).estimates) a WHERE a.unit = f.unit;
-- there errors leave out what the estimate of A costs: twice (D / V)^2 / V var(A)
SELECT ok(count(*) = 13 AND bool_and(pg_temp.off(sqrt(p.mse - 2 * (p.variance / ((plain).between + p.variance)) ^ 2 / ((plain).between + p.variance) * (plain).between_se ^ 2), f.fps) < 1e-7
    AND pg_temp.off(sqrt(a.mse - 2 * (a.variance / ((along).between + a.variance)) ^ 2 / ((along).between + a.variance) * (along).between_se ^ 2), f.fas) < 1e-7), 'with their errors, but for the third part')
FROM got, unnest((plain).estimates) p JOIN figure f USING (unit), unnest((along).estimates) a WHERE a.unit = f.unit;
SELECT ok(bool_and(pg_temp.off((f).between_se ^ 2, 2 / s) < 1e-12), 'variance of A') FROM got, unnest(ARRAY[plain, along]) f, LATERAL (SELECT sum(1 / ((f).between + v) ^ 2) AS s FROM trial) t;
-- no A nearby is likelier: the restricted likelihood by least squares of SQL with weights 1 / V
CREATE FUNCTION pg_temp.likelihood(a float8) RETURNS float8 LANGUAGE sql AS $$
    SELECT -(sum(ln(a + v) + (y - (b[1] + b[2] * latitude)) ^ 2 / (a + v)) + ln(sum(1 / (a + v)) * sum(latitude ^ 2 / (a + v)) - sum(latitude / (a + v)) ^ 2)) / 2 FROM trial, (SELECT (ols(y, ARRAY[1, latitude], 1 / (a + v))).coefficients AS b FROM trial) f $$;
SELECT ok(bool_and(pg_temp.likelihood((along).between) > pg_temp.likelihood((along).between * f)), 'A is the likeliest') FROM got, unnest(ARRAY[0.01, 0.3, 0.9, 0.99, 0.999, 1.001, 1.01, 1.1, 3, 100]) f;
SELECT ok((SELECT max(abs(g / e - 1)) FROM unnest((along).coefficients, b) u(g, e)) < 1e-12, 'b is least squares with weights 1 / V') FROM got, LATERAL (SELECT (ols(y, ARRAY[1, latitude], 1 / ((along).between + v))).coefficients AS b FROM trial) o;
SELECT ok(to_jsonb(a) = to_jsonb(b), 'order of rows does not matter to the bit') FROM (SELECT fay_herriot(area, y, v, ARRAY[1, latitude]) AS a, fay_herriot(area, y, v, ARRAY[1, latitude] ORDER BY y) AS b FROM trial) s;
SELECT ok(bool_and(pg_temp.off((g).between, (f).between * u ^ 2) < 1e-12 AND pg_temp.off((g).coefficients[2], (f).coefficients[2] * u / w) < 1e-12 AND pg_temp.off((g).estimates[3].mse, (f).estimates[3].mse * u ^ 2) < 1e-12), 'another unit of y, of x')
FROM (SELECT fay_herriot(area, y, v, ARRAY[1, latitude]) AS f FROM trial) s, unnest(ARRAY[2.0::float8 ^ 200, 2.0::float8 ^ -200, 10]) u, unnest(ARRAY[2.0::float8 ^ 300, 2.0::float8 ^ -300]) w, LATERAL (SELECT fay_herriot(area, y * u, v * u ^ 2, ARRAY[1, latitude * w]) AS g FROM trial) t;
-- large variances: all from the regression; tiny ones: all from the survey
SELECT ok(bool_and(abs(b.share - 1) < 1e-6 AND pg_temp.off(b.estimate, b.direct) < 1e-5) , 'a survey without error keeps its figures') FROM (SELECT fay_herriot(area, y, v * 1e-9, ARRAY[1, latitude]) AS g FROM trial) s, unnest((g).estimates) b;
SELECT * FROM finish();
