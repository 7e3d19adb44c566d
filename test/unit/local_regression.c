/* unit test of core/local_regression: the definition with two coefficients by hand, each row foreseen without it, selection, units, what is not determined */
#include "places.h"

/* Weighted line at row `at`, by the formula of two unknowns; without row `out` */
static void line_at(TbPlaces r, int at, int out, TbKernel kernel, double bandwidth, double b[2], double *leverage)
{
	double w0 = 0, wx = 0, wxx = 0, wy = 0, wxy = 0, det;

	for (int j = 0; j < PLACES; j++) {
		double w = j == out ? 0 : tb_kernel_weight(kernel, hypot(r[j][0] - r[at][0], r[j][1] - r[at][1]), bandwidth), x = r[j][4], y = r[j][2];

		w0 += w;
		wx += w * x;
		wxx += w * x * x;
		wy += w * y;
		wxy += w * x * y;
	}
	det = w0 * wxx - wx * wx;
	b[1] = (w0 * wxy - wx * wy) / det;
	b[0] = (wxx * wy - wx * wxy) / det;
	*leverage = (wxx - 2 * r[at][4] * wx + r[at][4] * r[at][4] * w0) / det;
}

static double kth(TbPlaces r, int at, int k)
{
	double d[PLACES];

	for (int j = 0; j < PLACES; j++)
		d[j] = hypot(r[j][0] - r[at][0], r[j][1] - r[at][1]);
	for (int i = 0; i < PLACES; i++)
		for (int j = i + 1; j < PLACES; j++)
			if (d[j] < d[i]) {
				double t = d[i];

				d[i] = d[j];
				d[j] = t;
			}
	return d[k - 1];
}

static TbGwrFit by_hand(TbPlaces r, TbKernel kernel, bool adaptive, double bandwidth)
{
	TbGwrFit fit = {bandwidth, 0, 0, 0, 0};

	for (int i = 0; i < PLACES; i++) {
		double within = adaptive ? kth(r, i, (int)bandwidth) : bandwidth, b[2], leverage, foreseen;

		line_at(r, i, i, kernel, within, b, &foreseen);
		foreseen = r[i][2] - b[0] - b[1] * r[i][4];
		line_at(r, i, -1, kernel, within, b, &leverage);
		fit.rss += (r[i][2] - b[0] - b[1] * r[i][4]) * (r[i][2] - b[0] - b[1] * r[i][4]);
		fit.trace += leverage;
		fit.cv += foreseen * foreseen / PLACES;
	}
	fit.aicc = PLACES * log(fit.rss / PLACES) + PLACES * log(2 * M_PI) + PLACES * (PLACES + fit.trace) / (PLACES - 2 - fit.trace);
	return fit;
}

static void same(TbGwrFit got, TbGwrFit want, const char *what)
{
	NEAR(got.rss, want.rss, 1e-11, what);
	NEAR(got.trace, want.trace, 1e-11, "effective parameters");
	NEAR(got.aicc, want.aicc, 1e-11, "AICc");
	NEAR(got.cv, want.cv, 1e-11, "cross-validation: each row by the others, one by one");
}

static void definition(TbPlaces rows)
{
	for (TbKernel kernel = 0; kernel < TB_KERNELS; kernel++) {
		TbGwr fixed = gwr_of_places(rows, kernel, false, TB_GWR_AICC), adaptive = gwr_of_places(rows, kernel, true, TB_GWR_CV);
		TbGwrFit fit = tb_gwr_at(&fixed, 2.9);

		same(fit, by_hand(rows, kernel, false, 2.9), tb_kernel_name[kernel]);
		CHECK(tb_gwr_value(&fixed, &fit) == fit.aicc, "AICc is the criterion");
		fit = tb_gwr_at(&adaptive, 13);
		same(fit, by_hand(rows, kernel, true, 13), "thirteen neighbours");
		CHECK(tb_gwr_value(&adaptive, &fit) == fit.cv, "cross-validation is the criterion");
	}
}

static void global(TbPlaces rows)
{
	TbGwr g = gwr_of_places(rows, TB_GAUSSIAN, false, TB_GWR_AICC);
	TbGwrFit all = tb_gwr_global(&g), wide = tb_gwr_at(&g, 1e9);

	NEAR(all.trace, 2, 1e-14, "least squares of all rows has as many parameters as regressors");
	NEAR(wide.rss, all.rss, 1e-12, "a bandwidth without end is least squares");
	NEAR(wide.aicc, all.aicc, 1e-12, "its AICc");
	NEAR(wide.cv, all.cv, 1e-12, "its cross-validation");
	CHECK(!tb_gwr_exact(&g, &all), "something is left");
}

static void units(TbPlaces rows)
{
	TbPlaces big;
	TbGwr g = gwr_of_places(rows, TB_BISQUARE, false, TB_GWR_AICC), h;
	TbGwrFit a = tb_gwr_at(&g, 3), b;

	for (int i = 0; i < PLACES; i++)
		memcpy(big[i], (double[]){ldexp(rows[i][0], 400), ldexp(rows[i][1], 400), ldexp(rows[i][2], -100), ldexp(1, 300), ldexp(rows[i][4], -300)},
			   sizeof(big[i]));
	h = gwr_of_places(big, TB_BISQUARE, false, TB_GWR_AICC);
	b = tb_gwr_at(&h, ldexp(3, 400));
	CHECK(b.rss == ldexp(a.rss, -200) && b.cv == ldexp(a.cv, -200) && b.trace == a.trace, "whatever the units");
	NEAR(b.aicc, a.aicc - 2 * PLACES * 100 * M_LN2, 1e-13, "the unit of y moves AICc");
	for (int i = 0; i < PLACES; i++)
		memcpy(big[i], (double[]){rows[i][0], rows[i][1], rows[i][2] + 1e9, 1, rows[i][4] + 1e7}, sizeof(big[i]));
	h = gwr_of_places(big, TB_BISQUARE, false, TB_GWR_AICC);
	NEAR(tb_gwr_at(&h, 3).trace, a.trace, 1e-6, "offsets of y and x, as far as they leave their digits");
}

static void selection(TbPlaces rows)
{
	TbGwr g = gwr_of_places(rows, TB_BISQUARE, true, TB_GWR_AICC);
	int off = 0;

	for (int i = 0; i < PLACES; i++)
		for (int k = 1; k <= PLACES; k++) {
			int below = 0, equal = 0;
			double d;

			tb_gwr_distances(&g, i);
			d = tb_gwr_nearest(&g, k);
			for (int j = 0; j < PLACES; j++) {
				below += g.apart[j] < d;
				equal += g.apart[j] == d;
			}
			off += !(below < k && below + equal >= k);
		}
	CHECK(off == 0, "the k-th nearest is the k-th nearest");
	for (int j = 0; j < PLACES; j++)
		g.near[j] = j % 3;
	CHECK(tb_gwr_nearest(&g, 12) == 0 && tb_gwr_nearest(&g, 13) == 1 && tb_gwr_nearest(&g, 36) == 2, "ties");
}

static void undetermined(TbPlaces rows)
{
	TbPlaces flat;
	TbGwr g = gwr_of_places(rows, TB_BISQUARE, false, TB_GWR_AICC);
	TbGwrFit fit = tb_gwr_at(&g, 0.5);

	CHECK(isnan(fit.rss) && isnan(fit.aicc) && isnan(fit.cv), "too few rows in reach");
	memcpy(flat, rows, sizeof(flat));
	for (int i = 0; i < PLACES; i++)
		flat[i][4] = rows[i][0] > 3; /* one value as far as the eye reaches in the west */
	g = gwr_of_places(flat, TB_BISQUARE, false, TB_GWR_AICC);
	CHECK(isnan(tb_gwr_at(&g, 2).aicc) && !isnan(tb_gwr_at(&g, 8).aicc), "a regressor that does not vary within reach");
	for (int i = 0; i < PLACES; i++)
		flat[i][4] = 7;
	g = gwr_of_places(flat, TB_BISQUARE, false, TB_GWR_AICC);
	CHECK(g.p == 1 && !isnan(tb_gwr_at(&g, 2).aicc), "what another column explains everywhere is left out");
	for (int i = 0; i < PLACES; i++)
		flat[i][2] = 5;
	g = gwr_of_places(flat, TB_BISQUARE, false, TB_GWR_AICC);
	fit = tb_gwr_global(&g);
	CHECK(tb_gwr_exact(&g, &fit), "nothing is left of a constant");
	CHECK(gwr_of(NULL, 0, 2, TB_BISQUARE, false, TB_GWR_AICC, &g) == TB_UNDEFINED, "no rows");
}

static void params(void)
{
	const double good[TB_GWR_PARAMS] = {5, TB_BISQUARE, 1, TB_GWR_CV};

	CHECK(tb_gwr_params_ok(good, TB_GWR_PARAMS) && !tb_gwr_params_ok(good, TB_GWR_PARAMS - 1), "parameters");
	for (int k = 0; k < TB_GWR_PARAMS; k++) {
		double bad[TB_GWR_PARAMS];

		memcpy(bad, good, sizeof(bad));
		bad[k] = 1000;
		CHECK(!tb_gwr_params_ok(bad, TB_GWR_PARAMS), "out of range");
		bad[k] = 0.5;
		CHECK(!tb_gwr_params_ok(bad, TB_GWR_PARAMS), "no whole number");
	}
}

int main(void)
{
	TbPlaces rows;

	fill_places(rows, 0.5);
	definition(rows);
	global(rows);
	units(rows);
	selection(rows);
	undetermined(rows);
	params();
	return unit_done();
}
