/* cli/tree: makes one tree of the output from a model.
 *
 * A tree is what one audience gets: portal, documents on paper, registers,
 * data, assets. Drafts and editions are made by the same function; what is in a
 * tree depends on the plan alone. The work is spread over forked workers that
 * see the model as it is when tree_make is called. */
#ifndef CLI_TREE_H
#define CLI_TREE_H

#include "cli/cli.h"
#include "cli/history.h"
#include "publish/outputs.h"

/* Fonts and the program's own templates: opened once, used for every tree. */
struct tree_tools;
/* NULL after a report. */
struct tree_tools *tree_tools_open(struct workspace *w);

struct tree_plan {
    const struct model *model; /* linked; holds what the audience may see and nothing else */
    str audience;              /* its id: "staff" */
    str audience_title;        /* who it is for, in words; "": nothing says so */
    str edition;               /* its name; "": a draft, and everything says so */
    struct history history;    /* editions of this audience, newest first, this one included */
    const struct changes *changes; /* since the edition before; NULL: there is none */
    struct signer *signer;     /* whose seal the PDFs of an edition get; NULL: none */
};

/* A tree that is about to be made; findings go to w->diags. With --only html it gets no
 * PDFs. NULL after a report. */
struct tree;
struct tree *tree_open(struct workspace *w, const struct options *o,
                       const struct tree_tools *tools, const struct tree_plan *plan);
/* The pages of the tree, also for pages beside it that lead there. */
const struct portal *tree_portal(const struct tree *t);
/* Puts the whole tree into `out`, which the caller commits or abandons. False when
 * there was an error. */
bool tree_make(struct tree *t, struct outputs *out);

/* One file of the tree, made alone when somebody asks for it: with it come the others that the
 * same job makes, and each comes once however often it is asked for. */
enum tree_made { TREE_MADE, TREE_FAILED, TREE_NO_SUCH };
enum tree_made tree_make_path(struct tree *t, struct workspace *w, struct outputs *out, str path);

#endif
