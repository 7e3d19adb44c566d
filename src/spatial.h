/* spatial.h -- pairs of neighbours as the statistics over them take them */
#ifndef TERRBAL_SPATIAL_H
#define TERRBAL_SPATIAL_H

#include "fmgr.h"

#include "core/estimate/spatial.h"

/* (state), with the permutations of its rows, or (state, permutations, seed); false: no rows. Pairs given twice and units with two values are errors. */
extern bool spatial_neighbours(FunctionCallInfo fcinfo, TbNeighbours *neighbours, TbPermutations *permutations);

#endif
