/* cli/history: what was published before, as the ledger tells it. */
#include "cli/history.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "check/rules.h"
#include "verify/format.h"

enum { CHECKPOINT_DIGITS = 16 };

str history_checkpoint(struct arena *a, str edition, struct sha256 record)
{
    str hex = str_from_to(sha256_hex(a, record), 0, CHECKPOINT_DIGITS);
    return str_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(edition), STR_ARG(hex));
}

static void reverse(struct history *h)
{
    for (size_t i = 0; i < h->count / 2; i++) {
        struct portal_edition e = h->editions[i];
        h->editions[i] = h->editions[h->count - 1 - i];
        h->editions[h->count - 1 - i] = e;
    }
}

/* Empty when nothing was published yet, or after a report. */
static str read_ledger(struct arena *a, struct diags *d, const char *folder, uint32_t *file)
{
    int root;
    if (dir_open(folder, &root) != 0)
        return S("");
    struct file_read r = file_read(a, root, S("ledger.jsonl"), LEDGER_BYTES_MAX);
    str shown = path_join(a, str_from(folder), S("ledger.jsonl"));
    close(root);
    if (r.fault == FILE_ERRNO && r.error_number == ENOENT)
        return S("");
    *file = diags_source(d, shown, r.text);
    if (r.fault == FILE_ERRNO)
        diag_os(d, shown, r.error_number, "read this file");
    else if (r.fault != FILE_OK)
        diag(d, CHECK_RULE(EDITION), (struct span){*file, 0, 0}, "the ledger cannot be read");
    return r.fault == FILE_OK ? r.text : S("");
}

struct history history_read(struct arena *a, struct diags *d, const char *folder, str audience)
{
    struct history h = {NULL, 0};
    struct format_fault fault;
    struct ledger_line line;
    size_t cap = 0;
    uint32_t file = 0;
    str text = read_ledger(a, d, folder, &file), rest = text, bytes;
    while (ledger_next(&rest, &bytes)) {
        if (!ledger_line_read(a, bytes, &line, &fault)) {
            struct span at = {file, (uint32_t)(bytes.p - text.p), (uint32_t)bytes.n};
            diag(d, CHECK_RULE(EDITION), at, "this line of the ledger cannot be read: %s",
                 fault.what);
            return (struct history){NULL, 0};
        }
        const struct ledger_edition *e = ledger_find(&line, audience);
        if (e == NULL)
            continue;
        PUSH(a, h.editions, h.count, cap, struct portal_edition) = (struct portal_edition){
            line.edition, line.as_of, history_checkpoint(a, line.edition, e->hash)};
    }
    reverse(&h);
    return h;
}
