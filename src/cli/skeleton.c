/* cli/skeleton: what a new record or document begins as. */
#include "cli/skeleton.h"

#include "cli/record_write.h"
#include "text/mustache.h"

enum { HEADING_COLUMN = 24, PART_DEPTH_MAX = 3, SAMPLES_MAX = 3, REVIEW_MONTHS = 12 };

static const struct skeleton_def skeleton_def[] = {
#define SKELETON(name, prefix, folder, about)                                                      \
    {S_INIT(name), S_INIT(prefix), S_INIT(folder), S_INIT(about)},
#include "cli/skeletons.def"
};

size_t skeleton_count(void)
{
    return COUNT_OF(skeleton_def);
}

const struct skeleton_def *skeleton_at(size_t index)
{
    return &skeleton_def[index];
}

const struct skeleton_def *skeleton_find(str name)
{
    for (size_t i = 0; i < skeleton_count(); i++)
        if (str_eq(skeleton_def[i].name, name))
            return &skeleton_def[i];
    return NULL;
}

/* -- Fields of a record ----------------------------------------------------------------------- */

struct writing {
    struct arena *arena;
    const struct skeleton *skeleton;
    struct buf out, empty;
};

static void put_samples(struct writing *w, const struct field_def *f)
{
    const struct model *m = w->skeleton->model;
    size_t shown = 0;
    for (size_t t = 0; t < f->target_count; t++) {
        const struct record_list *list = &m->by_type[f->targets[t]->number];
        for (size_t i = 0; i < list->count && shown < SAMPLES_MAX; i++)
            if (list->items[i]->id.n != 0)
                buf_fmt(&w->out, "%s" STR_FMT, shown++ == 0 ? ", such as " : ", ",
                        STR_ARG(list->items[i]->id));
    }
}

static void put_targets(struct writing *w, const struct field_def *f)
{
    buf_fmt(&w->out, ": the id of %s", f->target_count == 0 ? "any record" : "");
    for (size_t t = 0; t < f->target_count; t++)
        buf_fmt(&w->out, "%s" STR_FMT, t == 0 ? "" : " | ", STR_ARG(f->targets[t]->key));
    put_samples(w, f);
}

static void put_words(struct writing *w, const struct field_def *f)
{
    for (size_t i = 0; i < f->word_count; i++)
        buf_fmt(&w->out, "%s" STR_FMT, i == 0 ? ": " : " | ", STR_ARG(f->words[i]));
}

static void put_kind(struct writing *w, const struct field_def *f)
{
    switch (f->kind) {
    case FIELD_ENUM:
        put_words(w, f);
        break;
    case FIELD_REF:
        put_targets(w, f);
        break;
    case FIELD_DATE:
        buf_lit(&w->out, ": YYYY-MM-DD");
        break;
    case FIELD_MOMENT:
        buf_lit(&w->out, ": YYYY-MM-DD hh:mm");
        break;
    case FIELD_DURATION:
        buf_lit(&w->out, ": such as 30m, 4h, 2d, 1w");
        break;
    case FIELD_BOOL:
        buf_lit(&w->out, ": yes | no");
        break;
    case FIELD_INT:
        if (f->int_min != f->int_max)
            buf_fmt(&w->out, ": %lld to %lld", f->int_min, f->int_max);
        break;
    case FIELD_PROSE:
        buf_lit(&w->out, ": Markdown");
        break;
    default:
        break;
    }
    if (f->count == FIELD_MANY && f->kind != FIELD_PART)
        buf_lit(&w->out, "; one or [several, of, them]");
}

/* `key: value`, and the heading with what may stand there as a comment. */
static void put_line(struct writing *w, const struct field_def *f, str lead, str value)
{
    size_t from = w->out.n;
    buf_fmt(&w->out, STR_FMT STR_FMT ":", STR_ARG(lead), STR_ARG(f->key));
    if (value.n != 0)
        buf_fmt(&w->out, " " STR_FMT, STR_ARG(value));
    buf_char(&w->out, ' ');
    while (w->out.n - from < HEADING_COLUMN)
        buf_char(&w->out, ' ');
    buf_fmt(&w->out, "# " STR_FMT, STR_ARG(f->heading));
    put_kind(w, f);
    buf_char(&w->out, '\n');
}

/* The fields of a part below its key. A list shows one of its parts. */
static void put_part(struct writing *w, const struct field_def *of, str lead, int depth)
{
    struct arena *a = w->arena;
    const struct type_def *part = of->part;
    bool is_list = of->count == FIELD_MANY, is_comment = str_starts(lead, S("#")), first = true;
    for (size_t i = 0; i < part->field_count; i++) {
        const struct field_def *f = &part->fields[i];
        if (f->need == FIELD_DERIVED)
            continue;
        /* What may be left out is a comment, unless all of it is one, or it heads its part. */
        bool comment = !is_comment && f->need != FIELD_MUST && !first;
        str mark = is_list && first ? S("- ") : is_list ? S("  ") : S("");
        str inner = comment ? str_fmt(a, "# " STR_FMT "  " STR_FMT, STR_ARG(lead), STR_ARG(mark))
                            : str_fmt(a, STR_FMT "  " STR_FMT, STR_ARG(lead), STR_ARG(mark));
        put_line(w, f, inner, S(""));
        if (f->kind == FIELD_PART && depth < PART_DEPTH_MAX)
            put_part(w, f,
                     str_fmt(a, "%s" STR_FMT "%s", comment ? "# " : "", STR_ARG(lead),
                             is_list ? "    " : "  "),
                     depth + 1);
        first = false;
    }
}

static str given(const struct writing *w, const struct field_def *f)
{
    for (size_t i = 0; i < w->skeleton->value_count; i++)
        if (w->skeleton->values[i].field == f)
            return w->skeleton->values[i].text;
    return S("");
}

static bool is_plain_word(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (!ascii_is_alnum(text.p[i]) && str_find_char(S("._-"), text.p[i], 0) == SIZE_MAX)
            return false;
    return text.n != 0;
}

static void put_value(struct buf *out, const struct field_def *f, str text)
{
    bool is_text = f->kind == FIELD_TEXT || f->kind == FIELD_PROSE || f->kind == FIELD_CODE;
    if (!is_text && is_plain_word(text))
        buf_add(out, text);
    else
        record_put_quoted(out, text);
}

/* Of fields other than text a comma parts one value from the next. */
static str value_text(struct arena *a, const struct field_def *f, str text)
{
    struct buf out = buf_in(a, text.n + 16);
    bool is_one = f->count == FIELD_ONE || f->kind == FIELD_TEXT || f->kind == FIELD_PROSE;
    if (text.n == 0)
        return text;
    if (f->count == FIELD_MANY)
        buf_char(&out, '[');
    for (str word, rest = text; rest.n != 0 && !is_one;) {
        rest = str_cut(rest, ',', &word);
        put_value(&out, f, str_trim(word));
        if (rest.n != 0)
            buf_lit(&out, ", ");
    }
    if (is_one)
        put_value(&out, f, text);
    if (f->count == FIELD_MANY)
        buf_char(&out, ']');
    return buf_str(&out);
}

/* What is known without asking: the id, the title, the day. */
static str known(const struct writing *w, const struct type_def *type, const struct field_def *f)
{
    struct arena *a = w->arena;
    const struct skeleton *s = w->skeleton;
    str text = given(w, f);
    if (str_eq(f->key, S("id")))
        return s->id;
    if (str_eq(f->key, S("title")) && text.n == 0)
        text = s->title;
    bool is_created = f == &type->fields[schema_slot(type, COMMON_CREATED)];
    if (text.n == 0 && f->kind == FIELD_DATE && (f->need == FIELD_MUST || is_created))
        text = date_iso(a, s->model->as_of);
    return value_text(a, f, text);
}

static void put_field(struct writing *w, const struct type_def *type, const struct field_def *f)
{
    str value = known(w, type, f);
    bool is_comment = f->need != FIELD_MUST && value.n == 0;
    if (f->need == FIELD_MUST && value.n == 0)
        buf_fmt(&w->empty, "%s" STR_FMT, w->empty.n == 0 ? "" : " ", STR_ARG(f->key));
    put_line(w, f, is_comment ? S("# ") : S(""), value);
    if (f->kind == FIELD_PART && value.n == 0)
        put_part(w, f, is_comment ? S("# ") : S(""), 1);
}

static bool stands_first(const struct writing *w, const struct type_def *type,
                         const struct field_def *f)
{
    return f->need == FIELD_MUST || known(w, type, f).n != 0;
}

str skeleton_record(struct arena *a, const struct skeleton *s, const struct type_def *type,
                    str *empty)
{
    struct writing w = {a, s, buf_in(a, 4096), buf_in(a, 64)};
    const size_t id = schema_slot(type, COMMON_ID), title = schema_slot(type, COMMON_TITLE);
    buf_fmt(&w.out, "# " STR_FMT "\n", STR_ARG(type->singular));
    put_field(&w, type, &type->fields[id]);
    put_field(&w, type, &type->fields[title]);
    for (int first = 1; first >= 0; first--) {
        if (!first)
            buf_lit(&w.out, "\n# What may be filled in, too:\n");
        for (size_t i = 0; i < type->field_count; i++) {
            const struct field_def *f = &type->fields[i];
            if (i != id && i != title && f->need != FIELD_DERIVED &&
                stands_first(&w, type, f) == (first != 0))
                put_field(&w, type, f);
        }
    }
    *empty = buf_str(&w.empty);
    return buf_str(&w.out);
}

/* -- Documents -------------------------------------------------------------------------------- */

/* The only one that says so; who is one of several is for people to choose. */
static const struct record *only_role(const struct model *m, str part)
{
    const struct record_list *roles = model_list(m, TYPE_ROLE);
    const struct record *found = NULL;
    for (size_t i = 0; i < roles->count; i++) {
        if (!rec_says(roles->items[i], ROLE_BCMS_PART, part) || !rec_is_live(roles->items[i]))
            continue;
        if (found != NULL)
            return NULL;
        found = roles->items[i];
    }
    return found;
}

static const struct record *only_one(const struct model *m, enum type_id type)
{
    const struct record_list *list = model_list(m, type);
    return list->count == 1 ? list->items[0] : NULL;
}

static void put_id(struct tmap *data, str name, const struct record *r)
{
    tmap_put(data, name, r != NULL ? tval_text(r->id) : (struct tval){.kind = TV_NULL});
}

bool skeleton_document(struct arena *a, struct diags *d, const struct skeleton *s, uint32_t file,
                       str text, struct buf *out)
{
    const struct model *m = s->model;
    struct buf title = buf_in(a, s->title.n + 2);
    struct tmap *data = tmap_new(a);
    record_put_quoted(&title, s->title);
    tmap_put(data, S("id"), tval_text(s->id));
    tmap_put(data, S("title"), tval_text(buf_str(&title)));
    tmap_put(data, S("as_of"), tval_text(date_iso(a, m->as_of)));
    tmap_put(data, S("next_review"),
             tval_text(date_iso(a, date_add_months(m->as_of, REVIEW_MONTHS))));
    put_id(data, S("organisation"), only_one(m, TYPE_ORGANISATION));
    put_id(data, S("owner"), only_role(m, S("owner")));
    put_id(data, S("sponsor"), only_role(m, S("sponsor")));
    put_id(data, S("retention"), only_one(m, TYPE_RETENTION));
    const struct template *t = template_compile(a, d, file, text, 0, TEMPLATE_TEXT, false);
    return template_render(t, tmap_value(data), NULL, d, out, NULL);
}
