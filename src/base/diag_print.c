/* base/diag_print: findings as text with a caret, as JSON lines, as SARIF. */
#include "base/diag_int.h"

#include <string.h>

#include "base/buf.h"

/* A longer line is shown as a window around the place. */
enum { SHOWN_BYTES_MAX = 160, BEFORE_BYTES_MAX = 60 };

static const char *const severity_name[] = {"info", "warning", "error"};
static const char *const severity_color[] = {"\033[36m", "\033[33m", "\033[31m"};

struct painter {
    FILE *out;
    bool color;
};

static void paint(const struct painter *p, const char *code)
{
    if (p->color)
        fputs(code, p->out);
}

/* What would act on a terminal, or turn the order of what follows. */
static bool is_active(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* Author text on a terminal: returns the columns it takes, one a character. */
static size_t put_safe(FILE *out, str s)
{
    size_t width = 0;
    for (size_t at = 0; at < s.n; width++) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '\t')
            fputc(' ', out);
        else if (is_active(c))
            width += (size_t)fprintf(out, "\\u{%X}", (unsigned)c) - 1;
        else if (c == 0xFFFD)
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(s.p + start, 1, at - start, out);
    }
    return width;
}

static void print_place(const struct diags *d, struct span at, const struct painter *p)
{
    str path = diags_source_path(d, at.file);
    paint(p, "\033[1m");
    if (path.n == 0) {
        fputs("continuo", p->out);
    } else {
        put_safe(p->out, path);
        if (diags_source_text(d, at.file).n != 0) {
            struct line_view v = diags_line(d, at);
            fprintf(p->out, ":%u:%u", v.line, v.col);
        }
    }
    fputs(": ", p->out);
    paint(p, "\033[0m");
}

static void put_times(FILE *out, char c, size_t count)
{
    for (; count > 0; count--)
        fputc(c, out);
}

static size_t char_start(str s, size_t at)
{
    while (at > 0 && at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
        at--;
    return at;
}

static void print_excerpt(const struct diags *d, struct span at, const struct painter *p)
{
    if (diags_source_text(d, at.file).n == 0)
        return;
    struct line_view v = diags_line(d, at);
    bool is_long = v.text.n > SHOWN_BYTES_MAX;
    size_t from = is_long && v.off > BEFORE_BYTES_MAX ? v.off - BEFORE_BYTES_MAX : 0;
    from = char_start(v.text, from);
    size_t to = v.text.n - from > SHOWN_BYTES_MAX ? from + SHOWN_BYTES_MAX : v.text.n;
    to = char_start(v.text, to);
    size_t off = v.off < to ? v.off : to;
    size_t end = off + v.len < to ? off + v.len : to;
    fprintf(p->out, "%5u | ", v.line);
    size_t before = put_safe(p->out, str_from_to(v.text, from, off));
    size_t width = put_safe(p->out, str_from_to(v.text, off, end));
    put_safe(p->out, str_from_to(v.text, end, to));
    fputs("\n      | ", p->out);
    put_times(p->out, ' ', before);
    paint(p, "\033[32m");
    fputc('^', p->out);
    put_times(p->out, '~', width > 0 ? width - 1 : 0);
    paint(p, "\033[0m");
    fputc('\n', p->out);
}

static void print_finding(const struct diags *d, const struct finding *f, const struct painter *p)
{
    print_place(d, f->at, p);
    paint(p, severity_color[f->severity]);
    fprintf(p->out, "%s[%s]", severity_name[f->severity], f->rule->id);
    paint(p, "\033[0m");
    fputs(": ", p->out);
    put_safe(p->out, f->text);
    fputc('\n', p->out);
    print_excerpt(d, f->at, p);
    for (const struct note *n = f->notes; n != NULL; n = n->next) {
        print_place(d, n->at, p);
        fputs("note: ", p->out);
        put_safe(p->out, n->text);
        fputc('\n', p->out);
    }
    str hint = f->hint.n ? f->hint : str_from(f->rule->mend);
    if (hint.n != 0) {
        fputs("      = help: ", p->out);
        put_safe(p->out, hint);
        fputc('\n', p->out);
    }
}

void diags_print_text(const struct diags *d, const struct diag_print *how, FILE *out)
{
    struct painter p = {out, how->color};
    size_t fitting = 0;
    for (size_t i = 0; i < d->count; i++) {
        if (d->findings[i].severity < how->least)
            continue;
        if (how->max == 0 || fitting < how->max)
            print_finding(d, &d->findings[i], &p);
        fitting++;
    }
    if (how->max != 0 && fitting > how->max)
        fprintf(out, "continuo: %zu more not shown (--max 0 shows all)\n", fitting - how->max);
}

static void put_json(FILE *out, str s)
{
    fputc('"', out);
    for (size_t at = 0; at < s.n;) {
        size_t start = at;
        uint32_t c = utf8_next(s, &at);
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", (char)c);
        else if (c < 0x20)
            fprintf(out, "\\u%04x", (unsigned)c);
        else if (c == 0xFFFD) /* what a broken byte decodes to */
            fputs("\xEF\xBF\xBD", out);
        else
            fwrite(s.p + start, 1, at - start, out);
    }
    fputc('"', out);
}

static void put_json_place(const struct diags *d, struct span at, FILE *out)
{
    struct line_view v = diags_line(d, at);
    fputs("\"path\":", out);
    put_json(out, diags_source_path(d, at.file));
    fprintf(out, ",\"line\":%u,\"col\":%u", v.line, v.col);
}

void diags_print_json(const struct diags *d, FILE *out)
{
    for (size_t i = 0; i < d->count; i++) {
        const struct finding *f = &d->findings[i];
        fputc('{', out);
        put_json_place(d, f->at, out);
        fprintf(out, ",\"severity\":\"%s\",\"rule\":\"%s\",\"clause\":\"%s\",\"message\":",
                severity_name[f->severity], f->rule->id, f->rule->clause);
        put_json(out, f->text);
        fputs(",\"help\":", out);
        put_json(out, f->hint.n ? f->hint : str_from(f->rule->mend));
        fputs(",\"related\":[", out);
        for (const struct note *n = f->notes; n != NULL; n = n->next) {
            fputs(n == f->notes ? "{" : ",{", out);
            put_json_place(d, n->at, out);
            fputs(",\"message\":", out);
            put_json(out, n->text);
            fputc('}', out);
        }
        fputs("]}\n", out);
    }
}

/* A path as a relative URI reference (RFC 3986). */
static void put_uri(FILE *out, str path)
{
    fputc('"', out);
    for (size_t i = 0; i < path.n; i++) {
        char c = path.p[i];
        if (ascii_is_alnum(c) || c == '/' || c == '.' || c == '-' || c == '_' || c == '~')
            fputc(c, out);
        else
            fprintf(out, "%%%02X", (unsigned)(unsigned char)c);
    }
    fputc('"', out);
}

static void put_sarif_location(const struct diags *d, struct span at, str message, FILE *out)
{
    struct line_view v = diags_line(d, at);
    fputs("{\"physicalLocation\":{\"artifactLocation\":{\"uri\":", out);
    put_uri(out, diags_source_path(d, at.file));
    fprintf(out, "},\"region\":{\"startLine\":%u,\"startColumn\":%u}}", v.line, v.col);
    if (message.n != 0) {
        fputs(",\"message\":{\"text\":", out);
        put_json(out, message);
        fputc('}', out);
    }
    fputc('}', out);
}

static void put_sarif_result(const struct diags *d, const struct finding *f, FILE *out)
{
    static const char *const level[] = {"note", "warning", "error"};
    fprintf(out, "{\"ruleId\":\"%s\",\"level\":\"%s\",\"message\":{\"text\":", f->rule->id,
            level[f->severity]);
    put_json(out, f->text);
    fputs("}", out);
    if (diags_source_path(d, f->at.file).n != 0) {
        fputs(",\"locations\":[", out);
        put_sarif_location(d, f->at, S(""), out);
        fputc(']', out);
    }
    if (f->notes != NULL) {
        fputs(",\"relatedLocations\":[", out);
        for (const struct note *n = f->notes; n != NULL; n = n->next) {
            if (n != f->notes)
                fputc(',', out);
            put_sarif_location(d, n->at, n->text, out);
        }
        fputc(']', out);
    }
    fputc('}', out);
}

static bool rule_seen_before(const struct diags *d, size_t i)
{
    for (size_t j = 0; j < i; j++)
        if (strcmp(d->findings[j].rule->id, d->findings[i].rule->id) == 0)
            return true;
    return false;
}

static void put_sarif_rule(const struct rule *r, FILE *out)
{
    fprintf(out, "{\"id\":\"%s\",\"shortDescription\":{\"text\":", r->id);
    put_json(out, str_from(r->title));
    fputs("},\"fullDescription\":{\"text\":", out);
    put_json(out, str_from(r->why));
    fputs("},\"help\":{\"text\":", out);
    put_json(out, str_from(r->mend));
    fputs("}}", out);
}

void diags_print_sarif(const struct diags *d, FILE *out)
{
    fputs("{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\","
          "\"runs\":[{\"columnKind\":\"unicodeCodePoints\",\"tool\":{\"driver\":{"
          "\"name\":\"continuo\",\"rules\":[",
          out);
    bool first = true;
    for (size_t i = 0; i < d->count; i++) {
        if (rule_seen_before(d, i))
            continue;
        if (!first)
            fputc(',', out);
        first = false;
        put_sarif_rule(d->findings[i].rule, out);
    }
    fputs("]}},\"results\":[", out);
    for (size_t i = 0; i < d->count; i++) {
        if (i != 0)
            fputc(',', out);
        put_sarif_result(d, &d->findings[i], out);
    }
    fputs("]}]}\n", out);
}
