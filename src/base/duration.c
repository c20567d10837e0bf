/* base/duration: how long, in minutes. */
#include "base/duration.h"

#include "base/buf.h"

static const struct unit {
    char letter;
    duration minutes;
    const char *word;
} unit[] = {{'w', 10080, "week"}, {'d', 1440, "day"}, {'h', 60, "hour"}, {'m', 1, "minute"}};
enum { UNIT_COUNT = COUNT_OF(unit) };

static int unit_of(char letter)
{
    for (int u = 0; u < UNIT_COUNT; u++)
        if (unit[u].letter == letter)
            return u;
    return -1;
}

bool duration_parse(str s, duration *out)
{
    duration total = 0;
    bool seen[UNIT_COUNT] = {false};
    s = str_trim(s);
    if (s.n == 0)
        return false;
    for (size_t i = 0; i < s.n;) {
        duration count = 0;
        size_t start = i;
        while (i < s.n && ascii_is_digit(s.p[i])) {
            count = count * 10 + (s.p[i++] - '0');
            if (count > DURATION_MAX)
                return false;
        }
        int u = i > start && i < s.n ? unit_of(s.p[i]) : -1;
        if (u < 0 || seen[u])
            return false;
        seen[u] = true;
        total += count * unit[u].minutes;
        if (total > DURATION_MAX)
            return false;
        for (i++; i < s.n && s.p[i] == ' '; i++)
            ;
    }
    *out = total;
    return true;
}

/* Weeks only when nothing smaller remains: "2w", but "8d" and not "1w 1d". */
static str print(struct arena *a, duration d, bool words)
{
    if (d == DURATION_NONE)
        return S("");
    struct buf b = buf_in(a, 24);
    for (int u = d % unit[0].minutes == 0 && d != 0 ? 0 : 1; u < UNIT_COUNT; u++) {
        long long count = (long long)(d / unit[u].minutes);
        d %= unit[u].minutes;
        if (count == 0 && !(u == UNIT_COUNT - 1 && b.n == 0))
            continue;
        if (b.n != 0)
            buf_char(&b, ' ');
        if (words)
            buf_fmt(&b, "%lld %s%s", count, unit[u].word, count == 1 ? "" : "s");
        else
            buf_fmt(&b, "%lld%c", count, unit[u].letter);
    }
    return buf_str(&b);
}

str duration_short(struct arena *a, duration d)
{
    return print(a, d, false);
}

str duration_words(struct arena *a, duration d)
{
    return print(a, d, true);
}
