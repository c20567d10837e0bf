/* unit/md: Markdown as a tree: blocks, inlines, footnotes, HTML, links, headings. */
#include "unit.h"

#include "md_dump.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024 };

static struct arena *memory;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

struct example {
    const char *markdown, *tree, *findings;
};

static void run_examples(const struct example *examples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct example *e = &examples[i];
        struct diags *d = diags_new(memory);
        str text = str_from(e->markdown);
        uint32_t file = diags_source(d, S("a.md"), text);
        const struct md_node *root = md_parse(memory, d, text, file, 0, NULL);
        assert_str(md_dump(memory, root), e->tree);
        assert_str(md_findings(memory, d), e->findings ? e->findings : "");
    }
}

#define RUN(examples) run_examples((examples), sizeof(examples) / sizeof *(examples))

/* -- Kinds ------------------------------------------------------------------ */

static void blocks(void **state)
{
    static const struct example examples[] = {
        {"", "(doc)", NULL},
        {"a\nb", "(doc (para 'a' (soft) 'b'))", NULL},
        {"a  \nb\\\nc", "(doc (para 'a' (break) 'b' (break) 'c'))", NULL},
        {"# A #\n\nB\n---\n", "(doc (h1 #h-a 'A') (h2 #h-b 'B'))", NULL},
        {"> a\n> > b\n", "(doc (quote (para 'a') (quote (para 'b'))))", NULL},
        {"- a\n- b\n", "(doc (list (item (para 'a')) (item (para 'b'))))", NULL},
        {"3. a\n\n4. b\n", "(doc (list 3 loose (item (para 'a')) (item (para 'b'))))", NULL},
        {"- [ ] a\n- [x] b\n", "(doc (list (item open (para 'a')) (item done (para 'b'))))", NULL},
        {"~~~ sh x\nls\n~~~\n\n***\n", "(doc (pre sh x 'ls\n') (rule))", NULL},
        {"|a|b|c|\n|-|:-:|-:|\n|1|2|\n",
         "(doc (table -cr (row head (cell 'a') (cell 'b') (cell 'c')) (row (cell '1') (cell '2') "
         "(cell))))",
         NULL},
        {"\xEF\xBB\xBF# A\n", "(doc (h1 #h-a 'A'))", NULL},
        {"a\r\n\r\nb\rc", "(doc (para 'a') (para 'b' (soft) 'c'))", NULL},
    };
    (void)state;
    RUN(examples);
}

static void inlines(void **state)
{
    static const struct example examples[] = {
        {"*a **b*** ~~c~~ `d  e`",
         "(doc (para (em 'a ' (strong 'b')) ' ' (del 'c') ' ' (code 'd  e')))", NULL},
        {"[a *b*](c \"d\") ![e *f*](g)",
         "(doc (para (link <c> \"d\" 'a ' (em 'b')) ' ' (image <g> 'e ' (em 'f'))))", NULL},
        {"[a][b] <http://c>\n\n[b]: d 'e'",
         "(doc (para (link <d> \"e\" 'a') ' ' (link <http://c> 'http://c')))", NULL},
        {"&lt;&copy;\\*a\\* [b] 1 < 2", "(doc (para '<©*a* [b] 1 < 2'))", NULL},
        /* Not smart: what is written is what is printed. */
        {"\"a\" -- 'b'...", "(doc (para '\"a\" -- 'b'...'))", NULL},
    };
    (void)state;
    RUN(examples);
}

/* -- Footnotes -------------------------------------------------------------- */

static void footnotes(void **state)
{
    static const struct example examples[] = {
        {"a[^x] b[^Y] c[^x]\n\n[^y]: two\n\n[^x]: one\n\n    more\n",
         "(doc (para 'a' (mark 1.1 #fn-1) ' b' (mark 2.1 #fn-2) ' c' (mark 1.2 #fn-1)) (note 1.2 "
         "#fn-1 (para 'one') (para 'more')) (note 2.1 #fn-2 (para 'two')))",
         NULL},
        /* A mark is punctuation to emphasis, as its brackets are. */
        {"**\"a\"**[^1] _b_[^1]\n\n[^1]: c",
         "(doc (para (strong '\"a\"') (mark 1.1 #fn-1) ' ' (em 'b') (mark 1.2 #fn-1)) (note 1.2 "
         "#fn-1 (para 'c')))",
         NULL},
        {"a[^none]", "(doc (para 'a[^none]'))", "MD4 1:2+7 no note is written for '[^none]'\n"},
        {"a\n\n[^b]: c", "(doc (para 'a') (note 1.0 #fn-1 (para 'c')))",
         "MD4 3:3+1 nothing refers to this note\n"},
        {"a[^b]\n\n[^b]: c\n\n[^b]: d",
         "(doc (para 'a' (mark 1.1 #fn-1)) (note 1.1 #fn-1 (para 'c')) (note 2.0 #fn-2 (para "
         "'d')))",
         "MD4 5:3+1 the note 'b' is written twice; marks lead to the first\n"},
        /* Notes may refer to notes, and stand in quotes. */
        {"a[^b]\n\n[^b]: c[^d]\n\n> [^d]: e",
         "(doc (para 'a' (mark 1.1 #fn-1)) (quote) (note 1.1 #fn-1 (para 'c' (mark 2.1 #fn-2))) "
         "(note 2.1 #fn-2 (para 'e')))",
         NULL},
        /* Neither code nor an escaped bracket nor a link is a mark. */
        /* The parser forgets the line of a paragraph that a table follows at once. */
        {"a\nb[^c]\n|d|\n|-|\n\n[^c]: e",
         "(doc (para 'a' (soft) 'b' (mark 1.1 #fn-1)) (table - (row head (cell 'd'))) (note 1.1 "
         "#fn-1 (para 'e')))",
         NULL},
        {"`[^a]` \\[^a] [^a](b) [c [^a]](d) e[^a]\n\n```\n[^a]: f\n```\n\n[^a]: g",
         "(doc (para (code '[^a]') ' [^a] ' (link <b> '^a') ' ' (link <d> 'c [^a]') ' e' (mark 1.1 "
         "#fn-1)) (pre '[^a]: f\n') (note 1.1 #fn-1 (para 'g')))",
         NULL},
        {"a [^ b] [^] [^c\nd]", "(doc (para 'a [^ b] [^] [^c' (soft) 'd]'))", NULL},
        {"!a![^b]\n\n[^b]: c", "(doc (para '!a!' (mark 1.1 #fn-1)) (note 1.1 #fn-1 (para 'c')))",
         NULL},
    };
    (void)state;
    RUN(examples);
}

static void unused_definitions(void **state)
{
    static const struct example examples[] = {
        {"[Owner]: Alice\n\n[a]\n\n[a]: b", "(doc (para (link <b> 'a')))",
         "MD8 1:1+7 no link uses the address of '[Owner]'\n"},
        {"```\n[a]: b\n```\n\nc\n[d]: e", "(doc (pre '[a]: b\n') (para 'c' (soft) '[d]: e'))",
         NULL},
        {"\\[Owner]: Alice", "(doc (para '[Owner]: Alice'))", NULL},
    };
    (void)state;
    RUN(examples);
}

/* -- HTML ------------------------------------------------------------------- */

static void html_in_text(void **state)
{
    static const struct example examples[] = {
        {"H<sub>2</sub>O <KBD>a *b*</kbd><br/>c",
         "(doc (para 'H' (sub '2') 'O ' (kbd 'a ' (em 'b')) (br) 'c'))", NULL},
        {"<abbr title=\"a &amp; b\" class=c>d</abbr>", "(doc (para (abbr \"a & b\" 'd')))", NULL},
        {"a<!-- b\nc -->d", "(doc (para 'ad'))", NULL},
        {"<img src=a.png alt='b \"c\"' width=3>", "(doc (para (image <a.png> 'b \"c\"')))", NULL},
        {"a <b>c</b>", "(doc (para 'a <b>c</b>'))",
         "MD2 1:3+3 '<b>' is shown as text\nMD2 1:7+4 '</b>' is shown as text\n"},
        {"a<?b?><![CDATA[c]]>", "(doc (para 'a<?b?><![CDATA[c]]>'))",
         "MD2 1:2+5 '<?b?>' is shown as text\nMD2 1:7+13 '<![CDATA[c]]>' is shown as text\n"},
        {"a<sup>b *c", "(doc (para 'a' (sup 'b *c')))", "MD2 1:2+5 <sup> is not closed\n"},
        {"a</sub>", "(doc (para 'a</sub>'))", "MD2 1:2+6 '</sub>' is shown as text\n"},
        {"x <sub><sup>a</sub>b</sup>", "(doc (para 'x ' (sub (sup 'a')) 'b</sup>'))",
         "MD2 1:8+5 <sup> is not closed\nMD2 1:21+6 '</sup>' is shown as text\n"},
        {"*a<sub>b*c</sub>", "(doc (para (em 'a' (sub 'b')) 'c</sub>'))",
         "MD2 1:3+5 <sub> is not closed\nMD2 1:11+6 '</sub>' is shown as text\n"},
        {"a <td>b", "(doc (para 'a <td>b'))", "MD2 1:3+4 '<td>' is shown as text\n"},
    };
    (void)state;
    RUN(examples);
}

static void html_blocks(void **state)
{
    static const struct example examples[] = {
        {"<details open>\n<summary>a &lt; b</summary>\n\n*c*\n\n- d\n\n</details>\n\ne",
         "(doc (details (summary 'a < b') (para (em 'c')) (list (item (para 'd')))) (para 'e'))",
         NULL},
        {"<details>\n\na\n\n<details>b", "(doc (details (para 'a') (details (para 'b'))))",
         "MD2 5:1+9 <details> is not closed\nMD2 1:1+9 <details> is not closed\n"},
        {"<summary>a</summary>", "(doc (para '<summary>a</summary>'))",
         "MD2 1:1+9 '<summary>' is shown as text\nMD2 1:11+10 '</summary>' is shown as text\n"},
        {"<!-- a\n\nb -->\n\nc", "(doc (para 'c'))", NULL},
        {"<!-- a\n\nb", "(doc (para '<!-- a' (soft) 'b'))",
         "MD2 1:1+9 '<!-- a\n\nb' is shown as text\n"},
        {"<?a\n<b?>\n\n<!C d>", "(doc (para '<?a' (soft) '<b?>') (para '<!C d>'))",
         "MD2 1:1+3 '<?a' is shown as text\nMD2 4:1+6 '<!C d>' is shown as text\n"},
        {"<script>\nalert(1)\n</script>",
         "(doc (para '<script>' (soft) 'alert(1)' (soft) '</script>'))",
         "MD2 1:1+8 '<script>' is shown as text\nMD2 3:1+9 '</script>' is shown as text\n"},
        {"<div\n a=\"b\">\nc\n", "(doc (para '<div' (soft) 'a=\"b\">' (soft) 'c'))",
         "MD2 1:1+12 '<div\n a=\"b\">' is shown as text\n"},
        {"<ul><li>a<li>b <kbd>c</kbd><ol start=4><li>d</ol></ul>",
         "(doc (list (item (para 'a')) (item (para 'b ' (kbd 'c')) (list 4 (item (para 'd'))))))",
         NULL},
        {"<ul>\n\n- a\n\nb</ul>", "(doc (list (item (list (item (para 'a'))) (para 'b</ul>'))))",
         "MD2 5:2+5 '</ul>' is shown as text\nMD2 1:1+4 <ul> is not closed\n"},
        {"<br>\n", "(doc (para (br)))", NULL},
    };
    (void)state;
    RUN(examples);
}

static void html_tables(void **state)
{
    static const struct example examples[] = {
        {"<table><tr><th>a<th>b</tr>\n<tr><td>c</table>",
         "(doc (table -- (row head (cell 'a') (cell 'b')) (row (cell 'c') (cell))))", NULL},
        {"<table><tr><td>a<tr><td colspan=2>b<td>c</table>",
         "(doc (table --- (row (cell 'a') (cell) (cell)) (row (cell 'b') (cell) (cell 'c'))))",
         NULL},
        {"<table><thead><tr><td>a</thead><tbody><tr><td>b</table>",
         "(doc (table - (row head (cell 'a')) (row (cell 'b'))))", NULL},
        /* Words between rows are in a cell of their own. */
        {"<table>a<tr>b</table>", "(doc (table - (row (cell 'a')) (row (cell 'b'))))", NULL},
        /* Only inlines stand in a cell. */
        {"<table><tr><td>\n\n# a\n\n- b\n- c\n\n```\nd\n```\n\n</table>",
         "(doc (table - (row (cell 'a' (br) 'b' (br) 'c' (br) (code 'd\n')))))", NULL},
        {"<table></table>\n\na", "(doc (para 'a'))", NULL},
        {"<table><tr><td colspan=9>a\n\n[^b]: <table><tr><td>c</table>\n\n[^b]",
         "(doc (table --------- (row (cell 'a' (br) (mark 1.1 #fn-1)) (cell) (cell) (cell) (cell) "
         "(cell) (cell) (cell) (cell))) (note 1.1 #fn-1 (table - (row (cell 'c')))))",
         "MD2 1:1+7 <table> is not closed\n"},
    };
    (void)state;
    RUN(examples);
}

/* -- Tables ----------------------------------------------------------------- */

static void cells_beyond(void **state)
{
    static const struct example examples[] = {
        {"|a|b|\n|-|-|\n|1|2|3 \\| 4|\n",
         "(doc (table -- (row head (cell 'a') (cell 'b')) (row (cell '1') (cell '2' ' | 3 \\| "
         "4'))))",
         "MD7 3:1+12 this row has more cells than the table has columns\n"},
        {"> a|\n> -|\n> |`x|`|y\n",
         "(doc (quote (table - (row head (cell 'a')) (row (cell '`x' ' | `|y')))))",
         "MD7 3:3+7 this row has more cells than the table has columns\n"},
    };
    (void)state;
    RUN(examples);
}

/* -- Bare links ------------------------------------------------------------- */

static void bare_links(void **state)
{
    static const struct example examples[] = {
        {"a http://b.c/d_(e). f",
         "(doc (para 'a ' (link <http://b.c/d_(e)> 'http://b.c/d_(e)') '. f'))", NULL},
        {"(see www.a.b/c)", "(doc (para '(see ' (link <http://www.a.b/c> 'www.a.b/c') ')'))", NULL},
        {"me@a.b, +x.y@c-d.e.",
         "(doc (para (link <mailto:me@a.b> 'me@a.b') ', ' (link "
         "<mailto:+x.y@c-d.e> '+x.y@c-d.e') '.'))",
         NULL},
        {"HTTPS://A.b?c&hl; d", "(doc (para (link <HTTPS://A.b?c> 'HTTPS://A.b?c') '&hl; d'))",
         NULL},
        {"http://localhost:8080/x \"https://a.b\"",
         "(doc (para (link <http://localhost:8080/x> 'http://localhost:8080/x') ' \"' (link "
         "<https://a.b> 'https://a.b') '\"'))",
         NULL},
        {"xhttp://a.b www. www.a_b a@b a@b.c_ ftp://a.b http:// javascript://a.b",
         "(doc (para 'xhttp://a.b www. www.a_b a@b a@b.c_ ftp://a.b http:// javascript://a.b'))",
         NULL},
        {"`http://a.b` [http://c.d](e) ![www.f.g](h)",
         "(doc (para (code 'http://a.b') ' ' (link <e> 'http://c.d') ' ' (image <h> 'www.f.g')))",
         NULL},
        {"**http://a.b**", "(doc (para (strong (link <http://a.b> 'http://a.b'))))", NULL},
    };
    (void)state;
    RUN(examples);
}

/* -- Headings --------------------------------------------------------------- */

static void heading_ids(void **state)
{
    static const struct example examples[] = {
        {"# A b_c-D!\n# A b_c-d\n# ?\n# !\n# A b_c-d-2\n",
         "(doc (h1 #h-a-b_c-d 'A b_c-D!') (h1 #h-a-b_c-d-2 'A b_c-d') (h1 #h-section '?') (h1 "
         "#h-section-2 '!') (h1 #h-a-b_c-d-2-2 'A b_c-d-2'))",
         NULL},
        {"# createElement `x`\n# \xC3\x9C\x62\x65r",
         "(doc (h1 #h-createelement-x 'createElement ' (code 'x')) (h1 #h-ber "
         "'\xC3\x9C\x62\x65r'))",
         NULL},
        {"# A[^b]\n\n[^b]: c", "(doc (h1 #h-a 'A' (mark 1.1 #fn-1)) (note 1.1 #fn-1 (para 'c')))",
         NULL},
        {"#### a\n# b\n### c\n## d\n###### e\n",
         "(doc (h4 #h-a 'a') (h1 #h-b 'b') (h3 #h-c 'c') (h2 #h-d 'd') (h6 #h-e 'e'))",
         "MD6 1:1+6 the first heading is of level 4; begin at level 1 or 2\n"
         "MD6 3:1+5 a heading of level 3 follows one of level 1\n"
         "MD6 5:1+8 a heading of level 6 follows one of level 2\n"},
        {"[a](#A-b) [b](#h-a-b-2) [c](#%C3%BCber) [d](#none)\n# A b\n# A b\n# \xC3\x9C\x62\x65r",
         "(doc (para (link <#h-a-b> 'a') ' ' (link <#h-a-b-2> 'b') ' ' (link <#h-ber> 'c') ' ' "
         "(link <#none> 'd')) (h1 #h-a-b 'A b') (h1 #h-a-b-2 'A b') (h1 #h-ber "
         "'\xC3\x9C\x62\x65r'))",
         NULL},
    };
    (void)state;
    RUN(examples);
    assert_str(md_heading_id(memory, S("Who decides?")), "h-who-decides");
    assert_str(md_heading_id(memory, S("…")), "h-section");
}

/* -- The tree --------------------------------------------------------------- */

static struct md_node *with_text(const char *text)
{
    struct md_node *n = md_new(memory, MD_TEXT, (struct span){0, 0, 0});
    n->text = str_from(text);
    return n;
}

static void surgery(void **state)
{
    struct md_node *para = md_new(memory, MD_PARA, (struct span){1, 2, 3});
    struct md_node *b = with_text("b"), *c = with_text("c"), *a = with_text("a");
    (void)state;
    md_append(para, b);
    md_append(para, c);
    md_insert_before(b, a);
    assert_str(md_dump(memory, para), "(para 'a' 'b' 'c')");
    md_remove(b);
    assert_str(md_dump(memory, para), "(para 'a' 'c')");
    md_remove(c);
    md_remove(a);
    assert_str(md_dump(memory, para), "(para)");
    md_append(para, b);
    assert_true(para->first == b && para->last == b && b->parent == para);
}

static void walk_and_skip(void **state)
{
    const struct md_node *root = md_parse_plain(memory, S("*a* **b** c"), false);
    struct buf seen = buf_in(memory, 64);
    (void)state;
    for (struct md_walk w = md_walk(root); md_step(&w);) {
        buf_fmt(&seen, w.enter ? "%d " : "-%d ", (int)w.node->kind);
        if (w.enter && w.node->kind == MD_EMPH)
            w.enter = false;
    }
    str expected = str_fmt(memory, "%d %d %d %d -%d %d %d -%d -%d %d -%d -%d -%d ", MD_DOCUMENT,
                           MD_PARA, MD_EMPH, MD_TEXT, MD_TEXT, MD_STRONG, MD_TEXT, MD_TEXT,
                           MD_STRONG, MD_TEXT, MD_TEXT, MD_PARA, MD_DOCUMENT);
    assert_str(buf_str(&seen), str_c(memory, expected));
}

static void text_of_tree(void **state)
{
    static const struct {
        const char *markdown, *text;
    } row[] = {
        {"# a *b* `c`", "a b c"},
        {"a\nb  \nc<br>d", "a b c d"},
        {"- a\n- b\n\n> c", "a b c"},
        {"|a|b|\n|-|-|\n|c|d|", "a b c d"},
        {"a[^b] ![c](d)\n\n[^b]: e", "a c e"},
        {"", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct diags *d = diags_new(memory);
        str text = str_from(row[i].markdown);
        uint32_t file = diags_source(d, S("a.md"), text);
        assert_str(md_text(memory, md_parse(memory, d, text, file, 0, NULL)), row[i].text);
    }
}

/* -- Front matter ----------------------------------------------------------- */

static void front_matter(void **state)
{
    static const struct {
        const char *text;
        bool closed;
        size_t from, to, body;
    } row[] = {
        {"", true, 0, 0, 0},
        {"a\n---\n", true, 0, 0, 0},
        {"---\na: b\n---\nc", true, 4, 9, 13},
        {"---\n---\nc", true, 4, 4, 8},
        {"--- \r\na: b\r\n---\t\r\nc", true, 6, 12, 18},
        {"\xEF\xBB\xBF---\na\n---", true, 7, 9, 12},
        {"---\na: b\n", false, 0, 0, 0},
        {"---", false, 0, 0, 0},
        {"----\na\n---\n", true, 0, 0, 0},
        {"---\na\n--- b\n---\n", true, 4, 12, 16},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        size_t from = 1, to = 1, body = 1;
        assert_int_equal(md_front_matter(str_from(row[i].text), &from, &to, &body), row[i].closed);
        assert_int_equal(from, row[i].from);
        assert_int_equal(to, row[i].to);
        assert_int_equal(body, row[i].body);
    }
}

int unit_md(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(inlines, set_up, tear_down),
        cmocka_unit_test_setup_teardown(footnotes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unused_definitions, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_in_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_blocks, set_up, tear_down),
        cmocka_unit_test_setup_teardown(html_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(cells_beyond, set_up, tear_down),
        cmocka_unit_test_setup_teardown(bare_links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(heading_ids, set_up, tear_down),
        cmocka_unit_test_setup_teardown(surgery, set_up, tear_down),
        cmocka_unit_test_setup_teardown(walk_and_skip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(text_of_tree, set_up, tear_down),
        cmocka_unit_test_setup_teardown(front_matter, set_up, tear_down),
    };
    return unit_run("md", cases);
}
