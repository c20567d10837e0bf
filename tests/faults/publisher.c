/* faults/publisher: publishes made-up editions, for what breaks a publish.
 *
 *   publisher [-n FILES] [-j WORKERS] FOLDER EDITION
 *
 * Two audiences get FILES files each (default 12): a third changes with every
 * edition, some are PDFs, whose signatures are made up as well. With -j forked
 * workers write them; else this process does. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fatal.h"
#include "base/pool.h"
#include "publish/archive.h"

enum { PAGE_BYTES = 3000, POINTERS = 3 };

static const str audiences[] = {S_INIT("audit"), S_INIT("staff")};
enum { AUDIENCE_COUNT = sizeof audiences / sizeof *audiences };

struct job_list {
    struct diags *diags;
    struct outputs *outputs[AUDIENCE_COUNT];
    str edition;
    size_t files;
    const struct pool_work *work;
};

/* -- Signatures that anybody could make ------------------------------------------- */

#define RANGE_OPEN   "[0 0000000000 0000000000 0000000000]"
#define RANGE_SIGNED "[0 1 2 3]                           "
_Static_assert(sizeof RANGE_OPEN == sizeof RANGE_SIGNED, "a signature must not move bytes");

static bool sign_pdf(void *self, struct arena *a, struct diags *d, str name, char *pdf,
                     size_t size_bytes)
{
    str text = {pdf, size_bytes};
    size_t range = str_find(text, S(RANGE_OPEN), 0), hole = str_find(text, S("<0000"), 0);
    (void)self, (void)d, (void)name;
    if (range == SIZE_MAX || hole == SIZE_MAX)
        return false;
    str hash = sha256_hex(a, sha256_of(text));
    memcpy(pdf + range, RANGE_SIGNED, sizeof RANGE_SIGNED - 1);
    memcpy(pdf + hole + 1, hash.p, hash.n);
    return true;
}

static bool sign_detached(void *self, struct arena *a, struct diags *d, str name, str data,
                          str *der)
{
    (void)self, (void)d;
    *der =
        str_fmt(a, "signed %.40s " STR_FMT "\n", name.p, STR_ARG(sha256_hex(a, sha256_of(data))));
    return true;
}

/* -- The files of an edition ------------------------------------------------------ */

static str page(struct arena *a, size_t number, str audience, str edition)
{
    struct buf b = buf_in(a, PAGE_BYTES + 200);
    if (number % 5 == 4)
        buf_fmt(&b,
                "%%PDF-1.7\n1 0 obj\n<< /Type /Sig /ByteRange " RANGE_OPEN
                "\n/Contents <%0128d> >>\nendobj\n",
                0);
    buf_fmt(&b, STR_FMT " %zu\n", STR_ARG(audience), number);
    if (number % 3 == 0)
        buf_fmt(&b, STR_FMT "\n", STR_ARG(edition));
    while (b.n < PAGE_BYTES)
        buf_fmt(&b, "line %zu of file %zu\n", b.n, number);
    return buf_str(&b);
}

static void put(const struct job_list *l, struct diags *d, struct arena *a, size_t job)
{
    size_t audience = job / l->files, number = job % l->files;
    const char *ending = number % 5 == 4 ? "pdf" : "html";
    str path = str_fmt(a, "%c/%zu.%s", (char)('a' + number % 4), number, ending);
    if (number == 0)
        path = S("index.html");
    outputs_put(l->outputs[audience], d, path, page(a, number, audiences[audience], l->edition));
}

static void run_job(void *self, size_t job, struct buf *answer)
{
    const struct job_list *l = self;
    struct diags *d = diags_child(answer->arena, l->diags);
    put(l, d, answer->arena, job);
    diags_pack(d, answer);
}

static void take_job(void *self, size_t job, str answer)
{
    (void)job;
    diags_unpack(((struct job_list *)self)->diags, answer);
}

static void lost_job(void *self, size_t job, str reason)
{
    static const struct rule lost = {"T1", SEVERITY_ERROR, "", "No worker dies", "", ""};
    diag(((struct job_list *)self)->diags, &lost, (struct span){0}, "file %zu: " STR_FMT, job,
         STR_ARG(reason));
    diag_machine(((struct job_list *)self)->diags);
}

static bool put_all(struct job_list *l, struct arena *a, unsigned workers)
{
    static const struct pool_limits limits = {.answer_bytes_max = 1 << 20};
    struct pool_work work = {.self = l, .run = run_job, .take = take_job, .lost = lost_job};
    size_t count = l->files * AUDIENCE_COUNT;
    if (workers != 0)
        return pool_run(count, workers, &limits, &work) == 0 && diags_exit_status(l->diags) == 0;
    for (size_t job = 0; job < count; job++)
        put(l, l->diags, a, job);
    return diags_exit_status(l->diags) == 0;
}

static bool point(struct archive *ar, struct diags *d, struct arena *a, str audience, str edition)
{
    str page_text =
        str_fmt(a, "<meta http-equiv=\"refresh\" content=\"0; url=" STR_FMT "/index.html\">\n",
                STR_ARG(edition));
    bool good =
        archive_pointer(ar, d, audience, S("index.html"), page_text) &&
        archive_pointer(ar, d, audience, S("current.css"),
                        str_fmt(a, "in force: " STR_FMT "\n", STR_ARG(edition)));
    for (size_t i = 0; good && i < POINTERS; i++)
        good =
            archive_pointer(ar, d, audience, str_fmt(a, "to/doc-%zu/index.html", i),
                            str_fmt(a, "<meta content=\"0; url=../../" STR_FMT "/a/%zu.html\">\n",
                                    STR_ARG(edition), i));
    return good;
}

static bool publish(struct archive *ar, struct job_list *l, struct arena *a, unsigned workers)
{
    static const struct archive_signer signer = {.certificate = {{7}},
                                                 .is_demo = true,
                                                 .sign_pdf = sign_pdf,
                                                 .sign_detached = sign_detached};
    struct archive_edition e = {l->edition, date_from((struct ymd){2026, 6, 30}), S("publisher 1"),
                                &signer};
    bool good = archive_begin(ar, l->diags, &e);
    for (size_t i = 0; good && i < AUDIENCE_COUNT; i++) {
        l->outputs[i] = archive_stage(ar, l->diags, audiences[i], S("Harbourlight"));
        good = l->outputs[i] != NULL && point(ar, l->diags, a, audiences[i], l->edition);
    }
    good = good && put_all(l, a, workers) && archive_seal(ar, l->diags);
    if (good)
        return archive_commit(ar, l->diags);
    archive_abandon(ar);
    return false;
}

static int usage(void)
{
    fprintf(stderr, "usage: publisher [-n FILES] [-j WORKERS] FOLDER EDITION\n");
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new("publisher", (size_t)1 << 30);
    struct job_list l = {.diags = diags_new(a), .files = 12};
    unsigned workers = 0;
    for (int option; (option = getopt(argc, argv, "n:j:")) != -1;) {
        if (option == 'n')
            l.files = strtoul(optarg, NULL, 10);
        else if (option == 'j')
            workers = (unsigned)strtoul(optarg, NULL, 10);
        else
            return usage();
    }
    if (argc - optind != 2 || l.files == 0)
        return usage();
    l.edition = str_from(argv[optind + 1]);
    struct archive *ar = archive_open(a, l.diags, argv[optind]);
    bool good = ar != NULL && publish(ar, &l, a, workers);
    struct diag_print how = {.format = DIAG_TEXT, .least = SEVERITY_INFO};
    diags_print(l.diags, &how, stderr);
    int status = diags_exit_status(l.diags);
    arena_free(a);
    if (good != (status == EXIT_OK))
        fprintf(stderr, "publisher: an answer of '%s' with status %d\n", good ? "yes" : "no",
                status);
    return good || status != EXIT_OK ? status : 99;
}
