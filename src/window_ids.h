/* window_ids.h -- columns of ids in window functions, and figures that belong to an id */
#ifndef TERRBAL_WINDOW_IDS_H
#define TERRBAL_WINDOW_IDS_H

#include "core/base/dictionary.h"
#include "window.h"

/* Ids of a column as ranks in bytewise order, of text or of bigint; null[row] is set where there is none */
extern uint32_t *window_ids(Window *w, int argument, bool number, const char *name, bool *null, TbId **id, uint32_t *n);

/* total[id], the same in every row of the id that is not null: else an error that names both figures */
extern double *window_totals(Window *w, const bool *null, const uint32_t *index, const double *x, const TbId *id, uint32_t n, const char *what,
							 const char *name);

#endif
