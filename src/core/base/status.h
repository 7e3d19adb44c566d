/* status.h -- what a core function answers besides its result
 *
 * The core never raises: it returns one of these, and src/status.c turns it into NULL or an error in one switch.
 */
#ifndef TB_STATUS_H
#define TB_STATUS_H

typedef enum TbStatus {
	TB_OK = 0,
	TB_UNDEFINED,     /* empty input or zero denominator: SQL NULL */
	TB_INVALID,       /* a combination of inputs that has no meaning */
	TB_OUT_OF_RANGE,  /* a number the method cannot take, or overflow */
	TB_INFEASIBLE,    /* bounds or margins that no solution can meet */
	TB_TIE,           /* row order would decide money */
	TB_NOT_CONVERGED, /* an iteration hit its limit */
	TB_MISMATCH,      /* states or arguments whose parameters differ */
	TB_TOO_LARGE,     /* beyond a documented size limit */
	TB_TOO_MANY,      /* a state that would stand for more rows than float8 counts exactly */
	TB_CORRUPT        /* bytes that are no state of this shape */
} TbStatus;

#endif
