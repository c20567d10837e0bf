/* text/md_bare_link: addresses in running text, by the rules of GitHub-flavoured Markdown.
 *
 * http://, https:// and www. where no letter or digit stands before them, and
 * e-mail addresses. Each byte is looked at a fixed number of times. */
#include "text/md_int.h"

static bool is_high(char c)
{
    return (unsigned char)c >= 0x80;
}

static bool is_host_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == '.' || is_high(c);
}

static bool starts_word(str text, size_t at, size_t from)
{
    return at == from || !(ascii_is_alnum(text.p[at - 1]) || is_high(text.p[at - 1]));
}

/* The end of the host name at `at`, or `at` when it is none: no underscore in
 * its last two parts and, unless a scheme says what it is, a dot inside. */
static size_t host_end(str text, size_t at, bool needs_dot)
{
    size_t i = at, dots = 0, scores = 0, scores_before = 0;
    if (i == text.n || !(ascii_is_alnum(text.p[i]) || is_high(text.p[i])))
        return at;
    for (; i < text.n; i++) {
        char c = text.p[i];
        if (c == '_') {
            scores++;
        } else if (c == '.') {
            scores_before = scores;
            scores = 0;
            dots += i + 1 < text.n && (ascii_is_alnum(text.p[i + 1]) || is_high(text.p[i + 1]));
        } else if (!is_host_char(c)) {
            break;
        }
    }
    if (scores + scores_before != 0 || (needs_dot && dots == 0))
        return at;
    return i;
}

/* "&hl;" at the end of text[from, to): where it begins, or `to`. */
static size_t entity_start(str text, size_t from, size_t to)
{
    size_t i = to - 1;
    while (i > from && ascii_is_alnum(text.p[i - 1]))
        i--;
    return i > from && i < to - 1 && text.p[i - 1] == '&' ? i - 1 : to;
}

/* What ends a sentence is no part of the address in it, nor is a bracket that
 * was opened before it. */
static size_t trimmed_end(str text, size_t from, size_t to)
{
    long open_round = 0, open_square = 0;
    for (size_t i = from; i < to; i++) {
        open_round += (text.p[i] == '(') - (text.p[i] == ')');
        open_square += (text.p[i] == '[') - (text.p[i] == ']');
    }
    while (to > from) {
        char c = text.p[to - 1];
        size_t entity = c == ';' ? entity_start(text, from, to) : to;
        bool punctuation = c == '?' || c == '!' || c == '.' || c == ',' || c == ':' || c == '*' ||
                           c == '_' || c == '~' || c == '\'' || c == '"';
        if (entity != to) {
            to = entity;
        } else if (punctuation || (c == ')' && open_round < 0) || (c == ']' && open_square < 0)) {
            open_round += c == ')';
            open_square += c == ']';
            to--;
        } else {
            break;
        }
    }
    return to;
}

static size_t address_end(str text, size_t from, size_t host_to)
{
    size_t to = host_to;
    while (to < text.n && !ascii_is_space(text.p[to]) && text.p[to] != '<')
        to++;
    return trimmed_end(text, from, to);
}

/* "http" or "https" before the colon at `colon`: where it begins, or `colon`. */
static size_t scheme_start(str text, size_t from, size_t colon)
{
    static const str scheme[] = {S_INIT("https"), S_INIT("http")};
    for (size_t s = 0; s < 2; s++) {
        size_t n = scheme[s].n, i = 0;
        if (colon - from < n)
            continue;
        while (i < n && ascii_lower(text.p[colon - n + i]) == scheme[s].p[i])
            i++;
        if (i == n && starts_word(text, colon - n, from))
            return colon - n;
    }
    return colon;
}

static bool at_scheme(str text, size_t from, size_t colon, struct md_bare_link *link)
{
    if (!str_starts(str_skip(text, colon), S("://")))
        return false;
    size_t start = scheme_start(text, from, colon), host = colon + 3;
    size_t end = start < colon ? host_end(text, host, false) : host;
    if (end == host)
        return false;
    *link = (struct md_bare_link){start, address_end(text, start, end), S("")};
    return link->to > host;
}

/* A host name that is none ends the search up to its end: what begins inside it
 * ends like it. */
static bool at_www(str text, size_t from, size_t *at, struct md_bare_link *link)
{
    size_t start = *at;
    if (!str_starts(str_skip(text, start), S("www.")) || !starts_word(text, start, from))
        return false;
    size_t end = host_end(text, start, true);
    if (end != start) {
        *link = (struct md_bare_link){start, address_end(text, start, end), S("http://")};
        return link->to > start + 4;
    }
    while (*at + 1 < text.n && is_host_char(text.p[*at + 1]))
        ++*at;
    return false;
}

static bool is_local_part(char c)
{
    return ascii_is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '+';
}

static bool at_mail(str text, size_t from, size_t sign, struct md_bare_link *link)
{
    size_t start = sign, end = sign + 1, dots = 0;
    while (start > from && is_local_part(text.p[start - 1]))
        start--;
    for (; end < text.n; end++) {
        char c = text.p[end];
        bool dot = c == '.' && end + 1 < text.n && ascii_is_alnum(text.p[end + 1]);
        if (!dot && !ascii_is_alnum(c) && c != '-' && c != '_')
            break;
        dots += dot;
    }
    bool another = end < text.n && text.p[end] == '@';
    if (start == sign || dots == 0 || another || !ascii_is_alpha(text.p[end - 1]))
        return false;
    *link = (struct md_bare_link){start, end, S("mailto:")};
    return true;
}

/* Everything that can begin or mark an address has one of three characters. */
static size_t next_mark(str text, size_t at)
{
    static const bool is_mark[256] = {[':'] = true, ['w'] = true, ['@'] = true};
    while (at < text.n && !is_mark[(unsigned char)text.p[at]])
        at++;
    return at;
}

bool md_bare_link_next(str text, size_t from, struct md_bare_link *link)
{
    for (size_t i = next_mark(text, from); i < text.n; i = next_mark(text, i + 1)) {
        bool found = false;
        if (text.p[i] == ':')
            found = at_scheme(text, from, i, link);
        else if (text.p[i] == 'w')
            found = at_www(text, from, &i, link);
        else
            found = at_mail(text, from, i, link);
        if (found)
            return true;
    }
    return false;
}
