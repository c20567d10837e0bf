/* cli/terminal: text of authors on its way to a terminal. */
#include "cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/buf.h"

size_t terminal_width(void)
{
    enum { USUAL = 110, LEAST = 60 };
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

bool terminal_obeys(uint32_t c)
{
    return c < 32 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

str terminal_line(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 1);
    for (size_t at = 0; at < text.n;) {
        size_t from = at;
        uint32_t c = utf8_next(text, &at);
        if (!terminal_obeys(c))
            buf_add(&out, str_from_to(text, from, at));
        else
            buf_char(&out, c == '\n' || c == '\t' ? ' ' : '?');
    }
    return buf_str(&out);
}

const struct table *terminal_table(struct arena *a, const struct table *all)
{
    struct table *t = table_new(a, all->id, all->caption, all->columns, all->column_count);
    t->note = all->note;
    for (size_t r = 0; r < all->row_count; r++) {
        struct cell *cells = table_row(a, t);
        for (size_t c = 0; c < all->column_count; c++)
            cells[c] = cell_text(a, terminal_line(a, cell_plain(a, table_cell(all, r, c))));
    }
    return t;
}
