/* form/doc/report_review: what the templates of management reviews see beside their record. */
#include "form/doc/report_int.h"

#include "model/review.h"

static void put(struct tmap *m, str name, str text)
{
    tmap_put(m, name, tval_text(text));
}

static struct tval lists_of(struct arena *a, enum review_input input)
{
    struct tlist *lists = tlist_new(a);
    str name;
    for (size_t i = 0; (name = review_input_list(input, i)).n != 0; i++)
        tlist_add(lists, tval_text(name));
    return tlist_value(lists);
}

static struct tval input_data(struct arena *a, const struct record *review, enum review_input input)
{
    struct tmap *one = tmap_new(a);
    const struct record *comment = review_comment(review, input);
    bool is_letter = input != REVIEW_PLUS;
    put(one, S("key"), review_input_key(input));
    put(one, S("heading"),
        is_letter ? str_fmt(a, "Input " STR_FMT ": " STR_FMT, STR_ARG(review_input_key(input)),
                            STR_ARG(review_input_title(input)))
                  : review_input_title(input));
    put(one, S("asks"), review_input_asks(input));
    put(one, S("comment"), comment != NULL ? rec_text(comment, INPUT_COMMENT_TEXT) : S(""));
    tmap_put(one, S("is_without_comment"),
             tval_bool(comment == NULL &&
                       rec_value(review, MANAGEMENT_REVIEW_COMMENTS)->state != FV_WITHHELD));
    tmap_put(one, S("is_judged"), tval_bool(review_input_is_judged(input)));
    tmap_put(one, S("is_counted"), tval_bool(input != REVIEW_C2));
    tmap_put(one, S("is_measured"), tval_bool(input == REVIEW_C2));
    tmap_put(one, S("lists"), lists_of(a, input));
    return tmap_value(one);
}

static str day_or(struct arena *a, date day, str none)
{
    return day != DATE_NONE ? date_long(a, day) : none;
}

void report_review_data(struct arena *a, const struct model *m, const struct record *review,
                        struct tmap *own)
{
    struct tlist *inputs = tlist_new(a);
    struct review_period p = review_period(review);
    const struct record *before = review_before(m, review);
    date held = rec_date(review, MANAGEMENT_REVIEW_HELD);
    for (size_t i = 0; i < REVIEW_INPUTS; i++)
        tlist_add(inputs, input_data(a, review, (enum review_input)i));
    tmap_put(own, S("inputs"), tlist_value(inputs));
    put(own, S("period_from"), day_or(a, p.from, S("a day that is not recorded")));
    put(own, S("period_to"), day_or(a, p.to, S("a day that is not recorded")));
    put(own, S("before"), before != NULL ? before->id : S(""));
    put(own, S("held_on"), day_or(a, held, S("")));
    put(own, S("planned_for"),
        day_or(a, rec_date(review, MANAGEMENT_REVIEW_PLANNED), S("a day that is not set")));
    tmap_put(own, S("is_running"), tval_bool(p.to != DATE_NONE && p.to > m->as_of));
}
