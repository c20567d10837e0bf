/* base/hash: SHA-256, through libcrypto. */
#include "base/hash.h"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "base/fatal.h"

struct sha256 sha256_of(str data)
{
    struct sha256 h;
    SHA256((const unsigned char *)(data.n ? data.p : ""), data.n, h.byte);
    return h;
}

str sha256_hex(struct arena *a, struct sha256 h)
{
    static const char digit[] = "0123456789abcdef";
    char *text = NEW_ARRAY(a, char, 2 * sizeof h.byte + 1);
    for (size_t i = 0; i < sizeof h.byte; i++) {
        text[2 * i] = digit[h.byte[i] >> 4];
        text[2 * i + 1] = digit[h.byte[i] & 15];
    }
    return (str){text, 2 * sizeof h.byte};
}

/* The struct is never defined: it is libcrypto's context by another name. */
struct sha256_sum *sha256_begin(void)
{
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    if (context == NULL || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
        fatal("out of memory for a SHA-256");
    return (struct sha256_sum *)context;
}

void sha256_more(struct sha256_sum *sum, str data)
{
    if (EVP_DigestUpdate((EVP_MD_CTX *)sum, data.n ? data.p : "", data.n) != 1)
        fatal("SHA-256 failed");
}

struct sha256 sha256_end(struct sha256_sum *sum)
{
    struct sha256 h;
    if (EVP_DigestFinal_ex((EVP_MD_CTX *)sum, h.byte, NULL) != 1)
        fatal("SHA-256 failed");
    EVP_MD_CTX_free((EVP_MD_CTX *)sum);
    return h;
}
