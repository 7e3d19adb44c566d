/* totals.h -- an array of totals of numbers >= 0 within a state of fixed size, each a double-double
 *
 * Additions leave one form of each sum: the parts do not overlap, and a zero, whatever the signs of what was added, is positive.
 */
#ifndef TB_TOTALS_H
#define TB_TOTALS_H

#include "dd.h"
#include "status.h"

/* TB_OUT_OF_RANGE, and nothing added, where the total overflows */
extern TbStatus tb_total_add(TbDd *total, double more);
/* TB_OUT_OF_RANGE where a total overflows; those before it have been added then */
extern TbStatus tb_totals_merge(TbDd *total, const TbDd *more, int n);
/* TB_CORRUPT unless each is what additions of finite numbers >= 0 leave */
extern TbStatus tb_totals_check(const TbDd *total, int n);

#endif
