/* cli/terminal: text of authors on its way to a terminal. */
#include "cli/terminal.h"

#include "base/buf.h"

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
