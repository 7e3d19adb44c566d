/* source.c -- refresh and the relations it reads: locks taken by privilege, and the confinement of code that a source brings along */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_type.h"
#include "compat.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/makefuncs.h"
#include "parser/parse_func.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

/* Runs before the lock is taken, and again if the name changed hands while we waited for it */
static void check_readable(const RangeVar *name, Oid relation, Oid old, void *arg)
{
	(void)old;
	(void)arg;
	if (!OidIsValid(relation) || !get_rel_name(relation))
		return;
	if (pg_class_aclcheck(relation, GetUserId(), ACL_SELECT) != ACLCHECK_OK &&
		pg_attribute_aclcheck_all(relation, GetUserId(), ACL_SELECT, ACLMASK_ANY) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, get_relkind_objtype(get_rel_relkind(relation)), name->relname);
}

/* lock_source(schema, name): not by LOCK TABLE, which plans nothing either but goes to every node of a distributed table */
PG_FUNCTION_INFO_V1(terrbal_lock_source);

Datum terrbal_lock_source(PG_FUNCTION_ARGS)
{
	RangeVar *name = makeRangeVar(text_to_cstring(PG_GETARG_TEXT_PP(0)), text_to_cstring(PG_GETARG_TEXT_PP(1)), -1);
	Oid relation = RangeVarGetRelidExtended(name, AccessShareLock, RVR_MISSING_OK, check_readable, NULL);

	if (!OidIsValid(relation))
		PG_RETURN_NULL();
	PG_RETURN_OID(relation);
}

/* lock_writers(relation): one writer at a time until the end of the transaction; only for those who may insert, so that nobody else can hold them off */
PG_FUNCTION_INFO_V1(terrbal_lock_writers);

Datum terrbal_lock_writers(PG_FUNCTION_ARGS)
{
	Oid relation = PG_GETARG_OID(0);
	char *name = get_rel_name(relation);

	if (!name)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("relation %u does not exist", relation)));
	if (pg_class_aclcheck(relation, GetUserId(), ACL_INSERT) != ACLCHECK_OK)
		aclcheck_error(ACLCHECK_NO_PRIV, get_relkind_objtype(get_rel_relkind(relation)), name);
	LockRelationOid(relation, ShareUpdateExclusiveLock);
	PG_RETURN_VOID();
}

/* lock_writable(tables): the lock of a writer conflicts with CREATE TRIGGER, CREATE RULE and ALTER TABLE, and with no other writer */
PG_FUNCTION_INFO_V1(terrbal_lock_writable);

Datum terrbal_lock_writable(PG_FUNCTION_ARGS)
{
	Datum *tables;
	int n;

	deconstruct_array(PG_GETARG_ARRAYTYPE_P(0), REGCLASSOID, sizeof(Oid), true, TYPALIGN_INT, &tables, NULL, &n);
	for (int i = 0; i < n; i++)
		if (pg_class_aclmask(DatumGetObjectId(tables[i]), GetUserId(), ACL_INSERT | ACL_UPDATE | ACL_DELETE, ACLMASK_ANY) != ACL_NO_RIGHTS)
			LockRelationOid(DatumGetObjectId(tables[i]), RowExclusiveLock);
	PG_RETURN_VOID();
}

/* in_transaction_block(): what makes a procedure that commits fail, asked before it has done anything */
PG_FUNCTION_INFO_V1(terrbal_in_transaction_block);

Datum terrbal_in_transaction_block(PG_FUNCTION_ARGS)
{
	(void)fcinfo;
	PG_RETURN_BOOL(IsTransactionBlock());
}

/*
 * confined_refresh, confined_units: run_refresh and run_units of the same arguments, as REFRESH MATERIALIZED VIEW reads, so that code below the source can
 * neither return to the role that the session came from (SET ROLE, RESET ROLE), nor leave a setting, a temporary object or a deferred trigger behind. An error
 * restores both by itself.
 */
PG_FUNCTION_INFO_V1(terrbal_confined_refresh);

Datum terrbal_confined_refresh(PG_FUNCTION_ARGS)
{
	Oid confined = fcinfo->flinfo->fn_oid, *types, user;
	char *work = psprintf("run%s", strchr(get_func_name(confined), '_'));
	int arguments, context, level = NewGUCNestLevel();
	LOCAL_FCINFO(call, FUNC_MAX_ARGS);
	FmgrInfo function;
	Datum result;

	(void)get_func_signature(confined, &types, &arguments);
	fmgr_info(LookupFuncName(list_make2(makeString(get_namespace_name(get_func_namespace(confined))), makeString(work)), arguments, types, false),
			  &function);
	InitFunctionCallInfoData(*call, &function, (short)arguments, InvalidOid, NULL, NULL);
	memcpy(call->args, fcinfo->args, (size_t)arguments * sizeof(NullableDatum));
	GetUserIdAndSecContext(&user, &context);
	SetUserIdAndSecContext(user, context | SECURITY_LOCAL_USERID_CHANGE | SECURITY_RESTRICTED_OPERATION);
	result = FunctionCallInvoke(call);
	AtEOXact_GUC(false, level);
	SetUserIdAndSecContext(user, context);
	fcinfo->isnull = call->isnull;
	PG_RETURN_DATUM(result);
}
