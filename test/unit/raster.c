/* unit test of core/raster: every pixel type in both byte orders, places on the grid, what is refused, forged bytes */
#include "../../src/core/territory/raster.h"

#include <string.h>

#include "../../src/core/base/host.h"
#include "unit.h"

typedef struct Bytes {
	unsigned char at[512];
	size_t n;
	bool big;
} Bytes;

static void put(Bytes *b, const void *value, size_t size)
{
	const unsigned char *from = value;
	const uint16_t one = 1;
	bool turn = b->big == (*(const unsigned char *)&one == 1);

	for (size_t i = 0; i < size; i++)
		b->at[b->n++] = from[turn ? size - 1 - i : i];
}

static void put16(Bytes *b, uint16_t x)
{
	put(b, &x, 2);
}

static void put64(Bytes *b, double x)
{
	put(b, &x, 8);
}

static Bytes header(bool big, uint16_t bands, double scale_x, double scale_y, double x, double y, double skew, uint16_t width, uint16_t height)
{
	Bytes b = {.big = big};
	unsigned char order = big ? 0 : 1;
	int32_t srid = 3035;

	put(&b, &order, 1);
	put16(&b, 0);
	put16(&b, bands);
	put64(&b, scale_x);
	put64(&b, scale_y);
	put64(&b, x);
	put64(&b, y);
	put64(&b, skew);
	put64(&b, 0);
	put(&b, &srid, 4);
	put16(&b, width);
	put16(&b, height);
	return b;
}

static void put_byte(Bytes *b, unsigned char byte)
{
	put(b, &byte, 1);
}

/* Opened from a block of exactly its length, which AddressSanitizer watches; the block is left to whoever reads pixels */
static TbRasterDoubt open_exact(const unsigned char *bytes, size_t n, int32_t band, TbRaster *r)
{
	const double origin[2] = {0, 0};
	unsigned char *exact = tb_alloc(n ? n : 1);
	double figure;

	memcpy(exact, bytes, n);
	return tb_raster_open(exact, n, band, origin, r, &figure);
}

static TbRasterDoubt open_bytes(const Bytes *b, int32_t band, TbRaster *r)
{
	return open_exact(b->at, b->n, band, r);
}

/* One row: no-data, then pixels of this type */
static void number(Bytes *b, int type, double x)
{
	int64_t whole = fabs(x) < 1e15 ? (int64_t)x : 0;
	int8_t i8 = (int8_t)whole;
	uint8_t u8 = (uint8_t)whole;
	int16_t i16 = (int16_t)whole;
	uint16_t u16 = (uint16_t)whole;
	int32_t i32 = (int32_t)whole;
	uint32_t u32 = (uint32_t)whole;
	float f32 = (float)fmax(x, -1.5);
	const void *value[] = {&u8, &u8, &u8, &i8, &u8, &i16, &u16, &i32, &u32, NULL, &f32, &x};
	static const size_t size[] = {1, 1, 1, 1, 1, 2, 2, 4, 4, 0, 4, 8};

	put(b, value[type], size[type]);
}

/* Of the first row of three pixels at most; false: not one of its type */
static bool pixel(const TbRaster *r, uint32_t column, double *x)
{
	double value[3];
	uint32_t fine = tb_raster_row(r, 0, value);

	*x = value[column];
	return fine > column;
}

static void check_types(void)
{
	static const double low[] = {0, 0, 0, -128, 0, -32768, 0, -2147483648.0, 0, 0, -1.5, -1e300};
	static const double high[] = {1, 3, 15, 127, 255, 32767, 65535, 2147483647.0, 4294967295.0, 0, 0.1F, 0.1};
	bool right = true;

	for (int big = 0; big < 2; big++)
		for (int type = 0; type < 12; type++) {
			Bytes b = header(big, 1, 10, -10, 100, 200, 0, 3, 1);
			double x[3];
			TbRaster r;

			if (type == 9)
				continue;
			put_byte(&b, (unsigned char)(0x40 | type));
			number(&b, type, 1);
			number(&b, type, low[type]);
			number(&b, type, high[type]);
			number(&b, type, 1);
			right &= open_bytes(&b, 1, &r) == TB_RASTER_FINE && pixel(&r, 0, x) && pixel(&r, 1, x + 1) && pixel(&r, 2, x + 2);
			right &= x[0] == low[type] && (x[1] == high[type] || (type == 0 && isnan(x[1]))) && isnan(x[2]);
			if (!right) {
				printf("# type %d, big %d: %g %g %g\n", type, big, x[0], x[1], x[2]);
				break;
			}
		}
	CHECK(right, "least and largest pixel of each type, no-data, both byte orders");
}

static Bytes small(unsigned char flags, double scale_x, double scale_y, double x, double y, double skew)
{
	Bytes b = header(false, 1, scale_x, scale_y, x, y, skew, 2, 2);

	put_byte(&b, flags);
	for (int i = 0; i < 5; i++)
		put_byte(&b, (unsigned char)i);
	return b;
}

static void check_places(void)
{
	TbRaster r;
	Bytes b = small(0x44, 10, -10, 100, 200, 0);
	double two[2];

	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.x == 10 && r.y == 19 && r.step_x == 1 && r.step_y == -1, "rows count northwards");
	b = small(0x44, 10, 10, -100, -200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.x == -10 && r.y == -20 && r.step_y == 1, "a raster from south to north");
	b = small(0x44, -10, -10, 100, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.x == 9 && r.step_x == -1, "and from east to west");
	b = small(0x44, 10, -10, 105, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_OFF_GRID, "half a pixel off");
	b = small(0x44, 0.008333333300326883, -0.008333333300326883, -180 + 0.008333333300326883 * 1000, 90, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.x == -20600 && r.y == 10799, "degrees, whose size is rounded in files");
	b = small(0x44, 10, -10, 100, 200, 0.5);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_SKEWED, "skewed");
	b = small(0x44, 0, -10, 100, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_SIZE, "no pixel size");
	b = small(0x44, 10, NAN, 100, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_SIZE, "a pixel size that is no number");
	b = small(0x44, 1e-5, -10, 1e8, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FAR, "columns beyond int");
	b = small(0x40, 10, -10, 100, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && tb_raster_row(&r, 0, two) == 1 && two[0] == 1 && two[1] == 2, "a bit that is 2");
	b = small(0x49, 10, -10, 100, 200, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_PIXELS, "a pixel type that is none");
	b = small(0x44, 10, -10, 100, 200, 0);
	CHECK(open_bytes(&b, 0, &r) == TB_RASTER_NO_BAND && open_bytes(&b, 2, &r) == TB_RASTER_NO_BAND, "bands that are not there");
	b.at[1] = 1;
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_VERSION, "another version");
	b = header(false, 0, 10, -10, 100, 200, 0, 0, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.width == 0, "an empty raster");
	b = header(false, 0, 10, -10, 100, 200, 0, 3, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.height == 0, "columns without rows");
	b = header(false, 0, 10, -10, 100, 200, 0, 0, 3);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_FINE && r.width == 0, "rows without columns");
	b = header(false, 1, 10, -10, 100, 200, 0, 2, 2);
	for (int i = 0; i < 5; i++)
		put_byte(&b, (unsigned char)"\xc4\xff\x00/x"[i]);
	put_byte(&b, 0);
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_OUTSIDE, "pixels in a file");
	b.n--;
	CHECK(open_bytes(&b, 1, &r) == TB_RASTER_NO_BYTES, "whose path does not end");
}

/* Truncations are refused; changed bytes give an answer or are refused, and none is read outside */
static void check_forged(void)
{
	Bytes b = header(true, 2, 10, -10, 100, 200, 0, 3, 2);
	uint64_t seed = 42;
	size_t fine = 0;
	bool refused = true;
	TbRaster r;

	for (int band = 0; band < 2; band++) {
		put_byte(&b, 0x45);
		for (int i = 0; i < 7; i++)
			put16(&b, (uint16_t)i);
	}
	for (size_t n = 0; n < b.n; n++)
		refused &= open_exact(b.at, n, 1, &r) == TB_RASTER_NO_BYTES;
	CHECK(refused, "every truncation is refused");
	b.at[b.n] = 0;
	CHECK(open_exact(b.at, b.n + 1, 1, &r) == TB_RASTER_NO_BYTES, "a byte too many");
	for (int round = 0; round < 20000; round++) {
		Bytes forged = b;
		double *row;

		for (int k = 0; k < 1 + round % 3; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			forged.at[(seed >> 33) % (round % 2 ? b.n : 80)] = (unsigned char)(seed >> 25);
		}
		if (open_bytes(&forged, 1 + round % 2, &r) != TB_RASTER_FINE)
			continue;
		fine++;
		row = tb_alloc((r.width + 1) * sizeof(double));
		for (uint32_t y = 0; y < r.height; y++)
			(void)tb_raster_row(&r, y, row);
		tb_free(row);
	}
	CHECK(fine > 100 && fine < 19000, "forged bytes are read within their length or refused");
}

int main(void)
{
	check_types();
	check_places();
	check_forged();
	return unit_done();
}
