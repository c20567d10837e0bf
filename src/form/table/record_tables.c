/* form/table/record_tables: tables that are computed about one record. */
#include "form/table/record_tables.h"

#include <assert.h>

#include "form/table/about.h"

#define RECORD_TABLE(make, name, types, title, about)                                              \
    {S_INIT(name), S_INIT(types), S_INIT(title), S_INIT(about), make},
static const struct record_table_def record_table_def[] = {
#include "form/table/record_tables.def"
};
enum { TABLE_COUNT = COUNT_OF(record_table_def) };

size_t record_table_count(void)
{
    return TABLE_COUNT;
}

const struct record_table_def *record_table_at(size_t index)
{
    assert(index < TABLE_COUNT);
    return &record_table_def[index];
}

const struct record_table_def *record_table_find(str name)
{
    for (size_t i = 0; i < TABLE_COUNT; i++)
        if (str_eq(record_table_def[i].name, name))
            return &record_table_def[i];
    return NULL;
}

bool record_table_fits(const struct record_table_def *def, const struct record *r)
{
    for (str key, rest = def->types; rest.n != 0;) {
        rest = str_cut(rest, '|', &key);
        if (str_eq(key, r->type->key))
            return true;
    }
    return false;
}

const struct table *record_table_make(struct arena *a, const struct model *m,
                                      const struct record_table_def *def, const struct record *r)
{
    assert(record_table_fits(def, r));
    const struct table *t = def->make(a, m, r);
    if (t->row_count != 0 || t->note.n != 0)
        return t;
    struct table *empty = NEW(a, struct table);
    *empty = *t;
    empty->note =
        model_is_partial(m) ? S("Nothing recorded in this copy.") : S("Nothing recorded.");
    return empty;
}
