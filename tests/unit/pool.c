/* unit/pool: jobs in order, workers that die, limits that bite. */
#include "unit.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/pool.h"

enum { JOBS_MAX = 3000 };

static int told[2]; /* a pipe */

struct log {
    size_t bad; /* the job that misbehaves */
    void (*misbehave)(void);
    size_t taken, lost;
    size_t next; /* the order of taking */
    bool in_order;
    char reason[200];
    size_t lost_job;
};

static void run(void *self, size_t job, struct buf *answer)
{
    struct log *l = self;
    if (job == l->bad)
        l->misbehave();
    buf_fmt(answer, "job %zu", job);
    for (size_t i = 0; i < job % 7 * 1000; i++)
        buf_char(answer, 'x');
}

static void take(void *self, size_t job, str answer)
{
    struct log *l = self;
    char expected[32];
    snprintf(expected, sizeof expected, "job %zu", job);
    l->in_order = l->in_order && job >= l->next && str_starts(answer, str_from(expected)) &&
                  answer.n == strlen(expected) + job % 7 * 1000;
    l->next = job + 1;
    l->taken++;
}

static void lost(void *self, size_t job, str reason)
{
    struct log *l = self;
    snprintf(l->reason, sizeof l->reason, STR_FMT, STR_ARG(reason));
    l->lost_job = job;
    l->lost++;
}

static struct log run_pool(size_t count, unsigned workers, size_t bad, void (*misbehave)(void),
                           const struct pool_limits *limits)
{
    struct log l = {.bad = bad, .misbehave = misbehave, .in_order = true};
    struct pool_work work = {&l, run, take, lost, NULL};
    assert_int_equal(pool_run(count, workers, limits, &work), 0);
    return l;
}

static const struct pool_limits wide = {.answer_bytes_max = 1024 * 1024};

static void every_job_in_order(void **state)
{
    (void)state;
    static const unsigned workers[] = {1, 2, 3, 8};
    for (size_t i = 0; i < sizeof workers / sizeof *workers; i++) {
        struct log l = run_pool(JOBS_MAX, workers[i], SIZE_MAX, NULL, &wide);
        assert_int_equal(l.taken, JOBS_MAX);
        assert_int_equal(l.lost, 0);
        assert_true(l.in_order);
    }
}

static void no_job_and_few_jobs(void **state)
{
    (void)state;
    assert_int_equal(run_pool(0, 4, SIZE_MAX, NULL, &wide).taken, 0);
    assert_int_equal(run_pool(2, 8, SIZE_MAX, NULL, &wide).taken, 2);
}

static void crash(void)
{
    signal(SIGSEGV, SIG_DFL); /* a sanitizer would turn it into an exit */
    raise(SIGSEGV);
}

static void leave(void)
{
    _exit(EXIT_MACHINE);
}

static void hang(void)
{
    for (;;)
        sleep(1);
}

static void burn(void)
{
    for (volatile unsigned long i = 0;; i++)
        ;
}

static void a_dead_worker_loses_one_job(void **state)
{
    (void)state;
    struct log l = run_pool(300, 2, 77, crash, &wide);
    assert_int_equal(l.taken, 299);
    assert_int_equal(l.lost, 1);
    assert_int_equal(l.lost_job, 77);
    assert_true(l.in_order);
    assert_non_null(strstr(l.reason, "signal 11"));
    l = run_pool(10, 1, 9, leave, &wide);
    assert_int_equal(l.taken, 9);
    assert_non_null(strstr(l.reason, "memory"));
}

static void limits_bite(void **state)
{
    (void)state;
    struct pool_limits wall = {.wall_seconds = 1, .answer_bytes_max = 1024 * 1024};
    struct log l = run_pool(5, 2, 3, hang, &wall);
    assert_int_equal(l.taken, 4);
    assert_non_null(strstr(l.reason, "longer than its time limit"));
    struct pool_limits cpu = {.cpu_seconds = 1, .answer_bytes_max = 1024 * 1024};
    l = run_pool(5, 2, 3, burn, &cpu);
    assert_int_equal(l.taken, 4);
    assert_non_null(strstr(l.reason, "CPU"));
}

/* Often, since an answer may come before or after its worker has ended. */
static void too_long_an_answer(void **state)
{
    (void)state;
    struct pool_limits narrow = {.answer_bytes_max = 3000};
    for (int round = 0; round < 12; round++) {
        struct log l = run_pool(7, 1 + (unsigned)round % 3, SIZE_MAX, NULL, &narrow);
        assert_int_equal(l.taken, 3);
        assert_int_equal(l.lost, 4);
        assert_non_null(strstr(l.reason, "longer than its limit"));
    }
}

/* Writes what is no answer to the parent, wherever its end of the pipe is. */
static void babble(void)
{
    char nonsense[100];
    memset(nonsense, 0xEE, sizeof nonsense);
    for (int fd = 3; fd < 16; fd++)
        if (write(fd, nonsense, sizeof nonsense) > 0)
            return;
}

static void nonsense_loses_no_count(void **state)
{
    (void)state;
    for (int round = 0; round < 6; round++) {
        struct log l = run_pool(20, 1 + (unsigned)round % 2, 5, babble, &wide);
        assert_int_equal(l.taken + l.lost, 20);
        assert_true(l.lost >= 1 && l.in_order);
    }
}

static void tell_and_hang(void)
{
    for (int i = 0; i < 2; i++)
        if (write(told[1], "!", 1) == 1)
            sleep(20);
}

static void no_worker_outlives_its_parent(void **state)
{
    (void)state;
    char word;
    assert_int_equal(pipe(told), 0);
    pid_t parent = fork();
    if (parent == 0) {
        run_pool(1, 1, 0, tell_and_hang, &wide);
        _exit(0);
    }
    assert_int_equal(read(told[0], &word, 1), 1);
    kill(parent, SIGTERM);
    waitpid(parent, NULL, 0);
    /* Its end of the pipe closes when it dies. */
    close(told[1]);
    assert_int_equal(read(told[0], &word, 1), 0);
    close(told[0]);
}

int unit_pool(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_job_in_order),          cmocka_unit_test(no_job_and_few_jobs),
        cmocka_unit_test(a_dead_worker_loses_one_job), cmocka_unit_test(limits_bite),
        cmocka_unit_test(too_long_an_answer),          cmocka_unit_test(nonsense_loses_no_count),
        cmocka_unit_test(no_worker_outlives_its_parent),
    };
    return unit_run("pool", cases);
}
