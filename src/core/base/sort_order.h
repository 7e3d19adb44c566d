/* sort_order.h -- positions in ascending order of a value, stable, interruptible */
#ifndef TB_SORT_ORDER_H
#define TB_SORT_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* New array: rank -> position. Values without NaN. */
extern size_t *tb_sort_order(const double *value, size_t n);

/* New array: rank -> position, by any strict order */
extern size_t *tb_sort_order_by(size_t n, bool (*before)(const void *context, size_t a, size_t b), const void *context);

#endif
