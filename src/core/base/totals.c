/* totals.c -- arrays of double-double totals */
#include "totals.h"

#include <math.h>

TbStatus tb_total_add(TbDd *total, double more)
{
	TbDd sum = tb_dd_add_d(*total, more);

	if (!isfinite(sum.hi))
		return TB_OUT_OF_RANGE;
	*total = sum;
	return TB_OK;
}

TbStatus tb_totals_merge(TbDd *total, const TbDd *more, int n)
{
	for (int i = 0; i < n; i++) {
		total[i] = tb_dd_add(total[i], more[i]);
		if (!isfinite(total[i].hi))
			return TB_OUT_OF_RANGE;
	}
	return TB_OK;
}

TbStatus tb_totals_check(const TbDd *total, int n)
{
	for (int i = 0; i < n; i++)
		if (!isfinite(total[i].hi) || !isfinite(total[i].lo) || total[i].hi < 0 || total[i].hi + total[i].lo != total[i].hi)
			return TB_CORRUPT;
	return TB_OK;
}
