/* form/table/findings: what the checks found, as tables. */
#include "form/table/findings.h"

#include "form/table/cells.h"

/* -- Words ------------------------------------------------------------------------------------ */

static const struct {
    str word, data;
    enum tone tone;
} severity_word[] = {
    [SEVERITY_INFO] = {S_INIT("Information"), S_INIT("info"), TONE_MUTED},
    [SEVERITY_WARNING] = {S_INIT("Warning"), S_INIT("warning"), TONE_WARN},
    [SEVERITY_ERROR] = {S_INIT("Error"), S_INIT("error"), TONE_BAD},
};

str findings_severity(enum severity severity)
{
    return severity_word[severity].word;
}

struct cell findings_chip(struct arena *a, enum severity severity)
{
    struct cell c = cell_chip(a, severity_word[severity].word, severity_word[severity].tone);
    c.data = severity_word[severity].data;
    return c;
}

static void add_count(struct buf *b, size_t count, const char *one, const char *many)
{
    buf_fmt(b, "%zu %s", count, count == 1 ? one : many);
}

str findings_sentence(struct arena *a, struct check_counts n)
{
    struct buf b = buf_in(a, 64);
    size_t errors = n.open[SEVERITY_ERROR], warnings = n.open[SEVERITY_WARNING],
           infos = n.open[SEVERITY_INFO], all = errors + warnings + infos + n.waived;
    if (all == 0)
        return S("Nothing found");
    add_count(&b, all, "finding: ", "findings: ");
    add_count(&b, errors, "error, ", "errors, ");
    add_count(&b, warnings, "warning, ", "warnings, ");
    if (infos > 0)
        buf_fmt(&b, "%zu for information, ", infos);
    buf_fmt(&b, "%zu waived", n.waived);
    return buf_str(&b);
}

struct cell findings_state(struct arena *a, struct check_counts n)
{
    if (n.open[SEVERITY_ERROR] > 0)
        return cell_chip(a, S("Errors"), TONE_BAD);
    if (n.open[SEVERITY_WARNING] > 0)
        return cell_chip(a, S("Warnings"), TONE_WARN);
    if (n.open[SEVERITY_INFO] > 0)
        return cell_chip(a, S("For information"), TONE_MUTED);
    return n.waived > 0 ? cell_chip(a, S("Waived only"), TONE_MUTED)
                        : cell_chip(a, S("Nothing found"), TONE_GOOD);
}

str findings_capital(struct arena *a, str words)
{
    if (words.n == 0 || words.p[0] < 'a' || words.p[0] > 'z')
        return words;
    return str_fmt(a, "%c" STR_FMT, words.p[0] - 'a' + 'A', STR_ARG(str_skip(words, 1)));
}

/* -- Sentences -------------------------------------------------------------------------------- */

static bool is_in_id(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_' || c == '.';
}

/* The next run of letters that names a record, from `at` on; NULL: there is none. */
static const struct record *next_record(const struct model *m, str text, size_t at, str *id)
{
    while (at < text.n) {
        size_t end = at;
        while (end < text.n && is_in_id(text.p[end]))
            end++;
        *id = str_from_to(text, at, end);
        const struct record *r = id->n > 0 ? model_find(m, *id) : NULL;
        if (r != NULL)
            return r;
        at = end > at ? end : at + 1;
    }
    return NULL;
}

struct cell findings_words(struct arena *a, const struct model *m, const struct check_result *found,
                           const struct record *here)
{
    str text = findings_capital(a, found->text), id;
    struct piece *pieces = NULL;
    size_t count = 0, cap = 0, at = 0;
    for (size_t from = 0;;) {
        const struct record *r = next_record(m, text, from, &id);
        size_t start = r != NULL ? (size_t)(id.p - text.p) : text.n;
        from = start + (r != NULL ? id.n : 0);
        if (r != NULL && r == here)
            continue;
        if (start > at)
            PUSH(a, pieces, count, cap, struct piece) =
                (struct piece){.text = str_from_to(text, at, start)};
        if (r == NULL)
            break;
        PUSH(a, pieces, count, cap, struct piece) = (struct piece){.text = id, .link = r};
        at = from;
    }
    return (struct cell){.pieces = pieces, .count = count, .data = found->text, .is_text = true};
}

/* -- One finding a row ------------------------------------------------------------------------ */

static struct cell severity_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return findings_chip(a, r->severity);
}

static struct cell check_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    struct cell c = cell_text(a, str_from(r->rule->id));
    c.page = str_fmt(a, FINDINGS_REFERENCE "#%s", r->rule->id);
    return c;
}

static struct cell record_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    const struct record *about = r->about;
    str name = about->id.n == 0
                   ? about->type->singular
                   : str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(about->id), STR_ARG(about->title));
    struct cell c = cell_link(a, about, name);
    c.data = about->id;
    return c;
}

static struct cell owner_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    if (r->owner == NULL)
        return (struct cell){0};
    struct cell c = cell_link(a, r->owner, r->owner->title);
    c.data = r->owner->id;
    return c;
}

static struct cell text_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    return findings_words(a, m, r, NULL);
}

static struct cell place_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return cell_text(a, r->place);
}

static struct cell waiver_field(struct arena *a, const struct check_result *r, enum field_id field)
{
    if (r->waiver == NULL)
        return (struct cell){0};
    return cell_of_field(a, r->waiver, schema_slot(r->waiver->type, field), CELL_WHOLE);
}

static struct cell waiver_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return r->waiver == NULL ? (struct cell){0} : cell_link(a, r->waiver, r->waiver->id);
}

static struct cell until_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return waiver_field(a, r, WAIVER_EXPIRES);
}

static struct cell reason_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return waiver_field(a, r, WAIVER_REASON);
}

static struct cell approver_of(struct arena *a, const struct model *m, const struct check_result *r)
{
    (void)m;
    return waiver_field(a, r, WAIVER_APPROVER);
}

static const struct {
    unsigned of; /* 0: always */
    struct column column;
    struct cell (*cell)(struct arena *a, const struct model *m, const struct check_result *r);
} finding_column[] = {
    {0, COLUMN("severity", "Severity", CHIP), severity_of},
    {0, COLUMN("check", "Check", CODE), check_of},
    {FINDING_RECORD, COLUMN("record", "Record", TEXT), record_of},
    {0, COLUMN("finding", "What was found", PROSE), text_of},
    {FINDING_OWNER, COLUMN("owner", "Owner", TEXT), owner_of},
    {FINDING_PLACE, COLUMN("place", "Place in the source", TEXT), place_of},
    {FINDING_WAIVER, COLUMN("waiver", "Waiver", CODE), waiver_of},
    {FINDING_WAIVER, COLUMN("until", "Accepted until", DATE), until_of},
    {FINDING_REASON, COLUMN("approver", "Accepted by", TEXT), approver_of},
    {FINDING_REASON, COLUMN("reason", "Reason given", PROSE), reason_of},
};
enum { FINDING_COLUMNS = COUNT_OF(finding_column) };

struct table *findings_table(struct arena *a, const struct model *m,
                             const struct findings_view *view)
{
    struct column column[FINDING_COLUMNS];
    size_t shown[FINDING_COLUMNS], count = 0;
    for (size_t i = 0; i < FINDING_COLUMNS; i++)
        if (finding_column[i].of == 0 || (finding_column[i].of & view->columns) != 0) {
            column[count] = finding_column[i].column;
            shown[count++] = i;
        }
    struct table *t = table_new(a, view->id, view->caption, column, count);
    for (size_t row = 0; row < view->list.count; row++) {
        struct cell *cells = table_row(a, t);
        for (size_t i = 0; i < count; i++)
            cells[i] = finding_column[shown[i]].cell(a, m, view->list.items[row]);
    }
    return t;
}

/* -- One family a row ------------------------------------------------------------------------- */

static bool judges(enum check_family_id family)
{
    for (size_t i = 0; i < CHECK_RULE_COUNT; i++)
        if (check_family_of(&check_rule[i]) == family && !check_is_fault(&check_rule[i]))
            return true;
    return false;
}

static const struct column board_column[] = {
    COLUMN("family", "Family", TEXT),       COLUMN("letters", "Checks", CODE),
    COLUMN("state", "State", CHIP),         COLUMN("errors", "Errors", NUMBER),
    COLUMN("warnings", "Warnings", NUMBER), COLUMN("information", "Information", NUMBER),
    COLUMN("waived", "Waived", NUMBER),
};

str findings_anchor(struct arena *a, enum check_family_id family)
{
    str letters = str_lower(a, str_from(check_family[family].letters));
    return str_fmt(a, "family-" STR_FMT, STR_ARG(letters));
}

struct table *findings_board(struct arena *a, const struct check_results *all, const str *page_of)
{
    struct table *t = table_new(a, S("findings-board"), S("Findings by family"), board_column,
                                COUNT_OF(board_column));
    struct check_counts n[CHECK_FAMILY_COUNT] = {0};
    for (size_t i = 0; i < all->count; i++)
        check_count_one(&n[all->items[i]->family], all->items[i]);
    t->head_column = true;
    for (int f = 0; f < CHECK_FAMILY_COUNT; f++) {
        if (!judges((enum check_family_id)f))
            continue;
        struct cell *cells = table_row(a, t);
        cells[0] = cell_text(a, str_from(check_family[f].title));
        cells[0].page = page_of != NULL ? page_of[f] : S("");
        cells[1] = cell_text(a, str_from(check_family[f].letters));
        cells[1].page = str_fmt(a, FINDINGS_REFERENCE "#" STR_FMT,
                                STR_ARG(findings_anchor(a, (enum check_family_id)f)));
        cells[2] = findings_state(a, n[f]);
        cells[3] = cell_count(a, n[f].open[SEVERITY_ERROR]);
        cells[4] = cell_count(a, n[f].open[SEVERITY_WARNING]);
        cells[5] = cell_count(a, n[f].open[SEVERITY_INFO]);
        cells[6] = cell_count(a, n[f].waived);
    }
    return t;
}
