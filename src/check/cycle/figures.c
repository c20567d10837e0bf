/* check/cycle/figures: whether what a KPI says of itself fits together (OB5-OB7). */
#include "check/cycle/figures.h"

/* -- Computed (OB5) --------------------------------------------------------------------------- */

static str nearest(str name)
{
    enum { SLIPS_MAX = 3 };
    for (size_t slips = 1; slips <= SLIPS_MAX; slips++)
        for (size_t i = 0; i < kpi_def_count; i++)
            if (str_distance(name, kpi_def[i].name, slips) <= slips)
                return kpi_def[i].name;
    return S("");
}

static void check_name(struct checker *c, const struct record *kpi)
{
    str name = rec_text(kpi, KPI_COMPUTED), near = nearest(name);
    str *names = NEW_ARRAY(c->scratch, str, kpi_def_count);
    if (name.n == 0 || kpi_def_find(name) != NULL)
        return;
    for (size_t i = 0; i < kpi_def_count; i++)
        names[i] = kpi_def[i].name;
    str all = str_join(c->scratch, names, kpi_def_count, S(", "));
    check_report(c, CHECK_RULE_FIGURE, kpi, check_place(kpi, KPI_COMPUTED),
                 "no figure is called '" STR_FMT "'", STR_ARG(diag_quote(name)));
    if (near.n != 0)
        diag_hint(c->diags, "did you mean '" STR_FMT "'? known: " STR_FMT, STR_ARG(near),
                  STR_ARG(all));
    else
        diag_hint(c->diags, "use one of: " STR_FMT, STR_ARG(all));
}

/* -- Measured and computed (OB6) -------------------------------------------------------------- */

static void check_agreement(struct checker *c, const struct record *kpi, const struct figure *f)
{
    for (size_t i = 0; i < f->count; i++) {
        const struct figure_point *p = &f->points[i];
        if (p->measurement == NULL || figure_agrees(p))
            continue;
        check_report(c, CHECK_RULE_FIGURE_DIFFERS, kpi,
                     check_place(p->measurement, MEASUREMENT_VALUE),
                     "'" STR_FMT "' was measured at " STR_FMT " on " STR_FMT
                     ", but the records give " STR_FMT " for that day",
                     STR_ARG(kpi->id), STR_ARG(rec_text(p->measurement, MEASUREMENT_VALUE)),
                     STR_ARG(check_day_words(c, p->day)),
                     STR_ARG(figure_value_words(c->scratch, &p->computed)));
    }
}

/* -- In itself (OB7) -------------------------------------------------------------------------- */

static void check_order(struct checker *c, const struct record *kpi)
{
    size_t count;
    const struct field_value *v = rec_items(kpi, KPI_MEASUREMENTS, &count);
    date before = DATE_NONE;
    for (size_t i = 0; i < count; i++) {
        const struct record *one = field_target(&v[i]);
        date day = one != NULL ? rec_date(one, MEASUREMENT_DATE) : DATE_NONE;
        if (day == DATE_NONE)
            continue;
        if (before != DATE_NONE && day <= before)
            check_report(c, CHECK_RULE_FIGURE_ODD, kpi, check_place(one, MEASUREMENT_DATE),
                         "'" STR_FMT "' has a measurement of " STR_FMT " %s " STR_FMT,
                         STR_ARG(kpi->id), STR_ARG(check_day_words(c, day)),
                         day == before ? "behind another of" : "behind that of",
                         STR_ARG(check_day_words(c, before)));
        before = day;
    }
}

static void check_limits(struct checker *c, const struct record *kpi)
{
    const struct field_value *green = rec_value(kpi, KPI_GREEN), *amber = rec_value(kpi, KPI_AMBER);
    bool is_up = str_eq(rec_text(kpi, KPI_DIRECTION), S("up"));
    if (green->state != FV_PRESENT || amber->state != FV_PRESENT || !rec_has(kpi, KPI_DIRECTION) ||
        (is_up ? amber->decimal <= green->decimal : amber->decimal >= green->decimal))
        return;
    check_report(c, CHECK_RULE_FIGURE_ODD, kpi, amber->span,
                 "the amber limit of '" STR_FMT "', " STR_FMT
                 ", is better than its green one, " STR_FMT ": better is %s",
                 STR_ARG(kpi->id), STR_ARG(amber->text), STR_ARG(green->text),
                 is_up ? "up" : "down");
}

static void check_direction(struct checker *c, const struct record *kpi, const struct kpi_def *def)
{
    str direction = rec_text(kpi, KPI_DIRECTION), is = def->is_up ? S("up") : S("down");
    if (direction.n == 0 || str_eq(direction, is))
        return;
    check_report(c, CHECK_RULE_FIGURE_ODD, kpi, check_place(kpi, KPI_DIRECTION),
                 "'" STR_FMT "' says that better is " STR_FMT ", but of '" STR_FMT
                 "' better is " STR_FMT,
                 STR_ARG(kpi->id), STR_ARG(direction), STR_ARG(def->name), STR_ARG(is));
}

static void check_origin(struct checker *c, const struct record *kpi)
{
    if (rec_lacks(kpi, KPI_FORMULA) && rec_lacks(kpi, KPI_COMPUTED) &&
        rec_lacks(kpi, KPI_MEASUREMENTS))
        check_report(c, CHECK_RULE_FIGURE_ODD, kpi, kpi->id_span,
                     "nothing says how '" STR_FMT "' is found", STR_ARG(kpi->id));
}

void check_figure(struct checker *c, const struct record *kpi, const struct figure *f)
{
    check_name(c, kpi);
    check_agreement(c, kpi, f);
    check_order(c, kpi);
    check_limits(c, kpi);
    if (f->def != NULL)
        check_direction(c, kpi, f->def);
    check_origin(c, kpi);
}
