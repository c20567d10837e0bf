/* cli/logo: the picture that stands for the house on every page and sheet (`logo:`). */
#include "cli/logo.h"

#include "base/file.h"
#include "text/rules.h"
#include "write/pdf/pdf.h"

enum { LOGO_BYTES_MAX = 128 * 1024 }; /* it is in every PDF */

bool logo_is_named(const struct model *m)
{
    return rec_text(m->workspace, WORKSPACE_LOGO).n != 0;
}

static str fault_of(struct arena *a, const struct file_read *r)
{
    if (r->fault == FILE_OK)
        return pdf_picture_fault(a, r->text);
    if (r->fault == FILE_TOO_LARGE)
        return str_fmt(a, "it has more than %d KB", LOGO_BYTES_MAX / 1024);
    return S("there is no such file");
}

str logo_read(struct arena *a, struct diags *d, const struct model *m, int content)
{
    const struct field_value *logo = rec_value(m->workspace, WORKSPACE_LOGO);
    struct file_read r = file_read(a, content, logo->text, LOGO_BYTES_MAX);
    str fault = fault_of(a, &r);
    if (fault.n == 0)
        return r.text;
    diag(d, TEXT_RULE(IM_BROKEN), logo->span, "the logo '" STR_FMT "' cannot be used: " STR_FMT,
         STR_ARG(logo->text), STR_ARG(fault));
    return S("");
}
