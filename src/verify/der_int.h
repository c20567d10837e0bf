/* verify/der_int: DER taken apart by hand where the form matters.
 *
 * libcrypto reads looser than it writes: BER, versions that it ignores, lists in
 * any order. What must have one form is walked here first. */
#ifndef VERIFY_DER_INT_H
#define VERIFY_DER_INT_H

#include "base/hash.h"
#include "verify/cms.h"

enum {
    DER_INTEGER = 0x02,
    DER_OCTETS = 0x04,
    DER_OID = 0x06,
    DER_SEQUENCE = 0x30,
    DER_SET = 0x31,
    DER_CONTEXT_0 = 0xA0,
    DER_CONTEXT_1 = 0xA1,
};

/* Takes the element with this tag off *rest: its content, or with `whole` tag and length,
 * too. False: another tag, a length that is not the shortest, or cut off. */
bool der_take(str *rest, unsigned tag, str *content);
bool der_take_whole(str *rest, unsigned tag, str *whole);
/* Bytes of the element that begins the text; 0 when there is none. */
size_t der_size(str text);

/* A signature in the accepted form, as slices of its bytes. */
struct cms_shape {
    str certificate[CMS_CERTIFICATES_MAX]; /* whole */
    size_t certificate_count;
    str signer;              /* the one that the signature names */
    struct sha256 content;   /* the message-digest attribute */
    str signing_certificate; /* the attribute's value, whole */
    str signature;
    bool is_ecdsa;
    str stamp; /* token, whole; empty: none */
};
enum cms_fault cms_shape_read(str der, struct cms_shape *out);

#endif
