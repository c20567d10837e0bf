/* check/codes: documents are named by the coding scheme of the house, where it has one (DC18). */
#include "check/check_int.h"

#include <stdint.h>

enum {
    CODE_BYTES_MAX = 40, /* longer ones are no ids (X10); positions fit a word of bits */
    TIMES_MAX = CODE_BYTES_MAX,
    ASCII = 128,
};

/* One character of a scheme and how often it stands there: "[A-Z]{3}", "0?", "-". */
struct unit {
    bool has[ASCII];
    size_t least, most;
};

static bool is_plain(char ch)
{
    return ascii_is_alnum(ch) || ch == '-' || ch == '.' || ch == '_';
}

/* "[A-Z0-9]", behind its bracket. */
static bool read_class(str s, size_t *at, struct unit *u)
{
    size_t from = *at;
    for (; *at < s.n && s.p[*at] != ']'; ++*at) {
        bool is_range = *at + 2 < s.n && s.p[*at + 1] == '-' && s.p[*at + 2] != ']';
        char first = s.p[*at], last = is_range ? s.p[*at + 2] : first;
        if (!is_plain(first) || !is_plain(last) || last < first)
            return false;
        for (char ch = first; ch <= last; ch++)
            u->has[(unsigned char)ch] = true;
        *at += is_range ? 2 : 0;
    }
    return *at < s.n && ++*at > from + 1;
}

static bool read_number(str s, size_t *at, size_t *number)
{
    size_t from = *at;
    for (*number = 0; *at < s.n && ascii_is_digit(s.p[*at]) && *number <= TIMES_MAX; ++*at)
        *number = *number * 10 + (size_t)(s.p[*at] - '0');
    return *at > from && *number <= TIMES_MAX;
}

/* "{3}" or "{2,4}", behind its brace. */
static bool read_times(str s, size_t *at, struct unit *u)
{
    if (!read_number(s, at, &u->least))
        return false;
    u->most = u->least;
    if (*at < s.n && s.p[*at] == ',') {
        ++*at;
        if (!read_number(s, at, &u->most) || u->most < u->least)
            return false;
    }
    return *at < s.n && s.p[(*at)++] == '}';
}

/* False: the scheme is none from here on. */
static bool read_unit(str s, size_t *at, struct unit *u)
{
    *u = (struct unit){.least = 1, .most = 1};
    char first = s.p[(*at)++];
    if (is_plain(first))
        u->has[(unsigned char)first] = true;
    else if (first != '[' || !read_class(s, at, u))
        return false;
    char times = *at < s.n ? s.p[*at] : '\0';
    if (times == '{')
        return ++*at < s.n && read_times(s, at, u);
    if (times == '?' || times == '+') {
        u->least = times == '+';
        u->most = times == '+' ? TIMES_MAX : 1;
        ++*at;
    }
    return true;
}

static bool is_scheme(str s)
{
    struct unit u;
    for (size_t at = 0; at < s.n;)
        if (!read_unit(s, &at, &u))
            return false;
    return s.n != 0;
}

/* Bit n: the first n bytes of the code are accounted for. */
static uint64_t after_unit(uint64_t places, str code, const struct unit *u)
{
    uint64_t out = u->least == 0 ? places : 0;
    for (size_t times = 1; times <= u->most && places != 0; times++) {
        uint64_t next = 0;
        for (size_t i = 0; i < code.n; i++) {
            unsigned char ch = (unsigned char)code.p[i];
            if ((places >> i & 1) != 0 && ch < ASCII && u->has[ch])
                next |= (uint64_t)1 << (i + 1);
        }
        places = next;
        out |= times >= u->least ? places : 0;
    }
    return out;
}

static bool follows(str code, str scheme)
{
    uint64_t places = 1;
    struct unit u;
    if (code.n > CODE_BYTES_MAX)
        return false;
    for (size_t at = 0; at < scheme.n && read_unit(scheme, &at, &u);)
        places = after_unit(places, code, &u);
    return (places >> code.n & 1) != 0;
}

void check_codes(struct checker *c)
{
    const struct record *house = c->model->workspace;
    const struct record_list *documents = model_list(c->model, TYPE_DOCUMENT);
    str scheme = rec_text(house, WORKSPACE_CODE_PATTERN);
    if (scheme.n == 0)
        return;
    if (!is_scheme(scheme)) {
        diag(c->diags, CHECK_RULE(UNREADABLE), check_place(house, WORKSPACE_CODE_PATTERN),
             "'" STR_FMT "' is no coding scheme", STR_ARG(diag_quote(scheme)));
        diag_hint(c->diags, "characters and classes like [A-Z0-9], each with {3}, {2,4}, + or ?");
        return;
    }
    for (size_t i = 0; i < documents->count; i++) {
        const struct record *r = documents->items[i];
        if (r->id.n != 0 && rec_counts(r) && !follows(r->id, scheme))
            check_report(c, CHECK_RULE_CODE_SCHEME, r, r->id_span,
                         "the code '" STR_FMT "' does not follow the scheme '" STR_FMT "'",
                         STR_ARG(r->id), STR_ARG(scheme));
    }
}
