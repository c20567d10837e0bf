/* form/table/lose/lost: what an exercise takes away, each with its sheet. */
#include "form/table/about.h"
#include "form/table/cells.h"
#include "form/table/lose/lose.h"

const struct table *lost_table(struct arena *a, const struct model *m, const struct record *r)
{
    static const struct column column[] = {COLUMN("what", "Touched by it", TEXT),
                                           COLUMN("kind", "Kind", TEXT),
                                           COLUMN("sheet", "What that stops", TEXT)};
    struct table *t = table_new(a, S(""), S(""), column, COUNT_OF(column));
    const struct record *scenario = rec_ref(r, EXERCISE_SCENARIO);
    size_t count = 0;
    const struct field_value *v =
        scenario != NULL ? rec_items(scenario, SCENARIO_AFFECTS, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        const struct record *lost = field_target(&v[i]);
        if (lost == NULL)
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_record(a, lost);
        cells[1] = cell_text(a, lost->type->singular);
        if (!lose_is_subject(lost) || model_list(m, TYPE_ACTIVITY)->count == 0)
            continue;
        cells[2] = cell_text(a, str_fmt(a, "If we lose " STR_FMT, STR_ARG(lost->title)));
        cells[2].page = lose_path(a, lost);
    }
    if (t->row_count == 0 && !model_is_partial(m))
        t->note = S("What is lost is not recorded with the scenario.");
    return t;
}
