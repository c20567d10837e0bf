/* cli/serve_site: reads the content once, then makes what is asked for, in processes of its own. */
#define _GNU_SOURCE /* close_range */
#include "cli/serve_int.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check/check.h"
#include "cli/tree.h"
#include "model/classes.h"

enum { SHOWN_MAX = 40 /* findings on a page; the terminal has them, too */ };

struct host {
    const struct options *options;
    const char *folder;
    unsigned number;
    int lane[LANE_COUNT];
    struct workspace workspace;
    struct outputs *outputs;
    struct tree *tree;
};

/* -- What a site says ----------------------------------------------------------------- */

/* Not too long for one message, and not cut inside a character. */
static void say(int socket, enum site_word word, str text)
{
    char message[SERVE_MESSAGE_BYTES_MAX];
    size_t n = text.n < sizeof message - 1 ? text.n : sizeof message - 1;
    while (n != 0 && n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n--;
    message[0] = (char)word;
    if (n != 0)
        memcpy(message + 1, text.p, n);
    while (send(socket, message, n + 1, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

/* The errors as `check` prints them: the place, the line, a caret, the way out. */
static void say_findings(const struct host *h, int socket, enum site_word word, struct diags *d)
{
    char *text = NULL;
    size_t size = 0;
    struct diag_print how = {.max = SHOWN_MAX, .least = SEVERITY_ERROR};
    print_findings(d, h->options);
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        fatal("out of memory for findings");
    diags_print(d, &how, out);
    fclose(out);
    say(socket, word, (str){text, size});
    free(text);
}

/* -- Reading the content -------------------------------------------------------------- */

/* Who was named; else who may see most, for it is the author who looks. */
static bool choose_audience(const struct host *h, struct audience *chosen)
{
    const struct workspace *w = &h->workspace;
    size_t count;
    const struct audience *all = model_audiences(w->model, w->arena, &count);
    if (h->options->audience_count != 0) {
        str id = str_from(h->options->audiences[0]);
        const struct audience *named = audience_named(w->model, w->arena, id);
        if (named != NULL)
            *chosen = *named;
        return named != NULL;
    }
    *chosen = all[0];
    for (size_t i = 1; i < count; i++)
        if (all[i].clearance > chosen->clearance)
            *chosen = all[i];
    return true;
}

static bool open_tree(struct host *h, const struct audience *audience)
{
    struct workspace *w = &h->workspace;
    struct tree_tools *tools = tree_tools_open(w);
    struct tree_plan *plan = NEW(w->arena, struct tree_plan);
    *plan = (struct tree_plan){.model = workspace_seen(w, audience->clearance),
                               .audience = audience->id,
                               .audience_title = audience->title,
                               .edition = S("")};
    h->outputs = outputs_open(w->arena, w->diags, h->folder, str_fmt(w->arena, "%u", h->number));
    if (tools != NULL && h->outputs != NULL)
        h->tree = tree_open(w, h->options, tools, plan);
    return h->tree != NULL;
}

/* False after it was said why. */
static bool read_content(struct host *h)
{
    struct workspace *w = &h->workspace;
    struct audience audience;
    bool is_fine = workspace_open(w, h->options) && diags_exit_status(w->diags) == EXIT_OK;
    if (is_fine && !choose_audience(h, &audience)) {
        say(h->lane[LANE_SCREEN], SITE_USAGE, S("there is no such audience"));
        return false;
    }
    if (is_fine) {
        w->model->results = check_system(w->model, w->diags, CONTROL_DRAFT);
        check_texts(w, h->options);
        is_fine = diags_exit_status(w->diags) == EXIT_OK && open_tree(h, &audience);
    }
    if (!is_fine)
        say_findings(h, h->lane[LANE_SCREEN], SITE_BROKEN, w->diags);
    return is_fine;
}

/* -- Making what is asked for --------------------------------------------------------- */

static void answer(struct host *h, int socket, str path)
{
    struct workspace one = h->workspace;
    one.diags = diags_child(one.arena, h->workspace.diags);
    switch (tree_make_path(h->tree, &one, h->outputs, path)) {
    case TREE_MADE:
        say(socket, SITE_MADE, S(""));
        break;
    case TREE_NO_SUCH:
        say(socket, SITE_NO_SUCH, S(""));
        break;
    case TREE_FAILED:
        say_findings(h, socket, SITE_FAILED, one.diags);
        break;
    }
}

/* Until the other end is closed. */
static _Noreturn void work(struct host *h, int socket)
{
    char path[SERVE_PATH_BYTES_MAX + 1];
    for (;;) {
        ssize_t n = recv(socket, path, sizeof path, 0);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        answer(h, socket, (str){path, (size_t)n});
    }
    _exit(EXIT_OK);
}

/* No process of a site outlives the one before it. */
static void die_with(pid_t parent)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent)
        _exit(EXIT_MACHINE);
}

static _Noreturn void host_main(struct host *h)
{
    if (!read_content(h))
        _exit(EXIT_CONTENT);
    fflush(NULL);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        die_with(parent);
        close(h->lane[LANE_SCREEN]);
        work(h, h->lane[LANE_PAPER]);
    }
    close(h->lane[LANE_PAPER]);
    say(h->lane[LANE_SCREEN], SITE_READY, S(""));
    work(h, h->lane[LANE_SCREEN]);
}

/* -- The server's side ---------------------------------------------------------------- */

/* Connections of the server are not for its children: a browser would wait for their end. */
static void keep_only(int *first, int *second)
{
    enum { FIRST = STDERR_FILENO + 1, SECOND, REST };
    int a = dup(*first), b = dup(*second); /* out of each other's way */
    if (a < 0 || b < 0 || dup2(a, FIRST) < 0 || dup2(b, SECOND) < 0)
        _exit(EXIT_MACHINE);
    close_range(REST, ~0U, 0);
    *first = FIRST;
    *second = SECOND;
}

static _Noreturn void child_main(struct host *h, pid_t server)
{
    sigset_t none;
    die_with(server);
    sigemptyset(&none);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
    keep_only(&h->lane[LANE_SCREEN], &h->lane[LANE_PAPER]);
    host_main(h);
}

int site_start(struct site *s, const struct options *o, const char *folder, unsigned number)
{
    int pair[LANE_COUNT][2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair[LANE_SCREEN]) != 0)
        return errno;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair[LANE_PAPER]) != 0) {
        int error_number = errno;
        close(pair[LANE_SCREEN][0]);
        close(pair[LANE_SCREEN][1]);
        return error_number;
    }
    struct host h = {.options = o, .folder = folder, .number = number};
    *s = (struct site){.number = number, .began = clock_milliseconds()};
    fflush(NULL);
    pid_t server = getpid();
    s->pid = fork();
    int error_number = s->pid < 0 ? errno : 0;
    for (int i = 0; i < LANE_COUNT; i++) {
        s->lane[i] = pair[i][0];
        h.lane[i] = pair[i][1];
    }
    if (s->pid == 0)
        child_main(&h, server);
    for (int i = 0; i < LANE_COUNT; i++)
        close(h.lane[i]);
    if (error_number != 0) {
        s->pid = 0;
        site_stop(s);
    }
    return error_number;
}

/* Its workers and its second lane end with it; the server takes them over and reaps them. */
void site_stop(struct site *s)
{
    int status;
    for (int i = 0; i < LANE_COUNT; i++)
        if (s->lane[i] >= 0)
            close(s->lane[i]);
    if (s->pid != 0 && kill(s->pid, SIGKILL) == 0)
        while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
            ;
    *s = (struct site){.lane = {-1, -1}};
}
