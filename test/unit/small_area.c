/* unit test of core/small_area: 13 trials of a vaccine as R's metafor has them, and the slope at the root */
#include "../../src/core/estimate/small_area.h"

#include "samples.h"

static TbBag bag_of(uint32_t n, uint32_t p, const double *y, const double *d, const double *x)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	double params[1] = {p + 2}, row[8];
	TbState *state = tb_bag_new(&tb_small_area_kind, params, 1);
	TbBag bag;

	for (uint32_t i = 0; i < n; i++) {
		row[0] = y[i];
		row[1] = d[i];
		memcpy(row + 2, x + i * p, p * sizeof(double));
		(void)tb_bag_add(&tb_small_area_kind, &state, (TbId[]){{letters + i, 1}}, row);
	}
	(void)tb_bag_view(&tb_small_area_kind, state, &bag);
	return bag;
}

/* Log relative risks of the 13 trials of Colditz et al. 1994, their variances, and the latitude */
static const double ill[2][13] = {{4, 6, 3, 62, 33, 180, 8, 505, 29, 17, 186, 5, 27}, {11, 29, 11, 248, 47, 372, 10, 499, 45, 65, 141, 3, 29}};
static const double well[2][13] = {{119, 300, 228, 13536, 5036, 1361, 2537, 87886, 7470, 1699, 50448, 2493, 16886},
								   {128, 274, 209, 12619, 5761, 1079, 619, 87892, 7232, 1600, 27197, 2338, 17825}};
static const double latitude[13] = {44, 55, 42, 52, 13, 44, 19, 13, 27, 42, 18, 33, 33};

int main(void)
{
	double y[14], d[14], x[28], v, g, g1;
	TbFayHerriot r;
	TbBag bag;
	uint32_t area = 99;

	for (int i = 0; i < 13; i++) {
		double a = ill[0][i] + well[0][i], b = ill[1][i] + well[1][i];

		y[i] = log(ill[0][i] / a) - log(ill[1][i] / b);
		d[i] = 1 / ill[0][i] - 1 / a + 1 / ill[1][i] - 1 / b;
		x[2 * i] = 1;
		x[2 * i + 1] = latitude[i];
	}
	y[13] = d[13] = 0;
	x[26] = 1;
	x[27] = 20;
	bag = bag_of(14, 2, y, d, x);
	CHECK(tb_fay_herriot(&bag, &r, &area) == TB_OK && r.rank == 2 && r.surveyed == 13, "13 trials and a place without one");
	NEAR(r.between, 0.0763479639552, 1e-9, "variance between, as metafor has it");
	NEAR(r.coefficient[0], 0.2514682100074, 1e-9, "constant");
	NEAR(r.coefficient[1], -0.0291017250116, 1e-10, "slope of the latitude");
	NEAR(r.standard_error[1], 0.0071953272209, 1e-9, "its error");
	NEAR(r.area[0].estimate, -1.00247207489400, 1e-9, "the first trial, shrunk");
	NEAR(r.area[7].estimate, 0.00510516284735, 1e-9, "the eighth");
	v = r.between + d[0];
	g = d[0] / v;
	g1 = 2 * g * g / v * r.between_error * r.between_error;
	NEAR(sqrt(r.area[0].mse - g1), 0.2734499508532, 1e-9, "its error but for what A costs");
	NEAR(r.area[13].estimate, 0.2514682100074 - 20 * 0.0291017250116, 1e-8, "the place without a trial");
	CHECK(isnan(r.area[13].share) && r.area[13].mse > r.between && r.area[0].share > 0 && r.area[0].share < 1, "shares");
	g = r.log_likelihood;
	for (int i = 0; i < 14; i++) {
		y[i] *= 1024;
		d[i] *= 1024. * 1024;
	}
	bag = bag_of(14, 2, y, d, x);
	CHECK(tb_fay_herriot(&bag, &r, &area) == TB_OK && fabs(r.log_likelihood - (g - 13 * log(1024))) < 1e-10,
		  "in a unit 1,024 times smaller every density is as much lower");
	bag = bag_of(4, 1, (const double[]){0, 3, 1, 6}, (const double[]){1, 1, 1, 1}, (const double[]){1, 1, 1, 1});
	CHECK(tb_fay_herriot(&bag, &r, &area) == TB_OK, "a mean");
	NEAR(r.between, 21. / 3 - 1, 1e-12, "equal errors: the variance of all less theirs");
	NEAR(r.log_likelihood, -(4 * log(7) + 3 + 4 * log(2 * 3.14159265358979323846)) / 2, 1e-12, "the likelihood there, not the restricted one");
	for (int i = 0; i < 13; i++) {
		y[i] = 3 + i % 2 * 1e-6;
		d[i] /= 1024. * 1024;
	}
	bag = bag_of(13, 2, y, d, x);
	CHECK(tb_fay_herriot(&bag, &r, &area) == TB_OK && r.between == 0 && fabs(r.area[4].estimate - r.area[4].synthetic) < 1e-15,
		  "no more between than sampling explains");
	bag = bag_of(2, 2, y, d, x);
	CHECK(tb_fay_herriot(&bag, &r, &area) == TB_UNDEFINED, "two areas, two coefficients");
	return unit_done();
}
