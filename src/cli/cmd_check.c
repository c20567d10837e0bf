/* cli/cmd_check: everything that is wrong, at its place. */
#include "cli/jobs.h"

#include "check/check.h"
#include "check/rules.h"
#include "cli/evidence_file.h"
#include "cli/logo.h"
#include "form/doc/doc.h"
#include "form/table/fields.h"
#include "publish/in_force.h"
#include "text/font.h"
#include "write/pdf/pdf.h"

struct checking {
    struct workspace *workspace;
    struct doc_world world;
    struct pdf_fonts *paper;
};

/* Of a job; NULL: it is the logo, which comes last. */
static const struct record *record_of(const struct checking *c, size_t job)
{
    const struct record_list *all = &c->workspace->model->all;
    return job < all->count ? all->items[job] : NULL;
}

static void check_document(const struct checking *c, const struct record *r, struct arena *a,
                           struct diags *d)
{
    struct doc *doc = doc_assemble(a, d, &c->world, r);
    if (doc->picture_count == 0)
        return;
    /* Whether a picture can be decoded is seen where it is drawn. */
    struct buf paper = buf_in(a, 64 * 1024);
    struct pdf_options how = {.root = c->workspace->content};
    pdf_document(a, d, c->paper, &how, doc, &paper);
}

/* What the record's page would find wrong with its texts. */
static void check_prose(const struct checking *c, const struct record *r, struct arena *a,
                        struct diags *d)
{
    const struct record_fields *fields = record_fields(a, r);
    for (size_t i = 0; i < fields->prose_count; i++)
        doc_prose(a, d, &c->world, fields->prose[i].value->span, fields->prose[i].value->text);
}

static void check_record(void *self, size_t job, struct arena *a, struct diags *d)
{
    const struct checking *c = self;
    const struct record *r = record_of(c, job);
    if (r == NULL) {
        logo_read(a, d, c->workspace->model, c->workspace->content);
        return;
    }
    evidence_check(a, d, c->workspace->content, r);
    if (r->document != NULL)
        check_document(c, r, a, d);
    else
        check_prose(c, r, a, d);
}

static struct span place_of(void *self, size_t job)
{
    const struct record *r = record_of(self, job);
    return r != NULL ? r->span : (struct span){0};
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    (void)a;
    const struct record *r = record_of(self, job);
    return r != NULL ? r->id : S("logo");
}

void check_texts(struct workspace *w, const struct options *o)
{
    struct checking c = {.workspace = w, .world = {.model = w->model, .content = w->content}};
    c.world.fonts = font_open(w->arena, w->diags);
    struct jobs jobs = {.self = &c,
                        .count = w->model->all.count + logo_is_named(w->model),
                        .run = check_record,
                        .place = place_of,
                        .name = name_of_job,
                        .doing = "checking"};
    if (c.world.fonts == NULL)
        return;
    c.paper = pdf_fonts_open(w->arena, c.world.fonts, S("en"));
    jobs_run(&jobs, w, o);
}

/* -- Some rules only -------------------------------------------------------------------------- */

/* `words` with commas holds the rule's id or the letters of its family. */
static bool names_rule(const char *words, const struct rule *rule)
{
    str family = str_from(check_family[check_family_of(rule)].letters);
    for (str word, rest = str_from(words); rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        if (str_eq(word, str_from(rule->id)) || str_eq(word, family))
            return true;
    }
    return false;
}

/* What keeps the content from being read is told in any case. */
static bool is_asked_for(const void *self, const struct rule *rule)
{
    bool is_check = check_find(str_from(rule->id)) == rule;
    return !is_check || check_is_fault(rule) || names_rule(self, rule);
}

static bool is_known(str word)
{
    bool known = check_find(word) != NULL;
    for (size_t i = 0; i < CHECK_FAMILY_COUNT; i++)
        known |= str_eq(word, str_from(check_family[i].letters));
    if (!known)
        fprintf(stderr,
                "continuo check: there is no check or family '" STR_FMT
                "'; 'continuo explain' lists them\n",
                STR_ARG(word));
    return known;
}

static bool rules_are_known(const struct options *o)
{
    for (str word, rest = str_from(o->rules); rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        if (!is_known(word))
            return false;
    }
    return true;
}

static void keep_rules(struct workspace *w, const struct options *o)
{
    size_t others = o->rules == NULL ? 0 : diags_keep(w->diags, o->rules, is_asked_for);
    if (others != 0 && o->format == DIAG_TEXT)
        fprintf(stderr, "%zu other finding%s left out: --rules %s\n", others,
                others == 1 ? " is" : "s are", o->rules);
}

int cmd_check(const struct options *o)
{
    struct workspace w = {0};
    if (!rules_are_known(o))
        return EXIT_USAGE;
    if (!workspace_open(&w, o))
        return workspace_report(&w, o);
    w.model->results = check_system(w.model, w.diags, CONTROL_CHECK);
    in_force_check_copies(w.model, w.diags, w.content, S("content"));
    check_texts(&w, o);
    keep_rules(&w, o);
    return workspace_report(&w, o);
}
