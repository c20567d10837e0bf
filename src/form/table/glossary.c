/* form/table/glossary: the words of the trade, for the portal's page and for binders. */
#include "form/table/glossary.h"

static const struct glossary_word glossary[] = {
#define WORD(anchor, word, meaning) {S_INIT(anchor), S_INIT(word), S_INIT(meaning)},
#include "form/table/glossary.def"
};

size_t glossary_count(void)
{
    return COUNT_OF(glossary);
}

const struct glossary_word *glossary_at(size_t index)
{
    return &glossary[index];
}

const struct table *glossary_table(struct arena *a)
{
    static const struct column column[] = {
        COLUMN("word", "Word", TEXT),
        COLUMN("meaning", "Meaning", PROSE),
    };
    struct table *t = table_new(a, S("glossary"), S(""), column, COUNT_OF(column));
    t->head_column = true;
    for (size_t i = 0; i < glossary_count(); i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, glossary[i].word);
        cells[1] = cell_text(a, glossary[i].meaning);
    }
    return t;
}
