/* sample_pack.h -- the canonical packed form of a sample state, and its validation */
#ifndef TB_SAMPLE_PACK_H
#define TB_SAMPLE_PACK_H

#include "state.h"

extern TbStatus tb_sample_check(const TbState *state);
/* The packed form, in a state of this shape; a packed state is returned as it is */
extern TbState *tb_sample_pack(const TbState *state, const TbShape *shape);

#endif
