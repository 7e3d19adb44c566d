/* bag.c -- transitions of aggregates that keep their rows, and the types of their states */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"

#include "arg.h"
#include "bag.h"
#include "core/flow/accessibility.h"
#include "core/flow/commuting_area.h"
#include "core/flow/functional_area.h"
#include "core/flow/interaction.h"
#include "core/flow/urban_area.h"
#include "state.h"
#include "status.h"

#define tb_labour_market_shape tb_labour_market.shape
#define tb_urban_area_shape tb_urban_area.shape
#define tb_contiguity_shape tb_contiguity.shape
#define tb_commuting_area_shape tb_commuting_area.shape
#define tb_gravity_shape tb_gravity_kind.shape
#define tb_catchment_shape tb_catchment.shape

TB_STATE(labour_market)
TB_STATE(urban_area)
TB_STATE(contiguity)
TB_STATE(commuting_area)
TB_STATE(gravity)
TB_STATE(catchment)

TbId bag_id(FunctionCallInfo fcinfo, int n, const char *name)
{
	ArgId id;

	if (PG_ARGISNULL(n))
		return (TbId){NULL, 0};
	id = arg_id(PG_GETARG_DATUM(n), name);
	return (TbId){id.text, id.length};
}

TbId bag_number(FunctionCallInfo fcinfo, int n, const char *name)
{
	ArgId id;

	if (PG_ARGISNULL(n))
		return (TbId){NULL, 0};
	id = arg_number_id(PG_GETARG_DATUM(n), n);
	return (TbId){id.text, id.length};
}

TbId bag_any(FunctionCallInfo fcinfo, int n, const char *name)
{
	return get_fn_expr_argtype(fcinfo->flinfo, n) == INT8OID ? bag_number(fcinfo, n, name) : bag_id(fcinfo, n, name);
}

void bag_not_null(FunctionCallInfo fcinfo, int n, const char *name)
{
	if (PG_ARGISNULL(n))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be NULL", name)));
}

Datum bag_add(FunctionCallInfo fcinfo, const TbBagKind *kind, const double *params, int n, const char *names, const TbId *ids, const double *values)
{
	TbState *state = state_writable(fcinfo, 0, &kind->shape);

	if (!state)
		state = tb_bag_new(kind, params, n);
	else if (!tb_bag_same_params(state, params, n))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("%s must be the same in all rows", names),
						errhint("Group by what sets them apart.")));
	(void)status_ok(tb_bag_add(kind, &state, ids, values));
	return state_kept(fcinfo, state, &kind->shape);
}

bool bag_arg(FunctionCallInfo fcinfo, int n, const TbBagKind *kind, TbBag *bag)
{
	return status_ok(tb_bag_view(kind, state_arg(fcinfo, n, &kind->shape), bag));
}

void bag_pairs_once(const TbBag *bag, const char *hint)
{
	size_t row;

	if (tb_bag_pair_twice(bag, &row))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("pair \"%s\", \"%s\" occurs twice", bag_text(bag->id[bag->row_id[0][row]]), bag_text(bag->id[bag->row_id[1][row]])),
						errhint("%s", hint)));
}

void bag_neighbours(const TbBag *bag)
{
	bag_pairs_once(bag, "Give each ordered pair of neighbours once: GROUP BY unit_i, unit_j first.");
	if (tb_bag_one_way(bag))
		notice_once((errmsg("no pair of neighbours is given in both directions"),
					 errhint("If a beside b means b beside a, add the pairs with i and j exchanged: UNION ALL.")));
}

char *bag_text(TbId id)
{
	char *text = pnstrdup(id.text, id.length);

	return pg_any_to_server(text, id.length, PG_UTF8);
}

Datum bag_id_array(const TbId *const *id, uint32 n)
{
	Datum *values = palloc(Max(n, 1) * sizeof(Datum));

	for (uint32 i = 0; i < n; i++)
		values[i] = arg_id_datum(id[i]->text, id[i]->length);
	return PointerGetDatum(construct_array(values, n, TEXTOID, -1, false, TYPALIGN_INT));
}

#define ALIKE_LENGTH 64
#define ALIKE_CODES 100000 /* beyond that the search costs more than a second */

/* The code without blanks, without leading zeros, in small letters, in capitals */
static TbId reformed(TbId id, int form, char *text)
{
	size_t n = 0, from = 0, end = id.length;

	while (form == 0 && from < end && id.text[from] == ' ')
		from++;
	while (form == 0 && end > from && id.text[end - 1] == ' ')
		end--;
	while (form == 1 && from + 1 < end && id.text[from] == '0')
		from++;
	for (; from < end; from++)
		text[n++] = form == 2   ? pg_ascii_tolower((unsigned char)id.text[from])
					: form == 3 ? pg_ascii_toupper((unsigned char)id.text[from])
								: id.text[from];
	return (TbId){text, n};
}

static bool among(const TbId *id, uint32 n, TbId sought)
{
	uint32 from = 0;

	while (from < n) {
		uint32 middle = from + (n - from) / 2;
		int order = tb_id_compare(id[middle], sought);

		if (order == 0)
			return true;
		if (order < 0)
			from = middle + 1;
		else
			n = middle;
	}
	return false;
}

void tell_alike(const char *what, const TbId *id, uint32 n)
{
	char text[ALIKE_LENGTH];

	for (uint32 i = 0; i < n && n <= ALIKE_CODES; i++)
		for (int form = 0; form < 4 && id[i].length > 0 && id[i].length <= ALIKE_LENGTH; form++) {
			TbId other = reformed(id[i], form, text);

			if (tb_id_compare(id[i], other) == 0 || !among(id, n, other))
				continue;
			notice_once((errmsg("%s \"%s\" and \"%s\" differ in blanks, case or leading zeros alone", what, bag_text(id[i]), bag_text(other)),
						 errhint("If they are one, write the code one way, as in trim(code), upper(code) or lpad(code, 5, '0').")));
			return;
		}
}
