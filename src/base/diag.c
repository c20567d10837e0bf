/* base/diag: collects findings and packs them for the way between processes. */
#include "base/diag_int.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/fatal.h"
#include "base/file.h"

/* Findings kept; beyond that only counted, or 100,000 slips would fill memory. */
enum { FINDINGS_MAX = 20000, QUOTE_BYTES_MAX = 80 };

const struct rule diag_rule_os = {
    .id = "OS",
    .severity = SEVERITY_ERROR,
    .clause = "",
    .title = "The machine must let continuo read and write",
    .why = "Nothing is half-written: the previous output stays as it was.",
    .mend = "look at permissions, free space and the path, then run again",
};

struct diags *diags_new(struct arena *a)
{
    struct diags *d = NEW(a, struct diags);
    d->arena = a;
    d->source_of_path = map_in(a);
    return d;
}

struct diags *diags_child(struct arena *a, const struct diags *parent)
{
    if (parent->parent != NULL)
        parent = parent->parent;
    struct diags *d = diags_new(a);
    d->parent = parent;
    d->parent_sources = parent->source_count;
    return d;
}

static size_t sources_known(const struct diags *d)
{
    return d->parent_sources + d->source_count;
}

static const struct source *source_find(const struct diags *d, str path)
{
    const struct source *known = d->parent ? map_find(&d->parent->source_of_path, path) : NULL;
    return known ? known : map_find(&d->source_of_path, path);
}

uint32_t diags_source(struct diags *d, str path, str text)
{
    const struct source *known = source_find(d, path);
    if (known != NULL)
        return known->number;
    struct source *s = NEW(d->arena, struct source);
    s->path = path;
    s->text = text;
    s->number = (uint32_t)(sources_known(d) + 1);
    PUSH(d->arena, d->sources, d->source_count, d->source_cap, struct source *) = s;
    map_put(&d->source_of_path, path, s);
    return s->number;
}

static struct source *source_of(const struct diags *d, uint32_t file)
{
    assert(file != 0 && file <= sources_known(d));
    if (file <= d->parent_sources)
        return d->parent->sources[file - 1];
    return d->sources[file - 1 - d->parent_sources];
}

str diags_source_path(const struct diags *d, uint32_t file)
{
    return file == 0 ? S("") : source_of(d, file)->path;
}

str diags_source_text(const struct diags *d, uint32_t file)
{
    return file == 0 ? S("") : source_of(d, file)->text;
}

static void find_lines(struct arena *a, struct source *s)
{
    size_t count = 1;
    for (size_t i = 0; i < s->text.n; i++)
        count += s->text.p[i] == '\n';
    s->line_off = NEW_ARRAY(a, uint32_t, count);
    s->line_count = 1;
    for (size_t i = 0; i < s->text.n; i++)
        if (s->text.p[i] == '\n')
            s->line_off[s->line_count++] = (uint32_t)(i + 1);
}

/* The last line that begins at or before `off`, from 0. */
static size_t line_of(const struct source *s, size_t off)
{
    size_t low = 0, high = s->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (s->line_off[middle] <= off)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Printing asks in order: a line of megabytes is walked once, not once a finding. */
static uint32_t column_of(struct source *s, size_t line, size_t off)
{
    if (s->last_col == 0 || s->last_line != line || s->last_off > off) {
        s->last_line = (uint32_t)line;
        s->last_off = s->line_off[line];
        s->last_col = 1;
    }
    s->last_col += (uint32_t)utf8_count(str_from_to(s->text, s->last_off, off));
    s->last_off = (uint32_t)off;
    return s->last_col;
}

/* Lives as long as the source. */
static struct source *source_with_lines(const struct diags *d, uint32_t file)
{
    struct source *s = source_of(d, file);
    if (s->line_off == NULL)
        find_lines(file <= d->parent_sources ? d->parent->arena : d->arena, s);
    return s;
}

struct line_view diags_line(const struct diags *d, struct span at)
{
    if (at.file == 0)
        return (struct line_view){.line = 1, .col = 1};
    struct source *s = source_with_lines(d, at.file);
    size_t off = at.off < s->text.n ? at.off : s->text.n, line = line_of(s, off);
    size_t start = s->line_off[line];
    size_t end = line + 1 < s->line_count ? s->line_off[line + 1] - 1 : s->text.n;
    struct line_view v = {.line = (uint32_t)line + 1, .col = column_of(s, line, off)};
    v.off = off - start;
    v.len = at.len < end - off ? at.len : end - off;
    if (end > off && s->text.p[end - 1] == '\r')
        end--;
    v.text = str_from_to(s->text, start, end);
    return v;
}

void diags_place(const struct diags *d, struct span at, uint32_t *line, uint32_t *col)
{
    struct line_view v = diags_line(d, at);
    *line = v.line;
    *col = v.col;
}

uint32_t diags_line_number(const struct diags *d, struct span at)
{
    return at.file == 0 ? 1 : (uint32_t)line_of(source_with_lines(d, at.file), at.off) + 1;
}

static str text_of(struct diags *d, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    char *text = NEW_ARRAY(d->arena, char, (size_t)n + 1);
    vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    return (str){text, (size_t)n};
}

static struct finding *add(struct diags *d, const struct rule *rule, enum severity severity,
                           struct span at, str text)
{
    static struct finding dropped; /* where hints for what is only counted go */
    d->by_severity[severity]++;
    d->is_dropping = d->count == FINDINGS_MAX;
    if (d->is_dropping) {
        dropped = (struct finding){.rule = rule};
        return &dropped;
    }
    struct finding *f = &PUSH(d->arena, d->findings, d->count, d->cap, struct finding);
    *f = (struct finding){
        .rule = rule, .severity = severity, .at = at, .text = text, .number = d->count};
    return f;
}

static struct finding *last(struct diags *d)
{
    assert(d->count != 0);
    return &d->findings[d->count - 1];
}

void diag(struct diags *d, const struct rule *rule, struct span at, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, rule, rule->severity, at, text_of(d, format, args));
    va_end(args);
}

void diag_as(struct diags *d, const struct rule *rule, enum severity severity, struct span at,
             const char *format, ...)
{
    va_list args;
    va_start(args, format);
    add(d, rule, severity, at, text_of(d, format, args));
    va_end(args);
}

str diag_quote(str s)
{
    size_t n = s.n < QUOTE_BYTES_MAX ? s.n : QUOTE_BYTES_MAX;
    while (n != 0 && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80)
        n--;
    return (str){s.p, n};
}

static void add_note(struct diags *d, struct finding *f, struct span at, str text)
{
    struct note *n = NEW(d->arena, struct note), **end = &f->notes;
    *n = (struct note){.at = at, .text = text};
    while (*end != NULL)
        end = &(*end)->next;
    *end = n;
}

void diag_related(struct diags *d, struct span at, const char *format, ...)
{
    if (d->is_dropping)
        return;
    va_list args;
    va_start(args, format);
    add_note(d, last(d), at, text_of(d, format, args));
    va_end(args);
}

void diag_hint(struct diags *d, const char *format, ...)
{
    if (d->is_dropping)
        return;
    va_list args;
    va_start(args, format);
    last(d)->hint = text_of(d, format, args);
    va_end(args);
}

void diag_drop(struct diags *d)
{
    d->is_dropping = true;
}

void diag_machine(struct diags *d)
{
    d->machine_failed = true;
}

void diag_os(struct diags *d, str path, int error_number, const char *doing)
{
    uint32_t file = path.n ? diags_source(d, str_dup(d->arena, path), S("")) : 0;
    str text = str_fmt(d->arena, "cannot %s: %s", doing, strerror(error_number));
    add(d, &diag_rule_os, SEVERITY_ERROR, (struct span){file, 0, 0}, text);
    d->machine_failed = true;
}

bool diag_file_read(struct arena *a, struct diags *d, int root, str path, size_t size_bytes_max,
                    str *text)
{
    struct file_read read = file_read(a, root, path, size_bytes_max);
    *text = read.text;
    if (read.fault != FILE_OK)
        diag_os(d, path, read.fault == FILE_ERRNO ? read.error_number : EINVAL, "read this file");
    return read.fault == FILE_OK;
}

size_t diags_keep(struct diags *d, const void *self,
                  bool (*passes)(const void *self, const struct rule *rule))
{
    size_t kept = 0, before = d->count;
    for (size_t i = 0; i < before; i++) {
        if (passes(self, d->findings[i].rule))
            d->findings[kept++] = d->findings[i];
        else
            d->by_severity[d->findings[i].severity]--;
    }
    d->count = kept;
    return before - kept;
}

size_t diags_count(const struct diags *d, enum severity severity)
{
    return d->by_severity[severity];
}

size_t diags_kept(const struct diags *d)
{
    return d->count;
}

struct diag_view diags_at(const struct diags *d, size_t number)
{
    assert(number < d->count);
    const struct finding *f = &d->findings[number];
    return (struct diag_view){f->rule, f->severity, f->at, f->text};
}

str diags_hint(const struct diags *d, size_t number)
{
    return number < d->count ? d->findings[number].hint : S("");
}

bool diags_machine_failed(const struct diags *d)
{
    return d->machine_failed;
}

int diags_exit_status(const struct diags *d)
{
    if (d->machine_failed)
        return EXIT_MACHINE;
    return d->by_severity[SEVERITY_ERROR] ? EXIT_CONTENT : EXIT_OK;
}

static int finding_order(const void *x, const void *y)
{
    const struct finding *a = x, *b = y;
    int order = a->at.file == b->at.file ? 0 : str_cmp(a->path, b->path);
    if (order != 0)
        return order;
    if (a->at.off != b->at.off)
        return a->at.off < b->at.off ? -1 : 1;
    order = strcmp(a->rule->id, b->rule->id);
    if (order == 0)
        order = str_cmp(a->text, b->text);
    if (order != 0)
        return order;
    return a->number < b->number ? -1 : a->number > b->number;
}

static bool same_finding(const struct finding *a, const struct finding *b)
{
    return a->rule == b->rule && a->at.file == b->at.file && a->at.off == b->at.off &&
           str_eq(a->text, b->text);
}

void diags_sort(struct diags *d)
{
    if (d->count == 0)
        return;
    for (size_t i = 0; i < d->count; i++)
        d->findings[i].path = diags_source_path(d, d->findings[i].at.file);
    qsort(d->findings, d->count, sizeof *d->findings, finding_order);
    size_t kept = 1;
    for (size_t i = 1; i < d->count; i++) {
        if (same_finding(&d->findings[i], &d->findings[kept - 1]))
            d->by_severity[d->findings[i].severity]--;
        else
            d->findings[kept++] = d->findings[i];
    }
    d->count = kept;
}

/* Packed form: native numbers and lengths, only ever read by a fork of this
 * same program; a rule travels as its address. */
static void pack_bytes(struct buf *b, const void *p, size_t n)
{
    buf_add(b, (str){p, n});
}

static void pack_str(struct buf *b, str s)
{
    pack_bytes(b, &s.n, sizeof s.n);
    buf_add(b, s);
}

/* The number of a file may be another one on the other side; its path is not. */
static void pack_place(const struct diags *d, struct buf *b, struct span at)
{
    pack_bytes(b, &at, sizeof at);
    pack_str(b, diags_source_path(d, at.file));
}

void diags_pack(const struct diags *d, struct buf *b)
{
    pack_bytes(b, &d->machine_failed, sizeof d->machine_failed);
    for (size_t i = 0; i < d->count; i++) {
        const struct finding *f = &d->findings[i];
        size_t note_count = 0;
        for (const struct note *n = f->notes; n != NULL; n = n->next)
            note_count++;
        pack_bytes(b, &f->rule, sizeof f->rule);
        pack_bytes(b, &f->severity, sizeof f->severity);
        pack_place(d, b, f->at);
        pack_str(b, f->text);
        pack_str(b, f->hint);
        pack_bytes(b, &note_count, sizeof note_count);
        for (const struct note *n = f->notes; n != NULL; n = n->next) {
            pack_place(d, b, n->at);
            pack_str(b, n->text);
        }
    }
}

static void unpack_bytes(str *in, void *out, size_t n)
{
    if (in->n < n)
        fatal("a worker's report is cut short");
    memcpy(out, in->p, n);
    *in = str_skip(*in, n);
}

static str unpack_str(struct diags *d, str *in)
{
    size_t n;
    unpack_bytes(in, &n, sizeof n);
    if (in->n < n)
        fatal("a worker's report is cut short");
    str s = str_dup(d->arena, (str){in->p, n});
    *in = str_skip(*in, n);
    return s;
}

/* A file that only the worker has read is known by its path alone. */
static struct span unpack_place(struct diags *d, str *in)
{
    struct span at;
    unpack_bytes(in, &at, sizeof at);
    str path = unpack_str(d, in);
    if (path.n == 0)
        return (struct span){0, 0, 0};
    at.file = diags_source(d, path, S(""));
    return at;
}

static void unpack_finding(struct diags *d, str *in)
{
    const struct rule *rule;
    enum severity severity;
    size_t note_count;
    unpack_bytes(in, &rule, sizeof rule);
    unpack_bytes(in, &severity, sizeof severity);
    struct span at = unpack_place(d, in);
    struct finding *f = add(d, rule, severity, at, unpack_str(d, in));
    f->hint = unpack_str(d, in);
    unpack_bytes(in, &note_count, sizeof note_count);
    for (size_t i = 0; i < note_count; i++) {
        struct span place = unpack_place(d, in);
        add_note(d, f, place, unpack_str(d, in));
    }
}

void diags_unpack(struct diags *d, str packed)
{
    bool machine_failed;
    unpack_bytes(&packed, &machine_failed, sizeof machine_failed);
    d->machine_failed |= machine_failed;
    while (packed.n != 0)
        unpack_finding(d, &packed);
}

void diags_print(struct diags *d, const struct diag_print *how, FILE *out)
{
    diags_sort(d);
    if (how->format == DIAG_JSON)
        diags_print_json(d, out);
    else if (how->format == DIAG_SARIF)
        diags_print_sarif(d, out);
    else
        diags_print_text(d, how, out);
}
