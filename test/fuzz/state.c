/* state.c -- fuzz target: any bytes as a packed state of any shape
 *
 * What the shape's check accepts must then survive pack and merge with itself; what it refuses must be refused without reading beyond the block.
 * Input: shape code (1 byte), flags (4), number of words (2), the words, the rest is bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/core/base/host.h"
#include "../../src/core/state/bag.h"
#include "../../src/core/state/state.h"
#include "../unit/growth.h"

/* every shape of the extension: written from src by test/script/fuzz.sh as SHAPE(tb_x_shape) and BAG(tb_y), whose shape is a member */
#define SHAPE(name) extern const TbShape name;
#define BAG(name)
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

/* an arena: one run's memory is freed at its end, as a memory context would */
static void **blocks;
static size_t n_blocks, room;

void *tb_alloc(size_t size)
{
	void *p;

	if (size > (size_t)1 << 30)
		abort(); /* a length that lies must not reach the allocator */
	p = malloc(size ? size : 1);
	if (n_blocks == room)
		blocks = realloc(blocks, (room = room * 2 + 64) * sizeof(void *));
	return blocks[n_blocks++] = p;
}

void *tb_alloc_zero(size_t n, size_t size)
{
	return memset(tb_alloc(n * size), 0, n * size);
}

void tb_free(void *p)
{
	for (size_t i = n_blocks; i-- > 0;)
		if (blocks[i] == p) {
			blocks[i] = blocks[--n_blocks];
			break;
		}
	free(p);
}

void tb_tick(void)
{
}

void tb_progress(const char *what, double done, double of)
{
	(void)what;
	(void)done;
	(void)of;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const TbShape *shape;
	TbState *state, *other;
	uint32_t flags;
	uint16_t words;
	uint64_t bytes;

	if (size < 7)
		return 0;
	shape = shapes[data[0] % SHAPES];
	for (size_t i = 0; i < SHAPES; i++)
		if (shapes[i]->code == data[0])
			shape = shapes[i];
	memcpy(&flags, data + 1, 4);
	memcpy(&words, data + 5, 2);
	data += 7;
	size -= 7;
	if (words > size / 8)
		words = size / 8;
	bytes = size - words * 8;
	state = tb_state_new(shape, words, bytes);
	state->flags = flags & ~TB_STATE_OPEN;
	memcpy(tb_state_words(state), data, words * 8);
	memcpy(tb_state_bytes(state), data + words * 8, bytes);
	if (shape->check(state) == TB_OK) {
		other = tb_state_new(shape, words, bytes);
		memcpy(other, state, state->size);
		(void)shape->pack(state);
		if (shape->merge(&other, state) == TB_OK)
			(void)shape->pack(other);
	}
	while (n_blocks > 0)
		free(blocks[--n_blocks]);
	return 0;
}
