/* form/doc/binder/tabs: what a binder holds, and in which order. */
#include "form/doc/binder/binder_int.h"

#include "model/lifecycle.h"

static const struct {
    str key, title;
    bool is_sheets;
} section[] = {
#define SECTION(key, title, is_sheets) {S_INIT(key), S_INIT(title), is_sheets},
#include "form/doc/binder/sections.def"
};
enum { SECTION_COUNT = COUNT_OF(section) };

static const struct {
    str mark, title, sections;
} usual[] = {
#define TAB(mark, title, sections) {S_INIT(mark), S_INIT(title), S_INIT(sections)},
#include "form/doc/binder/tabs.def"
};
enum { USUAL_COUNT = COUNT_OF(usual) };

/* SECTION_COUNT: there is none. */
static size_t section_at(str key)
{
    size_t i = 0;
    while (i < SECTION_COUNT && !str_eq(section[i].key, key))
        i++;
    return i;
}

str binder_section_title(str key)
{
    size_t i = section_at(key);
    return i < SECTION_COUNT ? section[i].title : S("");
}

str binder_section_key(size_t number)
{
    return number < SECTION_COUNT ? section[number].key : S("");
}

bool binder_section_is_sheets(str key)
{
    size_t i = section_at(key);
    return i < SECTION_COUNT && section[i].is_sheets;
}

str binder_anchor(struct arena *a, size_t tab, size_t item)
{
    return str_fmt(a, "tab-%zu-%zu", tab + 1, item + 1);
}

bool binder_prints(const struct record *document)
{
    return document != NULL && document->document != NULL && document->life != NULL &&
           !life_is_over(document->life);
}

static struct binder_tab usual_tab(struct arena *a, size_t i)
{
    str *keys = NEW_ARRAY(a, str, SECTION_COUNT);
    struct binder_tab tab = {usual[i].mark, usual[i].title, keys, 0, NULL};
    for (str rest = usual[i].sections; rest.n != 0;)
        rest = str_cut(rest, '|', &keys[tab.section_count++]);
    return tab;
}

static struct binder_tab tab_of(struct arena *a, const struct record *r)
{
    size_t count;
    const struct field_value *v = rec_items(r, BINDER_TAB_SECTIONS, &count);
    str *keys = NEW_ARRAY(a, str, count + 1);
    for (size_t i = 0; i < count; i++)
        keys[i] = v[i].text;
    return (struct binder_tab){rec_text(r, BINDER_TAB_MARK), rec_text(r, BINDER_TAB_TITLE), keys,
                               count, r};
}

const struct binder_tab *binder_tabs(struct arena *a, const struct record *binder, size_t *count)
{
    size_t written;
    const struct field_value *v = rec_items(binder, BINDER_TABS, &written);
    struct binder_tab *tabs =
        NEW_ARRAY(a, struct binder_tab, written > USUAL_COUNT ? written : USUAL_COUNT);
    *count = 0;
    for (size_t i = 0; i < written; i++)
        if (v[i].state == FV_PRESENT)
            tabs[(*count)++] = tab_of(a, v[i].record);
    for (size_t i = 0; i < USUAL_COUNT && written == 0; i++)
        tabs[(*count)++] = usual_tab(a, i);
    return tabs;
}
