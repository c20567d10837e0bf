/* form/table/glossary: the words of the trade, for the portal's page and for binders. */
#ifndef FORM_TABLE_GLOSSARY_H
#define FORM_TABLE_GLOSSARY_H

#include "form/table/table.h"

struct glossary_word {
    str anchor; /* on glossary.html */
    str word, meaning;
};

size_t glossary_count(void);
const struct glossary_word *glossary_at(size_t index); /* in order of the alphabet */
const struct table *glossary_table(struct arena *a);

#endif
