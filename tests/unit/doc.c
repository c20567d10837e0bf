/* unit/doc: what assembling makes of a document: headings, links, gaps, pictures, forms. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "derive/lifecycle.h"
#include "dump.h"
#include "form/doc/doc.h"
#include "load/load.h"
#include "text/font.h"

static struct arena *memory;
static struct fonts *fonts;

struct world {
    struct diags *diags;
    struct model *model;
    struct doc *doc;
};

static void put(int root, const char *path, str text)
{
    assert_int_equal(dir_make(root, path_folder(str_from(path))), 0);
    assert_int_equal(file_create(root, str_from(path), text), 0);
}

static void put_records(int root)
{
    put(root, "records/unit.yaml",
        S("- {id: UNT-001, title: Claims}\n- {id: UNT-002, title: Repairs}\n"));
    put(root, "records/site.yaml", S("- {id: SIT-001, title: Quay, address: Quay 1}\n"));
    put(root, "records/role.yaml",
        S("- {id: ROL-001, title: Leader, kind: crisis, holder: PER-001}\n"
          "- {id: ROL-002, title: Helper, kind: crisis, reports_to: ROL-001}\n"));
    put(root, "records/person.yaml", S("- {id: PER-001, title: Ann Lee}\n"));
    put(root, "records/raci.yaml",
        S("- {id: RAC-001, title: A, activity: Approve, responsible: "
          "[ROL-002], accountable: [ROL-001]}\n"));
    put(root, "documents/other.md", S("---\nid: OTH-001\ntitle: The other\n---\n"));
}

enum approved { NEVER, APPROVED, REPLACED };

/* What `continuo approve` would bind: no version, class or language here. */
static void put_approvals(int root, const char *body, enum approved approved)
{
    str text = str_fmt(
        memory, "---\ncode: BCP-001\ntitle: Plan\nversion: 1\nclass:\nlanguage:\n---\n%s", body);
    str first =
        str_fmt(memory,
                "- {id: APV-001, title: A, document: BCP-001, version: 1, approver: ROL-001, "
                "person: PER-001, date: 2026-05-04, text_sha256: " STR_FMT "}\n",
                STR_ARG(sha256_hex(memory, sha256_of(text))));
    str second = str_fmt(memory,
                         STR_FMT "- {id: APV-002, title: B, document: BCP-001, version: 2, "
                                 "approver: ROL-001, person: PER-001, date: 2026-05-05, "
                                 "text_sha256: 0}\n",
                         STR_ARG(first));
    if (approved != NEVER)
        put(root, "records/approval.yaml", approved == APPROVED ? first : second);
}

/* One document of these front matter lines and this body, in a small workspace.
 * Its body begins in line 5 and every line of `front` more. */
static bool in_edition;

static struct world world_where(const char *front, const char *body, enum approved approved)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    struct world w = {.diags = diags_new(memory), .model = model_new(memory)};
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    put(root, "continuo.yaml",
        S("title: Test\nas_of: 2026-06-30\nnumbered_headings: yes\n"
          "paper: letter\nduplex: yes\nlarge_type: yes\nlanguage: de\nfooter: Ours\n"));
    put_records(root);
    put_approvals(root, body, approved);
    put(root, "documents/plan.md",
        str_fmt(memory, "---\nid: BCP-001\ntitle: Plan\n%s---\n%s", front, body));
    load_content(w.model, w.diags, root, S("content"));
    derive_lifecycle(w.model);
    model_link(w.model);
    assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), 0);
    struct doc_world world = {
        .model = w.model, .fonts = fonts, .content = root, .is_edition = in_edition};
    w.doc = doc_assemble(memory, w.diags, &world, model_find(w.model, S("BCP-001")));
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return w;
}

static struct world world_of(const char *front, const char *body)
{
    return world_where(front, body, NEVER);
}

static struct world draft(const char *body)
{
    return world_of("language: en\n", body);
}

static str headings(const struct doc *doc)
{
    struct buf b = buf_in(memory, 256);
    for (size_t i = 0; i < doc->heading_count; i++) {
        const struct doc_heading *h = &doc->headings[i];
        assert_int_equal(h->level, h->node->heading.level);
        assert_true(str_eq(h->number, h->node->title));
        buf_fmt(&b, "%s%d " STR_FMT "/" STR_FMT, i ? " | " : "", h->level, STR_ARG(h->number),
                STR_ARG(h->text));
    }
    return buf_str(&b);
}

/* Text as it is, {gaps}, <address or id|words of a link>. */
static str inlines(const struct doc *doc)
{
    struct buf b = buf_in(memory, 256);
    for (struct md_walk w = md_walk(doc->body); md_step(&w);) {
        const struct md_node *n = w.node;
        if (n->kind == MD_TEXT && w.enter)
            buf_add(&b, n->text);
        if (n->kind == MD_GAP && w.enter)
            buf_fmt(&b, "{" STR_FMT "}", STR_ARG(n->text));
        if (n->kind == MD_LINK && w.enter)
            buf_fmt(&b, "<" STR_FMT STR_FMT "|", STR_ARG(n->target ? n->target->id : S("")),
                    STR_ARG(n->url));
        if (n->kind == MD_LINK && !w.enter)
            buf_char(&b, '>');
    }
    return buf_str(&b);
}

static const struct md_node *find(const struct doc *doc, enum md_kind kind)
{
    for (struct md_walk w = md_walk(doc->body); md_step(&w);)
        if (w.enter && w.node->kind == kind)
            return w.node;
    return NULL;
}

static size_t count_errors(const struct world *w)
{
    return diags_count(w->diags, SEVERITY_ERROR);
}

/* -- Headings ---------------------------------------------------------------------- */

static void headings_are_numbered(void **state)
{
    (void)state;
    struct world w = draft("## One\n\n### Sub\n\n### Next\n\n## Two\n\n### Again\n\n#### Deep\n\n"
                           "##### Deeper\n");
    assert_str(headings(w.doc), "2 1/One | 3 1.1/Sub | 3 1.2/Next | 2 2/Two | 3 2.1/Again"
                                " | 4 2.1.1/Deep | 5 /Deeper");
}

static void own_numbers_stay(void **state)
{
    (void)state;
    struct world w = draft("## 7 Seven\n\n## Appendix A\n\n## One\n\n> ## Quoted\n\n## Two\n");
    assert_str(headings(w.doc), "2 /7 Seven | 2 /Appendix A | 2 1/One | 2 /Quoted | 2 2/Two");
}

/* A number with a nought in it leads nowhere. */
static void skipped_levels_have_no_number(void **state)
{
    (void)state;
    struct world w = draft("## One\n\n#### Far\n\n### Near\n\n## Two\n\n#### Far\n");
    assert_str(headings(w.doc), "2 1/One | 4 /Far | 3 1.1/Near | 2 2/Two | 4 /Far");
    assert_int_equal(count_errors(&w), 0);
}

static void the_title_is_said_once(void **state)
{
    (void)state;
    struct world w = draft("# Plan\n\n## One\n");
    assert_str(headings(w.doc), "2 1/One");
    w = draft("# Plan\n\n# Part\n\n## One\n\n###### Six\n");
    assert_str(headings(w.doc), "2 1/Part | 3 1.1/One | 6 /Six");
    w = draft("# Not the title\n\n## One\n");
    assert_str(headings(w.doc), "2 1/Not the title | 3 1.1/One");
    w = draft("## Plan\n");
    assert_str(headings(w.doc), "2 1/Plan");
}

/* -- Links ------------------------------------------------------------------------- */

static void ids_become_links(void **state)
{
    (void)state;
    struct world w = draft("See [[UNT-001]], [](UNT-002), [us](UNT-001) and [[ OTH-001 ]].\n");
    assert_str(inlines(w.doc), "See <UNT-001|Claims>, <UNT-002|Repairs>, <UNT-001|us> and "
                               "<OTH-001|OTH-001 The other>.");
    w = draft("[ask [[UNT-001]] first](https://example.org)\n");
    assert_str(inlines(w.doc), "<https://example.org|ask Claims first>");
    w = draft("`[[UNT-001]]` stays\n");
    assert_str(inlines(w.doc), " stays");
    assert_int_equal(count_errors(&w), 0);
}

static void links_have_their_place(void **state)
{
    (void)state;
    struct world w = draft("See [[UNT-001]] and [[UNT-009]].\n\n[x](UNT-008) [y](gone.md)\n");
    assert_str(dump_span(memory, w.diags, find(w.doc, MD_LINK)->span), "6:5 [[UNT-001]]");
    assert_str(dump_findings(memory, w.diags), "6:21 X1 nothing has the id 'UNT-009' | "
                                               "8:5 X1 the link 'UNT-008' leads to nothing | "
                                               "8:18 X1 the link 'gone.md' leads to nothing");
}

static void anchors_are_looked_up(void **state)
{
    (void)state;
    struct world w = draft("## First steps\n\n[a](#first-steps) [b](BCP-001#first-steps)\n"
                           "[c](other.md) [d](#nowhere) [e](BCP-001#nowhere)\n");
    assert_str(dump_findings(memory, w.diags),
               "9:19 MD3 the link '#nowhere' names a heading that this document does not have | "
               "9:33 MD3 the link 'BCP-001#nowhere' names a heading that this document does not "
               "have");
    assert_int_equal(w.doc->heading_count, 1);
    str id = w.doc->headings[0].id;
    const struct md_node *a = find(w.doc, MD_LINK);
    assert_true(str_eq(str_skip(a->url, 1), id));
    a = a->next->next;
    assert_ptr_equal(a->target, w.doc->record); /* the same document, by its code */
    assert_true(str_eq(str_skip(a->url, 1), id));
    w = draft("[a](other.md#its-part) [b](OTH-001#h-its-part)\n");
    a = find(w.doc, MD_LINK);
    assert_str(a->url, "#h-its-part"); /* as headings are named there */
    assert_str(a->next->next->url, "#h-its-part");
}

static void ways_out_are_few(void **state)
{
    (void)state;
    struct world w = draft("[a](https://x.org) [b](MAILTO:a@x.org) [c](tel:999)\n\n"
                           "[d](javascript:x) [e](/etc) [f](//x.org) [g]()\n");
    assert_int_equal(count_errors(&w), 4);
    assert_str(inlines(w.doc), "<https://x.org|a> <MAILTO:a@x.org|b> <tel:999|c><|d> <|e> <|f> "
                               "<|g>");
}

/* -- Gaps -------------------------------------------------------------------------- */

static void gaps_are_cut_out(void **state)
{
    (void)state;
    struct world w = draft("Ask [Organisation name] or *TODO* now, TBD.\n");
    assert_str(inlines(w.doc), "Ask {[Organisation name]} or {TODO} now, {TBD}.");
    assert_int_equal(w.doc->gap_count, 3);
    assert_str(dump_span(memory, w.diags, find(w.doc, MD_GAP)->span), "6:5 [Organisation name]");
    assert_str(dump_findings(memory, w.diags),
               "6:5 DC7d '[Organisation name]' is left to fill in | "
               "6:29 DC7d 'TODO' is left to fill in | 6:40 DC7d 'TBD' is left to fill in");
}

static void what_is_no_gap(void **state)
{
    (void)state;
    struct world w = draft("[1] a[i] [ab] xTODO TODOS tbdx [[UNT-001]] [us](UNT-001) `[Name]`\n");
    assert_int_equal(w.doc->gap_count, 0);
    assert_null(find(w.doc, MD_GAP));
}

static void gaps_block_what_is_approved(void **state)
{
    (void)state;
    const char *body = "A [Name here].\n\n> Guidance: say who.\n\n> Not Guidance: a quote.\n";
    struct world w = draft(body);
    assert_int_equal(count_errors(&w), 0);
    assert_int_equal(diags_count(w.diags, SEVERITY_WARNING), 2);
    assert_int_equal(w.doc->gap_count, 2);
    w = world_where("version: 1\n", body, APPROVED);
    assert_str(dump_findings(memory, w.diags), "6:3 DC7 '[Name here]' is left to fill in | "
                                               "8:1 DC7 guidance for the author is left in the "
                                               "text");
    w = world_where("version: 1\n", body, REPLACED);
    assert_int_equal(count_errors(&w), 2);
    in_edition = true;
    w = draft(body);
    in_edition = false;
    assert_str(dump_findings(memory, w.diags), "6:3 DC7d '[Name here]' is left to fill in | "
                                               "8:1 DC7 guidance for the author is left in the "
                                               "text");
}

/* -- Templates, pictures, forms ------------------------------------------------------ */

static void templates_keep_places(void **state)
{
    (void)state;
    struct world w = draft("{{unit.UNT-001.title}} {{unit.UNT-002.title}} [Name here]\n\n"
                           "{{unit.UNT-001.title}} [[UNT-009]]\n");
    assert_str(inlines(w.doc), "Claims Repairs {[Name here]}Claims [[UNT-009]]");
    /* What stands behind a value is told by its line. */
    assert_str(dump_findings(memory, w.diags), "6:1 DC7d '[Name here]' is left to fill in | "
                                               "8:1 X1 nothing has the id 'UNT-009'");
}

static void pictures_are_listed(void **state)
{
    (void)state;
    struct world w = draft("![a](n/floor.png) ![b](s/floor.png) ![c](./n/floor.png)\n\n"
                           "![](x.png) ![out](../../x.png) ![web](https://x.org/x.png)\n");
    assert_int_equal(w.doc->picture_count, 3);
    assert_str(w.doc->pictures[0].source, "documents/n/floor.png");
    assert_str(w.doc->pictures[0].path, "d/bcp-001/floor.png");
    assert_str(w.doc->pictures[1].source, "documents/s/floor.png");
    assert_str(w.doc->pictures[1].path, "d/bcp-001/floor-2.png");
    assert_str(w.doc->pictures[2].url, "x.png");
    assert_str(dump_findings(memory, w.diags),
               "8:5 IM3 the picture 'x.png' has no alternative text | "
               "8:19 MD3 the link '../../x.png' leaves the folder of the documents | "
               "8:39 MD3 the link 'https://x.org/x.png' is no picture beside the document; "
               "pictures are never fetched from elsewhere");
}

static void fences_become_forms(void **state)
{
    (void)state;
    struct world w = draft("```register units\n```\n");
    assert_int_equal(find(w.doc, MD_FORM_TABLE)->table->row_count, 2);
    w = draft("```record SIT-001\n```\n");
    assert_int_equal(find(w.doc, MD_FORM_TABLE)->table->column_count, 2);
    w = draft("```raci\n```\n");
    assert_str(find(w.doc, MD_FORM_TABLE)->table->columns[1].head, "Leader");
    w = draft("```chart org\n```\n\n```contents\n```\n\n```page-break\n```\n");
    assert_true(find(w.doc, MD_FORM_DRAWING)->drawing->count > 0);
    assert_non_null(find(w.doc, MD_CONTENTS));
    assert_false(find(w.doc, MD_PAGE_BREAK)->page_break.right);
    w = draft("```page-break right\n```\n");
    assert_true(find(w.doc, MD_PAGE_BREAK)->page_break.right);
    w = draft("```python\nx\n```\n");
    assert_non_null(find(w.doc, MD_CODE_BLOCK));
    assert_int_equal(count_errors(&w), 0);
}

static void unknown_forms_stay_code(void **state)
{
    (void)state;
    struct world w = draft("```register nothing\n```\n\n```record UNT-009\n```\n");
    assert_str(dump_findings(memory, w.diags), "6:1 DC16 'nothing' is not known here | "
                                               "9:1 DC16 'UNT-009' is not known here");
    assert_null(find(w.doc, MD_FORM_TABLE));
    assert_non_null(find(w.doc, MD_CODE_BLOCK));
}

static void control_data_is_complete(void **state)
{
    (void)state;
    struct world w = world_where("version: 1\nprepared_by: ROL-002\nsignature_required: yes\n"
                                 "revisions: [{date: 2026-05-03, version: \"1\", by: ROL-002, "
                                 "text: First}]\n",
                                 "Text\n", APPROVED);
    struct buf b = buf_in(memory, 256);
    for (size_t i = 0; i < w.doc->cover->row_count; i++)
        if (str_ends(cell_plain(memory, table_cell(w.doc->cover, i, 0)), S(" by")))
            buf_fmt(&b, STR_FMT "; ", STR_ARG(cell_plain(memory, table_cell(w.doc->cover, i, 1))));
    assert_str(buf_str(&b), "Helper; Leader (Ann Lee), 4 May 2026; ");
    assert_int_equal(w.doc->history->row_count, 1);
    assert_str(table_cell(w.doc->history, 0, 0)->sort, "2026-05-03");
    assert_str(cell_plain(memory, table_cell(w.doc->signatures, 0, 1)), "vacant");
    assert_str(cell_plain(memory, table_cell(w.doc->signatures, 1, 1)), "Ann Lee");
    assert_str(w.doc->prepared_by, "Helper");
    assert_str(w.doc->approved_by, "Leader (Ann Lee) on 4 May 2026");
    w = world_of("approved_by: ROL-001\n", "Text\n");
    assert_str(w.doc->approved_by, "");
    w = draft("Text\n");
    assert_null(w.doc->history);
    assert_null(w.doc->signatures);
}

static str said;

static const char *mark_in(bool edition, const char *front, enum approved approved)
{
    in_edition = edition;
    struct world w = world_where(front, "Text\n", approved);
    in_edition = false;
    assert_true(w.doc->mark.n == 0 || w.doc->valid_until.n == 0 || !edition);
    said = w.doc->standing;
    return str_c(memory, w.doc->mark);
}

static void paper_of_the_house(void **state)
{
    (void)state;
    struct world w = world_of("", "Text\n");
    assert_int_equal(w.doc->paper, DOC_LETTER);
    assert_true(w.doc->is_duplex && w.doc->is_large);
    assert_str(w.doc->language, "de");
    assert_str(w.doc->footer, "Ours");
    w = world_where("language: fr\n", "Texte\n", NEVER);
    assert_str(w.doc->language, "fr");
}

static void sheets_say_what_does_not_hold(void **state)
{
    (void)state;
    const char *plain = "version: 1\nnext_review: 2027-06-30\n";
    const char *gone = "version: 1\nnext_review: 2027-06-30\nwithdrawn_on: 2026-06-01\n";
    const char *later = "version: 1\nnext_review: 2027-06-30\nvalid_from: 2026-08-01\n";
    assert_string_equal(mark_in(true, plain, APPROVED), "");
    assert_string_equal(mark_in(true, plain, NEVER), "DRAFT");
    assert_str(said, "Draft: no approval is recorded");
    assert_string_equal(mark_in(true, plain, REPLACED), "SUPERSEDED");
    assert_string_equal(mark_in(true, gone, APPROVED), "WITHDRAWN");
    assert_str(said, "Withdrawn on 1 June 2026");
    assert_string_equal(mark_in(true, later, APPROVED), "NOT YET VALID");
    assert_string_equal(mark_in(false, plain, APPROVED), "DRAFT");
    assert_str(said, "");
}

/* -- Without a workspace, and prose --------------------------------------------------- */

static void a_file_alone(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    uint32_t file = diags_source(d, S("notes/a.md"),
                                 S("---\nx: y\n---\n# Top\n\n{{a}} [[UNT-001]] [b](b.md) TODO\n"));
    struct doc *doc = doc_from_file(memory, d, file, (struct tval){.kind = TV_UNKNOWN});
    assert_str(doc->title, "Top");
    assert_str(headings(doc), "1 /Top");
    assert_str(inlines(doc), "Top{{a}} [[UNT-001]] <b.md|b> {TODO}");
    assert_null(doc->cover);
    assert_str(dump_findings(memory, d), "");
    file = diags_source(d, S("notes/b.md"), S("No heading\n"));
    assert_str(doc_from_file(memory, d, file, (struct tval){.kind = TV_UNKNOWN})->title, "b.md");
}

static void prose_of_a_record(void **state)
{
    (void)state;
    struct world w = draft("Text\n");
    struct doc_world world = {.model = w.model, .fonts = fonts, .content = -1};
    struct span span = w.doc->record->span;
    struct doc prose = {.body = doc_prose(memory, w.diags, &world, span, S("See [[UNT-001]]"))};
    assert_str(inlines(&prose), "See <UNT-001|Claims>");
    prose.body = doc_prose(memory, w.diags, &world, span, S("![a](a.png)"));
    assert_int_equal(count_errors(&w), 1);
    assert_str(find(&prose, MD_IMAGE)->url, "");
}

int unit_doc(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(headings_are_numbered),
        cmocka_unit_test(own_numbers_stay),
        cmocka_unit_test(skipped_levels_have_no_number),
        cmocka_unit_test(the_title_is_said_once),
        cmocka_unit_test(ids_become_links),
        cmocka_unit_test(links_have_their_place),
        cmocka_unit_test(anchors_are_looked_up),
        cmocka_unit_test(ways_out_are_few),
        cmocka_unit_test(gaps_are_cut_out),
        cmocka_unit_test(what_is_no_gap),
        cmocka_unit_test(gaps_block_what_is_approved),
        cmocka_unit_test(templates_keep_places),
        cmocka_unit_test(pictures_are_listed),
        cmocka_unit_test(fences_become_forms),
        cmocka_unit_test(unknown_forms_stay_code),
        cmocka_unit_test(control_data_is_complete),
        cmocka_unit_test(paper_of_the_house),
        cmocka_unit_test(sheets_say_what_does_not_hold),
        cmocka_unit_test(a_file_alone),
        cmocka_unit_test(prose_of_a_record),
    };
    memory = arena_new("unit", (size_t)256 << 20);
    fonts = font_open(memory, diags_new(memory));
    int failed = fonts == NULL ? 1 : unit_run("doc", cases);
    font_close(fonts);
    arena_free(memory);
    return failed;
}
