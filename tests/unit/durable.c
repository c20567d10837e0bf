/* unit/durable: what is written, moved, locked and remembered, or the errno. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"

static char folder[64];
static struct arena *memory;
static int root;

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/durable-XXXXXX");
    memory = arena_new("durable test", 16 * 1024 * 1024);
    return mkdtemp(folder) == NULL || dir_open(folder, &root) != 0;
}

static int drop_folder(void **state)
{
    (void)state;
    arena_free(memory);
    close(root);
    return unit_remove(folder);
}

static void creates_with_its_mode(void **state)
{
    (void)state;
    struct stat st;
    mode_t before = umask(077);
    assert_int_equal(file_create_durable(root, S("a"), S("bytes"), 0444), 0);
    umask(before);
    assert_int_equal(fstatat(root, "a", &st, 0), 0);
    assert_int_equal(st.st_mode & 07777, 0444);
    assert_true(file_equals(root, S("a"), S("bytes")));
    assert_int_equal(file_create_durable(root, S("a"), S("others"), 0444), EEXIST);
    assert_int_equal(file_create_durable(root, S("no/a"), S("others"), 0444), ENOENT);
}

static void replaces(void **state)
{
    (void)state;
    bool may_be_new;
    assert_int_equal(file_replace_durable(root, S("a"), S("one"), 0644, &may_be_new), 0);
    assert_int_equal(file_create(root, S("a.new"), S("of a crash")), 0);
    assert_int_equal(file_replace_durable(root, S("a"), S("two"), 0644, &may_be_new), 0);
    assert_true(may_be_new && file_equals(root, S("a"), S("two")));
    assert_false(file_equals(root, S("a.new"), S("of a crash")));
    assert_int_equal(file_replace_durable(root, S("no/a"), S("x"), 0644, &may_be_new), ENOENT);
    assert_false(may_be_new);
}

static void moves_onto_nothing(void **state)
{
    (void)state;
    assert_int_equal(dir_make_durable(root, S("one/below")), 0);
    assert_int_equal(dir_make_durable(root, S("two")), 0);
    assert_int_equal(file_move(root, S("one"), S("two")), EEXIST);
    assert_int_equal(file_move(root, S("none"), S("three")), ENOENT);
    assert_int_equal(file_move(root, S("one"), S("three")), 0);
    assert_int_equal(dir_sync(root, S("three/below")), 0);
    assert_int_equal(dir_sync(root, S("one")), ENOENT);
    assert_int_equal(file_create(root, S("file"), S("")), 0);
    assert_int_equal(dir_make_durable(root, S("file")), ENOTDIR);
    assert_int_equal(file_remove(root, S("file")), 0);
    assert_int_equal(file_remove(root, S("file")), 0);
}

static void locks_once(void **state)
{
    (void)state;
    int other;
    assert_int_equal(dir_open(folder, &other), 0);
    assert_int_equal(dir_lock(root), 0);
    assert_int_equal(dir_lock(other), EWOULDBLOCK);
    close(root);
    assert_int_equal(dir_lock(other), 0);
    root = other;
}

static void knows_the_room(void **state)
{
    (void)state;
    uint64_t free_bytes;
    assert_int_equal(dir_space(root, &free_bytes), 0);
    assert_true(free_bytes > 0);
    assert_int_equal(dir_space(-1, &free_bytes), EBADF);
}

/* Two processes append; every record arrives whole. */
static void a_list_that_processes_share(void **state)
{
    (void)state;
    int list, status;
    str text;
    assert_int_equal(file_in_memory(&list), 0);
    pid_t pid = fork();
    for (int i = 0; i < 500; i++)
        if (file_append(list, pid == 0 ? S("child\n") : S("parent\n")) != 0)
            exit(1);
    if (pid == 0)
        _exit(0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_int_equal(status, 0);
    assert_int_equal(file_whole(memory, list, &text), 0);
    assert_int_equal(text.n, 500 * (sizeof "child\n" - 1 + sizeof "parent\n" - 1));
    for (str line; str_line(&text, &line);)
        assert_true(str_eq(line, S("child")) || str_eq(line, S("parent")));
    close(list);
}

int unit_durable(void)
{
    static const struct CMUnitTest cases[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, make_folder, drop_folder)
        CASE(creates_with_its_mode), CASE(replaces),
        CASE(moves_onto_nothing),    CASE(locks_once),
        CASE(knows_the_room),        CASE(a_list_that_processes_share),
#undef CASE
    };
    return unit_run("durable", cases);
}
