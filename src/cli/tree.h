/* cli/tree: makes one tree of the output from a model.
 *
 * A tree is what one audience gets: portal, documents on paper, registers,
 * data, assets. Drafts and editions are made by the same function; what is in a
 * tree depends on the plan alone. The work is spread over forked workers that
 * see the model as it is when tree_make is called. */
#ifndef CLI_TREE_H
#define CLI_TREE_H

#include "cli/cli.h"
#include "publish/outputs.h"

/* Fonts and the program's own templates: opened once, used for every tree. */
struct tree_tools;
/* NULL after a report. */
struct tree_tools *tree_tools_open(struct workspace *w);

struct tree_plan {
    const struct model *model; /* linked; holds what the audience may see and nothing else */
    str audience_title;        /* who it is for, in words; "": nothing says so */
    str edition;               /* its name; "": a draft, and everything says so */
};

/* Puts the whole tree into `out`, which the caller commits or abandons.
 * Findings go to w->diags; false when there was an error among them. With --only
 * html no tree gets PDFs. */
bool tree_make(struct workspace *w, const struct options *o, const struct tree_tools *tools,
               const struct tree_plan *plan, struct outputs *out);

#endif
