/* dictionary.h -- the ids of a state: UTF-8 text to small integers, in the order of arrival while open, bytewise sorted when packed
 *
 * Shared by every shape with text in it (flows, groups, clusters).
 */
#ifndef TB_DICTIONARY_H
#define TB_DICTIONARY_H

#include <stddef.h>
#include <stdint.h>

typedef struct TbId {
	const char *text; /* UTF-8, not terminated */
	uint32_t length;
} TbId;

#endif
