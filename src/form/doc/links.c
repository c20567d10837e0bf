/* form/doc/links: where links lead: ids, anchors, files, addresses; pictures. */
#include "form/doc/doc_int.h"

#include "base/path.h"
#include "model/lifecycle.h"
#include "text/rules.h"

static bool has_scheme(str url)
{
    for (size_t i = 0; i < url.n; i++) {
        if (url.p[i] == ':')
            return i > 0;
        if (!ascii_is_alnum(url.p[i]) && url.p[i] != '+' && url.p[i] != '-' && url.p[i] != '.')
            return false;
    }
    return false;
}

static bool scheme_is_allowed(struct arena *a, str url)
{
    static const str allowed[] = {S_INIT("http:"), S_INIT("https:"), S_INIT("mailto:"),
                                  S_INIT("tel:")};
    str lower = str_lower(a, url);
    for (size_t i = 0; i < COUNT_OF(allowed); i++)
        if (str_starts(lower, allowed[i]))
            return true;
    return false;
}

/* The words stay, the way out goes. */
static void refuse(struct doc_pass *p, struct md_node *n, const char *why)
{
    diag(p->diags, TEXT_RULE(MD_LINK), n->span, "the link '" STR_FMT "' %s", STR_ARG(n->url), why);
    n->url = S("");
}

/* The ids of the document, collected when the first link asks for one. */
static bool has_anchor(struct doc_pass *p, str id)
{
    if (p->anchors.arena == NULL) {
        p->anchors = map_in(p->arena);
        for (struct md_walk w = md_walk(p->doc->body); md_step(&w);)
            if (w.enter && w.node->id.n != 0)
                map_put(&p->anchors, w.node->id, w.node);
    }
    return map_find(&p->anchors, id) != NULL ||
           (p->around != NULL && map_find(p->around, id) != NULL);
}

/* A document is known by its code; all else by its name. */
static str title_of(struct arena *a, const struct record *r)
{
    if (r->document == NULL || str_eq(r->title, r->id))
        return r->title;
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(r->id), STR_ARG(r->title));
}

static void fill_title(struct doc_pass *p, struct md_node *n, const struct record *r)
{
    str own = md_text(p->arena, n);
    if (own.n != 0 && !str_eq(own, r->id))
        return;
    while (n->first != NULL)
        md_remove(n->first);
    struct md_node *t = md_new(p->arena, MD_TEXT, n->span);
    t->text = title_of(p->arena, r);
    md_append(n, t);
}

/* "../plans/bcp-001.md" as other Markdown viewers understand it: the record, or *is_lacking when
 * this copy may lack it. */
static const struct record *document_at(const struct doc_pass *p, str url, bool *is_lacking)
{
    const struct model *m = p->world->model;
    str path = S("");
    bool is_path = str_ends(url, S(".md")) && path_resolve(p->arena, p->doc->source, url, &path);
    *is_lacking = model_may_lack(m, is_path ? path : url);
    return is_path ? map_find(&m->by_path, path) : NULL;
}

/* The id that a heading of these words has: "first-steps" is "h-first-steps". */
static str heading_id(struct doc_pass *p, str anchor)
{
    return anchor.n == 0 || str_starts(anchor, S("h-")) ? anchor : md_heading_id(p->arena, anchor);
}

/* Who is sent to a withdrawn document follows rules that hold no longer. */
static void check_in_force(struct doc_pass *p, struct span at, const struct record *to)
{
    const struct record *own = p->doc->record;
    if (own == NULL || own->life == NULL || to == own || to->life == NULL ||
        life_is_over(own->life) || !life_is_over(to->life))
        return;
    enum severity severity = p->is_approved ? SEVERITY_ERROR : SEVERITY_WARNING;
    diag_as(p->diags, CHECK_RULE(OUTDATED_REFERENCE), severity, at,
            "'" STR_FMT "' leads to '" STR_FMT "', but " STR_FMT,
         STR_ARG(own->id), STR_ARG(to->id), STR_ARG(to->life->reason));
    if (to->life->successor != NULL)
        diag_hint(p->diags, "refer to '" STR_FMT "' instead", STR_ARG(to->life->successor->id));
}

/* What the link leads to is not in this copy, or nowhere: its words stay, or say
 * so when they are no more than the target's name. */
static void stay_words(struct doc_pass *p, struct md_node *n, str target)
{
    str own = md_text(p->arena, n);
    n->url = S("");
    if (own.n != 0 && !str_eq(own, target))
        return;
    while (n->first != NULL)
        md_remove(n->first);
    struct md_node *t = md_new(p->arena, MD_TEXT, n->span);
    t->text = text_not_in_copy(p->arena, target);
    md_append(n, t);
}

static void resolve_internal(struct doc_pass *p, struct md_node *n)
{
    str target, anchor = str_cut(n->url, '#', &target);
    const struct record *r = model_find(p->world->model, target);
    bool is_lacking = false;
    if (r == NULL)
        r = document_at(p, target, &is_lacking);
    if (r == NULL && is_lacking) {
        stay_words(p, n, target);
        return;
    }
    if (r == NULL) {
        diag(p->diags, CHECK_RULE(DANGLING), n->span, "the link '" STR_FMT "' leads to nothing",
             STR_ARG(n->url));
        n->url = S("");
        return;
    }
    bool is_own = r == p->doc->record;
    if (is_own || r->document != NULL)
        anchor = heading_id(p, anchor);
    if (is_own && anchor.n != 0 && !has_anchor(p, anchor)) {
        refuse(p, n, "names a heading that this document does not have");
        return;
    }
    n->target = r;
    check_in_force(p, n->span, r);
    fill_title(p, n, r);
    n->url = anchor.n ? str_fmt(p->arena, "#" STR_FMT, STR_ARG(anchor)) : S("");
}

static void resolve_link(struct doc_pass *p, struct md_node *n)
{
    if (n->url.n == 0)
        refuse(p, n, "has no address");
    else if (has_scheme(n->url) && !scheme_is_allowed(p->arena, n->url))
        refuse(p, n, "has a scheme that is not allowed");
    else if (str_starts(n->url, S("//")) || str_starts(n->url, S("/")))
        refuse(p, n, "is absolute, which works neither from disk nor on paper");
    else if (n->url.p[0] == '#' && !has_anchor(p, str_skip(n->url, 1)))
        refuse(p, n, "names a heading that this document does not have");
    else if (n->url.p[0] != '#' && !has_scheme(n->url) && p->world->model != NULL)
        resolve_internal(p, n);
}

/* The parser ends a text node at every bracket, and a placeholder spans
 * several: the run of text from n on becomes one node. */
static void join_texts(struct doc_pass *p, struct md_node *n)
{
    if (n->next == NULL || n->next->kind != MD_TEXT)
        return;
    struct buf b = buf_in(p->arena, 2 * n->text.n + 64);
    bool verbatim = n->span.len == n->text.n;
    uint32_t end = n->span.off + n->span.len;
    buf_add(&b, n->text);
    while (n->next != NULL && n->next->kind == MD_TEXT) {
        const struct md_node *next = n->next;
        verbatim = verbatim && next->span.off == end && next->span.len == next->text.n;
        end = next->span.off + next->span.len;
        buf_add(&b, next->text);
        md_remove(n->next);
    }
    n->text = buf_str(&b);
    n->span.len = verbatim ? (uint32_t)n->text.n : 0;
}

/* The place of a part of n's text in the source, when the source says the same. */
static struct span place_in(const struct md_node *n, size_t from, size_t size)
{
    if (n->span.len != n->text.n)
        return n->span;
    return (struct span){n->span.file, n->span.off + (uint32_t)from, (uint32_t)size};
}

/* A link in a link is no HTML, and a picture's words lead nowhere. */
static bool is_in_link(const struct md_node *n)
{
    for (n = n->parent; n != NULL; n = n->parent)
        if (n->kind == MD_LINK || n->kind == MD_IMAGE)
            return true;
    return false;
}

/* Puts a link to r, or where none can be its title, or for a record that is not
 * in this copy (NULL) the id and words that say so, in place of n's text from
 * `open` up to `end`; what stands before it becomes a node of its own, what stands
 * behind it stays in n. */
static void cut_link(struct doc_pass *p, struct md_node *n, size_t open, size_t end, str id,
                     const struct record *r)
{
    struct md_node *before = md_new(p->arena, MD_TEXT, place_in(n, 0, open));
    bool is_link = r != NULL && !is_in_link(n);
    struct md_node *name =
        md_new(p->arena, is_link ? MD_LINK : MD_TEXT, place_in(n, open, end - open));
    before->text = str_from_to(n->text, 0, open);
    if (is_link) {
        name->target = r;
        fill_title(p, name, r);
    } else {
        name->text = r != NULL ? title_of(p->arena, r) : text_not_in_copy(p->arena, id);
    }
    md_insert_before(n, before);
    md_insert_before(n, name);
    n->span = place_in(n, end, n->text.n - end);
    n->text = str_skip(n->text, end);
}

/* "[[BCP-001]]" in running text: a link with the record's title. */
static void wiki_links(struct doc_pass *p, struct md_node *n)
{
    size_t open = 0;
    while ((open = str_find(n->text, S("[["), open)) != SIZE_MAX) {
        size_t close = str_find(n->text, S("]]"), open);
        if (close == SIZE_MAX)
            return;
        str id = str_trim(str_from_to(n->text, open + 2, close));
        const struct record *r = model_find(p->world->model, id);
        if (r != NULL)
            check_in_force(p, place_in(n, open, close + 2 - open), r);
        if (r != NULL || p->is_frozen || model_may_lack(p->world->model, id)) {
            cut_link(p, n, open, close + 2, id, r);
            open = 0;
            continue;
        }
        diag(p->diags, CHECK_RULE(DANGLING), place_in(n, open, close + 2 - open),
             "nothing has the id '" STR_FMT "'", STR_ARG(id));
        open = close;
    }
}

/* Where a picture is put: pictures of one name from two folders differ. */
static str picture_path(struct doc_pass *p, struct md_node *n, str source)
{
    str name = path_name(source), extension = path_extension(name);
    str stem = str_from_to(name, 0, name.n - extension.n - (extension.n ? 1 : 0));
    str folder = path_slug(p->arena, p->doc->code), slug = path_slug(p->arena, stem);
    str ending = str_lower(p->arena, extension);
    for (size_t nth = 1;; nth++) {
        str number = nth == 1 ? S("") : str_fmt(p->arena, "-%zu", nth);
        str path = str_fmt(p->arena, "d/" STR_FMT "/" STR_FMT STR_FMT "." STR_FMT, STR_ARG(folder),
                           STR_ARG(slug), STR_ARG(number), STR_ARG(ending));
        if (map_put(&p->picture_paths, path, n) == NULL)
            return path;
    }
}

/* A picture that is put in after the approval is a change of what was approved. */
static void check_approved_picture(struct doc_pass *p, const struct md_node *n, str source)
{
    const struct lifecycle *life = p->doc->record->life;
    if (!life_is_bound(life) || approval_names(life->approval, source))
        return;
    diag(p->diags, CHECK_RULE(CHANGED), n->span,
         "the approval " STR_FMT " of version " STR_FMT " does not name the picture '" STR_FMT "'",
         STR_ARG(life->approval->id), STR_ARG(p->doc->version), STR_ARG(source));
}

static void keep_picture(struct doc_pass *p, struct md_node *n, str source)
{
    if (p->pictures.arena == NULL) {
        p->pictures = map_in(p->arena);
        p->picture_paths = map_in(p->arena);
    }
    const struct md_node *first = map_put(&p->pictures, source, n);
    if (first != NULL) {
        n->url = first->url; /* "./floor.png" is "floor.png" */
        return;
    }
    check_approved_picture(p, n, source);
    str kept = p->doc->record->document->files; /* of a copy: its pictures as they were */
    PUSH(p->arena, p->doc->pictures, p->doc->picture_count, p->picture_cap, struct doc_picture) =
        (struct doc_picture){n->url, kept.n ? path_join(p->arena, kept, source) : source,
                             picture_path(p, n, source)};
}

static void resolve_picture(struct doc_pass *p, struct md_node *n)
{
    str source;
    if (n->first == NULL)
        diag(p->diags, TEXT_RULE(IM_ALT), n->span,
             "the picture '" STR_FMT "' has no alternative text", STR_ARG(n->url));
    if (has_scheme(n->url) || str_starts(n->url, S("/")))
        refuse(p, n,
               "is no picture beside the document; pictures are never fetched from elsewhere");
    else if (p->world->model == NULL)
        return;
    else if (p->doc->record == NULL)
        refuse(p, n, "is a picture in a record; documents alone have pictures");
    else if (!path_resolve(p->arena, p->doc->source, n->url, &source))
        refuse(p, n, "leaves the folder of the documents");
    else
        keep_picture(p, n, source);
}

void doc_links(struct doc_pass *p)
{
    for (struct md_walk w = md_walk(p->doc->body); md_step(&w);) {
        if (!w.enter)
            continue;
        if (w.node->kind == MD_TEXT) {
            join_texts(p, w.node);
            if (p->world->model != NULL)
                wiki_links(p, w.node);
        } else if (w.node->kind == MD_LINK && w.node->target == NULL) {
            resolve_link(p, w.node);
        } else if (w.node->kind == MD_IMAGE) {
            resolve_picture(p, w.node);
        }
    }
}
