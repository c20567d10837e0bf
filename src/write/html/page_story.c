/* write/html/page_story: what changed, why and from where, by year and month. */
#include "write/html/portal_int.h"

#include "form/table/improve/story.h"

/* "June 2026". */
static str month_words(struct arena *a, date day)
{
    str words = date_long(a, day);
    size_t blank = 0;
    while (blank < words.n && words.p[blank] != ' ')
        blank++;
    return str_skip(words, blank < words.n ? blank + 1 : blank);
}

static str month_id(struct arena *a, const struct story_entry *first)
{
    if (first->day == DATE_NONE)
        return S("");
    return str_fmt(a, "month-" STR_FMT,
                   STR_ARG(str_from_to(date_iso(a, first->day), 0, S("2026-05").n)));
}

/* Without what the heading says, and without the day of what has none. */
static const struct table *under_heading(struct arena *a, const struct table *whole, str heading)
{
    static const str unsaid[2][2] = {{S_INIT("month"), S_INIT("due")},
                                     {S_INIT("month"), S_INIT("day")}};
    bool is_open = heading.n == 0;
    size_t *shown = NEW_ARRAY(a, size_t, whole->column_count), count = 0;
    for (size_t i = 0; i < whole->column_count; i++)
        if (!str_eq(whole->columns[i].key, unsaid[is_open][0]) &&
            !str_eq(whole->columns[i].key, unsaid[is_open][1]))
            shown[count++] = i;
    struct table *t = table_pick(a, whole, whole->id, shown, count);
    t->caption = is_open ? S("Still to come") : heading;
    t->note = whole->note;
    return t;
}

static void add_month(struct page *pg, struct items *months, const struct story *s, size_t from,
                      size_t to)
{
    struct arena *a = pg->arena;
    const struct story_entry *first = &s->entries[from];
    struct tmap *m = items_add(pg, months);
    put_text(m, S("id"), month_id(a, first));
    str heading = first->day == DATE_NONE ? S("") : month_words(a, first->day);
    put_text(m, S("heading"), heading);
    const struct table *rows = story_rows(a, pg->model, s, from, to);
    put_table(pg, m, S("content"), under_heading(a, rows, heading), NULL);
}

static int year_of(const struct story_entry *e)
{
    return e->day == DATE_NONE ? 0 : date_ymd(e->day).year;
}

/* All months of one year; what has not come is of none. Gives where the next one begins. */
static size_t add_year(struct page *pg, struct items *years, const struct story *s, size_t from)
{
    struct arena *a = pg->arena;
    struct items months = items_new(pg);
    struct tmap *m = items_add(pg, years);
    int year = year_of(&s->entries[from]);
    size_t to = from;
    while (to < s->count && year_of(&s->entries[to]) == year) {
        size_t end = story_run_end(s, to);
        add_month(pg, &months, s, to, end);
        to = end;
    }
    put_text(m, S("id"), year == 0 ? S("open") : str_fmt(a, "year-%d", year));
    put_text(m, S("heading"), year == 0 ? S("Still to come") : str_fmt(a, "%d", year));
    put_text(m, S("count"), str_fmt(a, "%zu", to - from));
    put_items(pg, m, S("months"), &months);
    return to;
}

static void put_files(struct page *pg)
{
    put_text(pg->data, S("csv"), page_link(pg, S("data/lists/story.csv")));
    put_text(pg->data, S("json"), page_link(pg, S("data/lists/story.json")));
    put_text(pg->data, S("pdf"),
             pg->portal->world.only_html ? S("") : page_link(pg, S("lists/story.pdf")));
}

void fill_STORY(struct page *pg)
{
    enum { ROWS_MAX = REGISTER_ROWS_MAX / 2 };
    struct story *s = story_of(pg->arena, pg->model);
    struct items years = items_new(pg);
    size_t all = s->count;
    s->count = all < ROWS_MAX ? all : ROWS_MAX;
    for (size_t from = 0; from < s->count;)
        from = add_year(pg, &years, s, from);
    put_files(pg);
    put_items(pg, pg->data, S("years"), &years);
    put_text(pg->data, S("rest"),
             all == s->count
                 ? S("")
                 : str_fmt(pg->arena, "%zu older ones are in the data file.", all - s->count));
    if (portal_has_kind(pg->portal, PAGE_ACTION_LOG))
        put_link(pg, S("log"), page_link(pg, S("manage/actions.html")), S("Action log"));
    else
        put_nothing(pg->data, S("log"));
}
