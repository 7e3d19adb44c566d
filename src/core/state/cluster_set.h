/* cluster_set.h -- cross moments by text key: one triangle per cluster, all that cluster-robust errors and time-dummy indices need of the rows
 *
 * Open: p, sum of ln w, a dictionary of keys, then one block {n, high parts, low parts} per key, in the order of arrival. Packed: p, keys, sum of ln w,
 * end offsets of the keys, then the blocks in bytewise order of the keys. A block takes 8 + 16 * tb_moment_cells(p) bytes: 0.8 kB for 5 regressors
 * and a constant, so that 10^5 clusters are 80 MB.
 */
#ifndef TB_CLUSTER_SET_H
#define TB_CLUSTER_SET_H

#include "../base/dictionary.h"
#include "moments.h"

extern const TbShape tb_cluster_shape;

/* What finals read: keys in bytewise order, the moments of each and of all */
typedef struct TbClusters {
	uint32_t p;
	size_t clusters;
	TbId *id;
	TbMoments *moments; /* [clusters] */
	TbMoments whole;
} TbClusters;

/* One row; *state NULL makes the first state. Status as tb_moments_add; TB_TOO_LARGE past 1 GB too */
extern TbStatus tb_cluster_add(TbState **state, TbId cluster, double y, const double *x, uint32_t p, double weight);

extern TbStatus tb_cluster_view(const TbState *state, TbClusters *clusters);

/* Only the first p regressors: new moments in place of the old */
extern void tb_clusters_drop(TbClusters *clusters, uint32_t p);

#endif
