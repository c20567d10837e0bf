/* unit/classes: who may see what, and the copies of a model for it. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"
#include "load/load.h"
#include "model/classes.h"
#include "text/mustache.h"

enum { ARENA_BYTES_MAX = 1 << 28 };

static struct arena *memory;
static struct diags *found;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    found = diags_new(memory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

static const char *const house[] = {
    "continuo.yaml",
    "title: Test\norganisation: ORG-1\nemergency: '112'\naudiences:\n"
    "  - {id: staff, title: Staff, clearance: internal}\n"
    "  - {id: Bad, title: Bad, clearance: internal}\n"
    "  - {id: staff, title: Twice, clearance: restricted}\n"
    "  - {id: audit, title: Audit, clearance: restricted}\n"
    "classes:\n"
    "  - {of: site, class: internal}\n  - {of: phone.private, class: restricted}\n"
    "  - {of: common.notes, class: confidential}\n  - {of: workspace.emergency, class: "
    "restricted}\n"
    "  - {of: unit, class: wrong}\n",
    "records/organisation.yaml",
    "- {id: ORG-1, title: Hidden Org, legal_name: H, class: confidential}\n",
    "records/site.yaml",
    "- {id: SIT-1, title: One, address: A, notes: a note}\n"
    "- {id: SIT-2, title: Two, address: B, class: public, field_classes: [{of: address, class: "
    "restricted}, {of: title, class: confidential}]}\n"
    "- {id: SIT-3, title: Three, address: C, class: restricted}\n",
    "records/unit.yaml",
    "- {id: UNT-1, title: Unclassed}\n",
    "records/person.yaml",
    "- {id: PER-1, title: Ann, class: internal, site: SIT-3, phones: [{kind: work, number: '1'}]}\n"
    "- {id: PER-2, title: Bo, class: restricted, site: SIT-1}\n",
    "records/role.yaml",
    "- {id: ROL-1, title: Leader, kind: crisis, class: internal, holder: PER-2, deputies: [PER-1, "
    "PER-9]}\n",
    NULL,
};

static struct model *load(void)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    for (size_t i = 0; house[i] != NULL; i += 2) {
        assert_int_equal(dir_make(root, path_folder(str_from(house[i]))), 0);
        assert_int_equal(file_create(root, str_from(house[i]), str_from(house[i + 1])), 0);
    }
    struct model *m = model_new(memory);
    load_content(m, found, root, S("content"));
    assert_int_equal(dir_remove_tree(root, S("records")), 0);
    unlink(str_c(memory, path_join(memory, str_from(folder), S("continuo.yaml"))));
    close(root);
    assert_int_equal(rmdir(folder), 0);
    return m;
}

static struct model *copy_for(const struct model *loaded, enum class_level clearance)
{
    struct model_copy how = {.clearance = clearance};
    struct model *m = model_for(loaded, memory, &how);
    model_link(m);
    return m;
}

static const struct record *get(const struct model *m, const char *id)
{
    const struct record *r = model_find(m, str_from(id));
    assert_non_null(r);
    return r;
}

static str shown(const struct record *r, enum field_id field)
{
    return value_display(memory, &r->type->fields[schema_slot(r->type, field)],
                         rec_value(r, field));
}

/* -- Cases ----------------------------------------------------------------------------- */

static void ids(void **state)
{
    (void)state;
    static const char *const fine[] = {"staff", "a", "0", "2026.team-x_y",
                                       "a2345678901234567890123456789012"};
    static const char *const bad[] = {
        "",    "Staff",  ".a",         "-a",
        "_a",  "a..b",   "a.new",      "draft",
        "to",  "ledger", "index.html", "current.css",
        "a/b", "a b",    "\xC3\xA4",   "a23456789012345678901234567890123"};
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_true(audience_id_is_fine(str_from(fine[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(audience_id_is_fine(str_from(bad[i])));
}

static void audiences(void **state)
{
    (void)state;
    size_t count;
    const struct audience *list = model_audiences(load(), memory, &count);
    assert_int_equal(count, 2);
    assert_str(list[0].id, "staff");
    assert_str(list[0].title, "Staff");
    assert_int_equal(list[0].clearance, CLASS_INTERNAL);
    assert_str(list[1].id, "audit");

    struct model *empty = model_new(memory);
    model_open(empty);
    list = model_audiences(empty, memory, &count);
    assert_int_equal(count, 1);
    assert_str(list[0].id, "staff");
    assert_int_equal(list[0].clearance, CLASS_RESTRICTED);
}

static void targets(void **state)
{
    (void)state;
    static const char *const fine[] = {"person",        "document",     "person.phones",
                                       "phone.number",  "common.notes", "workspace.footer",
                                       "document.owner"};
    static const char *const bad[] = {"",
                                      "persons",
                                      "phone",
                                      "common",
                                      "workspace",
                                      "person.",
                                      "person.phones.number",
                                      "person.id",
                                      "person.class",
                                      "common.field_classes",
                                      "workspace.as_of",
                                      "workspace.audiences",
                                      "class_of.of",
                                      "audience.title",
                                      ".id"};
    const struct schema *s = schema_new(memory);
    struct class_target target;
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_true(class_target_find(s, str_from(fine[i]), &target));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(class_target_find(s, str_from(bad[i]), &target));
}

static void records_have_a_class(void **state)
{
    (void)state;
    const struct model *m = load();
    assert_int_equal(get(m, "SIT-1")->class_level, CLASS_INTERNAL); /* of its type */
    assert_int_equal(get(m, "SIT-2")->class_level, CLASS_PUBLIC);   /* its own wins */
    assert_int_equal(get(m, "SIT-3")->class_level, CLASS_RESTRICTED);
    assert_int_equal(get(m, "UNT-1")->class_level, CLASS_RESTRICTED); /* a word that is none */
    assert_str(class_word(CLASS_NONE), "restricted");
    assert_str(class_word(CLASS_CONFIDENTIAL), "confidential");
}

static void copies_hold_what_may_be_seen(void **state)
{
    (void)state;
    const struct model *loaded = load(), *m = copy_for(loaded, CLASS_INTERNAL);
    assert_true(model_is_partial(m));
    assert_int_equal(m->all.count, 4);
    assert_null(model_find(m, S("SIT-3")));
    assert_null(model_find(m, S("PER-2")));
    assert_null(model_find(m, S("UNT-1")));
    assert_int_equal(model_list(m, TYPE_UNIT)->count, 0);
    assert_int_equal(copy_for(loaded, CLASS_NONE)->all.count, 0);
    assert_int_equal(copy_for(loaded, CLASS_PUBLIC)->all.count, 1);
    assert_int_equal(copy_for(loaded, CLASS_CONFIDENTIAL)->all.count, 5);
    assert_int_equal(copy_for(loaded, CLASS_RESTRICTED)->all.count, loaded->all.count);
    assert_ptr_not_equal(get(m, "SIT-1"), get(loaded, "SIT-1"));
    assert_null(rec_ref(m->workspace, WORKSPACE_ORGANISATION));
    assert_str(rec_text(m->workspace, WORKSPACE_EMERGENCY), "");
    assert_str(rec_text(m->workspace, COMMON_TITLE), "Test");
}

static void fields_are_withheld_filled_or_not(void **state)
{
    (void)state;
    const struct model *m = copy_for(load(), CLASS_INTERNAL);
    const struct record *one = get(m, "SIT-1"), *two = get(m, "SIT-2");
    assert_str(rec_text(one, SITE_ADDRESS), "A");
    assert_int_equal(rec_value(one, COMMON_NOTES)->state, FV_WITHHELD); /* was filled */
    assert_int_equal(rec_value(two, COMMON_NOTES)->state, FV_WITHHELD); /* was not */
    assert_false(rec_has(two, COMMON_NOTES) || rec_lacks(two, COMMON_NOTES));
    assert_false(value_is_shown(rec_value(one, COMMON_NOTES)));
    assert_str(shown(one, COMMON_NOTES), "not in this copy");
    assert_str(rec_text(two, SITE_ADDRESS), "");
    assert_str(two->title, "SIT-2");
}

static void references_are_withheld(void **state)
{
    (void)state;
    const struct model *m = copy_for(load(), CLASS_INTERNAL);
    const struct record *role = get(m, "ROL-1");
    size_t count;
    const struct field_value *v = rec_items(role, ROLE_DEPUTIES, &count);
    assert_int_equal(count, 2);
    assert_ptr_equal(v[0].record, get(m, "PER-1"));
    assert_int_equal(v[1].state, FV_WITHHELD); /* nowhere, and that cannot be told */
    assert_null(v[1].record);
    assert_null(rec_ref(role, ROLE_HOLDER));
    assert_true(value_is_shown(rec_value(role, ROLE_HOLDER)));
    assert_str(shown(role, ROLE_HOLDER), "PER-2 (not in this copy)");
    assert_str(shown(role, ROLE_DEPUTIES), "Ann, PER-9 (not in this copy)");
    assert_int_equal(get(m, "SIT-1")->back_count, 0); /* PER-2 is not here to refer to it */
    assert_int_equal(get(m, "PER-1")->back_count, 1);
}

static void everything_is_everything(void **state)
{
    (void)state;
    const struct model *m = copy_for(load(), CLASS_RESTRICTED);
    size_t count;
    const struct field_value *v = rec_items(get(m, "ROL-1"), ROLE_DEPUTIES, &count);
    assert_int_equal(v[1].state, FV_PRESENT); /* a dangling one is a mistake here */
    assert_ptr_equal(rec_ref(get(m, "ROL-1"), ROLE_HOLDER), get(m, "PER-2"));
    assert_str(rec_text(get(m, "SIT-1"), COMMON_NOTES), "a note");
    assert_int_equal(get(m, "SIT-1")->back_count, 1);
}

/* Whether a number is private is restricted here, and would show in the number. */
static void a_number_goes_with_its_mark(void **state)
{
    (void)state;
    const struct model *m = copy_for(load(), CLASS_INTERNAL);
    size_t count;
    const struct field_value *v = rec_items(get(m, "PER-1"), PERSON_PHONES, &count);
    assert_int_equal(count, 1);
    assert_int_equal(rec_value(v[0].record, PHONE_PRIVATE)->state, FV_WITHHELD);
    assert_int_equal(rec_value(v[0].record, PHONE_NUMBER)->state, FV_WITHHELD);
    assert_str(rec_text(v[0].record, PHONE_KIND), "work");
    assert_ptr_equal(v[0].record->whole, get(m, "PER-1"));
}

/* In a file that others share a finding has the id for its place. */
static void places(void **state)
{
    (void)state;
    const struct model *loaded = load();
    struct diags *seen = diags_new(memory);
    struct model_copy how = {.clearance = CLASS_INTERNAL, .places = seen, .loaded = found};
    const struct model *m = model_for(loaded, memory, &how);
    struct span at = get(m, "SIT-1")->span, value = rec_value(get(m, "SIT-1"), SITE_ADDRESS)->span;
    assert_str(diags_source_path(seen, at.file), "content/records/site.yaml (SIT-1)");
    assert_str(diags_source_text(seen, at.file), "");
    assert_int_equal(value.file, at.file);
    assert_int_equal(value.off, 0);
    assert_str(diags_source_path(seen, m->workspace->span.file), "content/continuo.yaml");
}

/* {{person.PER-2.title}}: the notice, however deep, and no error. */
static void templates(void **state)
{
    (void)state;
    const struct model *m = copy_for(load(), CLASS_INTERNAL);
    struct tval root = model_tval(m, NULL, memory);
    struct tval people = root.of.ops->get(root.of.self, name_of(S("person")), memory);
    struct tval bo = people.of.ops->get(people.of.self, name_of(S("PER-2")), memory);
    struct tval nobody = people.of.ops->get(people.of.self, name_of(S("PER-77")), memory);
    assert_int_equal(bo.kind, TV_WITHHELD);
    assert_str(bo.text, "PER-2 (not in this copy)");
    assert_int_equal(nobody.kind, TV_WITHHELD);
    assert_str(nobody.text, "PER-77 (not in this copy)");
}

static str render(const char *text, struct tval data)
{
    struct template *t =
        template_compile(memory, found, 0, str_from(text), 0, TEMPLATE_HTML, false);
    struct buf out = buf_in(memory, 64);
    assert_true(template_render(t, data, NULL, found, &out, NULL));
    return buf_str(&out);
}

/* As a value, deeper or as a section it says so, and nothing is claimed of it. */
static void templates_claim_nothing(void **state)
{
    (void)state;
    struct tmap *m = tmap_new(memory);
    tmap_put(m, S("it"), tval_withheld(S("<gone>")));
    tmap_put(m, S("x"), tval_text(S("seen")));
    struct tval data = tmap_value(m);
    assert_str(render("a {{it}} b", data), "a &lt;gone&gt; b");
    assert_str(render("{{it.deep.er}} {{x}}", data), "&lt;gone&gt; seen");
    assert_str(render("a {{#it}}yes {{x}}{{/it}}{{^it}}no{{/it}} b", data), "a &lt;gone&gt; b");
    assert_str(render("a\n{{#it.list}}\n- {{x}}\n{{/it.list}}\n{{^it.list}}\nnone\n"
                      "{{/it.list}}\nb",
                      data),
               "a\n&lt;gone&gt;\nb");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int unit_classes(void)
{
    static const struct CMUnitTest cases[] = {
        CASE(ids),
        CASE(audiences),
        CASE(targets),
        CASE(records_have_a_class),
        CASE(copies_hold_what_may_be_seen),
        CASE(fields_are_withheld_filled_or_not),
        CASE(references_are_withheld),
        CASE(everything_is_everything),
        CASE(a_number_goes_with_its_mark),
        CASE(places),
        CASE(templates),
        CASE(templates_claim_nothing),
    };
    return unit_run("classes", cases);
}
