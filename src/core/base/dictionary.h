/* dictionary.h -- the ids of a state: UTF-8 text to small integers, in the order of arrival while open, bytewise sorted when packed
 *
 * Shared by every shape with text in it (flows, groups, clusters). Open, a dictionary is one run of 8-byte words inside a state: a caller reserves
 * tb_dictionary_words(), adds ids until TB_NO_ID says that there is no room, makes a larger block and copies the dictionary there:
 *
 *     while ((i = tb_dictionary_add(d, id)) == TB_NO_ID) {
 *         size = tb_dictionary_enlarged(d, 1, id.length); ... new block with tb_dictionary_words(size) words at `to` ...
 *         d = tb_dictionary_copy(to, size, d);
 *     }
 *
 * Packed, ids are a word array of end offsets into the state's bytes: see tb_ids_*.
 */
#ifndef TB_DICTIONARY_H
#define TB_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "status.h"

typedef struct TbId {
	const char *text; /* UTF-8, not terminated */
	uint32_t length;
} TbId;

#define TB_NO_ID UINT32_MAX

/* Two ids in this order. The hash depends on their text alone: it is the same in another dictionary that numbers them otherwise. */
typedef struct TbIdPair {
	uint32_t a, b; /* indices */
	uint64_t hash;
} TbIdPair;

/* Where in a table of so many slots a hash belongs: the order of hashes is the order of slots, whatever their number. */
static inline uint64_t tb_home_slot(uint64_t hash, uint64_t slots)
{
	return (uint64_t)(((unsigned __int128)hash * slots) >> 64);
}

typedef struct TbDictionarySize {
	uint64_t ids;   /* room for so many */
	uint64_t bytes; /* of text */
} TbDictionarySize;

typedef struct TbDictionary {
	uint64_t n; /* ids in use: indices 0 .. n - 1 */
	uint64_t used;
	TbDictionarySize room;
	/* then slots, places and records */
} TbDictionary;

extern uint64_t tb_dictionary_words(TbDictionarySize size);
/* Room for more: twice as much while small, half as much again above 1 MiB */
extern TbDictionarySize tb_dictionary_enlarged(const TbDictionary *dictionary, uint64_t more_ids, uint64_t more_bytes);

/* An empty dictionary in these words */
extern TbDictionary *tb_dictionary_begin(uint64_t *at, TbDictionarySize size);
/* A copy with the same indices; size is at least what `from` uses */
extern TbDictionary *tb_dictionary_copy(uint64_t *at, TbDictionarySize size, const TbDictionary *from);

/* Index of an id, or TB_NO_ID where it is unknown */
extern uint32_t tb_dictionary_find(const TbDictionary *dictionary, TbId id);
/* Index of an id, added if new, or TB_NO_ID where there is no room left for it */
extern uint32_t tb_dictionary_add(TbDictionary *dictionary, TbId id);
/* Both at once, their memory fetched together: what a large dictionary spends its time on. False where there is no room for one of them. */
extern bool tb_dictionary_add_two(TbDictionary *dictionary, TbId a, TbId b, TbIdPair *pair);
extern TbId tb_dictionary_id(const TbDictionary *dictionary, uint32_t index);
/* The hash of a TbIdPair */
extern uint64_t tb_dictionary_hash_two(const TbDictionary *dictionary, uint32_t a, uint32_t b);
/* New array: position in bytewise order -> index */
extern uint32_t *tb_dictionary_order(const TbDictionary *dictionary);

/* Bytewise, shorter first where one begins the other */
extern int tb_id_compare(TbId a, TbId b);
/* Valid UTF-8 without NUL */
extern bool tb_utf8_valid(const char *text, size_t length);

/* Packed ids: end[i] is where id i ends in the bytes, the first begins at 0 */
extern void tb_ids_pack(uint64_t *end, char *bytes, const TbId *id, uint64_t n);
extern void tb_ids_view(TbId *id, const uint64_t *end, uint64_t n, const char *bytes);
/* TB_OK if the ids are valid UTF-8 without NUL, sorted, distinct, and fill exactly `size` bytes; else TB_CORRUPT */
extern TbStatus tb_ids_check(const uint64_t *end, uint64_t n, const char *bytes, uint64_t size);

#endif
