/* form/draw/chart/cover_int: which activities were and will be exercised, and when. */
#ifndef FORM_DRAW_CHART_COVER_INT_H
#define FORM_DRAW_CHART_COVER_INT_H

#include "form/draw/chart/rows_int.h"

/* The first three in the order of the words of exercise.outcome. */
enum result { MET, PARTLY, NOT_MET, NO_RESULT, PLANNED, MISSED, RESULTS };

#define KIND_NONE SIZE_MAX

/* How an activity stands: the parts of its unit's bar when there are too many for one chart. */
enum standing { RECENT, LONG_AGO, NEVER, STANDINGS };

struct session {
    const struct record *exercise;
    date day;
    size_t kind; /* place in the words of exercise.kind; KIND_NONE */
    enum result result;
};

/* What was and will be done with one activity, by date. */
struct line {
    const struct record *activity;
    struct session *sessions;
    size_t count, cap;
    date last; /* held; DATE_NONE: never, as far as is known here */
};

struct cover {
    const struct request *q;
    const struct record *programme; /* NULL: none */
    int from_year, to_year;
    size_t columns; /* quarters, or years when there are many */
    struct line *lines;
    struct row *rows;
    size_t count;
};

/* The years of the programme that is asked for, else of the one that runs. False after a
 * report. */
bool cover_years(struct cover *c);
/* Prioritised activities unit by unit, with their exercises by date. */
void cover_collect(struct cover *c);

size_t cover_columns_per_year(const struct cover *c);
/* Outside of the years: c->columns or more. */
size_t cover_column(const struct cover *c, date day);
enum standing cover_standing(const struct cover *c, const struct line *l);

#endif
