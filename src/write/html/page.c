/* write/html/page: the frame of a page, and how data reaches its template. */
#include "write/html/portal_int.h"

#include "base/path.h"
#include "form/table/cells.h"
#include "form/table/crisis.h"

/* -- Data ------------------------------------------------------------------------------ */

struct items items_new(struct page *pg)
{
    return (struct items){tlist_new(pg->arena), 0};
}

struct tmap *items_add(struct page *pg, struct items *l)
{
    struct tmap *m = tmap_new(pg->arena);
    tlist_add(l->list, tmap_value(m));
    l->count++;
    return m;
}

struct tmap *items_add_link(struct page *pg, struct items *l, str href, str label, str aside)
{
    struct tmap *m = items_add(pg, l);
    put_text(m, S("href"), href);
    put_text(m, S("label"), label);
    put_text(m, S("aside"), aside);
    return m;
}

void put_text(struct tmap *m, str name, str text)
{
    tmap_put(m, name, tval_text(text));
}

void put_flag(struct tmap *m, str name, bool yes)
{
    tmap_put(m, name, tval_bool(yes));
}

void put_nothing(struct tmap *m, str name)
{
    tmap_put(m, name, (struct tval){.kind = TV_NULL});
}

void put_items(struct page *pg, struct tmap *m, str name, const struct items *l)
{
    tmap_put(m, name, tlist_value(l->list));
    put_flag(m, str_fmt(pg->arena, "has_" STR_FMT, STR_ARG(name)), l->count > 0);
}

void put_markup(struct tmap *m, str name, const struct buf *markup)
{
    if (markup->n > 0)
        tmap_put(m, name, tval_markup(buf_str(markup)));
    else
        put_nothing(m, name);
}

str id_and_type(struct arena *a, const struct record *r)
{
    return str_fmt(a, STR_FMT " · " STR_FMT, STR_ARG(r->id), STR_ARG(r->type->singular));
}

/* -- Links ----------------------------------------------------------------------------- */

str page_link(const struct page *pg, str path)
{
    return path_relative(pg->arena, pg->ref->path, path);
}

str page_link_record(const struct page *pg, const struct record *r)
{
    if (!record_has_page(pg->portal, r))
        return S("");
    return page_link(pg, record_path(pg->arena, r));
}

str page_link_register(const struct page *pg, const struct type_def *t)
{
    return type_has_register(pg->portal, t) ? page_link(pg, register_path(pg->arena, t, 0)) : S("");
}

str link_of_phone(struct arena *a, str text)
{
    enum { DIGITS_MAX = 15 }; /* of E.164 */
    struct buf out = buf_in(a, 24);
    buf_lit(&out, "tel:");
    size_t digits = 0;
    for (size_t i = 0; i < text.n && digits < DIGITS_MAX; i++) {
        if (text.p[i] == '+' && digits == 0 && out.n == 4)
            buf_char(&out, '+');
        else if (ascii_is_digit(text.p[i])) {
            buf_char(&out, text.p[i]);
            digits++;
        } else if (digits > 0 && !ascii_is_space(text.p[i]) && text.p[i] != '-' &&
                   text.p[i] != '(' && text.p[i] != ')' && text.p[i] != '/' && text.p[i] != '.')
            break; /* "ext. 12" and the like are for the reader */
    }
    return digits > 0 ? buf_str(&out) : S("");
}

/* -- Markup ---------------------------------------------------------------------------- */

bool page_shows_part(size_t part, size_t here, size_t count)
{
    return count <= PARTS_MAX || part == 0 || part + 1 == count ||
           (part + PARTS_AROUND >= here && part <= here + PARTS_AROUND);
}

const struct table *page_first_rows(struct page *pg, const struct table *t)
{
    size_t rows = REGISTER_CELLS_MAX / t->column_count;
    if (t->row_count <= rows)
        return t;
    struct table *cut = NEW(pg->arena, struct table);
    *cut = *t;
    cut->row_count = rows;
    cut->note = str_fmt(pg->arena, "%zu of %zu rows are shown; the CSV file has them all.", rows,
                        t->row_count);
    return cut;
}

void put_table(struct page *pg, struct tmap *m, str name, const struct table *t,
               const char *css_class)
{
    struct buf out = buf_in(pg->arena, 1024);
    struct html h = html_into(&out);
    html_table(&h, &pg->context, t, css_class);
    html_done(&h);
    put_markup(m, name, &out);
}

static const char *const chip_class[] = {
    [TONE_GOOD] = "chip good",
    [TONE_WARN] = "chip warn",
    [TONE_BAD] = "chip bad",
    [TONE_MUTED] = "chip muted",
};

/* Text, links and chips, outside a table. */
static void write_cell(struct html *h, const struct page *pg, const struct cell *cell)
{
    for (size_t i = 0; i < cell->count; i++) {
        const struct piece *piece = &cell->pieces[i];
        if (i > 0 && !cell->is_text)
            html_text(h, piece->tone == TONE_NONE ? S(", ") : S(" "));
        if (piece->tone != TONE_NONE)
            html_element(h, "span", chip_class[piece->tone], piece->text);
        else if (piece->link != NULL)
            html_record(h, &pg->context, piece->link, piece->text);
        else
            html_text(h, piece->text);
    }
}

/* Several texts that are more than a few words read better one under the other. */
static bool is_list(const struct cell *cell)
{
    enum { FEW_WORDS = 60 };
    size_t bytes = 0;
    for (size_t i = 0; i < cell->count; i++) {
        if (cell->pieces[i].link != NULL || cell->pieces[i].tone != TONE_NONE)
            return false;
        bytes += cell->pieces[i].text.n;
    }
    return cell->count > 1 && bytes > FEW_WORDS;
}

static void write_list(struct html *h, const struct cell *cell)
{
    html_open(h, "ul");
    for (size_t i = 0; i < cell->count; i++)
        html_element(h, "li", NULL, cell->pieces[i].text);
    html_close(h, "ul");
}

void put_fields(struct page *pg, struct tmap *m, str name, const struct table *t)
{
    struct buf out = buf_in(pg->arena, 1024);
    struct html h = html_into(&out);
    html_open(&h, "dl");
    html_attr(&h, "class", S("fields"));
    for (size_t row = 0; row < t->row_count; row++) {
        const struct cell *value = table_cell(t, row, 1);
        if (value->count == 0)
            continue;
        html_open(&h, "div");
        html_open(&h, "dt");
        html_text(&h, cell_plain(pg->arena, table_cell(t, row, 0)));
        html_close(&h, "dt");
        html_open(&h, "dd");
        if (is_list(value))
            write_list(&h, value);
        else
            write_cell(&h, pg, value);
        html_close(&h, "dd");
        html_close(&h, "div");
        html_newline(&h);
    }
    html_close(&h, "dl");
    html_done(&h);
    put_markup(m, name, &out);
}

void put_cell(struct page *pg, struct tmap *m, str name, const struct cell *cell)
{
    struct buf out = buf_in(pg->arena, 128);
    struct html h = html_into(&out);
    write_cell(&h, pg, cell);
    html_done(&h);
    put_markup(m, name, &out);
}

void put_field(struct page *pg, struct tmap *m, str name, const struct record *r,
               enum field_id field)
{
    struct cell cell = {0};
    if (schema_has(r->type, field))
        cell = cell_of_field(pg->arena, r, schema_slot(r->type, field), CELL_WHOLE);
    if (cell.count > 0)
        put_cell(pg, m, name, &cell);
    else
        put_nothing(m, name);
}

void put_tree(struct page *pg, struct tmap *m, str name, const struct md_node *root)
{
    struct buf out = buf_in(pg->arena, 16 * 1024);
    struct html h = html_into(&out);
    html_tree(&h, &pg->context, root);
    html_done(&h);
    put_markup(m, name, &out);
}

/* The tree's writer has the one way to show a drawing with its table. */
void put_drawing(struct page *pg, struct tmap *m, str name, const struct drawing *d)
{
    struct span nowhere = {0, 0, 0};
    struct md_node *root = md_new(pg->arena, MD_DOCUMENT, nowhere);
    struct md_node *node = md_new(pg->arena, MD_FORM_DRAWING, nowhere);
    node->drawing = d;
    md_append(root, node);
    put_tree(pg, m, name, root);
}

/* -- The footer: what controls this page ----------------------------------------------- */

static void add_control(struct page *pg, struct items *l, str label, str value)
{
    if (value.n == 0)
        return;
    struct tmap *m = items_add(pg, l);
    put_text(m, S("label"), label);
    put_text(m, S("value"), value);
}

static void add_control_field(struct page *pg, struct items *l, str label, const struct record *r,
                              enum field_id field)
{
    if (!rec_has(r, field))
        return;
    struct tmap *m = items_add(pg, l);
    put_text(m, S("label"), label);
    put_field(pg, m, S("value"), r, field);
}

/* The script that tells the age of a copy looks for this time. */
static void add_review(struct page *pg, struct items *l, const struct record *r)
{
    date due = rec_date(r, COMMON_NEXT_REVIEW);
    if (due == DATE_NONE)
        return;
    struct buf out = buf_in(pg->arena, 128);
    struct html h = html_into(&out);
    html_open(&h, "time");
    html_attr(&h, "class", S("review-due"));
    html_attr(&h, "datetime", date_iso(pg->arena, due));
    html_text(&h, date_long(pg->arena, due));
    html_close(&h, "time");
    html_done(&h);
    struct tmap *m = items_add(pg, l);
    put_text(m, S("label"), S("Next review"));
    put_markup(m, S("value"), &out);
}

static void put_control(struct page *pg)
{
    const struct record *r = pg->ref->record;
    struct items l = items_new(pg);
    if (r != NULL) {
        add_control(pg, &l, r->type->singular, r->id);
        if (r->document != NULL)
            add_control(pg, &l, S("Version"), rec_text(r, DOCUMENT_VERSION));
        add_control_field(pg, &l, S("Owner"), r, COMMON_OWNER);
        if (r->document != NULL) {
            add_control_field(pg, &l, S("Approved by"), r, DOCUMENT_APPROVED_BY);
            add_control_field(pg, &l, S("Approved on"), r, DOCUMENT_APPROVED_ON);
        }
        add_review(pg, &l, r);
        if (r->document != NULL) {
            enum { PREFIX = 8 };
            str hash = rec_text(r, DOCUMENT_CONTENT_SHA256);
            if (hash.n >= PREFIX)
                add_control(pg, &l, S("SHA-256 of the text"), str_from_to(hash, 0, PREFIX));
        }
    }
    put_items(pg, pg->data, S("control"), &l);
}

/* -- The frame ------------------------------------------------------------------------- */

str portal_root(struct arena *a, str path)
{
    struct buf out = buf_in(a, 8);
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/')
            buf_lit(&out, "../");
    return buf_str(&out);
}

/* The audience's folder, which holds this tree and those of other editions. */
static str outside_of(struct arena *a, str path)
{
    return str_fmt(a, STR_FMT "../", STR_ARG(portal_root(a, path)));
}

/* Where the record will always be found, whatever edition is in force. */
static str permanent_address(const struct page *pg)
{
    const struct record *r = pg->ref->record;
    if (r == NULL)
        return S("");
    str outside = outside_of(pg->arena, pg->ref->path), slug = path_slug(pg->arena, r->id);
    return str_fmt(pg->arena, STR_FMT "to/" STR_FMT "/index.html", STR_ARG(outside), STR_ARG(slug));
}

/* What the tab of the browser shows: the page first, since tabs are narrow. */
static str window_title(const struct page *pg)
{
    str organisation = pg->portal->organisation;
    if (pg->ref->kind == PAGE_HOME)
        return str_fmt(pg->arena, STR_FMT ": business continuity", STR_ARG(organisation));
    return str_fmt(pg->arena, STR_FMT " – " STR_FMT, STR_ARG(pg->title), STR_ARG(organisation));
}

/* In an edition, of a document that does not hold. */
static str edition_mark(const struct page *pg)
{
    bool is_document = pg->portal->world.edition.n > 0 && pg->ref->doc != NULL;
    return is_document ? pg->ref->doc->mark : S("");
}

/* Of paper that comes from a browser: the same words as on that of ours, as a class. */
static str sheet_mark(const struct page *pg)
{
    if (pg->portal->world.edition.n == 0)
        return S("draft");
    str mark = edition_mark(pg);
    return mark.n > 0 ? path_slug(pg->arena, mark) : S("");
}

void page_frame(struct page *pg)
{
    const struct portal *p = pg->portal;
    const struct record *workspace = pg->model->workspace;
    struct arena *a = pg->arena;
    struct tmap *m = pg->data;
    put_text(m, S("language"), p->language);
    put_text(m, S("root"), portal_root(a, pg->ref->path));
    put_text(m, S("title"), pg->title);
    put_text(m, S("window_title"), window_title(pg));
    put_text(m, S("body_class"),
             pg->ref->kind == PAGE_CRISIS     ? S("crisis")
             : pg->ref->kind == PAGE_REGISTER ? S("register")
                                              : S(""));
    put_flag(m, S("is_draft"), p->world.edition.n == 0);
    put_flag(m, S("is_past"), pg->model->as_of < pg->model->known_until);
    put_flag(m, S("is_partial"), model_is_partial(pg->model));
    put_flag(m, S("has_paper"), !p->world.only_html);
    put_text(m, S("mark"), edition_mark(pg));
    put_text(m, S("sheet"), sheet_mark(pg));
    put_text(m, S("edition"), p->world.edition);
    put_text(m, S("outside"), outside_of(a, pg->ref->path));
    put_text(m, S("address"), permanent_address(pg));
    put_text(m, S("audience"), p->world.audience);
    put_text(m, S("organisation"), p->organisation);
    put_text(m, S("logo"), portal_logo(p));
    put_text(m, S("as_of"), date_long(a, pg->model->as_of));
    put_text(m, S("as_of_iso"), date_iso(a, pg->model->as_of));
    put_text(m, S("copy_days"), str_fmt(a, "%lld", crisis_copy_days(pg->model)));
    put_text(m, S("footer"), rec_text(workspace, WORKSPACE_FOOTER));
    put_text(m, S("tool"), p->world.tool.n > 0 ? p->world.tool : S("continuo"));
    put_control(pg);
}
