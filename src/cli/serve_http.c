/* cli/serve_http: answers browsers on this machine, and nobody else. */
#include "cli/serve_int.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "text/mustache.h"

enum {
    REQUEST_BYTES_MAX = 32 * 1024, /* line and heads of one; also of what is sent at once */
    IDLE_SECONDS_MAX = 15,
    WAIT_MILLISECONDS = 10 * 1000, /* a page asks again; so a dead one is noticed */
    PAGE_BYTES_MAX = 64 * 1024 * 1024,
    BACKLOG = 64,
};

/* -- What is sent --------------------------------------------------------------------- */

static const char *type_of(str path)
{
    static const struct {
        str ending;
        const char *type;
    } known[] = {{S_INIT("html"), "text/html; charset=utf-8"},
                 {S_INIT("css"), "text/css; charset=utf-8"},
                 {S_INIT("js"), "text/javascript; charset=utf-8"},
                 {S_INIT("svg"), "image/svg+xml"},
                 {S_INIT("png"), "image/png"},
                 {S_INIT("jpg"), "image/jpeg"},
                 {S_INIT("jpeg"), "image/jpeg"},
                 {S_INIT("pdf"), "application/pdf"},
                 {S_INIT("json"), "application/json"},
                 {S_INIT("csv"), "text/csv; charset=utf-8"},
                 {S_INIT("ics"), "text/calendar; charset=utf-8"}};
    str ending = path_extension(path);
    for (size_t i = 0; i < COUNT_OF(known); i++)
        if (str_eq(known[i].ending, ending))
            return known[i].type;
    return "text/plain; charset=utf-8";
}

/* No other site may frame what is here or load it as a script; nothing is kept, for it is a
 * draft. */
static enum MHD_Result send_response(struct visit *v, unsigned status, const char *type,
                                     struct MHD_Response *response)
{
    static const char *const head[][2] = {{"Cache-Control", "no-store"},
                                          {"Cross-Origin-Resource-Policy", "same-origin"},
                                          {"Cross-Origin-Opener-Policy", "same-origin"},
                                          {"Referrer-Policy", "no-referrer"},
                                          {"X-Content-Type-Options", "nosniff"},
                                          {"X-Frame-Options", "DENY"}};
    if (response == NULL)
        return MHD_NO;
    for (size_t i = 0; i < COUNT_OF(head); i++)
        MHD_add_response_header(response, head[i][0], head[i][1]);
    MHD_add_response_header(response, "Content-Type", type);
    if (status == MHD_HTTP_METHOD_NOT_ALLOWED)
        MHD_add_response_header(response, "Allow", "GET, HEAD");
    enum MHD_Result result = MHD_queue_response(v->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result send_text(struct visit *v, unsigned status, const char *type, str text)
{
    void *bytes = (void *)(uintptr_t)(text.n != 0 ? text.p : "");
    return send_response(v, status, type,
                         MHD_create_response_from_buffer(text.n, bytes, MHD_RESPMEM_MUST_COPY));
}

/* Which site a page is of: other numbers in another run of the server. */
static str site_name(const struct serve *s)
{
    return s->good.pid == 0 ? S("none")
                            : str_fmt(s->scratch, "%ld-%u", (long)getpid(), s->good.number);
}

static void put_script(const struct serve *s, struct buf *out)
{
    buf_fmt(out, "<script src=\"/_continuo/reload.js?site=" STR_FMT "\" defer></script>\n",
            STR_ARG(site_name(s)));
}

/* A page of the server itself. */
static enum MHD_Result send_note(struct serve *s, struct visit *v, unsigned status,
                                 const char *title, str text)
{
    struct buf out = buf_in(s->scratch, 4096);
    buf_fmt(&out,
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
            "script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            "<title>%s</title>\n<link rel=\"stylesheet\" href=\"/_continuo/serve.css\">\n",
            title);
    put_script(s, &out);
    buf_fmt(&out, "</head>\n<body>\n<main class=\"continuo-page\">\n<h1>%s</h1>\n", title);
    if (text.n != 0) {
        buf_lit(&out, "<pre tabindex=\"0\">");
        escape_html(&out, text);
        buf_lit(&out, "</pre>\n");
    }
    buf_lit(&out, "<p><a href=\"/\">Home</a></p>\n</main>\n</body>\n</html>\n");
    return send_text(v, status, type_of(S("x.html")), buf_str(&out));
}

/* The card allows no script, wherever it is opened; it is shown as it is. */
static str with_script(const struct serve *s, str page)
{
    size_t at = str_find(page, S("</head>"), 0);
    if (at == SIZE_MAX || str_find(str_from_to(page, 0, at), S("script-src 'self'"), 0) == SIZE_MAX)
        return page;
    struct buf out = buf_in(s->scratch, page.n + 256);
    buf_add(&out, str_from_to(page, 0, at));
    put_script(s, &out);
    buf_add(&out, str_skip(page, at));
    return buf_str(&out);
}

/* -- Files of the site ---------------------------------------------------------------- */

static str path_of(const struct serve *s, const struct visit *v)
{
    return str_fmt(s->scratch, "%u.new/%s", s->good.number, v->path);
}

static bool is_there(const struct serve *s, const struct visit *v)
{
    return file_exists(s->root, path_of(s, v));
}

static enum MHD_Result send_page(struct serve *s, struct visit *v)
{
    struct file_read r = file_read(s->scratch, s->root, path_of(s, v), PAGE_BYTES_MAX);
    if (r.fault != FILE_OK)
        return send_note(s, v, MHD_HTTP_INTERNAL_SERVER_ERROR, "This page cannot be read", S(""));
    return send_text(v, MHD_HTTP_OK, type_of(str_from(v->path)), with_script(s, r.text));
}

/* What is large is sent from the disk, piece by piece. */
static enum MHD_Result send_file(struct serve *s, struct visit *v)
{
    struct stat st;
    int fd = openat(s->root, str_c(s->scratch, path_of(s, v)), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0 || fstat(fd, &st) != 0) {
        if (fd >= 0)
            close(fd);
        return send_note(s, v, MHD_HTTP_INTERNAL_SERVER_ERROR, "This file cannot be read", S(""));
    }
    struct MHD_Response *response = MHD_create_response_from_fd64((uint64_t)st.st_size, fd);
    if (response == NULL)
        close(fd);
    return send_response(v, MHD_HTTP_OK, type_of(str_from(v->path)), response);
}

static enum MHD_Result put_aside(struct visit *v, enum visit_step step)
{
    v->step = step;
    MHD_suspend_connection(v->connection);
    return MHD_YES;
}

static enum MHD_Result answer_file(struct serve *s, struct visit *v)
{
    if (s->good.pid == 0 && s->has_begun)
        return send_note(s, v, MHD_HTTP_SERVICE_UNAVAILABLE, "The content has errors", s->findings);
    if (s->good.pid != 0 && is_there(s, v))
        return str_ends(str_from(v->path), S(".html")) ? send_page(s, v) : send_file(s, v);
    if (v->step != VISIT_ANSWERED || v->number != s->good.number)
        return put_aside(v, VISIT_QUEUED);
    if (v->word == SITE_MADE || v->word == SITE_NO_SUCH)
        return send_note(s, v, MHD_HTTP_NOT_FOUND, "There is no such page", S(""));
    return send_note(s, v, MHD_HTTP_INTERNAL_SERVER_ERROR, "This page could not be made",
                     v->text.n != 0 ? v->text : S("The process that makes it ended early."));
}

/* -- What pages ask behind their readers' backs --------------------------------------- */

static void put_js_text(struct buf *out, str text)
{
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c < 0x20 || c == '"' || c == '\\' || c == '<' || c == 0x7F)
            buf_fmt(out, "\\u%04x", c);
        else
            buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
}

static enum MHD_Result answer_state(struct serve *s, struct visit *v)
{
    if (v->seen == s->state && v->step == VISIT_NEW) {
        v->waits = true;
        v->until = clock_milliseconds() + WAIT_MILLISECONDS;
        return put_aside(v, VISIT_QUEUED);
    }
    struct buf out = buf_in(s->scratch, 4096);
    buf_fmt(&out, "continuoState({\"state\": %lu, \"site\": ", s->state);
    put_js_text(&out, site_name(s));
    buf_lit(&out, ", \"text\": ");
    put_js_text(&out, s->findings);
    buf_lit(&out, "});\n");
    return send_text(v, MHD_HTTP_OK, type_of(S("x.js")), buf_str(&out));
}

static enum MHD_Result answer_own(struct serve *s, struct visit *v, str name)
{
    if (str_eq(name, S("reload.js")))
        return send_text(v, MHD_HTTP_OK, type_of(name), s->script);
    if (str_eq(name, S("serve.css")))
        return send_text(v, MHD_HTTP_OK, type_of(name), s->style);
    if (!str_eq(name, S("wait.js")))
        return send_note(s, v, MHD_HTTP_NOT_FOUND, "There is no such page", S(""));
    const char *seen = MHD_lookup_connection_value(v->connection, MHD_GET_ARGUMENT_KIND, "seen");
    v->seen = seen != NULL ? strtoul(seen, NULL, 10) : 0;
    return answer_state(s, v);
}

/* -- Who may ask, and for what -------------------------------------------------------- */

static const char *head_of(const struct visit *v, const char *name)
{
    return MHD_lookup_connection_value(v->connection, MHD_HEADER_KIND, name);
}

/* A name of somebody else that was made to lead here must not open this site to theirs. */
static bool is_for_us(const struct serve *s, const struct visit *v)
{
    str host = str_from(head_of(v, "Host"));
    str port = str_fmt(s->scratch, ":%u", s->port);
    if (str_ends(host, port))
        host.n -= port.n;
    else if (s->port != 80)
        return false;
    return str_eq(host, S("127.0.0.1")) || str_eq(host, S("localhost"));
}

/* Another site may lead people here, but not load what is here into itself. */
static bool is_of_another_site(const struct visit *v)
{
    str from = str_from(head_of(v, "Sec-Fetch-Site")),
        mode = str_from(head_of(v, "Sec-Fetch-Mode"));
    return from.n != 0 && !str_eq(from, S("same-origin")) && !str_eq(from, S("none")) &&
           !str_eq(mode, S("navigate"));
}

static bool has_body(const struct visit *v)
{
    str length = str_from(head_of(v, "Content-Length"));
    return head_of(v, "Transfer-Encoding") != NULL || (length.n != 0 && !str_eq(length, S("0")));
}

/* Names in a tree are plain: whatever needs an escape, climbs or hides is none. */
static bool take_path(struct visit *v, const char *url)
{
    str path = str_from(url);
    if (path.n == 0 || path.p[0] != '/')
        return false;
    path = str_skip(path, 1);
    bool is_folder = path.n == 0 || path.p[path.n - 1] == '/';
    str tail = is_folder ? S("index.html") : S("");
    if (path.n + tail.n > SERVE_PATH_BYTES_MAX)
        return false;
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i], before = i != 0 ? path.p[i - 1] : '/';
        bool is_plain = ascii_is_digit(c) || (c >= 'a' && c <= 'z');
        if (!is_plain && (before == '/' || (c != '-' && c != '_' && c != '.' && c != '/')))
            return false;
        v->path[i] = c;
    }
    memcpy(v->path + path.n, tail.p, tail.n + 1);
    v->lane =
        str_ends(path, S(".pdf")) || str_ends(path, S(".sheets.json")) ? LANE_PAPER : LANE_SCREEN;
    return true;
}

static enum MHD_Result answer(struct serve *s, struct visit *v, const char *url)
{
    str own = S("/_continuo/");
    if (str_starts(str_from(url), own))
        return v->waits ? answer_state(s, v) : answer_own(s, v, str_skip(str_from(url), own.n));
    if (v->step == VISIT_NEW && !take_path(v, url))
        return send_note(s, v, MHD_HTTP_NOT_FOUND, "There is no such page", S(""));
    return answer_file(s, v);
}

/* 0: go on. */
static unsigned refusal(struct serve *s, struct visit *v, const char *method)
{
    if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
        return MHD_HTTP_METHOD_NOT_ALLOWED;
    if (has_body(v))
        return MHD_HTTP_CONTENT_TOO_LARGE;
    return is_for_us(s, v) && !is_of_another_site(v) ? 0 : MHD_HTTP_FORBIDDEN;
}

static struct visit *visit_new(struct serve *s, struct MHD_Connection *connection)
{
    struct visit *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->connection = connection;
    v->next = s->visits;
    return s->visits = v;
}

/* Called with the heads of a request, then to answer it, and once more when it was put aside. */
static enum MHD_Result handle(void *self, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *upload,
                              size_t *upload_bytes, void **state)
{
    struct serve *s = self;
    enum MHD_Result result = MHD_YES;
    (void)version;
    (void)upload;
    (void)upload_bytes;
    if (*state != NULL) {
        result = answer(s, *state, url);
    } else {
        struct visit *v = *state = visit_new(s, connection);
        unsigned status = v != NULL ? refusal(s, v, method) : 0;
        if (v == NULL)
            result = MHD_NO;
        else if (status != 0)
            result = send_text(v, status, type_of(S("")), S("This request is refused.\n"));
    }
    arena_reset(s->scratch);
    return result;
}

static void ended(void *self, struct MHD_Connection *connection, void **state,
                  enum MHD_RequestTerminationCode why)
{
    struct serve *s = self;
    struct visit *v = *state;
    (void)connection;
    (void)why;
    for (struct visit **at = &s->visits; *at != NULL; at = &(*at)->next)
        if (*at == v) {
            *at = v->next;
            break;
        }
    if (v != NULL)
        free((void *)(uintptr_t)v->text.p);
    free(v);
    *state = NULL;
}

/* No name in a tree has an escape, so "%2e%2e%2f" stays what it is and is refused. */
static size_t leave_escaped(void *self, struct MHD_Connection *connection, char *text)
{
    (void)self;
    (void)connection;
    return strlen(text);
}

/* -- The daemon ----------------------------------------------------------------------- */

static int listen_on(unsigned port, unsigned *chosen)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t size = sizeof here;
    int yes = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (fd < 0)
        return -1;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *)&here, sizeof here) != 0 || listen(fd, BACKLOG) != 0 ||
        getsockname(fd, (struct sockaddr *)&here, &size) != 0) {
        int error_number = errno;
        close(fd);
        errno = error_number;
        return -1;
    }
    *chosen = ntohs(here.sin_port);
    return fd;
}

bool http_open(struct serve *s, unsigned port)
{
    int fd = listen_on(port, &s->port);
    if (fd < 0 && (errno == EADDRINUSE || errno == EACCES)) {
        fprintf(stderr,
                "continuo serve: port %u is %s; name another one with --port, or 0 for any\n", port,
                errno == EADDRINUSE ? "in use" : "not for this user");
        return false;
    }
    if (fd >= 0)
        s->daemon = MHD_start_daemon(
            MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, handle, s, MHD_OPTION_LISTEN_SOCKET, fd,
            MHD_OPTION_NOTIFY_COMPLETED, ended, s, MHD_OPTION_UNESCAPE_CALLBACK, leave_escaped,
            NULL, MHD_OPTION_CONNECTION_LIMIT, (unsigned)SERVE_VISITS_MAX,
            MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS_MAX,
            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)REQUEST_BYTES_MAX, MHD_OPTION_END);
    if (s->daemon == NULL)
        fprintf(stderr, "continuo serve: cannot listen on port %u: %s\n", port, strerror(errno));
    return s->daemon != NULL;
}

int http_fds(struct serve *s, fd_set *reads, fd_set *writes)
{
    fd_set errors;
    MHD_socket last = -1;
    FD_ZERO(reads);
    FD_ZERO(writes);
    FD_ZERO(&errors);
    MHD_get_fdset2(s->daemon, reads, writes, &errors, &last, FD_SETSIZE);
    return last;
}

int http_timeout(const struct serve *s)
{
    MHD_UNSIGNED_LONG_LONG milliseconds;
    if (MHD_get_timeout(s->daemon, &milliseconds) != MHD_YES)
        return -1;
    return milliseconds < 1000 ? (int)milliseconds : 1000;
}

void http_run(struct serve *s)
{
    MHD_run(s->daemon);
}

void http_answered(struct visit *v)
{
    v->step = VISIT_ANSWERED;
    MHD_resume_connection(v->connection);
}

void http_close(struct serve *s)
{
    for (struct visit *v = s->visits; v != NULL; v = v->next)
        if (v->step == VISIT_QUEUED || v->step == VISIT_ASKED)
            http_answered(v);
    if (s->daemon != NULL)
        MHD_stop_daemon(s->daemon);
}
