/* unit/draw: words in boxes, and the drawings made of records. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "derive/recovery.h"
#include "form/draw/draw.h"
#include "form/draw/qr.h"
#include "form/draw/layout.h"
#include "load/load.h"
#include "text/font.h"

static double width(const void *self, str text, double size, bool bold)
{
    (void)self, (void)bold;
    return (double)utf8_count(text) * size / 2;
}

static const struct ruler ruler = {NULL, width};
static const struct graph_style plain = {10, false, INK_TEXT, 0}; /* 5 points a character */

static str lines_of(struct arena *a, const struct graph_block *b)
{
    struct buf out = buf_in(a, 64);
    for (size_t i = 0; i < b->count; i++)
        buf_fmt(&out, "%s" STR_FMT, i ? "|" : "", STR_ARG(b->lines[i].text));
    return buf_str(&out);
}

static str said(struct arena *a, bool left, str text, double wrap_width)
{
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct graph_block b = {.count = 0};
    g->left = left;
    graph_say(g, &b, text, plain, wrap_width);
    for (size_t i = 0; i < b.count; i++)
        assert_true(b.lines[i].width <= wrap_width + 5); /* the ellipsis may stand out */
    return lines_of(a, &b);
}

static void cleans(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    assert_str(graph_clean(a, S("  one\t two\r\n\n three  ")), "one two three");
    assert_str(graph_clean(a, S("a\x01"
                                "b\x1b[31mc\x7f"
                                "d")),
               "a b [31mc d");
    assert_str(graph_clean(a, S("abc\xe2\x80\xae"
                                "def\xe2\x81\xa9\xe2\x80\xa8ghi")),
               "abc def ghi");
    assert_str(graph_clean(a, S("")), "");
    assert_str(graph_clean(a, S("\n \t")), "");
    arena_free(a);
}

static void wraps(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    assert_str(said(a, false, S("one two three four"), 200), "one two three four");
    assert_str(said(a, false, S("aa bb cc dd ee ff gg"), 75), "aa bb cc dd|ee ff gg");
    assert_str(said(a, true, S("aa bb cc dd ee ff gg"), 75), "aa bb cc dd ee|ff gg");
    assert_str(said(a, false, S(""), 100), "");
    assert_str(said(a, true, S("Donaudampfschifffahrt ahoi"), 50), "Donaudampf|schifffahr|t ahoi");
    arena_free(a);
}

static void cuts(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    (void)state;
    assert_str(said(a, true, S("aaaa bbbb cccc dddd eeee ffff"), 20), "aaaa|bbbb|cccc|dddd…");
    struct buf longest = buf_in(a, 4096);
    for (size_t i = 0; i < GRAPH_TEXT_BYTES_MAX; i++)
        buf_lit(&longest, "é"); /* two bytes: the cut must not fall between them */
    str cut = said(a, true, buf_str(&longest), 1e6);
    assert_int_equal(cut.n, GRAPH_TEXT_BYTES_MAX + 3);
    assert_int_equal(utf8_invalid_at(cut), SIZE_MAX);
    arena_free(a);
}

static void hangs(void **state)
{
    struct arena *a = arena_new("test", 1 << 20);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct graph_block b = {.count = 0};
    const struct graph_style hanging = {10, false, INK_TEXT, 12};
    (void)state;
    g->left = true;
    graph_say(g, &b, S("→ 2, 3: Context and scope of it"), hanging, 92);
    assert_str(lines_of(a, &b), "→ 2, 3: Context|and scope of it");
    assert_true(b.lines[0].indent == 0 && b.lines[1].indent == 12);
    assert_true(b.width == 75 + 12);
    arena_free(a);
}

static const struct draw_op *op_with(const struct drawing *d, const char *text)
{
    for (size_t i = 0; i < d->count; i++)
        if (str_find(d->ops[i].text, str_from(text), 0) != SIZE_MAX)
            return &d->ops[i];
    return NULL;
}

static bool place_crash(const struct graph *g, struct buf *answer)
{
    (void)g, (void)answer;
    _exit(7);
}

/* The author of a map that cannot be drawn gets a warning, its readers a notice
 * and the table. */
static void gives_up_visibly(void **state)
{
    struct arena *a = arena_new("test", 16 << 20);
    struct diags *d = diags_new(a);
    struct graph *g = graph_new(a, ruler, GRAPH_DOWN);
    struct layout_how how = layout_usual;
    const struct column column = {S("a"), S("A"), COLUMN_TEXT};
    struct graph_caption caption = {.id = S("map-x"), .title = S("X"), .description = S("about")};
    (void)state;
    caption.table = table_new(a, S("map-x"), S("X"), &column, 1);
    how.place = place_crash;
    graph_say(g, &graph_node(g, NULL)->block, S("one"), plain, 100);
    const struct drawing *drawn = graph_draw(d, g, &how, &caption);
    assert_int_equal(drawn->count, 0);
    assert_str(drawn->note, "The picture could not be drawn: its layout ended early with status 7. "
                            "The table says the same.");
    assert_ptr_equal(drawn->table, caption.table);
    assert_int_equal(diags_count(d, SEVERITY_WARNING), 1);
    assert_int_equal(diags_count(d, SEVERITY_ERROR), 0);
    arena_free(a);
}

static void says_when_empty(void **state)
{
    struct arena *a = arena_new("test", 16 << 20);
    struct diags *d = diags_new(a);
    struct graph_caption caption = {.id = S("map-x"), .title = S("X"), .description = S("about")};
    (void)state;
    const struct drawing *drawn =
        graph_draw(d, graph_new(a, ruler, GRAPH_DOWN), &layout_usual, &caption);
    assert_int_equal(drawn->count, 0);
    assert_str(drawn->note, "Nothing is recorded yet that could be drawn.");
    assert_int_equal(diags_count(d, SEVERITY_WARNING), 0);
    arena_free(a);
}

/* -- Drawings of records ---------------------------------------------------------- */

struct world {
    struct arena *arena;
    struct diags *diags;
    struct model *model;
    struct fonts *fonts;
};

static const char records[] =
    "role.yaml\0"
    "- {id: ROL-001, title: Chief, kind: governance, holder: PER-001}\n"
    "- {id: ROL-002, title: Crisis <b>lead</b>, kind: crisis, reports_to: ROL-001}\n"
    "- {id: ROL-003, title: Engineer, kind: recovery, reports_to: ROL-002, holder: PER-009}\n"
    "- {id: ROL-004, title: Left, kind: process, reports_to: ROL-005, holder: PER-001}\n"
    "- {id: ROL-005, title: Right, kind: process, reports_to: ROL-004, deputies: [PER-001]}\n"
    "\0person.yaml\0"
    "- {id: PER-001, title: Ann Other}\n"
    "\0system_process.yaml\0"
    "- id: PRC-002\n  title: Second\n  purpose: x\n  phase: implement\n  order: 2\n"
    "  owner: ROL-001\n"
    "  inputs:\n    - {item: a scope, from: PRC-001, trigger: yes}\n"
    "    - {item: Money, external: The board}\n    - {item: Air}\n"
    "- id: PRC-001\n  title: First\n  purpose: x\n  phase: establish\n  order: 1\n"
    "  triggers: [Year end, Merger]\n"
    "  outputs:\n    - {item: A scope, to: [PRC-002, PRC-003]}\n    - {item: Smoke}\n"
    "- id: PRC-003\n  title: Third\n  purpose: x\n  phase: improve\n  order: 3\n"
    "  outputs: [{item: Lessons, to: PRC-001}]\n"
    "\0activity.yaml\0"
    "- id: ACT-001\n  title: Pay claims\n  unit: UNT-001\n  rto: 4h\n  dependencies:\n"
    "    - {on: RES-001, criticality: stops, tolerance: 2h}\n"
    "    - {on: SUP-001, criticality: minor}\n    - {on: ACT-001}\n    - {on: XXX-404}\n"
    "\0resource.yaml\0"
    "- {id: RES-001, title: Ledger, kind: ict, rto_committed: 8h, depends_on: [RES-002]}\n"
    "- {id: RES-002, title: Power, kind: equipment, depends_on: [RES-001]}\n"
    "\0supplier.yaml\0"
    "- {id: SUP-001, title: Bank, services: cash, commitment: {rto: 4h}}\n"
    "\0call_tree.yaml\0"
    "- id: CAL-001\n  title: Crisis calls\n  root: ROL-001\n  no_answer: Ring the deputy\n"
    "  edges:\n    - {caller: ROL-001, callees: [ROL-002, CON-001]}\n"
    "    - {caller: ROL-002, callees: [ROL-001, ROL-003]}\n"
    "    - {caller: ROL-005, callees: [ROL-003]}\n"
    "\0contact.yaml\0"
    "- {id: CON-001, title: Fire brigade, kind: emergency_service, phone: '+44 20 7946 0000'}\n"
    "\0";

static struct world world_new(void)
{
    struct world w = {.arena = arena_new("test", 64 << 20)};
    char folder[] = "/tmp/unit-draw-XXXXXX";
    int root;
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    assert_int_equal(dir_make(root, S("records")), 0);
    for (const char *p = records; *p != 0;) {
        const char *name = p, *text = p + strlen(p) + 1;
        str path = str_fmt(w.arena, "records/%s", name);
        assert_int_equal(file_create(root, path, str_from(text)), 0);
        p = text + strlen(text) + 1;
    }
    assert_int_equal(file_create(root, S("continuo.yaml"), S("as_of: 2026-01-01\n")), 0);
    w.diags = diags_new(w.arena);
    w.model = model_new(w.arena);
    load_content(w.model, w.diags, root, S("content"));
    model_link(w.model);
    derive_recovery(w.model);
    assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), 0);
    w.fonts = font_open(w.arena, w.diags);
    assert_non_null(w.fonts);
    assert_int_equal(dir_remove_tree(root, S("records")), 0);
    close(root);
    assert_int_equal(unlink(str_c(w.arena, str_fmt(w.arena, "%s/continuo.yaml", folder))), 0);
    assert_int_equal(rmdir(folder), 0);
    return w;
}

static void world_free(struct world *w)
{
    font_close(w->fonts);
    arena_free(w->arena);
}

static const struct drawing *asked(struct world *w, str kind, str argument)
{
    return draw_by_name(w->arena, w->diags, w->model, w->fonts, (struct span){0, 0, 0}, kind,
                        argument);
}

static str cell_at(struct world *w, const struct drawing *d, size_t row, size_t column)
{
    return cell_plain(w->arena, table_cell(d->table, row, column));
}

static void draws_the_organisation(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = asked(&w, S("chart"), S("org"));
    assert_str(d->id, "chart-org");
    assert_int_equal(d->table->row_count, 5);
    assert_str(cell_at(&w, d, 1, 2), "Chief");
    assert_str(cell_at(&w, d, 1, 3), "vacant");
    assert_str(cell_at(&w, d, 2, 3), ""); /* holder not known to these readers: not vacant */
    assert_str(cell_at(&w, d, 4, 4), "Ann Other");
    assert_non_null(op_with(d, "Crisis <b>lead</b> vacant, crisis role"));
    assert_non_null(op_with(d, "Engineer, recovery role"));
    assert_non_null(op_with(d, "Left Ann Other, process role")); /* of a circle, shown once */
    d = asked(&w, S("chart"), S("org ROL-002"));
    assert_str(d->id, "chart-org-rol-002");
    assert_int_equal(d->table->row_count, 2);
    d = asked(&w, S("chart"), S("org process"));
    assert_int_equal(d->table->row_count, 2);
    assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), 0);
    world_free(&w);
}

static void draws_the_processes(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = asked(&w, S("map"), S("bcms"));
    assert_int_equal(d->table->row_count, 3);
    assert_str(cell_at(&w, d, 0, 1), "First");
    assert_str(cell_at(&w, d, 0, 3), "no owner");
    assert_str(cell_at(&w, d, 0, 4), "Year end\xc2\xa0· Merger");
    assert_str(cell_at(&w, d, 0, 6), "A scope (to Second; Third), Smoke (to nobody)");
    assert_str(cell_at(&w, d, 1, 5),
               "a scope (from First, a trigger), Money (from The board), Air (from nobody)");
    assert_int_equal(table_cell(d->table, 1, 5)->pieces[2].tone, TONE_BAD);
    assert_int_equal(table_cell(d->table, 0, 6)->pieces[1].tone, TONE_BAD);
    assert_non_null(op_with(d, "→ 2, 3: A scope")); /* told twice, by both: shown once */
    assert_null(op_with(d, "→ 2: a scope"));
    assert_non_null(op_with(d, "→ nobody: Smoke"));
    assert_non_null(op_with(d, "← nobody: Air"));
    assert_non_null(op_with(d, "← The board: Money"));
    assert_non_null(op_with(d, "First no owner, process 1"));
    world_free(&w);
}

static void draws_dependencies(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = asked(&w, S("map"), S("deps ACT-001"));
    assert_str(d->id, "map-deps-act-001");
    assert_int_equal(d->table->row_count, 4); /* itself and the unknown are left out */
    assert_str(cell_at(&w, d, 0, 1), "Ledger");
    assert_str(cell_at(&w, d, 0, 3), "stops");
    assert_str(cell_at(&w, d, 0, 4), "2h");
    assert_str(cell_at(&w, d, 0, 5), "4h");
    assert_str(cell_at(&w, d, 0, 6), "≥ 8h"); /* Power says no time */
    assert_str(cell_at(&w, d, 0, 7), "too late");
    assert_str(cell_at(&w, d, 1, 6), "4h"); /* nobody asks: the loss is minor */
    assert_str(cell_at(&w, d, 1, 7), "");
    assert_str(cell_at(&w, d, 2, 0), "Ledger");
    assert_str(cell_at(&w, d, 3, 0), "Power"); /* a circle ends */
    assert_non_null(op_with(d, "Ledger Resource must 4h\u00a0· can ≥ 8h, stops without it, "
                               "can be back later than asked"));
    d = asked(&w, S("map"), S("deps RES-001"));
    assert_non_null(op_with(d, "Pay claims Activity must 4h\u00a0· can ≥ 8h, stops without "
                               "it, can be back later than asked"));
    d = asked(&w, S("map"), S("deps SUP-001"));
    assert_int_equal(d->table->row_count, 1);
    world_free(&w);
}

static void draws_call_trees(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = asked(&w, S("calltree"), S("CAL-001"));
    assert_str(d->table->note, "If nobody answers: Ring the deputy");
    assert_int_equal(d->table->row_count, 5);
    assert_str(cell_at(&w, d, 0, 0), "1");
    assert_str(cell_at(&w, d, 1, 4), "External contact");
    assert_str(cell_at(&w, d, 2, 0), "2");
    assert_str(cell_at(&w, d, 4, 0), "never reached");
    assert_non_null(op_with(d, "nobody calls"));
    assert_null(op_with(d, "7946")); /* no numbers */
    for (size_t r = 0; r < d->table->row_count; r++)
        for (size_t c = 0; c < d->table->column_count; c++)
            assert_int_equal(str_find(cell_at(&w, d, r, c), S("7946"), 0), SIZE_MAX);
    world_free(&w);
}

static void refuses(void **state)
{
    static const struct {
        str kind, argument;
    } wrong[] = {
        {S_INIT("map"), S_INIT("nowhere")},       {S_INIT("map"), S_INIT("")},
        {S_INIT("map"), S_INIT("bcms x")},        {S_INIT("map"), S_INIT("deps")},
        {S_INIT("map"), S_INIT("deps ACT-404")},  {S_INIT("map"), S_INIT("deps PER-001")},
        {S_INIT("chart"), S_INIT("org ACT-001")}, {S_INIT("calltree"), S_INIT("ROL-001")},
        {S_INIT("calltree"), S_INIT("")},         {S_INIT("picture"), S_INIT("bcms")},
    };
    struct world w = world_new();
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(asked(&w, wrong[i].kind, wrong[i].argument));
        assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), i + 1);
    }
    assert_non_null(asked(&w, S("map"), S("  deps   ACT-001 ")));
    world_free(&w);
}

/* A long address has more fields; three corners have the squares that readers look for. */
static void codes_for_telephones(void **state)
{
    (void)state;
    struct arena *memory = arena_new("codes", 1 << 20);
    assert_null(draw_qr(memory, S("")));
    char text[QR_BYTES_MAX + 1];
    memset(text, 'x', sizeof text);
    assert_null(draw_qr(memory, (str){text, QR_BYTES_MAX + 1}));
    assert_non_null(draw_qr(memory, (str){text, QR_BYTES_MAX}));
    const struct drawing *qr = draw_qr(memory, S("https://a.test"));
    assert_true(qr->width == 21 + 8 && qr->height == qr->width);
    for (size_t i = 0; i < qr->count; i++) {
        const struct draw_op *op = &qr->ops[i];
        assert_int_equal(op->kind, DRAW_RECT);
        assert_true(op->x >= 4 && op->y >= 4 && op->x + op->w <= 25 && op->y + op->h <= 25);
    }
    assert_true(qr->ops[0].x == 4 && qr->ops[0].y == 4 && qr->ops[0].w == 7);
    arena_free(memory);
}

int unit_draw(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(cleans),
        cmocka_unit_test(wraps),
        cmocka_unit_test(cuts),
        cmocka_unit_test(hangs),
        cmocka_unit_test(gives_up_visibly),
        cmocka_unit_test(says_when_empty),
        cmocka_unit_test(draws_the_organisation),
        cmocka_unit_test(draws_the_processes),
        cmocka_unit_test(draws_dependencies),
        cmocka_unit_test(draws_call_trees),
        cmocka_unit_test(refuses),
        cmocka_unit_test(codes_for_telephones),
    };
    return unit_run("draw", cases);
}
