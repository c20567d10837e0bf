/* cli/import_codes: which kind of document it is, and the code that the house would give it. */
#include "cli/import_int.h"

#include <stdlib.h>

#include "base/path.h"

/* Words that name a kind, those that say most first. */
static const struct {
    const char *word, *kind;
} kind_word[] = {
    {"policy", "policy"},
    {"policies", "policy"},
    {"procedure", "procedure"},
    {"procedures", "procedure"},
    {"runbook", "procedure"},
    {"playbook", "procedure"},
    {"playbooks", "procedure"},
    {"sop", "procedure"},
    {"instruction", "procedure"},
    {"instructions", "procedure"},
    {"plan", "plan"},
    {"plans", "plan"},
    {"guide", "guide"},
    {"guides", "guide"},
    {"guideline", "guide"},
    {"handbook", "guide"},
    {"manual", "guide"},
};

static const char *kind_in(struct arena *a, str text)
{
    str lower = str_lower(a, text);
    for (size_t k = 0; k < COUNT_OF(kind_word); k++) {
        str word = str_from(kind_word[k].word);
        for (size_t at = 0; (at = str_find(lower, word, at)) != SIZE_MAX; at++) {
            bool begins = at == 0 || !ascii_is_alpha(lower.p[at - 1]);
            bool ends = at + word.n == lower.n || !ascii_is_alpha(lower.p[at + word.n]);
            if (begins && ends)
                return kind_word[k].kind;
        }
    }
    return NULL;
}

void import_guess_kind(struct import *im, struct import_item *it)
{
    static const char *const places[] = {"title", "file name", "folder"};
    const str texts[] = {it->title, path_name(it->source), path_folder(it->source)};
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        const char *kind = kind_in(im->arena, texts[i]);
        if (kind == NULL)
            continue;
        it->kind = str_from(kind);
        import_note(im, it, 0, S("kind"), "guessed: '%s', by a word in its %s", kind, places[i]);
        return;
    }
    it->kind = S("guide");
    import_note(im, it, 0, S("kind"), "guessed: 'guide', for nothing says more");
}

/* -- Its code ------------------------------------------------------------------------- */

static const struct {
    const char *kind, *prefix;
} usual_prefix[] = {{"policy", "POL"},  {"procedure", "PRO"}, {"process", "PCS"},
                    {"plan", "BCP"},    {"map", "MAP"},       {"form", "TPL"},
                    {"record", "REC"},  {"register", "REG"},  {"guide", "GUI"},
                    {"external", "EXT"}};

/* "BCP-007" is number 7 of "BCP", in three digits. */
static bool cut_code(struct arena *a, str id, str *prefix, size_t *digits, unsigned long *number)
{
    size_t at = id.n;
    while (at != 0 && ascii_is_digit(id.p[at - 1]))
        at--;
    *digits = id.n - at;
    if (at < 2 || id.p[at - 1] != '-' || *digits == 0 || *digits > 9)
        return false;
    *prefix = str_from_to(id, 0, at - 1);
    *number = strtoul(str_c(a, str_skip(id, at)), NULL, 10);
    return true;
}

struct series *import_series(struct import *im, const struct model *m, struct map *all, str kind)
{
    const struct record_list *documents = model_list(m, TYPE_DOCUMENT);
    struct series *s = map_find(all, kind);
    str prefix;
    size_t digits;
    unsigned long number;
    if (s != NULL)
        return s;
    s = NEW(im->arena, struct series);
    *s = (struct series){.prefix = S("DOC"), .digits = 3};
    for (size_t i = 0; i < COUNT_OF(usual_prefix); i++)
        if (str_eq(str_from(usual_prefix[i].kind), kind))
            s->prefix = str_from(usual_prefix[i].prefix);
    for (size_t i = 0; i < documents->count; i++)
        if (str_eq(rec_text(documents->items[i], DOCUMENT_KIND), kind) &&
            cut_code(im->arena, documents->items[i]->id, &prefix, &digits, &number)) {
            s->prefix = prefix;
            s->digits = digits;
            break;
        }
    for (size_t i = 0; i < m->all.count; i++)
        if (cut_code(im->arena, m->all.items[i]->id, &prefix, &digits, &number) &&
            str_eq(prefix, s->prefix) && number > s->last)
            s->last = number;
    map_put(all, kind, s);
    return s;
}

bool import_is_code(const struct model *m, str id)
{
    bool has_letter = false, has_dash = false;
    for (size_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        bool is_mark = (c == '-' || c == '.' || c == '_') && i != 0 && i + 1 != id.n;
        if (!ascii_is_alnum(c) && !is_mark)
            return false;
        has_letter |= ascii_is_alpha(c);
        has_dash |= c == '-';
    }
    return has_letter && has_dash && id.n <= 40 && schema_type_of_id(m->schema, id) == NULL;
}

bool import_take_code(struct import *im, struct map *codes, str id)
{
    return map_put(codes, path_slug(im->arena, id), im) == NULL;
}
