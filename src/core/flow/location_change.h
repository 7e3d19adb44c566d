/* location_change.h -- what it does to close one open site, or to open one more, with all other sites as they are
 *
 * Each demand uses the cheapest open site, of equal ones the first by id. With a site closed, its users go to the next; with one more open, those come for
 * whom it is then the first. So closing a site undoes its opening, and both are told by the same figures: users who pay `with` while it is open and
 * `without` while it is not, at the `other` site.
 */
#ifndef TB_LOCATION_CHANGE_H
#define TB_LOCATION_CHANGE_H

#include "location.h"

typedef struct TbLocationMove {
	uint32_t other;      /* ascending; TB_NO_ID, the last: no other site is open for them */
	double users, extra; /* weight; weight times what they pay more without the site, NaN where no other */
} TbLocationMove;

typedef struct TbLocationChange {
	uint32_t site;
	double users, stranded;           /* weight of those who use it, and of those among them who have no other */
	double extra, mean;               /* of those who have one: sum of weight times cost without less cost with, and per head; NaN where nobody has */
	double worst_extra;               /* the largest difference; NaN as above */
	double worst_with, worst_without; /* the largest cost of any user; of any who has another site; NaN where none */
	double beyond;                    /* weight of those within the threshold with the site, and beyond it, or stranded, without */
	size_t move, moves;               /* those of this site in TbLocationChanges.move */
} TbLocationChange;

typedef struct TbLocationChanges {
	uint32_t n;
	TbLocationChange *change; /* sites ascending: the open ones when closing, the others when opening */
	TbLocationMove *move;
} TbLocationChanges;

/* Open sites are those that the table calls fixed. TB_OUT_OF_RANGE: a sum is beyond float8. */
extern TbStatus tb_closures(const TbLocationTable *table, double threshold, TbLocationChanges *changes);
extern TbStatus tb_openings(const TbLocationTable *table, double threshold, TbLocationChanges *changes);

#endif
