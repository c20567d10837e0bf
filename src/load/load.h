/* load: content/ → model.
 *
 * Reads every file once, in order of names: continuo.yaml, types.yaml, then
 * records and documents. Values are typed by the schema on the way; what is
 * not what its field asks for stays in the model as FV_BROKEN and what the
 * type does not have as unknown fields, so that check/ can report it with the
 * rest. Only what cannot be read at all is reported here. */
#ifndef LOAD_H
#define LOAD_H

#include "model/model.h"

enum {
    LOAD_FILES_MAX = 200 * 1000,
    LOAD_FOLDER_DEPTH_MAX = 16,
};

/* `content` is an open folder, `name` how its path begins in messages
 * ("content"). The model is open and classified afterwards, and not yet linked. */
void load_content(struct model *m, struct diags *d, int content, str name);

#endif
