#include <stdlib.h>

#include "../../src/core/base/host.h"
#include "../../src/core/state/sample_layout.h"
#include "samples.h"

static TbState *packed(const TbShape *shape, size_t n, const double *x, const double *w, const char *const *id)
{
	TbState *state = NULL;

	for (size_t i = 0; i < n; i++) {
		uint64_t row[3] = {tb_sort_key(x[i]), w ? tb_sort_key(w[i]) : 0};
		uint32_t form = w ? TB_SAMPLE_WEIGHTED : 0;

		if (id)
			(void)tb_grouped_add(&state, form, NULL, row, (TbId){id[i], (uint32_t)strlen(id[i])});
		else
			(void)tb_sample_add(&state, shape, form, NULL, row);
	}
	return shape->pack(state);
}

/* Each damage on a fresh copy */
static bool refused(const TbShape *shape, const TbState *good, int word, uint64_t value)
{
	TbState *bad = malloc(good->size);

	memcpy(bad, good, good->size);
	tb_state_words(bad)[word] = value;
	return shape->check(bad) == TB_CORRUPT;
}

int main(void)
{
	const double x[4] = {1, 2, 2, 5}, repeats[4] = {2, 2, 2, 5}, same[9] = {1, 1, 1, 1, 1, 1, 1, 1, 4}, w[4] = {1, 2, 2, 3};
	const char *id[4] = {"b", "a", "b", "b"};
	TbState *s = packed(&tb_sample_shape, 4, x, NULL, NULL), *copy;
	double *many;

	CHECK(s->words == 4 && !(s->flags & TB_SAMPLE_COUNTED) && tb_sample_shape.check(s) == TB_OK, "few repeats: rows as they are");
	CHECK(refused(&tb_sample_shape, s, 0, tb_sort_key(3)), "not sorted");
	CHECK(refused(&tb_sample_shape, s, 3, tb_sort_key(INFINITY)) && refused(&tb_sample_shape, s, 3, ~UINT64_C(0)), "infinite, NaN");
	CHECK(refused(&tb_sample_shape, s, 0, tb_sort_key(-0.0)), "-0");
	CHECK(refused(&tb_sample_shape, packed(&tb_sample_shape, 4, repeats, NULL, NULL), 3, tb_sort_key(2)), "repeats that should be counted");
	copy = malloc(s->size);
	memcpy(copy, s, s->size);
	copy->flags |= 64;
	CHECK(tb_sample_shape.check(copy) == TB_CORRUPT, "unknown flags");
	copy->flags = TB_SAMPLE_PARAMETERS(3) | TB_SAMPLE_WEIGHTED | TB_SAMPLE_COUNTED;
	CHECK(tb_sample_shape.check(copy) == TB_CORRUPT, "flags that need other words");
	copy->flags = 0;
	copy->words = 3;
	copy->bytes = 8;
	CHECK(tb_sample_shape.check(copy) == TB_CORRUPT, "bytes in a shape without text");

	s = packed(&tb_sample_shape, 9, same, NULL, NULL);
	CHECK(s->words == 4 && (s->flags & TB_SAMPLE_COUNTED) && tb_state_words(s)[1] == 8 && tb_sample_shape.check(s) == TB_OK, "many: counted");
	CHECK(refused(&tb_sample_shape, s, 1, 0) && refused(&tb_sample_shape, s, 1, 1) && refused(&tb_sample_shape, s, 1, UINT64_MAX), "bad counts");

	s = packed(&tb_sample_shape, 4, x, w, NULL);
	CHECK(tb_sample_shape.check(s) == TB_OK && refused(&tb_sample_shape, s, 1, tb_sort_key(0)) && refused(&tb_sample_shape, s, 1, tb_sort_key(-1)),
		  "weights must be positive");
	CHECK(tb_sample_shape.pack(s) == s, "packing what is packed changes nothing");

	s = packed(&tb_grouped_shape, 4, x, NULL, id);
	CHECK(tb_grouped_shape.check(s) == TB_OK && tb_state_words(s)[0] == 2 && s->bytes == 2, "groups and their ids");
	CHECK(refused(&tb_grouped_shape, s, 0, 1) && refused(&tb_grouped_shape, s, 0, UINT64_MAX), "a number of groups that lies");
	CHECK(refused(&tb_grouped_shape, s, 1, 2) && refused(&tb_grouped_shape, s, 2, 3), "ends that lie");
	CHECK(refused(&tb_grouped_shape, s, 4, 7), "a row of no group");
	CHECK(refused(&tb_grouped_shape, s, 6, 1), "a group without rows");
	copy = malloc(s->size);
	memcpy(copy, s, s->size);
	copy->words = 0;
	copy->bytes = 0;
	CHECK(tb_grouped_shape.check(copy) == TB_CORRUPT, "no room for the number of groups");
	copy->words = 1;
	tb_state_words(copy)[0] = 0;
	CHECK(tb_grouped_shape.check(copy) == TB_OK, "an empty sample");

	/* more distinct rows than one chunk holds, counted */
	many = malloc(300000 * sizeof(double));
	for (int i = 0; i < 300000; i++)
		many[i] = i % 100000;
	s = packed(&tb_sample_shape, 300000, many, NULL, NULL);
	CHECK(s->words == 200000 && (s->flags & TB_SAMPLE_COUNTED) && tb_sample_shape.check(s) == TB_OK && tb_state_words(s)[199999] == 3,
		  "several chunks");
	free(many);

	/* counts as large as any state may hold: one state's rows at the limit take no further one, and the target stays as it was */
	s = packed(&tb_sample_shape, 9, same, NULL, NULL);
	tb_state_words(s)[1] = tb_state_words(s)[3] = TB_MOST_ROWS / 2;
	CHECK(tb_sample_shape.check(s) == TB_OK, "2^53 rows");
	copy = malloc(s->size);
	memcpy(copy, s, s->size);
	CHECK(tb_sample_shape.merge(&s, copy) == TB_TOO_MANY, "and no more");
	copy = tb_sample_shape.pack(s);
	CHECK((copy->flags & TB_SAMPLE_COUNTED) && copy->words == 4 && tb_state_words(copy)[1] == TB_MOST_ROWS / 2, "what was there stays, as counts");
	return unit_done();
}
