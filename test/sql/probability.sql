SET search_path = terrbal, public;
-- the tables at the back of every textbook
SELECT df, round(student_quantile(0.975, df)::numeric, 3) AS t, round(chi_square_quantile(0.95, df)::numeric, 3) AS chi_square,
       round(f_quantile(0.95, df, 10)::numeric, 3) AS f
FROM unnest(ARRAY[1, 5, 10, 30]) df;
SELECT round(normal_quantile(0.975)::numeric, 6) AS z, round(normal_probability(1.96)::numeric, 6) AS p, normal_quantile(0.5) AS median;
SELECT round(student_probability(-2.228, 10)::numeric, 4) AS t, round(chi_square_probability(3.841, 1)::numeric, 4) AS chi_square,
       round(f_probability(4.965, 1, 10)::numeric, 4) AS f;
-- ends, NULL
SELECT student_probability('Infinity', 3) AS all_of_it, f_probability(0, 2, 3) AS nothing, normal_quantile(NULL) IS NULL AS unknown,
       chi_square_probability(-5, 2) AS below;
-- errors
SELECT student_quantile(1, 10);
SELECT normal_quantile(97.5);
SELECT f_quantile(0.5, 0, 10);
SELECT chi_square_probability('NaN', 3);
SELECT student_probability(2, 'Infinity');
