/* unit/html: elements on a stack, the three doors, document trees, tables. */
#include "unit.h"

#include <string.h>

#include "form/draw/drawing.h"
#include "form/table/table.h"
#include "html_check.h"
#include "model/model.h"
#include "text/md.h"
#include "write/html/html.h"

enum { ARENA_BYTES_MAX = 256 * 1024 * 1024 };

static struct arena *memory;
static struct buf out;
static struct html h;

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    out = buf_in(memory, 256);
    h = html_into(&out);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

/* What was written since the last call. */
static str written(void)
{
    html_done(&h);
    str all = str_dup(memory, buf_str(&out));
    out.n = 0;
    return all;
}

/* -- Elements and doors ----------------------------------------------------- */

static void elements(void **state)
{
    (void)state;
    html_open(&h, "p");
    html_attr(&h, "class", S("a \"b\" <c> & 'd'"));
    html_flag(&h, "hidden");
    html_attr_number(&h, "tabindex", -1);
    html_text(&h, S("1 < 2 & \"3\" > '0'"));
    html_void(&h, "br");
    html_element(&h, "b", "x", S("y"));
    html_newline(&h);
    html_newline(&h);
    html_open(&h, "i");
    html_close(&h, "i");
    html_raw(&h, S("<u>&amp;</u>"));
    html_close(&h, "p");
    assert_str(
        written(),
        "<p class=\"a &quot;b&quot; &lt;c&gt; &amp; &#39;d&#39;\" hidden tabindex=\"-1\">1 &lt; "
        "2 &amp; &quot;3&quot; &gt; &#39;0&#39;<br><b class=\"x\">y</b>\n<i></i><u>&amp;</u></p>");
}

static void close_other(void *self)
{
    (void)self;
    html_open(&h, "p");
    html_close(&h, "b");
}

static void close_none(void *self)
{
    (void)self;
    html_close(&h, "b");
}

static void leave_open(void *self)
{
    (void)self;
    html_open(&h, "p");
    html_done(&h);
}

static void late_attribute(void *self)
{
    (void)self;
    html_open(&h, "p");
    html_text(&h, S("a"));
    html_attr(&h, "class", S("b"));
}

static void attribute(void *self)
{
    html_open(&h, "p");
    html_attr(&h, self, S("b"));
}

static void misuse_dies(void **state)
{
    char said[512];
    (void)state;
    assert_int_not_equal(unit_dies(close_other, NULL, said, sizeof said), 0);
    assert_int_not_equal(unit_dies(close_none, NULL, said, sizeof said), 0);
    assert_int_not_equal(unit_dies(leave_open, NULL, said, sizeof said), 0);
    assert_int_not_equal(unit_dies(late_attribute, NULL, said, sizeof said), 0);
    static const char *const forbidden[] = {"style",  "onclick", "onx",        "href", "src",
                                            "srcset", "action",  "formaction", "data", "poster"};
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        assert_int_not_equal(
            unit_dies(attribute, (void *)(uintptr_t)forbidden[i], said, sizeof said), 0);
    assert_int_equal(unit_dies(attribute, "class", said, sizeof said), 0);
}

static void addresses(void **state)
{
    static const struct {
        const char *url;
        bool safe;
    } row[] = {
        {"http://a.b", true},
        {"HTTPS://a.b", true},
        {"mailto:a@b.c", true},
        {"tel:+1", true},
        {"a.html", true},
        {"../a.html?b:c#d:e", true},
        {"./a:b", true},
        {"#a", true},
        {"?a", true},
        {"", false},
        {"/a", false},
        {"//a.b", false},
        {"\\\\a.b", false},
        {"\\a", false},
        {" a", false},
        {"\ta", false},
        {"\x01javascript:a", false},
        {"javascript:a", false},
        {"JavaScript:a", false},
        {"java\nscript:a", false},
        {"data:text/html,a", false},
        {"data:image/png;base64,a", false},
        {"vbscript:a", false},
        {"file:///a", false},
        {"ftp://a.b", false},
        {"blob:a", false},
        {"view-source:a", false},
        {"a:b", false},
        {":a", false},
        {"http:a", false},
        {"https:/a.b", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        if (html_url_is_safe(str_from(row[i].url)) != row[i].safe)
            fail_msg("'%s'", row[i].url);
        html_open(&h, "a");
        assert_int_equal(html_url(&h, "href", str_from(row[i].url)), row[i].safe);
        html_close(&h, "a");
        assert_null(html_fault(memory, written()));
    }
    assert_true(html_url_is_external(S("hTTp://a")) && !html_url_is_external(S("mailto:a")));
}

static void encoded_addresses(void **state)
{
    (void)state;
    html_open(&h, "a");
    html_url(&h, "href", S("a b\"c<d>'&\\[\xC3\xA9]`{|}^\n%41#x"));
    html_close(&h, "a");
    assert_str(written(),
               "<a href=\"a%20b%22c%3Cd%3E&#39;&amp;%5C%5B%C3%A9%5D%60%7B%7C%7D%5E%0A%41#x\"></a>");
}

/* -- Trees ------------------------------------------------------------------ */

static struct type_def record_type;
static struct record seen_record, hidden_record;

static str href(void *self, struct arena *a, const struct record *r)
{
    (void)self;
    (void)a;
    return r == &hidden_record ? S("") : S("r/sup-1.html");
}

static str picture(void *self, struct arena *a, str url)
{
    (void)self;
    (void)a;
    return str_eq(url, S("there.png")) ? S("d/x/there.png") : S("");
}

static void drawing(void *self, struct html *w, const struct drawing *d)
{
    (void)self;
    html_element(w, "div", "figure", d->title);
}

static void contents(void *self, struct html *w)
{
    (void)self;
    html_element(w, "div", "toc", S("contents"));
}

static struct html_context context(void)
{
    record_type = (struct type_def){.key = S("supplier")};
    seen_record = (struct record){.type = &record_type, .id = S("SUP-1"), .title = S("Ink & Co")};
    hidden_record = (struct record){.type = &record_type, .id = S("SUP-2"), .title = S("Ghost")};
    return (struct html_context){.page_path = S("d/a.html"), .href = href, .arena = memory};
}

static str shown_with(const struct html_context *c, const char *markdown)
{
    struct diags *d = diags_new(memory);
    str text = str_from(markdown);
    html_tree(&h, c, md_parse(memory, d, text, diags_source(d, S("a.md"), text), 0, NULL));
    return written();
}

static str shown(const char *markdown)
{
    struct html_context c = context();
    return shown_with(&c, markdown);
}

static void trees(void **state)
{
    static const struct {
        const char *markdown, *html;
    } row[] = {
        {"# A\n\nb *c* **d** ~~e~~ `f<`\\\ng",
         "<h1 id=\"h-a\">A</h1>\n<p>b <em>c</em> <strong>d</strong> <s>e</s> "
         "<code>f&lt;</code><br>\ng</p>\n"},
        {"> a\n\n***\n", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"},
        {"2. a\n   - b\n\n3. c",
         "<ol start=\"2\">\n<li>\n<p>a</p>\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>\n<p>c</p>\n</li>\n"
         "</ol>\n"},
        {"```sh x\n<a>\n```",
         "<pre tabindex=\"0\"><code class=\"language-sh\">&lt;a&gt;\n</code></pre>\n"},
        {"- [ ] a *b*\n- [x] c\n  - d\n- [ ]\n\n  ```\n  e\n  ```\n",
         "<ul class=\"task-list\">\n<li><input type=\"checkbox\" id=\"task-1\">\n<p><label "
         "for=\"task-1\">a <em>b</em></label></p>\n</li>\n<li><input checked type=\"checkbox\" "
         "id=\"task-2\">\n<p><label for=\"task-2\">c</label></p>\n<ul>\n<li>d</li>\n</ul>\n</li>\n"
         "<li>\n<p>[ ]</p>\n<pre tabindex=\"0\"><code>e\n</code></pre>\n</li>\n</ul>\n"},
        {"## T\n\n|a||\n|-|-:|\n|b|c|\n",
         "<h2 id=\"h-t\">T</h2>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
         "aria-label=\"Table 1, T\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\">a</th>\n<td "
         "class=\"align-right\"></td>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n<td "
         "class=\"align-right\">c</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
        {"a[^b] c[^b]\n\n[^b]: d",
         "<p>a<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\" aria-label=\"Footnote "
         "1\">1</a></sup> c<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1-2\" "
         "aria-label=\"Footnote 1\">1</a></sup></p>\n<section class=\"footnotes\" "
         "aria-label=\"Footnotes\">\n<ol>\n<li id=\"fn-1\">\n<p>d <a href=\"#fnref-1\" "
         "aria-label=\"Back to mark 1\">↩</a> <a href=\"#fnref-1-2\" aria-label=\"Back to mark 1, "
         "place 2\">↩</a></p>\n</li>\n</ol>\n</section>\n"},
        {"<details><summary>a</summary>\n\nb\n\n</details>",
         "<details>\n<summary>a</summary>\n<p>b</p>\n</details>\n"},
        {"a<sub>b</sub><br><abbr title='\"'>c</abbr><mark>d</mark>",
         "<p>a<sub>b</sub><br><abbr title=\"&quot;\">c</abbr><mark>d</mark></p>\n"},
        {"<table><tr><td>a</table>",
         "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table 1\">\n<table>\n"
         "<tbody>\n<tr>\n<td>a</td>\n</tr>\n</tbody>\n</table>\n</div>\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str got = shown(row[i].markdown);
        assert_str(got, row[i].html);
        assert_null(html_fault(memory, got));
    }
}

static void links(void **state)
{
    static const struct {
        const char *markdown, *html;
    } row[] = {
        {"[a](b.html?c#d)", "<a href=\"b.html?c#d\">a</a>"},
        {"[a](../x/b.html)", "<a href=\"../x/b.html\">a</a>"},
        {"[a](../../b.html)", "a"}, /* leaves the tree */
        {"[a](/b)", "a"},
        {"[a](//b.c)", "a"},
        {"[a](javascript:b)", "a"},
        {"[a]()", "a"},
        {"[a](#b)", "<a href=\"#b\">a</a>"},
        {"[a](mailto:b@c.d)", "<a href=\"mailto:b@c.d\">a</a>"},
        {"[a](tel:+1 \"b\")", "<a href=\"tel:+1\" title=\"b\">a</a>"},
        {"[a](https://b.c)",
         "<a href=\"https://b.c\" class=\"external\" rel=\"noopener noreferrer\">a</a>"},
        {"![a *b*](c.png \"d\")", "<img src=\"c.png\" alt=\"a b\" title=\"d\" loading=\"lazy\">"},
        {"![a](http://b.c/d.png)", "a"},
        {"![a](data:image/png;base64,b)", "a"},
        {"![a](../../b.png)", "a"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++)
        assert_str(shown(row[i].markdown),
                   str_c(memory, str_fmt(memory, "<p>%s</p>\n", row[i].html)));
}

static void pictures_are_looked_up(void **state)
{
    struct html_context c = context();
    (void)state;
    c.picture = picture;
    assert_str(shown_with(&c, "![a](there.png) ![b](gone.png)"),
               "<p><img src=\"x/there.png\" alt=\"a\" loading=\"lazy\"> b</p>\n");
}

static struct md_node *put(struct md_node *parent, enum md_kind kind, const char *text)
{
    struct md_node *n = md_new(memory, kind, (struct span){0, 0, 0});
    n->text = str_from(text);
    md_append(parent, n);
    return n;
}

static void links_to_records(void **state)
{
    struct html_context c = context();
    struct md_node *para = md_new(memory, MD_PARA, (struct span){0, 0, 0});
    struct md_node *link = put(para, MD_LINK, ""), *other = put(para, MD_LINK, "");
    (void)state;
    put(link, MD_TEXT, "the printer");
    put(other, MD_TEXT, "SUP-1 Ink");
    link->target = other->target = &seen_record;
    other->url = S("#Who calls?");
    html_tree(&h, &c, para);
    assert_str(written(), "<p><a href=\"../r/sup-1.html\" data-id=\"SUP-1\">the printer</a><a "
                          "href=\"../r/sup-1.html#h-who-calls\">SUP-1 Ink</a></p>\n");
    link->target = other->target = &hidden_record;
    html_tree(&h, &c, para);
    assert_str(written(), "<p>the printerSUP-1 Ink</p>\n");
}

static void forms(void **state)
{
    static const struct column columns[] = {{S_INIT("a"), S_INIT("A"), COLUMN_TEXT}};
    struct html_context c = context();
    struct table *t = table_new(memory, S("t"), S("Things"), columns, 1);
    struct drawing d = {.title = S("Map"), .table = t};
    struct md_node *root = md_new(memory, MD_DOCUMENT, (struct span){0, 0, 0});
    struct md_node *para = put(root, MD_PARA, "");
    (void)state;
    put(para, MD_GAP, "[Name]");
    put(root, MD_PAGE_BREAK, "");
    put(root, MD_CONTENTS, "");
    put(root, MD_FORM_DRAWING, "")->drawing = &d;
    put(root, MD_FORM_TABLE, "")->table = t;
    struct md_node *heading = put(root, MD_HEADING, "");
    heading->heading.level = 2;
    heading->title = S("4.2");
    heading->id = S("h-a");
    c.drawing = drawing;
    c.contents = contents;
    t->id = S("");
    html_tree(&h, &c, root);
    str got = written();
    assert_true(str_starts(got, S("<p><mark class=\"gap\">to do: [Name]</mark></p>\n<hr "
                                  "class=\"page-break\">\n<div class=\"toc\">contents</div>\n<div "
                                  "class=\"figure\">Map</div>\n<div class=\"scroll\" ")));
    assert_true(str_ends(got, S("</div>\n<h2 id=\"h-a\"><span class=\"heading-number\">4.2</span> "
                                "</h2>\n")));
    assert_null(html_fault(memory, got));
    c.drawing = NULL;
    c.contents = NULL;
    html_tree(&h, &c, root);
    assert_null(html_fault(memory, written()));
}

static void put_folio(struct md_node *entry, const char *url, const char *words)
{
    struct md_node *link = put(entry, MD_LINK, "");
    link->url = str_from(url);
    link->is_folio = true;
    put(link, MD_TEXT, words);
}

/* What a binder is made of: on screen a part is a section, an index a list of links. */
static void parts_and_index(void **state)
{
    struct html_context c = context();
    struct md_node *root = md_new(memory, MD_DOCUMENT, (struct span){0, 0, 0});
    struct md_node *part = put(root, MD_PART, "C");
    (void)state;
    part->title = S("Call lists");
    part->id = S("h-calls");
    put(put(part, MD_PARA, ""), MD_TEXT, "Who is called.");
    struct md_node *entry = put(put(root, MD_INDEX, ""), MD_PARA, "");
    put(entry, MD_TEXT, "Fire");
    put_folio(entry, "#h-calls", "Call lists");
    put_folio(entry, "#h-calls", "Again");
    assert_str(md_text(memory, root), "C Call lists Who is called. Fire Call lists Again");
    html_tree(&h, &c, root);
    assert_str(
        written(),
        "<section class=\"part\">\n<h2 id=\"h-calls\"><span class=\"heading-number\">C</span> "
        "Call lists</h2>\n<p>Who is called.</p>\n</section>\n<ul class=\"index\">\n"
        "<li>Fire, <a href=\"#h-calls\">Call lists</a>, <a href=\"#h-calls\">Again</a></li>\n"
        "</ul>\n");
}

/* Two trees in one page: ids differ by what the page puts before them. */
static void ids_of_several_trees(void **state)
{
    const char *markdown = "# A\n\n[b](#a) c[^d]\n\n- [ ] e\n\n[^d]: f\n";
    struct html_context c = context();
    (void)state;
    c.ids = S("one-");
    str first = shown_with(&c, markdown);
    assert_true(str_find(first, S("<h1 id=\"one-h-a\">A</h1>\n<p><a href=\"#one-h-a\">"), 0) == 0);
    assert_true(str_find(first, S("for=\"one-task-1\""), 0) != SIZE_MAX);
    assert_true(str_find(first, S("href=\"#one-fn-1\" id=\"one-fnref-1\""), 0) != SIZE_MAX);
    c.ids = S("");
    str second = shown_with(&c, markdown);
    assert_null(
        html_fault(memory, str_fmt(memory, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(second))));
}

/* The plain mode is what the suites of examples are run in (tests/spec). */
static void plain(void **state)
{
    struct html_context c = context();
    (void)state;
    h.plain = true;
    html_tree(
        &h, &c,
        md_parse_plain(memory, S("# a\n\n<b onclick='c'>d  \ne\n\n<hr>\n\n- [x] f\n"), false));
    assert_str(written(), "<h1>a</h1>\n<p><b onclick='c'>d<br />\ne</p>\n<hr>\n<ul>\n<li><input "
                          "checked=\"\" disabled=\"\" type=\"checkbox\" /> f</li>\n</ul>\n");
}

/* -- Tables ----------------------------------------------------------------- */

static void tables(void **state)
{
    static const struct column columns[] = {
        {S_INIT("id"), S_INIT("Id"), COLUMN_CODE},
        {S_INIT("n"), S_INIT("Count"), COLUMN_NUMBER},
        {S_INIT("d"), S_INIT("Due <b>"), COLUMN_DATE},
        {S_INIT("s"), S_INIT("Status"), COLUMN_CHIP},
        {S_INIT("t"), S_INIT("Text"), COLUMN_PROSE},
    };
    static const struct piece chips[] = {{S_INIT("open"), NULL, TONE_WARN},
                                         {S_INIT("late"), NULL, TONE_BAD},
                                         {S_INIT("x"), &hidden_record, TONE_NONE}};
    struct html_context c = context();
    struct table *t = table_new(memory, S("things"), S("Things & more"), columns, 5);
    struct cell *cells = table_row(memory, t);
    (void)state;
    cells[0] = cell_link(memory, &seen_record, S("SUP-1"));
    cells[1] = cell_text(memory, S("7"));
    cells[1].sort = S("0007");
    cells[3] = (struct cell){.pieces = chips, .count = 3};
    cells[4] = cell_text(memory, S("<script>"));
    t->head_column = true;
    t->note = S("a note");
    html_table(&h, &c, t, "sortable");
    str got = written();
    assert_str(
        got, "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Things &amp; "
             "more\">\n<table id=\"things\" class=\"sortable\">\n<caption>Things &amp; more"
             "</caption>\n<thead><tr>\n<th scope=\"col\">Id</th>\n<th scope=\"col\" "
             "class=\"number\">Count</th>\n<th scope=\"col\">Due &lt;b&gt;</th>\n<th "
             "scope=\"col\">Status</th>\n<th scope=\"col\">Text</th>\n</tr></thead>\n<tbody>\n"
             "<tr>\n<th scope=\"row\" class=\"code-cell\"><a href=\"../r/sup-1.html\">SUP-1</a>"
             "</th>\n<td class=\"number\" data-sort=\"0007\">7</td>\n<td class=\"date none\" "
             "data-sort=\"\"></td>\n<td><span class=\"chip warn\">open</span> <span class=\"chip "
             "bad\">late</span>, x</td>\n<td class=\"words\">&lt;script&gt;</td>\n</tr>\n</tbody>\n"
             "</table>\n</div>\n<p class=\"note\">a note</p>\n");
    assert_null(html_fault(memory, got));
}

static void empty_tables(void **state)
{
    static const struct column columns[] = {{S_INIT("a"), S_INIT("A"), COLUMN_TEXT},
                                            {S_INIT("b"), S_INIT("B"), COLUMN_TEXT}};
    struct html_context c = context();
    struct table *t = table_new(memory, S(""), S("None"), columns, 2);
    (void)state;
    html_table(&h, &c, t, NULL);
    str got = written();
    assert_true(str_find(got, S("<td class=\"note\" colspan=\"2\">nothing recorded</td>"), 0) !=
                SIZE_MAX);
    assert_null(html_fault(memory, got));
    t->note = S("not for you");
    html_table(&h, &c, t, NULL);
    got = written();
    assert_true(str_find(got, S("colspan=\"2\">not for you</td>"), 0) != SIZE_MAX);
    assert_true(str_find(got, S("<p"), 0) == SIZE_MAX);
}

/* -- The referee ------------------------------------------------------------ */

static void checker_sees(void **state)
{
    static const struct {
        const char *html, *fault;
    } row[] = {
        {"<p>a</p><br><img src=\"a.png\" alt=\"\">", NULL},
        {"<p>a", "not closed: 'p'"},
        {"a</p>", "an end tag without a start 'p'"},
        {"<p><em>a</p></em>", "an end tag without a start 'p'"},
        {"<script>a</script>", "an unexpected element 'script'"},
        {"<p onclick=\"a\">b</p>", "an unexpected attribute 'onclick'"},
        {"<p style=\"a\">b</p>", "an unexpected attribute 'style'"},
        {"<p class=a>b</p>", "no quotes around attribute 'class'"},
        {"<p class=\"<b>\">b</p>", "a bare angle bracket in attribute 'class'"},
        {"<a href=\"javascript:a\">b</a>", "an address leads where it must not 'javascript:a'"},
        {"<a href=\"JAVASCRIPT&amp;:a\">b</a>",
         "an address leads where it must not 'javascript&:a'"},
        {"<a href=\"//a.b\">b</a>", "an address leads where it must not '//a.b'"},
        {"<a href=\"java\tscript:a\">b</a>", "an address holds a character that must be encoded"},
        {"<p id=\"a\">b</p><p id=\"a\">b</p>", "an id stands twice: 'a'"},
        {"a > b", "a bare '>'"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const char *fault = html_fault(memory, str_from(row[i].html));
        if (row[i].fault == NULL)
            assert_null(fault);
        else
            assert_string_equal(fault ? fault : "none", row[i].fault);
    }
    str missing;
    assert_true(words_survive(S("a b"), S("xa, yb!"), &missing));
    assert_false(words_survive(S("b a"), S("a b"), &missing));
    assert_str(html_visible(memory, S("<p title=\"x\">a &lt; b</p>")), "a < b");
}

int unit_html(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test_setup_teardown(elements, set_up, tear_down),
        cmocka_unit_test_setup_teardown(misuse_dies, set_up, tear_down),
        cmocka_unit_test_setup_teardown(addresses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(encoded_addresses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(trees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links, set_up, tear_down),
        cmocka_unit_test_setup_teardown(pictures_are_looked_up, set_up, tear_down),
        cmocka_unit_test_setup_teardown(links_to_records, set_up, tear_down),
        cmocka_unit_test_setup_teardown(forms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(parts_and_index, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_of_several_trees, set_up, tear_down),
        cmocka_unit_test_setup_teardown(plain, set_up, tear_down),
        cmocka_unit_test_setup_teardown(tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(empty_tables, set_up, tear_down),
        cmocka_unit_test_setup_teardown(checker_sees, set_up, tear_down),
    };
    return unit_run("html", cases);
}
