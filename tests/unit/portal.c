/* unit/portal: pages stay light however much there is, and lead where they say. */
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "derive/derive.h"
#include "load/load.h"
#include "text/font.h"
#include "write/html/portal.h"

static struct arena *memory;
static struct fonts *fonts; /* measure the labels of maps */

/* A workspace of one supplier and one document for each number, all owned by
 * one role. */
static struct model *model_of(struct diags *d, size_t count)
{
    char folder[] = "/tmp/continuo-unit-XXXXXX";
    int root;
    struct buf records = buf_in(memory, 64 * 1024);
    assert_non_null(mkdtemp(folder));
    assert_int_equal(dir_open(folder, &root), 0);
    for (size_t i = 1; i <= count; i++)
        buf_fmt(&records,
                "- {id: SUP-%zu, title: %c Supplier <%zu> & sons, services: [s], owner: ROL-1,"
                " next_review: 2026-01-01, clauses: [\"8.2.2\"]}\n",
                i, (char)('A' + i % 26), i);
    str role = S("- {id: ROL-1, title: Keeper, kind: governance, bcms_part: owner}\n");
    assert_int_equal(file_create(root, S("continuo.yaml"), S("title: T\nas_of: 2026-06-30\n")), 0);
    assert_int_equal(dir_make(root, S("records")), 0);
    assert_int_equal(file_create(root, S("records/supplier.yaml"), buf_str(&records)), 0);
    assert_int_equal(file_create(root, S("records/role.yaml"), role), 0);
    struct model *m = model_new(memory);
    load_content(m, d, root, S("content"));
    model_link(m);
    derive_facts(m);
    close(root);
    assert_int_equal(unit_remove(folder), 0);
    return m;
}

static void no_svg(struct buf *out, const struct drawing *d, void *self,
                   str (*href)(void *self, struct arena *a, const struct record *r))
{
    (void)out;
    (void)d;
    (void)self;
    (void)href;
}

struct site {
    struct diags *diags;
    struct doc_world world;
    struct portal *portal;
};

static struct site site_of_edition(size_t count, str edition)
{
    static const struct portal_edition editions[] = {
        {S_INIT("2026.2"), 20634, S_INIT("")},
        {S_INIT("2026.1"), 20543, S_INIT("2026.1:0123456789abcdef")},
    };
    struct site s = {.diags = diags_new(memory)};
    struct doc_world *world = NEW(memory, struct doc_world);
    *world = (struct doc_world){.model = model_of(s.diags, count), .fonts = fonts, .content = -1};
    int place;
    assert_int_equal(dir_open(".", &place), 0);
    struct portal_world how = {.doc = world, .place = place, .svg = no_svg, .edition = edition};
    if (edition.n > 0) {
        how.editions = editions;
        how.edition_count = 2;
    }
    s.portal = portal_open(memory, s.diags, &how);
    assert_non_null(s.portal);
    close(place);
    return s;
}

static struct site site_of(size_t count)
{
    return site_of_edition(count, S(""));
}

static size_t count_of(str text, str what)
{
    size_t count = 0;
    for (size_t at = 0; (at = str_find(text, what, at)) != SIZE_MAX; at += what.n)
        count++;
    return count;
}

static str page_at(const struct site *s, str wanted)
{
    for (size_t i = 0; i < portal_page_count(s->portal); i++) {
        struct buf out = buf_in(memory, 4096);
        if (str_eq(portal_page(s->portal, i, memory, s->diags, &out), wanted))
            return buf_str(&out);
    }
    fail_msg("no page '%.*s'", STR_ARG(wanted));
    return S("");
}

static void few_records(void **state)
{
    (void)state;
    struct site s = site_of(3);
    bool has_register = false;
    for (size_t i = 0; i < portal_page_count(s.portal); i++) {
        struct buf out = buf_in(memory, 4096);
        str path = portal_page(s.portal, i, memory, s.diags, &out), page = buf_str(&out);
        has_register = has_register || str_eq(path, S("registers/supplier.html"));
        assert_true(str_starts(page, S("<!DOCTYPE html>")));
        assert_true(str_ends(page, S("</html>\n")));
        assert_int_equal(count_of(page, S("<main ")), 1);
        assert_int_equal(count_of(page, S(" style=")), 0);
        assert_int_equal(count_of(page, S("<3>")), 0); /* what authors write is text */
        assert_int_equal(count_of(page, S("<script>")), 0);
    }
    assert_true(has_register);
    assert_int_equal(diags_count(s.diags, SEVERITY_ERROR), 0);
}

static void words_are_escaped(void **state)
{
    (void)state;
    struct site s = site_of(3);
    str page = page_at(&s, S("r/sup-3.html"));
    assert_true(str_find(page, S("<h1>D Supplier &lt;3&gt; &amp; sons</h1>"), 0) != SIZE_MAX);
    assert_true(str_find(page, S("href=\"../r/rol-1.html\""), 0) != SIZE_MAX ||
                str_find(page, S("href=\"rol-1.html\""), 0) != SIZE_MAX);
    assert_true(str_find(page, S("href=\"../assets/portal.css\""), 0) != SIZE_MAX);
    page = page_at(&s, S("index.html"));
    assert_true(str_find(page, S("href=\"assets/portal.css\""), 0) != SIZE_MAX);
}

static bool says(str page, const char *words)
{
    return str_find(page, str_from(words), 0) != SIZE_MAX;
}

/* A frozen page cannot know that it is replaced: it asks the style sheet
 * beside the editions, and a link leads there. */
static void pages_of_an_edition(void **state)
{
    (void)state;
    struct site s = site_of_edition(1, S("2026.2"));
    str record = page_at(&s, S("r/sup-1.html"));
    assert_true(says(record, "<link rel=\"stylesheet\" href=\"../../current.css\">"));
    assert_true(says(record, "data-edition=\"2026.2\""));
    assert_true(says(record, "href=\"../../index.html\""));
    assert_true(says(record, "href=\"../../to/sup-1/index.html\""));
    assert_false(says(record, "DRAFT"));
    str list = page_at(&s, S("editions/index.html"));
    assert_true(says(list, "2026.1:0123456789abcdef"));
    assert_true(says(list, "href=\"../../2026.1/index.html\""));
    assert_false(says(list, "href=\"../../2026.2/index.html\"")); /* this one */
    assert_true(says(list, "31 March 2026"));
    struct site drafts = site_of(1);
    str draft = page_at(&drafts, S("r/sup-1.html"));
    assert_false(says(draft, "current.css"));
    assert_true(says(draft, "DRAFT"));
}

static void pointers_lead_into_an_edition(void **state)
{
    (void)state;
    struct site s = site_of_edition(1, S("2026.2"));
    struct buf out = buf_in(memory, 4096);
    struct portal_pointer to = {.path = S("to/sup-1/index.html"), .edition = S("2026.2"),
                                .target = S("r/sup-1.html"), .code = S("SUP-1")};
    portal_pointer(s.portal, &to, memory, s.diags, &out);
    assert_true(says(buf_str(&out), "content=\"0; url=../../2026.2/r/sup-1.html\""));
    assert_true(says(buf_str(&out), "href=\"../../2026.2/assets/portal.css\""));
    to = (struct portal_pointer){.path = S("to/old-9/index.html"), .edition = S("2026.1"),
                                 .target = S("d/old-9.html"), .code = S("OLD-9"), .is_gone = true};
    out.n = 0;
    portal_pointer(s.portal, &to, memory, s.diags, &out);
    assert_false(says(buf_str(&out), "http-equiv=\"refresh\""));
    assert_true(says(buf_str(&out), "OLD-9 is not here any more"));
    assert_true(says(buf_str(&out), "href=\"../../2026.1/d/old-9.html\""));
    assert_int_equal(diags_count(s.diags, SEVERITY_ERROR), 0);
}

/* A role that 3,000 records name, and a register of as many rows. */
static void many_records(void **state)
{
    (void)state;
    enum { MANY = 3000, PAGE_BYTES_MAX = 60 * 1024, REGISTER_BYTES_MAX = 250 * 1024 };
    struct site s = site_of(MANY);
    struct arena *page_memory = arena_new("page", (size_t)64 << 20);
    size_t registers = 0, rows = 0, names = 0;
    for (size_t i = 0; i < portal_page_count(s.portal); i++) {
        struct buf out = buf_in(page_memory, 4096);
        str path = portal_page(s.portal, i, page_memory, s.diags, &out), page = buf_str(&out);
        bool is_register = str_starts(path, S("registers/supplier"));
        bool is_index = str_starts(path, S("a-z"));
        registers += is_register;
        rows += is_register ? count_of(page, S("<th scope=\"row\"")) : 0;
        names += is_index ? count_of(page, S("class=\"aside\"")) : 0;
        bool is_list = is_register || str_starts(path, S("manage/capabilities")) ||
                       str_starts(path, S("manage/suppliers")) ||
                       str_starts(path, S("manage/steering"));
        assert_true(page.n <= (is_list ? REGISTER_BYTES_MAX : PAGE_BYTES_MAX));
        arena_reset(page_memory);
    }
    assert_true(registers > 1);
    assert_int_equal(rows, MANY); /* every record once, on one of the pages */
    assert_int_equal(names, MANY + 1);
    arena_free(page_memory);
    str role = page_at(&s, S("r/rol-1.html"));
    assert_true(str_find(role, S("40 of 3000 are shown"), 0) != SIZE_MAX);
    str manage = page_at(&s, S("manage/index.html"));
    assert_true(str_find(manage, S("<dd>3000</dd>"), 0) != SIZE_MAX); /* reviews overdue */
    str audit = page_at(&s, S("audit/index.html"));
    assert_true(str_find(audit, S("8.2.2"), 0) != SIZE_MAX);
    assert_true(str_find(audit, S("chip bad\">Nothing"), 0) != SIZE_MAX);
}

static void no_templates(void **state)
{
    (void)state;
    struct diags *d = diags_new(memory);
    struct doc_world world = {.model = model_of(d, 1), .content = -1};
    int place;
    assert_int_equal(dir_open("/proc/self/task", &place), 0); /* a folder without any of ours */
    struct portal_world nowhere = {.doc = &world, .place = place, .svg = no_svg};
    assert_null(portal_open(memory, d, &nowhere));
    assert_true(diags_machine_failed(d));
    close(place);
}

int unit_portal(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(few_records),
        cmocka_unit_test(words_are_escaped),
        cmocka_unit_test(many_records),
        cmocka_unit_test(pages_of_an_edition),
        cmocka_unit_test(pointers_lead_into_an_edition),
        cmocka_unit_test(no_templates),
    };
    memory = arena_new("unit", (size_t)1 << 30);
    fonts = font_open(memory, diags_new(memory));
    int failed = unit_run("portal", cases);
    font_close(fonts);
    arena_free(memory);
    return failed;
}
