/* text/tval: what a template can see.
 *
 * A value is small and passed by copy. Lists and maps are asked through a
 * table of functions, so a record, a row or a page answers lazily and nothing
 * is built that a template does not use. */
#ifndef TEXT_TVAL_H
#define TEXT_TVAL_H

#include "base/name.h"
#include "base/str.h"

enum tval_kind {
    TV_UNKNOWN, /* nobody knows this name: an error in the template */
    TV_NULL,    /* known and empty: prints nothing, is falsey */
    TV_WITHHELD, /* known, and not for these readers: prints its text, whatever is asked of it;
                    as a section it prints that text too, and inverted nothing */
    TV_BOOL,    /* is truthy or falsey; prints true or false */
    TV_TEXT,    /* escaped for the language of the template; falsey when empty */
    TV_MARKUP,  /* made by our own writers for that language: passes as it is */
    TV_LIST,    /* falsey when empty */
    TV_MAP,
};

struct tval;

struct tval_ops {
    /* A map's value by name, TV_UNKNOWN when it has none. `a` lives as long as
     * the rendering. */
    struct tval (*get)(const void *self, name_id name, struct arena *a);
    /* A list's length and items. */
    size_t (*count)(const void *self);
    struct tval (*at)(const void *self, size_t index, struct arena *a);
    /* What a map prints when it is named itself ({{role}}): may be NULL, then
     * naming it alone is an error. */
    struct tval (*text)(const void *self, struct arena *a);
    /* The names a map knows, one by one, NAME_NONE behind the last. Only for
     * "did you mean"; may be NULL. */
    name_id (*name_at)(const void *self, size_t index);
};

struct tval {
    enum tval_kind kind;
    union {
        bool yes;
        str text;
        struct {
            const struct tval_ops *ops;
            const void *self;
        } of;
    };
};

static inline struct tval tval_text(str s)
{
    return (struct tval){.kind = TV_TEXT, .text = s};
}

static inline struct tval tval_markup(str s)
{
    return (struct tval){.kind = TV_MARKUP, .text = s};
}

static inline struct tval tval_withheld(str notice)
{
    return (struct tval){.kind = TV_WITHHELD, .text = notice};
}

static inline struct tval tval_bool(bool yes)
{
    return (struct tval){.kind = TV_BOOL, .yes = yes};
}

/* Maps and lists built on the spot, in an arena: page data. */
struct tmap; /* name → value; at most a few dozen entries */
struct tmap *tmap_new(struct arena *a);
void tmap_put(struct tmap *m, str name, struct tval value); /* replaces what was there */
struct tval tmap_value(const struct tmap *m);
/* Knows what `own` has, and all else that the map `base` knows; named alone it prints what
 * `base` does. */
struct tval tval_over(struct arena *a, const struct tmap *own, struct tval base);

struct tlist;
struct tlist *tlist_new(struct arena *a);
void tlist_add(struct tlist *l, struct tval item);
struct tval tlist_value(const struct tlist *l);

#endif
