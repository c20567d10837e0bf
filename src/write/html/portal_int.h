/* write/html/portal_int: what the pages of the portal share. */
#ifndef WRITE_HTML_PORTAL_INT_H
#define WRITE_HTML_PORTAL_INT_H

#include "base/map.h"
#include "form/doc/reports.h"
#include "form/table/lists.h"
#include "form/table/due.h"
#include "form/table/lose/lose.h"
#include "form/table/part.h"
#include "form/table/register.h"
#include "text/mustache.h"
#include "write/html/html.h"
#include "write/html/portal.h"

/* What a page shows of a list that may be long. The page stays light and the
 * whole build linear; a link leads to the rest. */
enum {
    NEAR_LINKS_MAX = 15,       /* brothers and sisters in the side column */
    PARTS_MAX = 40,            /* of a list in several parts, those to which each leads */
    PARTS_AROUND = 8,          /* with more of them, those before and behind */
    USED_ROWS_MAX = 40,        /* where a record is used, for each type */
    REGISTER_ROWS_MAX = 500,   /* rows of a register on one page, and all their cells: */
    REGISTER_CELLS_MAX = 3000, /* about 250 KB of HTML */
    INDEX_ENTRIES_MAX = 400,   /* names on one page of A to Z, or on the page of all */
    OVERDUE_ROWS_MAX = 50,
    FINDINGS_ROWS_MAX = 250,   /* findings on one page */
    REPORTS_SHOWN_MAX = 100,   /* of one kind, on the page of all */
    LOSE_SUBJECTS_MAX = 350,   /* of "if we lose …", the worst */
    RACI_COLUMNS_MAX = 60,     /* the activity and its roles, side by side */
    CALENDAR_ROWS_MAX = 350,   /* things that fall due, on the page of all months */
    STAFF_PEOPLE_MAX = 150,    /* everybody, on the page for staff */
    RECENT_MAX = 5,
};

/* Entries of the menu. */
enum door {
    DOOR_NONE,
    DOOR_HOME,
    DOOR_CRISIS,
    DOOR_STAFF,
    DOOR_MANAGE,
    DOOR_AUDIT,
    DOOR_INDEX,
    DOOR_HELP,
    DOOR_COUNT
};

enum page_kind {
#define PAGE(NAME, template, door, above, path, title) PAGE_##NAME,
#define PAGES(NAME, template, door, above) PAGE_##NAME,
#include "write/html/pages.def"
    PAGE_KIND_COUNT
};

/* One page that is to be made. */
struct page_ref {
    enum page_kind kind;
    str path;
    const struct record *record; /* PAGE_DOCUMENT, PAGE_RECORD, PAGE_LOSE,
                                    PAGE_FLOW_DOWN, PAGE_REPORT, PAGE_PART */
    const struct doc *doc;       /* PAGE_DOCUMENT, PAGE_REPORT */
    const struct report_def *report; /* PAGE_REPORT */
    const struct type_def *type; /* PAGE_REGISTER */
    const struct change *change;         /* PAGE_CHANGED_DOCUMENT */
    const struct change_list *changed;   /* PAGE_CHANGED_TYPE */
    size_t from, count;          /* the run of rows, names or findings: PAGE_REGISTER, PAGE_INDEX,
                                    PAGE_FINDINGS, PAGE_PEOPLE */
    size_t clause;               /* PAGE_CLAUSE: its place in the catalogue */
};

/* A name in the order of A to Z. */
struct titled {
    const struct record *record;
    const struct report_def *report; /* made from the record; NULL: its own page */
    str key;
    int letter; /* 0 to 25; LETTER_DIGIT, LETTER_OTHER */
};
enum { LETTER_DIGIT = 26, LETTER_OTHER, LETTER_COUNT };

/* What the home page counts. */
struct facts {
    size_t documents, approved, overdue, open_actions, open_findings;
};

struct portal {
    struct portal_world world;
    const struct model *model;
    str organisation, language;
    struct map templates;                     /* by name */
    str card_style;                           /* hash of the style sheet inside the card */
    const struct template *template_of[PAGE_KIND_COUNT];
    struct register_view **registers;         /* by type number; NULL: nothing recorded */
    struct page_ref *pages;
    size_t page_count, page_cap;
    struct titled *titled;                    /* in the order of A to Z */
    size_t titled_count, titled_cap;
    const struct reports *reports; /* which there are */
    bool has_reports;
    const struct record **by_kind;            /* documents by kind, then by code */
    size_t *kind_place;                       /* a document's place in it, by record->number */
    const struct record *recent[RECENT_MAX];  /* documents, latest version first */
    size_t recent_count;
    struct due_run overdue;                   /* reviews that are, by day */
    str *groups;                              /* of registers, in order; "" for the rest is last */
    size_t group_count;
    struct facts facts;
    const struct record **people;             /* roles and persons, in the order of A to Z */
    size_t people_count;
    struct parts *parts;                      /* asked by one page after the other */
    struct lose *lose; /* asked by one page after the other; NULL: nothing can stop */
};

/* A page while it is made. */
struct page {
    const struct portal *portal;
    const struct page_ref *ref;
    const struct model *model;
    struct arena *arena;
    struct diags *diags;
    struct html_context context;
    struct tmap *data;
    str title;
};

/* For template_loader: self is the map of compiled templates. */
const struct template *portal_find_template(void *self, str name);
/* "../" for each folder that the page is in. */
str portal_root(struct arena *a, str path);

/* -- Data for templates (page.c) ------------------------------------------------------- */

/* A list on its way into a template, and how long it is. */
struct items {
    struct tlist *list;
    size_t count;
};
struct items items_new(struct page *pg);
/* Adds a map to the list, ready to be filled. */
struct tmap *items_add(struct page *pg, struct items *l);
/* The commonest item: href, label and aside (which may be empty). */
struct tmap *items_add_link(struct page *pg, struct items *l, str href, str label, str aside);

str id_and_type(struct arena *a, const struct record *r); /* "SUP-004 · Supplier" */

void put_text(struct tmap *m, str name, str text);
void put_flag(struct tmap *m, str name, bool yes);
void put_nothing(struct tmap *m, str name);
/* Puts the list as `name`, and whether it has items as `has_NAME`. */
void put_items(struct page *pg, struct tmap *m, str name, const struct items *l);
void put_markup(struct tmap *m, str name, const struct buf *markup);

/* Links relative to the page; empty when there is no such page. */
str page_link(const struct page *pg, str path);
str page_link_record(const struct page *pg, const struct record *r);
str page_link_register(const struct page *pg, const struct type_def *t);
/* "tel:+442079460100", or empty when the text holds no number. */
str link_of_phone(struct arena *a, str text);

/* Of many parts of a list each leads to the first, the last and those around it: hundreds of
 * links on hundreds of pages are too many for both. Counted from 0. */
bool page_shows_part(size_t part, size_t here, size_t count);

/* As many rows as keep the page light; the data file has all. */
const struct table *page_first_rows(struct page *pg, const struct table *t);

/* Markup made by our writers, put as `name`. */
void put_tree(struct page *pg, struct tmap *m, str name, const struct md_node *root);
void put_table(struct page *pg, struct tmap *m, str name, const struct table *t,
               const char *css_class);
/* A table of labels and values as a list of terms; rows without a value are left out. */
void put_fields(struct page *pg, struct tmap *m, str name, const struct table *t);
/* Text, links and chips, outside a table. */
void put_cell(struct page *pg, struct tmap *m, str name, const struct cell *cell);
/* One field as text, link or chip; puts nothing when it is absent. */
void put_field(struct page *pg, struct tmap *m, str name, const struct record *r,
               enum field_id field);
void put_drawing(struct page *pg, struct tmap *m, str name, const struct drawing *d);

/* The frame around every page: head, menu, state of the copy, footer. */
void page_frame(struct page *pg);

/* -- Where am I (nav.c) ---------------------------------------------------------------- */

/* The way from home to this page, and what stands beside it. */
void nav_fill(struct page *pg);
/* A register's page that holds row `row`. */
str register_path(struct arena *a, const struct type_def *t, size_t part);
size_t register_rows_per_page(const struct register_view *v);
const char *letter_name(int letter);
str kind_heading(struct arena *a, str kind); /* "Plan documents" */

/* -- What the parent prepares (portal_index.c) ----------------------------------------- */

void portal_index(struct portal *p, struct arena *a);
bool portal_has_kind(const struct portal *p, enum page_kind kind);
/* The same by its path; of a page that is no row of its own it says yes. */
bool portal_has_path(const struct portal *p, str path);
bool record_has_page(const struct portal *p, const struct record *r);
bool type_has_register(const struct portal *p, const struct type_def *t);

/* A row of pages.def; path and title are empty where there are many of the kind. */
struct page_def {
    str template, path, title;
    enum door door;
    enum page_kind above;
    void (*fill)(struct page *pg);
};
const struct page_def *page_def_of(enum page_kind kind);

/* -- One function for each row of pages.def -------------------------------------------- */

#define PAGE(NAME, template, door, above, path, title) void fill_##NAME(struct page *pg);
#define PAGES(NAME, template, door, above) void fill_##NAME(struct page *pg);
#include "write/html/pages.def"

/* Every list of the group, cut to what a page can hold (page_analysis.c). */
void put_lists(struct page *pg, enum list_group group);
/* A link to the sheet of a supplier that has one; nothing else. */
void put_flow_down(struct page *pg);

/* Packs and reports (page_report.c): of the record of the page, and the page of all of them;
 * nothing where there is none. */
void put_reports(struct page *pg);
/* Tables that are worked out about the record of the page. */
void add_record_tables(struct page *pg, struct items *sections);
str page_link_report(struct page *pg, const struct report_def *def, const struct record *r);
/* Everybody with a page of their own, or where they all are (page_people.c). */
void put_people(struct page *pg);
/* A link to the page of a role or person; nothing else. */
void put_own_part(struct page *pg);
str people_path(struct arena *a, size_t part);

/* Links to "If we lose it", and to all such pages; nothing where there is none (page_lose.c). */
void put_loss(struct page *pg);
void put_losses(struct page *pg);

/* What several of them show (page_doors.c). */
void put_facts(struct page *pg);
void put_link(struct page *pg, str name, str href, str label);
/* A link to the register of a type that has more than `shown`, else nothing. */
void put_rest(struct page *pg, str name, enum type_id type, size_t shown, str label);
void put_numbers(struct page *pg);
void put_contact(struct page *pg);
void put_sites(struct page *pg);
/* What the checks found about the record of the page, and about what a role, or the roles of
 * a person, own; how much they found in all, with a link (page_findings.c). Puts nothing into
 * a copy that was not judged. */
void put_findings(struct page *pg);
void put_findings_count(struct page *pg);
void add_findings_starts(struct page *pg, struct items *starts);
str findings_path(struct arena *a, size_t part);
/* A link to what changed, in all or in the document of the page (page_changes.c). */
void put_changes_link(struct page *pg, str name);
/* Maps and charts (page_map.c): links to all, the one of a type, that of a record. */
void put_map_link(struct page *pg, str name, const struct type_def *type);
void put_record_map(struct page *pg);
/* The contents of an assembled document beside its text (page_record.c). */
void put_contents(struct page *pg, const struct doc *doc);
/* Its PDF; empty where only HTML is made (page_record.c). */
str page_link_form(const struct page *pg, const struct record *form);
/* Its PDF; "" where none is made. */
str page_link_binder(const struct page *pg, const struct record *binder);
/* The text of a plan where there is one, else its record. */
str page_link_plan(struct page *pg, const struct record *plan);

#endif
