/* cli/cmd_serve: the working draft in a browser, new after each save. */
#include "cli/serve_int.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/place.h"

enum {
    SCRATCH_BYTES_MAX = 512 * 1024 * 1024,
    OWN_FILE_BYTES_MAX = 64 * 1024,
    QUIET_MILLISECONDS = 30,     /* an editor saves in several steps */
    PATIENCE_MILLISECONDS = 400, /* changes that never end are looked at all the same */
    TICK_MILLISECONDS = 1000,
};

/* What has changed and was not read yet. */
struct changes_noted {
    bool any;
    int64_t first, last; /* milliseconds */
};

static volatile sig_atomic_t is_stopped;

static void stop(int signal_number)
{
    (void)signal_number;
    is_stopped = 1;
}

/* -- Messages ------------------------------------------------------------------------- */

static str keep(str text)
{
    char *p = malloc(text.n + 1);
    if (p == NULL)
        fatal("out of memory for a message");
    if (text.n != 0)
        memcpy(p, text.p, text.n);
    return (str){p, text.n};
}

static void set_findings(struct serve *s, str text)
{
    free((void *)(uintptr_t)s->findings.p);
    s->findings = keep(text);
    s->state++;
}

/* -- Visits that wait ----------------------------------------------------------------- */

static bool is_lane_busy(const struct serve *s, enum lane lane)
{
    for (const struct visit *v = s->visits; v != NULL; v = v->next)
        if (!v->waits && v->step == VISIT_ASKED && v->lane == lane)
            return true;
    return false;
}

/* The one that came first: new ones are put in front. */
static struct visit *next_visit(struct serve *s, enum lane lane)
{
    struct visit *found = NULL;
    for (struct visit *v = s->visits; v != NULL; v = v->next)
        if (!v->waits && v->step == VISIT_QUEUED && v->lane == lane)
            found = v;
    return found;
}

static void answer_visit(struct visit *v, char word, str text)
{
    v->word = word;
    free((void *)(uintptr_t)v->text.p);
    v->text = keep(text);
    http_answered(v);
}

/* A lane makes one thing at a time. */
static void ask_lanes(struct serve *s)
{
    for (int i = 0; i < LANE_COUNT && s->good.pid != 0; i++) {
        enum lane lane = (enum lane)i;
        struct visit *v = is_lane_busy(s, lane) ? NULL : next_visit(s, lane);
        if (v == NULL)
            continue;
        int fd = s->good.lane[lane];
        v->number = s->good.number;
        if (fd >= 0 && send(fd, v->path, strlen(v->path), MSG_NOSIGNAL) >= 0)
            v->step = VISIT_ASKED;
        else
            answer_visit(v, 0, S(""));
    }
}

/* Those who wait for a state, when it has come or they have waited long enough; all others
 * when there is nothing that could make their page. */
static void go_on(struct serve *s)
{
    int64_t now = clock_milliseconds();
    bool is_hopeless = s->good.pid == 0 && s->has_begun;
    for (struct visit *v = s->visits; v != NULL; v = v->next) {
        if (v->step != VISIT_QUEUED)
            continue;
        if (v->waits ? v->seen != s->state || now >= v->until : is_hopeless)
            http_answered(v);
    }
}

/* -- Sites that come and go ----------------------------------------------------------- */

static void remove_files(const struct serve *s, unsigned number)
{
    dir_remove_tree(s->root, str_fmt(s->scratch, "%u.new", number));
    arena_reset(s->scratch);
}

static void end_site(struct serve *s, struct site *site)
{
    unsigned number = site->number;
    site_stop(site);
    remove_files(s, number);
}

static void say_ready(const struct serve *s, bool is_first)
{
    double seconds = (double)(clock_milliseconds() - s->good.began) / 1000;
    if (!s->is_quiet)
        fprintf(stderr,
                is_first ? "read in %.2f s; waiting for changes\n" : "read again in %.2f s\n",
                seconds);
}

/* The new site takes the place of the old one; who waits for a page gets it from the new. */
static void put_in_place(struct serve *s)
{
    bool is_first = !s->has_begun;
    if (s->good.pid != 0)
        end_site(s, &s->good);
    s->good = s->next;
    s->next = (struct site){.lane = {-1, -1}};
    s->has_begun = true;
    for (struct visit *v = s->visits; v != NULL; v = v->next)
        if (!v->waits && v->step == VISIT_ASKED)
            v->step = VISIT_QUEUED;
    set_findings(s, S(""));
    say_ready(s, is_first);
}

static void give_up_next(struct serve *s, str why)
{
    end_site(s, &s->next);
    s->has_begun = true;
    set_findings(s, why);
}

/* What the site says that is being made. Gives an exit status, or -1 to go on. */
static int hear_next(struct serve *s)
{
    char message[SERVE_MESSAGE_BYTES_MAX];
    ssize_t n = recv(s->next.lane[LANE_SCREEN], message, sizeof message, MSG_DONTWAIT);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return -1;
    str text = n > 0 ? (str){message + 1, (size_t)n - 1} : S("");
    if (n > 0 && message[0] == SITE_READY) {
        put_in_place(s);
    } else if (n > 0 && message[0] == SITE_USAGE && !s->has_begun) {
        fprintf(stderr, "continuo serve: " STR_FMT "\n", STR_ARG(text));
        return EXIT_USAGE;
    } else {
        give_up_next(s, n > 0 ? text : S("Reading the content ended early; see the terminal.\n"));
    }
    return -1;
}

static void hear_lane(struct serve *s, enum lane lane, struct changes_noted *noted)
{
    char message[SERVE_MESSAGE_BYTES_MAX];
    ssize_t n = recv(s->good.lane[lane], message, sizeof message, MSG_DONTWAIT);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    for (struct visit *v = s->visits; v != NULL; v = v->next)
        if (!v->waits && v->step == VISIT_ASKED && v->lane == lane)
            answer_visit(v, n > 0 ? message[0] : '\0',
                         n > 0 ? (str){message + 1, (size_t)n - 1} : S(""));
    if (n > 0)
        return;
    close(s->good.lane[lane]);
    s->good.lane[lane] = -1;
    *noted = (struct changes_noted){true, clock_milliseconds(), clock_milliseconds()};
}

static void begin_site(struct serve *s, struct watch *watch, unsigned *number)
{
    watch_all(watch);
    watch_read(watch); /* what was noted until now will be read */
    int error_number = site_start(&s->next, s->options, s->folder, ++*number);
    if (error_number != 0) {
        fprintf(stderr, "continuo serve: cannot start a process: %s\n", strerror(error_number));
        give_up_next(s, S("The machine gives no process to read the content.\n"));
    }
}

/* -- The loop ------------------------------------------------------------------------- */

static bool is_time_to_read(const struct serve *s, const struct changes_noted *noted)
{
    int64_t now = clock_milliseconds();
    return noted->any && s->next.pid == 0 &&
           (now - noted->last >= QUIET_MILLISECONDS || now - noted->first >= PATIENCE_MILLISECONDS);
}

static void note(struct changes_noted *noted)
{
    int64_t now = clock_milliseconds();
    noted->first = noted->any ? noted->first : now;
    noted->last = now;
    noted->any = true;
}

static void reap(const struct serve *s)
{
    siginfo_t who = {0};
    while (waitid(P_ALL, 0, &who, WEXITED | WNOHANG | WNOWAIT) == 0 && who.si_pid != 0 &&
           who.si_pid != s->good.pid && who.si_pid != s->next.pid) {
        waitpid(who.si_pid, NULL, 0);
        who.si_pid = 0;
    }
}

enum { HEAR_WATCH, HEAR_SCREEN, HEAR_PAPER, HEAR_NEXT, HEAR_COUNT };

/* What has something to read, a bit each. */
static unsigned wait_for_something(struct serve *s, const struct watch *watch,
                                   const struct changes_noted *noted)
{
    int timeout = TICK_MILLISECONDS, http = http_timeout(s);
    if (noted->any && s->next.pid == 0)
        timeout = QUIET_MILLISECONDS;
    if (http >= 0 && http < timeout)
        timeout = http;
    const int fds[HEAR_COUNT] = {[HEAR_WATCH] = watch->fd,
                                 [HEAR_SCREEN] = s->good.lane[LANE_SCREEN],
                                 [HEAR_PAPER] = s->good.lane[LANE_PAPER],
                                 [HEAR_NEXT] = s->next.lane[LANE_SCREEN]};
    fd_set reads, writes;
    int last = http_fds(s, &reads, &writes);
    for (int i = 0; i < HEAR_COUNT; i++)
        if (fds[i] >= 0) {
            FD_SET(fds[i], &reads);
            last = fds[i] > last ? fds[i] : last;
        }
    struct timespec time = {timeout / 1000, (timeout % 1000) * 1000000L};
    sigset_t none;
    sigemptyset(&none);
    if (pselect(last + 1, &reads, &writes, NULL, &time, &none) <= 0)
        return 0;
    unsigned heard = 0;
    for (int i = 0; i < HEAR_COUNT; i++)
        heard |= fds[i] >= 0 && FD_ISSET(fds[i], &reads) ? 1U << i : 0;
    return heard;
}

/* -1: go on. */
static int hear_all(struct serve *s, struct watch *watch, struct changes_noted *noted,
                    unsigned heard)
{
    if ((heard & 1U << HEAR_WATCH) != 0 && watch_read(watch))
        note(noted);
    if ((heard & 1U << HEAR_SCREEN) != 0)
        hear_lane(s, LANE_SCREEN, noted);
    if ((heard & 1U << HEAR_PAPER) != 0)
        hear_lane(s, LANE_PAPER, noted);
    return (heard & 1U << HEAR_NEXT) != 0 ? hear_next(s) : -1;
}

static int run(struct serve *s, struct watch *watch)
{
    struct changes_noted noted = {.any = true};
    unsigned number = 0;
    int64_t looked = 0;
    while (!is_stopped) {
        if (is_time_to_read(s, &noted)) {
            noted.any = false;
            begin_site(s, watch, &number);
        }
        int status = hear_all(s, watch, &noted, wait_for_something(s, watch, &noted));
        if (status >= 0)
            return status;
        if (clock_milliseconds() - looked >= TICK_MILLISECONDS) {
            looked = clock_milliseconds();
            if (watch_has_moved(watch))
                note(&noted);
            reap(s);
        }
        go_on(s);
        http_run(s);
        ask_lanes(s); /* behind it: so that what has just been asked for is made at once */
    }
    return EXIT_INTERRUPTED;
}

/* -- The command ---------------------------------------------------------------------- */

/* Signals come while it waits, and at no other time. */
static void take_signals(void)
{
    struct sigaction action = {.sa_handler = stop};
    sigset_t ours;
    sigemptyset(&ours);
    const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        sigaddset(&ours, numbers[i]);
        sigaction(numbers[i], &action, NULL);
    }
    sigprocmask(SIG_BLOCK, &ours, NULL);
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_CHILD_SUBREAPER, 1L); /* what a site leaves behind comes to us */
}

static bool make_folder(struct serve *s, struct arena *a)
{
    const char *place = getenv("TMPDIR");
    str base = str_from(place != NULL && place[0] != 0 ? place : "/tmp");
    char *folder = str_c(a, path_join(a, base, S("continuo-serve-XXXXXX")));
    if (mkdtemp(folder) == NULL || dir_open(folder, &s->root) != 0) {
        fprintf(stderr, "continuo serve: cannot make a folder in '" STR_FMT "': %s\n",
                STR_ARG(base), strerror(errno));
        return false;
    }
    s->folder = folder;
    return true;
}

static bool read_own_files(struct serve *s, struct arena *a)
{
    struct diags *d = diags_new(a);
    int place = place_open(a, d);
    bool is_fine =
        place >= 0 &&
        diag_file_read(a, d, place, S("templates/serve/reload.js"), OWN_FILE_BYTES_MAX,
                       &s->script) &&
        diag_file_read(a, d, place, S("templates/serve/serve.css"), OWN_FILE_BYTES_MAX, &s->style);
    if (!is_fine)
        print_findings(d, s->options);
    return is_fine;
}

static void remove_folder(const struct serve *s)
{
    str folder = str_from(s->folder);
    int parent;
    if (folder.n == 0 || dir_open(str_c(s->scratch, path_folder(folder)), &parent) != 0)
        return;
    dir_remove_tree(parent, path_name(folder));
    close(parent);
}

static void clean_up(struct serve *s)
{
    struct site *sites[] = {&s->next, &s->good};
    for (size_t i = 0; i < COUNT_OF(sites); i++)
        site_stop(sites[i]);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
    http_close(s);
    remove_folder(s);
    free((void *)(uintptr_t)s->findings.p);
}

static int serve(struct serve *s, struct arena *a)
{
    struct watch watch;
    const char *content = str_c(a, path_join(a, str_from(s->options->workspace), S("content")));
    int error_number = watch_open(&watch, content);
    if (error_number != 0) {
        fprintf(stderr, "continuo serve: cannot watch for changes: %s\n", strerror(error_number));
        return EXIT_MACHINE;
    }
    printf("http://127.0.0.1:%u/\n", s->port);
    fflush(stdout);
    int status = run(s, &watch);
    watch_close(&watch);
    return status;
}

int cmd_serve(const struct options *o)
{
    struct arena *a = arena_new("serve", SCRATCH_BYTES_MAX);
    struct options own = *o;
    own.quiet = true; /* of findings the errors are enough: warnings would scroll by at each save */
    struct serve s = {.options = &own,
                      .is_quiet = o->quiet,
                      .scratch = arena_new("answers", SCRATCH_BYTES_MAX),
                      .root = -1,
                      .good = {.lane = {-1, -1}},
                      .next = {.lane = {-1, -1}},
                      .state = 1};
    if (o->audience_count > 1) {
        fputs("continuo serve: one audience is shown at a time\n", stderr);
        return EXIT_USAGE;
    }
    take_signals();
    int status = EXIT_MACHINE;
    if (read_own_files(&s, a) && http_open(&s, o->port) && make_folder(&s, a))
        status = serve(&s, a);
    clean_up(&s);
    arena_free(s.scratch);
    arena_free(a);
    return status;
}
