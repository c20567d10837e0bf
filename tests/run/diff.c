/* run/diff: what was expected against what came. */
#include "diff.h"

enum { CONTEXT_LINES = 3, SHOWN_LINES = 40, SHOWN_BYTES = 400 };

struct lines {
    str *v;
    size_t n, cap;
};

static struct lines split(struct arena *a, str text)
{
    struct lines l = {0};
    str line;
    while (str_line(&text, &line))
        PUSH(a, l.v, l.n, l.cap, str) = line;
    return l;
}

static void show(struct buf *out, char mark, const struct lines *l, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        if (i - from == SHOWN_LINES) {
            buf_fmt(out, "%c… %zu more lines\n", mark, to - i);
            return;
        }
        str line = l->v[i];
        buf_char(out, mark);
        buf_add(out, str_from_to(line, 0, line.n < SHOWN_BYTES ? line.n : SHOWN_BYTES));
        if (line.n > SHOWN_BYTES)
            buf_fmt(out, "… %zu more bytes", line.n - SHOWN_BYTES);
        buf_char(out, '\n');
    }
}

void diff_add(struct buf *out, str name, str expected, str came)
{
    struct lines old = split(out->arena, expected), new = split(out->arena, came);
    size_t head = 0, tail = 0;
    size_t least = old.n < new.n ? old.n : new.n;
    while (head < least && str_eq(old.v[head], new.v[head]))
        head++;
    while (tail < least - head && str_eq(old.v[old.n - 1 - tail], new.v[new.n - 1 - tail]))
        tail++;
    size_t from = head > CONTEXT_LINES ? head - CONTEXT_LINES : 0;
    size_t after = tail > CONTEXT_LINES ? CONTEXT_LINES : tail;
    buf_fmt(out, "--- " STR_FMT " expected\n+++ " STR_FMT " found\n@@ line %zu @@\n", STR_ARG(name),
            STR_ARG(name), head + 1);
    show(out, ' ', &old, from, head);
    show(out, '-', &old, head, old.n - tail);
    show(out, '+', &new, head, new.n - tail);
    show(out, ' ', &old, old.n - tail, old.n - tail + after);
}
