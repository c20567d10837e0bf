/* form/doc/reports: packs and reports that are made from one record and a template. */
#include "form/doc/reports.h"

#include "base/hash.h"
#include "base/path.h"
#include "check/rules.h"
#include "form/doc/doc_int.h"
#include "form/doc/report.h"
#include "form/doc/report_int.h"
#include "form/doc/report_template.h"
#include "form/table/cells.h"
#include "model/classes.h"
#include "model/meetings.h"
#include "model/practice.h"

/* -- Which there are ------------------------------------------------------------------------- */

static bool always(const struct model *m, const struct record *r)
{
    (void)m;
    return r != NULL;
}

/* Nobody reports what lies after the as-of date. */
static bool happened(const struct model *m, const struct record *r)
{
    (void)m;
    return !r->is_later;
}

static bool held(const struct model *m, const struct record *r)
{
    (void)m;
    return rec_has(r, EXERCISE_HELD);
}

static bool to_be_held(const struct model *m, const struct record *r)
{
    (void)m;
    return exercise_is_to_come(r);
}

/* Only the next one of its kind: until those after it, all that they would say will change. */
static bool next_met(const struct model *m, const struct record *r)
{
    return meeting_is_to_come(m, r);
}

static const struct report_def report[] = {
#define REPORT(key, TYPE, folder, ending, title, when)                                             \
    {S_INIT(key), S_INIT(folder), S_INIT(ending), S_INIT(title), TYPE_##TYPE, when},
#include "form/doc/reports.def"
};

size_t report_count(void)
{
    return COUNT_OF(report);
}

const struct report_def *report_at(size_t index)
{
    return &report[index];
}

struct reports {
    const bool *there[COUNT_OF(report)]; /* by number of the record */
};

static bool is_before(const struct record *one, const struct record *other)
{
    date a = rec_date(one, MEETING_DATE), b = rec_date(other, MEETING_DATE);
    return a != b ? a < b : one->number < other->number;
}

/* Of each kind the first; one without a kind is a kind of its own. */
static void keep_next(struct arena *a, const struct model *m, bool *there)
{
    const struct record_list *list = model_list(m, TYPE_MEETING);
    const struct type_def *t = m->schema->types[TYPE_MEETING];
    size_t kinds = t->fields[schema_slot(t, MEETING_KIND)].word_count;
    const struct record **next = NEW_ARRAY(a, const struct record *, kinds + 1);
    for (size_t i = 0; i < list->count; i++) {
        const struct record **first =
            &next[rec_int(list->items[i], MEETING_KIND, (long long)kinds)];
        if (there[i] && (*first == NULL || is_before(list->items[i], *first)))
            *first = list->items[i];
        there[i] = false;
    }
    for (size_t k = 0; k <= kinds; k++)
        if (next[k] != NULL)
            there[next[k]->number] = true;
}

static const bool *find_there(struct arena *a, const struct model *m, const struct report_def *def)
{
    const struct record_list *list = model_list(m, def->type);
    bool *there = NEW_ARRAY(a, bool, list->count + 1);
    for (size_t i = 0; i < list->count; i++)
        there[i] =
            !str_eq(rec_status(list->items[i]), S("withdrawn")) && def->when(m, list->items[i]);
    if (def->when == next_met)
        keep_next(a, m, there);
    return there;
}

const struct reports *reports_of(struct arena *a, const struct model *m)
{
    struct reports *all = NEW(a, struct reports);
    for (size_t i = 0; i < report_count(); i++)
        all->there[i] = find_there(a, m, &report[i]);
    return all;
}

bool report_is_there(const struct reports *all, const struct report_def *def,
                     const struct record *r)
{
    return r->type->number == def->type && all->there[def - report][r->number];
}

str report_path(struct arena *a, const struct report_def *def, const struct record *r)
{
    return str_fmt(a, STR_FMT "/" STR_FMT STR_FMT, STR_ARG(def->folder),
                   STR_ARG(path_slug(a, r->id)), STR_ARG(def->ending));
}

str report_title(struct arena *a, const struct report_def *def, const struct record *r)
{
    return str_fmt(a, STR_FMT ": " STR_FMT, STR_ARG(def->title),
                   STR_ARG(r->title.n != 0 ? r->title : r->id));
}

/* -- How close it is -------------------------------------------------------------------------- */

static enum class_level higher(enum class_level one, enum class_level other)
{
    return one > other ? one : other;
}

static enum class_level with_link(enum class_level level, const struct record *r)
{
    return r == NULL ? level : higher(level, r->class_level);
}

/* The record with its closer fields, and what it refers to; what refers to it is in tables. */
static enum class_level class_of_subject(const struct record *r)
{
    enum class_level level = r->class_level;
    for (size_t slot = 0; slot < r->type->field_count; slot++) {
        const struct field_def *f = &r->type->fields[slot];
        const struct field_value *v = &r->values[slot];
        if (value_is_shown(v))
            level = higher(level, class_of_field(r, slot));
        if (f->kind != FIELD_REF || v->state != FV_PRESENT)
            continue;
        bool is_many = f->count == FIELD_MANY;
        for (size_t i = 0; i < (is_many ? v->list.count : 1); i++) {
            const struct field_value *item = is_many ? &v->list.items[i] : v;
            level = with_link(level, field_target(item));
        }
    }
    return level;
}

static enum class_level class_of_table(const struct table *t)
{
    enum class_level level = CLASS_PUBLIC;
    for (size_t i = 0; i < t->row_count * t->column_count; i++)
        for (size_t k = 0; k < t->cells[i].count; k++)
            level = with_link(level, t->cells[i].pieces[k].link);
    return level;
}

static enum class_level class_of_tree(const struct md_node *tree)
{
    enum class_level level = CLASS_PUBLIC;
    for (struct md_walk w = md_walk(tree); md_step(&w);)
        if (w.enter) {
            level = with_link(level, w.node->target);
            if (w.node->kind == MD_FORM_TABLE)
                level = higher(level, class_of_table(w.node->table));
        }
    return level;
}

/* -- What proves it ---------------------------------------------------------------------------- */

/* Of its words and the rows of its tables. */
static str hash_of(struct arena *a, str text, const struct md_node *tree)
{
    struct sha256_run run = sha256_begin();
    sha256_add(&run, text);
    for (struct md_walk w = md_walk(tree); md_step(&w);)
        if (w.enter && w.node->kind == MD_FORM_TABLE)
            report_hash_table(a, &run, w.node->table);
    return sha256_hex(a, sha256_end(&run));
}

/* -- Captions ---------------------------------------------------------------------------------- */

/* What the heading above says already is not said again. */
static void drop_captions(struct arena *a, struct md_node *tree)
{
    for (struct md_node *n = tree->first; n != NULL; n = n->next) {
        bool is_below = n->kind == MD_FORM_TABLE && n->prev != NULL && n->prev->kind == MD_HEADING;
        if (!is_below || !str_eq(md_text(a, n->prev), n->table->caption))
            continue;
        struct table *bare = NEW(a, struct table);
        *bare = *n->table;
        bare->caption = S("");
        n->table = bare;
    }
}

/* -- The cover -------------------------------------------------------------------------------- */

static void add_row(struct arena *a, struct table *t, const char *label, struct cell value)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, str_from(label));
    cells[1] = value;
}

static const struct table *cover(struct arena *a, const struct report_parts *parts,
                                 const struct model *m, const struct report_wish *wish,
                                 const struct doc *doc)
{
    static const struct column columns[] = {COLUMN("field", "Field", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    const struct record *r = wish->record;
    struct table *t = table_new(a, S("report-control"), S("Control data"), columns, 2);
    t->head_column = true;
    add_row(
        a, t, "Made from",
        cell_link(a, r,
                  str_fmt(a, STR_FMT ", " STR_FMT, STR_ARG(r->id), STR_ARG(r->type->singular))));
    add_row(a, t, "As of", cell_text(a, date_long(a, parts->as_of)));
    if (parts->as_of < parts->known_until)
        add_row(a, t, "From records up to", cell_text(a, date_long(a, parts->known_until)));
    if (wish->pack != NULL)
        add_row(a, t, "Frozen", cell_field(a, wish->pack, REVIEW_PACK_DATE));
    add_row(a, t, "Edition", cell_text(a, wish->edition.n != 0 ? wish->edition : S("draft")));
    add_row(a, t, "Confidentiality level", cell_text(a, doc->class_));
    add_row(a, t, "Owner", cell_record(a, rec_ref(r, COMMON_OWNER)));
    if (model_is_partial(m))
        add_row(a, t, "Completeness",
                cell_text(a, S("This copy does not hold everything: what is not in it is not in "
                               "this report.")));
    return t;
}

/* -- All of it ------------------------------------------------------------------------------- */

static struct doc *new_doc(struct arena *a, const struct model *m, const struct report_wish *wish)
{
    bool is_draft = wish->edition.n == 0;
    struct doc *doc = NEW(a, struct doc);
    *doc = (struct doc){.record = wish->record,
                        .title = report_title(a, wish->def, wish->record),
                        .code = wish->record->id,
                        .version = wish->edition,
                        .status = is_draft ? S("draft") : S("issued"),
                        .source = S(""),
                        .mark = is_draft ? S("DRAFT") : S(""),
                        .is_report = true,
                        .version_date = m->as_of,
                        .valid_until = S("")};
    doc_put_house(doc, m);
    return doc;
}

static struct tval data_of(struct arena *a, const struct model *m, const struct report_wish *wish)
{
    struct tmap *own = tmap_new(a), *about = tmap_new(a);
    tmap_put(about, S("title"), tval_text(wish->def->title));
    tmap_put(own, S("report"), tmap_value(about));
    tmap_put(own, S("is_partial"), tval_bool(model_is_partial(m)));
    if (wish->record->type->number == TYPE_MANAGEMENT_REVIEW)
        report_review_data(a, m, wish->record, own);
    tmap_put(own, S("is_to_come"),
             tval_bool(wish->record->type->number == TYPE_MEETING &&
                       meeting_is_to_come(m, wish->record)));
    return tval_over(a, own, model_tval(m, wish->record, a));
}

/* -- Hashes ------------------------------------------------------------------------------------ */

/* What is frozen once says by which hash each part can be told. */
static void add_manifest(struct arena *a, const struct report_wish *wish, struct doc *doc,
                         struct md_node *const *blocks, size_t count)
{
    if (!str_eq(wish->def->key, S("review")))
        return;
    report_heading(a, doc->body, 2, S("Annex: hashes"))->id = S("h-annex-hashes");
    report_para(a, doc->body,
                S("Of the words in each cell, with tabs between cells and a line end behind each "
                  "row, then the note of the table."));
    report_form_table(a, doc->body, report_manifest(a, blocks, count));
}

/* -- From the records ------------------------------------------------------------------------- */

static struct doc *from_records(struct arena *a, struct diags *d, const struct doc_world *world,
                                const struct report_wish *wish, struct report_parts *parts)
{
    struct report_wish then = *wish;
    struct doc_world there = report_world(a, d, world, &then);
    const struct model *m = there.model;
    struct doc *doc = new_doc(a, m, &then);
    size_t count;
    doc->body =
        report_template(a, d, wish->place, wish->def->key, data_of(a, m, &then), &doc->text);
    if (doc->body == NULL)
        return NULL;
    struct doc_pass p = {.arena = a, .diags = d, .world = &there, .doc = doc};
    struct md_node **blocks = report_blocks(a, doc->body, &count);
    doc_directives(&p);
    doc->hash = hash_of(a, doc->text, doc->body);
    add_manifest(a, wish, doc, blocks, count);
    doc_headings(&p);
    doc_links(&p);
    if (m != world->model)
        report_relink(a, world->model, doc);
    *parts =
        (struct report_parts){.text = doc->text, .as_of = m->as_of, .known_until = m->known_until};
    report_take_apart(a, blocks, count, parts);
    drop_captions(a, doc->body);
    return doc;
}

/* -- As it was frozen -------------------------------------------------------------------------- */

static void add_since(struct arena *a, const struct model *m, struct doc *doc,
                      const struct report_wish *wish, const struct report_parts *now)
{
    report_heading(a, doc->body, 2, S("Recorded after the review"))->id = S("h-recorded-after");
    report_para(a, doc->body,
                str_fmt(a,
                        "All above is as it was frozen on " STR_FMT ". Of the same day the records "
                        "say now:",
                        STR_ARG(date_long(a, rec_date(wish->pack, REVIEW_PACK_DATE)))));
    report_form_table(a, doc->body, report_since(a, m, wish->frozen, now));
}

static struct doc *from_frozen(struct arena *a, struct diags *d, const struct doc_world *world,
                               const struct report_wish *wish, const struct report_parts *now)
{
    const struct report_parts *then = wish->frozen;
    struct doc *doc = new_doc(a, world->model, wish);
    size_t count;
    doc->version_date = then->as_of;
    doc->text = then->text;
    doc->body = md_parse(a, d, then->text,
                         diags_source(d, str_fmt(a, STR_FMT " (frozen)", STR_ARG(wish->record->id)),
                                      then->text),
                         0, NULL);
    struct doc_pass p = {
        .arena = a, .diags = d, .world = world, .doc = doc, .is_frozen = true};
    struct md_node **blocks = report_blocks(a, doc->body, &count);
    if (count != then->count) {
        diag(d, CHECK_RULE(FROZEN), rec_value(wish->pack, REVIEW_PACK_FILES)->span,
             "the text of the frozen pack of '" STR_FMT "' asks for %zu blocks, and it holds %zu",
             STR_ARG(wish->record->id), count, then->count);
        return NULL; /* what is missing would be filled with what the records say now */
    }
    report_put_together(a, blocks, count, then);
    doc->hash = hash_of(a, doc->text, doc->body);
    add_manifest(a, wish, doc, blocks, count);
    add_since(a, world->model, doc, wish, now);
    doc_directives(&p); /* layout */
    drop_captions(a, doc->body);
    doc_headings(&p);
    doc_links(&p);
    return doc;
}

struct doc *doc_report(struct arena *a, struct diags *d, const struct doc_world *world,
                       const struct report_wish *wish, struct report_parts *parts)
{
    struct report_parts now;
    struct doc *doc = from_records(a, d, world, wish, &now);
    if (doc != NULL && wish->frozen != NULL)
        doc = from_frozen(a, d, world, wish, &now);
    if (doc == NULL)
        return NULL;
    doc->class_ = class_word(higher(class_of_subject(wish->record), class_of_tree(doc->body)));
    doc->cover = cover(a, wish->frozen != NULL ? wish->frozen : &now, world->model, wish, doc);
    if (parts != NULL)
        *parts = now;
    return doc;
}
