/* cli/cmd_binder: crisis binders on paper: masters, numbered copies, pages to exchange.
 *
 * Documents get numbered copies here, too. A copy of an edition must say what the edition says:
 * its pages, or the text of a document, are compared with what was published, and one page that
 * differs ends the command. Without an edition every sheet says DRAFT. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "cli/address.h"
#include "cli/jobs.h"
#include "cli/place.h"
#include "cli/sheets.h"
#include "form/doc/binder/binder.h"
#include "form/doc/report.h"
#include "model/classes.h"
#include "model/later.h"
#include "model/paper.h"
#include "publish/in_force.h"
#include "publish/rules.h"
#include "text/font.h"
#include "text/json.h"

enum { ONLY_MAX = 64, SHEETS_BYTES_MAX = 16 * 1024 * 1024 };

/* One file to print. */
struct print {
    const struct record *of;   /* a binder, or a document of which there are copies */
    const struct record *copy; /* NULL: the master */
};

struct printing {
    const struct options *options;
    struct workspace *workspace;
    const struct model *model; /* as the audience sees it */
    struct audience audience;
    struct doc_world world;
    struct pdf_fonts *paper;
    struct signer *signer; /* NULL: nothing is signed */
    int place, into;       /* open folders */
    const struct record **only;
    size_t only_count;
    struct print *prints;
    size_t print_count, print_cap;
};

static const char *folder_of(const struct options *o)
{
    return o->into != NULL ? o->into : "binder";
}

/* -- What is asked for ------------------------------------------------------------------------ */

static const struct record *found(const struct printing *p, str id,
                                  bool (*fits)(const struct record *), const char *what)
{
    const struct record *r = model_find(p->model, id);
    if (r != NULL && fits(r) && rec_is_live(r))
        return r;
    if (r != NULL && fits(r)) {
        fprintf(stderr, "continuo binder: '" STR_FMT "' holds no more\n", STR_ARG(id));
        return NULL;
    }
    fprintf(stderr, "continuo binder: '" STR_FMT "' is no %s%s\n", STR_ARG(id), what,
            model_is_partial(p->model) ? " in the copy of this audience" : "");
    return NULL;
}

static bool is_binder(const struct record *r)
{
    return r->type->number == TYPE_BINDER;
}

static bool has_copies_of(const struct record *r)
{
    return is_binder(r) || r->type->number == TYPE_DOCUMENT;
}

/* A document is printed with the portal; here it gets numbers. */
static bool may_be_asked(const struct printing *p, const struct record *r)
{
    const struct options *o = p->options;
    if (is_binder(r) || (o->copy != NULL && o->since == NULL && o->only_for == NULL))
        return true;
    fprintf(stderr,
            "continuo binder: '" STR_FMT "' is a document: of these there are numbered "
            "copies, --copy N, and no more\n",
            STR_ARG(r->id));
    return false;
}

static bool choose_only(struct printing *p)
{
    p->only = NEW_ARRAY(p->workspace->arena, const struct record *, ONLY_MAX);
    for (str id, rest = str_from(p->options->only_for ? p->options->only_for : ""); rest.n != 0;) {
        rest = str_cut(rest, ',', &id);
        if (p->only_count == ONLY_MAX) {
            fprintf(stderr, "continuo binder: --for takes at most %d\n", ONLY_MAX);
            return false;
        }
        const struct record *r =
            found(p, str_trim(id), binder_is_subject, "site, team, role or scenario");
        if (r == NULL)
            return false;
        p->only[p->only_count++] = r;
    }
    return true;
}

static long long number_of(const struct record *copy)
{
    return copy != NULL ? rec_int(copy, COPY_NO, 0) : -1;
}

/* The number in a word; -2: it is none. */
static long long number_in(str word)
{
    enum { NONE = -2, NUMBER_MAX = 999999 }; /* COPY_NO */
    long long number = 0;
    word = str_trim(word);
    for (size_t i = 0; i < word.n && number <= NUMBER_MAX; i++) {
        if (!ascii_is_digit(word.p[i]))
            return NONE;
        number = number * 10 + word.p[i] - '0';
    }
    return word.n != 0 && number <= NUMBER_MAX ? number : NONE;
}

/* Once, however often it was named. */
static void add_print(struct printing *p, const struct record *binder, const struct record *copy)
{
    for (size_t i = 0; i < p->print_count; i++)
        if (p->prints[i].of == binder && number_of(p->prints[i].copy) == number_of(copy))
            return;
    PUSH(p->workspace->arena, p->prints, p->print_count, p->print_cap, struct print) =
        (struct print){binder, copy};
}

static bool is_wanted_copy(const struct options *o, const struct paper *paper)
{
    bool is_open = paper->state == PAPER_OUT || paper->state == PAPER_NOT_ISSUED ||
                   paper->state == PAPER_UNKNOWN;
    if (!is_open || strcmp(o->copy, "all") == 0)
        return is_open;
    for (str word, rest = str_from(o->copy); rest.n != 0;) {
        rest = str_cut(rest, ',', &word);
        if (number_in(word) == number_of(paper->copy))
            return true;
    }
    return false;
}

static void add_prints(struct printing *p, const struct record *binder)
{
    const struct options *o = p->options;
    if (o->copy == NULL) {
        add_print(p, binder, NULL);
        return;
    }
    struct papers papers = paper_copies(p->workspace->arena, p->model, binder);
    for (size_t i = 0; i < papers.count; i++)
        if (is_wanted_copy(o, &papers.items[i]))
            add_print(p, binder, papers.items[i].copy);
}

static bool is_printed(const struct printing *p, str number)
{
    for (size_t i = 0; i < p->print_count; i++)
        if (number_in(number) == number_of(p->prints[i].copy))
            return true;
    return false;
}

/* Each number that was asked for is that of a copy. */
static bool has_copies(const struct printing *p)
{
    if (p->options->copy == NULL || strcmp(p->options->copy, "all") == 0)
        return true;
    for (str number, rest = str_from(p->options->copy); rest.n != 0;) {
        rest = str_cut(rest, ',', &number);
        if (is_printed(p, str_trim(number)))
            continue;
        fprintf(stderr,
                "continuo binder: no binder has a copy '" STR_FMT "' that is out or to be issued\n",
                STR_ARG(str_trim(number)));
        return false;
    }
    return true;
}

/* All live binders, or those that were named. False after a usage line. */
static bool choose_prints(struct printing *p)
{
    const struct record_list *all = model_list(p->model, TYPE_BINDER);
    for (size_t i = 0; i < p->options->argument_count; i++) {
        const struct record *r =
            found(p, str_from(p->options->arguments[i]), has_copies_of, "binder or document");
        if (r == NULL || !may_be_asked(p, r))
            return false;
        add_prints(p, r);
    }
    for (size_t i = 0; i < all->count && p->options->argument_count == 0; i++)
        if (rec_is_live(all->items[i]))
            add_prints(p, all->items[i]);
    if (!has_copies(p))
        return false;
    if (p->print_count == 0)
        fprintf(stderr, "continuo binder: %s\n",
                p->options->copy != NULL ? "no binder has a copy that is out or to be issued"
                                         : "there is no binder");
    return p->print_count != 0;
}

/* -- One file --------------------------------------------------------------------------------- */

struct making {
    struct printing *p;
    struct arena *arena;
    struct diags *diags;
    const struct print *print;
    struct doc *doc;
    struct pdf_options how;
    struct pdf_seal seal; /* when there is a signer */
    struct sheets sheets; /* of the whole binder */
    struct sheets before; /* of the edition or file that --since names */
};

static str edition_of(const struct options *o)
{
    return o->edition != NULL ? str_from(o->edition) : S("");
}

/* "bnd-001-copy-5", before an ending. */
static str stem_of(struct making *k)
{
    str slug = path_slug(k->arena, k->print->of->id);
    const struct record *copy = k->print->copy;
    if (copy == NULL)
        return slug;
    return str_fmt(k->arena, STR_FMT "-copy-%lld", STR_ARG(slug), rec_int(copy, COPY_NO, 0));
}

static bool write_file(struct making *k, const char *ending, str data)
{
    str name = str_fmt(k->arena, STR_FMT "%s", STR_ARG(stem_of(k)), ending);
    int error_number = file_replace(k->p->into, name, data);
    if (error_number != 0)
        diag_os(k->diags, path_join(k->arena, str_from(folder_of(k->p->options)), name),
                error_number, "write this file");
    return error_number == 0;
}

/* What was published with an edition for this audience, or a file of this name. */
static bool read_sheets(struct making *k, const char *name, bool may_be_file, struct sheets *s)
{
    const struct options *o = k->p->options;
    str slug = path_slug(k->arena, k->print->of->id);
    str path =
        str_fmt(k->arena, "%s/" STR_FMT "/%s/binder/" STR_FMT ".sheets.json",
                o->output ? o->output : "site", STR_ARG(k->p->audience.id), name, STR_ARG(slug));
    str id = k->print->of->id;
    struct file_read r = file_read_any(k->arena, str_c(k->arena, path), SHEETS_BYTES_MAX);
    if (r.fault != FILE_OK && may_be_file) {
        r = file_read_any(k->arena, name, SHEETS_BYTES_MAX);
        path = r.fault == FILE_OK ? str_from(name) : path;
    }
    if (r.fault != FILE_OK) {
        diag(k->diags, PUBLISH_RULE(SHEETS), (struct span){0, 0, 0},
             "there is no '" STR_FMT "' that lists the pages of '" STR_FMT "' in %s", STR_ARG(path),
             STR_ARG(id), name);
        return false;
    }
    if (!sheets_read(k->arena, k->diags, path, r.text, s))
        return false;
    if (str_eq(s->binder, id))
        return true;
    diag(k->diags, PUBLISH_RULE(SHEETS), (struct span){0, 0, 0},
         "'" STR_FMT "' lists the pages of '" STR_FMT "', not of '" STR_FMT "'", STR_ARG(path),
         STR_ARG(s->binder), STR_ARG(id));
    return false;
}

/* The pages of the whole master, also where less is printed. */
static bool whole_sheets(struct making *k, struct sheets *whole)
{
    struct printing *p = k->p;
    if (p->only_count == 0) {
        *whole = k->sheets;
        return true;
    }
    struct binder_wish wish = {.binder = k->print->of,
                               .copy = k->print->copy,
                               .edition = edition_of(p->options),
                               .place = p->place};
    struct pdf_sheets pages = {0};
    struct doc *doc = doc_binder(k->arena, k->diags, &p->world, &wish);
    if (doc == NULL || !pdf_document_sheets(k->arena, k->diags, p->paper, &k->how, doc, &pages))
        return false;
    *whole = sheets_of(k->arena, &pages, doc, wish.edition, p->model->as_of);
    return true;
}

static bool says_what_edition_says(struct making *k)
{
    struct sheets published, whole;
    const struct options *o = k->p->options;
    if (o->edition == NULL)
        return true;
    if (!read_sheets(k, o->edition, false, &published) || !whole_sheets(k, &whole))
        return false;
    str label = sheets_differ(&whole, &published);
    if (label.n == 0)
        return true;
    diag(k->diags, PUBLISH_RULE(COPY_DIFFERS), k->print->of->span,
         "page " STR_FMT " of '" STR_FMT "' is not that of edition %s", STR_ARG(label),
         STR_ARG(k->print->of->id), o->edition);
    str day = date_iso(k->arena, k->p->model->as_of);
    if (!str_eq(published.as_of, day))
        diag_related(k->diags, (struct span){0, 0, 0},
                     "that edition is as of " STR_FMT ", and this copy would be as of " STR_FMT,
                     STR_ARG(published.as_of), STR_ARG(day));
    return false;
}

static bool print(struct making *k, const char *ending)
{
    struct buf out = buf_in(k->arena, 1024 * 1024);
    struct printing *p = k->p;
    bool fine = pdf_document(k->arena, k->diags, p->paper, &k->how, k->doc, &out);
    if (fine && p->signer != NULL)
        fine = sign_pdf(p->signer, k->arena, k->diags, stem_of(k), out.p, out.n);
    return fine && write_file(k, ending, buf_str(&out));
}

/* -- A document ------------------------------------------------------------------------------- */

/* What the edition's register says of its text. */
static str hash_in_edition(struct making *k)
{
    const struct options *o = k->p->options;
    str path = str_fmt(k->arena, "%s/" STR_FMT "/%s/data/document.json",
                       o->output ? o->output : "site", STR_ARG(k->p->audience.id), o->edition);
    struct file_read r = file_read_any(k->arena, str_c(k->arena, path), SHEETS_BYTES_MAX);
    const struct value *list =
        r.fault == FILE_OK ? json_parse(k->arena, k->diags, diags_source(k->diags, path, r.text))
                           : NULL;
    for (size_t i = 0; list != NULL && list->kind == VALUE_LIST && i < list->count; i++) {
        const struct value *id = value_get(&list->items[i], S("id"));
        const struct value *hash = value_get(&list->items[i], S("content_sha256"));
        if (id != NULL && hash != NULL && str_eq(id->text, k->print->of->id))
            return hash->text;
    }
    return S("");
}

static bool has_text_of_edition(struct making *k)
{
    const struct options *o = k->p->options;
    if (o->edition == NULL || str_eq(hash_in_edition(k), k->doc->hash))
        return true;
    diag(k->diags, PUBLISH_RULE(COPY_DIFFERS), k->print->of->span,
         "the text of '" STR_FMT "' is not that of edition %s", STR_ARG(k->print->of->id),
         o->edition);
    return false;
}

/* Every sheet of a copy says whose it is. */
static void print_document(struct making *k)
{
    struct binder_wish wish = {.binder = k->print->of, .copy = k->print->copy};
    k->doc->sheet_note = str_fmt(k->arena, STR_FMT ". Held by " STR_FMT ".",
                                 STR_ARG(binder_copy(k->arena, k->p->model, &wish)),
                                 STR_ARG(rec_display(k->arena, k->print->copy, COPY_HOLDER)));
    k->how.copy = S("");
    if (has_text_of_edition(k))
        print(k, ".pdf");
}

/* -- Pages to exchange ------------------------------------------------------------------------ */

/* A narrow binder has other pages than the whole. */
static bool is_narrowed_alike(struct making *k)
{
    if (str_eq(k->before.only, k->sheets.only))
        return true;
    diag(k->diags, PUBLISH_RULE(SHEETS), k->print->of->span,
         "the copy that it is compared with was made %s" STR_FMT ", and this one %s" STR_FMT,
         k->before.only.n != 0 ? "for " : "whole", STR_ARG(k->before.only),
         k->sheets.only.n != 0 ? "for " : "whole", STR_ARG(k->sheets.only));
    return false;
}

/* In front of everything else: what to do with the pages that come with it. */
static void put_instructions(struct making *k, const struct exchange *x)
{
    struct arena *a = k->arena;
    struct md_node *body = k->doc->body, *first = body->first;
    struct md_node *tree = report_node(a, MD_DOCUMENT);
    report_heading(a, tree, 1, S("What to take out and what to put in"))->id = S("exchange");
    report_para(a, tree,
                str_fmt(a,
                        "These pages bring your copy from version " STR_FMT " (" STR_FMT
                        ", as of " STR_FMT ") to version " STR_FMT
                        ". All other pages stay as they are, whatever day their foot names. Tick "
                        "each line, destroy what you took out, and send the receipt.",
                        STR_ARG(k->before.version),
                        STR_ARG(k->before.edition.n != 0 ? k->before.edition : S("draft")),
                        STR_ARG(k->before.as_of), STR_ARG(k->doc->version)));
    if (x->new_count == 0)
        report_para(a, tree, S("No page behind a tab is new."));
    report_form_table(a, tree, x->moves);
    report_para(a, tree,
                S("Afterwards the binder has the pages that its list of contents names, and in "
                  "each tab as many as the foot of its pages says."));
    while (tree->first != NULL) {
        struct md_node *n = tree->first;
        md_remove(n);
        if (first != NULL)
            md_insert_before(first, n);
        else
            md_append(body, n);
    }
    doc_list_headings(a, k->doc);
}

/* By page of the binder with its instructions: those before the first tab, and what is new. */
static void choose_pages(struct making *k, struct exchange *x)
{
    struct pdf_sheets pages = {0};
    size_t front = 0, old_front = 0;
    pdf_document_sheets(k->arena, k->diags, k->p->paper, &k->how, k->doc, &pages);
    while (front < pages.count && pages.entries[front].part.n == 0)
        front++;
    while (old_front < k->sheets.count && k->sheets.items[old_front].part.n == 0)
        old_front++;
    bool *only = NEW_ARRAY(k->arena, bool, pages.count + 1);
    for (size_t i = 0; i < pages.count; i++)
        only[i] = i < front || x->is_new[i - front + old_front];
    k->how.only = only;
    k->how.only_count = pages.count;
    if (front > 0) /* with the instructions, which stay there */
        sheets_front_is(k->arena, x, pages.entries[0].label, pages.entries[front - 1].label);
}

static bool print_exchange(struct making *k)
{
    if (!read_sheets(k, k->p->options->since, true, &k->before) || !is_narrowed_alike(k))
        return false;
    struct exchange x = sheets_exchange(k->arena, &k->before, &k->sheets, k->doc->is_duplex);
    put_instructions(k, &x);
    choose_pages(k, &x);
    return print(k, "-exchange.pdf");
}

/* -- The jobs --------------------------------------------------------------------------------- */

static void put_sheets(struct making *k)
{
    struct buf out = buf_in(k->arena, 32 * 1024);
    sheets_put(&out, &k->sheets);
    write_file(k, ".sheets.json", buf_str(&out));
}

static bool make_doc(struct making *k)
{
    struct printing *p = k->p;
    struct binder_wish wish = {.binder = k->print->of,
                               .copy = k->print->copy,
                               .only = p->only,
                               .only_count = p->only_count,
                               .edition = edition_of(p->options),
                               .place = p->place};
    k->doc = is_binder(wish.binder) ? doc_binder(k->arena, k->diags, &p->world, &wish)
                                    : doc_assemble(k->arena, k->diags, &p->world, wish.binder);
    k->how = (struct pdf_options){.root = p->workspace->content,
                                  .logo = rec_text(p->model->workspace, WORKSPACE_LOGO),
                                  .as_of = model_day_words(k->arena, p->model),
                                  .copy = binder_copy(k->arena, p->model, &wish)};
    if (p->options->edition != NULL)
        k->how.address = address_of_record(k->arena, p->model, p->audience.id, k->print->of);
    if (p->signer != NULL) { /* which takes room on the pages in front */
        k->seal = pdf_seal_by(k->arena, p->signer, p->model->as_of, S("Numbered copy"));
        k->how.seal = &k->seal;
    }
    return k->doc != NULL;
}

/* "SIT-002 TEA-004": what --for names. */
static str only_words(const struct printing *p, struct arena *a)
{
    str *ids = NEW_ARRAY(a, str, p->only_count + 1);
    for (size_t i = 0; i < p->only_count; i++)
        ids[i] = p->only[i]->id;
    return str_join(a, ids, p->only_count, S(" "));
}

static void run_job(void *self, size_t job, struct arena *a, struct diags *d)
{
    struct printing *p = self;
    struct making k = {.p = p, .arena = a, .diags = d, .print = &p->prints[job]};
    struct pdf_sheets pages = {0};
    if (!make_doc(&k))
        return;
    if (!is_binder(k.print->of)) {
        print_document(&k);
        return;
    }
    if (!pdf_document_sheets(a, d, p->paper, &k.how, k.doc, &pages))
        return;
    k.sheets = sheets_of(a, &pages, k.doc, edition_of(p->options), p->model->as_of);
    k.sheets.only = only_words(p, a);
    if (!says_what_edition_says(&k) || !sheets_are_told_apart(a, d, k.print->of, &k.sheets))
        return;
    bool is_printed = p->options->since != NULL ? print_exchange(&k) : print(&k, ".pdf");
    if (is_printed) /* a list without its pages would pass for what somebody holds */
        put_sheets(&k);
}

static struct span place_of_job(void *self, size_t job)
{
    const struct printing *p = self;
    return p->prints[job].of->span;
}

static str name_of_job(void *self, size_t job, struct arena *a)
{
    const struct printing *p = self;
    const struct record *copy = p->prints[job].copy;
    str id = p->prints[job].of->id;
    return copy == NULL ? id
                        : str_fmt(a, STR_FMT " copy %lld", STR_ARG(id), rec_int(copy, COPY_NO, 0));
}

/* -- The command ------------------------------------------------------------------------------ */

static bool open_folder(struct printing *p)
{
    const char *folder = folder_of(p->options);
    int error_number = dir_make(AT_FDCWD, str_from(folder));
    if (error_number == 0)
        error_number = dir_open(folder, &p->into);
    if (error_number != 0)
        diag_os(p->workspace->diags, str_from(folder), error_number, "write to this folder");
    return error_number == 0;
}

static bool open_tools(struct printing *p)
{
    struct workspace *w = p->workspace;
    struct sign_request request = p->options->sign;
    str language = rec_text(p->model->workspace, WORKSPACE_LANGUAGE);
    request.as_of = w->model->as_of;
    p->place = place_open(w->arena, w->diags);
    p->world = (struct doc_world){.model = p->model,
                                  .fonts = font_open(w->arena, w->diags),
                                  .content = w->content,
                                  .is_edition = p->options->edition != NULL};
    if (p->place < 0 || p->world.fonts == NULL || !open_folder(p))
        return false;
    p->paper = pdf_fonts_open(w->arena, p->world.fonts, language.n ? language : S("en"));
    if (!options_sign(p->options))
        return true;
    p->signer = signer_open(w->arena, w->diags, &request);
    return p->signer != NULL;
}

static void say_done(const struct printing *p)
{
    for (size_t i = 0; i < p->print_count; i++) {
        str name = name_of_job((void *)p, i, p->workspace->arena);
        fprintf(stderr, "%s/: " STR_FMT " for " STR_FMT "\n", folder_of(p->options), STR_ARG(name),
                STR_ARG(p->audience.title));
    }
}

static int usage(const char *what)
{
    fprintf(stderr, "continuo binder: %s\nSee 'continuo binder --help'.\n", what);
    return EXIT_USAGE;
}

static int print_all(struct printing *p)
{
    struct workspace *w = p->workspace;
    struct jobs jobs = {p, p->print_count, run_job, place_of_job, name_of_job, "printing"};
    bool is_open = open_tools(p);
    if (is_open)
        jobs_run(&jobs, w, p->options);
    int status = workspace_report(w, p->options);
    if (status == EXIT_OK && !p->options->quiet)
        say_done(p);
    if (p->signer != NULL)
        signer_close(p->signer);
    if (p->paper != NULL)
        pdf_fonts_close(p->paper);
    return status;
}

int cmd_binder(const struct options *o)
{
    struct workspace w = {0};
    struct printing p = {.options = o, .workspace = &w};
    struct in_force in_force;
    /* What nobody approved may be in an edition, and its pages are compared with that. */
    bool is_open = o->edition != NULL
                       ? workspace_issue(&w, o, true, &in_force)
                       : workspace_open(&w, o) && diags_exit_status(w.diags) == EXIT_OK;
    if (!is_open)
        return workspace_report(&w, o);
    const char *wrong = workspace_for_whom(&w, o, &p.audience);
    if (wrong != NULL)
        return usage(wrong);
    p.model = workspace_seen(&w, p.audience.clearance);
    if (!choose_only(&p) || !choose_prints(&p))
        return EXIT_USAGE;
    return print_all(&p);
}
