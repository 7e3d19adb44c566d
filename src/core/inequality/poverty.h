/* poverty.h -- poverty below a line, and polarisation into poles
 *
 * p = weight share, z = line, x = value; poor are x < z; gap g = (z - x) / z of the poor, 0 of the others.
 *   Headcount, gap, severity   sum p [x < z], sum p g, sum p g^2          Foster, Greer & Thorbecke 1984, alpha 0, 1, 2
 *   Sen-Shorrocks-Thon         sum p g (1 + Gini of g), as 2 sum p g (1 - F), F the mid rank of x from the bottom     Shorrocks 1995
 *   Watts                      sum p ln(z / x) over the poor              Watts 1968; NaN where a poor value is 0 or less
 *   Esteban-Ray(a)             sum p_i^(1 + a) p_j |y_i - y_j|            Esteban & Ray 1994; equal values are one pole
 * Sums run over the sorted sample and are compensated: the same bits however the rows came.
 */
#ifndef TB_POVERTY_H
#define TB_POVERTY_H

#include "inequality.h"

typedef struct TbPoverty {
	double headcount, gap, severity, sen_shorrocks_thon, watts;
	double poor, population; /* weight of the poor and of all */
} TbPoverty;

/* line > 0. x of the distribution ascending. Values below 0 have gaps above 1. */
extern void tb_poverty(const TbDistribution *d, double line, TbPoverty *result);

/* 0 <= alpha <= 1.6; in the unit of x, so not free of scale */
extern double tb_esteban_ray(const TbDistribution *d, double alpha);

#endif
