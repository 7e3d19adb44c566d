/* decomposition.h -- how much of an inequality lies within groups, how much between them
 *
 * p = weight share, s = share of the total, m = mean over the overall mean of a group.
 *   Theil T   within sum s T_g          between T of the group means          adds up (Theil 1967)
 *   Theil L   within sum p L_g          between L of the group means          adds up
 *   GE(a)     within sum p m^a GE_g     between GE(a) of the group means      adds up (Shorrocks 1980)
 *   Gini      within sum p s G_g        between Gini of the group means       overlap = the rest (Bhattacharya & Mahalanobis 1967); it is Dagum's
 *                                       (= Dagum's net between)               transvariation, and between + overlap his gross between (Dagum 1997)
 *   Atkinson  within 1 - (1 - A) / (1 - A_between), for e = 1 that is 1 - prod (1 - A_g)^p; between Atkinson of the group means (Das & Parikh 1982)
 *             A = within + between - within * between
 */
#ifndef TB_DECOMPOSITION_H
#define TB_DECOMPOSITION_H

#include "inequality.h"

typedef struct TbParts {
	double total, within, between;
} TbParts;

typedef struct TbGroups {
	TbDistribution all;
	TbDistribution means; /* one entry a group, weight the group's, sorted by mean */
	size_t n;
	const TbId *id;
	TbDistribution *group; /* [n], in the order of ids */
	double *share;         /* [n] of weight */
	double *ratio;         /* [n] mean over the overall mean */
} TbGroups;

/* Deals a grouped sample out to its groups */
extern void tb_groups(const TbSample *sample, TbGroups *groups);

extern void tb_theil_parts(const TbGroups *groups, TbParts *t, TbParts *l);
extern TbParts tb_entropy_parts(const TbGroups *groups, double alpha);
extern TbParts tb_gini_parts(const TbGroups *groups);
/* What is neither within nor between */
extern double tb_gini_overlap(TbParts gini);
/* Atkinson(1) from the parts of Theil L */
extern TbParts tb_atkinson_one_parts(const TbGroups *groups, TbParts theil_l);
extern TbParts tb_atkinson_parts(const TbGroups *groups, double epsilon);

#endif
