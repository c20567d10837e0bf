/* unit/changes: two states, what is different between them, and how that is told. */
#include "unit.h"

#include "verify/format.h"

#include "cli/states.h"
#include "form/diff/changes.h"
#include "md_dump.h"

static struct arena *memory, *scratch;

static struct state *state(const char *name, const char *suppliers, const char *documents)
{
    struct state *s = state_new(memory, str_from(name), DATE_NONE);
    struct diags *d = diags_new(memory);
    state_add_type(s, d, S("supplier"), diags_source(d, S("s"), str_from(suppliers)));
    state_add_type(s, d, S("document"), diags_source(d, S("d"), str_from(documents)));
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    return s;
}

static const struct changes *between(const struct state *before, const struct state *after)
{
    return changes_between(memory, scratch, before, after, schema_new(memory), NULL);
}

static void records(void **unused)
{
    (void)unused;
    const struct state *a =
        state("a",
              "[{\"id\":\"SUP-10\",\"title\":\"x\"},{\"id\":\"SUP-9\",\"title\":\"y\"},"
              "{\"id\":\"SUP-1\",\"title\":\"z\",\"status\":\"active\"}]",
              "[]");
    const struct state *b = state("b",
                                  "[{\"id\":\"SUP-1\",\"status\":\"active\",\"title\":\"z\"},"
                                  "{\"id\":\"SUP-10\",\"title\":\"new\"},{\"id\":\"SUP-2\"}]",
                                  "[]");
    const struct changes *c = between(a, b);
    assert_int_equal(c->type_count, 1);
    const struct change_list *list = &c->types[0];
    assert_int_equal(list->n, 3); /* the order of keys is no change */
    assert_str(list->v[0].after->id, "SUP-2");
    assert_int_equal(list->v[0].kind, CHANGE_ADDED);
    assert_str(list->v[1].before->id, "SUP-9");
    assert_int_equal(list->v[1].kind, CHANGE_WITHDRAWN);
    assert_str(list->v[2].after->id, "SUP-10");
    assert_int_equal(list->v[2].kind, CHANGE_CHANGED);
    assert_str(changes_sentence(memory, c), "1 record changed, 1 was added, 1 was withdrawn.");
    assert_str(changes_type_path(memory, list), "changes/type-supplier.html");
    assert_true(changes_are_none(between(a, a)));
    assert_str(changes_sentence(memory, between(a, a)), "Nothing has changed.");
}

static void fields(void **unused)
{
    (void)unused;
    const struct changes *c =
        between(state("a",
                      "[{\"id\":\"SUP-1\",\"title\":\"T\",\"services\":[\"a\",\"b c\",\"d\",\"e\"],"
                      "\"critical\":true,\"requirement\":{\"rto\":\"4h\"},\"own_field\":\"x\"}]",
                      "[]"),
                state("b",
                      "[{\"id\":\"SUP-1\",\"title\":\"T\",\"services\":[\"a\",\"b f\",\"d\",\"e\"],"
                      "\"critical\":false,\"requirement\":{\"rto\":\"8h\"},\"status\":\"active\"}]",
                      "[]"));
    struct field_change *list;
    size_t count = changes_fields(memory, c, &c->types[0].v[0], &list);
    assert_int_equal(count, 5);
    assert_str(list[0].label, "Services");
    assert_str(list[0].before, "a; b c; d; e");
    assert_str(list[1].after, "no");
    assert_str(list[3].before, ""); /* status was not there */
    assert_str(list[3].after, "Active");
    assert_str(list[4].label, "Own field"); /* the schema does not know it */
    assert_str(list[4].after, "");
    const struct md_node *table = changes_of_fields(memory, c, &c->types[0].v[0])->first;
    assert_str(
        md_dump(memory, table->first->next),
        " (row (cell 'Services') (cell (em '… 1 without a change') (break) 'b ' (out 'c') "
        "(break) (em '… 2 without a change')) (cell (em '… 1 without a change') (break) 'b ' "
        "(in 'f') (break) (em '… 2 without a change')))");
}

static void documents(void **unused)
{
    (void)unused;
    static const char one[] = "[{\"id\":\"BCP-1\",\"title\":\"Plan\",\"version\":\"1.0\"}]";
    static const char two[] = "[{\"id\":\"BCP-1\",\"title\":\"Plan\",\"version\":\"1.1\"}]";
    struct state *a = state("a", "[]", one), *b = state("b", "[]", one), *d = state("d", "[]", two);
    state_add_text(a, S("BCP-1"), S("Call the\nteam, see [](BCP-1).\n"));
    state_add_text(b, S("BCP-1"), S("Call  the team, see\n[](BCP-1)."));
    assert_true(changes_are_none(between(a, b))); /* other line breaks only */
    const struct changes *c = between(a, d);      /* the later one has no text */
    assert_int_equal(c->documents.of_kind[CHANGE_CHANGED], 1);
    assert_false(c->documents.v[0].has_text_change);
    c = between(d, b); /* the earlier one */
    assert_true(changes_find(c, S("BCP-1"))->has_text_change);
    assert_null(changes_find(c, S("BCP-2")));
    assert_int_equal(c->documents.v[0].words_out, 0);
    const struct change_view view = {.is_paper = false};
    str page = md_dump(memory, changes_of_document(memory, c, &c->documents.v[0], &view));
    assert_true(str_find(page, S("(out '1.1')"), 0) != SIZE_MAX);
    assert_true(str_find(page, S("'Its text was not part of edition d.'"), 0) != SIZE_MAX);
    assert_true(str_find(page, S("(in 'Call the\nteam"), 0) == SIZE_MAX);
    assert_true(str_find(page, S("(in 'Call  the team, see'"), 0) != SIZE_MAX);
    assert_true(str_find(page, S("(link 'BCP-1 Plan')"), 0) != SIZE_MAX);
    assert_str(changes_document_path(memory, &c->documents.v[0]), "changes/bcp-1.html");
}

static void long_lists_are_cut(void **unused)
{
    enum { COUNT = CHANGES_RECORDS_MAX + 5 };
    struct buf text[2] = {buf_in(memory, 4096), buf_in(memory, 4096)};
    (void)unused;
    for (int side = 0; side < 2; side++) {
        for (int i = 0; i < COUNT; i++)
            buf_fmt(&text[side], "%s{\"id\":\"SUP-%d\",\"title\":\"%d\"}", i > 0 ? "," : "[", i,
                    side);
        buf_lit(&text[side], "]");
    }
    const struct changes *c = between(state("a", str_c(memory, buf_str(&text[0])), "[]"),
                                      state("b", str_c(memory, buf_str(&text[1])), "[]"));
    const struct change_view view = {.is_paper = false};
    str page = md_dump(memory, changes_of_type(memory, c, &c->types[0], &view));
    assert_true(str_find(page, S("'… and 5 more.'"), 0) != SIZE_MAX);
}

static void broken(void **unused)
{
    static const char *const text[] = {
        "",
        "[",
        "{}",
        "7",
        "[7]",
        "[{}]",
        "[{\"id\":7}]",
        "[{\"id\":[\"a\"]}]",
        "[{\"id\":\"a\"},{\"id\":\"a\"}]",
    };
    static const size_t kept[] = {0, 0, 0, 0, 0, 0, 1, 0, 1};
    (void)unused;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        struct diags *d = diags_new(memory);
        struct state *s = state_new(memory, S("a"), DATE_NONE);
        state_add_type(s, d, S("supplier"), diags_source(d, S("s"), str_from(text[i])));
        assert_int_equal(state_type(s, S("supplier"))->count, kept[i]);
        assert_int_equal(diags_count(d, SEVERITY_ERROR) > 0, i != 6);
    }
}

static void names(void **unused)
{
    static const char *const fine[] = {"2026.1", "a", "staff", "2026.1-rc_2"};
    static const char *const bad[] = {"",           "draft",
                                      "to",         "ledger",
                                      "A",          ".a",
                                      "a..b",       "a/b",
                                      "a.new",      "-x",
                                      "a b",        "current.css",
                                      "index.html", "01234567890123456789012345678901234"};
    (void)unused;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_true(format_id(str_from(fine[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(format_id(str_from(bad[i])));
}

int unit_changes(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(records),   cmocka_unit_test(fields),
        cmocka_unit_test(documents), cmocka_unit_test(long_lists_are_cut),
        cmocka_unit_test(broken),    cmocka_unit_test(names),
    };
    memory = arena_new("test", (size_t)1 << 30);
    scratch = arena_new("scratch", (size_t)1 << 30);
    int failed = unit_run("changes", cases);
    arena_free(scratch);
    arena_free(memory);
    return failed;
}
