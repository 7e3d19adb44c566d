/* settlement.h -- degree of urbanisation of grid cells and of territorial units
 *
 * European Commission, FAO, UN-Habitat, OECD, World Bank: Applying the Degree of Urbanisation, 2021; GHSL Data Package 2022 and 2023. A rule preset
 * is data: what differs between vintages stands in one table in settlement.c.
 */
#ifndef TB_SETTLEMENT_H
#define TB_SETTLEMENT_H

#include "grid.h"

typedef enum TbMajority {
	TB_MAJORITY_R2022A, /* at least five of the eight neighbours are of one centre */
	TB_MAJORITY_R2023A  /* more than half of the valid neighbours are; water never joins */
} TbMajority;

typedef struct TbSettlementRules {
	const char *name;
	double built; /* built-up share of land that stands in for density in dense cells */
	TbMajority majority;
	double semi_dense; /* density and size of semi-dense clusters, contiguity, distance to keep from dense ones */
	double semi_dense_size;
	bool semi_dense_queen;
	uint32_t semi_dense_distance;
	bool unit_2024; /* the level-2 rule for units of July 2024 */
} TbSettlementRules;

#define TB_SETTLEMENT_RULES 4
extern const TbSettlementRules tb_settlement_rules[TB_SETTLEMENT_RULES];

/* What is known of the cells, in grid order */
typedef struct TbCells {
	TbGrid grid;
	double *population; /* persons */
	double *land;       /* share of the cell that is land */
	double *built;      /* share of the cell that is built up */
	double area;        /* km2 of a whole cell */
} TbCells;

/* Codes of level 2 (30, 23, 22, 21, 13, 12, 11, 10), or of level 1 by its own definition (3, 2, 1, 0); in grid order */
extern void tb_settlement_class(const TbCells *cells, const TbSettlementRules *rules, int16_t *code);
extern void tb_settlement_class_level1(const TbCells *cells, const TbSettlementRules *rules, int16_t *code);

/* Mean built-up share of the cells in clusters of at least this density and size: where GHSL R2023A sets its threshold, rounded up to the
 * next per cent. TB_UNDEFINED without such cells. */
extern TbStatus tb_settlement_built(const TbCells *cells, double least, double size, bool queen, double *share);

/* What is odd about cells that are each possible: none that touch are coordinates or a sample, and people who live nowhere as densely as a hamlet
 * have too large a cell area. */
typedef enum TbCellDoubt { TB_CELLS_PLAUSIBLE, TB_CELLS_APART, TB_CELLS_THIN } TbCellDoubt;
/* *people: all of them, set with TB_CELLS_THIN */
extern TbCellDoubt tb_settlement_doubt(const TbCells *cells, double *people);

/* The code that a number is; -1, which is none, for fractions and what int cannot hold */
extern int tb_settlement_whole(double number);

/* Level-1 grid code (3, 2, 1, 0) of a level-2 code; -1 for anything else */
extern int tb_settlement_level1(int code);

/* The two repairs of centres, on labels: centre[i] is TB_NO_CELL outside. Public for their own tests. */
extern void tb_settlement_smooth(const TbCells *cells, TbMajority majority, uint32_t *centre);
extern void tb_settlement_fill(const TbCells *cells, uint32_t *centre);

#endif
