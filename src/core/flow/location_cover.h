/* location_cover.h -- do p sites cover all demands? A search that weighs who is left out, and how many sites are needed at least
 *
 * The problems are those of location_kernel.h, reduced and completed; charges play no part. Answers: 1 yes, 0 no, -1 not known.
 */
#ifndef TB_LOCATION_COVER_H
#define TB_LOCATION_COVER_H

#include "location_kernel.h"

#define TB_COVER_SURELY 1e-6 /* so much above p sites is more than rounding */

/* Exchanges of the p open sites, the fixed ones among them, until all are covered or so many entries were looked at */
extern bool tb_cover_search(const TbLocationProblem *l, double visits, bool *open);

/* The linear relaxation of the fewest sites, by the volume algorithm of Barahona and Anbil (2000) */
typedef struct TbCoverBound {
	double bound;  /* of the number of sites, fixed ones included */
	double *price; /* [demands] that make it */
	double *worth; /* [sites] 1 less the prices of whom it covers */
	double *share; /* [sites] near an optimum of the relaxation */
	bool *chosen;  /* [sites] that make the bound */
	double visits;
} TbCoverBound;

/* Stops above p. The prices to begin with are in l->outside. */
extern TbCoverBound tb_cover_bound(const TbLocationProblem *l, uint32_t steps);
extern void tb_cover_release(TbCoverBound *b);
/* Fair prices to begin with: nobody pays more than a part of any site */
extern void tb_cover_start(TbLocationProblem *l);

#define TB_COVER_TREE 1e9 /* entries looked at in all trees of a call */

/* Tree of bounds and reductions, as long as visits last: they are used up. With 1, open[] is set. */
extern int tb_cover_tree(const TbLocationProblem *l, double *visits, bool *open);

#endif
