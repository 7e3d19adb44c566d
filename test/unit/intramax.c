/* unit test of core/intramax: both hierarchies against the plain definition on dense matrices */
#include "../../src/core/flow/intramax.h"

#include <string.h>

#include "flows.h"
#include "unit.h"

enum { N = 30 };

/* The definition, in n^3 */
static void plain(const double *from, int n, TbMergeStep *merge)
{
	static double m[N * N];
	bool alive[N];
	double total = 0;

	memcpy(m, from, sizeof(double) * n * n);
	for (int i = 0; i < n; i++)
		alive[i] = true;
	for (int i = 0; i < n * n; i++)
		total += m[i];
	for (int step = 0; step < n - 1; step++) {
		double best = -1, out[N] = {0}, in[N] = {0}, inside = 0;
		int a = 0, b = 0;

		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++) {
				out[i] += m[i * n + j];
				in[j] += m[i * n + j];
			}
		for (int i = 0; i < n; i++)
			for (int j = i + 1; j < n; j++) {
				double x = 0;

				if (!alive[i] || !alive[j])
					continue;
				x += m[i * n + j] > 0 ? m[i * n + j] / (out[i] * in[j]) : 0;
				x += m[j * n + i] > 0 ? m[j * n + i] / (out[j] * in[i]) : 0;
				if (x > best) {
					best = x;
					a = i;
					b = j;
				}
			}
		alive[b] = false;
		for (int k = 0; k < n; k++) {
			m[a * n + k] += m[b * n + k];
			m[b * n + k] = 0;
		}
		for (int k = 0; k < n; k++) {
			m[k * n + a] += m[k * n + b];
			m[k * n + b] = 0;
		}
		for (int i = 0; i < n; i++)
			inside += m[i * n + i];
		merge[step] = (TbMergeStep){a, b, best, inside / total};
	}
}

/* Mean proximity over all pairs of zones, from the zones anew at every merge */
static void plain_average(const double *cell, int n, TbMergeStep *merge)
{
	int of[N];
	double residents[N] = {0}, total = 0;

	for (int i = 0; i < n * n; i++) {
		of[i / n] = i / n;
		residents[i / n] += cell[i];
		total += cell[i];
	}
	for (int step = 0; step < n - 1; step++) {
		double best = -1, inside = 0;
		int a = 0, b = 0;

		for (int x = 0; x < n; x++)
			for (int y = x + 1; y < n; y++) {
				double sum = 0;
				int pairs = 0;

				for (int i = 0; i < n; i++)
					for (int j = 0; j < n; j++) {
						double both = cell[i * n + j] + cell[j * n + i];

						if (of[i] != x || of[j] != y)
							continue;
						pairs++;
						sum += both > 0 ? fmin(0.999, both / fmin(residents[i], residents[j])) : 0;
					}
				if (pairs > 0 && sum / pairs > best + 1e-13) {
					best = sum / pairs;
					a = x;
					b = y;
				}
			}
		for (int i = 0; i < n; i++)
			of[i] = of[i] == b ? a : of[i];
		for (int i = 0; i < n * n; i++)
			inside += of[i / n] == of[i % n] ? cell[i] : 0;
		merge[step] = (TbMergeStep){a, b, best, inside / total};
	}
}

int main(void)
{
	TbFlows none = {0};

	for (int round = 0; round < 60; round++) {
		static double cell[N * N];
		TbMergeStep got[N], want[N];
		int n = 2 + round % (N - 1);
		TbFlows flows;
		bool same = true;

		for (int i = 0; i < n * n; i++)
			cell[i] = uniform() < (round % 3 + 1) / 4.0 ? floor(uniform() * 1000) : 0;
		/* places of work and places to sleep: two that merge may become closer to a third than either was */
		for (int i = 0; i < n * n && round >= 30; i++)
			cell[i] *= i / n % 3 == 0 ? 1 : i % n % 3 == 1 ? 1000 : 30;
		flows = dense(n, cell);
		CHECK(tb_intramax(&flows, got) == TB_OK, "solved");
		plain(cell, n, want);
		for (int k = 0; k < n - 1; k++)
			same &= got[k].a == want[k].a && got[k].b == want[k].b && fabs(got[k].objective - want[k].objective) <= 1e-12 * want[k].objective &&
					fabs(got[k].intrazonal_share - want[k].intrazonal_share) < 1e-12;
		CHECK(same, "as the definition, merge by merge");
		for (int i = 0; i < n * n; i++)
			cell[i] *= 0.5 + fmod(i * 0.6180339887498949 + round * 0.37, 1); /* no two proximities alike */
		flows = dense(n, cell);
		same = tb_average_linkage(&flows, got) == TB_OK;
		plain_average(cell, n, want);
		for (int k = 0; k < n - 1; k++)
			same &= got[k].a == want[k].a && got[k].b == want[k].b && fabs(got[k].objective - want[k].objective) <= 1e-12 * want[k].objective &&
					fabs(got[k].intrazonal_share - want[k].intrazonal_share) < 1e-12;
		CHECK(same, "average linkage too");
	}
	/* powers of two, so that equal objectives are equal bits */
	for (int round = 0; round < 3; round++) {
		static double cell[N * N];
		TbMergeStep got[N], want[N];
		int n = 8;
		TbFlows flows;
		bool same = true;

		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				cell[i * n + j] = round == 0 ? 1 : round == 1 ? (i / 2 == j / 2) * 2 : (i != j && (i + j) % 2) * 4;
		flows = dense(n, cell);
		(void)tb_intramax(&flows, got);
		plain(cell, n, want);
		for (int k = 0; k < n - 1; k++)
			same &= got[k].a == want[k].a && got[k].b == want[k].b && got[k].objective == want[k].objective;
		CHECK(same, "of equal objectives the first pair merges");
	}
	CHECK(tb_intramax(&none, NULL) == TB_UNDEFINED && tb_average_linkage(&none, NULL) == TB_UNDEFINED, "no zones: undefined");
	return unit_done();
}
