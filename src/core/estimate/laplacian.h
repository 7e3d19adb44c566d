/* laplacian.h -- a graph's normal equations nearly factored: the approximate elimination of Kyng and Sachdeva (2016), in the form of Gao, Kyng and Spielman (2023)
 *
 * Nodes are units and periods, edges the rows that join them. To eliminate a node makes all its neighbours neighbours of each other; here each of them, the
 * lightest first, gets one edge to a heavier one, drawn with the weights as chances, so that the expected edges are those of the elimination. Fewer neighbours
 * first: a chain, a tree or a star is eliminated exactly, and no edges are ever added. Chance comes from a fixed seed: the same rows, the same factor.
 */
#ifndef TB_LAPLACIAN_H
#define TB_LAPLACIAN_H

#include <stddef.h>
#include <stdint.h>

typedef struct TbLaplacian {
	uint32_t nodes, done;
	uint32_t *order; /* nodes as they were eliminated */
	double *total;   /* [nodes] weights that they had then; 0 for the last of a connected part */
	size_t *from;    /* [nodes + 1] their neighbours at that time */
	uint32_t *to;
	double *share; /* of the total */
	size_t room;
} TbLaplacian;

/* n edges between nodes a[i] and first + b[i]; weight NULL: all 1. NULL: more neighbours than can be numbered */
extern TbLaplacian *tb_laplacian(size_t n, uint32_t nodes, const uint32_t *a, uint32_t first, const uint32_t *b, const double *weight);
/* x, [nodes], becomes a solution of the factored equations */
extern void tb_laplacian_solve(const TbLaplacian *factor, double *x);
extern void tb_laplacian_free(TbLaplacian *factor);

#endif
