/* unit/binder: the lists that say what a binder may hold agree with one another. */
#include "unit.h"

#include <fcntl.h>

#include "base/file.h"
#include "form/doc/binder/binder_int.h"

static struct arena *memory;
static const struct field_def *sections; /* of a tab */

static void each_section_has_words_and_a_template(void **state)
{
    (void)state;
    assert_true(sections->word_count >= 20);
    for (size_t i = 0; i < sections->word_count; i++) {
        str key = sections->words[i];
        assert_true(binder_section_title(key).n != 0);
        assert_true(file_exists(
            AT_FDCWD, str_fmt(memory, "templates/reports/binder/" STR_FMT ".md", STR_ARG(key))));
    }
    assert_int_equal(binder_section_title(S("no_such_section")).n, 0);
}

/* Domain 3.2 names all of it, so a binder without tabs of its own holds each section once. */
static void the_usual_binder_holds_everything(void **state)
{
    (void)state;
    struct record binder = {.type = schema_new(memory)->types[TYPE_BINDER]};
    binder.values = NEW_ARRAY(memory, struct field_value, binder.type->field_count);
    size_t count, held = 0;
    const struct binder_tab *tabs = binder_tabs(memory, &binder, &count);
    assert_true(count >= 8);
    for (size_t i = 0; i < count; i++) {
        assert_true(tabs[i].mark.n == 1 && tabs[i].title.n != 0);
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(tabs[i].mark, tabs[k].mark));
        held += tabs[i].section_count;
        for (size_t k = 0; k < tabs[i].section_count; k++)
            assert_true(binder_section_title(tabs[i].sections[k]).n != 0);
    }
    assert_int_equal(held, sections->word_count);
}

int unit_binder(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(each_section_has_words_and_a_template),
        cmocka_unit_test(the_usual_binder_holds_everything),
    };
    memory = arena_new("binder", 16 * 1024 * 1024);
    const struct type_def *tab = schema_type(schema_new(memory), S("binder_tab"));
    sections = &tab->fields[schema_slot(tab, BINDER_TAB_SECTIONS)];
    int failed = unit_run("binder", cases);
    arena_free(memory);
    return failed;
}
