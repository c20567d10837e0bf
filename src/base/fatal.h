/* base/fatal: the end of this process when the machine lets it down.
 *
 * For what no caller can mend: no memory, an arena over its limit, a broken
 * pipe to a worker. Prints `continuo: MESSAGE` on stderr and exits with status
 * EXIT_MACHINE. In a worker the parent turns that into a diagnostic that
 * names the output. */
#ifndef BASE_FATAL_H
#define BASE_FATAL_H

/* The exit statuses of every command. */
enum {
    EXIT_OK = 0,
    EXIT_CONTENT = 1,     /* the content has errors */
    EXIT_USAGE = 2,       /* the command line is wrong */
    EXIT_MACHINE = 3,     /* disk, permissions, memory */
    EXIT_UNVERIFIED = 4,  /* verification failed */
    EXIT_INTERRUPTED = 130,
};

_Noreturn void fatal(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
