/* unit/lifecycle: canonical texts, statements, and where documents stand. */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "unit.h"

#include "base/file.h"
#include "base/hash.h"
#include "base/path.h"
#include "check/check.h"
#include "derive/derive.h"
#include "derive/lifecycle.h"
#include "dump.h"
#include "load/load.h"
#include "model/canonical.h"
#include "pki.h"
#include "publish/in_force.h"
#include "sign/sign.h"
#include "verify/format.h"

static struct arena *memory;

/* A workspace of a few files, loaded as of a day. */
struct content {
    char folder[40];
    int root;
    struct diags *diags;
    struct model *model;
};

static struct content content_new(void)
{
    struct content c = {.folder = "/tmp/continuo-unit-XXXXXX"};
    assert_non_null(mkdtemp(c.folder));
    assert_int_equal(dir_open(c.folder, &c.root), 0);
    return c;
}

static void put(const struct content *c, const char *path, str text)
{
    assert_int_equal(dir_make(c->root, path_folder(str_from(path))), 0);
    assert_int_equal(file_replace(c->root, str_from(path), text), 0);
}

static void read_as_of(struct content *c, const char *day)
{
    c->diags = diags_new(memory);
    c->model = model_new(memory);
    load_content(c->model, c->diags, c->root, S("content"));
    assert_true(date_parse(str_from(day), &c->model->as_of));
    derive_lifecycle(c->model);
    model_link(c->model);
    derive_facts(c->model);
}

static void content_free(const struct content *c)
{
    close(c->root);
    assert_int_equal(unit_remove(c->folder), 0);
}

static const struct record *document(const struct content *c)
{
    return model_find(c->model, S("CRP-001"));
}

#define FRONT(more)                                                                                \
    "---\nid: CRP-001\ntitle: Crisis plan\nkind: plan\nversion_date: 2026-01-05\n" more "---\n"
#define APPROVAL(id, version, day, hash)                                                           \
    "- {id: " id ", title: A, document: CRP-001, version: \"" version                              \
    "\", approver: ROL-001, person: PER-001, date: " day ", text_sha256: " hash "}\n"

/* -- Bytes ---------------------------------------------------------------------------------- */

static void canonical_text_is_frozen(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md",
        S(FRONT("version: \"4.0\"\nclass: confidential\nlanguage: en\n") "\r\n \t\nFirst line  "
                                                                         "\r\nsecond\t\r\rthird "
                                                                         "{{as_of}}\n\n\n"));
    read_as_of(&c, "2026-06-30");
    assert_str(document_canonical(memory, document(&c)),
               "---\ncode: CRP-001\ntitle: Crisis plan\nversion: 4.0\nclass: confidential\n"
               "language: en\n---\nFirst line  \nsecond\n\nthird {{as_of}}\n");
    /* By sha256sum, of the bytes above. */
    assert_str(document_sha256(memory, document(&c)),
               "81f7a30b737771d1928f4280acd28e328019b043bc838eb865896918aca5cf25");
    put(&c, "documents/a.md", S(FRONT("")));
    read_as_of(&c, "2026-06-30");
    assert_str(document_canonical(memory, document(&c)),
               "---\ncode: CRP-001\ntitle: Crisis plan\nversion:\nclass:\nlanguage:\n---\n");
    content_free(&c);
}

static void layout_does_not_change_the_text(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("") "One\n\nTwo\n"));
    read_as_of(&c, "2026-06-30");
    str before = document_sha256(memory, document(&c));
    put(&c, "documents/a.md", S(FRONT("owner: ROL-001\n") "\n\nOne \r\n\t\r\nTwo"));
    read_as_of(&c, "2026-06-30");
    assert_true(str_eq(before, document_sha256(memory, document(&c))));
    put(&c, "documents/a.md", S(FRONT("") "One  \n\nTwo\n")); /* a line break */
    read_as_of(&c, "2026-06-30");
    assert_false(str_eq(before, document_sha256(memory, document(&c))));
    put(&c, "documents/a.md", S(FRONT("") "One\n\n\nTwo\n"));
    read_as_of(&c, "2026-06-30");
    assert_false(str_eq(before, document_sha256(memory, document(&c))));
    content_free(&c);
}

#define HASH_A "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define HASH_1 "1111111111111111111111111111111111111111111111111111111111111111"
#define HASH_2 "2222222222222222222222222222222222222222222222222222222222222222"

static void statement_is_frozen(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"4.0\"\n") "Text\n"));
    put(&c, "records/approval.yaml",
        S("- id: APV-001\n  title: A\n  document: CRP-001\n  version: \"4.0\"\n"
          "  approver: ROL-002\n  person: PER-006\n  date: 2026-06-22\n  text_sha256: " HASH_A "\n"
          "  files:\n    - {path: documents/z.png, sha256: \"" HASH_2 "\"}\n"
          "    - {path: documents/a.png, sha256: \"" HASH_1 "\"}\n"));
    read_as_of(&c, "2026-06-30");
    str statement = approval_statement(memory, model_find(c.model, S("APV-001")));
    assert_str(statement, "continuo-approval-1\ndocument: CRP-001\nversion: 4.0\nrole: ROL-002\n"
                          "person: PER-006\ndate: 2026-06-22\ntext: " HASH_A "\n"
                          "file: " HASH_1 " documents/a.png\nfile: " HASH_2 " documents/z.png\n");
    /* By sha256sum, of the bytes above. */
    assert_str(sha256_hex(memory, sha256_of(statement)),
               "e8058fb55620ce2e106e05441097ddbf4f1cc51503d11721b41d32855e55ef35");
    content_free(&c);
}

/* -- Where it stands ------------------------------------------------------------------------- */

static void expect(struct content *c, const char *day, const char *status, const char *in_force)
{
    read_as_of(c, day);
    const struct record *r = document(c);
    assert_str(rec_text(r, DOCUMENT_STATUS), status);
    assert_str(r->life->in_force ? rec_text(r->life->in_force, APPROVAL_VERSION) : S(""), in_force);
    assert_true((r->life->reason.n == 0) == life_is_approved(r->life));
}

static str approval_of(const struct content *c, const char *id, const char *version,
                       const char *day)
{
    return str_fmt(memory,
                   "- {id: %s, title: A, document: CRP-001, version: \"%s\", approver: ROL-001, "
                   "person: PER-001, date: %s, text_sha256: " STR_FMT "}\n",
                   id, version, day, STR_ARG(document_sha256(memory, document(c))));
}

static void the_way_of_a_document(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "records/role.yaml",
        S("- {id: ROL-001, title: Leader, kind: crisis, holder: PER-001}\n"));
    put(&c, "records/person.yaml", S("- {id: PER-001, title: Ann Lee}\n"));
    put(&c, "documents/a.md",
        S(FRONT("version: \"1.0\"\nsubmitted_on: 2026-01-08\nvalid_from: 2026-02-01\n"
                "withdrawn_on: 2026-09-01\n") "Text\n"));
    expect(&c, "2026-01-07", "draft", "");
    put(&c, "records/approval.yaml", approval_of(&c, "APV-001", "1.0", "2026-01-12"));
    expect(&c, "2026-01-07", "draft", "");
    expect(&c, "2026-01-08", "in_review", "");
    expect(&c, "2026-01-12", "approved_not_yet_valid", "");
    assert_str(rec_ref(document(&c), DOCUMENT_APPROVED_BY)->title, "Leader");
    expect(&c, "2026-02-01", "approved", "1.0");
    assert_int_equal(model_find(c.model, S("ROL-001"))->back_count, 2);
    expect(&c, "2026-09-01", "withdrawn", "");
    content_free(&c);
}

static void a_changed_text_is_not_approved(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\n") "Text\n"));
    read_as_of(&c, "2026-06-30");
    put(&c, "records/approval.yaml", approval_of(&c, "APV-001", "1.0", "2026-01-12"));
    expect(&c, "2026-06-30", "approved", "1.0");
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\n") "Text.\n"));
    expect(&c, "2026-06-30", "changed_since_approval", "1.0");
    assert_str(document(&c)->life->reason,
               "the text is not the one of which version 1.0 was approved on 12 January 2026");
    assert_false(rec_has(document(&c), DOCUMENT_APPROVED_BY));
    put(&c, "documents/a.md", S(FRONT("version: \"1.1\"\n") "Text.\n"));
    expect(&c, "2026-06-30", "draft", "1.0");
    assert_str(
        document(&c)->life->reason,
        "no approval of version 1.1 is recorded; version 1.0 was approved on 12 January 2026");
    content_free(&c);
}

static void an_embedded_file_counts_as_text(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\n") "Text\n"));
    put(&c, "documents/floor.png", S("picture"));
    read_as_of(&c, "2026-06-30");
    str approval = approval_of(&c, "APV-001", "1.0", "2026-01-12");
    put(&c, "records/approval.yaml",
        str_fmt(memory, STR_FMT ", files: [{path: documents/floor.png, sha256: " STR_FMT "}]}\n",
                STR_ARG(str_from_to(approval, 0, approval.n - 2)),
                STR_ARG(sha256_hex(memory, sha256_of(S("picture"))))));
    expect(&c, "2026-06-30", "approved", "1.0");
    assert_true(approval_names(document(&c)->life->approval, S("documents/floor.png")));
    put(&c, "documents/floor.png", S("other"));
    expect(&c, "2026-06-30", "changed_since_approval", "1.0");
    assert_str(document(&c)->life->changed_file, "documents/floor.png");
    assert_int_equal(unlinkat(c.root, "documents/floor.png", 0), 0);
    expect(&c, "2026-06-30", "changed_since_approval", "1.0");
    assert_int_equal(symlinkat("/etc/passwd", c.root, "documents/floor.png"), 0);
    expect(&c, "2026-06-30", "changed_since_approval", "1.0");
    content_free(&c);
}

static void one_document_takes_the_place_of_another(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\n") "Text\n"));
    put(&c, "documents/b.md",
        S("---\nid: CRP-002\ntitle: New\nversion: \"1.0\"\nsupersedes: CRP-001\n---\nText\n"));
    expect(&c, "2026-06-30", "draft", "");
    str hash = document_sha256(memory, model_find(c.model, S("CRP-002")));
    put(&c, "records/approval.yaml",
        str_fmt(memory,
                "- {id: APV-001, title: A, document: CRP-002, version: \"1.0\", approver: ROL-001, "
                "person: PER-001, date: 2026-03-01, text_sha256: " STR_FMT "}\n",
                STR_ARG(hash)));
    expect(&c, "2026-02-28", "draft", "");
    expect(&c, "2026-03-01", "superseded", "");
    assert_str(document(&c)->life->reason, "it is superseded by CRP-002");
    content_free(&c);
}

static void an_older_version_is_superseded(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.9\"\n") "Text\n"));
    read_as_of(&c, "2026-06-30");
    put(&c, "records/approval.yaml",
        str_fmt(memory, STR_FMT APPROVAL("APV-002", "1.10", "2026-02-01", "0"),
                STR_ARG(approval_of(&c, "APV-001", "1.9", "2026-01-12"))));
    expect(&c, "2026-01-31", "approved", "1.9");
    expect(&c, "2026-02-01", "superseded", "1.10");
    content_free(&c);
}

/* Whatever the order of their codes. */
static void a_place_once_taken_is_not_given_back(void **state)
{
    (void)state;
    static const char *const code[] = {"CRP-001", "CRP-003",
                                       "CRP-002"}; /* each of the one before */
    struct content c = content_new();
    struct buf approvals = buf_in(memory, 1024);
    put(&c, "continuo.yaml", S("title: Test\n"));
    for (size_t i = 0; i < 3; i++) {
        str text = str_fmt(memory, "---\nid: %s\ntitle: T\nversion: \"1.0\"\n%s%s\n%s---\nText\n",
                           code[i], i ? "supersedes: " : "kind: plan", i ? code[i - 1] : "",
                           i == 1 ? "withdrawn_on: 2026-05-01\n" : "");
        put(&c, str_c(memory, str_fmt(memory, "documents/%s.md", code[i])), text);
    }
    read_as_of(&c, "2026-06-30");
    for (size_t i = 0; i < 3; i++)
        buf_fmt(&approvals,
                "- {id: APV-00%zu, title: A, document: %s, version: \"1.0\", approver: ROL-001, "
                "person: PER-001, date: 2026-0%zu-01, text_sha256: " STR_FMT "}\n",
                i + 1, code[i], i + 1,
                STR_ARG(document_sha256(memory, model_find(c.model, str_from(code[i])))));
    put(&c, "records/approval.yaml", buf_str(&approvals));
    expect(&c, "2026-01-31", "approved", "1.0");
    expect(&c, "2026-02-28", "superseded", "");
    expect(&c, "2026-04-30", "superseded", "");
    assert_str(document(&c)->life->reason, "it is superseded by CRP-003");
    expect(&c, "2026-05-01", "superseded", "");
    content_free(&c);
}

/* -- Signatures ------------------------------------------------------------------------------ */

/* What the approver's key makes of the statement, the key being a new one. */
static str signature_of(const struct content *c, const struct record *approval)
{
    static const struct pki_wish wish = {.name = "Ann Lee"};
    EVP_PKEY *key = pki_ec("P-256");
    X509 *x = pki_certificate(key, &wish, NULL, NULL);
    struct sign_request r = {.passphrase_fd = -1, .as_of = rec_date(approval, APPROVAL_DATE)};
    char folder[] = "/tmp/continuo-key-XXXXXX";
    str der = S("");
    assert_non_null(mkdtemp(folder));
    r.key = str_c(memory, str_fmt(memory, "%s/key.pem", folder));
    r.cert = str_c(memory, str_fmt(memory, "%s/cert.pem", folder));
    pki_write_key(r.key, key, NULL);
    pki_write_certificates(r.cert, &x, 1);
    struct signer *signer = signer_open(memory, c->diags, &r);
    assert_non_null(signer);
    assert_true(sign_detached(signer, memory, c->diags, approval->id,
                              approval_statement(memory, approval), &der));
    signer_close(signer);
    X509_free(x);
    EVP_PKEY_free(key);
    unlink(r.key);
    unlink(r.cert);
    rmdir(folder);
    return der;
}

static str control_findings(struct content *c)
{
    read_as_of(c, "2026-06-30");
    check_system(c->model, c->diags, CONTROL_CHECK);
    struct buf b = buf_in(memory, 64);
    str all = dump_findings(memory, c->diags), one;
    while (all.n != 0) {
        size_t end = str_find(all, S(" | "), 0);
        one = str_from_to(all, 0, end == SIZE_MAX ? all.n : end);
        all = str_skip(all, end == SIZE_MAX ? all.n : end + 3);
        if (str_find(one, S(" DC10 "), 0) != SIZE_MAX)
            buf_add(&b, str_skip(one, str_find(one, S(" DC10 "), 0) + 6));
    }
    return buf_str(&b);
}

static void a_signature_is_judged(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\nsignature_required: yes\n") "Text\n"));
    read_as_of(&c, "2026-06-30");
    str approval = approval_of(&c, "APV-001", "1.0", "2026-01-12");
    put(&c, "records/approval.yaml", approval);
    assert_str(control_findings(&c),
               "'CRP-001' must be signed, and the approval 'APV-001' has no signature");
    str der = signature_of(&c, model_find(c.model, S("APV-001")));
    str signed_one = str_fmt(memory, STR_FMT ", signature: files/a.p7s}\n",
                             STR_ARG(str_from_to(approval, 0, approval.n - 2)));
    put(&c, "records/approval.yaml", signed_one);
    assert_str(control_findings(&c),
               "the signature of the approval 'APV-001' is not there or cannot be read");
    put(&c, "files/a.p7s", der);
    assert_str(control_findings(&c), "");
    put(&c, "files/a.p7s", str_from_to(der, 0, der.n - 1));
    assert_str(control_findings(&c),
               "the signature of the approval 'APV-001' is not DER, or is cut off");
    put(&c, "files/a.p7s", der);
    char *other = str_c(memory, signed_one);
    other[str_find(signed_one, S("2026-01-12"), 0) + 9] = '3';
    put(&c, "records/approval.yaml", str_from(other));
    assert_str(control_findings(&c), "the signature of the approval 'APV-001' is of other bytes");
    content_free(&c);
}

static void statements_and_texts_read_back(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"4.0\"\n") "Text  \n\nmore"));
    read_as_of(&c, "2026-06-30");
    put(&c, "records/approval.yaml", approval_of(&c, "APV-001", "4.0", "2026-01-12"));
    read_as_of(&c, "2026-06-30");
    struct approval_statement said;
    struct canonical_head head;
    struct format_fault fault;
    str statement = approval_statement(memory, model_find(c.model, S("APV-001")));
    assert_true(approval_read(memory, statement, &said, &fault));
    assert_str(said.version, "4.0");
    assert_str(said.person, "PER-001");
    assert_str(sha256_hex(memory, said.text), str_c(memory, document_sha256(memory, document(&c))));
    assert_true(canonical_read(memory, document_canonical(memory, document(&c)), &head, &fault));
    assert_str(head.title, "Crisis plan");
    content_free(&c);
}

/* -- In force --------------------------------------------------------------------------------- */

/* Version 1.0, approved in January with a picture; 2.0 is being written. */
static struct content two_versions(void)
{
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    str first = S(FRONT("version: \"1.0\"\nrevisions: [{date: 2026-01-05, version: \"1.0\", "
                        "text: First}]\n") "Old words\n");
    put(&c, "documents/a.md", first);
    read_as_of(&c, "2026-06-30");
    str approval = approval_of(&c, "APV-001", "1.0", "2026-01-12");
    put(&c, "records/approval.yaml",
        str_fmt(memory, STR_FMT ", files: [{path: documents/floor.png, sha256: " STR_FMT "}]}\n",
                STR_ARG(str_from_to(approval, 0, approval.n - 2)),
                STR_ARG(sha256_hex(memory, sha256_of(S("picture"))))));
    put(&c, "approved/crp-001/1.0.md", first);
    put(&c, "approved/crp-001/1.0/documents/floor.png", S("picture"));
    put(&c, "documents/a.md", S(FRONT("version: \"2.0\"\n") "New words\n"));
    put(&c, "documents/b.md", S("---\nid: CRP-002\ntitle: Never approved\n---\nText\n"));
    return c;
}

static struct in_force take(struct content *c, const char *day)
{
    c->diags = diags_new(memory);
    c->model = model_new(memory);
    load_content(c->model, c->diags, c->root, S("content"));
    assert_true(date_parse(str_from(day), &c->model->as_of));
    derive_lifecycle(c->model);
    struct in_force taken = in_force_take(c->model, c->diags, c->root, S("content"));
    model_link(c->model);
    return taken;
}

static void the_approved_copy_is_issued(void **state)
{
    (void)state;
    struct content c = two_versions();
    struct in_force taken = take(&c, "2026-06-30");
    const struct record *r = document(&c);
    assert_int_equal(taken.exchanged_count, 1);
    assert_str(r->document->body, "Old words\n");
    assert_str(r->document->path, "documents/a.md");
    assert_str(r->document->files, "approved/crp-001/1.0");
    assert_str(rec_text(r, DOCUMENT_VERSION), "1.0");
    assert_str(rec_text(r, DOCUMENT_STATUS), "approved");
    assert_ptr_equal(rec_items(r, DOCUMENT_REVISIONS, &(size_t){0})->record->whole, r);
    assert_int_equal(taken.left_count, 1);
    assert_str(taken.left[0].document->id, "CRP-002");
    assert_str(taken.left[0].reason, "no approval is recorded");
    assert_int_equal(diags_count(c.diags, SEVERITY_ERROR), 0);
    content_free(&c);
}

static void an_earlier_day_has_its_own_version(void **state)
{
    (void)state;
    struct content c = two_versions();
    read_as_of(&c, "2026-06-30");
    str first = approval_of(&c, "APV-002", "2.0", "2026-05-04");
    struct file_read r = file_read(memory, c.root, S("records/approval.yaml"), 4096);
    put(&c, "records/approval.yaml",
        str_fmt(memory, STR_FMT STR_FMT, STR_ARG(r.text), STR_ARG(first)));
    struct in_force taken = take(&c, "2026-05-04");
    assert_int_equal(taken.exchanged_count, 0);
    assert_str(document(&c)->document->body, "New words\n");
    taken = take(&c, "2026-05-03");
    assert_int_equal(taken.exchanged_count, 1);
    assert_str(document(&c)->document->body, "Old words\n");
    assert_str(rec_text(document(&c), DOCUMENT_STATUS), "approved");
    taken = take(&c, "2026-01-11");
    assert_int_equal(taken.exchanged_count, 0);
    assert_int_equal(taken.left_count, 2);
    content_free(&c);
}

/* Not even when something has taken its place, or when it was withdrawn. */
static void what_was_not_approved_is_never_issued(void **state)
{
    (void)state;
    struct content c = two_versions();
    put(&c, "documents/a.md",
        S(FRONT("version: \"2.0\"\nwithdrawn_on: 2026-06-01\n") "New words\n"));
    assert_int_equal(take(&c, "2026-06-30").exchanged_count, 1);
    assert_str(document(&c)->document->body, "Old words\n");
    assert_str(rec_text(document(&c), DOCUMENT_STATUS), "withdrawn");
    assert_true(life_is_bound(document(&c)->life));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\nwithdrawn_on: 2026-06-01\n") "Other\n"));
    read_as_of(&c, "2026-06-30");
    assert_str(rec_text(document(&c), DOCUMENT_STATUS), "withdrawn");
    assert_false(rec_has(document(&c), DOCUMENT_APPROVED_BY));
    assert_false(life_is_bound(document(&c)->life));
    content_free(&c);
}

/* Who closed it must not believe that it is closed already. */
static void a_class_that_was_raised_is_told(void **state)
{
    (void)state;
    struct content c = content_new();
    put(&c, "continuo.yaml", S("title: Test\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\nclass: internal\n") "Text\n"));
    read_as_of(&c, "2026-06-30");
    put(&c, "records/approval.yaml", approval_of(&c, "APV-001", "1.0", "2026-01-12"));
    put(&c, "approved/crp-001/1.0.md", S(FRONT("version: \"1.0\"\nclass: internal\n") "Text\n"));
    put(&c, "documents/a.md", S(FRONT("version: \"1.0\"\nclass: confidential\n") "Text\n"));
    assert_int_equal(take(&c, "2026-06-30").exchanged_count, 1);
    assert_str(dump_findings(memory, c.diags),
               "7:8 DC2 'CRP-001' is 'confidential', but its version '1.0', which is issued, is "
               "'internal'");
    assert_int_equal(diags_count(c.diags, SEVERITY_ERROR), 1);
    put(&c, "documents/a.md", S(FRONT("version: \"2.0\"\n") "Text\n"));
    take(&c, "2026-06-30");
    assert_int_equal(diags_count(c.diags, SEVERITY_ERROR), 0);
    assert_int_equal(diags_count(c.diags, SEVERITY_WARNING), 1);
    content_free(&c);
}

static void a_copy_that_lies_is_not_issued(void **state)
{
    (void)state;
    struct content c = two_versions();
    put(&c, "approved/crp-001/1.0/documents/floor.png", S("other"));
    struct in_force taken = take(&c, "2026-06-30");
    assert_int_equal(taken.exchanged_count, 0);
    assert_int_equal(taken.left_count, 2);
    assert_str(dump_findings(memory, c.diags),
               "1:8 DC2 the copy of version '1.0' of 'CRP-001' is not what was approved");
    assert_int_equal(unlinkat(c.root, "approved/crp-001/1.0.md", 0), 0);
    taken = take(&c, "2026-06-30");
    assert_int_equal(taken.left_count, 2);
    assert_str(dump_findings(memory, c.diags),
               "1:8 DC2 the copy of version '1.0' of 'CRP-001' is missing");
    content_free(&c);
}

int unit_lifecycle(void)
{
    static const struct CMUnitTest cases[] = {
        cmocka_unit_test(canonical_text_is_frozen),
        cmocka_unit_test(layout_does_not_change_the_text),
        cmocka_unit_test(statement_is_frozen),
        cmocka_unit_test(the_way_of_a_document),
        cmocka_unit_test(a_changed_text_is_not_approved),
        cmocka_unit_test(an_embedded_file_counts_as_text),
        cmocka_unit_test(one_document_takes_the_place_of_another),
        cmocka_unit_test(an_older_version_is_superseded),
        cmocka_unit_test(a_signature_is_judged),
        cmocka_unit_test(statements_and_texts_read_back),
        cmocka_unit_test(the_approved_copy_is_issued),
        cmocka_unit_test(an_earlier_day_has_its_own_version),
        cmocka_unit_test(a_place_once_taken_is_not_given_back),
        cmocka_unit_test(what_was_not_approved_is_never_issued),
        cmocka_unit_test(a_class_that_was_raised_is_told),
        cmocka_unit_test(a_copy_that_lies_is_not_issued),
    };
    memory = arena_new("lifecycle test", (size_t)64 * 1024 * 1024);
    int failed = unit_run("lifecycle", cases);
    arena_free(memory);
    return failed;
}
