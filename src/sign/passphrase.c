/* sign/passphrase: from the terminal or from an open file, never from the command line. */
#include "sign/sign_int.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/ui.h>
#include <unistd.h>

/* Byte by byte: what follows the line belongs to someone else. */
static bool read_line(struct passphrase *p)
{
    ssize_t got;
    char c = 0;
    while ((got = read(p->fd, &c, 1)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            diag(p->diags, SIGN_RULE(PASSPHRASE_SOURCE), (struct span){0},
                 "no passphrase can be read from descriptor %d", p->fd);
            return false;
        }
        if (c == '\n')
            break;
        if (p->n == PASSPHRASE_BYTES_MAX) {
            diag(p->diags, SIGN_RULE(PASSPHRASE_SOURCE), (struct span){0},
                 "the passphrase is longer than %d bytes", PASSPHRASE_BYTES_MAX);
            return false;
        }
        p->text[p->n++] = c;
    }
    if (p->n > 0 && p->text[p->n - 1] == '\r')
        p->n--;
    return true;
}

static bool has_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

/* libcrypto switches the echo off and, whatever signal comes, on again. */
static bool ask(struct passphrase *p, str what)
{
    if (!has_terminal()) {
        diag(p->diags, SIGN_RULE(PASSPHRASE_SOURCE), (struct span){0},
             "'" STR_FMT "' needs a passphrase and there is no terminal to ask on", STR_ARG(what));
        return false;
    }
    UI *ui = UI_new_method(UI_OpenSSL());
    char *prompt = UI_construct_prompt(ui, "passphrase", what.p);
    bool fine = prompt &&
                UI_add_input_string(ui, prompt, 0, p->text, 0, PASSPHRASE_BYTES_MAX) >= 0 &&
                UI_process(ui) == 0;
    OPENSSL_free(prompt);
    UI_free(ui);
    p->n = fine ? str_from(p->text).n : 0;
    if (!fine)
        diag(p->diags, SIGN_RULE(PASSPHRASE_SOURCE), (struct span){0}, "no passphrase was typed");
    return fine;
}

bool passphrase_get(struct passphrase *p, str what)
{
    if (!p->is_asked)
        p->is_missing = p->fd >= 0 ? !read_line(p) : !ask(p, what);
    p->is_asked = true;
    p->text[p->n] = 0;
    return !p->is_missing;
}

void passphrase_forget(struct passphrase *p)
{
    OPENSSL_cleanse(p->text, sizeof p->text);
    p->n = 0;
}
