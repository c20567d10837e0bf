/* form/table/card: what the crisis card says, computed once.
 *
 * The card is what people carry: one HTML file for phones and one folded sheet
 * for wallets say the same, each as much of it as it has room for. It speaks in
 * plain words; nothing in it is a link into the portal. Everything is borrowed
 * from one arena. */
#ifndef FORM_CARD_H
#define FORM_CARD_H

#include "form/table/crisis.h"

enum card_part {
    CARD_NUMBERS, /* emergency services and crisis line */
    CARD_DECLARE, /* thresholds: who may declare what, and when */
    CARD_STEPS,   /* of the first hour, in order */
    CARD_TEAM,    /* roles with holder and deputies */
    CARD_PLACES,  /* where teams meet, and on which line */
    CARD_SITES,   /* assembly points */
    CARD_CONTACTS,
    CARD_PARTS
};

/* Words, and numbers that reach whom they speak of. */
struct card_line {
    str text; /* may be empty */
    const struct crisis_phone *phones;
    size_t phone_count;
};

struct card_entry {
    str title; /* empty for a step */
    str level; /* of a threshold: "crisis"; else empty */
    const struct card_line *lines;
    size_t line_count;
};

struct card_section {
    str id, title;
    const struct card_entry *entries;
    size_t count;
    size_t left_out; /* that the binder has and even the larger card has not */
};

struct card {
    struct card_section sections[CARD_PARTS];
    date valid_until;
};

enum {
    CARD_ENTRIES_MAX = 60, /* of a section: the file stays small enough to be mailed */
    CARD_LINES_MAX = 10,   /* of an entry */
    CARD_PHONES_MAX = 3,   /* of a person */
};

const struct card *card_of(struct arena *a, const struct model *m);
/* "7 more in the binder"; "" for none. */
str card_rest(struct arena *a, size_t left_out);

#endif
