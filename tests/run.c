/* run: takes case files, runs the program in each, and compares.
 *
 *   run [--golden] [-j N] [--slow N] PROGRAM CASE…
 *
 * Each case gets a fresh folder. Every `== run` of a case counts once, and fails
 * with what went wrong in it and with every expectation that follows it. --golden
 * writes what came into the case files instead: read `git diff` before you commit.
 * The format stands in run/case.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/pool.h"
#include "run/diff.h"
#include "run/world.h"

enum { CASE_BYTES_MAX = 4 * 1024 * 1024, ANSWER_BYTES_MAX = 64 * 1024 * 1024 };

struct runner {
    char **cases;
    char *program;
    unsigned slowness;
    bool golden;
    size_t passed, failed, skipped;
};

/* One case while it runs. */
struct trial {
    struct case_file *file;
    struct world world;
    struct buf *report;
    const struct step *run; /* the last one */
    bool run_failed;
    size_t passed, failed;
    struct buf golden;
};

/* What a worker tells the parent before the report. */
struct verdict {
    size_t passed, failed, skipped;
};

static void complain(struct trial *t, const struct step *s)
{
    if (!t->run_failed && t->run != NULL)
        buf_fmt(t->report, "FAIL " STR_FMT ":%zu: " STR_FMT "\n", STR_ARG(t->file->path),
                t->run->line, STR_ARG(t->run->head));
    t->run_failed = true;
    if (s != t->run)
        buf_fmt(t->report, STR_FMT ":%zu: " STR_FMT "\n", STR_ARG(t->file->path), s->line,
                STR_ARG(s->head));
}

static void settle(struct trial *t)
{
    t->passed += t->run != NULL && !t->run_failed;
    t->failed += t->run_failed;
    t->run_failed = false;
}

/* So that text without a last line end can stand in a case file. */
static str as_lines(struct arena *a, str text)
{
    if (text.n == 0 || str_ends(text, S("\n")))
        return text;
    return str_fmt(a, STR_FMT "\n\\ no newline at end\n", STR_ARG(text));
}

static void step_run(struct trial *t, const struct step *s, int *came)
{
    bool timed_out = false;
    settle(t);
    t->run = s;
    *came = world_run(&t->world, s, &timed_out);
    if (*came == s->status)
        return;
    complain(t, s);
    if (*came < 0)
        buf_fmt(t->report, "cannot be run: %s\n", strerror(errno));
    else if (timed_out)
        buf_fmt(t->report, "not done after %u seconds\n", s->seconds * t->world.slowness);
    else
        buf_fmt(t->report, "exit status %d, expected %d\n", *came, s->status);
    if (t->world.errors.n != 0)
        diff_add(t->report, S("stderr"), S(""), t->world.errors);
}

static void step_exact(struct trial *t, const struct step *s, str *came)
{
    str text;
    bool there = world_text(&t->world, s->path, &text);
    *came = as_lines(t->world.arena, text);
    if (there && str_eq(*came, s->body))
        return;
    complain(t, s);
    if (there)
        diff_add(t->report, s->path, s->body, *came);
    else
        buf_fmt(t->report, "there is no '" STR_FMT "'\n", STR_ARG(s->path));
}

static void step_lines(struct trial *t, const struct step *s)
{
    str text, rest = s->body, line;
    bool wanted = s->kind == STEP_HAS;
    if (!world_text(&t->world, s->path, &text)) {
        complain(t, s);
        buf_fmt(t->report, "there is no '" STR_FMT "'\n", STR_ARG(s->path));
        return;
    }
    while (str_line(&rest, &line)) {
        if (line.n == 0 || (str_find(text, line, 0) != SIZE_MAX) == wanted)
            continue;
        complain(t, s);
        buf_fmt(t->report, "'" STR_FMT "' %s '" STR_FMT "'\n", STR_ARG(s->path),
                wanted ? "lacks" : "has", STR_ARG(line));
    }
}

static void step_prepare(struct trial *t, const struct step *s)
{
    str why;
    if (world_prepare(&t->world, s, &why))
        return;
    buf_fmt(t->report, "FAIL " STR_FMT ":%zu: " STR_FMT ": " STR_FMT "\n", STR_ARG(t->file->path),
            s->line, STR_ARG(s->head), STR_ARG(why));
    t->failed++;
}

/* -- Golden ----------------------------------------------------------------------------------- */

static void golden_step(struct trial *t, const struct step *s, str body)
{
    buf_fmt(&t->golden, "== " STR_FMT "\n", STR_ARG(s->head));
    buf_add(&t->golden, body);
}

static void golden_run(struct trial *t, const struct step *s, int came)
{
    buf_fmt(&t->golden, "== " STR_FMT "\n", STR_ARG(s->head));
    str rest = s->raw, line;
    while (str_line(&rest, &line)) {
        if (str_starts(line, S("exit ")))
            buf_fmt(&t->golden, "exit %d\n", came);
        else
            buf_fmt(&t->golden, STR_FMT "\n", STR_ARG(line));
    }
}

static void golden_write(struct trial *t)
{
    int here;
    if (str_eq(buf_str(&t->golden), t->file->text) || dir_open(".", &here) != 0)
        return;
    int error = file_replace(here, t->file->path, buf_str(&t->golden));
    close(here);
    if (error == 0) {
        buf_fmt(t->report, "rewrote " STR_FMT "\n", STR_ARG(t->file->path));
    } else {
        buf_fmt(t->report, STR_FMT ": %s\n", STR_ARG(t->file->path), strerror(error));
        t->failed++;
    }
}

/* -- One case --------------------------------------------------------------------------------- */

static void step_take(struct trial *t, const struct step *s)
{
    int status;
    str came;
    if (s->kind == STEP_RUN) {
        step_run(t, s, &status);
        golden_run(t, s, status);
    } else if (s->kind == STEP_STDOUT || s->kind == STEP_STDERR || s->kind == STEP_FILE) {
        step_exact(t, s, &came);
        golden_step(t, s, case_escape(t->world.arena, came));
    } else {
        golden_step(t, s, s->raw);
        if (s->kind == STEP_HAS || s->kind == STEP_LACKS) {
            step_lines(t, s);
        } else if (s->kind < STEP_RUN) {
            step_prepare(t, s);
        } else if (world_exists(&t->world, s->path) != (s->kind == STEP_EXISTS)) {
            complain(t, s);
        }
    }
}

static bool needs_a_user(const struct case_file *c)
{
    for (size_t i = 0; i < c->count; i++) {
        if (c->steps[i].kind == STEP_MODE)
            return true;
    }
    return false;
}

static struct verdict try_case(struct runner *r, struct trial *t)
{
    struct case_file *c = t->file;
    struct arena *a = t->world.arena;
    if (c->error_line != 0 || !world_open(&t->world)) {
        buf_fmt(t->report, "FAIL " STR_FMT ":%zu: " STR_FMT "\n", STR_ARG(c->path), c->error_line,
                STR_ARG(c->error_line != 0 ? c->error : str_from(strerror(errno))));
        return (struct verdict){.failed = 1};
    }
    t->golden = buf_in(a, c->text.n + 256);
    if (c->count != 0)
        buf_add(&t->golden, (str){c->text.p, (size_t)(c->steps[0].head.p - c->text.p) - 3});
    for (size_t i = 0; i < c->count; i++)
        step_take(t, &c->steps[i]);
    settle(t);
    world_close(&t->world);
    if (r->golden)
        golden_write(t);
    return (struct verdict){.passed = t->passed, .failed = t->failed};
}

static void run_job(void *self, size_t job, struct buf *answer)
{
    struct runner *r = self;
    struct arena *a = answer->arena;
    struct buf report = buf_in(a, 1024);
    str path = str_from(r->cases[job]);
    struct file_read read = file_read_any(a, r->cases[job], CASE_BYTES_MAX);
    struct verdict v = {.failed = 1};
    struct trial t = {.report = &report,
                      .world = {.arena = a, .program = r->program, .slowness = r->slowness}};
    if (read.fault != FILE_OK) {
        buf_fmt(&report, "FAIL " STR_FMT ":1: cannot be read\n", STR_ARG(path));
    } else {
        t.file = case_parse(a, path, read.text);
        if (geteuid() == 0 && needs_a_user(t.file)) {
            buf_fmt(&report, "skipped " STR_FMT ": no mode stops root\n", STR_ARG(path));
            v = (struct verdict){.skipped = 1};
        } else {
            v = try_case(r, &t);
        }
    }
    buf_add(answer, (str){(const char *)&v, sizeof v});
    buf_add(answer, buf_str(&report));
}

static void take(void *self, size_t job, str answer)
{
    struct runner *r = self;
    struct verdict v;
    (void)job;
    memcpy(&v, answer.p, sizeof v);
    r->passed += v.passed;
    r->failed += v.failed;
    r->skipped += v.skipped;
    fwrite(answer.p + sizeof v, 1, answer.n - sizeof v, stdout);
}

static void lost(void *self, size_t job, str reason)
{
    struct runner *r = self;
    r->failed++;
    printf("FAIL %s:1: the runner was lost: " STR_FMT "\n", r->cases[job], STR_ARG(reason));
}

static int usage(void)
{
    fputs("usage: run [--golden] [-j N] [--slow N] PROGRAM CASE…\n", stderr);
    return 2;
}

/* From 1 to 64; 0 for what is no such number. */
static unsigned small_number(const char *text)
{
    unsigned long n = text == NULL ? 0 : strtoul(text, NULL, 10);
    return n <= 64 ? (unsigned)n : 0;
}

int main(int argc, char **argv)
{
    static const struct pool_limits limits = {.answer_bytes_max = ANSWER_BYTES_MAX};
    struct runner r = {.slowness = 1};
    struct pool_work work = {.self = &r, .run = run_job, .take = take, .lost = lost};
    unsigned workers = 2;
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--golden") == 0)
            r.golden = true;
        else if (strcmp(argv[i], "-j") == 0 && ++i < argc)
            workers = small_number(argv[i]);
        else if (strcmp(argv[i], "--slow") == 0 && ++i < argc)
            r.slowness = small_number(argv[i]);
        else
            return usage();
    }
    if (argc - i < 1 || workers == 0 || r.slowness == 0)
        return usage();
    r.program = realpath(argv[i], NULL);
    if (r.program == NULL) {
        fprintf(stderr, "run: %s: %s\n", argv[i], strerror(errno));
        return 3;
    }
    r.cases = argv + i + 1;
    int error = pool_run((size_t)(argc - i - 1), workers, &limits, &work);
    free(r.program);
    if (error != 0)
        fprintf(stderr, "run: %s\n", strerror(error));
    if (r.skipped != 0)
        printf("%zu skipped\n", r.skipped);
    printf("%zu passed, %zu failed\n", r.passed, r.failed + (error != 0));
    return r.failed != 0 || error != 0;
}
