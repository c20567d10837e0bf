/* write/html/page_findings: what the checks found, and what they ask. */
#include "write/html/portal_int.h"

#include "form/table/findings.h"

str findings_path(struct arena *a, size_t part)
{
    return part == 0 ? S("audit/findings.html") : str_fmt(a, "audit/findings-%zu.html", part + 1);
}

/* Where the findings of each family begin: the open ones, else those that are waived. */
static const str *places_of_families(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    str *place = NEW_ARRAY(pg->arena, str, CHECK_FAMILY_COUNT);
    for (size_t i = 0; i < all->count; i++) {
        const struct check_result *r = all->items[i];
        if (place[r->family].n != 0)
            continue;
        str path = findings_path(pg->arena, i / FINDINGS_ROWS_MAX);
        str anchor = r->waiver == NULL ? findings_anchor(pg->arena, r->family) : S("waived");
        place[r->family] = str_fmt(pg->arena, STR_FMT "#" STR_FMT, STR_ARG(path), STR_ARG(anchor));
    }
    return place;
}

/* -- The board --------------------------------------------------------------------------- */

static void put_board(struct page *pg)
{
    struct table *t = findings_board(pg->arena, pg->model->results, places_of_families(pg));
    put_table(pg, pg->data, S("board"), t, "board");
}

static void put_parts(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    struct items parts = items_new(pg);
    size_t here = pg->ref->from / FINDINGS_ROWS_MAX;
    size_t count = (all->count + FINDINGS_ROWS_MAX - 1) / FINDINGS_ROWS_MAX;
    for (size_t from = 0; from < all->count && count > 1; from += FINDINGS_ROWS_MAX) {
        if (!page_shows_part(from / FINDINGS_ROWS_MAX, here, count))
            continue;
        size_t rest = all->count - from;
        size_t last = from + (rest < FINDINGS_ROWS_MAX ? rest : FINDINGS_ROWS_MAX);
        struct tmap *m = items_add(pg, &parts);
        put_text(m, S("href"), page_link(pg, findings_path(pg->arena, from / FINDINGS_ROWS_MAX)));
        put_text(m, S("label"), str_fmt(pg->arena, "%zu–%zu", from + 1, last));
        put_flag(m, S("is_here"), from == pg->ref->from);
    }
    put_items(pg, pg->data, S("parts"), &parts);
}

/* The open findings of this page, a table for each family. */
static void put_open(struct page *pg, size_t end)
{
    const struct check_results *all = pg->model->results;
    struct items families = items_new(pg);
    for (size_t from = pg->ref->from, to; from < end; from = to) {
        enum check_family_id family = all->items[from]->family;
        for (to = from; to < end && all->items[to]->family == family; to++)
            ;
        str anchor = findings_anchor(pg->arena, family),
            title = str_from(check_family[family].title);
        struct findings_view view = {.id = str_fmt(pg->arena, "open-" STR_FMT, STR_ARG(anchor)),
                                     .caption = title,
                                     .list = check_run(all, from, to - from),
                                     .columns = FINDING_RECORD | FINDING_OWNER | FINDING_PLACE};
        const struct table *t = findings_table(pg->arena, pg->model, &view);
        struct tmap *m = items_add(pg, &families);
        put_text(m, S("id"), anchor);
        put_text(m, S("heading"), title);
        put_table(pg, m, S("content"), t, "findings");
    }
    put_items(pg, pg->data, S("families"), &families);
}

static void put_waived(struct page *pg, size_t from, size_t end)
{
    struct findings_view view = {.id = S("findings-waived"),
                                 .caption = S("Accepted for a time"),
                                 .list = check_run(pg->model->results, from, end - from),
                                 .columns = FINDING_RECORD | FINDING_OWNER | FINDING_WAIVER |
                                            FINDING_REASON};
    put_flag(pg->data, S("has_waived"), from < end);
    put_table(pg, pg->data, S("waived"), findings_table(pg->arena, pg->model, &view), "findings");
}

static void put_data_links(struct page *pg)
{
    put_text(pg->data, S("csv"), page_link(pg, S("data/lists/check-findings.csv")));
    put_text(pg->data, S("json"), page_link(pg, S("data/lists/check-findings.json")));
    put_text(pg->data, S("reference"), page_link(pg, S(FINDINGS_REFERENCE)));
}

void fill_FINDINGS(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    size_t from = pg->ref->from, end = from + pg->ref->count;
    size_t open_end = end < all->open_count ? end : all->open_count;
    size_t waived_from = from > all->open_count ? from : all->open_count;
    pg->title = from == 0 ? S("Findings of the checks")
                          : str_fmt(pg->arena, "Findings of the checks, from %zu", from + 1);
    put_text(pg->data, S("summary"), findings_sentence(pg->arena, all->counts));
    put_flag(pg->data, S("is_first"), from == 0);
    put_flag(pg->data, S("has_open_here"), from < open_end || from == 0);
    bool is_none_waived = all->open_count == all->count;
    put_flag(pg->data, S("has_waived_here"),
             waived_from < end || (end == all->count && is_none_waived));
    if (from == 0)
        put_board(pg);
    put_parts(pg);
    put_open(pg, open_end);
    put_waived(pg, waived_from < end ? waived_from : end, end);
    put_data_links(pg);
}

/* -- The reference ----------------------------------------------------------------------- */

static void add_row(struct page *pg, struct table *t, str label, str text)
{
    struct cell *cells = table_row(pg->arena, t);
    cells[0] = cell_text(pg->arena, label);
    cells[1] = cell_text(pg->arena, text);
}

/* The rule's own, or what the house has set and why. */
static str severity_words(struct page *pg, const struct rule *rule)
{
    const struct record *set = map_find(&pg->model->results->settings, str_from(rule->id));
    str own = findings_severity(rule->severity);
    long long severity =
        set != NULL ? rec_value(set, CHECK_SETTING_SEVERITY)->number : (long long)rule->severity;
    if (severity == (long long)rule->severity)
        return own;
    return str_fmt(pg->arena, STR_FMT ", set by the house instead of " STR_FMT ": " STR_FMT,
                   STR_ARG(findings_severity((enum severity)severity)),
                   STR_ARG(str_lower(pg->arena, own)),
                   STR_ARG(rec_text(set, CHECK_SETTING_REASON)));
}

static void put_rule_fields(struct page *pg, struct tmap *m, const struct rule *rule)
{
    static const struct column columns[] = {COLUMN("field", "Field", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct table *t = table_new(pg->arena, S(""), S(""), columns, 2);
    add_row(pg, t, S("Why"), str_from(rule->why));
    add_row(pg, t, S("To mend"), findings_capital(pg->arena, str_from(rule->mend)));
    add_row(pg, t, S("Severity"), severity_words(pg, rule));
    if (rule->clause[0] != 0)
        add_row(pg, t, S("Asked for by"),
                str_fmt(pg->arena, "ISO 22301:2019, clause %s", rule->clause));
    put_fields(pg, m, S("fields"), t);
}

/* "2 open, 1 waived", with a link to them. */
static void put_rule_count(struct page *pg, struct tmap *m, const struct check_counts *n, str place)
{
    size_t open = n->open[SEVERITY_ERROR] + n->open[SEVERITY_WARNING] + n->open[SEVERITY_INFO];
    if (open + n->waived == 0) {
        put_nothing(m, S("found"));
        return;
    }
    struct tmap *found = tmap_new(pg->arena);
    put_text(found, S("href"), page_link(pg, place));
    put_text(found, S("label"), str_fmt(pg->arena, "%zu open, %zu waived", open, n->waived));
    tmap_put(m, S("found"), tmap_value(found));
}

static void add_rule(struct page *pg, struct items *rules, const struct rule *rule,
                     const struct check_counts *n, str place)
{
    struct cell state = findings_state(pg->arena, *n);
    struct tmap *m = items_add(pg, rules);
    put_text(m, S("id"), str_from(rule->id));
    put_text(m, S("title"), str_from(rule->title));
    put_flag(m, S("is_fault"), check_is_fault(rule));
    put_cell(pg, m, S("state"), &state);
    put_rule_count(pg, m, n, place);
    put_rule_fields(pg, m, rule);
}

void fill_CHECKS(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    struct check_counts *n = NEW_ARRAY(pg->arena, struct check_counts, CHECK_RULE_COUNT);
    const str *place = places_of_families(pg);
    struct items families = items_new(pg);
    for (size_t i = 0; i < all->count; i++)
        check_count_one(&n[all->items[i]->rule - check_rule], all->items[i]);
    for (int f = 0; f < CHECK_FAMILY_COUNT; f++) {
        const struct rule *rule[CHECK_RULE_COUNT];
        size_t count = check_family_rules((enum check_family_id)f, rule);
        struct items rules = items_new(pg);
        for (size_t i = 0; i < count; i++)
            add_rule(pg, &rules, rule[i], &n[rule[i] - check_rule], place[f]);
        if (count == 0)
            continue;
        struct tmap *m = items_add(pg, &families);
        put_text(m, S("anchor"), findings_anchor(pg->arena, (enum check_family_id)f));
        put_text(m, S("heading"), str_from(check_family[f].title));
        put_items(pg, m, S("rules"), &rules);
    }
    pg->title = S("The checks");
    put_items(pg, pg->data, S("families"), &families);
    put_text(pg->data, S("findings"), page_link(pg, findings_path(pg->arena, 0)));
}

/* -- On other pages ---------------------------------------------------------------------- */

/* Who let it stand, until when and why. */
static void put_waiver(struct page *pg, struct tmap *m, const struct check_result *found)
{
    const struct record *w = found->waiver;
    if (w == NULL) {
        put_nothing(m, S("waiver"));
        return;
    }
    struct tmap *waiver = tmap_new(pg->arena);
    put_text(waiver, S("href"), page_link_record(pg, w));
    put_text(waiver, S("id"), w->id);
    put_field(pg, waiver, S("until"), w, WAIVER_EXPIRES);
    put_field(pg, waiver, S("approver"), w, WAIVER_APPROVER);
    put_text(waiver, S("reason"), rec_text(w, WAIVER_REASON));
    tmap_put(m, S("waiver"), tmap_value(waiver));
}

static void add_found(struct page *pg, struct items *items, const struct check_result *found)
{
    struct cell chip = findings_chip(pg->arena, found->severity);
    struct cell words = findings_words(pg->arena, pg->model, found, pg->ref->record);
    struct tmap *m = items_add(pg, items);
    put_cell(pg, m, S("severity"), &chip);
    put_text(m, S("check"), str_from(found->rule->id));
    put_text(m, S("asks"), str_from(found->rule->title));
    put_text(m, S("href"),
             page_link(pg, str_fmt(pg->arena, FINDINGS_REFERENCE "#%s", found->rule->id)));
    put_cell(pg, m, S("words"), &words);
    put_text(m, S("mend"), found->mend);
    put_text(m, S("place"), found->place);
    put_waiver(pg, m, found);
}

/* What is left out is a link away. */
static str rest_of(struct page *pg, size_t shown, size_t count)
{
    if (shown == count)
        return S("");
    return str_fmt(pg->arena, "%zu of %zu are shown; the board has them all.", shown, count);
}

/* What was found about the record of the page, each with the way out. */
static void put_found(struct page *pg, struct check_list list)
{
    if (list.count == 0) {
        put_nothing(pg->data, S("found"));
        return;
    }
    struct items items = items_new(pg);
    for (size_t i = 0; i < list.count && i < USED_ROWS_MAX; i++)
        add_found(pg, &items, list.items[i]);
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("summary"), findings_sentence(pg->arena, check_count(list)));
    put_text(m, S("board"), page_link(pg, findings_path(pg->arena, 0)));
    put_text(m, S("rest"), rest_of(pg, items.count, list.count));
    put_items(pg, m, S("items"), &items);
    tmap_put(pg->data, S("found"), tmap_value(m));
}

/* What a role owns, or the roles that a person holds. */
static struct check_list owned_by(struct page *pg, const struct record *r)
{
    const struct check_results *all = pg->model->results;
    struct check_list none = {NULL, 0};
    if (r->type->number == TYPE_ROLE)
        return check_owned_by(all, r);
    if (r->type->number != TYPE_PERSON)
        return none;
    const struct check_result **items = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = 0; i < r->back_count; i++) {
        const struct record *role = r->back[i].from;
        size_t holder = schema_slot(pg->model->schema->types[TYPE_ROLE], ROLE_HOLDER);
        if (role->type->number != TYPE_ROLE || r->back[i].field != &role->type->fields[holder])
            continue;
        struct check_list list = check_owned_by(all, role);
        for (size_t j = 0; j < list.count; j++)
            PUSH(pg->arena, items, count, cap, const struct check_result *) = list.items[j];
    }
    return (struct check_list){items, count};
}

static void put_owned(struct page *pg, struct check_list list)
{
    bool is_of_person = pg->ref->record->type->number == TYPE_PERSON;
    if (list.count == 0) {
        put_nothing(pg->data, S("owned"));
        return;
    }
    struct findings_view view = {.id = S("findings-owned"),
                                 .caption = S("Findings of the checks"),
                                 .list = list,
                                 .columns = FINDING_RECORD};
    if (is_of_person)
        view.columns |= FINDING_OWNER;
    if (check_count(list).waived > 0)
        view.columns |= FINDING_WAIVER;
    view.list.count = list.count < USED_ROWS_MAX ? list.count : USED_ROWS_MAX;
    struct table *t = findings_table(pg->arena, pg->model, &view);
    t->note = rest_of(pg, view.list.count, list.count);
    struct tmap *m = tmap_new(pg->arena);
    put_text(m, S("summary"), findings_sentence(pg->arena, check_count(list)));
    put_text(m, S("board"), page_link(pg, findings_path(pg->arena, 0)));
    put_flag(m, S("is_of_person"), is_of_person);
    put_table(pg, m, S("content"), t, "findings");
    tmap_put(pg->data, S("owned"), tmap_value(m));
}

void put_findings(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    if (all == NULL) {
        put_nothing(pg->data, S("found"));
        put_nothing(pg->data, S("owned"));
        return;
    }
    put_found(pg, check_about(all, pg->ref->record));
    put_owned(pg, owned_by(pg, pg->ref->record));
}

void put_findings_count(struct page *pg)
{
    const struct check_results *all = pg->model->results;
    if (all == NULL)
        put_nothing(pg->data, S("findings"));
    else
        put_link(pg, S("findings"), page_link(pg, findings_path(pg->arena, 0)),
                 findings_sentence(pg->arena, all->counts));
}

void add_findings_starts(struct page *pg, struct items *starts)
{
    const struct check_results *all = pg->model->results;
    if (all == NULL)
        return;
    items_add_link(pg, starts, page_link(pg, findings_path(pg->arena, 0)),
                   S("Findings of the checks"), findings_sentence(pg->arena, all->counts));
    items_add_link(pg, starts, page_link(pg, S(FINDINGS_REFERENCE)), S("The checks"),
                   S("What each asks, why, which clause wants it, how to mend it"));
}
