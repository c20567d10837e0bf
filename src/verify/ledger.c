/* verify/ledger: the chain of editions, and the signature of each of its lines. */
#include "verify/verify_int.h"

#include <string.h>

#include "base/path.h"

static str line_path(struct verifying *v, size_t index)
{
    return str_fmt(v->a, "ledger.jsonl:%zu", index + 1);
}

static str signature_path(struct verifying *v, uint32_t number)
{
    return str_fmt(v->a, "ledger/%u.p7s", (unsigned)number);
}

const struct ledger_line *line_of_number(const struct verifying *v, uint32_t number)
{
    return number == 0 || number > v->number_max ? NULL : v->by_number[number];
}

static bool is_of_other_line(struct verifying *v, struct sha256 content, str *where)
{
    for (size_t i = 0; i < v->line_count; i++)
        if (hash_eq(v->lines[i].hash, content)) {
            *where = line_path(v, i);
            return true;
        }
    return false;
}

static void found_unlike(struct verifying *v, size_t index, const struct format_fault *fault)
{
    str bytes = v->lines[index].bytes;
    bool cut = bytes.p[bytes.n - 1] != '\n';
    found(v, cut ? DAMAGE_TRUNCATED : DAMAGE_CHANGED, line_path(v, index), "%s",
          cut ? "the last line has no end" : fault->what);
}

/* -- Numbers ---------------------------------------------------------------------- */

/* Every number from 1 is there once, only not in order. */
static bool is_permutation(const struct verifying *v)
{
    struct arena *a = v->scratch;
    bool *seen = NEW_ARRAY(a, bool, v->line_count + 1), fine = true;
    for (size_t i = 0; fine && i < v->line_count; i++) {
        uint32_t n = v->lines[i].number;
        fine = n != 0 && n <= v->line_count && !seen[n];
        if (fine)
            seen[n] = true;
    }
    arena_reset(a);
    return fine;
}

/* Gives the number to expect of the next line. */
static uint32_t judge_number(struct verifying *v, size_t index, uint32_t expected, bool reordered)
{
    const struct ledger_line *line = &v->lines[index];
    str path = line_path(v, index);
    if (line->number == 0 || line->number == expected)
        return expected + 1;
    if (reordered)
        found(v, DAMAGE_REORDERED, path, "number %u stands where %u should", (unsigned)line->number,
              (unsigned)expected);
    else if (line->number > expected)
        found(v, DAMAGE_MISSING, path, "the line of number %u should stand here",
              (unsigned)expected);
    else if (line_of_number(v, line->number) < line)
        found(v, DAMAGE_ADDED, path, "number %u stands here a second time", (unsigned)line->number);
    else
        found(v, DAMAGE_REORDERED, path, "number %u comes after larger ones",
              (unsigned)line->number);
    return reordered || line->number < expected ? expected + reordered : line->number + 1;
}

/* -- One line --------------------------------------------------------------------- */

/* The line is signed, so what it says of the line before it holds. */
static void judge_previous(struct verifying *v, const struct ledger_line *line, size_t index)
{
    const struct ledger_line *before = line_of_number(v, line->number - 1);
    if (line->number == 1 ? hash_is_zero(line->previous) : before == NULL)
        return;
    if (before == NULL)
        found(v, DAMAGE_REWRITTEN, line_path(v, index), "the first line names one before it");
    else if (!hash_eq(before->hash, line->previous))
        found(v, DAMAGE_REWRITTEN, line_path(v, (size_t)(before - v->lines)),
              "it is not the line that number %u was signed after", (unsigned)line->number);
}

/* The next line names this one by its hash, and is itself signed. */
static bool is_confirmed(struct verifying *v, const struct signed_file *f)
{
    const struct ledger_line *next = line_of_number(v, f->line->number + 1);
    if (next == NULL || !hash_eq(next->previous, f->line->hash))
        return false;
    struct file_read r =
        file_read(v->a, v->q->root, signature_path(v, next->number), CMS_BYTES_MAX);
    struct cms_question q = {
        .der = r.text, .part = {next->bytes}, .as_of = next->as_of, .today = v->q->today};
    struct cms_verdict verdict = cms_judge(v->a, &q);
    return verdict.fault == CMS_NONE && hash_eq(verdict.certificate, next->certificate);
}

static void judge_order(struct verifying *v, const struct ledger_line *line, size_t index)
{
    const struct ledger_line *before = line_of_number(v, line->number - 1);
    if (before != NULL && line->as_of < before->as_of)
        found(v, DAMAGE_REWRITTEN, line_path(v, index), "its day is before that of number %u",
              (unsigned)before->number);
}

static void judge_line(struct verifying *v, size_t index)
{
    const struct ledger_line *line = &v->lines[index];
    struct cms_verdict verdict;
    struct signed_file f = {.content = line->bytes,
                            .content_path = line_path(v, index),
                            .signature_path = signature_path(v, line->number),
                            .as_of = line->as_of,
                            .certificate = &line->certificate,
                            .line = line,
                            .is_known = is_confirmed,
                            .is_elsewhere = is_of_other_line};
    if (judge_signed(v, &f, &verdict))
        judge_previous(v, line, index);
    judge_order(v, line, index);
}

/* An edition is published once. */
static void judge_ids(struct verifying *v)
{
    struct map ids = map_in(v->a);
    for (size_t i = 0; i < v->line_count; i++) {
        struct ledger_line *line = &v->lines[i];
        if (line->number == 0)
            continue;
        const struct ledger_line *first = map_put(&ids, line->edition, line);
        if (first != NULL && first->number != line->number)
            found(v, DAMAGE_ADDED, line_path(v, i), "edition '" STR_FMT "' was published before",
                  STR_ARG(line->edition));
    }
}

/* -- The folder beside it --------------------------------------------------------- */

static bool is_leftover(str name)
{
    return str_ends(name, S(".new")) || str_ends(name, S(".old"));
}

/* A signature whose line is still to come is what an interrupted publication leaves. */
static void judge_signature_name(struct verifying *v, str name, enum dir_kind kind)
{
    str path = str_fmt(v->a, "ledger/" STR_FMT, STR_ARG(name));
    uint64_t number = 0;
    bool is_signature = str_ends(name, S(".p7s")) && format_number(str_from_to(name, 0, name.n - 4),
                                                                   EDITION_NUMBER_MAX, &number);
    if (is_leftover(name) || (is_signature && kind == DIR_FILE && number == v->line_count + 1))
        found(v, DAMAGE_UNFINISHED, path, "left by a publication that was interrupted");
    else if (!is_signature || line_of_number(v, (uint32_t)number) == NULL)
        found(v, DAMAGE_ADDED, path, "no line of the ledger has this signature");
}

static void judge_signature_names(struct verifying *v)
{
    struct dir_item *items;
    size_t count;
    if (dir_list_all(v->a, v->q->root, S("ledger"), &items, &count) != 0)
        return; /* then every signature is missing, which is reported line by line */
    for (size_t i = 0; i < count; i++)
        judge_signature_name(v, items[i].name, items[i].kind);
}

static void read_lines(struct verifying *v, str text)
{
    str line;
    size_t cap = 0;
    struct format_fault fault;
    while (ledger_next(&text, &line)) {
        struct ledger_line l;
        if (!ledger_line_read(v->a, line, &l, &fault))
            l.number = 0;
        v->number_max = l.number > v->number_max ? l.number : v->number_max;
        PUSH(v->a, v->lines, v->line_count, cap, struct ledger_line) = l;
    }
    v->by_number = NEW_ARRAY(v->a, struct ledger_line *, (size_t)v->number_max + 1);
    for (size_t i = v->line_count; i-- > 0;)
        v->by_number[v->lines[i].number] = &v->lines[i];
}

bool judge_ledger(struct verifying *v)
{
    str text;
    struct file_read r = file_read(v->a, v->q->root, S("ledger.jsonl"), LEDGER_BYTES_MAX);
    v->r.bytes_read += r.text.n;
    text = r.text;
    if (r.fault != FILE_OK) {
        found_unread(v, S("ledger.jsonl"), &r);
        return false;
    }
    read_lines(v, text);
    bool reordered = is_permutation(v);
    uint32_t expected = 1;
    for (size_t i = 0; i < v->line_count; i++) {
        struct ledger_line again;
        struct format_fault fault;
        if (!ledger_line_read(v->scratch, v->lines[i].bytes, &again, &fault))
            found_unlike(v, i, &fault);
        arena_reset(v->scratch);
        expected = judge_number(v, i, expected, reordered);
        if (v->lines[i].number != 0)
            judge_line(v, i);
    }
    if (v->line_count == 0)
        found(v, DAMAGE_TRUNCATED, S("ledger.jsonl"), "it is empty");
    judge_ids(v);
    judge_signature_names(v);
    return true;
}
