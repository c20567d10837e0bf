/* check/response/response_int: what the rules of plans, people and paper share. */
#ifndef CHECK_RESPONSE_INT_H
#define CHECK_RESPONSE_INT_H

#include "base/buf.h"
#include "check/check_int.h"

/* -- Plans (plans.c) ------------------------------------------------------------------------ */

/* Adds ", what" to the list of what is missing, unless it is there. */
void lack_add(struct buf *list, bool is_there, const char *what);
str lack_words(const struct buf *list); /* without the first comma; "" when nothing is missing */

/* -- People (reach.c) ----------------------------------------------------------------------- */

/* NULL when its holder or a deputy is there and has a number or an e-mail address; else why
 * nobody can be reached. */
const char *role_is_silent(const struct checker *c, const struct record *role);

/* -- Texts of records (texts.c) ------------------------------------------------------------- */

struct text_walk {
    void *self;
    bool (*enters)(const struct record *r, size_t slot);    /* of a record or of a part in it */
    void (*visit)(void *self, const struct field_value *v); /* each single text */
};
void text_walk(const struct text_walk *w, const struct record *r);

/* -- Telephone numbers in texts (numbers.c) ------------------------------------------------- */

enum { NUMBER_DIGITS_MAX = 30 };

struct number {
    size_t off, len; /* in the text, from its '+' or first digit to its last */
    char digits[NUMBER_DIGITS_MAX];
    size_t count;
    bool is_international; /* it begins with '+' */
    bool is_apart;         /* not part of a word, an id or an address */
};
/* The next one at or after *at, which moves behind it; false at the end. */
bool number_next(str text, size_t *at, struct number *out);

#endif
