/* growth.h -- how newly built cells lie to what was built before
 *
 * Newly built cells that touch, by edge or corner, are one patch. The ring around it are the cells that touch it and are not newly built themselves, given or not.
 * With b of its r cells built before, the landscape expansion index is 100 b / r (Liu and others 2010, with a buffer of one cell):
 *   infill above 50, extension above 0 to 50, leapfrog 0.
 */
#ifndef TB_GROWTH_H
#define TB_GROWTH_H

#include "grid.h"

typedef enum TbGrowth { TB_GROWTH_NONE, TB_GROWTH_INFILL, TB_GROWTH_EXTENSION, TB_GROWTH_LEAPFROG } TbGrowth;

/* In grid order; what is not known to be built is not */
extern void tb_growth_types(const TbGrid *grid, const uint8_t *before, const uint8_t *after, uint8_t *growth);

#endif
