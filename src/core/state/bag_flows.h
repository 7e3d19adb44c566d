/* bag_flows.h -- the first two ids and the first value of a bag as flows between zones */
#ifndef TB_BAG_FLOWS_H
#define TB_BAG_FLOWS_H

#include "flow_set.h"
#include "bag.h"

/* zone[id]: index of the zone, or TB_NO_ID for ids that are none (names of cities, say). Repeated pairs add up; flow 0 registers its zones. */
extern TbStatus tb_bag_flows(const TbBag *bag, TbFlows *flows, uint32_t **zone);

/* Ids that occur in these columns (bits), ascending: new array of indices into bag->id; index[id] is the position or TB_NO_ID */
extern uint32_t *tb_bag_distinct(const TbBag *bag, unsigned columns, uint32_t *n, uint32_t **index);

#endif
