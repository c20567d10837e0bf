/* unit/dot: graphs that authors write in DOT. */
#include "unit.h"

#include "base/buf.h"
#include "form/draw/draw.h"
#include "text/font.h"

struct world {
    struct arena *arena;
    struct diags *diags;
    struct model *model;
    struct fonts *fonts;
};

static struct world world_new(void)
{
    struct world w = {.arena = arena_new("test", 64 << 20)};
    w.diags = diags_new(w.arena);
    w.model = model_new(w.arena);
    model_open(w.model);
    struct record *r =
        record_new(w.model, w.model->schema->types[TYPE_ACTIVITY], (struct span){0, 0, 0});
    r->id = S("ACT-001");
    r->title = S("Pay claims");
    model_add(w.model, r);
    w.fonts = font_open(w.arena, w.diags);
    assert_non_null(w.fonts);
    return w;
}

static void world_free(struct world *w)
{
    font_close(w->fonts);
    arena_free(w->arena);
}

static const struct drawing *drawn(struct world *w, str text)
{
    return draw_dot(w->arena, w->diags, w->model, w->fonts, (struct span){0, 12, 3}, text);
}

/* Rows as "from>to:what", joined by blanks. */
static str rows_of(struct world *w, const struct drawing *d)
{
    struct buf out = buf_in(w->arena, 64);
    for (size_t r = 0; r < d->table->row_count; r++) {
        str part[3];
        for (size_t c = 0; c < 3; c++)
            part[c] = cell_plain(w->arena, table_cell(d->table, r, c));
        buf_fmt(&out, "%s" STR_FMT ">" STR_FMT ":" STR_FMT, r ? " | " : "", STR_ARG(part[0]),
                STR_ARG(part[1]), STR_ARG(part[2]));
    }
    return buf_str(&out);
}

static size_t texts_with(const struct drawing *d, const char *words)
{
    size_t count = 0;
    for (size_t i = 0; i < d->count; i++)
        count +=
            d->ops[i].kind == DRAW_TEXT && str_find(d->ops[i].text, str_from(words), 0) != SIZE_MAX;
    return count;
}

static void takes_over(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d =
        drawn(&w, S("digraph { label=\"Way of a claim\"; rankdir=LR;\n"
                    "subgraph cluster_desk { label=\"Desk\"; a; subgraph cluster_in { b } }\n"
                    "a [label=\"Take\\nnotice\"]; b [label=\"Check \\\"it\\\" \\N\"];\n"
                    "a -> b [label=\"a form\"]; b -> \"ACT-001\" [style=dashed]; c; }"));
    assert_non_null(d);
    assert_str(d->id, "dot-12");
    assert_str(d->title, "Way of a claim");
    assert_str(rows_of(&w, d),
               "Take notice>Check \"it\" b:a form | Check \"it\" b>Pay claims: | c>:");
    assert_non_null(table_cell(d->table, 1, 1)->pieces[0].link);
    assert_int_equal(texts_with(d, "Desk"), 1);
    assert_int_equal(texts_with(d, "a form"), 1);
    assert_int_equal(texts_with(d, "Pay claims"), 1);
    size_t dashed = 0, links = 0;
    for (size_t i = 0; i < d->count; i++) {
        dashed += d->ops[i].dashed;
        links += d->ops[i].kind == DRAW_GROUP && d->ops[i].link != NULL;
    }
    assert_int_equal(dashed, 1);
    assert_int_equal(links, 1);
    assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), 0);
    world_free(&w);
}

static void without_direction(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = drawn(&w, S("graph { a -- b -- c }"));
    assert_non_null(d);
    assert_str(rows_of(&w, d), "a>b: | b>c:");
    for (size_t i = 0; i < d->count; i++)
        assert_int_not_equal(d->ops[i].kind, DRAW_POLYGON); /* no heads of arrows */
    world_free(&w);
}

/* Files, addresses, HTML, absurd numbers: read, and left behind. */
static void leaves_the_rest(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = drawn(
        &w,
        S("digraph { graph [stylesheet=\"http://x\" imagepath=\"/etc\" URL=\"javascript:1\"]\n"
          "node [fontname=\"a\\\" onload=\\\"b\" image=\"/etc/passwd\" shapefile=\"/etc/hosts\"]\n"
          "a [label=<<B>x</B><IMG SRC=\"/etc/passwd\"/>> URL=\"javascript:alert(1)\"]\n"
          "a -> b [weight=2147483647 minlen=2147483647 fontsize=\"1e9\"] }"));
    assert_non_null(d);
    assert_true(d->count != 0);
    assert_str(rows_of(&w, d), "a>b:");
    for (size_t i = 0; i < d->count; i++) {
        assert_int_equal(str_find(d->ops[i].text, S("javascript"), 0), SIZE_MAX);
        assert_int_equal(str_find(d->ops[i].text, S("passwd"), 0), SIZE_MAX);
    }
    world_free(&w);
}

static void refuses(void **state)
{
    static const char *const wrong[] = {
        "",
        "nothing of the kind",
        "digraph { a -> ",
        "digraph { a -> b ] }",
        "digraph { \"a }",
        "graph { a -> b }",
    };
    struct world w = world_new();
    (void)state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(drawn(&w, str_from(wrong[i])));
        assert_int_equal(diags_count(w.diags, SEVERITY_ERROR), i + 1);
    }
    struct buf many = buf_in(w.arena, 8192);
    buf_lit(&many, "digraph {");
    for (int i = 0; i < 401; i++)
        buf_fmt(&many, " n%d;", i);
    buf_lit(&many, "}");
    assert_null(drawn(&w, buf_str(&many)));
    buf_lit(&many, " /*");
    for (int i = 0; i < 70 * 1024; i++)
        buf_char(&many, 'x');
    assert_null(drawn(&w, buf_str(&many)));
    world_free(&w);
}

/* Nesting beyond reason neither crashes us nor takes long. */
static void deep(void **state)
{
    struct world w = world_new();
    struct buf nested = buf_in(w.arena, 1 << 16);
    (void)state;
    buf_lit(&nested, "digraph { a -> b; ");
    for (int i = 0; i < 5000; i++)
        buf_fmt(&nested, "subgraph s%d {", i);
    buf_lit(&nested, "c");
    for (int i = 0; i < 5000; i++)
        buf_char(&nested, '}');
    buf_lit(&nested, "}");
    const struct drawing *d = drawn(&w, buf_str(&nested));
    assert_true(d != NULL || diags_count(w.diags, SEVERITY_ERROR) == 1);
    world_free(&w);
}

static void empty_graph(void **state)
{
    struct world w = world_new();
    (void)state;
    const struct drawing *d = drawn(&w, S("digraph {}"));
    assert_non_null(d);
    assert_int_equal(d->count, 0);
    assert_str(d->note, "Nothing is recorded yet that could be drawn.");
    world_free(&w);
}

int unit_dot(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(takes_over),
        cmocka_unit_test(without_direction),
        cmocka_unit_test(leaves_the_rest),
        cmocka_unit_test(refuses),
        cmocka_unit_test(deep),
        cmocka_unit_test(empty_graph),
    };
    return unit_run("dot", cases);
}
