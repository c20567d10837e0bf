/* form/doc/evidence: the document in front of an evidence pack. */
#include "form/doc/evidence.h"

#include "base/path.h"
#include "form/doc/report.h"
#include "form/table/cells.h"
#include "form/table/register.h"
#include "model/classes.h"

enum { PACK_ROWS_MAX = 40 }; /* records of one type; the data has them all */

struct packing {
    struct arena *arena;
    const struct model *model;
    const struct evidence_pack *pack;
    struct md_node *body;
    struct register_view **views; /* by type number; opened when first needed */
};

/* -- Cover --------------------------------------------------------------------------------- */

static void add_row(struct arena *a, struct table *t, str label, str value)
{
    struct cell *cells = table_row(a, t);
    cells[0] = cell_text(a, label);
    cells[1] = cell_text(a, value);
}

/* "8.4 Plans and procedures", or all of a standard. */
static str range_words(struct arena *a, const struct evidence_pack *p)
{
    const struct clause *first = clause_at(p->from);
    if (p->to == clause_count() && p->from == 0)
        return S("All clauses");
    return str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(first->number), STR_ARG(first->title));
}

static str standards_words(struct arena *a, const struct evidence_pack *p)
{
    str names[STANDARD_COUNT];
    size_t count = 0;
    bool is_in[STANDARD_COUNT] = {false};
    for (size_t i = p->from; i < p->to; i++)
        is_in[clause_at(i)->standard] = true;
    for (int s = 0; s < STANDARD_COUNT; s++)
        if (is_in[s])
            names[count++] = standard_title((enum standard)s);
    return str_join(a, names, count, S(", "));
}

static size_t count_files(const struct evidence_pack *p, enum evidence_place place)
{
    size_t count = 0;
    for (size_t i = 0; i < p->file_count; i++)
        count += p->files[i].place == place;
    return count;
}

static const struct table *cover(const struct packing *k)
{
    static const struct column columns[] = {COLUMN("label", "Label", TEXT),
                                            COLUMN("value", "Value", TEXT)};
    struct arena *a = k->arena;
    const struct evidence_pack *p = k->pack;
    struct table *t = table_new(a, S(""), S("About this pack"), columns, 2);
    add_row(a, t, S("Organisation"), model_organisation(k->model));
    add_row(a, t, S("Standards"), standards_words(a, p));
    add_row(a, t, S("Clauses"), range_words(a, p));
    add_row(a, t, S("Made for"), p->audience);
    add_row(a, t, S("As of"), date_long(a, k->model->as_of));
    add_row(a, t, S("Signed by"), p->signer);
    add_row(a, t, S("Documents"), str_fmt(a, "%zu", p->document_count));
    add_row(a, t, S("Files"), str_fmt(a, "%zu", count_files(p, EVIDENCE_IN_PACK)));
    add_row(a, t, S("Kept elsewhere"), str_fmt(a, "%zu", count_files(p, EVIDENCE_ELSEWHERE)));
    add_row(a, t, S("Not in this pack"), str_fmt(a, "%zu", count_files(p, EVIDENCE_MISSING)));
    return t;
}

/* -- What it is, and how to check it --------------------------------------------------------- */

static void add_heading(const struct packing *k, int level, str text, str id)
{
    report_heading(k->arena, k->body, level, text)->id = id;
}

static void add_about(const struct packing *k)
{
    struct arena *a = k->arena;
    add_heading(k, 1, S("About this pack"), S("about"));
    report_para(a, k->body,
                S("For each clause it says in our own words what must be shown, then which "
                  "documents and records show it, who answers for it, and what is missing. "
                  "Documents are in the folder documents, by their code. Files that records name "
                  "are in the folder files. The folder data has every line of every list."));
    if (model_is_partial(k->model))
        report_para(a, k->body,
                    S("What its readers may not see is not in it. So it tells what is there, and "
                      "nothing of what is missing."));
    report_para(a, k->body,
                S("Nothing in it has changed when both commands agree; the second "
                  "asks for the certificate of the signer:"));
    report_code(a, k->body,
                S("sha256sum --check SHA256SUMS\n"
                  "openssl cms -verify -binary -inform DER -in SHA256SUMS.p7s \\\n"
                  "    -content SHA256SUMS -CAfile CERTIFICATE.pem -purpose any\n"));
}

/* -- One clause ---------------------------------------------------------------------------- */

static str owner_words(struct arena *a, const struct clause_evidence *c)
{
    if (c->owner == NULL)
        return S("");
    const struct record *holder = rec_ref(c->owner, ROLE_HOLDER);
    str name = holder != NULL ? str_fmt(a, " (" STR_FMT ")", STR_ARG(holder->title)) : S("");
    return str_fmt(a, "Answers for it: " STR_FMT STR_FMT ". ", STR_ARG(c->owner->title),
                   STR_ARG(name));
}

static void add_standing(const struct packing *k, const struct clause_evidence *c)
{
    struct arena *a = k->arena;
    str newest = c->newest == NULL ? S("")
                                   : str_fmt(a, "Newest evidence: " STR_FMT " (" STR_FMT ").",
                                             STR_ARG(date_long(a, c->day)), STR_ARG(c->newest->id));
    str words = str_fmt(a, STR_FMT STR_FMT, STR_ARG(owner_words(a, c)), STR_ARG(newest));
    if (words.n != 0)
        report_para(a, k->body, words);
    str gaps = evidence_gaps(a, k->model, c);
    if (gaps.n != 0)
        report_para(a, k->body, str_fmt(a, "Gaps: " STR_FMT ".", STR_ARG(gaps)));
}

static struct register_view *view_of(const struct packing *k, const struct type_def *type)
{
    struct register_view **view = &k->views[type->number];
    if (*view == NULL)
        *view = register_open(k->arena, k->model, type);
    return *view;
}

static void add_records(const struct packing *k, const struct clause_evidence *c)
{
    const struct evidence_list *l = &c->records;
    for (size_t from = 0, end; from < l->count; from = end) {
        end = evidence_run_end(l, from);
        const struct type_def *type = l->items[from]->type;
        str id = str_fmt(k->arena, STR_FMT "-" STR_FMT, STR_ARG(path_slug(k->arena, c->clause->id)),
                         STR_ARG(type->key));
        struct evidence_run run = {id, S(""), l->items + from, end - from, PACK_ROWS_MAX};
        report_form_table(k->arena, k->body,
                          evidence_records(k->arena, k->model, view_of(k, type), &run));
    }
}

static int level_of(size_t clause)
{
    int level = 1;
    for (size_t above = clause_above(clause); above != SIZE_MAX; above = clause_above(above))
        level++;
    return level;
}

static void add_clause(const struct packing *k, size_t clause)
{
    const struct clause_evidence *c = &k->model->evidence->clauses[clause];
    struct arena *a = k->arena;
    add_heading(k, level_of(clause) - level_of(k->pack->from) + 1,
                str_fmt(a, STR_FMT " " STR_FMT, STR_ARG(c->clause->id), STR_ARG(c->clause->title)),
                str_fmt(a, "clause-" STR_FMT, STR_ARG(path_slug(a, c->clause->id))));
    report_para(a, k->body, c->clause->shown);
    if (c->clause->demand == DEMAND_CHAPTER)
        return;
    add_standing(k, c);
    if (c->documents.count != 0)
        report_form_table(a, k->body, evidence_documents(a, k->model, &c->documents));
    add_records(k, c);
}

/* -- The document -------------------------------------------------------------------------- */

static struct doc *new_doc(const struct packing *k)
{
    struct doc *doc = NEW(k->arena, struct doc);
    *doc = (struct doc){.title = S("Evidence pack"),
                        .code = S(""),
                        .version = S(""),
                        .status = S("issued"),
                        .class_ = class_word(k->model->clearance),
                        .source = S(""),
                        .mark = S(""),
                        .version_date = k->model->as_of,
                        .valid_until = S(""),
                        .cover = cover(k),
                        .body = k->body};
    doc_put_house(doc, k->model);
    return doc;
}

struct doc *doc_evidence(struct arena *a, const struct model *m, const struct evidence_pack *pack)
{
    struct packing k = {.arena = a,
                        .model = m,
                        .pack = pack,
                        .body = report_node(a, MD_DOCUMENT),
                        .views = NEW_ARRAY(a, struct register_view *, m->schema->type_count)};
    add_about(&k);
    add_heading(&k, 1, S("Coverage"), S("coverage"));
    report_form_table(a, k.body, evidence_brief(a, m, pack->from, pack->to));
    for (size_t i = pack->from; i < pack->to; i++)
        add_clause(&k, i);
    add_heading(&k, 1, S("Files and papers"), S("files"));
    report_form_table(a, k.body, evidence_files(a, pack->files, pack->file_count));
    struct doc *doc = new_doc(&k);
    doc_list_headings(a, doc);
    return doc;
}
