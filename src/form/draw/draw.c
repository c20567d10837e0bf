/* form/draw: finds the function for a drawing that was asked for. */
#include "form/draw/draw_int.h"

#include "text/font.h"
#include "text/rules.h"

const struct drawing_def drawing_def[] = {
#define DRAWING(function, kind, name, subject, summary)                                            \
    {S_INIT(kind), S_INIT(name), S_INIT(subject), S_INIT(summary)},
#include "form/draw/drawings.def"
};
const size_t drawing_def_count = COUNT_OF(drawing_def);

static const struct drawing *(*const draw_function[])(const struct request *q) = {
#define DRAWING(function, kind, name, subject, summary) function,
#include "form/draw/drawings.def"
};

const struct graph_style style_title = {10, true, INK_TEXT, 0};
const struct graph_style style_detail = {9, false, INK_MUTED, 0};
const struct graph_style style_alarm = {9, true, INK_BAD, 0};

bool is_of(const struct record *r, enum type_id type)
{
    return r != NULL && r->type->number == type;
}

str record_name(const struct record *r)
{
    return r->title.n != 0 ? r->title : r->id;
}

void cell_add(struct arena *a, struct cell *c, str text, const struct record *link, enum tone tone)
{
    struct piece *pieces = NEW_ARRAY(a, struct piece, c->count + 1);
    for (size_t i = 0; i < c->count; i++)
        pieces[i] = c->pieces[i];
    pieces[c->count] = (struct piece){text, link, tone};
    c->pieces = pieces;
    c->count++;
}

/* A holder that the readers may not know of is neither named nor called missing. */
static bool is_vacant(const struct record *role)
{
    return rec_lacks(role, ROLE_HOLDER);
}

void say_role(const struct graph *g, struct graph_node *n, const struct record *role)
{
    const struct record *holder = rec_ref(role, ROLE_HOLDER);
    graph_say(g, &n->block, record_name(role), style_title, g->wrap_width);
    if (holder != NULL)
        graph_say(g, &n->block, record_name(holder), style_detail, g->wrap_width);
    if (!is_vacant(role))
        return;
    graph_say(g, &n->block, S("vacant"), style_alarm, g->wrap_width);
    n->stroke = INK_BAD;
    n->dashed = true;
}

struct cell cell_holder(struct arena *a, const struct record *role)
{
    const struct record *holder = rec_ref(role, ROLE_HOLDER);
    struct cell c = {.count = 0};
    if (holder != NULL)
        cell_add(a, &c, record_name(holder), holder, TONE_NONE);
    else if (is_vacant(role))
        cell_add(a, &c, S("vacant"), NULL, TONE_BAD);
    return c;
}

static void list_known(struct diags *d, struct arena *a)
{
    struct buf known = buf_in(a, 128);
    for (size_t i = 0; i < drawing_def_count; i++) {
        const struct drawing_def *def = &drawing_def[i];
        const str part[] = {def->kind, def->name, def->subject};
        buf_add(&known, i == 0 ? S("") : S(", "));
        for (size_t k = 0; k < 3; k++)
            buf_fmt(&known, "%s" STR_FMT, k != 0 && part[k].n != 0 ? " " : "", STR_ARG(part[k]));
    }
    diag_hint(d, "known drawings: " STR_FMT, STR_ARG(buf_str(&known)));
}

void request_refuse(const struct request *q, const char *what)
{
    const struct drawing_def *def = q->def;
    diag(q->diags, TEXT_RULE(DRAW_SUBJECT), q->at, "%s '" STR_FMT "'", what, STR_ARG(q->subject));
    diag_hint(q->diags, "write: " STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(def->kind),
              def->name.n != 0 ? " " : "", STR_ARG(def->name), STR_ARG(def->subject));
}

struct graph_caption request_caption(const struct request *q)
{
    return (struct graph_caption){.at = q->at, .is_partial = model_is_partial(q->model)};
}

str request_scope(const struct request *q)
{
    return model_is_partial(q->model) ? S("Only what this copy holds is counted.") : S("");
}

const struct record *request_record(const struct request *q, const enum type_id *types,
                                    size_t type_count)
{
    const struct record *r = model_find(q->model, q->subject);
    for (size_t i = 0; i < type_count; i++)
        if (is_of(r, types[i]))
            return r;
    /* The author meant one that this copy does not hold. */
    if (r == NULL && q->subject.n != 0 && model_may_lack(q->model, q->subject))
        return NULL;
    request_refuse(q, q->subject.n == 0 ? "no record is named:"
                      : r == NULL       ? "no record has the id"
                                        : "this drawing is not made of records like");
    return NULL;
}

static double font_ruler(const void *self, str text, double size, bool bold)
{
    /* Measuring may open a further font of the chain, so fonts are not const. */
    struct fonts *const *fonts = self;
    return font_text_width(*fonts, text, size, bold);
}

struct ruler ruler_of(struct arena *a, struct fonts *fonts)
{
    struct fonts **held = NEW(a, struct fonts *);
    *held = fonts;
    return (struct ruler){held, font_ruler};
}

/* The row, and what of the argument is left for its subject. */
static const struct drawing_def *find_def(str kind, str argument, str *subject)
{
    for (size_t i = 0; i < drawing_def_count; i++) {
        const struct drawing_def *def = &drawing_def[i];
        str word, rest = argument;
        if (!str_eq(def->kind, kind))
            continue;
        if (def->name.n != 0) {
            rest = str_cut(argument, ' ', &word);
            if (!str_eq(def->name, word))
                continue;
        }
        *subject = str_trim(rest);
        return def;
    }
    return NULL;
}

const struct drawing *draw_by_name(struct arena *a, struct diags *d, const struct model *m,
                                   struct fonts *fonts, struct span at, str kind, str argument)
{
    struct request q = {.arena = a, .diags = d, .model = m, .at = at};
    q.ruler = ruler_of(a, fonts);
    q.def = find_def(kind, str_trim(argument), &q.subject);
    if (q.def == NULL) {
        diag(d, TEXT_RULE(DRAW_UNKNOWN), at, "there is no drawing '" STR_FMT " " STR_FMT "'",
             STR_ARG(kind), STR_ARG(argument));
        list_known(d, a);
        return NULL;
    }
    if (q.def->subject.n == 0 && q.subject.n != 0) {
        request_refuse(&q, "this drawing takes nothing more:");
        return NULL;
    }
    return draw_function[q.def - drawing_def](&q);
}
