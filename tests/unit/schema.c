/* unit/schema: the list of record types holds together. */
#include "unit.h"

#include "model/model.h"

static struct arena *memory;
static struct schema *schema;

static void slots_of_built_in_fields(void **state)
{
    (void)state;
    const struct type_def *supplier = schema->types[TYPE_SUPPLIER];
    const struct type_def *document = schema->types[TYPE_DOCUMENT];
    assert_str(supplier->fields[schema_slot(supplier, SUPPLIER_CONTRACT)].key, "contract");
    assert_str(supplier->fields[schema_slot(supplier, COMMON_OWNER)].key, "owner");
    assert_str(supplier->fields[schema_slot(supplier, COMMON_NOTES)].key, "notes");
    assert_str(document->fields[schema_slot(document, DOCUMENT_STATUS)].key, "status");
    assert_str(document->fields[schema_slot(document, COMMON_CLASS)].key, "class");
}

static void a_type_may_replace_a_common_field(void **state)
{
    (void)state;
    const struct type_def *document = schema->types[TYPE_DOCUMENT];
    size_t own = schema_slot(document, DOCUMENT_STATUS);
    assert_int_equal(schema_slot(document, COMMON_STATUS), own);
    assert_true(document->fields[own].word_count == 7);
    size_t count = 0;
    for (size_t i = 0; i < document->field_count; i++)
        count += str_eq(document->fields[i].key, S("status"));
    assert_int_equal(count, 1);
}

static void every_row_is_sound(void **state)
{
    (void)state;
    for (size_t t = 0; t < schema->type_count; t++) {
        const struct type_def *type = schema->types[t];
        assert_true(type->key.n != 0 && type->singular.n != 0);
        assert_ptr_equal(schema_type(schema, type->key), type);
        for (size_t f = 0; f < type->field_count; f++) {
            assert_int_equal(type_field(type, type->fields[f].key), f); /* no key twice */
            assert_true(type->fields[f].kind != FIELD_PART || type->fields[f].part != NULL);
        }
    }
}

static void ids_tell_their_type(void **state)
{
    (void)state;
    assert_ptr_equal(schema_type_of_id(schema, S("SUP-004")), schema->types[TYPE_SUPPLIER]);
    assert_null(schema_type_of_id(schema, S("BCP-001")));
    assert_null(schema_type_of_id(schema, S("SUP")));
}

static void own_types_and_fields(void **state)
{
    (void)state;
    struct type_def *t = schema_add_type(schema, memory, S("vessel"), false);
    const char *why = NULL;
    struct field_def f = {
        .key = S("berth"), .arg = S("site"), .heading = S("Berth"), .kind = FIELD_REF};
    assert_true(schema_add_field(schema, memory, t, &f, &why));
    assert_str(t->fields[0].key, "berth"); /* before the common fields */
    assert_str(t->fields[schema_slot(t, COMMON_ID)].key, "id");
    assert_false(schema_add_field(schema, memory, t, &f, &why));
    f.key = S("tone");
    f.arg = S("nobody");
    assert_false(schema_add_field(schema, memory, t, &f, &why));
    struct type_def *site = schema->types[TYPE_SITE];
    f = (struct field_def){
        .key = S("flood_level"), .arg = S("low|high"), .heading = S("Flood"), .kind = FIELD_ENUM};
    assert_true(schema_add_field(schema, memory, site, &f, &why));
    assert_str(site->fields[schema_slot(site, SITE_ADDRESS)].key, "address");
    assert_str(site->fields[schema_slot(site, COMMON_TITLE)].key, "title");
    assert_str(site->fields[type_field(site, S("flood_level"))].heading, "Flood");
}

static int open_schema(void **state)
{
    (void)state;
    memory = arena_new("schema test", 64 * 1024 * 1024);
    schema = schema_new(memory);
    return 0;
}

static int close_schema(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

int unit_schema(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(slots_of_built_in_fields, open_schema, close_schema),
        cmocka_unit_test_setup_teardown(a_type_may_replace_a_common_field, open_schema,
                                        close_schema),
        cmocka_unit_test_setup_teardown(every_row_is_sound, open_schema, close_schema),
        cmocka_unit_test_setup_teardown(ids_tell_their_type, open_schema, close_schema),
        cmocka_unit_test_setup_teardown(own_types_and_fields, open_schema, close_schema),
    };
    return unit_run("schema", cases);
}
