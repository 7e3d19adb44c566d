/* unit test of core/wkb: what is not well-known binary is refused, what is comes out plane and in host order */
#include "../../src/core/territory/wkb.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

static size_t hex(const char *text, unsigned char *out)
{
	size_t n = strlen(text) / 2;

	for (size_t i = 0; i < n; i++)
		sscanf(text + 2 * i, "%2hhx", out + i);
	return n;
}

/* Every truncation of these bytes must be refused, and none read beyond its end (AddressSanitizer watches) */
static bool refuses_truncations(const unsigned char *bytes, size_t n)
{
	for (size_t length = 0; length < n; length++) {
		unsigned char *exact = tb_alloc(length ? length : 1);
		TbWkb wkb;
		TbStatus status;

		memcpy(exact, bytes, length);
		status = tb_wkb_plane(exact, length, &wkb);
		tb_free(wkb.data);
		tb_free(exact);
		if (status == TB_OK)
			return false;
	}
	return true;
}

/* Bytes in the host's order, one value after another */
typedef struct Writer {
	unsigned char bytes[1024];
	size_t n;
} Writer;

static void head(Writer *w, uint32_t type)
{
	w->bytes[w->n++] = 1;
	memcpy(w->bytes + w->n, &type, 4);
	w->n += 4;
}

static void count(Writer *w, uint32_t n)
{
	memcpy(w->bytes + w->n, &n, 4);
	w->n += 4;
}

static void points(Writer *w, uint32_t n, const double *xy)
{
	memcpy(w->bytes + w->n, xy, n * 16);
	w->n += n * 16;
}

static uint32_t seen, sizes[4], shells;

static void visit(void *state, const unsigned char *at, uint32_t n, bool shell)
{
	double x;

	memcpy(&x, at, 8);
	*(double *)state += x;
	sizes[seen++] = n;
	shells += shell;
}

static TbStatus read(const Writer *w, TbWkb *wkb)
{
	TbStatus status = tb_wkb_plane(w->bytes, w->n, wkb);

	tb_free(wkb->data);
	return status;
}

static void many(void)
{
	const double square[10] = {5, 0, 9, 0, 9, 4, 5, 4, 5, 0}, hole[8] = {6, 1, 7, 1, 7, 2, 6, 1}, nowhere[2] = {NAN, NAN}, half[2] = {NAN, 1};
	Writer w = {.n = 0}, mixed = {.n = 0}, empty = {.n = 0}, odd = {.n = 0}, line = {.n = 0}, none = {.n = 0};
	double sum = 0;
	TbWkb wkb;

	/* MULTIPOLYGON of a square and a square with a hole */
	head(&w, 6);
	count(&w, 2);
	head(&w, 3);
	count(&w, 1);
	count(&w, 5);
	points(&w, 5, square);
	head(&w, 3);
	count(&w, 2);
	count(&w, 5);
	points(&w, 5, square);
	count(&w, 4);
	points(&w, 4, hole);
	CHECK(tb_wkb_plane(w.bytes, w.n, &wkb) == TB_OK && wkb.type == TB_WKB_MULTIPOLYGON && wkb.size == w.n && memcmp(wkb.data, w.bytes, w.n) == 0,
		  "what is plane already stays as it is");
	tb_wkb_rings(&wkb, visit, &sum);
	CHECK(seen == 3 && shells == 2 && sizes[0] == 5 && sizes[1] == 5 && sizes[2] == 4 && sum == 16, "its rings: two shells and a hole");
	tb_free(wkb.data);
	CHECK(refuses_truncations(w.bytes, w.n), "every truncation of it is refused");

	head(&mixed, 4);
	count(&mixed, 1);
	head(&mixed, 2);
	count(&mixed, 1);
	points(&mixed, 1, hole);
	CHECK(read(&mixed, &wkb) == TB_CORRUPT, "a line among points");
	mixed.bytes[1] = 7;
	CHECK(read(&mixed, &wkb) == TB_OK, "but not in a collection");
	mixed.bytes[1] = 5;
	CHECK(read(&mixed, &wkb) == TB_OK, "nor among lines");
	head(&empty, 1);
	points(&empty, 1, nowhere);
	CHECK(read(&empty, &wkb) == TB_OK, "an empty point");
	head(&odd, 1);
	points(&odd, 1, half);
	CHECK(read(&odd, &wkb) == TB_OUT_OF_RANGE, "half a point");
	head(&line, 2);
	count(&line, 1);
	points(&line, 1, nowhere);
	CHECK(read(&line, &wkb) == TB_OUT_OF_RANGE, "a line to nowhere");
	head(&none, 0);
	count(&none, 0);
	CHECK(read(&none, &wkb) == TB_INVALID, "type 0");
}

/* Rectangles that are none: each differs from a good one in one way */
static void boxes(void)
{
	static const double ring[7][10] = {{0, 0, 3, 0, 3, 2, 0, 2, 0, 0},  {0, 0, 3, 0, 3, 2, 0, 2, 0, 1}, {0, 0, 3, 0, 3, 2, 0, 2, 1, 0},
									   {0, 0, 3, 0, 3, 2, 1, 2, 0, 0},  {0, 0, 3, 1, 3, 2, 0, 2, 0, 0}, {0, 0, 3, 0, 4, 2, 0, 2, 0, 0},
									   {0, 0, 3, 0, 3, NAN, 0, 2, 0, 0}};
	static const double flat[10] = {0, 0, 3, 0, 3, 0, 0, 0, 0, 0}, thin[10] = {1, 0, 1, 0, 1, 2, 1, 2, 1, 0};
	TbBox box;
	int32_t srid;

	for (int k = 0; k < 9; k++) {
		Writer w = {.n = 0};

		head(&w, 3);
		count(&w, 1);
		count(&w, 5);
		points(&w, 5, k < 7 ? ring[k] : k == 7 ? flat : thin);
		CHECK(tb_wkb_box(w.bytes, w.n, &box, &srid) == (k == 0), "only the first is a rectangle");
		if (k == 0)
			CHECK(box.x0 == 0 && box.y0 == 0 && box.x1 == 3 && box.y1 == 2 && !tb_wkb_box(w.bytes, w.n - 1, &box, &srid), "its sides");
	}
}

int main(void)
{
	/* POINT Z (1 2 3) big-endian ISO; SRID=4326;POINT M (1 2 5) little-endian extended */
	const char *iso = "00000003E93FF000000000000040000000000000004008000000000000";
	const char *extended = "0101000060E6100000000000000000F03F00000000000000400000000000001440";
	unsigned char bytes[512], box_bytes[93];
	double xy[2], ring[10] = {0, 0, 0, 2, 3, 2, 3, 0, 0, 0};
	uint32_t counts[3] = {3, 1, 5};
	size_t n;
	TbWkb wkb;
	TbBox box;
	int32_t srid = 7;

	n = hex(iso, bytes);
	CHECK(tb_wkb_plane(bytes, n, &wkb) == TB_OK && wkb.type == TB_WKB_POINT && wkb.size == 21 && wkb.srid == 0, "ISO big-endian point with Z");
	memcpy(xy, wkb.data + 5, 16);
	CHECK(xy[0] == 1 && xy[1] == 2, "its x and y survive, its z does not");
	tb_free(wkb.data);
	CHECK(refuses_truncations(bytes, n), "every truncation is refused");

	n = hex(extended, bytes);
	CHECK(tb_wkb_plane(bytes, n, &wkb) == TB_OK && wkb.srid == 4326 && wkb.size == 21, "extended point with M and SRID");
	tb_free(wkb.data);
	bytes[n] = 0;
	CHECK(tb_wkb_plane(bytes, n + 1, &wkb) == TB_CORRUPT, "a byte too many");
	tb_free(wkb.data);
	bytes[1] = 9;
	CHECK(tb_wkb_plane(bytes, n, &wkb) == TB_INVALID, "a compound curve");
	tb_free(wkb.data);
	memset(bytes, 0xff, sizeof(bytes));
	CHECK(tb_wkb_plane(bytes, sizeof(bytes), &wkb) == TB_CORRUPT, "noise");
	tb_free(wkb.data);

	/* collections nested beyond any use */
	for (int i = 0; i < 40; i++)
		hex("010700000001000000", bytes + 9 * i);
	CHECK(tb_wkb_plane(bytes, 360, &wkb) == TB_CORRUPT, "nesting is limited");
	tb_free(wkb.data);
	/* a count that promises more points than there are bytes */
	n = hex("0102000000FFFFFFFF", bytes);
	CHECK(tb_wkb_plane(bytes, n, &wkb) == TB_CORRUPT, "a count that lies");
	tb_free(wkb.data);

	box_bytes[0] = 1;
	memcpy(box_bytes + 1, counts, 12);
	memcpy(box_bytes + 13, ring, 80);
	CHECK(tb_wkb_box(box_bytes, 93, &box, &srid) && box.x1 == 3 && box.y1 == 2 && srid == 0, "a rectangle is seen, whichever way it turns");
	CHECK(refuses_truncations(box_bytes, 93), "every truncation of it is refused");
	ring[2] = 0.5;
	memcpy(box_bytes + 13, ring, 80);
	CHECK(!tb_wkb_box(box_bytes, 93, &box, &srid), "a slanting side is none");
	many();
	boxes();
	return unit_done();
}
