/* urban_area.c -- the 15 % rule, merging cities, enclaves and exclaves */
#include "urban_area.h"

#include <math.h>
#include <stdbool.h>

#include "../base/dd.h"
#include "../base/disjoint_set.h"
#include "../base/step.h"
#include "../state/bag_kinds.h"

/* Flow of one origin (a zone or a city) to each city, kept sparse */
typedef struct Shares {
	TbDd *to;
	uint32_t *touched, touches;
	TbDd residents;
} Shares;

static void clear(Shares *s)
{
	while (s->touches > 0)
		s->to[s->touched[--s->touches]] = (TbDd){0, 0};
	s->residents = (TbDd){0, 0};
}

static void add_row(const TbFlows *flows, const uint32_t *city, const uint32_t *merged, uint32_t i, Shares *s)
{
	for (size_t l = flows->row[i]; l < flows->row[i + 1]; l++, tb_step()) {
		uint32_t c = city[flows->destination[l]];

		s->residents = tb_dd_add_d(s->residents, flows->flow[l]);
		if (c == TB_NO_CITY)
			continue;
		c = merged[c];
		if (s->to[c].hi == 0)
			s->touched[s->touches++] = c;
		s->to[c] = tb_dd_add_d(s->to[c], flows->flow[l]);
	}
}

static double share_of(const Shares *s, uint32_t c)
{
	return tb_dd_value(s->to[c]) / tb_dd_value(s->residents);
}

/* Zones by city, cities ascending */
static void by_city(const uint32_t *city, uint32_t zones, uint32_t cities, size_t *start, uint32_t *zone)
{
	size_t *next = tb_alloc_zero(cities + (size_t)1, sizeof(size_t));

	for (uint32_t i = 0; i < zones; i++, tb_step())
		if (city[i] != TB_NO_CITY)
			start[city[i] + 1]++;
	for (uint32_t c = 0; c < cities; c++, tb_step())
		start[c + 1] += start[c];
	for (uint32_t i = 0; i < zones; i++, tb_step())
		if (city[i] != TB_NO_CITY)
			zone[start[city[i]] + next[city[i]]++] = i;
	tb_free(next);
}

/* merged[c]: the smallest of the cities that c is one with. One round on the cities as given: exchanging shares is no growth process. */
static void merge_cities(const TbFlows *flows, const uint32_t *city, uint32_t cities, double threshold, Shares *s, uint32_t *merged)
{
	size_t *start = tb_alloc_zero(cities + (size_t)1, sizeof(size_t));
	uint32_t *zone = tb_alloc(flows->zones * sizeof(uint32_t)), *own = tb_alloc(cities * sizeof(uint32_t));

	by_city(city, flows->zones, cities, start, zone);
	for (uint32_t c = 0; c < cities; c++, tb_step())
		own[c] = merged[c] = c;
	for (uint32_t c = 0; c < cities; c++) {
		clear(s);
		for (size_t z = start[c]; z < start[c + 1]; z++)
			add_row(flows, city, own, zone[z], s);
		for (uint32_t t = 0; t < s->touches; t++) {
			if (share_of(s, s->touched[t]) >= threshold)
				tb_disjoint_join(merged, c, s->touched[t]);
		}
		tb_steps(64);
	}
	for (uint32_t c = 0; c < cities; c++, tb_step())
		merged[c] = tb_disjoint_root(merged, c);
	tb_free(start);
	tb_free(zone);
	tb_free(own);
}

TbStatus tb_functional_urban_areas(const TbFlows *flows, const uint32_t *city, uint32_t cities, double threshold, TbUrbanMember *member)
{
	Shares s = {.to = tb_alloc_zero(cities, sizeof(TbDd)), .touched = tb_alloc(cities * sizeof(uint32_t))};
	uint32_t *merged = tb_alloc(cities * sizeof(uint32_t));

	if (flows->zones == 0)
		return TB_UNDEFINED;
	merge_cities(flows, city, cities, threshold, &s, merged);
	for (uint32_t i = 0; i < flows->zones; i++) {
		uint32_t best = TB_NO_CITY;
		double most = 0;

		clear(&s);
		add_row(flows, city, merged, i, &s);
		if (!isfinite(s.residents.hi))
			return TB_OUT_OF_RANGE;
		for (uint32_t t = 0; t < s.touches; t++) {
			double share = share_of(&s, s.touched[t]);

			if (share > most || (share == most && s.touched[t] < best)) {
				most = share;
				best = s.touched[t];
			}
		}
		if (city[i] != TB_NO_CITY) {
			best = merged[city[i]];
			member[i] = (TbUrbanMember){best, TB_URBAN_CITY, share_of(&s, best)};
		} else if (best != TB_NO_CITY && most >= threshold)
			member[i] = (TbUrbanMember){best, TB_URBAN_COMMUTING_ZONE, most};
		else
			member[i] = (TbUrbanMember){TB_NO_CITY, TB_URBAN_OUTSIDE, s.residents.hi > 0 ? most : NAN};
		tb_steps(64);
	}
	tb_free(s.to);
	tb_free(s.touched);
	tb_free(merged);
	return TB_OK;
}

/* Zones reachable from `from` inside its area, marked with `part`; returns their weight */
static double flood(const size_t *row, const uint32_t *neighbour, const double *weight, const uint32_t *area, uint32_t from, uint32_t *part,
					uint32_t *stack)
{
	uint32_t depth = 0;
	TbDd sum = {0, 0};

	stack[depth++] = from;
	part[from] = from;
	while (depth > 0) {
		uint32_t z = stack[--depth];

		sum = tb_dd_add_d(sum, weight[z]);
		for (size_t t = row[z]; t < row[z + 1]; t++, tb_step()) {
			uint32_t k = neighbour[t];

			if (area[k] == area[z] && part[k] == TB_NO_CITY) {
				part[k] = from;
				stack[depth++] = k;
			}
		}
	}
	return tb_dd_value(sum);
}

/* Parts are named by their smallest zone, met first, so a later part must be heavier to win. */
static void drop_exclaves(uint32_t zones, const size_t *row, const uint32_t *neighbour, const double *weight, uint32_t *area)
{
	uint32_t *part = tb_alloc(zones * sizeof(uint32_t)), *stack = tb_alloc(zones * sizeof(uint32_t));
	uint32_t *largest, areas = 0;
	double *size = tb_alloc_zero(zones, sizeof(double));

	for (uint32_t z = 0; z < zones; z++, tb_step()) {
		part[z] = TB_NO_CITY;
		if (area[z] != TB_NO_CITY && area[z] >= areas)
			areas = area[z] + 1;
	}
	largest = tb_alloc(areas * sizeof(uint32_t));
	for (uint32_t c = 0; c < areas; c++, tb_step())
		largest[c] = TB_NO_CITY;
	for (uint32_t z = 0; z < zones; z++) {
		if (area[z] == TB_NO_CITY || part[z] != TB_NO_CITY)
			continue;
		size[z] = flood(row, neighbour, weight, area, z, part, stack);
		if (largest[area[z]] == TB_NO_CITY || size[z] > size[largest[area[z]]])
			largest[area[z]] = z;
		tb_tick();
	}
	for (uint32_t z = 0; z < zones; z++, tb_step())
		if (area[z] != TB_NO_CITY && part[z] != largest[area[z]])
			area[z] = TB_NO_CITY;
	tb_free(part);
	tb_free(stack);
	tb_free(largest);
	tb_free(size);
}

static uint32_t only_neighbour(const size_t *row, const uint32_t *neighbour, const uint32_t *area, uint32_t z)
{
	uint32_t only = row[z] < row[z + 1] ? area[neighbour[row[z]]] : TB_NO_CITY;

	for (size_t t = row[z]; t < row[z + 1]; t++, tb_step())
		if (area[neighbour[t]] != only)
			return TB_NO_CITY;
	return only;
}

void tb_contiguous_areas(uint32_t zones, const size_t *row, const uint32_t *neighbour, const double *weight, uint32_t *area)
{
	drop_exclaves(zones, row, neighbour, weight, area);
	for (bool changed = true; changed;) {
		changed = false;
		for (uint32_t z = 0; z < zones; z++)
			if (area[z] == TB_NO_CITY && (area[z] = only_neighbour(row, neighbour, area, z)) != TB_NO_CITY)
				changed = true;
		tb_tick();
	}
}

bool tb_urban_area_params_ok(const double *p, uint64_t n)
{
	return n == 1 && p[0] >= 0 && isfinite(p[0]);
}

TB_BAG_KIND(tb_urban_area, "urban_area_state", TB_SHAPE_URBAN_AREA, 4, 1, 0xc, 0, tb_urban_area_params_ok, 0)

bool tb_contiguity_params_ok(const double *p, uint64_t n)
{
	(void)p;
	return n == 0;
}

TB_BAG_KIND(tb_contiguity, "contiguity_state", TB_SHAPE_CONTIGUITY, 3, 1, 0x6, 0, tb_contiguity_params_ok, 0)
