/* write/pdf/figure: pictures and drawings on paper. */
#include "write/pdf/figure_int.h"

#include <math.h>

#include "base/file.h"
#include "base/path.h"
#include "text/rules.h"
#include "write/pdf/block_int.h"

#define DOTS_PER_INCH 120.0 /* of a picture that does not say: screenshots, mostly */
#define HEIGHT_SHARE  0.8   /* of a page, that a figure may take */

static unsigned upright_width(const struct pdf_picture *p)
{
    return p->turn > 4 ? p->height : p->width;
}

static unsigned upright_height(const struct pdf_picture *p)
{
    return p->turn > 4 ? p->width : p->height;
}

static bool source_of(const struct pdf_layout *l, str url, str *source)
{
    for (size_t i = 0; i < l->doc->picture_count; i++)
        if (str_eq(l->doc->pictures[i].url, url)) {
            *source = l->doc->pictures[i].source;
            return true;
        }
    return path_resolve(l->arena, l->doc->source, url, source);
}

static str fault_text(const struct pdf_layout *l, const struct file_read *file)
{
    switch (file->fault) {
    case FILE_ERRNO:
        return S("it cannot be opened");
    case FILE_LINK:
        return S("it is a symbolic link");
    case FILE_TOO_LARGE:
        return str_fmt(l->arena, "it has %llu bytes", (unsigned long long)file->size_bytes);
    case FILE_KIND:
    case FILE_CHANGED:
    case FILE_OK:
        break;
    }
    return S("it is no regular file");
}

/* A picture that fails is known as this one, so that it is reported once. */
static struct pdf_picture no_picture;

/* NULL with a fault. */
static struct pdf_picture *read_picture(struct pdf_layout *l, str source,
                                        struct picture_fault *fault)
{
    struct arena *bytes = arena_new("picture file", PICTURE_BYTES_MAX * (size_t)2);
    struct file_read file = file_read(bytes, l->options->root, source, PICTURE_BYTES_MAX);
    struct pdf_picture *p = NULL;
    *fault = (struct picture_fault){.is_limit = file.fault == FILE_TOO_LARGE};
    if (file.fault == FILE_OK)
        p = picture_read(l->arena, file.text, fault);
    else
        fault->text = fault_text(l, &file);
    arena_free(bytes);
    return p;
}

static struct pdf_picture *load(struct pdf_layout *l, const struct md_node *image)
{
    str source;
    struct picture_fault fault;
    if (!source_of(l, image->url, &source))
        return &no_picture; /* the document's assembly has refused the address */
    struct pdf_picture *p = read_picture(l, source, &fault);
    if (p)
        return p;
    diag(l->diags, fault.is_limit ? TEXT_RULE(IM_LIMIT) : TEXT_RULE(IM_BROKEN), image->span,
         "the picture '" STR_FMT "' cannot be printed: " STR_FMT, STR_ARG(image->url),
         STR_ARG(fault.text));
    l->is_broken = true;
    return &no_picture;
}

static void keep(struct pdf_layout *l, struct pdf_picture *p)
{
    p->number = (unsigned)l->picture_count;
    PUSH(l->arena, l->picture_list, l->picture_count, l->picture_cap, const struct pdf_picture *) =
        p;
}

static struct figure_size size_of(const struct pdf_picture *p)
{
    double dots =
        p->dots_per_inch >= 36 && p->dots_per_inch <= 2400 ? p->dots_per_inch : DOTS_PER_INCH;
    return (struct figure_size){upright_width(p) * 72.0 / dots, upright_height(p) * 72.0 / dots};
}

const struct pdf_picture *figure_logo(struct pdf_layout *l, struct figure_size *size)
{
    struct picture_fault fault;
    str source = l->options->logo;
    if (l->logo == NULL && source.n != 0) {
        struct pdf_picture *p = read_picture(l, source, &fault);
        if (p != NULL)
            keep(l, p);
        l->logo = p;
    }
    if (l->logo != NULL)
        *size = size_of(l->logo);
    return l->logo;
}

const struct pdf_picture *figure_picture(struct pdf_layout *l, const struct md_node *image,
                                         struct figure_size *size)
{
    struct pdf_picture *p = map_find(&l->pictures, image->url);
    if (!p) {
        p = load(l, image);
        map_put(&l->pictures, image->url, p);
        if (p != &no_picture)
            keep(l, p);
    }
    if (p == &no_picture)
        return NULL;
    *size = size_of(p);
    return p;
}

unsigned figure_tag(struct pdf_layout *l, unsigned parent, str words)
{
    if (str_is_blank(words))
        return TAG_NONE;
    unsigned tag = tag_new(l->tags, ROLE_FIGURE, parent);
    tag_describe(l->tags, tag, words);
    return tag;
}

static bool is_white(const struct md_node *n)
{
    return n->kind == MD_SOFTBREAK || (n->kind == MD_TEXT && str_is_blank(n->text));
}

static struct md_node *only_picture(const struct md_node *para)
{
    struct md_node *found = NULL;
    for (struct md_node *n = para->first; n; n = n->next) {
        if (is_white(n))
            continue;
        if (n->kind != MD_IMAGE || found)
            return NULL;
        found = n;
    }
    return found;
}

bool figure_is_alone(const struct md_node *para)
{
    return only_picture(para) != NULL;
}

str figure_title(const struct md_node *para)
{
    return only_picture(para)->title;
}

/* With a number, for the same picture may stand in several places. */
str figure_anchor(struct pdf_layout *l, const struct md_node *para)
{
    str key = {(const char *)&para, sizeof para};
    const str *known = map_find(&l->figures, key);
    if (known)
        return *known;
    str *anchor = NEW(l->arena, str);
    *anchor = str_fmt(l->arena, "picture-" STR_FMT "-%zu", STR_ARG(only_picture(para)->url),
                      l->figures.count + 1);
    map_put(&l->figures, str_dup(l->arena, key), anchor);
    return *anchor;
}

static double page_room(const struct pdf_layout *l, bool is_landscape)
{
    struct pdf_sheet s = style_sheet(&l->paper, is_landscape, false);
    return (s.height - s.top - s.bottom) * HEIGHT_SHARE;
}

struct figure_size figure_among_words(const struct pdf_layout *l, struct figure_size size)
{
    double room = fmin(page_room(l, false), page_room(l, true));
    double scale = fmin(1, room / size.height);
    return (struct figure_size){size.width * scale, size.height * scale};
}

static void caption(struct pdf_layout *l, const struct block *b, str text, enum font_style style,
                    unsigned tag)
{
    struct block inner = *b;
    inner.size = text_size[SIZE_TABLE];
    struct look *look = look_new(l, style, (double)inner.size.size, COLOR_MUTED, tag);
    struct para_style para = block_style(&inner, PARA_LEFT);
    block_text(l, &inner, text, look, &para);
}

/* A frame with the picture's words: the reader sees that something is missing. */
static void missing(struct pdf_layout *l, const struct block *b, const struct md_node *image)
{
    enum { FRAME = 46, INSET = 10 };
    struct pdf_ops ops = {0};
    op_add(l->arena, &ops,
           (struct pdf_op){.kind = OP_RECT,
                           .stroke = COLOR_BAD,
                           .fill = COLOR_BAD_TINT,
                           .w = (float)b->width,
                           .h = FRAME,
                           .size = RULE_LIGHT});
    str words = md_text(l->arena, image);
    str text =
        str_fmt(l->arena, "Picture missing: " STR_FMT, STR_ARG(words.n > 0 ? words : image->url));
    struct look *look = look_new(l, FONT_REGULAR, (double)b->size.size, COLOR_TEXT,
                                 tag_new(l->tags, ROLE_P, b->tag));
    struct chunks c = {0};
    chunks_text(l, &c, text, look, false);
    bidi_resolve(l, &c);
    struct para_style style = block_style(b, PARA_LEFT);
    style.width -= 2 * INSET;
    struct para p = para_set(l, &c, &style);
    double y = INSET;
    for (size_t i = 0; i < p.count; y += p.lines[i++].height)
        op_copy(l->arena, &ops, p.lines[i].ops.v, p.lines[i].ops.n, INSET, y);
    double height = fmax(FRAME, y + INSET);
    ops.v[0].h = (float)height;
    block_box(l, (struct vitem){.x = (float)b->x,
                                .height = (float)height,
                                .ops = ops.v,
                                .count = ops.n,
                                .frame = b->frame});
    arena_reset(l->scratch);
}

void figure_set_picture(struct pdf_layout *l, const struct block *b, struct md_node *para)
{
    struct md_node *image = only_picture(para);
    struct figure_size size;
    const struct pdf_picture *p = figure_picture(l, image, &size);
    block_gap(l, BLOCK_GAP);
    block_target(l, figure_anchor(l, para));
    if (!p) {
        missing(l, b, image);
        block_gap(l, BLOCK_GAP);
        return;
    }
    double scale =
        fmin(1, fmin(b->width / size.width, page_room(l, l->is_landscape) / size.height));
    unsigned tag = figure_tag(l, b->tag, md_text(l->arena, image));
    struct pdf_op *op = NEW(l->arena, struct pdf_op);
    *op = (struct pdf_op){.kind = OP_PICTURE,
                          .tag = tag,
                          .w = (float)(size.width * scale),
                          .h = (float)(size.height * scale),
                          .picture = p};
    if (l->is_rtl)
        op->x = (float)b->width - op->w;
    block_box(l, (struct vitem){
                     .x = (float)b->x, .height = op->h, .ops = op, .count = 1, .frame = b->frame});
    if (image->title.n > 0) {
        block_gap(l, 4);
        block_keep(l);
        caption(l, b, image->title, FONT_REGULAR, tag_new(l->tags, ROLE_P, b->tag));
    }
    block_gap(l, BLOCK_GAP);
}

static double scale_of(const struct pdf_layout *l, const struct block *b, const struct drawing *d)
{
    struct pdf_sheet s = layout_sheet(l);
    double left = s.height - s.top - s.bottom - block_led(l) - l->flow.gap;
    double height = fmin(page_room(l, l->is_landscape), left);
    return fmin(1, fmin(b->width / d->width, height / d->height));
}

static void place_drawing(struct pdf_layout *l, const struct block *b, const struct drawing *d,
                          double scale)
{
    str words = d->description.n > 0 ? d->description : d->title;
    unsigned tag = figure_tag(l, b->tag, str_is_blank(words) ? S("Drawing") : words);
    struct pdf_ops ops = {0};
    figure_drawing(l, d, scale, tag, &ops);
    double x = l->is_rtl ? b->x + b->width - d->width * scale : b->x;
    block_box(l, (struct vitem){.x = (float)x,
                                .height = (float)(d->height * scale),
                                .ops = ops.v,
                                .count = ops.n,
                                .frame = b->frame});
}

/* Of a drawing that has a sheet of its own. */
static double scale_on_sheet(const struct pdf_layout *l, const struct drawing *d, bool is_landscape)
{
    struct pdf_sheet s = style_sheet(&l->paper, is_landscape, false);
    return fmin(
        1, fmin((s.width - s.left - s.right) / d->width, page_room(l, is_landscape) / d->height));
}

/* Text below 7 points is hard to read, so a drawing that would have to shrink
 * that far goes on a sheet of its own, turned, where that helps. */
static void turn_for(struct pdf_layout *l, const struct block *outer, const struct drawing *d,
                     bool *is_turned)
{
    enum { SHRINK_PERCENT_MIN = 72 };
    double upright = scale_on_sheet(l, d, false);
    bool turns = upright * 100 < SHRINK_PERCENT_MIN && scale_on_sheet(l, d, true) > upright;
    if (!outer->is_top || turns == *is_turned || (l->is_landscape && !*is_turned))
        return;
    if (turns)
        block_turn(l);
    else
        block_sheet(l, false);
    *is_turned = turns;
}

/* False when it cannot be read at that size, or there is no picture. */
static bool set_picture(struct pdf_layout *l, const struct block *outer, const struct drawing *d,
                        bool *is_turned)
{
    enum { LEGIBLE_PERCENT_MIN = 50 };
    bool has_picture = d->count > 0 && d->width > 0 && d->height > 0;
    if (has_picture)
        turn_for(l, outer, d, is_turned);
    struct block b = block_wide(l, outer);
    block_gap(l, BLOCK_GAP);
    block_target(l, d->id);
    if (d->title.n > 0) {
        caption(l, &b, d->title, FONT_BOLD, tag_new(l->tags, ROLE_P, b.tag));
        block_gap(l, 5);
        block_keep(l);
    }
    double scale = has_picture ? scale_of(l, &b, d) : 0;
    if (has_picture)
        place_drawing(l, &b, d, scale);
    if (d->note.n > 0) {
        block_gap(l, 4);
        caption(l, &b, d->note, FONT_REGULAR, tag_new(l->tags, ROLE_P, b.tag));
    }
    return has_picture && scale * 100 >= LEGIBLE_PERCENT_MIN;
}

void figure_set_drawing(struct pdf_layout *l, const struct block *outer, const struct md_node *node)
{
    const struct drawing *d = node->drawing;
    bool is_turned = false, is_legible = set_picture(l, outer, d, &is_turned);
    for (size_t i = 0; i < d->part_count; i++)
        is_legible = set_picture(l, outer, d->parts[i], &is_turned) && is_legible;
    if ((!is_legible || d->needs_table) && d->table) { /* the same in words */
        struct block after = block_body(l);
        table_set_form(l, outer->is_top ? &after : outer, d->table);
    }
    block_gap(l, BLOCK_GAP);
    if (is_turned)
        block_turn_back(l);
}
