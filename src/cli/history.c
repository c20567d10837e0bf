/* cli/history: what was published before, as the ledger tells it. */
#include "cli/history.h"

#include <unistd.h>

#include "base/file.h"
#include "verify/format.h"

enum { CHECKPOINT_DIGITS = 16 };

str history_checkpoint(struct arena *a, str edition, struct sha256 record)
{
    str hex = str_from_to(sha256_hex(a, record), 0, CHECKPOINT_DIGITS);
    return str_fmt(a, STR_FMT ":" STR_FMT, STR_ARG(edition), STR_ARG(hex));
}

static const struct ledger_edition *find(const struct ledger_line *line, str audience)
{
    for (size_t i = 0; i < line->edition_count; i++)
        if (str_eq(line->editions[i].audience, audience))
            return &line->editions[i];
    return NULL;
}

static void reverse(struct history *h)
{
    for (size_t i = 0; i < h->count / 2; i++) {
        struct portal_edition e = h->editions[i];
        h->editions[i] = h->editions[h->count - 1 - i];
        h->editions[h->count - 1 - i] = e;
    }
}

static str read_ledger(struct arena *a, const char *folder)
{
    int root;
    if (dir_open(folder, &root) != 0)
        return S("");
    struct file_read r = file_read(a, root, S("ledger.jsonl"), LEDGER_BYTES_MAX);
    close(root);
    return r.fault == FILE_OK ? r.text : S("");
}

struct history history_read(struct arena *a, const char *folder, str audience)
{
    struct history h = {NULL, 0};
    struct format_fault fault;
    struct ledger_line line;
    size_t cap = 0;
    str rest = read_ledger(a, folder), bytes;
    while (ledger_next(&rest, &bytes) && ledger_line_read(a, bytes, &line, &fault)) {
        const struct ledger_edition *e = find(&line, audience);
        if (e == NULL)
            continue;
        PUSH(a, h.editions, h.count, cap, struct portal_edition) = (struct portal_edition){
            line.edition, line.as_of, history_checkpoint(a, line.edition, e->hash)};
    }
    reverse(&h);
    return h;
}
