/* cli/record_write: records that commands write, and the files that go with them. */
#include "cli/record_write.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

enum { CONTENT_FILE_MODE = 0644 };

/* -- As YAML --------------------------------------------------------------------------------- */

void record_put_quoted(struct buf *out, str text)
{
    buf_char(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        if (c == '"' || c == '\\')
            buf_fmt(out, "\\%c", c);
        else if (c < 0x20 || c == 0x7F)
            buf_fmt(out, "\\x%02x", c);
        else
            buf_char(out, text.p[i]);
    }
    buf_char(out, '"');
}

void record_put_line(struct buf *out, const char *key, str value)
{
    if (value.n == 0)
        return;
    buf_fmt(out, "%s: ", key);
    record_put_quoted(out, value);
    buf_char(out, '\n');
}

static unsigned long number_behind(struct arena *a, str prefix, str id)
{
    bool is_ours = str_starts(id, prefix) && id.n > prefix.n + 1 && id.p[prefix.n] == '-' &&
                   ascii_is_digit(id.p[prefix.n + 1]);
    return is_ours ? strtoul(str_c(a, str_skip(id, prefix.n + 1)), NULL, 10) : 0;
}

str record_next_of_prefix(struct arena *a, const struct model *m, enum type_id type, str prefix)
{
    const struct record_list *list = model_list(m, type);
    unsigned long last = 0;
    for (size_t i = 0; i < list->count; i++) {
        unsigned long number = number_behind(a, prefix, list->items[i]->id);
        last = number > last ? number : last;
    }
    /* Asked for an earlier day, the model has put the later ones aside; their ids are taken. */
    for (size_t i = 0; i < m->later.count; i++) {
        unsigned long number = number_behind(a, prefix, m->later.entries[i].key);
        last = number > last ? number : last;
    }
    return str_fmt(a, STR_FMT "-%03lu", STR_ARG(prefix), last + 1);
}

str record_next_id(struct arena *a, const struct model *m, enum type_id type)
{
    return record_next_of_prefix(a, m, type, m->schema->types[type]->prefix);
}

/* -- On disk --------------------------------------------------------------------------------- */

bool content_put(struct arena *a, struct diags *d, int content, str path, str bytes)
{
    bool may_be_new;
    int error_number = dir_make_durable(content, path_folder(path));
    if (error_number == 0)
        error_number = file_replace_durable(content, path, bytes, CONTENT_FILE_MODE, &may_be_new);
    if (error_number != 0)
        diag_os(d, path_join(a, S("content"), path), error_number, "write this file");
    return error_number == 0;
}

bool content_is_free(struct arena *a, struct diags *d, int content, str path)
{
    if (faccessat(content, str_c(a, path), F_OK, AT_SYMLINK_NOFOLLOW) != 0 && errno == ENOENT)
        return true;
    diag_os(d, path_join(a, S("content"), path), EEXIST, "write this file");
    return false;
}

bool content_lock(const struct options *o, int *fd)
{
    struct arena *a = arena_new("lock", 1024 * 1024);
    const char *path = str_c(a, path_join(a, str_from(o->workspace), S("content")));
    bool fine = dir_open(path, fd) != 0 || flock(*fd, LOCK_EX) == 0;
    arena_free(a);
    return fine; /* a folder that cannot be opened is reported by workspace_open */
}
