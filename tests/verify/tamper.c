/* verify/tamper: damage done on purpose, and whether verifying notices.
 *
 *   tamper [--all]           a sample of the byte flips, or every one
 *   tamper --write FOLDER    the untouched archive, FOLDER/site, and whom to trust
 *
 * Prints what went unnoticed and closes with `N passed, N failed`. */
#include "tamper.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

/* Someone else, so that modes mean something when the tests run as root. */
enum { NOBODY = 65534, ONE_BYTES_MAX = 1 << 28, ALL_BYTES_MAX = 1 << 29 };

struct verify_result look_at(struct world *w, const struct look *look)
{
    struct checkpoint c;
    date today;
    int root = w->root;
    arena_reset(w->one);
    if (look->path != NULL)
        root = openat(w->root, look->path, O_RDONLY | O_DIRECTORY);
    bool fine = date_parse(S("2026-11-25"), &today) && root >= 0 &&
                (look->expect == NULL || checkpoint_parse(str_from(look->expect), &c));
    assert(fine);
    struct verify_request q = {.root = root,
                               .place = S("/the/archive"),
                               .trust = look->trust,
                               .today = today,
                               .expected = &c,
                               .expected_count = look->expect != NULL,
                               .state = look->state};
    struct verify_result r = verify_folder(w->one, &q);
    if (root != w->root)
        close(root);
    return r;
}

void expect_true(struct world *w, const char *what, bool fine)
{
    w->passed += fine;
    w->failed += !fine;
    if (!fine)
        printf("FAIL %s\n", what);
}

void expect_first(struct world *w, const char *what, const struct verify_result *r, int damage,
                  const char *path)
{
    const struct verify_finding *f = r->first;
    int found = f == NULL ? CLEAN : (int)f->damage;
    bool fine = (damage == ANY ? found != CLEAN : found == damage) &&
                (f == NULL || path == NULL || str_eq(f->path, str_from(path)));
    expect_true(w, what, fine);
    str at = f ? f->path : S(""), words = f ? f->words : S("");
    if (!fine)
        printf("     found %s at '" STR_FMT "': " STR_FMT "\n",
               f ? damage_word(f->damage) : "nothing", STR_ARG(at), STR_ARG(words));
}

/* -- Operations ------------------------------------------------------------------- */

static str content(struct world *w, const char *path)
{
    struct file_read r = file_read(w->one, w->root, str_from(path), 1 << 26);
    assert(r.fault == FILE_OK);
    return r.text;
}

static void put(struct world *w, const char *path, str data)
{
    unlinkat(w->root, path, 0);
    const char *slash = strrchr(path, '/');
    int error = dir_make(w->root, (str){path, slash ? (size_t)(slash - path) : 0});
    if (error == 0)
        error = file_create(w->root, str_from(path), data);
    assert(error == 0);
}

static void op_remove(struct world *w, const char *path, const char *argument)
{
    int error = dir_remove_tree(w->root, str_from(path));
    (void)argument;
    assert(error == 0);
}

static void op_put(struct world *w, const char *path, const char *argument)
{
    put(w, path, str_from(argument));
}

static void op_append(struct world *w, const char *path, const char *argument)
{
    struct buf b = buf_in(w->one, 1000);
    buf_add(&b, content(w, path));
    buf_add(&b, str_from(argument));
    put(w, path, buf_str(&b));
}

/* "old|new", everywhere. */
static void op_replace(struct world *w, const char *path, const char *argument)
{
    str old, new = str_cut(str_from(argument), '|', &old), text = content(w, path);
    struct buf b = buf_in(w->one, text.n + 100);
    size_t from = 0;
    for (size_t at; (at = str_find(text, old, from)) != SIZE_MAX; from = at + old.n) {
        buf_add(&b, str_from_to(text, from, at));
        buf_add(&b, new);
    }
    assert(from != 0);
    buf_add(&b, str_skip(text, from));
    put(w, path, buf_str(&b));
}

static void op_truncate(struct world *w, const char *path, const char *argument)
{
    put(w, path, str_from_to(content(w, path), 0, (size_t)strtoul(argument, NULL, 10)));
}

/* Line number `which` is dropped, said twice, or changes place with the next. */
static void change_lines(struct world *w, const char *path, const char *argument, char how)
{
    size_t which = (size_t)strtoul(argument, NULL, 10), n = 0;
    str text = content(w, path), line[200];
    struct buf b = buf_in(w->one, 2 * text.n);
    while (text.n != 0) {
        str head, rest = str_cut(text, '\n', &head);
        line[++n] = str_from_to(text, 0, head.n + 1);
        text = rest;
    }
    if (how == 's') {
        str kept = line[which];
        line[which] = line[which + 1];
        line[which + 1] = kept;
    }
    for (size_t i = 1; i <= n; i++)
        for (int k = i == which && how == 'd' ? 0 : i == which && how == 'r' ? 2 : 1; k > 0; k--)
            buf_add(&b, line[i]);
    put(w, path, buf_str(&b));
}

static void op_drop_line(struct world *w, const char *path, const char *argument)
{
    change_lines(w, path, argument, 'd');
}

static void op_repeat_line(struct world *w, const char *path, const char *argument)
{
    change_lines(w, path, argument, 'r');
}

static void op_swap_lines(struct world *w, const char *path, const char *argument)
{
    change_lines(w, path, argument, 's');
}

static void op_folder(struct world *w, const char *path, const char *argument)
{
    int error = dir_make(w->root, str_from(path));
    (void)argument;
    assert(error == 0);
}

static void op_fifo(struct world *w, const char *path, const char *argument)
{
    int error = mkfifoat(w->root, path, 0644);
    (void)argument;
    assert(error == 0);
}

static void op_link(struct world *w, const char *path, const char *argument)
{
    int error = symlinkat(argument, w->root, path);
    assert(error == 0);
}

static void op_link_over(struct world *w, const char *path, const char *argument)
{
    op_remove(w, path, "");
    op_link(w, path, argument);
}

static void op_folder_over(struct world *w, const char *path, const char *argument)
{
    op_remove(w, path, "");
    op_folder(w, path, argument);
}

static void op_fifo_over(struct world *w, const char *path, const char *argument)
{
    op_remove(w, path, "");
    op_fifo(w, path, argument);
}

static void op_rename(struct world *w, const char *path, const char *argument)
{
    int error = renameat(w->root, path, w->root, argument);
    assert(error == 0);
}

/* Moved beside, hidden, and a link to it in its place. */
static void op_link_after(struct world *w, const char *path, const char *argument)
{
    str hidden = str_fmt(w->one, ".%s", argument);
    const char *slash = strrchr(path, '/');
    op_rename(w, path, str_c(w->one, hidden));
    op_link(w, path,
            str_c(w->one, str_fmt(w->one, "%s" STR_FMT, slash ? "../" : "", STR_ARG(hidden))));
}

static void op_swap(struct world *w, const char *path, const char *argument)
{
    int error = file_swap(w->root, str_from(path), str_from(argument));
    assert(error == 0);
}

static void op_copy(struct world *w, const char *path, const char *argument)
{
    put(w, argument, content(w, path));
}

static void op_hard_link(struct world *w, const char *path, const char *argument)
{
    (void)argument;
    int error = linkat(w->root, path, w->root, ".hard", 0);
    assert(error == 0);
}

static void op_copy_folder(struct world *w, const char *path, const char *argument)
{
    str from = str_fmt(w->arena, "%s/", path);
    for (size_t i = 0; i < w->archive->file_count; i++) {
        const struct archive_file *f = &w->archive->file[i];
        if (str_starts(f->path, from))
            put(w,
                str_c(w->one,
                      str_fmt(w->one, "%s/" STR_FMT, argument, STR_ARG(str_skip(f->path, from.n)))),
                f->data);
    }
}

static void op_replace_folder(struct world *w, const char *path, const char *argument)
{
    op_remove(w, argument, "");
    op_copy_folder(w, path, argument);
}

static void op_mode(struct world *w, const char *path, const char *argument)
{
    int error = fchmodat(w->root, path, (mode_t)strtoul(argument, NULL, 8), 0);
    assert(error == 0);
}

/* -- The table -------------------------------------------------------------------- */

#define REMOVE         op_remove
#define PUT            op_put
#define APPEND         op_append
#define REPLACE        op_replace
#define TRUNCATE       op_truncate
#define DROP_LINE      op_drop_line
#define REPEAT_LINE    op_repeat_line
#define SWAP_LINES     op_swap_lines
#define FOLDER         op_folder
#define FIFO           op_fifo
#define LINK           op_link
#define LINK_OVER      op_link_over
#define FOLDER_OVER    op_folder_over
#define FIFO_OVER      op_fifo_over
#define LINK_AFTER     op_link_after
#define RENAME         op_rename
#define SWAP           op_swap
#define COPY           op_copy
#define HARD_LINK      op_hard_link
#define COPY_FOLDER    op_copy_folder
#define REPLACE_FOLDER op_replace_folder
#define MODE           op_mode
#define DAMAGE_CLEAN   CLEAN

static const struct tamper {
    const char *what;
    void (*act)(struct world *w, const char *path, const char *argument);
    const char *path, *argument;
    int damage;
    const char *object;
} tamper[] = {
#define TAMPER(what, operation, path, argument, damage, object)                                    \
    {what, operation, path, argument, DAMAGE_##damage, object},
#include "tampers.def"
};

/* Modes bind everybody but root. */
static struct verify_result look_as_nobody(struct world *w, const struct look *look)
{
    bool is_root = geteuid() == 0;
    int changed = is_root ? seteuid(NOBODY) : 0;
    struct verify_result r = look_at(w, look);
    if (is_root)
        changed |= seteuid(0);
    assert(changed == 0);
    return r;
}

static void run_table(struct world *w)
{
    const struct look look = {.trust = w->trust};
    for (size_t i = 0; i < sizeof tamper / sizeof *tamper; i++) {
        const struct tamper *t = &tamper[i];
        archive_write(w->archive, w->root);
        struct verify_result before = look_at(w, &look);
        expect_first(w, "the untouched archive", &before, CLEAN, NULL);
        t->act(w, t->path, t->argument);
        struct verify_result after = look_as_nobody(w, &look);
        expect_first(w, t->what, &after, t->damage, t->damage == CLEAN ? NULL : t->object);
        if (t->act == op_mode)
            op_mode(w, t->path, "755");
    }
}

/* -- The world -------------------------------------------------------------------- */

static struct trust *trusting(struct world *w, const struct forger *a, const struct forger *b)
{
    struct buf pem = buf_in(w->arena, 4096);
    const char *why;
    buf_add(&pem, forger_pem(w->arena, a));
    buf_add(&pem, forger_pem(w->arena, b));
    struct trust *t = trust_read(buf_str(&pem), &why);
    assert(t != NULL);
    return t;
}

static void make_world(struct world *w)
{
    w->arena = arena_new("tamper", ALL_BYTES_MAX);
    w->one = arena_new("look", ONE_BYTES_MAX);
    w->publisher = forger_new(w->arena, &(struct forge_spec){.name = "Publisher"});
    w->stranger = forger_new(w->arena, &(struct forge_spec){.name = "Publisher"});
    w->approver = forger_new(w->arena, &(struct forge_spec){.name = "Approver"});
    w->trust = trusting(w, w->publisher, w->approver);
    w->archive = archive_plan(w->arena, w->publisher, w->approver);
    archive_make(w->archive);
}

static void open_world(struct world *w, char *folder)
{
    w->folder = mkdtemp(folder);
    int error = w->folder == NULL ? 1 : dir_open(folder, &w->root);
    if (error == 0)
        error = chmod(folder, 0755);
    assert(error == 0);
}

static int write_archive(struct world *w, const char *folder)
{
    int root, site;
    struct buf pem = buf_in(w->arena, 4096);
    buf_add(&pem, forger_pem(w->arena, w->publisher));
    buf_add(&pem, forger_pem(w->arena, w->approver));
    int error = dir_open(folder, &root);
    if (error == 0)
        error = dir_make(root, S("site"));
    if (error == 0)
        error = file_create(root, S("trust.pem"), buf_str(&pem));
    if (error == 0)
        error = file_create(root, S("other.pem"), forger_pem(w->arena, w->stranger));
    if (error == 0)
        error = (site = openat(root, "site", O_RDONLY | O_DIRECTORY)) < 0;
    if (error == 0)
        archive_write(w->archive, site);
    return error != 0;
}

static void close_world(struct world *w)
{
    archive_write(&(struct test_archive){.arena = w->arena}, w->root);
    close(w->root);
    rmdir(w->folder);
    trust_free(w->trust);
    forgers_free();
    arena_free(w->one);
    arena_free(w->arena);
}

int main(int argc, char **argv)
{
    /* In memory where there is such a place: the archive is written some hundred times. */
    char in_memory[] = "/dev/shm/continuo-tamper-XXXXXX", on_disk[] = "/tmp/continuo-tamper-XXXXXX";
    char *folder = access("/dev/shm", W_OK) == 0 ? in_memory : on_disk;
    struct world w = {.all = argc == 2 && strcmp(argv[1], "--all") == 0};
    bool write = argc == 3 && strcmp(argv[1], "--write") == 0;
    if (argc > 1 && !w.all && !write) {
        fputs("usage: tamper [--all] | --write FOLDER\n", stderr);
        return 2;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    make_world(&w);
    if (write)
        return write_archive(&w, argv[2]);
    open_world(&w, folder);
    run_table(&w);
    run_history(&w);
    run_attacks(&w);
    run_flips(&w);
    close_world(&w);
    printf("%zu passed, %zu failed\n", w.passed, w.failed);
    return w.failed != 0;
}
