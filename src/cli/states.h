/* cli/states: the content and frozen editions as states that can be compared.
 *
 * Both come through the same door: what data/<type>.json would say of the model is read back
 * like the file of an edition, so equal content gives equal states. */
#ifndef CLI_STATES_H
#define CLI_STATES_H

#include "cli/cli.h"
#include "form/diff/changes.h"

enum {
    STATE_TYPES_MAX = 1000,
    STATE_FILE_BYTES_MAX = 64 * 1024 * 1024, /* one register */
    COMPARISON_BYTES_MAX = 1 << 30,          /* of memory, for one document */
};

/* What the (already filtered) model says, under a name: "draft", or the id of the edition that is
 * being published. d knows the sources of the documents; nothing is reported to it. */
struct state *state_of_model(struct arena *a, const struct diags *d, const struct model *m,
                             str name);

/* An edition in its folder ("site/staff/2026.1"): edition.json for its name and date, data/ and
 * source/. Never NULL; what cannot be read is reported and left out. */
struct state *state_of_folder(struct arena *a, struct diags *d, const char *folder);

/* What a person calls an edition: an id that the site has for this audience, or else a folder. */
const char *edition_folder_named(struct arena *a, const char *site, str audience, const char *name);

/* What is different from the edition in `folder`; `name` is what the model is called.
 * NULL after a report. */
const struct changes *changes_since(struct workspace *w, const char *folder,
                                    const struct model *now, str name);

#endif
