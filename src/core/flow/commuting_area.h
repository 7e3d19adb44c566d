/* commuting_area.h -- areas around cores by commuting in both directions: the rule of the core based statistical areas of the United States
 *
 * A zone is outlying to a core when at least out_share of its residents in work have their job in the core's central zones, or at least in_share of its
 * jobs are held by residents of these; of several such cores it belongs to the one of the strongest tie, the larger of both shares. Cores of which one, its
 * central zones together, is outlying to another are one core.
 */
#ifndef TB_COMMUTING_AREA_H
#define TB_COMMUTING_AREA_H

#include "urban_area.h"

/* core[zone]: index of the core of which the zone is central, or TB_NO_CITY; cores are 0 .. cores - 1 in the order of their ids. member[].share is the
 * strongest tie. TB_UNDEFINED: no zone. */
extern TbStatus tb_commuting_areas(const TbFlows *flows, const uint32_t *core, uint32_t cores, double out_share, double in_share,
								   TbUrbanMember *member);

/* Origin, destination, the origin's core if it is central, flow; parameters: out_share, in_share */
extern const TbBagKind tb_commuting_area;
extern bool tb_commuting_area_params_ok(const double *param, uint64_t n);

#endif
