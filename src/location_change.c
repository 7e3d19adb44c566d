/* location_change.c -- SQL face of location_change: what closing or opening one site does */
#include "postgres.h"

#include <math.h>

#include "arg.h"
#include "core/flow/location_change.h"
#include "location.h"
#include "row.h"
#include "status.h"

PG_FUNCTION_INFO_V1(terrbal_closure_effect);
PG_FUNCTION_INFO_V1(terrbal_opening_effect);

/* as sql/49-location.sql has them; the same in closure and opening */
enum {
	CHANGE_SITE,
	CHANGE_USERS,
	CHANGE_COST,
	CHANGE_MEAN,
	CHANGE_WORST,
	CHANGE_THRESHOLD,
	CHANGE_WORST_DIFFERENCE,
	CHANGE_UNSERVED,
	CHANGE_MOVES,
	CHANGE_FIELDS
};

typedef TbStatus Solve(const TbLocationTable *table, double threshold, TbLocationChanges *changes);

static Datum site_datum(const TbLocationTable *table, uint32 site)
{
	return arg_id_datum(table->site_id[site]->text, table->site_id[site]->length);
}

static Datum moves(const RowArray *rows, const TbLocationTable *table, const TbLocationChanges *all, const TbLocationChange *change)
{
	RowArray *array = row_array_within(rows, CHANGE_MOVES, change->moves);

	for (size_t i = 0; i < change->moves; i++) {
		const TbLocationMove *move = &all->move[change->move + i];
		Datum values[3] = {0};
		bool nulls[3] = {move->other == TB_NO_ID, false, false};

		if (!nulls[0])
			values[0] = site_datum(table, move->other);
		row_double(values, nulls, 1, move->users);
		row_double(values, nulls, 2, move->extra);
		row_array_put(array, values, nulls, 3);
	}
	return row_array_end(array);
}

static Datum effects(FunctionCallInfo fcinfo, Solve *solve, bool closing)
{
	LocationQuestion q;
	TbLocationChanges all;
	RowArray *array;

	if (!location_question(fcinfo, 0, 1, &q))
		PG_RETURN_NULL();
	(void)status_ok_message(solve(&q.table, q.threshold, &all), "the sum of weight times cost is out of range", NULL, NULL);
	if (all.n == 0 && closing)
		notice_once((errmsg("nothing to close: none of %u sites is open", q.table.sites)));
	else if (all.n == 0)
		notice_once((errmsg("nothing to open: all %u sites are open", q.table.sites)));
	array = row_array_begin(fcinfo, all.n);
	for (uint32 i = 0; i < all.n; i++) {
		const TbLocationChange *c = &all.change[i];
		Datum values[CHANGE_FIELDS];
		bool nulls[CHANGE_FIELDS] = {false};

		values[CHANGE_SITE] = site_datum(&q.table, c->site);
		row_double(values, nulls, CHANGE_USERS, c->users);
		row_double(values, nulls, CHANGE_COST, c->extra);
		row_double(values, nulls, CHANGE_MEAN, c->mean);
		row_double(values, nulls, CHANGE_WORST, closing ? c->worst_without : c->worst_with);
		row_double(values, nulls, CHANGE_THRESHOLD, isinf(q.threshold) ? NAN : c->beyond);
		row_double(values, nulls, CHANGE_WORST_DIFFERENCE, c->worst_extra);
		row_double(values, nulls, CHANGE_UNSERVED, c->stranded);
		values[CHANGE_MOVES] = moves(array, &q.table, &all, c);
		row_array_put(array, values, nulls, CHANGE_FIELDS);
	}
	PG_RETURN_DATUM(row_array_end(array));
}

Datum terrbal_closure_effect(PG_FUNCTION_ARGS)
{
	return effects(fcinfo, tb_closures, true);
}

Datum terrbal_opening_effect(PG_FUNCTION_ARGS)
{
	return effects(fcinfo, tb_openings, false);
}
