/* form/table/evidence/files: what records name as their evidence, and where it is. */
#include "form/table/evidence.h"

#include "form/table/cells.h"

static const struct column file_column[] = {
    COLUMN("record", "Of", CODE),         COLUMN("title", "Record", TEXT),
    COLUMN("kind", "Kind", TEXT),         COLUMN("date", "Date", DATE),
    COLUMN("place", "Where it is", TEXT), COLUMN("state", "State", CHIP),
    COLUMN("sha256", "SHA-256", CODE)};

static struct cell state_of(struct arena *a, enum evidence_place place)
{
    switch (place) {
    case EVIDENCE_IN_PACK:
        return cell_chip(a, S("In this pack"), TONE_GOOD);
    case EVIDENCE_ELSEWHERE:
        return cell_chip(a, S("Kept elsewhere"), TONE_MUTED);
    default:
        return cell_chip(a, S("Not in this pack"), TONE_WARN);
    }
}

const struct table *evidence_files(struct arena *a, const struct evidence_file *files, size_t count)
{
    struct table *t = table_new(a, S("evidence-files"), S("Files and papers"), file_column,
                                COUNT_OF(file_column));
    for (size_t i = 0; i < count; i++) {
        const struct evidence_file *f = &files[i];
        bool is_here = f->place == EVIDENCE_IN_PACK;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, f->record->id);
        cells[1] = cell_link(a, f->record, f->record->title);
        cells[2] = cell_field(a, f->part, EVIDENCE_KIND);
        cells[3] = cell_field(a, f->part, EVIDENCE_DATE);
        cells[4] = is_here ? cell_text(a, f->path) : cell_field(a, f->part, EVIDENCE_PATH);
        cells[5] = state_of(a, f->place);
        cells[6] = cell_text(a, f->sha256);
    }
    if (count == 0)
        t->note = S("No record names a file or paper.");
    return t;
}
