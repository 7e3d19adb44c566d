/* linkage.h -- flows between urban, peri-urban and rural areas
 *
 * F_gh flow from class g to class h, same class included; u, p, r the classes; F the classified total, O_g and D_g its row and column sums.
 * Intensity and balance: net and gross exchange over totals; openness: observed over independence; external-internal: Krackhardt & Stern 1988.
 */
#ifndef TB_LINKAGE_H
#define TB_LINKAGE_H

#include "../state/state.h"

enum { TB_URBAN, TB_PERI_URBAN, TB_RURAL, TB_SETTLEMENTS };

typedef struct TbLinkage {
	double total;        /* all flow */
	double unclassified; /* with an end of unknown class */
	double urban_to_rural, rural_to_urban, urban_internal, rural_internal;
	double peri_urban_exchange; /* one end peri-urban, the other not */
	double intensity;           /* (F_ur + F_ru) / total */
	double balance;             /* (F_ur - F_ru) / (F_ur + F_ru) */
	double openness;            /* (F_ur + F_ru) F / (O_u D_r + O_r D_u) */
	double external_internal;   /* (between classes - within) / F */
	double rural_retention;     /* F_rr / O_r */
	double rural_net;           /* D_r - O_r */
	double rural_effectiveness; /* 100 (D_r - O_r) / (D_r + O_r - 2 F_rr) */
	double matrix[TB_SETTLEMENTS][TB_SETTLEMENTS];
} TbLinkage;

/* words: the nine sums of the matrix by row, then the unclassified sum, each hi and lo */
extern const TbShape tb_linkage_shape;

extern TbState *tb_linkage_new(void);
/* A class below 0 is unknown */
extern TbStatus tb_linkage_add(TbState *state, int origin, int destination, double flow);
/* Undefined ratios are NaN */
extern TbStatus tb_linkage(const TbState *state, TbLinkage *linkage);

#endif
