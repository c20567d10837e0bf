/* form/doc/part: what one role or person owns, owes and must know, as a document. */
#include "form/doc/part.h"

#include "form/doc/report.h"

struct md_node *doc_part(struct arena *a, const struct part *part)
{
    struct md_node *body = report_node(a, MD_DOCUMENT);
    report_para(a, body, part->lead);
    for (size_t i = 0; i < part->count; i++) {
        const struct part_section *s = &part->items[i];
        report_heading(a, body, 2, s->heading)->id = s->id;
        if (s->about.n != 0)
            report_para(a, body, s->about);
        struct table *t = NEW(a, struct table);
        *t = *s->table;
        t->caption = S(""); /* the heading says it */
        report_form_table(a, body, t);
    }
    return body;
}
