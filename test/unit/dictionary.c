/* unit test of core/dictionary: ids in, the same small integers out, through growth; packed ids are believed only when sorted UTF-8 */
#include "../../src/core/base/dictionary.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static TbId id(const char *text)
{
	return (TbId){text, strlen(text)};
}

static TbDictionary *begin(TbDictionarySize size)
{
	return tb_dictionary_begin(tb_alloc(tb_dictionary_words(size) * 8), size);
}

/* Adds with growth, as callers do */
static uint32_t add(TbDictionary **d, TbId key)
{
	uint32_t i;

	while ((i = tb_dictionary_add(*d, key)) == TB_NO_ID) {
		TbDictionarySize size = tb_dictionary_enlarged(*d, 1, key.length);
		TbDictionary *larger = tb_dictionary_copy(tb_alloc(tb_dictionary_words(size) * 8), size, *d);

		tb_free(*d);
		*d = larger;
	}
	return i;
}

static void growth(void)
{
	TbDictionary *d = begin((TbDictionarySize){2, 8});
	char text[32];
	bool arrival = true, found = true, again = true, sorted = true;
	uint32_t *order;

	for (uint32_t i = 0; i < 100000; i++)
		arrival = arrival && add(&d, (TbId){text, (uint32_t)snprintf(text, sizeof text, "%s%u", i % 3 ? "municipality " : "", i * 7919u)}) == i;
	CHECK(arrival, "indices follow arrival through growth");
	for (uint32_t i = 0; i < 100000; i++) {
		TbId key = {text, (uint32_t)snprintf(text, sizeof text, "%s%u", i % 3 ? "municipality " : "", i * 7919u)};

		found = found && tb_dictionary_find(d, key) == i;
		again = again && add(&d, key) == i;
	}
	CHECK(found && again && d->n == 100000, "every id is found again, none twice");
	CHECK(tb_dictionary_find(d, id("nowhere")) == TB_NO_ID, "an unknown id");
	for (uint32_t i = 0; i + 1 < 100000; i += 2) {
		char next[32];
		TbIdPair pair;
		TbId first = {text, (uint32_t)snprintf(text, sizeof text, "%s%u", i % 3 ? "municipality " : "", i * 7919u)};
		TbId second = {next, (uint32_t)snprintf(next, sizeof next, "%s%u", (i + 1) % 3 ? "municipality " : "", (i + 1) * 7919u)};

		found = found && tb_dictionary_add_two(d, first, second, &pair) && pair.a == i && pair.b == i + 1 &&
				pair.hash == tb_dictionary_hash_two(d, i, i + 1);
	}
	CHECK(found && d->n == 100000, "two at a time");
	CHECK(tb_dictionary_words(d->room) * 8 < 100000 * 80, "growth leaves bounded slack");
	order = tb_dictionary_order(d);
	for (uint32_t i = 1; i < 100000; i++)
		sorted = sorted && tb_id_compare(tb_dictionary_id(d, order[i - 1]), tb_dictionary_id(d, order[i])) < 0;
	CHECK(sorted, "order is bytewise");
	tb_free(order);
	tb_free(d);
}

static void lengths(void)
{
	TbDictionary *d = begin((TbDictionarySize){2, 8});
	char text[64];
	uint32_t n = 0;

	for (int fill = 'a'; fill <= 'b'; fill++)
		for (uint32_t length = fill == 'a' ? 0 : 1; length <= 64; length++, n++) {
			memset(text, fill, sizeof text);
			CHECK(add(&d, (TbId){text, length}) == n, "ids that differ in length only stay apart");
		}
	CHECK(tb_dictionary_find(d, (TbId){"", 0}) == 0, "the empty id is an id");
	tb_free(d);
}

static void utf8(void)
{
	CHECK(tb_utf8_valid("M\xc3\xa9rida \xe2\x82\xac \xf0\x9f\x8f\x99", 16), "two, three and four bytes");
	CHECK(tb_utf8_valid("", 0), "nothing is valid");
	CHECK(tb_utf8_valid("\x01\x7f\xc2\x80\xdf\xbf", 6) && tb_utf8_valid("\xe0\xa0\x80\xed\x9f\xbf\xee\x80\x80\xef\xbf\xbf", 12) &&
			  tb_utf8_valid("\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8),
		  "the first and the last of each length, and beside the surrogates");
	CHECK(!tb_utf8_valid("\xc1\xbf", 2) && !tb_utf8_valid("\xe0\x9f\xbf", 3) && !tb_utf8_valid("\xed\xbf\xbf", 3) &&
			  !tb_utf8_valid("\xf0\x8f\xbf\xbf", 4) && !tb_utf8_valid("\xf5\x80\x80\x80", 4),
		  "and those next to them");
	CHECK(!tb_utf8_valid("a\0b", 3), "NUL");
	CHECK(!tb_utf8_valid("\x80", 1) && !tb_utf8_valid("\xc3", 1) && !tb_utf8_valid("\xe2\x82", 2), "stray and cut sequences");
	CHECK(!tb_utf8_valid("\xc0\xaf", 2) && !tb_utf8_valid("\xe0\x80\xaf", 3) && !tb_utf8_valid("\xf0\x80\x80\xaf", 4), "overlong forms");
	CHECK(!tb_utf8_valid("\xed\xa0\x80", 3) && !tb_utf8_valid("\xf4\x90\x80\x80", 4) && !tb_utf8_valid("\xff", 1), "surrogates and beyond Unicode");
}

static void packed(void)
{
	TbId ids[] = {id("a"), id("ab"), id("b\xc3\xb1")}, back[3];
	uint64_t end[3];
	char bytes[8];

	tb_ids_pack(end, bytes, ids, 3);
	CHECK(end[2] == 6 && tb_ids_check(end, 3, bytes, 6) == TB_OK, "packed ids pass");
	tb_ids_view(back, end, 3, bytes);
	CHECK(tb_id_compare(back[1], ids[1]) == 0 && back[2].length == 3, "and come back");
	CHECK(tb_ids_check(end, 3, bytes, 7) == TB_CORRUPT, "bytes left over");
	CHECK(tb_ids_check(end, 3, bytes, 5) == TB_CORRUPT, "an end beyond the bytes");
	end[0] = 2;
	end[1] = 1;
	CHECK(tb_ids_check(end, 3, bytes, 6) == TB_CORRUPT, "ends that go back");
	CHECK(tb_ids_check((uint64_t[]){0, 1}, 2, "a", 1) == TB_OK, "an empty id comes first");
	CHECK(tb_ids_check((uint64_t[]){1, 2}, 2, "ba", 2) == TB_CORRUPT, "unsorted");
	CHECK(tb_ids_check((uint64_t[]){1, 2}, 2, "aa", 2) == TB_CORRUPT, "twice the same");
	CHECK(tb_ids_check((uint64_t[]){1}, 1, "\xff", 1) == TB_CORRUPT, "not UTF-8");
	CHECK(tb_ids_check((uint64_t[]){UINT64_MAX}, 1, "a", 1) == TB_CORRUPT, "an end that overflows");
}

int main(void)
{
	growth();
	lengths();
	utf8();
	packed();
	return unit_done();
}
