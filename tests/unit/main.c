/* unit/main: runs the unit tests of every module, or of the one that is named. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"

static const struct unit {
    const char *name;
    int (*run)(void);
} unit[] = {
#define UNIT(name) {#name, unit_##name},
#include "units.def"
};
enum { UNIT_COUNT = sizeof unit / sizeof *unit };

static size_t run_count, failed_count;

int unit_run_group(const char *name, const struct CMUnitTest *cases, size_t count)
{
    int failed = _cmocka_run_group_tests(name, cases, count, NULL, NULL);
    run_count += count;
    failed_count += (size_t)failed;
    return failed;
}

void unit_assert_str(str got, const char *expected, const char *file, int line)
{
    if (str_eq(got, str_from(expected)))
        return;
    print_error("got      '" STR_FMT "'\nexpected '%s'\n", STR_ARG(got), expected);
    _fail(file, line);
}

int unit_remove(const char *folder)
{
    int tmp, error_number = dir_open("/tmp", &tmp);
    if (error_number != 0)
        return error_number;
    error_number = dir_remove_tree(tmp, path_name(str_from(folder)));
    close(tmp);
    return error_number;
}

static void child(void (*act)(void *self), void *self, int out)
{
    if (dup2(out, STDERR_FILENO) < 0)
        _exit(99);
    act(self);
    _exit(0);
}

int unit_dies(void (*act)(void *self), void *self, char *said, size_t said_bytes)
{
    int pipe_fd[2], status;
    assert_int_equal(pipe(pipe_fd), 0);
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        child(act, self, pipe_fd[1]);
    close(pipe_fd[1]);
    size_t n = 0;
    ssize_t got;
    while (n + 1 < said_bytes && (got = read(pipe_fd[0], said + n, said_bytes - 1 - n)) > 0)
        n += (size_t)got;
    said[n] = 0;
    close(pipe_fd[0]);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* A module that counts no case would pass for ever. */
static void run(const struct unit *u)
{
    size_t before = run_count;
    u->run();
    if (run_count == before) {
        fprintf(stderr, "unit_%s ran no case through unit_run\n", u->name);
        failed_count++;
        run_count++;
    }
}

int main(int argc, char **argv)
{
    for (int i = 0; i < UNIT_COUNT; i++)
        if (argc < 2 || strcmp(argv[1], unit[i].name) == 0)
            run(&unit[i]);
    if (run_count == 0)
        fprintf(stderr, "no unit test is called '%s'\n", argc < 2 ? "" : argv[1]);
    fflush(NULL);
    printf("%zu passed, %zu failed\n", run_count - failed_count, failed_count);
    return failed_count != 0 || run_count == 0;
}
