/* verify/cms_int: what the judging of signatures and of time stamps shares. */
#ifndef VERIFY_CMS_INT_H
#define VERIFY_CMS_INT_H

#include <openssl/x509.h>

#include "verify/cms.h"

/* First and last day on which every certificate of a chain is valid. */
struct days {
    date from, to;
};
struct days certificate_days(const X509 *x);
/* A day and seconds from what ASN.1 writes; false for what no calendar has. */
bool asn1_moment(const ASN1_TIME *t, date *day, int64_t *seconds);
/* True when the leaf is pinned, or a pinned one vouches for it through the others. */
bool trust_vouches(const struct trust *t, X509 *leaf, STACK_OF(X509) * others, struct days *days);

/* Judges the token over the signature's bytes; fills the stamp's part of the verdict. */
bool stamp_judge(str token, str signature, const struct trust *t, struct cms_verdict *v);

#endif
