/* cli/address: where readers find the edition in force. */
#include "cli/address.h"

#include "base/path.h"

str address_of_audience(struct arena *a, const struct model *m, str audience)
{
    str base = rec_text(m->workspace, WORKSPACE_ADDRESS);
    if (base.n == 0)
        return S("");
    const char *slash = str_ends(base, S("/")) ? "" : "/";
    return str_fmt(a, STR_FMT "%s" STR_FMT "/", STR_ARG(base), slash, STR_ARG(audience));
}

str address_of_record(struct arena *a, const struct model *m, str audience, const struct record *r)
{
    str folder = address_of_audience(a, m, audience);
    return folder.n == 0 ? folder
                         : str_fmt(a, STR_FMT "to/" STR_FMT "/", STR_ARG(folder),
                                   STR_ARG(path_slug(a, r->id)));
}
