/* relation.h -- the SQL face of core/relation: transitions of aggregates that keep their rows */
#ifndef TERRBAL_RELATION_H
#define TERRBAL_RELATION_H

#include "fmgr.h"

#include "core/relation.h"

/* Adds a row to argument 0; parameters that differ from earlier rows are an error that names them. */
extern Datum relation_add(FunctionCallInfo fcinfo, const TbRelationKind *kind, const double *params, int n, const char *names, const TbId *ids,
						  const double *values);
/* A text argument as an id, or a missing one */
extern TbId relation_id(FunctionCallInfo fcinfo, int n, const char *name);
/* Parameter that must not be NULL */
extern void relation_not_null(FunctionCallInfo fcinfo, int n, const char *name);
/* false: no rows */
extern bool relation_arg(FunctionCallInfo fcinfo, int n, const TbRelationKind *kind, TbRelation *relation);
extern char *relation_text(TbId id);

#endif
