/* fuzz/libfuzzer: hands libFuzzer's bytes to the target that FUZZ_TARGET names. */
#include "fuzz.h"

#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct fuzz_target *target;
static struct arena *arena;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("FUZZ_TARGET");
    (void)argc;
    (void)argv;
    target = name == NULL ? NULL : fuzz_find(name);
    if (target == NULL) {
        fputs("FUZZ_TARGET names no target\n", stderr);
        exit(2);
    }
    arena = fuzz_arena();
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    fuzz_run(target, arena, (str){(const char *)data, size});
    return 0;
}
