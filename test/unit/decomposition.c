#include "../../src/core/inequality/decomposition.h"

#include "samples.h"

static TbGroups groups_of(size_t n, const double *x, const double *w, const char *const *id)
{
	TbSample sample = sample_of(&tb_grouped_shape, n, x, NULL, w, id);
	TbGroups groups;

	tb_groups(&sample, &groups);
	return groups;
}

static void adds_up(const TbGroups *g)
{
	TbParts t, l, e = tb_entropy_parts(g, 2.5), a = tb_atkinson_parts(g, 1.7), one, gini = tb_gini_parts(g);

	tb_theil_parts(g, &t, &l);
	NEAR(t.within + t.between, t.total, 1e-14, "Theil T adds up");
	NEAR(l.within + l.between, l.total, 1e-14, "Theil L adds up");
	NEAR(e.within + e.between, e.total, 1e-13, "GE adds up");
	NEAR(a.within + a.between - a.within * a.between, a.total, 1e-13, "Atkinson adds up in its way");
	one = tb_atkinson_parts(g, 1);
	NEAR(one.within + one.between - one.within * one.between, one.total, 1e-14, "Atkinson(1) too");
	NEAR(gini.within + gini.between + tb_gini_overlap(gini), gini.total, 1e-14, "Gini with its overlap");
}

/* The transvariation of Dagum 1997, from all pairs of groups and rows */
static double transvariation(size_t n, const double *x, const char *const *id)
{
	double mean = 0, sum = 0, size[3] = {0}, total[3] = {0};

	for (size_t i = 0; i < n; i++) {
		mean += x[i] / n;
		size[id[i][0] - 'a']++;
		total[id[i][0] - 'a'] += x[i];
	}
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			int a = id[i][0] - 'a', b = id[j][0] - 'a';

			/* j of the group with the smaller mean, yet above i */
			if (total[a] / size[a] > total[b] / size[b] && x[j] > x[i])
				sum += 2 * (x[j] - x[i]);
		}
	return sum / n / n / mean;
}

/* Groups two hundred powers of ten apart: the richer one is all there is, its mean twice that of all */
static void far_apart(void)
{
	const double x[4] = {1e200, 3e200, 1, 3};
	const char *id[4] = {"a", "a", "b", "b"};
	TbGroups g = groups_of(4, x, NULL, id);
	TbParts gini = tb_gini_parts(&g);

	NEAR(g.ratio[0], 2, 1e-15, "mean 2e200 over 1e200");
	NEAR(g.ratio[1], 2e-200, 1e-14, "mean 2 over 1e200");
	NEAR(gini.within, 0.125, 1e-15, "half of all squared times an absolute Gini of half the mean");
	NEAR(gini.between, 0.5, 1e-15, "between: one of two has all");
	NEAR(gini.total, 0.625, 1e-15, "no overlap");
}

int main(void)
{
	const double x[9] = {1, 5, 3, 10, 12, 9, 7, 2, 14}, w[9] = {1, 2, 1, 1, 3, 1, 1, 4, 0.5}, zeros[6] = {0, 0, 0, 10, 10, 10};
	const double u = ldexp(1, -40), near[4] = {1, 1 + u, 1 + 2 * u, 1 + 3 * u}, mixed[4] = {-3, 1, 10, 20};
	const char *id[9] = {"a", "a", "a", "b", "b", "c", "c", "a", "c"}, *half[6] = {"0", "0", "0", "1", "1", "1"}, *pairs[4] = {"p", "p", "q", "q"};
	TbGroups g = groups_of(9, x, w, id);
	TbParts t, l, gini;
	double huge[9], share;

	for (int i = 0; i < 9; i++)
		huge[i] = x[i] * (id[i][0] == 'a' ? 1e280 : 1e307);
	share = (1 * 1e-27 + 2 * 5e-27 + 3e-27 + 4 * 2e-27) / 8 / ((1e-27 + 10e-27 + 3e-27 + 8e-27 + 10 + 36 + 9 + 7 + 7) / 14.5);
	CHECK(g.all.rows == 9 && g.group[0].rows == 4 && g.group[1].rows == 2 && g.group[2].rows == 3, "rows of each");
	CHECK(g.n == 3 && g.id[1].text[0] == 'b', "groups in order of their ids");
	adds_up(&g);
	g = groups_of(9, x, NULL, id);
	adds_up(&g);
	gini = tb_gini_parts(&g);
	NEAR(tb_gini_overlap(gini), transvariation(9, x, id), 1e-13, "the overlap is Dagum's transvariation");
	NEAR(tb_atkinson_parts(&g, 1).within,
		 1 - pow(1 - tb_atkinson(&g.group[0], 1), g.share[0]) * pow(1 - tb_atkinson(&g.group[1], 1), g.share[1]) *
				 pow(1 - tb_atkinson(&g.group[2], 1), g.share[2]),
		 1e-14, "Atkinson(1) within: 1 - prod (1 - A_g)^p_g");

	g = groups_of(6, zeros, NULL, half);
	tb_theil_parts(&g, &t, &l);
	NEAR(t.between, log(2), 1e-15, "all of it between (PySAL)");
	CHECK(t.within == 0, "and nothing within, though one group has nothing");
	CHECK(isnan(l.within) && tb_atkinson_parts(&g, 1).total == 1, "zeros in Theil L and Atkinson");
	CHECK(tb_atkinson_parts(&g, 2).between == 1 && tb_atkinson_parts(&g, 2).within == 1 && tb_atkinson_parts(&g, 2).total == 1,
		  "a group with nothing: Atkinson(2) is 1 in every part");

	CHECK(tb_atkinson_parts(&g, 2).within == 1 && tb_atkinson_parts(&g, 2).between == 1, "a group of zeros at epsilon 2");

	g = groups_of(9, huge, w, id);
	adds_up(&g);
	NEAR(g.ratio[0], share, 1e-13, "means over the mean at the end of float8");

	g = groups_of(4, near, NULL, pairs);
	tb_theil_parts(&g, &t, &l);
	NEAR(t.between, u * u / 2, 1e-10, "between groups whose means hardly differ");
	NEAR(t.within, u * u / 8, 1e-10, "and within");
	gini = tb_gini_parts(&g);
	NEAR(gini.between, u / 2, 1e-10, "their Gini too");

	g = groups_of(4, mixed, NULL, pairs);
	gini = tb_gini_parts(&g);
	NEAR(gini.within + gini.between + tb_gini_overlap(gini), gini.total, 1e-14, "a group with a negative mean still has a Gini part");
	CHECK(isnan(tb_gini_overlap((TbParts){NAN, NAN, NAN})), "no Gini, no overlap");
	tb_theil_parts(&g, &t, &l);
	CHECK(isnan(t.total) && isnan(l.total), "but no Theil");
	far_apart();
	return unit_done();
}
