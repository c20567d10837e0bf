/* unit/sheets: which pages of a binder a copy gets when some are new. */
#include "unit.h"

#include "cli/sheets.h"
#include "form/table/table.h"

static struct arena *memory;

/* "A-1:x A-2:y": the label and what the page says; the part is what stands before the "-". */
static struct sheets pages(const char *list)
{
    struct sheets s = {.binder = S("BND-001"),
                       .version = S("1"),
                       .edition = S("2026.1"),
                       .as_of = S("2026-06-30"),
                       .items = NEW_ARRAY(memory, struct sheet, 64)};
    for (str rest = str_from(list), page, label; rest.n != 0; s.count++) {
        rest = str_cut(rest, ' ', &page);
        str hash = str_cut(page, ':', &label);
        size_t dash = str_find_char(label, '-', 0);
        str part = dash == SIZE_MAX ? S("") : str_from_to(label, 0, dash);
        s.items[s.count] = (struct sheet){label, part, hash};
    }
    return s;
}

/* "C: C-1 to C-2 > C-1 to C-2; " for each line of the instructions. */
static str moves(const struct exchange *x)
{
    struct buf b = buf_in(memory, 256);
    for (size_t i = 0; i < x->moves->row_count; i++) {
        str tab = cell_plain(memory, table_cell(x->moves, i, 0));
        str out = cell_plain(memory, table_cell(x->moves, i, 1));
        str in = cell_plain(memory, table_cell(x->moves, i, 2));
        buf_fmt(&b, STR_FMT ": " STR_FMT " > " STR_FMT "; ", STR_ARG(tab), STR_ARG(out),
                STR_ARG(in));
    }
    return buf_str(&b);
}

static struct exchange exchanged(const char *before, const char *after, bool is_duplex)
{
    struct sheets old = pages(before), new = pages(after);
    return sheets_exchange(memory, &old, &new, is_duplex);
}

#define OLD "i:f ii:f A-1:a A-2:b A-3:c A-4:d B-1:e B-2:f"

static void nothing_is_new(void **state)
{
    (void)state;
    struct exchange x = exchanged(OLD, OLD, true);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; ");
    assert_int_equal(x.new_count, 0);
    assert_true(x.is_new[0] && x.is_new[1] && !x.is_new[2]);
}

static void both_sides_of_a_leaf(void **state)
{
    (void)state;
    const char *after = "i:f ii:f A-1:a A-2:b A-3:c A-4:NEW B-1:e B-2:f";
    struct exchange x = exchanged(OLD, after, true);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; A: A-3 to A-4 > A-3 to A-4; ");
    assert_int_equal(x.new_count, 2);
    assert_true(!x.is_new[3] && x.is_new[4] && x.is_new[5] && !x.is_new[6]);
    x = exchanged(OLD, after, false);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; A: A-4 > A-4; ");
    assert_int_equal(x.new_count, 1);
}

static void neighbours_in_one_line(void **state)
{
    (void)state;
    struct exchange x = exchanged(OLD, "i:f ii:f A-1:a A-2:N A-3:N A-4:d B-1:e B-2:N", false);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; A: A-2 to A-3 > A-2 to A-3; "
                          "B: B-2 > B-2; ");
}

/* More or fewer pages move all that follow, and each foot says how many there are. */
static void a_tab_that_grew_goes_whole(void **state)
{
    (void)state;
    struct exchange x = exchanged(OLD, "i:f ii:f A-1:a A-2:b A-3:c A-4:d A-5:g B-1:e B-2:f", true);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; A: A-1 to A-4 > A-1 to A-5; ");
    assert_int_equal(x.new_count, 5);
    x = exchanged(OLD, "i:f A-1:a A-2:b B-1:e B-2:f", true);
    assert_str(moves(&x), "before the first tab: i to ii > i; A: A-1 to A-4 > A-1 to A-2; ");
}

static void tabs_come_and_go(void **state)
{
    (void)state;
    struct exchange x = exchanged(OLD, "i:f ii:f A-1:a A-2:b A-3:c A-4:d C-1:e", true);
    assert_str(moves(&x), "before the first tab: i to ii > i to ii; C: nothing > C-1; "
                          "B: B-1 to B-2 > nothing; ");
}

static void the_first_that_differs(void **state)
{
    (void)state;
    struct sheets old = pages(OLD), front = pages("i:X A-1:a A-2:b A-3:c A-4:d B-1:e B-2:f"),
                  longer = pages(OLD " B-3:g"), other = pages("i:f A-1:a A-2:Z A-3:c");
    assert_str(sheets_differ(&old, &old), "");
    assert_str(sheets_differ(&old, &front), ""); /* which names the copy */
    assert_str(sheets_differ(&old, &longer), "B-3");
    assert_str(sheets_differ(&longer, &old), "B-3");
    assert_str(sheets_differ(&other, &old), "A-2");
}

static void there_and_back(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct sheets one = pages(OLD), read;
    for (size_t i = 0; i < one.count; i++)
        one.items[i].sha256 = str_fmt(memory, "%064zu", i);
    struct buf b = buf_in(memory, 1024);
    sheets_put(&b, &one);
    assert_true(sheets_read(memory, d, S("a.json"), buf_str(&b), &read));
    assert_str(read.binder, "BND-001");
    assert_str(read.as_of, "2026-06-30");
    assert_int_equal(read.count, one.count);
    assert_str(sheets_differ(&one, &read), "");
    assert_str(read.items[2].part, "A");
    assert_int_equal(diags_exit_status(d), 0);
}

static void what_is_no_list(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "{}",
        "[]",
        "{\"binder\": \"B\", \"sheets\": 7}",
        "{\"binder\": \"B\", \"sheets\": [{\"label\": \"A-1\"}]}",
        "{\"binder\": \"B\", \"sheets\": [7]}",
        "{\"sheets\": []}",
        "{",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct diags *d = diags_new(memory);
        struct sheets s;
        assert_false(sheets_read(memory, d, S("a.json"), str_from(bad[i]), &s));
        assert_int_equal(diags_exit_status(d), 1);
    }
}

int unit_sheets(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(nothing_is_new),         cmocka_unit_test(both_sides_of_a_leaf),
        cmocka_unit_test(neighbours_in_one_line), cmocka_unit_test(a_tab_that_grew_goes_whole),
        cmocka_unit_test(tabs_come_and_go),       cmocka_unit_test(the_first_that_differs),
        cmocka_unit_test(there_and_back),         cmocka_unit_test(what_is_no_list),
    };
    memory = arena_new("sheets", 16 * 1024 * 1024);
    int failed = unit_run("sheets", cases);
    arena_free(memory);
    return failed;
}
