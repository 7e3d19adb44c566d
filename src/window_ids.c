/* window_ids.c -- ids and totals by id in window functions */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "bag.h"
#include "core/base/host.h"
#include "window_ids.h"

uint32_t *window_ids(Window *w, int argument, bool number, const char *name, bool *null, TbId **id, uint32_t *n)
{
	uint32_t *index = tb_alloc_zero(w->rows, sizeof(uint32_t)), *order, *rank;
	TbDictionarySize size = {64, 1024};
	TbDictionary *d = tb_dictionary_begin(tb_alloc(tb_dictionary_words(size) * 8), size);

	for (int64 i = 0; i < w->rows; i++) {
		bool isnull;
		Datum text = window_value(w, argument, i, &isnull);
		ArgId given;
		TbId cell;

		if (isnull) {
			null[i] = true;
			continue;
		}
		given = number ? arg_number_id(text, argument) : arg_id(text, name);
		cell = (TbId){given.text, given.length};
		while ((index[i] = tb_dictionary_add(d, cell)) == TB_NO_ID) {
			size = tb_dictionary_enlarged(d, 1, cell.length);
			d = tb_dictionary_copy(tb_alloc(tb_dictionary_words(size) * 8), size, d);
		}
	}
	order = tb_dictionary_order(d);
	rank = tb_alloc_zero(d->n, sizeof(uint32_t));
	*n = d->n;
	*id = tb_alloc_zero(d->n, sizeof(TbId));
	for (uint32_t i = 0; i < *n; i++) {
		rank[order[i]] = i;
		(*id)[i] = tb_dictionary_id(d, order[i]);
	}
	for (int64 i = 0; i < w->rows; i++)
		if (!null[i])
			index[i] = rank[index[i]];
	return index;
}

double *window_totals(Window *w, const bool *null, const uint32_t *index, const double *x, const TbId *id, uint32_t n, const char *what,
					  const char *name)
{
	double *total = tb_alloc(n * sizeof(double));

	for (uint32_t i = 0; i < n; i++)
		total[i] = NAN;
	for (int64 i = 0; i < w->rows; i++) {
		if (null[i])
			continue;
		if (isnan(total[index[i]]))
			total[index[i]] = x[i];
		else if (total[index[i]] != x[i])
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s of %s \"%s\" is %.15g in one row and %.15g in another", name, what,
																			 bag_text(id[index[i]]), total[index[i]], x[i])));
	}
	for (uint32_t i = 0; i < n; i++)
		if (isnan(total[i]))
			total[i] = 0;
	return total;
}
