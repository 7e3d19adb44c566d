/* dictionary.c -- open addressing with linear probing over the ids of a state
 *
 * A slot is the hash scaled to the number of slots (no power of two needed, so tables grow by half), and holds the lower half of the hash beside the
 * place of the record, so that a miss rarely touches the text. Scaling keeps slots in hash order, which makes copying to a larger table one sweep.
 */
#include "dictionary.h"

#include <string.h>

#include "step.h"

#define SLOW_GROWTH (1024 * 1024)
/* what happens at every row */
#define INLINE inline __attribute__((always_inline))

static uint64_t slots_of(uint64_t ids)
{
	return ids + ids / 3 + 1;
}

static uint64_t *slots(const TbDictionary *d)
{
	return (uint64_t *)(d + 1);
}

/* By index */
typedef struct Entry {
	uint32_t offset; /* where in the heap its record begins */
	uint32_t hash;   /* lower half */
} Entry;

static inline Entry *entries(const TbDictionary *d)
{
	return (Entry *)(slots(d) + slots_of(d->room.ids));
}

static char *heap(const TbDictionary *d)
{
	return (char *)(entries(d) + d->room.ids);
}

/* A record is this, then the text: one place in memory to look at once the slot is known. Not aligned. */
typedef struct Record {
	uint32_t index, length;
} Record;

static uint64_t heap_used(const TbDictionary *d)
{
	return d->used + d->n * sizeof(Record);
}

static inline Record record_at(const TbDictionary *d, uint32_t offset)
{
	Record record;

	memcpy(&record, heap(d) + offset, sizeof(record));
	return record;
}

static inline uint64_t fold(uint64_t a, uint64_t b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static inline uint64_t word_at(const char *text)
{
	uint64_t word;

	memcpy(&word, text, 8);
	return word;
}

static inline uint32_t half_at(const char *text)
{
	uint32_t half;

	memcpy(&half, text, 4);
	return half;
}

/* All bytes of a text of at most eight, by loads that overlap; texts of one length have one each */
static INLINE uint64_t short_word(const char *text, uint32_t length)
{
	if (length == 8)
		return word_at(text);
	if (__builtin_expect(length >= 4, 1))
		return (uint64_t)half_at(text) << 32 | half_at(text + length - 4);
	if (length == 0)
		return 0;
	return (uint64_t)(unsigned char)text[0] << 16 | (uint64_t)(unsigned char)text[length / 2] << 8 | (unsigned char)text[length - 1];
}

/* Eight bytes a step, folded 64x64 -> 128 bit products; the last step overlaps. Never stored, but the same in every process
 * of a server: tables of pairs merge in its order. */
static INLINE uint64_t hash_of(TbId id)
{
	uint64_t hash = 0x9e3779b97f4a7c15u ^ id.length, tail;

	if (id.length <= 8)
		tail = short_word(id.text, id.length);
	else {
		for (uint32_t i = 0; i + 8 < id.length; i += 8)
			hash = fold(hash ^ word_at(id.text + i), 0xd6e8feb86659fd93u);
		tail = word_at(id.text + id.length - 8);
	}
	hash = fold(hash ^ tail, 0xa0761d6478bd642fu);
	return fold(hash, 0xe7037ed1a0b428dbu);
}

uint64_t tb_dictionary_words(TbDictionarySize size)
{
	return sizeof(TbDictionary) / 8 + slots_of(size.ids) + size.ids * ((sizeof(Entry) + sizeof(Record)) / 8) + (size.bytes + 7) / 8;
}

static uint64_t enlarged(uint64_t room, uint64_t need, uint64_t unit)
{
	uint64_t larger = room * unit < SLOW_GROWTH ? room * 2 : room + room / 2;

	if (need <= room)
		return room;
	return larger > need ? larger : need;
}

TbDictionarySize tb_dictionary_enlarged(const TbDictionary *d, uint64_t more_ids, uint64_t more_bytes)
{
	return (TbDictionarySize){enlarged(d->room.ids, d->n + more_ids, 20), (enlarged(d->room.bytes, d->used + more_bytes, 1) + 7) & ~(uint64_t)7};
}

TbDictionary *tb_dictionary_begin(uint64_t *at, TbDictionarySize size)
{
	TbDictionary *d = (TbDictionary *)at;

	*d = (TbDictionary){0, 0, size};
	memset(slots(d), 0, slots_of(size.ids) * 8);
	return d;
}

TbDictionary *tb_dictionary_copy(uint64_t *at, TbDictionarySize size, const TbDictionary *from)
{
	TbDictionary *to = tb_dictionary_begin(at, size);
	uint64_t n = slots_of(size.ids), *slot = slots(to);

	to->n = from->n;
	to->used = from->used;
	tb_copy(entries(to), entries(from), from->n * sizeof(Entry));
	tb_copy(heap(to), heap(from), heap_used(from));
	if (size.ids == from->room.ids) {
		tb_copy(slot, slots(from), n * 8);
		return to;
	}
	for (uint64_t i = 0; i < from->n; i++) {
		uint64_t hash = hash_of(tb_dictionary_id(to, i)), s = tb_home_slot(hash, n);

		while (slot[s])
			s = s + 1 == n ? 0 : s + 1;
		slot[s] = hash << 32 | (entries(to)[i].offset + 1);
		tb_step();
	}
	return to;
}

TbId tb_dictionary_id(const TbDictionary *d, uint32_t index)
{
	uint32_t offset = entries(d)[index].offset;

	return (TbId){heap(d) + offset + sizeof(Record), record_at(d, offset).length};
}

static inline uint64_t hash_two(uint32_t a, uint32_t b)
{
	return fold(((uint64_t)a << 32 | b) ^ 0x9e3779b97f4a7c15u, 0xd6e8feb86659fd93u);
}

uint64_t tb_dictionary_hash_two(const TbDictionary *d, uint32_t a, uint32_t b)
{
	const Entry *entry = entries(d);

	return hash_two(entry[a].hash, entry[b].hash);
}

/* Ids are short: a call of memcmp would cost more than the comparison */
static INLINE bool same(const TbDictionary *d, uint32_t offset, TbId id)
{
	const char *text = heap(d) + offset + sizeof(Record);

	if (record_at(d, offset).length != id.length)
		return false;
	if (id.length < 8)
		return short_word(text, id.length) == short_word(id.text, id.length);
	for (uint32_t i = 0; i + 8 < id.length; i += 8)
		if (word_at(text + i) != word_at(id.text + i))
			return false;
	return word_at(text + id.length - 8) == word_at(id.text + id.length - 8);
}

/* The slot that holds the id, or the free one where it belongs */
static INLINE uint64_t *locate(const TbDictionary *d, TbId id, uint64_t hash)
{
	uint64_t n = slots_of(d->room.ids), *slot = slots(d), s = tb_home_slot(hash, n), tag = hash & UINT32_MAX;

	while (slot[s]) {
		if (slot[s] >> 32 == tag && same(d, (uint32_t)slot[s] - 1, id))
			break;
		s = s + 1 == n ? 0 : s + 1;
	}
	return slot + s;
}

uint32_t tb_dictionary_find(const TbDictionary *d, TbId id)
{
	uint64_t *slot = locate(d, id, hash_of(id));

	return *slot ? record_at(d, (uint32_t)*slot - 1).index : TB_NO_ID;
}

static INLINE uint32_t add(TbDictionary *d, TbId id, uint64_t hash)
{
	uint64_t *slot = locate(d, id, hash);
	Record record = {(uint32_t)d->n, id.length};
	uint32_t offset = (uint32_t)heap_used(d);

	if (*slot)
		return record_at(d, (uint32_t)*slot - 1).index;
	if (d->n == d->room.ids || id.length > d->room.bytes - d->used)
		return TB_NO_ID;
	*slot = hash << 32 | (offset + 1);
	entries(d)[d->n] = (Entry){offset, (uint32_t)hash};
	memcpy(heap(d) + offset, &record, sizeof(record));
	memcpy(heap(d) + offset + sizeof(record), id.text, id.length);
	d->used += id.length;
	return d->n++;
}

uint32_t tb_dictionary_add(TbDictionary *d, TbId id)
{
	return add(d, id, hash_of(id));
}

bool tb_dictionary_add_two(TbDictionary *d, TbId a, TbId b, TbIdPair *pair)
{
	uint64_t hash_a = hash_of(a), hash_b = hash_of(b), n = slots_of(d->room.ids);
	const uint64_t *slot_a = slots(d) + tb_home_slot(hash_a, n), *slot_b = slots(d) + tb_home_slot(hash_b, n);

	__builtin_prefetch(slot_b);
	__builtin_prefetch(heap(d) + (uint32_t)*slot_a);
	__builtin_prefetch(heap(d) + (uint32_t)*slot_b);
	pair->a = add(d, a, hash_a);
	pair->b = add(d, b, hash_b);
	pair->hash = hash_two((uint32_t)hash_a, (uint32_t)hash_b);
	return pair->a != TB_NO_ID && pair->b != TB_NO_ID;
}

int tb_id_compare(TbId a, TbId b)
{
	int order = memcmp(a.text, b.text, a.length < b.length ? a.length : b.length);

	return order ? order : (a.length > b.length) - (a.length < b.length);
}

/* Eight leading bytes decide most comparisons without touching the text. */
typedef struct Key {
	uint64_t head;
	uint32_t index;
} Key;

static Key key_of(const TbDictionary *d, uint32_t index)
{
	TbId id = tb_dictionary_id(d, index);
	Key key = {0, index};

	for (uint32_t i = 0; i < 8; i++)
		key.head = key.head << 8 | (i < id.length ? (unsigned char)id.text[i] : 0);
	return key;
}

static bool precedes(const TbDictionary *d, Key a, Key b)
{
	if (a.head != b.head)
		return a.head < b.head;
	return tb_id_compare(tb_dictionary_id(d, a.index), tb_dictionary_id(d, b.index)) < 0;
}

/* Merges the sorted runs from[low, middle) and from[middle, high) */
static void merge_runs(const TbDictionary *d, const Key *from, Key *to, uint64_t low, uint64_t middle, uint64_t high)
{
	uint64_t a = low, b = middle;

	for (uint64_t i = low; i < high; i++) {
		to[i] = a < middle && (b == high || !precedes(d, from[b], from[a])) ? from[a++] : from[b++];
		tb_step();
	}
}

uint32_t *tb_dictionary_order(const TbDictionary *d)
{
	uint64_t n = d->n;
	Key *from = tb_alloc(n * sizeof(Key)), *to = tb_alloc(n * sizeof(Key));
	uint32_t *order = tb_alloc(n * sizeof(uint32_t));

	for (uint64_t i = 0; i < n; i++, tb_step())
		from[i] = key_of(d, i);
	for (uint64_t run = 1; run < n; run *= 2) {
		Key *swap = from;

		for (uint64_t low = 0; low < n; low += 2 * run) {
			uint64_t middle = low + run < n ? low + run : n;

			merge_runs(d, from, to, low, middle, middle + run < n ? middle + run : n);
		}
		from = to;
		to = swap;
	}
	for (uint64_t i = 0; i < n; i++, tb_step())
		order[i] = from[i].index;
	tb_free(from);
	tb_free(to);
	return order;
}

/* Length of the valid character that begins here, or 0: shortest forms only, no surrogates, nothing beyond U+10FFFF (RFC 3629), no NUL */
static size_t character(const unsigned char *p, size_t left)
{
	size_t length = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : p[0] < 0xf5 ? 4 : 0;

	if (length == 0 || length > left || p[0] == 0)
		return 0;
	for (size_t i = 1; i < length; i++)
		if ((p[i] & 0xc0) != 0x80)
			return 0;
	if ((p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90) || (p[0] == 0xf4 && p[1] > 0x8f))
		return 0;
	return length;
}

bool tb_utf8_valid(const char *text, size_t length)
{
	for (size_t i = 0, step; i < length; i += step) {
		step = character((const unsigned char *)text + i, length - i);
		if (step == 0)
			return false;
	}
	return true;
}

void tb_ids_pack(uint64_t *end, char *bytes, const TbId *id, uint64_t n)
{
	uint64_t used = 0;

	for (uint64_t i = 0; i < n; i++, tb_step()) {
		memcpy(bytes + used, id[i].text, id[i].length);
		end[i] = used += id[i].length;
	}
}

void tb_ids_view(TbId *id, const uint64_t *end, uint64_t n, const char *bytes)
{
	uint64_t start = 0;

	for (uint64_t i = 0; i < n; i++, tb_step()) {
		id[i] = (TbId){bytes + start, (uint32_t)(end[i] - start)};
		start = end[i];
	}
}

TbStatus tb_ids_check(const uint64_t *end, uint64_t n, const char *bytes, uint64_t size)
{
	TbId before = {bytes, 0};
	uint64_t start = 0;

	for (uint64_t i = 0; i < n; i++) {
		TbId id;

		if (end[i] < start || end[i] > size || end[i] - start >= TB_NO_ID)
			return TB_CORRUPT;
		id = (TbId){bytes + start, (uint32_t)(end[i] - start)};
		if (!tb_utf8_valid(id.text, id.length) || (i > 0 && tb_id_compare(before, id) >= 0))
			return TB_CORRUPT;
		before = id;
		start = end[i];
		tb_step();
	}
	return start == size ? TB_OK : TB_CORRUPT;
}
