/* land_use.h -- how mixed the uses of an area are
 *
 * p_k the share of use k in the whole area, m uses with some area:
 *   entropy    -sum p ln p / ln m, 0 (one use) to 1 (all alike); the land use mix of Frank and Pivo 1994, Cervero and Kockelman 1997, over the uses present
 *   Simpson    1 - sum p^2, the chance that two places have different uses
 *   dominance  the largest p (Berger and Parker 1970)
 */
#ifndef TB_LAND_USE_H
#define TB_LAND_USE_H

#include "../state/bag.h"

extern const TbBagKind tb_land_use_kind;

typedef struct TbLandUseMix {
	uint32_t uses, largest; /* the id of the largest; of several the first bytewise */
	double entropy, simpson, dominance, area, shannon;
} TbLandUseMix;

/* TB_UNDEFINED: no area; TB_OUT_OF_RANGE: more than float8 holds */
extern TbStatus tb_land_use_mix(const TbBag *bag, TbLandUseMix *mix);

#endif
