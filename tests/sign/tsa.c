/* sign/tsa: a time-stamping authority for tests, on 127.0.0.1.
 *
 *   tsa CERTIFICATE KEY [FAULT]
 *
 * Prints the port that the kernel chose and answers until it has been silent
 * for a minute, at most REQUESTS_MAX times. FAULT makes every answer wrong in
 * one way. */
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ts.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REQUESTS_MAX = 200, REQUEST_BYTES_MAX = 16384, SECONDS_MAX = 60 };

static const char *fault = "";
static long serial;

static _Noreturn void die(const char *what)
{
    perror(what);
    ERR_print_errors_fp(stderr);
    exit(1);
}

static void *checked(void *made, const char *what)
{
    if (!made)
        die(what);
    return made;
}

static bool has_fault(const char *name)
{
    return strcmp(fault, name) == 0;
}

static BIO *open_file(const char *path)
{
    return checked(BIO_new_file(path, "r"), path);
}

static ASN1_INTEGER *next_serial(TS_RESP_CTX *c, void *self)
{
    (void)c;
    (void)self;
    ASN1_INTEGER *number = checked(ASN1_INTEGER_new(), "serial");
    ASN1_INTEGER_set(number, ++serial);
    return number;
}

static TS_RESP_CTX *authority(const char *certificate, const char *key)
{
    TS_RESP_CTX *c = checked(TS_RESP_CTX_new(), "context");
    BIO *in = open_file(certificate);
    X509 *x = checked(PEM_read_bio_X509(in, NULL, NULL, NULL), certificate);
    BIO_free(in);
    in = open_file(key);
    EVP_PKEY *k = checked(PEM_read_bio_PrivateKey(in, NULL, NULL, NULL), key);
    BIO_free(in);
    ASN1_OBJECT *policy = OBJ_txt2obj("1.3.6.1.4.1.99999.1", 1);
    if (!TS_RESP_CTX_set_signer_cert(c, x) || !TS_RESP_CTX_set_signer_key(c, k) ||
        !TS_RESP_CTX_set_signer_digest(c, EVP_sha256()) || !TS_RESP_CTX_add_md(c, EVP_sha256()) ||
        !TS_RESP_CTX_set_def_policy(c, policy) ||
        !TS_RESP_CTX_set_ess_cert_id_digest(c, EVP_sha256()))
        die("authority");
    TS_RESP_CTX_set_serial_cb(c, next_serial, NULL);
    ASN1_OBJECT_free(policy);
    X509_free(x);
    EVP_PKEY_free(k);
    return c;
}

/* Another question than the one that was asked, for answers that do not fit it. */
static void twist(TS_REQ *request)
{
    unsigned char other[32] = {1};
    ASN1_INTEGER *nonce = checked(ASN1_INTEGER_new(), "nonce");
    ASN1_INTEGER_set(nonce, 42);
    if (has_fault("nonce"))
        TS_REQ_set_nonce(request, nonce);
    if (has_fault("imprint"))
        TS_MSG_IMPRINT_set_msg(TS_REQ_get_msg_imprint(request), other, sizeof other);
    if (has_fault("nocert"))
        TS_REQ_set_cert_req(request, 0);
    if (has_fault("reject"))
        TS_REQ_set_version(request, 7);
    ASN1_INTEGER_free(nonce);
}

static int answer_of(TS_RESP_CTX *c, const unsigned char *body, long size, unsigned char **der)
{
    TS_REQ *request = checked(d2i_TS_REQ(NULL, &body, size), "request");
    BIO *in = checked(BIO_new(BIO_s_mem()), "memory");
    twist(request);
    i2d_TS_REQ_bio(in, request);
    TS_RESP *response = checked(TS_RESP_create_response(c, in), "response");
    int n = i2d_TS_RESP(response, der);
    TS_RESP_free(response);
    TS_REQ_free(request);
    BIO_free(in);
    return n;
}

/* Gives the length of the body and where it begins; 0: it is not all there. */
static size_t body_of(const char *text, size_t n, size_t *at)
{
    const char *end = strstr(text, "\r\n\r\n"), *length = strstr(text, "Content-Length:");
    if (!end || !length)
        return 0;
    size_t size = strtoul(length + 15, NULL, 10);
    *at = (size_t)(end - text) + 4;
    return *at + size <= n ? size : 0;
}

static void send_all(int to, const void *data, size_t n)
{
    const char *at = data;
    for (ssize_t sent; n > 0 && (sent = send(to, at, n, MSG_NOSIGNAL)) > 0; n -= (size_t)sent)
        at += sent;
}

static void send_answer(int to, unsigned char *der, size_t n)
{
    char head[200];
    bool is_page = has_fault("page");
    if (has_fault("flip"))
        der[n - 1] ^= 1;
    if (has_fault("cut"))
        n /= 2;
    snprintf(head, sizeof head, "HTTP/1.0 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
             has_fault("status") ? "503 Busy" : "200 OK",
             is_page ? "text/html" : "application/timestamp-reply",
             has_fault("endless") ? (size_t)1 << 30 : n);
    send_all(to, head, strlen(head));
    send_all(to, der, n);
    for (int i = 0; has_fault("endless") && i < 1000; i++)
        send_all(to, head, sizeof head);
}

static void serve(TS_RESP_CTX *c, int to)
{
    char text[REQUEST_BYTES_MAX + 1];
    size_t n = 0, at = 0, size = 0;
    unsigned char *der = NULL;
    for (ssize_t got; size == 0 && n < REQUEST_BYTES_MAX &&
                      (got = recv(to, text + n, REQUEST_BYTES_MAX - n, 0)) > 0;) {
        n += (size_t)got;
        text[n] = 0;
        size = body_of(text, n, &at);
    }
    if (has_fault("silent"))
        sleep(SECONDS_MAX / 4);
    if (size == 0 || has_fault("silent") || has_fault("hangup"))
        return;
    int length = answer_of(c, (unsigned char *)text + at, (long)size, &der);
    if (has_fault("garbage"))
        memset(der, 'x', (size_t)length);
    send_answer(to, der, (size_t)length);
    OPENSSL_free(der);
}

static int listen_anywhere(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&at, size) != 0 || listen(fd, 8) != 0 ||
        getsockname(fd, (struct sockaddr *)&at, &size) != 0)
        die("socket");
    printf("%d\n", ntohs(at.sin_port));
    fflush(stdout);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: tsa CERTIFICATE KEY [FAULT]\n");
        return 2;
    }
    fault = argc > 3 ? argv[3] : "";
    TS_RESP_CTX *c = authority(argv[1], argv[2]);
    int fd = listen_anywhere();
    for (int i = 0; i < REQUESTS_MAX; i++) {
        alarm(SECONDS_MAX);
        int to = accept(fd, NULL, NULL);
        if (to < 0)
            break;
        serve(c, to);
        close(to);
    }
    TS_RESP_CTX_free(c);
    close(fd);
    return 0;
}
