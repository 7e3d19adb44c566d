/* bag.h -- the SQL face of core/bag: transitions of aggregates that keep their rows */
#ifndef TERRBAL_BAG_H
#define TERRBAL_BAG_H

#include "fmgr.h"

#include "core/state/bag.h"

/* Adds a row to argument 0; parameters that differ from earlier rows are an error that names them. */
extern Datum bag_add(FunctionCallInfo fcinfo, const TbBagKind *kind, const double *params, int n, const char *names, const TbId *ids,
					 const double *values);
/* A text or a bigint argument as an id, or a missing one */
typedef TbId BagId(FunctionCallInfo fcinfo, int n, const char *name);
extern BagId bag_id, bag_number;
/* Either, by the declared type of the argument: one transition for ids of both kinds in any mix */
extern BagId bag_any;

/* A transition for text ids, and beside it one for bigint ids that gives the same; add(fcinfo, read) is their common body */
#define BAG_TRANSITION(symbol, add, ...)                                                                                                             \
	PG_FUNCTION_INFO_V1(symbol);                                                                                                                     \
	Datum symbol(PG_FUNCTION_ARGS)                                                                                                                   \
	{                                                                                                                                                \
		return add(fcinfo, __VA_ARGS__);                                                                                                             \
	}
#define BAG_TRANSITIONS(symbol, add, ...)                                                                                                            \
	BAG_TRANSITION(symbol, add, bag_id, __VA_ARGS__)                                                                                                 \
	BAG_TRANSITION(symbol##_number, add, bag_number, __VA_ARGS__)
/* Parameter that must not be NULL */
extern void bag_not_null(FunctionCallInfo fcinfo, int n, const char *name);
/* false: no rows */
extern bool bag_arg(FunctionCallInfo fcinfo, int n, const TbBagKind *kind, TbBag *bag);
extern char *bag_text(TbId id);
/* Tells, once in a statement, of two codes that blanks around them, case or leading zeros alone set apart: nearly always one place in two files.
 * id: ascending, n of them; what: their plural */
extern void tell_alike(const char *what, const TbId *id, uint32 n);
/* A pair may stand once: a second one, from whichever row or state, is an error that names it */
extern void bag_pairs_once(const TbBag *bag, const char *hint);
/* So of ordered pairs of neighbours; a notice where none of them stands in both directions */
extern void bag_neighbours(const TbBag *bag);
/* A text[] of them */
extern Datum bag_id_array(const TbId *const *id, uint32 n);

#endif
