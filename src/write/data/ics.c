/* write/data/ics: what falls due as a calendar file (RFC 5545). */
#include "write/data/ics.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/map.h"
#include "base/path.h"

enum { LINE_BYTES_MAX = 75 };

struct writing {
    struct arena *arena;
    const struct ics_world *world;
    struct buf out;
    str house;       /* a hash */
    struct map uids; /* → how many events would have had it */
};

/* -- Lines -------------------------------------------------------------------------------- */

/* What follows on the next line begins with a blank, which counts. */
static void put_line(struct writing *w, str line)
{
    size_t room = LINE_BYTES_MAX;
    for (size_t at = 0; at < line.n;) {
        size_t end = at;
        utf8_next(line, &end);
        if (end - at > room) {
            buf_lit(&w->out, "\r\n ");
            room = LINE_BYTES_MAX - 1;
        }
        buf_add(&w->out, str_from_to(line, at, end));
        room -= end - at;
        at = end;
    }
    buf_lit(&w->out, "\r\n");
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

/* A value of type TEXT. Whatever else a terminal or a reader might obey is left out. */
static str escaped(struct arena *a, str text)
{
    struct buf out = buf_in(a, text.n + 16);
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n')
            buf_lit(&out, "\\n");
        else if (c == '\t')
            buf_char(&out, ' ');
        else if (c == '\\' || c == ';' || c == ',')
            buf_fmt(&out, "\\%c", c);
        else if (!is_control(c))
            buf_char(&out, c);
    }
    return buf_str(&out);
}

static void put_text(struct writing *w, const char *name, str text)
{
    put_line(w, str_fmt(w->arena, "%s:" STR_FMT, name, STR_ARG(escaped(w->arena, text))));
}

static void put_day(struct writing *w, const char *name, date day)
{
    struct ymd d = date_ymd(day);
    put_line(w, str_fmt(w->arena, "%s;VALUE=DATE:%04d%02d%02d", name, d.year, d.month, d.day));
}

/* An address is no text: nothing in it is escaped but what no address may hold. */
static void put_url(struct writing *w, const struct record *r)
{
    struct buf out = buf_in(w->arena, 128);
    str address = w->world->address;
    if (address.n == 0)
        return;
    buf_lit(&out, "URL:");
    for (size_t i = 0; i < address.n; i++) {
        unsigned char c = (unsigned char)address.p[i];
        if (c <= ' ' || c >= 0x7f || c == '"')
            buf_fmt(&out, "%%%02X", c);
        else
            buf_char(&out, (char)c);
    }
    buf_fmt(&out, "to/" STR_FMT "/", STR_ARG(path_slug(w->arena, r->id)));
    put_line(w, buf_str(&out));
}

/* -- One event ---------------------------------------------------------------------------- */

static str short_hash(struct arena *a, str text)
{
    enum { DIGITS = 16 };
    return str_from_to(sha256_hex(a, sha256_of(text)), 0, DIGITS);
}

/* Two parts that are told by the same words are counted. */
static str uid_of(struct writing *w, const struct due_item *item)
{
    struct arena *a = w->arena;
    str part =
        item->part.n == 0 ? S("") : str_fmt(a, "." STR_FMT, STR_ARG(short_hash(a, item->part)));
    str uid = str_fmt(a, STR_FMT "." STR_FMT STR_FMT, STR_ARG(path_slug(a, item->record->id)),
                      STR_ARG(due_kind_key(item->kind)), STR_ARG(part));
    size_t *count = map_find(&w->uids, uid);
    if (count == NULL) {
        count = NEW(a, size_t);
        map_put(&w->uids, uid, count);
    }
    if (++*count > 1)
        uid = str_fmt(a, STR_FMT ".%zu", STR_ARG(uid), *count);
    return str_fmt(a, STR_FMT "@" STR_FMT, STR_ARG(uid), STR_ARG(w->house));
}

static void add_who(struct buf *out, const char *label, const struct record *who)
{
    if (who != NULL)
        buf_fmt(out, "\n%s: " STR_FMT " (" STR_FMT ")", label, STR_ARG(who->title),
                STR_ARG(who->id));
}

static str description_of(struct writing *w, const struct due_item *item)
{
    struct buf out = buf_in(w->arena, 256);
    buf_fmt(&out, STR_FMT "\nAbout: " STR_FMT " " STR_FMT, STR_ARG(due_kind_title(item->kind)),
            STR_ARG(item->record->type->singular), STR_ARG(item->record->id));
    add_who(&out, "Owner", item->owner);
    add_who(&out, "Holder", item->person);
    if (item->owner == NULL && item->person == NULL)
        buf_add(&out, item->is_owner_withheld ? S("\nOwner: not in this copy") : S("\nNo owner"));
    if (item->is_overdue)
        buf_fmt(&out, "\nOverdue as of " STR_FMT,
                STR_ARG(date_long(w->arena, w->world->model->as_of)));
    return buf_str(&out);
}

static void put_event(struct writing *w, const struct due_item *item)
{
    struct arena *a = w->arena;
    const struct record *r = item->record;
    str uid = uid_of(w, item);
    date as_of = w->world->model->as_of;
    struct ymd stamp = date_ymd(as_of == DATE_NONE ? item->day : as_of);
    put_line(w, S("BEGIN:VEVENT"));
    put_line(w, str_fmt(a, "UID:" STR_FMT, STR_ARG(uid)));
    put_line(w, str_fmt(a, "DTSTAMP:%04d%02d%02dT000000Z", stamp.year, stamp.month, stamp.day));
    put_day(w, "DTSTART", item->day);
    put_day(w, "DTEND", item->day + 1);
    put_text(w, "SUMMARY",
             str_fmt(a, STR_FMT " – " STR_FMT " (" STR_FMT ")", STR_ARG(item->what),
                     STR_ARG(r->title), STR_ARG(r->id)));
    put_text(w, "DESCRIPTION", description_of(w, item));
    put_text(w, "CATEGORIES", due_kind_title(item->kind));
    put_line(w, S("TRANSP:TRANSPARENT"));
    put_url(w, r);
    put_line(w, S("END:VEVENT"));
}

/* -- The calendar ------------------------------------------------------------------------- */

str data_ics(struct arena *a, const struct ics_world *world, const struct due_run *items)
{
    struct writing w = {.arena = a, .world = world, .out = buf_in(a, 16 * 1024), .uids = map_in(a)};
    size_t without = 0;
    str home = rec_text(world->model->workspace, WORKSPACE_ADDRESS);
    w.house = short_hash(a, str_fmt(a, STR_FMT "\n" STR_FMT, STR_ARG(home),
                                    STR_ARG(model_organisation(world->model))));
    for (size_t i = 0; i < items->count; i++)
        without += items->items[i]->state != DUE_ON;
    put_line(&w, S("BEGIN:VCALENDAR"));
    put_line(&w, S("VERSION:2.0"));
    put_line(&w, S("PRODID:-//continuo//what is due//EN"));
    put_line(&w, S("CALSCALE:GREGORIAN"));
    put_line(&w, S("METHOD:PUBLISH"));
    put_text(&w, "X-WR-CALNAME", world->name);
    if (without != 0)
        put_text(&w, "X-WR-CALDESC",
                 str_fmt(a, "%zu %s without a day %s not in it.", without,
                         without == 1 ? "thing" : "things", without == 1 ? "is" : "are"));
    for (size_t i = 0; i < items->count; i++)
        if (items->items[i]->state == DUE_ON)
            put_event(&w, items->items[i]);
    put_line(&w, S("END:VCALENDAR"));
    return buf_str(&w.out);
}
