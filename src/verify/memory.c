/* verify/memory: what was seen before: states and checkpoints. */
#include "verify/verify_int.h"

#include "verify/scan_int.h"

#include <stdlib.h>

#include "base/buf.h"

/* -- Checkpoints ------------------------------------------------------------------ */

bool checkpoint_parse(str text, struct checkpoint *out)
{
    str edition, hex = str_cut(text, ':', &edition);
    if (!format_id(edition) || hex.n != CHECKPOINT_HEX)
        return false;
    for (size_t i = 0; i < hex.n; i++)
        if (!ascii_is_digit(hex.p[i]) && (hex.p[i] < 'a' || hex.p[i] > 'f'))
            return false;
    *out = (struct checkpoint){edition, hex};
    return true;
}

/* The same edition has one checkpoint for each audience: any will do. */
void judge_expected(struct verifying *v)
{
    for (size_t i = 0; i < v->q->expected_count; i++) {
        const struct checkpoint *c = &v->q->expected[i];
        bool named = false, same = false;
        for (size_t j = 0; j < v->r.edition_count; j++) {
            const struct verify_edition *e = &v->r.editions[j];
            bool this_one = str_eq(e->edition, c->edition);
            named |= this_one;
            same |= this_one && str_eq(short_hex(v, e->hash), c->hex);
        }
        str path = str_fmt(v->a, STR_FMT ":" STR_FMT, STR_ARG(c->edition), STR_ARG(c->hex));
        if (!named)
            found(v, DAMAGE_ROLLED_BACK, path, "the expected edition is not here");
        else if (!same)
            found(v, DAMAGE_REWRITTEN, path, "the edition of this name is not the expected one");
    }
}

/* -- The state -------------------------------------------------------------------- */

/* The last edition that was seen at a place: of a site the ledger's line, else the
 * edition's record. */
struct memory {
    str scope;
    uint32_t number;
    struct sha256 hash;
    str place;
};

static const str scope_word[] = {
    [VERIFY_SITE] = S_INIT("site"),
    [VERIFY_AUDIENCE] = S_INIT("audience"),
    [VERIFY_EDITION] = S_INIT("edition"),
};

static bool read_memories(struct verifying *v, struct memory **out, size_t *count)
{
    struct scan s = {.arena = v->a, .text = v->q->state, .line = 1};
    struct format_fault fault;
    size_t cap = 0;
    if (s.text.n == 0)
        return true;
    if (s.text.n > STATE_BYTES_MAX)
        scan_fail(&s, "it is larger than its limit");
    scan_literal(&s, S("continuo-state-1\n"));
    while (s.what == NULL && s.at < s.text.n) {
        struct memory m = {.scope = scan_until(&s, ' ')};
        m.number = (uint32_t)scan_number(&s, EDITION_NUMBER_MAX);
        scan_literal(&s, S(" "));
        m.hash = scan_hex(&s);
        scan_literal(&s, S(" "));
        m.place = scan_until(&s, '\n');
        PUSH(v->a, *out, *count, cap, struct memory) = m;
    }
    return scan_end(&s, &fault);
}

/* What the archive's last edition is now; false when it has none. */
static bool last_of(const struct verifying *v, struct memory *out)
{
    const struct ledger_line *line = line_of_number(v, v->number_max);
    const struct verify_edition *last = NULL;
    for (size_t i = 0; i < v->r.edition_count; i++)
        if (last == NULL || v->r.editions[i].number > last->number)
            last = &v->r.editions[i];
    *out = (struct memory){.scope = scope_word[v->r.scope], .place = v->q->place};
    if (v->r.scope == VERIFY_SITE && line != NULL) {
        out->number = line->number;
        out->hash = line->hash;
    } else if (v->r.scope != VERIFY_SITE && last != NULL) {
        out->number = last->number;
        out->hash = last->hash;
    }
    return out->number != 0;
}

/* The hash that the archive has for a number; NULL: none. */
static const struct sha256 *hash_of_number(const struct verifying *v, uint32_t number)
{
    const struct ledger_line *line = line_of_number(v, number);
    if (v->r.scope == VERIFY_SITE)
        return line == NULL ? NULL : &line->hash;
    for (size_t i = 0; i < v->r.edition_count; i++)
        if (v->r.editions[i].number == number)
            return &v->r.editions[i].hash;
    return NULL;
}

static void compare(struct verifying *v, const struct memory *m, uint32_t last)
{
    const struct sha256 *hash = hash_of_number(v, m->number);
    str what = v->r.scope == VERIFY_SITE ? S("ledger.jsonl") : S("edition.json");
    if (m->number > last)
        found(v, DAMAGE_ROLLED_BACK, what, "number %u was here before; the last is %u now",
              (unsigned)m->number, (unsigned)last);
    else if (hash == NULL || !hash_eq(*hash, m->hash))
        found(v, DAMAGE_REWRITTEN, what, "number %u is not the one that was seen before",
              (unsigned)m->number);
}

static int by_place(const void *a, const void *b)
{
    const struct memory *x = a, *y = b;
    int order = str_cmp(x->place, y->place);
    return order != 0 ? order : str_cmp(x->scope, y->scope);
}

static str write_memories(struct verifying *v, struct memory *all, size_t count)
{
    struct buf b = buf_in(v->a, 256);
    qsort(all, count, sizeof *all, by_place);
    buf_lit(&b, "continuo-state-1\n");
    for (size_t i = 0; i < count; i++) {
        buf_fmt(&b, STR_FMT " %u ", STR_ARG(all[i].scope), (unsigned)all[i].number);
        buf_add(&b, sha256_hex(v->a, all[i].hash));
        buf_fmt(&b, " " STR_FMT "\n", STR_ARG(all[i].place));
    }
    return buf_str(&b);
}

void judge_state(struct verifying *v)
{
    struct memory *all = NULL, now;
    size_t count = 0;
    if (v->q->state.p == NULL)
        return;
    if (!read_memories(v, &all, &count)) {
        found(v, DAMAGE_UNREADABLE, S("the state file"), "it is not as verifying wrote it");
        return;
    }
    bool any = last_of(v, &now);
    struct memory *changed = NEW_ARRAY(v->a, struct memory, count + 1);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(all[i].scope, now.scope) || !str_eq(all[i].place, now.place))
            changed[kept++] = all[i];
        else
            compare(v, &all[i], now.number);
    }
    if (!any || v->r.damage_count != 0 || str_find_char(now.place, '\n', 0) != SIZE_MAX)
        return;
    changed[kept++] = now;
    v->r.state = write_memories(v, changed, kept);
}
