/* cli/cmd_due: what is overdue and what falls due, asked in the shell. */
#include "cli/cli.h"

#include <stdio.h>

#include "cli/address.h"
#include "cli/nearest.h"
#include "cli/reader.h"
#include "cli/terminal.h"
#include "form/table/due.h"
#include "write/data/csv.h"
#include "write/data/ics.h"
#include "write/data/records.h"
#include "write/data/text.h"

struct asking {
    const struct model *model; /* as the audience sees it */
    struct arena *arena;
    str audience;               /* whose portal the addresses lead to; empty: nobody's */
    const struct record *owner; /* NULL: all */
    bool is_kind[DUE_KIND_COUNT];
    date days;
};

static int usage(const char *what, str word)
{
    fprintf(stderr, "continuo due: %s '" STR_FMT "'", what, STR_ARG(word));
    return EXIT_USAGE;
}

static int end_usage(void)
{
    fputs("\nSee 'continuo due --help'.\n", stderr);
    return EXIT_USAGE;
}

/* -- What is asked for -------------------------------------------------------------------- */

static bool find_owner(struct asking *q, str id)
{
    const struct record *r = model_find(q->model, id);
    bool is_owner = r != NULL && (r->type->number == TYPE_ROLE || r->type->number == TYPE_PERSON);
    q->owner = r;
    if (is_owner)
        return true;
    struct nearest n = nearest_to(id);
    usage(r == NULL ? "there is no role or person" : "neither a role nor a person:",
          terminal_line(q->arena, id));
    nearest_offer_ids(&n, model_list(q->model, TYPE_ROLE));
    nearest_offer_ids(&n, model_list(q->model, TYPE_PERSON));
    nearest_say(&n, stderr);
    end_usage();
    return false;
}

static bool add_kind(struct asking *q, str word)
{
    struct nearest n = nearest_to(word);
    for (int k = 0; k < DUE_KIND_COUNT; k++) {
        str key = due_kind_key((enum due_kind)k);
        if (str_eq(key, word))
            return q->is_kind[k] = true;
        nearest_offer(&n, key);
    }
    usage("there is no kind", terminal_line(q->arena, word));
    nearest_say(&n, stderr);
    fputs("\nKinds:", stderr);
    for (int k = 0; k < DUE_KIND_COUNT; k++)
        fprintf(stderr, " " STR_FMT, STR_ARG(due_kind_key((enum due_kind)k)));
    end_usage();
    return false;
}

static bool find_kinds(struct asking *q, const char *words)
{
    for (int k = 0; k < DUE_KIND_COUNT && words == NULL; k++)
        q->is_kind[k] = true;
    for (str word, rest = str_from(words); rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        if (str_trim(word).n != 0 && !add_kind(q, str_trim(word)))
            return false;
    }
    return true;
}

static struct due_run answer(const struct asking *q)
{
    struct due_run all =
        q->owner != NULL ? due_of(q->model, q->owner) : due_all(q->arena, q->model);
    struct due_run ahead = due_ahead(q->arena, q->model, &all, q->days), run = {0};
    for (size_t i = 0; i < ahead.count; i++)
        if (q->is_kind[ahead.items[i]->kind])
            PUSH(q->arena, run.items, run.count, run.cap, const struct due_item *) = ahead.items[i];
    return run;
}

/* -- Printing ----------------------------------------------------------------------------- */

static struct cell line_of(struct arena *a, str text)
{
    return cell_text(a, terminal_line(a, text));
}

static str owner_of(struct arena *a, const struct due_item *item)
{
    if (item->owner != NULL)
        return item->owner->title;
    if (item->is_owner_withheld)
        return text_not_in_copy(a, S(""));
    return item->person == NULL ? S("no owner") : S("");
}

static str title_of(const struct record *r)
{
    return r != NULL ? r->title : S("");
}

static void put_month(const struct asking *q, struct buf *out, const struct due_month *month)
{
    enum { WIDTH = 110 };
    static const struct column column[] = {
        COLUMN("day", "Due", DATE), COLUMN("what", "What", TEXT), COLUMN("record", "About", TEXT),
        COLUMN("owner", "Owner", TEXT), COLUMN("holder", "Holder", TEXT)};
    struct arena *a = q->arena;
    struct table *t = table_new(a, month->id, month->title, column, 5);
    for (size_t i = 0; i < month->items.count; i++) {
        const struct due_item *item = month->items.items[i];
        struct cell *cells = table_row(a, t);
        str day = item->state == DUE_ON        ? date_iso(a, item->day)
                  : item->state == DUE_AT_ONCE ? S("never done")
                  : item->state == DUE_OPEN    ? S("no day set")
                                               : S("not known");
        cells[0] = cell_text(a, day);
        cells[1] = line_of(a, item->what);
        cells[2] = line_of(a, str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(item->record->id),
                                      STR_ARG(item->record->title)));
        cells[3] = line_of(a, owner_of(a, item));
        cells[4] = line_of(a, title_of(item->person));
    }
    buf_fmt(out, STR_FMT "\n", STR_ARG(month->title));
    data_table_text(a, out, t, WIDTH);
    buf_char(out, '\n');
}

static void put_text(const struct asking *q, struct buf *out, const struct due_run *run)
{
    size_t count, overdue = 0;
    if (run->count == 0) {
        buf_fmt(out, "Nothing is overdue or due within %ld days of " STR_FMT ".\n", (long)q->days,
                STR_ARG(date_long(q->arena, q->model->as_of)));
        return;
    }
    struct due_month *months = due_months(q->arena, run, &count);
    for (size_t i = 0; i < count; i++)
        put_month(q, out, &months[i]);
    for (size_t i = 0; i < run->count; i++)
        overdue += run->items[i]->is_overdue;
    buf_fmt(out, "As of " STR_FMT ": %zu overdue, %zu more within %ld days or without a day.\n",
            STR_ARG(date_long(q->arena, q->model->as_of)), overdue, run->count - overdue,
            (long)q->days);
}

static str calendar(const struct asking *q, const struct due_run *run)
{
    str name = q->owner != NULL ? q->owner->title : model_organisation(q->model);
    struct ics_world world = {
        .model = q->model,
        .name = str_fmt(q->arena, "Continuity, " STR_FMT, STR_ARG(name)),
        .address =
            q->audience.n == 0 ? S("") : address_of_audience(q->arena, q->model, q->audience)};
    return data_ics(q->arena, &world, run);
}

static str printed(const struct asking *q, enum list_format format, const struct due_run *run)
{
    struct buf out = buf_in(q->arena, 16 * 1024);
    if (format == LIST_ICS)
        return calendar(q, run);
    if (format == LIST_TEXT) {
        put_text(q, &out, run);
        return buf_str(&out);
    }
    const struct table *t = due_table(q->arena, q->model, run, S("due"), S("What is due"));
    return format == LIST_CSV ? data_csv(q->arena, t) : data_table_json(q->arena, t);
}

/* Part of a day counts as one. */
static date days_of(duration within)
{
    return within == DURATION_NONE ? DUE_AHEAD_DAYS
                                   : (date)((within + MINUTES_PER_DAY - 1) / MINUTES_PER_DAY);
}

int cmd_due(const struct options *o)
{
    struct workspace w = {0};
    struct asking q = {.days = days_of(o->within)};
    if (!workspace_open(&w, o) || diags_exit_status(w.diags) != EXIT_OK)
        return workspace_report(&w, o);
    q.arena = w.arena;
    q.model = reader_model(&w, o, "due", &q.audience);
    if (q.model == NULL || !find_kinds(&q, o->kinds) ||
        (o->owner != NULL && !find_owner(&q, str_from(o->owner))))
        return EXIT_USAGE;
    struct due_run run = answer(&q);
    str out = printed(&q, o->list_format, &run);
    if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0)
        return EXIT_MACHINE;
    return EXIT_OK;
}
