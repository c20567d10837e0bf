/* verify/verify: is an archive what was published. */
#include "verify/verify.h"

#include "verify/verify_int.h"

#include <stdlib.h>

#include "base/path.h"

static bool is_there(const struct dir_item *items, size_t count, str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(items[i].name, name))
            return true;
    return false;
}

static bool is_leftover(str name)
{
    return str_ends(name, S(".new")) || str_ends(name, S(".old"));
}

/* An edition's own files, at least one of them. */
static bool is_edition(const struct dir_item *items, size_t count)
{
    return is_there(items, count, S("edition.json")) || is_there(items, count, S("SHA256SUMS")) ||
           is_there(items, count, S("edition.json.p7s"));
}

static bool folder_is_edition(struct verifying *v, str folder)
{
    struct dir_item *items;
    size_t count;
    return dir_list_all(v->a, v->q->root, folder, &items, &count) == 0 && is_edition(items, count);
}

/* -- Where readers are sent ------------------------------------------------------- */

enum { POINTER_BYTES_MAX = 64 * 1024 };

static bool is_id_char(char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '_' || c == '-';
}

/* Whether a page leads into this folder: "2026.2/" that is not the end of another name. */
static bool leads_to(str page, str edition)
{
    for (size_t at = 0; (at = str_find(page, edition, at)) != SIZE_MAX; at++) {
        bool head = at == 0 || (!is_id_char(page.p[at - 1]) && page.p[at - 1] != '/');
        bool relative = at >= 2 && page.p[at - 1] == '/' && page.p[at - 2] == '.';
        if ((head || relative) && at + edition.n < page.n && page.p[at + edition.n] == '/')
            return true;
    }
    return false;
}

/* An edition other than the last that this page leads to, or "". */
static str other_target(const struct verifying *v, str audience, str page, str last)
{
    for (size_t i = 0; i < v->r.edition_count; i++) {
        const struct verify_edition *e = &v->r.editions[i];
        if (str_eq(e->audience, audience) && !str_eq(e->edition, last) &&
            leads_to(page, e->edition))
            return e->edition;
    }
    return S("");
}

static void judge_index(struct verifying *v, str folder, str audience, str last)
{
    str page, path = below(v, folder, S("index.html"));
    if (!read_own(v, v->a, path, POINTER_BYTES_MAX, &page))
        return;
    str other = other_target(v, audience, page, last);
    if (other.n != 0)
        found(v, DAMAGE_ROLLED_BACK, path, "it leads to " STR_FMT "; the last edition is " STR_FMT,
              STR_ARG(other), STR_ARG(last));
    else if (!leads_to(page, last))
        found(v, DAMAGE_CHANGED, path, "it does not lead to the last edition, " STR_FMT,
              STR_ARG(last));
}

static void judge_current(struct verifying *v, str folder, str last)
{
    str text, path = below(v, folder, S("current.css")), head = S(":root:not([data-edition=\"");
    if (!read_own(v, v->a, path, POINTER_BYTES_MAX, &text))
        return;
    str name;
    str tail = str_cut(str_skip(text, str_starts(text, head) ? head.n : text.n), '"', &name);
    str rest = str_fmt(v->a,
                       "]) { --superseded: \"Superseded by edition " STR_FMT
                       "\"; --superseded-shown: block }\n",
                       STR_ARG(name));
    if (!str_eq(tail, rest))
        found(v, DAMAGE_CHANGED, path, "it is not the one line that it should be");
    else if (!str_eq(name, last))
        found(v, DAMAGE_ROLLED_BACK, path,
              "it calls " STR_FMT " current; the last edition is " STR_FMT, STR_ARG(name),
              STR_ARG(last));
}

static void judge_pointers(struct verifying *v, str folder, str audience, str last)
{
    judge_current(v, folder, last);
    judge_index(v, folder, audience, last);
}

/* -- A site ----------------------------------------------------------------------- */

/* The hash of an audience's edition before, which the next one must name. */
static struct sha256 *kept_hash(struct verifying *v, struct map *last_hash, str audience)
{
    struct sha256 *kept = map_find(last_hash, audience);
    if (kept == NULL) {
        kept = NEW(v->a, struct sha256); /* zeros: there is none */
        map_put(last_hash, audience, kept);
    }
    return kept;
}

static void judge_line_editions(struct verifying *v, struct ledger_line *line,
                                struct map *last_hash)
{
    for (size_t i = 0; i < line->edition_count; i++) {
        const struct ledger_edition *e = &line->editions[i];
        struct sha256 *previous = kept_hash(v, last_hash, e->audience);
        struct expected_edition x = {.folder = below(v, e->audience, line->edition),
                                     .edition = line->edition,
                                     .audience = e->audience,
                                     .line = line,
                                     .hash = &e->hash,
                                     .previous = previous};
        map_put(&v->published, x.folder, line);
        judge_edition(v, &x);
        *previous = e->hash;
    }
}

/* The last edition of an audience by the ledger; "" for none. */
static str last_edition(const struct verifying *v, str audience)
{
    for (uint32_t n = v->number_max; n > 0; n--) {
        const struct ledger_line *line = v->by_number[n];
        if (line != NULL && ledger_find(line, audience) != NULL)
            return line->edition;
    }
    return S("");
}

/* Signed by the key of the last line, and next in the row: a publication that was cut off
 * before the ledger knew. Nobody without the key can make one. */
static bool is_next_edition(struct verifying *v, str folder, str audience)
{
    const struct ledger_line *line = line_of_number(v, v->number_max);
    struct edition_record r;
    struct format_fault fault;
    str path = below(v, folder, S("edition.json"));
    struct file_read read = file_read(v->a, v->q->root, path, EDITION_BYTES_MAX);
    struct file_read p7s =
        file_read(v->a, v->q->root, below(v, folder, S("edition.json.p7s")), CMS_BYTES_MAX);
    if (line == NULL || read.fault != FILE_OK || p7s.fault != FILE_OK ||
        !edition_read(v->a, read.text, &r, &fault))
        return false;
    struct cms_question q = {
        .der = p7s.text, .part = {read.text}, .as_of = r.as_of, .today = v->q->today};
    struct cms_verdict verdict = cms_judge(v->a, &q);
    return verdict.fault == CMS_NONE && hash_eq(verdict.certificate, line->certificate) &&
           r.number == line->number + 1 && str_eq(r.audience, audience);
}

static void judge_stray(struct verifying *v, str audience, const struct dir_item *item)
{
    str path = below(v, audience, item->name);
    bool is_folder = item->kind == DIR_FOLDER;
    if (is_leftover(item->name))
        found(v, DAMAGE_UNFINISHED, path, "left by a publication that was interrupted");
    else if (is_folder && is_next_edition(v, path, audience))
        found(v, DAMAGE_UNFINISHED, path,
              "signed, but not in the ledger: publishing was cut off, "
              "or the ledger's last line was taken away");
    else
        found(v, DAMAGE_ADDED, path,
              is_folder ? "no line of the ledger names this folder"
                        : "nothing of this name belongs here");
}

/* What an audience's folder may hold beside its editions. */
static bool belongs_to_audience(const struct dir_item *item)
{
    return (item->kind == DIR_FOLDER &&
            (str_eq(item->name, S("draft")) || str_eq(item->name, S("to")))) ||
           (item->kind == DIR_FILE &&
            (str_eq(item->name, S("index.html")) || str_eq(item->name, S("current.css"))));
}

static void judge_audience_folder(struct verifying *v, str audience)
{
    struct dir_item *items;
    size_t count;
    if (dir_list_all(v->a, v->q->root, audience, &items, &count) != 0)
        return; /* its editions are missing, which is reported */
    for (size_t i = 0; i < count; i++) {
        bool named = items[i].kind == DIR_FOLDER &&
                     map_find(&v->published, below(v, audience, items[i].name)) != NULL;
        if (!named && !belongs_to_audience(&items[i]))
            judge_stray(v, audience, &items[i]);
    }
}

static bool belongs_to_site(const struct dir_item *item)
{
    bool hidden = item->name.p[0] == '.';
    return hidden ||
           (item->kind == DIR_FILE &&
            (str_eq(item->name, S("README.md")) || str_eq(item->name, S("ledger.jsonl")))) ||
           (item->kind == DIR_FOLDER && str_eq(item->name, S("ledger")));
}

static void judge_site_folder(struct verifying *v, const struct dir_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct dir_item *item = &items[i];
        if (belongs_to_site(item) || (is_there(item, 1, S("ledger.jsonl"))))
            continue;
        if (is_leftover(item->name))
            found(v, DAMAGE_UNFINISHED, item->name, "left by a publication that was interrupted");
        else if (item->kind == DIR_FOLDER && format_id(item->name))
            judge_audience_folder(v, item->name);
        else if (last_edition(v, item->name).n == 0) /* else its editions are reported */
            found(v, DAMAGE_ADDED, item->name, "nothing of this name belongs here");
    }
}

static void judge_site_pointers(struct verifying *v, const struct map *audiences)
{
    for (size_t i = 0; i < audiences->count; i++) {
        str audience = audiences->entries[i].key;
        judge_pointers(v, audience, audience, last_edition(v, audience));
    }
}

/* -- An audience alone ------------------------------------------------------------ */

struct numbered {
    str name;
    uint32_t number;
    struct sha256 hash;
};

static int by_number(const void *a, const void *b)
{
    const struct numbered *x = a, *y = b;
    return x->number != y->number ? (x->number > y->number) - (x->number < y->number)
                                  : str_cmp(x->name, y->name);
}

/* Folders with editions, by number; one whose record cannot be read comes first. */
static size_t list_editions(struct verifying *v, str folder, struct numbered **out)
{
    struct dir_item *items;
    size_t count, n = 0, cap = 0;
    *out = NULL;
    if (dir_list_all(v->a, v->q->root, folder, &items, &count) != 0)
        return 0;
    for (size_t i = 0; i < count; i++) {
        str path = below(v, folder, items[i].name);
        struct edition_record r = {0};
        struct format_fault fault;
        if (items[i].kind != DIR_FOLDER || belongs_to_audience(&items[i]) ||
            is_leftover(items[i].name) || !folder_is_edition(v, path))
            continue;
        struct file_read f =
            file_read(v->a, v->q->root, below(v, path, S("edition.json")), EDITION_BYTES_MAX);
        if (f.fault != FILE_OK || !edition_read(v->a, f.text, &r, &fault))
            r.number = 0;
        PUSH(v->a, *out, n, cap, struct numbered) =
            (struct numbered){items[i].name, r.number, sha256_of(f.text)};
    }
    if (n != 0)
        qsort(*out, n, sizeof **out, by_number);
    return n;
}

static void judge_audience_strays(struct verifying *v, str folder)
{
    struct dir_item *items;
    size_t count;
    if (dir_list_all(v->a, v->q->root, folder, &items, &count) != 0)
        return;
    for (size_t i = 0; i < count; i++) {
        str path = below(v, folder, items[i].name);
        if (belongs_to_audience(&items[i]))
            continue;
        if (is_leftover(items[i].name))
            found(v, DAMAGE_UNFINISHED, path, "left by a publication that was interrupted");
        else if (items[i].kind != DIR_FOLDER || !folder_is_edition(v, path))
            found(v, DAMAGE_ADDED, path, "it is no edition");
    }
}

/* Each edition names the one before it by its hash, so a copy of all needs no ledger to
 * show a gap; only whether the last one is the last cannot be seen. */
static void judge_audience(struct verifying *v, str folder)
{
    struct numbered *editions;
    static const struct sha256 zero;
    size_t count = list_editions(v, folder, &editions);
    str audience = S("");
    for (size_t i = 0; i < count; i++) {
        bool follows = i > 0 && editions[i - 1].number != 0;
        struct expected_edition x = {.folder = below(v, folder, editions[i].name),
                                     .edition = editions[i].name,
                                     .audience = audience,
                                     .previous = follows  ? &editions[i - 1].hash
                                                 : i == 0 ? &zero
                                                          : NULL};
        judge_edition(v, &x);
        if (audience.n == 0)
            audience = v->r.editions[v->r.edition_count - 1].audience;
    }
    judge_audience_strays(v, folder);
    if (count != 0)
        judge_pointers(v, folder, audience, editions[count - 1].name);
    note(v, "the ledger is not here: whether an edition after the last one is missing was not "
            "judged");
}

/* Without a ledger each audience is still judged, for what that is worth. */
static void judge_without_ledger(struct verifying *v, const struct dir_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (items[i].kind == DIR_FOLDER && format_id(items[i].name))
            judge_audience(v, items[i].name);
    note(v, "to judge a copy that was made of one audience alone, name its folder");
}

static bool has_editions(struct verifying *v, const struct dir_item *items, size_t count)
{
    struct numbered *editions;
    for (size_t i = 0; i < count; i++)
        if (items[i].kind == DIR_FOLDER && format_id(items[i].name) &&
            list_editions(v, items[i].name, &editions) != 0)
            return true;
    return false;
}

static void judge_site(struct verifying *v, const struct dir_item *items, size_t count)
{
    struct map last_hash = map_in(v->a);
    if (!is_there(items, count, S("ledger.jsonl")) && !is_there(items, count, S("ledger")) &&
        !has_editions(v, items, count)) {
        v->r.nothing_published = true;
        return;
    }
    if (!judge_ledger(v)) {
        judge_without_ledger(v, items, count);
        return;
    }
    for (uint32_t n = 1; n <= v->number_max; n++)
        if (v->by_number[n] != NULL)
            judge_line_editions(v, v->by_number[n], &last_hash);
    judge_site_folder(v, items, count);
    judge_site_pointers(v, &last_hash);
}

/* -- Whatever it is --------------------------------------------------------------- */

static enum verify_scope scope_of(struct verifying *v, const struct dir_item *items, size_t count)
{
    if (is_edition(items, count))
        return VERIFY_EDITION;
    if (is_there(items, count, S("ledger.jsonl")) || is_there(items, count, S("ledger")))
        return VERIFY_SITE;
    for (size_t i = 0; i < count; i++)
        if (items[i].kind == DIR_FOLDER && folder_is_edition(v, items[i].name))
            return VERIFY_AUDIENCE;
    return is_there(items, count, S("current.css")) ? VERIFY_AUDIENCE : VERIFY_SITE;
}

static void judge_root(struct verifying *v)
{
    struct dir_item *items;
    size_t count;
    struct expected_edition alone = {.folder = S("")};
    int error_number = dir_list_all(v->a, v->q->root, S(""), &items, &count);
    struct file_read r = {.fault = FILE_ERRNO, .error_number = error_number};
    if (error_number != 0) {
        found_unread(v, S("."), &r);
        v->r.machine_failed = true;
        return;
    }
    v->r.scope = scope_of(v, items, count);
    if (v->r.scope == VERIFY_SITE) {
        judge_site(v, items, count);
    } else if (v->r.scope == VERIFY_AUDIENCE) {
        judge_audience(v, S(""));
    } else {
        judge_edition(v, &alone);
        note(v, "the ledger and other editions are not here: whether this is the last edition, "
                "and the one that it follows, was not judged");
    }
}

struct verify_result verify_folder(struct arena *a, const struct verify_request *q)
{
    struct verifying v = {.a = a, .q = q, .published = map_in(a)};
    v.scratch = arena_new("verify", VERIFY_SCRATCH_BYTES_MAX);
    judge_root(&v);
    judge_expected(&v);
    judge_state(&v);
    arena_free(v.scratch);
    for (size_t i = 0; v.r.first == NULL && i < v.r.finding_count; i++)
        if (v.r.findings[i].damage != DAMAGE_UNFINISHED)
            v.r.first = &v.r.findings[i];
    return v.r;
}
