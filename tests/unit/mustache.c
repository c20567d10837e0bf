/* unit/mustache: strict templates, their reports, places and limits.
 *
 * What the language means is the suites' matter (tests/spec). */
#include "unit.h"

#include <string.h>
#include <time.h>

#include "base/diag_int.h"
#include "text/mustache.h"

enum { ARENA_BYTES_MAX = 1 << 30, SECONDS_MAX = 5 };

static struct arena *memory;
static struct diags *found;

/* -- Helpers ----------------------------------------------------------------------------------- */

static int set_up(void **state)
{
    (void)state;
    memory = arena_new("unit", ARENA_BYTES_MAX);
    found = diags_new(memory);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_free(memory);
    return 0;
}

/* One line a finding: rule, file:off+len, text; its hint and related places. */
static str findings(void)
{
    struct buf b = buf_in(memory, 256);
    for (size_t i = 0; i < found->count; i++) {
        const struct finding *f = &found->findings[i];
        buf_fmt(&b, "%s %u:%u+%u " STR_FMT "\n", f->rule->id, f->at.file, f->at.off, f->at.len,
                STR_ARG(f->text));
        if (f->hint.n != 0)
            buf_fmt(&b, "  " STR_FMT "\n", STR_ARG(f->hint));
        for (const struct note *n = f->notes; n != NULL; n = n->next)
            buf_fmt(&b, "  %u:%u+%u " STR_FMT "\n", n->at.file, n->at.off, n->at.len,
                    STR_ARG(n->text));
    }
    found = diags_new(memory);
    return buf_str(&b);
}

/* Other templates by name, each a file of its own: 2, 3, … */
static struct {
    const char *name, *text;
} others[8];

static const struct template *find_other(void *self, str name)
{
    bool *lenient = self;
    for (uint32_t i = 0; i < 8 && others[i].name != NULL; i++) {
        if (str_eq(name, str_from(others[i].name)))
            return template_compile(memory, found, 2 + i, str_from(others[i].text), 0,
                                    TEMPLATE_HTML, *lenient);
    }
    return NULL;
}

static str render_as(str text, struct tval data, enum template_language language, bool lenient)
{
    struct template_loader loader = {&lenient, find_other};
    struct template *t = template_compile(memory, found, 1, text, 0, language, lenient);
    struct buf out = buf_in(memory, 0);
    size_t before = diags_count(found, SEVERITY_ERROR);
    bool fine = template_render(t, data, &loader, found, &out, NULL);
    assert_true(fine == (diags_count(found, SEVERITY_ERROR) == before));
    return buf_str(&out);
}

static str render(const char *text, struct tval data)
{
    return render_as(str_from(text), data, TEMPLATE_HTML, false);
}

static const struct tval null = {.kind = TV_NULL};

static str has_text(const void *self)
{
    return str_from(self);
}

static struct tval titled_text(const void *self, struct arena *a)
{
    (void)a;
    return tval_text(has_text(self));
}

static struct tval titled_get(const void *self, name_id name, struct arena *a)
{
    (void)a;
    return name == name_of(S("title")) ? tval_text(has_text(self)) : (struct tval){0};
}

static size_t titled_count(const void *self)
{
    return strlen(self);
}

static struct tval titled_at(const void *self, size_t index, struct arena *a)
{
    (void)a;
    return tval_text((str){(const char *)self + index, 1});
}

/* A record and a list that can be printed themselves, a record that cannot list
 * its names. */
static const struct tval_ops titled = {.get = titled_get, .count = titled_count,
                                       .at = titled_at, .text = titled_text};

static struct tval example(void)
{
    struct tmap *m = tmap_new(memory), *activity = tmap_new(memory), *act = tmap_new(memory);
    struct tlist *steps = tlist_new(memory);
    tlist_add(steps, tval_text(S("call")));
    tlist_add(steps, tval_text(S("go")));
    tmap_put(act, S("name"), tval_text(S("Payroll & <tax>")));
    tmap_put(act, S("rto"), tval_text(S("4h")));
    tmap_put(act, S("owner"), null);
    tmap_put(activity, S("ACT-001"), tmap_value(act));
    tmap_put(m, S("activity"), tmap_value(activity));
    tmap_put(m, S("steps"), tlist_value(steps));
    tmap_put(m, S("draft"), tval_bool(true));
    tmap_put(m, S("final"), tval_bool(false));
    tmap_put(m, S("deputy"), null);
    tmap_put(m, S("code"), tval_text(S("as long ")));
    tmap_put(m, S("badge"), tval_markup(S("<b>new</b>")));
    tmap_put(m, S("lead"), (struct tval){.kind = TV_MAP, .of = {&titled, "Ana"}});
    tmap_put(m, S("team"), (struct tval){.kind = TV_LIST, .of = {&titled, "AB"}});
    return tmap_value(m);
}

/* -- Values ------------------------------------------------------------------------------------ */

static void values(void **state)
{
    (void)state;
    assert_str(render("{{activity.ACT-001.name}} {{draft}}/{{final}} {{badge}}", example()),
               "Payroll &amp; &lt;tax&gt; true/false <b>new</b>");
    assert_str(render("{{lead}} {{lead.title}} {{team}} {{#team}}[{{.}}]{{/team}}", example()),
               "Ana Ana AB [A][B]");
    assert_str(findings(), "");
}

static void null_is_known(void **state)
{
    (void)state;
    assert_str(render("[{{deputy}}{{deputy.name.first}}{{#deputy}}x{{/deputy}}"
                      "{{#deputy.on}}x{{/deputy.on}}{{^deputy}}none{{/deputy}}{{>*deputy}}]",
                      example()),
               "[none]");
    assert_str(render("{{#activity.ACT-001}}[{{owner}}]{{/activity.ACT-001}}", example()), "[]");
    assert_str(findings(), "");
}

static void escapes_for_its_language(void **state)
{
    (void)state;
    struct tmap *m = tmap_new(memory);
    tmap_put(m, S("v"), tval_text(S("a|b\n<c>")));
    tmap_put(m, S("m"), tval_markup(S("|\n<c>")));
    struct tval data = tmap_value(m);
    assert_str(render_as(S("| {{v}} |{{m}}"), data, TEMPLATE_MARKDOWN, false),
               "| a\\|b \\<c\\> ||\n<c>");
    assert_str(render_as(S("{{v}} {{m}}"), data, TEMPLATE_HTML, false), "a|b\n&lt;c&gt; |\n<c>");
    assert_str(render_as(S("{{v}} {{m}}"), data, TEMPLATE_TEXT, false), "a|b\n<c> |\n<c>");
    assert_str(render_as(S("{{{v}}} {{m}}"), data, TEMPLATE_HTML, true), "a|b\n<c> |\n<c>");
    assert_str(findings(), "");
}

/* A table in a Markdown template keeps one line for each row. */
static void rows_stay_rows(void **state)
{
    (void)state;
    struct tmap *m = tmap_new(memory), *row = tmap_new(memory);
    struct tlist *l = tlist_new(memory);
    tmap_put(row, S("id"), tval_text(S("SUP-1")));
    tmap_put(row, S("note"), tval_text(S("first | line\nsecond\n")));
    tlist_add(l, tmap_value(row));
    tlist_add(l, tmap_value(row));
    tmap_put(m, S("rows"), tlist_value(l));
    assert_str(render_as(S("| id | note |\n|----|------|\n{{#rows}}\n| {{id}} | {{note}} |\n"
                           "{{/rows}}\n"),
                         tmap_value(m), TEMPLATE_MARKDOWN, false),
               "| id | note |\n|----|------|\n| SUP-1 | first \\| line second |\n"
               "| SUP-1 | first \\| line second |\n");
}

static void plain(void **state)
{
    (void)state;
    struct {
        const char *text;
        bool plain;
    } row[] = {{"", true}, {"no tag }} { {", true}, {"{{! note }}", false}, {"{{broken", false}};
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const struct template *t = template_compile(memory, found, 1, str_from(row[i].text), 0,
                                                    TEMPLATE_HTML, false);
        assert_true(template_is_plain(t) == row[i].plain);
    }
    assert_str(render("", null), "");
    assert_str(render("no tag\n", (struct tval){0}), "no tag\n");
    assert_str(render("[{{.}}]", (struct tval){0}), "[]");
}

static void appends_and_repeats(void **state)
{
    (void)state;
    const struct template *t = template_compile(
        memory, found, 1, S("{{#steps}}{{.}};{{/steps}}"), 0, TEMPLATE_HTML, false);
    struct buf out = buf_in(memory, 0);
    buf_lit(&out, "> ");
    for (int i = 0; i < 3; i++)
        assert_true(template_render(t, example(), NULL, found, &out, NULL));
    assert_str(buf_str(&out), "> call;go;call;go;call;go;");
}

/* -- Unknown names ----------------------------------------------------------------------------- */

static void unknown_names(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed, *reported;
    } row[] = {
        {"a {{actvity}} b", "a  b",
         "MU2 1:2+11 unknown name 'actvity'\n  did you mean 'activity'?\n"},
        {"{{something}}", "", "MU2 1:0+13 unknown name 'something'\n"},
        {"{{ activity.ACT-001.rot }}", "",
         "MU2 1:0+26 unknown name 'rot' in 'activity.ACT-001.rot'\n  did you mean 'rto'?\n"},
        {"{{activity.ACT-002.rto}}", "",
         "MU2 1:0+24 unknown name 'ACT-002' in 'activity.ACT-002.rto'\n"
         "  did you mean 'ACT-001'?\n"},
        {"{{acivity.ACT-001}}", "",
         "MU2 1:0+19 unknown name 'acivity' in 'acivity.ACT-001'\n"
         "  did you mean 'activity'?\n"},
        {"{{activity.ACT-001.rto.hours}}", "",
         "MU2 1:0+30 unknown name 'hours' in 'activity.ACT-001.rto.hours'\n"},
        {"{{lead.titel}}", "", "MU2 1:0+14 unknown name 'titel' in 'lead.titel'\n"},
        {"{{#step}}x{{/step}}", "",
         "MU2 1:0+9 unknown name 'step'\n  did you mean 'steps'?\n"},
        {"{{^stepps}}x{{/stepps}}", "",
         "MU2 1:0+11 unknown name 'stepps'\n  did you mean 'steps'?\n"},
        {"{{#activity}}{{#ACT-001}}{{drafd}}{{/ACT-001}}{{/activity}}", "",
         "MU2 1:25+9 unknown name 'drafd'\n  did you mean 'draft'?\n"},
        {"{{*lead}}", "", "MU2 1:0+9 unknown name '*lead'\n  did you mean 'lead'?\n"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_str(render(row[i].text, example()), row[i].printed);
        assert_str(findings(), row[i].reported);
    }
}

static void prints_no_groups(void **state)
{
    (void)state;
    assert_str(render("[{{activity.ACT-001}}{{steps}}{{.}}]", example()), "[]");
    assert_str(findings(),
               "MU2 1:1+20 'activity.ACT-001' is a group of values and cannot be printed itself\n"
               "  name one of its values, as in {{activity.ACT-001.name}}\n"
               "MU2 1:21+9 'steps' is a list and cannot be printed itself\n"
               "  print its items one by one: {{#steps}} … {{/steps}}\n"
               "MU2 1:30+5 '.' is a group of values and cannot be printed itself\n"
               "  name one of its values\n");
    assert_str(render_as(S("[{{activity}}{{steps}}{{.}}{{nobody}}]"), example(), TEMPLATE_HTML,
                         true),
               "[]");
    assert_str(findings(), "");
}

static void reports_a_tag_once(void **state)
{
    (void)state;
    assert_str(render("{{#steps}}{{nope}}{{/steps}}{{nope}}", example()), "");
    assert_str(findings(), "MU2 1:10+8 unknown name 'nope'\nMU2 1:28+8 unknown name 'nope'\n");
    struct buf many = buf_in(memory, 4096);
    for (int i = 0; i < 1000; i++)
        buf_lit(&many, "{{nope}}");
    render_as(buf_str(&many), example(), TEMPLATE_HTML, false);
    assert_int_equal(diags_count(found, SEVERITY_ERROR), 100);
}

static void other_templates(void **state)
{
    (void)state;
    others[0].name = "row";
    others[0].text = "<{{titel}}>";
    others[1].name = "page";
    others[1].text = "{{#steps}}{{$body}}{{/body}}{{/steps}}";
    others[2].name = NULL;
    assert_str(render("{{>row}}{{>rwo}}{{<page}}{{$body}}{{nope}}{{/body}}{{/page}}", example()),
               "<>");
    assert_str(findings(), "MU2 2:1+9 unknown name 'titel'\n"
                           "  1:0+8 brought in from here\n"
                           "MU2 1:8+8 there is no template 'rwo'\n"
                           "MU2 1:34+8 unknown name 'nope'\n");
    assert_str(render("{{<nope}}{{/nope}}{{>*lead}}{{>*steps}}{{>*nope}}{{>*badge}}", example()),
               "");
    assert_str(findings(), "MU2 1:0+9 there is no template 'nope'\n"
                           "MU2 1:18+10 there is no template 'Ana'\n"
                           "MU2 1:28+11 'steps' is no text, so it names no template\n"
                           "MU2 1:39+10 unknown name 'nope'\n"
                           "MU2 1:49+11 there is no template '<b>new</b>'\n");
    struct buf out = buf_in(memory, 0);
    const struct template *t =
        template_compile(memory, found, 1, S("{{>row}}"), 0, TEMPLATE_HTML, false);
    assert_false(template_render(t, example(), NULL, found, &out, NULL));
    assert_str(findings(), "MU2 1:0+8 there is no template 'row'\n");
}

/* -- Mistakes in the text ---------------------------------------------------------------------- */

static void mistakes(void **state)
{
    (void)state;
    static const struct {
        const char *text, *printed, *reported;
    } row[] = {
        {"a {{{draft}}} b", "a {{{draft}}} b",
         "MU4 1:2+11 '{{{draft}}}' asks for raw output\n"},
        {"{{&draft}}", "{{&draft}}", "MU4 1:0+10 '{{&draft}}' asks for raw output\n"},
        {"a {{draft", "a {{draft", "MU1 1:2+2 the tag is not closed\n"
                                   "  to print the braces themselves, change the delimiters: "
                                   "{{=<% %>=}}\n"},
        {"{{a\n{{draft}}", "{{a\ntrue", "MU1 1:0+2 the tag is not closed where it should be\n"
                                        "  to print the braces themselves, change the "
                                        "delimiters: {{=<% %>=}}\n"},
        {"{{{a}} {{draft}}", "{{{a}} true",
         "MU1 1:0+2 the tag is not closed\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{{a}} {{{draft}}}", "{{{a}} {{{draft}}}",
         "MU1 1:0+2 the tag is not closed where it should be\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"
         "MU4 1:7+11 '{{{draft}}}' asks for raw output\n"},
        {"{{{a}}b}}}", "{{{a}}b}}}",
         "MU1 1:0+2 the tag is not closed where it should be\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{a {{b", "{{a {{b", "MU1 1:0+2 the tag is not closed\n"
                               "  to print the braces themselves, change the delimiters: "
                               "{{=<% %>=}}\n"},
        {"{{=a}} {{draft}} and a good deal more of text, up to the next of these: {{=a b=}}",
         "{{=a}} true and a good deal more of text, up to the next of these: ",
         "MU1 1:0+2 new delimiters must stand between two '='\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{}}", "{{}}", "MU1 1:0+4 the tag has no name\n"},
        {"{{# }}x", "{{# }}x", "MU1 1:0+6 the tag has no name\n"},
        {"{{dra ft}}", "{{dra ft}}", "MU1 1:0+10 a name has no blanks in it\n"},
        {"{{draft.}}", "{{draft.}}", "MU1 1:0+10 a part of the name 'draft.' is empty\n"},
        {"{{a..b}}", "{{a..b}}", "MU1 1:0+8 a part of the name 'a..b' is empty\n"},
        {"{{#draft}}x", "x", "MU1 1:0+10 '{{#draft}}' has no end\n"},
        {"x{{/draft}}", "x{{/draft}}", "MU1 1:1+10 '{{/draft}}' ends nothing that is open\n"},
        {"{{#draft}}x{{/final}}y{{/draft}}", "x{{/final}}y",
         "MU1 1:11+10 '{{/final}}' ends nothing that is open\n  1:0+10 this is open\n"},
        {"{{#draft}}{{^final}}x{{/draft}}y", "xy",
         "MU1 1:10+10 '{{^final}}' has no end\n  1:21+10 this ends what is around it\n"},
        {"{{=<% %>}}<%draft%>", "{{=<% %>}}<%draft%>",
         "MU1 1:0+2 new delimiters must stand between two '='\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{=<%=}}{{draft}}", "{{=<%=}}true",
         "MU1 1:0+8 new delimiters are two short words with a blank between them, without '='\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{=a b c=}}{{draft}}", "{{=a b c=}}true",
         "MU1 1:0+11 new delimiters are two short words with a blank between them, without '='\n"
         "  to print the braces themselves, change the delimiters: {{=<% %>=}}\n"},
        {"{{<p}}{{$a}}x", "", "MU1 1:6+6 '{{$a}}' has no end\nMU1 1:0+6 '{{<p}}' has no end\n"
                              "MU2 1:0+6 there is no template 'p'\n"},
        {"{{$a}}x", "x", "MU1 1:0+6 '{{$a}}' has no end\n"},
        {"{{<*lead}}{{/lead}}", "",
         "MU1 1:10+9 '{{/lead}}' ends nothing that is open\n  1:0+10 this is open\n"
         "MU1 1:0+10 '{{<*lead}}' has no end\nMU2 1:0+10 there is no template 'Ana'\n"},
    };
    others[0].name = NULL;
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        assert_str(render(row[i].text, example()), row[i].printed);
        assert_str(findings(), row[i].reported);
    }
}

static void nothing_is_lost(void **state)
{
    (void)state;
    others[0].name = "p";
    others[0].text = "[{{$a}}{{/a}}]";
    others[1].name = NULL;
    const char *lost = " in '{{<p}}' outside its blocks and would never show\n"
                       "  put it into one of the blocks, or outside the parent\n";
    static const struct {
        const char *inside, *place;
    } row[] = {
        {"\n stay {{! fine }}\n {{$a}}A{{/a}} calm\n", "8+4"},
        {"{{draft}}{{$a}}A{{/a}}{{draft}}", "6+9"},
        {"{{$a}}A{{/a}}{{>p}}", "19+6"},
        {"{{#draft}}{{$a}}lost{{/a}}{{/draft}}{{$a}}A{{/a}}", "6+10"},
        {"{{$a}}A{{/a}}{{<p}}{{$a}}{{/a}}{{/p}}", "19+6"},
    };
    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        str text = str_fmt(memory, "{{<p}}%s{{/p}}", row[i].inside);
        assert_str(render_as(text, example(), TEMPLATE_HTML, false), "[A]");
        assert_str(findings(), str_c(memory, str_fmt(memory, "MU1 1:%s this stands%s",
                                                     row[i].place, lost)));
        assert_str(render_as(text, example(), TEMPLATE_HTML, true), "[A]");
        assert_str(findings(), "");
    }
}

/* -- Places ------------------------------------------------------------------------------------ */

/* A body behind its front matter: places are those of the whole file. */
static void places_in_the_file(void **state)
{
    (void)state;
    str file = S("---\ntitle: x\n---\nAsk {{nobody}}\n{{#draft}}{{{raw}}}");
    uint32_t number = diags_source(found, S("content/a.md"), file);
    size_t off = 17;
    const struct template *t = template_compile(memory, found, number, str_skip(file, off), off,
                                                TEMPLATE_MARKDOWN, false);
    struct buf out = buf_in(memory, 0);
    struct template_map map = {0};
    assert_false(template_render(t, example(), NULL, found, &out, &map));
    assert_str(buf_str(&out), "Ask \n{{{raw}}}");
    uint32_t line, col;
    diags_place(found, found->findings[2].at, &line, &col);
    assert_true(line == 4 && col == 5);
    struct span at = template_map_find(&map, 5);
    assert_true(at.file == number && at.off == 42);
    assert_str(findings(), "MU4 1:42+9 '{{{raw}}}' asks for raw output\n"
                           "MU1 1:32+10 '{{#draft}}' has no end\n"
                           "MU2 1:21+10 unknown name 'nobody'\n");
}

static void expect_place(const struct template_map *map, const struct buf *out, const char *word,
                         uint32_t file, uint32_t off, uint32_t len)
{
    size_t at = str_find(buf_str(out), str_from(word), 0);
    assert_true(at != SIZE_MAX);
    struct span got = template_map_find(map, at);
    if (got.file != file || got.off != off || got.len != len)
        print_error("'%s' is from %u:%u+%u\n", word, got.file, got.off, got.len);
    assert_true(got.file == file && got.off == off && got.len == len);
}

static void places_of_output(void **state)
{
    (void)state;
    others[0].name = "row";
    others[0].text = "one {{.}}\ntwo\n";
    others[1].name = NULL;
    bool lenient = false;
    struct template_loader loader = {&lenient, find_other};
    str text = S("Head {{! none }}tail\n{{#steps}}\n  {{>row}}\n{{/steps}}\nEnd {{badge}}!\n"
                 "{{#steps}}{{.}}{{/steps}} {{code}}sure\n");
    const struct template *t =
        template_compile(memory, found, 1, text, 0, TEMPLATE_HTML, false);
    struct buf out = buf_in(memory, 0);
    struct template_map map = {0};
    buf_lit(&out, "before ");
    assert_true(template_render(t, example(), &loader, found, &out, &map));
    assert_str(buf_str(&out), "before Head tail\n  one call\n  two\n  one go\n  two\nEnd "
                              "<b>new</b>!\ncallgo as long sure\n");
    expect_place(&map, &out, "before", 0, 0, 0);
    expect_place(&map, &out, "Head", 1, 0, 0);
    expect_place(&map, &out, "ead", 1, 1, 0);
    expect_place(&map, &out, "tail", 1, 16, 0);
    expect_place(&map, &out, "  one call", 2, 0, 0);
    expect_place(&map, &out, "one call", 2, 0, 0);
    expect_place(&map, &out, "call", 2, 4, 5);
    expect_place(&map, &out, "ll\n", 2, 4, 5);
    expect_place(&map, &out, "\n  two", 2, 9, 0);
    expect_place(&map, &out, "two", 2, 10, 0);
    expect_place(&map, &out, "go", 2, 4, 5);
    expect_place(&map, &out, "End", 1, 54, 0);
    expect_place(&map, &out, "new", 1, 58, 9);
    expect_place(&map, &out, "!", 1, 67, 0);
    expect_place(&map, &out, "long", 1, 95, 8);
    expect_place(&map, &out, "sure", 1, 103, 0); /* the value is as long as its tag */
    struct span last = template_map_find(&map, out.n + 100);
    assert_true(last.off == text.n);
    size_t n = out.n;
    template_render(t, example(), &loader, found, &out, &map);
    assert_true(template_map_find(&map, n).off == 0 && template_map_find(&map, n + 1).off == 1);
}

/* Lines that vanish cut the text in pieces; what stands together is one. */
static void few_segments(void **state)
{
    (void)state;
    str text = S("a\nb {{! c }}\n\nd\n{{#draft}}\n  e\n{{/draft}}\nf\n");
    const struct template *t = template_compile(memory, found, 1, text, 0, TEMPLATE_HTML, false);
    struct buf out = buf_in(memory, 0);
    struct template_map map = {0};
    assert_true(template_render(t, example(), NULL, found, &out, &map));
    assert_str(buf_str(&out), "a\nb \n\nd\n  e\nf\n");
    assert_int_equal(map.count, 4);
    map = (struct template_map){0};
    text = S("a\n  {{#draft}}b{{/draft}}");
    t = template_compile(memory, found, 1, text, 0, TEMPLATE_HTML, false);
    assert_true(template_render(t, example(), NULL, found, &out, &map));
    assert_int_equal(map.count, 2);
    struct template_map none = {0};
    assert_int_equal(template_map_find(&none, 0).file, 0);
}

/* -- Limits ------------------------------------------------------------------------------------ */

static void circles(void **state)
{
    (void)state;
    static const struct {
        const char *text, *a, *b;
    } row[] = {
        {"{{>a}}", "x{{>a}}", ""},
        {"{{>a}}", "{{>b}}{{>b}}", "{{>a}}{{>a}}"},
        {"{{<a}}{{/a}}", "{{<a}}{{/a}}", ""},
        {"{{<a}}{{$x}}{{<a}}{{/a}}{{/x}}{{/a}}", "{{$x}}{{/x}}{{<b}}{{/b}}", "{{<a}}{{/a}}"},
        {"{{>*name}}", "{{>*name}}", ""},
        {"{{#.}}{{>a}}{{/.}}", "{{#.}}{{>a}}{{/.}}", ""},
    };
    struct tmap *m = tmap_new(memory);
    tmap_put(m, S("name"), tval_text(S("a")));
    others[0].name = "a";
    others[1].name = "b";
    others[2].name = NULL;
    for (size_t i = 0; i < 2 * (sizeof row / sizeof *row); i++) {
        others[0].text = row[i / 2].a;
        others[1].text = row[i / 2].b;
        render_as(str_from(row[i / 2].text), tmap_value(m), TEMPLATE_HTML, i % 2 != 0);
        assert_int_equal(found->count, 1);
        assert_string_equal(found->findings[0].rule->id, "MU3");
        assert_str(found->findings[0].text,
                   "too deep: at most 64 templates and sections in each other");
        findings();
    }
}

/* Exactly as deep as allowed, and one more. */
static void depth(void **state)
{
    (void)state;
    for (int extra = 0; extra < 2; extra++) {
        struct buf b = buf_in(memory, 4096);
        for (int i = 0; i < TEMPLATE_DEPTH_MAX + extra; i++)
            buf_lit(&b, "{{#draft}}");
        buf_lit(&b, "x");
        for (int i = 0; i < TEMPLATE_DEPTH_MAX + extra; i++)
            buf_lit(&b, "{{/draft}}");
        assert_str(render_as(buf_str(&b), example(), TEMPLATE_HTML, false), "x");
        assert_str(findings(),
                   extra ? "MU3 1:640+10 too deep: at most 64 sections and blocks in each other\n"
                         : "");
    }
    struct buf parts = buf_in(memory, 1024);
    buf_lit(&parts, "{{a");
    for (int i = 0; i < TEMPLATE_NAME_PARTS_MAX; i++)
        buf_lit(&parts, ".a");
    buf_lit(&parts, "}}");
    render_as(buf_str(&parts), example(), TEMPLATE_HTML, false);
    assert_str(findings(), "MU3 1:0+69 too long: at most 32 parts of a name\n");
}

static struct tval long_list(size_t count)
{
    struct tlist *l = tlist_new(memory);
    for (size_t i = 0; i < count; i++)
        tlist_add(l, tval_text(S("x")));
    struct tmap *m = tmap_new(memory);
    tmap_put(m, S("l"), tlist_value(l));
    return tmap_value(m);
}

static void output(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 4096);
    buf_lit(&b, "{{#l}}{{#l}}");
    for (int i = 0; i < 1000; i++)
        buf_lit(&b, "This fills the output. ");
    buf_lit(&b, "{{/l}}{{/l}}");
    str out = render_as(buf_str(&b), long_list(100), TEMPLATE_HTML, false);
    assert_true(out.n > TEMPLATE_OUTPUT_BYTES_MAX && out.n < TEMPLATE_OUTPUT_BYTES_MAX + 23001);
    str text = str_fmt(memory, "too long: at most %d bytes of output", TEMPLATE_OUTPUT_BYTES_MAX);
    assert_true(str_eq(found->findings[0].text, text));
    assert_int_equal(found->count, 1);
    assert_string_equal(found->findings[0].rule->id, "MU3");
}

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#define DEEP(tag) TEN(tag) TEN(tag) TEN(tag) TEN(tag) TEN(tag)
#define TEN(tag) tag tag tag tag tag tag tag tag tag tag

/* Loops that print nothing, and names that are sought through many contexts. */
static void work(void **state)
{
    (void)state;
    static const char *const text[] = {
        "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}",
        "{{#l}}{{#l}}{{#l}}{{#l}}{{#l}}{{nope}}{{/l}}{{/l}}{{/l}}{{/l}}{{/l}}",
        DEEP("{{#.}}") "{{#l}}{{#l}}{{#l}}{{nope}}{{/l}}{{/l}}{{/l}}" DEEP("{{/.}}"),
    };
    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        double began = seconds();
        assert_str(render_as(str_from(text[i]), long_list(1000), TEMPLATE_HTML, false), "");
        assert_true(seconds() - began < 2);
        const struct finding *last = &found->findings[found->count - 1];
        assert_string_equal(last->rule->id, "MU3");
        assert_true(str_starts(last->text, S("too much work: at most ")));
        findings();
    }
}

/* A megabyte of one tag: bounded in time, never a crash, few reports. */
static void masses(void **state)
{
    (void)state;
    static const char *const unit[] = {
        "{{#a}}", "{{^a}}", "{{/a}}", "{{<a}}", "{{$a}}", "{{<a}}{{$a}}", "{{>a}}", "{{{a}}",
        "{{{", "{{", "}}", "{{=", "{{=a}}", "{{=| |=}}", "|=a b=|", "{{!", "{{a.b}}", "{{.}}",
        "{", "\n", " ", "\r\n", "{{#a}}\n", " {{$a}}\n", " {{$a}}{{/a}}\n", "{{<a}}{{$a}}\n  x",
        "{{<a}}{{$a}}{{/a}}", "{{&a}}", "{{a}}\n ", "{{{{", "{{#a}}{{/b}}", "{{> *a }}",
    };
    others[0].name = NULL;
    for (size_t i = 0; i < 2 * (sizeof unit / sizeof *unit); i++) {
        tear_down(NULL);
        set_up(NULL);
        str u = str_from(unit[i / 2]);
        struct buf b = buf_in(memory, 1 << 20);
        if (i / 2 == 26) /* one parent with masses of arguments */
            buf_lit(&b, "{{<a}}");
        while (b.n < 1 << 20)
            buf_add(&b, u);
        double began = seconds();
        render_as(buf_str(&b), null, TEMPLATE_HTML, i % 2 != 0);
        double took = seconds() - began;
        if (took > SECONDS_MAX)
            print_error("a megabyte of '%s': %.1f s\n", unit[i / 2], took);
        assert_true(took < SECONDS_MAX);
        assert_true(found->count <= 1101);
    }
}

/* 100,000 sections in each other, all closed. */
static void nested(void **state)
{
    (void)state;
    struct buf b = buf_in(memory, 2 << 20);
    for (int i = 0; i < 100000; i++)
        buf_lit(&b, "{{#draft}}");
    buf_lit(&b, "x");
    for (int i = 0; i < 100000; i++)
        buf_lit(&b, "{{/draft}}");
    double began = seconds();
    assert_str(render_as(buf_str(&b), example(), TEMPLATE_HTML, false), "x");
    assert_true(seconds() - began < SECONDS_MAX);
    assert_str(findings(), "MU3 1:640+10 too deep: at most 64 sections and blocks in each other\n");
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int unit_mustache(void)
{
    static const struct CMUnitTest cases[] = {
        CASE(values),
        CASE(null_is_known),
        CASE(escapes_for_its_language),
        CASE(rows_stay_rows),
        CASE(plain),
        CASE(appends_and_repeats),
        CASE(unknown_names),
        CASE(prints_no_groups),
        CASE(reports_a_tag_once),
        CASE(other_templates),
        CASE(mistakes),
        CASE(nothing_is_lost),
        CASE(places_in_the_file),
        CASE(places_of_output),
        CASE(few_segments),
        CASE(circles),
        CASE(depth),
        CASE(output),
        CASE(work),
        CASE(masses),
        CASE(nested),
    };
    return unit_run("mustache", cases);
}
