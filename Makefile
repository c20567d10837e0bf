# continuo: `make site` builds the program and the example, `make test` proves them. `make help` lists the rest.
# Modes live in folders of their own under .build/: make MODE=san, MODE=clang, …

MODE   ?= release
OUT    := .build/$(MODE)
BIN    := $(OUT)/continuo

PKGS   := libcmark-gfm yaml-0.1 libcrypto jansson libcgraph libgvc harfbuzz harfbuzz-subset fribidi libpng libjpeg zlib
GVDIR  := $(shell pkg-config --variable=libdir libgvc 2>/dev/null)/graphviz
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wvla -Wstrict-prototypes -Wmissing-prototypes -Werror
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
FLAGS.release := -O2 -g $(HARDEN)
FLAGS.clang   := -O2 -g $(HARDEN)
FLAGS.san     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -DARENA_DEBUG -DSTRESS
CC.clang      := clang
CC     := $(or $(CC.$(MODE)),gcc)
CFLAGS += -std=c17 -D_POSIX_C_SOURCE=200809L $(WARN) $(FLAGS.$(MODE)) -Isrc -MMD -MP $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
LDFLAGS += $(filter -fsanitize=%,$(FLAGS.$(MODE))) -pie -Wl,-z,relro,-z,now -L$(GVDIR) -Wl,-rpath,$(GVDIR)
LDLIBS += $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcmark-gfm-extensions -lcsv -lhpdf -lhyphen -lgvplugin_dot_layout -lgvplugin_core -lcdt -lm

obj    = $(patsubst %.c,$(OUT)/%.o,$(1))
LIB   := $(call obj,$(sort $(shell find src -name '*.c' ! -name main.c)))
UNIT  := $(call obj,$(sort $(wildcard tests/unit/*.c)))

all: $(BIN) ## build the program as .build/continuo
	@ln -sfn $(MODE)/continuo .build/continuo

$(BIN): $(call obj,src/main.c) $(LIB)
$(OUT)/unit: $(UNIT) $(LIB)
$(OUT)/unit: LDLIBS += -lcmocka
$(OUT)/tidy: $(call obj,tests/tidy.c)
$(OUT)/run: $(call obj,tests/run.c)
$(BIN) $(OUT)/unit $(OUT)/tidy $(OUT)/run:
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)
$(OUT)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -c -o $@ $<

.PHONY: all
-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
