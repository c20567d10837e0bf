/* verify/der: DER taken apart by hand where the form matters. */
#include "verify/der_int.h"

#include <string.h>

/* Tag, length and content of the first element; false when it is not there whole. */
static bool split(str text, size_t *head, size_t *size)
{
    if (text.n < 2)
        return false;
    unsigned char first = (unsigned char)text.p[1];
    *head = 2;
    *size = first;
    if (first >= 0x80) {
        size_t digits = first & 0x7F;
        if (digits == 0 || digits > 3 || text.n < 2 + digits || text.p[2] == 0)
            return false; /* indefinite, over 16 MiB, or padded */
        *head += digits;
        *size = 0;
        for (size_t i = 0; i < digits; i++)
            *size = *size << 8 | (unsigned char)text.p[2 + i];
        if (*size < 0x80)
            return false; /* the short form would do */
    }
    return *size <= text.n - *head;
}

size_t der_size(str text)
{
    size_t head, size;
    return split(text, &head, &size) ? head + size : 0;
}

static bool take(str *rest, unsigned tag, str *content, str *whole)
{
    size_t head, size;
    if (!split(*rest, &head, &size) || (unsigned char)rest->p[0] != tag)
        return false;
    *content = str_from_to(*rest, head, head + size);
    *whole = str_from_to(*rest, 0, head + size);
    *rest = str_skip(*rest, head + size);
    return true;
}

bool der_take(str *rest, unsigned tag, str *content)
{
    str whole;
    return take(rest, tag, content, &whole);
}

bool der_take_whole(str *rest, unsigned tag, str *whole)
{
    str content;
    return take(rest, tag, &content, whole);
}

/* -- The accepted form ------------------------------------------------------------------------ */

/* Contents of object identifiers. */
#define OID_DATA                "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x01"
#define OID_SIGNED_DATA         "\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02"
#define OID_CONTENT_TYPE        "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x03"
#define OID_MESSAGE_DIGEST      "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04"
#define OID_SIGNING_CERTIFICATE "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x2F"
#define OID_TIME_STAMP          "\x2A\x86\x48\x86\xF7\x0D\x01\x09\x10\x02\x0E"
#define OID_SHA256              "\x60\x86\x48\x01\x65\x03\x04\x02\x01"
#define OID_RSA                 "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01"
#define OID_RSA_SHA256          "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0B"
#define OID_ECDSA_SHA256        "\x2A\x86\x48\xCE\x3D\x04\x03\x02"
#define NO_PARAMETERS           "\x05\x00"

static bool take_exactly(str *rest, unsigned tag, str expected)
{
    str content;
    return der_take(rest, tag, &content) && str_eq(content, expected);
}

/* An algorithm: its identifier, and parameters that are NULL or, if they may, absent. */
static bool is_algorithm(str content, str oid, bool null_fine, bool absent_fine)
{
    if (!take_exactly(&content, DER_OID, oid))
        return false;
    return content.n == 0 ? absent_fine : null_fine && str_eq(content, S(NO_PARAMETERS));
}

static bool take_sha256(str *rest)
{
    str algorithm;
    return der_take(rest, DER_SEQUENCE, &algorithm) &&
           is_algorithm(algorithm, S(OID_SHA256), true, true);
}

/* DER sorts what is a set: the order of the encodings, ascending and none twice. */
static bool ascends(str before, str after)
{
    return before.n == 0 || str_cmp(before, after) < 0;
}

static enum cms_fault read_certificates(str list, struct cms_shape *out)
{
    str before = S("");
    while (list.n != 0) {
        str whole;
        if (out->certificate_count == CMS_CERTIFICATES_MAX ||
            !der_take_whole(&list, DER_SEQUENCE, &whole) || !ascends(before, whole))
            return CMS_CERTIFICATES;
        out->certificate[out->certificate_count++] = before = whole;
    }
    return out->certificate_count == 0 ? CMS_CERTIFICATES : CMS_NONE;
}

/* One attribute: its identifier and its only value, whole. */
static bool take_attribute(str *rest, str *whole, str *oid, str *value)
{
    str copy = *rest, content, values;
    if (!der_take_whole(&copy, DER_SEQUENCE, whole) || !der_take(rest, DER_SEQUENCE, &content) ||
        !der_take(&content, DER_OID, oid) || !der_take(&content, DER_SET, &values))
        return false;
    size_t size = der_size(values);
    *value = values;
    return content.n == 0 && size != 0 && size == values.n;
}

static bool read_signed_attribute(str oid, str value, struct cms_shape *out, unsigned *seen)
{
    str digest;
    if (str_eq(oid, S(OID_CONTENT_TYPE))) {
        *seen |= 1;
        return take_exactly(&value, DER_OID, S(OID_DATA));
    }
    if (str_eq(oid, S(OID_MESSAGE_DIGEST))) {
        *seen |= 2;
        if (!der_take(&value, DER_OCTETS, &digest) || digest.n != sizeof out->content.byte)
            return false;
        memcpy(out->content.byte, digest.p, digest.n);
        return true;
    }
    *seen |= 4;
    out->signing_certificate = value;
    return str_eq(oid, S(OID_SIGNING_CERTIFICATE));
}

static enum cms_fault read_signed(str list, struct cms_shape *out)
{
    str before = S(""), whole, oid, value;
    unsigned seen = 0, count = 0;
    for (; list.n != 0; count++, before = whole)
        if (!take_attribute(&list, &whole, &oid, &value) || !ascends(before, whole) ||
            !read_signed_attribute(oid, value, out, &seen))
            return CMS_ATTRIBUTES;
    return seen == 7 && count == 3 ? CMS_NONE : CMS_ATTRIBUTES;
}

static enum cms_fault read_unsigned(str rest, struct cms_shape *out)
{
    str list, whole, oid;
    if (rest.n == 0)
        return CMS_NONE;
    bool fine = der_take(&rest, DER_CONTEXT_1, &list) && rest.n == 0 &&
                take_attribute(&list, &whole, &oid, &out->stamp) && list.n == 0 &&
                str_eq(oid, S(OID_TIME_STAMP));
    return fine ? CMS_NONE : CMS_UNSIGNED;
}

static enum cms_fault read_signature_kind(str algorithm, struct cms_shape *out)
{
    out->is_ecdsa = is_algorithm(algorithm, S(OID_ECDSA_SHA256), false, true);
    bool is_rsa = is_algorithm(algorithm, S(OID_RSA), true, false) ||
                  is_algorithm(algorithm, S(OID_RSA_SHA256), true, false);
    return out->is_ecdsa || is_rsa ? CMS_NONE : CMS_KEY;
}

/* Issuer and serial number, byte by byte: libcrypto takes "ACME" and "Acme" for one. */
static bool names(str issuer_and_serial, str certificate)
{
    str content, tbs, version, serial, algorithm, issuer, named_issuer, named_serial;
    return der_take(&certificate, DER_SEQUENCE, &content) &&
           der_take(&content, DER_SEQUENCE, &tbs) && der_take(&tbs, DER_CONTEXT_0, &version) &&
           der_take(&tbs, DER_INTEGER, &serial) && der_take(&tbs, DER_SEQUENCE, &algorithm) &&
           der_take(&tbs, DER_SEQUENCE, &issuer) &&
           der_take(&issuer_and_serial, DER_SEQUENCE, &named_issuer) &&
           der_take(&issuer_and_serial, DER_INTEGER, &named_serial) && issuer_and_serial.n == 0 &&
           str_eq(issuer, named_issuer) && str_eq(serial, named_serial);
}

static bool find_named(str issuer_and_serial, struct cms_shape *out)
{
    for (size_t i = 0; i < out->certificate_count; i++)
        if (names(issuer_and_serial, out->certificate[i])) {
            out->signer = out->certificate[i];
            return true;
        }
    return false;
}

static enum cms_fault read_signer(str signer, struct cms_shape *out)
{
    str issuer_and_serial, attributes, algorithm;
    if (!take_exactly(&signer, DER_INTEGER, S("\x01")) ||
        !der_take(&signer, DER_SEQUENCE, &issuer_and_serial))
        return CMS_SHAPE;
    if (!find_named(issuer_and_serial, out))
        return CMS_NO_SIGNER;
    if (!take_sha256(&signer))
        return CMS_DIGEST_KIND;
    if (!der_take(&signer, DER_CONTEXT_0, &attributes))
        return CMS_ATTRIBUTES;
    enum cms_fault fault = read_signed(attributes, out);
    if (fault != CMS_NONE)
        return fault;
    if (!der_take(&signer, DER_SEQUENCE, &algorithm) ||
        !der_take(&signer, DER_OCTETS, &out->signature))
        return CMS_SHAPE;
    fault = read_signature_kind(algorithm, out);
    return fault != CMS_NONE ? fault : read_unsigned(signer, out);
}

/* Opens the two wrappers around a SignedData. */
static bool open_signed_data(str der, str *data)
{
    str content, wrapped;
    return der_take(&der, DER_SEQUENCE, &content) && der.n == 0 &&
           take_exactly(&content, DER_OID, S(OID_SIGNED_DATA)) &&
           der_take(&content, DER_CONTEXT_0, &wrapped) && content.n == 0 &&
           der_take(&wrapped, DER_SEQUENCE, data) && wrapped.n == 0;
}

enum cms_fault cms_shape_read(str der, struct cms_shape *out)
{
    str data, digests, inside, certificates, signers, signer;
    *out = (struct cms_shape){0};
    if (der.n == 0 || der.n > CMS_BYTES_MAX)
        return CMS_SIZE;
    if (der_size(der) != der.n)
        return CMS_DER;
    if (!open_signed_data(der, &data) || !take_exactly(&data, DER_INTEGER, S("\x01")))
        return CMS_SHAPE;
    if (!der_take(&data, DER_SET, &digests) || !take_sha256(&digests) || digests.n != 0)
        return CMS_DIGEST_KIND;
    if (!der_take(&data, DER_SEQUENCE, &inside) || !take_exactly(&inside, DER_OID, S(OID_DATA)) ||
        inside.n != 0)
        return CMS_SHAPE;
    if (!der_take(&data, DER_CONTEXT_0, &certificates))
        return CMS_CERTIFICATES;
    enum cms_fault fault = read_certificates(certificates, out);
    if (fault != CMS_NONE)
        return fault;
    if (!der_take(&data, DER_SET, &signers) || data.n != 0 ||
        !der_take(&signers, DER_SEQUENCE, &signer) || signers.n != 0)
        return CMS_SHAPE;
    return read_signer(signer, out);
}
