/* form/draw/gap_int: whether something can be back when it must.
 *
 * Told by a letter, a colour and words, in every drawing alike. */
#ifndef FORM_DRAW_GAP_INT_H
#define FORM_DRAW_GAP_INT_H

#include "form/draw/draw_int.h"
#include "model/recovery.h"

enum gap {
    GAP_NONE,    /* in time, or nobody asks, or nothing is said of such things: sites, people */
    GAP_LATE,    /* it can only be back later than it is asked to */
    GAP_UNKNOWN, /* something that it needs, or it itself, says no time */
};
enum { GAPS = GAP_UNKNOWN + 1 };

struct gap_look {
    str letter, words, chip;
    enum ink ink;
    enum tone tone;
};
extern const struct gap_look gap_look[GAPS];

enum gap gap_of(const struct node *n);
/* The letter in the corner of its box, and a line that says both times. */
void gap_say(const struct graph *g, struct graph_node *box, const struct node *n);
/* Explains the letters that were used. */
void gap_legend(struct graph *g);
/* "≥ 8h", or empty; sorts by time. */
struct cell gap_cell_able(struct arena *a, const struct node *n);
struct cell gap_cell_time(struct arena *a, duration time, const char *before);

#endif
