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
    LOAD_EMBEDDED_BYTES_MAX = 32 * 1024 * 1024, /* a picture beside a document */
};

/* `content` is an open folder, `name` how its path begins in messages
 * ("content"). The model is open and classified afterwards, and not yet linked. */
void load_content(struct model *m, struct diags *d, int content, str name);

/* The copies that `continuo approve` keeps: content/approved/crp-001/4.0.md is the whole
 * source file, content/approved/crp-001/4.0/documents/… the files that it embeds. This is
 * the folder, below content/, and with ".md" behind it the file. */
str approved_folder(struct arena *a, str code, str version);
/* A version as part of a file name: lower-case letters, digits, '.' and '-'. */
str version_slug(struct arena *a, str version);

/* A document that is not on disk, as if content/`path` held `text`, which must live as long as the
 * model. It is in the model afterwards, which is not linked yet. */
struct record *load_document_text(struct model *m, struct diags *d, str name, str path, str text);

enum approved_copy {
    COPY_INTACT,
    COPY_MISSING, /* also a file that cannot be read, which is reported */
    COPY_DIFFERS, /* it is not what the approval binds, or another document */
};
/* Reads the copy of what `approval` approved. The record is not in the model; what its
 * body embeds is found in its own folder. `copy` is NULL when it is missing. */
enum approved_copy load_approved_copy(struct model *m, struct diags *d, int content, str name,
                                      const struct record *working, const struct record *approval,
                                      struct record **copy);

#endif
