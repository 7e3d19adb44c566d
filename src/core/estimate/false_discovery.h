/* false_discovery.h -- p values of many tests, adjusted so that what is below a level keeps its promise over all of them
 *
 * Sorted p_(1) .. p_(m):
 *   Benjamini and Hochberg 1995   least of m p_(j) / j over j >= i: the expected share of false ones among those called
 *   Benjamini and Yekutieli 2001  the same times 1 + 1/2 + .. + 1/m: also where tests depend on each other in any way
 *   Holm 1979                     most of (m - j + 1) p_(j) over j <= i: the chance of any false one
 *   Bonferroni                    m p
 * none above 1.
 */
#ifndef TB_FALSE_DISCOVERY_H
#define TB_FALSE_DISCOVERY_H

#include <stddef.h>

typedef enum TbAdjustment { TB_BENJAMINI_HOCHBERG, TB_BENJAMINI_YEKUTIELI, TB_HOLM, TB_BONFERRONI } TbAdjustment;

/* p[n] from 0 to 1, equal ones get the same */
extern void tb_false_discovery(const double *p, size_t n, TbAdjustment method, double *adjusted);

#endif
