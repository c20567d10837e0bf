/* write/html/portal_index: orders and counts that pages share, made once. */
#include "write/html/portal_int.h"

#include <assert.h>
#include <stdlib.h>

#include "form/table/cells.h"
#include "form/table/steering.h"

bool record_has_page(const struct portal *p, const struct record *r)
{
    /* A second record with an id that is taken was reported; the first has the page. */
    return r->id.n > 0 && !r->type->is_part && r != p->model->workspace &&
           model_find(p->model, r->id) == r;
}

bool type_has_register(const struct portal *p, const struct type_def *t)
{
    return p->registers[t->number] != NULL;
}

static void open_registers(struct portal *p, struct arena *a)
{
    const struct schema *s = p->model->schema;
    p->registers = NEW_ARRAY(a, struct register_view *, s->type_count);
    for (size_t t = 0; t < s->type_count; t++)
        if (!s->types[t]->is_part && t != TYPE_WORKSPACE && p->model->by_type[t].count > 0)
            p->registers[t] = register_open(a, p->model, s->types[t]);
}

static bool is_known_group(const struct portal *p, str group)
{
    for (size_t g = 0; g < p->group_count; g++)
        if (str_eq(p->groups[g], group))
            return true;
    return false;
}

static void index_groups(struct portal *p, struct arena *a)
{
    const struct schema *s = p->model->schema;
    p->groups = NEW_ARRAY(a, str, s->type_count + 1);
    for (size_t t = 0; t < s->type_count; t++)
        if (p->registers[t] != NULL && s->types[t]->group.n > 0 &&
            !is_known_group(p, s->types[t]->group))
            p->groups[p->group_count++] = s->types[t]->group;
    p->groups[p->group_count++] = S("");
}

/* -- A to Z ---------------------------------------------------------------------------- */

static int letter_of(str key)
{
    char c = key.n > 0 ? ascii_lower(key.p[0]) : ' ';
    if (c >= 'a' && c <= 'z')
        return c - 'a';
    return ascii_is_digit(c) ? LETTER_DIGIT : LETTER_OTHER;
}

static int by_title(const void *one, const void *other)
{
    const struct titled *x = one, *y = other;
    if (x->letter != y->letter)
        return x->letter < y->letter ? -1 : 1;
    int order = str_cmp(x->key, y->key);
    if (order == 0)
        order = str_cmp_natural(x->record->id, y->record->id);
    return order != 0 ? order : (x->report > y->report) - (x->report < y->report);
}

/* What is made from a record stands behind it: their keys are alike, and the order of reports is
 * that of reports.def. */
static void add_titled(struct portal *p, struct arena *a, const struct record *r,
                       const struct report_def *report)
{
    str key = sort_key_natural(a, r->title.n > 0 ? r->title : r->id);
    PUSH(a, p->titled, p->titled_count, p->titled_cap, struct titled) =
        (struct titled){r, report, key, letter_of(key)};
}

static void index_titles(struct portal *p, struct arena *a)
{
    p->reports = reports_of(a, p->model);
    for (size_t i = 0; i < p->model->all.count; i++) {
        const struct record *r = p->model->all.items[i];
        if (!record_has_page(p, r))
            continue;
        add_titled(p, a, r, NULL);
        for (size_t k = 0; k < report_count(); k++)
            if (report_is_there(p->reports, report_at(k), r)) {
                add_titled(p, a, r, report_at(k));
                p->has_reports = true;
            }
    }
    if (p->titled_count != 0)
        qsort(p->titled, p->titled_count, sizeof *p->titled, by_title);
}

/* -- Documents ------------------------------------------------------------------------- */

static long long kind_of(const struct record *r)
{
    return rec_int(r, DOCUMENT_KIND, -1);
}

static int by_kind(const void *one, const void *other)
{
    const struct record *x = *(const struct record *const *)one;
    const struct record *y = *(const struct record *const *)other;
    if (kind_of(x) != kind_of(y))
        return kind_of(x) < kind_of(y) ? -1 : 1;
    return x->number < y->number ? -1 : x->number > y->number;
}

static void index_kinds(struct portal *p, struct arena *a)
{
    const struct record_list *documents = model_list(p->model, TYPE_DOCUMENT);
    p->by_kind = NEW_ARRAY(a, const struct record *, documents->count + 1);
    p->kind_place = NEW_ARRAY(a, size_t, documents->count + 1);
    for (size_t i = 0; i < documents->count; i++)
        p->by_kind[i] = documents->items[i];
    qsort(p->by_kind, documents->count, sizeof *p->by_kind, by_kind);
    for (size_t i = 0; i < documents->count; i++)
        p->kind_place[p->by_kind[i]->number] = i;
}

/* Keeps the few latest in order; a later document of the same day stays behind. */
static void index_recent(struct portal *p)
{
    const struct record_list *documents = model_list(p->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < documents->count; i++) {
        const struct record *r = documents->items[i];
        date day = rec_date(r, DOCUMENT_VERSION_DATE);
        if (day == DATE_NONE || !record_has_page(p, r))
            continue;
        size_t at = p->recent_count;
        while (at > 0 && rec_date(p->recent[at - 1], DOCUMENT_VERSION_DATE) < day)
            at--;
        if (at == RECENT_MAX)
            continue;
        if (p->recent_count < RECENT_MAX)
            p->recent_count++;
        for (size_t j = p->recent_count - 1; j > at; j--)
            p->recent[j] = p->recent[j - 1];
        p->recent[at] = r;
    }
}

/* -- What is due ----------------------------------------------------------------------- */

/* Of those that have a page. */
static void index_overdue(struct portal *p, struct arena *a)
{
    struct due_run all = overdue_reviews(a, p->model);
    for (size_t i = 0; i < all.count; i++)
        if (record_has_page(p, all.items[i]->record))
            all.items[p->overdue.count++] = all.items[i];
    p->overdue.items = all.items;
}

/* Whoever has a page of their own. */
static void index_people(struct portal *p, struct arena *a)
{
    p->people = NEW_ARRAY(a, const struct record *, p->titled_count + 1);
    for (size_t i = 0; i < p->titled_count; i++)
        if (part_is_there(p->model, p->titled[i].record))
            p->people[p->people_count++] = p->titled[i].record;
}

static size_t count_open(const struct model *m, enum type_id type, enum field_id done)
{
    const struct record_list *list = model_list(m, type);
    size_t open = 0;
    for (size_t i = 0; i < list->count; i++)
        open += !rec_is_over(list->items[i]) &&
                (done == FIELD_COUNT || rec_lacks(list->items[i], done));
    return open;
}

static void count_facts(struct portal *p)
{
    const struct record_list *documents = model_list(p->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < documents->count; i++) {
        p->facts.documents += !rec_is_over(documents->items[i]);
        p->facts.approved +=
            str_eq(rec_text(documents->items[i], DOCUMENT_STATUS), S("approved"));
    }
    p->facts.overdue = p->overdue.count;
    p->facts.open_actions = count_open(p->model, TYPE_ACTION, ACTION_DONE_ON);
    p->facts.open_findings = count_open(p->model, TYPE_FINDING, FIELD_COUNT);
}

void portal_index(struct portal *p, struct arena *a)
{
    open_registers(p, a);
    index_groups(p, a);
    index_titles(p, a);
    index_kinds(p, a);
    index_recent(p);
    index_overdue(p, a);
    index_people(p, a);
    count_facts(p);
}
