/* write/html/page_changes: what is different since the edition before. */
#include "write/html/portal_int.h"

static const struct change_view on_screen = {.is_paper = false};

static str since(const struct page *pg)
{
    return state_display(pg->arena, pg->portal->world.changes->before);
}

void put_changes_link(struct page *pg, str name)
{
    const struct changes *c = pg->portal->world.changes;
    const struct record *r = pg->ref->record;
    const struct change *change = c != NULL && r != NULL ? changes_find(c, r->id) : NULL;
    str label = c == NULL ? S("")
                          : str_fmt(pg->arena, "What changed since %s" STR_FMT,
                                    c->before->as_of == DATE_NONE ? "" : "edition ",
                                    STR_ARG(c->before->name));
    if (r != NULL && change != NULL && change->kind == CHANGE_CHANGED)
        put_link(pg, name, page_link(pg, changes_document_path(pg->arena, change)), label);
    else if (r == NULL && c != NULL)
        put_link(pg, name, page_link(pg, S("changes/index.html")), label);
    else
        put_nothing(pg->data, name);
}

/* What the three kinds of pages have in common. */
static void put_page(struct page *pg, str summary, const struct md_node *body)
{
    put_text(pg->data, S("summary"), summary);
    put_tree(pg, pg->data, S("body"), body);
    put_nothing(pg->data, S("pdf"));
    put_nothing(pg->data, S("document"));
    put_flag(pg->data, S("has_actions"), false);
    put_flag(pg->data, S("is_compared"), true);
}

void fill_CHANGES(struct page *pg)
{
    const struct changes *c = pg->portal->world.changes;
    pg->title = S("What changed");
    put_page(pg,
             str_fmt(pg->arena, "Since " STR_FMT ": " STR_FMT, STR_ARG(since(pg)),
                     STR_ARG(changes_sentence(pg->arena, c))),
             changes_summary(pg->arena, c, &on_screen));
    put_flag(pg->data, S("is_compared"), false);
    if (pg->portal->world.only_html || changes_are_none(c))
        return;
    put_text(pg->data, S("pdf"), S("changes.pdf"));
    put_flag(pg->data, S("has_actions"), true);
}

void fill_CHANGED_DOCUMENT(struct page *pg)
{
    const struct change *change = pg->ref->change;
    const struct state_record *r = change->after;
    const struct record *document = model_find(pg->model, r->id);
    pg->title =
        str_fmt(pg->arena, STR_FMT " " STR_FMT ": what changed", STR_ARG(r->id), STR_ARG(r->title));
    str words = change->has_text_change
                    ? str_fmt(pg->arena, " Of the text %zu words are new and %zu are gone.",
                              change->words_in, change->words_out)
                    : S(" The text is the same.");
    put_page(pg,
             str_fmt(pg->arena, "Since " STR_FMT "." STR_FMT, STR_ARG(since(pg)), STR_ARG(words)),
             changes_of_document(pg->arena, pg->portal->world.changes, change, &on_screen));
    if (document == NULL)
        return;
    put_link(pg, S("document"), page_link_record(pg, document), S("The document as it is now"));
    put_flag(pg->data, S("has_actions"), true);
}

void fill_CHANGED_TYPE(struct page *pg)
{
    const struct change_list *list = pg->ref->changed;
    str name = list->type != NULL ? list->type->plural : list->key;
    pg->title = str_fmt(pg->arena, STR_FMT ": what changed", STR_ARG(name));
    put_page(pg,
             str_fmt(pg->arena, "Since " STR_FMT ": %zu changed, %zu added, %zu withdrawn.",
                     STR_ARG(since(pg)), list->of_kind[CHANGE_CHANGED], list->of_kind[CHANGE_ADDED],
                     list->of_kind[CHANGE_WITHDRAWN]),
             changes_of_type(pg->arena, pg->portal->world.changes, list, &on_screen));
}
