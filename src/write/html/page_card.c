/* write/html/page_card: the crisis card: one file that works when mailed or saved on a telephone.
 *
 * Nothing outside it is asked for, so its style sheet stands inside. Pages of the portal forbid
 * that; this one allows exactly this style sheet, by its hash, and no script at all. */
#include "write/html/portal_int.h"

#include "form/table/card.h"

static void put_line(struct page *pg, struct items *lines, const struct card_line *line)
{
    struct tmap *m = items_add(pg, lines);
    struct items phones = items_new(pg);
    for (size_t i = 0; i < line->phone_count; i++) {
        struct tmap *one = items_add(pg, &phones);
        put_text(one, S("href"), link_of_phone(pg->arena, line->phones[i].number));
        put_text(one, S("label"), line->phones[i].label);
        put_text(one, S("number"), line->phones[i].number);
    }
    put_text(m, S("text"), line->text);
    put_items(pg, m, S("phones"), &phones);
}

static void put_entry(struct page *pg, struct items *entries, const struct card_entry *e)
{
    struct tmap *m = items_add(pg, entries);
    struct items lines = items_new(pg);
    for (size_t i = 0; i < e->line_count; i++)
        put_line(pg, &lines, &e->lines[i]);
    put_text(m, S("title"), e->title);
    bool says_level = str_eq(str_lower(pg->arena, e->title), e->level);
    put_text(m, S("level"), says_level ? S("") : e->level);
    put_items(pg, m, S("lines"), &lines);
}

static void put_section(struct page *pg, struct items *sections, const struct card_section *s)
{
    struct tmap *m = items_add(pg, sections);
    struct items entries = items_new(pg);
    for (size_t i = 0; i < s->count; i++)
        put_entry(pg, &entries, &s->entries[i]);
    put_text(m, S("id"), s->id);
    put_text(m, S("title"), s->title);
    bool is_numbers = str_eq(s->id, S("numbers")), is_steps = s->entries[0].title.n == 0;
    put_flag(m, S("is_numbers"), is_numbers);
    put_flag(m, S("is_steps"), is_steps);
    put_flag(m, S("is_list"), !is_numbers && !is_steps);
    put_items(pg, m, S("entries"), &entries);
    put_text(m, S("rest"), card_rest(pg->arena, s->left_out));
}

void fill_CARD(struct page *pg)
{
    const struct card *card = card_of(pg->arena, pg->model);
    struct items sections = items_new(pg);
    for (int i = 0; i < CARD_PARTS; i++)
        if (card->sections[i].count > 0)
            put_section(pg, &sections, &card->sections[i]);
    put_items(pg, pg->data, S("sections"), &sections);
    put_text(pg->data, S("style_hash"), pg->portal->card_style);
    put_text(pg->data, S("valid_until"), date_long(pg->arena, card->valid_until));
    put_text(pg->data, S("valid_until_iso"), date_iso(pg->arena, card->valid_until));
    put_text(pg->data, S("portal_address"), pg->portal->world.address);
}
