/* form/table/evidence/questions: what auditors ask, the minimum, the phases of the system. */
#include "form/table/evidence.h"

#include <assert.h>
#include <string.h>

#include "form/table/cells.h"

/* Each macro takes its rows out of the one list. */
static const struct auditor_question question_def[] = {
#define QUESTION(NAME, short_name, question, look)                                                 \
    {S_INIT(short_name), S_INIT(question), S_INIT(look)},
#define SHOWS(NAME, what, records)
#define HANGUP(NAME, what, checks)
#define MISTAKE(what, way_out, checks)
#define STEP(PHASE, what, records)
#include "form/table/questions.def"
};

static const struct shows {
    size_t question;
    str what, records;
} shows[] = {
#define QUESTION(NAME, short_name, question, look)
#define SHOWS(NAME, what, records) {QUESTION_##NAME, S_INIT(what), S_INIT(records)},
#define HANGUP(NAME, what, checks)
#define MISTAKE(what, way_out, checks)
#define STEP(PHASE, what, records)
#include "form/table/questions.def"
};

static const struct step {
    enum phase phase;
    str what, records;
} step[] = {
#define QUESTION(NAME, short_name, question, look)
#define SHOWS(NAME, what, records)
#define HANGUP(NAME, what, checks)
#define MISTAKE(what, way_out, checks)
#define STEP(PHASE, what, records) {PHASE_##PHASE, S_INIT(what), S_INIT(records)},
#include "form/table/questions.def"
};

/* -- Facts as cells ------------------------------------------------------------------------ */

/* What it is about leads to the register of what is selected first. */
static struct cell cell_of_subject(struct arena *a, const struct model *m, str what, str records)
{
    struct selector s[SELECTORS_MAX];
    struct cell cell = cell_text(a, what);
    selectors_read(m->schema, records, s);
    if (m->by_type[s[0].type->number].count != 0)
        cell.page = type_path(a, s[0].type);
    return cell;
}

/* Count, newest day, and the record that it is of. */
static void put_fact(struct arena *a, struct cell *cells, struct evidence_fact fact)
{
    cells[0] = cell_count(a, fact.count);
    cells[1] = cell_day(a, fact.day);
    cells[2] = cell_record(a, fact.newest);
}

/* -- Questions ----------------------------------------------------------------------------- */

const struct auditor_question *question_at(size_t index)
{
    assert(index < QUESTION_COUNT);
    return &question_def[index];
}

static const struct column question_column[] = {
    COLUMN("question", "Question", TEXT), COLUMN("shown_by", "Shown by", TEXT),
    COLUMN("count", "Recorded", NUMBER), COLUMN("newest", "Newest", DATE),
    COLUMN("newest_in", "In", TEXT)};

/* Beside one question it is not said again. */
const struct table *question_table(struct arena *a, const struct model *m, size_t question)
{
    bool is_all = question == SIZE_MAX;
    str id = is_all ? S("list-questions") : str_fmt(a, "question-%zu-shown", question + 1);
    str caption = is_all ? S("What answers an auditor") : question_def[question].question;
    size_t left_out = is_all ? 0 : 1;
    struct table *t =
        table_new(a, id, caption, question_column + left_out, COUNT_OF(question_column) - left_out);
    t->head_column = !is_all;
    for (size_t i = 0; i < COUNT_OF(shows); i++) {
        if (!is_all && shows[i].question != question)
            continue;
        struct cell *cells = table_row(a, t);
        if (is_all)
            *cells++ = cell_text(a, question_def[shows[i].question].question);
        cells[0] = cell_of_subject(a, m, shows[i].what, shows[i].records);
        put_fact(a, cells + 1, evidence_fact(m, shows[i].records));
    }
    return t;
}

/* -- The minimum --------------------------------------------------------------------------- */

static const struct column gate_column[] = {
    COLUMN("what", "What", TEXT),        COLUMN("asks", "It asks", TEXT),
    COLUMN("count", "Recorded", NUMBER), COLUMN("newest", "Newest", DATE),
    COLUMN("newest_in", "In", TEXT),     COLUMN("state", "State", CHIP)};

/* Of what a copy lacks nothing can be said. */
static struct cell met(struct arena *a, const struct model *m, bool is_met, str yes, str no)
{
    if (is_met)
        return cell_chip(a, yes, TONE_GOOD);
    return model_is_partial(m) ? cell_chip(a, S("Not in this copy"), TONE_MUTED)
                               : cell_chip(a, no, TONE_BAD);
}

const struct table *gate_table(struct arena *a, const struct model *m)
{
    const struct evidence *e = m->evidence;
    struct table *t =
        table_new(a, S("list-gate"), S("Minimum evidence"), gate_column, COUNT_OF(gate_column));
    t->head_column = true;
    for (size_t i = 0; i < GATE_COUNT; i++) {
        struct cell *cells = table_row(a, t);
        cells[0] = cell_of_subject(a, m, e->gate[i].what, e->gate[i].selectors);
        cells[1] = cell_text(a, e->gate[i].asks);
        put_fact(a, cells + 2, e->gate[i].fact);
        cells[5] = met(a, m, e->gate[i].is_met, S("There"), S("Missing"));
    }
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, S("A living system"));
    cells[1] = cell_text(a, S("Work keeps up with what is written"));
    put_fact(a, cells + 2, e->paper.work);
    cells[5] =
        met(a, m, e->paper.work.count != 0 && !e->paper.is_paper, S("Lives"), S("Paper only"));
    return t;
}

static str of_what(struct arena *a, struct evidence_fact fact, const char *none)
{
    if (fact.newest == NULL)
        return str_from(none);
    return str_fmt(a, "is of " STR_FMT " (" STR_FMT ")", STR_ARG(date_long(a, fact.day)),
                   STR_ARG(fact.newest->id));
}

str gate_sentence(struct arena *a, const struct model *m)
{
    const struct evidence *e = m->evidence;
    size_t count = 0;
    for (size_t i = 0; i < GATE_COUNT; i++)
        count += e->gate[i].is_met;
    return str_fmt(a,
                   "%zu of %d kinds of minimum evidence are %s. The newest text that holds " STR_FMT
                   "; the newest record of work with the system " STR_FMT ".",
                   count, GATE_COUNT, model_is_partial(m) ? "in this copy" : "there",
                   STR_ARG(of_what(a, e->paper.text, "does not exist")),
                   STR_ARG(of_what(a, e->paper.work, "does not exist")));
}

/* -- Phases -------------------------------------------------------------------------------- */

static const struct column phase_column[] = {
    COLUMN("phase", "Phase", TEXT),      COLUMN("step", "What is done", TEXT),
    COLUMN("count", "Recorded", NUMBER), COLUMN("newest", "Newest", DATE),
    COLUMN("newest_in", "In", TEXT),     COLUMN("state", "State", CHIP)};

const struct table *phase_table(struct arena *a, const struct model *m, enum phase phase)
{
    bool is_all = phase == PHASE_COUNT;
    size_t left_out = is_all ? 0 : 1;
    str id = is_all ? S("list-phases")
                    : str_fmt(a, "phase-" STR_FMT "-shown", STR_ARG(phase_word(phase)));
    str caption =
        is_all ? S("What shows the phases of the system")
               : str_fmt(a, "What is done to " STR_FMT " the system", STR_ARG(phase_word(phase)));
    struct table *t =
        table_new(a, id, caption, phase_column + left_out, COUNT_OF(phase_column) - left_out);
    t->head_column = !is_all;
    for (size_t i = 0; i < COUNT_OF(step); i++) {
        if (!is_all && step[i].phase != phase)
            continue;
        struct evidence_fact fact = evidence_fact(m, step[i].records);
        struct cell *cells = table_row(a, t);
        if (is_all)
            *cells++ = cell_text(a, word_for_people(a, phase_word(step[i].phase)));
        cells[0] = cell_of_subject(a, m, step[i].what, step[i].records);
        put_fact(a, cells + 1, fact);
        cells[4] = met(a, m, fact.count != 0, S("Shown"), S("Nothing"));
    }
    return t;
}
