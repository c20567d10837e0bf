/* base/pool: forked workers that take numbered jobs one by one. */
#define _GNU_SOURCE /* MAP_ANONYMOUS, pipe2, PR_SET_PDEATHSIG */
#include "base/pool.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include "base/fatal.h"

enum {
    WORKERS_MAX = 64,
    JOB_ARENA_BYTES_MAX = 1024 * 1024 * 1024, /* the rlimit bites first */
    READ_BYTES = 256 * 1024,
    POLL_MILLISECONDS = 200,
};

#define NO_JOB   SIZE_MAX
#define TOO_LONG SIZE_MAX /* stands for the length of an answer that is not sent */

/* Shared by all processes: the next free job, and who holds which. */
struct board {
    atomic_size_t next;
    _Atomic size_t held[WORKERS_MAX];
    _Atomic long long held_since[WORKERS_MAX]; /* milliseconds of the steady clock */
};

struct worker {
    pid_t pid;
    int fd;  /* answers come here; -1 when it has ended */
    char *p; /* bytes received and not yet taken */
    size_t n, cap;
};

struct answer {
    char *p;
    size_t n;
    bool here, lost;
};

struct pool {
    size_t count;
    const struct pool_limits *limits;
    const struct pool_work *work;
    struct board *board;
    struct worker workers[WORKERS_MAX];
    unsigned worker_count;
    struct answer *answers; /* waiting for their turn */
    size_t taken;           /* jobs handed to the caller, in order */
    size_t answered;
};

struct head {
    size_t job, n;
};

static long long steady_milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* -- The worker's side ----------------------------------------------------- */

static void limit_cpu(unsigned seconds)
{
    struct rusage used;
    if (seconds == 0 || getrusage(RUSAGE_SELF, &used) != 0)
        return;
    struct rlimit limit;
    getrlimit(RLIMIT_CPU, &limit);
    /* Rounded up: a job gets at least its seconds. */
    limit.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + 2) + seconds;
    setrlimit(RLIMIT_CPU, &limit);
}

static size_t address_space_bytes(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f == NULL)
        return 0;
    if (fscanf(f, "%lu", &pages) != 1)
        pages = 0;
    fclose(f);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

static void limit_memory(size_t bytes)
{
    size_t used = address_space_bytes();
    if (bytes == 0 || used == 0)
        return;
#ifndef __SANITIZE_ADDRESS__ /* its shadow alone takes terabytes of addresses */
    struct rlimit limit = {used + bytes, used + bytes};
    setrlimit(RLIMIT_AS, &limit);
#endif
}

static bool send_all(int fd, const void *data, size_t n)
{
    const char *p = data;
    while (n != 0) {
        ssize_t sent = write(fd, p, n);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return false;
        p += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* A worker that outlived its parent would write into a folder, and hold a lock, that the next
 * run needs. The parent may be gone before the kernel is asked. */
static void die_with(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(EXIT_MACHINE);
}

static _Noreturn void worker_main(const struct pool *pool, unsigned w, int fd)
{
    struct arena *a = arena_new("answer", JOB_ARENA_BYTES_MAX);
    struct board *board = pool->board;
    limit_memory(pool->limits->memory_bytes);
    for (;;) {
        size_t job = atomic_fetch_add(&board->next, 1);
        if (job >= pool->count)
            break;
        atomic_store(&board->held_since[w], steady_milliseconds());
        atomic_store(&board->held[w], job);
        limit_cpu(pool->limits->cpu_seconds);
        struct buf answer = buf_in(a, 256);
        pool->work->run(pool->work->self, job, &answer);
        bool too_long = answer.n > pool->limits->answer_bytes_max;
        struct head head = {job, too_long ? TOO_LONG : answer.n};
        if (!send_all(fd, &head, sizeof head) || !send_all(fd, answer.p, too_long ? 0 : answer.n))
            break;
        atomic_store(&board->held[w], NO_JOB);
        arena_reset(a);
    }
    fflush(NULL);
    _exit(EXIT_OK);
}

/* -- The parent's side ----------------------------------------------------- */

static int worker_start(struct pool *pool, unsigned w)
{
    int pipe_end[2];
    if (pipe2(pipe_end, O_CLOEXEC) != 0)
        return errno;
    atomic_store(&pool->board->held[w], NO_JOB);
    pid_t parent = getpid(), pid = fork();
    if (pid < 0) {
        int error_number = errno;
        close(pipe_end[0]);
        close(pipe_end[1]);
        return error_number;
    }
    if (pid == 0) {
        die_with(parent);
        close(pipe_end[0]);
        worker_main(pool, w, pipe_end[1]);
    }
    close(pipe_end[1]);
    struct worker *worker = &pool->workers[w];
    worker->pid = pid;
    worker->fd = pipe_end[0];
    worker->n = 0;
    return 0;
}

static void hand_over(struct pool *pool)
{
    while (pool->taken < pool->count &&
           (pool->answers[pool->taken].here || pool->answers[pool->taken].lost)) {
        struct answer *answer = &pool->answers[pool->taken];
        if (answer->here)
            pool->work->take(pool->work->self, pool->taken, (str){answer->p, answer->n});
        free(answer->p);
        answer->p = NULL;
        pool->taken++;
    }
    if (pool->work->progress != NULL)
        pool->work->progress(pool->work->self, pool->answered, pool->count);
}

static void lose_job(struct pool *pool, size_t job, str reason)
{
    struct answer *answer = &pool->answers[job];
    if (answer->here || answer->lost)
        return;
    answer->lost = true;
    pool->answered++;
    pool->work->lost(pool->work->self, job, reason);
}

static void keep_answer(struct pool *pool, const struct head *head, const char *p)
{
    struct answer *answer = &pool->answers[head->job];
    answer->p = malloc(head->n ? head->n : 1);
    if (answer->p == NULL)
        fatal("out of memory for an answer of %zu bytes", head->n);
    if (head->n != 0)
        memcpy(answer->p, p, head->n);
    answer->n = head->n;
    answer->here = true;
    pool->answered++;
}

/* Takes whole answers out of what a worker has sent. False: it sent nonsense. */
static bool worker_parse(struct pool *pool, struct worker *worker)
{
    size_t at = 0;
    struct head head;
    while (worker->n - at >= sizeof head) {
        memcpy(&head, worker->p + at, sizeof head);
        bool too_long = head.n == TOO_LONG;
        if (head.job >= pool->count || (!too_long && head.n > pool->limits->answer_bytes_max) ||
            pool->answers[head.job].here)
            return false;
        if (too_long) {
            lose_job(pool, head.job, S("gave an answer longer than its limit"));
            at += sizeof head;
            continue;
        }
        if (worker->n - at - sizeof head < head.n)
            break;
        keep_answer(pool, &head, worker->p + at + sizeof head);
        at += sizeof head + head.n;
    }
    memmove(worker->p, worker->p + at, worker->n - at);
    worker->n -= at;
    return true;
}

static ssize_t worker_read(struct worker *worker)
{
    if (worker->cap - worker->n < READ_BYTES) {
        worker->cap = worker->cap * 2 + READ_BYTES;
        worker->p = realloc(worker->p, worker->cap);
        if (worker->p == NULL)
            fatal("out of memory for %zu bytes of answers", worker->cap);
    }
    ssize_t n = read(worker->fd, worker->p + worker->n, worker->cap - worker->n);
    if (n > 0)
        worker->n += (size_t)n;
    return n;
}

static str reason_of(int status, bool too_long, char *text, size_t size)
{
    if (too_long)
        snprintf(text, size, "took longer than its time limit");
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        snprintf(text, size, "used more CPU time than its limit");
    else if (WIFSIGNALED(status))
        snprintf(text, size, "was killed by signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) == EXIT_MACHINE)
        snprintf(text, size, "ran out of memory or another resource");
    else
        snprintf(text, size, "ended early with status %d", WEXITSTATUS(status));
    return str_from(text);
}

/* Reaps a worker whose pipe is closed; the job it held is lost, and while jobs
 * are left a fresh one takes its place. */
static int worker_ended(struct pool *pool, unsigned w, bool too_long)
{
    struct worker *worker = &pool->workers[w];
    char text[128];
    int status = 0;
    close(worker->fd);
    worker->fd = -1;
    while (waitpid(worker->pid, &status, 0) < 0 && errno == EINTR)
        ;
    size_t job = atomic_load(&pool->board->held[w]);
    if (job != NO_JOB)
        lose_job(pool, job, reason_of(status, too_long, text, sizeof text));
    if (atomic_load(&pool->board->next) >= pool->count)
        return 0;
    return worker_start(pool, w);
}

static bool worker_is_stuck(const struct pool *pool, unsigned w)
{
    if (pool->limits->wall_seconds == 0 || atomic_load(&pool->board->held[w]) == NO_JOB)
        return false;
    long long since = atomic_load(&pool->board->held_since[w]);
    return steady_milliseconds() - since > (long long)pool->limits->wall_seconds * 1000;
}

static int serve_worker(struct pool *pool, unsigned w, bool readable)
{
    struct worker *worker = &pool->workers[w];
    bool stuck = worker_is_stuck(pool, w);
    if (stuck)
        kill(worker->pid, SIGKILL);
    if (!readable && !stuck)
        return 0;
    ssize_t n = worker_read(worker);
    if (n < 0 && errno == EINTR)
        return 0;
    if (n <= 0)
        return worker_ended(pool, w, stuck);
    if (worker_parse(pool, worker))
        return 0;
    kill(worker->pid, SIGKILL);
    return worker_ended(pool, w, false);
}

static unsigned workers_open(const struct pool *pool, struct pollfd *fds)
{
    unsigned open_count = 0;
    for (unsigned w = 0; w < pool->worker_count; w++) {
        fds[w] = (struct pollfd){.fd = pool->workers[w].fd, .events = POLLIN};
        open_count += pool->workers[w].fd >= 0;
    }
    return open_count;
}

static int pool_serve(struct pool *pool)
{
    struct pollfd fds[WORKERS_MAX];
    int error_number = 0;
    while (workers_open(pool, fds) != 0) {
        if (poll(fds, pool->worker_count, POLL_MILLISECONDS) < 0 && errno != EINTR)
            return errno;
        for (unsigned w = 0; w < pool->worker_count; w++) {
            if (pool->workers[w].fd < 0)
                continue;
            int failed =
                serve_worker(pool, w, (fds[w].revents & (POLLIN | POLLHUP | POLLERR)) != 0);
            error_number = failed ? failed : error_number;
        }
        hand_over(pool);
    }
    return error_number;
}

/* A worker that sent nonsense takes with it what it had answered behind that. */
static void lose_the_rest(struct pool *pool)
{
    for (size_t job = 0; job < pool->count; job++)
        if (!pool->answers[job].here)
            lose_job(pool, job, S("its answer did not arrive"));
    hand_over(pool);
}

int pool_run(size_t count, unsigned workers, const struct pool_limits *limits,
             const struct pool_work *work)
{
    assert(workers >= 1);
    struct pool pool = {.count = count, .limits = limits, .work = work};
    pool.worker_count = workers < WORKERS_MAX ? workers : WORKERS_MAX;
    if (count < pool.worker_count)
        pool.worker_count = (unsigned)count;
    pool.board =
        mmap(NULL, sizeof *pool.board, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    pool.answers = calloc(count ? count : 1, sizeof *pool.answers);
    if (pool.board == MAP_FAILED || pool.answers == NULL)
        fatal("out of memory for %zu jobs", count);
    for (unsigned w = 0; w < pool.worker_count; w++)
        pool.workers[w].fd = -1;
    fflush(NULL); /* a fork must not print what the parent has buffered */
    int error_number = 0;
    for (unsigned w = 0; w < pool.worker_count && error_number == 0; w++)
        error_number = worker_start(&pool, w);
    int served = pool_serve(&pool);
    if (error_number == 0 && served == 0)
        lose_the_rest(&pool);
    for (unsigned w = 0; w < pool.worker_count; w++)
        free(pool.workers[w].p);
    free(pool.answers);
    munmap(pool.board, sizeof *pool.board);
    return error_number ? error_number : served;
}
