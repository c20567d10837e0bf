/* base/hash: SHA-256 (FIPS 180-4), through libcrypto. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include "base/str.h"

struct sha256 {
    unsigned char byte[32];
};

struct sha256 sha256_of(str data);
/* The same in pieces. begin and end pair; between them only add. */
struct sha256_run {
    void *state;
};
struct sha256_run sha256_begin(void);
void sha256_add(struct sha256_run *run, str data);
struct sha256 sha256_end(struct sha256_run *run);
str sha256_hex(struct arena *a, struct sha256 h);    /* 64 lower-case digits */
str sha256_base64(struct arena *a, struct sha256 h); /* 44 characters, as browsers want it */

#endif
