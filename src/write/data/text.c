/* write/data/text: a table as plain text. */
#include "write/data/text.h"

enum { GAP = 2 }; /* blanks between two columns */

/* A cell on its way onto lines. */
struct rest {
    str text;
};

static size_t widest(struct arena *a, const struct table *t, size_t column)
{
    size_t most = utf8_count(t->columns[column].head);
    for (size_t r = 0; r < t->row_count; r++) {
        size_t n = utf8_count(cell_plain(a, table_cell(t, r, column)));
        most = n > most ? n : most;
    }
    return most;
}

static size_t sum(const size_t *width, size_t count)
{
    size_t all = count == 0 ? 0 : (count - 1) * GAP;
    for (size_t i = 0; i < count; i++)
        all += width[i];
    return all;
}

/* The widest gives way first, one by one: so all that are too wide end up alike. */
static void fit(size_t *width, size_t count, size_t room)
{
    while (sum(width, count) > room) {
        size_t most = 0;
        for (size_t i = 1; i < count; i++)
            if (width[i] > width[most])
                most = i;
        if (width[most] <= TEXT_COLUMN_MIN)
            return;
        width[most]--;
    }
}

/* Bytes of the first `points` code points. */
static size_t bytes_of(str s, size_t points)
{
    size_t at = 0;
    while (points-- != 0 && at < s.n)
        utf8_next(s, &at);
    return at;
}

/* Takes what fits off the front: up to a blank, or in the middle of a long word. */
static str take_line(struct rest *rest, size_t width)
{
    str s = rest->text;
    size_t end = bytes_of(s, width), blank = end;
    if (end < s.n) {
        while (blank != 0 && s.p[blank] != ' ')
            blank--;
        end = blank != 0 ? blank : end;
    }
    rest->text = str_trim(str_skip(s, end));
    return str_trim(str_from_to(s, 0, end));
}

static void put_padded(struct buf *out, str s, size_t width)
{
    buf_add(out, s);
    for (size_t n = utf8_count(s); n < width; n++)
        buf_char(out, ' ');
}

static void end_line(struct buf *out)
{
    while (out->n != 0 && out->p[out->n - 1] == ' ')
        out->n--;
    buf_char(out, '\n');
}

static void put_row(struct buf *out, struct rest *cells, const size_t *width, size_t count)
{
    bool more = true;
    while (more) {
        more = false;
        for (size_t c = 0; c < count; c++) {
            put_padded(out, take_line(&cells[c], width[c]), width[c] + (c + 1 < count ? GAP : 0));
            more |= cells[c].text.n != 0;
        }
        end_line(out);
    }
}

static void put_rule(struct buf *out, const size_t *width, size_t count)
{
    for (size_t c = 0; c < count; c++) {
        for (size_t i = 0; i < width[c]; i++)
            buf_char(out, '-');
        put_padded(out, S(""), c + 1 < count ? GAP : 0);
    }
    end_line(out);
}

void data_table_text(struct arena *a, struct buf *out, const struct table *t, size_t width)
{
    size_t *widths = NEW_ARRAY(a, size_t, t->column_count);
    struct rest *cells = NEW_ARRAY(a, struct rest, t->column_count);
    for (size_t c = 0; c < t->column_count; c++) {
        widths[c] = widest(a, t, c);
        cells[c].text = t->columns[c].head;
    }
    fit(widths, t->column_count, width);
    if (t->row_count != 0) {
        put_row(out, cells, widths, t->column_count);
        put_rule(out, widths, t->column_count);
    }
    for (size_t r = 0; r < t->row_count; r++) {
        for (size_t c = 0; c < t->column_count; c++) {
            str text = cell_plain(a, table_cell(t, r, c));
            cells[c].text = text.n != 0 ? text : S("-");
        }
        put_row(out, cells, widths, t->column_count);
    }
    if (t->note.n != 0)
        buf_fmt(out, STR_FMT "\n", STR_ARG(t->note));
}
