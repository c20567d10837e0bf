/* write/html/html_link: where links and pictures lead from this page. */
#include "write/html/html_int.h"

#include "base/path.h"
#include "model/model.h"
#include "text/md.h"

str html_page_id(const struct html_context *ctx, str id)
{
    if (ctx->ids.n == 0)
        return id;
    return str_fmt(ctx->arena, STR_FMT STR_FMT, STR_ARG(ctx->ids), STR_ARG(id));
}

/* -- Records ---------------------------------------------------------------- */

/* A heading's id, of the author's "#anchor" in another document. */
static str anchor_id(struct arena *a, str anchor)
{
    if (anchor.n < 2 || str_starts(anchor, S("#h-")))
        return anchor;
    return str_fmt(a, "#" STR_FMT, STR_ARG(md_heading_id(a, str_skip(anchor, 1))));
}

/* `text` is what will stand in the link: if it doesn't say the record's id, paper
 * shows that beside it. */
static bool record_open(struct html *h, const struct html_context *ctx, const struct record *r,
                        str anchor, str text)
{
    str path = ctx->href(ctx->self, ctx->arena, r);
    if (path.n == 0)
        return false;
    str place = anchor_id(ctx->arena, anchor);
    str page = path_relative(ctx->arena, ctx->page_path, path);
    html_open(h, "a");
    html_url(h, "href", str_fmt(ctx->arena, STR_FMT STR_FMT, STR_ARG(page), STR_ARG(place)));
    if (r->id.n != 0 && str_find(text, r->id, 0) == SIZE_MAX)
        html_attr(h, "data-id", r->id);
    return true;
}

void html_record(struct html *h, const struct html_context *ctx, const struct record *r, str text)
{
    bool open = r != NULL && record_open(h, ctx, r, S(""), text);
    html_text(h, text);
    if (open)
        html_close(h, "a");
}

/* -- Links of documents ----------------------------------------------------- */

/* Safe as it stands and, if it is relative, without a way out of the tree. */
static bool may_lead(const struct html_context *ctx, str url)
{
    str ignored;
    size_t end = 0;
    if (!html_url_is_safe(url) || html_url_has_scheme(url))
        return html_url_is_safe(url);
    while (end < url.n && url.p[end] != '?' && url.p[end] != '#')
        end++;
    return path_resolve(ctx->arena, ctx->page_path, str_from_to(url, 0, end), &ignored);
}

static void put_href(struct html *h, const struct html_context *ctx, str url)
{
    bool is_anchor = str_starts(url, S("#")) && !h->plain;
    if (is_anchor)
        url = str_fmt(ctx->arena, "#" STR_FMT, STR_ARG(html_page_id(ctx, str_skip(url, 1))));
    html_url(h, "href", url);
}

bool html_link_open(struct html *h, const struct html_context *ctx, const struct md_node *link)
{
    if (link->target != NULL)
        return record_open(h, ctx, link->target, link->url, md_text(ctx->arena, link));
    if (!h->plain && !may_lead(ctx, link->url))
        return false;
    html_open(h, "a");
    put_href(h, ctx, link->url);
    if (!h->plain && html_url_is_external(link->url)) {
        html_attr(h, "class", S("external"));
        html_attr(h, "rel", S("noopener noreferrer"));
    }
    if (link->title.n != 0)
        html_attr(h, "title", link->title);
    return true;
}

str html_picture_url(const struct html *h, const struct html_context *ctx,
                     const struct md_node *image)
{
    if (h->plain)
        return image->url;
    if (ctx->picture == NULL)
        return !html_url_has_scheme(image->url) && may_lead(ctx, image->url) ? image->url : S("");
    str path = ctx->picture(ctx->self, ctx->arena, image->url);
    return path.n ? path_relative(ctx->arena, ctx->page_path, path) : S("");
}
