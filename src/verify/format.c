/* verify/format: the bytes of an archive's own files, read strictly. */
#include "verify/format.h"

#include "verify/scan_int.h"

#include <string.h>

#include "base/path.h"

bool hash_eq(struct sha256 a, struct sha256 b)
{
    return memcmp(a.byte, b.byte, sizeof a.byte) == 0;
}

bool hash_is_zero(struct sha256 h)
{
    return hash_eq(h, (struct sha256){{0}});
}

bool format_is_sealed(str path)
{
    return str_ends(path, S(".pdf")) && !str_starts(path, S("forms/"));
}

static bool is_id_char(char c)
{
    return (c >= 'a' && c <= 'z') || ascii_is_digit(c) || c == '.' || c == '_' || c == '-';
}

bool format_id(str s)
{
    /* What stands beside editions and audiences in the same folders. */
    static const str taken[] = {S_INIT("draft"), S_INIT("to"), S_INIT("current.css"),
                                S_INIT("index.html"), S_INIT("ledger")};
    if (s.n == 0 || s.n > EDITION_ID_BYTES_MAX || !ascii_is_alnum(s.p[0]) ||
        s.p[s.n - 1] == '.') /* Windows drops it */
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (!is_id_char(s.p[i]))
            return false;
    for (size_t i = 0; i < COUNT_OF(taken); i++)
        if (str_eq(s, taken[i]))
            return false;
    return !str_ends(s, S(".new")) && str_find(s, S(".."), 0) == SIZE_MAX;
}

/* -- edition.json ----------------------------------------------------------------------------- */

static void read_edition_lines(struct scan *s, struct edition_record *out)
{
    scan_literal(s, S("{\n  \"format\": \"continuo-edition-1\",\n  \"edition\": "));
    out->edition = scan_id(s);
    scan_literal(s, S(",\n  \"number\": "));
    out->number = (uint32_t)scan_number(s, EDITION_NUMBER_MAX);
    scan_literal(s, S(",\n  \"audience\": "));
    out->audience = scan_id(s);
    scan_literal(s, S(",\n  \"organisation\": "));
    out->organisation = scan_string(s, EDITION_STRING_BYTES_MAX);
    scan_literal(s, S(",\n  \"as_of\": \""));
    out->as_of = scan_date(s);
    scan_literal(s, S("\",\n  \"tool\": "));
    out->tool = scan_string(s, EDITION_STRING_BYTES_MAX);
    scan_literal(s, S(",\n  \"files\": "));
    out->files = scan_number(s, EDITION_TOTAL_MAX);
    scan_literal(s, S(",\n  \"bytes\": "));
    out->bytes = scan_number(s, EDITION_TOTAL_MAX);
    scan_literal(s, S(",\n  \"pdfs\": "));
    out->pdfs = scan_number(s, EDITION_TOTAL_MAX);
    scan_literal(s, S(",\n  \"manifest\": \""));
    out->manifest = scan_hex(s);
    scan_literal(s, S("\",\n  \"previous\": \""));
    out->previous = scan_hex(s);
    scan_literal(s, S("\",\n  \"certificate\": \""));
    out->certificate = scan_hex(s);
    scan_literal(s, S("\",\n  \"demo\": "));
    out->demo = scan_has(s, S("true"));
    if (!out->demo)
        scan_literal(s, S("false"));
    scan_literal(s, S("\n}\n"));
}

bool edition_read(struct arena *a, str bytes, struct edition_record *out,
                  struct format_fault *fault)
{
    struct scan s = {.arena = a, .text = bytes, .line = 1};
    *out = (struct edition_record){0};
    if (bytes.n > EDITION_BYTES_MAX)
        scan_fail(&s, "it is larger than its limit");
    read_edition_lines(&s, out);
    if (s.what == NULL && (out->number == 0 || out->pdfs > out->files))
        scan_fail(&s, "a count cannot be");
    return scan_end(&s, fault);
}

/* -- ledger.jsonl ----------------------------------------------------------------------------- */

bool ledger_next(str *rest, str *line)
{
    if (rest->n == 0)
        return false;
    size_t end = str_find_char(*rest, '\n', 0);
    size_t n = end == SIZE_MAX ? rest->n : end + 1;
    *line = str_from_to(*rest, 0, n);
    *rest = str_skip(*rest, n);
    return true;
}

const struct ledger_edition *ledger_find(const struct ledger_line *l, str audience)
{
    for (size_t i = 0; i < l->edition_count; i++)
        if (str_eq(l->editions[i].audience, audience))
            return &l->editions[i];
    return NULL;
}

static void read_ledger_editions(struct scan *s, struct ledger_line *out)
{
    size_t cap = 0;
    do {
        struct ledger_edition e = {0};
        e.audience = scan_id(s);
        scan_literal(s, S(":\""));
        e.hash = scan_hex(s);
        scan_literal(s, S("\""));
        size_t n = out->edition_count;
        if (n != 0 && str_cmp(out->editions[n - 1].audience, e.audience) >= 0)
            scan_fail(s, "audiences are not in order");
        if (n == LEDGER_AUDIENCES_MAX)
            scan_fail(s, "there are more audiences than there may be");
        if (s->what == NULL)
            PUSH(s->arena, out->editions, out->edition_count, cap, struct ledger_edition) = e;
    } while (scan_has(s, S(",")));
}

bool ledger_line_read(struct arena *a, str line, struct ledger_line *out,
                      struct format_fault *fault)
{
    struct scan s = {.arena = a, .text = line, .line = 1};
    *out = (struct ledger_line){.bytes = line, .hash = sha256_of(line)};
    if (line.n > LEDGER_LINE_BYTES_MAX)
        scan_fail(&s, "the line is longer than its limit");
    scan_literal(&s, S("{\"ledger\":\"continuo-ledger-1\",\"number\":"));
    out->number = (uint32_t)scan_number(&s, EDITION_NUMBER_MAX);
    scan_literal(&s, S(",\"edition\":"));
    out->edition = scan_id(&s);
    scan_literal(&s, S(",\"as_of\":\""));
    out->as_of = scan_date(&s);
    scan_literal(&s, S("\",\"previous\":\""));
    out->previous = scan_hex(&s);
    scan_literal(&s, S("\",\"certificate\":\""));
    out->certificate = scan_hex(&s);
    scan_literal(&s, S("\",\"editions\":{"));
    read_ledger_editions(&s, out);
    scan_literal(&s, S("}}\n"));
    if (out->number == 0)
        scan_fail(&s, "numbers count from 1");
    return scan_end(&s, fault);
}

/* -- SHA256SUMS ------------------------------------------------------------------------------- */

/* Why a path cannot stand in a list, or NULL. */
static const char *path_fault(str path)
{
    if (path.n == 0 || path.n > SUMS_PATH_BYTES_MAX)
        return "a path is empty or longer than its limit";
    do {
        str name, rest = str_cut(path, '/', &name);
        if (path_name_fault(name) != NULL || (rest.p != NULL && rest.n == 0))
            return "a path holds a name that not every system can store";
        path = rest;
    } while (path.n != 0);
    return NULL;
}

static bool is_beside_sums(str path)
{
    return str_eq(path, S("SHA256SUMS")) || str_eq(path, S("edition.json")) ||
           str_eq(path, S("edition.json.p7s"));
}

static void add_entry(struct scan *s, struct sums *out, size_t *cap, struct sums_entry e)
{
    const struct sums_entry *last = out->count ? &out->entries[out->count - 1] : NULL;
    const char *fault = path_fault(e.path);
    if (fault != NULL)
        scan_fail(s, fault);
    if (last != NULL && str_cmp(last->path, e.path) >= 0)
        scan_fail(s, "paths are not in order, or one stands twice");
    if (s->what == NULL)
        PUSH(s->arena, out->entries, out->count, *cap, struct sums_entry) = e;
}

/* Between "a" and "a/b" others may sort ("a-b"), so each folder of a path is looked up. */
static const char *folders_fault(const struct sums *s)
{
    for (size_t i = 1; i < s->count; i++) {
        str path = s->entries[i].path;
        for (size_t n = path.n; n-- > 0;)
            if (path.p[n] == '/' && sums_find(s, str_from_to(path, 0, n)) != NULL)
                return "a folder is listed as a file";
    }
    return NULL;
}

bool sums_read(struct arena *a, str bytes, struct sums *out, struct format_fault *fault)
{
    struct scan s = {.arena = a, .text = bytes, .line = 1};
    size_t cap = 0;
    *out = (struct sums){0};
    if (bytes.n > SUMS_BYTES_MAX)
        scan_fail(&s, "it is larger than its limit");
    while (s.what == NULL && s.at < bytes.n) {
        struct sums_entry e = {.hash = scan_hex(&s)};
        scan_literal(&s, S("  "));
        size_t line = s.line;
        e.path = scan_until(&s, '\n');
        if (s.what == NULL && is_beside_sums(e.path))
            scan_fail(&s, "it lists a file that stands beside it");
        add_entry(&s, out, &cap, e);
        if (s.what != NULL && s.fault_line > line)
            s.fault_line = line;
    }
    if (s.what == NULL && folders_fault(out) != NULL)
        scan_fail(&s, folders_fault(out));
    return scan_end(&s, fault);
}

const struct sums_entry *sums_find(const struct sums *s, str path)
{
    size_t from = 0, to = s->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        int order = str_cmp(s->entries[middle].path, path);
        if (order == 0)
            return &s->entries[middle];
        if (order < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return NULL;
}

/* -- approvals/<id>.txt ----------------------------------------------------------------------- */

static str read_value(struct scan *s, str key)
{
    scan_literal(s, key);
    str value = scan_until(s, '\n');
    if (value.n == 0 || value.n > APPROVAL_VALUE_BYTES_MAX)
        scan_fail(s, "a value is missing or longer than its limit");
    if (utf8_invalid_at(value) != SIZE_MAX || !str_eq(value, str_trim(value)))
        scan_fail(s, "a value is not UTF-8, or has blanks at its ends");
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20)
            scan_fail(s, "a value holds a control character");
    return value;
}

static void read_approved_files(struct scan *s, struct approval_statement *out)
{
    struct sums files = {0};
    size_t cap = 0;
    while (s->what == NULL && s->at < s->text.n) {
        scan_literal(s, S("file: "));
        struct sums_entry e = {.hash = scan_hex(s)};
        scan_literal(s, S(" "));
        e.path = scan_until(s, '\n');
        if (files.count == APPROVAL_FILES_MAX)
            scan_fail(s, "there are more files than there may be");
        add_entry(s, &files, &cap, e);
    }
    out->files = files.entries;
    out->file_count = files.count;
}

bool approval_read(struct arena *a, str bytes, struct approval_statement *out,
                   struct format_fault *fault)
{
    struct scan s = {.arena = a, .text = bytes, .line = 1};
    *out = (struct approval_statement){.day = DATE_NONE};
    if (bytes.n > APPROVAL_BYTES_MAX)
        scan_fail(&s, "it is larger than its limit");
    scan_literal(&s, S("continuo-approval-1\n"));
    out->document = read_value(&s, S("document: "));
    out->version = read_value(&s, S("version: "));
    out->role = read_value(&s, S("role: "));
    out->person = read_value(&s, S("person: "));
    scan_literal(&s, S("date: "));
    out->day = scan_date(&s);
    scan_literal(&s, S("\ntext: "));
    out->text = scan_hex(&s);
    scan_literal(&s, S("\n"));
    read_approved_files(&s, out);
    return scan_end(&s, fault);
}
