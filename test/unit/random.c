/* unit test of core/random: the published sequence; bounded draws are even, also where the bound is near 2^64 */
#include "../../src/core/base/random.h"

#include "unit.h"

int main(void)
{
	/* the first five for this seed as published by several implementations (rosettacode.org, Pseudo-random numbers/Splitmix64) */
	const uint64_t published[5] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973), UINT64_C(9817491932198370423),
								   UINT64_C(4593380528125082431), UINT64_C(16408922859458223821)};
	uint64_t state = 1234567, again = 1234567;
	int third[3] = {0, 0, 0}, seven[7] = {0}, place[7] = {0};
	bool same = true;

	for (int i = 0; i < 5; i++)
		same = same && tb_random_bits(&state) == published[i];
	CHECK(same, "SplitMix64");
	CHECK(tb_random_place(&again, 1000) == 350 && tb_random_below(&again, 1000) == 173,
		  "the share of the range, 0.35008 and 0.17364, times the bound");
	/* multiplying alone would give every third value twice the chance */
	for (int i = 0; i < 30000; i++)
		third[tb_random_below(&state, UINT64_C(3) << 62) % 3]++;
	CHECK(third[0] > 9600 && third[0] < 10400 && third[1] > 9600 && third[1] < 10400, "no value is favoured, within five deviations");
	for (int i = 0; i < 70000; i++) {
		seven[tb_random_below(&state, 7)]++;
		place[tb_random_place(&state, 7)]++;
	}
	same = true;
	for (int i = 0; i < 7; i++)
		same = same && seven[i] > 9500 && seven[i] < 10500 && place[i] > 9500 && place[i] < 10500;
	CHECK(same, "each of seven");
	CHECK(tb_random_below(&state, 1) == 0 && tb_random_place(&state, 1) == 0, "of one");
	return unit_done();
}
