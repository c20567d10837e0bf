/* form/doc/binder/binder: the crisis binder, put together from records (8.4.3, 8.4.4).
 *
 * A binder is a row of records/binder.yaml: tabs, each with sections (sections.def) and whole
 * documents; without tabs it holds everything (tabs.def). Each section is a Mustache template
 * that yields Markdown and sees what a document sees, and beside it
 *
 *   binder   the record · version, valid_until, is_valid · copy_no, holder, place
 *   tabs     mark, title, holds · at.KEY: the anchor of a section, empty where the binder
 *            lacks it
 *   sites, teams, roles, plans, losses   what the binder is about, see below
 *   crisis_plans, thresholds, deciders, call_trees, messages, forms, boxes, products
 *
 * A binder may be narrowed to what concerns some sites, teams, roles and scenarios. Plans then
 * are those that name them, that cover an activity at the site, that one of the teams carries
 * out, or that the scenario calls for; teams those that are named, that a role is in, or that
 * carry out one of these plans; roles those that are named, or else the crisis roles of these
 * teams; sites those that are named or lost in the scenario, or else all. Activation, call trees,
 * contacts, messages, clocks and deadlines stay whole: whoever holds the binder may be the first.
 */
#ifndef FORM_DOC_BINDER_BINDER_H
#define FORM_DOC_BINDER_BINDER_H

#include "form/doc/doc.h"

struct binder_wish {
    const struct record *binder;
    const struct record *copy;        /* one of its numbered copies; NULL: not numbered */
    const struct record *const *only; /* sites, teams, roles, scenarios, in place of those that
                                         the record names */
    size_t only_count;                /* 0: as the record says */
    str edition;                      /* ""; then it is a draft */
    int place;                        /* open folder that holds templates/ */
};

/* In the arena. NULL after a report: a template of ours is missing or broken. */
struct doc *doc_binder(struct arena *a, struct diags *d, const struct doc_world *world,
                       const struct binder_wish *wish);

/* "Copy 5; 10 are out", as every sheet of the copy says it. */
str binder_copy(struct arena *a, const struct model *m, const struct binder_wish *wish);

/* May a binder be narrowed to it: a site, team, role or scenario. */
bool binder_is_subject(const struct record *r);
/* "binder/bnd-001", before an ending. */
str binder_path(struct arena *a, const struct record *binder);

#endif
