/* urbanisation.h -- degree of urbanisation of a territorial unit, from the classes of its cells
 *
 * State: words = { rules, then per class (eight codes and unclassified) population hi, lo and land area hi, lo }.
 */
#ifndef TB_URBANISATION_H
#define TB_URBANISATION_H

#include <stdbool.h>

#include "settlement.h"
#include "../state/state.h"

#define TB_SETTLEMENT_CODES 8
#define TB_UNCLASSIFIED TB_SETTLEMENT_CODES

/* 30, 23, 22, 21, 13, 12, 11, 10 */
extern const int tb_settlement_code[TB_SETTLEMENT_CODES];
/* Position of a code there; -1 for none */
extern int tb_settlement_index(int code);

typedef struct TbUrbanisation {
	int rules;
	int level1; /* 1 city, 2 town or semi-dense area, 3 rural; 0 without population and land, or where no cell has a class */
	int level2; /* 30 city, 23 dense town, 22 semi-dense town, 21 suburb, 13 village, 12 dispersed rural, 11 mostly uninhabited; 0 as above */
	double population;
	double land;                           /* same unit as given */
	double share[TB_SETTLEMENT_CODES + 1]; /* of the population, or of the land where nobody lives; NaN without both */
	bool undecided;                        /* level 1 is the rest that cells without a class could make a city or rural */
} TbUrbanisation;

extern const TbShape tb_urbanisation_shape;

extern TbState *tb_urbanisation_new(int rules);
extern int tb_urbanisation_rules(const TbState *state);
/* index: tb_settlement_index(code) or TB_UNCLASSIFIED */
/* TB_OUT_OF_RANGE where a sum overflows */
extern TbStatus tb_urbanisation_add(TbState *state, int index, double population, double land);

extern void tb_urbanisation(const TbState *state, const TbSettlementRules *rules, TbUrbanisation *result);

#endif
