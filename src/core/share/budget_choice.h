/* budget_choice.h -- which projects, in which variant and which year, bring most under a budget
 *
 * The largest sum of benefits over rows of projects, at most one row of each project (its variants and years), with what each period may spend, where a
 * row may need other projects in its own or an earlier period. Branch and bound on the linear program (Land and Doig, Econometrica 28 (1960) 497-520;
 * Martello and Toth, Knapsack Problems, 1990): depth first, the row that is taken before the one that is left.
 */
#ifndef TB_BUDGET_CHOICE_H
#define TB_BUDGET_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/int256.h"
#include "../base/status.h"

#define TB_BUDGET_CELLS_MOST ((uint64_t)1 << 22) /* rows and constraints of one program */

typedef struct TbBudgetProblem {
	size_t rows, projects, periods;
	const uint32_t *project, *period; /* of each row, from 0; periods in their order */
	const TbInt *cost;                /* none below 0, in whole units */
	const double *benefit;            /* below 0 where a row is a burden that others need */
	const TbInt *budget;              /* of each period */
	const uint32_t *need;             /* projects that row r needs: need[need_from[r]] .. need[need_from[r + 1] - 1] */
	const size_t *need_from;
	bool carry;   /* what a period leaves may be spent later */
	size_t limit; /* of linear programs */
} TbBudgetProblem;

typedef struct TbBudgetAnswer {
	double benefit; /* of what is chosen */
	double bound;   /* no choice brings more, to 1e-9 of it; equal to benefit where that is proven */
	double *price;  /* of each period, to be given: what one unit more of its budget would bring if projects could be divided */
	size_t programs;
} TbBudgetAnswer;

/* chosen: rows. TB_TOO_LARGE: more cells than TB_BUDGET_CELLS_MOST. TB_OUT_OF_RANGE: a sum beyond its type. TB_INVALID: projects need each other in a ring.
 * TB_NOT_CONVERGED: as tb_simplex. */
extern TbStatus tb_budget_choice(const TbBudgetProblem *problem, bool *chosen, TbBudgetAnswer *answer);

#endif
