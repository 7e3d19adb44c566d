/* class_map.c -- collecting, joining and checking runs of equal cells */
#include "class_map.h"

#include <math.h>
#include <string.h>

#include "../base/assert.h"
#include "../base/step.h"
#include "../base/radix_sort.h"

enum { SIZE, NEIGHBOURS, TWICE, CELLS, RUNS, HEADER };
enum { PLACE, BODY, RUN };

#define FIRST_ROOM 16
#define SLOW_GROWTH ((uint64_t)1 << 16)

static TbStatus check(const TbState *state);
static TbStatus merge(TbState **target, const TbState *source);
static TbState *pack(const TbState *state);

const TbShape tb_landscape_shape = {"landscape_state", TB_SHAPE_LANDSCAPE, check, merge, pack, false};

static uint32_t biased(int32_t x)
{
	return (uint32_t)x ^ 0x80000000u;
}

static int32_t unbiased(uint32_t x)
{
	return (int32_t)(x ^ 0x80000000u);
}

static uint32_t low(uint64_t word)
{
	return (uint32_t)word;
}

static uint32_t high(uint64_t word)
{
	return (uint32_t)(word >> 32);
}

static uint64_t *runs_of(const TbState *state)
{
	return tb_state_words(state) + HEADER;
}

static uint64_t last_place(const uint64_t *run)
{
	return run[PLACE] + high(run[BODY]);
}

/* To take the place of `old`, if there is one, with its header */
static TbState *open_block(TbState *old, uint64_t room)
{
	uint64_t words = HEADER + room * RUN;
	TbState *state;

	if (words > TB_STATE_MOST_WORDS)
		return NULL;
	state = old ? tb_state_beside(old, &tb_landscape_shape, words, 0) : tb_state_new(&tb_landscape_shape, words, 0);
	tb_state_set_open(state, 0);
	if (old)
		memcpy(tb_state_words(state), tb_state_words(old), HEADER * 8);
	return state;
}

TbState *tb_class_map_new(double cell_size, bool queen)
{
	TbState *state = open_block(NULL, FIRST_ROOM);

	memcpy(tb_state_words(state) + SIZE, &cell_size, 8);
	tb_state_words(state)[NEIGHBOURS] = queen ? 8 : 4;
	return state;
}

bool tb_class_map_same(const TbState *state, double cell_size, bool queen)
{
	return tb_state_doubles(state)[SIZE] == cell_size && tb_state_words(state)[NEIGHBOURS] == (queen ? 8 : 4);
}

/* An open state with room for so many more runs */
static TbStatus reserve(TbState **state, uint64_t more)
{
	uint64_t runs = tb_state_words(*state)[RUNS], room = ((*state)->words - HEADER) / RUN, need = runs + more;
	TbState *larger;

	if (tb_state_is_open(*state) && need <= room)
		return TB_OK;
	room = room < SLOW_GROWTH ? room * 2 : room + room / 2;
	larger = open_block(*state, room < need ? need : room);
	if (!larger)
		larger = open_block(*state, need);
	if (!larger)
		return TB_TOO_LARGE;
	tb_copy(runs_of(larger), runs_of(*state), runs * RUN * 8);
	tb_give_back(*state);
	*state = larger;
	return TB_OK;
}

TbStatus tb_class_map_add(TbState **state, int32_t x, int32_t y, int32_t class)
{
	uint64_t place = (uint64_t)biased(y) << 32 | biased(x), *words, *run;
	TbStatus status = reserve(state, 1);

	if (status != TB_OK)
		return status;
	words = tb_state_words(*state);
	words[CELLS]++;
	run = runs_of(*state) + words[RUNS] * RUN;
	tb_assert(run + RUN <= words + (*state)->words);
	if (words[RUNS] > 0 && last_place(run - RUN) + 1 == place && low(place) != 0 && low(run[BODY - RUN]) == biased(class)) {
		run[BODY - RUN] += UINT64_C(1) << 32;
		return TB_OK;
	}
	run[PLACE] = place;
	run[BODY] = biased(class);
	words[RUNS]++;
	return TB_OK;
}

static TbStatus merge(TbState **target, const TbState *source)
{
	uint64_t runs = tb_state_words(source)[RUNS], *into;
	TbStatus status;

	if (memcmp(tb_state_words(*target), tb_state_words(source), TWICE * 8) != 0)
		return TB_MISMATCH;
	status = reserve(target, runs);
	if (status != TB_OK)
		return status;
	into = tb_state_words(*target);
	if (!tb_count(&into[CELLS], tb_state_words(source)[CELLS]))
		return TB_TOO_MANY;
	into[TWICE] |= tb_state_words(source)[TWICE];
	tb_copy(into + HEADER + into[RUNS] * RUN, runs_of(source), runs * RUN * 8);
	into[RUNS] += runs;
	return TB_OK;
}

/* The first place that a run shares with the one before it; true where there is one. Runs are sorted. */
static bool overlap(const uint64_t *run, uint64_t n, uint64_t *place)
{
	uint64_t last = 0;

	for (uint64_t i = 0; i < n; i++, tb_step()) {
		if (i > 0 && run[i * RUN + PLACE] <= last) {
			*place = run[i * RUN + PLACE];
			return true;
		}
		last = last_place(run + i * RUN);
	}
	return false;
}

/* A sorted copy, joined; how many runs remain */
static uint64_t joined(const TbState *state, uint64_t **copy, bool *twice, uint64_t *place)
{
	uint64_t n = tb_state_words(state)[RUNS], kept = 0, *run = tb_alloc((n + 1) * RUN * 8), *scratch = tb_alloc((n + 1) * RUN * 8);

	tb_copy(run, runs_of(state), n * RUN * 8);
	tb_sort_rows(run, scratch, n, RUN, RUN);
	tb_free(scratch);
	*copy = run;
	*twice = overlap(run, n, place);
	if (*twice)
		return n;
	for (uint64_t i = 0; i < n; i++, tb_step()) {
		uint64_t *before = run + (kept > 0 ? kept - 1 : 0) * RUN, *here = run + i * RUN;

		if (kept > 0 && last_place(before) + 1 == here[PLACE] && low(here[PLACE]) != 0 && low(before[BODY]) == low(here[BODY]))
			before[BODY] += (uint64_t)(high(here[BODY]) + 1) << 32;
		else
			memmove(run + kept++ * RUN, here, RUN * 8);
	}
	return kept;
}

static TbState *pack(const TbState *state)
{
	uint64_t *run = NULL, n = 0, place;
	bool twice = tb_state_words(state)[TWICE];
	TbState *packed;

	if (!tb_state_is_open(state))
		return (TbState *)state;
	if (!twice)
		n = joined(state, &run, &twice, &place);
	if (twice)
		n = 0;
	packed = tb_state_new(&tb_landscape_shape, HEADER + n * RUN, 0);
	memcpy(tb_state_words(packed), tb_state_words(state), HEADER * 8);
	tb_state_words(packed)[TWICE] = twice;
	tb_state_words(packed)[RUNS] = n;
	if (twice)
		tb_state_words(packed)[CELLS] = 0;
	tb_copy(runs_of(packed), run, n * RUN * 8);
	if (run)
		tb_free(run);
	return packed;
}

static TbStatus check(const TbState *state)
{
	const uint64_t *w = tb_state_words(state), *run = w + HEADER;
	uint64_t cells = 0;

	if (state->flags != 0 || state->bytes != 0 || state->words < HEADER || (state->words - HEADER) % RUN != 0 ||
		w[RUNS] != (state->words - HEADER) / RUN)
		return TB_CORRUPT;
	if (!isfinite(tb_state_doubles(state)[SIZE]) || !(tb_state_doubles(state)[SIZE] > 0) || (w[NEIGHBOURS] != 4 && w[NEIGHBOURS] != 8) ||
		w[TWICE] > 1 || (w[TWICE] && w[RUNS] > 0))
		return TB_CORRUPT;
	for (uint64_t i = 0; i < w[RUNS]; i++, run += RUN) {
		if (high(run[BODY]) > UINT32_MAX - low(run[PLACE]) || !tb_count(&cells, (uint64_t)high(run[BODY]) + 1))
			return TB_CORRUPT;
		if (i > 0 && run[PLACE] <= last_place(run - RUN))
			return TB_CORRUPT;
		if (i > 0 && run[PLACE] == last_place(run - RUN) + 1 && low(run[PLACE]) != 0 && low(run[BODY]) == low(run[BODY - RUN]))
			return TB_CORRUPT;
		tb_step();
	}
	return cells == w[CELLS] ? TB_OK : TB_CORRUPT;
}

TbStatus tb_class_map_view(const TbState *state, TbClassMap *map, int32_t twice[2], bool *named)
{
	uint64_t *run, place = 0;
	bool overlaps = false;

	*named = false;
	if (tb_state_words(state)[TWICE])
		return TB_INVALID;
	if (tb_state_is_open(state))
		map->runs = joined(state, &run, &overlaps, &place);
	else {
		map->runs = tb_state_words(state)[RUNS];
		run = runs_of(state);
	}
	*named = overlaps;
	twice[0] = unbiased(low(place));
	twice[1] = unbiased(high(place));
	if (overlaps)
		return TB_INVALID;
	map->cell_size = tb_state_doubles(state)[SIZE];
	map->queen = tb_state_words(state)[NEIGHBOURS] == 8;
	map->run = tb_alloc((map->runs + 1) * sizeof(TbClassRun));
	for (size_t i = 0; i < map->runs; i++, run += RUN, tb_step())
		map->run[i] = (TbClassRun){unbiased(high(run[PLACE])), unbiased(low(run[PLACE])), unbiased(low(last_place(run))), unbiased(low(run[BODY]))};
	return map->runs > 0 ? TB_OK : TB_UNDEFINED;
}
