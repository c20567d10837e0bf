/* write/pdf/widths: how wide the columns of a table are. */
#include <math.h>

#include "write/pdf/table_int.h"

static double sum(const double *v, size_t count)
{
    double total = 0;
    for (size_t i = 0; i < count; i++)
        total += v[i];
    return total;
}

/* A column four times as full gets twice the width: prose shares the pain with
 * short columns, which a share by content would starve. */
static double wanted(double share, double least, double most)
{
    return fmin(fmax(share * sqrt(most), least), most);
}

static void share_between(const double *least, const double *most, size_t count, double room,
                          double *width)
{
    double low = 0, high = 1;
    for (size_t i = 0; i < count; i++)
        high = fmax(high, sqrt(most[i]));   /* with this every column has its most */
    for (int step = 0; step < 60; step++) { /* halving a double leaves nothing after these */
        double middle = (low + high) / 2, total = 0;
        for (size_t i = 0; i < count; i++)
            total += wanted(middle, least[i], most[i]);
        if (total > room)
            high = middle;
        else
            low = middle;
    }
    for (size_t i = 0; i < count; i++)
        width[i] = wanted(low, least[i], most[i]);
}

/* Names and dates should stand in one line where that leaves enough to prose:
 * columns up to half as wide again as an equal share need all their width. */
static void keep_short_whole(const double *least, const double *most, size_t count, double room,
                             double *firm)
{
    enum { FIRM_PERCENT_MAX = 70 };
    for (size_t i = 0; i < count; i++)
        firm[i] = most[i] <= 1.5 * room / (double)count ? most[i] : least[i];
    if (sum(firm, count) <= room * FIRM_PERCENT_MAX / 100)
        return;
    for (size_t i = 0; i < count; i++)
        firm[i] = least[i];
}

void widths_share(const double *least, const double *most, size_t count, double room, double *width)
{
    enum { FULL_PERCENT = 55 }; /* a table narrower than this keeps its natural width */
    double total = sum(most, count);
    if (total > room && sum(least, count) <= room) {
        double *firm = width; /* becomes the answer */
        keep_short_whole(least, most, count, room, firm);
        share_between(firm, most, count, room, width);
        return;
    }
    for (size_t i = 0; i < count; i++)
        width[i] = total > room ? fmin(least[i], room / (double)count) : most[i];
    if (total > room) { /* words break in the columns that are too narrow for them */
        double *floor = width;
        share_between(floor, most, count, room, width);
    } else if (total > room * FULL_PERCENT / 100) {
        for (size_t i = 0; i < count; i++)
            width[i] = most[i] * room / total;
    }
}
