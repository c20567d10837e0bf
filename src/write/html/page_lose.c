/* write/html/page_lose: "If we lose …", for everything that can be lost, and their list. */
#include "write/html/portal_int.h"

#include "form/table/lose/lose.h"

static void add_section(struct page *pg, struct items *sections, const struct lose_section *s)
{
    struct tmap *m = items_add(pg, sections);
    put_text(m, S("id"), s->id);
    put_text(m, S("heading"), s->title);
    put_text(m, S("about"), s->about);
    if (s->table->row_count == 0) {
        put_nothing(m, S("content"));
        put_nothing(m, S("on_paper"));
        put_text(m, S("nothing"), s->table->note);
        return;
    }
    put_nothing(m, S("nothing"));
    if (lose_is_cut_on_paper(s))
        put_text(m, S("on_paper"),
                 str_fmt(pg->arena, "%d of %zu rows are on paper; the page has %s.",
                         LOSE_BRIEF_ROWS_MAX, s->table->row_count + s->left_out,
                         s->left_out == 0 ? "them all" : "more"));
    else
        put_nothing(m, S("on_paper"));
    put_table(pg, m, S("content"), s->table, NULL);
}

void put_loss(struct page *pg)
{
    const struct record *r = pg->ref->record;
    if (pg->portal->lose == NULL || !lose_is_subject(r))
        put_nothing(pg->data, S("loss"));
    else
        put_link(pg, S("loss"), page_link(pg, lose_path(pg->arena, r)),
                 S("If we lose it: what stops, who answers"));
}

void put_losses(struct page *pg)
{
    if (pg->portal->lose == NULL)
        put_nothing(pg->data, S("losses"));
    else
        put_link(pg, S("losses"), page_link(pg, S("lose/index.html")), S("If we lose …"));
}

/* In the model's whole analysis; a copy that does not hold all of it says so. */
void fill_LOSE(struct page *pg)
{
    const struct record *r = pg->ref->record;
    struct lose_question question = {&r, 1, LOSE_ROWS_MAX};
    struct lose_answer answer = lose_answer(pg->arena, pg->portal->lose, &question);
    struct items sections = items_new(pg);
    pg->title = answer.title;
    put_text(pg->data, S("code"), id_and_type(pg->arena, r));
    put_text(pg->data, S("heading"), answer.title);
    put_text(pg->data, S("summary"), answer.summary);
    put_link(pg, S("own"), page_link_record(pg, r), r->title.n ? r->title : r->id);
    for (size_t i = 0; i < answer.section_count; i++)
        add_section(pg, &sections, &answer.sections[i]);
    put_items(pg, pg->data, S("sections"), &sections);
}

/* Every name leads to what its loss would do, not to its own page. */
static str page_of_loss(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    return lose_path(a, r);
}

void fill_LOSE_ALL(struct page *pg)
{
    const struct table *t = lose_overview(pg->arena, pg->portal->lose, LOSE_SUBJECTS_MAX);
    pg->title = S("If we lose …");
    pg->context.href = page_of_loss;
    put_table(pg, pg->data, S("content"), t, "matrix-free");
}
