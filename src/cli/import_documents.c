/* cli/import_documents: existing Markdown becomes controlled documents, in the folders it had. */
#include "cli/import_int.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "check/check.h"
#include "check/rules.h"
#include "cli/record_write.h"
#include "derive/derive.h"
#include "form/doc/doc.h"
#include "load/load.h"
#include "text/font.h"
#include "text/md.h"
#include "text/rules.h"

enum {
    ROUNDS_MAX = 5, /* a link inside a link shows when the outer one is text */
    FIXES_MAX = 10 * 1000,
    FRONT_BYTES_MAX = 64 * 1024, /* our own, before the text */
};

/* -- What is there -------------------------------------------------------------------- */

static bool is_markdown(str name)
{
    str e = path_extension(name);
    return str_eq(e, S("md")) || str_eq(e, S("markdown")) || str_eq(e, S("mdown")) ||
           str_eq(e, S("mdx"));
}

static bool is_picture(str name, str bytes)
{
    str e = path_extension(name);
    bool is_png = str_eq(e, S("png")), is_jpeg = str_eq(e, S("jpg")) || str_eq(e, S("jpeg"));
    return (is_png && str_starts(bytes, S("\x89PNG\r\n\x1A\n"))) ||
           (is_jpeg && str_starts(bytes, S("\xFF\xD8\xFF")));
}

static const char *fault_of(const struct file_read *r)
{
    static const char *const words[] = {
        [FILE_OK] = "",
        [FILE_ERRNO] = "it cannot be read",
        [FILE_LINK] = "it is a symbolic link",
        [FILE_KIND] = "it is no regular file",
        [FILE_TOO_LARGE] = "it is too large",
        [FILE_CHANGED] = "it changed while it was read",
    };
    return words[r->fault];
}

/* Names that every system can store; else as near to them as can be. */
static str name_that_works(struct arena *a, str name)
{
    str ending = path_extension(name), stem = name;
    if (path_name_fault(name) == NULL)
        return name;
    if (ending.n != 0)
        stem = str_from_to(name, 0, name.n - ending.n - 1);
    str slug = path_slug(a, stem);
    slug = str_from_to(slug, 0, slug.n < 100 ? slug.n : 100);
    return str_fmt(a, "file-" STR_FMT "%s" STR_FMT, STR_ARG(slug), ending.n != 0 ? "." : "",
                   STR_ARG(path_slug(a, ending)));
}

static str path_that_works(struct arena *a, str path)
{
    str out = S("");
    for (str part; path.n != 0;) {
        path = str_cut(path, '/', &part);
        out = path_join(a, out, name_that_works(a, part));
    }
    return out;
}

/* Two files that would get one name: the second says which it is. */
static str free_target(struct import *im, struct map *taken, const char *folder, str path,
                       const char *ending)
{
    str extension = path_extension(path);
    str stem = ending != NULL ? str_from_to(path, 0, path.n - extension.n - 1) : path;
    for (size_t nth = 1;; nth++) {
        str number = nth == 1 ? S("") : str_fmt(im->arena, "-%zu", nth);
        str target =
            str_fmt(im->arena, "%s/" STR_FMT "/" STR_FMT STR_FMT "%s", folder, STR_ARG(im->into),
                    STR_ARG(stem), STR_ARG(number), ending != NULL ? ending : "");
        if (map_put(taken, str_lower(im->arena, target), im) == NULL)
            return target;
    }
}

static void take_file(struct import *im, struct map *taken, str source)
{
    struct import_item *it = import_item(im, source);
    bool is_text = is_markdown(source);
    struct file_read r =
        file_read(im->arena, im->root, source,
                  is_text ? MD_BYTES_MAX - FRONT_BYTES_MAX : LOAD_EMBEDDED_BYTES_MAX);
    str path = path_that_works(im->arena, source);
    if (r.fault != FILE_OK) {
        import_note(im, it, 0, S("file"), "left out: %s", fault_of(&r));
        return;
    }
    if (!str_eq(path, source))
        import_note(im, it, 0, S("name"), "changed: it cannot be used on every system");
    it->bytes = r.text;
    it->kind = is_text ? S("document") : is_picture(source, r.text) ? S("picture") : S("file");
    it->target = free_target(im, taken, str_eq(it->kind, S("file")) ? "files" : "documents", path,
                             is_text ? ".md" : NULL);
    if (str_eq(it->kind, S("file")))
        import_note(im, it, 0, S("file"), "no Markdown and no picture: kept in content/files");
}

static void take_folder(struct import *im, struct map *taken, str folder, int depth)
{
    struct dir_item *entries;
    size_t count;
    if (dir_list_all(im->arena, im->root, folder, &entries, &count) != 0) {
        import_note(im, import_item(im, folder), 0, S("folder"), "left out: it cannot be listed");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        str path = path_join(im->arena, folder, entries[i].name);
        bool is_folder = entries[i].kind == DIR_FOLDER;
        if (entries[i].name.p[0] == '.')
            import_note(im, import_item(im, path), 0, S("file"), "left out: its name is hidden");
        else if (im->count >= IMPORT_FILES_MAX || (is_folder && depth == IMPORT_DEPTH_MAX - 2))
            import_note(im, import_item(im, path), 0, S("file"), "left out: too many, or too deep");
        else if (is_folder)
            take_folder(im, taken, path, depth + 1);
        else
            take_file(im, taken, path);
    }
}

/* -- Which kind of document it is ----------------------------------------------------- */

static const struct field_def *field(const struct model *m, const char *key)
{
    const struct type_def *t = m->schema->types[TYPE_DOCUMENT];
    size_t slot = type_field(t, str_from(key));
    return &t->fields[slot];
}

static bool is_word_of(const struct field_def *f, str word)
{
    for (size_t i = 0; i < f->word_count; i++)
        if (str_eq(f->words[i], word))
            return true;
    return false;
}

/* -- Its front matter ----------------------------------------------------------------- */

enum meaning {
    MEANS_ID,
    MEANS_TITLE,
    MEANS_VERSION,
    MEANS_DATE,
    MEANS_KIND,
    MEANS_CLASS,
    MEANS_LANGUAGE,
    MEANS_REVIEW,
    MEANING_COUNT
};

/* Keys of the wild, lower case, '_' for '-' and blanks. */
static const struct {
    const char *key;
    enum meaning meaning;
} front_key[] = {
    {"id", MEANS_ID},
    {"code", MEANS_ID},
    {"document_id", MEANS_ID},
    {"doc_id", MEANS_ID},
    {"document_number", MEANS_ID},
    {"reference", MEANS_ID},
    {"title", MEANS_TITLE},
    {"name", MEANS_TITLE},
    {"subject", MEANS_TITLE},
    {"version", MEANS_VERSION},
    {"revision", MEANS_VERSION},
    {"majorrevision", MEANS_VERSION},
    {"version_date", MEANS_DATE},
    {"date", MEANS_DATE},
    {"updated", MEANS_DATE},
    {"last_updated", MEANS_DATE},
    {"lastmod", MEANS_DATE},
    {"last_modified", MEANS_DATE},
    {"last_modified_date", MEANS_DATE},
    {"modified", MEANS_DATE},
    {"kind", MEANS_KIND},
    {"type", MEANS_KIND},
    {"doc_type", MEANS_KIND},
    {"document_type", MEANS_KIND},
    {"category", MEANS_KIND},
    {"class", MEANS_CLASS},
    {"classification", MEANS_CLASS},
    {"lang", MEANS_LANGUAGE},
    {"language", MEANS_LANGUAGE},
    {"next_review", MEANS_REVIEW},
    {"review_date", MEANS_REVIEW},
    {"review_by", MEANS_REVIEW},
};

struct reading {
    struct import *im;
    struct import_item *item;
    const struct model *model;
    str value[MEANING_COUNT]; /* as it will be written; "": nothing fits */
    struct buf comment;       /* what found no place */
};

static bool meaning_of(struct arena *a, str key, enum meaning *meaning)
{
    char *plain = str_c(a, str_lower(a, key));
    for (char *c = plain; *c != 0; c++)
        if (*c == '-' || *c == ' ')
            *c = '_';
    for (size_t i = 0; i < COUNT_OF(front_key); i++)
        if (strcmp(front_key[i].key, plain) == 0) {
            *meaning = front_key[i].meaning;
            return true;
        }
    return false;
}

static bool is_language(str value)
{
    bool fine = value.n >= 2 && value.n <= 11 && ascii_is_alpha(value.p[0]);
    for (size_t i = 0; i < value.n; i++)
        fine &= ascii_is_alnum(value.p[i]) || value.p[i] == '-';
    return fine;
}

static const char *take_day(struct reading *r, enum meaning meaning, str value)
{
    date day;
    switch (import_date(value, &day)) {
    case IMPORT_DATE:
        r->value[meaning] = date_iso(r->im->arena, day);
        return NULL;
    case IMPORT_AMBIGUOUS:
        return "may be two days: which comes first, the day or the month?";
    default:
        return "is no day that can be read";
    }
}

/* Why the value does not fit its meaning; NULL: it does. */
static const char *take_value(struct reading *r, enum meaning meaning, str value)
{
    struct arena *a = r->im->arena;
    str lower = str_lower(a, value);
    value = str_trim(value);
    if (r->value[meaning].n != 0)
        return "says the same thing again";
    if (value.n == 0)
        return "is empty";
    if (meaning == MEANS_DATE || meaning == MEANS_REVIEW)
        return take_day(r, meaning, value);
    if (meaning == MEANS_ID && !import_is_code(r->model, value))
        return "is no code for a document";
    if (meaning == MEANS_KIND || meaning == MEANS_CLASS) {
        if (!is_word_of(field(r->model, meaning == MEANS_KIND ? "kind" : "class"), lower))
            return "is none of the words for it";
        value = lower;
    }
    if (meaning == MEANS_LANGUAGE && !is_language(value))
        return "is no language";
    if (str_find_char(value, '\n', 0) != SIZE_MAX)
        return "has several lines";
    r->value[meaning] = value;
    return NULL;
}

/* One line of a comment for each line; nothing in it that YAML would not read. */
static void put_comment(struct buf *out, str text)
{
    buf_lit(out, "#   ");
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        bool is_line = c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029;
        bool is_odd = c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0) || c == 0xFEFF ||
                      (c & 0xFFFE) == 0xFFFE;
        if (is_line)
            buf_lit(out, "\n#   ");
        else if (is_odd)
            buf_char(out, ' ');
        else
            buf_add(out, str_from_to(text, from, at));
    }
    buf_char(out, '\n');
}

static void keep_pair(struct reading *r, const struct front_pair *p, const char *why)
{
    put_comment(&r->comment,
                str_fmt(r->im->arena, STR_FMT ": " STR_FMT, STR_ARG(p->key), STR_ARG(p->value)));
    import_note(r->im, r->item, p->line, p->key, "kept as a comment: '" STR_FMT "' %s",
                STR_ARG(diag_quote(p->value)), why);
}

static void read_front(struct reading *r, const struct front *f)
{
    for (size_t i = 0; i < f->count; i++) {
        enum meaning meaning;
        const struct front_pair *p = &f->pairs[i];
        const char *why = meaning_of(r->im->arena, p->key, &meaning)
                              ? take_value(r, meaning, p->value)
                              : "has no field here";
        if (why != NULL && f->raw.n == 0) /* else all of it is kept below */
            keep_pair(r, p, why);
    }
    if (f->raw.n == 0)
        return;
    put_comment(&r->comment, f->raw);
    import_note(r->im, r->item, 1, S("front matter"),
                "kept as a comment: it is not plain YAML; what could be read was used");
}

/* -- One document --------------------------------------------------------------------- */

static str first_heading(struct arena *a, str body)
{
    struct arena *scratch = arena_new("headings", 1024 * 1024 * 1024);
    struct diags *d = diags_new(scratch);
    uint32_t file = diags_source(d, S("text"), body);
    str title = S("");
    int level = 7;
    struct md_node *tree = md_parse(scratch, d, body, file, 0, NULL);
    for (const struct md_node *n = tree->first; n != NULL; n = n->next)
        if (n->kind == MD_HEADING && n->heading.level < level) {
            str words = str_trim(md_text(scratch, n));
            title = words.n != 0 ? str_dup(a, words) : title;
            level = words.n != 0 ? n->heading.level : level;
        }
    arena_free(scratch);
    return title;
}

static str title_of_name(struct arena *a, str source)
{
    str name = path_name(source), ending = path_extension(name);
    char *title = str_c(a, str_from_to(name, 0, name.n - ending.n - (ending.n != 0)));
    for (char *c = title; *c != 0; c++)
        if (*c == '-' || *c == '_')
            *c = ' ';
    return str_from(title);
}

static str settle_title(struct reading *r, str body)
{
    if (r->value[MEANS_TITLE].n != 0)
        return r->value[MEANS_TITLE];
    str heading = first_heading(r->im->arena, body);
    if (heading.n != 0)
        return heading;
    import_note(r->im, r->item, 0, S("title"), "from the name of the file: it has no heading");
    return title_of_name(r->im->arena, r->item->source);
}

/* Braces of another template language stay what they are: ours takes other marks here. */
static str with_plain_braces(struct reading *r, str body)
{
    static const char *const marks[][2] = {
        {"<%", "%>"}, {"<|", "|>"}, {"((%", "%))"}, {"@@(", ")@@"}};
    if (str_find(body, S("{{"), 0) == SIZE_MAX)
        return body;
    for (size_t i = 0; i < COUNT_OF(marks); i++)
        if (str_find(body, str_from(marks[i][0]), 0) == SIZE_MAX) {
            import_note(r->im, r->item, 0, S("{{"), "stays as text; the first line says so");
            return str_fmt(r->im->arena, "{{=%s %s=}}\n" STR_FMT, marks[i][0], marks[i][1],
                           STR_ARG(body));
        }
    return body;
}

static void put_front(struct reading *r, struct buf *out)
{
    struct import_item *it = r->item;
    buf_lit(out, "---\n");
    buf_fmt(out, "id: " STR_FMT "\n", STR_ARG(it->id));
    record_put_line(out, "title", it->title);
    buf_fmt(out, "kind: " STR_FMT "\n", STR_ARG(it->kind));
    if (r->value[MEANS_CLASS].n != 0)
        buf_fmt(out, "class: " STR_FMT "\n", STR_ARG(r->value[MEANS_CLASS]));
    record_put_line(out, "version", r->value[MEANS_VERSION]);
    buf_fmt(out, "version_date: " STR_FMT "\n", STR_ARG(r->value[MEANS_DATE]));
    if (r->value[MEANS_REVIEW].n != 0)
        buf_fmt(out, "next_review: " STR_FMT "\n", STR_ARG(r->value[MEANS_REVIEW]));
    if (r->value[MEANS_LANGUAGE].n != 0)
        buf_fmt(out, "language: " STR_FMT "\n", STR_ARG(r->value[MEANS_LANGUAGE]));
    buf_lit(out, "# Imported from:\n");
    put_comment(out, it->source);
    if (r->comment.n != 0)
        buf_lit(out, "# What its front matter said besides:\n");
    buf_add(out, buf_str(&r->comment));
    buf_lit(out, "---\n");
}

static void use_as_of(struct reading *r)
{
    date own;
    bool is_known = r->value[MEANS_DATE].n != 0 && date_parse(r->value[MEANS_DATE], &own);
    if (is_known && own <= r->model->as_of)
        return;
    import_note(r->im, r->item, 0, S("version_date"),
                is_known ? "the as-of day: what the file says is still to come"
                         : "the as-of day: the file names none");
    r->value[MEANS_DATE] = date_iso(r->im->arena, r->model->as_of);
}

/* Front matter and text as they are read; links come later, when every file has its place. */
static void read_document(struct import *im, const struct model *m, struct import_item *it,
                          struct map *codes, struct map *series)
{
    struct reading r = {.im = im, .item = it, .model = m, .comment = buf_in(im->arena, 256)};
    str encoding, text = import_text(im->arena, it->bytes, &encoding);
    struct front f = import_front(im->arena, text);
    str body = str_skip(text, f.body);
    if (encoding.n != 0)
        import_note(im, it, 0, S("encoding"), "was " STR_FMT, STR_ARG(encoding));
    read_front(&r, &f);
    it->title = settle_title(&r, body);
    it->kind = r.value[MEANS_KIND];
    if (it->kind.n == 0)
        import_guess_kind(im, it);
    it->id = r.value[MEANS_ID];
    if (it->id.n != 0 && !import_take_code(im, codes, it->id)) {
        import_note(im, it, 0, S("id"), "'" STR_FMT "' is taken", STR_ARG(it->id));
        put_comment(&r.comment, str_fmt(im->arena, "id: " STR_FMT, STR_ARG(it->id)));
        it->id = S("");
    }
    struct series *s = import_series(im, m, series, it->kind);
    while (it->id.n == 0) {
        str next =
            str_fmt(im->arena, STR_FMT "-%0*lu", STR_ARG(s->prefix), (int)s->digits, ++s->last);
        it->id = import_take_code(im, codes, next) ? next : S("");
    }
    if (r.value[MEANS_VERSION].n == 0) {
        r.value[MEANS_VERSION] = S("0.1");
        import_note(im, it, 0, S("version"), "0.1: the file names none");
    }
    use_as_of(&r);
    struct buf out = buf_in(im->arena, text.n + 1024);
    put_front(&r, &out);
    it->count = 1;
    it->body = out.n;
    str plain = with_plain_braces(&r, body);
    it->lines_gained =
        (int64_t)import_lines(buf_str(&out)) + (plain.n != body.n ? 1 : 0) - (int64_t)f.line;
    buf_add(&out, plain);
    if (out.p[out.n - 1] != '\n')
        buf_char(&out, '\n');
    it->bytes = buf_str(&out);
}

static void settle_links(struct import *im, struct import_item *it)
{
    uint32_t before = import_lines(str_from_to(it->bytes, 0, it->body));
    str body = import_links(im, it, str_skip(it->bytes, it->body),
                            (uint32_t)((int64_t)before - it->lines_gained));
    struct buf out = buf_in(im->arena, it->body + body.n);
    buf_add(&out, str_from_to(it->bytes, 0, it->body));
    buf_add(&out, body);
    it->bytes = buf_str(&out);
}

/* -- What the checks say, before anything is written ---------------------------------- */

static bool is_document(const struct import_item *it)
{
    return it->target.n != 0 && it->id.n != 0;
}

static int by_size(const void *a, const void *b)
{
    const size_t *left = a, *right = b;
    return *left < *right ? -1 : *left > *right;
}

/* What can be made plain text is noted for it; in the last round all else is told. */
static void take_finding(struct import *im, const struct diags *d, const struct diag_view *v,
                         struct import_item *it, bool is_last)
{
    bool is_link = v->rule == TEXT_RULE(MD_LINK) || v->rule == CHECK_RULE(DANGLING);
    int64_t place = (int64_t)diags_line_number(d, v->at) - it->lines_gained;
    uint32_t line = place > 0 ? (uint32_t)place : 0;
    if (is_last) {
        import_note(im, it, line, str_from(v->rule->id), "still an error: " STR_FMT,
                    STR_ARG(v->text));
    } else if (is_link && it->place_count < FIXES_MAX) {
        PUSH(im->arena, it->places, it->place_count, it->place_cap, size_t) = v->at.off;
        import_note(im, it, line, S("link"), "stays as text: " STR_FMT, STR_ARG(v->text));
    }
}

/* Gives whether any text became another one. `of_file` tells whose text a source is. */
static bool mend_all(struct import *im, const struct diags *d, struct import_item *const *of_file,
                     size_t file_count, bool is_last)
{
    bool has_changed = false;
    for (size_t i = 0; i < diags_kept(d); i++) {
        struct diag_view v = diags_at(d, i);
        if (v.severity == SEVERITY_ERROR && v.at.file < file_count && of_file[v.at.file] != NULL)
            take_finding(im, d, &v, of_file[v.at.file], is_last);
    }
    for (size_t i = 0; i < im->count; i++) {
        struct import_item *it = im->items[i];
        size_t done = 0;
        if (it->place_count == 0)
            continue;
        qsort(it->places, it->place_count, sizeof *it->places, by_size);
        it->bytes = import_as_text(im->arena, it->bytes, it->places, it->place_count, &done);
        it->place_count = 0;
        has_changed |= done != 0;
    }
    return has_changed;
}

/* Reads the workspace and all that would be added to it. */
static bool check_all(struct import *im, bool is_last)
{
    struct workspace w = {0};
    bool has_changed = false;
    if (!workspace_load(&w, im->options))
        return false;
    struct record **records = NEW_ARRAY(im->arena, struct record *, im->count + 1);
    size_t file_count = 0;
    for (size_t i = 0; i < im->count; i++)
        if (is_document(im->items[i])) {
            records[i] = load_document_text(w.model, w.diags, S("content"), im->items[i]->target,
                                            im->items[i]->bytes);
            file_count = records[i]->span.file + 1; /* sources are numbered as they come */
        }
    struct import_item **of_file = NEW_ARRAY(im->arena, struct import_item *, file_count + 1);
    for (size_t i = 0; i < im->count; i++)
        if (is_document(im->items[i]))
            of_file[records[i]->span.file] = im->items[i];
    derive_settle(w.model);
    check_structure(w.model, w.diags);
    derive_facts(w.model);
    struct doc_world world = {
        .model = w.model, .content = w.content, .fonts = font_open(w.arena, w.diags)};
    for (size_t i = 0; i < im->count && world.fonts != NULL; i++)
        if (is_document(im->items[i]))
            doc_assemble(w.arena, w.diags, &world, records[i]);
    has_changed = mend_all(im, w.diags, of_file, file_count, is_last);
    close(w.content);
    arena_free(w.arena);
    return has_changed;
}

static void check_in_rounds(struct import *im)
{
    for (int round = 0; round < ROUNDS_MAX && check_all(im, false); round++)
        ;
    check_all(im, true);
}

/* -- All of them ---------------------------------------------------------------------- */

int import_documents(struct import *im)
{
    struct workspace w = {0};
    struct map taken = map_in(im->arena), codes = map_in(im->arena), series = map_in(im->arena);
    if (!workspace_load(&w, im->options) || diags_machine_failed(w.diags))
        return workspace_report(&w, im->options);
    model_link(w.model);
    for (size_t i = 0; i < w.model->all.count; i++)
        import_take_code(im, &codes, w.model->all.items[i]->id);
    take_folder(im, &taken, S(""), 0);
    for (size_t i = 0; i < im->count; i++)
        if (str_eq(im->items[i]->kind, S("document")) && im->items[i]->target.n != 0)
            read_document(im, w.model, im->items[i], &codes, &series);
    for (size_t i = 0; i < im->count; i++)
        if (is_document(im->items[i]))
            map_put(&im->by_id, im->items[i]->id, im->items[i]);
    for (size_t i = 0; i < im->count; i++)
        if (is_document(im->items[i]))
            settle_links(im, im->items[i]);
    check_in_rounds(im);
    return EXIT_OK;
}
