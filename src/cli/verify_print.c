/* cli/verify_print: what verifying found, for people and for programs. */
#include "cli/verify_print.h"

#include <string.h>

#include "write/data/json.h"

/* Names come from strangers: what could steer a terminal or turn text around is shown as
 * its number. */
static bool is_hidden(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x061C || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069) || c == 0xFEFF;
}

static str shown(struct arena *a, str s)
{
    struct buf b = buf_in(a, s.n + 1);
    for (size_t at = 0; at < s.n;) {
        char bytes[4];
        uint32_t c = utf8_next(s, &at);
        if (is_hidden(c))
            buf_fmt(&b, "\\u{%X}", (unsigned)c);
        else
            buf_add(&b, (str){bytes, utf8_put(bytes, c)});
    }
    return buf_str(&b);
}

static str fingerprint(struct arena *a, struct sha256 h)
{
    return str_from_to(sha256_hex(a, h), 0, CHECKPOINT_HEX);
}

static const char *state_words(const struct verify_printing *p, const struct verify_edition *e)
{
    static const char *const words[] = {
        [SIGNER_INVALID] = "invalid",
        [SIGNER_UNKNOWN] = "unknown signer",
        [SIGNER_VALID_THEN] = "valid then",
        [SIGNER_VALID_NOW] = "valid now",
    };
    if (e->findings != 0)
        return "NOT verified";
    return e->state == SIGNER_UNKNOWN && !p->trusted ? "not compared" : words[e->state];
}

/* -- The table -------------------------------------------------------------------- */

enum { COLUMNS = 7 };

static void fill_row(const struct verify_printing *p, const struct verify_edition *e,
                     str cell[COLUMNS])
{
    struct arena *a = p->arena;
    cell[0] = shown(a, e->edition);
    cell[1] = shown(a, e->audience);
    cell[2] = e->number != 0 ? date_iso(a, e->as_of) : S("");
    cell[3] = str_fmt(a, "%llu", (unsigned long long)e->files);
    cell[4] = str_fmt(a, "%llu", (unsigned long long)e->pdfs);
    cell[5] = str_fmt(a, STR_FMT "%s", STR_ARG(shown(a, e->signer)), e->demo ? " (DEMO)" : "");
    cell[6] = str_from(state_words(p, e));
}

static void print_table(const struct verify_printing *p)
{
    static const char *const head[COLUMNS] = {"edition", "audience", "as of", "files",
                                              "PDFs",    "signer",   "state"};
    size_t rows = p->result->edition_count + 1, width[COLUMNS] = {0};
    str(*cell)[COLUMNS] = arena_alloc(p->arena, rows, sizeof *cell, _Alignof(str));
    for (size_t c = 0; c < COLUMNS; c++)
        cell[0][c] = str_from(head[c]);
    for (size_t i = 1; i < rows; i++)
        fill_row(p, &p->result->editions[i - 1], cell[i]);
    for (size_t i = 0; i < rows; i++)
        for (size_t c = 0; c < COLUMNS; c++)
            width[c] = utf8_count(cell[i][c]) > width[c] ? utf8_count(cell[i][c]) : width[c];
    for (size_t i = 0; rows > 1 && i < rows; i++)
        for (size_t c = 0; c < COLUMNS; c++) {
            int pad = c + 1 == COLUMNS ? 0 : (int)(width[c] - utf8_count(cell[i][c]));
            bool right = c == 3 || c == 4;
            printf("%*s" STR_FMT "%*s%s", right ? pad : 0, "", STR_ARG(cell[i][c]), right ? 0 : pad,
                   "", c + 1 == COLUMNS ? "\n" : "  ");
        }
}

static void print_findings_of(const struct verify_printing *p)
{
    const struct verify_result *r = p->result;
    size_t shown_max = p->options->max == 0 ? SIZE_MAX : p->options->max, damage = 0;
    for (size_t i = 0; i < r->finding_count && i < shown_max; i++) {
        const struct verify_finding *f = &r->findings[i];
        damage += f->damage != DAMAGE_UNFINISHED;
        printf(STR_FMT ": %s[%s]: " STR_FMT "\n", STR_ARG(shown(p->arena, f->path)),
               damage_word(f->damage), verify_rule[f->damage].id,
               STR_ARG(shown(p->arena, f->words)));
    }
    if (r->damage_count > damage)
        printf("and %zu more\n", r->damage_count - damage);
    for (size_t i = 0; i < r->note_count; i++)
        printf("note: %s\n", r->notes[i]);
}

static void print_more(const struct verify_printing *p)
{
    const struct verify_result *r = p->result;
    double seconds = (double)(p->milliseconds > 0 ? p->milliseconds : 1) / 1000;
    for (size_t i = 0; i < r->edition_count; i++)
        printf("checkpoint " STR_FMT ":" STR_FMT " (" STR_FMT ")\n",
               STR_ARG(shown(p->arena, r->editions[i].edition)),
               STR_ARG(fingerprint(p->arena, r->editions[i].hash)),
               STR_ARG(shown(p->arena, r->editions[i].audience)));
    printf("%.1f MB read in %.2f s, %.0f MB/s\n", (double)r->bytes_read / 1e6, seconds,
           (double)r->bytes_read / 1e6 / seconds);
}

/* -- The last line ---------------------------------------------------------------- */

/* Who signed the editions: the last one's, and how many others. */
struct signers {
    const struct verify_edition *last;
    size_t others;
    bool demo, expired;
    uint64_t files, pdfs;
};

static struct signers signers_of(const struct verify_result *r)
{
    struct signers s = {0};
    for (size_t i = 0; i < r->edition_count; i++) {
        const struct verify_edition *e = &r->editions[i];
        if (s.last == NULL || e->number >= s.last->number)
            s.last = e;
        s.demo |= e->demo;
        s.expired |= e->state == SIGNER_VALID_THEN;
        s.files += e->files;
        s.pdfs += e->pdfs;
    }
    for (size_t i = 0; i < r->edition_count; i++)
        s.others += memcmp(r->editions[i].certificate.byte, s.last->certificate.byte,
                           sizeof s.last->certificate.byte) != 0;
    return s;
}

static str verdict(const struct verify_printing *p)
{
    struct arena *a = p->arena;
    const struct verify_result *r = p->result;
    struct buf b = buf_in(a, 256);
    if (r->nothing_published || r->edition_count == 0 || r->first != NULL) {
        if (r->first == NULL)
            return S("NOT verified: ledger.jsonl: missing: nothing has been published here");
        return str_fmt(a, "NOT verified: " STR_FMT ": %s: " STR_FMT,
                       STR_ARG(shown(a, r->first->path)), damage_word(r->first->damage),
                       STR_ARG(shown(a, r->first->words)));
    }
    struct signers s = signers_of(r);
    str name = shown(a, s.last->signer), hex = fingerprint(a, s.last->certificate);
    if (!p->trusted)
        buf_fmt(&b,
                "whole and unchanged; the signer '" STR_FMT "' (fingerprint " STR_FMT
                "…) was not compared with anyone you trust: give --trust",
                STR_ARG(name), STR_ARG(hex));
    else
        buf_fmt(&b,
                "verified: %zu %s, %llu files, %llu PDFs, signed by '" STR_FMT
                "' (fingerprint " STR_FMT "…)",
                r->edition_count, r->edition_count == 1 ? "edition" : "editions",
                (unsigned long long)s.files, (unsigned long long)s.pdfs, STR_ARG(name),
                STR_ARG(hex));
    if (s.others != 0)
        buf_fmt(&b, "; %zu of them by other certificates", s.others);
    if (s.expired)
        buf_lit(&b, "; valid then, the certificate has expired since");
    if (s.demo)
        buf_lit(&b, "; this is a DEMO signer: anybody may have its key");
    return buf_str(&b);
}

void verify_print_text(const struct verify_printing *p)
{
    str line = verdict(p);
    if (!p->options->quiet) {
        print_table(p);
        print_findings_of(p);
    }
    if (p->options->verbose)
        print_more(p);
    printf(STR_FMT "\n", STR_ARG(line));
}

/* -- JSON ------------------------------------------------------------------------- */

static void put_text(struct json *j, str key, str text)
{
    json_key(j, key);
    json_text(j, text);
}

static void put_int(struct json *j, str key, uint64_t number)
{
    json_key(j, key);
    json_int(j, (long long)number);
}

static void put_edition(struct json *j, const struct verify_printing *p,
                        const struct verify_edition *e)
{
    json_open_map(j);
    put_text(j, S("edition"), e->edition);
    put_text(j, S("audience"), e->audience);
    put_int(j, S("number"), e->number);
    put_text(j, S("as_of"), e->number != 0 ? date_iso(p->arena, e->as_of) : S(""));
    put_int(j, S("files"), e->files);
    put_int(j, S("bytes"), e->bytes);
    put_int(j, S("pdfs"), e->pdfs);
    put_text(j, S("sha256"), sha256_hex(p->arena, e->hash));
    put_text(j, S("signer"), e->signer);
    put_text(j, S("certificate"), sha256_hex(p->arena, e->certificate));
    json_key(j, S("demo"));
    json_bool(j, e->demo);
    put_text(j, S("state"), str_from(state_words(p, e)));
    json_close(j);
}

static void put_findings(struct json *j, const struct verify_result *r)
{
    json_key(j, S("findings"));
    json_open_list(j);
    for (size_t i = 0; i < r->finding_count; i++) {
        const struct verify_finding *f = &r->findings[i];
        json_open_map(j);
        put_text(j, S("id"), str_from(verify_rule[f->damage].id));
        put_text(j, S("path"), f->path);
        put_text(j, S("class"), str_from(damage_word(f->damage)));
        put_text(j, S("message"), f->words);
        json_close(j);
    }
    json_close(j);
}

void verify_print_json(const struct verify_printing *p)
{
    static const char *const scope[] = {
        [VERIFY_SITE] = "site", [VERIFY_AUDIENCE] = "audience", [VERIFY_EDITION] = "edition"};
    const struct verify_result *r = p->result;
    struct buf b = buf_in(p->arena, 4096);
    struct json j = json_in(&b);
    json_open_map(&j);
    put_text(&j, S("scope"), str_from(scope[r->scope]));
    json_key(&j, S("whole"));
    json_bool(&j, r->damage_count == 0 && r->edition_count != 0);
    json_key(&j, S("signers_compared"));
    json_bool(&j, p->trusted);
    put_text(&j, S("verdict"), verdict(p));
    put_int(&j, S("damage"), r->damage_count);
    json_key(&j, S("editions"));
    json_open_list(&j);
    for (size_t i = 0; i < r->edition_count; i++)
        put_edition(&j, p, &r->editions[i]);
    json_close(&j);
    put_findings(&j, r);
    json_key(&j, S("notes"));
    json_open_list(&j);
    for (size_t i = 0; i < r->note_count; i++)
        json_text(&j, str_from(r->notes[i]));
    json_close(&j);
    json_close(&j);
    fwrite(b.p, 1, b.n, stdout);
}
