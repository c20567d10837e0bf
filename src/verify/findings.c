/* verify/findings: what was found, and signatures beside what they sign. */
#include "verify/verify_int.h"

#include "verify/der_int.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WORDS_BYTES_MAX = 600 };

void found(struct verifying *v, enum damage damage, str path, const char *format, ...)
{
    char words[WORDS_BYTES_MAX];
    va_list args;
    bool lies = damage != DAMAGE_UNFINISHED;
    v->r.damage_count += lies;
    /* The first lie has a place, however many leftovers came before it. */
    if (v->r.finding_count >= VERIFY_FINDINGS_MAX && !(lies && v->r.damage_count == 1))
        return;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    struct verify_finding f = {damage, str_dup(v->a, path), str_dup(v->a, str_from(words))};
    PUSH(v->a, v->r.findings, v->r.finding_count, v->finding_cap, struct verify_finding) = f;
}

void note(struct verifying *v, const char *words)
{
    for (size_t i = 0; i < v->r.note_count; i++)
        if (strcmp(v->r.notes[i], words) == 0)
            return;
    PUSH(v->a, v->r.notes, v->r.note_count, v->note_cap, const char *) = words;
}

static bool is_machine_fault(int error_number)
{
    return error_number == EIO || error_number == ENOMEM || error_number == EMFILE ||
           error_number == ENFILE || error_number == ENOSYS;
}

void found_unread(struct verifying *v, str path, const struct file_read *r)
{
    switch (r->fault) {
    case FILE_LINK:
        found(v, DAMAGE_CHANGED, path, "a symbolic link stands in its place");
        return;
    case FILE_KIND:
        found(v, DAMAGE_CHANGED, path, "what stands in its place is no file");
        return;
    case FILE_TOO_LARGE:
        found(v, DAMAGE_UNREADABLE, path, "it has %llu bytes, more than such a file may have",
              (unsigned long long)r->size_bytes);
        return;
    case FILE_CHANGED:
        found(v, DAMAGE_UNREADABLE, path, "it changed while it was read");
        return;
    default:
        break;
    }
    v->r.machine_failed |= is_machine_fault(r->error_number);
    if (r->error_number == ENOENT || r->error_number == ENOTDIR)
        found(v, DAMAGE_MISSING, path, "it is not there");
    else
        found(v, DAMAGE_UNREADABLE, path, "%s", strerror(r->error_number));
}

bool read_own(struct verifying *v, struct arena *a, str path, size_t size_bytes_max, str *text)
{
    struct file_read r = file_read(a, v->q->root, path, size_bytes_max);
    *text = r.text;
    v->r.bytes_read += r.text.n;
    if (r.fault != FILE_OK)
        found_unread(v, path, &r);
    return r.fault == FILE_OK;
}

str short_hex(struct verifying *v, struct sha256 h)
{
    return str_from_to(sha256_hex(v->a, h), 0, CHECKPOINT_HEX);
}

str below(struct verifying *v, str folder, str name)
{
    return folder.n == 0 ? name
                         : str_fmt(v->a, STR_FMT "/" STR_FMT, STR_ARG(folder), STR_ARG(name));
}

/* -- Signatures -------------------------------------------------------------------------------- */

/* The outermost length says more than is there. */
static bool is_cut_off(str der)
{
    if (der.n < 4)
        return true;
    unsigned char first = (unsigned char)der.p[1], second = (unsigned char)der.p[2],
                  third = (unsigned char)der.p[3];
    size_t size = first == 0x82   ? 4 + (size_t)(second << 8 | third)
                  : first == 0x81 ? 3 + (size_t)second
                                  : 2 + (size_t)first;
    return der.p[0] == 0x30 && size > der.n;
}

/* The signature itself is whole, but of other bytes than these: which of the two lies? */
static void found_other_content(struct verifying *v, const struct signed_file *f,
                                const struct cms_verdict *verdict)
{
    str where = S("");
    if (f->is_elsewhere != NULL && f->is_elsewhere(v, verdict->content, &where))
        found(v, DAMAGE_RENAMED, f->signature_path, "it is the signature of " STR_FMT,
              STR_ARG(where));
    else if (f->is_known != NULL && f->is_known(v, f))
        found(v, DAMAGE_FORGED, f->signature_path, "the signature is of other bytes than " STR_FMT,
              STR_ARG(f->content_path));
    else
        found(v, f->content.n == 0 ? DAMAGE_TRUNCATED : DAMAGE_CHANGED, f->content_path,
              "it is not what " STR_FMT " signed", STR_ARG(verdict->name));
}

bool judge_signer(struct verifying *v, str path, const struct cms_verdict *verdict,
                  const struct sha256 *certificate)
{
    str hex = short_hex(v, verdict->certificate);
    if (certificate != NULL && !hash_eq(*certificate, verdict->certificate)) {
        found(v, DAMAGE_SIGNER, path,
              "it is signed by '" STR_FMT "' (" STR_FMT "…), not by the certificate that is named",
              STR_ARG(verdict->name), STR_ARG(hex));
        return false;
    }
    if (v->q->trust != NULL && verdict->state == SIGNER_UNKNOWN) {
        found(v, DAMAGE_SIGNER, path,
              "it is signed by '" STR_FMT "' (" STR_FMT "…), whom nobody in your list vouches for",
              STR_ARG(verdict->name), STR_ARG(hex));
        return false;
    }
    return true;
}

bool judge_signed(struct verifying *v, const struct signed_file *f, struct cms_verdict *verdict)
{
    str der;
    *verdict = (struct cms_verdict){0};
    if (!read_own(v, v->a, f->signature_path, CMS_BYTES_MAX, &der))
        return false;
    struct cms_question q = {.der = der,
                             .part = {f->content},
                             .trust = v->q->trust,
                             .as_of = f->as_of,
                             .today = v->q->today};
    *verdict = cms_judge(v->a, &q);
    if (verdict->fault == CMS_CONTENT) {
        found_other_content(v, f, verdict);
        return false;
    }
    if (verdict->fault != CMS_NONE) {
        bool cut = (verdict->fault == CMS_DER || verdict->fault == CMS_SIZE) && is_cut_off(der);
        found(v, cut ? DAMAGE_TRUNCATED : DAMAGE_FORGED, f->signature_path, "the signature %s",
              cms_fault_words(verdict->fault));
        return false;
    }
    return judge_signer(v, f->signature_path, verdict, f->certificate);
}
