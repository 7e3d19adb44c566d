/* state.c -- fuzz target: any bytes as two packed states of any shape
 *
 * What the shape's check accepts must survive merging in either order, packed and open, and what pack then gives must be accepted; what check refuses
 * must be refused without reading beyond the block. Prints at its end how many of the states were valid.
 * Input: shape code (1 byte), then for each state flags (4), number of words (2), number of bytes (2), the words, the bytes.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/state/bag.h"
#include "../../src/core/state/state.h"
#include "../unit/growth.h"
#include "arena.h"

/* every shape of the extension: written from src by test/script/fuzz.sh as SHAPE(tb_x_shape) and BAG(tb_y), whose shape is a member */
#define SHAPE(name) extern const TbShape name;
#define BAG(name) extern const TbBagKind name;
#include "../../build/fuzz/shapes.h"
#undef SHAPE
#undef BAG

#define SHAPE(name) &name,
#define BAG(name) &name.shape,
static const TbShape *const shapes[] = {
#include "../../build/fuzz/shapes.h"
};
#undef SHAPE
#undef BAG

#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))

static unsigned long runs, states, valid, pairs, merged;

static void report(void)
{
	fprintf(stderr, "valid states: %lu of %lu read (%.0f %%) in %lu runs, %lu pairs of different ones, %lu merges\n", valid, states,
			states ? 100.0 * valid / states : 0.0, runs, pairs, merged);
}

/* The next state of the input; NULL at its end */
static TbState *next(const TbShape *shape, const uint8_t **data, size_t *size)
{
	uint32_t flags;
	uint16_t words, bytes;
	TbState *state;

	if (*size < 8)
		return NULL;
	memcpy(&flags, *data, 4);
	memcpy(&words, *data + 4, 2);
	memcpy(&bytes, *data + 6, 2);
	*data += 8;
	*size -= 8;
	if (words > *size / 8)
		words = *size / 8;
	if (bytes > *size - words * 8)
		bytes = *size - words * 8;
	state = tb_state_new(shape, words, bytes);
	state->flags = flags & ~TB_STATE_OPEN;
	memcpy(tb_state_words(state), *data, words * 8);
	memcpy(tb_state_bytes(state), *data + words * 8, bytes);
	*data += words * 8 + bytes;
	*size -= words * 8 + bytes;
	states++;
	return state;
}

static TbState *copy(const TbState *state)
{
	return memcpy(tb_alloc(state->size), state, state->size);
}

/* What pack gives, check takes */
static void readable(const TbShape *shape, const TbState *state)
{
	const TbState *packed = shape->pack(state);

	if (tb_state_check_header(packed, shape, packed->size) != TB_OK || shape->check(packed) != TB_OK) {
		fprintf(stderr, "%s: pack gives what check refuses\n", shape->name);
		abort();
	}
}

/* target with source in it, or NULL where the merge is refused */
static TbState *with(const TbShape *shape, const TbState *target, const TbState *source)
{
	TbState *both = copy(target);

	if (shape->merge(&both, source) != TB_OK)
		return NULL;
	merged++;
	readable(shape, both);
	return both;
}

static void merge_all_ways(const TbShape *shape, const TbState *a, const TbState *b)
{
	TbState *ab = with(shape, a, b), *ba = with(shape, b, a);

	/* targets and sources that are open now, where the shape has an open form */
	if (ab)
		(void)with(shape, ab, a);
	if (ab && ba) {
		(void)with(shape, a, ba);
		(void)with(shape, ab, ba);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const TbShape *shape;
	TbState *a, *b;

	if (runs++ == 0)
		atexit(report);
	if (size < 9)
		return 0;
	shape = shapes[data[0] % SHAPES];
	for (size_t i = 0; i < SHAPES; i++)
		if (shapes[i]->code == data[0])
			shape = shapes[i];
	data++;
	size--;
	a = next(shape, &data, &size);
	b = next(shape, &data, &size);
	if (a && shape->check(a) != TB_OK)
		a = NULL;
	if (b && shape->check(b) != TB_OK)
		b = NULL;
	valid += !!a + !!b;
	pairs += a && b && (a->size != b->size || memcmp(a, b, a->size) != 0);
	if (a || b)
		merge_all_ways(shape, a ? a : b, b ? b : a);
	arena_reset();
	return 0;
}
