/* sign/token: keys on PKCS#11 tokens, through OpenSSL's engine "pkcs11". */
/* Engines are old, but in OpenSSL 3.0 there is no packaged provider for tokens. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "sign/sign_int.h"

#include <errno.h>
#include <openssl/crypto.h>
#include <openssl/engine.h>
#include <openssl/err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct token {
    ENGINE *engine;
    const char *object; /* the URI without its query, which the engine would not read */
    bool is_started;
};

static bool token_fault(struct opening *o, const char *message)
{
    str reason = sign_reason(o->arena);
    diag(o->diags, SIGN_RULE(TOKEN), sign_place(o->diags, o->signer->source.p), "%s: " STR_FMT,
         message, STR_ARG(reason));
    return false;
}

/* The value of an attribute of the URI, without the escapes of RFC 7512. */
static str uri_attribute(struct arena *a, const char *uri, str key)
{
    str text = str_from(uri);
    size_t at = str_find(text, key, 0);
    if (at == SIZE_MAX || at == 0 || !strchr("?&;:", text.p[at - 1]))
        return (str){0};
    str value = str_skip(text, at + key.n);
    size_t n = value.n ? strcspn(value.p, "&;?") : 0;
    struct buf b = buf_in(a, n + 1);
    for (size_t i = 0; i < n; i++) {
        char hex[3] = {0}, *end = hex;
        if (value.p[i] == '%' && i + 2 < n)
            memcpy(hex, value.p + i + 1, 2);
        long code = hex[0] ? strtol(hex, &end, 16) : 0;
        bool is_escape = end == hex + 2 && code > 0;
        buf_char(&b, is_escape ? (char)code : value.p[i]);
        i += is_escape ? 2 : 0;
    }
    return buf_str(&b);
}

static bool set(ENGINE *e, const char *command, const char *value)
{
    return ENGINE_ctrl_cmd_string(e, command, value, 0) == 1;
}

static bool start(struct opening *o, struct token *t)
{
    str module = uri_attribute(o->arena, o->request->pkcs11, S("module-path="));
    if (module.n > 0 && access(str_c(o->arena, module), R_OK) != 0) {
        diag_os(o->diags, module, errno, "read the driver of the token");
        return false;
    }
    ENGINE_load_dynamic();
    t->engine = ENGINE_by_id("pkcs11");
    if (!t->engine)
        return token_fault(o, "OpenSSL's engine for tokens cannot be loaded");
    set(t->engine, "QUIET", NULL); /* it would print on its own */
    if (module.n > 0 && !set(t->engine, "MODULE_PATH", str_c(o->arena, module)))
        return token_fault(o, "the driver of the token cannot be set");
    t->is_started = ENGINE_init(t->engine) == 1;
    return t->is_started || token_fault(o, "the driver of the token cannot be loaded");
}

static bool give_pin(struct opening *o, struct token *t)
{
    return passphrase_get(o->passphrase, o->signer->source) &&
           (set(t->engine, "PIN", o->passphrase->text) ||
            token_fault(o, "the PIN cannot be given to the token"));
}

/* The driver's codes reach us as reasons of its own library. */
static bool is_wrong_pin(void)
{
    const char *words = ERR_reason_error_string(ERR_peek_error());
    return words && (strstr(words, "PIN") || strstr(words, "pin"));
}

static bool load_key(struct opening *o, struct token *t)
{
    ERR_clear_error();
    o->signer->key = ENGINE_load_private_key(t->engine, t->object, NULL, NULL);
    if (o->signer->key)
        return true;
    if (!is_wrong_pin())
        return token_fault(o, "the token has no such key");
    ERR_clear_error();
    diag(o->diags, SIGN_RULE(PASSPHRASE), sign_place(o->diags, o->signer->source.p),
         "the token refuses this PIN");
    return false;
}

static bool load_certificate(struct opening *o, struct token *t)
{
    struct {
        const char *uri;
        X509 *certificate;
    } wanted = {t->object, NULL};
    if (o->request->cert)
        return key_add_certificates(o, o->request->cert);
    ERR_clear_error();
    ENGINE_ctrl_cmd(t->engine, "LOAD_CERT_CTRL", 0, &wanted, NULL, 0);
    o->signer->certificate = wanted.certificate;
    return wanted.certificate || token_fault(o, "the token has no certificate of this key");
}

/* A PIN in the URI could be read by everyone on this machine, as the command
 * line can. */
static bool holds_pin(const char *uri)
{
    return strstr(uri, "pin-value=") || strstr(uri, "pin-source=");
}

bool token_open(struct opening *o)
{
    struct token *t = o->signer->token = NEW(o->arena, struct token);
    const char *uri = o->request->pkcs11;
    o->signer->source = S("token");
    t->object = str_c(o->arena, str_from_to(str_from(uri), 0, strcspn(uri, "?")));
    if (holds_pin(uri) || strncmp(uri, "pkcs11:", 7) != 0) {
        diag(o->diags, SIGN_RULE(TOKEN), (struct span){0},
             holds_pin(uri) ? "a PIN has no place in the address of a token"
                            : "the address of a token begins with 'pkcs11:'");
        diag_hint(o->diags, "write pkcs11:token=NAME;object=NAME;type=private, and give the PIN on "
                            "the terminal or by --passphrase-fd");
        return false;
    }
    return start(o, t) && give_pin(o, t) && load_key(o, t) && load_certificate(o, t);
}

void token_close(struct token *t)
{
    if (!t || !t->engine)
        return;
    if (t->is_started)
        ENGINE_finish(t->engine);
    ENGINE_free(t->engine);
    t->engine = NULL;
}
