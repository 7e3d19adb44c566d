/* relation_flows.h -- the first two ids and the first value of a relation as flows between zones */
#ifndef TB_RELATION_FLOWS_H
#define TB_RELATION_FLOWS_H

#include "flow_set.h"
#include "relation.h"

/* zone[id]: index of the zone, or TB_NO_ID for ids that are none (names of cities, say). Repeated pairs add up; flow 0 registers its zones. */
extern TbStatus tb_relation_flows(const TbRelation *relation, TbFlows *flows, uint32_t **zone);

/* Ids that occur in these columns (bits), ascending: new array of indices into relation->id; index[id] is the position or TB_NO_ID */
extern uint32_t *tb_relation_distinct(const TbRelation *relation, unsigned columns, uint32_t *n, uint32_t **index);

#endif
