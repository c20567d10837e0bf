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

struct sha256_run sha256_begin(void)
{
    /* What a machine's configuration says must not change how we hash. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    if (state == NULL || EVP_DigestInit_ex(state, EVP_sha256(), NULL) != 1)
        fatal("SHA-256 cannot be had from libcrypto");
    return (struct sha256_run){state};
}

void sha256_add(struct sha256_run *run, str data)
{
    if (EVP_DigestUpdate(run->state, data.p, data.n) != 1)
        fatal("SHA-256 failed in libcrypto");
}

struct sha256 sha256_end(struct sha256_run *run)
{
    struct sha256 h;
    if (EVP_DigestFinal_ex(run->state, h.byte, NULL) != 1)
        fatal("SHA-256 failed in libcrypto");
    EVP_MD_CTX_free(run->state);
    run->state = NULL;
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

str sha256_base64(struct arena *a, struct sha256 h)
{
    char *text = NEW_ARRAY(a, char, (sizeof h.byte + 2) / 3 * 4 + 1);
    int size = EVP_EncodeBlock((unsigned char *)text, h.byte, (int)sizeof h.byte);
    return (str){text, (size_t)size};
}
