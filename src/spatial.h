/* spatial.h -- pairs of neighbours as the statistics over them take them */
#ifndef TERRBAL_SPATIAL_H
#define TERRBAL_SPATIAL_H

#include "fmgr.h"

#include "core/estimate/spatial.h"
#include "row.h"

/* (state), with the permutations of its rows, or (state, permutations, seed); false: no rows. Pairs given twice and units with two values are errors. */
extern bool spatial_neighbours(FunctionCallInfo fcinfo, TbNeighbours *neighbours, TbPermutations *permutations);

/* A local_moran_result */
extern void spatial_local_row(RowArray *rows, const TbId *id, double value, const TbLocalMoran *local);

#endif
