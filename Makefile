# terrbal: every list is a wildcard; a new concept needs no line here.
# make demo DATA=dir: the folder, before DATA means the scripts to install
demo_data := $(if $(filter command environment,$(firstword $(origin DATA))),$(DATA))
EXTENSION  = terrbal
EXTVERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" $(dir $(firstword $(MAKEFILE_LIST)))terrbal.control)
srcdir_    := $(patsubst %/,%,$(dir $(firstword $(MAKEFILE_LIST))))
MODULE_big = terrbal
# the rooms of the core, from the ground up: doc/contributing.md; test/rooms.pl holds includes to this order
ROOMS      = base state share inequality flow territory estimate
CORES      = $(foreach room,$(ROOMS),$(wildcard $(srcdir_)/src/core/$(room)/*.c))
CORE_HEADERS = $(foreach room,$(ROOMS),$(wildcard $(srcdir_)/src/core/$(room)/*.h))
# builds outside the source tree need the folders
$(shell mkdir -p $(ROOMS:%=src/core/%))
OBJS       = $(patsubst $(srcdir_)/%.c,%.o,$(wildcard $(srcdir_)/src/*.c) $(CORES))
FRAGMENTS  = $(sort $(wildcard $(srcdir_)/sql/[0-9][0-9]-*.sql))
DATA       = $(patsubst $(srcdir_)/%,%,$(wildcard $(srcdir_)/sql/terrbal--*--*.sql))
DATA_built = terrbal--$(EXTVERSION).sql
DOCS       = $(patsubst $(srcdir_)/%,%,$(wildcard $(srcdir_)/doc/*.md))
REGRESS    = $(patsubst $(srcdir_)/test/sql/%.sql,%,$(sort $(wildcard $(srcdir_)/test/sql/*.sql)))
REGRESS_OPTS = --inputdir=$(srcdir_)/test --load-extension=postgis --load-extension=terrbal
EXTRA_CLEAN = terrbal--*.sql build results tmp_check

# ASSERTIONS=1: states are checked wherever they change hands (test/asserted.sh)
# OBJECTS_FROM=bytes: states of that size on grow in place as expanded objects (src/state_object.h)
# PUBLIC_WINDOWS=1: window functions read rows by the server's public interface only (src/fetched_row.h)
PG_CPPFLAGS = -DTERRBAL_VERSION='"$(EXTVERSION)"' $(if $(ASSERTIONS),-DUSE_ASSERT_CHECKING) $(if $(PUBLIC_WINDOWS),-DPUBLIC_WINDOWS) \
	$(if $(OBJECTS_FROM),-DSTATE_OBJECT_FROM=$(OBJECTS_FROM))
PG_CFLAGS   = -std=gnu11 -O2 -ffp-contract=off -Wall -Wextra -Wfloat-conversion -Wno-unused-parameter -Wno-sign-compare -Wno-declaration-after-statement -Wno-ignored-optimization-argument -Wno-unknown-warning-option -Wno-ignored-attributes $(WERROR)
SHLIB_LINK  = -lgeos_c -lm

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)
ifneq ($(PGXS),)
include $(PGXS)
endif
# JIT inlines from bitcode: it must round as the library does
BITCODE_CFLAGS += -ffp-contract=off

# Published figures ship with the tests. More of them, which may not ship, and large data stand beside a development checkout; tests that need those say so
# where they are absent.
export GOLDEN := $(abspath $(srcdir_)/test/fixture/golden)
ifneq ($(wildcard $(srcdir_)/../shared/golden),)
export GOLDEN := $(abspath $(srcdir_)/../shared/golden)
export DATASETS := $(abspath $(srcdir_)/../shared/data)
endif

$(DATA_built): $(FRAGMENTS) $(srcdir_)/terrbal.control
	cat $(FRAGMENTS) > $@

# Headers are few: everything depends on all of them.
$(OBJS): $(wildcard $(srcdir_)/src/*.h) $(CORE_HEADERS) $(srcdir_)/Makefile

# Is the arithmetic right? No server; AddressSanitizer and UBSan watch. Leaks are not looked for: in the server a memory context frees what a core leaves.
UNITS = $(patsubst $(srcdir_)/test/unit/%.c,%,$(filter-out %/host.c,$(wildcard $(srcdir_)/test/unit/*.c)))
UNIT_CC = $(CC) -std=gnu11 -g -O1 -ffp-contract=off -Wall -Wextra -Werror -DUSE_ASSERT_CHECKING -fsanitize=address,undefined,float-cast-overflow -fno-sanitize-recover=all -fno-omit-frame-pointer
CORE_OBJS = $(patsubst $(srcdir_)/src/core/%.c,build/core/%.o,$(CORES))
build/core/%.o: $(srcdir_)/src/core/%.c $(CORE_HEADERS)
	@mkdir -p $(@D)
	$(UNIT_CC) -c -o $@ $<
# An archive, so that a test links only the cores that it calls
build/core.a: $(CORE_OBJS)
	@rm -f $@
	ar rcs $@ $^
build/unit_objects/%.o: $(srcdir_)/test/unit/%.c $(CORE_HEADERS) $(wildcard $(srcdir_)/test/unit/*.h)
	@mkdir -p $(@D)
	$(UNIT_CC) -c -o $@ $<
build/unit/%: build/unit_objects/%.o build/unit_objects/host.o build/core.a
	@mkdir -p $(@D)
	$(UNIT_CC) -o $@ $^ -lgeos_c -lm
.SECONDARY:
unit-binaries: $(UNITS:%=build/unit/%)
unit: unit-binaries
	ASAN_OPTIONS=detect_leaks=0 prove -e '' $(UNITS:%=build/unit/%)

# Does it hold? Properties and goldens in pgTAP, in a database of their own.
tap:
	$(srcdir_)/test/tap.sh $(sort $(wildcard $(srcdir_)/test/tap/*.sql))

# Is every documented example in an expected output?
doc-check:
	perl $(srcdir_)/test/doc-check.pl $(srcdir_)

# Does the core know nothing of the server, and do its rooms lean one way only?
pure:
	! grep -nE '#include *[<"](postgres|fmgr|utils/|catalog/|access/|libpq|executor|nodes/)|ereport|palloc' $(CORES) $(CORE_HEADERS)
	perl $(srcdir_)/test/rooms.pl $(srcdir_) $(ROOMS)

# doc/reference.md from the catalogue
reference:
	$(srcdir_)/test/cluster.sh run $(srcdir_)/test/script/reference.sh write
# A Debian package for the server that PG_CONFIG names: build/postgresql-NN-terrbal_1.0_ARCH.deb
deb: all
	rm -rf build/deb && mkdir -p build/deb/DEBIAN
	$(MAKE) -s install DESTDIR=$(abspath build/deb)
	printf 'Package: postgresql-%s-terrbal\nVersion: %s\nArchitecture: %s\nMaintainer: the terrbal contributors <terrbal@example.org>\nDepends: postgresql-%s, postgresql-%s-postgis-3, libgeos-c1v5 | libgeos-c1t64\nSection: database\nPriority: optional\nDescription: territorial analytics for PostgreSQL\n Flows between city and country, land value capture, fiscal equalisation.\n' \
		$(MAJORVERSION) $(EXTVERSION) $$(dpkg --print-architecture) $(MAJORVERSION) $(MAJORVERSION) > build/deb/DEBIAN/control
	dpkg-deb --root-owner-group --build build/deb build/postgresql-$(MAJORVERSION)-terrbal_$(EXTVERSION)_$$(dpkg --print-architecture).deb
bench:
	$(srcdir_)/test/cluster.sh run $(srcdir_)/test/bench.sh
demo:
	DATA='$(demo_data)' $(srcdir_)/test/demo.sh
# The pages as a site with search: build/site/index.html
site:
	$(srcdir_)/test/packages.sh site
	$(srcdir_)/doc/site/build.sh
test:
	$(srcdir_)/test/all.sh
# Browsers, map programs, Python, R, Node.js: the tools of doc/clients.md
test-clients:
	$(srcdir_)/test/clients.sh
test-all:
	ALSO="17 18" $(srcdir_)/test/all.sh

.PHONY: unit unit-binaries tap doc-check pure reference deb bench demo site test test-clients test-all
