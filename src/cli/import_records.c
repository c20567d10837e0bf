/* cli/import_records: a table, as spreadsheets write it, becomes records of one type. */
#include "cli/import_int.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/record_write.h"
#include "text/mustache.h"
#include "text/yaml.h"

enum { COLUMNS_MAX = 256, ROWS_MAX = 100 * 1000, LIKENESS_MAX = 2, LIKENESS_BYTES_MIN = 6 };

struct cell {
    str text;
    uint32_t line, col;
};

/* Where the values of a column go: a field, perhaps of a part in it. */
struct column {
    str heading;
    const struct field_def *field; /* NULL: into the notes */
    const struct field_def *inner; /* of field->part; NULL: the field itself */
    bool is_named;                 /* by --map */
};

struct table_reader {
    struct import *im;
    struct import_item *item;
    struct model *model;
    const struct type_def *type;
    str text;
    char delimiter;
    size_t at;
    uint32_t line, col;
    struct cell cells[COLUMNS_MAX];
    size_t cell_count;
    struct column columns[COLUMNS_MAX];
    size_t column_count;
    struct map ids;
    unsigned long last;
    struct buf out, notes;
};

/* -- Cells ---------------------------------------------------------------------------- */

/* The one that stands most often in the first line, outside quotes. */
static char delimiter_of(str text)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t counts[sizeof candidates] = {0}, best = 0;
    bool is_quoted = false;
    for (size_t i = 0; i < text.n && (is_quoted || text.p[i] != '\n'); i++) {
        is_quoted ^= text.p[i] == '"';
        for (size_t k = 0; k < sizeof candidates; k++)
            counts[k] += !is_quoted && text.p[i] == candidates[k];
    }
    for (size_t k = 1; k < sizeof candidates; k++)
        best = counts[k] > counts[best] ? k : best;
    return candidates[best];
}

static char step(struct table_reader *t)
{
    char c = t->text.p[t->at++];
    t->line += c == '\n';
    t->col = c == '\n' ? 1 : t->col + ((c & 0xC0) != 0x80);
    return c;
}

static bool is_at_end(const struct table_reader *t)
{
    return t->at >= t->text.n;
}

static str quoted_cell(struct table_reader *t)
{
    struct buf b = buf_in(t->im->arena, 64);
    step(t);
    while (!is_at_end(t)) {
        char c = step(t);
        if (c == '"' && (is_at_end(t) || t->text.p[t->at] != '"'))
            return buf_str(&b);
        if (c == '"')
            step(t);
        buf_char(&b, c);
    }
    import_note(t->im, t->item, t->line, S("table"), "a quote is not closed");
    return buf_str(&b);
}

static void read_cell(struct table_reader *t)
{
    struct cell c = {.line = t->line, .col = t->col};
    bool is_quoted = !is_at_end(t) && t->text.p[t->at] == '"';
    str quoted = is_quoted ? quoted_cell(t) : S("");
    size_t from = t->at;
    while (!is_at_end(t) && t->text.p[t->at] != t->delimiter && t->text.p[t->at] != '\n')
        step(t);
    str rest = str_from_to(t->text, from, t->at); /* behind a quote: kept all the same */
    c.text = is_quoted && str_is_blank(rest)
                 ? quoted
                 : str_fmt(t->im->arena, STR_FMT STR_FMT, STR_ARG(quoted), STR_ARG(rest));
    if (t->cell_count < COLUMNS_MAX)
        t->cells[t->cell_count++] = c;
    else
        import_note(t->im, t->item, c.line, S("table"), "left out: more than %d columns",
                    COLUMNS_MAX);
}

/* False behind the last row. */
static bool read_row(struct table_reader *t)
{
    t->cell_count = 0;
    if (is_at_end(t))
        return false;
    for (;;) {
        read_cell(t);
        if (is_at_end(t) || step(t) == '\n')
            return true;
    }
}

static bool is_blank_row(const struct table_reader *t)
{
    for (size_t i = 0; i < t->cell_count; i++)
        if (!str_is_blank(t->cells[i].text))
            return false;
    return true;
}

/* -- Which column is which field ------------------------------------------------------- */

/* "Contact (24h)" is "contact24h". */
static str plain(struct arena *a, str text)
{
    struct buf b = buf_in(a, text.n + 1);
    for (size_t i = 0; i < text.n; i++)
        if (ascii_is_alnum(text.p[i]))
            buf_char(&b, ascii_lower(text.p[i]));
    return buf_str(&b);
}

static const struct field_def *field_of(const struct type_def *t, str key)
{
    size_t slot = type_field(t, key);
    return slot == SIZE_MAX || t->fields[slot].need == FIELD_DERIVED ? NULL : &t->fields[slot];
}

static bool is_free(const struct table_reader *t, const struct field_def *f)
{
    for (size_t i = 0; i < t->column_count; i++)
        if (t->columns[i].field == f)
            return false;
    return true;
}

/* "title" or "commitment.rto". */
static bool name_field(struct table_reader *t, struct column *c, str path)
{
    str key, rest = str_cut(path, '.', &key);
    const struct field_def *f = field_of(t->type, key);
    c->is_named = true;
    if (f == NULL || (f->kind == FIELD_PART) != (rest.n != 0))
        return false;
    c->field = f;
    c->inner = rest.n != 0 ? field_of(f->part, rest) : NULL;
    return rest.n == 0 || (c->inner != NULL && c->inner->kind != FIELD_PART);
}

static const struct field_def *like(const struct table_reader *t, str heading, size_t distance)
{
    struct arena *a = t->im->arena;
    str word = plain(a, heading);
    str name = plain(a, t->type->singular);
    bool is_name = str_eq(word, S("name")) || str_eq(word, name) ||
                   str_eq(word, str_fmt(a, STR_FMT "name", STR_ARG(name)));
    if (is_name)
        return field_of(t->type, S("title"));
    for (size_t i = 0; i < t->type->field_count && word.n != 0; i++) {
        const struct field_def *f = &t->type->fields[i];
        bool may = f->kind != FIELD_PART && f->need != FIELD_DERIVED && is_free(t, f) &&
                   (distance == 0 || word.n >= LIKENESS_BYTES_MIN);
        if (may && (str_distance(word, plain(a, f->key), distance) <= distance ||
                    str_distance(word, plain(a, f->heading), distance) <= distance))
            return f;
    }
    return NULL;
}

/* False after a message. */
static bool take_map(struct table_reader *t)
{
    for (str pair, rest = str_from(t->im->options->mapping); rest.n != 0;) {
        str heading, key;
        size_t i = 0;
        rest = str_cut(rest, ',', &pair);
        key = str_trim(str_cut(pair, '=', &heading));
        heading = str_trim(heading);
        while (i < t->column_count && !str_eq(t->columns[i].heading, heading))
            i++;
        if (i < t->column_count && (key.n == 0 || name_field(t, &t->columns[i], key)))
            continue;
        fprintf(stderr, "continuo import: there is no %s for '" STR_FMT "'\n",
                i == t->column_count ? "column" : "field", STR_ARG(pair));
        return false;
    }
    return true;
}

static void guess_columns(struct table_reader *t, size_t distance)
{
    for (size_t i = 0; i < t->column_count; i++) {
        const struct field_def *f = NULL;
        if (t->columns[i].field == NULL && !t->columns[i].is_named)
            f = like(t, t->columns[i].heading, distance);
        if (f != NULL && is_free(t, f))
            t->columns[i].field = f;
    }
}

static void tell_columns(struct table_reader *t)
{
    for (size_t i = 0; i < t->column_count; i++) {
        const struct column *c = &t->columns[i];
        if (c->field == NULL)
            import_note(t->im, t->item, 0, c->heading, "no field is like it: kept in `notes`");
        else
            import_note(t->im, t->item, 0, c->heading, "is `" STR_FMT "%s" STR_FMT "`%s",
                        STR_ARG(c->field->key), c->inner != NULL ? "." : "",
                        STR_ARG(c->inner != NULL ? c->inner->key : S("")),
                        c->is_named ? "" : ", by its likeness");
    }
}

static bool read_head(struct table_reader *t)
{
    while (read_row(t) && is_blank_row(t))
        ;
    t->column_count = t->cell_count;
    for (size_t i = 0; i < t->cell_count; i++)
        t->columns[i].heading = str_trim(t->cells[i].text);
    if (t->im->options->mapping != NULL && !take_map(t))
        return false;
    guess_columns(t, 0);
    guess_columns(t, LIKENESS_MAX);
    tell_columns(t);
    return true;
}

/* -- Values ------------------------------------------------------------------------------ */

static bool read_bool(struct arena *a, str text, str *out)
{
    static const str yes[] = {S_INIT("yes"), S_INIT("true"), S_INIT("y"), S_INIT("1"), S_INIT("x")};
    static const str no[] = {S_INIT("no"), S_INIT("false"), S_INIT("n"), S_INIT("0"), S_INIT("-")};
    str word = str_lower(a, text);
    for (size_t i = 0; i < COUNT_OF(yes); i++) {
        if (!str_eq(word, yes[i]) && !str_eq(word, no[i]))
            continue;
        *out = str_eq(word, yes[i]) ? S("yes") : S("no");
        return true;
    }
    return false;
}

static bool read_word(struct arena *a, const struct field_def *f, str text, str *out)
{
    str word = plain(a, text);
    for (size_t i = 0; i < f->word_count; i++)
        if (str_eq(plain(a, f->words[i]), word)) {
            *out = f->words[i];
            return true;
        }
    return false;
}

static bool read_number(struct arena *a, const struct field_def *f, str text, str *out)
{
    bool has_point = false;
    for (size_t i = text.n > 1 && text.p[0] == '-'; i < text.n; i++) {
        bool is_point = text.p[i] == '.' && !has_point && f->kind == FIELD_NUMBER && i + 1 < text.n;
        if (!is_point && !ascii_is_digit(text.p[i]))
            return false;
        has_point |= is_point;
    }
    long long number = text.n < 16 ? strtoll(str_c(a, text), NULL, 10) : 0;
    *out = text;
    return text.n != 0 && text.n < 16 &&
           (f->kind == FIELD_NUMBER || f->int_min == f->int_max ||
            (number >= f->int_min && number <= f->int_max));
}

/* An id, or the name of what has one. */
static bool read_reference(const struct table_reader *t, const struct field_def *f, str text,
                           str *out)
{
    const struct record *r = model_find(t->model, text);
    for (size_t k = 0; r == NULL && k < f->target_count; k++)
        r = map_find(&t->ids, str_fmt(t->im->arena, "%zu " STR_FMT, f->targets[k]->number,
                                      STR_ARG(str_lower(t->im->arena, text))));
    bool is_fine = r != NULL && f->target_count == 0;
    for (size_t k = 0; r != NULL && k < f->target_count; k++)
        is_fine |= r->type == f->targets[k];
    *out = r != NULL ? r->id : S("");
    return is_fine;
}

/* Why it does not fit; NULL: *out is what the field reads. */
static const char *read_value(struct table_reader *t, const struct field_def *f, str text, str *out)
{
    struct arena *a = t->im->arena;
    date day;
    *out = text;
    switch (f->kind) {
    case FIELD_DATE:
        switch (import_date(text, &day)) {
        case IMPORT_AMBIGUOUS:
            return "may be two days: which comes first, the day or the month?";
        case IMPORT_NO_DATE:
            return "is no day";
        case IMPORT_DATE:
            *out = date_iso(a, day);
        }
        return NULL;
    case FIELD_DURATION:
        return import_duration(a, text, out) ? NULL : "is no length of time";
    case FIELD_BOOL:
        return read_bool(a, text, out) ? NULL : "is neither yes nor no";
    case FIELD_INT:
    case FIELD_NUMBER:
        return read_number(a, f, text, out) ? NULL : "is no number that fits";
    case FIELD_ENUM:
        return read_word(a, f, text, out) ? NULL : "is none of the words for it";
    case FIELD_REF:
        return read_reference(t, f, text, out) ? NULL : "is neither an id nor a name that is here";
    case FIELD_MOMENT:
        return "is left as it is: moments are not read from tables";
    case FIELD_TEXT:
    case FIELD_CODE:
        return str_find_char(text, '\n', 0) == SIZE_MAX ? NULL : "has several lines";
    default:
        return NULL;
    }
}

/* -- One record ----------------------------------------------------------------------------- */

/* In words that are Markdown, and stay what they are. */
static void keep_in_notes(struct table_reader *t, const struct column *c, str text)
{
    buf_add(&t->notes, t->notes.n != 0 ? S("\n\n") : S(""));
    escape_markdown(&t->notes, c->heading);
    buf_lit(&t->notes, ": ");
    escape_markdown(&t->notes, text);
}

static void misfit(struct table_reader *t, size_t i, str text, const char *why)
{
    import_note(t->im, t->item, t->cells[i].line, t->columns[i].heading,
                "kept in `notes`: '" STR_FMT "' %s", STR_ARG(diag_quote(text)), why);
    t->item->notes[t->item->note_count - 1].col = t->cells[i].col;
    keep_in_notes(t, &t->columns[i], text);
}

/* Values of a field that holds many are parted by semicolons or lines, references by commas too. */
static size_t part_end(str text, const struct field_def *f)
{
    size_t i = 0;
    bool is_many = f->count == FIELD_MANY;
    while (i < text.n && !(is_many && (text.p[i] == ';' || text.p[i] == '\n' ||
                                       (text.p[i] == ',' && f->kind == FIELD_REF))))
        i++;
    return i;
}

/* The values that fit, in quotes with commas between; "" when none does. */
static str values_of(struct table_reader *t, size_t i, const struct field_def *f)
{
    struct buf b = buf_in(t->im->arena, 64);
    for (str rest = str_trim(t->cells[i].text); rest.n != 0;) {
        size_t end = part_end(rest, f);
        str text = str_trim(str_from_to(rest, 0, end)), value;
        rest = str_skip(rest, end + 1);
        if (text.n == 0)
            continue;
        const char *why = read_value(t, f, text, &value);
        if (why != NULL) {
            misfit(t, i, text, why);
            continue;
        }
        buf_add(&b, b.n != 0 ? S(", ") : S(""));
        record_put_quoted(&b, value);
    }
    if (f->count != FIELD_MANY || b.n == 0)
        return buf_str(&b);
    return str_fmt(t->im->arena, "[" STR_FMT "]", STR_ARG(buf_str(&b)));
}

static bool is_own_id(const struct table_reader *t, str id)
{
    str prefix = t->type->prefix;
    bool is_fine = prefix.n != 0 && str_starts(id, prefix) && id.n > prefix.n + 1 && id.n <= 40 &&
                   id.p[prefix.n] == '-' && ascii_is_alnum(id.p[id.n - 1]);
    for (size_t i = 0; i < id.n; i++)
        is_fine &= ascii_is_alnum(id.p[i]) || id.p[i] == '-' || id.p[i] == '.' || id.p[i] == '_';
    return is_fine;
}

static str next_id(struct table_reader *t)
{
    str id;
    do
        id = str_fmt(t->im->arena, STR_FMT "-%03lu", STR_ARG(t->type->prefix), ++t->last);
    while (!import_take_code(t->im, &t->ids, id));
    return id;
}

static str settle_id(struct table_reader *t)
{
    for (size_t i = 0; i < t->cell_count && i < t->column_count; i++) {
        str id = str_trim(t->cells[i].text);
        if (t->columns[i].field != field_of(t->type, S("id")) || id.n == 0)
            continue;
        if (is_own_id(t, id) && import_take_code(t->im, &t->ids, id))
            return id;
        misfit(t, i, id,
               is_own_id(t, id) ? "is taken; a new id was made"
                                : "is no id of this type; one was made");
    }
    return next_id(t);
}

/* The columns of one part stand together, as one map. */
static void put_part(struct table_reader *t, const struct field_def *f)
{
    struct buf b = buf_in(t->im->arena, 64);
    for (size_t i = 0; i < t->column_count && i < t->cell_count; i++) {
        if (t->columns[i].field != f || t->columns[i].inner == NULL)
            continue;
        str values = values_of(t, i, t->columns[i].inner);
        if (values.n != 0)
            buf_fmt(&b, "%s" STR_FMT ": " STR_FMT, b.n != 0 ? ", " : "",
                    STR_ARG(t->columns[i].inner->key), STR_ARG(values));
    }
    bool is_many = f->count == FIELD_MANY;
    if (b.n != 0)
        buf_fmt(&t->out, "  " STR_FMT ": %s{" STR_FMT "}%s\n", STR_ARG(f->key), is_many ? "[" : "",
                STR_ARG(buf_str(&b)), is_many ? "]" : "");
}

static void put_columns(struct table_reader *t, bool *has)
{
    for (size_t i = 0; i < t->column_count && i < t->cell_count; i++) {
        const struct field_def *f = t->columns[i].field;
        bool is_blank = str_is_blank(t->cells[i].text);
        if (f == NULL && !is_blank)
            keep_in_notes(t, &t->columns[i], str_trim(t->cells[i].text));
        if (f == NULL || is_blank || f == field_of(t->type, S("id")))
            continue;
        if (str_eq(f->key, S("notes"))) {
            keep_in_notes(t, &t->columns[i], str_trim(t->cells[i].text));
            continue;
        }
        if (t->columns[i].inner != NULL) {
            if (!has[f - t->type->fields])
                put_part(t, f);
            has[f - t->type->fields] = true;
            continue;
        }
        str values = values_of(t, i, f);
        if (values.n == 0)
            continue;
        buf_fmt(&t->out, "  " STR_FMT ": " STR_FMT "\n", STR_ARG(f->key), STR_ARG(values));
        has[f - t->type->fields] = true;
    }
}

static void tell_missing(struct table_reader *t, str id, const bool *has)
{
    for (size_t i = 0; i < t->type->field_count; i++) {
        const struct field_def *f = &t->type->fields[i];
        if (f->need == FIELD_MUST && !has[i] && !str_eq(f->key, S("id")))
            import_note(t->im, t->item, t->cells[0].line, f->key,
                        "still an error: '" STR_FMT "' needs it", STR_ARG(id));
    }
}

static void put_record(struct table_reader *t)
{
    bool *has = NEW_ARRAY(t->im->arena, bool, t->type->field_count);
    t->notes.n = 0;
    for (size_t i = t->column_count; i < t->cell_count; i++)
        if (!str_is_blank(t->cells[i].text)) {
            import_note(t->im, t->item, t->cells[i].line, S("table"),
                        "kept in `notes`: a cell beyond the last heading");
            keep_in_notes(t, &(struct column){.heading = S("Beyond the headings")},
                          t->cells[i].text);
        }
    str id = settle_id(t);
    buf_fmt(&t->out, "- id: " STR_FMT "\n", STR_ARG(id));
    put_columns(t, has);
    if (t->notes.n != 0) {
        buf_lit(&t->out, "  notes: ");
        for (str line, rest = buf_str(&t->notes), first = rest; str_line(&rest, &line);)
            buf_fmt(&t->out, "%s%s" STR_FMT "\n", line.p == first.p ? "|-2\n" : "",
                    line.n != 0 ? "    " : "", STR_ARG(line));
    }
    tell_missing(t, id, has);
    t->item->count++;
}

/* -- The whole table ----------------------------------------------------------------------------
 */

/* Ids by their addresses, records by type and name. A name that two have is nobody's. */
static void know_model(struct table_reader *t)
{
    for (size_t i = 0; i < t->model->all.count; i++) {
        struct record *r = t->model->all.items[i];
        import_take_code(t->im, &t->ids, r->id);
        map_put(&t->ids,
                str_fmt(t->im->arena, "%zu " STR_FMT, r->type->number,
                        STR_ARG(str_lower(t->im->arena, r->title))),
                r);
    }
    t->last = strtoul(str_c(t->im->arena, str_skip(record_next_id(t->im->arena, t->model,
                                                                  (enum type_id)t->type->number),
                                                   t->type->prefix.n + 1)),
                      NULL, 10) -
              1;
}

static bool find_type(struct table_reader *t, const struct workspace *w)
{
    const char *name = t->im->options->as_type;
    t->type = name != NULL ? schema_type(w->model->schema, str_from(name)) : NULL;
    if (t->type != NULL && (t->type->is_part || t->type->prefix.n == 0 ||
                            t->type->number == TYPE_WORKSPACE || t->type->number == TYPE_COMMON))
        t->type = NULL;
    if (t->type == NULL)
        fprintf(stderr,
                name == NULL ? "continuo import: what is in the table? Name a type with --as\n"
                             : "continuo import: there is no type '%s' of records\n",
                name);
    return t->type != NULL;
}

/* Line ends that only YAML sees become blanks; places stay. */
static str without_odd_lines(struct arena *a, str text)
{
    char *copy = str_c(a, text);
    for (size_t i = 0; i + 2 < text.n; i++)
        if (memcmp(copy + i, "\xE2\x80\xA8", 3) == 0 || memcmp(copy + i, "\xE2\x80\xA9", 3) == 0)
            copy[i] = copy[i + 1] = copy[i + 2] = ' ';
    return (str){copy, text.n};
}

static int read_table(struct table_reader *t, str bytes)
{
    struct import *im = t->im;
    str encoding, name = path_name(str_from(im->from)), ending = path_extension(name);
    t->text = without_odd_lines(im->arena, import_text(im->arena, bytes, &encoding));
    t->delimiter = delimiter_of(t->text);
    if (encoding.n != 0)
        import_note(im, t->item, 0, S("encoding"), "was " STR_FMT, STR_ARG(encoding));
    if (!read_head(t))
        return EXIT_USAGE;
    buf_fmt(&t->out, "# Imported from " STR_FMT "\n", STR_ARG(path_slug(im->arena, name)));
    while (read_row(t))
        if (!is_blank_row(t) && t->item->count < ROWS_MAX)
            put_record(t);
    str stem = path_slug(im->arena, str_from_to(name, 0, name.n - ending.n - (ending.n != 0)));
    t->item->kind = t->type->key;
    t->item->title =
        str_fmt(im->arena, "%zu record%s", t->item->count, t->item->count == 1 ? "" : "s");
    t->item->bytes = buf_str(&t->out);
    if (t->item->count != 0)
        t->item->target =
            str_fmt(im->arena, "records/" STR_FMT "/" STR_FMT ".yaml", STR_ARG(t->type->key),
                    STR_ARG(stem.n != 0 ? stem : S("imported")));
    return EXIT_OK;
}

int import_records(struct import *im)
{
    struct workspace w = {0};
    if (!workspace_load(&w, im->options) || diags_machine_failed(w.diags))
        return workspace_report(&w, im->options);
    model_link(w.model);
    struct table_reader *t = NEW(im->arena, struct table_reader);
    *t = (struct table_reader){.im = im,
                               .model = w.model,
                               .line = 1,
                               .col = 1,
                               .ids = map_in(im->arena),
                               .out = buf_in(im->arena, 4096),
                               .notes = buf_in(im->arena, 256)};
    if (!find_type(t, &w))
        return EXIT_USAGE;
    struct file_read r = file_read_any(im->arena, im->from, YAML_BYTES_MAX);
    if (r.fault != FILE_OK) {
        fprintf(stderr, "continuo import: '%s' cannot be read as a file of at most %d bytes\n",
                im->from, YAML_BYTES_MAX);
        return EXIT_MACHINE;
    }
    t->item = import_item(im, path_name(str_from(im->from)));
    know_model(t);
    return read_table(t, r.text);
}
