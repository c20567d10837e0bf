/* unit/outputs: a tree is swapped in whole, or the old one stays. */
#include "unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "publish/outputs.h"

static char folder[64];
static struct arena *memory;

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/outputs-XXXXXX");
    memory = arena_new("outputs test", 16 * 1024 * 1024);
    return mkdtemp(folder) == NULL;
}

static int drop_folder(void **state)
{
    (void)state;
    arena_free(memory);
    return unit_remove(folder);
}

static str read_back(const char *path)
{
    char full[200];
    snprintf(full, sizeof full, "%s/%s", folder, path);
    struct file_read r = file_read_any(memory, full, 1024);
    return r.fault == FILE_OK ? r.text : S("(nothing)");
}

static ino_t inode(const char *path)
{
    char full[200];
    struct stat st;
    snprintf(full, sizeof full, "%s/%s", folder, path);
    return stat(full, &st) == 0 ? st.st_ino : 0;
}

static struct outputs *open_tree(struct diags *d)
{
    struct outputs *o = outputs_open(memory, d, folder, S("staff/draft"));
    assert_non_null(o);
    return o;
}

static void swaps_in_whole(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct outputs *o = open_tree(d);
    assert_true(outputs_put(o, d, S("r/a.html"), S("first a")));
    assert_true(outputs_put(o, d, S("r/b.html"), S("first b")));
    assert_str(read_back("staff/draft/r/a.html"), "(nothing)"); /* not before the end */
    assert_true(outputs_commit(o, d));
    assert_str(read_back("staff/draft/r/a.html"), "first a");
    ino_t kept = inode("staff/draft/r/a.html");

    o = open_tree(d);
    assert_true(outputs_put(o, d, S("r/a.html"), S("first a")));
    assert_true(outputs_put(o, d, S("index.html"), S("home")));
    assert_true(outputs_commit(o, d));
    assert_int_equal(inode("staff/draft/r/a.html"), kept);      /* equal: linked, not written */
    assert_str(read_back("staff/draft/r/b.html"), "(nothing)"); /* no longer made */
    assert_str(read_back("staff/draft/index.html"), "home");
    assert_int_equal(inode("staff/draft.new"), 0);
    assert_int_equal(diags_exit_status(d), 0);
}

static void abandoned_leaves_the_old(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct outputs *o = open_tree(d);
    outputs_put(o, d, S("index.html"), S("old"));
    assert_true(outputs_commit(o, d));
    o = open_tree(d);
    outputs_put(o, d, S("index.html"), S("half"));
    outputs_abandon(o);
    assert_str(read_back("staff/draft/index.html"), "old");
    assert_int_equal(inode("staff/draft.new"), 0);
}

static void leftovers_of_a_crash_are_cleared(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct outputs *o = open_tree(d);
    outputs_put(o, d, S("stale.html"), S("from a build that was killed"));
    o = open_tree(d); /* nobody committed or abandoned the first */
    outputs_put(o, d, S("index.html"), S("new"));
    assert_true(outputs_commit(o, d));
    assert_str(read_back("staff/draft/stale.html"), "(nothing)");
    assert_str(read_back("staff/draft/index.html"), "new");
}

static void a_folder_that_cannot_be_made(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    char taken[200];
    snprintf(taken, sizeof taken, "%s/file", folder);
    assert_int_equal(file_create(AT_FDCWD, str_from(taken), S("in the way")), 0);
    assert_null(outputs_open(memory, d, taken, S("staff/draft")));
    assert_true(diags_machine_failed(d));
}

int unit_outputs(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(swaps_in_whole, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(abandoned_leaves_the_old, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(leftovers_of_a_crash_are_cleared, make_folder, drop_folder),
        cmocka_unit_test_setup_teardown(a_folder_that_cannot_be_made, make_folder, drop_folder),
    };
    return unit_run("outputs", cases);
}
