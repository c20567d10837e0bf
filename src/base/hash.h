/* base/hash: SHA-256 (FIPS 180-4), through libcrypto. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

struct sha256 {
    unsigned char byte[32];
};

struct sha256 sha256_of(str data);
str sha256_hex(struct arena *a, struct sha256 h); /* 64 lower-case digits */

/* For what is too large to be held at once: begin, more as often as needed, end.
 * No memory ends the process. */
struct sha256_sum;
struct sha256_sum *sha256_begin(void);
void sha256_more(struct sha256_sum *sum, str data);
struct sha256 sha256_end(struct sha256_sum *sum); /* frees the sum */

#endif
