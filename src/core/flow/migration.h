/* migration.h -- rates of migration, and what a flow between two populations says beside their sizes
 *
 * Rees et al. 2000 and Bell et al. 2002 (intensity, net rate), Courgeau 1973 (k), Bachi 1957 and UN Manual VI 1970 (preference), Bogue et al. 1957
 * (velocity). All answer TB_UNDEFINED for a denominator of 0. Arguments are finite, and not negative except net numbers.
 */
#ifndef TB_MIGRATION_H
#define TB_MIGRATION_H

#include "../base/status.h"

/* per * movers / population: crude intensity, in-, out-, net and aggregate net rate */
extern TbStatus tb_migration_rate(double movers, double population, double per, double *rate);
/* intensity / ln(zones^2) */
extern TbStatus tb_courgeau_k(double intensity, double zones, double *k);
/* M_ij / (M (P_i / P) (P_j / P)): 1 where the flow is what the populations alone would give */
extern TbStatus tb_migration_preference(double flow, double total_flow, double origin, double destination, double total, double *preference);
/* M_ij P / (P_i P_j) */
extern TbStatus tb_migration_velocity(double flow, double origin, double destination, double total, double *velocity);

#endif
