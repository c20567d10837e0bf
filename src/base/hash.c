/* base/hash: SHA-256, through libcrypto. */
#include "base/hash.h"

#include <openssl/sha.h>

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
