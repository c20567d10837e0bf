/* sign/key: private keys and certificates from files. */
#include "sign/sign_int.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <string.h>

#include "base/file.h"

/* Bytes of a file named on the command line; p is NULL after a report. */
static str read_file(struct opening *o, const char *path, const struct rule *rule)
{
    struct file_read in = file_read_any(o->arena, path, SIGN_KEY_BYTES_MAX);
    if (in.fault == FILE_ERRNO || in.fault == FILE_LINK) {
        diag_os(o->diags, str_from(path), in.error_number, "read this file");
        diag_hint(o->diags, "see whether the path is right and whether you may read the file");
        return (str){0};
    }
    if (in.fault != FILE_OK) {
        diag(o->diags, rule, sign_place(o->diags, path),
             "this is no file of keys: it is no regular file, or larger than %d KB",
             SIGN_KEY_BYTES_MAX / 1024);
        return (str){0};
    }
    return in.text;
}

/* libcrypto asks through this as soon as it finds the key encrypted. */
static int give_passphrase(char *to, int room, int is_writing, void *self)
{
    struct opening *o = self;
    struct passphrase *p = o->passphrase;
    (void)is_writing;
    if (!passphrase_get(p, o->signer->source) || p->n > (size_t)room)
        return -1;
    memcpy(to, p->text, p->n);
    return (int)p->n;
}

static bool read_key(struct opening *o, str text)
{
    BIO *in = BIO_new_mem_buf(text.p, (int)text.n);
    if (!in)
        sign_no_memory();
    ERR_clear_error();
    o->signer->key = PEM_read_bio_PrivateKey(in, NULL, give_passphrase, o);
    BIO_free(in);
    ERR_clear_error();
    return o->signer->key != NULL;
}

static bool load_key(struct opening *o, const char *path)
{
    str text = read_file(o, path, SIGN_RULE(KEY_FORM));
    if (!text.p)
        return false;
    bool fine = read_key(o, text);
    OPENSSL_cleanse((char *)text.p, text.n);
    if (fine || o->passphrase->is_missing)
        return fine;
    if (o->passphrase->is_asked)
        diag(o->diags, SIGN_RULE(PASSPHRASE), sign_place(o->diags, path),
             "the passphrase does not open this key");
    else
        diag(o->diags, SIGN_RULE(KEY_FORM), sign_place(o->diags, path),
             "this file holds no private key in PEM form");
    return false;
}

/* A certificate twice would be refused by libcrypto. */
static bool is_known(const struct signer *s, X509 *certificate)
{
    if (s->certificate && X509_cmp(s->certificate, certificate) == 0)
        return true;
    for (int i = 0; i < sk_X509_num(s->chain); i++)
        if (X509_cmp(sk_X509_value(s->chain, i), certificate) == 0)
            return true;
    return false;
}

void key_add_chain(struct signer *s, X509 *certificate)
{
    if (is_known(s, certificate))
        X509_free(certificate);
    else if (!sk_X509_push(s->chain, certificate))
        sign_no_memory();
}

/* Gives how many were there, or -1 when one of them is broken. */
static int read_certificates(struct signer *s, str text)
{
    BIO *in = BIO_new_mem_buf(text.p, (int)text.n);
    if (!in)
        sign_no_memory();
    int count = 0;
    ERR_clear_error();
    for (X509 *x; (x = PEM_read_bio_X509(in, NULL, NULL, NULL)); count++) {
        if (s->certificate)
            key_add_chain(s, x);
        else
            s->certificate = x;
    }
    bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    BIO_free(in);
    return at_end ? count : -1;
}

bool key_add_certificates(struct opening *o, const char *path)
{
    str text = read_file(o, path, SIGN_RULE(CERTIFICATE_FORM));
    if (!text.p)
        return false;
    int count = read_certificates(o->signer, text);
    if (count <= 0)
        diag(o->diags, SIGN_RULE(CERTIFICATE_FORM), sign_place(o->diags, path),
             count < 0 ? "a certificate in this file cannot be read"
                       : "this file holds no certificate in PEM form");
    return count > 0;
}

bool key_open_pem(struct opening *o)
{
    o->signer->source = str_from(o->request->key);
    return load_key(o, o->request->key) && key_add_certificates(o, o->request->cert);
}

static bool p12_fault(struct opening *o, const struct rule *rule, const char *message)
{
    diag(o->diags, rule, sign_place(o->diags, o->request->p12), "%s", message);
    return false;
}

/* A file without a passphrase is tried first, in both ways there are to write it. */
static bool p12_passphrase(struct opening *o, PKCS12 *file, const char **passphrase)
{
    struct passphrase *p = o->passphrase;
    *passphrase = NULL;
    if (!PKCS12_mac_present(file))
        return p12_fault(o, SIGN_RULE(KEY_FORM), "this file is not protected by a passphrase");
    if (PKCS12_verify_mac(file, NULL, 0))
        return true;
    *passphrase = "";
    if (PKCS12_verify_mac(file, "", 0))
        return true;
    if (!passphrase_get(p, o->signer->source))
        return false;
    *passphrase = p->text;
    return PKCS12_verify_mac(file, p->text, (int)p->n) ||
           p12_fault(o, SIGN_RULE(PASSPHRASE), "the passphrase does not open this key");
}

static bool take_p12(struct opening *o, PKCS12 *file)
{
    struct signer *s = o->signer;
    const char *passphrase;
    STACK_OF(X509) *others = NULL;
    if (!p12_passphrase(o, file, &passphrase))
        return false;
    ERR_clear_error();
    if (!PKCS12_parse(file, passphrase, &s->key, &s->certificate, &others)) {
        str reason = sign_reason(o->arena);
        p12_fault(o, SIGN_RULE(KEY_FORM), "the key in this file cannot be used");
        diag_hint(o->diags, "export it again with AES (openssl pkcs12 -export); libcrypto says: %s",
                  str_c(o->arena, reason));
        return false;
    }
    for (X509 *x; others && (x = sk_X509_shift(others));)
        key_add_chain(s, x);
    sk_X509_free(others);
    if (!s->key)
        return p12_fault(o, SIGN_RULE(KEY_FORM), "this file holds no private key");
    return s->certificate ||
           p12_fault(o, SIGN_RULE(CERTIFICATE_FORM), "this file holds no certificate of its key");
}

bool key_open_p12(struct opening *o)
{
    o->signer->source = str_from(o->request->p12);
    str text = read_file(o, o->request->p12, SIGN_RULE(KEY_FORM));
    if (!text.p)
        return false;
    const unsigned char *at = (const unsigned char *)text.p;
    PKCS12 *file = d2i_PKCS12(NULL, &at, (long)text.n);
    if (!file) {
        ERR_clear_error();
        return p12_fault(o, SIGN_RULE(KEY_FORM), "this is no PKCS#12 file");
    }
    bool fine = take_p12(o, file);
    ERR_clear_error();
    PKCS12_free(file);
    return fine;
}
