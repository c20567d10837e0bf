/* text/source: whether a file that was read can be taken as text at all. */
#include "text/source.h"

#include "text/rules.h"

static void report_fault(struct diags *d, uint32_t file, const struct file_read *r, size_t max)
{
    struct span at = {file, 0, 0};
    switch (r->fault) {
    case FILE_LINK:
        diag(d, TEXT_RULE(FILE_LINK), at, "this is a symbolic link, or lies behind one");
        break;
    case FILE_KIND:
        diag(d, TEXT_RULE(FILE_KIND), at, "this is not a regular file");
        break;
    case FILE_TOO_LARGE:
        diag(d, TEXT_RULE(FILE_SIZE), at, "the file has %llu bytes, the limit is %zu",
             (unsigned long long)r->size_bytes, max);
        break;
    default:
        diag(d, TEXT_RULE(FILE_CHANGED), at, "the file changed while it was read");
    }
}

bool source_is_text(struct diags *d, uint32_t file, const struct file_read *r,
                    size_t size_bytes_max)
{
    if (r->fault != FILE_OK) {
        report_fault(d, file, r, size_bytes_max);
        return false;
    }
    size_t nul = str_find_char(r->text, 0, 0), bad = utf8_invalid_at(r->text);
    if (nul != SIZE_MAX)
        diag(d, TEXT_RULE(FILE_NUL), (struct span){file, (uint32_t)nul, 1},
             "a NUL byte at offset %zu", nul);
    else if (bad != SIZE_MAX)
        diag(d, TEXT_RULE(FILE_UTF8), (struct span){file, (uint32_t)bad, 1},
             "byte 0x%02X at offset %zu is not UTF-8", (unsigned char)r->text.p[bad], bad);
    return nul == SIZE_MAX && bad == SIZE_MAX;
}
