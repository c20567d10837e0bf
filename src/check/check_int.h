/* check/check_int: how the families of rules walk the model. */
#ifndef CHECK_INT_H
#define CHECK_INT_H

#include "check/check.h"
#include "check/rules.h"

struct checker {
    const struct model *model;
    struct diags *diags;
    struct arena *scratch; /* lives for one check_structure, or one family of rules */
    struct map uses;       /* of texts, while check_copies counts them */
    enum control level;    /* of check_system */
    struct map waivers;    /* "DC3 BCP-001" → the waiver in force */
    struct map expired;    /* the same of waivers that have run out */
    struct check_results *results; /* what check_report adds to; NULL: nobody asks */
    struct check_flood {   /* the findings at hand: of one rule about one record */
        struct check_result last;
        enum severity shown;
        size_t count, told;
        size_t told_in_all; /* beyond CHECK_FLOOD_LEAST, of all rules and records */
    } flood;
};

/* Calls `visit` for every record and, after it, for every part in it. */
typedef void (*visit_record)(struct checker *c, const struct record *r);
void check_each(struct checker *c, visit_record visit);

/* Calls `visit` for every single value of a record; lists item by item. */
typedef void (*visit_value)(struct checker *c, const struct record *r, const struct field_def *f,
                            const struct field_value *v);
void check_each_value(struct checker *c, const struct record *r, visit_value visit);

void check_fields(struct checker *c);     /* X5 X8 X9 X13 */
void check_ids(struct checker *c);        /* X2 X10 X12 */
void check_references(struct checker *c); /* X1 X11 */
void check_trees(struct checker *c);      /* X3 */
void check_dates(struct checker *c);      /* X6 */
void check_classes(struct checker *c);    /* CL1-4 CL7 */
void check_numbers(struct checker *c);    /* BN6: before private numbers are withheld */

/* Reports what is wrong with one record, as far as the level and a waiver for it allow. Of one
 * rule about one record so many are told in a row; further ones are counted, and told as one.
 * Where that happens with thousands of records it is fewer: nobody reads millions, and they
 * have no room. */
enum { CHECK_FLOOD = 100, CHECK_FLOOD_LEAST = 20, CHECK_FLOOD_IN_ALL = 100 * 1000 };
void check_report(struct checker *c, enum check_rule_id rule, const struct record *about,
                  struct span at, const char *format, ...) __attribute__((format(printf, 5, 6)));
void check_warn(struct checker *c, enum check_rule_id rule, const struct record *about,
                struct span at, const char *format, ...) __attribute__((format(printf, 5, 6)));
typedef __typeof__(check_report) *check_reporter;
/* Where a field stands, or the record (of a part, too) when it does not. */
struct span check_place(const struct record *r, enum field_id field);

/* Between families: what is left to be told is, and the scratch is given back. */
void check_family_done(struct checker *c);
/* Once all rules have run: sorts the results, drops repeats, joins each with its owner. */
void check_settle(struct checker *c);

/* -- What many rules ask (common.c) --------------------------------------------------------- */

/* Visits all of a type that are live (rec_is_live). */
void check_each_live(struct checker *c, enum type_id type, visit_record visit);
/* Urgent: to be back within the house's limit (LIMITS_CRITICAL_RTO), or nobody says when. */
bool check_is_prioritised(const struct checker *c, const struct record *activity);
/* A supplier that is marked so, or that must be back as soon as what is prioritised. */
bool check_is_critical(const struct checker *c, const struct record *supplier);
/* "2 hours": in which it must be back, if anybody asks. */
str check_asked_words(const struct checker *c, const struct record *r);
/* " for 'ACT-001'": who asks for it in the time in which it must be back; "": it does itself. */
str check_asked_by(const struct checker *c, const struct record *activity);
/* The day has come by the as-of date: what is dated so may have been done. DATE_NONE: no. */
bool check_has_come(const struct checker *c, date day);
/* The day has passed before the as-of date. DATE_NONE has not. */
bool check_is_past(const struct checker *c, date day);
/* More than so many months, or days, lie between the day and the as-of date. DATE_NONE: no. */
bool check_is_months_ago(const struct checker *c, date day, long long months);
bool check_is_days_ago(const struct checker *c, date day, long long days);
/* It says that it was created within so many months: its first period is not over. */
bool check_is_new(const struct checker *c, const struct record *r, long long months);
/* "21 November 2026", for messages; in scratch memory. */
str check_day_words(const struct checker *c, date day);
/* "2 days 4 hours". */
str check_time_words(const struct checker *c, duration time);

/* What one pass found about each record, for the next: a record, NULL at first. */
struct check_notes {
    const struct record ***of_type;
};
struct check_notes check_notes_new(const struct checker *c);
const struct record **check_note(struct check_notes notes, const struct record *r);

/* Whose system it is: what is missing in all is about it. The workspace where nobody is named. */
const struct record *check_house(const struct checker *c);
/* When the first of its documents was approved, as far as is known; DATE_NONE: none yet. */
date check_running_since(const struct checker *c);

/* In use, and not gone by the as-of date. */
bool check_is_here(const struct checker *c, const struct record *person);
/* Does a list of words hold this one? */
bool check_has_word(const struct record *r, enum field_id field, str word);
/* A material change that has happened by the as-of date. */
bool check_is_material(const struct checker *c, const struct record *change);


void check_waivers(struct checker *c);   /* X14; fills waivers and settings: comes first */
void check_orphans(struct checker *c);   /* X4 */
void check_copies(struct checker *c);    /* X7 */
void check_clearances(struct checker *c); /* CL5 */
void check_expired(struct checker *c);   /* SY4 */
void check_evidence(struct checker *c);  /* SY3 */
void check_control(struct checker *c);   /* DC1-3 DC8 DC9 DC12-14 */
void check_approvals(struct checker *c); /* DC4-6 DC10 DC15 */
void check_readers(struct checker *c);   /* DC11 */
void check_codes(struct checker *c);     /* DC18 */

void check_scope(struct checker *c);        /* SC1 SC3-7 */
void check_scope_test(struct checker *c);   /* SC2 */
void check_bia(struct checker *c);          /* BI1 BI2 BI6 BI9 BI11-14 */
void check_bia_grid(struct checker *c);     /* BI3-5 */
void check_bia_age(struct checker *c);      /* BI7 BI8 BI10 */
void check_dependencies(struct checker *c); /* DP1 to DP7 */
void check_alternates(struct checker *c);   /* DP8 to DP11 */
void check_context(struct checker *c);    /* CX1-4 */
void check_governance(struct checker *c); /* GV1-7 */
void check_people(struct checker *c);     /* GV8-11 */
void check_objectives(struct checker *c); /* OB1-7 */
void check_risks(struct checker *c);      /* RS1-4 */
void check_strategies(struct checker *c); /* ST1-6 */
void check_kinds(struct checker *c);      /* ST7 */
void check_suppliers(struct checker *c);  /* SP1-6 */

void check_plans(struct checker *c);      /* PL1-3 PL8 PL9 PL12 PL13 PL15 */
void check_tasks(struct checker *c);      /* PL4-6 PL14, PL10 of steps */
void check_reachable(struct checker *c);  /* PL7 PL11, PL10 of contacts */
void check_binders(struct checker *c);    /* BN1-5 BN9 */
void check_call_trees(struct checker *c); /* BN7 BN8 */
void check_exercises(struct checker *c);  /* EX1-EX4 EX7 EX9 */
void check_programme(struct checker *c);  /* EX1 EX5 EX6 EX8 */
void check_incidents(struct checker *c);  /* IN1-IN5 */

void check_findings(struct checker *c);    /* FA1 FA2 FA9 */
void check_actions(struct checker *c);     /* FA3-FA8 FA10 */
void check_changes(struct checker *c);     /* CH1-CH4 */
void check_training(struct checker *c);    /* TR1-TR5 */
void check_audits(struct checker *c);      /* AU1-AU3 */
void check_reviews(struct checker *c);     /* MR1-MR7 */
void check_evaluations(struct checker *c); /* EV1 */
void check_gate(struct checker *c);        /* SY1 SY2 */
void check_orders(struct checker *c);      /* X15 FA11 FA12 */
void check_periods(struct checker *c);     /* X16 X17 */

#endif
