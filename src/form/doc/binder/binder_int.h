/* form/doc/binder/binder_int: what the steps of putting a binder together share. */
#ifndef FORM_DOC_BINDER_BINDER_INT_H
#define FORM_DOC_BINDER_BINDER_INT_H

#include "form/doc/binder/binder.h"
#include "form/doc/doc_int.h"
#include "model/paper.h"

struct chosen {
    const struct record **items; /* live ones, in order of ids */
    size_t count, cap;
};

struct binding {
    struct arena *arena;
    struct diags *diags;
    const struct doc_world *world;
    const struct model *model;
    const struct binder_wish *wish;
    struct chosen only; /* what the binder is narrowed to, as far as this copy has it */
    bool is_whole;      /* it is narrowed to nothing */
    struct chosen plans, teams, roles, sites, losses;
    struct papers papers; /* its numbered copies */
    const struct binder_tab *tabs;
    size_t tab_count;
    struct map sections; /* anchors of the sections that it has */
    struct tmap *data;
    struct doc *doc;
    struct lose *lose; /* shared by its sections */
};

/* choose.c */
void binder_choose(struct binding *b);

/* data.c: what templates see; of each tab the forms are its own (binder_put_forms). */
void binder_fill(struct binding *b);
void binder_put_forms(struct binding *b, const struct record *tab);
struct tval binder_data(struct binding *b);
str binder_version(const struct binding *b);

/* tabs.c: the tabs of the record, or those of a binder that names none. */
struct binder_tab {
    str mark, title;
    const str *sections;
    size_t section_count;
    const struct record *record; /* NULL: of tabs.def */
};
const struct binder_tab *binder_tabs(struct arena *a, const struct record *binder, size_t *count);
str binder_section_title(str key);     /* "": there is no such section */
str binder_section_key(size_t number); /* in order; "": there are no more */
/* Its pages are taken out one by one: each begins a sheet, and so does what follows. */
bool binder_section_is_sheets(str key);
/* Of what stands at that place in that tab, both from 0: marks may be alike, and the same may
 * stand in two places. "tab-3-1" */
str binder_anchor(struct arena *a, size_t tab, size_t item);
/* Is it printed whole: what was withdrawn or superseded is named only. NULL: not in this copy. */
bool binder_prints(const struct record *document);

/* binder.c: what follows begins a page, on the right: a sheet. */
void binder_break(struct binding *b, bool is_right);

/* index.c: where each record of the binder has its own place. */
void binder_index(struct binding *b);

#endif
