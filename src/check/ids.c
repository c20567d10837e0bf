/* check/ids: duplicate, malformed and clashing ids (X2, X10, X12). */
#include "check/check_int.h"

#include "base/path.h"

enum { ID_BYTES_MAX = 40 }; /* an output path must stay under 100 with its folder and ending */

static bool is_id(str id)
{
    bool letter = false, dash = false;
    for (size_t i = 0; i < id.n; i++) {
        char ch = id.p[i];
        bool fine =
            ascii_is_alnum(ch) || ((ch == '-' || ch == '.' || ch == '_') && i > 0 && i + 1 < id.n);
        if (!fine)
            return false;
        letter |= ascii_is_alpha(ch);
        dash |= ch == '-';
    }
    return letter && dash && id.n <= ID_BYTES_MAX;
}

static bool has_prefix(const struct type_def *t, str id)
{
    return t->prefix.n == 0 ||
           (str_starts(id, t->prefix) && id.n > t->prefix.n + 1 && id.p[t->prefix.n] == '-');
}

static void report_form(struct checker *c, const struct record *r)
{
    const struct type_def *other = schema_type_of_id(c->model->schema, r->id);
    if (!is_id(r->id)) {
        diag(c->diags, CHECK_RULE(BAD_ID), r->id_span, "'" STR_FMT "' is no id", STR_ARG(r->id));
        diag_hint(c->diags, "letters, digits, '-', '.' and '_', with at least one '-', at most %d",
                  ID_BYTES_MAX);
    } else if (!has_prefix(r->type, r->id)) {
        diag(c->diags, CHECK_RULE(BAD_ID), r->id_span,
             "the id '" STR_FMT "' does not begin with '" STR_FMT "-'", STR_ARG(r->id),
             STR_ARG(r->type->prefix));
    } else if (r->type->prefix.n == 0 && other != NULL) {
        diag(c->diags, CHECK_RULE(BAD_ID), r->id_span, "the code '" STR_FMT "' looks like a %.*s",
             STR_ARG(r->id), STR_ARG(other->singular));
        diag_hint(c->diags,
                  "'" STR_FMT "-' is the prefix of '" STR_FMT "'; use another for documents",
                  STR_ARG(other->prefix), STR_ARG(other->key));
    }
}

void check_ids(struct checker *c)
{
    struct map by_address = map_in(c->scratch);
    for (size_t i = 0; i < c->model->all.count; i++) {
        struct record *r = c->model->all.items[i];
        if (r->id.n == 0)
            continue; /* reported as a missing field */
        report_form(c, r);
        const struct record *first = model_find(c->model, r->id);
        if (first != r) {
            diag(c->diags, CHECK_RULE(DUPLICATE_ID), r->id_span, "the id '" STR_FMT "' is taken",
                 STR_ARG(r->id));
            diag_related(c->diags, first->id_span, "it belongs to '" STR_FMT "'",
                         STR_ARG(first->title));
            continue;
        }
        const struct record *same = map_put(&by_address, record_path(c->scratch, r), r);
        if (same != NULL) {
            diag(c->diags, CHECK_RULE(ADDRESS), r->id_span,
                 "'" STR_FMT "' and '" STR_FMT "' have one address", STR_ARG(r->id),
                 STR_ARG(same->id));
            diag_related(c->diags, same->id_span, "the other one");
        }
    }
}
