/* write/pdf/widths: how wide the columns of a table are. */
#include <math.h>

#include "write/pdf/table_int.h"

#define NUMBER 58.0 /* points, with padding: a number with its unit, a yes or no */

/* The share that column i gets when each is given `share` times its fullness. */
static double wanted(const struct column_need *need, double share)
{
    return fmin(fmax(share * need->weight, need->least), need->most);
}

/* Widths in proportion to what usually stands in a column give rows whose cells
 * have about the same number of lines, which are the lowest rows. */
static void share_between(const struct column_need *need, size_t count, double room, double *width)
{
    double low = 0, high = 1;
    for (size_t i = 0; i < count; i++)
        high = fmax(high, need[i].most / need[i].weight); /* with this every column has its most */
    for (int step = 0; step < 60; step++) { /* halving a double leaves nothing after these */
        double middle = (low + high) / 2, total = 0;
        for (size_t i = 0; i < count; i++)
            total += wanted(&need[i], middle);
        if (total > room)
            high = middle;
        else
            low = middle;
    }
    for (size_t i = 0; i < count; i++)
        width[i] = wanted(&need[i], low);
}

static size_t shortest_not_whole(const struct column_need *need, size_t count)
{
    size_t found = count;
    for (size_t i = 0; i < count; i++)
        if (need[i].least < need[i].whole && (found == count || need[i].whole < need[found].whole))
            found = i;
    return found;
}

/* Names should stand in one line where that leaves enough to prose: columns up
 * to half as wide again as an equal share get all their width, the shortest first;
 * "3 days" over two lines looks broken, whatever it spares others. */
static void keep_short_whole(struct column_need *need, size_t count, double room)
{
    enum { FIRM_PERCENT_MAX = 50, NUMBERS_PERCENT_MAX = 90 };
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += need[i].least;
    for (;;) {
        size_t next = shortest_not_whole(need, count);
        if (next == count || need[next].whole > 1.5 * room / (double)count)
            return;
        total += need[next].whole - need[next].least;
        if (total >
            room * (need[next].whole <= NUMBER ? NUMBERS_PERCENT_MAX : FIRM_PERCENT_MAX) / 100)
            return;
        need[next].least = need[next].whole;
    }
}

void widths_share(struct column_need *need, size_t count, double room, double *width)
{
    enum { FULL_PERCENT = 55 }; /* a table narrower than this keeps its natural width */
    double least = 0, most = 0;
    for (size_t i = 0; i < count; i++) {
        least += need[i].least;
        most += need[i].most;
    }
    if (most <= room) {
        bool is_full = most > room * FULL_PERCENT / 100;
        for (size_t i = 0; i < count; i++)
            width[i] = need[i].most * (is_full ? room / most : 1);
        return;
    }
    for (size_t i = 0; i < count && least > room; i++) /* words will break */
        need[i].least = fmin(need[i].least, room / (double)count);
    if (least <= room)
        keep_short_whole(need, count, room);
    share_between(need, count, room, width);
}
