/* verify/canonical: the one spelling of what an approval binds, and of what it says. */
#include "verify/format.h"

#include "verify/scan_int.h"

#include <string.h>

#include "base/buf.h"

static void add_head_line(struct buf *b, str key, str value)
{
    buf_add(b, key);
    value = str_trim(value);
    if (value.n != 0)
        buf_char(b, ' ');
    for (size_t i = 0; i < value.n; i++)
        buf_char(b, value.p[i] == '\n' || value.p[i] == '\r' ? ' ' : value.p[i]);
    buf_char(b, '\n');
}

static str without_trailing_blanks(str line)
{
    while (line.n != 0 && (line.p[line.n - 1] == ' ' || line.p[line.n - 1] == '\t'))
        line.n--;
    return line;
}

/* Ends at LF, CRLF or a lone CR: a document may come from any editor. */
static str take_line(str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != '\n' && rest->p[n] != '\r')
        n++;
    str line = str_from_to(*rest, 0, n);
    bool pair = n + 1 < rest->n && rest->p[n] == '\r' && rest->p[n + 1] == '\n';
    *rest = str_skip(*rest, n + (n < rest->n) + pair);
    return line;
}

/* Blanks behind a text say nothing, but two of them or more break the line for readers. */
static void add_line(struct buf *b, str line)
{
    bool breaks = str_ends(line, S("  "));
    buf_add(b, without_trailing_blanks(line));
    buf_add(b, breaks ? S("  \n") : S("\n"));
}

/* Empty lines wait until a line with text follows, so that those at the end vanish. */
static void add_body(struct buf *b, str body)
{
    size_t waiting = 0;
    bool began = false;
    while (body.n != 0) {
        str line = take_line(&body);
        if (str_is_blank(line)) {
            waiting++;
            continue;
        }
        for (; began && waiting > 0; waiting--)
            buf_char(b, '\n');
        waiting = 0;
        began = true;
        add_line(b, line);
    }
}

str canonical_text(struct arena *a, const struct canonical_head *head, str body)
{
    struct buf b = buf_in(a, body.n + 256);
    buf_lit(&b, "---\n");
    add_head_line(&b, S("code:"), head->code);
    add_head_line(&b, S("title:"), head->title);
    add_head_line(&b, S("version:"), head->version);
    add_head_line(&b, S("class:"), head->class);
    add_head_line(&b, S("language:"), head->language);
    buf_lit(&b, "---\n");
    add_body(&b, body);
    return buf_str(&b);
}

static str read_head_line(struct scan *s, str key)
{
    scan_literal(s, key);
    str value = scan_until(s, '\n');
    return value.n != 0 ? str_skip(value, 1) : value;
}

bool canonical_read(struct arena *a, str bytes, struct canonical_head *head,
                    struct format_fault *fault)
{
    struct scan s = {.arena = a, .text = bytes, .line = 1};
    *head = (struct canonical_head){0};
    scan_literal(&s, S("---\n"));
    head->code = read_head_line(&s, S("code:"));
    head->title = read_head_line(&s, S("title:"));
    head->version = read_head_line(&s, S("version:"));
    head->class = read_head_line(&s, S("class:"));
    head->language = read_head_line(&s, S("language:"));
    scan_literal(&s, S("---\n"));
    /* Whether each blank is where it must be: written again, it must be the same. */
    if (s.what == NULL && !str_eq(bytes, canonical_text(a, head, str_skip(bytes, s.at))))
        scan_fail(&s, "blanks, empty lines or line ends are not in their one spelling");
    s.at = bytes.n;
    return scan_end(&s, fault);
}

/* -- approvals/<id>.txt ----------------------------------------------------------------------- */

static void add_value(struct buf *b, const char *key, str value)
{
    buf_fmt(b, "%s: " STR_FMT "\n", key, STR_ARG(value));
}

str approval_text(struct arena *a, const struct approval_statement *s)
{
    struct buf b = buf_in(a, 512);
    buf_lit(&b, "continuo-approval-1\n");
    add_value(&b, "document", s->document);
    add_value(&b, "version", s->version);
    add_value(&b, "role", s->role);
    add_value(&b, "person", s->person);
    add_value(&b, "date", date_iso(a, s->day));
    add_value(&b, "text", sha256_hex(a, s->text));
    for (size_t i = 0; i < s->file_count; i++)
        buf_fmt(&b, "file: " STR_FMT " " STR_FMT "\n", STR_ARG(sha256_hex(a, s->files[i].hash)),
                STR_ARG(s->files[i].path));
    return buf_str(&b);
}
