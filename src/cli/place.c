/* cli/place: where the program's own templates and assets are. */
#include "cli/place.h"

#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

enum { LINK_BYTES_MAX = 4096 };

/* From PREFIX/bin/continuo, and from .build/MODE/continuo. */
static const char *const candidate[] = {"../share/continuo", "../.."};

static bool holds_templates(int root)
{
    return faccessat(root, "templates/portal", R_OK, 0) == 0;
}

int place_open(struct arena *a, struct diags *d)
{
    char self[LINK_BYTES_MAX];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);
    if (n <= 0) {
        diag_os(d, S("/proc/self/exe"), errno, "find this program");
        return -1;
    }
    str folder = path_folder((str){self, (size_t)n});
    for (size_t i = 0; i < COUNT_OF(candidate); i++) {
        int root;
        str path = path_join(a, folder, str_from(candidate[i]));
        if (dir_open(str_c(a, path), &root) != 0)
            continue;
        if (holds_templates(root))
            return root;
        close(root);
    }
    diag_os(d, path_join(a, folder, str_from(candidate[0])), ENOENT, "find the folder templates/");
    return -1;
}
