/* bench/paper: many documents, or one that no limit of a Markdown file allows, as PDF.
 *
 *   paper book TEXT COPIES OUT     the text so many times over, as one document
 *   paper rows COUNT OUT           a register of so many records
 *   paper maps COUNT OUT           so many drawings, each with a caption
 *   paper many TEXT COUNT WORKERS  so many documents of the text, by a pool of workers
 *
 * Prints the bytes that were made. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/pool.h"
#include "form/doc/doc.h"
#include "write/pdf/pdf.h"

#define MEMORY ((size_t)8 * 1024 * 1024 * 1024)

struct bench {
    struct arena *arena;
    struct diags *diags;
    struct pdf_fonts *fonts;
    str text;
    unsigned long long bytes;
    size_t lost;
};

static struct doc *document(struct bench *b, struct arena *a, struct diags *d)
{
    uint32_t file = diags_source(d, S("text.md"), b->text);
    return doc_from_file(a, d, file, (struct tval){.kind = TV_UNKNOWN});
}

static bool make(struct bench *b, struct arena *a, struct diags *d, const struct doc *doc,
                 struct buf *out)
{
    struct pdf_options how = {.root = AT_FDCWD};
    return pdf_document(a, d, b->fonts, &how, doc, out);
}

static bool save(struct bench *b, const char *path, const struct buf *out)
{
    FILE *f = fopen(path, "w");
    b->bytes = out->n;
    return f != NULL && fwrite(out->p, 1, out->n, f) == out->n && fclose(f) == 0;
}

static bool book(struct bench *b, int copies, const char *path)
{
    struct doc *whole = document(b, b->arena, b->diags);
    for (int i = 1; i < copies; i++) {
        struct md_node *more = document(b, b->arena, b->diags)->body;
        while (more->first) {
            struct md_node *n = more->first;
            md_remove(n);
            md_append(whole->body, n);
        }
    }
    doc_list_headings(b->arena, whole);
    struct buf out = buf_in(b->arena, 1 << 20);
    return make(b, b->arena, b->diags, whole, &out) && save(b, path, &out);
}

static bool rows(struct bench *b, int count, const char *path)
{
    static const struct column columns[] = {
        {S_INIT("id"), S_INIT("ID"), COLUMN_CODE},
        {S_INIT("title"), S_INIT("Title"), COLUMN_TEXT},
        {S_INIT("due"), S_INIT("Due"), COLUMN_DATE},
        {S_INIT("what"), S_INIT("What has to be done"), COLUMN_PROSE},
    };
    struct table *t = table_new(b->arena, S("register-x"), S("Rows"), columns, 4);
    for (int i = 0; i < count; i++) {
        struct cell *row = table_row(b->arena, t);
        row[0] = cell_text(b->arena, str_fmt(b->arena, "ACT-%05d", i));
        row[1] = cell_text(b->arena, str_fmt(b->arena, "Activity number %d of the society", i));
        row[2] = cell_text(b->arena, str_fmt(b->arena, "%d June 2026", i % 30 + 1));
        row[3] = cell_text(b->arena, str_fmt(b->arena,
                                             "Check supplier %d again, say what came of it, and "
                                             "write down who was told of it and when",
                                             i));
    }
    struct doc about = {
        .title = S("Rows"), .language = S("en"), .source = S("rows"), .version_date = DATE_NONE};
    struct pdf_options how = {.root = AT_FDCWD};
    struct buf out = buf_in(b->arena, 1 << 20);
    return pdf_table_document(b->arena, b->diags, b->fonts, &how, &about, t, &out) &&
           save(b, path, &out);
}

static struct drawing *drawing(struct arena *a, int number)
{
    struct drawing *d = NEW(a, struct drawing);
    struct draw_op *box = NEW(a, struct draw_op);
    *box =
        (struct draw_op){.kind = DRAW_RECT, .stroke = INK_LINE, .line_width = 1, .w = 200, .h = 40};
    *d = (struct drawing){.id = str_fmt(a, "map-%d", number),
                          .title = str_fmt(a, "Map number %d", number),
                          .width = 200,
                          .height = 40,
                          .ops = box,
                          .count = 1};
    return d;
}

static bool maps(struct bench *b, int count, const char *path)
{
    struct doc about = {
        .title = S("Maps"), .language = S("en"), .source = S("maps"), .version_date = DATE_NONE};
    about.body = md_new(b->arena, MD_DOCUMENT, (struct span){0});
    for (int i = 0; i < count; i++) {
        struct md_node *n = md_new(b->arena, MD_FORM_DRAWING, (struct span){0});
        n->drawing = drawing(b->arena, i);
        md_append(about.body, n);
    }
    struct buf out = buf_in(b->arena, 1 << 20);
    return make(b, b->arena, b->diags, &about, &out) && save(b, path, &out);
}

static void one(void *self, size_t job, struct buf *answer)
{
    struct bench *b = self;
    struct diags *d = diags_child(answer->arena, b->diags);
    struct doc *doc = document(b, answer->arena, d);
    doc->title = str_fmt(answer->arena, "Document %zu", job);
    make(b, answer->arena, d, doc, answer);
}

static void take(void *self, size_t job, str answer)
{
    (void)job;
    ((struct bench *)self)->bytes += answer.n;
}

static void lost(void *self, size_t job, str reason)
{
    fprintf(stderr, "paper: document %zu: " STR_FMT "\n", job, STR_ARG(reason));
    ((struct bench *)self)->lost++;
}

static bool many(struct bench *b, int count, int workers)
{
    struct pool_limits limits = {.cpu_seconds = 10, .answer_bytes_max = 64 * 1024 * 1024};
    struct pool_work work = {.self = b, .run = one, .take = take, .lost = lost};
    return pool_run((size_t)count, (unsigned)workers, &limits, &work) == 0 && b->lost == 0;
}

/* 0 for anything that is no number from 1 to 999,999. */
static int number(const char *digits)
{
    char *end;
    long n = strtol(digits, &end, 10);
    return *end == '\0' && n > 0 && n < 1000000 ? (int)n : 0;
}

static bool run(struct bench *b, int count, char **arguments)
{
    bool has_text = count == 5;
    if (has_text) {
        struct file_read in = file_read_any(b->arena, arguments[2], 64 * 1024 * 1024);
        b->text = in.text;
        if (in.fault != FILE_OK)
            return false;
    }
    if (has_text && strcmp(arguments[1], "book") == 0)
        return book(b, number(arguments[3]), arguments[4]);
    if (has_text && strcmp(arguments[1], "many") == 0)
        return many(b, number(arguments[3]), number(arguments[4]));
    if (count == 4 && strcmp(arguments[1], "maps") == 0)
        return maps(b, number(arguments[2]), arguments[3]);
    return count == 4 && strcmp(arguments[1], "rows") == 0 &&
           rows(b, number(arguments[2]), arguments[3]);
}

int main(int count, char **arguments)
{
    struct bench b = {.arena = arena_new("bench", MEMORY)};
    b.diags = diags_new(b.arena);
    struct fonts *faces = font_open(b.arena, b.diags);
    if (faces != NULL)
        b.fonts = pdf_fonts_open(b.arena, faces, S("en"));
    bool fine = faces != NULL && run(&b, count, arguments);
    printf("%llu\n", b.bytes);
    return fine ? 0 : 1;
}
