/* check/response/texts: all that is written in a record, and in the parts of it. */
#include "check/response/response_int.h"

static bool is_text(const struct field_def *f)
{
    return f->kind == FIELD_TEXT || f->kind == FIELD_PROSE || f->kind == FIELD_CODE;
}

/* Parts nest no deeper than YAML does, and that has its limit. */
void text_walk(const struct text_walk *w, const struct record *r)
{
    for (size_t i = 0; i < r->type->field_count; i++) {
        const struct field_def *f = &r->type->fields[i];
        const struct field_value *v = &r->values[i];
        if (v->state != FV_PRESENT || (!is_text(f) && f->kind != FIELD_PART) || !w->enters(r, i))
            continue;
        size_t count = f->count == FIELD_MANY ? v->list.count : 1;
        const struct field_value *items = f->count == FIELD_MANY ? v->list.items : v;
        for (size_t j = 0; j < count; j++) {
            if (items[j].state != FV_PRESENT)
                continue;
            if (is_text(f))
                w->visit(w->self, &items[j]);
            else
                text_walk(w, items[j].record);
        }
    }
}
