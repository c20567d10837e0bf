/* check/readers: whether a document has been read by those it is for (DC11). */
#include "check/check_int.h"

#include "model/lifecycle.h"
#include "model/readers.h"

static void check_document(struct checker *c, const struct record *r)
{
    struct readers all = document_readers(c->scratch, c->model, r);
    long long percent = all.count ? (long long)(100 * all.confirmed / all.count) : 100;
    long long target = readers_target(c->model);
    if (percent >= target)
        return;
    check_report(c, CHECK_RULE_UNREAD, r, check_place(r, DOCUMENT_DISTRIBUTION),
                 "%zu of %zu readers have confirmed version '" STR_FMT "' of '" STR_FMT
                 "'; %lld %% must have",
                 all.confirmed, all.count, STR_ARG(rec_text(r, DOCUMENT_VERSION)), STR_ARG(r->id),
                 target);
}

void check_readers(struct checker *c)
{
    const struct record_list *list = model_list(c->model, TYPE_DOCUMENT);
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->life != NULL && list->items[i]->life->status == LIFE_APPROVED &&
            check_is_past(c, reading_due(c->model, list->items[i])))
            check_document(c, list->items[i]);
}
