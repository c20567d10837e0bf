/* unit/path: names inside a workspace and inside an output tree. */
#include <string.h>

#include "unit.h"

#include "base/path.h"

static struct arena *memory;

static void parts(void **state)
{
    (void)state;
    assert_str(path_join(memory, S("a"), S("b")), "a/b");
    assert_str(path_join(memory, S(""), S("b")), "b");
    assert_str(path_name(S("a/b.md")), "b.md");
    assert_str(path_name(S("b.md")), "b.md");
    assert_str(path_name(S("a/")), "");
    assert_str(path_folder(S("a/b/c.md")), "a/b");
    assert_str(path_folder(S("c.md")), "");
    assert_str(path_extension(S("a.b/c.tar.gz")), "gz");
    assert_str(path_extension(S("a.b/c")), "");
    assert_str(path_extension(S(".hidden")), "");
    assert_str(path_extension(S("a.")), "");
}

static void relative(void **state)
{
    (void)state;
    static const char *const row[][3] = {
        {"index.html", "a.html", "a.html"},
        {"r/a.html", "d/b.html", "../d/b.html"},
        {"r/a.html", "r/b.html", "b.html"},
        {"r/a.html", "r/a.html", "a.html"},
        {"a.html", "d/x/b.html", "d/x/b.html"},
        {"d/x/b.html", "a.html", "../../a.html"},
        {"ab/c.html", "a/c.html", "../a/c.html"},
        {"a/c.html", "ab/c.html", "../ab/c.html"},
        {"a/b", "a", "../a"},
        {"a/b/c", "a/x/y/z", "../x/y/z"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str from = str_from(row[i][0]), to = str_from(row[i][1]), back;
        assert_str(path_relative(memory, from, to), row[i][2]);
        assert_true(path_resolve(memory, from, str_from(row[i][2]), &back));
        assert_str(back, row[i][1]);
    }
}

static void resolved(void **state)
{
    (void)state;
    static const char *const row[][3] = {
        {"d/a.md", "b.md", "d/b.md"},  {"d/a.md", "./b.md", "d/b.md"},
        {"d/a.md", "../b.md", "b.md"}, {"d/a.md", "x//y/./z", "d/x/y/z"},
        {"d/a.md", "x/../y", "d/y"},   {"d/e/a.md", "../../b", "b"},
        {"a.md", "b/../c", "c"},       {"d/a.md", "", "d"},
        {"d/a.md", "..", ""},          {"d/a.md", "...", "d/..."},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str out;
        assert_true(path_resolve(memory, str_from(row[i][0]), str_from(row[i][1]), &out));
        assert_str(out, row[i][2]);
    }
    static const char *const leaving[][2] = {
        {"a.md", ".."},           {"a.md", "../b"},       {"d/a.md", "../../b"},
        {"d/a.md", "/etc"},       {"d/a.md", "//host/x"}, {"d/a.md", "x/../../.."},
        {"d/a.md", "../x/../.."},
    };
    for (size_t i = 0; i < sizeof leaving / sizeof *leaving; i++) {
        str out;
        assert_false(path_resolve(memory, str_from(leaving[i][0]), str_from(leaving[i][1]), &out));
    }
}

static void slugs(void **state)
{
    (void)state;
    assert_str(path_slug(memory, S("BCP-001")), "bcp-001");
    assert_str(path_slug(memory, S("  A  b/c..d ")), "a-b-c-d");
    assert_str(path_slug(memory, S("\xC3\x9Cn\xC3\xAF"
                                   "code")),
               "n-code");
    assert_str(path_slug(memory, S("../../etc")), "etc");
    assert_str(path_slug(memory, S("---")), "");
}

static void names_taken(void **state)
{
    (void)state;
    static const char *const good[] = {"a",
                                       "a.md",
                                       "A plan, v2 (final).md",
                                       "\xC3\xA9.md",
                                       "a..b",
                                       "con1.md",
                                       "console",
                                       "com.md",
                                       "com10",
                                       "lpt",
                                       "auxx.md",
                                       "null",
                                       "\xE6\xBC\xA2\xE5\xAD\x97.md"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(path_name_fault(str_from(good[i])));
}

static void names_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        ".",
        "..",
        ".git",
        ".a.md",
        "a.",
        " a",
        "a ",
        "a/b",
        "/",
        "a\\b",
        "c:",
        "a*b",
        "a?",
        "a\"b",
        "a<b",
        "a>b",
        "a|b",
        "a\nb",
        "a\tb",
        "a\x7F",
        "a\x1B[31m",
        "\xC2\x85x",
        "a\xFF",
        "\xE2\x80\xAE"
        "dm.exe",
        "a\xE2\x80\x8B"
        "b",
        "a\xEF\xBB\xBF",
        "\xD8\x9C"
        "a",
        "a\xE2\x80\xA8"
        "b",
        "a\xE2\x81\xA6"
        "b",
        "con",
        "CON",
        "con.md",
        "Nul.tar.gz",
        "aux",
        "prn.x",
        "com1",
        "COM9.txt",
        "lpt0",
        "con .txt",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (path_name_fault(str_from(bad[i])) == NULL)
            fail_msg("the name %zu, '%s', was taken", i, bad[i]);
    char long_name[201];
    memset(long_name, 'a', sizeof long_name);
    assert_null(path_name_fault((str){long_name, 200}));
    assert_non_null(path_name_fault((str){long_name, 201}));
    assert_non_null(path_name_fault(S("a\0b")));
}

int unit_path(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(parts), cmocka_unit_test(relative),    cmocka_unit_test(resolved),
        cmocka_unit_test(slugs), cmocka_unit_test(names_taken), cmocka_unit_test(names_refused),
    };
    memory = arena_new("unit", 1 << 20);
    int failed = unit_run("path", cases);
    arena_free(memory);
    return failed;
}
