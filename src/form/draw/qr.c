/* form/draw/qr: an address as a code that telephones read. */
#include "form/draw/qr.h"

#include <qrencode.h>

#include "base/fatal.h"
#include "form/draw/shape.h"

enum { QUIET = 4 /* fields around the code */ };

static bool is_dark(const QRcode *code, int x, int y)
{
    return code->data[y * code->width + x] & 1;
}

/* Dark fields side by side are one shape: printers leave no seams in it. */
static void put_row(const struct pen *pen, const QRcode *code, int y)
{
    static const struct look dark = {.fill = INK_TEXT};
    for (int x = 0; x < code->width;) {
        int from = x;
        while (x < code->width && is_dark(code, x, y))
            x++;
        if (x > from)
            shape_rect(pen, &dark, from + QUIET, y + QUIET, x - from, 1, 0);
        else
            x++;
    }
}

const struct drawing *draw_qr(struct arena *a, str text)
{
    if (text.n == 0 || text.n > QR_BYTES_MAX)
        return NULL;
    QRcode *code = QRcode_encodeData((int)text.n, (const unsigned char *)text.p, 0, QR_ECLEVEL_M);
    if (code == NULL)
        fatal("no memory for a QR code");
    struct drawing *d = NEW(a, struct drawing);
    struct pen pen = {a, d};
    *d = (struct drawing){.id = S("qr"), .title = text};
    d->width = d->height = code->width + 2 * QUIET;
    for (int y = 0; y < code->width; y++)
        put_row(&pen, code, y);
    QRcode_free(code);
    return d;
}
