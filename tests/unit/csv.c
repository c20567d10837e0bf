/* unit/csv: rows as maps, and what is wrong with a table. */
#include <string.h>

#include "unit.h"

#include "dump.h"
#include "text/csv.h"

static struct arena *memory;
static struct diags *diags;

static const struct value *parse(str text)
{
    arena_reset(memory);
    diags = diags_new(memory);
    const struct value *v = csv_parse_rows(memory, diags, diags_source(diags, S("f.csv"), text));
    assert_non_null(v);
    assert_int_equal(v->kind, VALUE_LIST);
    return v;
}

static struct dump of(str text)
{
    const struct value *v = parse(text);
    return (struct dump){dump_value(memory, v), dump_findings(memory, diags)};
}
#define check(rows) dump_check((rows), sizeof(rows) / sizeof *(rows), of)

static void read(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT(""), "[]", ""},
        {S_INIT("\n \r\n\n"), "[]", ""},
        {S_INIT("a,b\n"), "[]", ""},
        {S_INIT("a,b"), "[]", ""},
        {S_INIT("a,b\n1,2"), "[{a: 1, b: 2}]", ""},
        {S_INIT("a,b\r\n1,2\r\n3,4\r\n"), "[{a: 1, b: 2}, {a: 3, b: 4}]", ""},
        {S_INIT("a,b\r1,2\r"), "[{a: 1, b: 2}]", ""},
        {S_INIT("\xEF\xBB\xBF"
                "a,b\n1,2\n"),
         "[{a: 1, b: 2}]", ""},
        {S_INIT("\n\na,b\n\n1,2\n\n\n3,4\n"), "[{a: 1, b: 2}, {a: 3, b: 4}]", ""},
        {S_INIT("a,b\n,\n , \n1,\n,2\n"), "[{a: 1}, {b: 2}]", ""},
        {S_INIT("a,b\n\"\",\"x\"\n"), "[{b: \"x\"}]", ""},
        {S_INIT("a,b\n x y ,\t\"z\" \n"), "[{a: x y, b: \"z\"}]", ""},
        {S_INIT("a\n\"say \"\"hi\"\"\"\n\" \"\n"), "[{a: \"say \"hi\"\"}, {a: \" \"}]", ""},
        {S_INIT("a,b\n\"1,\n2\",\"3\r\n4\r5\"\n"), "[{a: \"1,\\n2\", b: \"3\\n4\\n5\"}]", ""},
        {S_INIT("a;b\n1,5;2\n"), "[{a: 1,5, b: 2}]", ""},
        {S_INIT("\"x;y\",b\n1,2\n"), "[{x;y: 1, b: 2}]", ""},
        {S_INIT("\n\"a\";\"b,c,d\"\n1;2\n"), "[{a: 1, b,c,d: 2}]", ""},
        {S_INIT("a;b,c\n1;2\n"), "[{a;b: 1;2}]", "2:1 CS2 this row has 1 cell, the head has 2"},
        {S_INIT("id,c.rto,c.rpo,d.e.f\n1,4h,,x\n2,,,\n"),
         "[{id: 1, c: {rto: 4h}, d: {e: {f: x}}}, {id: 2}]", ""},
        {S_INIT("c.a,x,c.b\n1,2,3\n"), "[{c: {a: 1, b: 3}, x: 2}]", ""},
        {S_INIT("\xC3\xA9,b\n\xF0\x9F\x98\x80,null\n"), "[{\xC3\xA9: \xF0\x9F\x98\x80, b: null}]",
         ""},
        {S_INIT("a,,b,\n1,,2,\n"), "[{a: 1, b: 2}]", ""},
        {S_INIT("a,b\n\"true\",true\n"), "[{a: \"true\", b: true}]", ""},
    };
    check(row);
}

static void faults(void **state)
{
    (void)state;
    static const struct dump_row row[] = {
        {S_INIT("a,b\n1\n2,3,4\n"), "[{a: 1}, {a: 2, b: 3}]",
         "2:1 CS2 this row has 1 cell, the head has 2 | 3:1 CS2 this row has 3 cells, the head has "
         "2"},
        {S_INIT("a,b,a\n1,2,3\n"), "[{a: 1, b: 2}]", "1:5 CS3 the column 'a' is here again"},
        {S_INIT("a,a.b\n1,2\n"), "[{a: 1}]",
         "1:3 CS3 the column 'a.b' is a value in one place and a map in another"},
        {S_INIT("a.b,a\n1,2\n"), "[{a: {b: 1}}]",
         "1:5 CS3 the column 'a' is a value in one place and a map in another"},
        {S_INIT("a.b,a.b\n1,2\n"), "[{a: {b: 1}}]", "1:5 CS3 the column 'a.b' is here again"},
        {S_INIT(".a,a.,a..b,.\n1,2,3,4\n"), "[{}]",
         "1:1 CS3 the column '.a' has an empty part | 1:4 CS3 the column 'a.' has an empty part | "
         "1:7 CS3 the column 'a..b' has an empty part | 1:12 CS3 the column '.' has an empty part"},
        {S_INIT("a.b.c.d.e.f,a.b.c.d.e.f.g\n1,2\n"), "[{a: {b: {c: {d: {e: {f: 1}}}}}}]",
         "1:13 CS3 the column 'a.b.c.d.e.f.g' has too many parts"},
        {S_INIT("a,\n1,2\n"), "[{a: 1}]", "2:3 CS3 the column of this cell has no name"},
        {S_INIT("a,b\n1,x\"y\n3,4\n"), "[{a: 3, b: 4}]",
         "2:4 CS1 a quote stands inside a cell without quotes"},
        {S_INIT("a,b\n\"x\"y,2\n3,4\n"), "[{a: 3, b: 4}]",
         "2:4 CS1 text stands behind the closing quote"},
        {S_INIT("a,b\n1,2\n3,\"open\n5,6\n"), "[{a: 1, b: 2}]",
         "3:3 CS1 the quote that opens here is not closed"},
        {S_INIT("a,b\n1,2\n3,\""), "[{a: 1, b: 2}]",
         "3:3 CS1 the quote that opens here is not closed"},
        {S_INIT("a,b\"c\n1,2\n3,4\n"), "[]", "1:4 CS1 a quote stands inside a cell without quotes"},
        {S_INIT("\"a"), "[]", "1:1 CS1 the quote that opens here is not closed"},
        {S_INIT("a\nx\"y"), "[]", "2:2 CS1 a quote stands inside a cell without quotes"},
    };
    check(row);
}

static void assert_at(struct span at, const char *expected)
{
    assert_str(dump_span(memory, diags, at), expected);
}

static void spans(void **state)
{
    (void)state;
    const struct value *v = parse(S("\xEF\xBB\xBFid , \"c.x\"\r\n"
                                    "\r\n"
                                    "  \xC3\xA9  ,\"say \"\"x\"\"\"\r\n"
                                    "\"two\nlines\",  last"));
    assert_int_equal(v->count, 2);
    const struct value *one = &v->items[0], *two = &v->items[1];
    assert_at(one->span, "3:3 ");
    assert_at(two->span, "4:1 ");
    assert_at(one->keys[0].span, "1:2 id"); /* the byte-order mark is a character */
    assert_at(one->keys[1].span, "1:8 c.x");
    assert_at(one->items[0].span, "3:3 \xC3\xA9");
    assert_at(one->items[1].items[0].span, "3:8 say \"\"x\"\"");
    assert_at(two->items[0].span, "4:2 two\\nlines");
    assert_at(two->items[1].items[0].span, "5:10 last");
}

static void borrowing(void **state)
{
    (void)state;
    str text = S("a,b,c\nplain,\"quoted\",\"say \"\"x\"\"\"\n");
    const struct value *row = &parse(text)->items[0];
    for (size_t i = 0; i < 3; i++) {
        bool borrowed = row->items[i].text.p >= text.p && row->items[i].text.p < text.p + text.n;
        assert_int_equal(borrowed, i < 2);
    }
}

static void many_columns(void **state)
{
    (void)state;
    struct arena *a = arena_new("text", 1 << 20);
    for (int columns = CSV_COLUMNS_MAX; columns <= CSV_COLUMNS_MAX + 1; columns++) {
        struct buf b = buf_in(a, 4000);
        for (int row = 0; row < 2; row++)
            for (int i = 0; i < columns; i++)
                buf_fmt(&b, "c%d%s", i, i + 1 < columns ? "," : "\n");
        const struct value *v = parse(buf_str(&b));
        assert_int_equal(v->items[0].count, CSV_COLUMNS_MAX);
        assert_str(dump_findings(memory, diags),
                   columns == CSV_COLUMNS_MAX ? ""
                                              : "1:1 CS3 there are 257 columns, more than 256");
    }
    arena_free(a);
}

/* With debug arenas each cell is a malloc of its own. */
#ifdef ARENA_DEBUG
#define FLOOD_BYTES ((size_t)64 * 1024)
#else
#define FLOOD_BYTES ((size_t)1024 * 1024)
#endif

/* Much of what a parser may stumble over, each in linear time. */
static void floods(void **state)
{
    (void)state;
    static const char *const piece[] = {",",        "\n",       "\"", "\"\"", "\"\n", "a\"\n",
                                        "\"a\"b\n", ";",        "\r", " ",    "\t,",  "a,b\n",
                                        "x",        "\"\"\"\n", ".",  "a.",   "\",\""};
    struct arena *a = arena_new("text", (size_t)64 << 20);
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++)
        for (int with_head = 0; with_head < 2; with_head++) {
            arena_reset(a);
            struct buf b = buf_in(a, FLOOD_BYTES);
            buf_add(&b, with_head ? S("a,b\n") : S(""));
            while (b.n < FLOOD_BYTES)
                buf_add(&b, str_from(piece[i]));
            parse(buf_str(&b));
        }
    arena_free(a);
}

int unit_csv(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(read),      cmocka_unit_test(faults),       cmocka_unit_test(spans),
        cmocka_unit_test(borrowing), cmocka_unit_test(many_columns), cmocka_unit_test(floods),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    int failed = unit_run("csv", cases);
    arena_free(memory);
    return failed;
}
