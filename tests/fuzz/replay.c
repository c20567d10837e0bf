/* fuzz/replay: reads the corpus again, every file of every target.
 *
 *   replay CORPUS       CORPUS/<target>/<file>
 *   replay --targets    their names
 *
 * A crash or a sanitizer's report ends it without the closing count, which the
 * caller takes for a failure. An input that takes more than a second fails. */
#include "fuzz.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"

enum { INPUT_BYTES_MAX = 64 * 1024 * 1024, SLOW_MILLISECONDS = 1000 };

static long long cpu_milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool replay(const struct fuzz_target *t, struct arena *a, int root, str name)
{
    struct arena *input = arena_new("input", 2 * INPUT_BYTES_MAX);
    struct file_read r = file_read(input, root, name, INPUT_BYTES_MAX);
    long long began = cpu_milliseconds();
    bool fine = r.fault == FILE_OK;
    if (!fine)
        printf("FAIL " STR_FMT ": cannot be read\n", STR_ARG(name));
    else
        fuzz_run(t, a, r.text);
    if (cpu_milliseconds() - began > SLOW_MILLISECONDS) {
        printf("FAIL " STR_FMT ": more than a second\n", STR_ARG(name));
        fine = false;
    }
    arena_free(input);
    return fine;
}

/* A target without a single input would pass for ever. */
static void replay_target(const struct fuzz_target *t, int root, size_t *passed, size_t *failed)
{
    struct arena *names = arena_new("names", INPUT_BYTES_MAX), *a = fuzz_arena();
    struct dir_entry *entries;
    size_t count = 0;
    str folder = str_from(t->name);
    int error = dir_list(names, root, folder, &entries, &count);
    if (error != 0 || count == 0) {
        printf("FAIL %s: no corpus\n", t->name);
        ++*failed;
    }
    for (size_t i = 0; error == 0 && i < count; i++) {
        str name = str_fmt(names, "%s/" STR_FMT, t->name, STR_ARG(entries[i].name));
        bool fine = replay(t, a, root, name);
        *passed += fine;
        *failed += !fine;
    }
    arena_free(a);
    arena_free(names);
}

int main(int argc, char **argv)
{
    size_t passed = 0, failed = 0;
    int root;
    if (argc == 2 && strcmp(argv[1], "--targets") == 0) {
        for (size_t i = 0; i < fuzz_target_count; i++)
            puts(fuzz_target[i].name);
        return 0;
    }
    if (argc != 2 || dir_open(argv[1], &root) != 0) {
        fputs("usage: replay CORPUS\n", stderr);
        return 2;
    }
    for (size_t i = 0; i < fuzz_target_count; i++)
        replay_target(&fuzz_target[i], root, &passed, &failed);
    close(root);
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed != 0;
}
