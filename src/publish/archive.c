/* publish/archive: editions that never change, and which of them is current. */
#include "publish/archive_int.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"

const struct ledger_line *archive_newest(const struct archive *ar)
{
    return ar->ledger.count ? &ar->ledger.lines[ar->ledger.count - 1] : NULL;
}

const struct archive_last *archive_last(const struct archive *ar, str audience)
{
    return map_find(&ar->last, audience);
}

uint64_t archive_count(const struct archive *ar)
{
    return ar->ledger.count;
}

bool archive_has(const struct archive *ar, str edition)
{
    for (size_t i = 0; i < ar->ledger.count; i++)
        if (str_eq(ar->ledger.lines[i].edition, edition))
            return true;
    return false;
}

/* -- Opening and closing ---------------------------------------------------------------------- */

static bool lock(const struct archive *ar, struct diags *d)
{
    int error_number = dir_lock(ar->root);
    if (error_number == 0)
        return true;
    if (error_number != EWOULDBLOCK)
        return archive_os(ar, d, S(""), error_number, "lock this folder");
    return archive_report(ar, d, PUBLISH_RULE(BUSY), S(""), "another publish is running here");
}

static void close_archive(struct archive *ar)
{
    for (size_t i = 0; i < ar->stage_count; i++) {
        if (ar->stages[i].outputs != NULL)
            outputs_close(ar->stages[i].outputs);
        if (ar->stages[i].pointers != NULL)
            outputs_close(ar->stages[i].pointers);
    }
    ar->stage_count = 0;
    close(ar->root);
}

struct archive *archive_open(struct arena *a, struct diags *d, const char *folder)
{
    struct archive *ar = NEW(a, struct archive);
    *ar = (struct archive){
        .arena = a, .folder = str_dup(a, str_from(folder)), .root = -1, .last = map_in(a)};
    int error_number = dir_make_durable(AT_FDCWD, ar->folder);
    if (error_number == 0)
        error_number = dir_open(folder, &ar->root);
    if (error_number != 0) {
        archive_os(ar, d, S(""), error_number, "open the archive");
        return NULL;
    }
    if (lock(ar, d) && archive_read_ledger(ar, d) && archive_heal(ar, d) && archive_check(ar, d))
        return ar;
    close_archive(ar);
    return NULL;
}

/* Its own mishaps are not reported: what went wrong before matters, and the next run
 * removes the rest. */
static void undo(struct archive *ar)
{
    struct diags *unheard = diags_new(ar->arena);
    archive_heal(ar, unheard);
}

void archive_abandon(struct archive *ar)
{
    undo(ar);
    close_archive(ar);
}

/* -- What will be published ------------------------------------------------------------------- */

static bool is_free(const struct archive *ar, struct diags *d, str id)
{
    struct dir_entry *audiences, *editions;
    size_t audience_count, edition_count;
    if (archive_has(ar, id))
        return archive_report(ar, d, PUBLISH_RULE(TAKEN), S("ledger.jsonl"),
                              "edition '" STR_FMT "' has been published", STR_ARG(id));
    int error_number = dir_list(ar->arena, ar->root, S(""), &audiences, &audience_count);
    if (error_number != 0)
        return archive_os(ar, d, S(""), error_number, "list this folder");
    for (size_t i = 0; i < audience_count; i++) {
        str path = archive_path(ar, audiences[i].name, id);
        error_number = dir_list(ar->arena, ar->root, path, &editions, &edition_count);
        if (error_number == 0)
            return archive_report(ar, d, PUBLISH_RULE(TAKEN), path, "this edition exists already");
        if (error_number != ENOENT && error_number != ENOTDIR)
            return archive_os(ar, d, path, error_number, "see whether this edition exists");
    }
    return true;
}

/* Most of an edition becomes links, but nobody knows how much before it is made. */
static bool has_room(const struct archive *ar, struct diags *d)
{
    uint64_t free_bytes, need_bytes = 0;
    for (size_t i = 0; i < ar->last.count; i++)
        need_bytes += ((const struct archive_last *)ar->last.entries[i].value)->size_bytes;
    need_bytes += need_bytes / 5;
    int error_number = dir_space(ar->root, &free_bytes);
    if (error_number != 0)
        return archive_os(ar, d, S(""), error_number, "ask how much room is left");
    if (free_bytes >= need_bytes)
        return true;
    return archive_report(ar, d, PUBLISH_RULE(SPACE), S(""),
                          "%llu bytes are free, an edition may take %llu",
                          (unsigned long long)free_bytes, (unsigned long long)need_bytes);
}

bool archive_begin(struct archive *ar, struct diags *d, const struct archive_edition *e)
{
    const struct ledger_line *newest = archive_newest(ar);
    assert(e->as_of != DATE_NONE && e->signer != NULL && ar->edition.id.n == 0);
    if (!format_id(e->id))
        return archive_report(ar, d, PUBLISH_RULE(ID), S(""),
                              "'" STR_FMT "' cannot name an edition", STR_ARG(diag_quote(e->id)));
    if (newest != NULL && e->as_of < newest->as_of)
        return archive_report(ar, d, PUBLISH_RULE(DATE), S("ledger.jsonl"),
                              "the date " STR_FMT " is before " STR_FMT
                              ", the date of the last edition '" STR_FMT "'",
                              STR_ARG(date_iso(ar->arena, e->as_of)),
                              STR_ARG(date_iso(ar->arena, newest->as_of)),
                              STR_ARG(newest->edition));
    ar->edition = *e;
    return is_free(ar, d, e->id) && has_room(ar, d);
}

/* -- Staging ---------------------------------------------------------------------------------- */

static struct stage *find_stage(const struct archive *ar, str audience)
{
    for (size_t i = 0; i < ar->stage_count; i++)
        if (str_eq(ar->stages[i].audience, audience))
            return &ar->stages[i];
    return NULL;
}

static struct outputs *open_tree(struct archive *ar, struct diags *d, const struct stage *s)
{
    struct outputs_durable how = {.tree = s->tree, .mode = ARCHIVE_FILE_MODE};
    if (s->before != NULL) {
        how.before = archive_path(ar, s->audience, s->before->edition);
        how.resigns = !hash_eq(s->before->certificate, ar->edition.signer->certificate);
    }
    return outputs_open_durable(ar->arena, d, str_c(ar->arena, ar->folder), &how);
}

static struct outputs *open_pointers(struct archive *ar, struct diags *d, const struct stage *s)
{
    struct outputs_durable how = {.tree = s->marker, .mode = POINTER_FILE_MODE};
    return outputs_open_durable(ar->arena, d, str_c(ar->arena, ar->folder), &how);
}

/* The marker is on the disk first: what is staged later is known by it. */
static bool open_stage(struct archive *ar, struct diags *d, struct stage *s)
{
    str above = path_folder(s->marker);
    int error_number = dir_make_durable(ar->root, above);
    if (error_number != 0)
        return archive_os(ar, d, above, error_number, "make this folder");
    s->pointers = open_pointers(ar, d, s);
    if (s->pointers == NULL)
        return false;
    error_number = dir_sync(ar->root, above);
    if (error_number != 0)
        return archive_os(ar, d, above, error_number, "sync this folder");
    s->outputs = open_tree(ar, d, s);
    return s->outputs != NULL;
}

struct outputs *archive_stage(struct archive *ar, struct diags *d, str audience, str organisation)
{
    struct arena *a = ar->arena;
    assert(ar->edition.id.n != 0 && find_stage(ar, audience) == NULL);
    if (!format_id(audience)) {
        archive_report(ar, d, PUBLISH_RULE(ID), S(""), "'" STR_FMT "' cannot name an audience",
                       STR_ARG(diag_quote(audience)));
        return NULL;
    }
    struct stage s = {.audience = str_dup(a, audience),
                      .organisation = organisation,
                      .before = archive_last(ar, audience)};
    s.final = path_join(a, s.audience, ar->edition.id);
    s.tree = str_fmt(a, STR_FMT ".new", STR_ARG(s.final));
    s.marker = str_fmt(a, STR_FMT "/to.new/" STR_FMT, STR_ARG(audience), STR_ARG(ar->edition.id));
    bool good = open_stage(ar, d, &s);
    PUSH(a, ar->stages, ar->stage_count, ar->stage_cap, struct stage) = s;
    return good ? s.outputs : NULL;
}

bool archive_pointer(struct archive *ar, struct diags *d, str audience, str path, str data)
{
    const struct stage *s = find_stage(ar, audience);
    assert(s != NULL && s->pointers != NULL);
    assert(str_starts(path, S("to/")) || str_eq(path, S("current.css")) ||
           str_eq(path, S("index.html")));
    return outputs_put(s->pointers, d, path, data);
}

/* -- The end ---------------------------------------------------------------------------------- */

static bool move_stage(const struct archive *ar, struct diags *d, const struct stage *s)
{
    struct sha256 record;
    const struct rule *rule = PUBLISH_RULE(WRITTEN);
    str path = archive_path(ar, s->final, S("edition.json"));
    int error_number = file_move(ar->root, s->tree, s->final);
    if (error_number == 0)
        error_number = dir_sync(ar->root, s->audience);
    if (error_number != 0)
        return archive_os(ar, d, s->final, error_number, "put this edition in place");
    if (!archive_hash(ar, d, rule, path, &record))
        return false;
    return hash_eq(record, s->record) ||
           archive_report(ar, d, rule, path, "the bytes of this file are others");
}

static bool move_stages(const struct archive *ar, struct diags *d)
{
    bool good = true;
    for (size_t i = 0; good && i < ar->stage_count; i++)
        good = move_stage(ar, d, &ar->stages[i]);
    return good;
}

static bool write_signature(const struct archive *ar, struct diags *d)
{
    bool may_be_new;
    str path = str_fmt(ar->arena, "ledger/%zu.p7s", ar->ledger.count + 1);
    int error_number = dir_make_durable(ar->root, S("ledger"));
    if (error_number == 0)
        error_number = file_replace_durable(ar->root, path, ar->line_signature, ARCHIVE_FILE_MODE,
                                            &may_be_new);
    return error_number == 0 || archive_os(ar, d, path, error_number, "write this file");
}

static bool ledger_is_old(const struct archive *ar)
{
    struct file_read r = file_read(ar->arena, ar->root, S("ledger.jsonl"), LEDGER_BYTES_MAX);
    if (ar->ledger.count == 0)
        return r.fault == FILE_ERRNO && r.error_number == ENOENT;
    return r.fault == FILE_OK && str_eq(r.text, ar->ledger.text);
}

/* The commit point. After a failed sync the line may or may not be there after a power
 * cut: then nothing is taken back, and the next run believes what it finds. */
static bool write_ledger(struct archive *ar, struct diags *d)
{
    bool may_be_new;
    str path = S("ledger.jsonl");
    str text = str_fmt(ar->arena, STR_FMT STR_FMT, STR_ARG(ar->ledger.text), STR_ARG(ar->line));
    int error_number = file_replace_durable(ar->root, path, text, POINTER_FILE_MODE, &may_be_new);
    ar->may_be_committed = error_number == 0 || (may_be_new && !ledger_is_old(ar));
    if (error_number != 0)
        return archive_os(ar, d, path, error_number, "write this file");
    return archive_read_ledger(ar, d); /* the same bytes, or the replacing had failed */
}

bool archive_commit(struct archive *ar, struct diags *d)
{
    assert(ar->line.n != 0 && ar->line_signature.n != 0);
    bool good =
        move_stages(ar, d) && write_signature(ar, d) && write_ledger(ar, d) && archive_point(ar, d);
    if (!good && !ar->may_be_committed)
        undo(ar);
    close_archive(ar);
    return good;
}
