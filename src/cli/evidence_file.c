/* cli/evidence_file: whether what a record names as its evidence is there, and is what it was. */
#include "cli/evidence_file.h"

#include "base/file.h"
#include "base/path.h"
#include "publish/rules.h"

/* It was there: is it still what was recorded? */
static void compare(struct arena *a, struct diags *d, const struct record *record,
                    const struct record *part, const struct evidence_found *f)
{
    str recorded = rec_text(part, EVIDENCE_SHA256);
    if (recorded.n == 0 || str_eq(str_lower(a, recorded), f->sha256))
        return;
    diag(d, PUBLISH_RULE(EVIDENCE_CHANGED), rec_value(part, EVIDENCE_SHA256)->span,
         "'" STR_FMT "' is not the file that '" STR_FMT "' records: its hash is " STR_FMT,
         STR_ARG(f->path), STR_ARG(record->id), STR_ARG(f->sha256));
}

struct evidence_found evidence_find(struct arena *a, struct diags *d, int content,
                                    const struct record *record, const struct record *part)
{
    struct evidence_found f = {0};
    struct sha256 hash;
    str written = rec_text(part, EVIDENCE_PATH);
    bool is_path = path_resolve(a, S(""), written, &f.path) && f.path.n != 0;
    if (is_path && file_hash(content, f.path, &hash).fault == FILE_OK) {
        f.is_file = true;
        f.sha256 = sha256_hex(a, hash);
        compare(a, d, record, part, &f);
        return f;
    }
    f.is_missed = rec_has(part, EVIDENCE_SHA256);
    if (f.is_missed)
        diag(d, PUBLISH_RULE(EVIDENCE_MISSED), rec_value(part, EVIDENCE_PATH)->span,
             "'" STR_FMT "', which '" STR_FMT "' names as its evidence, is not there",
             STR_ARG(written), STR_ARG(record->id));
    return f;
}

void evidence_check(struct arena *a, struct diags *d, int content, const struct record *record)
{
    size_t count;
    const struct field_value *v = rec_items(record, COMMON_EVIDENCE, &count);
    for (size_t i = 0; i < count; i++)
        if (v[i].state == FV_PRESENT && rec_has(v[i].record, EVIDENCE_PATH))
            evidence_find(a, d, content, record, v[i].record);
}
