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
/* Raise it with every change of an open layout, of a dictionary or of a hash. An aggregate of a user's own without a final function can bring an open state
 * to disk: one of another generation is refused. */
#define TB_STATE_GENERATION 3

#define TB_STATE_MOST_WORDS ((TB_VALUE_LIMIT - sizeof(TbState)) / 8)

typedef struct TbState {
	int32_t vl_len_; /* the server's length word: the core does not touch it */
	uint16_t magic;
	uint8_t version;
	uint8_t shape;
	uint32_t flags;      /* the low 31 bits belong to the shape */
	uint32_t generation; /* of the layout: TB_STATE_GENERATION where open, 0 where packed */
	uint64_t size;       /* bytes allocated, header included, multiple of 8 */
	uint64_t words;
	uint64_t bytes;
} TbState;

/* The register of all shapes. Codes are part of the stored format: never change or reuse one. test/tap/shapes.sql asks of every state type that its code
 * is its own. Ranges keep neighbours together: below 10 shared states, 10 estimation, 20 territory, 30 instruments, 40 areas and interaction, 50 maps, 60 evidence, 70 later ones. */
typedef enum TbShapeCode {
	TB_SHAPE_SAMPLE = 1,
	TB_SHAPE_GROUPED = 2,
	TB_SHAPE_PAIRED = 3,
	TB_SHAPE_FLOW = 4,
	TB_SHAPE_MOMENT = 5,
	TB_SHAPE_LINKAGE = 6,
	TB_SHAPE_CLUSTER = 11,
	TB_SHAPE_REGRESSION_ROWS = 12,
	TB_SHAPE_ROBUST = 13,
	TB_SHAPE_EVENT = 14,
	TB_SHAPE_REPEAT_SALES = 15,
	TB_SHAPE_SPAR = 16,
	TB_SHAPE_GRID = 17,
	TB_SHAPE_SURFACE = 18,
	TB_SHAPE_URBANISATION = 21,
	TB_SHAPE_COVERAGE = 22,
	TB_SHAPE_SPATIAL = 23,
	TB_SHAPE_NEIGHBOUR = 24,
	TB_SHAPE_LABOUR_MARKET = 40,
	TB_SHAPE_URBAN_AREA = 41,
	TB_SHAPE_CONTIGUITY = 42,
	TB_SHAPE_GRAVITY = 43,
	TB_SHAPE_CATCHMENT = 44,
	TB_SHAPE_ACCESSIBILITY = 45,
	TB_SHAPE_SEGREGATION = 46,
	TB_SHAPE_TRANSITION = 47,
	TB_SHAPE_LOCATION = 48,
	TB_SHAPE_LANDSCAPE = 50,
	TB_SHAPE_LAND_USE = 51,
	TB_SHAPE_DISCONTINUITY = 52,
	TB_SHAPE_SYNTHETIC_CONTROL = 53,
	TB_SHAPE_SPATIAL_MODEL = 56,
	TB_SHAPE_SMALL_AREA = 57,
	TB_SHAPE_LOCAL_REGRESSION = 58,
	TB_SHAPE_GROUP_TIME = 60,
	TB_SHAPE_PANEL = 61,
	TB_SHAPE_GROUP_TIME_COVARIATE = 63,
	TB_SHAPE_FACILITY = 65,
	TB_SHAPE_COMMUTING_AREA = 70,
	TB_SHAPE_DEPRIVATION = 71,
	TB_SHAPE_PROJECTION = 72
} TbShapeCode;

typedef struct TbShape {
	const char *name; /* SQL name of the type, as in messages */
	uint8_t code;     /* TbShapeCode */
	/* Full validation of a packed state in host byte order, of which nothing but the header's arithmetic is known to be right. TB_OK or TB_CORRUPT */
	TbStatus (*check)(const TbState *state);
	/* Adds source to *target. *target may be grown in place or replaced by a new block; source is not changed, and either may be open or packed. */
	TbStatus (*merge)(TbState **target, const TbState *source);
	/* Canonical packed form: sorted, without slack, equal bytes for equal content. May return its argument. */
	TbState *(*pack)(const TbState *state);
	/* Workers hand their state over in its open form, which merges faster; the others pack it first, so that the sorting is shared. */
	bool ships_open;
} TbShape;

/* Rows that a state may stand for: float8 counts no further. Every merge keeps to it, because check does: what was stored can be read back. */
#define TB_MOST_ROWS (UINT64_C(1) << 53)

/* False, and nothing added, where a count would pass that */
static inline bool tb_count(uint64_t *n, uint64_t more)
{
	if (more > TB_MOST_ROWS || *n > TB_MOST_ROWS - more)
		return false;
	*n += more;
	return true;
}

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

/* The block is in its working layout from here on, with these flags of the shape */
static inline void tb_state_set_open(TbState *state, uint32_t flags)
{
	state->flags = flags | TB_STATE_OPEN;
	state->generation = TB_STATE_GENERATION;
}

/* The block, a copy of an open one that was put in order, is in its packed layout */
static inline void tb_state_set_packed(TbState *state, uint32_t flags)
{
	state->flags = flags & ~TB_STATE_OPEN;
	state->generation = 0;
}

static inline bool tb_state_is_open(const TbState *state)
{
	return state->flags & TB_STATE_OPEN;
}

/* A new block for this shape with room for so many words and bytes, all zero; words and bytes are set. */
extern TbState *tb_state_new(const TbShape *shape, uint64_t words, uint64_t bytes);
/* The same, to take the place of a state: see tb_alloc_beside */
extern TbState *tb_state_beside(TbState *state, const TbShape *shape, uint64_t words, uint64_t bytes);

/* Header arithmetic against the length the host really holds: magic, version, shape, generation, sizes that add up. Asked at every row. */
static inline TbStatus tb_state_check_header(const TbState *state, const TbShape *shape, uint64_t length)
{
	uint64_t room;

	if (length < sizeof(TbState) || state->magic != TB_STATE_MAGIC || state->version != TB_STATE_VERSION || state->shape != shape->code ||
		state->generation != (tb_state_is_open(state) ? TB_STATE_GENERATION : 0) || state->size != length)
		return TB_CORRUPT;
	room = length - sizeof(TbState);
	if (state->words > room / 8 || state->bytes > room - state->words * 8)
		return TB_CORRUPT;
	return TB_OK;
}

#endif
