/* verify/history: archives that their key holders, or others with keys, wrote anew. */
#include "tamper.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

static struct test_archive *plan(struct world *w)
{
    return archive_plan(w->arena, w->publisher, w->approver);
}

static void write_plan(struct world *w, struct test_archive *t)
{
    archive_make(t);
    archive_write(t, w->root);
}

/* Properly signed, but not what an archive may say. */
static void check_plan(struct world *w, const char *what, struct test_archive *t, int damage,
                       const char *path)
{
    write_plan(w, t);
    struct verify_result r = look_at(w, &(struct look){.trust = w->trust});
    expect_first(w, what, &r, damage, path);
}

static void run_plans(struct world *w)
{
    struct test_archive *t = plan(w);
    check_plan(w, "as planned", t, CLEAN, NULL);
    (t = plan(w))->plan[1].number = 3;
    check_plan(w, "a number is left out", t, DAMAGE_MISSING, "ledger.jsonl:2");
    (t = plan(w))->plan[1].number = 1;
    check_plan(w, "a number comes twice", t, DAMAGE_RENAMED, "ledger/1.p7s");
    (t = plan(w))->plan[0].number = 2;
    check_plan(w, "numbers begin at two", t, DAMAGE_MISSING, "ledger.jsonl:1");
    (t = plan(w))->plan[1].as_of = "2026-03-30";
    check_plan(w, "the day goes back", t, DAMAGE_REWRITTEN, "ledger.jsonl:2");
    (t = plan(w))->plan[1].as_of = "2026-03-31";
    check_plan(w, "the day stays", t, CLEAN, NULL);
    (t = plan(w))->plan[0].other_ledger_previous = true;
    check_plan(w, "the first line has one before it", t, DAMAGE_REWRITTEN, "ledger.jsonl:1");
    (t = plan(w))->plan[1].other_ledger_previous = true;
    check_plan(w, "the second line follows another", t, DAMAGE_REWRITTEN, "ledger.jsonl:1");
    (t = plan(w))->plan[1].other_previous = true;
    check_plan(w, "an edition follows another", t, DAMAGE_REWRITTEN, "audit/2026.2/edition.json");
    (t = plan(w))->plan[0].other_previous = true;
    check_plan(w, "the first edition follows one", t, DAMAGE_REWRITTEN,
               "audit/2026.1/edition.json");
    (t = plan(w))->plan[1].says_demo = true;
    check_plan(w, "it calls itself a demonstration", t, DAMAGE_FORGED, "audit/2026.2/edition.json");
    (t = plan(w))->plan[1].counts_wrong = true;
    check_plan(w, "it counts wrongly", t, DAMAGE_CHANGED, "audit/2026.2/edition.json");
    (t = plan(w))->plan[1].other_manifest = true;
    check_plan(w, "it names another list", t, DAMAGE_CHANGED, "audit/2026.2/SHA256SUMS");
    (t = plan(w))->plan[1].unsorted_list = true;
    check_plan(w, "a list out of order", t, DAMAGE_CHANGED, "audit/2026.2/SHA256SUMS");
    (t = plan(w))->plan[1].other_text = true;
    check_plan(w, "another text than the approved one", t, DAMAGE_CHANGED,
               "audit/2026.2/source/bcp-001.md");
    (t = plan(w))->plan[1].unsigned_pdf = true;
    check_plan(w, "a PDF is not signed", t, DAMAGE_FORGED, "audit/2026.2/d/bcp-001.pdf");
    (t = plan(w))->plan[1].pdf_publisher = w->stranger;
    check_plan(w, "a PDF by another", t, DAMAGE_SIGNER, "audit/2026.2/d/bcp-001.pdf");
    (t = plan(w))->plan[1].pdf_publisher = w->approver;
    check_plan(w, "a PDF by another who is trusted", t, DAMAGE_SIGNER,
               "audit/2026.2/d/bcp-001.pdf");
    (t = plan(w))->plan[1].named = w->approver;
    check_plan(w, "another certificate is named", t, DAMAGE_SIGNER, "ledger/2.p7s");
    (t = plan(w))->plan[1].publisher = w->approver;
    check_plan(w, "a second key that is trusted", t, CLEAN, NULL);
    (t = plan(w))->plan[1].publisher = w->stranger;
    check_plan(w, "a second key that nobody trusts", t, DAMAGE_SIGNER, "ledger/2.p7s");
    (t = plan(w))->plan[1].id = "2026.1";
    check_plan(w, "an edition of the same name", t, DAMAGE_ADDED, "ledger.jsonl:2");
}

/* All is made anew with a key of the forger's own, under the publisher's name. */
static void run_other_key(struct world *w)
{
    struct test_archive *t = plan(w);
    t->plan[0].publisher = t->plan[1].publisher = w->stranger;
    t->plan[0].text = "rewritten";
    check_plan(w, "history rewritten with another key", t, DAMAGE_SIGNER, "ledger/1.p7s");
    struct verify_result r = look_at(w, &(struct look){0});
    expect_first(w, "which nobody sees without a list", &r, CLEAN, NULL);
    expect_true(w, "but then no signer is called valid", r.editions[0].state == SIGNER_UNKNOWN);
}

/* The first edition is rewritten and everything after it chained again; signatures are the
 * old ones, since the key is not there. */
static void run_without_key(struct world *w)
{
    struct test_archive *t = plan(w);
    t->plan[0].text = "rewritten";
    archive_make(t);
    for (size_t i = 0; i < t->file_count; i++)
        for (size_t j = 0; str_ends(t->file[i].path, S(".p7s")) && j < t->file_count; j++)
            if (str_eq(t->file[i].path, w->archive->file[j].path) &&
                str_find(t->file[i].path, S("approvals"), 0) == SIZE_MAX)
                t->file[i].data = w->archive->file[j].data;
    archive_write(t, w->root);
    struct verify_result r = look_at(w, &(struct look){0});
    expect_first(w, "history rewritten without the key", &r, DAMAGE_CHANGED, "ledger.jsonl:1");
}

/* -- What only memory can tell ---------------------------------------------------- */

static const char *checkpoint_of(struct world *w, const struct test_archive *t, const char *path,
                                 const char *edition)
{
    str hex = sha256_hex(w->arena, sha256_of(archive_data(t, path)));
    return str_c(w->arena,
                 str_fmt(w->arena, "%s:" STR_FMT, edition, STR_ARG(str_from_to(hex, 0, 16))));
}

static str remembered(struct world *w, const struct test_archive *t)
{
    archive_write(t, w->root);
    struct verify_result r = look_at(w, &(struct look){.trust = w->trust, .state = S("")});
    expect_first(w, "seen for the first time", &r, CLEAN, NULL);
    expect_true(w, "there is something to remember", r.state.n != 0);
    return str_dup(w->arena, r.state);
}

/* The second edition never happened: every trace of it is taken away. */
static void roll_back(struct world *w)
{
    static const char *const gone[] = {"staff/2026.2", "audit/2026.2", "ledger/2.p7s"};
    archive_write(w->archive, w->root);
    for (size_t i = 0; i < 3; i++) {
        int error = dir_remove_tree(w->root, str_from(gone[i]));
        assert(error == 0);
    }
    str ledger = archive_data(w->archive, "ledger.jsonl");
    int error = file_replace(w->root, S("ledger.jsonl"),
                             str_from_to(ledger, 0, str_find_char(ledger, '\n', 0) + 1));
    for (size_t i = 0; i < AUDIENCES; i++) {
        str folder = str_from(audience_name[i]);
        error |=
            file_replace(w->root, str_fmt(w->one, STR_FMT "/current.css", STR_ARG(folder)),
                         S(":root:not([data-edition=\"2026.1\"]) { --superseded: \"Superseded by "
                           "edition 2026.1\"; --superseded-shown: block }\n"));
        error |= file_replace(w->root, str_fmt(w->one, STR_FMT "/index.html", STR_ARG(folder)),
                              S("<meta http-equiv=\"refresh\" content=\"0; url=2026.1/\">\n"));
    }
    assert(error == 0);
}

static void run_memory(struct world *w)
{
    str state = remembered(w, w->archive);
    const char *newest = checkpoint_of(w, w->archive, "staff/2026.2/edition.json", "2026.2");
    const char *oldest = checkpoint_of(w, w->archive, "audit/2026.1/edition.json", "2026.1");
    const struct look with_state = {.trust = w->trust, .state = state};
    struct verify_result r = look_at(w, &with_state);
    expect_first(w, "seen again", &r, CLEAN, NULL);
    expect_true(w, "nothing new to remember", str_eq(r.state, state));
    r = look_at(w, &(struct look){.trust = w->trust, .expect = newest});
    expect_first(w, "the expected edition is here", &r, CLEAN, NULL);
    roll_back(w);
    r = look_at(w, &(struct look){.trust = w->trust});
    expect_first(w, "rolled back, seen by nobody who forgets", &r, CLEAN, NULL);
    r = look_at(w, &with_state);
    expect_first(w, "rolled back, seen by its state", &r, DAMAGE_ROLLED_BACK, "ledger.jsonl");
    expect_true(w, "a bad run is not remembered", r.state.p == NULL);
    r = look_at(w, &(struct look){.trust = w->trust, .expect = newest});
    expect_first(w, "rolled back, seen by a checkpoint", &r, DAMAGE_ROLLED_BACK, newest);
    r = look_at(w, &(struct look){.trust = w->trust, .expect = oldest});
    expect_first(w, "the older checkpoint is still here", &r, CLEAN, NULL);
}

/* The holder of the key writes the same numbers anew. */
static void run_rewritten(struct world *w)
{
    str state = remembered(w, w->archive);
    const char *oldest = checkpoint_of(w, w->archive, "staff/2026.1/edition.json", "2026.1");
    struct test_archive *t = plan(w);
    t->plan[0].text = "rewritten";
    check_plan(w, "rewritten with the key", t, CLEAN, NULL);
    struct verify_result r = look_at(w, &(struct look){.trust = w->trust, .state = state});
    expect_first(w, "rewritten, seen by its state", &r, DAMAGE_REWRITTEN, "ledger.jsonl");
    r = look_at(w, &(struct look){.trust = w->trust, .expect = oldest});
    expect_first(w, "rewritten, seen by a checkpoint", &r, DAMAGE_REWRITTEN, oldest);
    r = look_at(w, &(struct look){.trust = w->trust, .state = S("continuo-state-1\nsite 07 x\n")});
    expect_first(w, "a state that nobody wrote", &r, DAMAGE_UNREADABLE, "the state file");
}

/* -- Parts of it, as on a stick --------------------------------------------------- */

static void run_parts(struct world *w)
{
    archive_write(w->archive, w->root);
    struct verify_result r = look_at(w, &(struct look){.trust = w->trust, .path = "staff"});
    expect_first(w, "an audience alone", &r, CLEAN, NULL);
    expect_true(w, "is known as such",
                r.scope == VERIFY_AUDIENCE && r.edition_count == 2 && r.note_count == 1);
    r = look_at(w, &(struct look){.trust = w->trust, .path = "staff/2026.2"});
    expect_first(w, "an edition alone", &r, CLEAN, NULL);
    expect_true(w, "is known as such",
                r.scope == VERIFY_EDITION && r.edition_count == 1 && r.note_count == 1);
    str state =
        str_dup(w->arena, look_at(w, &(struct look){.path = "staff", .state = S("")}).state);
    int error = dir_remove_tree(w->root, S("staff/2026.2"));
    assert(error == 0);
    r = look_at(w, &(struct look){.path = "staff"});
    expect_first(w, "its last edition is gone", &r, DAMAGE_ROLLED_BACK, "current.css");
    r = look_at(w, &(struct look){.path = "staff", .state = state});
    expect_true(w, "which the state sees, too", r.damage_count > 2);
    archive_write(w->archive, w->root);
    error = dir_remove_tree(w->root, S("staff/2026.1"));
    assert(error == 0);
    r = look_at(w, &(struct look){.path = "staff"});
    expect_first(w, "its first edition is gone", &r, DAMAGE_MISSING, "2026.2/edition.json");
    archive_write(&(struct test_archive){.arena = w->arena}, w->root);
    r = look_at(w, &(struct look){0});
    expect_true(w, "an empty folder is not whole", r.nothing_published && r.edition_count == 0);
}

void run_history(struct world *w)
{
    run_plans(w);
    run_other_key(w);
    run_without_key(w);
    run_memory(w);
    run_rewritten(w);
    run_parts(w);
}
