/* unit test of core/wkb: what is not well-known binary is refused, what is comes out plane and in host order */
#include "../../src/core/wkb.h"

#include <string.h>

#include "../../src/core/host.h"
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

int main(void)
{
	/* POINT Z (1 2 3) big-endian ISO; SRID=4326;POINT M (1 2 5) little-endian extended */
	const char *iso = "00000003E93FF000000000000040000000000000004008000000000000";
	const char *extended = "0101000060E6100000000000000000F03F00000000000000400000000000001440";
	unsigned char bytes[512], box_bytes[93];
	double xy[2], ring[10] = {0, 0, 0, 2, 3, 2, 3, 0, 0, 0};
	uint32_t head[3] = {3, 1, 5};
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
	memcpy(box_bytes + 1, head, 12);
	memcpy(box_bytes + 13, ring, 80);
	CHECK(tb_wkb_box(box_bytes, 93, &box, &srid) && box.x1 == 3 && box.y1 == 2 && srid == 0, "a rectangle is seen, whichever way it turns");
	CHECK(refuses_truncations(box_bytes, 93), "every truncation of it is refused");
	ring[2] = 0.5;
	memcpy(box_bytes + 13, ring, 80);
	CHECK(!tb_wkb_box(box_bytes, 93, &box, &srid), "a slanting side is none");
	return unit_done();
}
