/* unit/table: rows, cells, and how values of fields read and sort. */
#include "unit.h"

#include "form/table/cells.h"

static struct arena *memory;

static const struct column columns[] = {
    {S_INIT("a"), S_INIT("A"), COLUMN_TEXT},
    {S_INIT("b"), S_INIT("B"), COLUMN_NUMBER},
};

static void rows_stay(void **state)
{
    (void)state;
    enum { ROWS = 3000 };
    struct table *t = table_new(memory, S("t"), S("T"), columns, 2);
    assert_int_equal(t->row_count, 0);
    for (size_t i = 0; i < ROWS; i++) {
        struct cell *cells = table_row(memory, t);
        assert_int_equal(cells[0].count, 0); /* a new row is empty */
        assert_int_equal(cells[1].count, 0);
        cells[0] = cell_text(memory, str_fmt(memory, "%zu", i));
        cells[1] = cell_text(memory, S("x"));
    }
    assert_int_equal(t->row_count, ROWS);
    for (size_t i = 0; i < ROWS; i++) {
        str expected = str_fmt(memory, "%zu", i);
        assert_true(str_eq(table_cell(t, i, 0)->pieces[0].text, expected));
        assert_str(table_cell(t, i, 1)->pieces[0].text, "x");
    }
}

static void columns_are_copied(void **state)
{
    (void)state;
    struct column own[2] = {columns[0], columns[1]};
    struct table *t = table_new(memory, S("t"), S("T"), own, 2);
    own[0].head = S("changed");
    assert_str(t->columns[0].head, "A");
}

static void plain_text(void **state)
{
    (void)state;
    struct piece pieces[] = {{.text = S("one")}, {.text = S("two"), .tone = TONE_BAD}};
    struct cell none = {0}, one = cell_text(memory, S("one")), two = {.pieces = pieces, .count = 2};
    assert_str(cell_plain(memory, &none), "");
    assert_str(cell_plain(memory, &one), "one");
    assert_str(cell_plain(memory, &two), "one, two");
    assert_int_equal(cell_text(memory, S("")).count, 0); /* nothing is an empty cell */
    struct record r = {.id = S("R-1")};
    struct cell link = cell_link(memory, &r, S("R"));
    assert_ptr_equal(link.pieces[0].link, &r);
}

static void keys_sort(void **state)
{
    (void)state;
    static const double number[] = {-1e12, -5, -1, -0.5, 0, 0.25, 0.5, 1, 9, 10, 1e6, 1e12};
    for (size_t i = 1; i < sizeof number / sizeof *number; i++)
        assert_true(str_cmp(sort_key_number(memory, number[i - 1]),
                            sort_key_number(memory, number[i])) < 0);
    static const str id[] = {S_INIT("ACT-1"), S_INIT("act-2"), S_INIT("ACT-9"), S_INIT("ACT-10"),
                             S_INIT("ACT-10b"), S_INIT("ACT-11"), S_INIT("BCP-1")};
    for (size_t i = 1; i < sizeof id / sizeof *id; i++)
        assert_true(str_cmp(sort_key_natural(memory, id[i - 1]), sort_key_natural(memory, id[i])) <
                    0);
    /* Longer than any number of digits that is padded. */
    str many = sort_key_natural(memory, S("x123456789012345678901234567890"));
    assert_str(many, "x123456789012345678901234567890");
}

static void words(void **state)
{
    (void)state;
    assert_str(word_for_people(memory, S("in_review")), "In review");
    assert_str(word_for_people(memory, S("it_recovery")), "IT recovery");
    assert_str(word_for_people(memory, S("a4")), "A4");
    assert_str(word_for_people(memory, S("30")), "30");
    assert_str(word_for_people(memory, S("")), "");
    assert_int_equal(tone_of_word(S("approved")), TONE_GOOD);
    assert_int_equal(tone_of_word(S("tabletop")), TONE_NONE);
}

/* "crisis" is bad on the scale of thresholds and just a name among teams. */
static void scales(void **state)
{
    (void)state;
    struct schema *s = schema_new(memory);
    const struct type_def *threshold = s->types[TYPE_THRESHOLD], *team = s->types[TYPE_TEAM];
    const struct field_def *level = &threshold->fields[schema_slot(threshold, THRESHOLD_LEVEL)];
    const struct field_def *kind = &team->fields[schema_slot(team, TEAM_KIND)];
    assert_true(field_is_scale(level));
    assert_int_equal(column_kind_of(level), COLUMN_CHIP);
    assert_false(field_is_scale(kind));
    assert_int_equal(column_kind_of(kind), COLUMN_TEXT);
}

static void paths(void **state)
{
    (void)state;
    struct schema *s = schema_new(memory);
    const struct type_def *supplier = s->types[TYPE_SUPPLIER];
    struct field_path p;
    assert_true(field_path_find(supplier, S("requirement.rto"), &p));
    assert_int_equal(p.count, 2);
    assert_str(field_path_end(&p)->heading, "RTO");
    assert_true(field_path_find(supplier, S("owner.holder.site"), &p));
    assert_int_equal(p.count, 3);
    assert_false(field_path_find(supplier, S("nothing"), &p));
    assert_false(field_path_find(supplier, S("requirement.nothing"), &p));
    assert_false(field_path_find(supplier, S("title.length"), &p)); /* text leads nowhere */
    assert_false(field_path_find(supplier, S(""), &p));
    assert_false(field_path_find(s->types[TYPE_UNIT], S("parent.parent.parent.parent.parent"), &p));
}

int unit_table(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(rows_stay), cmocka_unit_test(columns_are_copied),
        cmocka_unit_test(plain_text), cmocka_unit_test(keys_sort),
        cmocka_unit_test(words),     cmocka_unit_test(scales),
        cmocka_unit_test(paths),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("table", cases);
    arena_free(memory);
    return failed;
}
