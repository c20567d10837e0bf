/* bench/measure: what one command costs.
 *
 *   measure LOG COMMAND [ARGUMENT…]
 *
 * Prints `status wall_s cpu_s largest_kb together_kb`: CPU of the whole family, the
 * largest process at its peak, and the most that all of them held at one time (each page
 * counted once, looked at every 20 ms). What the command says goes to LOG. */
#define _DEFAULT_SOURCE /* wait4 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { FAMILY_MAX = 256 };

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static double seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

/* Proportional share: a page that two processes share counts half for each. */
static long share_kb(int pid)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *f = fopen(path, "r");
    while (f != NULL && fgets(line, sizeof line, f) != NULL) {
        if (sscanf(line, "Pss: %ld", &kb) == 1)
            break;
    }
    if (f != NULL)
        fclose(f);
    return kb;
}

static int children_of_thread(int pid, const char *thread, int *into, int room)
{
    char path[320];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/task/%s/children", pid, thread);
    FILE *f = fopen(path, "r");
    while (f != NULL && n < room && fscanf(f, "%d", &into[n]) == 1)
        n++;
    if (f != NULL)
        fclose(f);
    return n;
}

static int children(int pid, int *into, int room)
{
    char path[64];
    int n = 0;
    snprintf(path, sizeof path, "/proc/%d/task", pid);
    DIR *threads = opendir(path);
    if (threads == NULL)
        return 0;
    for (struct dirent *e; (e = readdir(threads)) != NULL;)
        if (e->d_name[0] != '.')
            n += children_of_thread(pid, e->d_name, into + n, room - n);
    closedir(threads);
    return n;
}

/* Whoever is left when the command has ended is ours now; its time counts, too. */
static void wait_for_orphans(const struct timespec *pause)
{
    enum { LOOKS_MAX = 250 };
    for (int look = 0; look < LOOKS_MAX; look++) {
        pid_t pid = waitpid(-1, NULL, WNOHANG);
        if (pid < 0 && errno == ECHILD)
            return;
        if (pid == 0)
            nanosleep(pause, NULL);
    }
}

static long family_kb(int pid)
{
    int family[FAMILY_MAX] = {pid}, n = 1;
    long kb = 0;
    for (int i = 0; i < n; i++) {
        kb += share_kb(family[i]);
        n += children(family[i], family + n, FAMILY_MAX - n);
    }
    return kb;
}

int main(int argc, char **argv)
{
    const struct timespec pause = {.tv_nsec = 20 * 1000 * 1000};
    struct rusage used;
    int status = 0;
    long together = 0;
    if (argc < 3) {
        fputs("usage: measure LOG COMMAND [ARGUMENT…]\n", stderr);
        return 2;
    }
    double began = now();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    pid_t pid = fork();
    if (pid == 0) {
        int log = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0666);
        if (log >= 0 && dup2(log, 1) >= 0 && dup2(log, 2) >= 0)
            execvp(argv[2], argv + 2);
        _exit(127);
    }
    while (pid > 0 && wait4(pid, &status, WNOHANG, &used) == 0) {
        long kb = family_kb(pid);
        together = kb > together ? kb : together;
        nanosleep(&pause, NULL);
    }
    double wall = now() - began;
    if (pid < 0)
        return 3;
    wait_for_orphans(&pause);
    getrusage(RUSAGE_CHILDREN, &used);
    if (used.ru_maxrss > together) /* over before it was looked at */
        together = used.ru_maxrss;
    printf("%d %.4f %.4f %ld %ld\n",
           WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), wall,
           seconds(used.ru_utime) + seconds(used.ru_stime), used.ru_maxrss, together);
    return 0;
}
