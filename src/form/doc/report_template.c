/* form/doc/report_template: templates of ours that yield Markdown (templates/reports/). */
#include "form/doc/report_template.h"

enum { TEMPLATE_BYTES_MAX = 256 * 1024 };

struct md_node *report_template(struct arena *a, struct diags *d, int place, str name,
                                struct tval data, str *text)
{
    str path = str_fmt(a, "templates/reports/" STR_FMT ".md", STR_ARG(name));
    str source;
    if (!diag_file_read(a, d, place, path, TEMPLATE_BYTES_MAX, &source))
        return NULL;
    uint32_t file = diags_source(d, path, source);
    const struct template *t = template_compile(a, d, file, source, 0, TEMPLATE_MARKDOWN, false);
    struct template_map map = {0};
    struct buf out = buf_in(a, source.n * 4);
    template_render(t, data, NULL, d, &out, &map);
    if (text != NULL)
        *text = buf_str(&out);
    return md_parse(a, d, buf_str(&out), file, 0, &map);
}
