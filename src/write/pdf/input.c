/* write/pdf/input: fields to type in, as objects of the file. */
#include "write/pdf/input_int.h"

#define INPUT_SIZE 9 /* of what is typed, points */

struct group {
    str name;
    HPDF_Dict field;
    struct buf kids; /* "12 0 R " each */
};

struct inputs {
    struct arena *arena;
    struct pdf_file *file;
    struct group *v;
    size_t n, cap;
};

struct inputs *inputs_new(struct arena *a, struct pdf_file *f)
{
    struct inputs *all = NEW(a, struct inputs);
    *all = (struct inputs){.arena = a, .file = f};
    return all;
}

static struct group *group_named(struct inputs *all, str name)
{
    if (all->n > 0 && str_eq(all->v[all->n - 1].name, name))
        return &all->v[all->n - 1];
    struct group *g = &PUSH(all->arena, all->v, all->n, all->cap, struct group);
    *g = (struct group){name, file_dict(all->file), buf_in(all->arena, 64)};
    return g;
}

static bool is_plain(str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] < ' ' || text.p[i] > '~' ||
            str_find_char(S("()\\"), text.p[i], 0) != SIZE_MAX)
            return false;
    return true;
}

/* As it is, or in UTF-16: a form has hundreds of these. */
static void add_text(struct buf *b, const char *key, str text)
{
    if (is_plain(text)) {
        buf_fmt(b, "/%s (" STR_FMT ")\n", key, STR_ARG(text));
        return;
    }
    buf_fmt(b, "/%s <", key);
    file_utf16_hex(b, text, true);
    buf_lit(b, ">\n");
}

static void add_numbers(struct buf *b, const double *v, size_t count)
{
    buf_char(b, '[');
    for (size_t i = 0; i < count; i++) {
        buf_number(b, v[i], 2);
        buf_char(b, i + 1 < count ? ' ' : ']');
    }
    buf_char(b, '\n');
}

/* What an empty field looks like: nothing. */
static HPDF_Dict appearance(struct inputs *all, const double corners[4])
{
    HPDF_Dict form = file_stream(all->file, S("/Tx BMC EMC\n"));
    HPDF_Dict_AddName(form, "Type", "XObject");
    HPDF_Dict_AddName(form, "Subtype", "Form");
    struct buf b = buf_in(all->arena, 80);
    buf_lit(&b, "/BBox ");
    add_numbers(&b, (double[4]){0, 0, corners[2] - corners[0], corners[3] - corners[1]}, 4);
    buf_lit(&b, "/Resources <<>>\n");
    file_raw(all->file, form, buf_str(&b));
    return form;
}

void inputs_add(struct inputs *all, HPDF_Dict widget, HPDF_Dict page, const struct pdf_input *input,
                const double corners[4], unsigned key)
{
    enum { PRINTED = 4, SEVERAL_LINES = 1 << 12 };
    struct group *g = group_named(all, input->group);
    struct buf b = buf_in(all->arena, 512);
    buf_fmt(&b, "/Type /Annot\n/Subtype /Widget\n/FT /Tx\n/F %d\n/P %u 0 R\n/Parent %u 0 R\n",
            PRINTED, file_number(page), file_number(g->field));
    buf_fmt(&b, "/Ff %d\n/DA (/Latin %d Tf 0 g)\n/AP <</N %u 0 R>>\n/StructParent %u\n/Rect ",
            input->has_lines ? SEVERAL_LINES : 0, INPUT_SIZE, file_number(appearance(all, corners)),
            key);
    add_numbers(&b, corners, 4);
    add_text(&b, "T", input->key);
    add_text(&b, "TU", input->label);
    add_text(&b, "Contents", input->label);
    file_raw(all->file, widget, buf_str(&b));
    buf_fmt(&g->kids, "%u 0 R ", file_number(widget));
}

static void write_group(struct inputs *all, const struct group *g)
{
    struct buf b = buf_in(all->arena, g->kids.n + 80);
    add_text(&b, "T", g->name);
    buf_fmt(&b, "/Kids [" STR_FMT "]\n", STR_ARG(buf_str(&g->kids)));
    file_raw(all->file, g->field, buf_str(&b));
}

void inputs_catalog(struct inputs *all, const struct fonts *faces, struct buf *out)
{
    struct buf b = buf_in(all->arena, 256);
    buf_lit(&b, "/Fields [");
    for (size_t i = 0; i < all->n; i++) {
        write_group(all, &all->v[i]);
        buf_fmt(&b, "%u 0 R ", file_number(all->v[i].field));
    }
    unsigned font = file_number(latin_font(all->file, all->arena, faces));
    buf_fmt(&b, "]\n/DA (/Latin %d Tf 0 g)\n/DR <</Font <</Latin %u 0 R>>>>\n", INPUT_SIZE, font);
    HPDF_Dict form = file_dict(all->file);
    file_raw(all->file, form, buf_str(&b));
    buf_fmt(out, "/AcroForm %u 0 R\n", file_number(form));
}
