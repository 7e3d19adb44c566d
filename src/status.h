/* status.h -- a core status becomes NULL or an error, in one place */
#ifndef TERRBAL_STATUS_H
#define TERRBAL_STATUS_H

#include "core/base/status.h"
#include "core/state/state.h"

/* true: use the result; false: the answer is NULL; everything else raises */
extern bool status_ok(TbStatus status);

/* As status_ok; where the answer is NULL, a notice says why: once for each reason and statement, however many groups there are */
extern bool status_told(TbStatus status, const char *why);
extern void no_result(const char *why);
/* Was this reason told in the statement? From now on it was. */
extern bool told_before(const char *reason);
/* A notice with figures of one group, from one place of the source: the first group of a statement speaks for all */
#define notice_once(...)                                                                                                                             \
	do {                                                                                                                                             \
		if (!told_before(__FILE__ ":" CppAsString2(__LINE__)))                                                                                       \
			ereport(NOTICE, __VA_ARGS__);                                                                                                            \
	} while (0)
/* Rows that count for nothing, of which a caller may not be aware, are told once for each statement */
extern void left_out(const char *what, const char *hint);
/* Clustered errors of fewer than 20 clusters are told to the reader, once for each statement and hint */
extern void few_clusters(uint64 clusters, const char *hint);

/* As status_ok, with a message of the caller's own (and detail and hint, either may be NULL) under the status' errcode */
extern bool status_ok_message(TbStatus status, const char *message, const char *detail, const char *hint);

/* As status_ok for what a core did to a state: past its limit or out of range, the message names the state */
extern void state_failed(TbStatus status, const TbShape *shape);

static inline void state_ok(TbStatus status, const TbShape *shape)
{
	if (status != TB_OK)
		state_failed(status, shape);
}

#endif
