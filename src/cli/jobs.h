/* cli/jobs: work over the loaded workspace, spread over forked workers.
 *
 * A job reports into diags of its own, which reach the workspace's in the order
 * of jobs, whatever the number of workers. A worker that dies or exceeds a
 * limit becomes a finding at the place of its job. */
#ifndef CLI_JOBS_H
#define CLI_JOBS_H

#include "cli/cli.h"

struct jobs {
    void *self;
    size_t count;
    /* In a worker. The arena is reset after each job. */
    void (*run)(void *self, size_t job, struct arena *a, struct diags *d);
    /* What the job is about, for messages: a place in the content (file 0:
     * none) and the name of the output. */
    struct span (*place)(void *self, size_t job);
    str (*name)(void *self, size_t job, struct arena *a);
    const char *doing; /* "building": shown as progress on a terminal */
};

void jobs_run(const struct jobs *jobs, struct workspace *w, const struct options *o);

#endif
