/* write/pdf/reference: what says on which page something is. */
#include "write/pdf/reference_int.h"

#include <assert.h>

enum {
    STEADY_PASS = 3, /* from this pass on nothing that was shown vanishes again */
    PASSES_MAX = 6,  /* then a label may stand in a little too much or too little room */
};

const struct pdf_reference *reference_next(struct pdf_layout *l, str anchor, bool is_index,
                                           size_t group)
{
    size_t number = l->reference_next++;
    if (number < l->reference_count) {
        assert(str_eq(l->references[number]->anchor, anchor));
        return l->references[number];
    }
    struct pdf_reference *r = NEW(l->arena, struct pdf_reference);
    *r = (struct pdf_reference){.anchor = anchor,
                                .mark = str_fmt(l->arena, "%c%zu", REFERENCE_MARK, number),
                                .label = S("00"), /* until more is known */
                                .group = group,
                                .is_index = is_index,
                                .is_shown = true};
    return PUSH(l->arena, l->references, l->reference_count, l->reference_cap,
                struct pdf_reference *) = r;
}

enum { NO_PAGE = -1 };

/* An entry names a page once. The pages of those before it in the entry are known. */
static bool is_said(const struct pdf_layout *l, size_t number)
{
    const struct pdf_reference *r = l->references[number];
    for (size_t i = r->group; i < number; i++)
        if (l->references[i]->is_index && l->references[i]->page == r->page)
            return true;
    return false;
}

static bool is_needed(const struct pdf_layout *l, const struct pdf_pages *pages, size_t number)
{
    const struct pdf_reference *r = l->references[number];
    const struct pdf_target *to = page_target(pages, r->anchor);
    const struct pdf_target *from = page_target(pages, r->mark);
    if (!to || r->is_index)
        return to && !is_said(l, number);
    return from && from->page != to->page;
}

bool reference_settle(struct pdf_layout *l, const struct pdf_pages *pages, unsigned pass)
{
    bool is_steady = true;
    for (size_t i = 0; i < l->reference_count; i++) {
        struct pdf_reference *r = l->references[i];
        const struct pdf_target *to = page_target(pages, r->anchor);
        str label = to ? pages->v[to->page]->label : S("");
        r->page = to ? (long)to->page : NO_PAGE;
        bool is_shown = is_needed(l, pages, i) || (pass >= STEADY_PASS && r->is_shown && to);
        is_steady = is_steady && is_shown == r->is_shown && str_eq(label, r->label);
        r->label = label;
        r->is_shown = is_shown;
    }
    return is_steady || pass == PASSES_MAX;
}
