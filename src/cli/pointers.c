/* cli/pointers: what leads readers into the edition in force. */
#include "cli/pointers.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

enum { POINTER_BYTES_MAX = 16 * 1024 * 1024 }; /* of memory, for one of them */

struct pointers {
    struct workspace *workspace;
    struct archive *archive;
    const struct tree_plan *plan;
    const struct portal *portal;
    struct arena *scratch; /* reset after each file */
    int place;             /* open folder of the audience; -1: none yet */
    struct map made;       /* slugs of what the edition has */
};

static bool put_pointer(struct pointers *p, const struct portal_pointer *to)
{
    struct diags *d = p->workspace->diags;
    struct buf page = buf_in(p->scratch, 4096);
    portal_pointer(p->portal, to, p->scratch, d, &page);
    bool good = archive_pointer(p->archive, d, p->plan->audience, to->path, buf_str(&page));
    arena_reset(p->scratch);
    return good;
}

static str address(struct arena *a, str slug)
{
    return str_fmt(a, "to/" STR_FMT "/index.html", STR_ARG(slug));
}

static bool put_records(struct pointers *p)
{
    const struct model *m = p->plan->model;
    for (size_t i = 0; i < m->all.count; i++) {
        struct record *r = m->all.items[i];
        if (!portal_has_page(p->portal, r))
            continue;
        str slug = path_slug(p->workspace->arena, r->id);
        map_put(&p->made, slug, r);
        struct portal_pointer to = {.path = address(p->scratch, slug),
                                    .edition = p->plan->edition,
                                    .target = record_path(p->scratch, r),
                                    .code = r->id};
        if (!put_pointer(p, &to))
            return false;
    }
    return true;
}

/* -- What was there before and is no more ------------------------------------------------ */

/* The newest edition with a page of that name: of a document, else of a record. */
static bool find_last(const struct pointers *p, str slug, struct portal_pointer *to)
{
    for (size_t i = 0; i < p->plan->history.count; i++) {
        const char kinds[] = {'d', 'r'};
        for (size_t k = 0; k < sizeof kinds; k++) {
            str target = str_fmt(p->scratch, "%c/" STR_FMT ".html", kinds[k], STR_ARG(slug));
            str edition = p->plan->history.editions[i].id;
            if (!file_exists(p->place, path_join(p->scratch, edition, target)))
                continue;
            to->edition = edition;
            to->target = target;
            return true;
        }
    }
    return false;
}

static str upper(struct arena *a, str slug)
{
    char *text = str_c(a, slug);
    for (size_t i = 0; i < slug.n; i++)
        if (text[i] >= 'a' && text[i] <= 'z')
            text[i] = (char)(text[i] - 'a' + 'A');
    return (str){text, slug.n};
}

static bool put_gone(struct pointers *p)
{
    struct arena *a = p->workspace->arena;
    struct dir_entry *old;
    size_t count;
    int error_number = p->place < 0 ? ENOENT : dir_list(a, p->place, S("to"), &old, &count);
    if (error_number == ENOENT)
        return true;
    if (error_number != 0) {
        diag_os(p->workspace->diags, path_join(a, p->plan->audience, S("to")), error_number,
                "list the permanent addresses");
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct portal_pointer to = {.is_gone = true};
        if (map_find(&p->made, old[i].name) != NULL || !find_last(p, old[i].name, &to))
            continue;
        to.path = address(p->scratch, old[i].name);
        to.code = upper(p->scratch, old[i].name);
        if (!put_pointer(p, &to))
            return false;
    }
    return true;
}

static bool put_entry(struct pointers *p)
{
    struct diags *d = p->workspace->diags;
    str edition = p->plan->edition;
    /* Frozen pages load it: those of any other edition say then that they are superseded. A
     * style sheet does that without scripts, and from a disk. src/verify knows it word by word. */
    str style = str_fmt(p->workspace->arena,
                        ":root:not([data-edition=\"" STR_FMT "\"]) { --superseded: \"Superseded "
                        "by edition " STR_FMT "\"; --superseded-shown: block }\n",
                        STR_ARG(edition), STR_ARG(edition));
    struct portal_pointer entry = {
        .path = S("index.html"), .edition = edition, .target = S("index.html"), .code = S("")};
    return archive_pointer(p->archive, d, p->plan->audience, S("current.css"), style) &&
           put_pointer(p, &entry);
}

bool pointers_put(struct workspace *w, struct archive *archive, const char *folder,
                  const struct tree_plan *plan, const struct portal *portal)
{
    struct pointers p = {.workspace = w,
                         .archive = archive,
                         .plan = plan,
                         .portal = portal,
                         .scratch = arena_new("pointers", POINTER_BYTES_MAX),
                         .place = -1,
                         .made = map_in(w->arena)};
    const char *place = str_c(w->arena, path_join(w->arena, str_from(folder), plan->audience));
    if (dir_open(place, &p.place) != 0)
        p.place = -1;
    bool good = put_records(&p) && put_gone(&p) && put_entry(&p);
    if (p.place >= 0)
        close(p.place);
    arena_free(p.scratch);
    return good;
}
