/* unit/impact: the MTPD that a grid gives, and which analysis holds. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/path.h"
#include "load/load.h"
#include "model/impact.h"

enum { ARENA_BYTES_MAX = 1 << 26, HOUR = 60, DAY = 24 * HOUR };

static struct arena *memory;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

static void put(int root, const char *path, const char *text)
{
    assert_int_equal(dir_make(root, path_folder(str_from(path))), 0);
    assert_int_equal(file_create(root, str_from(path), str_from(text)), 0);
}

/* A linked model of one activity, as of 30 June 2026. */
static struct model *model_with(const char *methods, const char *analyses)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    put(root, "continuo.yaml", "title: Test\n");
    put(root, "records/activity.yaml", "- {id: ACT-001, title: Pay, unit: UNT-001}\n");
    put(root, "records/role.yaml", "- {id: ROL-001, title: Director, kind: governance}\n");
    put(root, "records/bia_method.yaml", methods);
    put(root, "records/bia.yaml", analyses);
    struct model *m = model_new(memory);
    load_content(m, diags_new(memory), root, S("content"));
    assert_true(date_parse(S("2026-06-30"), &m->as_of));
    model_link(m);
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return m;
}

#define METHOD                                                                                     \
    "- id: BIM-001\n  title: M\n  buckets: [4h, 1d, 3d]\n  categories:\n"                          \
    "    - {key: FIN, name: Money, unacceptable: 3}\n"                                             \
    "    - {key: REP, name: Trust, unacceptable: 2}\n"                                             \
    "    - {key: OPS, name: Work}\n"

#define ROW(category, levels) "    - {category: " category ", levels: " levels "}\n"

static struct impact by_method(const char *method, const char *grid)
{
    str bia = str_fmt(memory, "- id: BIA-001\n  title: A\n  status: draft\n  grid:\n%s", grid);
    const struct model *m = model_with(method, str_c(memory, bia));
    const struct record *r = model_find(m, S("BIA-001"));
    assert_non_null(r);
    return model_impact(memory, m, r);
}

static struct impact of(const char *grid)
{
    return by_method(METHOD, grid);
}

/* -- Whole grids ---------------------------------------------------------------------------- */

static void first_unacceptable(void **state)
{
    (void)state;
    struct impact found = of(ROW("FIN", "[0, 2, 3]") ROW("REP", "[1, 2, 4]"));
    assert_true(found.is_known);
    assert_int_equal(found.mtpd, DAY);
    assert_int_equal(found.at_most, DAY);
    assert_int_equal(found.bearable, 4 * HOUR);
    assert_str(rec_text(found.category, IMPACT_CATEGORY_KEY), "REP");
    assert_int_not_equal(found.at.len, 0);

    found = of(ROW("REP", "[2, 2, 2]") ROW("FIN", "[3, 3, 3]"));
    assert_int_equal(found.mtpd, 4 * HOUR);
    assert_int_equal(found.bearable, DURATION_NONE);
    assert_str(rec_text(found.category, IMPACT_CATEGORY_KEY), "FIN"); /* first in the method */
}

static void never_unacceptable(void **state)
{
    (void)state;
    struct impact found =
        of(ROW("FIN", "[0, 2, 2]") ROW("REP", "[1, 1, 1]") ROW("OPS", "[4, 4, 4]"));
    assert_true(found.is_known);
    assert_int_equal(found.mtpd, DURATION_NONE);
    assert_int_equal(found.at_most, DURATION_NONE);
    assert_int_equal(found.bearable, 3 * DAY);
    assert_null(found.category);
}

/* In time, whatever the order in which the method names its buckets. */
static void order_of_buckets(void **state)
{
    (void)state;
    struct impact found = by_method("- {id: BIM-001, title: M, buckets: [3d, 4h, 1d], categories: "
                                    "[{key: FIN, name: Money, unacceptable: 3}]}\n",
                                    ROW("FIN", "[4, 0, 3]"));
    assert_true(found.is_known);
    assert_int_equal(found.mtpd, DAY);
    assert_int_equal(found.bearable, 4 * HOUR);
}

/* -- Gaps ----------------------------------------------------------------------------------- */

static void gap_before(void **state)
{
    (void)state;
    static const char *const grids[] = {
        ROW("FIN", "[0, 0, 3]") ROW("REP", "[0, x, 0]"),
        ROW("FIN", "[0, 9, 3]") ROW("REP", "[0, 0, 0]"),
    };
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        struct impact found = of(grids[i]);
        assert_false(found.is_known);
        assert_int_equal(found.mtpd, DURATION_NONE);
        assert_int_equal(found.at_most, 3 * DAY);
        assert_int_equal(found.bearable, 4 * HOUR);
    }
}

static void gap_behind(void **state)
{
    (void)state;
    struct impact found = of(ROW("FIN", "[0, 3, x]") ROW("REP", "[0, x, 2]"));
    assert_true(found.is_known);
    assert_int_equal(found.mtpd, DAY);
    found = of(ROW("FIN", "[3, 3, 3]")); /* no row for REP */
    assert_true(found.is_known);
    assert_int_equal(found.mtpd, 4 * HOUR);
}

/* Which bucket a level belongs to cannot be seen when there are too few or too many. */
static void rows_that_do_not_fit(void **state)
{
    (void)state;
    static const char *const grids[] = {
        ROW("FIN", "[0, 3]") ROW("REP", "[0, 0, 0]"),
        ROW("FIN", "[0, ~, 3]") ROW("REP", "[0, 0, 0]"),
        ROW("FIN", "[0, 0, 0, 3]") ROW("REP", "[0, 0, 0]"),
        ROW("REP", "[0, 0, 0]"),
        ROW("FIN", "[0, 0, 0]") ROW("FIN", "[0, 0, 3]") ROW("REP", "[0, 0, 0]"),
        "    - words\n",
    };
    for (size_t i = 0; i < sizeof grids / sizeof *grids; i++) {
        struct impact found = of(grids[i]);
        assert_false(found.is_known);
        assert_int_equal(found.mtpd, DURATION_NONE);
        assert_int_equal(found.at_most, DURATION_NONE);
        assert_int_equal(found.bearable, DURATION_NONE);
    }
}

static void nothing_to_judge_by(void **state)
{
    (void)state;
    static const char *const methods[] = {
        "[]\n",
        "- {id: BIM-001, title: M, status: draft, buckets: [1d], categories: [{key: FIN, name: M, "
        "unacceptable: 0}]}\n",
        "- {id: BIM-001, title: M, buckets: [1d], categories: [{key: FIN, name: M}]}\n",
        "- {id: BIM-001, title: M, categories: [{key: FIN, name: M, unacceptable: 0}]}\n",
        "- {id: BIM-001, title: M, buckets: [soon], categories: [{key: FIN, name: M, unacceptable: "
        "0}]}\n",
        "- {id: BIM-001, title: M, buckets: [1d], categories: [{key: FIN, name: M, unacceptable: "
        "x}]}\n",
        "- {id: BIM-001, title: M, buckets: [1d], categories: [words]}\n",
    };
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        struct impact found = by_method(methods[i], ROW("FIN", "[4]"));
        assert_false(found.is_known);
        assert_int_equal(found.mtpd, DURATION_NONE);
        assert_int_equal(found.at_most, DURATION_NONE);
        assert_int_equal(found.bearable, DURATION_NONE);
    }
}

/* -- Which holds ---------------------------------------------------------------------------- */

static void last_method(void **state)
{
    (void)state;
    const struct model *m =
        model_with("- {id: BIM-001, title: A, approved_on: 2025-01-05}\n"
                   "- {id: BIM-002, title: B, status: active, approved_on: 2026-01-05}\n"
                   "- {id: BIM-003, title: C, status: closed, approved_on: 2026-02-05}\n"
                   "- {id: BIM-004, title: D}\n",
                   "[]\n");
    assert_str(model_bia_method(m)->id, "BIM-002");
    assert_null(model_bia_method(model_with("[]\n", "[]\n")));
}

#define APPROVED(id, more) "- {id: " id ", title: A, activity: ACT-001, status: approved" more "}\n"

static void last_approved(void **state)
{
    (void)state;
    const struct model *m = model_with(
        "[]\n",
        APPROVED("BIA-001", ", approved_by: ROL-001, approved_on: 2026-01-05")
            APPROVED("BIA-002", ", approved_by: ROL-001, approved_on: 2026-06-30")
                APPROVED("BIA-003", ", approved_by: ROL-001, approved_on: 2026-07-01")
                    APPROVED("BIA-004", ", approved_on: 2026-06-30")
                        APPROVED("BIA-005", ", approved_by: ROL-001")
                            APPROVED("BIA-006", ", approved_by: ROL-009, approved_on: 2026-06-30"));
    const struct record *activity = model_find(m, S("ACT-001"));
    assert_str(model_bia(m, activity)->id, "BIA-002");
    assert_true(model_bia_is_approved(m, model_find(m, S("BIA-001"))));
    assert_false(model_bia_is_approved(m, model_find(m, S("BIA-003"))));
    m = model_with("[]\n", APPROVED("BIA-003", ", approved_by: ROL-001, approved_on: 2026-07-01"));
    assert_null(model_bia(m, model_find(m, S("ACT-001"))));
}

int unit_impact(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(first_unacceptable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(never_unacceptable, set_up, tear_down),
        cmocka_unit_test_setup_teardown(order_of_buckets, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gap_before, set_up, tear_down),
        cmocka_unit_test_setup_teardown(gap_behind, set_up, tear_down),
        cmocka_unit_test_setup_teardown(rows_that_do_not_fit, set_up, tear_down),
        cmocka_unit_test_setup_teardown(nothing_to_judge_by, set_up, tear_down),
        cmocka_unit_test_setup_teardown(last_method, set_up, tear_down),
        cmocka_unit_test_setup_teardown(last_approved, set_up, tear_down),
    };
    return unit_run("impact", cases);
}
