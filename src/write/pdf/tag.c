/* write/pdf/tag: what the parts of a page are, for screen readers. */
#include "write/pdf/tag_int.h"

#include <assert.h>

/* What stands in an element: an element below it, or what is marked on a page. */
enum kid_kind { KID_TAG, KID_MARK, KID_ANNOTATION };

enum { LEVEL_COUNT = ROLE_H6 - ROLE_H1 + 1 };
/* The name of a note, by its tag: of equal length, so that they sort like numbers. */
#define NOTE_ID "note%08u"

struct kid {
    struct kid *next;
    enum kid_kind kind;
    unsigned number; /* of the tag, the marked content or the annotation's object */
    size_t page;
};

struct tag {
    unsigned char role;
    bool is_attached;
    unsigned parent;
    str words;
    const double *box;
    struct kid *first, *last;
    HPDF_Dict object;
};

/* The tag of each marked content of a page, by number. */
struct marks {
    unsigned *tags;
    size_t n, cap;
};

struct pdf_tags {
    struct arena *arena;
    struct tag *v;
    size_t n, cap;
    struct marks *pages;
    size_t page_count, page_cap;
    unsigned *annotations; /* their tags, by key */
    size_t annotation_count, annotation_cap;
    unsigned char open_heads[LEVEL_COUNT]; /* as the author counts, of the headings that the
                                              last one stands under, and its own */
    size_t open_head_count;
};

static const struct {
    const char *name;  /* ISO 32000-1, 14.8.4 */
    const char *extra; /* entries of the element */
} role_text[ROLE_COUNT] = {
    [ROLE_DOCUMENT] = {"Document", ""},
    [ROLE_SECTION] = {"Sect", ""},
    [ROLE_H1] = {"H1", ""},
    [ROLE_H2] = {"H2", ""},
    [ROLE_H3] = {"H3", ""},
    [ROLE_H4] = {"H4", ""},
    [ROLE_H5] = {"H5", ""},
    [ROLE_H6] = {"H6", ""},
    [ROLE_P] = {"P", ""},
    [ROLE_QUOTE] = {"BlockQuote", ""},
    [ROLE_CODE] = {"Code", ""},
    [ROLE_LIST] = {"L", ""},
    [ROLE_NUMBERED_LIST] = {"L", "/A <</O /List /ListNumbering /Decimal>>"},
    [ROLE_ITEM] = {"LI", ""},
    [ROLE_LABEL] = {"Lbl", ""},
    [ROLE_ITEM_BODY] = {"LBody", ""},
    [ROLE_TABLE] = {"Table", ""},
    [ROLE_ROW] = {"TR", ""},
    [ROLE_COLUMN_HEAD] = {"TH", "/A <</O /Table /Scope /Column>>"},
    [ROLE_ROW_HEAD] = {"TH", "/A <</O /Table /Scope /Row>>"},
    [ROLE_CELL] = {"TD", ""},
    [ROLE_CAPTION] = {"Caption", ""},
    [ROLE_FIGURE] = {"Figure", ""},
    [ROLE_LINK] = {"Link", ""},
    [ROLE_SPAN] = {"Span", ""},
    [ROLE_INSERTED] = {"Span", "/A <</O /Layout /TextDecorationType /Underline>>"},
    [ROLE_DELETED] = {"Span", "/A <</O /Layout /TextDecorationType /LineThrough>>"},
    [ROLE_NOTE] = {"Note", ""},
    [ROLE_CONTENTS] = {"TOC", ""},
    [ROLE_CONTENTS_ITEM] = {"TOCI", ""},
    [ROLE_REFERENCE] = {"Reference", ""},
    [ROLE_INDEX] = {"Index", ""},
    [ROLE_FORM] = {"Form", ""},
};

struct pdf_tags *tag_table(struct arena *a)
{
    struct pdf_tags *t = NEW(a, struct pdf_tags);
    t->arena = a;
    PUSH(a, t->v, t->n, t->cap, struct tag) = (struct tag){0};
    tag_new(t, ROLE_DOCUMENT, TAG_NONE);
    t->v[TAG_DOCUMENT].is_attached = true;
    return t;
}

unsigned tag_new(struct pdf_tags *t, enum pdf_role role, unsigned parent)
{
    PUSH(t->arena, t->v, t->n, t->cap, struct tag) =
        (struct tag){.role = (unsigned char)role, .parent = parent};
    return (unsigned)(t->n - 1);
}

void tag_describe(struct pdf_tags *t, unsigned tag, str words)
{
    t->v[tag].words = words;
}

str tag_words(const struct pdf_tags *t, unsigned tag)
{
    return t->v[tag].words;
}

unsigned tag_parent(const struct pdf_tags *t, unsigned tag)
{
    return t->v[tag].parent;
}

bool tag_is_said(const struct pdf_tags *t, unsigned tag)
{
    return t->v[tag].is_attached;
}

void tag_frame(struct pdf_tags *t, unsigned tag, const double box[4])
{
    double *copy = NEW_ARRAY(t->arena, double, 4);
    for (size_t i = 0; i < 4; i++)
        copy[i] = box[i];
    t->v[tag].box = copy;
}

const char *tag_name(const struct pdf_tags *t, unsigned tag)
{
    return role_text[t->v[tag].role].name;
}

static void add_kid(struct pdf_tags *t, unsigned tag, struct kid kid)
{
    struct kid *k = NEW(t->arena, struct kid);
    *k = kid;
    if (t->v[tag].last)
        t->v[tag].last->next = k;
    else
        t->v[tag].first = k;
    t->v[tag].last = k;
}

static void settle_level(struct pdf_tags *t, struct tag *heading)
{
    while (t->open_head_count > 0 && t->open_heads[t->open_head_count - 1] >= heading->role)
        t->open_head_count--;
    t->open_heads[t->open_head_count++] = heading->role;
    heading->role = (unsigned char)(ROLE_H1 + t->open_head_count - 1);
}

void tag_touch(struct pdf_tags *t, unsigned tag)
{
    assert(tag > 0 && tag < t->n);
    for (unsigned up = tag; !t->v[up].is_attached; up = t->v[up].parent) {
        t->v[up].is_attached = true;
        if (t->v[up].role >= ROLE_H1 && t->v[up].role <= ROLE_H6)
            settle_level(t, &t->v[up]);
        add_kid(t, t->v[up].parent, (struct kid){.kind = KID_TAG, .number = up});
    }
}

unsigned tag_mark(struct pdf_tags *t, unsigned tag, size_t page)
{
    tag_touch(t, tag);
    while (t->page_count <= page)
        PUSH(t->arena, t->pages, t->page_count, t->page_cap, struct marks) = (struct marks){0};
    struct marks *m = &t->pages[page];
    unsigned number = (unsigned)m->n;
    PUSH(t->arena, m->tags, m->n, m->cap, unsigned) = tag;
    add_kid(t, tag, (struct kid){.kind = KID_MARK, .number = number, .page = page});
    return number;
}

unsigned tag_annotation(struct pdf_tags *t, unsigned tag, size_t page, HPDF_Dict annotation)
{
    tag_touch(t, tag);
    add_kid(t, tag,
            (struct kid){.kind = KID_ANNOTATION, .number = file_number(annotation), .page = page});
    PUSH(t->arena, t->annotations, t->annotation_count, t->annotation_cap, unsigned) = tag;
    return (unsigned)(TAG_ANNOTATION_KEYS + t->annotation_count - 1);
}

static bool has_annotation(const struct tag *tag)
{
    for (const struct kid *k = tag->first; k; k = k->next)
        if (k->kind == KID_ANNOTATION)
            return true;
    return false;
}

/* The page of the first marks is the element's own: they are then mere numbers. */
static size_t own_page(const struct tag *tag)
{
    for (const struct kid *k = tag->first; k; k = k->next)
        if (k->kind == KID_MARK)
            return k->page;
    return SIZE_MAX;
}

static void add_kids(struct buf *b, const struct pdf_tags *t, const struct tag *tag,
                     HPDF_Dict const *pages)
{
    size_t page = own_page(tag);
    if (page != SIZE_MAX)
        buf_fmt(b, "/Pg %u 0 R\n", file_number(pages[page]));
    bool is_field = tag->role == ROLE_FORM; /* its one kid stands without brackets */
    buf_add(b, is_field ? S("/K ") : S("/K ["));
    for (const struct kid *k = tag->first; k; k = k->next) {
        if (k->kind == KID_TAG)
            buf_fmt(b, "%u 0 R\n", file_number(t->v[k->number].object));
        else if (k->kind == KID_MARK && k->page == page)
            buf_fmt(b, "%u ", k->number);
        else if (k->kind == KID_MARK)
            buf_fmt(b, "<</Type /MCR /Pg %u 0 R /MCID %u>>\n", file_number(pages[k->page]),
                    k->number);
        else
            buf_fmt(b, "<</Type /OBJR /Pg %u 0 R /Obj %u 0 R>>\n", file_number(pages[k->page]),
                    k->number);
    }
    if (!is_field)
        buf_lit(b, "]\n");
}

/* `b` is used again for each, so that only what is written stays in the arena. */
static void write_tag(struct pdf_tags *t, struct pdf_file *f, unsigned number,
                      HPDF_Dict const *pages, unsigned root, struct buf *b)
{
    struct tag *tag = &t->v[number];
    unsigned parent = number == TAG_DOCUMENT ? root : file_number(t->v[tag->parent].object);
    b->n = 0;
    if (tag->role == ROLE_LINK && !has_annotation(tag)) {
        tag->role = ROLE_SPAN;
        tag->words = S(""); /* its own say it */
    }
    buf_fmt(b, "/S /%s /P %u 0 R %s\n", role_text[tag->role].name, parent,
            role_text[tag->role].extra);
    if (tag->role == ROLE_NOTE)
        buf_fmt(b, "/ID (" NOTE_ID ")\n", number);
    if (tag->words.n > 0 && tag->role != ROLE_LINK) {
        buf_lit(b, "/Alt <");
        file_utf16_hex(b, tag->words, true);
        buf_lit(b, ">\n");
    }
    if (tag->box) {
        buf_lit(b, "/A <</O /Layout /Placement /Block /BBox [");
        for (size_t i = 0; i < 4; i++) {
            buf_number(b, tag->box[i], 2);
            buf_char(b, ' ');
        }
        buf_lit(b, "]>>\n");
    }
    add_kids(b, t, tag, pages);
    file_raw(f, tag->object, str_dup(t->arena, buf_str(b)));
}

enum { LEAF_KEYS = 64 };

/* One leaf of the parent tree; the keys are consecutive. */
static void add_leaf(struct buf *kids, struct pdf_file *f, struct arena *a, unsigned first,
                     unsigned last, str nums)
{
    HPDF_Dict leaf = file_dict(f);
    file_raw(f, leaf,
             str_fmt(a, "/Limits [%u %u] /Nums [" STR_FMT "]\n", first, last, STR_ARG(nums)));
    buf_fmt(kids, "%u 0 R\n", file_number(leaf));
}

static void page_leaves(struct pdf_tags *t, struct pdf_file *f, struct buf *kids)
{
    for (size_t from = 0; from < t->page_count; from += LEAF_KEYS) {
        struct buf nums = buf_in(t->arena, 1024);
        size_t to = from + LEAF_KEYS < t->page_count ? from + LEAF_KEYS : t->page_count;
        for (size_t i = from; i < to; i++) {
            buf_fmt(&nums, "%zu [", i);
            for (size_t m = 0; m < t->pages[i].n; m++)
                buf_fmt(&nums, "%u 0 R ", file_number(t->v[t->pages[i].tags[m]].object));
            buf_lit(&nums, "]\n");
        }
        add_leaf(kids, f, t->arena, (unsigned)from, (unsigned)(to - 1), buf_str(&nums));
    }
}

static void annotation_leaves(struct pdf_tags *t, struct pdf_file *f, struct buf *kids)
{
    for (size_t from = 0; from < t->annotation_count; from += LEAF_KEYS) {
        struct buf nums = buf_in(t->arena, 1024);
        size_t to = from + LEAF_KEYS < t->annotation_count ? from + LEAF_KEYS : t->annotation_count;
        for (size_t i = from; i < to; i++)
            buf_fmt(&nums, "%zu %u 0 R\n", TAG_ANNOTATION_KEYS + i,
                    file_number(t->v[t->annotations[i]].object));
        add_leaf(kids, f, t->arena, (unsigned)(TAG_ANNOTATION_KEYS + from),
                 (unsigned)(TAG_ANNOTATION_KEYS + to - 1), buf_str(&nums));
    }
}

static void note_leaves(struct pdf_tags *t, struct pdf_file *f, struct buf *kids)
{
    unsigned *notes = NULL;
    size_t count = 0, cap = 0;
    for (size_t i = TAG_DOCUMENT; i < t->n; i++)
        if (t->v[i].is_attached && t->v[i].role == ROLE_NOTE)
            PUSH(t->arena, notes, count, cap, unsigned) = (unsigned)i;
    for (size_t from = 0; from < count; from += LEAF_KEYS) {
        struct buf names = buf_in(t->arena, 1024);
        size_t to = from + LEAF_KEYS < count ? from + LEAF_KEYS : count;
        buf_fmt(&names, "/Limits [(" NOTE_ID ") (" NOTE_ID ")] /Names [", notes[from],
                notes[to - 1]);
        for (size_t i = from; i < to; i++)
            buf_fmt(&names, "(" NOTE_ID ") %u 0 R\n", notes[i], file_number(t->v[notes[i]].object));
        buf_lit(&names, "]\n");
        HPDF_Dict leaf = file_dict(f);
        file_raw(f, leaf, buf_str(&names));
        buf_fmt(kids, "%u 0 R\n", file_number(leaf));
    }
}

/* A tree of these leaves as an entry of the root; nothing without leaves. */
static void add_tree(struct buf *root, struct pdf_tags *t, struct pdf_file *f, const char *key,
                     const struct buf *kids)
{
    if (kids->n == 0)
        return;
    HPDF_Dict tree = file_dict(f);
    file_raw(f, tree, str_fmt(t->arena, "/Kids [" STR_FMT "]\n", STR_ARG(buf_str(kids))));
    buf_fmt(root, "/%s %u 0 R\n", key, file_number(tree));
}

static void write_root(struct pdf_tags *t, struct pdf_file *f, HPDF_Dict root)
{
    struct buf b = buf_in(t->arena, 256);
    struct buf kids = buf_in(t->arena, 256), names = buf_in(t->arena, 64);
    buf_fmt(&b, "/Type /StructTreeRoot /K %u 0 R /ParentTreeNextKey %zu\n",
            file_number(t->v[TAG_DOCUMENT].object), TAG_ANNOTATION_KEYS + t->annotation_count);
    page_leaves(t, f, &kids);
    annotation_leaves(t, f, &kids);
    note_leaves(t, f, &names);
    add_tree(&b, t, f, "ParentTree", &kids);
    add_tree(&b, t, f, "IDTree", &names);
    file_raw(f, root, buf_str(&b));
    HPDF_Dict_Add(file_catalog(f), "StructTreeRoot", root);
}

void tag_write(struct pdf_tags *t, struct pdf_file *f, HPDF_Dict const *pages, size_t page_count)
{
    assert(page_count < TAG_ANNOTATION_KEYS);
    HPDF_Dict root = file_dict(f);
    struct buf b = buf_in(t->arena, 1024);
    for (size_t i = TAG_DOCUMENT; i < t->n; i++)
        if (t->v[i].is_attached)
            t->v[i].object = file_dict(f);
    for (size_t i = TAG_DOCUMENT; i < t->n; i++)
        if (t->v[i].is_attached)
            write_tag(t, f, (unsigned)i, pages, file_number(root), &b);
    write_root(t, f, root);
}
