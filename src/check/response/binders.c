/* check/response/binders: paper copies and battle boxes (BN1-BN5, BN9). */
#include "check/response/response_int.h"

#include "model/due.h"
#include "model/limits.h"
#include "model/paper.h"
#include "model/readers.h"

/* -- One copy (BN1, BN2, BN3) --------------------------------------------------------------- */

static long long number_of(const struct paper *p)
{
    return rec_int(p->copy, COPY_NO, 0);
}

static void check_version(struct checker *c, const struct record *of, const struct papers *papers,
                          const struct paper *p)
{
    if (p->state == PAPER_RECALLED && p->is_late)
        check_report(c, CHECK_RULE_PAPER_OLD, of, check_place(p->copy, COPY_RECALLED_ON),
                     "copy %lld of '" STR_FMT "' was called back on " STR_FMT " and is still out",
                     number_of(p), STR_ARG(of->id),
                     STR_ARG(check_day_words(c, rec_date(p->copy, COPY_RECALLED_ON))));
    if (p->state != PAPER_OUT || !p->is_old)
        return;
    if (papers->version.n == 0)
        check_report(c, CHECK_RULE_PAPER_OLD, of, check_place(p->copy, COPY_ISSUED_ON),
                     "copy %lld of '" STR_FMT "' is out, but '" STR_FMT "' holds no more",
                     number_of(p), STR_ARG(of->id), STR_ARG(of->id));
    else
        check_report(c, CHECK_RULE_PAPER_OLD, of, check_place(p->copy, COPY_ISSUED_VERSION),
                     "copy %lld of '" STR_FMT "' is of version '" STR_FMT "', but '" STR_FMT
                     "' is in force",
                     number_of(p), STR_ARG(of->id), STR_ARG(rec_text(p->copy, COPY_ISSUED_VERSION)),
                     STR_ARG(papers->version));
}

static void check_receipt(struct checker *c, const struct record *of, const struct paper *p)
{
    if (p->state == PAPER_OUT && p->is_late)
        check_report(c, CHECK_RULE_PAPER_UNCONFIRMED, of, check_place(p->copy, COPY_ISSUED_ON),
                     "nobody has confirmed copy %lld of '" STR_FMT "', issued on " STR_FMT
                     "; that was due within %lld days",
                     number_of(p), STR_ARG(of->id),
                     STR_ARG(check_day_words(c, rec_date(p->copy, COPY_ISSUED_ON))),
                     receipt_days(c->model));
}

static void check_holder(struct checker *c, const struct record *of, const struct paper *p)
{
    const struct record *role = rec_ref_to(p->copy, COPY_HOLDER, TYPE_ROLE);
    const struct record *person = role == NULL ? rec_ref_to(p->copy, COPY_HOLDER, TYPE_PERSON)
                                               : rec_ref_to(role, ROLE_HOLDER, TYPE_PERSON);
    if (p->state != PAPER_OUT || (role == NULL && person == NULL))
        return;
    struct span at = check_place(p->copy, COPY_HOLDER);
    if (person == NULL && !rec_has(role, ROLE_HOLDER))
        check_report(c, CHECK_RULE_PAPER_HOLDER, of, at,
                     "copy %lld of '" STR_FMT "' is with '" STR_FMT "', which nobody holds",
                     number_of(p), STR_ARG(of->id), STR_ARG(role->id));
    else if (person != NULL && !check_is_here(c, person))
        check_report(c, CHECK_RULE_PAPER_HOLDER, of, at,
                     "copy %lld of '" STR_FMT "' is with '" STR_FMT "', who has left", number_of(p),
                     STR_ARG(of->id), STR_ARG(person->id));
}

/* -- All of them in one place (BN4) --------------------------------------------------------- */

/* An activity of each site: what is lost with it. */
static struct check_notes note_sites(struct checker *c)
{
    struct check_notes sites = check_notes_new(c);
    const struct record_list *list = model_list(c->model, TYPE_SITE);
    for (size_t i = 0; i < list->count; i++)
        for (size_t j = 0; j < list->items[i]->back_count; j++) {
            const struct record *from = list->items[i]->back[j].from;
            if (from->type->number == TYPE_ACTIVITY && rec_is_live(from))
                *check_note(sites, list->items[i]) = from;
        }
    return sites;
}

/* Where no place is written, nobody says that it is the same. */
static void check_places(struct checker *c, struct check_notes sites, const struct record *of,
                         const struct papers *papers)
{
    const struct record *site = NULL;
    size_t out = 0;
    for (size_t i = 0; i < papers->count; i++) {
        const struct paper *p = &papers->items[i];
        if (p->state != PAPER_OUT)
            continue;
        const struct record *place = rec_ref_to(p->copy, COPY_PLACE, TYPE_SITE);
        if (place == NULL || (site != NULL && place != site))
            return;
        site = place;
        out++;
    }
    const struct record *activity = site == NULL ? NULL : *check_note(sites, site);
    if (activity == NULL)
        return;
    check_report(c, CHECK_RULE_PAPER_PLACE, of, of->id_span,
                 "%s of '" STR_FMT "' %s at '" STR_FMT "', on which '" STR_FMT "' depends",
                 out == 1 ? "the only copy" : "all copies", STR_ARG(of->id),
                 out == 1 ? "is" : "are", STR_ARG(site->id), STR_ARG(activity->id));
}

static void check_papers(struct checker *c, struct check_notes sites, enum type_id type)
{
    const struct record_list *list = model_list(c->model, type);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *of = list->items[i];
        struct papers papers = paper_copies(c->scratch, c->model, of);
        for (size_t j = 0; j < papers.count; j++) {
            check_version(c, of, &papers, &papers.items[j]);
            check_receipt(c, of, &papers.items[j]);
            check_holder(c, of, &papers.items[j]);
        }
        check_places(c, sites, of, &papers);
    }
}

/* -- Marks and numbers (BN9) ---------------------------------------------------------------- */

static void check_once(struct checker *c, const struct record *of, enum field_id parts,
                       enum field_id name, const char *what)
{
    struct map seen = map_in(c->scratch);
    size_t count;
    const struct field_value *v = rec_items(of, parts, &count);
    for (size_t i = 0; i < count; i++) {
        const struct field_value *word =
            field_target(&v[i]) != NULL ? rec_value(v[i].record, name) : NULL;
        if (word == NULL || word->state != FV_PRESENT)
            continue;
        str said = name == COPY_NO ? str_fmt(c->scratch, "%lld", rec_int(v[i].record, name, 0))
                                   : word->text; /* 05 is 5 */
        if (map_find(&seen, said) != NULL)
            check_report(c, CHECK_RULE_PAPER_TWICE, of, word->span,
                         "'" STR_FMT "' has two %s '" STR_FMT "'", STR_ARG(of->id), what,
                         STR_ARG(diag_quote(word->text)));
        else
            map_put(&seen, said, v[i].record);
    }
}

static void check_document_copies(struct checker *c, const struct record *document)
{
    check_once(c, document, DOCUMENT_COPIES, COPY_NO, "copies");
}

/* The label of a page has to stand in a corner of it, and its tab on the edge. */
static void check_marks(struct checker *c, const struct record *binder)
{
    enum { LETTERS_MAX = 8 };
    size_t count;
    const struct field_value *v = rec_items(binder, BINDER_TABS, &count);
    for (size_t i = 0; i < count; i++) {
        const struct record *tab = field_target(&v[i]);
        if (tab != NULL && utf8_count(rec_text(tab, BINDER_TAB_MARK)) > LETTERS_MAX)
            check_report(c, CHECK_RULE_PAPER_TWICE, binder, check_place(tab, BINDER_TAB_MARK),
                         "the mark '" STR_FMT "' of '" STR_FMT "' has no room at the edge of a "
                         "page: it has more than %d letters",
                         STR_ARG(diag_quote(rec_text(tab, BINDER_TAB_MARK))), STR_ARG(binder->id),
                         LETTERS_MAX);
    }
}

static void check_binder(struct checker *c, const struct record *binder)
{
    check_marks(c, binder);
    check_once(c, binder, BINDER_COPIES, COPY_NO, "copies");
    check_once(c, binder, BINDER_TABS, BINDER_TAB_MARK, "tabs");
}

/* -- Battle boxes (BN5) --------------------------------------------------------------------- */

static void check_item(struct checker *c, const struct record *box, const struct record *item)
{
    date expiry = rec_date(item, BOX_ITEM_EXPIRY);
    if (check_is_past(c, expiry))
        check_report(c, CHECK_RULE_BOX_STALE, box, check_place(item, BOX_ITEM_EXPIRY),
                     "'" STR_FMT "' in '" STR_FMT "' was to be used before " STR_FMT,
                     STR_ARG(diag_quote(rec_text(item, BOX_ITEM_NAME))), STR_ARG(box->id),
                     STR_ARG(check_day_words(c, expiry)));
}

static void check_box(struct checker *c, const struct record *box)
{
    long long months = model_limit(c->model, LIMITS_BOX_CHECK_MONTHS);
    date on = rec_date(box, BATTLE_BOX_CHECKED_ON);
    size_t count;
    const struct field_value *items = rec_items(box, BATTLE_BOX_ITEMS, &count);
    if (rec_lacks(box, BATTLE_BOX_CHECKED_ON))
        check_report(c, CHECK_RULE_BOX_STALE, box, box->id_span,
                     "'" STR_FMT "' was never checked; that is due every %lld months",
                     STR_ARG(box->id), months);
    else if (due_is_past(c->model, due_box_check(c->model, box)))
        check_report(c, CHECK_RULE_BOX_STALE, box, check_place(box, BATTLE_BOX_CHECKED_ON),
                     "'" STR_FMT "' was last checked on " STR_FMT "; that is due every %lld months",
                     STR_ARG(box->id), STR_ARG(check_day_words(c, on)), months);
    for (size_t i = 0; i < count; i++)
        if (field_target(&items[i]) != NULL)
            check_item(c, box, items[i].record);
}

void check_binders(struct checker *c)
{
    struct check_notes sites = note_sites(c);
    check_papers(c, sites, TYPE_BINDER);
    check_papers(c, sites, TYPE_DOCUMENT);
    check_each_live(c, TYPE_BINDER, check_binder);
    check_each_live(c, TYPE_DOCUMENT, check_document_copies);
    const struct record_list *boxes = model_list(c->model, TYPE_BATTLE_BOX);
    for (size_t i = 0; i < boxes->count; i++)
        if (rec_is_live(boxes->items[i]))
            check_box(c, boxes->items[i]);
}
