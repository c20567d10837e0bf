/* form/table/card: what the crisis card says, computed once. */
#include "form/table/card.h"

struct making {
    struct arena *arena;
    const struct model *model;
    struct card_section *section;
    struct card_entry *entries;
    struct card_line *lines; /* of the entry at hand */
};

/* NULL when the section is full; then it is counted as left out. */
static struct card_entry *add_entry(struct making *m, str title)
{
    if (m->section->count == CARD_ENTRIES_MAX) {
        m->section->left_out++;
        return NULL;
    }
    struct card_entry *e = &m->entries[m->section->count++];
    m->lines = NEW_ARRAY(m->arena, struct card_line, CARD_LINES_MAX);
    *e = (struct card_entry){.title = title, .lines = m->lines};
    return e;
}

static struct card_line *add_line(struct making *m, struct card_entry *e, str text)
{
    if (e->line_count == CARD_LINES_MAX)
        return NULL;
    struct card_line *line = &m->lines[e->line_count++];
    line->text = text;
    return line;
}

static void add_words(struct making *m, struct card_entry *e, const char *label, str text)
{
    if (text.n > 0)
        add_line(m, e, str_fmt(m->arena, "%s" STR_FMT, label, STR_ARG(text)));
}

static void add_number(struct making *m, struct card_line *line, str label, str number)
{
    struct crisis_phone *phone = NEW(m->arena, struct crisis_phone);
    *phone = (struct crisis_phone){label, number};
    line->phones = phone;
    line->phone_count = 1;
}

/* -- The sections ------------------------------------------------------------------------------ */

static void numbers(struct making *m)
{
    static const struct {
        const char *title;
        enum field_id field;
    } of[] = {{"Emergency services", WORKSPACE_EMERGENCY}, {"Crisis line", WORKSPACE_CRISIS_LINE}};
    for (size_t i = 0; i < COUNT_OF(of); i++) {
        str number = rec_text(m->model->workspace, of[i].field);
        if (crisis_can_dial(number))
            add_number(m, add_line(m, add_entry(m, str_from(of[i].title)), S("")), S(""), number);
    }
}

static void thresholds(struct making *m)
{
    const struct record_list *list = model_list(m->model, TYPE_THRESHOLD);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        struct card_entry *e = rec_is_over(r) ? NULL : add_entry(m, r->title);
        if (e == NULL)
            continue;
        size_t count;
        const struct field_value *v = rec_items(r, THRESHOLD_CRITERIA, &count);
        e->level = rec_text(r, THRESHOLD_LEVEL);
        add_words(m, e, "", crisis_decision(m->arena, r));
        for (size_t k = 0; k < count; k++)
            add_words(m, e, "", v[k].text);
    }
}

static void steps(struct making *m)
{
    const struct record *plan = crisis_plan(m->model);
    size_t count = 0;
    const struct field_value *v =
        plan != NULL ? rec_items(plan, PLAN_IMMEDIATE_ACTIONS, &count) : NULL;
    for (size_t i = 0; i < count; i++) {
        struct card_entry *e = add_entry(m, S(""));
        if (e != NULL)
            add_words(m, e, "", v[i].text);
    }
}

static void add_person(struct making *m, struct card_entry *e, const char *label,
                       const struct record *person)
{
    struct card_line *line =
        person != NULL
            ? add_line(m, e, str_fmt(m->arena, "%s" STR_FMT, label, STR_ARG(person->title)))
            : NULL;
    if (line == NULL)
        return;
    struct crisis_phone *phones = NEW_ARRAY(m->arena, struct crisis_phone, CARD_PHONES_MAX);
    line->phone_count = crisis_phones(m->arena, person, phones, CARD_PHONES_MAX);
    line->phones = phones;
}

static void team(struct making *m)
{
    struct crisis_list roles = crisis_members(m->arena, m->model);
    for (size_t i = 0; i < roles.count; i++) {
        const struct record *r = roles.items[i], *holder = rec_ref(r, ROLE_HOLDER);
        struct card_entry *e = add_entry(m, r->title);
        if (e == NULL)
            continue;
        size_t count;
        const struct field_value *v = rec_items(r, ROLE_DEPUTIES, &count);
        add_person(m, e, "", holder);
        if (rec_lacks(r, ROLE_HOLDER))
            add_words(m, e, "", S("Vacant"));
        for (size_t k = 0; k < count; k++)
            add_person(m, e, "Deputy: ", field_target(&v[k]));
    }
}

/* "Conference bridge +44 1632 960990, code 7" can be dialled, "https://x.example/96" not. */
static bool is_number(str text)
{
    enum { DIGITS_MIN = 6 };
    size_t digits = 0;
    for (size_t i = 0; i < text.n; i++)
        digits += ascii_is_digit(text.p[i]);
    return digits >= DIGITS_MIN && str_find(text, S("/"), 0) == SIZE_MAX;
}

static void add_bridge(struct making *m, struct card_entry *e, str bridge)
{
    if (bridge.n == 0 || !is_number(bridge)) {
        add_words(m, e, "Join: ", bridge);
        return;
    }
    struct card_line *line = add_line(m, e, S(""));
    if (line != NULL)
        add_number(m, line, S("Join"), bridge);
}

/* Teams of a crisis and of emergencies first; a team without a place has no line. */
static void places(struct making *m)
{
    const struct record_list *teams = model_list(m->model, TYPE_TEAM);
    for (int first = 1; first >= 0; first--)
        for (size_t i = 0; i < teams->count; i++) {
            const struct record *r = teams->items[i];
            str kind = rec_text(r, TEAM_KIND);
            bool is_crisis = str_eq(kind, S("crisis")) || str_eq(kind, S("emergency"));
            bool meets = rec_has(r, TEAM_MEETING_PRIMARY) || rec_has(r, TEAM_MEETING_ALTERNATE) ||
                         rec_has(r, TEAM_MEETING_VIRTUAL);
            if (is_crisis != (first == 1) || !meets || rec_is_over(r))
                continue;
            struct card_entry *e = add_entry(m, r->title);
            if (e == NULL)
                continue;
            add_words(m, e, "", rec_text(r, TEAM_MEETING_PRIMARY));
            add_words(m, e, "If not there: ", rec_text(r, TEAM_MEETING_ALTERNATE));
            add_bridge(m, e, rec_text(r, TEAM_MEETING_VIRTUAL));
        }
}

static void sites(struct making *m)
{
    const struct record_list *list = model_list(m->model, TYPE_SITE);
    for (size_t i = 0; i < list->count; i++) {
        const struct record *r = list->items[i];
        struct card_entry *e =
            rec_has(r, SITE_ASSEMBLY_POINT) && !rec_is_over(r) ? add_entry(m, r->title) : NULL;
        if (e == NULL)
            continue;
        add_words(m, e, "Assemble: ", rec_text(r, SITE_ASSEMBLY_POINT));
        add_words(m, e, "", rec_text(r, SITE_ADDRESS));
    }
}

static void contacts(struct making *m)
{
    struct crisis_list list = crisis_contacts(m->arena, m->model);
    for (size_t i = 0; i < list.count; i++) {
        const struct record *r = list.items[i];
        str number = crisis_number(r);
        struct card_entry *e = crisis_can_dial(number) ? add_entry(m, r->title) : NULL;
        if (e == NULL)
            continue;
        add_number(m, add_line(m, e, S("")), rec_has(r, CONTACT_PHONE_24H) ? S("24 hours") : S(""),
                   number);
        add_words(m, e, "Account: ", rec_text(r, CONTACT_ACCOUNT));
        add_words(m, e, "", rec_text(r, CONTACT_USED_FOR));
    }
}

/* -- The card ---------------------------------------------------------------------------------- */

static const struct {
    str id, title;
    void (*fill)(struct making *m);
} part[CARD_PARTS] = {
    [CARD_NUMBERS] = {S_INIT("numbers"), S_INIT("Call"), numbers},
    [CARD_DECLARE] = {S_INIT("declare"), S_INIT("Who declares what"), thresholds},
    [CARD_STEPS] = {S_INIT("first"), S_INIT("First hour"), steps},
    [CARD_TEAM] = {S_INIT("team"), S_INIT("Crisis team"), team},
    [CARD_PLACES] = {S_INIT("places"), S_INIT("Where we meet"), places},
    [CARD_SITES] = {S_INIT("sites"), S_INIT("Assembly points"), sites},
    [CARD_CONTACTS] = {S_INIT("contacts"), S_INIT("Outside numbers"), contacts},
};

const struct card *card_of(struct arena *a, const struct model *model)
{
    struct card *card = NEW(a, struct card);
    card->valid_until = crisis_valid_until(model);
    for (int i = 0; i < CARD_PARTS; i++) {
        struct card_section *s = &card->sections[i];
        struct making m = {.arena = a, .model = model, .section = s};
        m.entries = NEW_ARRAY(a, struct card_entry, CARD_ENTRIES_MAX);
        *s = (struct card_section){.id = part[i].id, .title = part[i].title, .entries = m.entries};
        part[i].fill(&m);
    }
    return card;
}

str card_rest(struct arena *a, size_t left_out)
{
    return left_out > 0 ? str_fmt(a, "%zu more in the binder", left_out) : S("");
}
