/* publish/pack: a folder to hand out: files, their hashes, a signature over these. */
#include "publish/pack.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"
#include "publish/archive_int.h"
#include "publish/rules.h"

struct pack {
    struct arena *arena;
    str shown; /* as the user named it: for messages */
    str name, making;
    int parent; /* open folder that both are in */
    struct outputs *outputs;
};

static bool refuse(const struct pack *p, struct diags *d, int error_number, const char *doing)
{
    diag_os(d, p->shown, error_number, doing);
    return false;
}

/* "a/b/" is "b" in "a"; "b" alone is in the current folder. */
static str split(struct pack *p, const char *folder)
{
    str path = str_from(folder);
    while (path.n > 1 && path.p[path.n - 1] == '/')
        path.n--;
    p->shown = path;
    p->name = path_name(path);
    p->making = str_fmt(p->arena, "." STR_FMT ".making", STR_ARG(p->name));
    str above = path_folder(path);
    bool is_below_root = above.n == 0 && path.n > 0 && path.p[0] == '/';
    return above.n != 0 ? above : is_below_root ? S("/") : S(".");
}

/* Empty, or not there; *is_there says which. */
static bool may_be_filled(const struct pack *p, struct diags *d, bool *is_there)
{
    struct dir_item *items;
    size_t count = 0;
    int error_number = dir_list_all(p->arena, p->parent, p->name, &items, &count);
    *is_there = error_number == 0;
    if (error_number != 0 && error_number != ENOENT)
        return refuse(p, d, error_number, "use this folder");
    if (count == 0)
        return true;
    uint32_t file = diags_source(d, p->shown, S(""));
    diag(d, PUBLISH_RULE(PACK_PLACE), (struct span){file, 0, 0},
         "there are files in this folder already");
    return false;
}

struct pack *pack_open(struct arena *a, struct diags *d, const char *folder)
{
    struct pack *p = NEW(a, struct pack);
    *p = (struct pack){.arena = a, .parent = -1};
    str above = split(p, folder);
    bool is_there;
    bool is_name = p->name.n != 0 && !str_eq(p->name, S(".")) && !str_eq(p->name, S(".."));
    int error_number = is_name ? dir_make(AT_FDCWD, above) : EINVAL;
    if (error_number == 0)
        error_number = dir_open(str_c(a, above), &p->parent);
    if (error_number != 0) {
        refuse(p, d, error_number, "make this folder");
        return NULL;
    }
    if (!may_be_filled(p, d, &is_there))
        return NULL;
    error_number = dir_remove_tree(p->parent, p->making);
    if (error_number != 0) {
        refuse(p, d, error_number, "remove what an earlier run left beside it");
        return NULL;
    }
    struct outputs_durable how = {.tree = p->making, .before = S(""), .mode = 0644};
    p->outputs = outputs_open_durable(a, d, str_c(a, above), &how);
    return p->outputs != NULL ? p : NULL;
}

struct outputs *pack_outputs(const struct pack *p)
{
    return p->outputs;
}

void pack_abandon(struct pack *p)
{
    outputs_close(p->outputs);
    dir_remove_tree(p->parent, p->making);
    close(p->parent);
}

static bool put(const struct pack *p, struct diags *d, str name, str data)
{
    int error_number = file_create(p->parent, path_join(p->arena, p->making, name), data);
    return error_number == 0 || refuse(p, d, error_number, "write the list of its files");
}

static bool list_and_sign(const struct pack *p, struct diags *d, struct signer *s)
{
    struct made *files;
    size_t count;
    str der;
    if (!outputs_made(p->outputs, d, &files, &count))
        return false;
    str list = manifest_write(p->arena, files, count);
    return sign_detached(s, p->arena, d, S("SHA256SUMS"), list, &der) &&
           put(p, d, S("SHA256SUMS"), list) && put(p, d, S("SHA256SUMS.p7s"), der);
}

static bool move_into_place(const struct pack *p, struct diags *d)
{
    bool is_there;
    if (!may_be_filled(p, d, &is_there))
        return false;
    int error_number = 0;
    if (is_there && unlinkat(p->parent, str_c(p->arena, p->name), AT_REMOVEDIR) != 0)
        error_number = errno;
    if (error_number == 0)
        error_number = file_move(p->parent, p->making, p->name);
    return error_number == 0 || refuse(p, d, error_number, "put the pack in place");
}

bool pack_seal(struct pack *p, struct diags *d, struct signer *s)
{
    if (!list_and_sign(p, d, s) || !move_into_place(p, d)) {
        pack_abandon(p);
        return false;
    }
    outputs_close(p->outputs);
    close(p->parent);
    return true;
}
