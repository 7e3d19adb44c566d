/* cell_set.c -- sums by a pair of integers */
#include "cell_set.h"

#include <stdlib.h>
#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"

#define HEADER_WORDS (2 + TB_CELL_PARAMETERS) /* k, cells, parameters */

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_event_shape = {"event_state", TB_SHAPE_EVENT, check, merge, pack, false};
const TbShape tb_repeat_sales_shape = {"repeat_sales_state", TB_SHAPE_REPEAT_SALES, check, merge, pack, false};
const TbShape tb_spar_shape = {"spar_state", TB_SHAPE_SPAR, check, merge, pack, false};

const TbShape tb_grid_shape = {"grid_state", TB_SHAPE_GRID, check, merge, pack, false};

static const struct {
	const TbShape *shape;
	uint64_t sums;
} kinds[] = {
	{&tb_event_shape, TB_EVENT_SUMS}, {&tb_repeat_sales_shape, TB_REPEAT_SUMS}, {&tb_spar_shape, TB_SPAR_SUMS}, {&tb_grid_shape, TB_GRID_SUMS}};

static int kind_of(uint8_t code)
{
	int kind = 0;

	while (kinds[kind].shape->code != code)
		kind++;
	return kind;
}

static const TbShape *shape_of(const TbState *state)
{
	return kinds[kind_of(state->shape)].shape;
}

static uint64_t sums_of(const TbShape *shape)
{
	return kinds[kind_of(shape->code)].sums;
}

/* Signed order as unsigned order */
static uint64_t key_of(int32_t a, int32_t b)
{
	return (uint64_t)((uint32_t)a ^ 0x80000000u) << 32 | ((uint32_t)b ^ 0x80000000u);
}

static uint64_t stride(const TbState *state)
{
	return 2 + 2 * tb_state_words(state)[0];
}

static uint64_t slots(const TbState *state)
{
	return (state->words - HEADER_WORDS) / stride(state);
}

static TbState *begin(const TbShape *shape, uint64_t room)
{
	uint64_t k = sums_of(shape), words = HEADER_WORDS + room * (2 + 2 * k);
	TbState *state;

	if (words > TB_STATE_MOST_WORDS)
		return NULL;
	state = tb_state_new(shape, words, 0);
	tb_state_set_open(state, 0);
	tb_state_words(state)[0] = k;
	return state;
}

/* The block of a key in an open state with a free slot, made if new */
static uint64_t *find(TbState *state, uint64_t key)
{
	uint64_t mask = slots(state) - 1, step = stride(state), *first = tb_state_words(state) + HEADER_WORDS;
	uint64_t hash = key * 0x9E3779B97F4A7C15u;

	/* a power of two, and never full: probing ends at a free slot */
	tb_assert(tb_state_is_open(state) && (slots(state) & mask) == 0 && tb_state_words(state)[1] < slots(state));
	for (uint64_t i = (hash ^ hash >> 32) & mask;; i = (i + 1) & mask) {
		uint64_t *block = first + i * step;

		if (block[1] == 0) {
			block[0] = key;
			tb_state_words(state)[1]++;
			return block;
		}
		if (block[0] == key)
			return block;
	}
}

static TbStatus add_block(TbState *state, uint64_t key, uint64_t n, const double *sums)
{
	uint64_t *block = find(state, key), k = tb_state_words(state)[0];
	double *into = (double *)(block + 2);

	if (!tb_count(block + 1, n))
		return TB_TOO_MANY;
	for (uint64_t i = 0; i < 2 * k; i += 2) {
		TbDd sum = tb_dd_add((TbDd){into[i], into[i + 1]}, (TbDd){sums[i], sums[i + 1]});

		if (!isfinite(sum.hi) || !isfinite(sum.lo))
			return TB_OUT_OF_RANGE;
		into[i] = sum.hi;
		into[i + 1] = sum.lo;
	}
	return TB_OK;
}

static TbStatus pour(TbState *into, const TbState *from)
{
	const uint64_t *block = tb_state_words(from) + HEADER_WORDS;
	TbStatus status = TB_OK;

	for (uint64_t i = 0, n = slots(from), step = stride(from); i < n && status == TB_OK; i++, block += step) {
		if (block[1])
			status = add_block(into, block[0], block[1], (const double *)(block + 2));
		tb_step();
	}
	return status;
}

/* An open state with room for so many more cells, at most half full */
static TbStatus reserve(TbState **state, uint64_t more)
{
	uint64_t need = 2 * (tb_state_words(*state)[1] + more), room = 8;
	TbState *larger;
	TbStatus status;

	if ((*state)->flags & TB_STATE_OPEN && need <= slots(*state))
		return TB_OK;
	while (room < need)
		room *= 2;
	larger = begin(shape_of(*state), room);
	if (!larger)
		return TB_TOO_LARGE;
	memcpy(tb_state_words(larger) + 2, tb_state_words(*state) + 2, TB_CELL_PARAMETERS * 8);
	status = pour(larger, *state);
	*state = larger;
	return status;
}

const double *tb_cell_parameters(const TbState *state)
{
	return tb_state_doubles(state) + 2;
}

TbStatus tb_cell_begin(TbState **state, const TbShape *shape, const double *parameter)
{
	for (int i = 0; i < TB_CELL_PARAMETERS; i++)
		if (!isfinite(parameter[i]))
			return TB_OUT_OF_RANGE;
	if (!*state) {
		*state = begin(shape, 8);
		memcpy(tb_state_words(*state) + 2, parameter, TB_CELL_PARAMETERS * 8);
	}
	return memcmp(tb_state_words(*state) + 2, parameter, TB_CELL_PARAMETERS * 8) == 0 ? TB_OK : TB_MISMATCH;
}

TbStatus tb_cell_add(TbState **state, const TbShape *shape, int32_t a, int32_t b, const TbDd *sums)
{
	double parts[2 * TB_REPEAT_SUMS];
	TbStatus status;

	if (!*state)
		*state = begin(shape, 8);
	status = reserve(state, 1);
	for (uint64_t i = 0; i < sums_of(shape); i++, tb_step()) {
		parts[2 * i] = sums[i].hi;
		parts[2 * i + 1] = sums[i].lo;
	}
	return status == TB_OK ? add_block(*state, key_of(a, b), 1, parts) : status;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	TbStatus status = tb_cell_begin(target, shape_of(source), tb_cell_parameters(source));

	if (status == TB_OK)
		status = reserve(target, tb_state_words(source)[1]);
	return status == TB_OK ? pour(*target, source) : status;
}

static int by_key(const void *a, const void *b)
{
	uint64_t x = **(const uint64_t *const *)a, y = **(const uint64_t *const *)b;

	return x < y ? -1 : x > y;
}

static const uint64_t **sorted(const TbState *state)
{
	const uint64_t **block = tb_alloc(tb_state_words(state)[1] * sizeof(uint64_t *));
	uint64_t n = 0;

	for (uint64_t i = 0; i < slots(state); i++, tb_step()) {
		const uint64_t *at = tb_state_words(state) + HEADER_WORDS + i * stride(state);

		if (at[1])
			block[n++] = at;
	}
	qsort(block, n, sizeof(uint64_t *), by_key);
	return block;
}

static TbState *pack(const TbState *state)
{
	uint64_t cells = tb_state_words(state)[1], step = stride(state);
	const uint64_t **block;
	TbState *packed;

	if (!(state->flags & TB_STATE_OPEN))
		return (TbState *)state;
	block = sorted(state);
	packed = tb_state_new(shape_of(state), HEADER_WORDS + cells * step, 0);
	memcpy(tb_state_words(packed), tb_state_words(state), HEADER_WORDS * 8);
	for (uint64_t i = 0; i < cells; i++, tb_step())
		memcpy(tb_state_words(packed) + HEADER_WORDS + i * step, block[i], step * 8);
	tb_free(block);
	return packed;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *words = tb_state_words(state), *block = words + HEADER_WORDS;
	uint64_t step;

	if (state->flags || state->bytes || state->words < HEADER_WORDS || words[0] != sums_of(shape_of(state)))
		return TB_CORRUPT;
	step = stride(state);
	if (words[1] < 1 && shape_of(state) != &tb_grid_shape) /* a point may reach the centre of no cell */
		return TB_CORRUPT;
	if (words[1] > TB_STATE_MOST_WORDS / step || state->words != HEADER_WORDS + words[1] * step)
		return TB_CORRUPT;
	for (int i = 0; i < TB_CELL_PARAMETERS; i++)
		if (!isfinite(tb_cell_parameters(state)[i]))
			return TB_CORRUPT;
	for (uint64_t i = 0; i < words[1]; i++, block += step) {
		const double *sum = (const double *)(block + 2);

		if (block[1] < 1 || block[1] > TB_MOST_ROWS || (i && block[0] <= block[0 - (int64_t)step]))
			return TB_CORRUPT;
		for (uint64_t k = 0; k < 2 * words[0]; k += 2)
			if (!isfinite(sum[k]) || sum[k] + sum[k + 1] != sum[k])
				return TB_CORRUPT;
	}
	return TB_OK;
}

TbCell *tb_cells(const TbState *state, size_t *n)
{
	const uint64_t **block = sorted(state);
	TbCell *cell;

	*n = tb_state_words(state)[1];
	cell = tb_alloc(*n * sizeof(TbCell));
	for (size_t i = 0; i < *n; i++, tb_step()) {
		cell[i].a = (int32_t)((uint32_t)(block[i][0] >> 32) ^ 0x80000000u);
		cell[i].b = (int32_t)((uint32_t)block[i][0] ^ 0x80000000u);
		cell[i].n = block[i][1];
		cell[i].sum = (const double *)(block[i] + 2);
	}
	tb_free(block);
	return cell;
}
