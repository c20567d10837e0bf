/* run/world: the folder that a case lives in, and the program run there. */
#include "world.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"

enum { OUTPUT_BYTES_MAX = 256 * 1024 * 1024 };

extern char **environ;

static const char *absolute(struct world *w, str path)
{
    return str_c(w->arena, str_fmt(w->arena, "%s/" STR_FMT, w->folder, STR_ARG(path)));
}

bool world_open(struct world *w)
{
    const char *place = getenv("TMPDIR");
    if (place == NULL)
        place = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    w->folder = str_c(w->arena, str_fmt(w->arena, "%s/case-XXXXXX", place));
    return mkdtemp(w->folder) != NULL;
}

void world_close(struct world *w)
{
    int here;
    if (dir_open("/", &here) != 0)
        return;
    dir_remove_tree(here, str_from(w->folder + 1));
    close(here);
}

static bool parents(struct world *w, str path)
{
    int root;
    size_t slash = path.n;
    while (slash > 0 && path.p[slash - 1] != '/')
        slash--;
    if (slash == 0)
        return true;
    if ((errno = dir_open(w->folder, &root)) != 0)
        return false;
    int error = dir_make(root, str_from_to(path, 0, slash - 1));
    close(root);
    errno = error;
    return error == 0;
}

/* The first time since the last run a file is begun, then appended to. */
static bool first_time(struct world *w, str path)
{
    for (size_t i = 0; i < w->wrote_count; i++) {
        if (str_eq(w->wrote[i], path))
            return false;
    }
    if (w->wrote_count < sizeof w->wrote / sizeof *w->wrote)
        w->wrote[w->wrote_count++] = path;
    return true;
}

static FILE *open_file(struct world *w, str path)
{
    bool first = first_time(w, path);
    if (!parents(w, path))
        return NULL;
    if (first)
        unlink(absolute(w, path)); /* a hard link elsewhere keeps its bytes */
    return fopen(absolute(w, path), "ab");
}

static bool write_file(struct world *w, const struct step *s)
{
    str bytes = step_bytes(w->arena, s);
    FILE *f = open_file(w, s->path);
    if (f == NULL)
        return false;
    fwrite(bytes.p, 1, bytes.n, f);
    return fclose(f) == 0;
}

static bool fill_file(struct world *w, const struct step *s)
{
    enum { BLOCK = 64 * 1024 };
    str text = s->words[2];
    char *block = NEW_ARRAY(w->arena, char, BLOCK + text.n);
    size_t n = 0;
    FILE *f = open_file(w, s->path);
    if (f == NULL)
        return false;
    for (; n < BLOCK; n += text.n)
        memcpy(block + n, text.p, text.n);
    for (size_t left = s->number; left > 0; left -= left < n ? left : n)
        fwrite(block, 1, left < n ? left : n, f);
    return fclose(f) == 0;
}

static bool remove_path(struct world *w, str path)
{
    int root;
    if ((errno = dir_open(w->folder, &root)) != 0)
        return false;
    errno = dir_remove_tree(root, path);
    int error = errno;
    close(root);
    return error == 0 || unlink(absolute(w, path)) == 0;
}

bool world_prepare(struct world *w, const struct step *s, str *why)
{
    const char *path = absolute(w, s->path);
    bool fine = true;
    switch (s->kind) {
    case STEP_TEXT:
    case STEP_HEX:
    case STEP_REPEAT:
        fine = write_file(w, s);
        break;
    case STEP_FILL:
        fine = fill_file(w, s);
        break;
    case STEP_SYMLINK:
        fine = parents(w, s->path) && symlink(str_c(w->arena, s->words[2]), path) == 0;
        break;
    case STEP_FOLDER:
        fine = parents(w, s->path) && mkdir(path, 0777) == 0;
        break;
    case STEP_FIFO:
        fine = parents(w, s->path) && mkfifo(path, 0666) == 0;
        break;
    case STEP_REMOVE:
        fine = remove_path(w, s->path);
        break;
    case STEP_MODE:
        fine = chmod(path, (mode_t)strtoul(str_c(w->arena, s->words[1]), NULL, 8)) == 0;
        break;
    default:
        break;
    }
    *why = str_from(fine ? "" : strerror(errno));
    return fine;
}

/* -- Running ---------------------------------------------------------------------------------- */

/* Only what a program needs, so that a case runs the same everywhere. */
static char **environment(struct world *w, const struct step *s, size_t *words)
{
    static const char *const passed[] = {
        "PATH=", "ASAN_OPTIONS=", "UBSAN_OPTIONS=", "LSAN_OPTIONS=", "LD_LIBRARY_PATH="};
    char **env = NULL;
    size_t n = 0, cap = 0;
    for (char **e = environ; *e != NULL; e++) {
        for (size_t i = 0; i < sizeof passed / sizeof *passed; i++) {
            if (strncmp(*e, passed[i], strlen(passed[i])) == 0)
                PUSH(w->arena, env, n, cap, char *) = *e;
        }
    }
    PUSH(w->arena, env, n, cap, char *) = str_c(w->arena, S("LC_ALL=C.UTF-8"));
    PUSH(w->arena, env, n, cap, char *) = str_c(w->arena, S("TZ=UTC"));
    PUSH(w->arena, env, n, cap, char *) = str_c(w->arena, str_fmt(w->arena, "HOME=%s", w->folder));
    for (*words = 0; *words < s->word_count; (*words)++) {
        str word = s->words[*words];
        if (str_find_char(word, '=', 0) == SIZE_MAX || str_starts(word, S("-")))
            break;
        PUSH(w->arena, env, n, cap, char *) = str_c(w->arena, word);
    }
    PUSH(w->arena, env, n, cap, char *) = NULL;
    return env;
}

static char **arguments(struct world *w, const struct step *s, size_t first)
{
    char **args = NEW_ARRAY(w->arena, char *, s->word_count - first + 2);
    size_t n = 0;
    args[n++] = str_c(w->arena, str_from(w->program));
    for (size_t i = first; i < s->word_count; i++)
        args[n++] = str_c(w->arena, s->words[i]);
    return args;
}

/* The alarm outlives exec and ends the program when its time is up. */
_Noreturn static void become(struct world *w, char **args, char **env, unsigned seconds, int out,
                             int err)
{
    int null = open("/dev/null", O_RDONLY);
    bool ready = null >= 0 && dup2(null, 0) >= 0 && dup2(out, 1) >= 0 && dup2(err, 2) >= 0 &&
                 setpgid(0, 0) == 0 && chdir(w->folder) == 0;
    signal(SIGALRM, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    alarm(seconds);
    if (ready)
        execve(w->program, args, env);
    _exit(127);
}

/* The folder's name and the time taken differ from run to run: they are written alike. */
static str as_seen(struct world *w, str text)
{
    struct buf out = buf_in(w->arena, text.n + 64);
    str folder = str_from(w->folder);
    for (size_t i = 0; i < text.n;) {
        size_t digits = i, decimals;
        while (digits < text.n && ascii_is_digit(text.p[digits]))
            digits++;
        for (decimals = digits + 1; decimals < text.n && ascii_is_digit(text.p[decimals]);)
            decimals++;
        str unit = str_skip(text, decimals);
        bool took = digits > i && text.p[digits < text.n ? digits : i] == '.' &&
                    decimals > digits + 1 && str_starts(unit, S(" s")) &&
                    !(unit.n > 2 && ascii_is_alnum(unit.p[2]));
        if (took) {
            buf_lit(&out, "0.00");
            i = decimals;
        } else if (str_starts(str_skip(text, i), folder)) {
            buf_lit(&out, "$DIR");
            i += folder.n;
        } else {
            size_t end = digits > i ? digits : i + 1;
            buf_add(&out, str_from_to(text, i, end));
            i = end;
        }
    }
    return buf_str(&out);
}

static str drain(struct world *w, FILE *f)
{
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    size_t n = size < 0 ? 0 : size > OUTPUT_BYTES_MAX ? OUTPUT_BYTES_MAX : (size_t)size;
    char *p = NEW_ARRAY(w->arena, char, n + 1);
    rewind(f);
    n = fread(p, 1, n, f);
    fclose(f);
    return as_seen(w, (str){p, n});
}

int world_run(struct world *w, const struct step *s, bool *timed_out)
{
    size_t first;
    char **env = environment(w, s, &first), **args = arguments(w, s, first);
    FILE *out = tmpfile(), *err = tmpfile();
    if (out == NULL || err == NULL)
        return -1;
    w->wrote_count = 0;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        become(w, args, env, s->seconds * w->slowness, fileno(out), fileno(err));
    if (pid < 0)
        return -1;
    int status = 0;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    kill(-pid, SIGKILL);
    w->output = drain(w, out);
    w->errors = drain(w, err);
    *timed_out = WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* -- Looking ---------------------------------------------------------------------------------- */

bool world_exists(struct world *w, str path)
{
    struct stat st;
    return lstat(absolute(w, path), &st) == 0;
}

bool world_text(struct world *w, str path, str *text)
{
    *text = S("");
    if (str_eq(path, S("stdout")) || str_eq(path, S("stderr"))) {
        *text = path.p[3] == 'o' ? w->output : w->errors;
        return true;
    }
    struct file_read r = file_read_any(w->arena, absolute(w, path), OUTPUT_BYTES_MAX);
    *text = r.fault == FILE_OK ? r.text : S("");
    return r.fault == FILE_OK;
}
