/* unit/register: registers, matrices and record pages over loaded content. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"
#include "form/table/cells.h"
#include "form/table/fields.h"
#include "form/table/register.h"
#include "load/load.h"

static struct arena *memory;

/* Loads files given as path, text, path, text, …, NULL. */
static struct model *model_of(const char *const *files)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    for (size_t i = 0; files[i] != NULL; i += 2) {
        assert_int_equal(dir_make(root, path_folder(str_from(files[i]))), 0);
        assert_int_equal(file_create(root, str_from(files[i]), str_from(files[i + 1])), 0);
    }
    struct diags *d = diags_new(memory);
    struct model *m = model_new(memory);
    load_content(m, d, root, S("content"));
    model_link(m);
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    assert_int_equal(dir_remove_tree(root, S("records")), 0);
    unlink(str_c(memory, path_join(memory, str_from(folder), S("continuo.yaml"))));
    unlink(str_c(memory, path_join(memory, str_from(folder), S("types.yaml"))));
    close(root);
    assert_int_equal(rmdir(folder), 0);
    return m;
}

static const char *const house[] = {
    "continuo.yaml",
    "title: Test\nas_of: 2026-06-30\n",
    "types.yaml",
    "types:\n"
    "  - {key: ferry, prefix: FER, singular: Ferry, plural: Ferries, fields: [\n"
    "     {key: seats, kind: int, must: yes, heading: Seats},\n"
    "     {key: log, kind: prose, must: yes, heading: Log}]}\n",
    "records/role.yaml",
    "- {id: ROL-1, title: Leader, kind: crisis, holder: PER-1}\n"
    "- {id: ROL-2, title: Helper, kind: recovery}\n"
    "- {id: ROL-10, title: Nobody, kind: audit}\n",
    "records/person.yaml",
    "- {id: PER-1, title: Ann Lee}\n",
    "records/supplier.yaml",
    "- {id: SUP-10, title: Ten, services: [a, b], status: closed, owner: ROL-1}\n"
    "- {id: SUP-9, title: Nine, services: [c], owner: ROL-1,\n"
    "   requirement: {rto: 1d 4h, test_right: yes},\n"
    "   reviews: [{date: 2026-03-01, result: fine}, {date: 2025-03-01, by: ROL-2}],\n"
    "   notes: \"Some *prose* here.\"}\n",
    "records/action.yaml",
    "- {id: AC-1, title: Later, kind: corrective, plan: do it, due: 2026-09-01}\n"
    "- {id: AC-2, title: Sooner, kind: corrective, plan: do it, due: 2026-07-01}\n"
    "- {id: AC-3, title: Same, kind: corrective, plan: do it, due: 2026-07-01}\n",
    "records/incident.yaml",
    "- {id: INC-1, title: Old, kind: disruption, start: 2025-01-01T10:00}\n"
    "- {id: INC-2, title: New, kind: disruption, start: 2026-01-01T10:00}\n",
    "records/raci.yaml",
    "- {id: RAC-1, title: A, activity: Approve, responsible: [ROL-10, ROL-1], accountable: ROL-1}\n"
    "- {id: RAC-2, title: B, activity: Review, responsible: [ROL-1], accountable: [ROL-10]}\n",
    "records/ferry.yaml",
    "- {id: FER-1, title: Swift, seats: 40, log: long}\n",
    NULL,
};

static const struct type_def *type(const struct model *m, const char *key)
{
    const struct type_def *t = schema_type(m->schema, str_from(key));
    assert_non_null(t);
    return t;
}

static str text_at(const struct table *t, size_t row, const char *column)
{
    for (size_t c = 0; c < t->column_count; c++)
        if (str_eq(t->columns[c].key, str_from(column)))
            return cell_plain(memory, table_cell(t, row, c));
    fail_msg("no column '%s'", column);
    return S("");
}

static const struct cell *cell_at(const struct table *t, size_t row, const char *column)
{
    for (size_t c = 0; c < t->column_count; c++)
        if (str_eq(t->columns[c].key, str_from(column)))
            return table_cell(t, row, c);
    fail_msg("no column '%s'", column);
    return NULL;
}

/* Every path and sort of registers.def is a field of its type. */
static void every_register_opens(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    for (size_t i = 0; i < m->schema->type_count; i++) {
        const struct type_def *t = m->schema->types[i];
        if (t->is_part)
            continue;
        const struct table *all = register_table(memory, m, t);
        assert_int_equal(all->row_count, m->by_type[i].count);
        assert_true(all->column_count >= 3);
        assert_true(all->head_column);
        for (size_t c = 0; c < all->column_count; c++)
            assert_true(all->columns[c].head.n > 0);
        const struct register_view *v = register_open(memory, m, t);
        const struct table *brief = register_brief(memory, v, NULL, 0, NULL);
        assert_true(brief->column_count >= 2 && brief->column_count < all->column_count);
    }
}

static void values_read_and_sort(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct table *t = register_table(memory, m, type(m, "supplier"));
    assert_str(text_at(t, 0, "id"), "SUP-9"); /* before SUP-10 */
    assert_str(text_at(t, 0, "requirement_rto"), "1d 4h");
    assert_str(cell_at(t, 0, "requirement_rto")->sort, "000001680");
    assert_str(text_at(t, 1, "services"), "a, b");
    assert_str(cell_at(t, 1, "services")->data, "a; b");
    assert_str(text_at(t, 0, "owner"), "Leader");
    assert_str(cell_at(t, 0, "owner")->data, "ROL-1");
    assert_ptr_equal(cell_at(t, 0, "owner")->pieces[0].link, model_find(m, S("ROL-1")));
    assert_ptr_equal(cell_at(t, 0, "title")->pieces[0].link, model_find(m, S("SUP-9")));
    assert_null(cell_at(t, 0, "id")->pieces[0].link);
    assert_int_equal(cell_at(t, 0, "has_plan")->count, 0); /* absent is empty */
}

static void rows_in_order(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct table *t = register_table(memory, m, type(m, "action"));
    assert_str(text_at(t, 0, "title"), "Sooner");
    assert_str(text_at(t, 1, "title"), "Same"); /* ties: by id */
    assert_str(text_at(t, 2, "title"), "Later");
    assert_str(cell_at(t, 0, "due")->sort, "2026-07-01");
    assert_str(text_at(t, 0, "due"), "1 July 2026");
    t = register_table(memory, m, type(m, "incident"));
    assert_str(text_at(t, 0, "title"), "New"); /* last first */
    const struct register_view *v = register_open(memory, m, type(m, "action"));
    t = register_rows(memory, v, 1, 2);
    assert_int_equal(t->row_count, 2);
    assert_str(text_at(t, 0, "title"), "Same");
}

static void type_without_a_row(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct table *t = register_table(memory, m, type(m, "ferry"));
    static const char *const key[] = {"id", "title", "seats", "owner", "status", "next_review"};
    assert_int_equal(t->column_count, 6); /* its prose is too long for a column */
    for (size_t c = 0; c < 6; c++)
        assert_str(t->columns[c].key, key[c]);
    assert_str(t->caption, "Ferries");
    assert_str(text_at(t, 0, "seats"), "40");
}

static void brief_says_how(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct register_view *v = register_open(memory, m, type(m, "supplier"));
    const struct record *r[] = {model_find(m, S("SUP-10"))};
    str through[] = {S("Owner")};
    const struct table *t = register_brief(memory, v, r, 1, through);
    assert_str(text_at(t, 0, "id"), "SUP-10");
    assert_str(text_at(t, 0, "through"), "Owner");
    assert_str(t->columns[t->column_count - 1].key, "through");
}

static void raci(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct table *t = raci_table(memory, m, 60);
    assert_int_equal(t->column_count, 3); /* ROL-2 has no part in it */
    assert_str(t->columns[1].head, "Leader");
    assert_str(t->columns[2].head, "Nobody"); /* ROL-10 after ROL-1 */
    assert_str(text_at(t, 0, "activity"), "Approve");
    assert_str(text_at(t, 0, "ROL-1"), "R, A");
    assert_str(text_at(t, 0, "ROL-10"), "R");
    assert_str(text_at(t, 1, "ROL-10"), "A");
    t = raci_table(memory, m, 2);
    assert_int_equal(t->column_count, 5);
    assert_str(text_at(t, 0, "responsible"), "Nobody, Leader"); /* as written */
    assert_str(text_at(t, 0, "accountable"), "Leader");
    assert_int_equal(cell_at(t, 0, "consulted")->count, 0);
    assert_str(text_at(t, 1, "accountable"), "Nobody");
    static const char *const empty[] = {"continuo.yaml", "title: Test\nas_of: 2026-06-30\n",
                                        "records/site.yaml",
                                        "- {id: SIT-1, title: Here, address: X}\n", NULL};
    struct model *without = model_of(empty);
    t = raci_table(memory, without, 60);
    assert_int_equal(t->row_count, 0);
    assert_str(t->note, "Nothing recorded.");
}

static void one_record(void **state)
{
    (void)state;
    struct model *m = model_of(house);
    const struct record_fields *f = record_fields(memory, model_find(m, S("SUP-9")));
    assert_int_equal(f->values->row_count, 2); /* services, owner */
    assert_str(text_at(f->values, 0, "field"), "Services");
    assert_int_equal(f->prose_count, 1);
    assert_str(f->prose[0].value->text, "Some *prose* here.");
    assert_int_equal(f->part_count, 2);
    assert_str(f->parts[0]->caption, "Continuity required"); /* one part: label and value */
    assert_str(text_at(f->parts[0], 0, "value"), "1 day 4 hours");
    assert_str(f->parts[1]->caption, "Reviews"); /* several: a column for each field in use */
    assert_int_equal(f->parts[1]->column_count, 3);
    assert_str(text_at(f->parts[1], 1, "by"), "Helper");
    assert_int_equal(cell_at(f->parts[1], 1, "result")->count, 0);
}

static void cells_are_cut(void **state)
{
    (void)state;
    struct buf text = buf_in(memory, 1024);
    buf_lit(&text, "- {id: SUP-1, title: Many, services: [");
    for (int i = 0; i < 40; i++)
        buf_fmt(&text, "%ss%d", i > 0 ? ", " : "", i);
    buf_lit(&text, "]}\n");
    const char *files[] = {"continuo.yaml", "title: T\nas_of: 2026-06-30\n",
                           "records/supplier.yaml", str_c(memory, buf_str(&text)), NULL};
    struct model *m = model_of(files);
    const struct table *t = register_table(memory, m, type(m, "supplier"));
    const struct cell *c = cell_at(t, 0, "services");
    assert_int_equal(c->count, REGISTER_PIECES_MAX + 1);
    assert_str(c->pieces[REGISTER_PIECES_MAX].text, "and 28 more");
    assert_true(str_ends(c->data, S("; s39"))); /* the data has them all */
    const struct record_fields *f = record_fields(memory, model_find(m, S("SUP-1")));
    assert_int_equal(table_cell(f->values, 0, 1)->count, 40);
}

int unit_register(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(every_register_opens), cmocka_unit_test(values_read_and_sort),
        cmocka_unit_test(rows_in_order),        cmocka_unit_test(type_without_a_row),
        cmocka_unit_test(brief_says_how),       cmocka_unit_test(raci),
        cmocka_unit_test(one_record),           cmocka_unit_test(cells_are_cut),
    };
    memory = arena_new("unit", (size_t)256 << 20);
    int failed = unit_run("register", cases);
    arena_free(memory);
    return failed;
}
