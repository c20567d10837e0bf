/* run/world: the folder that a case lives in, and the program run there. */
#ifndef TESTS_RUN_WORLD_H
#define TESTS_RUN_WORLD_H

#include "case.h"

struct world {
    struct arena *arena;
    const char *program; /* absolute */
    unsigned slowness;   /* time limits are multiplied by it */
    char *folder;        /* absolute; made and removed with the world */
    str wrote[256];      /* since the last run: these are appended to */
    size_t wrote_count;
    str output, errors; /* of the last run, as the case sees them */
};

/* False: no folder could be made; errno says why. */
bool world_open(struct world *w);
void world_close(struct world *w);

/* A step of the kinds before STEP_RUN. False with the reason in `why`. */
bool world_prepare(struct world *w, const struct step *s, str *why);
/* Runs the program; gives its exit status, 128 + the signal that killed it, or -1
 * with errno when it could not be run. Whatever it left running is killed. */
int world_run(struct world *w, const struct step *s, bool *timed_out);

/* What a step after a run is about: a file below the folder, "stdout" or "stderr".
 * False: there is none. */
bool world_text(struct world *w, str path, str *text);
bool world_exists(struct world *w, str path);

#endif
