/* unit/file: bytes from and to the disk, and what a hostile tree may try. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"

static struct arena *memory;
static char folder[] = "/tmp/continuo-unit-XXXXXX";
static int root;

static int open_root(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL || dir_open(folder, &root) != 0;
}

static int close_root(void **state)
{
    (void)state;
    close(root);
    return unit_remove(folder);
}

static void put(const char *path, const char *text)
{
    assert_int_equal(file_create(root, str_from(path), str_from(text)), 0);
}

static void assert_fault(const char *path, enum file_fault fault)
{
    struct file_read r = file_read(memory, root, str_from(path), 1000);
    assert_int_equal(r.fault, fault);
    assert_int_equal(r.text.n, 0);
}

static void read_whole(void **state)
{
    (void)state;
    put("whole", "one\ntwo");
    put("empty", "");
    struct file_read r = file_read(memory, root, S("whole"), 7);
    assert_int_equal(r.fault, FILE_OK);
    assert_str(r.text, "one\ntwo");
    assert_int_equal(r.text.p[r.text.n], 0);
    assert_int_equal(r.size_bytes, 7);
    r = file_read(memory, root, S("empty"), 0);
    assert_int_equal(r.fault, FILE_OK);
    assert_int_equal(r.text.n, 0);
    r = file_read(memory, root, S("whole"), 6);
    assert_int_equal(r.fault, FILE_TOO_LARGE);
    assert_int_equal(r.size_bytes, 7);
    r = file_read(memory, root, S("absent"), 6);
    assert_int_equal(r.fault, FILE_ERRNO);
    assert_int_equal(r.error_number, ENOENT);
}

static void sparse_giant(void **state)
{
    (void)state;
    int fd = openat(root, "giant", O_WRONLY | O_CREAT, 0600);
    assert_int_equal(ftruncate(fd, (off_t)1 << 40), 0);
    close(fd);
    size_t before = arena_used_bytes(memory);
    struct file_read r = file_read(memory, root, S("giant"), 1000);
    assert_int_equal(r.fault, FILE_TOO_LARGE);
    assert_true(r.size_bytes == (uint64_t)1 << 40);
    assert_int_equal(arena_used_bytes(memory), before);
}

static void links_refused(void **state)
{
    (void)state;
    put("target", "secret");
    assert_int_equal(dir_make(root, S("real")), 0);
    put("real/inside", "text");
    assert_int_equal(symlinkat("target", root, "link"), 0);
    assert_int_equal(symlinkat("/etc/passwd", root, "outside"), 0);
    assert_int_equal(symlinkat("nowhere", root, "dangling"), 0);
    assert_int_equal(symlinkat("loop", root, "loop"), 0);
    assert_int_equal(symlinkat("real", root, "way"), 0);
    assert_int_equal(symlinkat("/proc/self/root", root, "magic"), 0);
    static const char *const path[] = {"link",          "outside",     "dangling",
                                       "loop",          "way/inside",  "magic/etc/passwd",
                                       "../etc/passwd", "/etc/passwd", "real/../../x"};
    for (size_t i = 0; i < sizeof path / sizeof *path; i++)
        assert_fault(path[i], FILE_LINK);
    struct dir_entry *entries;
    size_t count;
    assert_int_equal(dir_list(memory, root, S("way"), &entries, &count), ENOTDIR);
    assert_false(file_equals(root, S("link"), S("secret")));
    char any[100];
    snprintf(any, sizeof any, "%s/link", folder);
    assert_str(file_read_any(memory, any, 100).text, "secret"); /* of the caller's choice */
}

static void no_files(void **state)
{
    (void)state;
    assert_int_equal(mkfifoat(root, "pipe", 0600), 0);
    assert_int_equal(dir_make(root, S("folder")), 0);
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    snprintf(at.sun_path, sizeof at.sun_path, "%s/socket", folder);
    int s = socket(AF_UNIX, SOCK_STREAM, 0);
    assert_int_equal(bind(s, (struct sockaddr *)&at, sizeof at), 0);
    assert_fault("pipe", FILE_KIND);
    assert_fault("folder", FILE_KIND);
    assert_fault("socket", FILE_KIND);
    assert_fault("", FILE_KIND);
    assert_int_equal(file_read_any(memory, "/dev/null", 10).fault, FILE_KIND);
    close(s);
}

static void odd_paths(void **state)
{
    (void)state;
    char long_path[5000];
    memset(long_path, 'a', sizeof long_path);
    str longer = {long_path, sizeof long_path}, hidden = S("whole\0x");
    assert_int_equal(file_read(memory, root, longer, 10).error_number, ENAMETOOLONG);
    assert_int_equal(file_read(memory, root, hidden, 10).error_number, ENAMETOOLONG);
    assert_int_equal(file_create(root, hidden, S("")), ENAMETOOLONG);
    assert_int_equal(file_replace(root, longer, S("")), ENAMETOOLONG);
    assert_int_equal(dir_make(root, longer), ENAMETOOLONG);
    assert_int_equal(dir_remove_tree(root, hidden), ENAMETOOLONG);
    assert_false(file_equals(root, longer, S("")));
    assert_fault("", FILE_KIND);
    assert_int_equal(file_read(memory, root, (str){NULL, 0}, 10).fault, FILE_KIND);
}

static void append_for_ever(void)
{
    int fd = openat(root, "racing", O_WRONLY | O_APPEND);
    while (write(fd, "x", 1) == 1)
        ;
    _exit(1);
}

/* A file that grows while it is read is whole or refused, never half of each. */
static void changed_while_read(void **state)
{
    (void)state;
    put("racing", "start");
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        append_for_ever();
    bool seen = false;
    struct arena *a = arena_new("racing", (size_t)2 << 30);
    for (int i = 0; i < 50000 && !seen; i++) {
        arena_reset(a);
        struct file_read r = file_read(a, root, S("racing"), (size_t)1 << 30);
        assert_true(r.fault == FILE_OK || r.fault == FILE_CHANGED);
        assert_true(r.fault == FILE_CHANGED || r.text.n == r.size_bytes);
        seen = r.fault == FILE_CHANGED;
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
    arena_free(a);
    assert_true(seen);
}

static void listing(void **state)
{
    (void)state;
    assert_int_equal(dir_make(root, S("list/b/c")), 0);
    static const char *const file[] = {"list/z", "list/a", "list/B", "list/.hidden",
                                       "list/\xC3\xA9"};
    for (size_t i = 0; i < sizeof file / sizeof *file; i++)
        put(file[i], "");
    assert_int_equal(symlinkat("b", root, "list/link"), 0);
    struct dir_entry *e;
    size_t count;
    assert_int_equal(dir_list(memory, root, S("list"), &e, &count), 0);
    static const char *const expected[] = {"B", "a", "b", "link", "z", "\xC3\xA9"};
    assert_int_equal(count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < count; i++) {
        assert_str(e[i].name, expected[i]);
        assert_int_equal(e[i].is_folder, i == 2);
    }
    assert_int_equal(dir_list(memory, root, S("nothing"), &e, &count), ENOENT);
    assert_int_equal(count, 0);
    assert_int_equal(dir_list(memory, root, S("list/a"), &e, &count), ENOTDIR);
    assert_int_equal(dir_list(memory, root, S("list/b/c"), &e, &count), 0);
    assert_int_equal(count, 0);
}

static void folders_made(void **state)
{
    (void)state;
    assert_int_equal(dir_make(root, S("x/y/z")), 0);
    assert_int_equal(dir_make(root, S("x/y/z")), 0);
    assert_int_equal(dir_make(root, S("")), 0);
    put("x/file", "");
    assert_int_equal(dir_make(root, S("x/file")), ENOTDIR);
    assert_int_equal(dir_make(root, S("x/file/y")), ENOTDIR);
}

static void trees_removed(void **state)
{
    (void)state;
    assert_int_equal(dir_make(root, S("keep")), 0);
    put("keep/me", "safe");
    assert_int_equal(dir_make(root, S("tree/a/b")), 0);
    put("tree/a/b/file", "");
    put("tree/.hidden", "");
    assert_int_equal(symlinkat("../keep", root, "tree/link"), 0);
    assert_int_equal(symlinkat("../../keep", root, "tree/a/link"), 0);
    assert_int_equal(dir_remove_tree(root, S("tree")), 0);
    assert_int_equal(faccessat(root, "tree", F_OK, 0), -1);
    assert_int_equal(dir_remove_tree(root, S("tree")), 0);
    assert_int_equal(dir_remove_tree(root, S("tree/and/below")), 0);
    assert_int_equal(symlinkat("keep", root, "to-keep"), 0);
    assert_int_equal(dir_remove_tree(root, S("to-keep/me")), ENOTDIR); /* not through a link */
    assert_int_equal(dir_remove_tree(root, S("to-keep")), 0);          /* the link itself */
    assert_true(file_equals(root, S("keep/me"), S("safe")));
}

static void deep_tree(void **state)
{
    (void)state;
    char deep[161];
    for (size_t i = 0; i < 160; i += 2)
        memcpy(deep + i, "d/", 2);
    str path = {deep, 159}; /* eighty folders */
    assert_int_equal(dir_make(root, path), 0);
    assert_int_equal(dir_remove_tree(root, S("d")), ENAMETOOLONG);
    assert_int_equal(dir_remove_tree(root, (str){deep, 79}), 0);
    assert_int_equal(dir_remove_tree(root, S("d")), 0);
}

static void written(void **state)
{
    (void)state;
    put("new", "one");
    assert_int_equal(file_create(root, S("new"), S("two")), EEXIST);
    assert_true(file_equals(root, S("new"), S("one")));
    assert_false(file_equals(root, S("new"), S("onE")));
    assert_false(file_equals(root, S("new"), S("one ")));
    assert_false(file_equals(root, S("none"), S("")));
    assert_int_equal(file_create(root, S("none/x"), S("")), ENOENT);
    put("new.new", "left behind by a crash");
    assert_int_equal(file_replace(root, S("new"), S("two")), 0);
    assert_true(file_equals(root, S("new"), S("two")));
    assert_int_equal(file_replace(root, S("newer"), S("")), 0);
    assert_true(file_equals(root, S("newer"), S("")));
    assert_int_equal(faccessat(root, "new.new", F_OK, 0), -1);
    assert_int_equal(dir_make(root, S("taken")), 0);
    assert_int_equal(file_replace(root, S("taken"), S("x")), EISDIR);
    assert_int_equal(faccessat(root, "taken.new", F_OK, 0), -1);
}

static void large_written(void **state)
{
    (void)state;
    size_t size = 300 * 1000;
    char *text = NEW_ARRAY(memory, char, size);
    for (size_t i = 0; i < size; i++)
        text[i] = (char)(i * 31);
    assert_int_equal(file_create(root, S("large"), (str){text, size}), 0);
    assert_true(file_equals(root, S("large"), (str){text, size}));
    text[size - 1]++;
    assert_false(file_equals(root, S("large"), (str){text, size}));
    assert_false(file_equals(root, S("large"), (str){text, size - 1}));
}

/* As root a rename would turn /dev/null into a file for everybody. */
static void streams_stay(void **state)
{
    (void)state;
    struct stat st;
    char got[8] = {0};
    assert_int_equal(mkfifoat(root, "stream", 0666), 0);
    int fd = openat(root, "stream", O_RDWR | O_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(file_replace(root, S("stream"), S("words")), 0);
    assert_int_equal(read(fd, got, sizeof got), 5);
    assert_string_equal(got, "words");
    close(fd);
    assert_int_equal(fstatat(root, "stream", &st, 0), 0);
    assert_true(S_ISFIFO(st.st_mode));
}

static void swapped(void **state)
{
    (void)state;
    assert_int_equal(dir_make(root, S("old")), 0);
    assert_int_equal(dir_make(root, S("fresh")), 0);
    put("old/o", "old");
    put("fresh/f", "fresh");
    assert_int_equal(file_swap(root, S("fresh"), S("old")), 0);
    assert_true(file_equals(root, S("old/f"), S("fresh")));
    assert_true(file_equals(root, S("fresh/o"), S("old")));
    assert_int_equal(file_swap(root, S("fresh"), S("first")), 0);
    assert_true(file_equals(root, S("first/o"), S("old")));
    assert_int_equal(file_swap(root, S("fresh"), S("first")), ENOENT);
}

/* As on a memory stick with exFAT. */
static void swapped_by_steps(void **state)
{
    (void)state;
    put("taken/before", "x");
    assert_int_equal(file_swap_by_steps(root, "none", "taken"), ENOENT);
    assert_true(file_equals(root, S("taken/before"), S("x")));
    assert_int_equal(dir_make(root, S("next")), 0);
    put("next/after", "y");
    assert_int_equal(file_swap_by_steps(root, "next", "taken"), 0);
    assert_true(file_equals(root, S("taken/after"), S("y")));
    assert_true(file_equals(root, S("next/before"), S("x")));
    assert_int_equal(file_swap_by_steps(root, "next", "fourth"), 0);
    assert_true(file_equals(root, S("fourth/before"), S("x")));
    assert_int_equal(faccessat(root, "next", F_OK, 0), -1);
    assert_int_equal(faccessat(root, "next.old", F_OK, 0), -1);
}

int unit_file(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(read_whole),       cmocka_unit_test(sparse_giant),
        cmocka_unit_test(links_refused),    cmocka_unit_test(no_files),
        cmocka_unit_test(odd_paths),        cmocka_unit_test(changed_while_read),
        cmocka_unit_test(listing),          cmocka_unit_test(folders_made),
        cmocka_unit_test(trees_removed),    cmocka_unit_test(deep_tree),
        cmocka_unit_test(written),          cmocka_unit_test(large_written),
        cmocka_unit_test(swapped),          cmocka_unit_test(streams_stay),
        cmocka_unit_test(swapped_by_steps),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = open_root(NULL) ? 1 : unit_run("file", cases);
    failed += close_root(NULL) != 0;
    arena_free(memory);
    return failed;
}
