/* totals.h -- an array of totals of numbers >= 0 within a state, each a double-double in one form
 *
 * For states of fixed size: totals stay in place, and equal sums in equal order have equal bytes.
 */
#ifndef TB_TOTALS_H
#define TB_TOTALS_H

#include "dd.h"
#include "status.h"

extern void tb_total_add(TbDd *total, double x);
/* TB_OUT_OF_RANGE where a total overflows; those before it have been added then */
extern TbStatus tb_totals_merge(TbDd *total, const TbDd *more, int n);
/* TB_CORRUPT unless each is what additions of finite numbers >= 0 leave */
extern TbStatus tb_totals_check(const TbDd *total, int n);

#endif
