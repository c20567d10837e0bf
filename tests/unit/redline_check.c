/* unit/redline_check: the promise of a redline. */
#include "redline_check.h"

#include "form/diff/redline_int.h"

/* The letters and signs of a tree, without blanks, and without what is below `left_out`. */
static str letters(struct arena *a, const struct md_node *root, enum md_kind left_out)
{
    struct buf out = buf_in(a, 1024);
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        if (!w.enter)
            continue;
        if (w.node->kind == left_out) {
            w.enter = false;
            continue;
        }
        for (size_t i = 0; i < w.node->text.n;) {
            size_t from = i;
            uint32_t c = utf8_next(w.node->text, &i);
            bool is_blank =
                (c < 128 && ascii_is_space((char)c)) || c == 0xA0 || c == 0x202F || c == 0x3000;
            if (!is_blank)
                buf_add(&out, str_from_to(w.node->text, from, i));
        }
    }
    return buf_str(&out);
}

const char *redline_lie(struct arena *a, str before, str after)
{
    struct redline_request r = {.before = before, .after = after, .is_whole = true};
    struct redline line = redline_make(a, &r);
    str old_text = letters(a, prepare(a, &r, true), MD_KIND_COUNT);
    str new_text = letters(a, prepare(a, &r, false), MD_KIND_COUNT);
    if (!str_eq(letters(a, line.body, MD_INSERTED), old_text))
        return "without what was put in it is not the earlier text";
    if (!str_eq(letters(a, line.body, MD_DELETED), new_text))
        return "without what was taken out it is not the later text";
    if (!line.is_changed && !str_eq(old_text, new_text))
        return "it says that nothing changed";
    return NULL;
}
