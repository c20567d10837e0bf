/* verify/archive: a little site for tests, two audiences and two editions, as it should be. */
#include "archive.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"
#include "verify/format.h"

const char *const audience_name[AUDIENCES] = {"audit", "staff"};

static const char zeros[] = "0000000000000000000000000000000000000000000000000000000000000000";

struct test_archive *archive_plan(struct arena *a, const struct forger *publisher,
                                  const struct forger *approver)
{
    struct test_archive *t = NEW(a, struct test_archive);
    t->arena = a;
    t->approver = approver;
    t->plan[0] =
        (struct plan){.id = "2026.1", .as_of = "2026-03-31", .number = 1, .publisher = publisher};
    t->plan[1] =
        (struct plan){.id = "2026.2", .as_of = "2026-06-30", .number = 2, .publisher = publisher};
    return t;
}

/* The later of two files of one name stays. */
static void put(struct test_archive *t, str path, str data)
{
    for (size_t i = 0; i < t->file_count; i++)
        if (str_eq(t->file[i].path, path)) {
            t->file[i].data = data;
            return;
        }
    assert(t->file_count < FILES_MAX);
    t->file[t->file_count++] = (struct archive_file){path, data};
}

str archive_data(const struct test_archive *t, const char *path)
{
    for (size_t i = 0; i < t->file_count; i++)
        if (str_eq(t->file[i].path, str_from(path)))
            return t->file[i].data;
    fprintf(stderr, "the test archive has no '%s'\n", path);
    abort();
}

/* -- One edition ------------------------------------------------------------------ */

struct making {
    struct test_archive *t;
    const struct plan *plan;
    const char *audience;
    size_t first; /* of its files */
};

static str in_edition(const struct making *m, const char *path)
{
    return str_fmt(m->t->arena, "%s/%s/%s", m->audience, m->plan->id, path);
}

static void put_in(const struct making *m, const char *path, str data)
{
    put(m->t, in_edition(m, path), data);
}

static str statement(const struct making *m, str text, str picture)
{
    struct arena *a = m->t->arena;
    return str_fmt(a,
                   "continuo-approval-1\ndocument: BCP-001\nversion: 4.0\nrole: ROL-002\n"
                   "person: PER-006\ndate: 2026-03-20\ntext: " STR_FMT "\nfile: " STR_FMT
                   " documents/plan.png\n",
                   STR_ARG(sha256_hex(a, sha256_of(text))),
                   STR_ARG(sha256_hex(a, sha256_of(picture))));
}

static void put_approval(const struct making *m)
{
    struct arena *a = m->t->arena;
    const struct canonical_head head = {S("BCP-001"), S("Claims"), S("4.0"), S("internal"),
                                        S("en")};
    str text = canonical_text(a, &head, S("# Claims\n\nCall the desk.\n"));
    str picture = str_fmt(a, "\x89PNG of %s", m->audience);
    str said = statement(m, text, picture);
    put_in(m, "approvals/bcp-001.p7s", forge_cms(a, m->t->approver, said, S(""), NULL));
    put_in(m, "approvals/bcp-001.txt", said);
    put_in(m, "d/bcp-001/plan.png", picture);
    put_in(m, "source/bcp-001.md", m->plan->other_text ? S("---\ncode: BCP-001\n") : text);
    put_in(m, "source/bcp-001.rendered.md", str_fmt(a, "# Claims of %s\n", m->plan->id));
}

static void put_pdf(const struct making *m)
{
    const struct plan *p = m->plan;
    char title[64];
    snprintf(title, sizeof title, "Claims %s %s", p->id, m->audience);
    struct paper_spec spec = {.title = title};
    if (p->unsigned_pdf) {
        spec.form = "";
        spec.perms = "";
    }
    put_in(m, "d/bcp-001.pdf",
           paper_make(m->t->arena, p->pdf_publisher ? p->pdf_publisher : p->publisher, &spec));
    put_in(m, "forms/frm-001.pdf", S("%PDF-1.7 to be filled in, without a seal\n%%EOF\n"));
}

static int by_path(const void *a, const void *b)
{
    return str_cmp(((const struct archive_file *)a)->path, ((const struct archive_file *)b)->path);
}

/* Everything put so far: "<hash>  <path>" by path. */
static str list(const struct making *m)
{
    struct test_archive *t = m->t;
    struct buf b = buf_in(t->arena, 4096);
    size_t prefix = in_edition(m, "").n, count = t->file_count - m->first;
    qsort(&t->file[m->first], count, sizeof *t->file, by_path);
    for (size_t i = 0; i < count; i++) {
        size_t which = m->plan->unsorted_list ? count - 1 - i : i;
        const struct archive_file *f = &t->file[m->first + which];
        buf_add(&b, sha256_hex(t->arena, sha256_of(f->data)));
        buf_fmt(&b, "  " STR_FMT "\n", STR_ARG(str_skip(f->path, prefix)));
    }
    return buf_str(&b);
}

static str record(const struct making *m, str sums, str previous)
{
    struct test_archive *t = m->t;
    const struct plan *p = m->plan;
    const struct forger *named = p->named ? p->named : p->publisher;
    uint64_t bytes = 0;
    for (size_t i = m->first; i < t->file_count; i++)
        bytes += t->file[i].data.n;
    return str_fmt(t->arena,
                   "{\n  \"format\": \"continuo-edition-1\",\n  \"edition\": \"%s\",\n"
                   "  \"number\": %u,\n  \"audience\": \"%s\",\n"
                   "  \"organisation\": \"Harbour \\\"Light\\\"\",\n  \"as_of\": \"%s\",\n"
                   "  \"tool\": \"continuo 0.2\",\n  \"files\": %zu,\n  \"bytes\": %llu,\n"
                   "  \"pdfs\": 1,\n  \"manifest\": \"" STR_FMT "\",\n  \"previous\": \"" STR_FMT
                   "\",\n  \"certificate\": \"" STR_FMT "\",\n  \"demo\": %s\n}\n",
                   p->id, (unsigned)p->number, m->audience, p->as_of,
                   t->file_count - m->first + p->counts_wrong, (unsigned long long)bytes,
                   STR_ARG(sha256_hex(t->arena, sha256_of(p->other_manifest ? S("x") : sums))),
                   STR_ARG(p->other_previous ? sha256_hex(t->arena, sha256_of(S("x"))) : previous),
                   STR_ARG(sha256_hex(t->arena, forger_certificate(named))),
                   p->says_demo ? "true" : "false");
}

/* Gives the hash of its record, in hex. */
static str make_edition(struct test_archive *t, const struct plan *p, const char *audience,
                        str previous)
{
    struct making m = {t, p, audience, t->file_count};
    struct arena *a = t->arena;
    put_in(&m, "index.html",
           str_fmt(a, "<title>%s %s</title>%s\n", audience, p->id, p->text ? p->text : ""));
    put_in(&m, "assets/site.css", S("p { color: black }\n"));
    put_in(&m, "d/bcp-001.html", str_fmt(a, "<h1>Claims</h1> %s\n", audience));
    put_in(&m, "data/role.csv", str_fmt(a, "id,title\nROL-002,Head of %s\n", audience));
    put_in(&m, "a-z.html", str_fmt(a, "A to Z of %s\n", p->id));
    put_approval(&m);
    put_pdf(&m);
    str sums = list(&m), json = record(&m, sums, previous);
    put_in(&m, "SHA256SUMS", sums);
    put_in(&m, "edition.json", json);
    put_in(&m, "edition.json.p7s", forge_cms(a, p->publisher, json, S(""), NULL));
    return sha256_hex(a, sha256_of(json));
}

/* -- The site --------------------------------------------------------------------- */

static str ledger_line(struct test_archive *t, const struct plan *p, const str hash[AUDIENCES],
                       str previous)
{
    const struct forger *named = p->named ? p->named : p->publisher;
    struct buf b = buf_in(t->arena, 600);
    buf_fmt(&b,
            "{\"ledger\":\"continuo-ledger-1\",\"number\":%u,\"edition\":\"%s\",\"as_of\":\"%s\","
            "\"previous\":\"" STR_FMT "\",\"certificate\":\"" STR_FMT "\",\"editions\":{",
            (unsigned)p->number, p->id, p->as_of,
            STR_ARG(p->other_ledger_previous ? sha256_hex(t->arena, sha256_of(S("x"))) : previous),
            STR_ARG(sha256_hex(t->arena, forger_certificate(named))));
    for (size_t i = 0; i < AUDIENCES; i++)
        buf_fmt(&b, "%s\"%s\":\"" STR_FMT "\"", i ? "," : "", audience_name[i], STR_ARG(hash[i]));
    buf_lit(&b, "}}\n");
    return buf_str(&b);
}

static void put_pointers(struct test_archive *t, const char *audience, const char *last)
{
    struct arena *a = t->arena;
    put(t, str_fmt(a, "%s/current.css", audience),
        str_fmt(a,
                ":root:not([data-edition=\"%s\"]) { --superseded: \"Superseded by edition "
                "%s\"; --superseded-shown: block }\n",
                last, last));
    put(t, str_fmt(a, "%s/index.html", audience),
        str_fmt(a, "<meta http-equiv=\"refresh\" content=\"0; url=%s/index.html\">\n", last));
    put(t, str_fmt(a, "%s/to/bcp-001/index.html", audience),
        str_fmt(a, "<a href=\"../../%s/d/bcp-001.html\">here</a>\n", last));
    put(t, str_fmt(a, "%s/draft/index.html", audience), S("a draft\n"));
}

void archive_make(struct test_archive *t)
{
    struct arena *a = t->arena;
    str before[AUDIENCES] = {str_from(zeros), str_from(zeros)}, line_before = str_from(zeros);
    struct buf ledger = buf_in(a, 2000);
    t->file_count = 0;
    for (size_t e = 0; e < EDITIONS; e++) {
        const struct plan *p = &t->plan[e];
        for (size_t i = 0; i < AUDIENCES; i++)
            before[i] = make_edition(t, p, audience_name[i], before[i]);
        str line = ledger_line(t, p, before, line_before);
        buf_add(&ledger, line);
        put(t, str_fmt(a, "ledger/%u.p7s", (unsigned)p->number),
            forge_cms(a, p->publisher, line, S(""), NULL));
        line_before = sha256_hex(a, sha256_of(line));
    }
    put(t, S("ledger.jsonl"), buf_str(&ledger));
    put(t, S("README.md"), S("The portal.\n"));
    for (size_t i = 0; i < AUDIENCES; i++)
        put_pointers(t, audience_name[i], t->plan[EDITIONS - 1].id);
}

static void remove_all(int root)
{
    struct arena *a = arena_new("names", 1 << 20);
    struct dir_item *items;
    size_t count;
    int error = dir_list_all(a, root, S(""), &items, &count);
    assert(error == 0);
    for (size_t i = 0; i < count; i++) {
        error = dir_remove_tree(root, items[i].name);
        assert(error == 0);
    }
    arena_free(a);
}

static str folder_of(str path)
{
    size_t n = path.n;
    while (n > 0 && path.p[n - 1] != '/')
        n--;
    return str_from_to(path, 0, n ? n - 1 : 0);
}

void archive_write(const struct test_archive *t, int root)
{
    remove_all(root);
    for (size_t i = 0; i < t->file_count; i++) {
        int error = dir_make(root, folder_of(t->file[i].path));
        if (error == 0)
            error = file_create(root, t->file[i].path, t->file[i].data);
        assert(error == 0);
    }
}
