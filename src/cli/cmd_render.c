/* cli/cmd_render: one Markdown or Mustache file, without a workspace. */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "form/doc/doc.h"
#include "text/font.h"
#include "text/json.h"
#include "text/source.h"
#include "text/yaml.h"
#include "write/html/html.h"
#include "write/pdf/pdf.h"

enum { RENDER_BYTES_MAX = 0x7FFFFFFF, DATA_BYTES_MAX = 64 * 1024 * 1024 };

struct render {
    const struct options *options;
    struct arena *arena;
    struct diags *diags;
    struct signer *signer; /* NULL: nothing is signed */
    uint32_t file;
    struct tval data;
    struct buf out;
};

/* Reads a file named on the command line; 0 after a report. */
static uint32_t source(struct render *r, const char *path, size_t size_bytes_max)
{
    struct file_read in = file_read_any(r->arena, path, size_bytes_max);
    str shown = str_from(path);
    if (in.fault == FILE_ERRNO || in.fault == FILE_LINK) {
        diag_os(r->diags, shown, in.error_number, "read this file");
        return 0;
    }
    uint32_t file = diags_source(r->diags, shown, in.text);
    return source_is_text(r->diags, file, &in, size_bytes_max) ? file : 0;
}

static bool read_data(struct render *r)
{
    r->data = (struct tval){.kind = TV_UNKNOWN};
    if (r->options->data == NULL)
        return true;
    uint32_t file = source(r, r->options->data, DATA_BYTES_MAX);
    if (file == 0)
        return false;
    bool is_json = str_eq(path_extension(str_from(r->options->data)), S("json"));
    size_t size = diags_source_text(r->diags, file).n;
    const struct value *v = is_json ? json_parse(r->arena, r->diags, file)
                                    : yaml_parse(r->arena, r->diags, file, 0, size);
    r->data = value_tval(v);
    return true;
}

static enum template_language language_of(str path)
{
    str e = path_extension(path);
    if (str_eq(e, S("md")) || str_eq(e, S("markdown")))
        return TEMPLATE_MARKDOWN;
    return str_eq(e, S("html")) || str_eq(e, S("mustache")) ? TEMPLATE_HTML : TEMPLATE_TEXT;
}

/* The file as a template alone: --to md, and files that are not Markdown. */
static void render_template(struct render *r, enum template_language language)
{
    str text = diags_source_text(r->diags, r->file);
    if (r->data.kind == TV_UNKNOWN) {
        buf_add(&r->out, text);
        return;
    }
    const struct template *t =
        template_compile(r->arena, r->diags, r->file, text, 0, language, false);
    template_render(t, r->data, NULL, r->diags, &r->out, NULL);
}

static str no_page(void *self, struct arena *a, const struct record *target)
{
    (void)self;
    (void)a;
    (void)target;
    return S("");
}

static void html_page(struct render *r, const struct doc *doc)
{
    struct html h = html_into(&r->out);
    struct html_context context = {
        .page_path = S("index.html"), .href = no_page, .arena = r->arena};
    buf_lit(&r->out, "<!DOCTYPE html>\n");
    html_open(&h, "html");
    html_attr(&h, "lang", doc->language);
    html_open(&h, "head");
    html_void(&h, "meta");
    html_attr(&h, "charset", S("utf-8"));
    html_void(&h, "meta");
    html_attr(&h, "name", S("viewport"));
    html_attr(&h, "content", S("width=device-width"));
    html_element(&h, "title", NULL, doc->title);
    html_close(&h, "head");
    html_open(&h, "body");
    html_newline(&h);
    html_tree(&h, &context, doc->body);
    html_close(&h, "body");
    html_close(&h, "html");
    html_newline(&h);
    html_done(&h);
}

static void pdf_seal(struct render *r, struct pdf_options *how, struct pdf_seal *seal)
{
    if (r->signer == NULL)
        return;
    *seal = pdf_seal_by(r->arena, r->signer, r->options->as_of, S(""));
    how->seal = seal;
}

static void pdf_page(struct render *r, const struct doc *doc)
{
    struct pdf_seal seal;
    struct fonts *faces = font_open(r->arena, r->diags);
    if (faces == NULL)
        return;
    struct pdf_fonts *fonts = pdf_fonts_open(r->arena, faces, doc->language);
    struct pdf_options how = {.root = AT_FDCWD};
    str folder = path_folder(str_from(r->options->arguments[0]));
    int error_number = dir_open(folder.n ? str_c(r->arena, folder) : ".", &how.root);
    if (error_number != 0) {
        diag_os(r->diags, folder, error_number, "open this folder");
        return;
    }
    pdf_seal(r, &how, &seal);
    bool fine = pdf_document(r->arena, r->diags, fonts, &how, doc, &r->out);
    close(how.root);
    if (fine && r->signer != NULL)
        sign_pdf(r->signer, r->arena, r->diags, doc->source, r->out.p, r->out.n);
}

static void render_document(struct render *r)
{
    struct doc *doc = doc_from_file(r->arena, r->diags, r->file, r->data);
    doc->source = path_name(doc->source); /* pictures are beside the file */
    if (r->options->target == RENDER_HTML)
        html_page(r, doc);
    else if (r->options->target == RENDER_PDF)
        pdf_page(r, doc);
    else
        buf_add(&r->out, md_text(r->arena, doc->body));
}

static void put_output(struct render *r)
{
    const char *path = r->options->output;
    int error_number = 0;
    if (path != NULL)
        error_number = file_replace(AT_FDCWD, str_from(path), buf_str(&r->out));
    else if (fwrite(r->out.p, 1, r->out.n, stdout) != r->out.n || fflush(stdout) != 0)
        error_number = errno;
    if (error_number != 0)
        diag_os(r->diags, str_from(path ? path : "standard output"), error_number,
                "write this file");
}

/* No clock is read here, so the day of a seal must be said. */
static bool words_fit(const struct options *o, bool is_markdown)
{
    if (!is_markdown && o->target == RENDER_PDF)
        fprintf(stderr, "continuo render: only Markdown becomes PDF, '%s' does not end in .md\n",
                o->arguments[0]);
    else if (options_sign(o) && o->target != RENDER_PDF)
        fputs("continuo render: only PDF is signed; add --to pdf\n", stderr);
    else if (options_sign(o) && o->as_of == DATE_NONE)
        fputs("continuo render: on which day is it signed? Add --as-of YYYY-MM-DD\n", stderr);
    else
        return true;
    return false;
}

static bool open_signer(struct render *r)
{
    struct sign_request request = r->options->sign;
    request.as_of = r->options->as_of;
    if (options_sign(r->options))
        r->signer = signer_open(r->arena, r->diags, &request);
    return r->signer != NULL || !options_sign(r->options);
}

int cmd_render(const struct options *o)
{
    struct render r = {.options = o, .arena = arena_new("render", RENDER_BYTES_MAX)};
    if (o->argument_count != 1) {
        fputs("continuo render: name one file\nSee 'continuo render --help'.\n", stderr);
        return EXIT_USAGE;
    }
    const char *path = o->arguments[0];
    r.diags = diags_new(r.arena);
    r.out = buf_in(r.arena, 4096);
    bool is_markdown = language_of(str_from(path)) == TEMPLATE_MARKDOWN;
    if (!words_fit(o, is_markdown))
        return EXIT_USAGE;
    r.file = source(&r, path, is_markdown ? MD_BYTES_MAX : DATA_BYTES_MAX);
    if (r.file != 0 && read_data(&r) && open_signer(&r)) {
        if (is_markdown && o->target != RENDER_MD)
            render_document(&r);
        else
            render_template(&r, language_of(str_from(path)));
    }
    if (r.file != 0 && diags_exit_status(r.diags) == EXIT_OK)
        put_output(&r);
    if (r.signer != NULL)
        signer_close(r.signer);
    print_findings(r.diags, o);
    return diags_exit_status(r.diags);
}
