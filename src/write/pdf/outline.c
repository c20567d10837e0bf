/* write/pdf/outline: bookmarks. */
#include "write/pdf/emit_int.h"

enum { OPEN_MAX = 30 }; /* a longer outline is shown folded */

struct entry {
    size_t parent, first, last, prev, next; /* indices from 1; 0: none, as a parent the root */
    size_t below;                           /* entries under it, of all depths */
    HPDF_Dict object;
};

/* Entries that lead nowhere (a heading in a repeated head, say) are left out. */
static void link_entries(struct entry *entries, const struct pdf_emission *e,
                         HPDF_Dict const *pages)
{
    for (size_t i = 1; i <= e->bookmark_count; i++) {
        if (!emit_reaches(e->pages, pages, e->bookmarks[i - 1].anchor))
            continue;
        size_t parent = 0; /* go down the last branch as far as ranks allow */
        while (entries[parent].last &&
               e->bookmarks[entries[parent].last - 1].rank < e->bookmarks[i - 1].rank)
            parent = entries[parent].last;
        entries[i].parent = parent;
        entries[i].prev = entries[parent].last;
        if (entries[i].prev)
            entries[entries[i].prev].next = i;
        else
            entries[parent].first = i;
        entries[parent].last = i;
        for (size_t up = parent;; up = entries[up].parent) {
            entries[up].below++;
            if (up == 0)
                break;
        }
    }
}

static void reference(struct buf *b, const char *key, const struct entry *entries, size_t index)
{
    if (index)
        buf_fmt(b, "/%s %u 0 R\n", key, file_number(entries[index].object));
}

static void write_entry(struct pdf_file *f, struct arena *a, const struct pdf_emission *e,
                        const struct entry *entries, size_t i, HPDF_Dict const *pages)
{
    const struct entry *entry = &entries[i];
    struct buf b = buf_in(a, 128);
    if (i == 0) {
        buf_lit(&b, "/Type /Outlines\n");
    } else {
        buf_lit(&b, "/Title <");
        file_utf16_hex(&b, e->bookmarks[i - 1].text, true);
        buf_fmt(&b, ">\n/Parent %u 0 R\n/Dest ", file_number(entries[entry->parent].object));
        emit_destination(&b, e->pages, pages, e->bookmarks[i - 1].anchor);
        buf_char(&b, '\n');
        reference(&b, "Prev", entries, entry->prev);
        reference(&b, "Next", entries, entry->next);
    }
    reference(&b, "First", entries, entry->first);
    reference(&b, "Last", entries, entry->last);
    bool is_open = i == 0 || entries[0].below <= OPEN_MAX;
    if (entry->below)
        buf_fmt(&b, "/Count %s%zu\n", is_open ? "" : "-", entry->below);
    file_raw(f, entry->object, buf_str(&b));
}

void outline_write(struct pdf_file *f, struct arena *a, const struct pdf_emission *e,
                   HPDF_Dict const *pages)
{
    struct entry *entries = NEW_ARRAY(a, struct entry, e->bookmark_count + 1);
    link_entries(entries, e, pages);
    if (!entries[0].first)
        return;
    for (size_t i = 0; i <= e->bookmark_count; i++)
        if (i == 0 || entries[i].parent || entries[i].prev || entries[0].first == i)
            entries[i].object = file_dict(f);
    for (size_t i = 0; i <= e->bookmark_count; i++)
        if (entries[i].object)
            write_entry(f, a, e, entries, i, pages);
    HPDF_Dict_Add(file_catalog(f), "Outlines", entries[0].object);
    HPDF_Dict_AddName(file_catalog(f), "PageMode", "UseOutlines");
}
