/* unit/data: tables and records as CSV and JSON. */
#include <string.h>

#include "unit.h"

#include "text/csv.h"
#include "text/json.h"
#include "write/data/csv.h"
#include "write/data/json.h"
#include "write/data/records.h"

static struct arena *memory;

static const struct column columns[] = {
    {S_INIT("id"), S_INIT("ID"), COLUMN_CODE},
    {S_INIT("rto"), S_INIT("=RTO"), COLUMN_TEXT},
    {S_INIT("seats"), S_INIT("Seats, all"), COLUMN_NUMBER},
};

static struct table *one_row(str id, str rto, str seats)
{
    struct table *t = table_new(memory, S("t"), S("Table"), columns, 3);
    struct cell *row = table_row(memory, t);
    row[0] = cell_text(memory, id);
    row[1] = cell_text(memory, rto);
    row[2] = cell_text(memory, seats);
    return t;
}

static void csv_for_machines(void **state)
{
    (void)state;
    assert_str(data_csv(memory, one_row(S("a"), S("=1"), S("-1"))), "id,rto,seats\r\na,=1,-1\r\n");
    assert_str(data_csv(memory, one_row(S("a,b"), S("say \"x\""), S("1\n2"))),
               "id,rto,seats\r\n\"a,b\",\"say \"\"x\"\"\",\"1\n2\"\r\n");
    assert_str(data_csv(memory, one_row(S(" a"), S("b "), S("\r"))),
               "id,rto,seats\r\n\" a\",\"b \",\"\r\"\r\n");
    assert_str(data_csv(memory, one_row(S(""), S("\xC3\xA9"), S(""))),
               "id,rto,seats\r\n,\xC3\xA9,\r\n");
    struct table *empty = table_new(memory, S("t"), S("Table"), columns, 3);
    assert_str(data_csv(memory, empty), "id,rto,seats\r\n");
}

static void csv_says_the_data(void **state)
{
    (void)state;
    struct table *t = one_row(S("a"), S("4 hours"), S("1"));
    t->cells[1].data = S("4h");
    struct piece two[] = {{.text = S("x")}, {.text = S("y")}};
    t->cells[0] = (struct cell){.pieces = two, .count = 2};
    assert_str(data_csv(memory, t), "id,rto,seats\r\n\"x, y\",4h,1\r\n");
}

/* What a spreadsheet makes of one cell. */
static str tamed(str text)
{
    str out = data_csv_spreadsheet(memory, one_row(text, S("b"), S("c")));
    str head = S("\xEF\xBB\xBFID,'=RTO,\"Seats, all\"\r\n"), tail = S(",b,c\r\n");
    assert_true(str_starts(out, head) && str_ends(out, tail));
    return str_from_to(out, head.n, out.n - tail.n);
}

static void csv_formulas(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *out;
    } row[] = {
        {S_INIT("=1+1"), "'=1+1"},
        {S_INIT("+41 44 123"), "'+41 44 123"},
        {S_INIT("-1+1"), "'-1+1"},
        {S_INIT("@SUM(A1)"), "'@SUM(A1)"},
        {S_INIT("\t=1"), "'\t'=1"},
        {S_INIT("\tx"), "'\tx"},
        {S_INIT("\rx"), "\"'\nx\""},
        {S_INIT("\r\n=x"), "\"'\n'=x\""},
        {S_INIT(" =1"), "\" '=1\""},
        {S_INIT("\"=1"), "\"\"\"'=1\""},
        {S_INIT("'=1"), "''=1"},
        {S_INIT("\xC2\xA0=1"), "\xC2\xA0'=1"},
        {S_INIT("\xEF\xBB\xBF=1"), "\xEF\xBB\xBF'=1"},
        {S_INIT("x;=1"), "\"x;'=1\""},
        {S_INIT("x; \"@y"), "\"x; \"\"'@y\""},
        {S_INIT("x\n-1"), "\"x\n'-1\""},
        {S_INIT("x\ty\t+1"), "x\ty\t'+1"},
        {S_INIT("x; y"), "\"x; y\""},
        {S_INIT("\xEF\xBC\x9D"
                "1"),
         "'\xEF\xBC\x9D"
         "1"}, /* full width = + - @ */
        {S_INIT("\xEF\xBC\x8B"
                "1"),
         "'\xEF\xBC\x8B"
         "1"},
        {S_INIT("\xEF\xBC\x8D"
                "1"),
         "'\xEF\xBC\x8D"
         "1"},
        {S_INIT("\xEF\xBC\xA0"
                "1"),
         "'\xEF\xBC\xA0"
         "1"},
        {S_INIT("=cmd|'/c calc'!A0,x"), "\"'=cmd|'/c calc'!A0,x\""},
        {S_INIT("-"), "'-"},
        {S_INIT("-1"), "-1"},
        {S_INIT("-12.50"), "-12.50"},
        {S_INIT("-1."), "'-1."},
        {S_INIT("-1.2.3"), "'-1.2.3"},
        {S_INIT("-1e5"), "'-1e5"},
        {S_INIT("12"), "12"},
        {S_INIT("a=b"), "a=b"},
        {S_INIT("1-2"), "1-2"},
        {S_INIT("a\r\nb"), "\"a\nb\""},
        {S_INIT("a\rb"), "\"a\nb\""},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_str(tamed(row[i].text), row[i].out);
}

static void json_layout(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 0);
    struct json j = json_in(&b);
    json_open_map(&j);
    json_key(&j, S("a"));
    json_open_list(&j);
    json_int(&j, -7);
    json_number(&j, S("1.50"));
    json_open_map(&j);
    json_close(&j);
    json_close(&j);
    json_key(&j, S("b"));
    json_bool(&j, true);
    json_key(&j, S("c"));
    json_nothing(&j);
    json_close(&j);
    assert_str(buf_str(&b), "{\n\"a\":[-7,1.50,{}],\n\"b\":true,\n\"c\":null\n}\n");
    struct buf none = buf_in(memory, 0);
    j = json_in(&none);
    json_open_list(&j);
    json_close(&j);
    assert_str(buf_str(&none), "[]\n");
}

static void json_escapes(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *out;
    } row[] = {
        {S_INIT("a\"b\\c/"), "\"a\\\"b\\\\c/\""},
        {S_INIT("\n\t\r\x01\x7F"), "\"\\n\\t\\u000d\\u0001\\u007f\""},
        {S_INIT("</script><!--&"), "\"\\u003c/script\\u003e\\u003c!--\\u0026\""},
        {S_INIT("\xE2\x80\xA8\xE2\x80\xA9"), "\"\\u2028\\u2029\""},
        {S_INIT("\xC3\xA9\xF0\x9F\x98\x80"), "\"\xC3\xA9\xF0\x9F\x98\x80\""},
        {S_INIT("a\xFFz\xC3"), "\"a\xEF\xBF\xBDz\xEF\xBF\xBD\""},
        {S_INIT("\xEF\xBF\xBD"), "\"\xEF\xBF\xBD\""},
        {S_INIT(""), "\"\""},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct buf b = buf_in(memory, 0);
        struct json j = json_in(&b);
        json_text(&j, row[i].text);
        assert_str(buf_str(&b), row[i].out);
    }
}

static void json_numbers(void **state)
{
    (void)state;
    static const char *const good[] = {"0", "-0", "7", "10", "-12.50", "0.5", "123456789012345"};
    static const char *const bad[] = {"",   "-",     "+1",  "007", "-01", ".5",
                                      "5.", "1.2.3", "1e5", "1 ",  "x"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(json_is_number(str_from(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(json_is_number(str_from(bad[i])));
}

static void table_as_json(void **state)
{
    (void)state;
    struct table *t = one_row(S("a"), S("4 hours"), S("12"));
    t->cells[1].data = S("4h");
    struct cell *row = table_row(memory, t);
    row[2] = cell_text(memory, S("about 5"));
    assert_str(data_table_json(memory, t), "[\n{\"id\":\"a\",\"rto\":\"4h\",\"seats\":12},\n"
                                           "{\"id\":null,\"rto\":null,\"seats\":\"about 5\"}\n]\n");
}

static const str hostile[] = {
    S_INIT("a"),
    S_INIT("=cmd|' /c calc'!A0"),
    S_INIT("\""),
    S_INIT("\"\""),
    S_INIT("\",\""),
    S_INIT(","),
    S_INIT(";;;,"),
    S_INIT(" x"),
    S_INIT("x\t"),
    S_INIT("\n"),
    S_INIT("a\n\nb\n"),
    S_INIT("null"),
    S_INIT("\\u0041\\"),
    S_INIT("</script>"),
    S_INIT("\xE2\x80\xA8\xC2\x85\xEF\xBF\xBD\xF4\x8F\xBF\xBF"),
    S_INIT("\x01\x1F\x7F"),
    S_INIT("\xEF\xBB\xBFx"),
};

/* What we write, we read: every pair of hostile texts, in one row. */
static void round_trips(void **state)
{
    (void)state;
    size_t count = sizeof hostile / sizeof *hostile;
    struct table *t = table_new(memory, S("t"), S("Table"), columns, 2);
    for (size_t i = 0; i < count * count; i++) {
        struct cell *row = table_row(memory, t);
        row[0] = cell_text(memory, hostile[i / count]);
        row[1] = cell_text(memory, hostile[i % count]);
    }
    struct diags *d = diags_new(memory);
    const struct value *read[] = {
        csv_parse_rows(memory, d, diags_source(d, S("csv"), data_csv(memory, t))),
        json_parse(memory, d, diags_source(d, S("json"), data_table_json(memory, t))),
    };
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    for (size_t r = 0; r < 2; r++) {
        assert_int_equal(read[r]->count, count * count);
        for (size_t i = 0; i < count * count; i++) {
            const struct value *row = &read[r]->items[i];
            assert_true(str_eq(value_get(row, S("id"))->text, hostile[i / count]));
            assert_true(str_eq(value_get(row, S("rto"))->text, hostile[i % count]));
        }
    }
}

/* -- Records --------------------------------------------------------------------------------- */

static struct field_value *value_of(struct record *r, enum field_id field, str text)
{
    struct field_value *v = &r->values[schema_slot(r->type, field)];
    v->state = FV_PRESENT;
    v->text = text;
    return v;
}

static void set_list(struct field_value *v, struct field_value *items, size_t count)
{
    v->list.items = items;
    v->list.count = count;
}

static void records_as_json(void **state)
{
    (void)state;
    struct model *m = model_new(memory);
    model_open(m);
    const struct type_def *site = m->schema->types[TYPE_SITE];
    struct record *r = record_new(m, site, (struct span){0, 0, 0});
    r->id = S("SIT-1");
    value_of(r, COMMON_ID, r->id);
    value_of(r, COMMON_TITLE, S("Head <office>"));
    value_of(r, SITE_SEATS, S("007"))->number = 7;
    value_of(r, COMMON_REVIEWED, S("2026-02-01"))->day = date_from((struct ymd){2026, 2, 1});
    struct field_value hazards[] = {{.state = FV_PRESENT, .text = S("flood")},
                                    {.state = FV_BROKEN, .text = S("a map")}};
    set_list(value_of(r, SITE_HAZARDS, S("")), hazards, 2);
    struct record *proof = record_new(m, m->schema->types[TYPE_EVIDENCE], (struct span){0, 0, 0});
    value_of(proof, EVIDENCE_PATH, S("a.pdf"));
    struct field_value proofs[] = {{.state = FV_PRESENT, .record = proof}};
    set_list(value_of(r, COMMON_EVIDENCE, S("")), proofs, 1);
    value_of(r, COMMON_OWNER, S("ROL-1"));
    value_of(r, COMMON_CREATED, S("yesterday"))->state = FV_BROKEN;
    value_of(r, SITE_UTILITIES, S("a map"))->state = FV_BROKEN; /* as a whole, though a list */
    model_add(m, r);
    model_link(m);
    assert_str(data_records_json(memory, m, site),
               "[\n{\"id\":\"SIT-1\",\"title\":\"Head \\u003coffice\\u003e\",\"seats\":7,"
               "\"utilities\":\"a map\",\"hazards\":[\"flood\",\"a "
               "map\"],\"owner\":\"ROL-1\",\"created\":\"yesterday\","
               "\"reviewed\":\"2026-02-01\",\"evidence\":[{\"path\":\"a.pdf\"}]}\n]\n");
    assert_str(data_records_json(memory, m, m->schema->types[TYPE_UNIT]), "[]\n");
}

static void number_fields(void **state)
{
    (void)state;
    static const char *const row[][2] = {{"007", "7"},     {"-007.50", "-7.50"}, {".5", "0.5"},
                                         {"-.5", "-0.5"},  {"0", "0"},           {"000", "0"},
                                         {"12.5", "12.5"}, {"0.0", "0.0"}};
    struct schema *s = schema_new(memory);
    struct type_def *t = schema_add_type(s, memory, S("gauge"), false);
    struct field_def level = {.key = S("level"), .heading = S("Level"), .kind = FIELD_NUMBER};
    const char *why = NULL;
    assert_true(schema_add_field(s, memory, t, &level, &why));
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct model *m = model_new(memory);
        m->schema = s;
        model_open(m);
        struct record *r = record_new(m, t, (struct span){0, 0, 0});
        struct field_value *v = &r->values[type_field(t, S("level"))];
        *v = (struct field_value){.state = FV_PRESENT, .text = str_from(row[i][0])};
        model_add(m, r);
        str expected = str_fmt(memory, "[\n{\"level\":%s}\n]\n", row[i][1]);
        assert_true(str_eq(data_records_json(memory, m, t), expected));
    }
}

int unit_data(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(csv_for_machines), cmocka_unit_test(csv_says_the_data),
        cmocka_unit_test(csv_formulas),     cmocka_unit_test(json_layout),
        cmocka_unit_test(json_escapes),     cmocka_unit_test(json_numbers),
        cmocka_unit_test(table_as_json),    cmocka_unit_test(round_trips),
        cmocka_unit_test(records_as_json),  cmocka_unit_test(number_fields),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("data", cases);
    arena_free(memory);
    return failed;
}
