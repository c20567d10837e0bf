/* publish/archive_text: what verify/format reads, written. */
#include "publish/archive_int.h"

static void put_string(struct buf *b, str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20)
            buf_fmt(b, "\\u%04x", c);
        else if (c == '"' || c == '\\')
            buf_fmt(b, "\\%c", c);
        else
            buf_char(b, (char)c);
    }
    buf_char(b, '"');
}

static void put_hash(struct buf *b, struct sha256 h)
{
    buf_fmt(b, "\"" STR_FMT "\"", STR_ARG(sha256_hex(b->arena, h)));
}

str edition_write(struct arena *a, const struct edition_record *r)
{
    struct buf b = buf_in(a, 1024);
    buf_fmt(&b, "{\n  \"format\": \"continuo-edition-1\",\n  \"edition\": ");
    put_string(&b, r->edition);
    buf_fmt(&b, ",\n  \"number\": %u,\n  \"audience\": ", r->number);
    put_string(&b, r->audience);
    buf_lit(&b, ",\n  \"organisation\": ");
    put_string(&b, r->organisation);
    buf_fmt(&b, ",\n  \"as_of\": \"" STR_FMT "\",\n  \"tool\": ", STR_ARG(date_iso(a, r->as_of)));
    put_string(&b, r->tool);
    buf_fmt(&b, ",\n  \"files\": %llu,\n  \"bytes\": %llu,\n  \"pdfs\": %llu,\n  \"manifest\": ",
            (unsigned long long)r->files, (unsigned long long)r->bytes,
            (unsigned long long)r->pdfs);
    put_hash(&b, r->manifest);
    buf_lit(&b, ",\n  \"previous\": ");
    put_hash(&b, r->previous);
    buf_lit(&b, ",\n  \"certificate\": ");
    put_hash(&b, r->certificate);
    buf_fmt(&b, ",\n  \"demo\": %s\n}\n", r->demo ? "true" : "false");
    return buf_str(&b);
}

str ledger_line_write(struct arena *a, const struct ledger_line *l)
{
    struct buf b = buf_in(a, 512);
    buf_fmt(&b, "{\"ledger\":\"continuo-ledger-1\",\"number\":%u,\"edition\":", l->number);
    put_string(&b, l->edition);
    buf_fmt(&b, ",\"as_of\":\"" STR_FMT "\",\"previous\":", STR_ARG(date_iso(a, l->as_of)));
    put_hash(&b, l->previous);
    buf_lit(&b, ",\"certificate\":");
    put_hash(&b, l->certificate);
    buf_lit(&b, ",\"editions\":{");
    for (size_t i = 0; i < l->edition_count; i++) {
        if (i != 0)
            buf_char(&b, ',');
        put_string(&b, l->editions[i].audience);
        buf_char(&b, ':');
        put_hash(&b, l->editions[i].hash);
    }
    buf_lit(&b, "}}\n");
    return buf_str(&b);
}

str manifest_write(struct arena *a, const struct made *files, size_t count)
{
    struct buf b = buf_in(a, count * 100 + 1);
    for (size_t i = 0; i < count; i++)
        buf_fmt(&b, STR_FMT "  " STR_FMT "\n", STR_ARG(sha256_hex(a, files[i].hash)),
                STR_ARG(files[i].path));
    return buf_str(&b);
}

bool manifest_read(struct arena *a, str text, struct made **files, size_t *count)
{
    struct sums sums;
    struct format_fault fault;
    if (!sums_read(a, text, &sums, &fault))
        return false;
    *files = NEW_ARRAY(a, struct made, sums.count + 1);
    *count = sums.count;
    for (size_t i = 0; i < sums.count; i++)
        (*files)[i] = (struct made){.path = sums.entries[i].path, .hash = sums.entries[i].hash};
    return true;
}
