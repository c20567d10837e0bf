/* cli/cmd_verify: is the archive what was published. */
#define _XOPEN_SOURCE 700 /* realpath, which -D_POSIX_C_SOURCE alone hides */
#include "cli/verify_print.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"

enum { RESULT_BYTES_MAX = 0x7FFFFFFF };

static int machine_error(const char *doing, const char *path, const char *why)
{
    fprintf(stderr, "continuo verify: cannot %s '%s': %s\n", doing, path, why);
    return EXIT_MACHINE;
}

static const char *read_fault(const struct file_read *r)
{
    return r->fault == FILE_ERRNO ? strerror(r->error_number) : "it cannot be read as a file";
}

static int read_trust(struct arena *a, const struct options *o, struct trust **trust)
{
    const char *why;
    if (o->trust == NULL)
        return EXIT_OK;
    struct file_read r = file_read_any(a, o->trust, TRUST_BYTES_MAX);
    if (r.fault != FILE_OK)
        return machine_error("read the certificates", o->trust, read_fault(&r));
    *trust = trust_read(r.text, &why);
    return *trust != NULL ? EXIT_OK : machine_error("use the certificates", o->trust, why);
}

/* A state that is not there yet begins empty. */
static int read_state(struct arena *a, const struct options *o, str *state)
{
    if (o->state == NULL)
        return EXIT_OK;
    struct file_read r = file_read_any(a, o->state, STATE_BYTES_MAX);
    *state = r.fault == FILE_OK ? r.text : S("");
    if (r.fault == FILE_OK || (r.fault == FILE_ERRNO && r.error_number == ENOENT))
        return EXIT_OK;
    return machine_error("read the state", o->state, read_fault(&r));
}

static int write_state(struct arena *a, const struct options *o, str state)
{
    int folder;
    str path = str_from(o->state), beside = path_folder(path);
    if (o->state == NULL || state.p == NULL)
        return EXIT_OK;
    const char *where = beside.n != 0 ? str_c(a, beside) : o->state[0] == '/' ? "/" : ".";
    int error_number = dir_open(where, &folder);
    if (error_number == 0) {
        error_number = file_replace(folder, path_name(path), state);
        close(folder);
    }
    return error_number == 0 ? EXIT_OK
                             : machine_error("write the state", o->state, strerror(error_number));
}

static bool read_expected(struct arena *a, const struct options *o, struct verify_request *q)
{
    struct checkpoint *all = NEW_ARRAY(a, struct checkpoint, o->expect_count + 1);
    for (size_t i = 0; i < o->expect_count; i++)
        if (!checkpoint_parse(str_lower(a, str_from(o->expect[i])), &all[i])) {
            fprintf(stderr,
                    "continuo verify: '%s' is no checkpoint; one looks like "
                    "2026.2:0f3a9c0011223344\n",
                    o->expect[i]);
            return false;
        }
    q->expected = all;
    q->expected_count = o->expect_count;
    return true;
}

/* What cannot be read may be the machine's fault; what lies never is. */
static int exit_status(const struct verify_result *r)
{
    bool only_unreadable = true;
    for (size_t i = 0; i < r->finding_count; i++)
        only_unreadable &= r->findings[i].damage == DAMAGE_UNREADABLE ||
                           r->findings[i].damage == DAMAGE_UNFINISHED;
    if (r->machine_failed && only_unreadable)
        return EXIT_MACHINE;
    return r->damage_count != 0 || r->edition_count == 0 ? EXIT_UNVERIFIED : EXIT_OK;
}

static int judge(struct arena *a, const struct options *o, const struct verify_request *q)
{
    int64_t began = clock_milliseconds();
    struct verify_result r = verify_folder(a, q);
    struct verify_printing p = {.arena = a,
                                .options = o,
                                .result = &r,
                                .trusted = q->trust != NULL,
                                .milliseconds = clock_milliseconds() - began};
    if (o->format == DIAG_JSON)
        verify_print_json(&p);
    else
        verify_print_text(&p);
    int status = exit_status(&r);
    return status == EXIT_OK ? write_state(a, o, r.state) : status;
}

int cmd_verify(const struct options *o)
{
    struct arena *a = arena_new("archive", RESULT_BYTES_MAX);
    const char *path = o->argument_count != 0 ? o->arguments[0] : "site";
    struct trust *trust = NULL;
    struct verify_request q = {.root = -1};
    int status;
    if (o->format == DIAG_SARIF) {
        fputs("continuo verify: the formats are text and json\n", stderr);
        return EXIT_USAGE;
    }
    if (!read_expected(a, o, &q))
        return EXIT_USAGE;
    if ((status = read_trust(a, o, &trust)) != EXIT_OK ||
        (status = read_state(a, o, &q.state)) != EXIT_OK)
        return status;
    char *place = realpath(path, NULL);
    int error_number = place == NULL ? errno : dir_open(place, &q.root);
    if (error_number != 0)
        return machine_error("open", path, strerror(error_number));
    q.place = str_from(place);
    q.trust = trust;
    q.today = o->as_of != DATE_NONE ? o->as_of : clock_today();
    status = judge(a, o, &q);
    trust_free(trust);
    close(q.root);
    free(place);
    arena_free(a);
    return status;
}
