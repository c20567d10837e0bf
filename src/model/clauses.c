/* model/clauses: the clauses that the system answers to, from clauses.def. */
#include "model/clauses.h"

#include <assert.h>

#include "base/path.h"

/* Numbers of the first standard are written alone, those of others after its own. */
#define ID_ISO_22301(number) S_INIT(number)
#define ID_ISO_20000(number) S_INIT("20000-1:" number)

static const struct clause clause[] = {
#define CHAPTER(STANDARD, number_, title_, shown_)                                                 \
    {.standard = STANDARD_##STANDARD,                                                              \
     .id = ID_##STANDARD(number_),                                                                 \
     .number = S_INIT(number_),                                                                    \
     .demand = DEMAND_CHAPTER,                                                                     \
     .title = S_INIT(title_),                                                                      \
     .shown = S_INIT(shown_)},
#define CLAUSE(STANDARD, number_, PHASE, DEMAND, records_, title_, shown_)                         \
    {.standard = STANDARD_##STANDARD,                                                              \
     .id = ID_##STANDARD(number_),                                                                 \
     .number = S_INIT(number_),                                                                    \
     .phase = PHASE_##PHASE,                                                                       \
     .demand = DEMAND_##DEMAND,                                                                    \
     .records = S_INIT(records_),                                                                  \
     .title = S_INIT(title_),                                                                      \
     .shown = S_INIT(shown_)},
#include "model/clauses.def"
};
enum { COUNT = COUNT_OF(clause) };

static const struct {
    str title, mark; /* the mark tells it, whatever the organisation writes around it */
} standard[STANDARD_COUNT] = {
    [STANDARD_ISO_22301] = {S_INIT("ISO 22301:2019"), S_INIT("22301")},
    [STANDARD_ISO_20000] = {S_INIT("ISO/IEC 20000-1:2018"), S_INIT("20000-1")},
};

size_t clause_count(void)
{
    return COUNT;
}

const struct clause *clause_at(size_t index)
{
    assert(index < COUNT);
    return &clause[index];
}

size_t clause_index(str id)
{
    for (size_t i = 0; i < COUNT; i++)
        if (str_eq(clause[i].id, id))
            return i;
    return SIZE_MAX;
}

/* "8.4" is above "8.4.1", and not above "8.41". */
static bool is_above(const struct clause *c, const struct clause *other)
{
    return c->standard == other->standard && other->number.n > c->number.n &&
           str_starts(other->number, c->number) && other->number.p[c->number.n] == '.';
}

size_t clause_above(size_t index)
{
    for (size_t i = index; i-- > 0;)
        if (is_above(&clause[i], &clause[index]))
            return i;
    return SIZE_MAX;
}

size_t clause_end(size_t index)
{
    size_t end = index + 1;
    while (end < COUNT && is_above(&clause[index], &clause[end]))
        end++;
    return end;
}

str clause_path(struct arena *a, const struct clause *c)
{
    return str_fmt(a, "audit/clause-" STR_FMT ".html", STR_ARG(path_slug(a, c->id)));
}

str standard_title(enum standard s)
{
    return standard[s].title;
}

bool standard_is(enum standard s, str called)
{
    return str_find(called, standard[s].mark, 0) != SIZE_MAX;
}

str phase_word(enum phase p)
{
    static const str word[PHASE_COUNT] = {[PHASE_ESTABLISH] = S_INIT("establish"),
                                          [PHASE_IMPLEMENT] = S_INIT("implement"),
                                          [PHASE_MAINTAIN] = S_INIT("maintain"),
                                          [PHASE_IMPROVE] = S_INIT("improve")};
    return word[p];
}

str demand_words(enum demand d)
{
    static const str words[] = {[DEMAND_CHAPTER] = S_INIT(""),
                                [DEMAND_USUAL] = S_INIT("usual"),
                                [DEMAND_DOCUMENTED] = S_INIT("documented")};
    return words[d];
}
