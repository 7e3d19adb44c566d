/* root.h -- a root between two points where a function has different signs: secants that every third step, a halving, keeps honest
 *
 * A secant alone may creep from one side where the function bends; a halving alone takes fifty steps. Together they end within 200 in any case.
 */
#ifndef TB_ROOT_H
#define TB_ROOT_H

/* a < b with f(a) = fa and f(b) = fb on either side of 0 */
typedef struct TbBracket {
	double a, fa, b, fb;
} TbBracket;

/* The end of the last bracket at which |f| is less; it is closed in upon until it is no wider than tolerance * b, or one end is the root */
extern double tb_root(double (*f)(double x, void *context), void *context, TbBracket bracket, double tolerance);

#endif
