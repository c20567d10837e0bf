/* unit/reports: the lists of reports and of tables about one record agree with the schema. */
#include "unit.h"

#include <fcntl.h>

#include "base/file.h"
#include "base/path.h"
#include "form/doc/reports.h"
#include "form/table/record_tables.h"

static struct arena *memory;
static struct schema *schema;

static void each_report_has_a_template_and_a_place_of_its_own(void **state)
{
    (void)state;
    assert_true(report_count() > 0);
    for (size_t i = 0; i < report_count(); i++) {
        const struct report_def *r = report_at(i);
        assert_true(r->title.n != 0 && r->type < schema->type_count);
        assert_true(file_exists(
            AT_FDCWD, str_fmt(memory, "templates/reports/" STR_FMT ".md", STR_ARG(r->key))));
        assert_str(path_slug(memory, r->folder), str_c(memory, r->folder));
        for (size_t k = 0; k < i; k++) {
            const struct report_def *other = report_at(k);
            assert_false(str_eq(r->key, other->key));
            assert_false(str_eq(r->folder, other->folder) && str_eq(r->ending, other->ending));
        }
    }
}

static void each_table_is_about_types_that_there_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < record_table_count(); i++) {
        const struct record_table_def *t = record_table_at(i);
        assert_ptr_equal(record_table_find(t->name), t);
        assert_true(t->types.n != 0 && t->title.n != 0 && str_ends(t->about, S(".")));
        for (str key, rest = t->types; rest.n != 0;) {
            rest = str_cut(rest, '|', &key);
            const struct type_def *type = schema_type(schema, key);
            assert_true(type != NULL && !type->is_part);
            struct record r = {.type = type};
            assert_true(record_table_fits(t, &r));
        }
        struct record house = {.type = schema->types[TYPE_WORKSPACE]};
        assert_false(record_table_fits(t, &house));
    }
    assert_null(record_table_find(S("no-such-table")));
}

int unit_reports(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(each_report_has_a_template_and_a_place_of_its_own),
        cmocka_unit_test(each_table_is_about_types_that_there_are),
    };
    memory = arena_new("reports", 16 * 1024 * 1024);
    schema = schema_new(memory);
    int failed = unit_run("reports", cases);
    arena_free(memory);
    return failed;
}
