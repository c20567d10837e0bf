/* write/data/csv: a table as CSV, for machines and for spreadsheets. */
#include "write/data/csv.h"

#include "base/buf.h"
#include "write/data/json.h"

static bool needs_quotes(str s)
{
    if (s.n != 0 && (ascii_is_space(s.p[0]) || ascii_is_space(s.p[s.n - 1])))
        return true;
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] == ',' || s.p[i] == ';' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
            return true;
    return false;
}

static void put_cell(struct buf *b, str s)
{
    if (!needs_quotes(s)) {
        buf_add(b, s);
        return;
    }
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

/* -- Formulas -------------------------------------------------------------------------------- */

static bool starts_formula(uint32_t c)
{
    return c == '=' || c == '+' || c == '-' || c == '@' || c == 0xFF1D || c == 0xFF0B ||
           c == 0xFF0D || c == 0xFF20; /* the last four are full width */
}

/* Where a spreadsheet of another locale, or one that misjudges a quote, may
 * begin a new cell. */
static bool starts_cell(uint32_t c)
{
    return c == ';' || c == '\t' || c == '\n' || c == '\r';
}

/* Does not keep a spreadsheet from seeing a formula behind it. */
static bool is_skipped(uint32_t c)
{
    return c <= 0x20 || c == '"' || c == '\'' || c == 0xA0 || c == 0xFEFF ||
           (c >= 0x2000 && c <= 0x200F) || c == 0x3000;
}

/* Most texts need nothing, and then nothing is copied: lists are long. */
static bool is_tame(str s)
{
    bool at_start = true;
    for (size_t at = 0; at < s.n;) {
        bool is_first = at == 0;
        uint32_t c = utf8_next(s, &at);
        if (c == '\r' || (is_first && starts_cell(c)) || (at_start && starts_formula(c)))
            return false;
        at_start = starts_cell(c) || (at_start && is_skipped(c));
    }
    return true;
}

/* Puts an apostrophe before whatever would start a formula, and before a cell
 * that begins with white space that is cut away. Line ends become LF: a bare CR
 * would end the row in some programs. */
static str tame(struct arena *a, str s)
{
    if (json_is_number(s) || is_tame(s))
        return s;
    struct buf b = buf_in(a, s.n + 1);
    bool at_start = true;
    for (size_t at = 0; at < s.n;) {
        size_t from = at;
        uint32_t c = utf8_next(s, &at);
        bool cut_away = from == 0 && c != ';' && starts_cell(c);
        if (cut_away || (at_start && starts_formula(c)))
            buf_char(&b, '\'');
        if (c != '\r')
            buf_add(&b, str_from_to(s, from, at));
        else if (at == s.n || s.p[at] != '\n')
            buf_char(&b, '\n');
        at_start = starts_cell(c) || (at_start && is_skipped(c));
    }
    return buf_str(&b);
}

/* -- Tables ---------------------------------------------------------------------------------- */

static str cell_value(struct arena *a, const struct cell *c)
{
    return c->data.n ? c->data : cell_plain(a, c);
}

static void put_end(struct buf *b, const struct table *t, size_t column)
{
    buf_add(b, column + 1 == t->column_count ? S("\r\n") : S(","));
}

static str write_table(struct arena *a, const struct table *t, bool for_people)
{
    struct buf b = buf_in(a, 64 * (t->row_count + 1) * t->column_count);
    if (for_people)
        buf_lit(&b, "\xEF\xBB\xBF");
    for (size_t c = 0; c < t->column_count; c++) {
        put_cell(&b, for_people ? tame(a, t->columns[c].head) : t->columns[c].key);
        put_end(&b, t, c);
    }
    for (size_t r = 0; r < t->row_count; r++)
        for (size_t c = 0; c < t->column_count; c++) {
            str value = cell_value(a, table_cell(t, r, c));
            put_cell(&b, for_people ? tame(a, value) : value);
            put_end(&b, t, c);
        }
    return buf_str(&b);
}

str data_csv(struct arena *a, const struct table *t)
{
    return write_table(a, t, false);
}

str data_csv_spreadsheet(struct arena *a, const struct table *t)
{
    return write_table(a, t, true);
}
