/* period.c -- the first day of the period that a day lies in; in C, since refresh asks for every row of a source */
#include "postgres.h"

#include "compat.h"
#include "fmgr.h"
#include "utils/date.h"
#include "utils/datetime.h"

static int first_month(int month, char frequency)
{
	int months = frequency == 'A' ? 12 : frequency == 'S' ? 6 : frequency == 'Q' ? 3 : 1;

	return month - (month - 1) % months;
}

PG_FUNCTION_INFO_V1(terrbal_period_start);

Datum terrbal_period_start(PG_FUNCTION_ARGS)
{
	DateADT date = PG_GETARG_DATEADT(0);
	text *name = PG_GETARG_TEXT_PP(1);
	char frequency = VARSIZE_ANY_EXHDR(name) == 1 ? *VARDATA_ANY(name) : 'D';
	int day, year, month, unused;

	if (DATE_NOT_FINITE(date) || date < date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE || date > date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE)
		PG_RETURN_NULL();
	day = date + POSTGRES_EPOCH_JDATE;
	switch (frequency) {
	case 'W':
		PG_RETURN_DATEADT(date - (j2day(day) + 6) % 7);
	case 'A':
	case 'S':
	case 'Q':
	case 'M':
		j2date(day, &year, &month, &unused);
		PG_RETURN_DATEADT(date2j(year, first_month(month, frequency), 1) - POSTGRES_EPOCH_JDATE);
	default:
		PG_RETURN_DATEADT(date);
	}
}
