/* state.h -- the flat state that every aggregate of terrbal keeps
 *
 * One block without pointers: this header, then `words` 8-byte words, then `bytes` bytes (id text, UTF-8, no NUL). That packed form is what users
 * store; its canonical bytes are the same in big-endian order. A shape may keep another layout while it grows (a hash table, slack) under
 * TB_STATE_OPEN: it has flags, size and its own words, and `pack` turns it into the packed form.
 */
#ifndef TB_STATE_H
#define TB_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../base/status.h"

#define TB_STATE_MAGIC 0x7462 /* "tb" */
#define TB_STATE_VERSION 1
#define TB_STATE_OPEN 0x80000000u /* flags: working layout, never outside the server that made it */

typedef struct TbState {
	int32_t vl_len_; /* the server's length word: the core does not touch it */
	uint16_t magic;
	uint8_t version;
	uint8_t shape;
	uint32_t flags; /* the low 31 bits belong to the shape */
	uint32_t spare; /* 0 */
	uint64_t size;  /* bytes allocated, header included, multiple of 8 */
	uint64_t words;
	uint64_t bytes;
} TbState;

/* Codes are part of the stored format: never reuse one. */
typedef enum TbShapeCode {
	TB_SHAPE_SAMPLE = 1,
	TB_SHAPE_GROUPED = 2,
	TB_SHAPE_PAIRED = 3,
	TB_SHAPE_FLOW = 4,
	TB_SHAPE_MOMENT = 5,
	TB_SHAPE_LINKAGE = 6
	/* 7-9: flows; 40-45: areas and interaction (bag_kinds.h); 10-19: regression, assessment, price index; 20-29: territory; 30-39: instruments */
} TbShapeCode;

typedef struct TbShape {
	const char *name; /* SQL name of the type, as in messages */
	uint8_t code;
	/* Full validation of a packed state in host byte order, of which nothing but the header's arithmetic is known to be right. TB_OK or TB_CORRUPT */
	TbStatus (*check)(const TbState *state);
	/* Adds source to *target. *target may be grown in place or replaced by a new block; source is not changed, and either may be open or packed. */
	TbStatus (*merge)(TbState **target, const TbState *source);
	/* Canonical packed form: sorted, without slack, equal bytes for equal content. May return its argument. */
	TbState *(*pack)(const TbState *state);
	/* Workers hand their state over in its open form, which merges faster; the others pack it first, so that the sorting is shared. */
	bool ships_open;
} TbShape;

static inline uint64_t *tb_state_words(const TbState *state)
{
	return (uint64_t *)((char *)state + sizeof(TbState));
}

static inline double *tb_state_doubles(const TbState *state)
{
	return (double *)tb_state_words(state);
}

static inline char *tb_state_bytes(const TbState *state)
{
	return (char *)(tb_state_words(state) + state->words);
}

/* A new block for this shape with room for so many words and bytes, all zero; words and bytes are set. */
extern TbState *tb_state_new(const TbShape *shape, uint64_t words, uint64_t bytes);
/* The same, to take the place of a state: see tb_alloc_beside */
extern TbState *tb_state_beside(TbState *state, const TbShape *shape, uint64_t words, uint64_t bytes);

/* Header arithmetic against the length the host really holds: magic, version, shape, spare, sizes that add up */
extern TbStatus tb_state_check_header(const TbState *state, const TbShape *shape, uint64_t length);

#endif
