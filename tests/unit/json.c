/* unit/json: JSON data as values. */
#include "unit.h"

#include "dump.h"
#include "text/json.h"
#include "text/yaml.h"

static struct arena *memory;
static struct diags *diags;

static const struct value *parse(str text)
{
    arena_reset(memory);
    diags = diags_new(memory);
    const struct value *v = json_parse(memory, diags, diags_source(diags, S("f.json"), text));
    assert_non_null(v);
    return v;
}

static void read(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *tree;
    } row[] = {
        {S_INIT("{}"), "{}"},
        {S_INIT("[]"), "[]"},
        {S_INIT(" null "), "()"},
        {S_INIT("\"x\\u00e9\\n\\ud83d\\ude00\""), "\"x\xC3\xA9\\n\xF0\x9F\x98\x80\""},
        {S_INIT("[0, -1, 9223372036854775807, 1.1, 0.1, -2.50, 1e3, 1e100]"),
         "[0, -1, 9223372036854775807, 1.1, 0.1, -2.5, 1000, 1e+100]"},
        {S_INIT("{\"b\": true, \"a\": false, \"\": \"\"}"), "{b: true, a: false, : \"\"}"},
        {S_INIT("{\"z\": {\"y\": [{}, [null]]}}"), "{z: {y: [{}, [()]]}}"},
        {S_INIT("\xEF\xBB\xBF[1]"), "[1]"},
        {S_INIT("\"null\""), "\"null\""},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_str(dump_value(memory, parse(row[i].text)), row[i].tree);
        assert_str(dump_findings(memory, diags), "");
    }
}

static void faults(void **state)
{
    (void)state;
    static const struct {
        str text;
        const char *findings;
    } row[] = {
        {S_INIT(""), "1:1 YA1 this is not JSON: unexpected token near end of file"},
        {S_INIT("{\"a\" 1}"), "1:6 YA1 this is not JSON: ':' expected near '1'"},
        {S_INIT("[1,\n 2\n"), "2:3 YA1 this is not JSON: ']' expected near end of file"},
        {S_INIT("{\"a\": 1,\n\"a\": 2}"), "2:3 YA3 a key stands here again"},
        {S_INIT("[1] 2"), "1:5 YA1 this is not JSON: end of file expected near '2'"},
        {S_INIT("'x'"), "1:1 YA1 this is not JSON: invalid token near '''"},
        {S_INIT("[\"\\u0000\"]"), "1:9 YA1 an escape makes the control character U+0000"},
        {S_INIT("{\"\\u0000\": 1}"), "1:9 YA1 an escape makes the control character U+0000"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct value *v = parse(row[i].text);
        assert_str(dump_findings(memory, diags), row[i].findings);
        assert_int_equal(v->kind, VALUE_NULL);
    }
}

static str nested(struct arena *a, size_t depth)
{
    struct buf b = buf_in(a, depth * 2);
    for (size_t i = 0; i < depth; i++)
        buf_char(&b, '[');
    for (size_t i = 0; i < depth; i++)
        buf_char(&b, ']');
    return buf_str(&b);
}

static void depth(void **state)
{
    (void)state;
    struct arena *a = arena_new("text", (size_t)64 << 20);
    parse(nested(a, YAML_DEPTH_MAX));
    assert_str(dump_findings(memory, diags), "");
    parse(nested(a, YAML_DEPTH_MAX + 1));
    assert_str(dump_findings(memory, diags), "1:1 YA4 this is nested more than 32 deep");
    parse(nested(a, 4u << 20));
    assert_str(dump_findings(memory, diags), "1:2049 YA4 this is nested too deep");
    arena_free(a);
}

int unit_json(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(read),
        cmocka_unit_test(faults),
        cmocka_unit_test(depth),
    };
    memory = arena_new("unit", (size_t)64 << 20);
    int failed = unit_run("json", cases);
    arena_free(memory);
    return failed;
}
