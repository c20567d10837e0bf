/* model: one graph of records and documents.
 *
 * load/ fills it, model_link joins the references both ways, check/ reports
 * what is wrong with it, derive/ adds facts; after that it is passed as const.
 * Everything in it lives in the site arena.
 *
 * A document is a record of type `document` with a body. A part (a map inside
 * a record) is a record without an id whose `whole` is the record around it. */
#ifndef MODEL_H
#define MODEL_H

#include "base/date.h"
#include "base/diag.h"
#include "base/duration.h"
#include "model/schema.h"
#include "text/tval.h"

enum value_state {
    FV_ABSENT,   /* not written, or written empty */
    FV_BROKEN,   /* written, but not what the field asks for; text says what */
    FV_UNKNOWN,  /* written over on a day after the as-of date (model/later): what it said before
                    is not known; text is "unknown" */
    FV_PRESENT,
    FV_WITHHELD, /* not in this copy (model/classes): of a reference, text is the id as written;
                    of a whole field it is empty, and whether it was filled in cannot be seen */
};

/* One value of a field. A FIELD_MANY field holds its values in `list`. */
struct field_value {
    enum value_state state;
    struct span span;
    str text;                 /* as written (of one value) */
    union {
        long long number;     /* INT, BOOL, ENUM (place in words), MOMENT (minutes) */
        double decimal;       /* FIELD_NUMBER */
        date day;             /* FIELD_DATE */
        duration minutes;     /* FIELD_DURATION */
        struct record *record; /* FIELD_REF: NULL until linked, or unknown; FIELD_PART */
        struct {
            struct field_value *items;
            size_t count;
        } list;
    };
};

struct backlink {
    const struct record *from;      /* the record, never a part */
    const struct field_def *field;  /* through which, perhaps of a part inside it */
};

struct document {
    str body;          /* Markdown, after the front matter */
    size_t body_off;   /* where it begins in the source */
    str path;          /* below content/: "documents/plans/bcp-001.md" */
    str files;         /* "", or the folder that holds its pictures as they were approved */
};

struct record {
    const struct type_def *type;
    str id;                     /* "" when missing, and in parts */
    str title;
    struct span span;           /* where it begins */
    struct span id_span;
    struct field_value *values; /* type->field_count of them */
    struct unknown_field {
        str key;
        struct span span;
    } *unknown;                 /* keys that the type does not have, or derives itself */
    size_t unknown_count, unknown_cap;
    const struct record *whole; /* of a part; NULL else */
    struct backlink *back;      /* who refers to it, in order of loading, each once per field */
    size_t back_count, back_cap;
    const struct document *document; /* NULL for other records */
    const struct lifecycle *life;    /* of a document, once derived; model/lifecycle.h */
    size_t number;              /* place in its type's list */
    enum class_level class_level; /* what it is, written or not; not for parts */
    bool is_later; /* of a day after the as-of date, and of no account yet; model/later.h */
};

struct record_list {
    struct record **items;
    size_t count, cap;
};

struct model {
    struct arena *arena;
    struct schema *schema;
    struct record_list *by_type; /* schema->type_count lists, in order of id */
    struct record_list all;      /* top-level records in order of loading */
    struct map by_id;            /* first come */
    struct map by_path;          /* documents, by document->path */
    struct map later;            /* by id, documents by path, too: records of days after the as-of
                                    date, which are in none of the lists (model_look_back) */
    struct map files;            /* path → struct model_file: what approvals name */
    struct record *workspace;    /* content/continuo.yaml; never NULL */
    date as_of;
    date known_until; /* the content's own day: what it says was done after that is a slip (X6) */
    size_t later_count; /* dates of the days between the two; they do not count (model/later.h) */
    enum class_level clearance;  /* CLASS_RESTRICTED: everything is in it */
    const struct record *bia_method; /* once linked; model/impact.h */
    const struct recovery *recovery; /* once derived; model/recovery.h */
    const struct check_results *results; /* once judged; check/check.h. NULL in a copy that does
                                            not hold everything: it tells of no finding */
    const struct evidence *evidence; /* once derived; model/evidence.h */
    const struct review_facts *reviews; /* once derived; model/review.h */
    const struct figures *figures; /* once derived, not of the past; model/figures.h */
    const struct due *due; /* once derived; model/due.h */
};

/* Some records or fields may be missing: then nothing can be said about what an
 * unknown id means, or about who refers to a record. */
static inline bool model_is_partial(const struct model *m)
{
    return m->clearance < CLASS_RESTRICTED;
}
/* A file that an approval binds, as it is now. */
struct model_file {
    bool is_there;               /* and can be read */
    str sha256;                  /* 64 hexadecimal digits; "" when it is not there */
    str bytes;                   /* of a signature; else empty */
};

struct model *model_new(struct arena *a);
/* One that shares the schema of another, open. */
struct model *model_new_of(struct arena *a, struct schema *schema);
/* After types.yaml is in: makes the lists. */
void model_open(struct model *m);
struct record *record_new(struct model *m, const struct type_def *type, struct span span);
/* Puts a filled record in; a second one with an id that is taken is kept in
 * `all` and in its list (the check reports it), but not found by id. */
void model_add(struct model *m, struct record *r);
/* Before model_link: what `with` holds now stands in r's place; r keeps its id. */
void model_exchange(struct record *r, const struct record *with);
/* Before model_link: takes records that are of a later day (is_later) out, to m->later. */
void model_leave_out_later(struct model *m);
/* Sorts the lists by id, resolves every reference, collects back-links. */
void model_link(struct model *m);

/* Fills a derived field before model_link; `span` is where the value comes from. */
void rec_derive(struct record *r, enum field_id field, struct field_value value);

/* After the checks, before anything is made: takes out what is never published,
 * private phone numbers. No writer can leak what is not there. */
void model_withhold(struct model *m);

struct record *model_find(const struct model *m, str id); /* NULL: absent */
/* Of an id that is not found: it may be of a record that this copy does not hold, so nobody can
 * say that it is wrong. */
bool model_may_lack(const struct model *m, str id);
const struct record_list *model_list(const struct model *m, enum type_id type);
/* In full: the title of the organisation that the workspace names, else the workspace's own. */
str model_organisation(const struct model *m);

/* Access by built-in field. The record must be of the field's type (asserted);
 * COMMON_ fields fit every record. Absent and broken give the empty value. */
const struct field_value *rec_value(const struct record *r, enum field_id field);
bool rec_has(const struct record *r, enum field_id field);
/* Of any record, whether its type has words of its own for it; "" when absent. */
str rec_status(const struct record *r);
/* Closed, withdrawn or superseded. */
bool rec_is_over(const struct record *r);
/* In use: neither over nor only planned, nor of a later day; what says no status is in use. */
bool rec_is_live(const struct record *r);
/* Neither withdrawn nor of a later day. What is closed may still be evidence. */
bool rec_counts(const struct record *r);
str rec_text(const struct record *r, enum field_id field);
date rec_date(const struct record *r, enum field_id field);
duration rec_duration(const struct record *r, enum field_id field);
long long rec_int(const struct record *r, enum field_id field, long long absent);
bool rec_bool(const struct record *r, enum field_id field);
/* Does the field say one of the words, with '|' between them? A field that is yes or no says so;
 * "" is what any record says. */
bool rec_says(const struct record *r, enum field_id field, str words);
/* FV_BROKEN or FV_UNKNOWN: neither there nor missing. */
bool rec_is_unknown(const struct record *r, enum field_id field);
/* The part of a list that has the last day; of several the last that is written. NULL: none. */
const struct record *rec_newest(const struct record *r, enum field_id parts, enum field_id day);
/* Who refers, when it does so in this field of its own (not of a part in it); NULL else. */
const struct record *backlink_by(const struct backlink *b, enum field_id field);
/* Where one value leads, or the part that it is; NULL: nowhere (X1, X5, X9 say why). */
const struct record *field_target(const struct field_value *v);
/* The same where it leads to a record of this type; NULL else (X11). */
const struct record *field_target_of(const struct field_value *v, enum type_id type);
/* A reference that leads to a record of this type; NULL else. */
const struct record *rec_ref_to(const struct record *r, enum field_id field, enum type_id type);
/* The day of a moment; DATE_NONE. */
date rec_moment_day(const struct record *r, enum field_id moment);
/* The last day on which it was made (a field) or reviewed; DATE_NONE: none, or unknown. */
date rec_last_look(const struct record *r, enum field_id made);
/* A gap: nothing was written. What this copy does not say is neither had nor lacked. */
bool rec_lacks(const struct record *r, enum field_id field);
/* A FIELD_REF or FIELD_PART of one: NULL when absent or unresolved. */
const struct record *rec_ref(const struct record *r, enum field_id field);
/* Items of a FIELD_MANY field; count 0 when absent. */
const struct field_value *rec_items(const struct record *r, enum field_id field, size_t *count);

/* By the as-of date: the day has come, has passed, or did so many months ago. DATE_NONE: no. */
bool model_has_come(const struct model *m, date day);
bool model_is_past(const struct model *m, date day);
bool model_is_months_ago(const struct model *m, date day, long long months);

/* What the records say: no, yes, or nobody can tell any more (rec_is_unknown). */
enum truth { TRUTH_NO, TRUTH_YES, TRUTH_UNKNOWN };

/* Something to show: a value, what was written for one, or an id that leads
 * nowhere in this copy. */
static inline bool value_is_shown(const struct field_value *v)
{
    return v->state != FV_ABSENT && (v->state != FV_WITHHELD || v->text.n != 0);
}

/* "SUP-004 (not in this copy)", for an id that leads nowhere; "not in this
 * copy" for the empty one. */
str text_not_in_copy(struct arena *a, str id);
/* "Suppliers" is "suppliers" inside a sentence; "KPIs" and "IT services" stay as they are. */
str text_inside_sentence(struct arena *a, str name);
/* A word of an enum inside a sentence: "it_recovery" is "it recovery". */
str text_of_word(struct arena *a, str word);

/* How a field reads for people: enum words with blanks, long dates, durations
 * in words, titles of references. Many values are joined by ", ". item_display
 * is for one value out of many. */
str value_display(struct arena *a, const struct field_def *f, const struct field_value *v);
/* A field of a record or part; "" when it says nothing, or there is no record (NULL). */
str rec_display(struct arena *a, const struct record *r, enum field_id field);
str item_display(struct arena *a, const struct field_def *f, const struct field_value *v);
/* As data: ISO dates, short durations, ids. */
str value_data(struct arena *a, const struct field_def *f, const struct field_value *v);

/* Names for templates: {{activity.ACT-001.rto}}, {{role.ROL-003.holder.title}},
 * {{workspace.as_of}}, {{this.version}}. Unknown names are TV_UNKNOWN, empty
 * fields TV_NULL, what is not in this copy TV_WITHHELD. */
struct tval model_tval(const struct model *m, const struct record *this_record, struct arena *a);
/* One record or part as such a template sees it. */
struct tval record_tval(const struct record *r);

/* Where a record's own page is in the output tree: "d/bcp-001.html" for
 * documents, "r/sup-004.html" for all others. */
str record_path(struct arena *a, const struct record *r);
/* Of the register of a type, its first page: "registers/supplier.html". */
str type_path(struct arena *a, const struct type_def *t);

#endif
