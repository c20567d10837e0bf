/* form/table/lose: the answer to "if we lose …", as tables. */
#include "form/table/lose/lose_int.h"

#include <assert.h>
#include <stdlib.h>

#include "base/path.h"

/* -- Cells ------------------------------------------------------------------------------------ */

struct cell lose_after(struct arena *a, duration at)
{
    if (at == NEVER)
        return (struct cell){0};
    struct cell c = cell_text(
        a, at == 0 ? S("at once") : str_fmt(a, "after " STR_FMT, STR_ARG(duration_words(a, at))));
    c.data = duration_short(a, at);
    c.sort = sort_key_number(a, (double)at);
    return c;
}

struct cell lose_number(struct arena *a, long long n, const char *before)
{
    struct cell c = cell_text(a, str_fmt(a, "%s%lld", before, n));
    c.data = str_fmt(a, "%lld", n);
    c.sort = sort_key_number(a, (double)n);
    return c;
}

void lose_names_add(struct arena *a, struct lose_names *n, const struct record *r)
{
    if (n->count < LOSE_IDS_MAX)
        PUSH(a, n->items, n->count, n->cap, struct piece) =
            (struct piece){.text = r->title.n != 0 ? r->title : r->id, .link = r};
    else
        n->rest++;
}

struct cell lose_names_cell(struct arena *a, struct lose_names *n)
{
    struct cell c = {.pieces = n->items, .count = n->count};
    struct buf ids = buf_in(a, 64);
    if (n->count <= LOSE_NAMES_MAX)
        return c;
    for (size_t i = 0; i < n->count; i++)
        buf_fmt(&ids, "%s" STR_FMT, i == 0 ? "" : ", ", STR_ARG(n->items[i].link->id));
    if (n->rest != 0)
        buf_fmt(&ids, " and %zu more", n->rest);
    n->items[LOSE_NAMES_MAX - 1] =
        (struct piece){.text = str_fmt(a, "and %zu more", n->count + n->rest - LOSE_NAMES_MAX + 1)};
    c.count = LOSE_NAMES_MAX;
    c.data = buf_str(&ids);
    return c;
}

/* -- Sections --------------------------------------------------------------------------------- */

bool lose_is(const struct asking *q, size_t node, enum type_id type)
{
    return q->r->nodes[node].record->type->number == type;
}

bool lose_stops(const struct asking *q, size_t node)
{
    enum fate_kind kind = what_if_fate(q->w, node)->kind;
    return kind == FATE_STOPS || kind == FATE_LOST;
}

struct cell *lose_row(struct asking *q, struct table *t)
{
    if (t->row_count < q->rows_max)
        return table_row(q->arena, t);
    q->left_out++;
    return NULL;
}

void lose_add(struct asking *q, const char *id, const char *title, const char *about,
              struct table *t, const char *none)
{
    assert(q->answer->section_count < LOSE_SECTIONS_MAX);
    if (t->row_count == 0)
        t->note = str_from(none);
    if (q->left_out != 0)
        t->note = str_trim(str_fmt(
            q->arena,
            STR_FMT " %zu more are not listed; continuo what-if --lose " STR_FMT " lists them all.",
            STR_ARG(t->note), q->left_out, STR_ARG(q->lost[0]->id)));
    q->answer->sections[q->answer->section_count++] =
        (struct lose_section){str_from(id), str_from(title), str_from(about), t, q->left_out};
    q->left_out = 0;
}

bool lose_is_cut_on_paper(const struct lose_section *s)
{
    bool follows = str_eq(s->id, S("reduced")) || str_eq(s->id, S("others"));
    return follows && s->table->row_count > LOSE_BRIEF_ROWS_MAX;
}

/* -- In words --------------------------------------------------------------------------------- */

static str title_of(const struct asking *q)
{
    struct buf out = buf_in(q->arena, 128);
    buf_lit(&out, "If we lose ");
    for (size_t i = 0; i < q->lost_count; i++) {
        const struct record *r = q->lost[i];
        bool is_held = r->type->number == TYPE_ROLE && rec_ref(r, ROLE_HOLDER) != NULL;
        const char *between = i == 0 ? "" : i + 1 == q->lost_count ? " and " : ", ";
        buf_fmt(&out, "%s%s" STR_FMT, between, is_held ? "the holder of: " : "",
                STR_ARG(r->title.n != 0 ? r->title : r->id));
    }
    return buf_str(&out);
}

static void count_activities(struct asking *q)
{
    struct lose_answer *n = q->answer;
    for (size_t i = 0; i < q->affected_count; i++) {
        size_t node = q->affected[i];
        if (!lose_is(q, node, TYPE_ACTIVITY) || !lose_stops(q, node))
            continue;
        enum verdict v = what_if_verdict(q->w, node);
        n->spared += v == VERDICT_NO_STOP;
        n->stopped += v != VERDICT_NO_STOP;
        n->late += v == VERDICT_PASSES_RTO || v == VERDICT_PASSES_MTPD;
        n->unknown += v == VERDICT_UNKNOWN;
    }
    n->is_cut = what_if_is_cut(q->w);
    n->is_harmless = !n->is_cut;
    for (size_t i = 0; i < q->affected_count; i++)
        n->is_harmless &= what_if_fate(q->w, q->affected[i])->kind == FATE_LOST;
}

static const char *plural(size_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

static str summary_of(const struct asking *q)
{
    const struct lose_answer *n = q->answer;
    struct buf out = buf_in(q->arena, 256);
    if (n->is_cut)
        buf_lit(&out, "At least ");
    if (n->stopped == 0 && !n->is_cut)
        buf_fmt(&out, "No activity stops%s. ",
                n->is_harmless ? ", and nothing that is recorded needs it"
                : n->spared    ? ""
                               : "; what goes on with less is listed below");
    else
        buf_fmt(&out, "%zu %s. ", n->stopped,
                plural(n->stopped, "activity stops", "activities stop"));
    if (n->spared != 0)
        buf_fmt(&out, "%zu would stop later, but what %s is back before. ", n->spared,
                plural(n->spared, "it needs", "they need"));
    if (n->stopped != 0 && n->late == 0 && n->unknown == 0) /* then it is not cut */
        buf_fmt(&out, "%s back within the RTO.", plural(n->stopped, "It is", "All are"));
    if (n->late != 0)
        buf_fmt(&out, "%zu %s back too late. ", n->late, plural(n->late, "is", "are"));
    if (n->unknown != 0)
        buf_fmt(&out,
                n->is_cut ? "Of %zu it is not known when %s back."
                          : "Of %zu nobody has recorded when %s back.",
                n->unknown, plural(n->unknown, "it is", "they are"));
    if (n->is_cut)
        buf_fmt(&out,
                " Only the %zu records that are hit first were followed: more stop, and for "
                "longer. 'continuo what-if --lose " STR_FMT "' follows them all.",
                q->affected_count, STR_ARG(q->lost[0]->id));
    if (model_is_partial(q->model))
        buf_lit(&out, " Worked out from what this copy holds: more may stop, and for longer.");
    return str_trim(buf_str(&out));
}

/* -- The answer ------------------------------------------------------------------------------- */

static void lose_all(struct asking *q)
{
    size_t *nodes = NULL, count = 0, cap = 0;
    for (size_t i = 0; i < q->lost_count; i++) {
        size_t n;
        const size_t *more = what_if_nodes(q->arena, q->model, q->lost[i], &n);
        for (size_t k = 0; k < n; k++)
            PUSH(q->arena, nodes, count, cap, size_t) = more[k];
    }
    what_if_lose(q->w, nodes, count);
    what_if_work_out(q->w);
    q->affected = what_if_affected(q->w, &q->affected_count);
}

struct lose *lose_open(struct arena *a, const struct model *m, size_t reach_max)
{
    struct lose *l = NEW(a, struct lose);
    *l = (struct lose){.arena = a,
                       .model = m,
                       .what_if = what_if_open(a, m, reach_max),
                       .answers_max = reach_max == SIZE_MAX ? SIZE_MAX : LOSE_ANSWERS_MAX,
                       .answers = map_in(a)};
    return l;
}

static struct asking asking_new(struct arena *a, struct lose *l)
{
    return (struct asking){
        .arena = a, .lose = l, .model = l->model, .r = l->model->recovery, .w = l->what_if};
}

struct lose_answer lose_answer(struct arena *a, struct lose *l,
                               const struct lose_question *question)
{
    struct lose_answer answer = {0};
    struct asking q = asking_new(a, l);
    q.lost = question->lost;
    q.lost_count = question->count;
    q.rows_max = question->rows_max;
    q.answer = &answer;
    lose_all(&q);
    answer.title = title_of(&q);
    count_activities(&q);
    lose_stopped(&q);
    lose_plans(&q);
    lose_people(&q);
    lose_roles(&q);
    lose_reduced(&q);
    lose_others(&q);
    lose_room(&q);
    answer.summary = summary_of(&q);
    return answer;
}

/* -- All that can be asked -------------------------------------------------------------------- */

static const enum type_id subject_type[] = {TYPE_SITE,    TYPE_SUPPLIER, TYPE_RESOURCE,
                                            TYPE_SERVICE, TYPE_ROLE,     TYPE_SCENARIO};

bool lose_is_subject(const struct record *r)
{
    bool is_type = false;
    for (size_t t = 0; t < COUNT_OF(subject_type); t++)
        is_type |= r->type->number == subject_type[t];
    if (!is_type)
        return false;
    bool is_vacant = r->type->number == TYPE_ROLE && rec_ref(r, ROLE_HOLDER) == NULL;
    return rec_is_live(r) && r->id.n != 0 && !is_vacant;
}

const struct record **lose_subjects(struct arena *a, const struct model *m, size_t *count)
{
    const struct record **list = NULL;
    size_t cap = 0;
    *count = 0;
    for (size_t t = 0; t < COUNT_OF(subject_type); t++) {
        const struct record_list *all = model_list(m, subject_type[t]);
        for (size_t i = 0; i < all->count; i++)
            if (lose_is_subject(all->items[i]))
                PUSH(a, list, *count, cap, const struct record *) = all->items[i];
    }
    return list;
}

str lose_path(struct arena *a, const struct record *r)
{
    return str_fmt(a, "lose/" STR_FMT ".html", STR_ARG(path_slug(a, r->id)));
}

/* One line of the overview. */
struct outlook {
    const struct record *subject;
    size_t place, stopped, late, unknown;
    bool is_cut;
    duration first; /* when the first activity stops; NEVER */
};

static int worst_first(const void *one, const void *other)
{
    const struct outlook *x = one, *y = other;
    if (x->late != y->late)
        return x->late > y->late ? -1 : 1;
    if (x->unknown + x->stopped != y->unknown + y->stopped)
        return x->unknown + x->stopped > y->unknown + y->stopped ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static struct outlook outlook_of(struct asking *q, const struct record *const *subject,
                                 size_t place)
{
    struct lose_answer answer = {0};
    struct outlook o = {.subject = *subject, .place = place, .first = NEVER};
    q->answer = &answer;
    q->lost = subject;
    q->lost_count = 1;
    lose_all(q);
    count_activities(q);
    for (size_t i = 0; i < q->affected_count; i++) {
        const struct fate *f = what_if_fate(q->w, q->affected[i]);
        if (lose_is(q, q->affected[i], TYPE_ACTIVITY) && f->stops_at < o.first)
            o.first = f->stops_at;
    }
    o.stopped = answer.stopped;
    o.late = answer.late;
    o.unknown = answer.unknown;
    o.is_cut = answer.is_cut;
    return o;
}

static void add_outlook(struct arena *a, struct table *t, const struct outlook *o)
{
    const char *least = o->is_cut ? "at least " : "";
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, o->subject->id);
    cells[1] = cell_record(a, o->subject);
    cells[2] = cell_text(a, o->subject->type->singular);
    cells[3] = lose_number(a, (long long)o->stopped, least);
    cells[4] = lose_after(a, o->first);
    cells[5] = lose_number(a, (long long)o->late, least);
    cells[6] = cell_count(a, o->unknown);
    cells[7] = o->late != 0                   ? cell_chip(a, S("Too late"), TONE_BAD)
               : o->unknown != 0 || o->is_cut ? cell_chip(a, S("Not known"), TONE_WARN)
               : o->stopped != 0              ? cell_chip(a, S("In time"), TONE_GOOD)
                                              : cell_chip(a, S("Nothing stops"), TONE_MUTED);
}

const struct table *lose_overview(struct arena *a, struct lose *l, size_t rows_max)
{
    static const struct column column[] = {
        COLUMN("id", "ID", CODE),
        COLUMN("what", "If we lose", TEXT),
        COLUMN("type", "Kind", TEXT),
        COLUMN("stopped", "Activities that stop", NUMBER),
        COLUMN("first", "The first", TEXT),
        COLUMN("late", "Back too late", NUMBER),
        COLUMN("unknown", "Back: not known", NUMBER),
        COLUMN("state", "Outlook", CHIP),
    };
    size_t count;
    const struct record **subjects = lose_subjects(a, l->model, &count);
    struct outlook *list = NEW_ARRAY(a, struct outlook, count + 1);
    struct asking q = asking_new(a, l);
    struct table *t = table_new(a, S("lose"), S("What a loss would do"), column, COUNT_OF(column));
    for (size_t i = 0; i < count; i++)
        list[i] = outlook_of(&q, &subjects[i], i);
    qsort(list, count, sizeof *list, worst_first);
    for (size_t i = 0; i < count && i < rows_max; i++)
        add_outlook(a, t, &list[i]);
    if (count == 0)
        t->note = S("Nothing recorded.");
    else if (count > rows_max)
        t->note = str_fmt(a,
                          "The worst %zu of %zu. The page of each of the others leads to its "
                          "sheet, too.",
                          rows_max, count);
    return t;
}
