/* verify/flips: single bytes changed, everywhere. */
#include "tamper.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "verify/pdf.h"

enum { SAMPLE = 31, PAGES_SAMPLE = 7 }; /* every so many bytes are changed in a sample */

/* Files that are signed or listed as a whole are the archive's own. */
static bool is_own(str path)
{
    return str_starts(path, S("ledger")) || str_ends(path, S(".p7s")) ||
           str_ends(path, S("edition.json")) || str_ends(path, S("SHA256SUMS")) ||
           str_find(path, S("/approvals/"), 0) != SIZE_MAX;
}

/* Nobody signs these, so only where they lead is judged. */
static bool is_unsigned(str path)
{
    return str_find(path, S("/2026."), 0) == SIZE_MAX && !str_starts(path, S("ledger"));
}

/* The ledger's lines are objects of their own. */
static const char *object_of(struct world *w, const struct archive_file *f, size_t at)
{
    size_t line = 1;
    if (!str_eq(f->path, S("ledger.jsonl")))
        return str_c(w->one, f->path);
    for (size_t i = 0; i < at; i++)
        line += f->data.p[i] == '\n';
    return str_c(w->one, str_fmt(w->one, "ledger.jsonl:%zu", line));
}

static void flip(struct world *w, int fd, const struct archive_file *f, size_t at, char change)
{
    char byte = (char)(f->data.p[at] ^ change);
    char what[200];
    bool written = pwrite(fd, &byte, 1, (off_t)at) == 1;
    struct verify_result r = look_at(w, &(struct look){0});
    snprintf(what, sizeof what, "byte %zu of " STR_FMT " changed by %d", at, STR_ARG(f->path),
             change);
    expect_first(w, what, &r, ANY, object_of(w, f, at));
    written &= pwrite(fd, &f->data.p[at], 1, (off_t)at) == 1;
    assert(written);
}

static void flip_file(struct world *w, const struct archive_file *f)
{
    static const char change[] = {0x20, 1, (char)0x80, 0x04};
    unsigned changes = w->all && is_own(f->path) ? 4 : 1;
    size_t step = w->all ? (is_own(f->path) ? 1 : PAGES_SAMPLE) : SAMPLE;
    int fd = openat(w->root, str_c(w->one, f->path), O_WRONLY);
    assert(fd >= 0);
    for (size_t at = f->path.n % step; at < f->data.n; at += step)
        for (unsigned k = 0; k < changes; k++)
            flip(w, fd, f, at, change[(k + at) % 4]);
    close(fd);
}

/* Without a list of trusted certificates: the bytes alone must tell. */
static void flip_archive(struct world *w)
{
    archive_write(w->archive, w->root);
    for (size_t i = 0; i < w->archive->file_count; i++)
        if (!is_unsigned(w->archive->file[i].path))
            flip_file(w, &w->archive->file[i]);
    struct verify_result r = look_at(w, &(struct look){0});
    expect_first(w, "the archive after all flips", &r, CLEAN, NULL);
}

/* A PDF alone, without the list's hash: its own signature and form must tell. */
static void flip_pdf(struct world *w)
{
    str pdf = archive_data(w->archive, "staff/2026.1/d/bcp-001.pdf");
    char *copy = str_c(w->arena, pdf);
    size_t step = w->all ? 1 : SAMPLE;
    unsigned changes = w->all ? 8 : 2, unseen = 0;
    for (size_t at = 0; at < pdf.n; at += step)
        for (unsigned k = 0; k < changes; k++) {
            copy[at] = (char)(pdf.p[at] ^ (1 << (w->all ? k : (k * 5 + at) % 8)));
            struct pdf_question q = {.bytes = {copy, pdf.n}};
            bool as_of = date_parse(S("2026-03-31"), &q.as_of);
            q.today = q.as_of;
            arena_reset(w->one);
            bool seen = as_of && pdf_judge(w->one, &q).fault != PDF_NONE;
            unseen += !seen;
            w->passed += seen;
            w->failed += !seen;
            if (!seen && unseen < 20)
                printf("FAIL byte %zu of a PDF goes unseen\n", at);
            copy[at] = pdf.p[at];
        }
}

void run_flips(struct world *w)
{
    size_t before = w->passed + w->failed;
    flip_pdf(w);
    flip_archive(w);
    printf("%zu bytes changed\n", w->passed + w->failed - before);
}
