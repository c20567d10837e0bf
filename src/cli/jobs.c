/* cli/jobs: work over the loaded workspace, spread over forked workers. */
#include "cli/jobs.h"

#include <unistd.h>

#include "base/pool.h"
#include "check/rules.h"

/* Bounds of one job, for the libraries inside can hang or swell: a document of the
 * largest size takes well under a second of CPU. */
static const struct pool_limits limits = {
    .cpu_seconds = 60,
    .wall_seconds = 120,
    .memory_bytes = (size_t)2 * 1024 * 1024 * 1024,
    .answer_bytes_max = 16 * 1024 * 1024,
};

enum { PAGE_BYTES_MAX = 1024 * 1024 * 1024, PROGRESS_JOBS_MIN = 200 };

struct runner {
    const struct jobs *jobs;
    struct workspace *workspace;
    struct arena *page; /* in each worker, reset after each job */
    bool show_progress;
};

static void run_job(void *self, size_t job, struct buf *answer)
{
    struct runner *r = self;
    struct diags *d = diags_child(r->page, r->workspace->diags);
    r->jobs->run(r->jobs->self, job, r->page, d);
    diags_pack(d, answer);
    arena_reset(r->page);
}

static void take_answer(void *self, size_t job, str answer)
{
    struct runner *r = self;
    (void)job;
    diags_unpack(r->workspace->diags, answer);
}

static void report_lost(void *self, size_t job, str reason)
{
    struct runner *r = self;
    str name = r->jobs->name(r->jobs->self, job, r->workspace->arena);
    diag(r->workspace->diags, CHECK_RULE(WORKER), r->jobs->place(r->jobs->self, job),
         "making '" STR_FMT "' " STR_FMT, STR_ARG(name), STR_ARG(reason));
}

static void show_progress(void *self, size_t done, size_t count)
{
    struct runner *r = self;
    if (r->show_progress)
        fprintf(stderr, "\r%s %zu of %zu\033[K", r->jobs->doing, done, count);
    if (r->show_progress && done == count)
        fputs("\r\033[K", stderr);
}

static unsigned worker_count(const struct options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return o->jobs ? o->jobs : cores > 0 ? (unsigned)cores : 1;
}

void jobs_run(const struct jobs *jobs, struct workspace *w, const struct options *o)
{
    struct runner r = {.jobs = jobs, .workspace = w, .page = arena_new("page", PAGE_BYTES_MAX)};
    r.show_progress = !o->quiet && isatty(STDERR_FILENO) && jobs->count >= PROGRESS_JOBS_MIN;
    struct pool_work work = {&r, run_job, take_answer, report_lost, show_progress};
    int error_number = pool_run(jobs->count, worker_count(o), &limits, &work);
    if (error_number != 0)
        diag_os(w->diags, S(""), error_number, "start a worker process");
    arena_free(r.page);
}
