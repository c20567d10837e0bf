/* model/clauses: the clauses that the system answers to, from clauses.def.
 *
 * A chapter sums up the clauses below it, which stand right behind it. The words are our own;
 * whoever needs the standard's must buy the standard. */
#ifndef MODEL_CLAUSES_H
#define MODEL_CLAUSES_H

#include "base/str.h"

enum standard { STANDARD_ISO_22301, STANDARD_ISO_20000, STANDARD_COUNT };

/* The words of the field `phase` of a BCMS process, in their order. */
enum phase { PHASE_ESTABLISH, PHASE_IMPLEMENT, PHASE_MAINTAIN, PHASE_IMPROVE, PHASE_COUNT };

enum demand {
    DEMAND_CHAPTER,    /* nothing of its own */
    DEMAND_USUAL,      /* expected in practice */
    DEMAND_DOCUMENTED, /* documented information is asked for */
};

struct clause {
    enum standard standard;
    str id;     /* as records name it: "8.4.1", "20000-1:8.7.2" */
    str number; /* in its standard: "8.7.2" */
    enum phase phase;
    enum demand demand;
    str records; /* selectors (model/evidence.h) of records that show it */
    str title, shown;
};

size_t clause_count(void);
const struct clause *clause_at(size_t index); /* in the order of clauses.def */
size_t clause_index(str id);                  /* SIZE_MAX: there is none */
/* The chapter right above; SIZE_MAX: none. */
size_t clause_above(size_t index);
/* The clauses below it stand at index + 1 up to this one, which is not among them. */
size_t clause_end(size_t index);

/* Its page in the output tree: "audit/clause-8-4-1.html". */
str clause_path(struct arena *a, const struct clause *c);

str standard_title(enum standard s); /* "ISO 22301:2019" */
/* Is it the standard that the organisation calls so ("ISO 22301:2019 with Amendment 1")? */
bool standard_is(enum standard s, str called);
str phase_word(enum phase p);    /* "establish" */
str demand_words(enum demand d); /* "documented", "usual"; "" of a chapter */

#endif
