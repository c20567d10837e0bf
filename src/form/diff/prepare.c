/* form/diff/prepare: one side of a comparison: parsed, and made of words alone.
 *
 * Pictures, footnotes and directives (a register, a map) are named in words, links lead to
 * records and say their titles as they were at that time. */
#include "form/diff/redline_int.h"

#include "form/doc/doc.h"

/* "[[SUP-004]]" reads as the record's title: an empty link gets it below. */
static str without_wiki_links(struct arena *a, str text, const struct state *s)
{
    if (s == NULL || str_find(text, S("[["), 0) == SIZE_MAX)
        return text;
    struct buf out = buf_in(a, text.n + 64);
    size_t from = 0, open;
    while ((open = str_find(text, S("[["), from)) != SIZE_MAX) {
        enum { ID_BYTES_MAX = 128 };
        str rest = str_from_to(text, open + 2,
                               text.n - open - 2 < ID_BYTES_MAX ? text.n : open + 2 + ID_BYTES_MAX);
        size_t close = str_find(rest, S("]]"), 0);
        str id = close == SIZE_MAX ? S("") : str_trim(str_from_to(rest, 0, close));
        if (id.n == 0 || state_find(s, id) == NULL) {
            buf_add(&out, str_from_to(text, from, open + 2));
            from = open + 2;
            continue;
        }
        buf_add(&out, str_from_to(text, from, open));
        buf_fmt(&out, "[](" STR_FMT ")", STR_ARG(id));
        from = open + 2 + close + 2;
    }
    buf_add(&out, str_skip(text, from));
    return buf_str(&out);
}

static str without_front_matter(str text)
{
    size_t from, to, body;
    return md_front_matter(text, &from, &to, &body) ? str_skip(text, body) : text;
}

/* -- Nodes ----------------------------------------------------------------------------------- */

struct preparation {
    struct arena *arena;
    const struct state *state;
    const struct model *model;
};

static void become_text(struct md_node *n, str text)
{
    while (n->first != NULL)
        md_remove(n->first);
    n->kind = MD_TEXT;
    n->text = text;
    n->url = n->title = n->id = S("");
}

static void image(struct arena *a, struct md_node *n)
{
    str words = md_text(a, n);
    become_text(n, str_fmt(a, "[picture: " STR_FMT "%s" STR_FMT "]", STR_ARG(words),
                           words.n > 0 ? ", " : "", STR_ARG(n->url)));
}

static void note_mark(struct arena *a, struct md_node *n)
{
    struct md_node *number = md_new(a, MD_TEXT, n->span);
    number->text = str_fmt(a, "%d", n->note.number);
    n->kind = MD_ELEMENT;
    n->element = ELEMENT_SUP;
    n->id = S("");
    md_append(n, number);
}

/* At the end of the document, one after the other. */
static void note(struct arena *a, struct md_node *n)
{
    struct md_node *words = md_new(a, MD_TEXT, n->span);
    words->text = str_fmt(a, "Note %d: ", n->note.number);
    n->kind = MD_QUOTE;
    n->id = S("");
    if (n->first == NULL || n->first->kind != MD_PARA)
        return;
    if (n->first->first != NULL)
        md_insert_before(n->first->first, words);
    else
        md_append(n->first, words);
}

static void directive(struct arena *a, struct md_node *n)
{
    str info = str_trim(n->code.info), body = str_trim(n->text);
    struct md_node *words = md_new(a, MD_TEXT, n->span), *code = md_new(a, MD_CODE, n->span);
    words->text = S("Made from the records: ");
    code->text = body.n == 0 ? info : str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(info), STR_ARG(body));
    n->kind = MD_PARA;
    n->text = S("");
    md_append(n, words);
    md_append(n, code);
}

static bool leads_out(str url)
{
    static const str scheme[] = {S_INIT("http://"), S_INIT("https://"), S_INIT("mailto:"),
                                 S_INIT("tel:")};
    for (size_t i = 0; i < COUNT_OF(scheme); i++)
        if (str_starts(url, scheme[i]))
            return true;
    return false;
}

static void say(struct arena *a, struct md_node *link, str text)
{
    struct md_node *words = md_new(a, MD_TEXT, link->span);
    words->text = text;
    while (link->first != NULL)
        md_remove(link->first);
    md_append(link, words);
}

/* A document is known by its code; all else by its name. */
static str title_of(struct arena *a, const struct state_record *r)
{
    if (!str_eq(r->type, S("document")) || str_eq(r->id, r->title))
        return r->title.n > 0 ? r->title : r->id;
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(r->id), STR_ARG(r->title));
}

/* What leads to a record leads there still, if there is one; what leads nowhere keeps its words. */
static void link(const struct preparation *p, struct md_node *n)
{
    str target, own = md_text(p->arena, n);
    if (leads_out(n->url))
        return;
    str_cut(n->url, '#', &target);
    const struct state_record *r = p->state != NULL ? state_find(p->state, target) : NULL;
    if (r != NULL && (own.n == 0 || str_eq(own, r->id)))
        say(p->arena, n, title_of(p->arena, r));
    else if (own.n == 0)
        say(p->arena, n, target);
    if (r != NULL && p->model != NULL)
        n->target = model_find(p->model, r->id);
    n->url = S("");
}

/* The parser ends a text at every sign that might have meant something. */
static void join_texts(struct arena *a, struct md_node *n)
{
    if (n->next == NULL || n->next->kind != MD_TEXT)
        return;
    struct buf b = buf_in(a, 2 * n->text.n + 64);
    buf_add(&b, n->text);
    while (n->next != NULL && n->next->kind == MD_TEXT) {
        buf_add(&b, n->next->text);
        md_remove(n->next);
    }
    n->text = buf_str(&b);
}

static void settle(const struct preparation *p, struct md_node *n)
{
    n->span = (struct span){0, 0, 0};
    if (n->kind == MD_IMAGE)
        image(p->arena, n);
    else if (n->kind == MD_FOOTNOTE_REF)
        note_mark(p->arena, n);
    else if (n->kind == MD_FOOTNOTE)
        note(p->arena, n);
    else if (n->kind == MD_CODE_BLOCK && doc_is_directive(n->code.info))
        directive(p->arena, n);
    else if (n->kind == MD_LINK)
        link(p, n);
    else if (n->kind == MD_HEADING)
        n->id = S("");
}

struct md_node *prepare(struct arena *a, const struct redline_request *r, bool is_before)
{
    struct preparation p = {
        .arena = a, .state = is_before ? r->before_in : r->after_in, .model = r->model};
    struct diags *unheard = diags_new(a); /* told where the text was made */
    str text = without_front_matter(is_before ? r->before : r->after);
    text = without_wiki_links(a, text, p.state);
    uint32_t file = diags_source(unheard, S("text"), text);
    struct md_node *root = md_parse(a, unheard, text, file, 0, NULL);
    for (struct md_walk w = md_walk(root); md_step(&w);)
        if (w.enter)
            settle(&p, w.node);
    for (struct md_walk w = md_walk(root); md_step(&w);)
        if (w.enter && w.node->kind == MD_TEXT)
            join_texts(a, w.node);
    return root;
}
