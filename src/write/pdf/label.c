/* write/pdf/label: what pages are called.
 *
 * Without parts 1, 2, 3; with parts i, ii, iii before the first and C-1, C-2 in
 * part C, so that a part can be replaced without touching the others. */
#include "write/pdf/paginate_int.h"

static str roman(struct arena *a, size_t number)
{
    static const struct {
        size_t value;
        const char *letters;
    } step[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"},
                {90, "xc"},  {50, "l"},   {40, "xl"}, {10, "x"},   {9, "ix"},
                {5, "v"},    {4, "iv"},   {1, "i"}};
    struct buf b = buf_in(a, 16);
    for (size_t i = 0; i < COUNT_OF(step); i++)
        for (; number >= step[i].value; number -= step[i].value)
            buf_add(&b, str_from(step[i].letters));
    return buf_str(&b);
}

static str word(const struct pdf_layout *l, size_t part, size_t number)
{
    return l->part_count > 0 && part == 0 ? roman(l->arena, number)
                                          : str_fmt(l->arena, "%zu", number);
}

void label_pages(struct pdf_layout *l, struct pdf_pages *pages)
{
    for (size_t from = 0, to; from < pages->n; from = to) {
        size_t part = pages->v[from]->part;
        for (to = from; to < pages->n && pages->v[to]->part == part; to++)
            pages->v[to]->number = to - from + 1;
        str prefix =
            part == 0 ? S("") : str_fmt(l->arena, STR_FMT "-", STR_ARG(l->parts[part - 1].mark));
        for (size_t i = from; i < to; i++) {
            struct pdf_page *page = pages->v[i];
            page->prefix = prefix;
            page->label = str_fmt(l->arena, STR_FMT STR_FMT, STR_ARG(prefix),
                                  STR_ARG(word(l, part, page->number)));
            page->of = word(l, part, to - from);
        }
    }
}
