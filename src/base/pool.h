/* base/pool: forked workers that take numbered jobs one by one.
 *
 * The parent prepares everything, then forks: each worker sees the same frozen
 * memory and takes the next free job number until none is left. A job answers
 * with bytes, handed to the parent's `take` in the order of job numbers, so
 * that results don't depend on the number of workers.
 *
 * A worker that dies (signal, limit, exit) fails only the job it held: `lost`
 * hears the number and the reason, a fresh worker takes its place. When the parent dies,
 * so do its workers. */
#ifndef BASE_POOL_H
#define BASE_POOL_H

#include "base/buf.h"

struct pool_limits {
    unsigned cpu_seconds;     /* for one job; 0: none */
    unsigned wall_seconds;    /* for one job; 0: none */
    size_t memory_bytes;      /* address space of a worker beyond the parent's; 0: none */
    size_t answer_bytes_max;  /* a longer answer kills the worker, and its job is lost */
};

struct pool_work {
    void *self;
    /* In the worker. `answer` is in an arena that is reset after each job. */
    void (*run)(void *self, size_t job, struct buf *answer);
    /* In the parent, by job number; the bytes are valid during the call. */
    void (*take)(void *self, size_t job, str answer);
    /* In the parent: "killed by signal 11 (Segmentation fault)", … */
    void (*lost)(void *self, size_t job, str reason);
    /* In the parent, now and then; may be NULL. */
    void (*progress)(void *self, size_t done, size_t count);
};

/* workers >= 1. Returns errno when the machine gave no process or pipe; then
 * some jobs were neither taken nor lost. */
int pool_run(size_t count, unsigned workers, const struct pool_limits *limits,
             const struct pool_work *work);

#endif
