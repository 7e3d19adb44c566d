/* sample_state.h -- samples as arguments of final functions and accessors */
#ifndef TERRBAL_SAMPLE_STATE_H
#define TERRBAL_SAMPLE_STATE_H

#include "fmgr.h"

#include "core/inequality/inequality.h"
#include "core/state/sample.h"

/* The argument, sorted and coalesced; false where it holds no row */
extern bool sample_arg(FunctionCallInfo fcinfo, int n, const TbShape *shape, TbSample *sample);
/* A plain sample in argument 0 and its distribution by value; false where it holds no row */
extern bool distribution_arg(FunctionCallInfo fcinfo, TbSample *sample, TbDistribution *distribution);
#define NO_TOTAL "the values do not add up to more than 0"
/* Why an index of shares, powers or logarithms is not defined */
extern const char *no_entropy(const TbDistribution *d);
/* A parameter that came with the rows of an aggregate, or where the function has it as an argument, that */
extern double sample_parameter(FunctionCallInfo fcinfo, const TbShape *shape, int argument, int parameter);

/* A pair of numbers added to the state in argument 0, as sort keys: the value of a transition function whose guards are its own */
extern Datum paired_added(FunctionCallInfo fcinfo, double x, double y);

/* The same as the word it is */
extern uint64 sample_parameter_bits(FunctionCallInfo fcinfo, const TbShape *shape, int parameter);

/* A number of replications, which a forged state may hold as any float8 */
extern int bootstrap_replications(double replications);
/* An error where the draws would take hours */
extern void bootstrap_fits(const TbSample *sample, int replications, const char *hint);

#endif
