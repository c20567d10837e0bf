/* unit/archive: an edition is published whole, once, on top of what was published. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/durable.h"
#include "base/file.h"
#include "base/path.h"
#include "publish/archive.h"
#include "publish/rules.h"

#define PDF_OPEN                                                                                   \
    "%PDF-1.7\n1 0 obj\n<< /Type /Sig /ByteRange [0 0000000000 0000000000 0000000000]\n"           \
    "/Contents <"
#define PDF_SHUT "> >>\nendobj\n%%EOF\n"

static char folder[64];
static struct arena *memory;
static int root;
static size_t pdfs_signed;

static int make_folder(void **state)
{
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/archive-XXXXXX");
    memory = arena_new("archive test", 256 * 1024 * 1024);
    return mkdtemp(folder) == NULL || dir_open(folder, &root) != 0;
}

static int drop_folder(void **state)
{
    (void)state;
    arena_free(memory);
    close(root);
    return unit_remove(folder);
}

/* -- A signer that signs nothing, but fills the places of signatures -------------------------- */

static bool stamp_pdf(void *self, struct arena *a, struct diags *d, str name, char *pdf,
                      size_t size_bytes)
{
    str text = {pdf, size_bytes};
    const char *letter = self;
    size_t range = str_find(text, S("[0 0000"), 0), hole = str_find(text, S("<00"), 0);
    (void)a, (void)d, (void)name;
    if (range == SIZE_MAX || hole == SIZE_MAX)
        return false;
    memcpy(pdf + range, "[0 99 199 1000]                     ", 36);
    memset(pdf + hole + 1, *letter, 8);
    pdfs_signed++;
    return true;
}

static bool stamp_detached(void *self, struct arena *a, struct diags *d, str name, str data,
                           str *der)
{
    (void)d, (void)name;
    *der = str_fmt(a, "%s " STR_FMT, (const char *)self, STR_ARG(sha256_hex(a, sha256_of(data))));
    return true;
}

static struct archive_signer signer_a = {"A", {{1}}, true, stamp_pdf, stamp_detached};
static struct archive_signer signer_b = {"B", {{2}}, true, stamp_pdf, stamp_detached};

/* -- What the cases do again and again -------------------------------------------------------- */

static str read_back(const char *path)
{
    struct file_read r = file_read(memory, root, str_from(path), 1 << 20);
    return r.fault == FILE_OK ? r.text : S("(nothing)");
}

static ino_t inode(const char *path)
{
    struct stat st;
    return fstatat(root, path, &st, 0) == 0 ? st.st_ino : 0;
}

static void damage(const char *path, str data)
{
    file_remove(root, str_from(path));
    assert_int_equal(file_create(root, str_from(path), data), 0);
}

static struct diags *fresh(void)
{
    return diags_new(memory);
}

static str said(struct diags *d)
{
    char *text = NULL;
    size_t size = 0;
    FILE *f = open_memstream(&text, &size);
    struct diag_print how = {.format = DIAG_TEXT, .least = SEVERITY_INFO};
    diags_print(d, &how, f);
    fclose(f);
    str copy = str_dup(memory, (str){text, size});
    free(text);
    return copy;
}

#define assert_said(d, words) assert_true(str_find(said(d), S(words), 0) != SIZE_MAX)

static struct archive *opened(void)
{
    struct diags *d = fresh();
    struct archive *ar = archive_open(memory, d, folder);
    if (ar == NULL)
        print_error(STR_FMT, STR_ARG(said(d)));
    assert_non_null(ar);
    return ar;
}

static struct archive_edition edition(const char *id)
{
    return (struct archive_edition){str_from(id), date_from((struct ymd){2026, 6, 30}),
                                    S("continuo test"), &signer_a};
}

static void put(struct outputs *o, const char *path, str data)
{
    assert_true(outputs_put(o, fresh(), str_from(path), data));
}

static void point(struct archive *ar, str audience, const char *id)
{
    struct diags *d = fresh();
    str leads = str_fmt(memory, "to %s", id);
    assert_true(archive_pointer(ar, d, audience, S("to/crp-001/index.html"), leads));
    assert_true(archive_pointer(ar, d, audience, S("current.css"), leads));
    assert_true(archive_pointer(ar, d, audience, S("index.html"), leads));
}

static void stage(struct archive *ar, str audience, const char *id, str page)
{
    struct outputs *o = archive_stage(ar, fresh(), audience, S("Harbourlight \"Mutual\""));
    assert_non_null(o);
    put(o, "index.html", page);
    put(o, "d/same.html", S("the same in every edition"));
    put(o, "d/plan.pdf", S(PDF_OPEN "00000000000000000000" PDF_SHUT));
    point(ar, audience, id);
}

static struct archive *staged(const char *id, const struct archive_signer *by)
{
    struct archive *ar = opened();
    struct archive_edition e = edition(id);
    e.signer = by;
    assert_true(archive_begin(ar, fresh(), &e));
    stage(ar, S("staff"), id, str_from(id));
    stage(ar, S("audit"), id, str_from(id));
    return ar;
}

static void publish(const char *id)
{
    struct diags *d = fresh();
    struct archive *ar = staged(id, &signer_a);
    if (!archive_seal(ar, d) || !archive_commit(ar, d))
        print_error(STR_FMT, STR_ARG(said(d)));
    assert_int_equal(diags_exit_status(d), 0);
}

/* No name that ends in ".new" is left. */
static void nothing_staged(void)
{
    static const char *const names[] = {"ledger.jsonl.new", "staff/to.new",     "audit/to.new",
                                        "staff/2026.1.new", "audit/2026.1.new", "staff/2026.2.new",
                                        "audit/2026.2.new"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_int_equal(inode(names[i]), 0);
}

static void refuses(const char *words)
{
    struct diags *d = fresh();
    assert_null(archive_open(memory, d, folder));
    if (str_find(said(d), str_from(words), 0) == SIZE_MAX)
        print_error("expected '%s' in\n" STR_FMT, words, STR_ARG(said(d)));
    assert_true(str_find(said(d), str_from(words), 0) != SIZE_MAX);
}

/* -- The cases -------------------------------------------------------------------------------- */

static void publishes_whole(void **state)
{
    (void)state;
    struct stat st;
    publish("2026.1");
    assert_str(read_back("staff/2026.1/index.html"), "2026.1");
    assert_str(read_back("staff/index.html"), "to 2026.1");
    assert_str(read_back("staff/current.css"), "to 2026.1");
    assert_str(read_back("audit/to/crp-001/index.html"), "to 2026.1");
    assert_true(str_starts(read_back("ledger.jsonl"),
                           S("{\"ledger\":\"continuo-ledger-1\",\"number\":1,")));
    assert_true(str_starts(read_back("ledger/1.p7s"), S("A ")));
    assert_true(str_starts(read_back("staff/2026.1/edition.json.p7s"), S("A ")));
    assert_int_equal(fstatat(root, "staff/2026.1/d/plan.pdf", &st, 0), 0);
    assert_int_equal(st.st_mode & 07777, 0444);
    assert_int_equal(fstatat(root, "staff/2026.1/SHA256SUMS", &st, 0), 0);
    assert_int_equal(st.st_mode & 07777, 0444);
    nothing_staged();
}

static void says_what_the_edition_is(void **state)
{
    (void)state;
    publish("2026.1");
    str record = read_back("staff/2026.1/edition.json");
    assert_true(str_starts(record, S("{\n  \"format\": \"continuo-edition-1\",\n"
                                     "  \"edition\": \"2026.1\",\n  \"number\": 1,\n"
                                     "  \"audience\": \"staff\",\n"
                                     "  \"organisation\": \"Harbourlight \\\"Mutual\\\"\",\n"
                                     "  \"as_of\": \"2026-06-30\",\n")));
    assert_true(str_find(record, S("  \"files\": 3,\n"), 0) != SIZE_MAX);
    assert_true(str_find(record, S("  \"pdfs\": 1,\n"), 0) != SIZE_MAX);
    assert_true(str_ends(record, S("  \"demo\": true\n}\n")));
}

static void knows_the_edition_before(void **state)
{
    (void)state;
    publish("2026.1");
    publish("2026.2");
    struct archive *ar = opened();
    const struct archive_last *last = archive_last(ar, S("staff"));
    assert_non_null(last);
    assert_str(last->edition, "2026.2");
    assert_int_equal(last->number, 2);
    assert_int_equal(archive_count(ar), 2);
    assert_true(archive_has(ar, S("2026.1")) && !archive_has(ar, S("2026.3")));
    assert_null(archive_last(ar, S("board")));
    archive_abandon(ar);
}

static void equal_files_become_links(void **state)
{
    (void)state;
    publish("2026.1");
    size_t before = pdfs_signed;
    publish("2026.2");
    assert_int_equal(inode("staff/2026.2/d/same.html"), inode("staff/2026.1/d/same.html"));
    assert_int_not_equal(inode("staff/2026.2/index.html"), inode("staff/2026.1/index.html"));
    assert_int_equal(inode("staff/2026.2/d/plan.pdf"), inode("staff/2026.1/d/plan.pdf"));
    assert_int_equal(pdfs_signed, before);
    assert_str(read_back("staff/index.html"), "to 2026.2");
    assert_str(read_back("staff/to/crp-001/index.html"), "to 2026.2");
}

static void another_certificate_signs_again(void **state)
{
    (void)state;
    publish("2026.1");
    size_t before = pdfs_signed;
    struct archive *ar = staged("2026.2", &signer_b);
    struct diags *d = fresh();
    assert_true(archive_seal(ar, d) && archive_commit(ar, d));
    assert_int_equal(pdfs_signed, before + 2);
    assert_int_not_equal(inode("staff/2026.2/d/plan.pdf"), inode("staff/2026.1/d/plan.pdf"));
    archive_abandon(opened());
}

static void an_audience_may_come_later(void **state)
{
    (void)state;
    struct diags *d = fresh();
    publish("2026.1");
    struct archive *ar = opened();
    struct archive_edition e = edition("2026.2");
    assert_true(archive_begin(ar, d, &e));
    stage(ar, S("board"), "2026.2", S("for the board"));
    assert_true(archive_seal(ar, d) && archive_commit(ar, d));
    assert_str(read_back("staff/index.html"), "to 2026.1");
    assert_str(read_back("board/index.html"), "to 2026.2");
    publish("2026.3");
    assert_str(read_back("staff/index.html"), "to 2026.3");
}

static void abandoned_leaves_nothing(void **state)
{
    (void)state;
    publish("2026.1");
    struct archive *ar = staged("2026.2", &signer_a);
    assert_true(archive_seal(ar, fresh()));
    assert_true(inode("staff/2026.2.new") != 0);
    archive_abandon(ar);
    nothing_staged();
    assert_str(read_back("staff/index.html"), "to 2026.1");
    archive_abandon(opened());
}

static bool begins(struct diags *d, struct archive_edition e)
{
    struct archive *ar = opened();
    bool good = archive_begin(ar, d, &e);
    archive_abandon(ar);
    return good;
}

static void refuses_ids(void **state)
{
    (void)state;
    static const char *const bad[] = {"",
                                      "2026.2.new",
                                      "draft",
                                      "to",
                                      "A",
                                      "a/b",
                                      "..",
                                      "-a",
                                      "index.html",
                                      "ledger",
                                      "123456789012345678901234567890123"};
    publish("2026.1");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct diags *d = fresh();
        assert_false(begins(d, edition(bad[i])));
        assert_said(d, "PB2");
    }
    struct diags *d = fresh();
    assert_false(begins(d, edition("2026.1")));
    assert_said(d, "edition '2026.1' has been published");
    assert_said(d, "PB1");
}

static void refuses_what_is_on_disk(void **state)
{
    (void)state;
    struct diags *d = fresh();
    publish("2026.1");
    assert_int_equal(dir_make(root, S("others/2026.2")), 0); /* of somebody else: no edition */
    assert_false(begins(d, edition("2026.2")));
    assert_said(d, "this edition exists already");
    assert_true(begins(fresh(), edition("2026.3")));
    damage("others/2026.2/edition.json", S("{}"));
    refuses("the ledger knows no such edition");
    dir_remove_tree(root, S("others"));
    assert_int_equal(dir_make(root, S("staff/notes")), 0);
    refuses("the ledger knows no such edition");
}

static void refuses_to_go_back_in_time(void **state)
{
    (void)state;
    struct diags *d = fresh();
    publish("2026.1");
    struct archive_edition e = edition("2026.2");
    e.as_of--;
    assert_false(begins(d, e));
    assert_said(d, "the date 2026-06-29 is before 2026-06-30");
    assert_said(d, "PB3");
}

static void refuses_a_second_publisher(void **state)
{
    (void)state;
    struct archive *ar = opened();
    struct diags *d = fresh();
    assert_null(archive_open(memory, d, folder));
    assert_said(d, "another publish is running here");
    assert_int_equal(diags_exit_status(d), 3);
    archive_abandon(ar);
    archive_abandon(opened());
}

static void refuses_a_changed_archive(void **state)
{
    (void)state;
    static const struct change {
        const char *path, *words;
    } changes[] = {
        {"staff/2026.2/index.html", "the bytes of this file are others"},
        {"staff/2026.2/added.html", "this file was added"},
        {"staff/2026.2/d/.hidden", "this file was added"},
        {"staff/2026.2/SHA256SUMS", "the bytes of this file are others"},
        {"staff/2026.2/edition.json", "the bytes of this file are others"},
        {"staff/2026.1/edition.json", "the bytes of this file are others"},
        {"ledger.jsonl", "line 1: "},
        {"ledger/9.p7s", "the ledger has no such line"},
        {"staff/other/edition.json", "the ledger knows no such edition"},
    };
    publish("2026.1");
    publish("2026.2");
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        const struct change *c = &changes[i];
        str old = str_dup(memory, read_back(c->path));
        dir_make(root, path_folder(str_from(c->path)));
        damage(c->path, S("changed\n"));
        refuses(c->words);
        file_remove(root, str_from(c->path));
        if (!str_eq(old, S("(nothing)")))
            damage(c->path, old);
    }
    dir_remove_tree(root, S("staff/other"));
    archive_abandon(opened());
}

static void refuses_an_archive_with_holes(void **state)
{
    (void)state;
    static const char *const missing[] = {"staff/2026.2/index.html", "staff/2026.1/edition.json",
                                          "staff/2026.2/edition.json.p7s", "ledger/1.p7s"};
    publish("2026.1");
    publish("2026.2");
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++) {
        str old = str_dup(memory, read_back(missing[i]));
        file_remove(root, str_from(missing[i]));
        refuses("missing");
        damage(missing[i], old);
    }
    file_remove(root, S("ledger.jsonl")); /* as if nothing had ever been published */
    refuses("the ledger knows no such edition");
}

static void refuses_a_shortened_ledger(void **state)
{
    (void)state;
    publish("2026.1");
    str old = str_dup(memory, read_back("ledger.jsonl"));
    publish("2026.2");
    damage("ledger.jsonl", old);
    refuses("the ledger knows no such edition");
    assert_str(read_back("staff/2026.2/index.html"), "2026.2"); /* it was not cleared away */
}

/* -- What the machine denies ------------------------------------------------------------------ */

static bool refuses_to_sign(void *self, struct arena *a, struct diags *d, str name, str data,
                            str *der)
{
    (void)self, (void)a, (void)data, (void)der;
    diag_os(d, name, EACCES, "sign this");
    return false;
}

static void a_signer_that_fails_changes_nothing(void **state)
{
    (void)state;
    static const struct archive_signer broken = {"A", {{1}}, true, stamp_pdf, refuses_to_sign};
    publish("2026.1");
    struct archive *ar = staged("2026.2", &broken);
    struct diags *d = fresh();
    assert_false(archive_seal(ar, d));
    assert_int_equal(diags_exit_status(d), 3);
    archive_abandon(ar);
    nothing_staged();
    assert_str(read_back("staff/index.html"), "to 2026.1");
    publish("2026.2");
}

/* What lies on the disk is compared with what was put, before it is signed. */
static void bytes_that_changed_on_the_disk_are_seen(void **state)
{
    (void)state;
    static const char *const files[] = {"staff/2026.2.new/index.html",
                                        "staff/2026.2.new/d/plan.pdf",
                                        "staff/to.new/2026.2/index.html"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct archive *ar = staged("2026.2", &signer_a);
        struct diags *d = fresh();
        damage(files[i], S("rot"));
        assert_false(archive_seal(ar, d));
        assert_said(d, "the bytes of this file are others");
        assert_said(d, "PB7");
        assert_int_equal(diags_exit_status(d), 3);
        archive_abandon(ar);
        nothing_staged();
    }
}

/* Nobody could verify it later, nor publish on top of it. */
static void what_cannot_be_read_again_is_not_published(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct archive *ar = opened();
        struct archive_edition e = edition("2026.1");
        struct diags *d = fresh();
        char *name = NEW_ARRAY(memory, char, 2001);
        memset(name, 'x', 2000);
        assert_true(archive_begin(ar, d, &e));
        struct outputs *o = archive_stage(ar, d, S("staff"), i == 0 ? (str){name, 2000} : S("x"));
        assert_true(outputs_put(o, d, i == 0 ? S("index.html") : S("d/con.html"), S("page")));
        assert_false(archive_seal(ar, d));
        assert_said(d, "PB7");
        archive_abandon(ar);
    }
}

static void a_file_made_twice_is_seen(void **state)
{
    (void)state;
    struct archive *ar = opened();
    struct archive_edition e = edition("2026.1");
    struct diags *d = fresh();
    assert_true(archive_begin(ar, d, &e));
    struct outputs *o = archive_stage(ar, d, S("staff"), S("x"));
    assert_true(outputs_put(o, d, S("index.html"), S("one")));
    assert_false(outputs_put(o, d, S("index.html"), S("two")));
    assert_int_equal(diags_exit_status(d), 3);
    archive_abandon(ar);
}

/* -- What a killed publish leaves ------------------------------------------------------------- */

static void heals_what_was_staged(void **state)
{
    (void)state;
    publish("2026.1");
    struct archive *ar = staged("2026.2", &signer_a);
    (void)ar; /* the lock is still held: by another descriptor it is not ours to take */
    assert_int_equal(dir_make(root, S("staff/draft.new")), 0);
    assert_int_equal(dir_make(root, S("others/things.new")), 0);
    struct diags *d = fresh();
    assert_null(archive_open(memory, d, folder));
    archive_abandon(ar);
    assert_true(inode("staff/draft.new") != 0 && inode("others/things.new") != 0);
    archive_abandon(opened());
}

/* Makes what a kill between two steps of the commit would leave. */
static void half_committed(bool second_moved, bool signature)
{
    publish("2026.1");
    struct archive *ar = staged("2026.2", &signer_a);
    assert_true(archive_seal(ar, fresh()));
    assert_int_equal(dir_make(root, S("kept")), 0);
    static const char *const names[] = {"staff", "audit"};
    for (size_t i = 0; i < 2; i++) {
        str from = str_fmt(memory, "%s/to.new", names[i]),
            to = str_fmt(memory, "kept/%s", names[i]);
        assert_int_equal(file_move(root, from, to), 0);
        from = str_fmt(memory, "%s/2026.2.new", names[i]);
        to = str_fmt(memory, "kept/%s-edition", names[i]);
        assert_int_equal(file_move(root, from, to), 0);
    }
    archive_abandon(ar);
    for (size_t i = 0; i < 2; i++) {
        str from = str_fmt(memory, "kept/%s", names[i]),
            to = str_fmt(memory, "%s/to.new", names[i]);
        assert_int_equal(file_move(root, from, to), 0);
        from = str_fmt(memory, "kept/%s-edition", names[i]);
        bool moved = i == 0 || second_moved;
        to = str_fmt(memory, "%s/2026.2%s", names[i], moved ? "" : ".new");
        assert_int_equal(file_move(root, from, to), 0);
    }
    dir_remove_tree(root, S("kept"));
    if (signature)
        damage("ledger/2.p7s", S("of a line that never came"));
}

static void heals_what_was_moved(void **state)
{
    (void)state;
    half_committed(true, true);
    archive_abandon(opened());
    nothing_staged();
    assert_int_equal(inode("staff/2026.2"), 0);
    assert_int_equal(inode("ledger/2.p7s"), 0);
    assert_str(read_back("staff/index.html"), "to 2026.1");
    publish("2026.2");
}

static void heals_what_was_moved_in_part(void **state)
{
    (void)state;
    half_committed(false, false);
    archive_abandon(opened());
    nothing_staged();
    assert_int_equal(inode("staff/2026.2"), 0);
    publish("2026.2");
}

/* A folder with a marker that is no edition of ours stays, and is reported. */
static void heals_nothing_without_proof(void **state)
{
    (void)state;
    publish("2026.1");
    assert_int_equal(dir_make(root, S("staff/to.new/2026.2")), 0);
    assert_int_equal(dir_make(root, S("staff/2026.2")), 0);
    refuses("the ledger knows no such edition");
    assert_true(inode("staff/2026.2") != 0);
}

/* Puts the marker of a committed edition back, as if it had been killed before its pointers. */
static void heals_pointers(void **state)
{
    (void)state;
    static const char *const files[] = {"index.html", "current.css", "to/crp-001/index.html"};
    publish("2026.1");
    str list = S("");
    for (size_t i = 0; i < 3; i++) {
        str path =
            str_from((const char *[]){"current.css", "index.html", "to/crp-001/index.html"}[i]);
        list = str_fmt(memory, STR_FMT STR_FMT "  " STR_FMT "\n", STR_ARG(list),
                       STR_ARG(sha256_hex(memory, sha256_of(S("to 2026.1")))), STR_ARG(path));
    }
    assert_int_equal(dir_make(root, S("staff/to.new/2026.1/to/crp-001")), 0);
    damage("staff/to.new/2026.1/SHA256SUMS", list);
    for (size_t i = 0; i < 3; i++) {
        str staged_at = str_fmt(memory, "staff/to.new/2026.1/%s", files[i]);
        damage(str_c(memory, staged_at), S("to 2026.1"));
        damage(str_c(memory, str_fmt(memory, "staff/%s", files[i])), S("to an older one"));
    }
    archive_abandon(opened());
    nothing_staged();
    for (size_t i = 0; i < 3; i++)
        assert_str(read_back(str_c(memory, str_fmt(memory, "staff/%s", files[i]))), "to 2026.1");
}

int unit_archive(void)
{
    static const struct CMUnitTest cases[] = {
#define CASE(f) cmocka_unit_test_setup_teardown(f, make_folder, drop_folder)
        CASE(publishes_whole),
        CASE(says_what_the_edition_is),
        CASE(knows_the_edition_before),
        CASE(equal_files_become_links),
        CASE(another_certificate_signs_again),
        CASE(an_audience_may_come_later),
        CASE(abandoned_leaves_nothing),
        CASE(refuses_ids),
        CASE(refuses_what_is_on_disk),
        CASE(refuses_to_go_back_in_time),
        CASE(refuses_a_second_publisher),
        CASE(refuses_a_changed_archive),
        CASE(refuses_an_archive_with_holes),
        CASE(refuses_a_shortened_ledger),
        CASE(a_signer_that_fails_changes_nothing),
        CASE(bytes_that_changed_on_the_disk_are_seen),
        CASE(what_cannot_be_read_again_is_not_published),
        CASE(a_file_made_twice_is_seen),
        CASE(heals_what_was_staged),
        CASE(heals_what_was_moved),
        CASE(heals_what_was_moved_in_part),
        CASE(heals_nothing_without_proof),
        CASE(heals_pointers),
#undef CASE
    };
    return unit_run("archive", cases);
}
