/* sign/seal: the signature of a PDF, put into the hole that its writer left. */
#include "sign/sign_int.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The signed bytes are [0, open) and [close, size). */
struct hole {
    size_t range;       /* of "[" in /ByteRange */
    size_t open, close; /* of "<", and behind ">" */
};

enum { RANGE_BYTES = sizeof "[0 0000000000 0000000000 0000000000]" - 1 };

/* A second /ByteRange anywhere, were it in a title, would leave readers to
 * guess; compressed text does not show the word. */
static bool find_hole(str pdf, struct hole *h)
{
    const str key = S("/ByteRange"), head = S(SIGN_HOLE);
    size_t at = str_find(pdf, key, 0);
    if (at == SIZE_MAX || str_find(pdf, key, at + 1) != SIZE_MAX ||
        !str_starts(str_skip(pdf, at), head))
        return false;
    size_t end = at + head.n;
    while (end < pdf.n && pdf.p[end] == '0')
        end++;
    *h = (struct hole){at + key.n + 1, at + head.n - 1, end + 1};
    return end < pdf.n && pdf.p[end] == '>' && (end - at - head.n) % 2 == 0;
}

static void write_range(char *pdf, size_t size, const struct hole *h)
{
    char text[RANGE_BYTES + 1];
    int n = snprintf(text, sizeof text, "[0 %zu %zu %zu", h->open, h->close, size - h->close);
    assert(n > 0 && n < RANGE_BYTES);
    memset(pdf + h->range, ' ', RANGE_BYTES - 1);
    memcpy(pdf + h->range, text, (size_t)n);
}

static struct sha256 digest_around(str pdf, const struct hole *h)
{
    struct sha256 digest;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    if (!c || !EVP_DigestInit_ex(c, EVP_sha256(), NULL) || !EVP_DigestUpdate(c, pdf.p, h->open) ||
        !EVP_DigestUpdate(c, pdf.p + h->close, pdf.n - h->close) ||
        !EVP_DigestFinal_ex(c, digest.byte, NULL))
        sign_no_memory();
    EVP_MD_CTX_free(c);
    return digest;
}

static bool fits(struct diags *d, str name, str der, const struct hole *h)
{
    size_t room = (h->close - h->open - 2) / 2;
    if (der.n > room)
        diag(d, SIGN_RULE(ROOM), (struct span){0},
             "the signature of '" STR_FMT "' takes %zu bytes, its place holds %zu", STR_ARG(name),
             der.n, room);
    return der.n <= room;
}

static void write_hex(char *to, str der)
{
    static const char digit[] = "0123456789ABCDEF";
    for (size_t i = 0; i < der.n; i++) {
        to[2 * i] = digit[(unsigned char)der.p[i] >> 4];
        to[2 * i + 1] = digit[der.p[i] & 15];
    }
}

bool sign_pdf(struct signer *s, struct arena *a, struct diags *d, str name, char *pdf,
              size_t size_bytes)
{
    struct hole h;
    str der;
    if (!find_hole((str){pdf, size_bytes}, &h)) {
        diag(d, SIGN_RULE(HOLE), (struct span){0},
             "'" STR_FMT "' has not exactly one place for a signature", STR_ARG(name));
        return false;
    }
    write_range(pdf, size_bytes, &h);
    bool fine = cms_sign(s, a, d, name, digest_around((str){pdf, size_bytes}, &h), &der) &&
                fits(d, name, der, &h);
    if (fine)
        write_hex(pdf + h.open + 1, der);
    else
        memcpy(pdf + h.range, &SIGN_HOLE[sizeof "/ByteRange " - 1], RANGE_BYTES);
    return fine;
}
